"""Answer queries in a process of its own, which its owner may kill.

pyoxigraph cannot interrupt a query, so a QueryWorker holds a process: it asks, waits as
long as the query may take, and else kills the process and starts another. The process
leaves the network for good where Linux lets it (an empty network namespace), has a
limit of memory, and is forked from a small server process of Python's (``forkserver``),
never from a program with threads.

An answer holds so many rows at most; one that was cut says so.
"""

from __future__ import annotations

import ctypes
import io
import multiprocessing
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from kg.errors import BadQueryError, QueryTimeoutError
from kg.outputs.rdf.writers import group, turtle
from kg.outputs.xml_text import xml_safe_chunks
from kg.vocabulary import KG, prefixes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

AnswerKind = Literal["select", "ask", "construct", "update", "syntax", "error", "unacceptable"]

SOLUTION_FORMATS: Mapping[str, pyoxigraph.QueryResultsFormat] = MappingProxyType(
    {
        "json": pyoxigraph.QueryResultsFormat.JSON,
        "xml": pyoxigraph.QueryResultsFormat.XML,
        "csv": pyoxigraph.QueryResultsFormat.CSV,
        "tsv": pyoxigraph.QueryResultsFormat.TSV,
    }
)
GRAPH_FORMS = ("turtle", "nt", "jsonld", "rdfxml")

CUT = KG + "cutAnswer"
"""What the head of a cut answer links to, in the formats whose head can."""
MOST_BYTES = 256 << 20
"""An answer of more bytes than this is cut, however few its rows."""
MEMORY = 8 << 30
"""Bytes of address space that a process may take."""
START_SECONDS = 60.0

_Graph = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class StoreSource:
    """Where a worker's data is: a store on disk, or a file to load into memory.

    ``folder`` holds a store that is read; ``file`` Turtle (or N-Quads) for a store that
    updates may change, which lives as long as its process.
    """

    base_iri: str
    folder: Path | None = None
    file: Path | None = None

    def open(self) -> pyoxigraph.Store:
        """Return the store."""
        if self.folder is not None:
            return pyoxigraph.Store.read_only(str(self.folder))
        store = pyoxigraph.Store()
        if self.file is not None:
            store.bulk_load(path=str(self.file))
        return store


@dataclass(frozen=True, slots=True)
class Question:
    """A query or an update, and the forms in which its answer may come ("" is none).

    ``default_graphs`` and ``named_graphs`` are the data set that the protocol names;
    both are None when it names none.
    """

    text: str
    solution_form: str = "json"
    graph_form: str = "turtle"
    update: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    max_rows: int = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: bytes in ``form``, or the message of a failure."""

    kind: AnswerKind
    body: bytes = b""
    form: str = ""
    cut: bool = False


class QueryWorker:
    """One process that answers one question at a time."""

    def __init__(self, source: StoreSource) -> None:
        self.source = source
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._updates: list[Question] = []

    def start(self) -> None:
        """Start the process; do not wait until it is ready."""
        context = process_context()
        here, there = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]
            target=_serve_questions, args=(there, self.source, self._updates), daemon=True
        )
        process.start()
        there.close()
        # Known to others only now, who may stop a process that runs, but no other.
        self._pipe, self._process, self._ready = here, process, False

    def stop(self) -> None:
        """Kill the process, whatever it does; whoever waits for its answer gets an error."""
        process = self._process
        if process is not None:
            with suppress(ValueError):  # closed meanwhile, by who waited for its answer
                process.kill()

    def close(self) -> None:
        """Kill the process and forget it."""
        if self._process is None or self._pipe is None:
            return
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._process = self._pipe = None

    def ask(self, question: Question, seconds: float) -> Answer:
        """Return the answer.

        Raises:
            QueryTimeoutError: it took longer than ``seconds``; the process was replaced.
            BadQueryError: the process died of the query.

        """
        if self._process is None or not self._process.is_alive():
            self.close()
            self.start()
        if self._failed_to_open():
            self._replace()
        try:
            answer = self._exchange(question, seconds)
        except (EOFError, OSError) as error:
            self._replace()
            raise BadQueryError(
                "The query's process ended without an answer, perhaps for lack of memory. "
                "Add a LIMIT or ask for less at once."
            ) from error
        except QueryTimeoutError:
            self._replace()
            raise
        if answer.kind == "update":
            self._updates.append(question)
        return answer

    def _exchange(self, question: Question, seconds: float) -> Answer:
        pipe = self._pipe
        if pipe is None:
            raise EOFError
        if not self._ready:
            _hear_ready(pipe)
            self._ready = True
        pipe.send(question)
        if not pipe.poll(seconds):
            raise QueryTimeoutError(seconds)
        answer: Answer = pipe.recv()
        return answer

    def _failed_to_open(self) -> bool:
        """Tell whether the process ended while it opened the store, which another may replace."""
        if self._ready or self._pipe is None or self._process is None:
            return False
        try:
            _hear_ready(self._pipe)
        except (EOFError, OSError):
            self._process.join(1)
            return (self._process.exitcode or 0) > 0  # less than 0: it was killed
        self._ready = True
        return False

    def _replace(self) -> None:
        self.close()
        self.start()


def _hear_ready(pipe: Connection) -> None:
    """Wait until a process has opened its store."""
    if not pipe.poll(START_SECONDS):
        raise EOFError
    pipe.recv_bytes()


@cache
def process_context() -> BaseContext:
    """Return how processes are started: cleanly, without the threads of this one."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _serve_questions(pipe: Connection, source: StoreSource, updates: list[Question]) -> None:
    """Answer what comes through the pipe until its other end is closed."""
    # Ctrl-C goes to every process of the terminal; only the server decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _seal()
    store = source.open()
    for question in updates:
        answer_question(store, question, source.base_iri)
    with suppress(EOFError, OSError):
        pipe.send_bytes(b"ready")
        while True:
            pipe.send(answer_question(store, pipe.recv(), source.base_iri))


def _seal() -> None:
    """Leave the network and limit the memory, where the system can.

    The guard refuses SERVICE and LOAD before a query comes here; this is the second wall.
    """
    if sys.platform != "linux":
        return
    import resource

    system = ctypes.CDLL(None)
    if system.unshare(_NEW_NETWORK) != 0:
        system.unshare(_NEW_USER | _NEW_NETWORK)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def answer_question(store: pyoxigraph.Store, question: Question, base_iri: str) -> Answer:
    """Answer in this process, with no limit of time; every failure becomes a message."""
    try:
        if question.update:
            store.update(question.text, base_iri=base_iri, prefixes=prefixes(base_iri))
            return Answer("update")
        return _answer_query(store, question, base_iri)
    except SyntaxError as error:
        return Answer("syntax", str(error.msg).encode())
    except Exception as error:
        return Answer("error", str(error).encode())


def _answer_query(store: pyoxigraph.Store, question: Question, base_iri: str) -> Answer:
    found = store.query(
        question.text,
        base_iri=base_iri,
        prefixes=prefixes(base_iri),
        default_graph=_graphs(question.default_graphs, base_iri),
        named_graphs=_named(question.named_graphs),
    )
    if isinstance(found, pyoxigraph.QueryTriples):
        return _answer_triples(found, question, base_iri)
    form = question.solution_form
    if not form:
        return Answer("unacceptable", b"a table or a truth value")
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer("ask", found.serialize(format=SOLUTION_FORMATS[form]) or b"", form)
    return _answer_solutions(found, form, question.max_rows)


def _graphs(iris: tuple[str, ...] | None, base_iri: str) -> list[_Graph] | None:
    """Return the graphs of these names; the data set's own name is our one default graph."""
    if iris is None:
        return None
    own = f"{base_iri}dataset"
    return [pyoxigraph.DefaultGraph() if i == own else pyoxigraph.NamedNode(i) for i in iris]


def _named(
    iris: tuple[str, ...] | None,
) -> list[pyoxigraph.NamedNode | pyoxigraph.BlankNode] | None:
    return None if iris is None else [pyoxigraph.NamedNode(i) for i in iris]


def _answer_solutions(found: pyoxigraph.QuerySolutions, form: str, max_rows: int) -> Answer:
    """Write rows, at most ``max_rows``; through TSV, the one format with a row a line."""
    lines = _Lines(max_rows + 1)
    with suppress(_FullError):
        found.serialize(output=lines, format=pyoxigraph.QueryResultsFormat.TSV)
    rows = lines.whole()
    body = rows
    if form != "tsv":
        parsed = pyoxigraph.parse_query_results(rows, format=pyoxigraph.QueryResultsFormat.TSV)
        body = parsed.serialize(format=SOLUTION_FORMATS[form]) or b""
    return Answer("select", _finish(body, form, cut=lines.is_full), form, lines.is_full)


def _answer_triples(found: pyoxigraph.QueryTriples, question: Question, base_iri: str) -> Answer:
    form = question.graph_form
    if not form:
        return Answer("unacceptable", b"a graph")
    lines = _Lines(question.max_rows)
    with suppress(_FullError):
        found.serialize(output=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    body = write_triples(lines.whole(), form, base_iri)
    return Answer("construct", _finish(body, form, cut=lines.is_full), form, lines.is_full)


def write_triples(n_triples: bytes, form: str, base_iri: str) -> bytes:
    """Return N-Triples in a form of ``GRAPH_FORMS``: sorted, each once."""
    lines = b"".join(line + b"\n" for line in sorted(set(n_triples.split(b"\n"))) if line)
    if form == "nt":
        return lines
    quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    if form == "turtle":
        triples = ((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
        return "".join(turtle(group(triples), prefixes(base_iri))).encode()
    wanted = pyoxigraph.RdfFormat.JSON_LD if form == "jsonld" else pyoxigraph.RdfFormat.RDF_XML
    return pyoxigraph.serialize((q.triple for q in quads), format=wanted) or b""


def _finish(body: bytes, form: str, *, cut: bool) -> bytes:
    """Make XML well formed, and let a cut answer say so in its own format."""
    if form in ("xml", "rdfxml"):
        body = b"".join(xml_safe_chunks([body]))
    if not cut:
        return body
    link = CUT.encode()
    if form == "json":
        return body.replace(b'{"head":{', b'{"head":{"link":["%s"],' % link, 1)
    if form == "xml":
        return body.replace(b"</head>", b'<link href="%s"/></head>' % link, 1)
    if form in ("turtle", "nt"):
        return b"# This answer was cut: <%s>\n" % link + body
    return body


class _FullError(Exception):
    """Raised into pyoxigraph to stop a serialization."""


class _Lines(io.BytesIO):
    """Takes so many lines, then stops whoever writes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.is_full = False
        self._chunks: list[bytes] = []
        self._lines = self._bytes = 0

    def write(self, chunk: Buffer) -> int:
        taken = bytes(chunk)
        self._chunks.append(taken)
        self._lines += taken.count(b"\n")
        self._bytes += len(taken)
        if self._lines > self.most or self._bytes > MOST_BYTES:
            self.is_full = True
            raise _FullError
        return len(taken)

    def whole(self) -> bytes:
        """Return the lines taken, without one begun."""
        taken = b"".join(self._chunks)
        if not self.is_full:
            return taken
        return b"".join(line + b"\n" for line in taken.split(b"\n")[:-1][: self.most])
