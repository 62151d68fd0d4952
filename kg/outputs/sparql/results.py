"""What a query found, and its forms: a table for people, standard formats for programs."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import pyoxigraph
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import UnknownNameError
from kg.outputs.rdf.terms import split_literal
from kg.outputs.rdf.writers import Triple, group, turtle, turtle_term
from kg.outputs.sparql.answering import SOLUTION_FORMATS
from kg.vocabulary import prefixes

Kind = Literal["select", "ask", "construct"]

FORMS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "select": ("table", *SOLUTION_FORMATS),
        "ask": ("table", *SOLUTION_FORMATS),
        "construct": ("turtle", "nt", "table"),
    }
)
"""The forms that each kind of result can be written in, the first by default."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found; ``payload`` is SPARQL JSON, or N-Triples for a graph."""

    kind: Kind
    payload: bytes
    prefixes: Mapping[str, str] = field(default_factory=prefixes)

    @property
    def truth(self) -> bool | None:
        """The answer to an ASK."""
        parsed = self._parse() if self.kind == "ask" else None
        return bool(parsed) if isinstance(parsed, pyoxigraph.QueryBoolean) else None

    @property
    def variables(self) -> list[str]:
        """The columns of a SELECT."""
        parsed = self._parse() if self.kind == "select" else None
        if not isinstance(parsed, pyoxigraph.QuerySolutions):
            return []
        return [variable.value for variable in parsed.variables]

    def rows(self) -> list[list[str | None]]:
        """Return the rows of a SELECT, terms as N-Triples spells them, None where unbound."""
        parsed = self._parse() if self.kind == "select" else None
        if not isinstance(parsed, pyoxigraph.QuerySolutions):
            return []
        columns = range(len(parsed.variables))
        return [[None if row[i] is None else str(row[i]) for i in columns] for row in parsed]

    def triples(self) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, sorted and each once."""
        if self.kind != "construct":
            return []
        parsed = pyoxigraph.parse(self.payload, format=pyoxigraph.RdfFormat.N_TRIPLES)
        return sorted({(str(q.subject), str(q.predicate), str(q.object)) for q in parsed})

    def first(self, limit: int) -> tuple[Result, int]:
        """Return the first rows (or triples) as a result of its own, and how many there are."""
        if self.kind == "construct":
            found = self.triples()
            kept = "".join(" ".join(triple) + " .\n" for triple in found[:limit])
            return replace(self, payload=kept.encode()), len(found)
        value = json.loads(self.payload)
        rows = value.get("results", {}).get("bindings", [])
        if len(rows) <= limit:
            return self, len(rows)
        value["results"]["bindings"] = rows[:limit]
        return replace(self, payload=json.dumps(value).encode()), len(rows)

    def text(self, form: str = "", *, width: int = 100) -> str:
        """Return the result in a form of ``FORMS``; a table fits ``width`` columns."""
        form = form or FORMS[self.kind][0]
        if form not in FORMS[self.kind]:
            raise UnknownNameError(f"format of {self.kind.upper()}", form, FORMS[self.kind])
        if form == "turtle":
            return "".join(turtle(group(self.triples()), self.prefixes))
        if form == "nt":
            return "".join(" ".join(triple) + " .\n" for triple in self.triples())
        if form == "table":
            return self._table(width)
        return (self._parse().serialize(format=SOLUTION_FORMATS[form]) or b"").decode()

    def _parse(self) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
        return pyoxigraph.parse_query_results(self.payload, format=SOLUTION_FORMATS["json"])

    def _table(self, width: int) -> str:
        if self.kind == "ask":
            return f"{str(self.truth).lower()}\n"
        columns, found = self._cells()
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            # Folded, not cut: an IRI must be whole to be copied.
            table.add_column(column, overflow="fold")
        short = turtle_term(self.prefixes)
        for row in found:
            table.add_row(*[Text(cell and readable(cell, short(cell))) for cell in row])
        count = f"{len(found)} row{'' if len(found) == 1 else 's'}"
        return "\n".join([*_printed(table, width), count]).lstrip("\n") + "\n"

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        """Return the columns and the rows of a table, "" where a variable is unbound."""
        if self.kind == "construct":
            return ["subject", "predicate", "object"], [list(triple) for triple in self.triples()]
        return self.variables, [[cell or "" for cell in row] for row in self.rows()]


def _printed(table: Table, width: int) -> list[str]:
    """Return the lines of a table; none where it has no column."""
    # On a stream of its own, so that no colour or terminal setting gets into the text.
    stream = io.StringIO()
    console = Console(file=stream, width=max(width, 20), color_system=None, legacy_windows=False)
    if table.columns:
        console.print(table)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def readable(term: str, short: str) -> str:
    """Return a term for people: literals without quotes, nothing that moves the cursor."""
    if term[0] == '"':
        short, _ = split_literal(term)
    return _UNSEEN.sub("\ufffd", " ".join(short.split()) if "\n" in short else short)
