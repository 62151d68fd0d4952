"""Words whose space is lost are parted, in documents that lose spaces and in no other."""

import doctest

import pytest

from kg.reading.documents.reader import document_from_text
from kg.reading.parsing import glued_words as module
from kg.reading.parsing.analysis_text import make_analysis_text
from kg.reading.parsing.glued_words import glued_words

GLUED = (
    "He fled toGaza, was inSyria, and saw theWest Bank; the Bank of Gaza is inSyria and in Gaza."
)


def parted(text):
    for place in reversed(list(glued_words(text))):
        text = text[:place] + " " + text[place:]
    return text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("They saw Gazafor a day.", "They saw Gaza for a day."),
        ("The Bankand the theirGaza.", "The Bank and the their Gaza."),
        ("She hasworked for the campand it.", "She has worked for the camp and it."),
        ("It left theU.S.government.As a result it fell.", "It left the U.S. government. As a result it fell."),
        ("In Canada,Europe and Peru.", "In Canada, Europe and Peru."),
    ],
)  # fmt: skip
def test_words_that_lost_their_space_are_parted(text, whole):
    assert parted(f"{GLUED} {text}").endswith(whole)


@pytest.mark.parametrize(
    "text",
    [
        "Poland, Finland and Berlin begin within; Marzouk, Shehadah and McDonald withstand Austin.",
        "See www.Example.org, e.g.this one, at 3.5p.m. and O'Neil-Innes.",
    ],
)
def test_words_that_are_whole_stay_so(text):
    assert parted(f"{GLUED} {text}").endswith(text)


def test_a_document_that_keeps_its_spaces_keeps_odd_words():
    text = "Fans of theScore and the onClick of theScore like an iPhone from Bankand.As it is."
    assert parted(text) == text


def test_marks_that_end_what_they_follow_part_words_in_every_document():
    text = "On 3 May 1924;Whereas (Reasons):Dmitry met https://a.org/(x):Ada,(a.k.a. Ada),(Lima) at 10:30; see a:B."
    assert parted(text) == text.replace(";W", "; W").replace("):D", "): D").replace("),(", "), (")


def test_what_is_parted_stands_in_the_document_as_it_was():
    analysis = make_analysis_text(document_from_text(GLUED, document_id="d"))
    assert "fled to Gaza, was in Syria, and saw the West Bank" in analysis.text
    start = analysis.text.index("in Syria")
    assert analysis.to_document(start, start + len("in Syria")) == (
        (GLUED.index("inSyria"), GLUED.index("inSyria") + len("inSyria")),
    )
    start = analysis.text.index("Syria")
    ((begin, end),) = analysis.to_document(start, start + len("Syria"))
    assert GLUED[begin:end] == "Syria"


def test_the_example_in_the_docstring_holds():
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed
