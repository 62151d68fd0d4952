"""The sheets of judged names (tests/gold/judged) and how kg is measured on them."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

import kg
from kg.errors import InputError
from kg.evaluation.judged import Judged, Sheet, count, read_sheets, read_text_of
from kg.evaluation.judged_claims import (
    ClaimScore,
    JudgedClaim,
    count_told,
    evaluate_judged_claims,
    key_of,
)
from kg.linking.disambiguation import NOTHING
from kg.linking.resolution import Resolution
from kg.records import (
    Claim,
    Document,
    Entity,
    Mention,
    MentionGroup,
    Passage,
    Phrase,
    Predicate,
    Reading,
)
from kg.settings import Settings
from kg.vocabulary import TYPES

SHEETS = Path(__file__).parent / "gold" / "judged"


def test_every_name_of_the_sheet_lies_in_its_passage_and_has_known_types():
    sheets = read_sheets(SHEETS)
    assert Counter(sheet.part for sheet in sheets) == {"train": 45, "dev": 9, "test": 19}
    for sheet in sheets:
        first, last = sheet.passage
        for name in sheet.names:
            assert first <= name.span[0] < name.span[1] <= last
            assert {*name.types} <= {*TYPES, "Other"}
            assert name.kind in {"name", "demonym", "role"}


TEXT = "Ada Okoro met Bank of Lima. Okoro left. The bank paid her."
GROUPS = (
    ("Ada Okoro", "Person", ("Ada Okoro", "Okoro")),
    ("Bank of Lima", "Person", ("Bank of Lima",)),
    ("Lima", "City", ("Lima",)),
)


def mention(words):
    start = TEXT.index(words)
    return Mention(Passage("d", start, start + len(words)), words, "name")


@pytest.fixture
def reading():
    groups = tuple(
        MentionGroup(n, name, kind, tuple(map(mention, words)))
        for n, (name, kind, words) in enumerate(GROUPS)
    )
    return Reading(Document("d", "d", TEXT, "d", "en", "0"), groups=groups)


def resolution(reading):
    entities = tuple(
        Entity(str(g.id), g.name, g.type, (), (), ((reading.document.id, g.id),))
        for g in reading.groups
    )
    decisions = {(reading.document.id, g.id): NOTHING for g in reading.groups}
    return Resolution(entities, decisions, (), ())


def judged(words, kind, types, thing, link="-"):
    start = TEXT.index(words)
    return Judged((start, start + len(words)), kind, types, thing, link)


def test_bounds_types_and_nodes_are_counted(reading):
    names = (
        judged("Ada Okoro", "name", ("Person",), "1", "Q1"),
        judged("Bank of Lima", "name", ("Organization", "Facility"), "2"),
        judged("bank", "role", ("Organization",), "2"),
    )
    seen = count(Sheet("d", "dev", (0, len(TEXT)), 0, names), reading, resolution(reading)).seen
    assert (seen["found"], seen["found: right"]) == (2, 2)
    # "Lima" inside the bank's name is no wrong name; "Okoro" stands where the first name does.
    assert (seen["bounds"], seen["bounds: right"]) == (2, 2)
    assert (seen["type"], seen["type: right"]) == (2, 1)
    assert (seen["linked"], seen["linked: right"]) == (1, 0)
    assert (seen["role"], seen["role: right"]) == (1, 0)


def test_two_things_on_one_node_and_one_thing_on_two_are_counted(reading):
    names = (
        judged("Ada Okoro", "name", ("Person",), "1"),
        judged("Bank of Lima", "name", ("Person",), "1"),
    )
    seen = count(Sheet("d", "dev", (0, len(TEXT)), 0, names), reading, resolution(reading)).seen
    assert (seen["whole"], seen["whole: right"]) == (1, 0)
    assert (seen["one thing"], seen["one thing: right"]) == (2, 2)


def test_a_text_that_changed_is_refused(tmp_path):
    with pytest.raises(InputError, match="No text at"):
        read_text_of(tmp_path, "a.txt", 1, Settings())
    (tmp_path / "a.txt").write_text("Ada left.", encoding="utf-8")
    with pytest.raises(InputError, match="offsets fit no more"):
        read_text_of(tmp_path, "a.txt", 1, Settings())
    with pytest.raises(InputError, match="No sheet at"):
        read_sheets(tmp_path)


def test_every_judged_claim_has_a_verdict_of_the_protocol():
    with (SHEETS / "claims.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 5000
    verdicts = {"right", "notsaid", "status", "speaker", "subject", "object", "relation", "time"}
    assert {row["verdict"] for row in rows} == verdicts | {"cut"}
    assert {row["worth"] for row in rows} == {"i", "t"}
    # What is wrong in test is for nobody to read.
    assert not any(row["correction"] for row in rows if row["part"] == "test")


@pytest.mark.model
def test_a_judged_claim_counts_while_it_is_read_so(tmp_path):
    text = "Ada Okoro founded Korvan Ltd. Karin Lund left Peru."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (reading,) = kg.read_documents(kg.read_paths([tmp_path / "a.txt"]))
    first = key_of(reading.claims[0])
    columns = "file part crc32 subject predicate object polarity modality speakers verdict worth"
    rows = [
        ("a.txt", "dev", crc32(reading.document.text.encode()), *first, "", "right", "i"),
        ("a.txt", "dev", crc32(reading.document.text.encode()), "0-1", *first[1:], "", "cut", "t"),
    ]
    table = [columns.split(), *rows]
    lines = ["\t".join(map(str, row)) for row in table]
    (tmp_path / "claims.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    every, stated, facts = evaluate_judged_claims(tmp_path, tmp_path, Settings(sure=0))
    assert (stated.judged, stated.verdicts.total(), stated.right_and_informative) == (2, 1, 1)
    assert every.lost == stated.lost == {"wrong": 1}
    assert (facts.right_and_informative, facts.missed) == (1, 0)


def test_what_is_right_and_held_back_is_counted():
    row = JudgedClaim(("", "", "", "positive", "asserted"), False, "right", True)
    claim = Claim(
        "c1",
        0,
        Phrase(((0, 1),), "A"),
        Predicate(((2, 3),), "b", "b", "b"),
        None,
        (0, 4),
        0.5,
        "rule",
    )
    score = ClaimScore("dev", "facts")
    count_told(row, claim, score)
    count_told(row, replace(claim, held_back="unsure"), score)
    assert (score.right_and_informative, score.missed) == (1, 1)
    assert "of 2 right and informative ones 1 held back" in score.line()
