"""Find the columns and tables of a page, and the order in which they are read.

What parts columns is a strip of white that no word crosses, with lines on both sides. The
page is cut at the strip that parts most lines; what stands above and below it, and each side,
is cut in the same way. The sides are columns if both are running text, else they are a table.
Where lines have a wide gap but no strip goes through, the columns cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, permutations
from statistics import median, pstdev
from typing import Any, NamedTuple

import numpy as np

from kg.reading.documents.lines import FINAL
from kg.reading.documents.printed.tables import Table, find_rows, table_of
from kg.reading.documents.printed.words import (
    PrintedLine,
    Word,
    is_stretched,
    lines_of,
    usual_size,
)

STRIPS = ((0.9, 1.6, 3), (0.45, 1.15, 7), (0.2, 0.0, 10))
"""How wide a strip must be, in sizes of type and in spaces between words, and how many lines
must stand on either side."""
NARROW = 0.9
"""Narrower strips must part many more lines than wider ones."""
SURE = 8
"""Lines that a strip must part if no edge of its lines is straight."""
ALIGNED = 0.7
"""Share of the lines beside a strip that begin, or end, at one place."""
MOSTLY = 0.4
"""Share of all lines that a narrow strip must part."""
MORE, LINES_MORE = 1.2, 2
"""How many times more lines, and how many more, a narrow strip must part than a wider one."""
CROSSING, LEADING = 3, 1.5
"""Lines across the strip between columns that leave them in doubt, if they are set as closely."""
LARGE, HALF = 1.1, 0.5
"""How much larger than usual type is whose spaces, half its size, are no strips."""
FINEST = 700
"""Cells into which a page is parted at most, across and down."""
MOST_WORDS, MOST_CUTS, DEEPEST = 20_000, 20, 40
"""Words on a page, how often each may be looked at on the average, and how deep columns may nest."""
LABEL = re.compile(
    r"[•▪◦‣●○■□❖➢✓\uf0b7*+–—-]|\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z](?:\.\d{1,3}){1,4}|\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5})[.)]"
)
WIDEST_LABEL_GAP = 3.0
"""Sizes of type between an item's label and its words."""
LEAST_PROSE_WORDS, LEAST_SMALL_WORDS = 3.5, 0.45
"""Words in a line of running text, and the share of them that no capital or figure begins."""
LEAST_FULL, FULL = 4, 0.7
"""Lines, and the share of them that reach the edge, in running text of many names."""
DOUBT_GAP = 1.5
"""Sizes of type; running text has no wider gap inside a line."""
DOUBTFUL, LEAST_DOUBTFUL = 0.25, 4
"""Share and number of lines with such gaps that leave the columns in doubt."""
LEAST_JUMPS, JUMPING, STEADY_JUMPS = 6, 0.5, 2.0
"""Lines of which the drawing leaves off at one place and goes on elsewhere."""


class UntoldColumnsError(Exception):
    """Raised where the columns of a page cannot be told."""


class Column(NamedTuple):
    """A stretch of running text: its lines, from the top."""

    lines: tuple[PrintedLine, ...]


Region = Column | Table


class _Strip(NamedTuple):
    """White between two columns, from top to bottom of what stands beside it."""

    at: float
    top: float
    bottom: float


def find_regions(words: Sequence[Word]) -> list[Region]:
    """Return the columns and tables that words form, in reading order.

    Raise UntoldColumnsError if some of them cannot be told.
    """
    if len(words) > MOST_WORDS:
        raise UntoldColumnsError
    cutter = _Cutter(MOST_CUTS * len(words))
    regions = cutter.cut(words, 0)
    if _are_crossed(cutter.between_columns, words):
        raise UntoldColumnsError
    return regions


def _are_crossed(strips: Sequence[_Strip], words: Sequence[Word]) -> bool:
    """Whether a few lines of the columns themselves run across a strip between them."""
    size = usual_size(words)
    return any(
        abs(strip.at - below.at) < size
        and 0 <= below.top - strip.bottom < LEADING * CROSSING * size
        and _is_crossing(strip, below, words)
        for strip, below in permutations(strips, 2)
    )


def _is_crossing(strip: _Strip, below: _Strip, words: Sequence[Word]) -> bool:
    """Whether lines between two strips are set as closely as those of one text."""
    between = lines_of(w for w in words if strip.bottom < w.baseline <= below.top)
    if not any(line.left < strip.at < line.right for line in between):
        return False
    before = max((w.baseline for w in words if w.baseline <= strip.bottom), default=0.0)
    after = min((w.baseline for w in words if w.baseline > below.top), default=0.0)
    baselines = [before, *(line.baseline for line in between), after]
    return all(y - x < LEADING * between[0].size for x, y in pairwise(baselines))


class _Cutter:
    """Cuts a page into regions, and keeps the strips between columns of text."""

    def __init__(self, budget: int) -> None:
        self.between_columns: list[_Strip] = []
        self._budget = budget

    def cut(self, words: Sequence[Word], depth: int) -> list[Region]:
        """Return the regions of a part of the page."""
        if not words:
            return []
        self._budget -= len(words)
        if self._budget < 0:
            raise UntoldColumnsError
        if depth >= DEEPEST:
            return [_column(lines_of(words))]
        strip = _find_strip(words)
        lines = lines_of(words)
        rows = find_rows(lines)
        if rows and (strip is None or _lies_across(rows, strip, words)):
            return self._around_table(words, rows, depth)
        if strip is None:
            return [_column(lines)]
        above = [word for word in words if word.baseline <= strip.top]
        below = [word for word in words if word.baseline > strip.bottom]
        band = [word for word in words if strip.top < word.baseline <= strip.bottom]
        left = [word for word in band if _middle(word) < strip.at]
        right = [word for word in band if _middle(word) >= strip.at]
        if not left or not right:
            return [_column(lines)]
        rest = _rest_of_left(strip, right, below)
        if rest:
            left += rest
            taken = set(map(id, rest))
            below = [word for word in below if id(word) not in taken]
        return [
            *self.cut(above, depth + 1),
            *self._sides(strip, left, right, depth + 1),
            *self.cut(below, depth + 1),
        ]

    def _around_table(
        self, words: Sequence[Word], rows: Sequence[PrintedLine], depth: int
    ) -> list[Region]:
        """Return a table with what stands above and below it."""
        inside = [word for line in rows for word in line.words]
        taken = {id(word) for word in inside}
        rest = [word for word in words if id(word) not in taken]
        top = rows[0].baseline
        above = [word for word in rest if word.baseline < top]
        below = [word for word in rest if word.baseline >= top]
        table = _with_text_around(table_of(inside))
        return [*self.cut(above, depth + 1), *table, *self.cut(below, depth + 1)]

    def _sides(
        self, strip: _Strip, left: Sequence[Word], right: Sequence[Word], depth: int
    ) -> list[Region]:
        """Return the regions on both sides of a strip: columns, or a table."""
        prose = _is_prose(left), _is_prose(right)
        labelled = prose == (False, True) and _labels(lines_of(left), lines_of(right))
        if any(prose) and not labelled:
            self.between_columns.append(strip)
            return self.cut(left, depth) + self.cut(right, depth)
        return _with_text_around(table_of([*left, *right]))


def _rest_of_left(strip: _Strip, right: Sequence[Word], below: Sequence[Word]) -> list[Word]:
    """Return what stands far below the left column and was drawn before the right one.

    It is the end of the left column, such as a heading at its foot.
    """
    begun = min(word.order for word in right)
    across = min((w.baseline for w in below if w.right >= strip.at), default=float("inf"))
    return [word for word in below if word.baseline < across and word.order < begun]


def _lies_across(rows: Sequence[PrintedLine], strip: _Strip, words: Sequence[Word]) -> bool:
    """Whether a table lies across a strip, and its rows do not begin where the columns do."""
    top, bottom = rows[0].baseline - 1, rows[-1].baseline + 1
    if bottom < strip.top or top > strip.bottom:
        return True
    beside = [w for w in words if strip.top < w.baseline <= strip.bottom and w.left >= strip.at - 1]
    edge = min((w.left for w in beside if not top < w.baseline < bottom), default=None)
    starts = (
        min((w.left for w in row.words if w.left >= strip.at - 1), default=None) for row in rows
    )
    return edge is None or all(start is None or abs(start - edge) > 2 for start in starts)


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


# --- strips ------------------------------------------------------------------------


def _find_strip(words: Sequence[Word]) -> _Strip | None:
    """Return the white strip that parts most lines, of those the widest."""
    if len(words) < 4:
        return None
    white = _White(words)
    space = _usual_space(words) / usual_size(words)
    best, most = None, 0.0
    for width, spaces, lines in STRIPS:
        parted, strip = white.best(max(width, spaces * space), lines)
        if strip is None or parted <= most:
            continue
        far = parted >= max(MORE * most, most + LINES_MORE)
        wide = width >= NARROW
        if (wide and parted >= SURE) or ((wide or far) and _is_aligned(strip, words)):
            best, most = strip, parted
    return best


def _is_aligned(strip: _Strip, words: Sequence[Word]) -> bool:
    """Whether most lines right of a strip begin at one place, or those left of it end at one.

    Spaces between the words of running text may lie above one another by chance; where they
    end does not.
    """
    band = [word for word in words if strip.top < word.baseline <= strip.bottom]
    lines = lines_of(band)
    if is_stretched(lines, min(w.left for w in words), max(w.right for w in words)):
        return False
    right = [line.left for line in lines_of(w for w in band if _middle(w) > strip.at)]
    left = [line.right for line in lines_of(w for w in band if _middle(w) < strip.at)]
    near = 0.15 * usual_size(words)
    return any(
        sum(abs(edge - other) < near for other in edges) >= ALIGNED * len(edges)
        for edges in (right, left)
        for edge in edges
    )


def _usual_space(words: Sequence[Word]) -> float:
    """Return the usual space between two words that were drawn one after the other."""
    spaces = [
        after.left - word.right
        for word, after in pairwise(words)
        if abs(after.baseline - word.baseline) < 1 and 0 < after.left - word.right < 2 * word.size
    ]
    return median(spaces) if spaces else 0.0


class _White:
    """A page as cells, to see where nothing is printed."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._size = usual_size(words)
        self._left = min(word.left for word in words)
        self._top = min(word.top for word in words)
        width = max(word.right for word in words) - self._left
        height = max(word.baseline for word in words) - self._top
        self._across = max(self._size / 8, width / FINEST)
        self._down = max(self._size / 4, height / FINEST)
        widest = HALF * max(word.size for word in words)
        shape = (int(height / self._down) + 2, int((width + widest) / self._across) + 2)
        printed, lines = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        for word in [*words, *_after_labels(words)]:
            top, bottom = self._row(word.top), self._row(word.baseline)
            top = min(top + 1, bottom)
            space = HALF * word.size if word.size > LARGE * self._size else 0
            left, right = self._cell(word.left), self._cell(word.right + space)
            printed[top : bottom + 1, left : right + 1] = True
            lines[bottom, left : right + 1] = True
        self._counts, self._lines = _counted(printed), _counted(lines)

    def _row(self, y: float) -> int:
        return int((y - self._top) / self._down)

    def _cell(self, x: float) -> int:
        return int((x - self._left) / self._across)

    def best(self, width: float, lines: int) -> tuple[float, _Strip | None]:
        """Return how many lines the best strip at least so wide parts, and it, if they are enough."""
        cells = max(1, int(width * self._size / self._across) - 1)
        if cells + 2 >= self._counts.shape[1]:
            return 0.0, None
        free = self._counts[:, cells:] == self._counts[:, :-cells]
        left, right = _beside(self._lines, cells)
        least = max(lines, MOSTLY * (self._lines[:, -1] > 0).sum() * (width < NARROW))
        sides = ((free & side).sum(axis=0, dtype=np.int32) for side in (left, right))
        if np.minimum(*sides).max() < least:
            return 0.0, None
        parted = _parted(free, left, right, least)
        most = float(parted.max(initial=0))
        if most < least:
            return 0.0, None
        bottom, first = np.unravel_index(int(parted.argmax()), parted.shape)
        near = np.flatnonzero(parted[bottom] >= 0.95 * most)
        run = near[
            (near >= first) & (near - first == np.arange(len(near)) - list(near).index(first))
        ]
        column = int(run[len(run) // 2])
        at = column + cells / 2
        left, right = _beside(self._counts, cells)
        return most, self._strip(
            free[:, column], left[:, column], right[:, column], int(bottom), at
        )

    def _strip(self, free: Any, left: Any, right: Any, end: int, cell: float) -> _Strip:  # noqa: ANN401
        """Return the strip that ends at a row, without what stands on one side alone at its ends."""
        start = end
        while start > 0 and free[start - 1]:
            start -= 1
        rows = np.arange(start, end + 1)
        on_right = rows[right[start : end + 1]]
        top = min(
            int(on_right[0]), start if not left[start : on_right[0]].any() else int(on_right[0])
        )
        bottom = self._end_of_left(left, int(on_right[-1]), end)
        at = self._left + cell * self._across
        return _Strip(at, self._top + top * self._down, self._top + (bottom + 1) * self._down)

    def _end_of_left(self, left: Any, last: int, end: int) -> int:  # noqa: ANN401
        """Return where the left side ends that goes on below the right one: before a wide gap."""
        gap, widest = 0, 1.6 * self._size / self._down
        for row in range(last + 1, end + 1):
            gap = 0 if left[row] else gap + 1
            if gap > widest:
                return row - gap
        return end


def _counted(cells: Any) -> Any:  # noqa: ANN401 - arrays
    """Return for each cell how many to its left are filled."""
    counts = np.zeros((cells.shape[0], cells.shape[1] + 1), dtype=np.int32)
    np.cumsum(cells, axis=1, out=counts[:, 1:])
    return counts


def _beside(counts: Any, cells: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Return where something is filled left, and right, of so many cells beginning at a place."""
    return counts[:, :-cells] > 0, counts[:, -1:] > counts[:, cells:]


def _parted(free: Any, left: Any, right: Any, least: float) -> Any:  # noqa: ANN401 - arrays
    """Return for each place where white ends how many lines it parts, the lesser side's count.

    White of fewer rows than ``least`` is left out.
    """
    rows = np.arange(free.shape[0], dtype=np.int32)[:, None]
    blocked = np.maximum.accumulate(np.where(free, np.int32(-1), rows), axis=0)
    ends = free.copy()
    ends[:-1] &= ~free[1:]
    y, x = np.nonzero(ends & (rows - blocked >= least))
    parted = np.zeros(free.shape, dtype=np.int32)
    if len(y):
        columns, place = np.unique(x, return_inverse=True)
        begin = blocked[y, x] + 1
        counts = []
        for side in (left, right):
            count = np.zeros((free.shape[0] + 1, len(columns)), np.int32)
            np.cumsum(side[:, columns], axis=0, out=count[1:])
            counts.append(count[y + 1, place] - count[begin, place])
        parted[y, x] = np.minimum(*counts)
    return parted


def _after_labels(words: Sequence[Word]) -> list[Word]:
    """Return the white between the labels of items and their words as if it were printed."""
    filled = []
    ordered = sorted(words, key=lambda w: (round(w.baseline), w.left))
    row = None
    for word, after in pairwise(ordered):
        first, row = row != round(word.baseline), round(word.baseline)
        gap = after.left - word.right
        near = row == round(after.baseline) and 0 < gap < WIDEST_LABEL_GAP * word.size
        if near and first and LABEL.fullmatch(word.text):
            filled.append(word._replace(right=after.left))
    return filled


# --- sides -------------------------------------------------------------------------


def _with_text_around(table: Table) -> list[Region]:
    """Return a table, with lines before and after it that fill one cell as running text."""
    rows = list(table.rows)
    first, last = 0, len(rows)
    while first < last and rows[first].is_single:
        first += 1
    while last > first and rows[last - 1].is_single:
        last -= 1
    parts: list[Region] = [
        Column(tuple(line for row in rows[:first] for line in row.lines)),
        Table(tuple(rows[first:last])),
        Column(tuple(line for row in rows[last:] for line in row.lines)),
    ]
    return [part for part in parts if part[0]]


def _is_prose(words: Sequence[Word]) -> bool:
    """Whether words are running text: long lines, with few capitals and figures or of one width."""
    lines = lines_of(words)
    pieces = " ".join(line.text for line in lines).split()
    if len(pieces) < LEAST_PROSE_WORDS * len(lines):
        return False
    small = sum(piece[:1].islower() for piece in pieces)
    return small >= LEAST_SMALL_WORDS * len(pieces) or _are_full(lines)


def _are_full(lines: Sequence[PrintedLine]) -> bool:
    """Whether most lines go on until the edge of their column."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(right - line.right < 0.15 * (right - left) for line in lines)
    return len(lines) >= LEAST_FULL and full >= FULL * len(lines)


def _labels(left: Sequence[PrintedLine], right: Sequence[PrintedLine]) -> bool:
    """Whether the lines on the left are labels, each with a text on the right that begins beside it."""
    if len(left) >= len(right):
        return False
    fresh = sum(_begins_beside(line, right) for line in left)
    return fresh >= 0.8 * len(left)


def _begins_beside(label: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a text begins beside a label, and does not go on from the line above."""
    nearest = min(range(len(lines)), key=lambda i: abs(lines[i].baseline - label.baseline))
    line = lines[nearest]
    if abs(line.baseline - label.baseline) > 0.3 * line.size or line.text[:1].islower():
        return False
    return nearest == 0 or FINAL.search(lines[nearest - 1].text[-24:]) is not None


# --- columns -----------------------------------------------------------------------


def _column(lines: Sequence[PrintedLine]) -> Column:
    """Return lines that no strip parts as those of one column, if they can be that."""
    size = usual_size(word for line in lines for word in line.words)
    if _is_doubtful(lines, size) or _is_drawn_apart(lines):
        raise UntoldColumnsError
    return Column(tuple(lines))


def _is_doubtful(lines: Sequence[PrintedLine], size: float) -> bool:
    """Whether wide gaps part many lines, at places that do not lie above one another."""
    gapped = [line for line in lines if _widest_gap(line) > DOUBT_GAP * size]
    many = len(gapped) >= max(LEAST_DOUBTFUL, DOUBTFUL * len(lines))
    return many and _is_prose([word for line in gapped for word in line.words])


def _widest_gap(line: PrintedLine) -> float:
    gaps = (
        after.left - word.right
        for word, after in pairwise(line.words)
        if not LABEL.fullmatch(word.text)
    )
    return max(gaps, default=0.0)


def _is_drawn_apart(lines: Sequence[PrintedLine]) -> bool:
    """Whether many lines were drawn in two pieces, parted at the same place."""
    jumps = [jump for line in lines if (jump := _jump(line)) is not None]
    if len(jumps) < max(LEAST_JUMPS, JUMPING * len(lines)):
        return False
    return pstdev(jumps) < STEADY_JUMPS * median(line.size for line in lines)


def _jump(line: PrintedLine) -> float | None:
    """Return where on a line the drawing went elsewhere, None if nowhere or at several places."""
    near = len(line.words)
    places = [
        after.left for word, after in pairwise(line.words) if abs(after.order - word.order) > near
    ]
    return places[0] if len(places) == 1 else None
