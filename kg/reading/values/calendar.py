"""Days, months and years: their names, their counting, and how they are written.

A day is (year, month, day) in the calendar that ISO 8601 and XML Schema 1.1 use, in which
the year 0 is 1 BC and -43 is 44 BC: Python's own dates begin with the year 1.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

Day = tuple[int, int, int]
Range = tuple[Day, Day]
"""First and last day, both inclusive."""

_NAMES_OF_MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names}
)
LONG_MONTHS = tuple(name for name, *_ in _NAMES_OF_MONTHS)
SHORT_MONTHS = tuple(name for _, *short in _NAMES_OF_MONTHS for name in short)
"""Months as they are cut short: "jan", "sept"."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
]
ORDINALS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINALS, start=1)}
)
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBERS: Mapping[str, int] = MappingProxyType(
    {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBERS, start=1)}
)


def iso(day: Day) -> str:
    """Return a day as ISO 8601 writes it.

    >>> iso((2016, 6, 3)), iso((-43, 3, 15))
    ('2016-06-03', '-0043-03-15')
    """
    year, month, number = day
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{number:02d}"


def days_of_month(year: int, month: int) -> int:
    """Return how many days a month has, before Christ as well."""
    return monthrange(2000 + year % 400, month)[1]


def month_range(year: int, month: int, last: int | None = None) -> Range:
    """Return all days of a month, or those to the end of the ``last`` month."""
    last = last or month
    return (year, month, 1), (year, last, days_of_month(year, last))


def year_range(first: int, last: int | None = None) -> Range:
    """Return all days of a year, or those to the end of the ``last`` year."""
    return (first, 1, 1), (first if last is None else last, 12, 31)


def single_day(year: int, month: int, number: int) -> Range | None:
    """Return the range of a day, None where there is none such ("31 June 2018")."""
    if not 1 <= month <= 12 or not 1 <= number <= days_of_month(year, month):
        return None
    return (year, month, number), (year, month, number)


def range_of(first: date, last: date | None = None) -> Range:
    """Return the range from one of Python's dates to another."""
    last = last or first
    return (first.year, first.month, first.day), (last.year, last.month, last.day)


def moved(day: date, *, days: int) -> date:
    """Return the day so many days later, the calendar's last or first where it ends."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def moved_months(day: date, months: int) -> tuple[int, int]:
    """Return the year and month that lie so many months from a day's."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1
