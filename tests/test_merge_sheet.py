"""The sheet of pairs judged by hand (tests/gold/merges.tsv): what was wrong stays apart."""

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kg.folding import fold
from kg.linking.knowledge_base import load_knowledge_base
from kg.linking.resolution import resolve_entities
from kg.pipeline import read_documents, read_paths
from kg.reading.documents.reader import document_from_text
from kg.settings import Settings

SHEET = Path(__file__).parent / "gold" / "merges.tsv"
SHARED = Path(__file__).parents[2] / "shared"
MUELLER, DWIE = SHARED / "corpus/mueller-report", SHARED / "data/dwie/dev.jsonl"
PLACES = {"Country", "City", "Region"}


@cache
def sheet():
    with SHEET.open(encoding="utf-8", newline="") as lines:
        told = (line for line in lines if not line.startswith("#"))
        return tuple(csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE))


def wrong(corpus):
    return [r for r in sheet() if (r["corpus"], r["verdict"]) == (corpus, "wrong")]


def documents(corpus):
    """Return the documents that pairs judged wrong stand in."""
    needed = {row[key] for row in wrong(corpus) for key in ("document", "other_document")}
    if corpus == "mueller":
        return read_paths([MUELLER / f"{name}.txt" for name in sorted(needed)])
    rows = map(json.loads, DWIE.read_text(encoding="utf-8").splitlines())
    return (document_from_text(r["text"], document_id=r["id"]) for r in rows if r["id"] in needed)


@pytest.mark.model
@pytest.mark.parametrize(("corpus", "place"), [("mueller", MUELLER), ("dwie", DWIE)])
def test_what_was_judged_wrong_stays_apart(corpus, place):
    if not place.exists():
        pytest.skip(f"{place.name} is not here")
    readings = list(read_documents(documents(corpus), Settings(), together=8))
    names = {(r.document.id, g.id): g.name for r in readings for g in r.groups}
    things = defaultdict(set)
    for entity in resolve_entities(readings, load_knowledge_base()).entities:
        for document, number in entity.groups:
            things[document, names[document, number]].add(entity.id)
    for row in wrong(corpus):
        ours, theirs = (
            things[row["document"], row["name"]],
            things[row["other_document"], row["other_name"]],
        )
        assert not ours & theirs, f"{row['name']} = {row['other_name']}: {row['why']}"


def test_three_hundred_pairs_are_judged_and_most_are_not_trivial():
    drawn = [row for row in sheet() if row["draw"] == "drawn"]
    assert [sum(row["corpus"] == name for row in drawn) for name in ("mueller", "dwie")] == [
        150
    ] * 2
    telling = [
        row
        for row in drawn
        if row["type"] not in PLACES or fold(row["name"]) != fold(row["other_name"])
    ]
    assert len(telling) >= 150
    assert all(row["why"] for row in sheet())
    assert [row["verdict"] for row in drawn if row["verdict"] != "right"] in ([], ["wrong, open"])
