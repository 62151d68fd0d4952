"""Names out of the labels that the encoder gives to words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

LEAST_SCORE = 0.4
"""Below this a name is not proposed; tuned on the tuned halves of CrossNER and re3d dev."""

Proposal = tuple[int, int, str, float]
"""First word, word after the last, our type, probability."""


def names_of(scores: Any, labels: Sequence[str]) -> Iterator[Proposal]:  # noqa: ANN401 - numpy
    """Yield the names that are sure enough to be proposed."""
    return (name for name in joined(decode(scores, labels)) if name[3] >= LEAST_SCORE)


def decode(scores: Any, labels: Sequence[str]) -> Iterator[Proposal]:  # noqa: ANN401 - numpy
    """Yield the names that the scores of words (rows) for labels (columns) amount to.

    Words are first told apart as beginning, going on with, or outside a name, all types
    together; the type of a name is what its words together say.
    """
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    begins, goes_on = odds[:, 1::2], odds[:, 2::2]
    marks = np.stack([odds[:, 0], begins.sum(axis=1), goes_on.sum(axis=1)], axis=1).argmax(axis=1)
    types = [label[2:] for label in labels[1::2]]
    start = None
    for i, mark in enumerate([*marks.tolist(), 0]):
        if start is not None and mark != 2:
            by_type = (begins + goes_on)[start:i].mean(axis=0)
            best = int(by_type.argmax())
            yield start, i, types[best], float(by_type[best])
            start = None
        if mark and start is None:
            start = i


def joined(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield names, those of one type with nothing between them as one: "Ontario" "Liberal Party"."""
    last: Proposal | None = None
    for name in found:
        if last and last[1] == name[0] and last[2] == name[2]:
            last = (last[0], name[1], last[2], min(last[3], name[3]))
            continue
        if last:
            yield last
        last = name
    if last:
        yield last
