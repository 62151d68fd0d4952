"""Find letters as collections of papers print them: "Ada Okoro to Tom Vane" over a day.

Such a heading tells who writes to whom; all up to the next heading are the writer's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME, WORD, is_heading_word, names_person
from kg.reading.documents.voices.spoken import Spoken
from kg.reading.values.calendar import LONG_MONTHS
from kg.records import Offsets, Turn

LONGEST_HEADING = 120
DAY_WITHIN = 4
"""Lines under such a heading among which a day stands."""
_FORM = r"(?:(?i:letter|telegram|despatch|dispatch|memorandum|note|message|airgram|cablegram)\s)?(?:[Ff]rom\s)?"
_HEADING = re.compile(
    rf"(?:#{{1,6}}\s+)?(?:\d{{1,4}}\.?\s)?{_FORM}(?P<writer>{NAME})\s[Tt]o\s(?P<reader>{NAME})$"
)
_MONTH = "(?:" + "|".join(map(str.capitalize, LONG_MONTHS)) + ")"
_DAY = re.compile(
    rf"(?:.{{0,40}}[\s,])?(?:\d{{1,2}}\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})\.?$"
)


class _Heading(NamedTuple):
    """The line of a heading, the line of its day, whom it names."""

    line: int
    day: int
    writer: Offsets
    reader: Offsets


def find_dated_letters(text: str, lines: Sequence[Line]) -> Spoken:
    """Return what stands under the headings of letters as turns; heading and day are cut."""
    del text
    headings = list(_headings(lines))
    dropped = {n for heading in headings for n in range(heading.line, heading.day + 1)}
    turns = tuple(_turns(lines, headings))
    kept = [line.opening(anew=n - 1 in dropped) for n, line in enumerate(lines) if n not in dropped]
    cut = tuple((lines[n].start, lines[n].end) for n in sorted(dropped))
    return Spoken(tuple(kept), turns, cut)


def _turns(lines: Sequence[Line], headings: Sequence[_Heading]) -> Iterator[Turn]:
    """Yield the words between each heading and the next, or the next marked one."""
    for heading in headings:
        first = heading.day + 1
        end = next((n for n in range(first, len(lines)) if _ends(lines, n)), len(lines))
        if first < end:
            yield Turn(lines[first].start, lines[end - 1].end, heading.writer, heading.reader)


def _ends(lines: Sequence[Line], number: int) -> bool:
    return lines[number].text.startswith("#") or _heading(lines, number) is not None


def _headings(lines: Sequence[Line]) -> Iterator[_Heading]:
    found = (_heading(lines, number) for number in range(len(lines)))
    return (heading for heading in found if heading is not None)


def _heading(lines: Sequence[Line], number: int) -> _Heading | None:
    """Return who writes to whom by a heading that has a day under it."""
    found = _named(lines, number)
    under = range(number + 1, min(number + DAY_WITHIN, len(lines)))
    day = next((n for n in under if _DAY.match(lines[n].text)), None) if found else None
    if found is None or day is None:
        return None
    start = lines[number].start
    writer, reader = found.span("writer"), found.span("reader")
    return _Heading(
        number, day, (start + writer[0], start + writer[1]), (start + reader[0], start + reader[1])
    )


def _named(lines: Sequence[Line], number: int) -> re.Match[str] | None:
    """Return "Ada Okoro to Tom Vane" in a line that opens a paragraph."""
    line = lines[number]
    if len(line.text) > LONGEST_HEADING or " to " not in line.text.lower():
        return None
    if number and not line.blank_before:
        return None
    found = _HEADING.match(line.text)
    if found is None or _is_form(found["writer"]) or not _is_somebody(found["reader"]):
        return None
    return found


def _is_form(words: str) -> bool:
    """Tell "Letter to Ada Okoro", "Introduction to …", which name no writer."""
    return re.fullmatch(_FORM, f"{words} ") is not None or is_heading_word(words)


def _is_somebody(name: str) -> bool:
    """Tell a person, or "the Secretary of State", from a place."""
    return names_person(WORD.findall(name)) or name.startswith(("The ", "the "))
