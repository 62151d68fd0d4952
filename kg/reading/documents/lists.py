"""Find the lists of a text: the items, and the words that lead into each.

"The sanctions target:" leads into "– Orbit Waste;" and "– Sven Olsen", "The bank shall" into
"(a) pay Norwell" and "(b) hire Ruth Cole", whether items stand on lines of their own or inside
a sentence. A list may stand inside an item of another, whose words then lead in as well.
Nothing is parsed here: what an item says with its lead-in is for ``reading/parsing``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.reading.documents.lines import line_start
from kg.records import Document, Paragraph

_LABEL = r"\(?(?P<label>[a-z]|[A-Z]|[ivxl]{1,6}|\d{1,3})"
MARK = re.compile(rf"[ \t>]*(?:(?P<bullet>[•▪◦‣●○■□❖➢✓\uf0b7*+–—-])|{_LABEL}[.)])\s*", re.ASCII)
INSIDE = re.compile(rf"(?<![\w(.]){_LABEL}\)\s+(?=\S)", re.ASCII)
"""The label of an item inside a sentence: "(a)", "2)"."""
REFERRED = re.compile(
    r"\b(?:sub)?-?(?:sections?|paragraphs?|paras?\.?|clauses?|articles?|arts?\.?|items?|points?"
    r"|rules?|parts?|schedules?|subdivisions?|§+)\s*(?:\(\w{1,3}\),?\s*|and\s+|or\s+)*$",
    re.IGNORECASE,
)
"""What stands before a label that only refers to an item: "under paragraph (a)"."""
PARTED = re.compile(r"(?:[,;:.?!—–]|\b(?:and|or|and/or|but))\s*$")
"""What parts an item from the next one's label."""
OPEN_END = re.compile(
    r"(?:[:—–]|:-|\b(?:shall|will|must|may|can|should|would|could|to|that|whether|by|of|for|from"
    r"|with|in|on|against|is|are|was|were|be|been|has|have|had|not|includes?|and|or|if))\s*$"
)
"""What the words before a list's first item end with."""
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
TAIL = re.compile(r"(?:\s*[;,])?(?:\s*\b(?:and|or|and/or|but))?\s*$")
"""What parts an item from the next one, and belongs to neither."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_BULLET_STEP = 2
"""Columns that an item of an inner list of bullets is set in, or more."""
_MOST_LEFT_OUT = 2
"""A page's end may have taken an item: (a), (c) is still one list."""


DEEPEST = 6
"""Lists inside one another at most; what stands deeper has no lead-in."""
LONGEST = 20_000
"""Characters of a paragraph in which items are looked for."""
MOST_FIRST = 50
"""Labels of a paragraph that are tried as a list's first."""


class Entry(NamedTuple):
    """A paragraph, or the part of one that is an item or leads into some.

    ``lead`` is the number of the entry that leads into this item, None where nothing does.
    ``inside`` tells an item inside a paragraph, which may end before its stretch does: "The
    bank shall (a) pay; and (b) sue. It is old."
    """

    start: int
    end: int
    lead: int | None = None
    item: bool = False
    heading: bool = False
    inside: bool = False


class _Mark(NamedTuple):
    """What stands before an item: its style ("1", "a", "i", "A", a bullet), number, column."""

    style: str
    number: int
    indent: int = 0


@dataclass(slots=True)
class _Level:
    """A list that is still open: the mark of its last item, and what leads into it."""

    mark: _Mark
    lead: int | None


def find_entries(document: Document) -> tuple[Entry, ...]:
    """Return the paragraphs of a document in order, those that hold lists in several parts."""
    reader = _ListReader(document)
    for paragraph in document.paragraphs:
        reader.read(paragraph)
    return tuple(reader.entries)


class _ListReader:
    """Reads paragraph after paragraph, and knows which lists are open."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.entries: list[Entry] = []
        self._levels: list[_Level] = []
        edges = {offset for turn in document.turns for offset in (turn.start, turn.end)}
        self._edges = sorted(edges)

    def read(self, paragraph: Paragraph) -> None:
        """Add the entries of the next paragraph."""
        marks = self._marks(paragraph)
        lead = self._lead_of(paragraph, marks) if marks else None
        if not marks or (paragraph.heading and lead is None):
            self._levels = []
            self._add(paragraph.start, paragraph.end, lead=None, item=False)
            if paragraph.heading:
                self.entries[-1] = self.entries[-1]._replace(heading=True)
        else:
            self._add(paragraph.start, paragraph.end, lead=lead, item=True)

    def _marks(self, paragraph: Paragraph) -> list[_Mark]:
        """Return what a paragraph's mark may be, the likelier first; "i." may be two things."""
        line = line_start(self.text, paragraph.start)
        found = MARK.fullmatch(self.text, line, paragraph.start)
        if found is None:
            return []
        indent = found.start(found.lastgroup or 0) - line
        return _readings(found["bullet"] or found["label"], indent)

    def _lead_of(self, paragraph: Paragraph, marks: list[_Mark]) -> int | None:
        """Return what leads into an item, which goes on with an open list or begins one."""
        for depth in reversed(range(len(self._levels))):
            level = self._levels[depth]
            mark = next((mark for mark in marks if _follows(level.mark, mark)), None)
            if mark is not None:
                del self._levels[depth + 1 :]
                level.mark = mark
                return level.lead
        return self._begin_list(paragraph, marks[0])

    def _begin_list(self, paragraph: Paragraph, mark: _Mark) -> int | None:
        """Open a list, and return what leads into it, if anything does."""
        before = len(self.entries) - 1
        leads = before >= 0 and self._leads_in(before, paragraph.start, first=mark.number == 1)
        lead = before if leads else None
        if lead is None or not self.entries[before].item or len(self._levels) >= DEEPEST:
            self._levels = []
        self._levels.append(_Level(mark, lead))
        return lead

    def _leads_in(self, number: int, start: int, *, first: bool) -> bool:
        """Tell whether an entry ends as what leads in does, and the same voice goes on.

        Before the ``first`` of numbers or letters any words may, that end no sentence.
        """
        entry = self.entries[number]
        unfinished = first and not entry.heading and self.text[entry.end - 1].isalpha()
        if not unfinished and not OPEN_END.search(
            self.text, max(entry.start, entry.end - 24), entry.end
        ):
            return False
        return bisect_right(self._edges, entry.start) == bisect_right(self._edges, start)

    def _add(self, start: int, end: int, *, lead: int | None, item: bool, depth: int = 0) -> None:
        """Add a stretch as one entry, or as what leads into items inside it and these items.

        ``depth`` tells how many lists inside a paragraph are around it.
        """
        inside = depth > 0
        labels = _labels_inside(self.text, start, end) if depth < DEEPEST else []
        if not labels:
            end = _without_tail(self.text, start, end) if item else end
            self.entries.append(Entry(start, end, lead, item, inside=inside))
            return
        head = self.text[start : labels[0].start()].rstrip()
        if head:
            self.entries.append(Entry(start, start + len(head), lead, item, inside=inside))
            lead = None if SENTENCE_END.search(head) else len(self.entries) - 1
        ends = [*(label.start() for label in labels[1:]), end]
        for label, item_end in zip(labels, ends, strict=True):
            item_end = label.end() + len(self.text[label.end() : item_end].rstrip())
            self._add(label.end(), item_end, lead=lead, item=True, depth=depth + 1)


def _readings(label: str, indent: int) -> list[_Mark]:
    """Return the marks that a label may be: "i" is the ninth letter or the first of its kind."""
    if not label.isalnum():
        return [_Mark(label, 0, indent)]
    if label.isdigit():
        return [_Mark("1", int(label), indent)]
    marks = [_Mark("i", _roman(label), indent)] if set(label) <= set(ROMAN) else []
    if len(label) == 1:
        marks.append(_Mark("a" if label.islower() else "A", ord(label.lower()) - 96, indent))
    return marks


def _roman(label: str) -> int:
    values = [ROMAN[c] for c in label]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def _follows(before: _Mark, mark: _Mark) -> bool:
    """Tell whether a mark is the next one of the same list."""
    if before.style != mark.style:
        return False
    if not mark.number:
        return abs(before.indent - mark.indent) < _BULLET_STEP
    return before.number < mark.number <= before.number + _MOST_LEFT_OUT


def _labels_inside(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the labels of the outermost list inside a stretch: "(a)", "(b)" in their order."""
    if text.find(")", start, end) < 0 or end - start > LONGEST:
        return []
    found = [m for m in INSIDE.finditer(text, start, end) if not _refers(text, start, m)]
    for first in found[:MOST_FIRST]:
        for mark in _readings(first["label"], 0):
            labels = list(_sequence(text, first, mark, found)) if mark.number == 1 else []
            if len(labels) > 1:
                return labels
    return []


def _refers(text: str, start: int, label: re.Match[str]) -> bool:
    return REFERRED.search(text, max(start, label.start() - 60), label.start()) is not None


def _sequence(
    text: str, first: re.Match[str], mark: _Mark, found: list[re.Match[str]]
) -> Iterator[re.Match[str]]:
    """Yield the labels that go on from a first one: each parted from the item before it."""
    yield first
    last, behind = mark, first.end()
    for label in found:
        if label.start() <= first.start():
            continue
        after = last._replace(number=last.number + 1)
        if after in _readings(label["label"], 0) and PARTED.search(text, behind, label.start()):
            yield label
            last, behind = after, label.end()


def _without_tail(text: str, start: int, end: int) -> int:
    """Return where an item ends without ";", "and" or "or", which part it from the next."""
    found = TAIL.search(text, max(start, end - 16), end)
    return found.start() if found and found.start() > start else end
