"""The day that a document gives for itself: what "yesterday" in it counts from.

A web page declares it (``article:published_time``, ``<time datetime>``); a text has it in
a short line near its top ("Published 21 July 2020", "NAIROBI, 3 March 2018 —") or in its
file's name. A day inside running text is no such line, and two days that differ are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.reading.documents.datelines import dateline_end
from kg.reading.values.times import find_days

TOP_LINES, TOP_CHARACTERS = 15, 1500
LONGEST_LINE = 80
"""Characters of a line that gives the day and little else."""
ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def find_document_date(text: str, *, source: str = "", declared: str = "") -> str:
    r"""Return the ISO day on which a document says it was written or published, or "".

    >>> find_document_date("MINUTES\nHeld on 3 May 2019\n\nThe board met.")
    '2019-05-03'
    """
    declared_day = _iso_day(declared)
    if declared_day:
        return declared_day
    days = list(dict.fromkeys(_days_at_top(text)))
    if len(days) == 1:
        return days[0]
    return "" if days else _iso_day(source.rsplit("/", 1)[-1])


def _iso_day(words: str) -> str:
    found = ISO_DAY.search(words)
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def _days_at_top(text: str) -> Iterator[str]:
    """Yield each single day that a line at the top of a text gives."""
    for line in text[:TOP_CHARACTERS].splitlines()[:TOP_LINES]:
        line = line.strip()
        opening = line[: dateline_end(line)]
        words = opening.rstrip(" —–-―") or line
        if len(words) > LONGEST_LINE or (not opening and words.endswith((".", ",", ";"))):
            continue
        first, last = find_days(words)
        if first is not None and first == last:
            yield first
