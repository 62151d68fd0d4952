"""What days a time expression covers: "in September 2018" is 2018-09-01 to 2018-09-30.

Only what the words themselves say is worked out; "yesterday" and "last year" need the
document's date and stay words. Dates are ISO 8601 days, both ends inclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

_NAMES_OF_MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names}
)
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
_OPEN_END = re.compile(r"^(?:ever\s+)?since\b|\bonwards?\b")
_OPEN_START = re.compile(r"^(?:until|till|before|up to|by|prior to)\b")
_AFTER = re.compile(r"^(?:after|following)\b")

Range = tuple[date, date]


def find_days(words: str) -> tuple[str | None, str | None]:
    """Return the first and last day that a time expression covers, None where it is open.

    >>> find_days("in September 2018"), find_days("since 2011"), find_days("from 2013 to 2016")
    (('2018-09-01', '2018-09-30'), ('2011-01-01', None), ('2013-01-01', '2016-12-31'))
    """
    text = " ".join(words.lower().split())
    ranges = _ranges(text)
    if not ranges:
        return None, None
    first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
    if _OPEN_END.search(text):
        return first.isoformat(), None
    if _OPEN_START.search(text):
        return None, last.isoformat()
    if _AFTER.search(text):
        return first.isoformat(), None
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


def _range(parts: dict[str, str | None]) -> Range | None:
    if parts.get("decade"):
        year = int(f"{parts['decade']}0")
        return date(year, 1, 1), date(year + 9, 12, 31)
    year = int(parts["year"] or 0)
    if parts.get("season"):
        first, last = _SEASONS[str(parts["season"])]
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    month = MONTHS.get(parts.get("month") or "", int(parts.get("number") or 0))
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if parts.get("day"):
        day = int(str(parts["day"]))
        return (date(year, month, day),) * 2 if 1 <= day <= monthrange(year, month)[1] else None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
