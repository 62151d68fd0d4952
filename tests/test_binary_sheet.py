"""The sheet of claims judged by hand (tests/gold/README.md) still judges what kg reads."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.settings import Settings

SHEET = Path(__file__).parent / "gold" / "binary_claims.tsv"
RIGHT_AT_LEAST = 0.80
JUDGED_AT_LEAST = 0.75
"""Of today's claims: below this share, judge the new ones and add them to the sheet."""

pytestmark = pytest.mark.model


def judged():
    """Return sentence -> (subject, relation, object) -> verdict."""
    verdicts = defaultdict(dict)
    with SHEET.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = (row["subject"], row["relation"], row["object"])
            verdicts[row["sentence"]][key] = row["verdict"]
    return verdicts


def key_of(claim):
    words = f"({claim.predicate.lemma})" if claim.predicate.implicit else claim.predicate.text
    relation = f"[not] {words}" if claim.polarity == "negative" else words
    return claim.subject.text, relation, claim.object.text if claim.object else ""


def test_what_was_judged_is_what_is_read_and_mostly_right():
    verdicts = judged()
    documents = (document_from_text(s, document_id=f"s{n}") for n, s in enumerate(verdicts))
    readings = list(read_documents(documents, Settings(), together=64))
    found = [
        verdicts[reading.document.text].get(key_of(claim))
        for reading in readings
        for claim in reading.claims
    ]
    known = [verdict for verdict in found if verdict]
    right = sum(verdict == "right" for verdict in known) / len(known)
    figure = f"{len(found)} claims, {len(known) / len(found):.0%} judged, {right:.1%} right"
    print(figure)  # noqa: T201 - what "pytest -s" is asked for
    assert len(known) / len(found) >= JUDGED_AT_LEAST
    assert right >= RIGHT_AT_LEAST


def test_every_claim_that_is_wrong_says_why():
    with SHEET.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len({row["sentence"] for row in rows}) == 100
    assert all(bool(row["why"]) == (row["verdict"] == "wrong") for row in rows)
