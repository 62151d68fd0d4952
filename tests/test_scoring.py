"""What the measurements compare: names, chains, relations and speakers, with no trained model."""

import doctest

import parses
import pytest
from by_hand import read, syntax_of

from kg.evaluation import names
from kg.evaluation.attribution import attributions
from kg.evaluation.coreference import named_chains
from kg.evaluation.names import NameScore, count, found_by_kg, found_by_lists, gold_of
from kg.evaluation.noun_chains import find_chains
from kg.evaluation.open_claims import in_words
from kg.lexicons import load_lexicons
from kg.reading.documents.reader import document_from_text
from kg.records import (
    Attribution,
    Claim,
    Cue,
    Mention,
    MentionGroup,
    Passage,
    Phrase,
    Predicate,
    Reading,
)

TEXT = "the Mayor of Lima met Peru's army"


def mention(start, end, kind="name"):
    return Mention(Passage("d", start, end), TEXT[start:end], kind)


GROUPS = (
    MentionGroup(0, "Mayor of Lima", "Role", (mention(4, 17, "role"),)),
    MentionGroup(1, "Lima", "City", (mention(13, 17),)),
    MentionGroup(2, "Peru's army", "Organization", (mention(22, 33),)),
    MentionGroup(3, "Peru", "Country", (mention(22, 26),)),
)


def test_of_names_inside_names_the_outermost_counts():
    assert found_by_kg(GROUPS, nested=False) == {
        (13, 17): {"City"},
        (22, 33): {"Organization"},
    }


def test_where_gold_marks_names_inside_names_all_count():
    assert set(found_by_kg(GROUPS, nested=True)) == {(4, 17), (13, 17), (22, 33), (22, 26)}


def test_chains_of_names_leave_roles_out():
    assert named_chains(GROUPS, TEXT) == [{(13, 17)}, {(22, 33)}]


def test_a_look_up_finds_the_longest_name():
    tokens = [("Buenos", 0), ("Aires", 7), ("slept", 13)]
    assert found_by_lists(tokens, "Buenos Aires slept", load_lexicons()) == {(0, 12): {"City"}}


def test_names_count_without_articles_and_by_type():
    row = {"entities": [{"type": "GPE", "mentions": [[0, 8, "LOC"]]}]}
    wanted, aside = gold_of("uner_ewt", row)
    score = NameScore("all", "kg")
    count(score, "The Nile", wanted, aside, {(4, 8): frozenset({"Place"})})
    assert (score.gold, score.found, score.exact, score.typed) == (1, 1, 1, 1)


def test_what_gold_has_no_type_for_counts_for_nobody():
    row = {"entities": [{"type": "award", "mentions": [[4, 8, ""]]}]}
    wanted, aside = gold_of("uner_ewt", row)
    score = NameScore("all", "kg")
    count(score, "The Nile", wanted, aside, {(4, 8): frozenset({"Place"})})
    assert (score.gold, score.found) == (0, 0)


def test_every_noun_phrase_is_in_one_chain():
    syntax = syntax_of(parses.ACTIVE)
    assert sorted(find_chains(syntax, [], {}), key=min) == [{0}, {3}]


def claim(text, lemma, *, subject="they", sentence=(0, 9), participle="", implicit=False):
    predicate = Predicate(((2, 3),), text, lemma, lemma.split()[0], participle, implicit=implicit)
    phrase = Phrase(((0, 1),), subject)
    return Claim("c", 0, phrase, predicate, None, sentence, 0.9, "verb", polarity="positive")


@pytest.mark.parametrize(
    ("other", "words"),
    [("went", "were going"), ("has gone", "are going"), ("walked", "were going")],
)
def test_a_participle_gets_the_tense_of_its_sentence(other, words):
    told = claim("going", "go")
    lemma = {"went": "go", "has gone": "have", "walked": "walk"}[other]
    reading = Reading(
        document_from_text("It is so.", document_id="d"), claims=(claim(other, lemma), told)
    )
    assert in_words(told, reading) == words


def test_a_finite_verb_stays_as_it_is():
    reading = read(parses.ACTIVE)
    assert [in_words(c, reading) for c in reading.claims] == ["signed"]


def test_a_speaker_is_found_with_cue_and_content():
    speaker = Phrase(((0, 4),), "Peru")
    said = Claim(
        "c", 0, Phrase(((15, 20),), "Chile"), Predicate(((21, 27),), "mocked", "mock", "mock"),
        None, (0, 28), 0.9, "verb", polarity="positive",
        attribution=Attribution(speaker, Cue("attribution", 5, 9, "said")),
    )  # fmt: skip
    document = document_from_text("Peru said that Chile mocked.", document_id="d")
    (found,) = attributions(Reading(document, claims=(said,)))
    assert found.source == frozenset(range(4))
    assert found.cue == frozenset(range(5, 9))
    assert found.content == frozenset({*range(15, 20), *range(21, 27)})


def test_examples_in_the_module_are_true():
    tried = doctest.testmod(names)
    assert tried.attempted
    assert not tried.failed
