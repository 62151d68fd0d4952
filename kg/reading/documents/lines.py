"""Cut a text into its non-blank lines and its pages, without losing an offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
WIKI_PAGE = re.compile(r"^[ \t]*Page:([^\n/]{1,200})/(\d{1,5})[ \t]*\r?$", re.MULTILINE)
"""The header of a proofread page: the file's name and the page as the file counts."""
FINAL = re.compile("[.!?:;…\u3002\uff01\uff1f][\"'”\u2019)\\]*_\\s\\d°]*$")
"""What the last line of a paragraph ends with; a note's mark may follow."""
LONGEST_TAIL = 24
LEAST_SPACED = 3
"""Lines in a row with the same space before each, from which on they may be double-spaced."""
LEAST_GOING_ON = 0.3
"""Share of these that begin in the middle of a sentence, as hard-wrapped lines do."""
SLACK = 4
"""Characters by which the lines of a text set flush to one side may be uneven, words aside."""
MUCH_SHORTER = 0.8
"""Share of the width to which a line without a full stop is a heading, or the like."""
NARROWEST_WRAPPED = 30
"""Lines shorter than this are no wrapped prose."""
LONGEST_MARK = 80
"""Characters before the words of a line that may be its mark: "  * 14 May 2016 – "."""


class Line(NamedTuple):
    """A line that holds more than white space; ``start`` and ``end`` leave white space out."""

    start: int
    end: int
    indent: int
    page: int
    blank_before: bool
    text: str

    @property
    def is_final(self) -> bool:
        """Whether a sentence ends where the line ends."""
        return FINAL.search(self.text[-LONGEST_TAIL:]) is not None

    @property
    def right(self) -> int:
        """The column at which the line would end without the blanks that stretch it."""
        return self.indent + len(" ".join(self.text.split()))

    def opening(self, *, anew: bool) -> Line:
        """Return the line, as one that begins something new if it does."""
        return self._replace(blank_before=True) if anew and not self.blank_before else self

    def without(self, start: int) -> Line:
        """Return the line from an offset on, at which something begins."""
        text = self.text[start - self.start :]
        return self._replace(start=start, text=text, blank_before=True)


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins, or a place ``LONGEST_MARK`` before the offset."""
    least = max(0, offset - LONGEST_MARK)
    return max(text.rfind(end, least, offset) for end in "\n\r\f") + 1 or least


def page_starts(text: str, page_breaks: Iterable[int] = ()) -> list[int]:
    """Return where each page begins: at form feeds, wiki headers and the breaks given."""
    starts = {0}
    starts.update(offset for offset in page_breaks if 0 < offset < len(text))
    starts.update(found.end() for found in re.finditer("\f", text) if found.end() < len(text))
    headers = [found.start() for found in WIKI_PAGE.finditer(text)]
    if headers and not text[: headers[0]].strip():
        headers[0] = 0
    return sorted(starts.union(headers))


def split_lines(text: str, pages: Sequence[int]) -> list[Line]:
    """Return the lines that hold something, in order, each with its page's index.

    Where all lines stand apart, as in a court's opinion, the empty ones between them part nothing.
    """
    lines, gaps, previous_end = [], [], 0
    for found in LINE.finditer(text):
        raw = found.group()
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = found.start() + indent
        page = bisect_right(pages, start) - 1
        apart = start - previous_end > 1
        gaps.append(_line_ends(text[previous_end : found.start()]) if apart else 1)
        lines.append(Line(start, start + len(stripped), indent, page, gaps[-1] > 1, stripped))
        previous_end = start + len(stripped)
    return closed_up(lines, gaps)


def _line_ends(gap: str) -> int:
    """Return how many line ends stand in the white space between two lines."""
    return max(sum(gap.count(end) for end in "\n\f\v\x85\u2028\u2029"), gap.count("\r"))


def usual_width(lines: Sequence[Line]) -> int:
    """Return the length of line that half of the characters stand in, or longer ones."""
    lengths = sorted((len(line.text) for line in lines), reverse=True)
    half, seen = sum(lengths) / 2, 0
    for length in lengths:
        seen += length
        if seen >= half:
            return length
    return 0


# --- double-spaced lines ------------------------------------------------------------------


def closed_up(lines: list[Line], gaps: Sequence[int]) -> list[Line]:
    """Return the lines; those that are double-spaced begin nothing where they go on.

    ``gaps`` are the line ends before each line.
    """
    first = 1
    while first < len(lines):
        after = first + 1
        while after < len(lines) and gaps[after] == gaps[first]:
            after += 1
        if gaps[first] > 1 and _is_double_spaced(lines[first - 1 : after]):
            _close_up(lines, first, after)
        first = after
    return lines


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Whether lines that stand apart are those of one prose, to judge from how they begin."""
    going_on = sum(_goes_on(before, line) for before, line in pairwise(lines))
    enough = going_on >= max(2, LEAST_GOING_ON * (len(lines) - 1))
    return len(lines) > LEAST_SPACED and enough and usual_width(lines) >= NARROWEST_WRAPPED


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return line.text[0].islower() and not before.is_final


def _close_up(lines: list[Line], first: int, after: int) -> None:
    """Change the lines from ``first`` on, so that those which go on have no empty line before."""
    pages = groupby(lines[first - 1 : after], key=attrgetter("page"))
    widths = {page: _margin(list(on_page)) for page, on_page in pages}
    for number in range(first, after):
        before, line = lines[number - 1], lines[number]
        if line.text[0].islower() or not _begins_anew(before, line, widths[before.page]):
            lines[number] = line._replace(blank_before=False)


def _begins_anew(before: Line, line: Line, width: int) -> bool:
    """Whether a line is set in, or its first word had found room on the line before."""
    first_word = line.text.split(maxsplit=1)[0]
    margin = width if before.is_final else int(width * MUCH_SHORTER)
    had_room = before.right + 1 + len(first_word) + SLACK <= margin
    return had_room or line.indent >= before.indent + 2


def _margin(lines: Sequence[Line]) -> int:
    """Return the column that a tenth of the lines reach."""
    columns = sorted(line.right for line in lines)
    return columns[-1 - len(columns) // 10]
