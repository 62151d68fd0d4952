"""Read .rtf: its text with headings, notes and cells, without what is struck out or hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.reading.documents.formats.blocks import PAGE_BREAK, Block, join_blocks
from kg.reading.documents.formats.extracted import Extracted, Unreadable

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
DESTINATIONS = frozenset(
    """
    fonttbl colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr
    footerf themedata datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl
    mmathPr fldinst filetbl revtbl bkmkstart bkmkend annotation atnid atnauthor pntext pntxta pntxtb
    nonshppict objdata
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Groups that hold no text of the document."""
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
        "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
        "rdblquote": "”", "softpage": PAGE_BREAK,
    }
)  # fmt: skip
ENDS = frozenset({"par", "sect", "cell", "nestcell", "row", "nestrow", "page"})
UNSEEN = frozenset({"strike", "striked", "v", "deleted"})
DEEPEST = 2000
MOST_TOKENS = 2_000_000
"""A file of more is all formatting, and would take a minute."""
CODE_PAGES: Mapping[int, str] = MappingProxyType({10000: "mac-roman", 65001: "utf-8", 42: "cp1252"})


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: whether its words are text, and how they are coded."""

    skipped: bool = False
    unseen: frozenset[str] = frozenset()
    after_code: int = 1
    place: str = "body"


@dataclass(slots=True)
class _RichTextReader:
    """Reads one token after the other, with a stack of groups and no recursion."""

    encoding: str = "cp1252"
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    author: list[str] = field(default_factory=list)
    heading: bool = False
    left_out: int = 0
    star: bool = False

    def read(self, content: bytes) -> None:
        """Take in a whole file."""
        position, tokens = 0, 0
        while found := TOKEN.search(content, position):
            position, tokens = found.end(), tokens + 1
            if tokens > MOST_TOKENS:
                raise Unreadable("it holds too much formatting to be a text")
            word, number, code, sign, brace, text = found.groups()
            if word == b"bin":
                position += max(0, int(number or 0))
            elif word:
                self._control(word.decode("ascii"), number)
            elif brace:
                self._group(brace)
            else:
                self._piece(code, sign, text)
        self._end_paragraph()

    def _group(self, brace: bytes) -> None:
        """Open a group, or close one and go back to what held outside it."""
        if brace == b"{":
            if len(self.stack) >= DEEPEST:
                raise Unreadable("its groups nest too deeply")
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()
        self.star, self.left_out = False, 0

    def _control(self, word: str, number: bytes | None) -> None:
        """Do what a control word says."""
        value = int(number) if number is not None else 1
        if word in DESTINATIONS or (self.star and word != "title"):
            self.state = replace(self.state, skipped=True)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif word in ENDS:
            self._end_paragraph()
        elif word in UNSEEN:
            marks = self.state.unseen
            self.state = replace(self.state, unseen=marks | {word} if value else marks - {word})
        elif word == "u":
            self._write(chr(value % 0x10000))
            self.left_out = self.state.after_code
        else:
            self._setting(word, value)
        self.star = False

    def _setting(self, word: str, value: int) -> None:
        """Take in what changes how the following is read."""
        if word == "uc":
            self.state = replace(self.state, after_code=min(max(value, 0), 8))
        elif word == "ansicpg":
            self.encoding = CODE_PAGES.get(value, f"cp{value}")
        elif word == "pard":
            self.heading = False
        elif word == "plain":
            self.state = replace(self.state, unseen=frozenset())
        elif word == "outlinelevel":
            self.heading = value < 9
        elif word == "footnote":
            self._open_note()
        elif word in ("info", "title", "author"):
            self.state = replace(self.state, place=word)

    def _open_note(self) -> None:
        """Write the mark that calls a note; what follows in the group is the note's text."""
        self.notes.append([])
        self._write(f"[{len(self.notes)}]")
        self.state = replace(self.state, place="note")

    def _piece(self, code: bytes | None, sign: bytes | None, text: bytes | None) -> None:
        """Take in a run of text, a coded byte or a control sign."""
        if sign == b"*":
            self.star = True
        elif code:
            self._bytes(bytes.fromhex(code.decode("ascii")))
        elif text:
            self._bytes(text)
        elif sign in (b"~", b"_", b"\\", b"{", b"}", b"\n", b"\r"):
            signs = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n"}
            self._write(signs.get(sign or b"", (sign or b"").decode("latin-1")))

    def _bytes(self, content: bytes) -> None:
        """Write bytes as text, but for those that stand in for a character told before."""
        kept = content[self.left_out :]
        self.left_out = max(0, self.left_out - len(content))
        try:
            self._write(kept.decode(self.encoding, "replace"))
        except LookupError:
            self.encoding = "cp1252"
            self._write(kept.decode(self.encoding, "replace"))

    def _write(self, text: str) -> None:
        if self.state.skipped or self.state.unseen:
            return
        if self.state.place == "note":
            self.notes[-1].append(text)
        elif self.state.place == "title":
            self.title.append(text)
        elif self.state.place == "author":
            self.author.append(text)
        elif self.state.place == "body":
            self.words.append(text)

    def _end_paragraph(self) -> None:
        if self.state.place == "note":
            self.notes[-1].append(" ")
        elif not self.state.skipped:
            # Characters beyond the first plane are written as two halves.
            text = (
                "".join(self.words)
                .encode("utf-16-le", "surrogatepass")
                .decode("utf-16-le", "replace")
            )
            item = text.startswith("•")
            kind = "heading" if self.heading else "item" if item else "paragraph"
            self.blocks.append(Block(text.lstrip("•"), kind))  # type: ignore[arg-type]
            self.words.clear()


def read_rtf(content: bytes) -> Extracted:
    """Return the text of a file in Rich Text Format."""
    if not content.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("it is not in Rich Text Format, whatever its name says")
    reader = _RichTextReader()
    reader.read(content)
    notes = (Block(f"[{n}] {''.join(text).strip()}") for n, text in enumerate(reader.notes, 1))
    text, page_breaks = join_blocks([*reader.blocks, *notes])
    title, author = "".join(reader.title), "".join(reader.author)
    return Extracted(text, title, page_breaks, author=author)
