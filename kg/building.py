"""Make a build folder: read what is new, link, write.

Readings are kept one by one in readings.db, so that an unchanged document is not read
twice and a killed build goes on where it stopped. Every other file is written beside
its place and moved there when it is whole.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.build_folder import LINKED, MERGES
from kg.errors import InputError, OtherKindError, UnreadableDocumentError
from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.linking.reasons import IDENTITY_COLUMNS, identity_rows
from kg.outputs.drawing.html_page import write_html
from kg.outputs.files import make_folder, write_text, write_whole
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.rdf.importing import left_out, read_rdf
from kg.outputs.standing import standing_of
from kg.outputs.texts.tables import (
    write_claims_csv,
    write_documents_csv,
    write_entities_csv,
    write_graphml,
    write_rows,
)
from kg.pipeline import AnyPath, as_folder, as_paths, link_and_assemble
from kg.progress import Progress, silent
from kg.reading.documents.files import document_ids, find_files, other_files
from kg.reading.documents.formats.pdf import pages_without_text, recognised_pages, untold_pages
from kg.reading.documents.formats.plain import damaged_characters
from kg.reading.documents.formats.readers import Reader, readers_with
from kg.reading.documents.languages import is_untold
from kg.reading.documents.reader import read_documents_in
from kg.reading.store import READINGS, ReadingStore
from kg.reading_processes import read_many
from kg.records import Document, Failure, Reading
from kg.run_file import RUN
from kg.serialization import entity_to_json
from kg.settings import Settings
from kg.version import __version__
from kg.vocabulary import TYPES

PagesOfFile = tuple[str, tuple[int, ...]]
"""A file's source, and some of its pages, counted from 1."""
LONG_DOCUMENT = 1000
"""Paragraphs; of a document with as many, progress inside it is told, too: it takes half a minute."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build made: counts by kind, the files that could not be read, the seconds.

    ``unreadable`` are files with the reason, ``failed`` documents (path, failure) on which
    kg itself failed: their text is kept, and nothing is told of it.
    ``foreign`` are documents (source, language) whose language the parser does not know,
    ``other_files`` counts by suffix the files in the folders and inside others that are of no
    kind it reads, ``other_members`` are the paths of the latter,
    ``pages_without_text`` the PDFs (source, pages) of which some pages hold none, as scans do,
    ``untold_pages`` those of which some pages' columns cannot be told, ``recognised_pages``
    those of which OCR has read some,
    ``damaged`` documents (source, number, line of the first) with bytes that spell nothing.
    """

    output: Path
    documents: int
    read_now: int
    entities: dict[str, int]
    claims: dict[str, int]
    relations: int
    words: int
    unreadable: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, Failure], ...]
    foreign: tuple[tuple[str, str], ...]
    seconds: float
    other_files: Mapping[str, int] = field(default_factory=dict)
    pages_without_text: tuple[PagesOfFile, ...] = ()
    untold_pages: tuple[PagesOfFile, ...] = ()
    recognised_pages: tuple[PagesOfFile, ...] = ()
    damaged: tuple[tuple[str, int, int], ...] = ()
    other_members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """One file to read, known by its id in the corpus."""

    path: Path
    source: str
    id: str


@dataclass(slots=True)
class _Intake:
    """What came of reading the files of a build; ``done`` counts the documents dealt with.

    ``found`` counts the documents as far as known: a file counts as one until it is opened.
    ``paths`` and ``failed`` are by document id, ``unreadable`` has paths with the reason.
    """

    paths: dict[str, str] = field(default_factory=dict)
    found: int = 0
    done: int = 0
    read_now: int = 0
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    failed: dict[str, Failure] = field(default_factory=dict)
    other_members: list[str] = field(default_factory=list)


def build(
    paths: AnyPath | Iterable[AnyPath],
    output: AnyPath,
    settings: Settings | None = None,
    progress: Progress | None = None,
    *,
    retry: bool = False,
) -> BuildSummary:
    """Read the documents in ``paths`` and write their graph into the folder ``output``.

    A document on which kg itself fails costs no other: it is named in the summary, its text
    is kept, and the next version of kg reads it again; with ``retry`` this one does.
    ``progress`` is told what is being done, and how far it is.

    Raises:
        NoDocumentsError: there is nothing to read.
        OutputError: the folder cannot be written.
        InputError: not one of the files could be read.

    """
    started, tell, paths = time.monotonic(), progress or silent, as_paths(paths)
    output, settings = as_folder(output, "kg.build"), settings or Settings()
    readers = readers_with(settings.text_columns)
    found = find_files(paths, suffixes=readers.keys())
    files = [_File(*file, id_) for file, id_ in zip(found, document_ids(found), strict=True)]
    make_folder(output)
    with ReadingStore(output / READINGS) as store:
        intake = _read_into(store, files, settings, tell, retry=retry)
        # Before any reading is dropped: a disk that is not there must not empty the store.
        if not intake.paths:
            raise InputError(_nothing_readable(intake.unreadable))
        # What left the corpus, or can be read no more, leaves the graph.
        store.keep_only(intake.paths)
        # Left by an import, it would be taken for the entities of this build.
        (output / LINKED).unlink(missing_ok=True)
        graph, resolution = link_and_assemble(store.readings(), settings)
    write_outputs(graph, output, settings, tell)
    rows = [IDENTITY_COLUMNS, *identity_rows(resolution)]
    write_whole(output / MERGES, lambda path: write_rows(rows, path))
    summary = _summary(graph, output, intake, time.monotonic() - started)
    beside = Counter(other_files(paths, suffixes=readers.keys()))
    beside.update(Path(member).suffix.lower() for member in intake.other_members)
    summary = replace(summary, other_files=dict(sorted(beside.items())))
    _write_run(summary, settings)
    return summary


def write_outputs(
    graph: KnowledgeGraph, output: Path, settings: Settings, progress: Progress | None = None
) -> None:
    """Write the graph's files into a build folder, each whole or not at all."""
    writers: dict[str, Callable[[Path], object]] = {
        "graph.ttl": lambda path: write_turtle(
            graph, path, base_iri=settings.base_iri, licence=settings.licence
        ),
        "graph.html": lambda path: write_html(graph, path),
        "graph.graphml": lambda path: write_graphml(graph, path),
        "entities.csv": lambda path: write_entities_csv(graph, path),
        "claims.csv": lambda path: write_claims_csv(graph, path),
        "documents.csv": lambda path: write_documents_csv(graph, path),
    }
    tell = progress or silent
    for number, (name, write) in enumerate(writers.items()):
        tell(f"writing {name}", number, len(writers))
        write_whole(output / name, write)
    tell("writing", len(writers), len(writers))


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import made; ``left_out`` are the triples of the file that it does not keep."""

    summary: BuildSummary
    left_out: tuple[str, ...]


def import_graph(file: Path, output: Path) -> ImportSummary:
    """Make a build folder of a file that holds a graph in our model; nothing is fetched.

    A document on which kg itself fails costs no other, as in ``build``.

    Raises:
        InputError: the file is not RDF, or not in our model.
        OutputError: the folder cannot be written.

    """
    started = time.monotonic()
    saved = read_rdf(file)
    settings = Settings(base_iri=saved.base_iri, licence=saved.licence)
    graph = assemble_graph(saved.readings, saved.entities)
    make_folder(output)
    with ReadingStore(output / READINGS) as store:
        for reading in saved.readings:
            # No reader has this version, so that a later `kg build` reads each document anew.
            store.put(reading, "imported")
        store.keep_only({reading.document.id for reading in saved.readings})
    write_text(output / LINKED, "\n".join(map(entity_to_json, saved.entities)) + "\n")
    write_outputs(graph, output, settings)
    intake = _Intake({r.document.id: r.document.source for r in saved.readings})
    summary = _summary(graph, output, intake, time.monotonic() - started)
    _write_run(summary, settings)
    return ImportSummary(summary, tuple(left_out(file, graph, saved)))


def _read_into(
    store: ReadingStore,
    files: Sequence[_File],
    settings: Settings,
    tell: Progress,
    *,
    retry: bool,
) -> _Intake:
    """Read what is new or changed, and what failed before if that is to be tried again."""
    reader, intake = settings.reader_version(), _Intake(found=len(files))

    def is_known(document: Document) -> bool:
        known = store.get(document.id, document.sha256, reader)
        return known is not None and not (retry and known.failure)

    def watch(document: Document, parsed: int, paragraphs: int) -> None:
        if paragraphs >= LONG_DOCUMENT:
            tell(f"reading {document.source}, paragraphs", parsed, paragraphs)

    waiting = _waiting(files, intake, is_known, readers_with(settings.text_columns))
    # Kept as it was read: settings weigh it when it is linked, those of a later build anew.
    settings = replace(settings, min_confidence=0.0, sure=0.0, worth=0.0)
    tell("reading", 0, len(files))
    # Closed in any case: a stopped build must not wait for its readers for ever.
    with closing(read_many(waiting, settings, of=len(files), watch=watch)) as readings:
        for reading in readings:
            store.put(reading, reader)
            if reading.failure:
                intake.failed[reading.document.id] = reading.failure
            intake.read_now += 1
            intake.done += 1
            tell("reading", intake.done, intake.found)
    tell("reading", intake.found, intake.found)
    return intake


def _waiting(
    files: Iterable[_File],
    intake: _Intake,
    is_known: Callable[[Document], bool],
    readers: Mapping[str, Reader],
) -> Iterator[Document]:
    """Yield the documents that are still to be read; note the files that cannot be."""
    for file in files:
        inside = read_documents_in(file.path, file.source, file.id, readers=readers)
        for number, document in enumerate(inside):
            if isinstance(document, OtherKindError):
                intake.other_members.append(str(document.path))
                continue
            intake.found += number > 0
            if isinstance(document, UnreadableDocumentError):
                intake.unreadable.append((str(document.path), document.reason))
                intake.done += 1
                continue
            within = document.source.removeprefix(file.source)
            intake.paths[document.id] = f"{file.path}{within}"
            if is_known(document):
                intake.done += 1
            else:
                yield document


def _nothing_readable(unreadable: Sequence[tuple[str, str]]) -> str:
    shown = "; ".join(f"{file}: {reason}" for file, reason in unreadable[:5])
    more = f"; and {len(unreadable) - 5} more" if len(unreadable) > 5 else ""
    if len(unreadable) == 1:
        return f"The only file could not be read ({shown}). Give others, or repair it."
    return f"None of the {len(unreadable)} files could be read ({shown}{more})."


def _summary(
    graph: KnowledgeGraph,
    output: Path,
    intake: _Intake,
    seconds: float,
) -> BuildSummary:
    readings = graph.readings.values()
    types = Counter(entity.type for entity in graph.entities.values())
    return BuildSummary(
        output=output,
        documents=len(graph.readings),
        read_now=intake.read_now,
        entities={kind: types[kind] for kind in TYPES if types[kind]},
        claims=claim_counts(graph),
        relations=len(graph.relations),
        words=sum(len(document.text.split()) for document in graph.documents.values()),
        unreadable=tuple(intake.unreadable),
        other_members=tuple(intake.other_members),
        failed=tuple(_failed(readings, intake)),
        foreign=tuple(_foreign(readings)),
        seconds=round(seconds, 2),
        pages_without_text=_pages(graph, pages_without_text),
        untold_pages=_pages(graph, untold_pages),
        recognised_pages=_pages(graph, recognised_pages),
        damaged=tuple(_damaged(readings)),
    )


def _pages(
    graph: KnowledgeGraph, find: Callable[[Document], tuple[int, ...]]
) -> tuple[PagesOfFile, ...]:
    """Return the files that have pages of a kind, with the pages."""
    found = ((document.source, find(document)) for document in graph.documents.values())
    return tuple((source, pages) for source, pages in found if pages)


def _failed(readings: Iterable[Reading], intake: _Intake) -> Iterator[tuple[str, Failure]]:
    for reading in readings:
        if reading.failure is not None:
            id_ = reading.document.id
            # Of what failed just now there is a traceback, which the store does not keep.
            yield intake.paths[id_], intake.failed.get(id_, reading.failure)


def _foreign(readings: Iterable[Reading]) -> Iterator[tuple[str, str]]:
    for reading in filter(is_untold, readings):
        yield reading.document.source, reading.document.language


def _damaged(readings: Iterable[Reading]) -> Iterator[tuple[str, int, int]]:
    for document in (reading.document for reading in readings):
        number, line = damaged_characters(document.text)
        if number:
            yield document.source, number, line


def claim_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """Return how many claims are facts, denied, attributed, and of each other modality."""
    counts = Counter(standing_of(graph, linked).kind for linked in graph.claims.values())
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _write_run(summary: BuildSummary, settings: Settings) -> None:
    words = json.dumps(_run(summary, settings), indent=2, ensure_ascii=False)
    write_text(summary.output / RUN, f"{words}\n")


def _run(summary: BuildSummary, settings: Settings) -> dict[str, object]:
    return {
        "version": __version__,
        "reader": settings.reader_version(),
        "settings": settings.as_dict(),
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": summary.seconds,
        "documents": summary.documents,
        "read_now": summary.read_now,
        "words": summary.words,
        "entities": summary.entities,
        "claims": summary.claims,
        "relations": summary.relations,
        "foreign": [{"file": file, "language": language} for file, language in summary.foreign],
        "other_files": dict(summary.other_files),
        "other_members": list(summary.other_members),
        "pages_without_text": _pages_json(summary.pages_without_text),
        "untold_pages": _pages_json(summary.untold_pages),
        "recognised_pages": _pages_json(summary.recognised_pages),
        "damaged": [
            {"file": file, "characters": number, "first_line": line}
            for file, number, line in summary.damaged
        ],
        "unreadable": [{"file": file, "reason": reason} for file, reason in summary.unreadable],
        "failed": [
            {"file": file, "error": f.error, "place": f.place, "message": f.message}
            for file, f in summary.failed
        ],
    }


def _pages_json(found: Iterable[PagesOfFile]) -> list[dict[str, object]]:
    return [{"file": file, "pages": list(pages)} for file, pages in found]
