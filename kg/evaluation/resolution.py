"""The same thing in several documents: entities against DWIE (Zaporojets and others, 2021).

The gold's things of each document carry Wikipedia's title where there is one: things of
one title are one. Ours are the entities that kg makes of all documents together; a thing
of the gold is ours where a mention of its is (the same words). Counted are pairs across
documents, and B³ over the things. "Same words" joins things whose main names fold alike.
Things that we did not find at all, or whose mentions we give to several, are left aside
and counted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.chain_scores import b_cubed
from kg.evaluation.open_claims import is_tuned
from kg.folding import fold
from kg.linking.resolution import resolve_entities
from kg.pipeline import knowledge_of, read_documents
from kg.reading.documents.reader import document_from_text
from kg.records import Reading
from kg.settings import Settings

Thing = tuple[str, int]
"""A thing of the gold: its document and number there."""


@dataclass(frozen=True, slots=True)
class ResolutionScore:
    """Figures of one system on one half of the documents; ``aside`` things were not found."""

    part: str
    system: str
    things: int
    aside: int
    pairs: int
    precision: float
    recall: float
    b_cubed_precision: float
    b_cubed_recall: float

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:8} {self.system:11} things {self.things:4} (not found {self.aside})  "
            f"pairs {self.pairs:4}  precision {self.precision:.3f}  recall {self.recall:.3f}  "
            f"B³ precision {self.b_cubed_precision:.3f}  recall {self.b_cubed_recall:.3f}"
        )


def evaluate_resolution(
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> list[ResolutionScore]:
    """Return the figures of both halves of DWIE dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    path = data / "dwie" / "dev.jsonl"
    if not path.is_file():
        raise InputError(f"No gold at {path}. Give --data the folder that holds dwie/.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    readings = []
    for number, reading in enumerate(read_documents(documents, settings, together=8)):
        if progress:
            progress("reading", number, len(rows))
        readings.append(reading)
    knowledge = knowledge_of(settings)
    scores: list[ResolutionScore] = []
    for tuned, part in ((True, "tuned"), (False, "held out")):
        chosen = [n for n, row in enumerate(rows) if is_tuned(row["text"]) == tuned]
        gold = dict(_gold(rows[n] for n in chosen))
        ours = _found([readings[n] for n in chosen], [rows[n] for n in chosen], knowledge)
        words = {
            (row["id"], e["id"]): fold(e["name"]) for row in (rows[n] for n in chosen)
            for e in row["entities"] if e.get("name")
        }  # fmt: skip
        scores.append(_score(part, "kg", gold, ours))
        scores.append(_score(part, "same words", gold, words))
    return scores


def _gold(rows: Iterator[dict[str, object]]) -> Iterator[tuple[Thing, Hashable]]:
    for row in rows:
        for entity in row["entities"]:  # type: ignore[attr-defined]
            if entity.get("wikipedia"):
                yield (str(row["id"]), entity["id"]), entity["wikipedia"]


def _found(
    readings: list[Reading], rows: list[dict[str, object]], knowledge: object
) -> Mapping[Thing, Hashable]:
    """Return our entity of each thing of the gold that we found."""
    entities = resolve_entities(readings, knowledge).entities  # type: ignore[arg-type]
    entity_of = {key: entity.id for entity in entities for key in entity.groups}
    found: dict[Thing, Hashable] = {}
    for reading, row in zip(readings, rows, strict=True):
        at = {
            (m.passage.start, m.passage.end): entity_of[reading.document.id, group.id]
            for group in reading.groups
            for m in group.mentions
        }
        for entity in row["entities"]:  # type: ignore[attr-defined]
            ours = Counter(at[s, e] for s, e, *_ in entity["mentions"] if (s, e) in at)
            if len(ours) == 1:
                found[str(row["id"]), entity["id"]] = next(iter(ours))
    return found


def _score(
    part: str, system: str, gold: Mapping[Thing, Hashable], found: Mapping[Thing, Hashable]
) -> ResolutionScore:
    things = [thing for thing in gold if thing in found]
    right = _pairs({thing: gold[thing] for thing in things})
    ours = _pairs({thing: found[thing] for thing in things})
    b_precision, b_recall = (
        kept / max(total, 1)
        for kept, total in (
            b_cubed(_chains(found, things), _chains(gold, things)),
            b_cubed(_chains(gold, things), _chains(found, things)),
        )
    )
    return ResolutionScore(
        part, system, len(things), len(gold) - len(things), len(right),
        len(right & ours) / max(len(ours), 1), len(right & ours) / max(len(right), 1),
        b_precision, b_recall,
    )  # fmt: skip


def _chains(clusters: Mapping[Thing, Hashable], things: list[Thing]) -> list[frozenset[Hashable]]:
    members: dict[Hashable, set[Hashable]] = defaultdict(set)
    for thing in things:
        members[clusters[thing]].add(thing)
    return [frozenset(chain) for chain in members.values()]


def _pairs(clusters: Mapping[Thing, Hashable]) -> set[tuple[Thing, Thing]]:
    """Return the pairs of things of different documents that are one."""
    members: dict[Hashable, list[Thing]] = defaultdict(list)
    for thing in sorted(clusters):
        members[clusters[thing]].append(thing)
    return {(a, b) for chain in members.values() for a, b in combinations(chain, 2) if a[0] != b[0]}
