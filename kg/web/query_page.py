"""The query page: saved queries with a form for their values, and what its script is given.

A form is sent back to the page, which answers with the query filled in; so it works
without a script too, and its address can be kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import InputError
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.rdf.terms import split_literal
from kg.outputs.sparql.lookup import Lookup
from kg.outputs.sparql.saved_queries import Parameter, ParameterKind, bind_with, parameters_of
from kg.outputs.sparql.store import saved_queries
from kg.web.guarding import POLICY

EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
"""Yasgui's table makes one style element, of which this is the hash."""

FIRST = "neighbours"
"""The saved query that an empty editor opens on."""
INPUTS: Mapping[ParameterKind, str] = MappingProxyType(
    {"entity": "text", "text": "text", "number": "number", "day": "date"}
)

_PREFIX = re.compile(r"(?<![\w:])(\w+):")
_IRI = re.compile(r"<[^<>\s]*>")
_DECLARED = re.compile(r"\bPREFIX\s+(\w+):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: a parameter, the kind of its input, and what stands in it."""

    name: str
    kind: ParameterKind
    input: str
    description: str
    value: str
    required: bool


@dataclass(frozen=True, slots=True)
class QueryForm:
    """A saved query as a form: what it asks, its fields, the query, and what is wrong.

    ``note`` says which entity was taken for a name that fits several.
    ``filled`` says that every value is there and sound, so that the query can be asked.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    query: str
    problem: str = ""
    note: str = ""
    filled: bool = False


def query_form(name: str, given: Mapping[str, str], lookup: Lookup) -> QueryForm | None:
    """Return the form of a saved query with the values given, or None for an unknown name."""
    if name not in saved_queries():
        return None
    about, text = saved_queries()[name]
    parameters = parameters_of(text)
    values = _values_of(parameters, given)
    fields = tuple(_field(parameter, values) for parameter in parameters)
    if not values or any(field.required and not field.value for field in fields):
        return QueryForm(name, about, fields, text)
    notes: list[str] = []
    try:
        query = bind_with(text, values, lookup.meant_by, base_iri=lookup.base_iri, notes=notes)
    except InputError as error:
        return QueryForm(name, about, fields, text, problem=displayable(str(error)))
    note = displayable("; ".join(notes))
    return QueryForm(name, about, fields, query, note=note, filled=True)


def _values_of(parameters: Iterable[Parameter], given: Mapping[str, str]) -> dict[str, str]:
    """Return what is given for parameters; an empty field of a form is none."""
    values = {parameter.name: given.get(parameter.name, "").strip() for parameter in parameters}
    return {name: value for name, value in values.items() if value}


def _field(parameter: Parameter, values: Mapping[str, str]) -> Field:
    default = parameter.default or ""
    # The query spells it as a term, a form as people write it.
    if default.startswith('"'):
        default, _ = split_literal(default)
    return Field(
        parameter.name,
        parameter.kind,
        INPUTS[parameter.kind],
        parameter.description,
        displayable(values.get(parameter.name, default)),
        parameter.default is None,
    )


def editor_config(query: str, prefixes: Mapping[str, str], *, ask: bool = False) -> str:
    """Return the editor's configuration as JSON that is inert within a page."""
    _, first = saved_queries()[FIRST]
    config = {
        "prefixes": prefixes,
        "query": with_prefixes(query, prefixes),
        "first": with_prefixes(first, prefixes),
        "ask": ask,
    }
    return json.dumps(config, ensure_ascii=False).replace("<", "\\u003c")


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    r"""Return a query that declares what it uses of our prefixes, so that it runs anywhere.

    >>> with_prefixes("ASK { ?x kg:type 'City' }", {"kg": "https://x/"})
    "PREFIX kg: <https://x/>\nASK { ?x kg:type 'City' }"
    """
    names = _PREFIX.findall(_IRI.sub(" ", query))
    used = {name for name in names if name in prefixes}
    missing = sorted(used - set(_DECLARED.findall(query)))
    return "".join([*(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing), query])
