"""What days a time expression covers: "in September 2018" is 2018-09-01 to 2018-09-30.

"Yesterday", "last May" and "two weeks ago" count from the document's own date, and stay
words where it is not known. Dates are ISO 8601 days, both ends inclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

_NAMES_OF_MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names}
)
SHORT_MONTHS = tuple(name for _, *short in _NAMES_OF_MONTHS for name in short)
"""Months as they are cut short: "jan", "sept"."""
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b"),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"),
    re.compile(r"\b(?P<year>1[0-9]\d\d|20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"),
    re.compile(r"\b(?P<decade>1[0-9]\d|20\d)0s\b"),
    re.compile(
        r"\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>1[0-9]\d\d|20\d\d)\b"
    ),
    re.compile(rf"(?<![\d.,$£€]){_YEAR}(?![\d]|[.,]\d|%)"),
)
_SEASONS: Mapping[str, tuple[int, int]] = MappingProxyType({
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12),
})  # fmt: skip
"""First and last month; of a winter only the month that is surely of its year."""
_OPEN_END = re.compile(r"^(?:ever\s+)?since\b|\bonwards?\b|^(?:after|following)\b")
_OPEN_START = re.compile(r"^(?:until|till|before|up to|by|prior to)\b")

Range = tuple[date, date]


def find_days(
    words: str, said_on: str = "", *, ahead: bool = False
) -> tuple[str | None, str | None]:
    """Return the first and last day that a time expression covers, None where it is open.

    ``said_on`` is the ISO day that relative words count from, "" if it is not known;
    ``ahead`` tells that a bare "in May" or "on Friday" is the next one, not the last.

    >>> find_days("in September 2018"), find_days("since 2011"), find_days("from 2013 to 2016")
    (('2018-09-01', '2018-09-30'), ('2011-01-01', None), ('2013-01-01', '2016-12-31'))
    """
    text = " ".join(words.lower().split())
    ranges = _ranges(text)
    if not ranges and said_on:
        ranges = _relative_ranges(text, date.fromisoformat(said_on), ahead)
    if not ranges:
        return None, None
    first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
    if _OPEN_END.search(text):
        return first.isoformat(), None
    if _OPEN_START.search(text):
        return None, last.isoformat()
    return first.isoformat(), last.isoformat()


def _ranges(text: str) -> list[Range]:
    """Return the ranges of all dates in a text, the fuller form first at each place."""
    found: list[Range] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            span = _range(match.groupdict())
            if span is not None:
                found.append(span)
                taken.append(match.span())
    return found


def _relative_ranges(text: str, said_on: date, ahead: bool) -> list[Range]:
    """Return the range of "yesterday", "last month", "on Friday", "three years ago", "in May"."""
    for form, reckon in _RELATIVE:
        match = form.search(text)
        if match is not None:
            parts = match.groupdict()
            if ahead and "which" in parts:
                parts["which"] = parts["which"] or "next"
            return [reckon(parts, said_on)]
    return []


def _named_day(parts: dict[str, str | None], said_on: date) -> Range:
    day = said_on + timedelta({"yesterday": -1, "tomorrow": 1}.get(str(parts["day"]), 0))
    return day, day


def _counted(parts: dict[str, str | None], said_on: date) -> Range:
    """Return the unit that lies so many units back: "three weeks ago", "a year earlier"."""
    words = str(parts["count"])
    count = int(words) if words.isdigit() else _NUMBERS[words]
    return _unit(str(parts["unit"]), said_on, -count)


def _neighbour(parts: dict[str, str | None], said_on: date) -> Range:
    """Return "last week", "this year", "next month"."""
    return _unit(str(parts["unit"]), said_on, _STEPS[str(parts["which"])])


def _unit(unit: str, said_on: date, steps: int) -> Range:
    """Return the day, week, month or year so many steps from the one that holds a day."""
    if unit == "day":
        day = said_on + timedelta(steps)
        return day, day
    if unit == "week":
        monday = said_on + timedelta(7 * steps - said_on.weekday())
        return monday, monday + timedelta(6)
    if unit == "month":
        months = said_on.year * 12 + said_on.month - 1 + steps
        return _month(months // 12, months % 12 + 1)
    year = said_on.year + steps * (10 if unit == "decade" else 1)
    return date(year, 1, 1), date(year + (9 if unit == "decade" else 0), 12, 31)


def _weekday(parts: dict[str, str | None], said_on: date) -> Range:
    """Return the nearest such day before, or, after "next", the nearest after."""
    ahead = (_WEEKDAYS.index(str(parts["weekday"])) - said_on.weekday()) % 7
    if parts["which"] in {"next", "this", "coming"}:
        day = said_on + timedelta(ahead or 7)
    else:
        day = said_on - timedelta((7 - ahead) % 7)
    return day, day


def _month_of(parts: dict[str, str | None], said_on: date) -> Range:
    """Return the nearest such month before or now, or, after "next", the nearest after."""
    month = MONTHS[str(parts["month"])]
    if parts["which"] == "next":
        year = said_on.year + (month <= said_on.month)
    else:
        year = said_on.year - (
            month > said_on.month or (parts["which"] == "last" and month == said_on.month)
        )
    day = int(parts["day"] or 0)
    if 1 <= day <= monthrange(year, month)[1]:
        return (date(year, month, day),) * 2
    return _month(year, month)


def _month(year: int, month: int) -> Range:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEPS: Mapping[str, int] = MappingProxyType(
    {"last": -1, "previous": -1, "past": -1, "this": 0, "the current": 0, "next": 1, "coming": 1}
)
_NUMBERS: Mapping[str, int] = MappingProxyType(
    {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    | {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
)
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_WHICH = r"(?:\b(?P<which>last|next|this|coming|past)\s+)?"
_DAY_OF_MONTH = r"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[dict[str, str | None], date], Range]], ...] = (
    (re.compile(r"\b(?P<day>yesterday|today|tonight|tomorrow)\b"), _named_day),
    (re.compile(rf"\b{_COUNT}\s+{_UNIT}s?\s+ago\b"), _counted),
    (
        re.compile(rf"\b(?P<which>last|previous|this|the current|next|coming)\s+{_UNIT}\b"),
        _neighbour,
    ),
    (re.compile(rf"{_WHICH}\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b"), _weekday),
    (
        re.compile(
            rf"(?:in|on|since|until|by|during|of|from)\s+(?:(?:early|mid|late)[ -])?{_WHICH}{_DAY_OF_MONTH}{_MONTH}(?!\w)"
        ),
        _month_of,
    ),
    (re.compile(rf"\b(?P<which>last|next|this)\s+{_DAY_OF_MONTH}{_MONTH}(?!\w)"), _month_of),
)
"""Forms that count from the day of saying, with how to reckon them; the first that fits counts."""


def _range(parts: dict[str, str | None]) -> Range | None:
    """Return the range of a form's parts, None where there is no such day ("31 June 2018")."""
    if parts.get("decade"):
        year = int(f"{parts['decade']}0")
        return date(year, 1, 1), date(year + 9, 12, 31)
    year = int(parts["year"] or 0)
    if parts.get("season"):
        first, last = _SEASONS[str(parts["season"])]
        return date(year, first, 1), _month(year, last)[1]
    month = MONTHS.get(parts.get("month") or "", int(parts.get("number") or 0))
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return _day_or_month(year, month, parts.get("day"))


def _day_or_month(year: int, month: int, day: str | None) -> Range | None:
    """Return the range of a day, or of all the month; None where there is none such."""
    if not 1 <= month <= 12:
        return None
    if not day:
        return _month(year, month)
    is_in_month = 1 <= int(day) <= monthrange(year, month)[1]
    return (date(year, month, int(day)),) * 2 if is_in_month else None
