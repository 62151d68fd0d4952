"""A word and its place on a page, and the lines that words stand on.

Places are in points, from the left and from the top, in the direction in which the page is
read. A word may be a piece of one where the type changes: what is ``apart`` follows a space.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

GLUED = 0.15
"""Share of the size of type; words with less between them are one, if no space is drawn."""
CAPITAL_HEIGHT = 0.72
"""How high capitals are, as a share of the size of type."""
SAME_LINE = 0.45
"""How far, as a share of the size of type, baselines on one line may lie apart."""
SMALLER = 0.8
"""Share of a line's size of type below which a word may be raised or lowered."""
MOST_IN_LINE = 200
"""Words of a line beside which a raised figure is looked for."""
UNEVEN = 0.35
"""Share by which OCR may take the size of type too small or too large."""
TALL = 1.8
"""How much larger than the rest an initial letter is that stands beside several lines."""
WORDS_OF_A_LETTER = "AIO"
LEAST_SPACED = 4
"""Letters that must stand alone in a row to be one word set wide."""
NARROW_COLUMN, FLUSH, STRETCHED = 24.0, 0.5, 0.7
"""Sizes of type: columns so narrow have wide spaces where most lines reach both their edges."""
SET_IN = 2.5
"""Sizes of type by which a paragraph's first line may be set in."""
WIDE_SPACE = 1.5
"""How much wider than between its letters the space is that ends a word set wide."""


class Word(NamedTuple):
    """A word: where it stands, its size of type, and the place at which it was drawn."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    apart: bool = True
    order: int = 0

    @property
    def top(self) -> float:
        """Where its capitals end."""
        return self.baseline - CAPITAL_HEIGHT * self.size


@dataclass(frozen=True)
class PrintedLine:
    """The words on one line, from left to right; at least one."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where the line ends."""
        return max(word.right for word in self.words)

    @cached_property
    def baseline(self) -> float:
        """The baseline of most of its letters."""
        return _of_most(self.words, [word.baseline for word in self.words])

    @cached_property
    def size(self) -> float:
        """The size of type of most of its letters."""
        return _of_most(self.words, [word.size for word in self.words])

    @property
    def bold(self) -> bool:
        """Whether all of it is set in bold type."""
        return all(word.bold for word in self.words)

    @cached_property
    def text(self) -> str:
        """The line's words with single spaces."""
        return line_text(self.words)


def _of_most(words: Sequence[Word], values: Sequence[float]) -> float:
    """Return the value that the middle one of the letters has."""
    if len(set(values)) == 1:
        return values[0]
    ranked = sorted(zip(values, (len(word.text) for word in words), strict=True))
    half, seen = sum(length for _, length in ranked) / 2, 0
    for value, length in ranked:
        seen += length
        if seen >= half:
            return value
    return ranked[-1][0]


def usual_size(words: Iterable[Word]) -> float:
    """Return the size of type of most letters, at least a point."""
    words = list(words)
    return max(1.0, _of_most(words, [word.size for word in words])) if words else 1.0


def even_sizes(words: Sequence[Word]) -> list[Word]:
    """Return words that OCR has read, those of about the usual size in that size.

    It measures letters, and those of one line are often higher than those of the next.
    """
    usual = usual_size(words)
    return [
        word._replace(size=usual) if abs(word.size - usual) < UNEVEN * usual else word
        for word in words
    ]


def is_stretched(lines: Sequence[PrintedLine], left: float, right: float) -> bool:
    """Whether lines are stretched to the width of a narrow column, and spaces may be wide."""
    size = lines[0].size
    near = FLUSH * size
    flush = sum(line.left - left < SET_IN * size and right - line.right < near for line in lines)
    return right - left < NARROW_COLUMN * size and flush >= STRETCHED * len(lines)


def is_glued(before: Word, word: Word) -> bool:
    """Whether a word goes on with the one before it without a space."""
    gap = word.left - before.right
    return not word.apart and gap < GLUED * max(before.size, word.size)


def line_text(words: Sequence[Word]) -> str:
    """Return words of one line as text."""
    pieces = [words[0].text] if words else []
    for before, word in pairwise(words):
        pieces.append(word.text if is_glued(before, word) else f" {word.text}")
    return "".join(pieces)


def lines_of(words: Iterable[Word]) -> list[PrintedLine]:
    """Return the lines that words stand on, from the top; they are of one column.

    A raised or lowered figure belongs to the line of the words beside it, a tall initial
    letter to the first of the lines that it stands beside.
    """
    words = list(words)
    usual = usual_size(words)
    initials = {id(word): _on_first_line(word, usual) for word in words if _is_tall(word, usual)}
    rows = _Rows()
    for word in sorted((initials.get(id(w), w) for w in words), key=lambda w: -w.size):
        rows.add(word)
    tall = {id(word) for word in initials.values()}
    return [PrintedLine(tuple(_with_initial(list(_in_order(row)), tall))) for row in rows.rows]


def _is_tall(word: Word, usual: float) -> bool:
    """Whether a word is an initial letter that stands beside several lines."""
    return len(word.text) == 1 and word.text.isalpha() and word.size > TALL * usual


def _with_initial(words: list[Word], tall: Set[int]) -> list[Word]:
    """Return a line's words, a tall initial letter joined with the rest of its word."""
    first, *rest = words
    if id(first) in tall and rest and first.text not in WORDS_OF_A_LETTER:
        whole = first._replace(text=first.text + rest[0].text, right=rest[0].right)
        return [whole, *rest[1:]]
    return words


class _Rows:
    """Rows of words sorted by baseline; larger words are to come first."""

    def __init__(self) -> None:
        self.rows: list[list[Word]] = []
        self._baselines: list[float] = []

    def add(self, word: Word) -> None:
        """Add a word to the row that it stands on, or begin a new one."""
        low = bisect_left(self._baselines, word.baseline - SAME_LINE * word.size)
        for index in range(low, len(self.rows)):
            row = self.rows[index]
            if self._baselines[index] - word.baseline > row[0].size:
                break
            if _stands_on(word, row):
                row.append(word)
                return
        index = bisect_left(self._baselines, word.baseline)
        self.rows.insert(index, [word])
        self._baselines.insert(index, word.baseline)


def _stands_on(word: Word, row: Sequence[Word]) -> bool:
    """Whether a word is on a row's line, or a figure raised or lowered beside a word there."""
    first = row[0]
    if word.size >= SMALLER * first.size:
        return abs(word.baseline - first.baseline) < SAME_LINE * word.size
    raised = first.top - 0.3 * word.size < word.baseline < first.baseline + 0.6 * word.size
    return raised and any(_is_beside(word, other) for other in row[:MOST_IN_LINE])


def _is_beside(word: Word, other: Word) -> bool:
    """Whether little is between two words of a line."""
    reach = other.size
    return -reach < word.left - other.right < reach or -0.3 < other.left - word.right < reach


def _on_first_line(word: Word, usual: float) -> Word:
    """Return a tall initial letter as if it stood on the first line beside it."""
    return word._replace(baseline=word.top + CAPITAL_HEIGHT * usual, size=usual)


def _in_order(row: Sequence[Word]) -> Iterator[Word]:
    """Yield a line's words from left to right, what was drawn twice once, wide words whole."""
    row = sorted(row, key=lambda word: (word.left, word.order))
    shown = row[:1]
    for word in row[1:]:
        if not _is_again(shown[-1], word):
            shown.append(word)
    for alone, group in groupby(
        shown, key=lambda word: len(word.text) == 1 and word.text.isalpha()
    ):
        letters = list(group)
        if alone and len(letters) >= LEAST_SPACED:
            yield from _set_wide(letters)
        else:
            yield from letters


def _is_again(before: Word, word: Word) -> bool:
    """Whether a word was drawn a second time over the first, as if in bold type."""
    near = abs(word.left - before.left) < 0.25 * word.size
    return near and word.text == before.text and abs(word.baseline - before.baseline) < 1


def _set_wide(letters: Sequence[Word]) -> Iterator[Word]:
    """Yield the words that letters with even spaces between them are."""
    gaps = [after.left - letter.right for letter, after in pairwise(letters)]
    usual = median(gaps)
    word = letters[0]
    for letter, gap in zip(letters[1:], gaps, strict=True):
        if gap <= WIDE_SPACE * usual + 0.5:
            word = word._replace(text=word.text + letter.text, right=letter.right)
        else:
            yield word
            word = letter
    yield word
