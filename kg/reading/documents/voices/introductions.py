"""Find lines of a transcript after which somebody speaks, without a label.

"JUDGE VANE spoke as follows:", "PREPARED STATEMENT OF ADA OKORO, MINISTER". What comes after
such a line, until the next label, is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME, Label, names_person

LONGEST = 4
"""Lines of such a sentence."""
_FOLLOWS = re.compile(
    r"\b(?:as follows|said|testified|replied|continued|resumed|stated|declared|answered)"
    r"\s?:\s?[-–—]?$"
)
_NAMED = re.compile(rf"[_*]{{0,2}}(?P<name>{NAME})[_*]{{0,2}},?\s(?=[a-z])")
_HEADED = re.compile(
    r"[#_*\s]{0,6}(?:[A-Za-z]+\s){0,2}(?i:statement|argument|testimony|speech|remarks|address)\s(?i:of|by)\s"
    rf"(?:(?i:the|hon\.?)\s){{0,2}}(?P<name>{NAME})"
)
_BEYOND = re.compile(r",|\s(?:for|before|on|and|in|to|FOR|BEFORE|ON|AND|IN|TO)\s")
"""What ends a name in such a heading."""
_WORD = re.compile(r"[^\W_]+")


def find_introduced(lines: Sequence[Line]) -> Iterator[Label]:
    """Yield what names whoever speaks in the lines after it; it is no furniture."""
    for number, line in enumerate(lines):
        opens = number == 0 or line.blank_before
        if opens:
            for pattern, end in ((_NAMED, _said_at), (_HEADED, _headed_at)):
                found = pattern.match(line.text)
                last = end(lines, number) if found else None
                if found is not None and last is not None:
                    yield from _label(number, line, found, last, lines[last].end)


def _label(number: int, line: Line, found: re.Match[str], last: int, after: int) -> Iterator[Label]:
    """Yield whom a line names, if it is a person or somebody in capitals."""
    name = _BEYOND.split(found["name"])[0].rstrip(".")
    words = tuple(_WORD.findall(name))
    if words and (names_person(words) or (name.isupper() and len(words) > 1)):
        start = line.start + found.start("name")
        yield Label(number, "follows", (start, start + len(name)), after, words, last)


def _said_at(lines: Sequence[Line], first: int) -> int | None:
    """Return the line in which a paragraph ends that says "as follows:"."""
    for number in range(first, min(first + LONGEST, len(lines))):
        if number > first and lines[number].blank_before:
            return None
        if _FOLLOWS.search(lines[number].text):
            return number
    return None


def _headed_at(lines: Sequence[Line], first: int) -> int | None:
    """Return the last line of a heading in capitals, or of one that is marked."""
    if not (lines[first].text.isupper() or lines[first].text.startswith("#")):
        return None
    last = first
    while last + 1 < len(lines) and not lines[last + 1].blank_before:
        last += 1
    block = lines[first : last + 1]
    return (
        last if len(block) <= LONGEST and all(line.text.isupper() for line in block[1:]) else None
    )
