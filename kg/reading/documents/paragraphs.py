"""Put lines together to paragraphs, and tell headings and the items of lists.

A scan or a file wrapped by hand breaks one paragraph over many lines; other files
hold a paragraph on each line. The usual width of the lines tells which it is. In
wrapped text a paragraph ends at a blank line, at a short line that ends a sentence,
before a label ("139.", "(a)", a bullet) and around headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import LONGEST_TAIL, NARROWEST_WRAPPED, Line

LABEL = re.compile(
    r"(?P<hash>#{1,6}\s+)|(?P<quote>>\s+)"
    r"|(?P<bullet>[•▪◦‣●○■□❖➢✓\uf0b7*+–—-]\s+(?=\S))"
    r"|(?P<clause>(?:(?:Article|Art\.|Section|Sec\.|Clause|Rule)\s+(?=\d)|§+\s*)\d{1,3}[A-Z]?(?:\.\d{1,3}){0,4}"
    r"(?:\.|:|\)|(?<=\d)(?=\s\s|\s+\(|\s+(?:The|An?|Each|Every|All|Any|No|If|In|Where|When|Upon|This|These)\b)))\s+(?=\S)"
    r"|(?P<section>\d{1,3}(?:\.\d{1,3}){1,4}\.?)\s+(?=[\"'“‘(]?[A-ZÀ-Þ])"
    r"|(?P<number>\d{1,4})[.)]\s+(?=\S)|\((?P<round>\d{1,3})\)\s+(?=\S)"
    r"|\(?(?P<letter>[a-z]|[ivxl]{1,5})[.)]\s+(?=\S)|(?P<capital>[A-Z]|[IVXL]{1,5})\.\s+(?=[A-Z])"
)
BEGINNING = re.compile(r"(?:\d{1,3}[.)]\s+)?[A-ZÀ-Þ]")
LONE_LABEL = re.compile(r"\d{1,3}[.)]|\(\d{1,3}\)")
WIDEST_WRAPPED = 160
"""Lines longer than this are whole paragraphs: nobody wraps by hand so far out."""
SHORT = 0.85
"""A line this much shorter than usual, or more, ends before the margin."""
LONGEST_HEADING, MOST_HEADING_WORDS = 120, 16
CAPITALISED = 0.7
"""Share of a heading's longer words that begin with a capital ("Funding and Oversight")."""
TRAILING = re.compile(r"(?:\[\d{1,3}\]|[\"'”’)*_\s])+$")
"""What may follow a sentence's last mark: quotation marks, brackets, a note's mark."""
ALMOST = 0.6
"""A heading's first line fills at least this share of the width if there is a second."""
FULL = 60
"""Characters of a line that is no heading, whatever the width."""
INSIDE_SENTENCE = re.compile(r"[(\[\"“‘]?[a-zà-ÿ]")
UNFINISHED = frozenset(
    """
    a an the of in to for by with from at on into upon under and or nor that which who whose
    is are was were be been has have had include includes including
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Words that something must follow."""
SMALL_WORDS = 4
"""Words of fewer letters need no capital in a heading."""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one paragraph, its printed number and how long its label is."""

    lines: tuple[Line, ...]
    number: str
    label_length: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph's words: its length, its number, its kind."""

    kind: str = ""
    number: str = ""
    length: int = 0


NO_LABEL = Label()
NUMBERED = frozenset({"section", "number", "round"})
"""Kinds of labels whose number is the paragraph's."""
NEVER_OVER_HEADINGS = frozenset({"bullet", "quote"})


@dataclass(slots=True)
class ParagraphReader:
    """Groups lines, knowing how wide they are and which numbers begin lines anywhere."""

    width: int
    numbers: frozenset[str] = frozenset()
    _open: list[Line] = field(default_factory=list)
    _label: Label = NO_LABEL
    _heading: bool = False

    @property
    def wrapped(self) -> bool:
        """Whether a paragraph goes on from line to line."""
        return NARROWEST_WRAPPED <= self.width <= WIDEST_WRAPPED

    def read(self, lines: Iterable[Line]) -> Iterator[LineGroup]:
        """Yield the paragraphs in order."""
        following = iter([*lines, None])
        line = next(following)
        for after in following:
            assert line is not None  # noqa: S101 - only the last one is None
            if self._is_lone_label(line, after):
                yield from self._close()
                yield LineGroup((line,), "", len(line.text), heading=False)
                self._label = Label("number", line.text.strip("(.)"))
            else:
                yield from self._take(line, after)
            line = after
        yield from self._close()

    def _take(self, line: Line, after: Line | None) -> Iterator[LineGroup]:
        """Add a line to the open paragraph, or yield that and begin another."""
        if self._goes_on_in_capitals(line):
            self._heading = self._heading and not line.is_final
        else:
            label = self._find_label(line)
            heading = self._is_heading(line, label, after)
            if self._begins(line, label, heading):
                yield from self._close()
                above = self._label if not self._open and not label.kind else NO_LABEL
                self._label = replace(above, length=0) if above.number else label
                self._heading = heading
        self._open.append(line)

    def _is_lone_label(self, line: Line, after: Line | None) -> bool:
        """Whether a paragraph's number stands in a line of its own above it."""
        goes_on = after is None or after.text[0].islower()
        return (
            LONE_LABEL.fullmatch(line.text) is not None and not goes_on and self._after_break(line)
        )

    def _close(self) -> Iterator[LineGroup]:
        """Yield the open paragraph, if there is one, and begin anew."""
        if self._open:
            label = self._label
            yield LineGroup(tuple(self._open), label.number, label.length, self._heading)
            self._label = NO_LABEL
        self._open = []

    def _after_break(self, line: Line) -> bool:
        """Whether the line before leaves room for something new to begin here."""
        if not self._open or self._heading or not self.wrapped:
            return True
        before = self._open[-1]
        if line.page != before.page and not self._label.kind:
            return before.is_final or not line.text[0].islower()
        if line.blank_before:
            return True
        return before.is_final or (bool(self._label.kind) and self._is_short(before))

    def _is_short(self, line: Line) -> bool:
        return len(line.text) < SHORT * self.width

    def _find_label(self, line: Line) -> Label:
        """Return what stands before the line's words, if anything could begin here."""
        found = LABEL.match(line.text)
        if found is None or found.end() == len(line.text):
            return NO_LABEL
        if not self._after_break(line) and not self._is_next_item(found):
            return NO_LABEL
        kind = found.lastgroup or ""
        number = found[kind] if kind in NUMBERED else ""
        rest = line.text[found.end() :]
        if self._is_out_of_sequence(kind, number) or self._is_initial(kind, rest):
            return NO_LABEL
        return Label(kind, number.rstrip("."), found.end())

    def _is_next_item(self, found: re.Match[str]) -> bool:
        """Tell the same bullet, or the next number, as stands before the open paragraph."""
        kind = found.lastgroup or ""
        if kind == "bullet":
            first = self._open[0].text
            return self._label.kind == kind and first[0] == found[kind][0]
        numbered = kind in NUMBERED and self._label.number.isdigit() and found[kind].isdigit()
        return numbered and int(found[kind]) == int(self._label.number) + 1

    def _is_out_of_sequence(self, kind: str, number: str) -> bool:
        """Tell "(4)" or "1984." at a line's beginning where no 3 or 5, no 1985, begins another."""
        doubtful = kind == "round" or (kind == "number" and len(number) == 4)
        return doubtful and not self.numbers & {str(int(number) - 1), str(int(number) + 1)}

    def _is_initial(self, kind: str, rest: str) -> bool:
        """Tell the letter in "J. Smith went home", which heads nothing, from "B. Sources"."""
        return kind == "capital" and not self._looks_like_title(rest)

    def _begins(self, line: Line, label: Label, heading: bool) -> bool:
        """Whether a new paragraph begins with this line."""
        if not self._open:
            return True
        before = self._open[-1]
        if heading and self._could_continue_heading(line, label):
            return len(line.text) > len(before.text) or len(before.text) < ALMOST * self.width
        if heading or self._heading or label.kind:
            return True
        return self._begins_paragraph(before, line)

    def _goes_on_in_capitals(self, line: Line) -> bool:
        """Whether a sentence in capitals, of which each line looks like a heading, goes on."""
        if not self._open or line.blank_before or not line.text.isupper():
            return False
        before = self._open[-1]
        whole = not before.is_final and len(before.text) >= ALMOST * self.width
        return whole and self.wrapped and before.text.isupper() and not LABEL.match(line.text)

    def _could_continue_heading(self, line: Line, label: Label) -> bool:
        """Whether the open heading may have a second line, and this is it."""
        return self._heading and not label.kind and not line.blank_before

    def _begins_paragraph(self, before: Line, line: Line) -> bool:
        """Whether running text begins anew after the line before."""
        if line.page != before.page:
            return not self._goes_on(before, line)
        if line.blank_before:
            return not self._is_cut(before, line)
        if not self.wrapped:
            return before.is_final or not line.text[0].islower()
        return self._ends_early(before, line)

    def _goes_on(self, before: Line, line: Line) -> bool:
        """Whether a paragraph goes on over the end of a page."""
        if before.is_final and not before.text.endswith((",", ";")):
            return False
        full = min(FULL, SHORT * self.width) if self.wrapped else FULL
        long = len(before.text) >= full
        return line.text[0].islower() or before.text[-1] in ",;-–—" or long

    def _is_cut(self, before: Line, line: Line) -> bool:
        """Whether an empty line parts a sentence: a full line that does not end, and what it lacks."""
        return self.wrapped and not self._is_short(before) and breaks_off(before, line)

    def _ends_early(self, before: Line, line: Line) -> bool:
        """Whether a sentence ends before the margin, or the next line is set in."""
        if not before.is_final or line.text[0].islower():
            return False
        return self._is_short(before) or 2 <= line.indent - before.indent <= 12

    def _is_heading(self, line: Line, label: Label, after: Line | None) -> bool:
        """Whether a line is a heading: marked as one, or short, without a full stop, on its own."""
        text = line.text[label.length :]
        if label.kind == "hash" or _is_caption(line, after):
            return True
        if label.kind in NEVER_OVER_HEADINGS or not _could_be_title(text):
            return False
        if not self.wrapped or (self._after_break(line) and self._is_short(line)):
            return self._is_lone_heading(line, label, after)
        return self._is_first_of_two(line, label, after) and self._looks_like_title(text)

    def _is_lone_heading(self, line: Line, label: Label, after: Line | None) -> bool:
        """Whether a line that could be a title is one: by its place, or by its capitals."""
        if after is not None and not after.blank_before and after.text[0].islower():
            return False
        alone = not self.wrapped or _stands_alone(line, after) or self._stands_over(line, after)
        return (alone and not label.kind) or self._looks_like_title(line.text[label.length :])

    def _stands_over(self, line: Line, after: Line | None) -> bool:
        """Whether a line ends though the first word of the full line below had found room."""
        apart = line.blank_before or not self._open
        if after is None or after.page != line.page or not apart or line.text.endswith("?"):
            return False
        return LONE_LABEL.fullmatch(after.text) is not None or self._left_room(line, after)

    def _left_room(self, line: Line, after: Line) -> bool:
        """Whether a line that could end a title ends before the first word of the full one below."""
        if self._is_short(after) or line.text.rsplit(maxsplit=1)[-1] in UNFINISHED:
            return False
        room = self.width * SHORT - len(line.text)
        first_word = after.text.split(maxsplit=1)[0]
        return BEGINNING.match(after.text) is not None and room > 1 + len(first_word)

    def _is_first_of_two(self, line: Line, label: Label, after: Line | None) -> bool:
        """Whether a full line may be the first of a heading's two: only after a label."""
        if not label.kind or after is None or not self._after_break(line):
            return False
        return self._is_short(after) and self._looks_like_title(after.text)

    def _looks_like_title(self, text: str) -> bool:
        """Whether a line is in capitals, or most of its longer words begin with one."""
        if not _could_be_title(text):
            return False
        words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) >= SMALL_WORDS]
        words = words or re.findall(r"[^\W\d_]+", text)
        capital = sum(word[0].isupper() for word in words)
        return capital >= CAPITALISED * len(words) and bool(words)


def breaks_off(before: Line, line: Line) -> bool:
    """Whether a line does not end a sentence, and lacks what the other one has."""
    if before.is_final:
        return False
    last = before.text.rsplit(maxsplit=1)[-1]
    lacking = last in UNFINISHED or last.endswith(",") or _has_open_bracket(before.text)
    return lacking or INSIDE_SENTENCE.match(line.text) is not None


def _could_be_title(text: str) -> bool:
    """Whether a line is short, begins like a title and does not end like a sentence."""
    if len(text) > LONGEST_HEADING or len(text.split()) > MOST_HEADING_WORDS:
        return False
    if text[:1].islower() or not re.search(r"[^\W\d_]{2}", text):
        return False
    last = TRAILING.sub("", text[-LONGEST_TAIL:])[-1:]
    return last not in tuple(".,;:!\u2026-") and (last != "?" or len(text) <= 80)


def _is_caption(line: Line, after: Line | None) -> bool:
    """Whether a line by itself names what stands in a picture or a table, and is no sentence."""
    if line.is_final or (after is not None and not after.blank_before):
        return False
    first, _, rest = line.text.lstrip("*_[( ").partition(" ")
    word = re.match(r"[^\W\d_]+", first)
    if word is None or word[0].casefold() not in load_lexicons().words["caption_word"]:
        return False
    return first.endswith(":") or rest[:1].isdigit() or first[-1].isdigit()


def _has_open_bracket(text: str) -> bool:
    """Whether a bracket opens in a line and does not close there."""
    return text.count("(") > text.count(")")


def _stands_alone(line: Line, after: Line | None) -> bool:
    """Whether empty lines part a line from the others."""
    return line.blank_before and (after is None or after.blank_before)
