"""Tell who wrote what in a mail: its author, those whom it quotes, those whom they quote.

The header tells the author; what stands below "-----Original Message-----", after
"X wrote:" or behind ">" is quoted by whoever wrote what is around it. Headers, marks,
closings and disclaimers are cut. What has no header and nothing of this is no mail.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import Line
from kg.reading.documents.voices.mail_marks import (
    DISCLAIMER,
    RULE,
    SENT_FROM,
    SEPARATOR,
    SIGN_OFF,
    TRANSPORT,
    WROTE,
    Header,
    author_before,
    introduced,
    introduces,
    is_field,
    person_in,
    read_header,
    without_marks,
)
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Offsets, Turn

LONGEST_CLOSING = 6
"""Words of a line under a closing; a longer one goes on with the text."""
MOST_CLOSING_LINES = 8
MOST_INTRODUCING = 3
"""Lines of "On … Ada Okoro <ada@example.org> / wrote:"."""
_OPENING = ("On ", "Le ", "Am ", "El ", "Il ", "Em ", "Op ")
NEAR_TOP = 3
"""Lines before which a header is that of the whole document."""


@dataclass(slots=True)
class _Stretch:
    """What somebody wrote, so far as it is read; ``depth`` is how many marks stand before it."""

    depth: int
    label: Offsets | None = None
    addressee: Offsets | None = None
    start: int = -1
    end: int = -1

    def is_unnamed_at(self, depth: int) -> bool:
        """Whether it has no author and no words yet, behind so many marks."""
        return depth == self.depth > 0 and self.label is None and self.start < 0


def find_mail(lines: Sequence[Line]) -> Spoken | None:
    """Return whose words stand where in a mail or several, None for what is no mail."""
    plain, depths = without_marks(lines)
    if not _is_mail(plain, depths):
        return None
    reader = _MailReader(lines, plain, depths)
    reader.read()
    written = [s for s in reader.stretches if s.start >= 0]
    turns = [Turn(s.start, s.end, s.label, s.addressee) for s in written]
    return Spoken(tuple(reader.kept), tuple(turns), tuple(reader.cut))


def _is_mail(lines: Sequence[Line], depths: Sequence[int]) -> bool:
    """Tell a text that has the header of a mail, or words quoted after "X wrote:"."""
    quoted = any(depths)
    for number, line in enumerate(lines):
        if SEPARATOR.match(line.text) or read_header(lines, number) is not None:
            return True
        if quoted and _introduces_quoted(lines, depths, number):
            return True
    return False


def _introduces_quoted(lines: Sequence[Line], depths: Sequence[int], number: int) -> bool:
    """Tell "Ada wrote:" over marks from a sentence of an article over a block quotation."""
    line = lines[number]
    if not WROTE.search(line.text) or not any(depths[number : number + 3]):
        return False
    before = lines[number - 1].text if number and not line.blank_before else ""
    return introduces(f"{before} {line.text}") or _is_over_quoted(lines, number)


def _is_over_quoted(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is "Ada wrote:" and no more, right over words."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    if after is None or after.blank_before or not after.text:
        return False
    return introduced(lines[number].text) is not None


@dataclass(slots=True)
class _MailReader:
    """Walks the lines of a mail with a stack of who quotes whom, the outermost first."""

    lines: Sequence[Line]
    plain: Sequence[Line]
    depths: Sequence[int]
    stretches: list[_Stretch] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    cut: list[Offsets] = field(default_factory=list)
    _open: list[_Stretch] = field(default_factory=list)
    _told: Offsets | None = None
    _quoted: dict[int, Offsets | None] = field(default_factory=dict)
    _own_fields: frozenset[str] | None = None
    _separated: bool = False
    _closing: int = 0
    _lawyers: bool = False
    _anew: bool = True

    def read(self) -> None:
        """Read all lines."""
        if self._begins_unnamed():
            self._begin(0, None)
        number = 0
        while number < len(self.plain):
            number = self._read_from(number)

    def _begins_unnamed(self) -> bool:
        """Whether the text begins with the words of an answer whose header is lost."""
        headers = (n for n in range(len(self.plain)) if read_header(self.plain, n))
        if next(headers, len(self.plain)) <= NEAR_TOP:
            return False
        return any(
            depth or SEPARATOR.match(line.text)
            for line, depth in zip(self.plain, self.depths, strict=True)
        )

    def _read_from(self, number: int) -> int:
        """Read a line, or all lines of a header, and return the number of the next."""
        self._follow_marks(number)
        header = read_header(self.plain, number)
        if header is not None:
            return self._begin_message(number, header)
        introduction = _introduction(self.plain, number)
        if introduction is not None and not SEPARATOR.match(self.plain[number].text):
            return self._introduce(number, *introduction)
        if self._says_nothing(number):
            return self._drop(number, number + 1)
        self._keep(number)
        return number + 1

    def _says_nothing(self, number: int) -> bool:
        """Tell a line that parts messages, a field of a header, a closing."""
        text = self.plain[number].text
        parts = SEPARATOR.match(text) or (self._separated and RULE.match(text))
        if parts:
            self._separated = True
        return bool(parts) or not text or is_field(text) or self._is_closing(number)

    def _begin(self, depth: int, label: Offsets | None, addressee: Offsets | None = None) -> None:
        """Begin somebody's words; those of nobody named that begin here become theirs."""
        if self._open and self._open[-1].is_unnamed_at(depth):
            self.stretches.remove(self._open.pop())
        stretch = _Stretch(depth, label, addressee)
        self.stretches.append(stretch)
        self._open.append(stretch)
        self._quoted[depth] = label
        self._told, self._closing, self._anew = None, 0, True

    def _follow_marks(self, number: int) -> None:
        """Open and close what is quoted as the marks before the lines come and go."""
        depth = self.depths[number]
        if depth:
            self.cut.append((self.lines[number].start, self.plain[number].start))
        while self._open and self._open[-1].depth > depth:
            self._open.pop()
            self._closing, self._anew = 0, True
        while depth > (self._open[-1].depth if self._open else 0):
            deeper = (self._open[-1].depth if self._open else 0) + 1
            # Behind as many marks as before, with an answer between, stands the same author.
            self._begin(deeper, self._told or self._quoted.get(deeper))

    def _begin_message(self, number: int, header: Header) -> int:
        """Begin what stands under a header: a message of its own, or one that is quoted."""
        depth, label, first = self.depths[number], header.author, number
        before = None if label else author_before(self.plain, number)
        if before is not None:
            first, label = before
            self._forget(first)
        if self._is_own(number, header):
            self._open, self._quoted = [], {}
            self._own_fields = header.fields
        self._begin(depth, label, header.addressee)
        self._separated = False
        return self._drop(first, header.end)

    def _is_own(self, number: int, header: Header) -> bool:
        """Tell a message of its own by its header from one that another quotes."""
        if self.depths[number] or self._separated:
            return False
        if header.fields & TRANSPORT or number <= NEAR_TOP:
            return True
        return self._own_fields == header.fields

    def _introduce(self, number: int, end: int, label: Offsets | None) -> int:
        """Read "X wrote:": it tells whose the words behind more marks are, or all that follow."""
        following = self.depths[end : end + 2]
        self._drop(number, end)
        if any(depth > self.depths[number] for depth in following):
            self._told = label
        else:
            self._begin(self.depths[number], label)
        return end

    def _is_closing(self, number: int) -> bool:
        """Tell the greetings, the name and the address under a mail, and what lawyers add."""
        line = self.plain[number]
        if self._is_lawyers(line) or _begins_closing(line) or self._is_author(line):
            self._closing = 1
            return True
        if not 0 < self._closing <= MOST_CLOSING_LINES:
            return False
        if not _is_address(line):
            self._closing = 0
            return False
        self._closing += 1
        for stretch in self._open[-1:]:
            stretch.label = stretch.label or _name_of_line(line)
        return True

    def _is_lawyers(self, line: Line) -> bool:
        """Tell a paragraph that lawyers add."""
        goes_on = self._lawyers and not line.blank_before
        self._lawyers = goes_on or DISCLAIMER.match(line.text) is not None
        return self._lawyers

    def _is_author(self, line: Line) -> bool:
        """Tell a line that is the author's name, or the first of their names."""
        if not self._open or not line.blank_before:
            return False
        span = self._open[-1].label
        if span is None:
            self._open[-1].label = _given_name(line)
            return self._open[-1].label is not None
        holder = self.lines[bisect_right(self.lines, span[0], key=lambda other: other.start) - 1]
        name = holder.text[span[0] - holder.start : span[1] - holder.start].casefold()
        written = line.text.rstrip(".,").casefold()
        return written == name or written in re.split(r"[\s,]+", name)

    def _drop(self, first: int, end: int) -> int:
        """Cut some lines, after which the text begins anew."""
        self.cut += [(self.lines[n].start, self.lines[n].end) for n in range(first, end)]
        self._anew = True
        return end

    def _forget(self, first: int) -> None:
        """Take back the lines from one on, which tell the author of what comes."""
        while self.kept and self.kept[-1].start >= self.plain[first].start:
            self.kept.pop()

    def _keep(self, number: int) -> None:
        """Take a line for the text of all who are open."""
        line = self.plain[number]
        self.kept.append(line._replace(blank_before=line.blank_before or self._anew))
        self._anew = self._separated = False
        for stretch in self._open:
            stretch.start = line.start if stretch.start < 0 else stretch.start
            stretch.end = line.end


def _is_address(line: Line) -> bool:
    """Tell a line of a name and an address from one that goes on with the text."""
    return len(line.text.split()) <= LONGEST_CLOSING and not line.text.endswith((".", "?"))


def _begins_closing(line: Line) -> bool:
    """Tell "Best regards,", "--", "Sent from my phone"."""
    greets = SIGN_OFF.fullmatch(line.text) or SENT_FROM.match(line.text)
    return greets is not None or line.text == "--"


def _introduction(lines: Sequence[Line], number: int) -> tuple[int, Offsets | None] | None:
    """Return the line after "On … X wrote:", which may fill three, and where the name stands."""
    joined = ""
    for end in range(number + 1, min(number + MOST_INTRODUCING, len(lines)) + 1):
        joined += lines[end - 1].text + " "
        opens = end == number + 1 or joined.startswith(_OPENING)
        if opens and WROTE.search(joined):
            name = introduced(joined)
            return None if name is None else (end, _placed(lines[number:end], name))
    return None


def _placed(lines: Sequence[Line], name: Offsets) -> Offsets | None:
    """Return where a stretch of lines joined by blanks stands, if all of it is in one of them."""
    shift = 0
    for line in lines:
        start, end = name[0] - shift, name[1] - shift
        if 0 <= start < end <= len(line.text):
            return line.start + start, line.start + end
        shift += len(line.text) + 1
    return None


def _given_name(line: Line) -> Offsets | None:
    """Return where a line is nothing but a known first name, as friends sign."""
    words = line.text.split()
    given = load_lexicons().given
    named = len(words) == 1 and words[0].istitle() and words[0].casefold() in given
    return (line.start, line.end) if named else None


def _name_of_line(line: Line) -> Offsets | None:
    """Return the name that is all of a line."""
    name = person_in(line.text)
    return (
        (line.start + name[0], line.start + name[1]) if name and line.text[:1].isupper() else None
    )
