"""How the checker counts: the numbers of places and features, in training and at run time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

ROLES: Mapping[str, int] = MappingProxyType(
    {
        "other": 0,
        "subject": 1,
        "predicate": 2,
        "object": 3,
        "argument": 4,
        "time": 5,
        "speaker": 6,
        "cue": 7,
    }
)
"""The places that a word may fill, by the number that the checker knows them by."""
ABSENT = 0
"""The number of no feature."""


def numbered(names: Sequence[str]) -> dict[str, int]:
    """Return the number of each feature."""
    return {name: number for number, name in enumerate(names, start=ABSENT + 1)}


def padded(rows: Sequence[Sequence[int]]) -> Any:  # noqa: ANN401 - numpy
    """Return rows of numbers as a table, filled up with ``ABSENT``."""
    table = np.full((len(rows), max(map(len, rows))), ABSENT, np.int64)
    for row, numbers in zip(table, rows, strict=True):
        row[: len(numbers)] = numbers
    return table
