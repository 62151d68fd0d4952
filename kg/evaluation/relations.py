"""How well relations are known by name, on sets of relations: with gold mentions, and end to end.

With gold mentions the network is asked alone, of whole documents of Re-DocRED, else of sentences.
End to end kg reads the text: a relation is found if two things, each known by words that overlap a
gold mention's, are so related in what it reads, whatever its status. ``joined`` is how many gold
pairs any claim joins. Beside it stands a baseline: the relation that two types have most often in
the tuned half, wherever two such mentions meet in a sentence, if that is right more often than not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.evaluation.figures import calibration_error, f1_of_counts, share
from kg.evaluation.gold import HALVES, Row, gold_files, half_of, parse_each, read_each, read_rows
from kg.evaluation.relation_names import Stated, label_of, name_in, told_by, with_implied
from kg.evaluation.relation_sets import MarkedText, marked_text
from kg.progress import Progress, silent
from kg.reading.claims.related import LEAST
from kg.reading.relations.network import Spot, load_relation_network
from kg.records import Claim, Offsets, Phrase, Reading
from kg.relation_types import relation_types
from kg.settings import Settings

SETS = ("knowledgenet", "redocred", "conll04", "re3d", "dwie")
WHOLE = frozenset({"knowledgenet", "redocred", "conll04"})
"""Sets whose texts are read as a whole: the others' are long."""
NEAREST = 4
"""Pairs of mentions of two things that are asked about."""
FEWEST = 10
"""Instances of a relation that has a line of its own."""
Scored = dict[Stated, float]


@dataclass(slots=True)
class RelationScore:
    """Relations of one half of a set, ``name``: in the gold, found, right, by key; how sure each was."""

    name: str
    half: str
    kind: str
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    pairs: int = 0
    joined: int = 0
    typed: int = 0

    def count(self, gold: set[Stated], found: Scored) -> None:
        """Count what is said of one text."""
        self.gold.update(key for *_, key in gold)
        self.found.update(key for *_, key in found)
        self.right.update(key for *_, key in found.keys() & gold)
        self.sure += [(score, said in gold) for said, score in found.items()]

    def line(self) -> str:
        """Return the figures on one line, then one for each common relation."""
        gold, found, right = (c.total() for c in (self.gold, self.found, self.right))
        start = f"relations, {self.name:12} {self.half:8} {self.kind:12}"
        parts = [
            f"{start} F1 {f1_of_counts(right, gold, found):.3f}  precision {share(right, found):.3f}"
            f"  recall {share(right, gold):.3f}  of {gold}"
        ]
        if self.sure and self.kind == "gold names":
            parts[0] += f"  calibration error {calibration_error(self.sure):.3f}"
        if self.pairs:
            parts[0] += (
                f"  joined {share(self.joined, self.pairs):.3f}"
                f" (by name {share(self.typed, self.pairs):.3f}) of {self.pairs} pairs"
            )
        if self.half == HALVES[1] and self.kind == "end to end":
            parts += [self._of(key) for key, count in self.gold.most_common() if count >= FEWEST]
        return "\n".join(parts)

    def _of(self, key: str) -> str:
        gold, found, right = self.gold[key], self.found[key], self.right[key]
        label = relation_types()[key].label
        f1 = f1_of_counts(right, gold, found)
        return f"    {key:14} {label:28} F1 {f1:.3f}  gold {gold}  found {found}  right {right}"


def evaluate_relations(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[RelationScore]:
    """Return the figures of every set and half.

    Raises:
        InputError: the folder has none of the sets.

    """
    scores: list[RelationScore] = []
    for path in gold_files(data, [f"{name}/dev.jsonl" for name in SETS]):
        rows = read_rows(path)
        of_set = _SetScores(path.parent.name, rows)
        for number, (row, annotated) in enumerate(parse_each(rows, settings, together=16)):
            tell("gold mentions", number, len(rows))
            of_set.count_network(row, marked_text(of_set.name, row, annotated))
        for row, reading in read_each(rows, settings, together=16, tell=tell):
            of_set.count_reading(row, reading)
        scores += (score for score in of_set.scores.values() if score.gold)
    return scores


class _SetScores:
    """Counts one set."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name = name
        # What a set annotates is what it says at least once.
        self._annotated = {key for row in rows for *_, key in self._told(row)}
        kinds = ("type pairs", "gold names", "end to end")
        self.scores = {
            (half, kind): RelationScore(name, half, kind) for half in HALVES for kind in kinds
        }
        self._baseline: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self._met: Counter[tuple[int, int]] = Counter()
        self._later: list[tuple[set[Stated], list[tuple[int, int, int, int]]]] = []

    def count_network(self, row: Row, text: MarkedText) -> None:
        """Count what the network says of gold mentions."""
        half, gold = half_of(row["id"]), self._gold(row)
        asked = set(self._keys(row))
        found = {
            s: v for s, v in network_says(text, whole=self.name in WHOLE).items() if s[2] in asked
        }
        self.scores[half, "gold names"].count(gold, found)
        met = list(_meetings(text))
        if half == HALVES[0]:
            for one, other, *types in met:
                self._met[types[0], types[1]] += 1
                self._baseline[types[0], types[1]].update(
                    key for subject, object_, key in gold if (subject, object_) == (one, other)
                )
        else:
            self._later.append((gold, met))

    def count_reading(self, row: Row, reading: Reading) -> None:
        """Count what kg reads of a text."""
        if self._later:
            self._count_baseline()
        gold, score = self._gold(row), self.scores[half_of(row["id"]), "end to end"]
        asked, things = set(self._keys(row)), _Things(row, reading)
        found: Scored = {}
        joined: set[tuple[int, int]] = set()
        for claim in reading.claims:
            for one, other in things.ends(claim):
                joined |= {(one, other), (other, one)}
                for said in _said(claim, one, other):
                    if said[2] in asked:
                        found[said] = max(found.get(said, 0.0), claim.confidence)
        score.count(gold, found)
        pairs = {(min(one, other), max(one, other)) for one, other, _ in gold}
        score.pairs += len(pairs)
        score.joined += sum(pair in joined for pair in pairs)
        named = {(min(one, other), max(one, other)) for one, other, _ in found}
        score.typed += len(pairs & named)

    def _count_baseline(self) -> None:
        usual = {}
        for types, keys in self._baseline.items():
            if keys and keys.most_common(1)[0][1] * 2 > self._met[types]:
                usual[types] = keys.most_common(1)[0][0]
        for gold, met in self._later:
            found = {
                (one, other, usual[types]): 1.0
                for one, other, *both in met
                if (types := (both[0], both[1])) in usual
            }
            self.scores[HALVES[1], "type pairs"].count(gold, found)
        self._later.clear()

    def _gold(self, row: Row) -> set[Stated]:
        asked = set(self._keys(row))
        return {said for said in self._told(row) if said[0] != said[1] and said[2] in asked}

    def _told(self, row: Row) -> Iterator[Stated]:
        for r in row["relations"]:
            yield from told_by(self.name, r["head"], r["tail"], label_of(self.name, r))

    def _keys(self, row: Row) -> Iterator[str]:
        """Yield the relations that a set, or a document of it, is annotated for."""
        looked = row["meta"].get("annotated_for") if isinstance(row["meta"], Mapping) else None
        if looked is not None:
            yield from (name.key for label in looked if (name := name_in(self.name, label)))
        else:
            yield from self._annotated


def network_says(text: MarkedText, *, whole: bool) -> Scored:
    """Return what the network finds between the gold mentions of a text."""
    network, found = load_relation_network(), Scored()
    steps = [(text.sentences[0][0], text.sentences[-1][1])] if whole else text.sentences
    for start, end in steps:
        inside = [m for m in text.mentions if start <= m[0] and m[1] <= end and m[4] < text.marked]
        pairs = list(_nearest(inside))
        if not pairs:
            continue
        spots = [Spot(m[0] - start, m[1] - start, m[2], m[3]) for m in inside]
        scores = network.scores(text.states[start:end], spots, pairs)
        for row, column in zip(*np.nonzero(scores >= LEAST), strict=True):
            one, other = (inside[i][4] for i in pairs[row])
            said = (one, other, network.labels[column])
            found[said] = max(found.get(said, 0.0), float(scores[row, column]))
    return found


def _nearest(mentions: Sequence[tuple[int, int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the nearest pairs of mentions of each two things."""
    of_things: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for i, first in enumerate(mentions):
        for j, second in enumerate(mentions):
            if first[4] != second[4]:
                of_things[first[4], second[4]].append((abs(first[0] - second[0]), i, j))
    for pairs in of_things.values():
        yield from ((i, j) for _, i, j in sorted(pairs)[:NEAREST])


def _meetings(text: MarkedText) -> Iterator[tuple[int, int, int, int]]:
    """Yield two things that meet in a sentence, and their types."""
    for start, end in text.sentences:
        inside = [m for m in text.mentions if start <= m[0] < end and m[4] < text.marked]
        yield from {(a[4], b[4], a[2], b[2]) for a in inside for b in inside if a[4] != b[4]}


class _Things:
    """Tells which things of a set a claim is about."""

    def __init__(self, row: Row, reading: Reading) -> None:
        self._marked = marked = [
            ((start, end), entity["id"])
            for entity in row["entities"]
            for start, end, _ in entity["mentions"]
        ]
        self._of: dict[int, list[tuple[Offsets, int]]] = defaultdict(list)
        for group in reading.groups:
            for mention in group.mentions:
                span = mention.passage.start, mention.passage.end
                self._of[group.id] += [(span, n) for place, n in marked if _alike(place, span)]

    def ends(self, claim: Claim) -> Iterator[tuple[int, int]]:
        """Yield the pairs of things that a claim joins."""
        subject, object_ = claim.ends
        if object_ is None:
            return
        for one in self._named(subject, claim.sentence):
            for other in self._named(object_, claim.sentence):
                if one != other:
                    yield one, other

    def _named(self, phrase: Phrase, sentence: Offsets) -> set[int]:
        """Return the things that a phrase names; a set may count each mention as one."""
        if phrase.literal:  # a date
            return {n for place, n in self._marked if _alike(place, (phrase.start, phrase.end))}
        known = self._of.get(-1 if phrase.group is None else phrase.group, [])
        near = {n for (start, end), n in known if sentence[0] <= start and end <= sentence[1]}
        return near or {n for _, n in known}


def _alike(one: Offsets, other: Offsets) -> bool:
    """Tell whether two stretches share half of the longer one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= max(one[1] - one[0], other[1] - other[0])


def _said(claim: Claim, one: int, other: int) -> Iterator[Stated]:
    """Yield what a claim says by name of two things, and what follows from that."""
    relation = claim.relation
    if relation is not None:
        ends = (other, one) if relation.turned else (one, other)
        yield from with_implied(*ends, relation.property)
