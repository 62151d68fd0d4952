"""Mark what a text is made of: pages, paragraphs, notes, redactions and furniture.

Nothing is deleted; every mark is a stretch of the text as it stands. The rules are
those that printed reports, scans, wiki pages, web pages and Markdown share. They look
at one line and its neighbours, so the time grows with the text and not faster.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from kg.reading.documents.chronologies import date_label_end
from kg.reading.documents.composed import Move, compose, moved, moved_spans
from kg.reading.documents.datelines import dateline_end
from kg.reading.documents.footnotes import BRACKET_MARK, PageNotes, counted_marks, find_notes
from kg.reading.documents.furniture import edge_furniture, editors_marks, is_furniture, page_number
from kg.reading.documents.lines import WIKI_PAGE, Line, page_starts, split_lines, usual_width
from kg.reading.documents.listings import contents, references
from kg.reading.documents.lost_pages import lost_page_starts
from kg.reading.documents.paragraphs import LABEL, ParagraphReader
from kg.reading.documents.redactions import find_redactions
from kg.reading.documents.tables import between_tables, pipes_of, rows_of
from kg.reading.documents.voices.spoken import Spoken
from kg.reading.documents.voices.turns import find_turns
from kg.records import Footnote, Offsets, Page, Paragraph, Turn

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]{0,500}\n){1,60}?---[ \t]*(?=\r?\n|$)")
MARKDOWN = re.compile(
    r"(?=[!\[*`])(?:"  # quickly past all other characters
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?\))"
    r"|(?P<open>\[)(?P<label>[^\[\]\n]{1,300})(?P<url>\]\([^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?\))"
    r"|(?P<three>(?<![\w*])\*{3}(?=\w)|(?<=\w)\*{3}(?![\w*]))"
    r"|(?P<two>(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*]))"
    r"|(?P<one>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*]))"
    r"|(?P<tick>(?<![\w`])`(?=[^\s`])|(?<=[^\s`])`(?![\w`])))"
)
STARS_IN_TEXT = re.compile(r"(?<=[^\s*])[ \t]{1,4}\*{3,5}(?![\w*])")
LONGEST_SPECK = 2
"""Shorter lines without letters are specks of a scan, and part nothing."""
LONE_STARS = re.compile(r"\*{3,5}")
CODE_FENCE = re.compile(r"^```[^`\n]{0,80}\n(?:(?!```)[^\n]*\n){0,500}```[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text is made of; see the fields of the same name in ``Document``."""

    pages: tuple[Page, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Offsets, ...] = ()
    redactions: tuple[Offsets, ...] = ()
    turns: tuple[Turn, ...] = ()


def mark_layout(
    text: str,
    *,
    page_breaks: Iterable[int] = (),
    furniture: Iterable[Offsets] = (),
    spoken: bool = False,
) -> Layout:
    """Return the layout of a text; ``page_breaks`` are offsets where new pages begin.

    ``furniture`` is what the file itself shows to be no part of the running text; ``spoken``
    tells that its kind holds nothing but talk.
    """
    composed = compose(text)
    if composed is None:
        return _marked(text, page_breaks, furniture, spoken=spoken)
    breaks = (composed.from_document((at, at))[0] for at in page_breaks)
    inside = moved_spans(furniture, composed.from_document)
    layout = _marked(composed.text, breaks, inside, spoken=spoken)
    return _moved(layout, composed.to_document)


def _moved(layout: Layout, move: Move) -> Layout:
    """Return the layout of a text as that of the document, which spells letters otherwise."""
    return Layout(
        moved(layout.pages, move),
        moved(layout.paragraphs, move),
        moved(layout.footnotes, move),
        moved_spans(layout.furniture, move),
        moved_spans(layout.redactions, move),
        moved(layout.turns, move),
    )


def _marked(
    text: str, page_breaks: Iterable[int], furniture: Iterable[Offsets], *, spoken: bool
) -> Layout:
    """Return the layout of a text in which each letter is one character."""
    starts = page_starts(text, page_breaks)
    if len(starts) == 1:
        starts += lost_page_starts(text)
    found, cut = _spoken_lines(text, starts, furniture, spoken=spoken)
    lines = list(_text_lines(text, found.lines, cut))
    at_edges, numbers = edge_furniture(lines, len(starts))
    lines = _without(lines, at_edges, cut)
    lines = _without(lines, set(contents(lines)), cut)
    body, footnotes, note_cuts = _take_notes(lines, numbers)
    paragraphs, labels = _paragraphs(body)
    paragraphs = _without_said_headings(paragraphs, found.turns)
    datelines = [(p.start, dateline_end(text, p.start)) for p in paragraphs if not p.heading]
    dates = [(p.start, date_label_end(text, p.start, p.end)) for p in paragraphs]
    cut += [*note_cuts, *labels, *datelines, *dates, *references(paragraphs, text)]
    marked = merged([*cut, *editors_marks(text), *_markdown(text)])
    redactions = merged(find_redactions(text))
    return Layout(
        _pages(text, starts, numbers),
        _visible(paragraphs, marked, text),
        tuple(footnotes),
        marked,
        tuple(span for span in redactions if not _touches(span, marked)),
        found.turns,
    )


def merged(spans: Iterable[Offsets]) -> tuple[Offsets, ...]:
    """Return the same stretches in order, those that overlap or touch as one."""
    result: list[Offsets] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _touches(span: Offsets, spans: Sequence[Offsets]) -> bool:
    """Whether a stretch shares a character with one of some sorted, disjoint stretches."""
    index = bisect_left(spans, span[0], key=lambda other: other[1])
    if index < len(spans) and spans[index][1] == span[0]:
        index += 1
    return index < len(spans) and spans[index][0] < span[1]


def _spoken_lines(
    text: str, starts: Sequence[int], furniture: Iterable[Offsets], *, spoken: bool
) -> tuple[Spoken, list[Offsets]]:
    """Return the lines without what names who speaks, and what is surely no text."""
    cut = list(merged([*_no_prose(text), *furniture]))
    lines = split_lines(text, starts)
    kept = [line for line in lines if not _touches((line.start, line.end), cut)]
    found = find_turns(text, kept, spoken=spoken)
    return found, [*cut, *found.cut]


def _text_lines(text: str, lines: Iterable[Line], cut: list[Offsets]) -> Iterator[Line]:
    """Yield the lines that may hold text; the others are added to what is ``cut``."""
    stars_are_redactions = STARS_IN_TEXT.search(text) is not None
    after_cut = False
    for line in lines:
        separator = LONE_STARS.fullmatch(line.text) and not stars_are_redactions
        if separator or is_furniture(line):
            cut.append((line.start, line.end))
            after_cut = len(line.text) > LONGEST_SPECK
        else:
            yield line._replace(blank_before=line.blank_before or after_cut)
            after_cut = False


def _without_said_headings(
    paragraphs: Sequence[Paragraph], turns: Sequence[Turn]
) -> list[Paragraph]:
    """Return the paragraphs; the first words of somebody's turn are no heading."""
    said = {turn.start for turn in turns}
    return [replace(p, heading=p.heading and p.start not in said) for p in paragraphs]


def _no_prose(text: str) -> Iterator[Offsets]:
    """Yield what Markdown writes for programs: the settings at the top, fenced code."""
    front = FRONT_MATTER.match(text)
    if front:
        yield front.span()
    yield from (found.span() for found in CODE_FENCE.finditer(text))


def _without(lines: Sequence[Line], dropped: Set[int], cut: list[Offsets]) -> list[Line]:
    """Return the lines but for some, which are added to ``cut``; what follows these begins anew."""
    cut += [(lines[index].start, lines[index].end) for index in dropped]
    return [
        line._replace(blank_before=True) if index - 1 in dropped else line
        for index, line in enumerate(lines)
        if index not in dropped
    ]


def _take_notes(
    lines: Sequence[Line], numbers: dict[int, str]
) -> tuple[list[Line], list[Footnote], list[Offsets]]:
    """Part the running text from the notes, page by page; may find a page number above them."""
    body: list[Line] = []
    footnotes: list[Footnote] = []
    cut: list[Offsets] = []
    called: set[str] = set()
    counted = counted_marks(lines)
    for page, group in groupby(lines, key=lambda line: line.page):
        page_lines = list(group)
        found = find_notes(page_lines, earlier=called, counted=counted)
        rest = [line for index, line in enumerate(page_lines) if index not in found.lines]
        number = "" if page in numbers else _number_above_notes(rest, found)
        if number:
            last = rest.pop()
            numbers[page] = number
            cut.append((last.start, last.end))
        body += rest
        footnotes += found.notes
        cut += found.furniture
        called.update(_numbers_in_brackets(rest))
    return body, footnotes, cut


def _number_above_notes(rest: Sequence[Line], found: PageNotes) -> str:
    """Return the page's number where it stands between the running text and the notes."""
    # A number in square brackets is a mark: of a note that has no words.
    is_mark = bool(rest) and rest[-1].text.lstrip().startswith("[")
    return page_number(rest[-1]) if found.notes and len(rest) > 1 and not is_mark else ""


def _numbers_in_brackets(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the number of each sure mark of a note: the 3 of "ended.[3]"."""
    for line in lines:
        yield from (found[1] for found in BRACKET_MARK.finditer(line.text))


def _pages(text: str, starts: Sequence[int], numbers: dict[int, str]) -> tuple[Page, ...]:
    """Return the pages, if anything shows that the text has pages."""
    shows_pages = len(starts) > 1 or numbers or WIKI_PAGE.match(text.lstrip()[:300])
    if not shows_pages:
        return ()
    pages = []
    for index, (start, end) in enumerate(pairwise([*starts, len(text)])):
        header = WIKI_PAGE.search(text, start, min(end, start + 300))
        counted = str(index + 1) if len(starts) > 1 else ""
        if start < end:
            number = numbers.get(index, "")
            pages.append(Page(start, end, number, header[2] if header else counted))
    return tuple(pages)


def _paragraphs(lines: Sequence[Line]) -> tuple[list[Paragraph], list[Offsets]]:
    """Return the paragraphs and headings, and the labels and numbers before them."""
    reader = ParagraphReader(usual_width(lines), _known_numbers(lines))
    paragraphs: list[Paragraph] = []
    rows = rows_of(lines)
    labels = list(pipes_of(lines, rows))
    for running, cells in between_tables(lines, rows):
        for group in reader.read(running):
            first = group.lines[0]
            start = first.start + group.label_length
            labels.append((first.start, start))
            end = group.lines[-1].end
            if start < end:
                paragraphs.append(Paragraph(start, end, group.number, group.heading))
        paragraphs += [Paragraph(*cell) for cell in cells]
    if paragraphs and all(paragraph.heading for paragraph in paragraphs):
        paragraphs = [replace(paragraph, heading=False) for paragraph in paragraphs]
    return paragraphs, labels


def _known_numbers(lines: Sequence[Line]) -> frozenset[str]:
    """Return the numbers in "(4)" and "1234." that begin lines, to see which form a sequence."""
    found = (LABEL.match(line.text) for line in lines)
    return frozenset(m["round"] or m["number"] for m in found if m and (m["round"] or m["number"]))


def _visible(
    paragraphs: Sequence[Paragraph], furniture: Sequence[Offsets], text: str
) -> tuple[Paragraph, ...]:
    """Return the paragraphs that hold more than furniture, without furniture at their edges."""
    shown = []
    for paragraph in paragraphs:
        start = _after_furniture(text, furniture, paragraph.start, paragraph.end)
        end = _before_furniture(text, furniture, start, paragraph.end)
        if start < end:
            shown.append(replace(paragraph, start=start, end=end))
    return tuple(shown)


def _after_furniture(text: str, furniture: Sequence[Offsets], start: int, end: int) -> int:
    """Return where a stretch begins without the furniture at its beginning."""
    first = bisect_right(furniture, start, key=lambda span: span[1])
    while first < len(furniture) and furniture[first][0] <= start < end:
        start = _skip_space(text, furniture[first][1], end)
        first += 1
    return start


def _before_furniture(text: str, furniture: Sequence[Offsets], start: int, end: int) -> int:
    """Return where a stretch ends without the furniture at its end."""
    last = bisect_left(furniture, end, key=lambda span: span[1])
    while last < len(furniture) and furniture[last][0] < end <= furniture[last][1] and start < end:
        end = start + len(text[start : furniture[last][0]].rstrip())
        last -= 1
    return end


def _skip_space(text: str, start: int, end: int) -> int:
    """Return the offset of the next character that is no white space, at most ``end``."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _markdown(text: str) -> Iterator[Offsets]:
    """Yield the marks of Markdown inside lines: stars, back ticks, what hides in links."""
    open_marks: dict[str, Offsets] = {}
    line_end = -1
    for found in MARKDOWN.finditer(text):
        if found.start() > line_end:
            open_marks.clear()
            line_end = _paragraph_end(text, found.start())
        kind = found.lastgroup
        if kind == "image":
            yield found.span()
        elif kind == "url":
            yield found.span("open")
            yield found.span("url")
        elif kind and kind in open_marks:
            yield open_marks.pop(kind)
            yield found.span()
        elif kind:
            open_marks[kind] = found.span()


def _paragraph_end(text: str, start: int) -> int:
    """Return where the next empty line stands, or the text's end."""
    end = text.find("\n\n", start)
    return len(text) if end < 0 else end
