"""What relations mean: the kinds into which all fall, and those that are known by name.

models/relations/vocabulary.toml says what each is. A relation known by name has a key: a
property of Wikidata ("P26") or one of our own ("kg:meets"). Every other relation is known by its
words alone; its main word tells its kind (models/relations/words.tsv).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from kg.records import LinkedClaim
from kg.settings import models_folder
from kg.vocabulary import KG, TYPES, WIKIDATA_PROPERTY, types_with

DATE, ANY = "Date", "any"
"""What may stand in a domain or range besides types and traits: a day, and all."""
Thing = TypeVar("Thing")
_TURNED = "-"
OTHER = "action"
"""The kind of what no table knows."""
OWN_KEY = "kg:"
"""How the keys begin that are no properties of Wikidata."""
_LIGHT = frozenset({"be", "have", "do", "make", "take", "give", "get", "become", "serve", "act"})
"""Words that say little of what a relation is, if another stands beside them."""


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: how it is called, what it covers, its colour in drawings."""

    name: str
    label: str
    about: str
    colour: str


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation known by name.

    ``phrase`` is how it is told; ``domain`` and ``range`` are the types of its two ends, empty
    for all; ``inverse`` names it from the other end; ``broader`` is the key of what it implies, with
    a "-" before it where that leads from the object to the subject. ``schema`` is a property of schema.org,
    ``ftm`` schema and property of FollowTheMoney, ``codes`` terms of ACE, CAMEO and PLOVER.
    """

    key: str
    label: str
    phrase: str
    kind: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False
    functional: bool = False
    inverse: str = ""
    broader: str = ""
    schema: str = ""
    ftm: str = ""
    codes: str = ""
    about: str = ""
    example: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the property."""
        return property_iri(self.key)

    def implied(self, subject: Thing, object_: Thing) -> tuple[Thing, Thing, str] | None:
        """Return subject, object and key of the broader relation that this one of two things implies.

        >>> relation_types()["P22"].implied("Wolfgang", "Leopold")
        ('Leopold', 'Wolfgang', 'P40')
        """
        if not self.broader:
            return None
        key = self.broader.removeprefix(_TURNED)
        return (object_, subject, key) if key != self.broader else (subject, object_, key)

    def fits(self, subject: str, object_: str) -> bool:
        """Tell whether it may lead from one type of thing to another.

        >>> relation_types()["P19"].fits("Person", "City")
        True
        """
        return _is_in(subject, self.domain) and _is_in(object_, self.range)


def property_iri(key: str) -> str:
    """Return the IRI of a relation's key.

    >>> property_iri("P26"), property_iri("kg:meets")
    ('http://www.wikidata.org/prop/direct/P26', 'https://w3id.org/kg-claims/ns#meets')
    """
    return KG + key.removeprefix(OWN_KEY) if key.startswith(OWN_KEY) else WIKIDATA_PROPERTY + key


def _is_in(name: str, allowed: frozenset[str]) -> bool:
    return not allowed or name in allowed


def types_named(words: str) -> frozenset[str]:
    """Return the types that a domain or range names; none for "any".

    >>> sorted(types_named("Person body"))
    ['Government', 'Organization', 'Person', 'PoliticalParty']
    """
    named = words.split()
    if ANY in named:
        return frozenset()
    found = {name for name in named if name in TYPES or name == DATE}
    return frozenset(found).union(types_with(*(name for name in named if name.islower())))


@cache
def _tables() -> dict[str, dict[str, dict[str, Any]]]:
    path = models_folder() / "relations" / "vocabulary.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def relation_kinds() -> Mapping[str, RelationKind]:
    """Return the kinds of relation by name, in the order in which people are shown them."""
    kinds = _tables()["kinds"].items()
    return MappingProxyType({name: RelationKind(name, **values) for name, values in kinds})


@cache
def relation_types() -> Mapping[str, RelationType]:
    """Return the relations known by name, by key."""
    found = {}
    for key, values in _tables()["relations"].items():
        ends = {end: types_named(values[end]) for end in ("domain", "range")}
        found[key] = RelationType(key, **(values | ends))
    return MappingProxyType(found)


@cache
def _kinds_of_words() -> Mapping[str, str]:
    path = models_folder() / "relations" / "words.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return MappingProxyType(dict(line.split("\t") for line in lines))


def kind_of(key: str, words: Iterable[str]) -> str:
    """Return the kind of a relation: by its key if it has one, else by its main word.

    ``words`` are the main word and then the others; a light verb counts if nothing else does.

    >>> kind_of("P26", ()), kind_of("", ["be", "be", "ally", "of"]), kind_of("", ["attack"])
    ('family', 'cooperation', 'conflict')
    """
    if key in relation_types():
        return relation_types()[key].kind
    known = _kinds_of_words()
    ordered = [word.lower() for word in words]
    telling = [word for word in ordered if word not in _LIGHT] + ordered
    return next((known[word] for word in telling if word in known), OTHER)


def kind_of_claim(claim: LinkedClaim) -> str:
    """Return the kind of relation that a claim states."""
    key = claim.claim.relation.property if claim.claim.relation else ""
    return kind_of(key, (claim.head, *claim.predicate.split()))
