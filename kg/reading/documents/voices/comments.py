"""Find the comments that readers leave under an article: each is its commenter's.

They stand under "Comments" or "3 comments", and each tells who wrote it and when: "Ada says:",
"AdaO · 2 hours ago", a name over a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import TIME
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Offsets, Turn

LONGEST_NAME = 4
"""Words of whoever comments."""
_MARKS = r"[#*_\s]{0,8}"
_HEADING = re.compile(
    rf"{_MARKS}(?:(?P<count>\d{{1,5}})\s)?(?:(?P<own>readers?['’]?s?|user|your)\s|(?:latest|top|all|recent)\s)?"
    rf"(?:comments?|responses?|replies|thoughts on\b[^\n]{{0,120}})(?:\s?\((?P<after>\d{{1,5}})\))?:?{_MARKS}$",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WHEN = (
    r"(?:(?:\d{1,3}|an?|one)\s?(?:s|sec\w*|m|min\w*|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|years?) ago|just now"
    rf"|(?:on\s)?(?:\w{{3,9}},\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?:,?\s(?:at\s)?{TIME})?)"
)
_NAME = r"(?P<name>[^\W\d_][^\n:;,|·•()\[\]]{0,40}?)"
_SAYS = re.compile(
    rf"{_MARKS}{_NAME}{_MARKS}\s(?:says|said|wrote|writes|commented|replied)\b.{{0,60}}?:?{_MARKS}$"
)
_BESIDE = re.compile(
    rf"{_MARKS}(?:(?:posted )?by )?{_NAME}{_MARKS}\s?[·•|,–—-]?\s?\(?{_WHEN}\)?[^\n]{{0,40}}$",
    re.IGNORECASE,
)
_LONE_NAME = re.compile(rf"{_MARKS}{_NAME}{_MARKS}$")
_DATE = re.compile(rf"{_WHEN}(?:\s?[·•|]?\s?(?:reply|permalink|report))?$", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:reply|like|share|report|flag|edit|permalink|recommend|upvote|log in to reply|leave a (?:reply|comment)|load more(?: comments)?)"
    r"(?:\s?[·•|(]?\s?(?:\d{1,5}\)?|reply|share|report))*$|\d{1,5} (?:likes?|replies|votes?|points?)$|[👍👎▲▼♥❤️\s\d]{1,12}$",
    re.IGNORECASE,
)


class _Head(NamedTuple):
    """The lines that tell who comments, up to the line after them, and the name."""

    first: int
    end: int
    name: Offsets


def find_comments(text: str, lines: Sequence[Line]) -> Spoken:
    """Return the comments as turns of those who wrote them; who and when is cut."""
    del text
    turns: list[Turn] = []
    dropped: set[int] = set()
    for first, end in _sections(lines):
        heads = list(_heads(lines, first + 1, end))
        if heads or _counts(lines[first]):
            dropped |= {first, *_buttons(lines, first, end), *_lines_of(heads)}
            turns += _comments(lines, first + 1, end, heads, dropped)
    cut = tuple((lines[n].start, lines[n].end) for n in sorted(dropped))
    return Spoken(tuple(_left(lines, dropped)), tuple(turns), cut)


def _buttons(lines: Sequence[Line], first: int, end: int) -> Iterator[int]:
    return (n for n in range(first, end) if _BUTTON.match(lines[n].text))


def _lines_of(heads: Sequence[_Head]) -> Iterator[int]:
    return (n for head in heads for n in range(head.first, head.end))


def _left(lines: Sequence[Line], dropped: set[int]) -> Iterator[Line]:
    """Yield the lines of text; what follows one that is cut begins anew."""
    for number, line in enumerate(lines):
        if number not in dropped:
            yield line.opening(anew=number - 1 in dropped)


def _comments(
    lines: Sequence[Line], first: int, end: int, heads: Sequence[_Head], dropped: set[int]
) -> Iterator[Turn]:
    """Yield what is said under each head, and what stands above the first, which has no name."""
    starts = [first, *(head.end for head in heads)]
    ends = [*(head.first for head in heads), end]
    names = [None, *(head.name for head in heads)]
    for start, stop, name in zip(starts, ends, names, strict=True):
        said = [n for n in range(start, stop) if n not in dropped]
        if said:
            yield Turn(lines[said[0]].start, lines[said[-1]].end, name)


def _sections(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield each heading over comments, with the line after the last of them."""
    number = 0
    while number < len(lines):
        line = lines[number]
        end = number + 1
        if (number == 0 or line.blank_before) and _HEADING.match(line.text):
            end = _section_end(lines, number)
            yield number, end
        number = end


def _section_end(lines: Sequence[Line], heading: int) -> int:
    """Return the next line that Markdown marks as a heading of the same rank, or a higher one."""
    rank = _rank(lines[heading].text) or 1
    after = range(heading + 1, len(lines))
    return next((n for n in after if 0 < _rank(lines[n].text) <= rank), len(lines))


def _rank(text: str) -> int:
    """Return how many "#" mark a heading, 0 for no heading."""
    marks = len(text) - len(text.lstrip("#"))
    return marks if text[marks : marks + 1] == " " else 0


def _counts(line: Line) -> bool:
    """Tell "3 comments", "Readers' comments", which need no names under them."""
    found = _HEADING.match(line.text)
    return found is not None and bool(found["count"] or found["own"] or found["after"])


def _heads(lines: Sequence[Line], first: int, end: int) -> Iterator[_Head]:
    """Yield the lines that tell who comments."""
    number = first
    while number < end:
        head = _head(lines, number, end)
        if head is not None:
            yield head
        number = head.end if head is not None else number + 1


def _head(lines: Sequence[Line], number: int, end: int) -> _Head | None:
    """Return who comments from a line on, if it and the next tell that."""
    line = lines[number]
    dated = number + 1 < end and _DATE.match(lines[number + 1].text) is not None
    found = _SAYS.match(line.text) or _BESIDE.match(line.text)
    if found is None and dated:
        found = _LONE_NAME.match(line.text)
    if found is None or len(found["name"].split()) > LONGEST_NAME:
        return None
    start = line.start + found.start("name")
    return _Head(number, number + 1 + dated, (start, start + len(found["name"].rstrip(" *_"))))
