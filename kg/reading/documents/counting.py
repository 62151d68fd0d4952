"""Find numbers that count on one by one: those of pages, and of notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class _Link(NamedTuple):
    """The place of a number as the last of some that count on, and how many there are."""

    place: int
    length: int
    before: _Link | None


def counting_on(values: Sequence[int], fits: Callable[[int, int], bool]) -> list[int]:
    """Return the places of the most numbers of which each is one more than the one before.

    ``fits`` tells of two places whether the second may follow the first.

    >>> counting_on([4, 9, 5, 5, 6, 2], lambda first, second: True)
    [0, 2, 4]
    """
    links: dict[int, _Link] = {}
    for place, value in enumerate(values):
        before = links.get(value - 1)
        if before and not fits(before.place, place):
            before = None
        link = _Link(place, before.length + 1 if before else 1, before)
        if value not in links or links[value].length < link.length:
            links[value] = link
    last = max(links.values(), key=lambda link: link.length, default=None)
    places: list[int] = []
    while last is not None:
        places.append(last.place)
        last = last.before
    return places[::-1]
