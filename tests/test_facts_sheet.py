"""The sheet of facts judged by hand (tests/gold/README.md): what kg still takes for facts."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.settings import Settings

SHEET = Path(__file__).parent / "gold" / "facts_in_reports.tsv"
STILL_FACTS_AT_LEAST = 0.75
"""Of the right ones; below this share, too many plain facts are lost or reworded."""
FALSE_AT_MOST, WRONG_AT_MOST = 0.10, 0.25


def rows():
    with SHEET.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def key_of(claim):
    words = f"({claim.predicate.lemma})" if claim.predicate.implicit else claim.predicate.text
    return claim.subject.text, words, claim.object.text if claim.object else ""


@pytest.mark.model
def test_few_of_what_is_read_as_facts_are_none():
    sheet = rows()
    sentences = dict.fromkeys(row["sentence"] for row in sheet)
    documents = (document_from_text(s, document_id=f"s{n}") for n, s in enumerate(sentences))
    facts = {
        (reading.document.text, *key_of(claim))
        for reading in read_documents(documents, Settings(), together=64)
        for claim in reading.claims
        if claim.is_stated
    }
    columns = ("sentence", "subject", "relation", "object")
    found = Counter(
        row["verdict"] for row in sheet if tuple(row[column] for column in columns) in facts
    )
    judged = Counter(row["verdict"] for row in sheet)
    print(f"still facts: {dict(found)} of {dict(judged)}")  # noqa: T201 - what "pytest -s" is asked for
    assert found["right"] >= STILL_FACTS_AT_LEAST * judged["right"]
    assert found["false fact"] <= FALSE_AT_MOST * found.total()
    assert found["wrong"] <= WRONG_AT_MOST * found.total()


def test_every_row_that_is_not_right_says_why():
    sheet = rows()
    assert {row["verdict"] for row in sheet} == {"right", "wrong", "false fact"}
    assert all(bool(row["why"]) == (row["verdict"] != "right") for row in sheet)
