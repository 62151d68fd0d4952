"""Which known things a name may mean, and how the name was found to fit.

By the whole name; without a courtesy title or a legal form; and, where nobody goes by
the name so written, by a near spelling (Zelensky, Zelenskyy) of a long name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.folding import fold
from kg.linking.knowledge_base import Found, KnowledgeBase
from kg.linking.spelling import LEAST_SPELT, SAME_BEGINNING, spelt_alike
from kg.plain_names import without_legal_form, without_titles
from kg.vocabulary import BODIES, KNOWN, LOCATIONS, PLACES, TYPES

EXACT, UNTITLED, UNINCORPORATED, OTHER_TYPE, SPELT, BEGUN = (
    "name",
    "name without title",
    "name without legal form",
    "name of another type",
    "near spelling",
    "beginning of a name",
)

_TELLING = frozenset({"label", "short", "acronym", "alias"})
"""Kinds of names that tell what they name even if its type is not the one expected."""
_HOUSED = BODIES | {"Facility"}
"""A university is a body here and a building there."""
_ALSO: Mapping[str, frozenset[str]] = MappingProxyType({
    "Country": PLACES - {"City"}, "Place": LOCATIONS, "Facility": _HOUSED | {"Place"},
    "Organization": _HOUSED | {"Work"}, "Work": frozenset({"Organization"}),
    "Product": frozenset({"Organization"}),
})  # fmt: skip
"""Types whose things have other types than their traits tell."""


def _compatible(kind: str) -> frozenset[str]:
    if kind in _ALSO:
        return _ALSO[kind] | {kind}
    if kind in PLACES:
        return PLACES
    return _HOUSED if kind in BODIES else frozenset({kind})


COMPATIBLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {kind: _compatible(kind) for kind in TYPES if kind in KNOWN}
)
"""From the type that a document gives a name to those that its thing may have: no person is a place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known thing that a name may mean: the kind of name, and how it was come by."""

    found: Found
    how: str


def find_candidates(name: str, kind: str, knowledge: KnowledgeBase) -> list[Candidate]:
    """Return the known things of a fitting type that a name may mean, the likeliest first."""
    types = COMPATIBLE.get(kind, frozenset())
    # As it is written first: a title may be part of the name ("Prince").
    for words, how in _forms(name, kind):
        fitting = [Candidate(f, how) for f in knowledge.find(words) if f.entity.type in types]
        if fitting:
            return fitting
    near = [c for c in _near_spellings(name, knowledge) if c.found.entity.type in types]
    # An office is often told by its own noun, and "the Assad regime" names no country.
    if near or not types or kind == "Government":
        return near
    # What nothing of its type is called, the reader may have typed wrongly: "Al Jazeera" a person.
    others = [f for f in knowledge.find(name) if _may_be_mistyped(f, kind)]
    if others:
        return [Candidate(f, OTHER_TYPE) for f in others]
    begun = [c for c in _begun(name, knowledge) if c.found.entity.type in types]
    # "The Salk Institute" is one thing only if no other's name begins so.
    return begun if len({c.found.entity.id for c in begun}) == 1 else []


def _may_be_mistyped(found: Found, kind: str) -> bool:
    """Tell what may be meant though its type is another; but no person is a place."""
    both = {kind, found.entity.type}
    apart = "Person" in both and not both.isdisjoint(PLACES | LOCATIONS)
    return found.kind in _TELLING and found.entity.type in KNOWN and not apart


def _begun(name: str, knowledge: KnowledgeBase) -> Iterator[Candidate]:
    """Yield what has a longer name than this of two words or more: "Salk Institute"."""
    folded = fold(name)
    if " " in folded:
        yield from (Candidate(found, BEGUN) for found in knowledge.near(f"{folded} "))


def _forms(name: str, kind: str) -> Iterator[tuple[str, str]]:
    yield name, EXACT
    if kind == "Person" and (untitled := without_titles(name)) != name:
        yield untitled, UNTITLED
    if kind in {"Organization", "Government"} and (bare := without_legal_form(name)) != name:
        yield bare, UNINCORPORATED


def _near_spellings(name: str, knowledge: KnowledgeBase) -> list[Candidate]:
    folded = fold(name)
    # Another number is another thing, not another spelling: "Unit 26165".
    if len(folded) < LEAST_SPELT or any(c.isdigit() for c in folded):
        return []
    # More names begin with a few letters than can be compared: half the name must fit.
    near = knowledge.near(folded[: max(SAME_BEGINNING, len(folded) // 2)])
    return [Candidate(found, SPELT) for found in near if spelt_alike(folded, found.key)]
