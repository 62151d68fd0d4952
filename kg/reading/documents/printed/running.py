"""Find what is printed around the text of the pages: heads, feet, and the numbers of lines.

A head or foot stands at the same height on several pages and reads the same there, but for
its figures. Lines are numbered where figures that grow by one stand left of all else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.documents.furniture import PAGE_NUMBER
from kg.reading.documents.printed.words import PrintedLine, Word, usual_size

EDGE = 3
"""How many lines at the top and at the foot of a page may be printed around the text."""
SAME_HEIGHT = 4.0
"""Points between the heights of a head on two pages."""
FOUND_ANYWAY = 3
"""On so many pages a head is one even close to the text, and its page numbers are found by its text."""
LONGEST = 150
"""Characters in a head at most."""
LEAST_NUMBERED = 8
AWAY = 1.5
"""Sizes of type between the text and a line that runs on few pages."""
STEPS = ({1}, {5})
"""By how much the numbers of lines grow: every line, or every fifth, has one."""
FIGURES = re.compile(r"\d+")


class PrintedPage(NamedTuple):
    """The words of a page's text, the lines above and below it, and what stands aside.

    ``heads`` and ``feet`` are to be looked through for page numbers; ``aside`` is no text.
    """

    words: tuple[Word, ...]
    heads: tuple[PrintedLine, ...] = ()
    feet: tuple[PrintedLine, ...] = ()
    aside: tuple[PrintedLine, ...] = ()


def take_running_lines(pages: Sequence[Sequence[Word]]) -> list[PrintedPage]:
    """Return the pages, each with its heads and feet apart from its text."""
    tops = [_edge(words, at_top=True) for words in pages]
    feet = [_edge(words, at_top=False) for words in pages]
    return [
        _parted(words, head, foot)
        for words, head, foot in zip(pages, _running(tops), _running(feet), strict=True)
    ]


class _Running(NamedTuple):
    """A line that runs; one that is ``aside`` holds no page number."""

    line: PrintedLine
    aside: bool


def _parted(
    words: Sequence[Word], head: Sequence[_Running], foot: Sequence[_Running]
) -> PrintedPage:
    """Return a page's words without the lines that run, and without the numbers of lines."""
    cut = {id(word) for found in (*head, *foot) for word in found.line.words}
    numbers = _line_numbers([word for word in words if id(word) not in cut])
    cut.update(map(id, numbers))
    aside = [found.line for found in (*head, *foot) if found.aside]
    if numbers:
        aside.append(PrintedLine(tuple(numbers)))
    return PrintedPage(
        tuple(word for word in words if id(word) not in cut),
        tuple(found.line for found in head if not found.aside),
        tuple(found.line for found in foot if not found.aside),
        tuple(aside),
    )


def _edge(words: Sequence[Word], *, at_top: bool) -> list[PrintedLine]:
    """Return the first or last lines of a page, from its edge inwards."""
    ordered = sorted(words, key=lambda word: word.baseline, reverse=not at_top)
    rows: list[list[Word]] = []
    for word in ordered:
        if rows and abs(word.baseline - rows[-1][0].baseline) < 0.3 * word.size:
            rows[-1].append(word)
        elif len(rows) == EDGE:
            break
        else:
            rows.append([word])
    return [PrintedLine(tuple(sorted(row, key=lambda word: word.left))) for row in rows]


def _running(edges: Sequence[Sequence[PrintedLine]]) -> Iterator[list[_Running]]:
    """Yield the lines of each page that run, from its edge inwards."""
    repeats = _repeats(edges)
    for page, lines in enumerate(edges):
        found: list[_Running] = []
        for index, line in enumerate(lines):
            after = lines[index + 1] if index + 1 < len(lines) else None
            away = after is not None and abs(after.baseline - line.baseline) > AWAY * line.size
            pages = repeats.get((page, index), 1)
            if pages < FOUND_ANYWAY and not (away and (pages > 1 or _is_number(line))):
                break
            figures = any(c.isdigit() for c in line.text)
            found.append(_Running(line, pages > 1 and not (figures and pages >= FOUND_ANYWAY)))
        yield found


def _is_number(line: PrintedLine) -> bool:
    return PAGE_NUMBER.fullmatch(line.text) is not None


def _repeats(edges: Sequence[Sequence[PrintedLine]]) -> dict[tuple[int, int], int]:
    """Return on how many pages each line (page, index) stands at its height, but for figures."""
    alike: defaultdict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for page, lines in enumerate(edges):
        for index, line in enumerate(lines):
            if len(line.text) <= LONGEST and not line.text[0].islower():
                key = FIGURES.sub("#", "".join(line.text.split()).casefold())
                alike[key].append((line.baseline, page, index))
    found: dict[tuple[int, int], int] = {}
    for places in alike.values():
        for group in _at_same_height(sorted(places)):
            pages = len({page for _, page, _ in group})
            found |= {(page, index): pages for _, page, index in group}
    return found


def _at_same_height(
    places: Sequence[tuple[float, int, int]],
) -> Iterator[list[tuple[float, int, int]]]:
    """Yield the places in groups of those at one height."""
    group = [places[0]]
    for before, place in pairwise(places):
        if place[0] - before[0] > SAME_HEIGHT:
            yield group
            group = []
        group.append(place)
    yield group


def _line_numbers(words: Sequence[Word]) -> list[Word]:
    """Return the figures that number the lines of a page, if they do."""
    figures = [word for word in words if word.text.isdigit() and len(word.text) < 4]
    if len(figures) < LEAST_NUMBERED:
        return []
    size = usual_size(words)
    edge = min(word.right for word in figures)
    column = sorted((w for w in figures if w.right - edge < 2 * size), key=lambda w: w.baseline)
    counted = [int(word.text) for word in column]
    steps = {after - before for before, after in pairwise(counted)}
    others = [w for w in words if not w.text.isdigit()]
    clear = sum(w.left < max(c.right for c in column) + 0.3 * size for w in others)
    if len(column) < LEAST_NUMBERED or steps not in STEPS or clear > 0.02 * len(others):
        return []
    return column
