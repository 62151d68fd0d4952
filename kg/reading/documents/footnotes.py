"""Find the notes at a page's foot and the marks that call them.

A line that begins with a number may be a note, a numbered paragraph, an item of a
list or an accident of the line break. It is a note only when the running text above
calls that number, or when the writing leaves no doubt ("[^1]:", "¹ See"). Scans
often lose a mark, so a note also counts between two that were called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from kg.reading.documents.counting import counting_on
from kg.reading.documents.lines import Line
from kg.reading.documents.paragraphs import breaks_off
from kg.reading.values.calendar import SHORT_MONTHS
from kg.records import Footnote, Offsets

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPT_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
NOTE_START = re.compile(
    rf"(?P<sure>\[\^(?P<a>\d{{1,4}})\]:?|(?P<b>[{SUPERSCRIPTS}]{{1,4}}))\s*(?=\S)"
    r"|(?P<bracket>\[(?P<c>\d{1,4})\]|\^)[\s^]+(?=\S)"
    r"|(?P<dotted>(?P<d>\d{1,4})[.)])\s+(?=\S)"
    r"|(?P<bare>(?P<e>\d(?: ?\d){0,3}))(?:\s+(?=\S)|(?=°)|$)"
)
FIGURE = re.compile(rf"[\d{SUPERSCRIPTS}]")
BRACKET_MARK = re.compile(r"(?<=[^\s(\[])\[\^?(?:[Nn]ote )?(\d{1,4})\](?!:)")
RAISED_MARK = re.compile(rf"(?<=[^\s{SUPERSCRIPTS}])[{SUPERSCRIPTS}]{{1,4}}")
GLUED_MARK = re.compile(
    r"(?<=[.,;:!?\"'”’)\]]) {0,2}(\d(?: ?\d){0,3})(?=[\s),]|$)(?! (?:U\. ?S|F\.|S\. ?Ct|Stat))"
    r"|(?<=[a-z])(\d{2,4})(?=[\s).,;])|(?<=[a-z]{2})(\d)(?=[\s).,;:]|$)"
)
MORE_MARKS = re.compile(r",(\d{1,4})(?=[\s),]|$)")
STOP_MARK = re.compile(r"(?<=[a-z]{3})[.!?][\"'”’)\]]{0,2}(\d{1,3})(?=\s+[\"'“‘(]?[A-ZÀ-Þ])")
"""A number between the full stop of a word and the next sentence, which is nothing but a mark."""
LAST_WORD = re.compile(r"[^\W\d_]{2,}[.,;:!?\"'”’)\]]{0,3}$")
UNIT = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]{1,2}|\d)$")
"""What a raised number may belong to: "10 km²", "10²"."""
LEAST_COUNTED = 3
"""Numbers at the ends of words that count on one by one, from which on they are marks."""
ABBREVIATION = re.compile(
    r"(?:\b(?:Nos?|[Pp]aras?|pp?|[Vv]ols?|[Aa]rts?|[Ss]ecs?|[Cc]h|[Ff]igs?|"
    rf"{'|'.join(month.title() for month in SHORT_MONTHS)})|§)\. ?$"
)
SMALLEST_AFTER_COMMA = 100
"""Smaller numbers after a comma are too often just numbers ("1, 2 and 3")."""
LOST_NOTES = 20
"""How many notes before and after those found a scan, or a black bar, may have lost."""
CALLED = 1000
"""How much more a note with a mark weighs than one without, when chains compete."""
LEAST_CALLED = 0.3
"""Share of a chain's notes that must be called; scans of one report kept 60 % of the marks."""


class Mark(NamedTuple):
    """A note's number in the running text; ``sure`` unless it might be any number."""

    number: str
    start: int
    end: int
    sure: bool


class Candidate(NamedTuple):
    """A line that may begin a note: its number, where the note's words begin, how it is written."""

    line: int
    number: int
    body: int
    style: str


class Link(NamedTuple):
    """A candidate as the last of a chain of rising numbers: the chain's weight, and the rest."""

    weight: int
    candidate: Candidate
    before: Link | None

    def chain(self) -> list[Candidate]:
        """Return the candidates of the chain in reading order."""
        found: list[Candidate] = []
        link: Link | None = self
        while link is not None:
            found.append(link.candidate)
            link = link.before
        return found[::-1]


class PageNotes(NamedTuple):
    """The notes of one page, the lines that they fill, and their numbers and marks to cut."""

    notes: tuple[Footnote, ...] = ()
    lines: frozenset[int] = frozenset()
    furniture: tuple[Offsets, ...] = ()


def find_marks(lines: Sequence[Line], counted: Set[int] = frozenset()) -> list[Mark]:
    """Return all that looks like a note's mark in some lines, in reading order.

    Those at ``counted`` places count on through the document, and are sure.
    """
    marks = []
    for line in filter(_has_figures, lines):
        text, at = line.text, line.start
        for found in BRACKET_MARK.finditer(text):
            marks.append(Mark(found.group(1), at + found.start(), at + found.end(), True))
        for found in RAISED_MARK.finditer(text):
            number = found.group().translate(SUPERSCRIPT_DIGITS)
            sure = UNIT.search(text, max(0, found.start() - 4), found.start()) is None
            marks.append(Mark(number, at + found.start(), at + found.end(), sure))
        ends = {at + found.start(1) for found in STOP_MARK.finditer(text)}
        marks.extend(
            mark._replace(sure=mark.start in counted or mark.start in ends)
            for mark in _glued_marks(line)
        )
    return sorted(marks, key=lambda mark: mark.start)


def _has_figures(line: Line) -> bool:
    return FIGURE.search(line.text) is not None


def counted_marks(lines: Sequence[Line]) -> frozenset[int]:
    """Return where numbers at the ends of words stand that count on one by one: "Waste1 … sale.2".

    Those after one and the same word count something else: "Step1, Step2".
    """
    found = [
        (mark, word[0].casefold())
        for line in filter(_has_figures, lines)
        for mark in _glued_marks(line)
        if (word := LAST_WORD.search(line.text, 0, mark.start - line.start))
    ]
    chain = counting_on([int(mark.number) for mark, _ in found], lambda _, __: True)
    words = {found[place][1] for place in chain}
    if len(chain) < LEAST_COUNTED or len(words) <= len(chain) / 2:
        return frozenset()
    return frozenset(found[place][0].start for place in chain)


def _glued_marks(line: Line) -> list[Mark]:
    """Return superscripts that a scan has put on the line ("Trump. 304", "there .305")."""
    marks = []
    for found in GLUED_MARK.finditer(line.text):
        group = found.lastindex or 1
        number = found.group(group).replace(" ", "")
        before = line.text[max(0, found.start() - 8) : found.start()]
        apart = found.start(group) > found.start() or before[-2:-1].isdigit()
        weak = before[-1:] in ",;:)" and int(number) < SMALLEST_AFTER_COMMA and apart
        if not weak and not ABBREVIATION.search(before + " "):
            start, end = found.span(group)
            end = _after_more(line.text, int(number), end)
            marks.append(Mark(number, line.start + start, line.start + end, False))
    return marks


def _after_more(text: str, number: int, end: int) -> int:
    """Return where marks end that stand together: "sale.5,6"."""
    more = MORE_MARKS.match(text, end)
    while more and int(more[1]) == number + 1:
        number, end = number + 1, more.end()
        more = MORE_MARKS.match(text, end)
    return end


def find_notes(
    lines: Sequence[Line],
    *,
    earlier: Set[str] = frozenset(),
    counted: Set[int] = frozenset(),
) -> PageNotes:
    """Return the notes of one page; ``earlier`` are the numbers called on pages before.

    ``counted`` is where marks stand that count on through the document.
    """
    marks = find_marks(lines, counted)
    chain = _best_chain(_candidates(lines), lines, marks, earlier)
    if not chain:
        return PageNotes(furniture=tuple((m.start, m.end) for m in marks if m.sure))
    ends = _note_ends(chain, lines)
    filled = frozenset(
        index for note, end in zip(chain, ends, strict=True) for index in range(note.line, end)
    )
    called = _calls(marks, lines, filled, chain)
    labels = [(lines[n.line].start, min(n.body, lines[n.line].end)) for n in chain]
    furniture = (*((m.start, m.end) for m in called), *labels)
    return PageNotes(tuple(_notes(chain, ends, lines, called)), filled, furniture)


def _calls(
    marks: Sequence[Mark], lines: Sequence[Line], filled: Set[int], chain: Sequence[Candidate]
) -> list[Mark]:
    """Return the marks in the running text that call the page's notes."""
    called = [
        mark for mark in marks if _is_mark(mark, chain) and _line_of(mark, lines) not in filled
    ]
    return called + _stray_marks(lines, filled, chain)


def _notes(
    chain: Sequence[Candidate], ends: Sequence[int], lines: Sequence[Line], called: Sequence[Mark]
) -> Iterator[Footnote]:
    """Yield the notes that hold some words, each with the first mark that calls it."""
    first = {mark.number: (mark.start, mark.end) for mark in reversed(called)}
    for note, end in zip(chain, ends, strict=True):
        number, last = str(note.number), lines[end - 1].end
        if note.body < last:
            yield Footnote(number, note.body, last, first.get(number))


def _is_mark(mark: Mark, chain: Sequence[Candidate]) -> bool:
    """Whether a number calls a note of the page, or one that the scan lost beside them."""
    number = int(mark.number)
    if mark.sure or any(note.number == number for note in chain):
        return True
    near = chain[0].number - LOST_NOTES <= number <= chain[-1].number + LOST_NOTES
    return near and number >= SMALLEST_AFTER_COMMA


def _line_of(mark: Mark, lines: Sequence[Line]) -> int:
    """Return the index of the line that a mark stands on."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if lines[middle].end <= mark.start:
            low = middle + 1
        else:
            high = middle
    return low


def _candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Return the lines that begin with a number and are followed by words."""
    found = (_candidate(lines, index) for index in range(len(lines)))
    return [candidate for candidate in found if candidate is not None]


def _candidate(lines: Sequence[Line], index: int) -> Candidate | None:
    """Return the note that a line may begin, if it begins with a number."""
    line = lines[index]
    match = NOTE_START.match(line.text)
    digits = next(filter(None, match.group(*"abcde")), "") if match else ""
    if match is None or not digits:
        return None
    number = digits.translate(SUPERSCRIPT_DIGITS).replace(" ", "")
    if match.end() == len(line.text):
        return _number_alone(lines, index, number)
    style = next(name for name in ("sure", "bracket", "dotted", "bare") if match[name])
    return Candidate(index, int(number), line.start + match.end(), style)


def _number_alone(lines: Sequence[Line], index: int, number: str) -> Candidate | None:
    """Return the note whose number fills a line of its own, if its words follow."""
    if index + 1 == len(lines):
        return None
    zero = _scanned_zero(lines, index)
    return Candidate(index, int(number + zero), lines[index + 1].start + len(zero), "alone")


def _scanned_zero(lines: Sequence[Line], index: int) -> str:
    """Return "0" if the next line begins with the degree sign that a raised 0 became."""
    return "0" if index + 1 < len(lines) and lines[index + 1].text[0] == "°" else ""


def _best_chain(
    candidates: Sequence[Candidate],
    lines: Sequence[Line],
    marks: Sequence[Mark],
    earlier: Set[str],
) -> list[Candidate]:
    """Return the run of rising numbers that the text above calls most often."""
    first_mark = {(mark.number, mark.sure): mark.start for mark in reversed(marks)}
    links: list[Link] = []
    best: dict[int, Link] = {}
    for candidate in candidates:
        weight = 1 + CALLED * _is_called(candidate, lines, first_mark, earlier)
        before = _heaviest_before(candidate.number, best)
        link = Link(weight + (before.weight if before else 0), candidate, before)
        links.append(link)
        best[candidate.number] = max(link, best.get(candidate.number, link), key=_weight)
    heaviest = max(reversed(links), key=_weight, default=None)
    return heaviest.chain() if heaviest is not None and _is_enough(heaviest) else []


def _weight(link: Link) -> int:
    return link.weight


def _heaviest_before(number: int, best: Mapping[int, Link]) -> Link | None:
    """Return the heaviest chain that a number goes on with; two numbers may be lost between."""
    earlier = (best[number - step] for step in (1, 2, 3) if number - step in best)
    return max(earlier, key=_weight, default=None)


def _is_enough(link: Link) -> bool:
    """Tell a chain of which many are called, or stand in lines of their own, as notes do."""
    chain = link.chain()
    called = link.weight // CALLED
    alone = sum(candidate.style == "alone" for candidate in chain)
    return called >= max(1, LEAST_CALLED * len(chain)) or alone >= max(3, len(chain) / 2)


def _is_called(
    candidate: Candidate,
    lines: Sequence[Line],
    first_mark: Mapping[tuple[str, bool], int],
    earlier: Set[str],
) -> bool:
    """Whether a mark above calls this number; numbered paragraphs need a sure one."""
    number, start = str(candidate.number), lines[candidate.line].start
    if candidate.style == "sure" or first_mark.get((number, True), start) < start:
        return True
    if candidate.style == "bracket" and number in earlier:
        return True
    return candidate.style != "dotted" and first_mark.get((number, False), start) < start


def _note_ends(chain: Sequence[Candidate], lines: Sequence[Line]) -> list[int]:
    """Return for each note the index after its last line; a blank line after a sentence ends the last one."""
    ends = [note.line for note in chain[1:]]
    last = chain[-1]
    end = last.line + (2 if last.style == "alone" else 1)
    while end < len(lines) and (
        not lines[end].blank_before or breaks_off(lines[end - 1], lines[end])
    ):
        end += 1
    return [*ends, min(end, len(lines))]


def _stray_marks(lines: Sequence[Line], filled: Set[int], chain: Sequence[Candidate]) -> list[Mark]:
    """Return lines of the running text that hold nothing but a number of one of the notes."""
    low, high = chain[0].number, chain[-1].number
    lost = LOST_NOTES if low >= SMALLEST_AFTER_COMMA else 0
    strays = []
    for index, line in enumerate(lines[: chain[0].line]):
        digits = line.text.replace(" ", "")
        if index in filled or len(digits) > 4 or not digits.isdecimal():
            continue
        zero = _scanned_zero(lines, index)
        number = int(digits + zero)
        if low - lost <= number <= high + lost:
            end = lines[index + 1].start + 1 if zero else line.end
            strays.append(Mark(str(number), line.start, end, True))
    return strays
