"""Who says a claim, as its triples tell: the outermost first, and who of them denies.

``kg:attributedTo`` names the outermost, ``kg:saidThrough`` those whom they quote, in no
order; the literals of ``kg:speakerAt`` give each its level. A graph that others wrote may
have none of these: then who is a ``kg:denier`` denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.outputs.rdf.places import Place, read_place
from kg.outputs.sparql.lookup import Lookup
from kg.vocabulary import KG

UNNAMED = f"{KG}unnamed"


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who says so: an IRI or words, and whether it is a denial."""

    value: str
    is_iri: bool
    denies: bool


def speakers_of(lookup: Lookup, claim: str) -> list[Speaker]:
    """Return who says a claim, each quoting the next."""
    outer = lookup.terms(claim, "kg:attributedTo")
    quoted = lookup.terms(claim, "kg:saidThrough")
    places = _places(lookup.values(claim, "kg:speakerAt"))
    if not outer or not places:
        deniers = set(lookup.values(claim, "kg:denier"))
        return [Speaker(*term, term[0] in deniers) for term in (*outer, *quoted)]
    document = lookup.value(claim, "prov:wasDerivedFrom").partition("#")[0]
    inner = [_named_at(lookup, document, place) for place in places[1:]]
    terms = [outer[0], *_in_order(inner, quoted)]
    denials = ("deny" in place.notes for place in places)
    return [Speaker(*term, denies) for term, denies in zip(terms, denials, strict=False)]


def _places(literals: Sequence[str]) -> list[Place]:
    """Return where the speakers stand, by level; nothing if the literals are none of ours."""
    try:
        return sorted(map(read_place, literals), key=lambda place: int(place.notes["level"]))
    except (InputError, KeyError, ValueError):
        return []


def _named_at(lookup: Lookup, document: str, place: Place) -> str:
    """Return what the words at a place name: an entity, or the words themselves."""
    if not place.spans:
        return UNNAMED
    named = ""
    if "group" in place.notes:
        named = lookup.value(f"{document}#group{place.notes['group']}", "kg:names")
    return named or f"{document}#char={place.spans[0][0]},{place.spans[-1][1]}"


def _in_order(
    wanted: Sequence[str], terms: Sequence[tuple[str, bool]]
) -> Iterator[tuple[str, bool]]:
    """Yield the term of each level; where its words name it not, one that no level names."""
    by_value = {term[0]: term for term in terms}
    left = [term for term in terms if term[0] not in wanted]
    for value in wanted:
        if value in by_value:
            yield by_value[value]
        elif terms:
            yield left.pop(0) if left else terms[-1]
