"""Raised figures in a line, and the notes at the foot of a page that they call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from kg.reading.documents.footnotes import SUPERSCRIPTS
from kg.reading.documents.printed.words import PrintedLine, Word, is_glued

SMALL_TYPE = 0.93
"""Share of the text's size of type in which notes are set, or less."""
RAISED, RAISED_SIZE = 0.15, 0.8
"""How far above the baseline a mark stands, in sizes of the line's type, and its own size."""
MARK = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*,?")
NOTE_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]]?")
RAISE = str.maketrans("0123456789", SUPERSCRIPTS)
POWER = re.compile(r"(?:^|[\d\s(])(?:k|c|m|d|µ)?m$|\d$")
"""What a raised figure is a power of: "10", "km"."""


class Note(NamedTuple):
    """A note: its number and its lines, the first without the number."""

    number: str
    lines: tuple[PrintedLine, ...]


def is_raised(word: Word, line: PrintedLine) -> bool:
    """Whether a word is a figure set small above the line."""
    small = word.size <= RAISED_SIZE * line.size
    return (
        small
        and word.baseline < line.baseline - RAISED * line.size
        and bool(MARK.fullmatch(word.text))
    )


def marked_text(line: PrintedLine, notes: Set[str]) -> str:
    """Return a line's text with raised figures as marks of notes: "ended.[3]", but "10³".

    A figure that calls one of ``notes`` is a mark in any place.
    """
    pieces: list[str] = []
    for index, word in enumerate(line.words):
        if is_raised(word, line):
            pieces.append(_mark(word.text, "".join(pieces)[-8:], notes))
            continue
        glued = index > 0 and is_glued(line.words[index - 1], word)
        pieces.append(word.text if glued or not index else f" {word.text}")
    return "".join(pieces)


def _mark(figures: str, before: str, notes: Set[str]) -> str:
    """Return a raised figure as text."""
    numbers = re.findall(r"\d+", figures)
    if not notes >= set(numbers) and POWER.search(before):
        return figures.translate(RAISE)
    return "".join(f"[{number}]" for number in numbers)


def raised_numbers(lines: Iterable[PrintedLine]) -> set[str]:
    """Return the numbers that are raised in some lines, after another word."""
    return {
        number
        for line in lines
        for word in line.words[1:]
        if is_raised(word, line)
        for number in re.findall(r"\d+", word.text)
    }


def take_notes(
    lines: Sequence[PrintedLine], called: Set[str], size: float
) -> tuple[list[PrintedLine], list[Note]]:
    """Part the lines of a column from the notes in small type at its foot."""
    first = _first_note(lines, called, size)
    notes: list[Note] = []
    for line in lines[first:]:
        number = _number(line, called)
        if number and (not notes or int(number) > int(notes[-1].number)):
            notes.append(Note(number, (PrintedLine(line.words[1:]),)))
        else:
            notes[-1] = Note(notes[-1].number, (*notes[-1].lines, line))
    return list(lines[:first]), notes


def _first_note(lines: Sequence[PrintedLine], called: Set[str], size: float) -> int:
    """Return the index of the first line of the notes, that after the last if there are none."""
    start = len(lines)
    while start and lines[start - 1].size <= SMALL_TYPE * size:
        start -= 1
    found = (index for index in range(start, len(lines)) if _number(lines[index], called))
    return next(found, len(lines))


def _number(line: PrintedLine, called: Set[str]) -> str:
    """Return the number of the note that a line begins, "" if it begins none."""
    found = NOTE_NUMBER.fullmatch(line.words[0].text)
    if found is None or len(line.words) == 1:
        return ""
    return found[1] if found[1] in called or is_raised(line.words[0], line) else ""
