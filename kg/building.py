"""A build folder: what `kg build` leaves, and how to open it again.

Readings are kept one by one in readings.db, so that an unchanged document is not read
twice and a killed build goes on where it stopped. Every other file is written beside
its place and moved there when it is whole.
"""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread

from kg.errors import (
    InputError,
    NotABuildError,
    OutputError,
    UnknownNameError,
    UnreadableDocumentError,
)
from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.linking.reasons import IDENTITY_COLUMNS, identity_rows
from kg.outputs.drawing.explorer import open_explorer
from kg.outputs.drawing.explorer_index import INDEX, stamp_of, write_index
from kg.outputs.drawing.html_page import write_html
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.rdf.importing import left_out, read_rdf
from kg.outputs.sparql.results import Result
from kg.outputs.sparql.saved_queries import bind
from kg.outputs.sparql.store import GRAPH, TIMEOUT, open_store, run_query, saved_query
from kg.outputs.texts.tables import (
    EXPORTS,
    write_claims_csv,
    write_entities_csv,
    write_graphml,
    write_rows,
)
from kg.outputs.validation.promises import RULES, Violation, check_statements, read_statements
from kg.outputs.validation.shapes import own_shapes, read_shapes, validate_shapes
from kg.pipeline import build_graph, link_and_assemble, read_documents
from kg.reading.documents.reader import (
    document_ids,
    find_files,
    is_untold,
    other_files,
    read_document,
)
from kg.reading.parsing.annotation import Watch
from kg.reading.store import READINGS, ReadingStore
from kg.records import Document, Entity, Reading
from kg.serialization import entity_from_json, entity_to_json
from kg.settings import Settings
from kg.version import __version__
from kg.vocabulary import DEFAULT_BASE_IRI, TYPES

RUN = "run.json"
MERGES = "merges.csv"
LINKED = "linked.jsonl"
"""The entities of a build that was imported: they were linked elsewhere, and stay as they are."""

LONG_DOCUMENT = 1000
"""Paragraphs; of a document with as many, progress inside it is told, too: it takes half a minute."""
Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many done, how many in all)."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build made: counts by kind, the files that could not be read, the seconds.

    ``foreign`` are documents (source, language) whose language the parser does not know,
    ``other_files`` the files of each suffix that lie in the folders and are of no kind it reads.
    """

    output: Path
    documents: int
    read_now: int
    entities: dict[str, int]
    claims: dict[str, int]
    relations: int
    words: int
    unreadable: tuple[tuple[str, str], ...]
    foreign: tuple[tuple[str, str], ...]
    seconds: float
    other_files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    """One file to read, known by its id in the corpus."""

    path: Path
    source: str
    id: str


def build(
    paths: Iterable[Path], output: Path, settings: Settings, progress: Progress | None = None
) -> BuildSummary:
    """Read the documents in ``paths`` and write their graph into the folder ``output``.

    Raises:
        NoDocumentsError: there is nothing to read.
        OutputError: the folder cannot be written.
        InputError: not one of the files could be read.

    """
    started, tell, paths = time.monotonic(), progress or _silent, list(map(Path, paths))
    found = find_files(paths)
    files = [_File(*file, id_) for file, id_ in zip(found, document_ids(found), strict=True)]
    _make_folder(output)
    with ReadingStore(output / READINGS) as store:
        read_now, unreadable = _read_into(store, files, settings, tell)
        bad = {file.id for file, _ in unreadable}
        if len(bad) == len(files):
            raise InputError(_nothing_readable(unreadable))
        store.keep_only({file.id for file in files} - bad)
        (output / LINKED).unlink(missing_ok=True)
        graph, resolution = link_and_assemble(store.readings(), settings)
    write_outputs(graph, output, settings, tell)
    rows = [IDENTITY_COLUMNS, *identity_rows(resolution)]
    write_whole(output / MERGES, lambda path: write_rows(rows, path))
    summary = _summary(graph, output, read_now, unreadable, time.monotonic() - started)
    summary = replace(summary, other_files=other_files(paths))
    _write_text(output / RUN, json.dumps(_run(summary, settings), indent=2, ensure_ascii=False))
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
    }
    tell = progress or _silent
    for number, (name, write) in enumerate(writers.items()):
        tell(f"writing {name}", number, len(writers))
        write_whole(output / name, write)
    tell("writing", len(writers), len(writers))


def open_build(folder: Path) -> KnowledgeGraph:
    """Return the graph of a build folder.

    Raises:
        NotABuildError: the folder is not one that `kg build` made.

    """
    if not (folder / READINGS).is_file():
        raise NotABuildError(folder, READINGS)
    with ReadingStore(folder / READINGS) as store:
        if (folder / LINKED).is_file():
            return assemble_graph(list(store.readings()), _read_linked(folder / LINKED))
        return build_graph(store.readings(), Settings(knowledge=_setting_of(folder, "knowledge")))


def read_identities(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a build's merges.csv: what was taken for one thing, and why.

    Raises:
        NotABuildError: the folder has none, as one that `kg import` made.

    """
    try:
        with (folder / MERGES).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    except FileNotFoundError as error:
        raise NotABuildError(folder, MERGES) from error
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"Cannot read {folder / MERGES}: {error}. Build it again.") from error


def prepare_explorer(folder: Path) -> bool:
    """Make the index that the explorer asks, unless it is there; return whether it was made.

    A folder without readings, or one that cannot be written, is served without.
    """
    try:
        open_explorer(folder)
    except NotABuildError:
        if not (folder / READINGS).is_file() or not os.access(folder, os.W_OK):
            return False
        graph, stamp = open_build(folder), stamp_of(folder)
        write_whole(
            folder / INDEX,
            lambda path: write_index(graph, path, title=folder.resolve().name, stamp=stamp),
        )
        return True
    return False


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import made; ``left_out`` are the triples of the file that it does not keep."""

    summary: BuildSummary
    left_out: tuple[str, ...]


def import_graph(file: Path, output: Path) -> ImportSummary:
    """Make a build folder of a file that holds a graph in our model; nothing is fetched.

    Raises:
        InputError: the file is not RDF, or not in our model.
        OutputError: the folder cannot be written.

    """
    started = time.monotonic()
    saved = read_rdf(file)
    settings = Settings(base_iri=saved.base_iri, licence=saved.licence)
    graph = assemble_graph(saved.readings, saved.entities)
    _make_folder(output)
    with ReadingStore(output / READINGS) as store:
        for reading in saved.readings:
            store.put(reading, "imported")
        store.keep_only({reading.document.id for reading in saved.readings})
    _write_text(output / LINKED, "\n".join(map(entity_to_json, saved.entities)))
    write_outputs(graph, output, settings)
    summary = _summary(graph, output, 0, (), time.monotonic() - started)
    _write_text(output / RUN, json.dumps(_run(summary, settings), indent=2, ensure_ascii=False))
    return ImportSummary(summary, tuple(left_out(file, graph, saved)))


def _read_linked(path: Path) -> list[Entity]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [entity_from_json(line) for line in lines if line]


def export_build(
    folder: Path, form: str, output: Path | None = None, *, licence: str | None = None
) -> Path:
    """Write a build in another form; return where. Its settings say which IRIs it mints.

    ``licence`` takes the place of the licence in the build's settings.

    Raises:
        UnknownNameError: there is no such form.
        NotABuildError: the folder is not one that `kg build` made.

    """
    if form not in EXPORTS:
        raise UnknownNameError("form", form, set(EXPORTS))
    exporter = EXPORTS[form]
    path = output or folder / (f"graph{exporter.suffix}" if exporter.suffix else form)
    settings = Settings(base_iri=base_iri_of(folder), licence=licence or licence_of(folder))
    graph = open_build(folder)

    def write(to: Path) -> None:
        exporter.write(graph, to, base_iri=settings.base_iri, licence=settings.licence)

    if exporter.is_folder:
        _make_folder(path)
        write(path)
    else:
        write_whole(path, write)
    return path


@dataclass(frozen=True, slots=True)
class Validation:
    """What was checked, and what is wrong with it."""

    triples: int
    rules: str
    violations: tuple[Violation, ...]


def validate_build(folder: Path, *, shapes: Path | None = None, shacl: bool = False) -> Validation:
    """Check a build's graph.ttl against what kg promises, and against SHACL shapes on demand.

    Raises:
        NotABuildError: the folder has no graph.ttl that parses.
        MissingExtraError: SHACL is asked for, and pySHACL is not installed.
        InputError: the shapes cannot be used.

    """
    graph = folder / GRAPH
    if not graph.is_file():
        raise NotABuildError(folder, GRAPH)
    wanted = ([own_shapes()] if shacl else []) + ([read_shapes(shapes)] if shapes else [])
    found = read_statements(graph)
    violations = list(check_statements(found))
    rules = f"{len(RULES)} rules"
    if wanted:
        violations += validate_shapes(graph, wanted)
        rules += f" and {len(wanted)} set{'s' if len(wanted) > 1 else ''} of SHACL shapes"
    return Validation(found.triples, rules, tuple(dict.fromkeys(violations)))


def query_build(
    folder: Path,
    query: str,
    *,
    values: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Result:
    """Return what a SPARQL query, or the saved query of that name, finds in a build.

    ``values`` are for the parameters that the query declares.

    Raises:
        NotABuildError: the folder has no graph.ttl.
        UnknownNameError: no saved query, parameter or entity has a name that was given.
        InputError: a parameter has no value, or one of another kind.
        BadQueryError: it does not parse, would write, reaches outside or takes too long.

    """
    if not (folder / GRAPH).is_file():
        raise NotABuildError(folder, GRAPH)
    text = saved_query(query) if re.fullmatch(r"[\w-]+", query.strip()) else query
    store, base_iri = open_store(folder), base_iri_of(folder)
    text = bind(text, values or {}, store, base_iri=base_iri)
    return run_query(store, text, base_iri=base_iri, timeout=timeout)


def base_iri_of(folder: Path) -> str:
    """Return the base IRI that a build minted its identifiers with."""
    return _setting_of(folder, "base_iri") or DEFAULT_BASE_IRI


def licence_of(folder: Path) -> str | None:
    """Return the IRI of the licence that a build is published under, if it has one."""
    return _setting_of(folder, "licence")


def _setting_of(folder: Path, name: str) -> str | None:
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
        value = run["settings"][name]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(value) if value else None


def _read_into(
    store: ReadingStore, files: Sequence[_File], settings: Settings, tell: Progress
) -> tuple[int, list[tuple[_File, str]]]:
    """Read what is new or changed; return how many, and the files that could not be read."""
    reader, unreadable, read_now, done = settings.reader_version(), list[tuple[_File, str]](), 0, 0

    def waiting() -> Iterator[Document]:
        nonlocal done
        for file in files:
            try:
                document = read_document(file.path, file.source, file.id)
            except UnreadableDocumentError as error:
                unreadable.append((file, error.reason))
                done += 1
                continue
            if store.get(document.id, document.sha256, reader) is None:
                yield document
            else:
                done += 1

    def watch(document: Document, parsed: int, paragraphs: int) -> None:
        if paragraphs >= LONG_DOCUMENT:
            tell(f"reading {document.source}, paragraphs", parsed, paragraphs)

    tell("reading", 0, len(files))
    # Closed in any case: a stopped build must not wait for its readers for ever.
    with closing(read_many(waiting(), settings, of=len(files), watch=watch)) as readings:
        for reading in readings:
            store.put(reading, reader)
            read_now, done = read_now + 1, done + 1
            tell("reading", done, len(files))
    tell("reading", len(files), len(files))
    return read_now, unreadable


def read_many(
    documents: Iterator[Document], settings: Settings, *, of: int, watch: Watch | None = None
) -> Generator[Reading, None, None]:
    """Yield Readings in the order of the documents, by ``settings.jobs`` processes.

    ``watch`` is told how far a document is, unless several are read at once.
    """
    jobs = min(settings.jobs, of)
    if jobs < 2:
        yield from read_documents(documents, settings, watch=watch)
        return
    context = get_context("spawn" if os.name == "nt" else "forkserver")
    stopped = context.Event()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_stop_at, initargs=(stopped,))
    try:
        waiting = []
        for document in documents:
            waiting.append(pool.submit(_read_one, document, settings))
            while len(waiting) > 4 * jobs or (waiting and waiting[0].done()):
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
    except BrokenProcessPool as error:
        raise InputError(
            f"One of {jobs} reading processes was killed, perhaps for want of memory. "
            "What was read is kept; run the same command with --jobs 1 to go on."
        ) from error
    finally:
        stopped.set()  # or the pool would wait for the documents that are being read
        pool.shutdown(cancel_futures=True)


def _stop_at(stopped: Event) -> None:
    """Let a reading process end when it is told, in the middle of a document if need be.

    Ctrl-C, which reaches every process of a terminal, is heard by the first alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        stopped.wait()
        os._exit(0)

    Thread(target=wait, daemon=True).start()


def _read_one(document: Document, settings: Settings) -> Reading:
    return next(read_documents([document], settings))


def _make_folder(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(output, error.strerror or "the folder cannot be made") from error


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and move there, so that a killed build leaves no half file."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        write(unfinished)
        unfinished.replace(path)
    except OutputError as error:
        raise OutputError(path, error.reason) from error  # the user knows no name but this one
    except OSError as error:
        raise OutputError(path, error.strerror or "the disk gave an error") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_text(path: Path, text: str) -> None:
    write_whole(path, lambda part: part.write_text(text + "\n", encoding="utf-8"))


def _nothing_readable(unreadable: Sequence[tuple[_File, str]]) -> str:
    shown = "; ".join(f"{file.path}: {reason}" for file, reason in unreadable[:5])
    more = f"; and {len(unreadable) - 5} more" if len(unreadable) > 5 else ""
    if len(unreadable) == 1:
        return f"The only file could not be read ({shown}). Give others, or repair it."
    return f"None of the {len(unreadable)} files could be read ({shown}{more})."


def _summary(
    graph: KnowledgeGraph,
    output: Path,
    read_now: int,
    unreadable: Sequence[tuple[_File, str]],
    seconds: float,
) -> BuildSummary:
    types = Counter(entity.type for entity in graph.entities.values())
    return BuildSummary(
        output=output,
        documents=len(graph.readings),
        read_now=read_now,
        entities={kind: types[kind] for kind in TYPES if types[kind]},
        claims=claim_counts(graph),
        relations=len(graph.relations),
        words=sum(len(document.text.split()) for document in graph.documents.values()),
        unreadable=tuple((str(file.path), reason) for file, reason in unreadable),
        foreign=tuple(
            (reading.document.source, reading.document.language)
            for reading in graph.readings.values()
            if is_untold(reading)
        ),
        seconds=round(seconds, 2),
    )


def claim_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """Return how many claims are facts, denied, attributed, and of each other modality."""
    counts: Counter[str] = Counter()
    for linked in graph.claims.values():
        claim = linked.claim
        if claim.is_fact:
            counts["fact"] += 1
        elif claim.attribution is not None:
            counts["attributed"] += 1
        elif claim.modality != "asserted":
            counts[claim.modality] += 1
        else:
            counts["denied"] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


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
        "unreadable": [{"file": file, "reason": reason} for file, reason in summary.unreadable],
    }


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""
