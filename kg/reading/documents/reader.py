"""Read a file, or a text in memory, into a Document: its text, title, language and layout."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kg.errors import OtherKindError, UnreadableDocumentError
from kg.failures import failure_of
from kg.reading.documents.dates import find_document_date
from kg.reading.documents.files import member_ids
from kg.reading.documents.formats.extracted import Extracted, Member, Unreadable
from kg.reading.documents.formats.readers import KINDS, READERS, TABLES, Reader
from kg.reading.documents.languages import guess_language
from kg.reading.documents.layout import mark_layout
from kg.reading.documents.titles import author_of, one_line, title_of
from kg.records import Document, DocumentKind, Page

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a larger file is no document but a dump, and would not fit a laptop's memory."""
DEEPEST = 4
"""How deep documents may lie in others: a report attached to a mail in a mailbox in an archive."""
MOST_DOCUMENTS, MOST_UNPACKED = 100_000, 1024 * 1024 * 1024
"""Documents and bytes that one file may give; an archive of archives could go on for ever."""
BLANK = "\ufeff \t\r\n\f\v\u00a0"
REASONS: Mapping[type[OSError], str] = MappingProxyType(
    {
        PermissionError: "you have no permission to read it",
        FileNotFoundError: "it is not there",
    }
)
"""What an error of the disk means, where its own words say less."""


def read_document(path: Path, source: str, document_id: str) -> Document:
    """Read the document in a file; raise UnreadableDocumentError, with the reason, if that cannot be."""
    first = next(read_documents_in(path, source, document_id))
    if isinstance(first, UnreadableDocumentError):
        raise first
    return first


def read_documents_in(
    path: Path, source: str, document_id: str, *, readers: Mapping[str, Reader] = READERS
) -> Iterator[Document | UnreadableDocumentError]:
    """Yield the document in a file, then those inside it: attachments, messages, files of an archive.

    The source of one inside is "box.mbox/3" or "a.zip/b.docx". What cannot be read is
    yielded as the error, so that it costs no other; there is always something. A file inside
    of a kind that no reader is for is an OtherKindError.
    """
    try:
        content = _content(path)
    except UnreadableDocumentError as error:
        yield error
        return
    place = _Place(path, source, document_id)
    yield from _Opened(readers).documents(content, path.suffix.lower(), place)


class _Place(NamedTuple):
    """Where a document lies: its path, its source and id in the corpus, and how deep inside files."""

    path: Path
    source: str
    id: str
    depth: int = 0

    def inside(self, member: Member, id_: str) -> _Place:
        """Return the place of a document inside this one."""
        source = f"{self.source}/{member.name}"
        return _Place(self.path / member.name, source, id_, self.depth + 1)


class _Opened:
    """What was taken out of one file on the disk, so that there is an end to it."""

    def __init__(self, readers: Mapping[str, Reader]) -> None:
        self._readers = readers
        self._documents = 0
        self._bytes = 0

    def documents(
        self, content: bytes, suffix: str, place: _Place
    ) -> Iterator[Document | UnreadableDocumentError]:
        """Yield the document that some bytes are, and those inside it."""
        try:
            extracted = self._extracted(content, suffix)
            document = self._document(extracted, content, place, kind=KINDS.get(suffix, ""))
        except Unreadable as error:
            yield UnreadableDocumentError(place.path, str(error))
            return
        except Exception as error:  # a fault of ours must cost no other document
            yield _failed(place.path, error)
            return
        if document is not None:
            yield document
        known = [member for member in extracted.members if member.suffix in self._readers]
        ids = member_ids(place.id, [member.name for member in known])
        for member, id_ in zip(known, ids, strict=True):
            yield from self._member(member, place.inside(member, id_))
        for member in extracted.members:
            if member.suffix not in self._readers:
                yield OtherKindError(place.path / member.name)

    def _member(
        self, member: Member, place: _Place
    ) -> Iterator[Document | UnreadableDocumentError]:
        """Yield the documents in a member, unless the file has given more than any corpus would."""
        if self._bytes > MOST_UNPACKED or self._documents > MOST_DOCUMENTS:
            return
        try:
            content = self._read(member, place.depth)
        except Unreadable as error:
            yield UnreadableDocumentError(place.path, str(error))
            return
        yield from self.documents(content, member.suffix, place)

    def _read(self, member: Member, depth: int) -> bytes:
        """Return a member's bytes, counted."""
        if depth > DEEPEST:
            raise Unreadable(f"it lies more than {DEEPEST} files deep in others")
        content = member.read()
        self._bytes += len(content)
        self._documents += 1
        if self._bytes > MOST_UNPACKED or self._documents > MOST_DOCUMENTS:
            raise Unreadable("too much lies in the same file; it and what follows are left out")
        if not content:
            raise Unreadable("it is empty")
        return content

    def _extracted(self, content: bytes, suffix: str) -> Extracted:
        """Return what the reader of a kind of file takes out of bytes; raise Unreadable."""
        reader = self._readers.get(suffix)
        if reader is None and suffix in TABLES:
            raise Unreadable("of a table kg reads the columns that --text-column names")
        if reader is None:
            known = ", ".join(sorted(READERS))
            named = suffix or "a file without suffix"
            raise Unreadable(f"kg does not know {named} (it reads {known})")
        return reader(content)

    def _document(
        self, extracted: Extracted, content: bytes, place: _Place, *, kind: DocumentKind
    ) -> Document | None:
        """Return the document that a file is, None for a container; raise Unreadable if it is neither."""
        if extracted.text.strip(BLANK):
            sha256 = hashlib.sha256(content).hexdigest()
            return _document(
                extracted, document_id=place.id, source=place.source, sha256=sha256, kind=kind
            )
        if any(member.suffix in self._readers for member in extracted.members):
            return None
        inside = "file of a kind that kg reads" if extracted.members else "text"
        raise Unreadable(f"it holds no {inside}")


def _failed(path: Path, error: Exception) -> UnreadableDocumentError:
    """Return a fault of kg's own as the reason why a document cannot be read."""
    failure = UnreadableDocumentError(path, f"kg failed on it, {failure_of(error)}")
    failure.__cause__ = error
    return failure


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
    if path.is_symlink() and not path.exists():
        raise UnreadableDocumentError(path, "it is a link to something that is not there")
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
    document = _document(Extracted(text), document_id=document_id, source=source, sha256=sha256)
    return replace(document, title=title) if title else document


def lines_as_documents(text: str, source: str) -> Iterator[Document]:
    """Yield each line as a document of its own: the n-th is ``line-n``, also when blank."""
    lines = re.split(r"\r\n|\n|\r", text)
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, start=1):
        yield document_from_text(
            line, document_id=f"line-{number}", title=f"line {number}", source=source
        )


def _document(
    extracted: Extracted, *, document_id: str, source: str, sha256: str, kind: DocumentKind = ""
) -> Document:
    text = extracted.text
    layout = mark_layout(
        text,
        page_breaks=extracted.page_breaks,
        furniture=extracted.furniture,
        spoken=extracted.spoken,
    )
    return Document(
        id=document_id,
        title=title_of(extracted.title, text, layout.paragraphs, source=source),
        text=text,
        source=source,
        language=guess_language(text),
        sha256=sha256,
        pages=_named(layout.pages, extracted.places, len(text)),
        paragraphs=layout.paragraphs,
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        redactions=layout.redactions,
        date=find_document_date(text, source=source, declared=extracted.declared_date),
        turns=layout.turns,
        author=author_of(extracted.author),
        kind=kind,
    )


def _named(
    pages: Sequence[Page], places: Sequence[tuple[int, str]], length: int
) -> tuple[Page, ...]:
    """Return the pages with their names; what has no pages is one, if it has a name."""
    names = {start: one_line(name) for start, name in places}
    if not pages and names:
        pages = [Page(0, length)]
    return tuple(replace(page, name=names.get(page.start, "")) for page in pages)
