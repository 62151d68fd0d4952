"""Read .pptx: the slides in order, each a page, with what the speaker noted under them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from kg.reading.documents.formats.archives import Archive
from kg.reading.documents.formats.blocks import PAGE_BREAK, Block, Kind, join_blocks
from kg.reading.documents.formats.extracted import Extracted
from kg.reading.documents.formats.word import told_in_properties
from kg.reading.documents.formats.xml import local_name, parse_xml

DECK = "ppt/presentation.xml"
NO_TEXT = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
"""Placeholders of a slide's number, day, foot and picture."""


def read_pptx(content: bytes) -> Extracted:
    """Return the text of a presentation: titles as headings, points as items of lists."""
    archive = Archive(content)
    slides: list[list[Block]] = []
    numbers: list[int] = []
    for number, (name, slide) in enumerate(_slides(archive), 1):
        blocks = [] if slide.get("show") == "0" else list(_slide(archive, name, slide))
        if any(block.text.strip() for block in blocks):
            slides.append([Block(PAGE_BREAK), *blocks])
            numbers.append(number)
    text, page_breaks = join_blocks(chain.from_iterable(slides))
    title, author = told_in_properties(archive, "docProps/core.xml")
    places = tuple(zip(page_breaks, (f"slide {number}" for number in numbers), strict=True))
    return Extracted(text, title, page_breaks, author=author, places=places)


def _slides(archive: Archive) -> Iterator[tuple[str, Any]]:
    """Yield the path and the tree of each slide, in the order of the presentation."""
    targets = _related(archive, DECK)
    for entry in parse_xml(archive.read(DECK)).iterfind(".//{*}sldId"):
        target = targets.get(_relation_id(entry), "")
        if target in archive.names:
            yield target, parse_xml(archive.read(target))


def _relation_id(entry: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the id of a relation, which has a namespace, unlike the entry's own id."""
    return next((str(v) for k, v in entry.attrib.items() if k.endswith("}id")), "")


def _related(archive: Archive, name: str) -> dict[str, str]:
    """Return the parts that a part of the file names, by the id of the relation."""
    folder, file = PurePosixPath(name).parent, PurePosixPath(name).name
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.names:
        return {}
    found = parse_xml(archive.read(relations)).iterfind("{*}Relationship")
    return {r.get("Id", ""): normpath(f"{folder}/{r.get('Target', '')}") for r in found}


def _slide(archive: Archive, name: str, slide: Any) -> Iterator[Block]:  # noqa: ANN401
    """Yield the blocks of one slide and its notes."""
    yield from _shapes(slide, on_slide=True)
    for target in _related(archive, name).values():
        if "notesSlide" in target and target in archive.names:
            yield from _shapes(parse_xml(archive.read(target)), on_slide=False)


def _shapes(slide: Any, *, on_slide: bool) -> Iterator[Block]:  # noqa: ANN401
    """Yield the paragraphs of the shapes and tables on a slide."""
    for body in slide.iter("{*}txBody"):
        place = body.getparent().find("{*}nvSpPr/{*}nvPr/{*}ph")
        kind = "" if place is None else place.get("type", "body")
        if kind in NO_TEXT:
            continue
        paragraphs = body.findall("{*}p")
        many = on_slide and kind == "body" and len(paragraphs) > 1
        yield from (Block(_words(p), _kind(kind, many=many)) for p in paragraphs)


def _kind(place: str, *, many: bool) -> Kind:
    if place in ("title", "ctrTitle"):
        return "heading"
    return "item" if many else "paragraph"


def _words(paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return a paragraph's text, without what is struck out."""
    pieces = []
    for element in paragraph.iter("{*}t", "{*}br"):
        style = element.getparent().find("{*}rPr")
        if style is None or style.get("strike", "noStrike") == "noStrike":
            pieces.append(element.text or "" if local_name(element) == "t" else " ")
    return "".join(pieces)
