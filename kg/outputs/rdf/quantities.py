"""Amounts as linked data: schema.org's MonetaryAmount and QuantitativeValue, and back.

A value is an xsd:decimal with every digit of the text. The currency is a code of ISO 4217; a
measure's unit a code of UCUM, which schema.org wants with its prefix; what is counted is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.outputs.rdf import terms as term
from kg.outputs.rdf.terms import term_of
from kg.outputs.rdf.writers import TYPE, Triple
from kg.records import Phrase, Quantity

_UCUM = "UCUM:"


def amount_of(node: str, name: str, phrase: Phrase | None) -> Iterator[Triple]:
    """Yield what a phrase amounts to, a node of its own behind that of its claim or argument."""
    if phrase is not None and phrase.quantity is not None:
        mark = "-" if "#" in node else "#"
        amount = f"{node[:-1]}{mark}{name.removeprefix('kg:')}>"
        yield node, term_of(name), amount
        for predicate, object_ in _about(phrase.quantity):
            yield amount, predicate, object_


def _about(quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Yield the properties and values of an amount's node."""
    money = quantity.kind == "money"
    yield TYPE, term_of("schema:MonetaryAmount" if money else "schema:QuantitativeValue")
    yield term_of("kg:amountKind"), term.text(quantity.kind)
    yield _unit(quantity)
    if quantity.low == quantity.high and quantity.low is not None:
        yield term_of("schema:value"), term.exact_decimal(quantity.low)
    else:
        for name, bound in (("schema:minValue", quantity.low), ("schema:maxValue", quantity.high)):
            if bound is not None:
                yield term_of(name), term.exact_decimal(bound)
    if quantity.qualifier:
        yield term_of("kg:qualifier"), term.text(quantity.qualifier)


def _unit(quantity: Quantity) -> tuple[str, str]:
    if quantity.kind == "money":
        return term_of("schema:currency"), term.text(quantity.unit)
    if quantity.kind == "measure":
        return term_of("schema:unitCode"), term.text(_UCUM + quantity.unit)
    return term_of("schema:unitText"), term.text(quantity.unit)


def read_quantity(value: Callable[[str], str]) -> Quantity:
    """Return the amount of a node, of which ``value`` gives the value of a property, or ""."""
    unit = value("schema:currency") or value("schema:unitText")
    exact = value("schema:value")
    low, high = (_digits(exact or value(name)) for name in ("schema:minValue", "schema:maxValue"))
    return Quantity(
        value("kg:amountKind"),  # type: ignore[arg-type]  # as written
        low,
        high,
        unit or value("schema:unitCode").removeprefix(_UCUM),
        value("kg:qualifier"),  # type: ignore[arg-type]
    )


def _digits(words: str) -> str | None:
    return words.removesuffix(".0") or None
