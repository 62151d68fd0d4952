"""Read .docx: what Word shows of a document, without what was deleted or is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.reading.documents.formats.archives import Archive
from kg.reading.documents.formats.blocks import PAGE_BREAK, Block, Kind, join_blocks
from kg.reading.documents.formats.extracted import Extracted
from kg.reading.documents.formats.xml import attribute, first_text, local_name, parse_xml

SKIPPED = frozenset("del moveFrom Fallback txbxContent pPr rPr sectPr oMath oMathPara".split())  # noqa: SIM905
OFF = frozenset({"0", "false", "off", "none"})
UNSEEN = ("strike", "dstrike", "vanish", "webHidden")
"""What a run is set in if it states nothing: struck out, or hidden."""


def read_docx(content: bytes) -> Extracted:
    """Return a Word document's text with its headings, lists, cells, notes and pages."""
    archive = Archive(content)
    body = parse_xml(archive.read("word/document.xml"))
    reader = _WordReader(_headings(archive))
    blocks = [*reader.blocks(body), *_notes(archive, reader)]
    text, page_breaks = join_blocks(blocks)
    title, author = told_in_properties(archive, "docProps/core.xml")
    return Extracted(text, title, page_breaks, author=author)


def told_in_properties(archive: Archive, name: str) -> tuple[str, str]:
    """Return the title and the author that an office document's properties give, "" if none.

    Their days are not taken: they are those of the template, or of the last time it was saved.
    """
    if name not in archive.names:
        return "", ""
    properties = parse_xml(archive.read(name))
    # In OpenDocument the "creator" is whoever saved it last.
    return first_text(properties, "title"), first_text(properties, "initial-creator", "creator")


def _headings(archive: Archive) -> frozenset[str]:
    """Return the ids of the styles that headings have, in whatever language Word spoke."""
    if "word/styles.xml" not in archive.names:
        return frozenset()
    styles = parse_xml(archive.read("word/styles.xml")).iterfind("{*}style")
    return frozenset(attribute(style, "styleId") for style in styles if _is_heading_style(style))


def _is_heading_style(style: Any) -> bool:  # noqa: ANN401 - lxml has no types
    name = style.find("{*}name")
    named = "" if name is None else attribute(name, "val").lower()
    return named.startswith("heading ") or named in ("title", "subtitle")


class _WordReader:
    """Reads blocks out of a part of the document, and counts the notes called in it."""

    def __init__(self, headings: frozenset[str]) -> None:
        self._headings = headings
        self.called: dict[tuple[str, str], int] = {}

    def blocks(self, element: Any) -> Iterator[Block]:  # noqa: ANN401 - lxml has no types
        """Yield the paragraphs in an element, those of tables and text boxes too."""
        for paragraph in element.iter("{*}p"):
            if local_name(paragraph.getparent()) and not _is_skipped(paragraph):
                yield Block("".join(self._words(paragraph)), self._kind(paragraph))

    def _kind(self, paragraph: Any) -> Kind:  # noqa: ANN401 - lxml has no types
        style = paragraph.find("{*}pPr/{*}pStyle")
        if style is not None and attribute(style, "val") in self._headings:
            return "heading"
        if paragraph.find("{*}pPr/{*}outlineLvl") is not None:
            return "heading"
        return "item" if paragraph.find("{*}pPr/{*}numPr") is not None else "paragraph"

    def _words(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
        """Yield the pieces of text in a paragraph, in order."""
        for child in element:
            name = local_name(child)
            if name == "t":
                yield child.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                key = (name.removesuffix("Reference"), attribute(child, "id"))
                yield f"[{self.called.setdefault(key, len(self.called) + 1)}]"
            elif name in BREAKS or name == "br":
                yield _break(child, name)
            elif name not in SKIPPED and not (name == "r" and _is_unseen(child)):
                yield from self._words(child)


BREAKS: Mapping[str, str] = {
    "tab": " ", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": PAGE_BREAK,
}  # fmt: skip


def _break(element: Any, name: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return what a break is in a text: a line's end, or a page's where Word sees one coming."""
    if name == "br":
        return "" if attribute(element, "type") in ("page", "column") else "\n"
    return BREAKS[name]


def _is_unseen(run: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether the words of a run are struck out or hidden."""
    found = (run.find(f"{{*}}rPr/{{*}}{name}") for name in UNSEEN)
    return any(mark is not None and attribute(mark, "val") not in OFF for mark in found)


def _is_skipped(paragraph: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether a paragraph stands in what is skipped, but for text boxes, which it is read from."""
    around = {local_name(element) for element in paragraph.iterancestors()}
    return bool(around & (SKIPPED - {"txbxContent"}))


def _notes(archive: Archive, reader: _WordReader) -> Iterator[Block]:
    """Yield the notes that the text calls, each after its number: "[1] The Times, 3 May"."""
    texts = {}
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" in archive.names and reader.called:
            root = parse_xml(archive.read(f"word/{kind}s.xml"))
            for note in root.iterfind(f"{{*}}{kind}"):
                words = " ".join(block.text for block in reader.blocks(note))
                texts[kind, attribute(note, "id")] = words
    for key, number in list(reader.called.items()):
        if texts.get(key, "").strip():
            yield Block(f"[{number}] {texts[key]}")
