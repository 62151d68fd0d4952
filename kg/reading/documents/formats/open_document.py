"""Read .odt: the text of an OpenDocument file, without what was deleted or is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.reading.documents.formats.archives import Archive
from kg.reading.documents.formats.blocks import PAGE_BREAK, Block, Kind, join_blocks
from kg.reading.documents.formats.extracted import Extracted, Unreadable
from kg.reading.documents.formats.word import told_in_properties
from kg.reading.documents.formats.xml import attribute, local_name, parse_xml

SKIPPED = frozenset("tracked-changes annotation note p h ruby-text".split())  # noqa: SIM905
"""What is no part of a paragraph's own words, or is read by itself."""
SIGNS = {"tab": " ", "line-break": "\n", "soft-page-break": PAGE_BREAK}


def read_odt(content: bytes) -> Extracted:
    """Return a text document's words with its headings, lists, cells, notes and pages."""
    archive = Archive(content)
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise Unreadable("it is encrypted; save it without a password")
    root = parse_xml(archive.read("content.xml"))
    reader = _TextReader(_unseen_styles(root))
    body = root.find("{*}body")
    blocks = list(reader.blocks(root if body is None else body))
    text, page_breaks = join_blocks([*blocks, *reader.notes])
    title, author = told_in_properties(archive, "meta.xml")
    return Extracted(text, title, page_breaks, author=author)


def _unseen_styles(root: Any) -> frozenset[str]:  # noqa: ANN401 - lxml has no types
    """Return the styles of words that are struck out or hidden."""
    found = root.iterfind(".//{*}style[{*}text-properties]")
    return frozenset(
        attribute(s, "name") for s in found if _is_unseen(s.find("{*}text-properties"))
    )


def _is_unseen(properties: Any) -> bool:  # noqa: ANN401 - lxml has no types
    struck = attribute(properties, "text-line-through-style") not in ("", "none")
    return struck or attribute(properties, "display") == "none"


class _TextReader:
    """Reads blocks out of the body, and gathers the notes called in it."""

    def __init__(self, unseen: frozenset[str]) -> None:
        self._unseen = unseen
        self.notes: list[Block] = []

    def blocks(self, body: Any) -> Iterator[Block]:  # noqa: ANN401 - lxml has no types
        """Yield the paragraphs and headings, those of tables and frames too."""
        for element in body.iter("{*}p", "{*}h"):
            around = {local_name(outer) for outer in element.iterancestors()}
            if not around & {"tracked-changes", "annotation", "note"}:
                yield Block("".join(self._words(element)), _kind(element, around))

    def _words(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
        """Yield the pieces of text in a paragraph, in order."""
        if attribute(element, "style-name") in self._unseen:
            return
        yield element.text or ""
        for child in element:
            name = local_name(child)
            if name == "note":
                yield self._note(child)
            elif name not in SKIPPED:
                yield SIGNS.get(name, "") or (" " if name == "s" else "")
                yield from self._words(child)
            yield child.tail or ""

    def _note(self, note: Any) -> str:  # noqa: ANN401 - lxml has no types
        """Keep a note's text for the end, and return the mark that calls it."""
        number = len(self.notes) + 1
        paragraphs = note.iterfind("{*}note-body/{*}p")
        words = " ".join("".join(self._words(paragraph)) for paragraph in paragraphs)
        self.notes.append(Block(f"[{number}] {words}"))
        return f"[{number}]"


def _kind(element: Any, around: set[str]) -> Kind:  # noqa: ANN401 - lxml has no types
    if local_name(element) == "h":
        return "heading"
    return "item" if "list-item" in around else "paragraph"
