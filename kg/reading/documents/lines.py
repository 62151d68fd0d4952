"""Cut a text into its non-blank lines and its pages, without losing an offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
WIKI_PAGE = re.compile(r"^[ \t]*Page:([^\n/]{1,200})/(\d{1,5})[ \t]*\r?$", re.MULTILINE)
"""The header of a proofread page: the file's name and the page as the file counts."""
FINAL = re.compile("[.!?:;…\u3002\uff01\uff1f][\"'”\u2019)\\]*_\\s\\d°]*$")
"""What the last line of a paragraph ends with; a note's mark may follow."""
LONGEST_TAIL = 24


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

    def without(self, start: int) -> Line:
        """Return the line from an offset on, at which something begins."""
        text = self.text[start - self.start :]
        return self._replace(start=start, text=text, blank_before=True)


def page_starts(text: str, page_breaks: Iterable[int] = ()) -> list[int]:
    """Return where each page begins: at form feeds, wiki headers and the breaks given."""
    starts = {0}
    starts.update(offset for offset in page_breaks if 0 < offset < len(text))
    starts.update(found.end() for found in re.finditer("\f", text) if found.end() < len(text))
    headers = [found.start() for found in WIKI_PAGE.finditer(text)]
    if headers and not text[: headers[0]].strip():
        headers[0] = 0
    return sorted(starts.union(headers))


def split_lines(text: str, pages: Sequence[int]) -> Iterator[Line]:
    """Yield the lines that hold something, in order, each with its page's index."""
    previous_end = 0
    for found in LINE.finditer(text):
        raw = found.group()
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = found.start() + indent
        page = bisect_right(pages, start) - 1
        blank = start - previous_end > 1 and _has_blank_line(text[previous_end : found.start()])
        yield Line(start, start + len(stripped), indent, page, blank, stripped)
        previous_end = start + len(stripped)


def _has_blank_line(gap: str) -> bool:
    """Whether two line ends follow one another in the white space between two lines."""
    return sum(gap.count(end) for end in "\n\f\v\x85\u2028\u2029") > 1 or gap.count("\r") > 1


def usual_width(lines: Sequence[Line]) -> int:
    """Return the length of line that half of the characters stand in, or longer ones."""
    lengths = sorted((len(line.text) for line in lines), reverse=True)
    half, seen = sum(lengths) / 2, 0
    for length in lengths:
        seen += length
        if seen >= half:
            return length
    return 0
