"""Tell the rows of tables that a text draws with pipes, tabs or columns of spaces.

A row is no sentence, and no claim joins its cells; but a cell is text, in which names may
stand. So each cell is a paragraph of its own, and what stands above or below a table is not
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.reading.documents.lines import Line
from kg.records import Offsets

PIPED_ROW = re.compile(r"\|[^\n]*\|")
CELL = re.compile(r"[^|\s][^|]*")
TABBED = re.compile(r"[^\t]+")
COLUMN = re.compile(r"\S+(?: \S+)*")
"""A cell of a row whose columns are parted by spaces: words with one space between."""
LABEL = re.compile(r"\(?(?:[a-zA-Z]|[ivxl]{1,5}|\d{1,3}(?:\.\d{1,3}){0,4})[.)]?|[-–—*•▪◦●]")
LONGEST_CELL, MOST_WORDS = 120, 6
"""Characters of a cell, and words of one on an average: more is running text in columns."""
LEAST_ROWS = 2
ALIGNED = 1
"""Characters by which the beginnings of one column's cells may differ."""

Cells = tuple[Offsets, ...]


def rows_of(lines: Sequence[Line]) -> dict[int, Cells]:
    """Return the cells of each line, by its number, that is a row of a table."""
    rows = {n: _piped(line) for n, line in enumerate(lines) if PIPED_ROW.fullmatch(line.text)}
    for cells_of in (_parted_by_pipes, _tabbed, _spaced):
        found = {
            n: cells
            for n, line in enumerate(lines)
            if n not in rows and len(cells := cells_of(line)) > 1
        }
        for group in _groups(found, lines):
            rows.update({n: found[n] for n in group})
    return rows


def _piped(line: Line) -> Cells:
    return _places(CELL, line)


def _parted_by_pipes(line: Line) -> Cells:
    return _places(CELL, line) if " | " in line.text else ()


def _tabbed(line: Line) -> Cells:
    """Return what tabs part; the tab behind a label ("(a)") parts no cells."""
    cells = _places(TABBED, line) if "\t" in line.text else ()
    return cells if cells and not _is_label(line, cells[0]) else ()


def _spaced(line: Line) -> Cells:
    """Return what two spaces or more part, though not behind the end of a sentence."""
    if "  " not in line.text:
        return ()
    cells = _places(COLUMN, line)
    ended = any(line.text[end - line.start - 1] in '.!?:;,”"' for _, end in cells[:-1])
    return () if ended or _is_label(line, cells[0]) else cells


def _places(pattern: re.Pattern[str], line: Line) -> Cells:
    """Return where the cells of a line stand, without white space around them."""
    found = []
    for cell in pattern.finditer(line.text):
        words = cell.group().strip()
        if words:
            start = line.start + cell.start() + cell.group().index(words[0])
            found.append((start, start + len(words)))
    return tuple(found)


def _is_label(line: Line, cell: Offsets) -> bool:
    return LABEL.fullmatch(line.text[cell[0] - line.start : cell[1] - line.start]) is not None


def _groups(rows: dict[int, Cells], lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the lines that follow one another as rows of one table."""
    group: list[int] = []
    for n in sorted(rows):
        if group and not (
            group[-1] == n - 1 and _fit(rows[n - 1], rows[n], lines[n - 1], lines[n])
        ):
            yield from _table(group, rows, lines)
            group = []
        group.append(n)
    yield from _table(group, rows, lines)


def _fit(above: Cells, below: Cells, first: Line, second: Line) -> bool:
    """Tell whether two rows have the same columns: as many, or some that begin at one place."""
    if len(above) == len(below) and ("\t" in first.text or "|" in first.text):
        return True
    starts = [start - first.start + first.indent for start, _ in above[1:]]
    others = [start - second.start + second.indent for start, _ in below[1:]]
    return any(abs(a - b) <= ALIGNED for a in starts for b in others)


def _table(group: list[int], rows: dict[int, Cells], lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield a group of rows if it is a table: of rows enough, with cells that are short."""
    cells = [
        lines[n].text[a - lines[n].start : b - lines[n].start] for n in group for a, b in rows[n]
    ]
    if len(group) < LEAST_ROWS or any(len(cell) > LONGEST_CELL for cell in cells):
        return
    if sum(len(cell.split()) for cell in cells) <= MOST_WORDS * len(cells):
        yield group


def between_tables(
    lines: Sequence[Line], rows: Mapping[int, Cells]
) -> Iterator[tuple[Sequence[Line], Cells]]:
    """Yield running lines and the cells of the row behind them, in order; either may be empty."""
    for before, after in pairwise([-1, *sorted(rows), len(lines)]):
        yield lines[before + 1 : after], rows.get(after, ())


def pipes_of(lines: Sequence[Line], rows: Iterable[int]) -> Iterator[Offsets]:
    """Yield the pipes between cells, which are no text."""
    for line in (lines[n] for n in rows):
        yield from (
            (line.start + i, line.start + i + 1) for i, c in enumerate(line.text) if c == "|"
        )
