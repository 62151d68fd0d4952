"""Find words above a line that tells only whose they are: "― Ada Okoro", as epigraphs have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Offsets, Turn

LONGEST_SIGNATURE = 70
"""Characters of a line that tells only whose the words above are."""
_DASH = r"(?:[―—–-]|--)\s{0,2}"
_SIGNED = re.compile(rf"(?P<dash>{_DASH})?(?P<name>{NAME})(?:\s?[,(][^.?!:;]{{1,50}})?$")
_SIGNED_INSIDE = re.compile(
    rf"[.!?][\"”’»]?\s(?P<cut>{_DASH}(?P<name>{NAME})(?:\s?[,(][^.?!:;]{{1,50}})?)$"
)
_CLOSES_QUOTATION = ("”", "»", '"')


def find_signed(text: str, lines: Sequence[Line]) -> Spoken:
    """Return the paragraphs that are signed; the signature is cut."""
    kept, turns, cut = list(lines), [], []
    for turn, signature, number in _signed(lines):
        turns.append(turn)
        cut.append(signature)
        line = kept[number]
        rest = text[line.start : signature[0]].rstrip()
        kept[number] = line._replace(end=line.start + len(rest), text=rest)
    return Spoken(tuple(line for line in kept if line.text), tuple(turns), tuple(cut))


def _signed(lines: Sequence[Line]) -> Iterator[tuple[Turn, Offsets, int]]:
    """Yield each signed paragraph, where it is signed and in which line."""
    first = 0
    for number, line in enumerate(lines):
        before = first
        if line.blank_before:
            first = number
        inside = _signed_inside(line)
        if inside is not None:
            name, signature = inside
            yield Turn(lines[first].start, signature[0] - 1, name), signature, number
        elif number and is_signature(line, lines[number - 1], _next(lines, number)):
            above = lines[before if line.blank_before else first]
            turn = Turn(above.start, lines[number - 1].end, signer(line))
            yield turn, (line.start, line.end), number


def _signed_inside(line: Line) -> tuple[Offsets, Offsets] | None:
    """Return the name and the signature that end a line with words: "I won. ― Ada Okoro"."""
    tail = line.text[-LONGEST_SIGNATURE * 2 :]
    found = _SIGNED_INSIDE.search(tail)
    if found is None:
        return None
    shift = line.end - len(tail)
    start, end = found.span("name")
    return (shift + start, shift + end), (shift + found.start("cut"), line.end)


def signer(line: Line) -> Offsets:
    """Return where the name stands in a line that is a signature."""
    found = _SIGNED.match(line.text)
    start, end = found.span("name") if found else (0, len(line.text))
    return line.start + start, line.start + end


def is_signature(line: Line, above: Line, after: Line | None) -> bool:
    """Tell a line with a name after a dash, or under a quotation, from the item of a list."""
    found = _SIGNED.match(line.text) if len(line.text) <= LONGEST_SIGNATURE else None
    if found is None or len(found["name"].split()) < 2 or _runs_on(after):
        return False
    if found["dash"] is not None:
        return above.is_final and not _is_listed(above, after)
    known = found["name"].split()[0].casefold() in load_lexicons().given
    return known and above.text.endswith(_CLOSES_QUOTATION)


def _next(lines: Sequence[Line], number: int) -> Line | None:
    return lines[number + 1] if number + 1 < len(lines) else None


def _runs_on(after: Line | None) -> bool:
    return after is not None and not after.blank_before


def _is_listed(*beside: Line | None) -> bool:
    """Whether a line beside begins with a dash as well."""
    return any(
        other is not None and other.text.startswith(("―", "—", "–", "-")) for other in beside
    )
