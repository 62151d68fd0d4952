"""What days a time expression covers: "in September 2018" is 2018-09-01 to 2018-09-30.

Days are written as ISO 8601 has it, both ends inclusive; ``dates.py`` finds the dates that
stand in the words, ``relative.py`` those that count from another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.reading.values.calendar import iso
from kg.reading.values.dates import Habit, NamedDate, find_dates
from kg.reading.values.relative import Reference, find_relative

_OPEN_END = re.compile(r"^(?:ever\s+)?since\b|\bonwards?\b|^(?:after|following)\b|^as\s+of\b")
_OPEN_START = re.compile(
    r"^(?:until|till|before|up\s+to|by|prior\s+to|(?:no|not)\s+later\s+than)\b"
)
NOTHING_KNOWN = Reference()


def find_days(
    words: str, reference: Reference = NOTHING_KNOWN, *, habit: Habit = ""
) -> tuple[str | None, str | None]:
    """Return the first and last day that a time expression covers, None where it is open.

    >>> find_days("in September 2018"), find_days("since 2011"), find_days("from 2013 to 2016")
    (('2018-09-01', '2018-09-30'), ('2011-01-01', None), ('2013-01-01', '2016-12-31'))
    """
    return covered(words, find_dates(words, habit) or find_relative(words, reference))


def covered(words: str, dates: Iterable[NamedDate]) -> tuple[str | None, str | None]:
    """Return the first and last day that a time expression covers, which names these dates."""
    ranges = [named.days for named in dates]
    if not ranges:
        return None, None
    first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
    text = words.lower().strip()
    if _OPEN_END.search(text):
        return iso(first), None
    if _OPEN_START.search(text):
        return None, iso(last)
    return iso(first), iso(last)
