"""Find the dates that stand before the entries of a chronology: "14 May 2016 – Orbit buys Westfield".

Such a date is no part of the sentence behind it; it says when what the entry tells happened.
It stands before its entry, or over several on a line of its own. A day without a year is of
the year that stands over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.documents.lines import line_start
from kg.reading.values.calendar import MONTHS, Range
from kg.reading.values.dates import Habit, NamedDate, find_dates, habit_of
from kg.records import Offsets, Paragraph

LONGEST_DATE = 48
"""Characters in which the date of an entry ends."""
_MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY_OF_YEAR = re.compile(
    rf"(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?![\d,]|\s+\d)", re.IGNORECASE
)
BEFORE = re.compile(r"[*_\s]*(?:(?:On|In|By|c\.|ca\.|circa|early|late|mid)[\s-]+)?", re.IGNORECASE)
BEHIND = re.compile(
    r"[*_]{0,3}[ \t]*(?:[–—-]{1,2}[ \t]+|[–—](?=\S)|:[*_]{0,3}\s+|\t+)[*_]{0,3}(?=\S)"
)
"""What parts the date of an entry from its words."""
SEPARATED = re.compile(r"[–—:\t]|\s-")
MARK = re.compile(r"[ \t>]*(?:[•▪◦‣●○■□❖➢✓\uf0b7*+–—-]\s+|\(?\w{1,4}[.)]\s+)?")
LEAST_OVER_ENTRIES = 2
LEAST_TOLD, LEAST_WORDS = 0.8, 3
"""Share of the dates under which some words say what happened, and how many words these are."""
LETTER = re.compile(r"(?:My\s+)?Dear\b|Sir\b|Madam\b")


class Dated(NamedTuple):
    """A stretch of entries, the words of the date that stands before them, and its days."""

    start: int
    end: int
    words: Offsets
    days: Range


def date_label_end(text: str, start: int, end: int) -> int:
    """Return where a paragraph's own words begin: behind the date of an entry, or at ``start``.

    >>> text = "14 May 2016 – Orbit buys Westfield."
    >>> text[date_label_end(text, 0, len(text)) :]
    'Orbit buys Westfield.'
    """
    opening = text[start : min(end, start + LONGEST_DATE)]
    if not (SEPARATED.search(opening) and any(c.isdigit() for c in opening)):
        return start
    found = _date_at(opening, "day") or _day_at(opening)
    behind = BEHIND.match(text, start + found[1], end) if found else None
    return behind.end() if behind else start


def is_date(words: str) -> bool:
    """Tell words that are nothing but a date.

    >>> is_date("May 14, 2016"), is_date("3 June"), is_date("Mr. May")
    (True, True, False)
    """
    if not any(c.isdigit() for c in words):
        return False
    found = _date_at(words, "day") or _day_at(words)
    return found is not None and found[1] == len(words.rstrip(" :."))


def find_dated(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Dated, ...]:
    """Return the entries of a text's chronologies, with their dates."""
    habit = habit_of(text)
    over = list(_dates_over(text, paragraphs, habit))
    found = [*_before_entries(text, paragraphs, habit, over), *_under(text, paragraphs, over)]
    return tuple(sorted(found, key=lambda dated: (dated.start, -dated.end, dated.words)))


def _date_at(opening: str, habit: Habit) -> Offsets | None:
    """Return where the date with which some words open begins and ends."""
    named = _named_at(opening, habit)
    return (named.start, named.end) if named else None


def _named_at(opening: str, habit: Habit) -> NamedDate | None:
    first = BEFORE.match(opening)
    named = next(iter(find_dates(opening, habit)), None)
    return named if named and first and named.start <= first.end() else None


def _day_at(opening: str) -> Offsets | None:
    first = BEFORE.match(opening)
    found = DAY_OF_YEAR.match(opening, first.end() if first else 0)
    return found.span() if found else None


def _before_entries(
    text: str, paragraphs: Sequence[Paragraph], habit: Habit, over: Sequence[tuple[int, NamedDate]]
) -> Iterator[Dated]:
    """Yield each paragraph that a date stands before on its line."""
    year, dates = "", dict(over)
    for number, paragraph in enumerate(paragraphs):
        if number in dates:
            year = str(dates[number].days[0][0])
        line = line_start(text, paragraph.start)
        mark = MARK.match(text, line, paragraph.start)
        opened = [line, mark.end()] if mark else [line]
        for start in opened if paragraph.start - line > 3 else []:
            opening = text[start : min(paragraph.start, start + LONGEST_DATE)]
            span = _date_at(opening, habit) or _day_at(opening)
            days = _days(opening, span, habit, year) if span else None
            behind = BEHIND.match(text, start + span[1]) if span else None
            if span and days and behind and behind.end() == paragraph.start:
                words = (start + span[0], start + span[1])
                yield Dated(paragraph.start, paragraph.end, words, days)
                break


def _days(opening: str, span: Offsets, habit: Habit, year: str) -> Range | None:
    """Return the days of a date, one without a year being of the year over it."""
    words = opening[span[0] : span[1]]
    named = next(iter(find_dates(words, habit) or find_dates(f"{words} {year}", habit)), None)
    return named.days if named else None


def _dates_over(
    text: str, paragraphs: Sequence[Paragraph], habit: Habit
) -> Iterator[tuple[int, NamedDate]]:
    """Yield the numbers of the paragraphs that are nothing but a date, and the date."""
    for number, paragraph in enumerate(paragraphs):
        words = text[paragraph.start : paragraph.end].rstrip(" :.*_")
        if len(words) <= LONGEST_DATE and any(c.isdigit() for c in words):
            named = _named_at(words, habit)
            if named and named.end == len(words):
                yield number, named


def _under(
    text: str, paragraphs: Sequence[Paragraph], over: Sequence[tuple[int, NamedDate]]
) -> Iterator[Dated]:
    """Yield what stands under dates on lines of their own, if these are in the order of time."""
    days = [named.days[0] for _, named in over]
    if len(days) < LEAST_OVER_ENTRIES or days not in (sorted(days), sorted(days, reverse=True)):
        return
    under = [
        (number, named, list(_until_heading(paragraphs[number + 1 : after])))
        for (number, named), (after, _) in pairwise([*over, (len(paragraphs), over[-1][1])])
    ]
    if sum(_tells(text, entries) for _, _, entries in under) < LEAST_TOLD * len(under):
        return
    for number, named, entries in under:
        letter = any(LETTER.match(text, entry.start) for entry in entries)
        if entries and not letter:
            place = paragraphs[number].start
            words = (place + named.start, place + named.end)
            yield Dated(entries[0].start, entries[-1].end, words, named.days)


def _tells(text: str, entries: Sequence[Paragraph]) -> bool:
    """Tell what happened from the next cell of a table in which years stand."""
    return bool(entries) and len(text[entries[0].start : entries[0].end].split()) >= LEAST_WORDS


def _until_heading(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if paragraph.heading:
            return
        yield paragraph
