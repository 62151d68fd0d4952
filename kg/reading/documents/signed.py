"""Find words above a line that tells only whose they are: "― Ada Okoro", as epigraphs have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicons import load_lexicons
from kg.reading.documents.labels import NAME
from kg.reading.documents.lines import Line
from kg.reading.documents.spoken import Spoken
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
        found = _SIGNED_INSIDE.search(line.text[-LONGEST_SIGNATURE * 2 :])
        if found is not None:
            shift = line.end - len(line.text[-LONGEST_SIGNATURE * 2 :])
            start, end = found.span("name")
            signature = (shift + found.start("cut"), line.end)
            said_until = shift + found.start("cut") - 1
            yield (
                Turn(lines[first].start, said_until, (shift + start, shift + end)),
                signature,
                number,
            )
        elif number and _is_signature(lines, number):
            above = before if line.blank_before else first
            start, end = _name(line)
            yield (
                Turn(lines[above].start, lines[number - 1].end, (start, end)),
                (line.start, line.end),
                number,
            )


def _name(line: Line) -> Offsets:
    found = _SIGNED.match(line.text)
    start, end = found.span("name") if found else (0, len(line.text))
    return line.start + start, line.start + end


def _is_signature(lines: Sequence[Line], number: int) -> bool:
    """Tell a line with a name after a dash, or under a quotation, from the item of a list."""
    line, above = lines[number], lines[number - 1]
    found = _SIGNED.match(line.text)
    if found is None or len(line.text) > LONGEST_SIGNATURE or len(found["name"].split()) < 2:
        return False
    after = lines[number + 1] if number + 1 < len(lines) else None
    if not (after is None or after.blank_before):
        return False
    if found["dash"] is None:
        known = found["name"].split()[0].casefold() in load_lexicons().given
        return known and above.text.endswith(_CLOSES_QUOTATION)
    listed = any(other is not None and other.text[:1] in "―—–-" for other in (above, after))
    return not listed and above.is_final
