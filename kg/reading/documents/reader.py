"""Read a file, or a text in memory, into a Document: its text, title, language and layout."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from kg.errors import UnreadableDocumentError
from kg.reading.documents.dates import find_document_date
from kg.reading.documents.formats import READERS, Extracted, Unreadable
from kg.reading.documents.languages import guess_language
from kg.reading.documents.layout import Layout, mark_layout
from kg.reading.documents.lines import WIKI_PAGE
from kg.records import Document

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a larger file is no document but a dump, and would not fit a laptop's memory."""
LONGEST_TITLE = 200
REASONS: Mapping[type[OSError], str] = MappingProxyType(
    {
        PermissionError: "you have no permission to read it",
        FileNotFoundError: "it is not there",
    }
)
"""What an error of the disk means, where its own words say less."""


def read_document(path: Path, source: str, document_id: str) -> Document:
    """Read one file; raise UnreadableDocumentError, with the reason, if that cannot be."""
    content = _content(path)
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableDocumentError(
            path, f"kg does not know {suffix or 'a file without suffix'} (it reads {known})"
        )
    try:
        extracted = reader(content)
    except Unreadable as error:
        raise UnreadableDocumentError(path, str(error)) from error
    if not extracted.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise UnreadableDocumentError(path, "it holds no text")
    sha256 = hashlib.sha256(content).hexdigest()
    return _document(extracted, document_id=document_id, source=source, sha256=sha256)


def _content(path: Path) -> bytes:
    """Return a file's bytes, if there are some, and not too many."""
    try:
        _refuse_unfit(path)
        content = path.read_bytes()
    except OSError as error:
        reason = REASONS.get(type(error), error.strerror or "the disk gave an error")
        raise UnreadableDocumentError(path, reason) from error
    if not content:
        raise UnreadableDocumentError(path, "it is empty")
    return content


def _refuse_unfit(path: Path) -> None:
    """Raise UnreadableDocumentError for what is no file, or too large a one."""
    if path.is_dir():
        raise UnreadableDocumentError(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise UnreadableDocumentError(path, "it is a pipe or a device, not a file")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UnreadableDocumentError(
            path,
            f"it is too large ({size // 2**20} MB; the limit is {LARGEST_FILE // 2**20} MB)",
        )


def document_from_text(
    text: str, *, document_id: str, title: str = "", source: str = ""
) -> Document:
    """Return a Document of a text that is already in memory."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    extracted = Extracted(text, title)
    return _document(extracted, document_id=document_id, source=source, sha256=sha256)


def lines_as_documents(text: str, source: str) -> Iterator[Document]:
    """Yield each line as a document of its own: the n-th is ``line-n``, also when blank."""
    lines = re.split(r"\r\n|\n|\r", text)
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, start=1):
        yield document_from_text(
            line, document_id=f"line-{number}", title=f"line {number}", source=source
        )


def _document(extracted: Extracted, *, document_id: str, source: str, sha256: str) -> Document:
    text = extracted.text
    layout = mark_layout(text, page_breaks=extracted.page_breaks)
    return Document(
        id=document_id,
        title=extracted.title[:LONGEST_TITLE] or _title(text, layout, source),
        text=text,
        source=source,
        language=guess_language(text),
        sha256=sha256,
        pages=layout.pages,
        paragraphs=layout.paragraphs,
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        redactions=layout.redactions,
        date=find_document_date(text, source=source, declared=extracted.declared_date),
        turns=layout.turns,
    )


def _title(text: str, layout: Layout, source: str) -> str:
    """Return what a text calls itself: its wiki page, its first heading, or its file's name."""
    header = WIKI_PAGE.search(text, 0, 1000)
    if header:
        return PurePosixPath(header[1].strip()).stem
    name = PurePosixPath(source).stem.replace("_", " ")
    if layout.paragraphs and layout.paragraphs[0].heading:
        first = layout.paragraphs[0]
        return " ".join(text[first.start : first.end].split())[:LONGEST_TITLE] or name
    return name
