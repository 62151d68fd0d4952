"""The pieces of words that a scan parted are joined; words that stand by themselves are not."""

import doctest

import pytest

from kg.reading.documents.reader import document_from_text
from kg.reading.parsing import broken_words as module
from kg.reading.parsing.analysis_text import make_analysis_text
from kg.reading.parsing.broken_words import broken_words


def joined(text):
    spaces = set(broken_words(text, 0, len(text)))
    return "".join(c for i, c in enumerate(text) if i not in spaces)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We recogni zed differ ent ships.", "We recognized different ships."),
        ("Th e Pre sident met th e envoy.", "The President met the envoy."),
        ("The inve sti gation ended.", "The investigation ended."),
        ("Two document s were sold.", "Two documents were sold."),
    ],
)
def test_pieces_of_one_word_are_joined(text, whole):
    assert joined(text) == whole


@pytest.mark.parametrize(
    "text",
    [
        "A web site on ad hoc rules, per se.",
        "Line B is in zone C in Lima.",
        "Peru s envoy left, and the e. V. stayed.",
        "They be moaned by an other.",
        "The bio diverse co authors",
        "a n\nd",
    ],
)
def test_words_stay_apart(text):
    assert joined(text) == text


def test_what_is_joined_stands_in_the_document_as_it_was():
    text = "We recogni zed the plan."
    analysis = make_analysis_text(document_from_text(text, document_id="d"))
    assert analysis.text == "We recognized the plan."
    start = analysis.text.index("recognized")
    (span,) = analysis.to_document(start, start + len("recognized"))
    assert text[slice(*span)] == "recogni zed"


def test_the_example_in_the_docstring_holds():
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed
