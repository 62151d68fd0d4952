"""Read Markdown: what a reader sees of it, by a parser that knows the whole of it.

Links show their words, emphasis and comments nothing of themselves, what is struck out
states nothing. The settings at the top (front matter) are data: title, author and date.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from kg.reading.documents.formats.extracted import Extracted, Unreadable, joined_names
from kg.reading.documents.formats.plain import decode
from kg.reading.documents.formats.web_pages import extract_page

FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n((?:[^\n]{0,500}\n){1,60}?)---[ \t]*(?:\r?\n|$)")
SETTING = re.compile(
    r"^(title|date|author)s?[ \t]*:[ \t]*(.{0,300}?)[ \t\r]*$((?:\n[ \t]*-[ \t].{0,200})*)", re.M
)
"""A setting: its name, its value, and the items where it is a list of a line each."""
NOTE = re.compile(
    r"(?:^[ \t]{0,3}\[\^(?P<own>[^\]\s]{1,60})\]:)|\[\^(?P<called>[^\]\s]{1,60})\]", re.M
)
"""A note at the beginning of its own line, or the mark that calls it."""
BOX = re.compile(r"^([ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\][ \t]+", re.M)
LARGEST = 8 * 1024 * 1024
"""Characters; the parser takes some seconds for a million, and a text of more is a dump."""


def read_markdown(content: bytes) -> Extracted:
    """Return what a Markdown file shows, an empty line between blocks."""
    source = decode(content)
    if len(source) > LARGEST:
        raise Unreadable(
            f"it is too large for Markdown ({len(source) // 2**20} MB); cut it in parts"
        )
    front = FRONT_MATTER.match(source)
    settings = {m[1]: _values(m[2], m[3]) for m in SETTING.finditer(front[1])} if front else {}
    page = _parser().render(_with_notes(source[front.end() :] if front else source))
    found = extract_page(page, article=False)
    return found._replace(
        title=" ".join(settings.get("title", ())) or found.title,
        declared_date=" ".join(settings.get("date", ())),
        author=joined_names(settings.get("author", ())),
    )


def _values(value: str, items: str) -> list[str]:
    """Return what a setting says: one thing, or several in a list."""
    if value.startswith("[") and value.endswith("]"):
        found = value[1:-1].split(",")
    else:
        found = [value] if value else [line.strip(" \t-") for line in items.strip().split("\n")]
    return [one.strip().strip("\"'") for one in found]


def _with_notes(source: str) -> str:
    """Return a source with its notes as plain text has them, and lists without boxes to tick.

    They are no part of CommonMark: "[^a]" would be read as words, or as a link.
    """
    numbers: dict[str, int] = {}

    def mark(found: re.Match[str]) -> str:
        label = found["own"] or found["called"]
        return f"\\[{numbers.setdefault(label, len(numbers) + 1)}\\]"

    return NOTE.sub(mark, BOX.sub(r"\1", source))


@cache
def _parser() -> MarkdownIt:
    """Return a parser that keeps line ends as they are set, as plain text does."""
    return MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
