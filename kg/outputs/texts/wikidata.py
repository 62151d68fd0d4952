"""Facts for Wikidata: QuickStatements, each with its quotation as a reference.

A line says that one item stands in a property to another, or to a day. Only facts are written
whose two ends are surely known (``Link.exact``), under properties of Wikidata alone; nobody's
claim, no doubt. Format: https://www.wikidata.org/wiki/Help:QuickStatements (version 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.files import write_chunks
from kg.records import LinkedClaim, Time
from kg.vocabulary import WIKIDATA_ENTITY

_ITEM = re.compile(re.escape(WIKIDATA_ENTITY) + r"(Q[1-9]\d*)")
_PROPERTY = re.compile(r"P[1-9]\d*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_QUOTATION, _TITLE, _START, _END, _WHEN = "S1683", "S1476", "P580", "P582", "P585"
_LONGEST = 400
"""Characters of a value in Wikidata."""


def write_quickstatements(graph: KnowledgeGraph, path: Path) -> None:
    """Write the facts that Wikidata could hold."""
    write_chunks(path, (f"{line}\n" for line in quickstatements(graph)))


def quickstatements(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield a line for each fact, each statement once, with its first quotation."""
    items = {e.id: item for e in graph.entities.values() if (item := _item_of(graph, e.id))}
    written = set()
    for claim in graph.claims.values():
        statement = _statement(claim, items)
        if statement is None or statement in written:
            continue
        written.add(statement)
        title = graph.readings[claim.document_id].document.title
        references = [_QUOTATION, _words(graph.sentence(claim)), _TITLE, _words(title)]
        yield "\t".join([*statement, *_qualifiers(claim.claim.time), *references])


def _item_of(graph: KnowledgeGraph, entity_id: str) -> str | None:
    links = (link.iri for link in graph.entities[entity_id].links if link.exact)
    return next((found[1] for iri in links if (found := _ITEM.fullmatch(iri))), None)


def _statement(claim: LinkedClaim, items: dict[str, str]) -> tuple[str, str, str] | None:
    """Return item, property and item of a fact."""
    relation, object_ = claim.claim.relation, claim.object
    if not claim.claim.is_fact or relation is None or object_ is None:
        return None
    if not _PROPERTY.fullmatch(relation.property):
        return None
    ends = [items.get(term.entity_id or "") for term in (claim.subject, object_)]
    subject, value = ends[::-1] if relation.turned else ends
    if subject is None or value is None or subject == value:
        return None
    return subject, relation.property, value


def _qualifiers(time: Time | None) -> Iterator[str]:
    """Yield when it holds: from one day to another, or at a time."""
    if time is None:
        return
    first, last = (_day(day) for day in (time.from_day, time.until_day))
    if first and first == last:
        yield from (_WHEN, first)
        return
    for name, day in ((_START, first), (_END, last)):
        if day:
            yield from (name, day)


def _day(day: str | None) -> str:
    return f"+{day}T00:00:00Z/11" if day and _DAY.fullmatch(day) else ""


def _words(text: str) -> str:
    """Return words as a value in English, on one line and without the quotes that would end it."""
    plain = " ".join(text.replace('"', "'").split())
    return f'en:"{plain[:_LONGEST]}"'
