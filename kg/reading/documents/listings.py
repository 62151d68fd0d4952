"""Tell what lists a document's parts and its sources: tables of contents and references.

"How the bank closed its quarries and left Peru" is the title of somebody's paper, not a
thing that the document says. Both stand under a heading that names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import Line
from kg.records import Offsets, Paragraph

PAGE_AT_END = re.compile(r"[^\W_][^\n]*?[\s.·…]+(?P<page>\d{1,3}|[ivxlc]{1,7})$")
DATED = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|https?://|\bdoi\b|\b[Ii]bid\b")
CITED = re.compile(
    r"https?://|\bdoi\b|\b[Ii]bid\b|\((?:1[5-9]|20)\d\d[a-z]?\)|\b(?:1[5-9]|20)\d\d[a-z]?[;:]"
    r"|[,:][^,:]{0,25}\b(?:1[5-9]|20)\d\d[a-z]?\)?\.?$"
    r"|^[\W\d]*[A-ZÀ-Þ][\w'’-]+(?:, [A-ZÀ-Þ][\w.]*|,? (?:[A-ZÀ-Þ]\.? ?){1,3})[,.&(]"
)
"""What a reference has and prose seldom: an address, "(2018)", "2016;12", ", 2014.", "Cole R, Novak"."""
SPARSEST = 400
"""Characters of references to one year or address at most; prose has fewer."""
SHORTEST = 40
"""Characters of a reference that lacks its full stop, and looks like a heading."""
MOST_BETWEEN = 3
"""Lines in a table of contents without a page: the first of two lines, a part's name."""
LEAST_ENTRIES = 3


def contents(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of tables of contents, whose headings stand elsewhere again."""
    names = load_lexicons().words["contents_heading"]
    for index, line in enumerate(lines):
        if _name(line.text) in names:
            entries = list(_entries(lines, index + 1))
            if len(entries) >= LEAST_ENTRIES:
                yield from range(index + 1, entries[-1] + 1)


def _entries(lines: Sequence[Line], first: int) -> Iterator[int]:
    """Yield the lines from one on that end in a page, none before the one above."""
    last_page, last_entry = 0, first - 1
    for index in range(first, len(lines)):
        found = PAGE_AT_END.fullmatch(lines[index].text)
        if found is None:
            if index - last_entry > MOST_BETWEEN:
                return
            continue
        page = int(found["page"]) if found["page"].isdigit() else last_page
        if page < last_page:
            return
        last_page, last_entry = page, index
        yield index


def references(paragraphs: Sequence[Paragraph], text: str) -> Iterator[Offsets]:
    """Yield the paragraphs that name the sources of a document, under the heading for them."""
    names = load_lexicons().words["references_heading"]
    inside = False
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        if paragraph.heading and not (_is_reference(words) and len(words) >= SHORTEST):
            inside = _name(words) in names
        elif inside and _is_reference(words):
            yield paragraph.start, paragraph.end


def _is_reference(words: str) -> bool:
    """Whether a paragraph names a source, by its date or address, and how it is written."""
    dated = len(DATED.findall(words)) * SPARSEST >= len(words)
    return dated and CITED.search(words) is not None


def _name(heading: str) -> str:
    """Return what a heading says, without its number and marks: "5. References:"."""
    return re.sub(r"[\W\d_]+", " ", heading).strip().casefold()
