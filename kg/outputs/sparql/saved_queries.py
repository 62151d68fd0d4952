"""Saved queries and their parameters: questions asked by name, with values of one's own.

A query's first line says what it asks; a line ``#: who entity: whom it is about`` makes
``?who`` a parameter. Its value goes into the query's own ``VALUES ?who { UNDEF }``, or in
the place of the default that stands there: spelled as a term and escaped, so that no
value can be anything but a value. Left as it is, such a query is sound SPARQL, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import unquote

from kg.errors import InputError, UnknownNameError
from kg.graph.names import Meant, Named, NameIndex
from kg.outputs.rdf import terms as term
from kg.outputs.rdf.terms import split_literal
from kg.outputs.sparql.store import BuildStore, run_query, saved_queries

ParameterKind = Literal["entity", "text", "number", "day"]

_DECLARED = re.compile(r"^#: (\w+) (entity|text|number|day): (.+)$", re.MULTILINE)
_NAMES = """SELECT ?what ?e ?o {
  { ?e kg:type ?o BIND("type" AS ?what) }
  UNION { ?e rdfs:label ?o BIND("name" AS ?what) }
  UNION { ?e skos:altLabel ?o BIND("alias" AS ?what) }
  UNION { { SELECT ?e (COUNT(?span) AS ?o) { ?span kg:mentions ?e } GROUP BY ?e }
    BIND("mentions" AS ?what) }
}"""
"""Not joined: pyoxigraph's join takes several times as long as one scan for each."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable to be given a value; without a ``default`` it must be given one."""

    name: str
    kind: ParameterKind
    description: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that comes with kg."""

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...] = ()


def all_saved_queries() -> Iterator[SavedQuery]:
    """Yield every saved query with its parameters, by name."""
    for name, (description, text) in saved_queries().items():
        yield SavedQuery(name, description, text, parameters_of(text))


def parameters_of(text: str) -> tuple[Parameter, ...]:
    r"""Return the parameters that a query declares.

    >>> parameters_of("#: most number: how many\nSELECT * { VALUES ?most { 3 } }")
    (Parameter(name='most', kind='number', description='how many', default='3'),)
    """
    found = []
    for name, kind, description in _DECLARED.findall(text):
        value = _place_of(name).search(text)
        default = value["value"] if value and value["value"] != "UNDEF" else None
        found.append(Parameter(name, kind, description, default))
    return tuple(found)


def _place_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<before>VALUES \?{name} \{{ )(?P<value>[^{{}}]*?)(?P<after> \}})")


def read_assignments(words: Iterable[str]) -> dict[str, str]:
    """Return the values in ``name=value`` words; raise InputError for others."""
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            raise InputError(
                f"{word!r} gives no value. Write --set NAME=VALUE, as --set who=Russia."
            )
        found[name] = value
    return found


def bind(
    text: str, values: Mapping[str, str], store: BuildStore, *, notes: list[str] | None = None
) -> str:
    """Return a query with its parameters' values; names of entities are looked up in the store.

    ``notes`` takes which entity was taken for a name that fits several.

    Raises:
        UnknownNameError: the query has no such parameter, or the graph no such entity.
        InputError: a parameter has no value, or one of another kind.

    """
    names: NameIndex | None = None

    def meant_by(typed: str) -> Meant:
        nonlocal names
        names = names or names_in_store(store)
        return names.meant(typed)

    return bind_with(text, values, meant_by, base_iri=store.base_iri, notes=notes)


def bind_with(
    text: str,
    values: Mapping[str, str],
    meant_by: Callable[[str], Meant],
    *,
    base_iri: str,
    notes: list[str] | None = None,
) -> str:
    """Return a query with its parameters' values, as ``bind`` does.

    ``meant_by`` gives the entity that is taken for a name, or raises UnknownNameError.
    """

    def find(name: str) -> str:
        meant = meant_by(name)
        if meant.note and notes is not None:
            notes.append(meant.note)
        return term.iri(f"{base_iri}entity/{term.iri_path(meant.thing.id)}")

    parameters = parameters_of(text)
    _refuse_unknown(values, {p.name for p in parameters})
    _refuse_missing(p for p in parameters if p.default is None and p.name not in values)
    for parameter in parameters:
        if parameter.name in values:
            spelled = _term_of(parameter, values[parameter.name], find)
            text = _place_of(parameter.name).sub(_filled(spelled), text)
    return text


def _refuse_unknown(names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownNameError("parameter", name, known)


def _refuse_missing(missing: Iterable[Parameter]) -> None:
    told = [f"--set {p.name}=… ({p.description})" for p in missing]
    if told:
        raise InputError(f"The query needs {' and '.join(told)}.")


def _filled(spelled: str) -> Callable[[re.Match[str]], str]:
    """Return the replacement of a place; a function, since a string's backslashes would count."""
    return lambda found: f"{found['before']}{spelled}{found['after']}"


def _term_of(parameter: Parameter, value: str, find: Callable[[str], str]) -> str:
    """Return a value as the term that its parameter's kind calls for."""
    if parameter.kind == "entity":
        return find(value)
    if parameter.kind == "number":
        return _number(parameter, value)
    if parameter.kind == "day":
        return _day(parameter, value)
    return term.text(value)


def _number(parameter: Parameter, value: str) -> str:
    # ASCII, for \d takes the digits of every script, and SPARQL does not.
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value, re.ASCII):
        raise InputError(f"{parameter.name}={value!r} is no number. Write it as 2 or 0.75.")
    return value


def _day(parameter: Parameter, value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise InputError(
            f"{parameter.name}={value!r} is no day. Write it as YYYY-MM-DD: 2018-12-31."
        ) from error
    return term.day(value)


def names_in_store(store: BuildStore) -> NameIndex:
    """Return the entities of a graph by the names that people may type."""
    known: dict[str, dict[str, list[str]]] = {"type": {}, "name": {}, "alias": {}, "mentions": {}}
    for what, entity, value in run_query(store, _NAMES).rows():
        of_kind = known[_words(what)]
        of_kind.setdefault(str(entity), []).append(_words(value))
    return NameIndex(
        Named(
            id=unquote(entity.removeprefix(f"<{store.base_iri}entity/").rstrip(">")),
            name=min(known["name"][entity]),
            type=types[0],
            aliases=tuple(sorted(known["alias"].get(entity, ()))),
            mentions=int(known["mentions"].get(entity, ["0"])[0]),
        )
        for entity, types in sorted(known["type"].items())
        if entity in known["name"]
    )


def _words(literal: object) -> str:
    return split_literal(str(literal))[0]
