"""The same thing in several documents: entities against DWIE (Zaporojets and others, 2021).

The gold's things of each document carry Wikipedia's title where there is one: things of
one title are one. Ours are the entities that kg makes of all documents together; a thing
of the gold is ours where a mention of its is (the same words). Counted are pairs across
documents, and B³ over the things. "Same words" joins things whose main names fold alike.
Things that we did not find at all, or whose mentions we give to several, are left aside
and counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.evaluation.chain_scores import b_cubed, chains_of
from kg.evaluation.figures import share
from kg.evaluation.gold import Row, gold_file, in_halves, read_each, read_rows
from kg.folding import fold
from kg.linking.knowledge_base import KnowledgeBase
from kg.linking.resolution import resolve_entities
from kg.pipeline import knowledge_of
from kg.progress import Progress, silent
from kg.records import Offsets, Reading
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
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[ResolutionScore]:
    """Return the figures of both halves of DWIE dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    rows = read_rows(gold_file(data, "dwie/dev.jsonl"))
    read = [
        (row["text"], (row, reading))
        for row, reading in read_each(rows, settings, together=8, tell=tell)
    ]
    knowledge = knowledge_of(settings)
    scores: list[ResolutionScore] = []
    for part, chosen in in_halves(read).items():
        gold = dict(_titles(row for row, _ in chosen))
        scores.append(_score(part, "kg", gold, _found(chosen, knowledge)))
        scores.append(_score(part, "same words", gold, dict(_words(row for row, _ in chosen))))
    return scores


def _titles(rows: Iterable[Row]) -> Iterator[tuple[Thing, str]]:
    """Yield Wikipedia's title of each thing that has one: the gold."""
    for row in rows:
        for entity in row["entities"]:
            if entity.get("wikipedia"):
                yield (row["id"], entity["id"]), entity["wikipedia"]


def _words(rows: Iterable[Row]) -> Iterator[tuple[Thing, str]]:
    """Yield the main name of each thing, folded."""
    for row in rows:
        for entity in row["entities"]:
            if entity.get("name"):
                yield (row["id"], entity["id"]), fold(entity["name"])


def _found(read: list[tuple[Row, Reading]], knowledge: KnowledgeBase) -> dict[Thing, str]:
    """Return our entity of each thing of the gold that we found."""
    entities = resolve_entities([reading for _, reading in read], knowledge).entities
    entity_of = {key: entity.id for entity in entities for key in entity.groups}
    found: dict[Thing, str] = {}
    for row, reading in read:
        at = dict(_entities_at(reading, entity_of))
        for entity in row["entities"]:
            ours = {at.get((start, end)) for start, end, *_ in entity["mentions"]} - {None}
            # Told apart into several of ours, it is a fault of coreference, measured there.
            if len(ours) == 1:
                found[row["id"], entity["id"]] = str(ours.pop())
    return found


def _entities_at(
    reading: Reading, entity_of: Mapping[tuple[str, int], str]
) -> Iterator[tuple[Offsets, str]]:
    """Yield where each mention of a Reading stands, and our entity of it."""
    for group in reading.groups:
        for m in group.mentions:
            yield (m.passage.start, m.passage.end), entity_of[reading.document.id, group.id]


def _score(
    part: str, system: str, gold: Mapping[Thing, Hashable], found: Mapping[Thing, Hashable]
) -> ResolutionScore:
    things = [thing for thing in gold if thing in found]
    right = _pairs({thing: gold[thing] for thing in things})
    ours = _pairs({thing: found[thing] for thing in things})
    gold_chains = chains_of((gold[thing], thing) for thing in things)
    our_chains = chains_of((found[thing], thing) for thing in things)
    b_precision, b_recall = (
        share(kept, total)
        for kept, total in (
            b_cubed(our_chains, gold_chains),
            b_cubed(gold_chains, our_chains),
        )
    )
    return ResolutionScore(
        part, system, len(things), len(gold) - len(things), len(right),
        share(len(right & ours), len(ours)), share(len(right & ours), len(right)),
        b_precision, b_recall,
    )  # fmt: skip


def _pairs(clusters: Mapping[Thing, Hashable]) -> set[tuple[Thing, Thing]]:
    """Return the pairs of things of different documents that are one."""
    members: dict[Hashable, list[Thing]] = defaultdict(list)
    for thing in sorted(clusters):
        members[clusters[thing]].append(thing)
    return {(a, b) for chain in members.values() for a, b in combinations(chain, 2) if a[0] != b[0]}
