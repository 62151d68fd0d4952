"""Run the relation network in models/relations: which mentions of a stretch are related, and how.

It reads what the encoder makes of the words, which of them are mentions of what, and scores every
pair of mentions for every relation that it knows. What it is and how it was trained stands in
models/relations/README.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from kg.reading.encoder.model import WIDTH
from kg.reading.encoder.sessions import open_session
from kg.reading.relations.tables import NAMED
from kg.settings import models_folder

_STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)
"""Words from one mention to another, in steps."""
DISTANCES = 2 * (len(_STEPS) + 1)
Fed = dict[str, Any]


class Spot(NamedTuple):
    """A mention by numbers: its words in the stretch, its type, its kind (``tables.py``)."""

    start: int
    end: int
    type: int
    kind: int


class RelationNetwork:
    """The network, loaded."""

    def __init__(self) -> None:
        folder = models_folder() / "relations"
        self.labels = (folder / "labels.txt").read_text(encoding="utf-8").split()
        self._session = open_session(folder / "relations.onnx")

    def scores(self, states: Any, spots: Sequence[Spot], pairs: Sequence[tuple[int, int]]) -> Any:  # noqa: ANN401 - numpy
        """Return how probable each relation is: a row a pair of spots, a column a label."""
        (odds,) = self._session.run(["odds"], fed_of(states[:, :WIDTH], spots, pairs))
        return odds


def fed_of(states: Any, spots: Sequence[Spot], pairs: Sequence[tuple[int, int]]) -> Fed:  # noqa: ANN401 - numpy
    """Return what the network is fed with, by the names of its inputs."""
    words = len(states)
    types, kinds = np.zeros(words, np.int64), np.zeros(words, np.int64)
    spans = np.zeros((len(spots), words), np.float32)
    for row, spot in enumerate(spots):
        types[spot.start : spot.end] = spot.type
        kinds[spot.start : spot.end] = spot.kind
        spans[row, spot.start : spot.end] = 1 / (spot.end - spot.start)
    between = np.zeros((len(pairs), words), np.float32)
    steps, types_of_pairs = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
    for row, (i, j) in enumerate(pairs):
        first, second = spots[i], spots[j]
        start, end = min(first.end, second.end), max(first.start, second.start)
        if start < end:
            between[row, start:end] = 1 / (end - start)
        steps[row] = step_between(first, second)
        types_of_pairs[row] = first.type * len(NAMED) + second.type
    return {
        "states": states, "types": types, "kinds": kinds, "spans": spans,
        "pairs": np.array(pairs, np.int64), "between": between, "steps": steps,
        "types_of_pairs": types_of_pairs,
    }  # fmt: skip


def step_between(first: Spot, second: Spot) -> int:
    """Return the number of how far, and on which side, one mention stands from another."""
    ahead = second.start >= first.start
    return bisect_right(_STEPS, abs(second.start - first.start)) + ahead * (DISTANCES // 2)


@cache
def load_relation_network() -> RelationNetwork:
    """Return the network that ships with kg, loaded once."""
    return RelationNetwork()
