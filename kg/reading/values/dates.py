"""The dates that a text names, in every usual form: "3 June 2016", "Q2 2016", "44 BC".

A table of forms, the fuller before the shorter; at each place of the text the first that
fits counts. "03/06/2016" is read by the habit of its document (``habit_of``), and is no
date where the document does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from kg.reading.values.calendar import (
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    Range,
    month_range,
    single_day,
    year_range,
)

Habit = Literal["day", "month", ""]
"""What a document writes first in "03/06/2016"; "" if it does not tell."""
Parts = Mapping[str, str]
Reckoning = Callable[[Parts], Range | None]


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date that stands in a text, and the days that it covers."""

    start: int
    end: int
    days: Range


MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
"""A month's name; in a pattern of ``form`` a space stands for any white space."""
NTH = r"[0-3]?\d(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:" + "|".join(f"{w[:3]}(?:{w[3:]})?" for w in WEEKDAYS) + r")\b\.?,? )?"
_TO = r"(?: ?[-–—/] ?| to | and | or | until | till | through )"
_ERA = r"(?-i:BCE?\b|B\.C\.(?:E\.)?|AD\b|A\.D\.|CE\b)"
_COMMON_YEAR = r"(?:1\d\d\d|20\d\d)(?!\d)"
_YEAR = (
    rf"(?:(?-i:AD) )?(?P<year>{_COMMON_YEAR}|\d{{1,4}}(?= ?{_ERA})|(?<=(?-i:AD)\s)\d{{1,4}}(?!\d))"
    rf"(?: ?(?P<era>{_ERA}))?"
)
_LATER = r"(?P<later>(?:1\d|20)?\d\d)(?!\d)"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"
_ALONE, _ENDS = r"(?<![\d.,$£€¥#/])(?<!\d-)", r"(?![\d/]|[.,-]\d|%)"
_FISCAL = r"(?:\bFY ?|\b(?:fiscal|financial)(?: year)? )"
_SEASONS: Mapping[str, tuple[int, int]] = MappingProxyType({
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12),
})  # fmt: skip
"""First and last month; of a winter only the month that is surely of its year."""
_PARTS_OF_YEAR: Mapping[str, tuple[int, int]] = MappingProxyType({
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "h1": (1, 6), "h2": (7, 12),
    "first quarter": (1, 3), "second quarter": (4, 6), "third quarter": (7, 9),
    "fourth quarter": (10, 12), "last quarter": (10, 12), "final quarter": (10, 12),
    "1st quarter": (1, 3), "2nd quarter": (4, 6), "3rd quarter": (7, 9), "4th quarter": (10, 12),
    "first half": (1, 6), "second half": (7, 12),
})  # fmt: skip
_DECADES: Mapping[str, int] = MappingProxyType({
    "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
})  # fmt: skip
_HALVES: Mapping[str, tuple[int, int]] = MappingProxyType({"first": (1, 50), "second": (51, 100)})


def form(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a space stands for any white space, case being no matter."""
    spaced = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(spaced, re.IGNORECASE)


def month_of(words: str) -> int:
    """Return the number of a month by its name ("Sept.") or number."""
    name = words.lower().strip(".")
    return MONTHS.get(name) or int(name)


def number_of(words: str) -> int:
    """Return the number in "3rd"."""
    return int("".join(c for c in words if c.isdigit()))


def _year(parts: Parts) -> int:
    year = int(parts["year"])
    return 1 - year if (parts.get("era") or "").upper().startswith("B") else year


def _later_year(words: str, first: int) -> int:
    """Return the year that "16" or "2016" is after another."""
    if len(words) > 2:
        return int(words)
    later = first // 100 * 100 + int(words)
    return later if later >= first else later + 100


def _day(parts: Parts) -> Range | None:
    return single_day(_year(parts), month_of(parts["month"]), number_of(parts["day"]))


def _days(parts: Parts) -> Range | None:
    """Return "3 May to 5 June 2016": the first shares with the last what it leaves out."""
    year, month = _year(parts), month_of(parts["month"])
    opening = month_of(parts.get("opening_month") or parts["month"])
    first = single_day(year - (opening > month), opening, number_of(parts["opening"]))
    last = single_day(year, month, number_of(parts["day"]))
    return (first[0], last[1]) if first and last and first <= last else None


def _month(parts: Parts) -> Range | None:
    month = month_of(parts["month"])
    return month_range(_year(parts), month) if 1 <= month <= 12 else None


def _months(parts: Parts) -> Range | None:
    year, month, opening = _year(parts), month_of(parts["month"]), month_of(parts["opening_month"])
    return month_range(year - (opening > month), opening)[0], month_range(year, month)[1]


def _part_of_year(parts: Parts) -> Range | None:
    return month_range(_year(parts), *_PARTS_OF_YEAR[" ".join(parts["part"].lower().split())])


def _season(parts: Parts) -> Range | None:
    return month_range(_year(parts), *_SEASONS[parts["season"].lower()])


def _winter(parts: Parts) -> Range | None:
    """Return "the winter of 2015-16", from one year into the next."""
    first = _year(parts)
    return (first, 12, 1), month_range(_later_year(parts["later"], first), 2)[1]


def _years(parts: Parts) -> Range | None:
    """Return "2014-16", "2016/17"; "2016-06" is a month, for no years go so."""
    first, words = _year(parts), parts["later"]
    if len(words) == 2 and int(words) <= first % 100:
        month = int(words)
        return month_range(first, month) if 1 <= month <= 12 and parts["to"] == "-" else None
    last = _later_year(words, first)
    return year_range(first, last) if first < last else None


def _years_before_christ(parts: Parts) -> Range | None:
    first, last = 1 - int(parts["opening"]), _year(parts)
    return year_range(first, last) if first <= last <= 0 else None


def _one_year(parts: Parts) -> Range | None:
    year = _year(parts)
    return year_range(year) if year != 0 or parts.get("era") else None


def _fiscal_year(parts: Parts) -> Range | None:
    """Return the year that a fiscal year is called by, of which only its days are sure."""
    return year_range(_later_year(parts["year"], 2000))


def _decade(parts: Parts) -> Range | None:
    """Return "the 1990s"; "the 1800s" are a hundred years."""
    first = int(parts["decade"])
    return year_range(first, first + (99 if first % 100 == 0 and first < 2000 else 9))


def _short_decade(parts: Parts) -> Range | None:
    """Return "the '90s" and "the nineties"; "the '20s" may be those of two centuries."""
    words = parts["decade"].lower()
    first = _DECADES.get(words) or 1900 + int(words)
    return year_range(first, first + 9) if first >= 1930 else None


def _century(parts: Parts) -> Range | None:
    """Return "the 19th century", "the first half of the 5th century BC"."""
    nth = ORDINALS.get(parts["century"].lower()) or number_of(parts["century"])
    from_year, to_year = _HALVES.get((parts.get("half") or "").lower(), (1, 100))
    if (parts.get("era") or "").upper().startswith("B"):
        return year_range(from_year - nth * 100, to_year - nth * 100)
    return year_range((nth - 1) * 100 + from_year, (nth - 1) * 100 + to_year)


_DAY, _NAME = rf"{_WEEKDAY}(?:the )?(?P<day>{NTH})", rf"(?P<month>{MONTH})"
_OPENING, _OPENING_NAME = rf"(?P<opening>{NTH})", rf"(?P<opening_month>{MONTH})"
_QUARTERS = "|".join(_PARTS_OF_YEAR)
_MONTH_NAMED = re.compile(rf"\b{MONTH}", re.IGNORECASE)
_PART_NAMED = re.compile(r"quarter|half|[qh][1-4]", re.IGNORECASE)
_SEASON_NAMED = re.compile("|".join(_SEASONS), re.IGNORECASE)
_FISCAL_NAMED = re.compile(r"FY|fiscal|financial", re.IGNORECASE)
_CENTURY_NAMED = re.compile(r"centur", re.IGNORECASE)
_DECADE_NAMED = re.compile("|".join(_DECADES), re.IGNORECASE)
_ERA_NAMED = re.compile(r"B\.?C")
_DIVIDED = re.compile(r"\d\s*[-–—/.]\s*\d")
_TENS = re.compile(r"0[’']?s", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str], Reckoning], ...] = tuple(
    (needed, form(pattern), reckon)
    for needed, pattern, reckon in (
        (_MONTH_NAMED, rf"\b{_OPENING}{_TO}{_DAY} (?:of )?{_NAME},? {_YEAR}", _days),
        (_MONTH_NAMED, rf"\b{_NAME} {_OPENING}{_TO}(?:the )?(?P<day>{NTH}),? {_YEAR}", _days),
        (_MONTH_NAMED, rf"\b{_OPENING} (?:of )?{_OPENING_NAME},?{_TO}{_DAY} (?:of )?{_NAME},? {_YEAR}", _days),
        (_MONTH_NAMED, rf"\b{_OPENING_NAME} {_OPENING},?{_TO}{_WEEKDAY}{_NAME} (?P<day>{NTH}),? {_YEAR}", _days),
        (_MONTH_NAMED, rf"\b{_DAY}(?: day)?[ -](?:of )?{_NAME}[, -] ?(?:in )?{_YEAR}", _day),
        (_MONTH_NAMED, rf"\b{_WEEKDAY}{_NAME}[ -](?:the )?(?P<day>{NTH}),?[ -](?:of )?{_YEAR}", _day),
        (_MONTH_NAMED, rf"\b{_YEAR},? {_NAME} (?P<day>{NTH})\b", _day),
        (_DIVIDED, rf"{_ALONE}(?P<year>[12]\d\d\d)([-/.])(?P<month>[01]?\d)\2(?P<day>[0-3]?\d)(?!\d)", _day),
        (_MONTH_NAMED, rf"\b{_OPENING_NAME},?{_TO}{_NAME},? (?:of )?{_YEAR}", _months),
        (_MONTH_NAMED, rf"\b{_NAME}[, -] ?(?:of |in )?{_YEAR}", _month),
        (_PART_NAMED, rf"\b(?P<part>{_QUARTERS}) ?(?:of |in |/)?(?:the year )?{_FISCAL}?{_YEAR}", _part_of_year),
        (_PART_NAMED, rf"{_ALONE}\b{_YEAR} ?(?P<part>[qh][1-4])\b", _part_of_year),
        (_SEASON_NAMED, rf"\bwinter (?:of )?{_YEAR} ?[-–/] ?{_LATER}", _winter),
        (_SEASON_NAMED, rf"\b(?P<season>spring|summer|autumn|fall|winter),? (?:of )?{_YEAR}", _season),
        (_DIVIDED, rf"{_ALONE}(?P<month>0[1-9]|1[0-2])/(?P<year>{_COMMON_YEAR}){_ENDS}", _month),
        (_ERA_NAMED, rf"{_ALONE}(?P<opening>\d{{1,4}}) ?[-–] ?{_YEAR}", _years_before_christ),
        (_ERA_NAMED, rf"\b(?P<opening>\d{{1,4}}) (?:to|and|until|till) {_YEAR}", _years_before_christ),
        (_DIVIDED, rf"{_FISCAL}?{_ALONE}(?P<year>{_COMMON_YEAR}) ?(?P<to>[-–—/]) ?{_LATER}{_ENDS}", _years),
        (_FISCAL_NAMED, rf"{_FISCAL}(?P<year>{_COMMON_YEAR}|\d\d){_ENDS}", _fiscal_year),
        (_TENS, r"\b(?P<decade>1\d\d0|20\d0)[’']?s\b", _decade),
        (_TENS, r"(?<!\w)['‘’](?P<decade>[0-9]0)[’']?s\b", _short_decade),
        (_TENS, r"(?<=\bthe\s)(?P<decade>[3-9]0)s\b", _short_decade),
        (_DECADE_NAMED, rf"\bthe (?P<decade>{'|'.join(_DECADES)})\b", _short_decade),
        (
            _CENTURY_NAMED,
            rf"\b(?:(?P<half>first|second) half of the )?(?P<century>{_ORDINAL})[ -]centur(?:y|ies)\b"
            rf"(?: ?(?P<era>{_ERA}))?",
            _century,
        ),
        (_CENTURY_NAMED, rf"\b(?P<century>{_ORDINAL})(?= (?:and|to|or) (?:the )?{_ORDINAL}[ -]centur)", _century),
        (_NUMBER, rf"{_ALONE}\b{_YEAR}{_ENDS}", _one_year),
    )
)  # fmt: skip
"""What a text needs for a form, the form, and how to reckon its date; the first that fits counts.

Most texts need few of the forms, and each costs a walk over the whole text.
"""
_NEEDED = tuple(dict.fromkeys(words for words, _, _ in _FORMS))
_REACH = 80
"""Characters; no date has more between two figures, or beside one."""
_MAY_HOLD_DATE = re.compile(r"\d+|centur|\bthe \w+ties\b", re.IGNORECASE)
NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>(?:1\d|20)\d\d|\d\d)(?![\d/]|[.-]\d)"
)
_DAY_FIRST = form(rf"\b{NTH} (?:of )?{MONTH},? {_COMMON_YEAR}")
_MONTH_FIRST = form(rf"\b{MONTH} {NTH},? {_COMMON_YEAR}")


def find_dates(text: str, habit: Habit = "") -> list[NamedDate]:
    """Return the dates that a text names, in reading order.

    >>> [date.days for date in find_dates("between 3 and 5 June 2016")]
    [((2016, 6, 3), (2016, 6, 5))]
    """
    if _MAY_HOLD_DATE.search(text) is None:
        return []
    found: list[NamedDate] = []
    for named in (*_numeric_dates(text, habit), *_written_dates(text)):
        if all(named.end <= other.start or other.end <= named.start for other in found):
            found.append(named)
    return sorted(found, key=lambda named: named.start)


def _written_dates(text: str) -> Iterator[NamedDate]:
    for start, end in _stretches(text):
        needed = {words: words.search(text, start, end) is not None for words in _NEEDED}
        for words, pattern, reckon in _FORMS:
            if not needed[words]:
                continue
            for match in pattern.finditer(text, start, end):
                days = reckon(match.groupdict())
                if days is not None:
                    yield NamedDate(match.start(), match.end(), days)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that may hold a date: what is near a figure or a century."""
    start = end = -_REACH
    for match in _MAY_HOLD_DATE.finditer(text):
        if match.start() - _REACH > end:
            if end > 0:
                yield start, end
            start = max(0, match.start() - _REACH)
        end = match.end() + _REACH
    if end > 0:
        yield start, end


def _numeric_dates(text: str, habit: Habit) -> Iterator[NamedDate]:
    """Yield "13/06/2016", "3.6.2016", and, where the document tells, "03/06/2016"."""
    for match in NUMERIC_DATE.finditer(text):
        days = _numeric_day(match, habit)
        if days is not None:
            yield NamedDate(match.start(), match.end(), days)


def _numeric_day(match: re.Match[str], habit: Habit) -> Range | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        if match["mark"] != "/":
            return None  # "section 3.6.16"
        year += 2000 if year < 50 else 1900
    dotted = match["mark"] == "." or first == second
    order = "day" if dotted else _order(first, second) or habit
    if order == "month":
        return single_day(year, first, second)
    return single_day(year, second, first) if order else None


def _order(first: int, second: int) -> Habit:
    """Return what stands first where only one order gives a day."""
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else ""


def habit_of(text: str) -> Habit:
    """Return what a document writes first: by its own "13/06/2016", else by "June 13, 2016".

    >>> habit_of("Paid on 13/06/2016. Due on 03/07/2016."), habit_of("Due on 03/07/2016.")
    ('day', '')
    """
    told = {
        _order(int(match["first"]), int(match["second"]))
        for match in NUMERIC_DATE.finditer(text)
        if match["mark"] != "."
    } - {""}
    if not told:
        written = {"day": _DAY_FIRST, "month": _MONTH_FIRST}
        told = {habit for habit, pattern in written.items() if pattern.search(text)}  # type: ignore[misc]
    return told.pop() if len(told) == 1 else ""
