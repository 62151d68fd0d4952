"""Find block quotations: behind ">", or set in after a colon.

They are somebody else's words: whose, a signature below tells ("— Ada Okoro"), or else the
sentence before them ("Ada Okoro wrote:"), which is read with the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.reading.documents.lines import NARROWEST_WRAPPED, Line, usual_width
from kg.reading.documents.paragraphs import LABEL, WIDEST_WRAPPED
from kg.reading.documents.voices.labels import is_heading_word
from kg.reading.documents.voices.mail_marks import without_marks
from kg.reading.documents.voices.signed import is_signature, signer
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Offsets, Turn

LEAST_WORDS = 3
LEAST_SET_IN = 3
"""Blanks by which each line of a quotation is set in from the text before it."""
_DASHES = tuple("―—–-")
_CALLOUT = re.compile(r"\[!\w+\]|[*_]{0,3}(?P<word>\w+)[*_]{0,3}\s?:")


class _Quotation(NamedTuple):
    """Its first line, the line after its last, and the line that signs it."""

    first: int
    end: int
    signature: int | None = None


def find_block_quotes(text: str, lines: Sequence[Line]) -> Spoken:
    """Return the block quotations as turns; their marks and signatures are cut."""
    del text
    plain, depths = without_marks(lines)
    found = [_signed(plain, q) for q in (*_marked(plain, depths), *_set_in(plain, depths))]
    turns = tuple(filter(None, (_turn(plain, quotation) for quotation in found)))
    signing = {q.signature for q in found if q.signature is not None}
    cut = [*_marks(lines, plain), *((plain[n].start, plain[n].end) for n in signing)]
    edges = {n for q in found for n in (q.first, q.end)}
    return Spoken(tuple(_left(plain, signing, edges)), turns, tuple(cut))


def _marks(lines: Sequence[Line], plain: Sequence[Line]) -> Iterator[Offsets]:
    """Yield the marks that lines have lost."""
    for line, bare in zip(lines, plain, strict=True):
        if line.start < bare.start:
            yield line.start, bare.start


def _left(lines: Sequence[Line], dropped: set[int], begins: set[int]) -> Iterator[Line]:
    """Yield the lines that hold words; those at the edges of quotations begin anew."""
    blank = False
    for number, line in enumerate(lines):
        blank = blank or line.blank_before or number in begins
        if line.text and number not in dropped:
            yield line.opening(anew=blank)
            blank = False
        else:
            blank = True


def _turn(lines: Sequence[Line], quotation: _Quotation) -> Turn | None:
    """Return whose words a quotation is, None if nothing but its signature is left."""
    signature = quotation.signature
    said = [lines[n] for n in _worded(lines, quotation) if n != signature]
    if sum(len(line.text.split()) for line in said) < LEAST_WORDS:
        return None
    return Turn(
        said[0].start, said[-1].end, None if signature is None else signer(lines[signature])
    )


def _worded(lines: Sequence[Line], quotation: _Quotation) -> list[int]:
    """Return the lines of a quotation that hold words."""
    return [n for n in range(quotation.first, quotation.end) if lines[n].text]


def _signed(lines: Sequence[Line], quotation: _Quotation) -> _Quotation:
    """Return a quotation with the line that signs it: its own last, or the next."""
    said = _worded(lines, quotation)
    if len(said) > 1 and _signs(lines, said[-1], said[-2], inside=True):
        return quotation._replace(signature=said[-1])
    if said and _signs(lines, quotation.end, said[-1], inside=False):
        return quotation._replace(signature=quotation.end)
    return quotation


def _signs(lines: Sequence[Line], number: int, above: int, *, inside: bool) -> bool:
    """Tell "— Ada Okoro" under the last words of a quotation, inside it or below."""
    if number >= len(lines) or not lines[number].text.startswith(_DASHES):
        return False
    after = next((line for line in lines[number + 1 :] if line.text), None)
    if inside and after is not None:
        after = after._replace(blank_before=True)
    return is_signature(lines[number], lines[above], after)


def _marked(lines: Sequence[Line], depths: Sequence[int]) -> Iterator[_Quotation]:
    """Yield what stands behind marks, those quoted in others after them."""
    for depth in range(1, max(depths, default=0) + 1):
        first = None
        for number, here in enumerate([*depths, 0]):
            if here >= depth and first is None:
                first = number
            elif here < depth and first is not None:
                if not _is_callout(lines[first].text):
                    yield _Quotation(first, number)
                first = None


def _is_callout(text: str) -> bool:
    """Tell "[!NOTE]", "**Note:**", which mark a document's own words off."""
    found = _CALLOUT.match(text)
    return found is not None and (not found["word"] or is_heading_word(found["word"]))


def _set_in(lines: Sequence[Line], depths: Sequence[int]) -> Iterator[_Quotation]:
    """Yield the paragraphs of sentences that are set in after a colon, in wrapped text."""
    if not NARROWEST_WRAPPED <= usual_width(lines) <= WIDEST_WRAPPED:
        return
    number = 1
    while number < len(lines):
        end = _end_of_set_in(lines, number)
        quoted = lines[number - 1].text.endswith(":") and not depths[number]
        if quoted and end > number + 1 and _is_prose(lines[number:end]):
            yield _Quotation(number, end)
        number = max(end, number + 1)


def _end_of_set_in(lines: Sequence[Line], first: int) -> int:
    """Return the line after the last that is set in from the one before the first."""
    margin = lines[first - 1].indent + LEAST_SET_IN
    end = first
    while end < len(lines) and lines[end].indent >= margin:
        end += 1
    return end


def _is_prose(block: Sequence[Line]) -> bool:
    """Tell sentences over several lines from the items of a list or a table."""
    opens = [line for n, line in enumerate(block) if n == 0 or line.blank_before]
    listed = any(LABEL.match(line.text) for line in block)
    return not listed and block[-1].is_final and 2 * len(opens) <= len(block)
