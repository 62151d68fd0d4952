"""Tell who wrote what in a mail: its author, those whom it quotes, those whom they quote.

The header tells the author; what stands below "-----Original Message-----", after
"X wrote:" or behind ">" is quoted by whoever wrote what is around it. Headers, marks,
closings and disclaimers are cut. What has no header and nothing of this is no mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.reading.documents.lines import Line
from kg.reading.documents.mail_marks import (
    DISCLAIMER,
    QUOTING,
    RULE,
    SEPARATOR,
    SIGN_OFF,
    TRANSPORT,
    WROTE,
    Header,
    author_before,
    introduced,
    person_in,
    read_header,
)
from kg.reading.documents.spoken import Spoken
from kg.records import Offsets, Turn

LONGEST_CLOSING = 6
"""Words of a line under a closing; a longer one goes on with the text."""
MOST_CLOSING_LINES = 8
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


def find_mail(lines: Sequence[Line]) -> Spoken | None:
    """Return whose words stand where in a mail or several, None for what is no mail."""
    plain, depths = _without_marks(lines)
    if not _is_mail(plain, depths):
        return None
    reader = _MailReader(lines, plain, depths)
    reader.read()
    written = [s for s in reader.stretches if s.start >= 0]
    turns = [Turn(s.start, s.end, s.label, s.addressee) for s in written]
    return Spoken(tuple(reader.kept), tuple(turns), tuple(reader.cut))


def _without_marks(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """Return the lines without marks of quoting, and how many marks each had."""
    plain, depths = [], []
    for line in lines:
        found = QUOTING.match(line.text)
        depths.append(found.group().count(">") if found else 0)
        bare = line if found is None else line.without(line.start + found.end())
        plain.append(bare._replace(blank_before=line.blank_before))
    return plain, depths


def _is_mail(lines: Sequence[Line], depths: Sequence[int]) -> bool:
    """Tell a text that has the header of a mail, or words quoted after "X wrote:"."""
    quoted = any(depths)
    for number, line in enumerate(lines):
        if SEPARATOR.match(line.text) or read_header(lines, number) is not None:
            return True
        if quoted and WROTE.search(line.text) and any(depths[number : number + 3]):
            return True
    return False


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
    _own_fields: frozenset[str] | None = None
    _separated: bool = False
    _closing: int = 0
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
        line, header = self.plain[number], read_header(self.plain, number)
        if header is not None:
            return self._begin_message(number, header)
        if SEPARATOR.match(line.text) or (self._separated and RULE.match(line.text)):
            self._separated = True
            return self._drop(number, number + 1)
        introduction = _introduction(self.plain, number)
        if introduction is not None:
            return self._introduce(number, *introduction)
        if not line.text or self._is_closing(number):
            return self._drop(number, number + 1)
        self._keep(number)
        return number + 1

    def _begin(self, depth: int, label: Offsets | None, addressee: Offsets | None = None) -> None:
        stretch = _Stretch(depth, label, addressee)
        self.stretches.append(stretch)
        self._open.append(stretch)
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
            self._begin((self._open[-1].depth if self._open else 0) + 1, self._told)

    def _begin_message(self, number: int, header: Header) -> int:
        """Begin what stands under a header: a message of its own, or one that is quoted."""
        depth, label, first = self.depths[number], header.author, number
        before = None if label else author_before(self.plain, number)
        if before is not None:
            first, label = before
            self._forget(first)
        if self._is_own(number, header):
            self._open = []
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
        if DISCLAIMER.match(line.text) or SIGN_OFF.fullmatch(line.text) or line.text == "--":
            self._closing = 1
            return True
        if not self._closing or self._closing > MOST_CLOSING_LINES:
            return False
        self._closing += 1
        short = len(line.text.split()) <= LONGEST_CLOSING and not line.text.endswith((".", "?"))
        if not short:
            self._closing = 0
        elif self._open and self._open[-1].label is None:
            self._open[-1].label = _name_of_line(line)
        return short

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


def _introduction(lines: Sequence[Line], number: int) -> tuple[int, Offsets | None] | None:
    """Return the line after "On … X wrote:", which may fill two, and where the name stands."""
    for end in (number + 1, number + 2):
        last = lines[end - 1] if end <= len(lines) else None
        if last is not None and WROTE.search(last.text):
            opens = end == number + 1 or lines[number].text.startswith(("On ", "Le ", "Am "))
            name = introduced(last.text) if opens else None
            if name is not None:
                return end, (last.start + name[0], last.start + name[1])
    return None


def _name_of_line(line: Line) -> Offsets | None:
    """Return the name that is all of a line."""
    name = person_in(line.text)
    return (
        (line.start + name[0], line.start + name[1]) if name and line.text[:1].isupper() else None
    )
