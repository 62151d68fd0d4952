"""The dateline of a news report is no part of its first sentence."""

import doctest

import pytest

from kg.reading.documents import datelines
from kg.reading.documents.datelines import dateline_end
from kg.reading.documents.reader import document_from_text

DATELINES = [
    "NAIROBI, 3 March 2018 — ",
    "LIMA (Andina) - ",
    "OSLO, March 3 (NTB) — ",
    "Jan 12 (KNA) -- ",
    "Washington, D.C. — ",
    "Warszawa, 3. marca 2018 (PAP) – ",
    "SAN JUAN, Puerto Rico (AP) — ",
    "ELDORET, Kenya - ",
    "São Paulo — ",
    "LIMA —",
]
SENTENCES = [
    "NATO — Peru is no member — left the town.",
    "Kenya — Peru's rival — left the league.",
    "Peru left the league - Kenya stayed.",
    "Ada Okoro (3 May 1950 – 2 June 1999) was an engineer.",
    "Ada Okoro - Kenya's envoy - left.",
    "Sen. Ada Okoro (D-Ohio) - She left.",
    "COVID - The cause is known.",
    "Lima-based firms left.",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_ends_before_the_first_sentence(dateline):
    text = dateline + "Kenya expelled two diplomats."
    assert text[dateline_end(text) :] == "Kenya expelled two diplomats."


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_with_a_dash_has_no_dateline(text):
    assert dateline_end(text) == 0


def test_a_dateline_is_furniture_and_not_lost():
    text = "Envoys\n\nNAIROBI, 3 March 2018 — Kenya expelled two diplomats.\n\nPeru protested."
    document = document_from_text(text, document_id="d")
    assert [text[a:b] for a, b in document.furniture] == ["NAIROBI, 3 March 2018 — "]
    assert document.date == "2018-03-03"
    assert text[document.paragraphs[1].start :].startswith("Kenya expelled")


def test_the_example_in_the_docstring_holds():
    tried = doctest.testmod(datelines)
    assert tried.attempted
    assert not tried.failed
