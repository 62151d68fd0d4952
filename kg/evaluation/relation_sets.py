"""Sets of relations as the relation network reads them: mentions in tokens, with kg's types."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.evaluation.gold import Row
from kg.evaluation.relation_names import label_of
from kg.pipeline import find_mentions
from kg.reading.encoder.component import states_of
from kg.reading.mentions.groups import Mentions
from kg.reading.parsing.annotation import Annotated
from kg.reading.relations.tables import KINDS, TYPES_OF_SETS, VALUES, type_number

Marked = tuple[int, int, int, int, int]
"""A mention: first token, token after the last, type, kind, thing."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A document of a set: its words' states, its sentences, its mentions and what is said of them.

    Relations are two things, a name of the set, and the sentences that bear it out. Of things, the
    first ``marked`` are the set's, the others those that kg finds besides.
    """

    id: str
    states: Any
    sentences: list[tuple[int, int]]
    mentions: list[Marked]
    relations: list[tuple[int, int, str, tuple[int, ...]]]
    marked: int


def marked_text(set_name: str, row: Row, annotated: Annotated) -> MarkedText:
    """Return a document of a set, parsed."""
    mentions, places = find_mentions(annotated), Places(annotated)
    marked = list(_marked(row, annotated, mentions, places))
    count = 1 + max((entity["id"] for entity in row["entities"]), default=-1)
    own = [m for m in own_mentions(mentions, count) if not _meets(m, marked)]
    relations = [
        (r["head"], r["tail"], label_of(set_name, r), _evidence(row, r, places))
        for r in row["relations"]
    ]
    sentences = list(annotated.syntax.sentences)
    states = states_of(annotated.doc)
    return MarkedText(row["id"], states, sentences, [*marked, *own], relations, count)


class Places:
    """Finds the tokens of stretches of a text, and their sentences."""

    def __init__(self, annotated: Annotated) -> None:
        places = annotated.places
        order = [i for i in range(len(places)) if places[i][1] >= 0]
        self._order = sorted(order, key=lambda i: places[i][1])
        self._starts = [places[i][1] for i in self._order]
        self._ends = [places[i][2] for i in self._order]
        self._firsts = [first for first, _ in annotated.syntax.sentences]

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first token of a stretch and the one after its last."""
        at = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while at < len(self._starts) and self._starts[at] < end:
            if self._ends[at] > start:
                found.append(self._order[at])
            at += 1
        return (min(found), max(found) + 1) if found else None

    def sentence(self, token: int) -> int:
        """Return the number of the sentence of a token."""
        return bisect_right(self._firsts, token) - 1


def _marked(row: Row, annotated: Annotated, mentions: Mentions, places: Places) -> Iterator[Marked]:
    """Yield the mentions that a set marks; their types are kg's where it finds them as well."""
    own = {m.head: m for m in mentions.mentions}
    tags = annotated.syntax.tags
    for entity in row["entities"]:
        for start, end, label in entity["mentions"]:
            tokens = places.tokens(start, end)
            if tokens is None:
                continue
            same = next((own[t] for t in range(*tokens) if t in own), None)
            theirs = TYPES_OF_SETS.get(label.upper(), "")
            kind = "pronoun" if tags[tokens[0]].startswith("PRP") else "name"
            type_ = same.type if same and theirs not in VALUES else theirs
            yield (*tokens, type_number(type_), KINDS.index(kind), entity["id"])


def own_mentions(mentions: Mentions, first: int) -> Iterator[Marked]:
    """Yield the mentions that kg finds; their things are numbered from ``first`` on."""
    for m in mentions.mentions:
        kind = m.kind if m.kind in KINDS else "name"
        number = first + mentions.group_of[m.key]
        yield m.start, m.end, type_number(m.type), KINDS.index(kind), number


def _meets(mention: Marked, taken: list[Marked]) -> bool:
    """Tell whether a mention shares words with one that is taken."""
    return any(mention[0] < other[1] and other[0] < mention[1] for other in taken)


def _evidence(row: Row, relation: dict[str, Any], places: Places) -> tuple[int, ...]:
    """Return the sentences, as kg parts them, that bear a relation out."""
    found = set()
    for number in relation.get("evidence") or []:
        if number < len(row["sentences"]):
            start, end = row["sentences"][number]
            tokens = places.tokens(start, end)
            if tokens:
                found |= {places.sentence(t) for t in range(*tokens)}
    return tuple(sorted(found))
