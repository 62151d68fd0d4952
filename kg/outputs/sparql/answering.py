"""Answer one question of a store, in the form that was asked for, as bytes.

This is what a worker's process does (``worker.py``); nothing here has a limit of time. An
answer holds so many rows at most; one that was cut says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from kg.errors import BadQueryError, FailedQueryError
from kg.failures import failure_of
from kg.outputs.rdf.writers import group, turtle
from kg.outputs.xml_text import xml_safe_chunks
from kg.vocabulary import KG, prefixes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

AnswerKind = Literal[
    "select", "ask", "construct", "update", "syntax", "error", "unacceptable", "failure"
]

SOLUTION_FORMATS: Mapping[str, pyoxigraph.QueryResultsFormat] = MappingProxyType(
    {
        "csv": pyoxigraph.QueryResultsFormat.CSV,
        "tsv": pyoxigraph.QueryResultsFormat.TSV,
        "json": pyoxigraph.QueryResultsFormat.JSON,
        "xml": pyoxigraph.QueryResultsFormat.XML,
    }
)
_RDF_FORMATS: Mapping[str, pyoxigraph.RdfFormat] = MappingProxyType(
    {"jsonld": pyoxigraph.RdfFormat.JSON_LD, "rdfxml": pyoxigraph.RdfFormat.RDF_XML}
)
GRAPH_FORMS = ("turtle", "nt", *_RDF_FORMATS)

CUT = KG + "cutAnswer"
"""What the head of a cut answer links to, in the formats whose head can."""
MOST_BYTES = 256 << 20
"""An answer of more bytes than this is cut, however few its rows."""

_Graph = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph
_ERROR_PLACE = re.compile(r"error at (\d+):(\d+):")


@dataclass(frozen=True, slots=True)
class Question:
    """A query or an update, and the forms in which its answer may come ("" is none).

    ``default_graphs`` and ``named_graphs`` are the data set that the protocol names;
    both are None when it names none. ``max_rows`` None asks for the whole answer.
    """

    text: str
    solution_form: str = "json"
    graph_form: str = "turtle"
    update: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    max_rows: int | None = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: bytes in ``form``, or the message of a failure.

    A failure of kg's own has a ``trace``, too.
    """

    kind: AnswerKind
    body: bytes = b""
    form: str = ""
    cut: bool = False
    trace: str = ""


def checked(question: Question, answer: Answer) -> Answer:
    """Return an answer.

    Raises:
        BadQueryError: the query does not parse, or pyoxigraph cannot answer it.
        FailedQueryError: kg itself failed on it.

    """
    if answer.kind not in ("syntax", "error", "failure"):
        return answer
    message = answer.body.decode("utf-8", "replace")
    if answer.kind == "failure":
        raise FailedQueryError(message, answer.trace)
    if answer.kind == "syntax":
        raise BadQueryError(syntax_message(question.text, message))
    raise BadQueryError(f"The query failed: {message}. Try a simpler one.")


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


def answer_question(store: pyoxigraph.Store, question: Question, base_iri: str) -> Answer:
    """Answer in this process, with no limit of time; every failure becomes a message."""
    try:
        if question.update:
            store.update(question.text, base_iri=base_iri, prefixes=prefixes(base_iri))
            return Answer("update")
        return _answer_query(store, question, base_iri)
    except SyntaxError as error:
        return Answer("syntax", str(error.msg).encode())
    except MemoryError:
        return Answer("error", b"it needs more memory than it may take")
    except (ValueError, RuntimeError, OSError) as error:  # what pyoxigraph raises on purpose
        return Answer("error", one_line(error).encode())
    except BaseException as error:  # a panic of pyoxigraph's is no Exception
        failure = failure_of(error)
        return Answer("failure", str(failure).encode(), trace=failure.trace)


def one_line(error: BaseException) -> str:
    """Return what went wrong on one line: an error's words, or its kind where it has none."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


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


def _answer_solutions(found: pyoxigraph.QuerySolutions, form: str, max_rows: int | None) -> Answer:
    """Write rows, at most ``max_rows``; through TSV, the one format with a row a line."""
    if max_rows is None:
        body = found.serialize(format=SOLUTION_FORMATS[form]) or b""
        return Answer("select", _finish(body, form, cut=False), form)
    # One more for the line of the names.
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
    lines = b"".join(line + b"\n" for line in sorted({*n_triples.split(b"\n")} - {b""}))
    if form == "nt":
        return lines
    quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    if form in _RDF_FORMATS:
        found = pyoxigraph.serialize((q.triple for q in quads), format=_RDF_FORMATS[form])
        return found or b""
    triples = ((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
    return "".join(turtle(group(triples), prefixes(base_iri))).encode()


def _finish(body: bytes, form: str, *, cut: bool) -> bytes:
    """Make XML well formed, and let a cut answer say so in its own format."""
    if form in ("xml", "rdfxml"):
        body = b"".join(xml_safe_chunks([body]))
    if not cut:
        return body
    link = CUT.encode()
    # pyoxigraph spells these heads always so. CSV, TSV, JSON-LD and RDF/XML have no place
    # for a remark; there the header X-KG-Cut tells.
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

    def __init__(self, most: int | None) -> None:
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
        if self.most is not None and (self._lines > self.most or self._bytes > MOST_BYTES):
            self.is_full = True
            raise _FullError
        return len(taken)

    def whole(self) -> bytes:
        """Return the lines taken, without one begun."""
        taken = b"".join(self._chunks)
        if not self.is_full:
            return taken
        return b"".join(line + b"\n" for line in taken.split(b"\n")[:-1][: self.most])
