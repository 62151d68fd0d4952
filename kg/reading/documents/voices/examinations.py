"""Tell who asks and who answers where a transcript names them once, above the questions.

"BY MR. HALE:" and "CROSS-EXAMINATION BY MS. LUND" name who asks from there on; "ADA OKORO,
having been duly sworn" who answers. Such lines are nobody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME, names_person
from kg.records import Offsets

LONGEST_LINE = 120
_SWORN_WITHIN = 3
"""Lines over which "ADA OKORO, / having been first duly sworn" may go."""
_MARKS = r"[_*\s(]{0,4}"
_EXAMINED = re.compile(
    rf"{_MARKS}(?:[^.!?\n]{{0,80}}?\b(?i:[\w-]*examin\w*|question\w*|interrogat\w*)\b[^.!?\n]{{0,40}}?)?"
    rf"\b(?i:by){_MARKS}(?P<name>{NAME}){_MARKS}[.:)]?{_MARKS}$"
)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_SWORN = re.compile(r"\b(?:sworn|affirmed|affirmation)\b", re.IGNORECASE)
_WITNESS = re.compile(
    rf"{_MARKS}(?P<name>{NAME})[_*]{{0,2}}(?:,|\s?\(|\.?$|\s(?=having|was|being|called))"
)
_CAPTION = re.compile(
    rf"{_MARKS}(?i:(?:videotaped |oral )?(?:deposition|examination|evidence|testimony) of|witness:)"
    rf"\s+(?P<name>{NAME}){_MARKS}[.:,]?"
)
_WORD = re.compile(r"[^\W_]+")


class Named(NamedTuple):
    """Somebody who is named in a line as asking or answering from there on."""

    line: int
    last: int
    name: Offsets


class Sides(NamedTuple):
    """Those who ask and those who answer, in order, and the lines that name them."""

    examiners: tuple[Named, ...] = ()
    witnesses: tuple[Named, ...] = ()

    @property
    def lines(self) -> frozenset[int]:
        """Return the lines in which nobody speaks."""
        named = (*self.examiners, *self.witnesses)
        return frozenset(n for found in named for n in range(found.line, found.last + 1))

    def examiner(self, line: int) -> Offsets | None:
        """Return who asks at a line, if that was told since the last witness came."""
        asks, answers = _last(self.examiners, line), _last(self.witnesses, line)
        lost = asks is None or (answers is not None and answers.line > asks.line)
        return None if asks is None or lost else asks.name

    def witness(self, line: int) -> Offsets | None:
        """Return who answers at a line."""
        found = _last(self.witnesses, line)
        return found and found.name


def _last(named: Sequence[Named], line: int) -> Named | None:
    index = bisect_left(named, line, key=lambda found: found.line)
    return named[index - 1] if index else None


def find_sides(lines: Sequence[Line]) -> Sides:
    """Return who is named as asking and who as answering."""
    return Sides(tuple(_examiners(lines)), tuple(_witnesses(lines)))


def _examiners(lines: Sequence[Line]) -> Iterator[Named]:
    """Yield those in "BY MR. HALE:", "_Cross-examined_ by Judge Selden."."""
    for number, line in enumerate(lines):
        named = len(line.text) <= LONGEST_LINE and _BY.search(line.text)
        found = _EXAMINED.match(line.text) if named else None
        name = found and _name(line, found)
        if name:
            yield Named(number, number, name)


def _witnesses(lines: Sequence[Line]) -> Iterator[Named]:
    """Yield those who are sworn, and those whom a caption names."""
    for number, line in enumerate(lines):
        if _begins(lines, number):
            found, last = _WITNESS.match(line.text), _sworn_in(lines, number)
            if found is None or last is None:
                found, last = _CAPTION.match(line.text), number
            name = _name(line, found)
            if name is not None:
                yield Named(number, last, name)


def _begins(lines: Sequence[Line], number: int) -> bool:
    """Tell a line that begins a paragraph, or follows "Thereupon,"."""
    broken = number == 0 or lines[number].blank_before
    return broken or lines[number - 1].text.endswith((",", "-"))


def _sworn_in(lines: Sequence[Line], number: int) -> int | None:
    """Return the line up to which somebody is said to be sworn, in the paragraph of a line."""
    for n in range(number, min(number + _SWORN_WITHIN, len(lines))):
        if n > number + 1 and lines[n].blank_before:
            return None
        if _SWORN.search(lines[n].text):
            return _paragraph_end(lines, n)
    return None


def _paragraph_end(lines: Sequence[Line], number: int) -> int:
    """Return the last line of a paragraph, or of its sentence."""
    while (
        number + 1 < len(lines)
        and not lines[number].is_final
        and not lines[number + 1].blank_before
    ):
        number += 1
    return number


def _name(line: Line, found: re.Match[str] | None) -> Offsets | None:
    """Return where a person's name stands, or one in capitals."""
    words = _WORD.findall(found["name"]) if found is not None else []
    if found is None or words[-1].casefold() in {"by", "of"}:
        return None
    if not names_person(words) and not (found["name"].isupper() and len(words) > 1):
        return None
    start = line.start + found.start("name")
    return start, start + len(found["name"].rstrip(" ,."))
