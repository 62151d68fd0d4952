"""Part the numbers that stand before each line of a deposition or a pleading from the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.reading.documents.lines import Line
from kg.records import Offsets

_NUMBERED = re.compile(r"(?P<n>\d{1,2})(?:\s+|$)")
LEAST_LINES = 8
LEAST_NUMBERED = 0.7
"""Share of lines with a number before them; the others are heads of pages and what was wrapped."""
LEAST_IN_ORDER = 0.8
"""Share of these numbers that count on from the one before, or begin anew at 1."""


def without_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Offsets]]:
    """Return the lines without the numbers in their margin, and the numbers; all, if there are none."""
    numbers = [_NUMBERED.match(line.text) for line in lines]
    if not _count_on([int(found["n"]) for found in numbers if found], len(lines)):
        return list(lines), []
    kept, cut, blank = [], [], False
    for line, found in zip(lines, numbers, strict=True):
        after = found.end() if found else 0
        cut.append((line.start, line.start + after))
        if after == len(line.text):
            blank = True
            continue
        kept.append(
            line._replace(
                start=line.start + after,
                indent=line.indent + after,
                blank_before=line.blank_before or blank,
                text=line.text[after:],
            )
        )
        blank = False
    return kept, cut


def _count_on(numbers: Sequence[int], lines: int) -> bool:
    """Tell numbers of lines from those of a list or of a table."""
    if len(numbers) < LEAST_LINES or len(numbers) < LEAST_NUMBERED * lines:
        return False
    steps = sum(after in {before + 1, 1} for before, after in pairwise(numbers))
    return steps >= LEAST_IN_ORDER * (len(numbers) - 1)
