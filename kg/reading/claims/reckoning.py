"""When a claim holds: its words, and the days that they mean in this document.

What relative words count from, the document tells: the day on which it speaks, and the
dates that it named before them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.reading.claims.parsed_text import ParsedText
from kg.reading.values.calendar import iso
from kg.reading.values.dates import Habit, NamedDate, find_dates, habit_of
from kg.reading.values.relative import Reference, find_relative
from kg.reading.values.times import covered
from kg.records import Offsets, Time

_NEAR = 200
"""Characters."""


class DayReckoner:
    """Reckons the days of the times of one document."""

    def __init__(self, parsed: ParsedText) -> None:
        self.parsed = parsed
        self._found: dict[tuple[int, int, bool], Time] = {}

    def time(self, phrases: Iterable[Sequence[int]], *, ahead: bool) -> Time | None:
        """Return the first time that has a date, else the last; ``ahead`` for what is planned."""
        found: Time | None = None
        for place in map(self.parsed.stretch, phrases):
            if place is not None:
                found = self._time(*place, ahead)
                if found.from_day is not None or found.until_day is not None:
                    return found
        return found

    def of_entry(self, sentence: Offsets) -> Time | None:
        """Return the date of the chronology's entry in which a sentence stands, if it is in one."""
        dated = self.parsed.dated
        # Of entries that lie in one another the inner begins later.
        for entry in reversed(dated[: bisect_right(dated, sentence[1], key=lambda d: d.start)]):
            if entry.start <= sentence[0] and sentence[1] <= entry.end:
                start, end = entry.words
                first, last = entry.days
                return Time(self.parsed.text[start:end], start, end, iso(first), iso(last))
        return None

    def _time(self, start: int, end: int, ahead: bool) -> Time:
        key = start, end, ahead
        if key not in self._found:
            words = self.parsed.text[start:end]
            dates = find_dates(words, self.habit)
            # Only what is relative needs all the dates that the document names.
            dates = dates or find_relative(words, self._reference(start, ahead))
            self._found[key] = Time(words, start, end, *covered(words, dates))
        return self._found[key]

    @cached_property
    def habit(self) -> Habit:
        """What the document writes first in "03/06/2016"."""
        return habit_of(self.parsed.text)

    @cached_property
    def named(self) -> list[NamedDate]:
        """The dates that the document names, in reading order."""
        return find_dates(self.parsed.text, self.habit)

    def _reference(self, start: int, ahead: bool) -> Reference:
        """Return what relative words at a place of the text count from."""
        before = bisect_left(self.named, start, key=lambda named: named.start) - 1
        last = self.named[before] if before >= 0 else None
        near = last is not None and self._is_near(last, start)
        return Reference(self.parsed.date, last.days if last else None, near=near, ahead=ahead)

    def _is_near(self, named: NamedDate, start: int) -> bool:
        """Tell a month or day that the same paragraph named a sentence ago or so."""
        (year, month, _), until = named.days
        in_month = (year, month) == until[:2]
        return (
            in_month
            and start - named.end < _NEAR
            and "\n\n" not in self.parsed.text[named.end : start]
        )
