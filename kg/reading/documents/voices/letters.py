"""Find letters, alone or inside a report: "Dear Ms Falk, … Yours sincerely, Omar Teck".

What stands between the salutation and the closing are the signer's words: "I" is the signer,
"you" whom the salutation names. What follows as "P.S." is the signer's, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME, WORD, names_person
from kg.reading.documents.voices.mail_marks import SIGN_OFF
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Offsets, Turn

LONGEST_LETTER = 1000
"""Lines from a salutation to its closing, at most."""
MOST_TITLES = 4
"""Lines under a signature that tell who signs ("Minister of Ports")."""
LONGEST_TITLE = 8
"""Words of such a line."""
_GREETED = r"(?:Sirs?|Madam|Gentlemen|Ladies and Gentlemen|Colleagues?|Friends?|All|Editor)"
_SALUTATION = re.compile(
    rf"(?:(?:My |Most )?(?:[Dd]ear(?:est)?|DEAR)\s(?P<name>[^\n,:;.!?]{{1,60}}(?:\.\s[^\n,:;.!?]{{1,40}})?)\s?[,:;!—-]{{1,2}}"
    rf"|(?:{_GREETED}|{_GREETED.upper()}|To the Editor|Your Excellency|Excellency|My Lord|To Whom It May Concern)\s?[,:;—-]{{1,2}})"
    r"(?:\s+|$)"
)
_CLOSING = re.compile(
    r"(?:.{0,80}\b(?:your|his|her)\b.{0,60}\b(?:servant|friend)s?|(?:very |most )?(?:respectfully|faithfully)(?: yours?)?(?: submitted)?"
    r"|(?:i am|i remain|i have the honou?r)\b.{0,60}(?:&c|etc)\.?|(?:very |most )?(?:truly|sincerely|cordially|respectfully) yours"
    r"|yours (?:very |most )?(?:truly|sincerely|faithfully|respectfully|cordially|ever|always)|all the best|as ever)[,.:;—-]{0,2}$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    rf"(?:\(?(?:Signed|signed|s/|/s/)[:.,)]{{0,2}}\s*)?(?P<name>{NAME})\.?(?:,[^.?!\n]{{1,60}})?$"
)
_POSTSCRIPT = re.compile(r"(?:P\.?\s?){1,2}S\.?\s?[:.—–-]?\s+")


class _Letter(NamedTuple):
    """The lines of a salutation, a closing and a signature; the line after the letter."""

    salutation: int
    closing: int
    signature: int
    end: int


def find_letters(text: str, lines: Sequence[Line]) -> Spoken:
    """Return the letters as turns of those who sign them; salutation and closing are cut."""
    del text
    letters = list(_letters(lines))
    turns: list[Turn] = []
    opened: dict[int, int] = {}
    for letter in letters:
        signer = _signer(lines[letter.signature])
        greeted, after = _salutation(lines[letter.salutation])
        opened[letter.salutation] = after
        start = _start(lines, letter.salutation, after)
        if start < lines[letter.closing - 1].end:
            turns.append(Turn(start, lines[letter.closing - 1].end, signer, greeted))
        for first, start, last in _postscripts(lines, letter.end):
            opened[first] = start
            turns.append(Turn(start, lines[last].end, signer, greeted))
    dropped = {n for letter in letters for n in range(letter.closing, letter.end)}
    cut = [(lines[n].start, lines[n].end) for n in dropped]
    cut += [(lines[n].start, after) for n, after in opened.items()]
    return Spoken(tuple(_left(lines, opened, dropped)), tuple(turns), tuple(cut))


def _start(lines: Sequence[Line], salutation: int, after: int) -> int:
    """Return where the words of a letter begin: behind its salutation or in the next line."""
    return after if after < lines[salutation].end else lines[salutation + 1].start


def _left(lines: Sequence[Line], opened: dict[int, int], dropped: set[int]) -> Iterator[Line]:
    """Yield the lines without salutations and closings; what follows begins anew."""
    anew = False
    for number, line in enumerate(lines):
        if number in dropped or opened.get(number, line.start) >= line.end:
            anew = True
        elif number in opened:
            yield line.without(opened[number])
            anew = False
        else:
            yield line.opening(anew=anew)
            anew = False


def _letters(lines: Sequence[Line]) -> Iterator[_Letter]:
    """Yield each salutation with the first closing after it that somebody signs."""
    number = 0
    while number < len(lines):
        letter = _letter(lines, number) if _opens(lines, number) else None
        if letter is not None:
            yield letter
        number = letter.end if letter is not None else number + 1


def _opens(lines: Sequence[Line], number: int) -> bool:
    """Tell a salutation at the beginning of a paragraph."""
    line = lines[number]
    return (number == 0 or line.blank_before) and _SALUTATION.match(line.text) is not None


def _letter(lines: Sequence[Line], salutation: int) -> _Letter | None:
    """Return the letter that a salutation opens, None if nobody signs it before the next."""
    last = min(len(lines), salutation + LONGEST_LETTER)
    for number in range(salutation + 1, last):
        if _opens(lines, number):
            return None
        signature = _signature(lines, number)
        if signature is not None:
            return _Letter(salutation, number, signature, _end(lines, signature))
    return None


def _signature(lines: Sequence[Line], number: int) -> int | None:
    """Return the line of whoever signs under a closing, or signs right here without one."""
    if _is_closing(lines[number]):
        return next((n for n in (number + 1, number + 2) if _signs(lines, n)), None)
    return number if _signs_alone(lines, number) else None


def _signs_alone(lines: Sequence[Line], number: int) -> bool:
    """Tell a person's name over titles, between empty lines."""
    end = _end(lines, number)
    closed = end == len(lines) or lines[end].blank_before
    return closed and lines[number].blank_before and _is_name(lines[number])


def _is_name(line: Line) -> bool:
    """Tell a person's name from a heading."""
    found = _SIGNATURE.match(line.text)
    words = WORD.findall(found["name"]) if found else []
    return 0 < len(words) <= LONGEST_TITLE and not line.is_final and names_person(words)


def _is_closing(line: Line) -> bool:
    return bool(SIGN_OFF.fullmatch(line.text) or _CLOSING.match(line.text))


def _signs(lines: Sequence[Line], number: int) -> bool:
    """Tell a line that is a name."""
    found = _SIGNATURE.match(lines[number].text) if number < len(lines) else None
    return found is not None and len(found["name"].split()) <= LONGEST_TITLE


def _end(lines: Sequence[Line], signature: int) -> int:
    """Return the line after the titles that stand under a signature."""
    end = signature + 1
    while end < len(lines) and end - signature <= MOST_TITLES and _is_title(lines[end]):
        end += 1
    return end


def _is_title(line: Line) -> bool:
    short = len(line.text.split()) <= LONGEST_TITLE and not line.text.endswith(("?", ":"))
    return short and not line.blank_before and not _POSTSCRIPT.match(line.text)


def _signer(line: Line) -> Offsets | None:
    found = _SIGNATURE.match(line.text)
    if found is None:
        return None
    start = line.start + found.start("name")
    first = found["name"].partition(",")[0]
    name = first if " " in first else found["name"]
    return start, start + len(name.rstrip("."))


def _salutation(line: Line) -> tuple[Offsets | None, int]:
    """Return where a salutation names somebody, and where it ends."""
    found = _SALUTATION.match(line.text)
    if found is None:
        return None, line.start
    after, name = line.start + found.end(), found["name"]
    words = WORD.findall(name or "")
    named = bool(words) and words[0][0].isupper() and not re.fullmatch(_GREETED, words[0])
    if not named or (len(words) > 2 and not names_person(words)):
        return None, after
    return (line.start + found.start("name"), line.start + found.end("name")), after


def _postscripts(lines: Sequence[Line], number: int) -> Iterator[tuple[int, int, int]]:
    """Yield the first line of each paragraph "P.S. …", where its words begin, its last line."""
    while number < len(lines) and (found := _POSTSCRIPT.match(lines[number].text)):
        first, start = number, lines[number].start + found.end()
        number += 1
        while number < len(lines) and not lines[number].blank_before:
            number += 1
        yield first, start, number - 1
