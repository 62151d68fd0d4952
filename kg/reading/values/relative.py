"""Dates that count from another day: "yesterday", "last May", "three weeks later".

Some count from the day on which the document speaks ("two weeks ago"), some from the day
that it named last ("the following day"); without that day they stay words. A bare "in May"
or "on Friday" takes what it lacks from either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kg.reading.values.calendar import (
    NUMBERS,
    WEEKDAYS,
    Range,
    days_of_month,
    month_range,
    moved,
    moved_months,
    range_of,
    year_range,
)
from kg.reading.values.dates import MONTH, NTH, NamedDate, form, month_of, number_of

Parts = Mapping[str, str | None]
Reckoning = Callable[[Parts, date], Range | None]
"""Reckons the days of a form's parts from a day."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What relative words count from.

    ``said_on`` is the ISO day on which the document speaks, "" if not known; ``named`` are
    the days that it named last; ``near`` tells that it did so just before. ``ahead`` tells
    that a bare "in May" or "on Friday" is the next one, not the last.
    """

    said_on: str = ""
    named: Range | None = None
    near: bool = False
    ahead: bool = False

    @property
    def speaking(self) -> date | None:
        """The day on which the document speaks."""
        return date.fromisoformat(self.said_on) if self.said_on else None

    @property
    def is_day(self) -> bool:
        """Whether what was named last is a single day."""
        return self.named is not None and self.named[0] == self.named[1]

    @property
    def told(self) -> date | None:
        """The first of the days named last, where Python's calendar has it."""
        return date(*self.named[0]) if self.named and self.named[0][0] > 0 else None


Relating = Callable[[Parts, Reference], Range | None]
"""Reckons the days of a form's parts from what the document tells."""


def find_relative(text: str, reference: Reference) -> list[NamedDate]:
    """Return the first date of a text that counts from another day which is known."""
    for pattern, reckon in _FORMS:
        match = pattern.search(text)
        days = reckon(match.groupdict(), reference) if match is not None else None
        if match is not None and days is not None:
            return [NamedDate(match.start(), match.end(), days)]
    return []


def find_relative_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has words that count from another day, whether it is known or not."""
    if _MAY_BE_RELATIVE.search(text) is None:
        return
    for pattern, _ in _FORMS:
        for match in pattern.finditer(text):
            if not match[0].lower().startswith("of"):
                yield match.span()


def _of_saying(reckon: Reckoning) -> Relating:
    """Let a form count from the day on which the document speaks."""

    def days(parts: Parts, reference: Reference) -> Range | None:
        said_on = reference.speaking
        return reckon(parts, said_on) if said_on is not None else None

    return days


def _of_named(reckon: Reckoning) -> Relating:
    """Let a form count from the day named last: what is no month or year needs a day."""

    def days(parts: Parts, reference: Reference) -> Range | None:
        told = reference.told
        rough = (parts.get("unit") or "day").lower() in {"month", "year", "decade"}
        return reckon(parts, told) if told is not None and (rough or reference.is_day) else None

    return days


def _weekday_told(parts: Parts, reference: Reference) -> Range | None:
    """Return "on Friday", from the day of saying, or, in a story, the first from the day named."""
    said_on = reference.speaking
    if said_on is not None:
        return _weekday(_directed(parts, reference), said_on)
    return None if parts["which"] else _weekday_after(parts, reference)


def _month_told(parts: Parts, reference: Reference) -> Range | None:
    """Return "in May", of the year that was just named, or near the day of saying."""
    said_on, told = reference.speaking, reference.told
    if told is not None and not parts["which"] and (reference.near or said_on is None):
        return _in_month(parts, told.year)
    return _month_of(_directed(parts, reference), said_on) if said_on is not None else None


def _directed(parts: Parts, reference: Reference) -> Parts:
    """Return the parts of a form, a bare one being the next where things are planned."""
    return {**parts, "which": "next"} if reference.ahead and not parts["which"] else parts


def _weekday_after(parts: Parts, reference: Reference) -> Range | None:
    """Return "on Monday" in a story: the first one from the day named last."""
    told = reference.told
    if told is None or not reference.is_day:
        return None
    steps = (WEEKDAYS.index(str(parts["weekday"]).lower()) - told.weekday()) % 7
    return range_of(moved(told, days=steps))


# --- from the day of saying ------------------------------------------------------------


def _named_day(parts: Parts, said_on: date) -> Range:
    steps = {"yesterday": -1, "tomorrow": 1}.get(str(parts["day"]).lower(), 0)
    return range_of(moved(said_on, days=steps))


def _counted_back(parts: Parts, said_on: date) -> Range:
    """Return the unit that lies so many units back: "three weeks ago"."""
    return _unit(_unit_of(parts), said_on, -_count(parts))


def _counted_ahead(parts: Parts, said_on: date) -> Range:
    """Return "three weeks from now", "in two days' time"."""
    return _unit(_unit_of(parts), said_on, _count(parts))


def _neighbour(parts: Parts, said_on: date) -> Range:
    """Return "last week", "this year", "next month"."""
    return _unit(_unit_of(parts), said_on, _STEPS[" ".join(str(parts["which"]).lower().split())])


def _count(parts: Parts) -> int:
    words = str(parts["count"]).lower()
    return int(words) if words.isdigit() else NUMBERS[words]


def _unit_of(parts: Parts) -> str:
    return str(parts["unit"]).lower()


def _unit(unit: str, day: date, steps: int) -> Range:
    """Return the day, week, month or year so many steps from the one that holds a day."""
    if unit == "day":
        return range_of(moved(day, days=steps))
    if unit == "week":
        monday = moved(day, days=7 * steps - day.weekday())
        return range_of(monday, moved(monday, days=6))
    if unit == "month":
        return month_range(*moved_months(day, steps))
    year = day.year + steps * (10 if unit == "decade" else 1)
    return year_range(year, year + (9 if unit == "decade" else 0))


def _weekday(parts: Parts, said_on: date) -> Range:
    """Return the nearest such day before, or, after "next", the nearest after."""
    ahead = (WEEKDAYS.index(str(parts["weekday"]).lower()) - said_on.weekday()) % 7
    if (parts["which"] or "").lower() in {"next", "this", "coming"}:
        return range_of(moved(said_on, days=ahead or 7))
    return range_of(moved(said_on, days=-((7 - ahead) % 7)))


def _month_of(parts: Parts, said_on: date) -> Range:
    """Return the nearest such month before or now, or, after "next", the nearest after."""
    month, which = month_of(str(parts["month"])), (parts["which"] or "").lower()
    if which == "next":
        year = said_on.year + (month <= said_on.month)
    else:
        year = said_on.year - (
            month > said_on.month or (which == "last" and month == said_on.month)
        )
    return _in_month(parts, year)


def _in_month(parts: Parts, year: int) -> Range:
    """Return the day of a month that the words name, or all of it."""
    month = month_of(str(parts["month"]))
    words = parts["day"] or parts["day_after"]
    day = number_of(words) if words else 0
    if 1 <= day <= days_of_month(year, month):
        return ((year, month, day),) * 2
    return month_range(year, month)


# --- from the day named last -----------------------------------------------------------


def _following(parts: Parts, told: date) -> Range:
    """Return "the next day", "the previous year", "the same month"."""
    return _unit(_unit_of(parts), told, _STEPS_FROM_NAMED[str(parts["which"]).lower()])


def _day_beside(parts: Parts, told: date) -> Range:
    """Return "the following morning", "the day after", "that night"."""
    return range_of(moved(told, days=_STEPS_FROM_NAMED[str(parts["which"]).lower()]))


def _weekday_beside(parts: Parts, told: date) -> Range:
    """Return "the following Monday", "the previous Friday"."""
    steps = (WEEKDAYS.index(str(parts["weekday"]).lower()) - told.weekday()) % 7 or 7
    back = _STEPS_FROM_NAMED[str(parts["which"]).lower()] < 0
    return range_of(moved(told, days=steps - 14 if back and steps == 7 else steps - 7 * back))


def _counted_from(parts: Parts, told: date) -> Range:
    """Return "three weeks later", "a year earlier": of weeks, the same day of the week."""
    steps = _count(parts) * (-1 if str(parts["way"]).lower() in _BACK else 1)
    unit = _unit_of(parts)
    return _unit("day", told, 7 * steps) if unit == "week" else _unit(unit, told, steps)


_STEPS: Mapping[str, int] = MappingProxyType(
    {"last": -1, "previous": -1, "past": -1, "this": 0, "the current": 0, "next": 1, "coming": 1}
)
_STEPS_FROM_NAMED: Mapping[str, int] = MappingProxyType(
    {"next": 1, "following": 1, "subsequent": 1, "after": 1, "previous": -1, "preceding": -1}
    | {"before": -1, "same": 0, "that": 0}
)
_BACK = frozenset({"earlier", "before", "previously"})
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_NO_OWNER = "(?!['’]s)"
_DAYTIME = r"(?:morning|afternoon|evening|night|day)"
_WHICH = r"(?:\b(?P<which>last|next|this|coming|past) )?"
_DAY = rf"(?:(?:the )?(?P<day>{NTH}) (?:of )?)?"
_DAY_AFTER = rf"(?P<month>{MONTH})(?!\w)(?: (?:the )?(?P<day_after>{NTH})\b(?![.,]\d))?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_BESIDE = r"(?P<which>next|following|subsequent|previous|preceding|same)"
_FROM_NAMED: tuple[tuple[re.Pattern[str], Relating], ...] = tuple(
    (form(pattern), _of_named(reckon))
    for pattern, reckon in (
        (rf"\bthe {_BESIDE} {_UNIT}\b", _following),
        (r"\b(?:in|on|of|during) (?P<which>that) (?:same )?" + _UNIT + r"\b", _following),
        (rf"\bthe {_BESIDE} {_DAYTIME}\b", _day_beside),
        (r"\b(?P<which>that) (?:same )?(?:morning|afternoon|evening|night)\b", _day_beside),
        (r"\bthe day (?P<which>after|before)\b(?=[\s]*(?:$|[,.;]))", _day_beside),
        (rf"\bthe {_BESIDE} {_WEEKDAY}\b", _weekday_beside),
        (rf"\b{_COUNT} {_UNIT}s? (?P<way>later|afterwards?|earlier|previously)\b", _counted_from),
    )
)
"""Forms that count from the day named last, with how to reckon them."""
_FORMS: tuple[tuple[re.Pattern[str], Relating], ...] = _FROM_NAMED + tuple(
    (form(pattern), reckon)
    for pattern, reckon in (
        (r"\b(?P<day>yesterday|today|tonight|tomorrow)\b", _of_saying(_named_day)),
        (rf"\b{_COUNT} {_UNIT}s? ago\b", _of_saying(_counted_back)),
        (rf"\b{_COUNT} {_UNIT}s? from now\b", _of_saying(_counted_ahead)),
        (rf"\bin {_COUNT} {_UNIT}s?['’]s? time\b", _of_saying(_counted_ahead)),
        (
            r"\b(?P<which>last|previous|this|the current|next|coming) " + _UNIT + r"\b",
            _of_saying(_neighbour),
        ),
        (rf"{_WHICH}\b{_WEEKDAY}\b{_NO_OWNER}", _weekday_told),
        (
            r"\b(?:in|on|since|until|till|by|during|of|from|before|after) "
            rf"(?:(?:early|mid|late)[ -])?{_WHICH}{_DAY}{_DAY_AFTER}",
            _month_told,
        ),
        (rf"\b(?P<which>last|next|this) {_DAY}{_DAY_AFTER}", _month_told),
    )
)
"""All forms, with how to reckon them; the first that fits counts."""
_MAY_BE_RELATIVE = re.compile(
    r"day|week|month|year|decade|night|morning|afternoon|evening|tomorrow"
    rf"|\b{MONTH}",
    re.IGNORECASE,
)
"""A word that each form has."""
