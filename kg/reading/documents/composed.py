"""Write each letter of a text as one character, and find the way back.

macOS writes "Å" as an A and a ring, printers set "fi" as one sign. All rules, word lists
and models know "Å" and "fi", so layout and parser get a text that is spelt so; the
document's text stays as it is, and only its offsets leave the two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kg.records import Footnote, Offsets, Page, Paragraph, Turn

ODD = re.compile("[\ufb00-\ufb06]|[^\\W\\d_][\u0300-\u036f]+")
"""A ligature, or a letter with its accents after it."""
Move = Callable[[Offsets], Offsets]
Thing = TypeVar("Thing", Page, Paragraph, Footnote, Turn)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with one character a letter; of each, where it starts and ends in the document."""

    text: str
    starts: list[int]
    ends: list[int]

    def to_document(self, span: Offsets) -> Offsets:
        """Return where a stretch stands in the document."""
        start, end = span
        first = self.starts[start] if start < len(self.starts) else self.ends[-1]
        return first, max(first, self.ends[end - 1]) if end else 0

    def from_document(self, span: Offsets) -> Offsets:
        """Return the stretch that a stretch of the document is here."""
        start = bisect_left(self.starts, span[0])
        return start, max(start, bisect_right(self.ends, span[1]))

    def is_plain(self, place: int) -> bool:
        """Whether a character is one of the document, and the next one follows it there."""
        after = place + 1
        whole = self.ends[place] == self.starts[place] + 1
        return whole and (after == len(self.starts) or self.starts[after] == self.ends[place])


def compose(text: str) -> Composed | None:
    """Return a text with one character a letter; None if it is spelt so already."""
    found = list(_letters(text))
    if not found:
        return None
    pieces, starts, ends, at = [], [], [], 0
    for start, end, letters in [*found, (len(text), len(text), "")]:
        pieces += [text[at:start], letters]
        starts += [*range(at, start), *[start] * len(letters)]
        ends += [*range(at + 1, start + 1), *[end] * len(letters)]
        at = end
    return Composed("".join(pieces), starts, ends)


def _letters(text: str) -> list[tuple[int, int, str]]:
    """Return what is to be spelt otherwise, and how."""
    if text.isascii():
        return []
    spelt = ((found, unicodedata.normalize("NFKC", found.group())) for found in ODD.finditer(text))
    return [
        (*found.span(), letters)
        for found, letters in spelt
        if len(found.group()) == 1 or len(letters) == 1
    ]


def moved(things: Iterable[Thing], move: Move) -> tuple[Thing, ...]:
    """Return pages, paragraphs, notes or turns as they stand in the other text."""
    return tuple(_moved(thing, move) for thing in things)


def moved_spans(spans: Iterable[Offsets], move: Move) -> tuple[Offsets, ...]:
    """Return stretches as they stand in the other text."""
    return tuple(map(move, spans))


def _moved(thing: Thing, move: Move) -> Thing:
    start, end = move((thing.start, thing.end))
    inner = ((name, getattr(thing, name, None)) for name in ("mark", "label", "addressee"))
    others: dict[str, Any] = {name: move(span) for name, span in inner if span}
    return replace(thing, start=start, end=end, **others)
