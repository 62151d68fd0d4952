"""The scorers score by hand-made gold what a person would."""

import json

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.evaluation.attribution import FoundAttribution, right
from kg.evaluation.gold import is_tuned
from kg.evaluation.open_claims import Extraction, best_score, match
from kg.evaluation.pronouns import is_one, pairs_of
from kg.evaluation.status import value
from kg.reading.documents.reader import document_from_text
from kg.records import Claim, Mention, MentionGroup, Passage, Phrase, Predicate, Reading


def tuple_of(subject, relation, *objects, confidence=1.0):
    return Extraction(
        tuple(relation.split()),
        (tuple(subject.split()), *(tuple(o.split()) for o in objects)),
        confidence,
    )


def test_same_tuple_matches_in_full():
    gold = tuple_of("rome", "was founded by", "romulus")
    assert match(gold, gold) == (1.0, 1.0)


def test_no_word_of_the_relation_is_no_match():
    gold = tuple_of("rome", "was founded by", "romulus")
    assert match(gold, tuple_of("rome", "fell to", "romulus")) == (0.0, 0.0)


def test_half_a_tuple_has_full_precision_and_less_recall():
    gold = tuple_of("rome", "was founded by", "the great romulus")
    assert match(gold, tuple_of("rome", "was founded by", "romulus")) == (1.0, 5 / 7)


def test_speaker_and_quotation_may_change_places():
    gold = tuple_of("the war is over", "said", "rome")
    assert match(gold, tuple_of("rome", "said", "the war is over")) == (1.0, 1.0)


def test_gold_tuple_is_used_once_for_precision():
    gold = {"s": [tuple_of("a", "sees", "b")]}
    found = {"s": [tuple_of("a", "sees", "b"), tuple_of("a", "sees", "b")]}
    score = best_score("all", ["s"], gold, found)
    assert (score.precision, score.recall) == (0.5, 1.0)


def test_best_threshold_leaves_out_what_is_unsure():
    gold = {"s": [tuple_of("a", "sees", "b")]}
    found = {"s": [tuple_of("a", "sees", "b"), tuple_of("x", "eats", "y", confidence=0.2)]}
    assert best_score("all", ["s"], gold, found).f1 == 1.0


def test_halves_are_about_as_large():
    tuned = sum(is_tuned(f"sentence {n}") for n in range(1000))
    assert 430 < tuned < 570


def claim(polarity, modality):
    phrase, predicate = Phrase(((0, 1),), "a"), Predicate(((2, 3),), "b", "b", "b")
    return Claim(
        "c", 0, phrase, predicate, None, (0, 3), 0.9, "t", polarity=polarity, modality=modality
    )


def test_fact_happened_and_its_denial_did_not():
    assert value(claim("positive", "asserted")) == 3.0
    assert value(claim("negative", "asserted")) == -3.0
    assert -3.0 < value(claim("negative", "possible")) <= value(claim("positive", "possible")) < 3.0


def found(source, content):
    return FoundAttribution(frozenset(source), frozenset(), frozenset(content))


def test_attribution_is_right_when_source_and_content_overlap():
    gold = [found(range(5), range(10, 20))]
    assert right(gold, [found(range(3, 6), range(12, 30))]) == 1
    assert right(gold, [found(range(6, 8), range(12, 30))]) == 0
    assert right(gold, [found(range(3, 6), range(19, 50))], least=0.5) == 0


def test_a_pronoun_means_a_name_when_one_group_holds_both():
    names = {"mentions": [[0, 4, ""], [16, 19, "pronoun"]]}, {"mentions": [[9, 14, ""]]}
    row = {"text": "Anna met Boris. She left.", "entities": list(names)}
    assert pairs_of(row) == ((16, 19), [(0, 4)], [(9, 14)])
    group = MentionGroup(
        0, "Anna", "Person",
        (Mention(Passage("d", 0, 4), "Anna", "name"), Mention(Passage("d", 16, 19), "She", "pronoun")),
    )  # fmt: skip
    reading = Reading(document_from_text(row["text"], document_id="d"), groups=(group,))
    assert is_one(reading, (16, 19), (0, 4))
    assert not is_one(reading, (16, 19), (9, 14))


@pytest.mark.parametrize(
    ("task", "file"),
    [
        ("claims", "carb/dev.tsv"),
        ("status", "uds_factuality/dev.jsonl"),
        ("attribution", "polnear/dev.jsonl"),
        ("pronouns", "gap/dev.jsonl"),
    ],
)
def test_missing_gold_is_one_line(task, file, tmp_path):
    result = CliRunner().invoke(main, ["evaluate", task, "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert file.split("/")[0] in result.output


@pytest.mark.model
def test_each_task_prints_both_halves(tmp_path):
    for folder in ("carb", "uds_factuality", "polnear"):
        (tmp_path / folder).mkdir()
    sentences = [f"Peru attacked Chile in {year} ." for year in range(1990, 1996)]
    carb = "".join(f"{s}\tattacked\tPeru\tChile\n" for s in sentences)
    (tmp_path / "carb/dev.tsv").write_text(carb, encoding="utf-8")
    uds = [
        {"id": str(n), "text": s, "predicates": [[5, 13, "attack", 2.0, 1.0]]}
        for n, s in enumerate(sentences)
    ]
    news = [
        {
            "id": str(n),
            "text": "Peru said that Chile attacked it.",
            "entities": [
                {"id": 0, "mentions": [[10, 32, "content"]]},
                {"id": 1, "mentions": [[0, 4, "source"]]},
            ],
            "relations": [{"head": 0, "tail": 1, "type": "attributed_to"}],
        }
        for n in range(6)
    ]
    for folder, rows in (("uds_factuality", uds), ("polnear", news)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / folder / "dev.jsonl").write_text(lines, encoding="utf-8")
    for task in ("claims", "status", "attribution"):
        result = CliRunner().invoke(main, ["evaluate", task, "--data", str(tmp_path)])
        assert result.output.count("held out") == 1, result.output
        assert "1.000" in result.output
