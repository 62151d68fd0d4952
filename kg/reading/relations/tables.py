"""The numbers by which the relation network knows types and kinds of mentions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.vocabulary import TYPES

UNKNOWN, DATE, NUMBER = "", "Date", "Number"
VALUES = frozenset({DATE, NUMBER})
NAMED = (UNKNOWN, *TYPES, DATE, NUMBER)
"""Types of mentions, in the order of their numbers: things, days and amounts."""
KINDS = ("name", "nominal", "pronoun", "role")
"""Kinds of mentions, in the order of their numbers; what is of no other kind is a name."""
TYPES_OF_SETS: Mapping[str, str] = MappingProxyType(
    {
        "PER": "Person", "PERSON": "Person", "PEOP": "Person", "ORG": "Organization",
        "ORGANIZATION": "Organization", "ORGANISATION": "Organization", "LOC": "Place",
        "LOCATION": "Place", "TIME": DATE, "DATE": DATE, "TEMPORAL": DATE, "NUM": NUMBER,
        "QUANTITY": NUMBER, "MONEY": NUMBER, "NATIONALITY": "Group", "WEAPON": "Product",
    }
)  # fmt: skip
"""What sets call our types."""
_NUMBERS = {name: number for number, name in enumerate(NAMED)}


def type_number(name: str) -> int:
    """Return the number of a type."""
    return _NUMBERS.get(name, 0)
