"""What a document is called, and by whom it is: what people know it by, not what programs write.

A title is what the file declares, unless a program has filled it in ("Microsoft Word -
fall_v3.doc", "Untitled"); else the first heading or the file's name. A file name that tells
nothing ("page-143") gives way to a heading further down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import WIKI_PAGE
from kg.reading.values.calendar import MONTHS
from kg.records import Paragraph

LONGEST = 200
"""Characters of a title, and of the names of the authors."""
TOP = 3000
"""Characters at the top of a text in which a heading may be what it is about."""
WORD = re.compile(r"[^\W\d_]{2,}")
PROGRAM = re.compile(r"Microsoft (?:Office )?(?:Word|PowerPoint|Excel) - ")
"""What a printer of files writes before the name of what it printed."""
FILE_NAME = re.compile(
    r"[^\n]*\.(?:docx?|odt|rtf|pptx?|pdf|x?html?|php|tex|dvi|ps|indd|qxd|wpd|txt|md|epub)", re.I
)


def title_of(declared: str, text: str, paragraphs: Sequence[Paragraph], *, source: str) -> str:
    """Return what people call a document, in one line; ``declared`` is what its file says."""
    words = PROGRAM.sub("", one_line(declared))
    if _tells(words) and not FILE_NAME.fullmatch(words):
        return words
    wiki_page = WIKI_PAGE.search(text, 0, 1000)
    if wiki_page:
        return PurePosixPath(wiki_page[1].strip()).stem
    name = _name_in(source)
    first = [p for p in paragraphs[:1] if p.heading]
    if first or (_tells(name) and not FILE_NAME.fullmatch(words)):
        return next(_headings(text, first), name)
    further = _headings(text, [p for p in paragraphs if p.start < TOP])
    return next((words for words in further if not _is_day(words)), name)


def author_of(declared: str) -> str:
    """Return who a file says wrote it, in one line; "" if it names a program or nobody."""
    names = one_line(declared)
    return "" if names.casefold() in load_lexicons().words["no_author"] else names


def one_line(words: str) -> str:
    r"""Return what a stranger's file tells as one short line, without what could reorder it.

    >>> one_line("The\n fall\u202e")
    'The fall'
    """
    spaced = " ".join(words.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf"))[:LONGEST]


def _headings(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the headings that tell something."""
    for paragraph in paragraphs:
        words = one_line(text[paragraph.start : paragraph.end])
        if paragraph.heading and _tells(words):
            yield words


def _name_in(source: str) -> str:
    """Return the name of a file; with a number alone, that of what it lies in before it.

    >>> _name_in("letters.mbox/1"), _name_in("fall_of_rome.txt"), _name_in("page-143.txt")
    ('letters, 1', 'fall of rome', 'page-143')
    """
    names = [PurePosixPath(part).stem.replace("_", " ") for part in PurePosixPath(source).parts]
    first = next((i for i in range(len(names) - 1, -1, -1) if _tells(names[i])), 0)
    return ", ".join(names[first:])


def _tells(words: str) -> bool:
    """Whether words say more than a number, or what a program calls anything."""
    return any(word not in _untelling() for word in WORD.findall(words.casefold()))


def _is_day(words: str) -> bool:
    """Whether words are a date and no more, as beside a page's head."""
    return all(word in MONTHS for word in WORD.findall(words.casefold()))


@cache
def _untelling() -> frozenset[str]:
    return frozenset(load_lexicons().words["no_title"])
