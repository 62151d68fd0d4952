"""Ask a build with SPARQL.

``open_store`` finds where graph.ttl is asked: a small one is loaded into memory, a big one
into graph.store/ on disk, since pyoxigraph's store in memory takes time that is quadratic
in the degree of a hub. ``run_query`` asks it through a worker's process (``worker.py``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from functools import partial
from importlib import resources
from pathlib import Path
from typing import cast

import pyoxigraph

from kg.errors import NotABuildError, UnknownNameError
from kg.outputs.sparql.answering import Question, checked
from kg.outputs.sparql.guard import refuse_outside
from kg.outputs.sparql.results import Kind, Result
from kg.outputs.sparql.worker import MEMORY, QueryWorker, StoreSource
from kg.vocabulary import DEFAULT_BASE_IRI, prefixes

GRAPH, STORE, STAMP = "graph.ttl", "graph.store", "stamp.json"
IN_MEMORY = 4_000_000
"""Bytes of Turtle, about 100,000 triples, up to which a graph is held in memory."""
TIMEOUT = 30.0


class TemporaryFolder:
    """A folder that goes when the last who holds this value lets go, or the program ends.

    Not tempfile.TemporaryDirectory, which takes that for a mistake and warns.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="kg-store-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class BuildStore:
    """A build ready to be asked: a folder on disk, or else Turtle to load into memory.

    ``worker`` answers questions, in a process that the first of them starts; it ends with
    ``close``, or with whoever holds this value. ``temporary`` holds the folder for as long.
    """

    def __init__(
        self,
        graph: Path,
        folder: Path | None = None,
        temporary: TemporaryFolder | None = None,
        *,
        base_iri: str = DEFAULT_BASE_IRI,
        max_memory: int = MEMORY,
    ) -> None:
        self.graph = graph
        self.folder = folder
        self.temporary = temporary
        self.base_iri = base_iri
        self.source = StoreSource(base_iri, folder, None if folder else graph)
        self.worker = QueryWorker(self.source, memory=max_memory)

    def __enter__(self) -> BuildStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that answers."""
        self.worker.close()


def open_store(
    build: Path,
    *,
    in_memory: int = IN_MEMORY,
    base_iri: str = DEFAULT_BASE_IRI,
    max_memory: int = MEMORY,
) -> BuildStore:
    """Return the store of a build folder, made or made again if graph.ttl has changed.

    In a folder that cannot be written a big graph goes to a temporary folder.
    """
    graph = build / GRAPH
    if not graph.is_file():
        raise NotABuildError(build, GRAPH)
    store = partial(BuildStore, graph, base_iri=base_iri, max_memory=max_memory)
    if graph.stat().st_size <= in_memory:
        return store()
    folder = build / STORE
    if _is_fresh(folder, graph):
        return store(folder)
    try:
        _replace_store(folder, graph)
    except OSError:
        # A build on a disk that is full or only readable can be asked, too.
        temporary = TemporaryFolder()
        own = temporary.path / STORE
        _fill_store(own, graph)
        return store(own, temporary)
    return store(folder)


def _load(store: pyoxigraph.Store, graph: Path) -> pyoxigraph.Store:
    try:
        store.bulk_load(path=str(graph), format=pyoxigraph.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise NotABuildError(graph.parent, f"a graph.ttl that parses ({error.msg})") from error
    return store


def _is_fresh(folder: Path, graph: Path) -> bool:
    """Return whether the store was made of this very graph: by size and time, else by hash."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    # Another pyoxigraph may keep its store in another format.
    if stamp.get("version") != pyoxigraph.__version__ or stamp.get("size") != graph.stat().st_size:
        return False
    return bool(stamp["time"] == graph.stat().st_mtime_ns or stamp["sha256"] == _sha256(graph))


def _fill_store(folder: Path, graph: Path) -> None:
    stamp = {
        "version": pyoxigraph.__version__,
        "size": graph.stat().st_size,
        "time": graph.stat().st_mtime_ns,
        "sha256": _sha256(graph),
    }
    folder.mkdir(parents=True)
    store = _load(pyoxigraph.Store(str(folder)), graph)
    store.flush()
    # RocksDB locks the folder until the store is gone, and the folder is to be moved.
    del store
    # Written last: a store without its stamp was killed half-way and is made again.
    (folder / STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def _replace_store(folder: Path, graph: Path) -> None:
    """Make the store beside its place and move it in, so that nobody sees half of it."""
    _remove_leftovers(folder)
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        _fill_store(unfinished, graph)
        old = folder.with_name(f"{folder.name}.{os.getpid()}.old")
        with suppress(FileNotFoundError):
            folder.rename(old)
        unfinished.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left."""
    for left in folder.parent.glob(f"{folder.name}.*"):
        owner = left.name.removeprefix(f"{folder.name}.").partition(".")[0]
        # Our own number may once have been that of a process that was killed.
        if owner.isdecimal() and (int(owner) == os.getpid() or not _is_running(int(owner))):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def run_query(store: BuildStore, query: str, *, timeout: float = TIMEOUT) -> Result:
    """Return what a query finds; our prefixes are declared, its own win.

    A query that does not parse, would write, reaches outside the build, runs longer than
    ``timeout`` seconds or takes too much memory raises a BadQueryError.
    """
    refuse_outside(query)
    question = Question(query, graph_form="nt", max_rows=None)
    answer = checked(question, store.worker.ask(question, timeout))
    return Result(cast("Kind", answer.kind), answer.body, prefixes(store.base_iri))


def saved_queries() -> dict[str, tuple[str, str]]:
    """Return the queries that come with kg by name: what each asks, and its text."""
    folder = resources.files("kg.outputs") / "queries"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            found[file.name.removesuffix(".rq")] = (text.splitlines()[0].lstrip("# "), text)
    return found


def saved_query(name: str) -> str:
    """Return the text of a saved query; an unknown name raises an UnknownNameError."""
    known = saved_queries()
    if name not in known:
        raise UnknownNameError("saved query", name, known)
    return known[name][1]
