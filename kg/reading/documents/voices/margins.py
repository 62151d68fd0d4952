"""Part the numbers that stand before each line of a deposition or a pleading from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.reading.documents.lines import Line
from kg.records import Offsets

_NUMBERED = re.compile(r"\d{1,2}(?:\s+|$)")
LEAST_LINES = 8
LEAST_NUMBERED = 0.7
"""Share of lines with a number before them; the others are heads of pages and what was wrapped."""
LEAST_IN_ORDER = 0.8
"""Share of these numbers that count on from the one before, or begin anew at 1."""


def without_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Offsets]]:
    """Return the lines without the numbers in their margin, and the numbers; all, if there are none."""
    lengths = [_length(line) for line in lines]
    numbers = [int(line.text[:2]) for line, length in zip(lines, lengths, strict=True) if length]
    if not _count_on(numbers, len(lines)):
        return list(lines), []
    cut = [(line.start, line.start + n) for line, n in zip(lines, lengths, strict=True) if n]
    return list(_words(lines, lengths)), cut


def _length(line: Line) -> int:
    """Return how long the number before a line is, with the blanks after it; 0 for none."""
    found = _NUMBERED.match(line.text)
    return found.end() if found else 0


def _words(lines: Sequence[Line], lengths: Sequence[int]) -> Iterator[Line]:
    """Yield what stands behind the numbers; what follows one alone begins anew."""
    blank = False
    for line, length in zip(lines, lengths, strict=True):
        blank = blank or line.blank_before
        if length < len(line.text):
            start, indent = line.start + length, line.indent + length
            text = line.text[length:]
            yield line._replace(start=start, indent=indent, blank_before=blank, text=text)
            blank = False
        else:
            blank = True


def _count_on(numbers: Sequence[int], lines: int) -> bool:
    """Tell numbers of lines from those of a list or of a table."""
    if len(numbers) < LEAST_LINES or len(numbers) < LEAST_NUMBERED * lines:
        return False
    steps = sum(after in {before + 1, 1} for before, after in pairwise(numbers))
    return steps >= LEAST_IN_ORDER * (len(numbers) - 1)
