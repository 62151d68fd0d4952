"""The SPARQL 1.1 Protocol: what a request asks for, in which graphs.

GET and POST forms carry ``query`` (or, POST only, ``update``) once; a direct POST is the
query itself. The graphs may stand in the address also where the query is in the body,
as the W3C's own tests send them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from kg.errors import BadQueryError
from kg.outputs.sparql.answering import Question
from kg.outputs.sparql.guard import refuse_loading, refuse_outside, with_using

MOST_BYTES = 1 << 20
"""A query is no longer than this; the longest by hand that we saw had 40 kB."""
MOST_FIELDS = 200

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
GRAPH_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "query": ("default-graph-uri", "named-graph-uri"),
        "update": ("using-graph-uri", "using-named-graph-uri"),
    }
)
"""What may be asked, with the fields that name its default graphs and its named graphs."""
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for; its graphs are None where it names none."""

    text: str
    is_update: bool
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    def question(self, solution_form: str, graph_form: str, max_rows: int) -> Question:
        """Return what to ask a worker.

        Raises:
            BadQueryError: it would reach outside the build, or write as a query.

        """
        if self.is_update:
            return Question(self._update_text(), update=True)
        given = self.default_graphs is not None
        refuse_outside(self.text, data_set_given=given)
        return Question(
            self.text,
            solution_form,
            graph_form,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
            max_rows=max_rows,
        )

    def _update_text(self) -> str:
        refuse_loading(self.text)
        if self.default_graphs is None:
            return self.text
        clauses = [f"USING <{iri}>" for iri in self.default_graphs]
        clauses += [f"USING NAMED <{iri}>" for iri in self.named_graphs or ()]
        return with_using(self.text, " ".join(clauses))


async def read_operation(request: Request) -> Operation | None:
    """Return what a request asks for; None for a GET that asks for nothing.

    Raises:
        HTTPException: it is not as the protocol has it (400, 413, 415).

    """
    fields = _decode(request.scope["query_string"])
    kind = ""
    if request.method == "POST":
        kind = _content_type(request)
        body = await read_body(request)
        if kind == FORM:
            fields += _decode(body)
        else:
            fields.append(("query" if kind == QUERY else "update", _text(body)))
    return _operation(fields, is_get=not kind)


def _operation(fields: Fields, *, is_get: bool) -> Operation | None:
    asked = [field for field in fields if field[0] in GRAPH_FIELDS]
    if not asked and is_get:
        return None
    _check_asked(asked, is_get=is_get)
    ((name, text),) = asked
    default, named = (_graphs(fields, field) for field in GRAPH_FIELDS[name])
    graphs = (default, named) if default or named else (None, None)
    return Operation(text, name == "update", *graphs)


def _check_asked(asked: Fields, *, is_get: bool) -> None:
    """Let one query through, or one update by POST."""
    if not asked:
        raise HTTPException(400, "Nothing is asked: the field query is missing. Send query=….")
    if len(asked) > 1:
        raise HTTPException(
            400, f"{len(asked)} queries or updates in one request: send them one by one."
        )
    if is_get and asked[0][0] == "update":
        raise HTTPException(400, "An update by GET is not allowed: send it by POST.")


def _graphs(fields: Fields, name: str) -> tuple[str, ...]:
    found = tuple(value for field, value in fields if field == name)
    for iri in found:
        if ":" not in iri or any(c in iri for c in ' <>"{}|\\^`') or not iri.isprintable():
            raise HTTPException(400, f"{name}={iri[:200]!r} is no absolute IRI. Write it in full.")
    return found


def _content_type(request: Request) -> str:
    """Return the media type of a POST, one of the three of the protocol."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().casefold()
    if kind not in (FORM, QUERY, UPDATE):
        raise HTTPException(
            415,
            f"Content-Type {kind[:100]!r} cannot be asked with. Send {FORM}, {QUERY} or {UPDATE}.",
        )
    name, _, charset = parameters.partition("=")
    if name.strip().casefold() == "charset" and charset.strip(' "').casefold() not in (
        "utf-8",
        "utf8",
        "us-ascii",
    ):
        raise HTTPException(415, f"Encoding {charset[:40]!r} is not read: send UTF-8.")
    return kind


async def read_body(request: Request) -> bytes:
    """Return the body, if it is not too long."""
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                raise HTTPException(
                    413, f"The body is longer than {MOST_BYTES:,} bytes: send a shorter query."
                )
    except ClientDisconnect as error:
        raise HTTPException(400, "The request ended before its body did.") from error
    return b"".join(chunks)


def _decode(encoded: bytes) -> Fields:
    """Return the fields of a form; only UTF-8 will do."""
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is no UTF-8: encode it as UTF-8.") from error
    except ValueError as error:
        raise HTTPException(400, f"More than {MOST_FIELDS} fields: send fewer.") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The query is no UTF-8: encode it as UTF-8.") from error


def checked_question(
    operation: Operation, solution_form: str, graph_form: str, max_rows: int
) -> Question:
    """Return what to ask a worker, refusals as the protocol's status 400."""
    try:
        return operation.question(solution_form, graph_form, max_rows)
    except BadQueryError as error:
        raise HTTPException(400, str(error)) from error
