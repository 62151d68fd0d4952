"""Write the pages of a document as text: paragraphs, headings, rows of tables, notes.

A paragraph is a line of text of its own, with an empty line after it; a word that a line's
end parts keeps its hyphen and the line's end. Headings, cells and notes are written with
the marks of plain text, as those of all other kinds of files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from kg.reading.documents.furniture import CONTENTS
from kg.reading.documents.lines import FINAL
from kg.reading.documents.paragraphs import LABEL
from kg.reading.documents.printed.columns import Column, Region, UntoldColumnsError, find_regions
from kg.reading.documents.printed.notes import Note, marked_text, raised_numbers, take_notes
from kg.reading.documents.printed.running import PrintedPage, take_running_lines
from kg.reading.documents.printed.tables import Table, cells_apart, goes_on_in_last_cell
from kg.reading.documents.printed.words import PrintedLine, Word, line_text
from kg.records import Offsets

UNTOLD = "[The columns of this page cannot be told.]"
"""Stands above the text of a page that states nothing, because nobody knows in which order."""
LARGE = 1.15
"""How much larger than the text a heading is set."""
SAME_SIZE = 0.08
WIDER = 1.25
"""How much more than usual between two lines parts paragraphs."""
INDENT = 0.7
"""Sizes of type by which the first line of a paragraph is set in."""
LONGEST_HEADING = 25
"""Words; more in large or bold type are no heading."""
NEAR_FLOATS = 4
"""How many tables and the like may stand inside a paragraph that goes on after them."""
HYPHENS = "-\u2010\xad"
ROW_END = " |"
DASHES = "–—/"
LEADING = 1.2


class Style(NamedTuple):
    """How the running text of a document is set: size of type, leading as its share, weight."""

    size: float
    leading: float = LEADING
    bold: bool = False


class PageText(NamedTuple):
    """A page's text, and the stretches of it that are no part of the running text."""

    text: str
    furniture: tuple[Offsets, ...] = ()


@dataclass(slots=True)
class _Block:
    """A paragraph, heading, row or note as it grows line by line."""

    kind: str
    lines: list[PrintedLine] = field(default_factory=list)
    text: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a sentence goes on after what is there."""
        return self.kind == "text" and FINAL.search(self.text[-24:]) is None


def write_pages(pages: Sequence[Sequence[Word]]) -> Iterator[PageText]:
    """Yield the text of each page of a document, by the words on it."""
    printed = take_running_lines(pages)
    regions = [_regions(page) for page in printed]
    style = _usual_style([lines for found in regions if found for lines in _columns(found)])
    for page, found in zip(printed, regions, strict=True):
        yield _untold(page) if found is None else _written(page, found, style)


def _regions(page: PrintedPage) -> list[Region] | None:
    """Return the regions of a page, None if they cannot be told."""
    try:
        return find_regions(page.words)
    except UntoldColumnsError:
        return None


def _columns(regions: Sequence[Region]) -> Iterator[tuple[PrintedLine, ...]]:
    return (region.lines for region in regions if isinstance(region, Column))


def _usual_style(columns: Sequence[Sequence[PrintedLine]]) -> Style:
    """Return how most letters of the running text are set."""
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for column in columns:
        for line in column:
            length = len(line.text)
            sizes[round(line.size, 1)] += length
            letters += length
            bold += length * line.bold
    if not sizes:
        return Style(10.0)
    size = max(sizes, key=lambda s: (sizes[s], s))
    pitches = [
        (after.baseline - line.baseline) / size
        for column in columns
        for line, after in pairwise(column)
        if _same_size(line, after) and abs(line.size - size) <= SAME_SIZE * size
    ]
    return Style(size, median(pitches) if pitches else LEADING, 2 * bold > letters)


def _same_size(line: PrintedLine, other: PrintedLine) -> bool:
    return abs(line.size - other.size) <= SAME_SIZE * max(line.size, other.size)


def _untold(page: PrintedPage) -> PageText:
    """Return the text of a page as it was drawn, all of it no running text."""
    around = (word for line in (*page.heads, *page.feet, *page.aside) for word in line.words)
    words = sorted([*page.words, *around], key=lambda word: word.order)
    lines = (group for _, group in groupby(words, key=lambda word: round(word.baseline)))
    text = "\n".join([UNTOLD, *(line_text(list(line)) for line in lines)])
    return PageText(text, ((0, len(text)),))


def _written(page: PrintedPage, regions: Sequence[Region], style: Style) -> PageText:
    """Return a page's text: its head, paragraphs, notes and foot, then what stands aside."""
    body, notes = _without_notes(regions, style)
    writer = _PageWriter(style, notes)
    for part in body:
        writer.add(part)
    parts = [line.text for line in page.heads]
    parts += writer.written()
    parts += [line.text for line in page.feet]
    text = "\n\n".join(parts)
    furniture = []
    for line in page.aside:
        start = len(text) + 2 * bool(text)
        text += "\n\n" * bool(text) + line.text
        furniture.append((start, len(text)))
    return PageText(text, tuple(furniture))


def _without_notes(
    regions: Sequence[Region], style: Style
) -> tuple[list[Table | Sequence[PrintedLine]], list[Note]]:
    """Return the tables and the lines of columns, and the notes that stood under these."""
    called = raised_numbers(line for lines in _columns(regions) for line in lines)
    body: list[Table | Sequence[PrintedLine]] = []
    notes: list[Note] = []
    for region in regions:
        if isinstance(region, Table):
            body.append(region)
        else:
            lines, found = take_notes(region.lines, called, style.size)
            body.append(lines)
            notes += found
    return body, notes


class _PageWriter:
    """Puts the lines of a page together to blocks."""

    def __init__(self, style: Style, notes: Sequence[Note]) -> None:
        self._style = style
        self._notes = notes
        self._numbers = frozenset(note.number for note in notes)
        self._blocks: list[_Block] = []
        self._left = self._right = self._pitch = 0.0

    def add(self, part: Table | Sequence[PrintedLine]) -> None:
        """Add a table or the lines of a column after what is there."""
        if isinstance(part, Table):
            self._blocks += [_Block("row", list(row.lines), _row(row.cells)) for row in part.rows]
            return
        if part:
            self._measure(part)
            self._add_line(part[0], None)
        for before, line in pairwise(part):
            self._add_line(line, before)

    def _measure(self, lines: Sequence[PrintedLine]) -> None:
        """Take the edges of a column, and what is usually between its lines."""
        self._left = min(line.left for line in lines)
        self._right = max(line.right for line in lines)
        pitches = [
            after.baseline - line.baseline
            for line, after in pairwise(lines)
            if _same_size(line, after)
        ]
        few = len(pitches) < 6
        self._pitch = self._style.leading * self._style.size if few else median(pitches)

    def _add_line(self, line: PrintedLine, before: PrintedLine | None) -> None:
        """Add a line to the block that it goes on with, or begin one."""
        cells = cells_apart(line, self._left, self._right)
        text = marked_text(line, self._numbers)
        if len(cells) > 1 and not LABEL.fullmatch(f"{cells[0]} "):
            self._blocks.append(_Block("row", [line], _row(cells)))
            return
        block = self._continued(line, before)
        if block is None:
            kind = "heading" if self._is_heading(line) else "text"
            self._blocks.append(_Block(kind, [line], text))
        elif block.kind == "row":
            block.lines.append(line)
            block.text = f"{_join(block.text.removesuffix(ROW_END), text)}{ROW_END}"
        else:
            block.lines.append(line)
            block.text = _join(block.text, text)

    def _continued(self, line: PrintedLine, before: PrintedLine | None) -> _Block | None:
        """Return the block that a line goes on with, None if it begins one."""
        if before is None:
            return self._open_block(line)
        last = self._blocks[-1]
        if last.kind == "row":
            return last if goes_on_in_last_cell(last.lines[0], before, line) else None
        listed = CONTENTS.search(before.text[-60:]) is not None
        return None if listed or self._begins(last, before, line) else last

    def _open_block(self, line: PrintedLine) -> _Block | None:
        """Return the paragraph that goes on in a new column, perhaps past tables and the like."""
        for distance, block in enumerate(self._blocks[: -NEAR_FLOATS - 1 : -1]):
            if block.is_open and _same_size(block.lines[-1], line) and not self._is_heading(line):
                small = line.text[:1].islower() or block.text[-1:] in HYPHENS
                return block if small or (not distance and not _is_label(line.text)) else None
        return None

    def _is_heading(self, line: PrintedLine) -> bool:
        large = line.size >= LARGE * self._style.size
        bold = line.bold and not self._style.bold and line.size >= 0.9 * self._style.size
        return large or bold

    def _begins(self, block: _Block, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether a line begins something new after the line before it."""
        heading = self._is_heading(line)
        goes_on = line.text[:1].islower() and block.is_open
        if heading != (block.kind == "heading") or not _same_size(before, line):
            return not goes_on or block.kind == "heading"
        pitch = line.baseline - before.baseline
        if heading:
            return pitch > 1.7 * line.size
        if goes_on:
            return False
        if pitch > WIDER * self._pitch and pitch > WIDER * line.size:
            return True
        return self._begins_by_edges(block, before, line)

    def _begins_by_edges(self, block: _Block, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether the edges of two lines show that a paragraph begins."""
        indent = line.left - before.left
        early = self._would_have_fit(before, line)
        if _is_label(line.text) and (not block.is_open or early):
            return True
        if early and (
            not block.is_open or before.right - self._left < 0.65 * (self._right - self._left)
        ):
            return True
        if indent > INDENT * line.size:
            hangs = _is_label(block.text) and len(block.lines) == 1
            return not hangs and not block.is_open
        return False

    def _would_have_fit(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether the line before could have held the first word of this one."""
        first = line.words[0]
        return before.right + first.right - first.left + 0.6 * line.size < self._right

    def written(self) -> Iterator[str]:
        """Yield the blocks and then the notes as text."""
        for block in self._blocks:
            if block.kind == "heading" and self._stays_heading(block):
                yield f"# {block.text.lstrip('# ')}"
            else:
                yield block.text
        for number, lines in self._notes:
            text = ""
            for line in lines:
                text = _join(text, marked_text(line, self._numbers))
            yield f"[{number}] {text}"

    def _stays_heading(self, block: _Block) -> bool:
        """Whether large or bold type is a heading, and no sentence."""
        words = len(block.text.split())
        letters = re.search(r"[^\W\d_]{2}", block.text) is not None
        final = block.text.rstrip("\"'”’)").endswith((".", ";", ",", ":"))
        return letters and words <= LONGEST_HEADING and not (final and words > 3)


def _is_label(text: str) -> bool:
    """Whether a text begins with the label of an item; "2012." ends a sentence more often."""
    found = LABEL.match(text)
    return found is not None and len(found["number"] or "") < 3


def _join(text: str, more: str) -> str:
    """Return text with the next line; a hyphen at the line's end stays with the line's end."""
    if not text:
        return more
    if text[-1] in HYPHENS and text[-2:-1].isalpha():
        return f"{text[:-1]}-\n{more}" if more[:1].islower() else f"{text[:-1]}-{more}"
    if text[-1] in DASHES and not text[-2:-1].isspace():
        return text + more
    return f"{text} {more}"


def _row(cells: Sequence[str]) -> str:
    """Return a row of a table as plain text writes it."""
    return f"| {' | '.join(cell.replace('|', ' ') for cell in cells)}{ROW_END}"
