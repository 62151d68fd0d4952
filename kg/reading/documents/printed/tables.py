"""The words of a table as rows of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.documents.lines import FINAL
from kg.reading.documents.printed.words import (
    PrintedLine,
    Word,
    is_stretched,
    line_text,
    lines_of,
    usual_size,
)

CELL_GAP = 0.6
"""Sizes of type between two columns of a table."""
TIGHT = 1.6
"""Sizes of type between the baselines of two lines in a cell, at most."""
LONE_GAP = 3.0
"""Sizes of type between two cells in a line that stands in no table."""


LEAST_CELLS, LEAST_ROWS = 3, 2
"""Cells in each of so many rows that make a table wherever they stand."""
LONGEST_CELL, USUAL_CELL = 4, 3.0
"""Words in a cell of such a table at most, and on the average of a row."""
CLEARER = 1.6
"""How much wider the gaps between cells are than those between words."""
MOST_BETWEEN = 2
FARTHEST = 4.0
"""Sizes of type between the baselines of two rows, at most."""
LOOSER = 1.2
"""How much farther the baselines of two rows lie apart than those of two lines in a cell."""
LEAST_LOOSE = 0.3
"""Share of the lines that must begin a row, if some rows have several."""


class Row(NamedTuple):
    """A row of a table: its lines, and the text of each cell, "" if it is empty."""

    lines: tuple[PrintedLine, ...]
    cells: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """Whether all of it stands in the first cell."""
        return not any(self.cells[1:])


class Table(NamedTuple):
    """A table, row by row."""

    rows: tuple[Row, ...]


def table_of(words: Sequence[Word]) -> Table:
    """Return words that stand in columns as the rows of a table."""
    starts = _column_starts(words)
    lines = lines_of(words)
    loose = _row_pitch(lines)
    rows: list[Row] = []
    for line in lines:
        row = Row((line,), _cells(line, starts))
        if rows and _goes_on(rows[-1], row, loose):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return Table(tuple(rows))


def find_rows(lines: Sequence[PrintedLine]) -> list[PrintedLine] | None:
    """Return the first lines that are rows of several short cells one above the other.

    Between them may stand lines of a few words: a cell of two lines is centred, or a row is
    the title of others.
    """
    run: list[PrintedLine] = []
    between: list[PrintedLine] = []
    for line in lines:
        before = (between or run or [line])[-1]
        far = line.baseline - before.baseline > FARTHEST * line.size
        if _is_row(line) and not far:
            run += [*between, line] if run else [line]
            between = []
        elif run and not far and len(between) < MOST_BETWEEN and _may_stand_between(line):
            between.append(line)
        elif _is_table(run, lines):
            return run
        else:
            run, between = ([line] if _is_row(line) else []), []
    return run if _is_table(run, lines) else None


def _may_stand_between(line: PrintedLine) -> bool:
    """Whether a line is short and no sentence."""
    cells = _parted(line.words, CELL_GAP * line.size)
    short = all(len(cell) <= LONGEST_CELL for cell in cells)
    return short and FINAL.search(line.text[-24:]) is None


def _is_row(line: PrintedLine) -> bool:
    """Whether wide gaps part a line into several short cells."""
    cells = _parted(line.words, 0.9 * line.size)
    lengths = [len(cell) for cell in cells]
    if len(cells) < LEAST_CELLS or max(lengths) > LONGEST_CELL:
        return False
    if sum(lengths) > USUAL_CELL * len(cells):
        return False
    between = min(after[0].left - cell[-1].right for cell, after in pairwise(cells))
    inside = [b.left - a.right for cell in cells for a, b in pairwise(cell)]
    return between > CLEARER * max(inside, default=0.9 * line.size)


def _is_table(rows: Sequence[PrintedLine], lines: Sequence[PrintedLine]) -> bool:
    """Whether rows have their cells above one another, and not by chance as stretched lines do."""
    words = [word for line in rows for word in line.words]
    if len(rows) < LEAST_ROWS or len(_column_starts(words)) < LEAST_CELLS:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return len(rows) > LEAST_ROWS or not is_stretched(rows, left, right)


def _parted(words: Sequence[Word], gap: float) -> list[list[Word]]:
    """Return the words of a line in groups that gaps part."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and word.left - groups[-1][-1].right < gap:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def cells_apart(line: PrintedLine, left: float, right: float) -> tuple[str, ...]:
    """Return the stretches of a line, in a column with these edges, that wide gaps part."""
    if is_stretched([line], left, right):
        return (line.text,)
    return tuple(line_text(group) for group in _parted(line.words, LONE_GAP * line.size))


def goes_on_in_last_cell(row: PrintedLine, before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line, after the one before it, goes on with the last cell of a lone row."""
    start = _parted(row.words, LONE_GAP * row.size)[-1][0].left
    tight = line.baseline - before.baseline < TIGHT * line.size
    return tight and abs(line.left - start) < CELL_GAP * line.size


def _column_starts(words: Sequence[Word]) -> list[float]:
    """Return where the columns begin: after each strip of white that goes through all rows."""
    gap = CELL_GAP * usual_size(words)
    starts: list[float] = []
    reached = float("-inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.left - reached > gap:
            starts.append(word.left)
        reached = max(reached, word.right)
    return starts


def _cells(line: PrintedLine, starts: Sequence[float]) -> tuple[str, ...]:
    """Return the text of a line in each column."""
    cells: list[list[Word]] = [[] for _ in starts]
    for word in line.words:
        cells[bisect_right(starts, word.left + 0.01) - 1].append(word)
    return tuple(line_text(cell) for cell in cells)


def _row_pitch(lines: Sequence[PrintedLine]) -> float:
    """Return what lies at least between the baselines of two rows, 0 if that tells nothing."""
    pitches = [after.baseline - line.baseline for line, after in pairwise(lines)]
    least = LOOSER * min(pitches, default=0.0)
    loose = sum(pitch > least for pitch in pitches)
    return least if LEAST_LOOSE * len(pitches) <= loose < len(pitches) - 1 else 0.0


def _goes_on(row: Row, after: Row, loose: float) -> bool:
    """Whether a line continues the cells of the row above it: it begins none of its own."""
    before, line = row.lines[-1], after.lines[0]
    pitch = line.baseline - before.baseline
    if pitch > TIGHT * line.size:
        return False
    if loose:
        return pitch < loose
    shown = [cell for cell in after.cells if cell]
    if all(cell[0].islower() for cell in shown):
        return True
    return not after.cells[0] and len(shown) == 1


def _joined(row: Row, after: Row) -> Row:
    """Return a row with a line more in its cells."""
    pairs = zip(row.cells, after.cells, strict=True)
    return Row(row.lines + after.lines, tuple(" ".join(filter(None, pair)) for pair in pairs))
