"""Read .epub: the chapters of a book in the order in which it is read.

A chapter is cited as a page of paper would be, by what it is headed: "A book, “The fall”".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, count
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from kg.reading.documents.formats.archives import Archive
from kg.reading.documents.formats.extracted import Extracted, Unreadable, joined_names
from kg.reading.documents.formats.web_pages import shown_text
from kg.reading.documents.formats.xml import first_text, parse_xml

HEADINGS = re.compile(r"(?:# [^\n]{1,150}\n+){1,2}")
"""What a chapter begins with: its number and its title may be two lines."""
CHAPTERS = frozenset({"application/xhtml+xml", "text/html"})


def read_epub(content: bytes) -> Extracted:
    """Return a book's text, its title and the day it was published."""
    archive = Archive(content)
    root = parse_xml(archive.read("META-INF/container.xml")).find(".//{*}rootfile")
    if root is None:
        raise Unreadable("it is broken: it names no book")
    name = root.get("full-path", "")
    package = parse_xml(archive.read(name))
    try:
        chapters = [shown_text(archive.read(c)) for c in _chapters(package, name, archive)]
    except Unreadable as error:
        raise Unreadable(f"a chapter cannot be read, it may be encrypted ({error})") from error
    shown = [chapter for chapter in chapters if chapter]
    text, starts = "\n".join(shown), list(accumulate((len(c) + 1 for c in shown), initial=0))
    places = zip(starts, map(_chapter_name, shown, count(1)), strict=False)
    authors = joined_names(who.text or "" for who in package.iterfind(".//{*}creator"))
    title, date = first_text(package, "title"), first_text(package, "date")
    return Extracted(text, title, tuple(starts[1:-1]), date, author=authors, places=tuple(places))


def _chapter_name(chapter: str, number: int) -> str:
    """Return what a chapter is headed, in quotation marks, or its number in the file."""
    found = HEADINGS.match(chapter)
    heads = [line.removeprefix("# ") for line in found[0].split("\n") if line] if found else []
    return f"“{': '.join(heads)}”" if heads else f"section {number}"


def _chapters(package: Any, name: str, archive: Archive) -> Iterator[str]:  # noqa: ANN401
    """Yield the paths of the chapters, in order, without the table of contents."""
    files = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    for place in package.iterfind("{*}spine/{*}itemref"):
        item = files.get(place.get("idref"))
        if item is None or item.get("media-type") not in CHAPTERS:
            continue
        path = normpath(str(PurePosixPath(name).parent / unquote(item.get("href", ""))))
        if "nav" not in item.get("properties", "").split() and path in archive.names:
            yield path
