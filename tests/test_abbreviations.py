"""Brackets in, pairs of long and short forms out."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.reading.names.abbreviations import (
    LONG_FORMS,
    SHORT_FORMS,
    AbbreviationFinder,
    find_abbreviations,
)


def pairs(sentence, max_letters=8):
    doc = Doc(Vocab(), words=sentence.split())
    return [(a.text, b.text) for a, b in find_abbreviations(doc, max_letters=max_letters)]


@pytest.mark.parametrize(
    ("sentence", "long", "short"),
    [
        ("the World Health Organization ( WHO ) met", "World Health Organization", "WHO"),
        ("the Bank of England ( BoE ) met", "Bank of England", "BoE"),
        ("the Department of State ( DOS ) met", "Department of State", "DOS"),
        ("the Trades and Labour Congress ( TLC ) met", "Trades and Labour Congress", "TLC"),
    ],
)
def test_a_short_form_stands_for_the_words_before_it(sentence, long, short):
    assert pairs(sentence) == [(long, short)]


@pytest.mark.parametrize(
    "sentence",
    [
        "the World Health Organization ( below ) met",
        "the World Health Organization ( USA ) met",
        "( WHO ) met",
        "the World Health Organization ( W ) met",
        "the World Health Organization WHO met",
    ],
)
def test_other_words_in_brackets_are_no_short_form(sentence):
    assert pairs(sentence) == []


def test_a_short_form_has_at_most_the_letters_allowed():
    assert pairs("the World Health Organization ( WHO ) met", max_letters=2) == []


def test_the_component_marks_both_forms_in_the_same_order():
    doc = Doc(Vocab(), words=["World", "Health", "Organization", "(", "WHO", ")"])
    spans = AbbreviationFinder(max_letters=8)(doc).spans
    assert [s.text for s in spans[LONG_FORMS]] == ["World Health Organization"]
    assert [s.text for s in spans[SHORT_FORMS]] == ["WHO"]
