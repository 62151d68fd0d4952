"""Find where pages begin in a text that has lost its form feeds: at numbers and heads inside sentences.

A lone number is a page's where the next ones count on, far apart, and the running text goes
on around them. A line that comes again and again in the middle of sentences is a running head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kg.reading.documents.counting import counting_on
from kg.reading.documents.lines import FINAL, LONGEST_TAIL

LONE_NUMBER = re.compile(
    r"^[ \t]*(?P<open>[-–—=\[(|]{1,4}[ \t]?)?(?P<named>(?:page|p\.)[ \t]{1,3})?(?P<number>\d{1,4})"
    r"(?(open)[ \t]?[-–—=\])|]{1,4})(?P<of>[ \t]{0,2}(?:of|/)[ \t]{0,2}\d{1,4})?[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
LONE_LINE = re.compile(r"(?<=\n)(?:[ \t]*\r?\n)+[ \t]*(\S[^\n]{2,98}\S)[ \t]*\r?\n(?=[ \t]*\r?\n)")
LEAST_NUMBERS, LEAST_MARKED = 3, 2
"""Numbers in a row from which on they count pages; those in "Page 2 of 9" or "- 2 -" are surer."""
SHORTEST_PAGE = 1000
"""Characters between two numbers; items of a list, cues of subtitles and notes are shorter."""
LEAST_INSIDE = 0.34
"""Share of the numbers that stand inside a sentence; those of chapters do not."""
LEAST_HEADS, LEAST_HEADS_INSIDE = 3, 0.5
DIGITS = re.compile(r"\d+")
NEAR_START = 200


class _Number(NamedTuple):
    """A lone number, and whether it is written as a page's."""

    start: int
    end: int
    value: int
    marked: bool


def lost_page_starts(text: str) -> list[int]:
    """Return where pages begin after the first, if the text shows that it has pages."""
    return _at_numbers(text) or _at_heads(text)


def _at_numbers(text: str) -> list[int]:
    """Return where pages begin by the numbers at their feet, or at their heads."""
    chain = _longest([_number(found) for found in LONE_NUMBER.finditer(text)])
    if not _counts_pages(text, chain):
        return []
    if len(text[: chain[0].start].strip()) < NEAR_START and not _inside(text, chain[0].start):
        return [number.start for number in chain[1:]]
    return [number.end for number in chain if text[number.end :].strip()]


def _number(found: re.Match[str]) -> _Number:
    marked = bool(found["named"] or found["open"] or found["of"])
    return _Number(*found.span(), int(found["number"]), marked)


def _longest(numbers: Sequence[_Number]) -> list[_Number]:
    """Return the most numbers that count on one by one, not side by side."""

    def are_apart(first: int, second: int) -> bool:
        return numbers[second].start - numbers[first].end >= SHORTEST_PAGE // 4

    return [numbers[place] for place in counting_on([n.value for n in numbers], are_apart)]


def _counts_pages(text: str, chain: Sequence[_Number]) -> bool:
    """Whether numbers that count on are those of pages."""
    marked = sum(number.marked for number in chain) > len(chain) / 2
    if len(chain) < (LEAST_MARKED if marked else LEAST_NUMBERS):
        return False
    far = median(b.start - a.end for a, b in pairwise(chain)) >= SHORTEST_PAGE
    inside = sum(_inside(text, number.start) for number in chain)
    return far and (marked or inside >= LEAST_INSIDE * len(chain))


def _inside(text: str, place: int) -> bool:
    """Whether what stands before a place is the middle of a sentence."""
    before = text[max(0, place - NEAR_START) : place].rstrip()
    return bool(before) and FINAL.search(before[-LONGEST_TAIL:]) is None


def _at_heads(text: str) -> list[int]:
    """Return where pages begin by a line that comes again and again inside sentences."""
    heads: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for found in LONE_LINE.finditer(text):
        line = found[1]
        if line[0].isupper() or line[0].isdigit():
            cuts = _inside(text, found.start()) and _goes_on_after(text, found.end())
            heads[DIGITS.sub("#", line).casefold()].append((found.start(1), cuts))
    return sorted(start for found in heads.values() if _are_heads(found) for start, _ in found)


def _are_heads(found: Sequence[tuple[int, bool]]) -> bool:
    """Whether a line comes often, and mostly inside sentences."""
    inside = sum(cuts for _, cuts in found)
    return len(found) >= LEAST_HEADS and inside >= LEAST_HEADS_INSIDE * len(found)


def _goes_on_after(text: str, place: int) -> bool:
    """Whether a sentence goes on with small letters after a place."""
    return text[place : place + NEAR_START].lstrip()[:1].islower()
