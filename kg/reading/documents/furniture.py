"""Tell what stands on a page but is no part of its text: heads, feet, numbers, navigation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import WIKI_PAGE, Line
from kg.records import Offsets

NAVIGATION = re.compile(
    r"From Wiki\w+(?:, the free \w+)?|(?:Jump to:? ?(?:navigation|search|content),? ?)+"
    r"|This page has (?:been (?:validated|proofread)|not been proofread)[^.]{0,80}\.?"
    r"|This page needs to be proofread\.?|This page does not need to be proofread\.?"
    r"|Skip to (?:main )?content|\[edit\]",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    r"[-_=~–—·•.|:+\s]{3,}|\*(?:\s+\*){2,}|\*{6,}|[^\w\s*█■]{1,4}(?:\s[^\w\s*█■]{1,4})*"
)
PROTECTIVE_MARKING = re.compile(r"[^/]{3,60} ?// ?[^/]{3,80}")
"""A marking over a page: "SECRET // NOFORN", "Work Product // May Contain …"."""
PAGE_NUMBER = re.compile(
    r"(?:page\s{1,3})?[-–—\[(|~ ]{0,4}(?P<n>\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,4}-\d{1,3})[-–—\])|~ ]{0,4}"
    r"(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?",
)
CONTENTS = re.compile(r"(?:[.·…] ?){4,}[ .]{0,9}[\divxlc ]{1,6}$")
"""The end of a line in a table of contents, whose heading stands elsewhere."""
SOURCE_NUMBERS = re.compile(
    r"(?<=[^\W\d_]{2}|[a-z][).%”\"])(?<!\b(?:at|in)) \[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\](?=[.,;:)\s]|$)"
)
"""The numbers of sources after what they say, as papers write them: "in rural areas [14–16, 32]."."""
LEAST_CITED = 3
PAGE_WORD = re.compile(r"(?:Page|PAGE|Seite|page|p\.)\s{1,3}")
DIGITS = re.compile(r"\d+")
EDGE = 3
"""How many lines at a page's top and bottom may be running heads and feet."""
LEAST_REPEATS = 3
LONGEST_RUNNING_LINE = 150
STEADY = 0.6
"""Share of pages on which a head's number must keep pace with the pages."""


def is_furniture(line: Line) -> bool:
    """Whether the line alone shows that it is no text: navigation or a separator."""
    text = line.text
    if len(text) > LONGEST_RUNNING_LINE * 2:
        return not any(c.isalnum() or c in "*█■" for c in text)
    if WIKI_PAGE.fullmatch(text) or NAVIGATION.fullmatch(text):
        return True
    return bool(SEPARATOR.fullmatch(text) or CONTENTS.search(text[-60:]))


@cache
def _editors_mark() -> re.Pattern[str]:
    """Return what readers and editors of a wiki put into its text.

    That is "[citation needed]", "[who?]", "[sic]", and the mark of a note after a sentence: "[12]".
    """
    endings = "|".join(sorted(load_lexicons().words["editors_ending"]))
    return re.compile(
        rf"\[(?:sic\.?!?|[a-z][a-z ,–-]{{0,40}}(?:\?|{endings}))\]"
        r"|(?<=[.!?\"'”’)\]])\s?\[\d{1,3}\](?=[\s\[]|$)"
    )


def editors_marks(text: str) -> Iterator[Offsets]:
    """Yield where readers and editors have put marks into a text, and its sources' numbers."""
    yield from (found.span() for found in _editors_mark().finditer(text))
    cited = [found.span() for found in SOURCE_NUMBERS.finditer(text)]
    if len(cited) >= LEAST_CITED:
        yield from cited


def page_number(line: Line) -> str:
    """Return the number that the line consists of ("39", "- 12 -", "Page 3 of 9"), or ""."""
    if len(line.text) > 30:
        return ""
    found = PAGE_NUMBER.fullmatch(PAGE_WORD.sub("", line.text, count=1))
    return found["n"] if found else ""


def edge_furniture(lines: Sequence[Line], page_count: int) -> tuple[set[int], dict[int, str]]:
    """Return the lines at the pages' edges that are furniture, and the pages' printed numbers."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    cut: set[int] = set()
    numbers: dict[int, str] = {}
    if page_count >= LEAST_REPEATS:
        cut, numbers = _running_lines(lines, pages.values())
    in_heads = set(numbers)
    besides: dict[int, tuple[int, str]] = {}
    for page, indices in pages.items():
        cut.update(_markings(_left(indices, cut), lines))
        found = _edge_number(_left(indices, cut), lines)
        if found is not None and page in in_heads:
            besides[page] = found
        elif found is not None:
            index, numbers[page] = found
            cut.add(index)
    cut.update(_in_step(besides))
    return cut, numbers


def _in_step(found: Mapping[int, tuple[int, str]]) -> Iterator[int]:
    """Yield the lone numbers that count the pages, where running heads have another number."""
    counted = {page: n for page, n in found.items() if n[1].isdecimal()}
    steps = Counter(int(number) - page for page, (_, number) in counted.items())
    for step, count in steps.most_common(1):
        if count > 1:
            yield from (n[0] for page, n in counted.items() if int(n[1]) - page == step)


def _left(indices: Iterable[int], cut: Set[int]) -> list[int]:
    """Return the lines of a page that are not cut."""
    return [index for index in indices if index not in cut]


def _edge_number(indices: Sequence[int], lines: Sequence[Line]) -> tuple[int, str] | None:
    """Return which of a page's last and first line is its number, and that number."""
    edges = (indices[-1], indices[0]) if len(indices) > 1 else ()
    numbers = ((index, page_number(lines[index])) for index in edges)
    return next((found for found in numbers if found[1]), None)


def _markings(indices: Sequence[int], lines: Sequence[Line]) -> Iterator[int]:
    """Yield protective markings among the first and last two lines of a page.

    A short line above one is the letterhead of whoever marked the page.
    """
    if len(indices) < 2:
        return
    for index in {*indices[:2], *indices[-2:]}:
        if _is_marking(lines[index].text):
            yield index
            if index == indices[1] and _is_letterhead(lines[indices[0]]):
                yield indices[0]


def _is_marking(text: str) -> bool:
    """Tell "SECRET // NOFORN" from an address on the web and from running text."""
    short = len(text) <= LONGEST_RUNNING_LINE and "://" not in text
    return short and PROTECTIVE_MARKING.fullmatch(text) is not None


def _is_letterhead(line: Line) -> bool:
    """Tell "U.S. Department of Justice" over a marking from a sentence's end."""
    return _could_run(line.text) and not line.is_final


def _running_lines(
    lines: Sequence[Line], pages: Iterable[Sequence[int]]
) -> tuple[set[int], dict[int, str]]:
    """Return the lines that stand on the edges of several pages, but for their digits."""
    cut: set[int] = set()
    numbers: dict[int, str] = {}
    for text, indices in _alike_at_edges(lines, pages):
        if len({lines[index].page for index in indices}) < LEAST_REPEATS:
            continue
        found = _steady_numbers([lines[index] for index in indices]) if "#" in text else {}
        if found or not text.startswith("#"):
            cut.update(indices)
            numbers |= found
    return cut, numbers


def _alike_at_edges(
    lines: Sequence[Line], pages: Iterable[Sequence[int]]
) -> Iterator[tuple[str, list[int]]]:
    """Yield a text, digits as "#", with the lines at pages' tops, or at their feet, that read so."""
    groups: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for indices in pages:
        edges = [(True, i) for i in indices[:EDGE]] + [(False, i) for i in indices[EDGE:][-EDGE:]]
        for at_top, index in edges:
            text = lines[index].text
            if _could_run(text):
                groups[at_top, " ".join(DIGITS.sub("#", text).casefold().split())].append(index)
    return ((text, indices) for (_, text), indices in groups.items())


def _could_run(text: str) -> bool:
    """Whether a line might be a running head: it has letters, and no sentence goes on in it."""
    if len(text) > LONGEST_RUNNING_LINE or text[0].islower():
        return False
    return any(c.isalpha() for c in text)


def _steady_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Return the number in each line that grows by one from page to page, if one does."""
    columns = [DIGITS.findall(line.text) for line in lines]
    for column in range(len(columns[0])):
        steps = Counter(
            int(row[column][:9]) - line.page for row, line in zip(columns, lines, strict=True)
        )
        step, count = steps.most_common(1)[0]
        if count >= STEADY * len(lines):
            return {
                line.page: row[column]
                for row, line in zip(columns, lines, strict=True)
                if int(row[column][:9]) - line.page == step
            }
    return {}
