"""Ask a build with SPARQL.

``open_store`` loads graph.ttl: a small one into memory, a big one into graph.store/ on
disk, since pyoxigraph's store in memory takes time that is quadratic in the degree of a
hub. ``run_query`` answers in a process of its own, because pyoxigraph cannot be
interrupted: the process is killed when time is up. On Linux it is forked (2 ms) and, for
a store in memory, may open no file or socket; elsewhere it is started afresh, which
costs half a second and reads the graph again.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import warnings
import weakref
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph

from kg.errors import BadQueryError, NotABuildError, UnknownNameError
from kg.outputs.sparql.guard import refuse_outside
from kg.outputs.sparql.results import Result
from kg.vocabulary import DEFAULT_BASE_IRI, prefixes

GRAPH, STORE, STAMP = "graph.ttl", "graph.store", "stamp.json"
IN_MEMORY = 4_000_000
"""Bytes of Turtle, about 100,000 triples, up to which a graph is held in memory."""
TIMEOUT = 30.0

_FORKS = sys.platform == "linux"
_Process = (
    multiprocessing.get_context("fork") if _FORKS else multiprocessing.get_context("spawn")
).Process
_ERROR_PLACE = re.compile(r"error at (\d+):(\d+):")


class TemporaryFolder:
    """A folder that goes when the last who holds this value lets go, or the program ends.

    Not tempfile.TemporaryDirectory, which takes that for a mistake and warns.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="kg-store-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class BuildStore:
    """A build ready to be asked: in memory, in a folder on disk, or to be read anew.

    ``temporary`` holds the folder for as long as the store is used.
    """

    graph: Path
    memory: pyoxigraph.Store | None = None
    folder: Path | None = None
    temporary: TemporaryFolder | None = None

    def open(self) -> pyoxigraph.Store:
        """Return the pyoxigraph store, for reading."""
        if self.memory is not None:
            return self.memory
        if self.folder is not None:
            return pyoxigraph.Store.read_only(str(self.folder))
        return _load(pyoxigraph.Store(), self.graph)


def open_store(build: Path, *, in_memory: int = IN_MEMORY) -> BuildStore:
    """Return the store of a build folder, made or made again if graph.ttl has changed.

    In a folder that cannot be written a big graph goes to a temporary folder.
    """
    graph = build / GRAPH
    if not graph.is_file():
        raise NotABuildError(build, GRAPH)
    if graph.stat().st_size <= in_memory:
        return BuildStore(graph, memory=_load(pyoxigraph.Store(), graph) if _FORKS else None)
    folder = build / STORE
    if _is_fresh(folder, graph):
        return BuildStore(graph, folder=folder)
    try:
        _replace_store(folder, graph)
    except OSError:
        temporary = TemporaryFolder()
        own = temporary.path / STORE
        _fill_store(own, graph)
        return BuildStore(graph, folder=own, temporary=temporary)
    return BuildStore(graph, folder=folder)


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


def run_query(
    store: BuildStore,
    query: str,
    *,
    base_iri: str = DEFAULT_BASE_IRI,
    timeout: float = TIMEOUT,
) -> Result:
    """Return what a query finds; our prefixes are declared, its own win.

    A query that does not parse, would write, reaches outside the build or runs longer
    than ``timeout`` seconds raises a BadQueryError.
    """
    refuse_outside(query)
    kind, payload = _ask_in_process(store, query, base_iri, timeout)
    if kind == "syntax":
        raise BadQueryError(syntax_message(query, payload.decode()))
    if kind == "error":
        raise BadQueryError(f"The query failed: {payload.decode()}. Try a simpler one.")
    if kind == "ask":
        return Result("ask", payload, prefixes(base_iri))
    return Result("select" if kind == "select" else "construct", payload, prefixes(base_iri))


def _ask_in_process(
    store: BuildStore, query: str, base_iri: str, timeout: float
) -> tuple[str, bytes]:
    here, there = multiprocessing.Pipe(duplex=False)
    folder = store.folder if store.memory is None else None
    held = BuildStore(store.graph, store.memory, folder)
    worker = _Process(target=_answer, args=(there, held, query, base_iri), daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns of forks beside threads; the child only reads, then exits.
        warnings.simplefilter("ignore", DeprecationWarning)
        worker.start()
    there.close()
    try:
        if not here.poll(timeout):
            raise BadQueryError(
                f"The query ran longer than {timeout:g} s and was stopped. "
                "Add a LIMIT or name an entity, or allow it more time."
            )
        kind = here.recv_bytes().decode()
        return kind, here.recv_bytes()
    except EOFError as error:
        raise BadQueryError(
            "The query's process ended without an answer, perhaps for lack of memory. Add a LIMIT."
        ) from error
    finally:
        here.close()
        worker.kill()
        worker.join()


def _answer(pipe: Connection, store: BuildStore, query: str, base_iri: str) -> None:
    """Answer a query in the child process; every failure becomes a message."""
    try:
        kind, payload = evaluate(_sealed(store), query, base_iri)
    except SyntaxError as error:
        kind, payload = "syntax", str(error.msg).encode()
    except Exception as error:
        kind, payload = "error", str(error).encode()
    pipe.send_bytes(kind.encode())
    pipe.send_bytes(payload)
    pipe.close()


def _sealed(store: BuildStore) -> pyoxigraph.Store:
    """Return the store; one that is in memory needs no further file or socket."""
    if _FORKS and store.memory is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return store.open()


def evaluate(store: pyoxigraph.Store, query: str, base_iri: str) -> tuple[str, bytes]:
    """Return the kind of a query's result and its bytes, in this process and with no limit."""
    found = store.query(query, base_iri=base_iri, prefixes=prefixes(base_iri))
    if isinstance(found, pyoxigraph.QueryTriples):
        return "construct", found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    kind = "ask" if isinstance(found, pyoxigraph.QueryBoolean) else "select"
    return kind, found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""


def syntax_message(query: str, message: str) -> str:
    """Return where a query stops making sense, and the line.

    >>> syntax_message("SELECT * { ?s ?p }", "error at 1:18: expected one of _")
    "The query does not parse at line 1, column 18: 'SELECT * { ?s ?p }'. Look at what ends there."
    """
    found = _ERROR_PLACE.match(message)
    if not found:
        return f"The query does not parse: {message}. Compare it with a saved query."
    line, column = int(found[1]), int(found[2])
    lines = query.splitlines() or [""]
    words = lines[line - 1].strip() if line <= len(lines) else ""
    place = f"The query does not parse at line {line}, column {column}: {words!r}."
    if "Prefix not found" in message:
        return f"{place} Its prefix is not declared: add a PREFIX line."
    return f"{place} Look at what ends there."


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
