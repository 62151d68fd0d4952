"""The text that the parser reads, and the way back to the document's offsets.

A parser takes a line break for the end of a clause and a note's mark for a word. So
it reads a text from which furniture and notes are cut, in which hard line wraps are
spaces, words that a line's end, a prefix's hyphen or a scan's smudge broke are whole again,
single quotation marks are double and curly apostrophes straight. Each character of it knows where it stands in the document,
and only document offsets leave ``reading/``.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal, NamedTuple

from kg.errors import InvalidRecordError
from kg.reading.documents.composed import Composed, Move, compose, moved, moved_spans
from kg.reading.documents.defined_terms import find_terms
from kg.reading.documents.lists import Entry
from kg.reading.parsing.broken_words import broken_words
from kg.reading.parsing.capitals import in_running_case
from kg.reading.parsing.glued_words import glued_words
from kg.reading.parsing.hyphens import SUSPENDED, Hyphens
from kg.reading.parsing.plain_amounts import amounts_to_rewrite, with_plain_amounts
from kg.records import Document, Offsets, Paragraph

BlockKind = Literal["paragraph", "heading", "note", "label"]
BLOCK_END = "\n\n"
LONGEST_BLOCK = 20_000
"""Characters; the parser's memory grows with the longest block that it gets."""
INVISIBLE = "\u200b\u2060\ufeff\u00ad"
"""Characters without width that part no words: they are left out."""
RUN = re.compile(rf"[^\s{INVISIBLE}]+(?: [^\s{INVISIBLE}]+)*")
BROKEN_WORD = re.compile(r"([^\W_]+)[-\u2010\u00ad]$")
NEXT_WORD = re.compile(r"[^\W_]+")
DROPPED = re.compile(r"\b(?:co|re|de)-(?=[a-z]{3})|``|''", re.IGNORECASE)
"""The last character of each goes: the tokeniser would make three words of "co-operation",
and the parser nonsense of them; typewriter quotation marks are one mark, not two."""
QUOTED = re.compile(r"(?<![\w'’])['‘](?=\w)([^'‘’\n]{1,200}?)['’](?![\w'’])")
"""Words in single quotation marks; the parser takes a single one for a possessive."""
APOSTROPHE = re.compile(r"(?<=\w)(?:’|[\u02bc\u00b4`\u2032](?=\w))")
"""A printed apostrophe, or a sign used for one; the parser knows "it's", and makes nothing of "it’s"."""
CLOSING_MARKS = frozenset(",.;:)")
SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s")


class Stretch(NamedTuple):
    """A stretch of the document; ``small`` has its first letter written small."""

    start: int
    end: int
    small: bool = False


Piece = Stretch | str
"""Words of the document, or some that stand nowhere in it."""


class Plan(NamedTuple):
    """What a block is made of: words of the document, and of our own between them."""

    pieces: tuple[Piece, ...]
    kind: BlockKind = "paragraph"


NO_PLAN = Plan(())


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, note or speaker's name in the analysis text, in offsets of that text.

    A name that is cut as furniture stands by itself, so that it can be known and linked.
    """

    start: int
    end: int
    kind: BlockKind
    plan: Plan = field(default=NO_PLAN, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that stands letter for letter (quotation marks apart) in the document.

    It begins there at ``document_start``.

    ``joined`` says that only white space or a line-end hyphen parts it from the run
    before, so that both are one stretch of the document. ``tail`` are accents that the
    document writes by themselves after the last letter.
    """

    start: int
    end: int
    document_start: int
    joined: bool
    tail: int = 0

    def in_document(self, start: int, end: int) -> Offsets:
        """Return where a part of the run stands in the document."""
        shift = self.document_start - self.start
        return start + shift, end + shift + (self.tail if end == self.end else 0)

    def goes_on_in(self, after: Run) -> bool:
        """Whether nothing at all parts two runs in the document."""
        end = self.document_start + self.end - self.start + self.tail
        return self.end == after.start and after.document_start <= end


NO_RUN = Run(sys.maxsize, sys.maxsize, sys.maxsize, joined=False)
"""What follows the last run."""
Place = tuple[int, int, int]
"""Number of the unbroken stretch of the document in which a word stands, its start and end there.

Words of one stretch have nothing but white space and each other between them.
"""
NO_PLACE: Place = (-1, -1, -1)


@dataclass(frozen=True, slots=True)
class AnalysisText:
    """Running text for the parser: blocks with an empty line between them.

    ``amounts`` are those that the parser would misread, as they stand, by their place: ``text`` has in their place
    what the parser knows (``plain_amounts.py``).
    """

    text: str
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()
    amounts: Mapping[int, str] = field(default_factory=dict)

    def to_document(self, start: int, end: int) -> tuple[Offsets, ...]:
        """Return the stretches of the document that ``text[start:end]`` stands for.

        There are several where furniture or a note's mark parts them; none is empty
        or begins or ends with white space. White space alone stands for none.
        """
        spans: list[Offsets] = []
        first = bisect_right(self.runs, start, key=attrgetter("end"))
        for index in range(first, len(self.runs)):
            run = self.runs[index]
            if run.start >= end:
                break
            span = self._piece(run, start, end)
            if span is None:
                continue
            if spans and run.joined:
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
        return tuple(spans)

    def places(self, starts: Sequence[int], ends: Sequence[int]) -> list[Place]:
        """Return where each of the words stands whose offsets come in reading order.

        A word that furniture or a line's end parts, or that is white space, has no place.
        """
        found: list[Place] = []
        number, at, runs = 0, 0, [*self.runs, NO_RUN]
        for start, end in zip(starts, ends, strict=True):
            while runs[at].end <= start:
                at += 1
                number += not runs[at].joined
            last = at
            while runs[last].end < end and runs[last].goes_on_in(runs[last + 1]):
                last += 1
            first, final = runs[at], runs[last]
            if first.start <= start and end <= final.end and self.text[start] != " ":
                place = first.in_document(start, start)[0], final.in_document(end, end)[1]
                found.append((number, *place))
            else:
                found.append(NO_PLACE)
        return found

    def sentence_span(self, start: int, end: int) -> Offsets:
        """Return one stretch of the document, from the first word of a sentence to its last."""
        spans = self.to_document(start, end)
        if not spans:
            raise InvalidRecordError(f"A sentence must hold some text: {self.text[start:end]!r}")
        return bounds(spans)

    def _piece(self, run: Run, start: int, end: int) -> Offsets | None:
        """Return where the asked part of a run stands, without white space around it."""
        start, end = max(start, run.start), min(end, run.end)
        while start < end and self.text[start] == " ":
            start += 1
        while start < end and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            return None
        return run.in_document(start, end)


def make_analysis_text(document: Document, plans: Iterable[Plan] | None = None) -> AnalysisText:
    """Return what the parser reads of a document; all of it where no layout is marked.

    ``plans`` tell of what the blocks are made, where this is more than ``plan_blocks`` knows.
    """
    plans = plan_blocks(document) if plans is None else plans
    composed = compose(document.text)
    if composed is None:
        return _written(document, plans)
    move = composed.from_document
    inside = replace(
        document,
        text=composed.text,
        paragraphs=moved(document.paragraphs, move),
        footnotes=moved(document.footnotes, move),
        furniture=moved_spans(document.furniture, move),
        turns=moved(document.turns, move),
    )
    own = {_moved(plan, move): plan for plan in plans}
    written = _written(inside, own)
    blocks = tuple(replace(block, plan=own[block.plan]) for block in written.blocks)
    return replace(written, blocks=blocks, runs=tuple(_in_document(written.runs, composed)))


def _moved(plan: Plan, move: Move) -> Plan:
    """Return the plan of a block as that of a text that spells letters otherwise."""
    pieces = (p if isinstance(p, str) else Stretch(*move(p[:2]), p.small) for p in plan.pieces)
    return plan._replace(pieces=tuple(pieces))


def _in_document(runs: Iterable[Run], composed: Composed) -> Iterator[Run]:
    """Yield the runs as they stand in the document, a new one after each letter spelt otherwise."""
    for run in runs:
        joined, start = run.joined, run.start
        shift = run.document_start - run.start
        for at in range(run.start, run.end):
            if at + 1 == run.end or not composed.is_plain(at + shift):
                first, end = composed.to_document((start + shift, at + shift + 1))
                yield Run(start, at + 1, first, joined, end - first - (at + 1 - start))
                joined, start = True, at + 1


def _written(document: Document, plans: Iterable[Plan]) -> AnalysisText:
    """Return what the parser reads of a document in which each letter is one character."""
    writer = _Writer(document.text)
    defined = [term.cut for term in find_terms(document.text)]

    def kept(piece: Stretch, kind: BlockKind) -> KeptPiece:
        cuts = _cuts_inside(document, defined, *piece[:2], kind)
        return KeptPiece(list(_kept(*piece[:2], cuts)), piece.small)

    for plan in plans:
        pieces = [p if isinstance(p, str) else kept(p, plan.kind) for p in plan.pieces]
        writer.write_block(pieces, plan)
    text = APOSTROPHE.sub("'", QUOTED.sub(r'"\1"', "".join(writer.pieces)))
    places = [
        (block.start + found.start, block.start + found.end)
        for block in writer.blocks
        for found in amounts_to_rewrite(text[block.start : block.end])
    ]
    lines = {(b.start, b.end) for b in writer.blocks if b.kind in {"heading", "paragraph"}}
    text = in_running_case(text, [(b.start, b.end) for b in writer.blocks], headlines=lines)
    amounts = {start: text[start:end] for start, end in places}
    text = with_plain_amounts(text, amounts)
    return AnalysisText(text, tuple(writer.blocks), tuple(writer.runs), amounts)


def bounds(spans: Sequence[Offsets]) -> Offsets:
    """Return the one stretch that some lie in, in whatever order they come.

    An item may stand before the words that lead into it ("The following were fined:").
    """
    return min(start for start, _ in spans), max(end for _, end in spans)


def text_as_it_stands(text: str) -> AnalysisText:
    """Return a text for which somebody else's parse is there: nothing of it is changed."""
    runs = tuple(
        Run(*found.span(), found.start(), joined=number > 0)
        for number, found in enumerate(RUN.finditer(text))
    )
    return AnalysisText(text, (Block(0, len(text), "paragraph"),), runs)


def plan_blocks(
    document: Document, entries: Sequence[Paragraph | Entry] | None = None
) -> Iterator[Plan]:
    """Yield what the blocks are made of: paragraphs, headings, notes, speakers' names, in order.

    ``entries`` stand for the paragraphs where some of them are several blocks.
    """
    for start, end, kind in _blocks(document, entries or document.paragraphs):
        for part in _parts(document.text, start, end):
            yield Plan((Stretch(*part),), kind)


def _blocks(
    document: Document, paragraphs: Sequence[Paragraph | Entry]
) -> list[tuple[int, int, BlockKind]]:
    """Return paragraphs, headings, notes and speakers' names in the order of the text."""
    if not paragraphs and not document.footnotes and not document.furniture:
        paragraphs = (Paragraph(0, len(document.text)),)
    blocks: list[tuple[int, int, BlockKind]] = [
        (p.start, p.end, "heading" if p.heading else "paragraph") for p in paragraphs
    ]
    blocks += [(note.start, note.end, "note") for note in document.footnotes]
    blocks += [(*label, "label") for label in document.labels]
    blocks += [(term.start, term.end, "label") for term in find_terms(document.text)]
    return sorted(blocks)


def _cuts_inside(
    document: Document, defined: Sequence[Offsets], start: int, end: int, kind: BlockKind
) -> list[Offsets]:
    """Return the furniture and definitions in a block, and the notes that a page's end put there."""
    if kind == "label":
        return []
    first = bisect_right(document.furniture, start, key=lambda span: span[1])
    last = bisect_left(document.furniture, end, key=lambda span: span[0])
    cuts = list(document.furniture[first:last])
    first = bisect_right(defined, start, key=lambda span: span[1])
    cuts += defined[first : bisect_left(defined, end, key=lambda span: span[0])]
    if kind != "note":
        first = bisect_left(document.footnotes, start, key=attrgetter("start"))
        last = bisect_left(document.footnotes, end, key=attrgetter("start"))
        cuts += [(note.start, note.end) for note in document.footnotes[first:last]]
    return sorted(cuts)


def _kept(start: int, end: int, cuts: Sequence[Offsets]) -> Iterator[Offsets]:
    """Yield the stretches between ``start`` and ``end`` that are not cut."""
    first = bisect_right(cuts, start, key=lambda cut: cut[1])
    for cut_start, cut_end in (cuts[i] for i in range(first, len(cuts))):
        if cut_start >= end:
            break
        if start < cut_start:
            yield start, cut_start
        start = max(start, cut_end)
    if start < end:
        yield start, end


def _parts(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Yield a block in parts that are not too long, parted after a sentence if there is one."""
    while end - start > LONGEST_BLOCK:
        limit = start + LONGEST_BLOCK
        middle = start + LONGEST_BLOCK // 2
        ends = [found.end() for found in SENTENCE_END.finditer(text, middle, limit)]
        spaces = [text.rfind(space, middle, limit) for space in " \n\t"]
        cut = ends[-1] if ends else max([*spaces, -1])
        cut = cut if cut > start else limit
        yield start, cut
        start = cut
    yield start, end


def _without_dropped(
    text: str, start: int, end: int, *, cuts: Collection[int], glued: Collection[int]
) -> Iterator[Offsets]:
    """Yield a stretch in pieces, so that "co-operation" reads "cooperation".

    ``cuts`` are spaces and hyphens inside words, ``glued`` where a space is missing between two.
    """
    dropped = {found.end() - 1 for found in DROPPED.finditer(text, start, end)}.union(cuts)
    for cut in sorted(dropped.union(glued)):
        if start <= cut < end:
            if start < cut:
                yield start, cut
            start = cut + (cut in dropped)
    if start < end:
        yield start, end


class KeptPiece(NamedTuple):
    """What is kept of a stretch, and whether its first letter is written small."""

    kept: Sequence[Offsets]
    small: bool = False


class _Writer:
    """Builds the analysis text block by block."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self._inside_words: set[int] = set()
        self._glued = tuple(glued_words(source))
        self._small: set[int] = set()
        self._hyphens = Hyphens(source)

    def write_block(self, pieces: Sequence[KeptPiece | str], plan: Plan) -> None:
        """Write one block of the stretches kept of it; nothing if they hold no text."""
        written = [piece if isinstance(piece, str) else self._read(piece) for piece in pieces]
        if not any(piece and not isinstance(piece, str) for piece in written):
            return
        if self.blocks:
            self._add(BLOCK_END)
        begin = self.length
        for piece in written:
            if isinstance(piece, str):
                self._add(piece)
            else:
                self._write_runs(piece)
        self.blocks.append(Block(begin, self.length, plan.kind, plan))

    def _read(self, piece: KeptPiece) -> list[tuple[int, int, int]]:
        """Return the runs of a piece; remember whether its first letter is written small."""
        runs = list(self._runs_of(piece.kept))
        if runs and piece.small:
            self._small.add(runs[0][0])
        return runs

    def _write_runs(self, runs: Sequence[tuple[int, int, int]]) -> None:
        neighbours = zip([None, *runs], runs, [*runs[1:], None], strict=False)
        for before, (start, end, kept_start), after in neighbours:
            joined = before is not None and before[2] == kept_start
            if before is not None and self._space_between(before, start):
                self._add(" ")
            self._add_run(start, self._shown_end(start, end, after), joined=joined)

    def _runs_of(self, kept: Iterable[Offsets]) -> Iterator[tuple[int, int, int]]:
        """Yield the pieces to write of the stretches, each with where its stretch begins."""
        for start, end in kept:
            inside = set(broken_words(self.source, start, end))
            for gap in self._hyphens.on_the_line(start, end):
                inside.update(gap)
            self._inside_words |= inside
            for found in RUN.finditer(self.source, start, end):
                glued = self._glued_between(*found.span())
                for piece in _without_dropped(self.source, *found.span(), cuts=inside, glued=glued):
                    yield (*piece, start)

    def _glued_between(self, start: int, end: int) -> Sequence[int]:
        """Return the places in a stretch where a space is missing."""
        return self._glued[bisect_right(self._glued, start) : bisect_left(self._glued, end)]

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _add_run(self, start: int, end: int, *, joined: bool) -> None:
        """Write ``source[start:end]`` and note where it stands."""
        self.runs.append(Run(self.length, self.length + end - start, start, joined))
        piece = self.source[start:end]
        if start in self._small:
            piece = piece[0].lower() + piece[1:]
        halved = self.source[end : end + 1] == piece[-1:] and piece[-1:] in {"`", "'"}
        self._add(piece[:-1] + '"' if halved else piece)

    def _space_between(self, before: tuple[int, int, int], start: int) -> bool:
        """Whether white space parts two runs, and no broken word joins them."""
        gap = self.source[before[1] : start]
        if not gap and start in self._glued:
            return True
        if before[1] in self._inside_words or not any(c.isspace() for c in gap):
            return False
        # What stood between them was cut: "Orbit Ltd. (the "Buyer"), which".
        if gap.strip() and self.source[start] in CLOSING_MARKS:
            return False
        return not self._is_broken(before[0], before[1], start)

    def _is_broken(self, start: int, end: int, following: int) -> bool:
        """Whether a line's end parts the two halves of one word."""
        broken = BROKEN_WORD.search(
            self.source, max(start, end - 40), end + 1 if self._soft(end) else end
        )
        right = NEXT_WORD.match(self.source, following)
        if broken is None or right is None or not right.group()[0].islower():
            return False
        gap = self.source[end:following]
        return "\n" in gap or "\r" in gap if right.group() not in SUSPENDED else False

    def _soft(self, end: int) -> bool:
        return self.source[end : end + 1] == "\u00ad"

    def _shown_end(self, start: int, end: int, following: tuple[int, int, int] | None) -> int:
        """Return where the run ends in the analysis text: before a hyphen that falls away."""
        if following is None or self.source[end - 1] not in "-\u2010":
            return end
        if not self._is_broken(start, end, following[0]):
            return end
        return end if self._keeps_hyphen(start, end, following[0]) else end - 1

    def _keeps_hyphen(self, start: int, end: int, following: int) -> bool:
        """Whether a word with a hyphen at the line's end has it elsewhere, too."""
        broken = BROKEN_WORD.search(self.source, max(start, end - 40), end)
        right = NEXT_WORD.match(self.source, following)
        return broken is None or right is None or self._hyphens.keeps(broken[1], right.group())
