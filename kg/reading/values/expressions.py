"""Where a sentence says when: "on 3 June 2016", "from March to May 2016", "the following day".

A date alone is not yet a time of what happens ("the 2016 budget", "the treaty of 1990"): it
is where a preposition of time leads to it, or where the words are an adverb by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.values.dates import MONTH, NUMERIC_DATE, find_dates, form
from kg.reading.values.relative import find_relative_words


@dataclass(frozen=True, slots=True)
class When:
    """Words that say when: ``dated`` where they name a date, not only words such as "Friday".

    ``year_alone`` where the date is only four digits.
    """

    start: int
    end: int
    dated: bool = True
    year_alone: bool = False


_PREPOSITION = (
    r"(?:in|on|at|by|until|till|since|from|between|during|before|after|around|circa|throughout"
    r"|within|through|following|up to|prior to|as of|as early as|as late as|(?:no|not) later than)"
)
_ON_THE_WAY = (
    r"(?:the|of|early|late|mid|middle|end|beginning|start|close|morning|afternoon|evening|night"
    r"|first|second|half|days?|weeks?|months?|years?|period|summer|spring|autumn|fall|winter"
    r"|both|about|or|and|later|earlier|again|\d{1,2}[:.]\d\d|\d{1,2}|[ap]\.?m\.?|noon|midnight)"
)
_LEAD = form(
    rf"\b(?:(?:early|earlier|late|later) )?{_PREPOSITION}[ ](?:(?:{_PREPOSITION}|{_ON_THE_WAY})[ -]+){{0,7}}$"
)
_JOINING = form(
    r"^(?: ?[-–—] ?| ?(?:to|and|or|until|till|through) )(?:(?:the|early|late|mid|end|of)[ -])*$"
)
_NEAR = "(?:(?:on|or|about|around|the|early|late|mid|end|of)[ -])*"
_ENCLOSED = (
    (form(r"\bbetween $"), form(rf"^(?:,|, [^,.;]{{1,60}},)? and {_NEAR}$")),
    (form(r"\bfrom $"), form(rf"^,? (?:to|until|till|through) {_NEAR}$")),
)
"""What may part the ends of "between June 16, 2015, and on or about January 20, 2017"."""
_TAIL = form(r",? (?:onwards?|at \d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?)")
_YEAR_ALONE = re.compile(r"\d{4}")
_MONTH_OR_YEAR = form(rf"(?:{MONTH}|\d{{4}}\b(?!['’]?s)) ?")
_OF_NOUN = form(r"\bthe $")
"""What stands before the date of "during the 2018 session", "at the May 1990 meeting"."""
_LONGEST_LEAD = 60
_BARE_END = re.compile(r"\s*(?:$|[,.;:)\]])")
_AFTER_NOUN = form(r"(?:^|[,(;:]) ?$")


def find_times(sentence: str) -> list[When]:
    """Return the places of a sentence that say when, in reading order.

    >>> text = "The treaty of 1990 was ended from March to May 2016."
    >>> [text[when.start : when.end] for when in find_times(text)]
    ['from March to May 2016']
    """
    found = list(_dated(sentence))
    for start, end in find_relative_words(sentence):
        place = _led_from(sentence, start), end
        if _is_free(place, found):
            found.append(When(*place, dated=False))
    return sorted(found, key=lambda when: when.start)


def _dated(sentence: str) -> Iterator[When]:
    """Yield the times that name a date."""
    for start, end in _joined(sentence, _dates(sentence)):
        if _MONTH_OR_YEAR.match(sentence, start) and _OF_NOUN.search(sentence[:start]):
            continue
        first = _led_from(sentence, start)
        if first < start or _is_bare_time(sentence, start, end):
            yield _whole(sentence, first, start, end)


def _led_from(sentence: str, start: int) -> int:
    """Return where the preposition stands that leads to a date, or the date itself."""
    lead = _LEAD.search(sentence, max(0, start - _LONGEST_LEAD), start)
    return lead.start() if lead else start


def _whole(sentence: str, first: int, start: int, end: int) -> When:
    tail = _TAIL.match(sentence, end)
    year_alone = _YEAR_ALONE.fullmatch(sentence, start, end) is not None
    return When(first, tail.end() if tail else end, year_alone=year_alone)


def _dates(sentence: str) -> list[tuple[int, int]]:
    """Return where dates stand, those included that only their document can tell."""
    found = [(named.start, named.end) for named in find_dates(sentence)]
    for match in NUMERIC_DATE.finditer(sentence):
        if match["mark"] == "/" and all(not _meet(match.span(), place) for place in found):
            found.append(match.span())
    return sorted(found)


def _joined(sentence: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places, "2014 and 2016" being one."""
    before: tuple[int, int] | None = None
    for start, end in places:
        if before is not None and _joins(sentence, before, start):
            before = before[0], end
        else:
            if before is not None:
                yield before
            before = start, end
    if before is not None:
        yield before


def _joins(sentence: str, before: tuple[int, int], start: int) -> bool:
    """Tell whether a date and the one that begins at ``start`` are two ends of one time."""
    between = sentence[before[1] : start]
    if _JOINING.search(between):
        return True
    before_both = sentence[: before[0]]
    return any(opens.search(before_both) and parted.search(between) for opens, parted in _ENCLOSED)


def _is_bare_time(sentence: str, start: int, end: int) -> bool:
    """Tell ", 3 June 2016," and an opening "3 June 2016:" from a date that describes a noun."""
    if end - start < len("1 May 1990"):
        return False
    opens = _AFTER_NOUN.search(sentence[:start]) is not None
    return opens and _BARE_END.match(sentence, end) is not None


def _is_free(place: tuple[int, int], found: list[When]) -> bool:
    return all(not _meet(place, (when.start, when.end)) for when in found)


def _meet(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]
