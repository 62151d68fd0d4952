"""A document's pages, paragraphs and notes: what is said of them, and how people cite a place."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from kg.graph.assembly import cite
from kg.outputs.rdf import terms as term
from kg.outputs.rdf.terms import term_of
from kg.outputs.rdf.writers import TYPE
from kg.records import Document, Footnote, Offsets, Page, Paragraph

Told = Iterator[tuple[Offsets, str, str]]
"""A stretch, a predicate and an object."""


class CitedPlaces:
    """Where a character stands as people cite it, found without walking the document."""

    def __init__(self, document: Document) -> None:
        self.pages = _Stretches(document.pages)
        self.paragraphs = _Stretches(document.paragraphs)
        self.footnotes = _Stretches(document.footnotes)

    def citation(self, offset: int) -> str:
        """Return the page and the paragraph or note, without the title."""
        # cite walks its document; given the last of each kind, it has nothing to walk.
        here = Document(
            "", "", "", "", "", "",
            self.pages.near(offset), self.paragraphs.near(offset), self.footnotes.near(offset),
        )  # fmt: skip
        return cite(here, offset).removeprefix(", ")


Stretch = TypeVar("Stretch", Page, Paragraph, Footnote)


class _Stretches(Generic[Stretch]):
    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.stretches: list[Stretch] = sorted(stretches, key=lambda s: (s.start, s.end))
        self.starts: list[int] = [s.start for s in self.stretches]

    def near(self, offset: int) -> tuple[Stretch, ...]:
        """Return the last stretch that begins at or before the character."""
        return tuple(self.stretches[: bisect_right(self.starts, offset)][-1:])


def layout_of(
    document: Document, span_iri: Callable[[Offsets], str]
) -> dict[Offsets, list[tuple[str, str]]]:
    """Return what is said of pages, paragraphs, notes and redactions, by their offsets."""
    layout: dict[Offsets, list[tuple[str, str]]] = defaultdict(list)
    for parts in (_pages(document), _paragraphs(document), _notes(document, span_iri)):
        for span, predicate, object_ in parts:
            layout[span].append((predicate, object_))
    for redaction in document.redactions:
        layout[redaction].append((TYPE, term_of("kg:Redaction")))
    return {span: about for span, about in layout.items() if span[0] < span[1]}


def _pages(document: Document) -> Told:
    for page in document.pages:
        span = page.start, page.end
        yield span, TYPE, term_of("kg:Page")
        yield from _numbers(span, ("kg:pageNumber", page.number), ("kg:filePage", page.file_number))
        yield from _numbers(span, ("kg:placeName", page.name))


def _paragraphs(document: Document) -> Told:
    for paragraph in document.paragraphs:
        span = paragraph.start, paragraph.end
        yield span, TYPE, term_of("nif:Title" if paragraph.heading else "nif:Paragraph")
        yield from _numbers(span, ("kg:paragraphNumber", paragraph.number))


def _notes(document: Document, span_iri: Callable[[Offsets], str]) -> Told:
    for note in document.footnotes:
        span = note.start, note.end
        yield span, TYPE, term_of("kg:Footnote")
        yield from _numbers(span, ("kg:noteNumber", note.number))
        if note.mark:
            yield note.mark, TYPE, term_of("kg:FootnoteMark")
            yield span, term_of("kg:mark"), span_iri(note.mark)


def _numbers(span: Offsets, *numbers: tuple[str, str]) -> Told:
    for curie, number in numbers:
        if number:
            yield span, term_of(curie), term.text(number)
