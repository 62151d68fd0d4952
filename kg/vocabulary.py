"""What our words mean: the types of things, and the namespaces of what we publish.

The only place where a type has a label, a schema.org class, a colour and an
icon, and the only place where an IRI prefix is spelled out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

KG = "https://w3id.org/kg-claims/ns#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
# With http: Wikidata's identifiers begin so, though its pages are at https.
WIKIDATA_ENTITY = "http://www.wikidata.org/entity/"
WIKIDATA_PROPERTY = "http://www.wikidata.org/prop/direct/"
# The things themselves; www.geonames.org has the pages about them.
GEONAMES = "https://sws.geonames.org/"
# Where `kg serve` answers, so that the IRIs of a build lead somewhere from the start.
DEFAULT_BASE_IRI = "http://localhost:8000/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": KG,
        "schema": SCHEMA,
        "skos": SKOS,
        "wd": WIKIDATA_ENTITY,
        "wdt": WIKIDATA_PROPERTY,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "void": "http://rdfs.org/ns/void#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    }
)
"""Prefixes that do not depend on the base IRI."""


@cache
def expand(curie: str) -> str:
    """Return the IRI of a name with one of these prefixes.

    >>> expand("schema:Person")
    'https://schema.org/Person'
    """
    prefix, local = curie.split(":")
    return PREFIXES[prefix] + local


def prefixes(base_iri: str = DEFAULT_BASE_IRI) -> dict[str, str]:
    """Return all prefixes, those of minted IRIs included.

    >>> prefixes()["ent"]
    'http://localhost:8000/entity/'
    """
    minted = {
        "ent": "entity/",
        "rel": "relation/",
        "claim": "claim/",
        "edge": "edge/",
        "doc": "doc/",
    }
    return dict(PREFIXES) | {name: base_iri + path for name, path in minted.items()}


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of thing: for people (label, colour, icon), for machines (class IRI), for our rules.

    ``shape`` is what a drawing shows besides the colour, the same for a family of types;
    what is quiet is drawn small and grey. ``about`` says what a class of our own means.
    ``traits`` are words that the rules go by; each set of types below says what one means.
    """

    name: str
    label: str
    class_iri: str
    colour: str
    icon: str
    shape: str = "dot"
    is_quiet: bool = False
    about: str = ""
    traits: str = ""


# fmt: off
_TYPES = (
    EntityType("Person", "person", SCHEMA + "Person", "#4e79a7", "👤", traits="human unclear known"),
    EntityType("Organization", "organisation", SCHEMA + "Organization", "#f28e2b", "🏢", shape="square", traits="body outer unclear known"),
    EntityType("Government", "government body", SCHEMA + "GovernmentOrganization", "#c8553d", "🏛", shape="square", traits="body outer unclear known"),
    EntityType("PoliticalParty", "political party", SCHEMA + "PoliticalParty", "#d37295", "🗳", shape="square", traits="body outer unclear known"),
    EntityType("Country", "country", SCHEMA + "Country", "#2f7f4f", "🏳", shape="hexagon", traits="place known"),
    EntityType("City", "city", SCHEMA + "City", "#59a14f", "🏙", shape="hexagon", traits="place named_alike unclear known"),
    EntityType("Region", "region", SCHEMA + "Place", "#86bc6c", "🌍", shape="hexagon", traits="place named_alike known"),
    EntityType("Place", "place", SCHEMA + "Place", "#a3b86c", "📍", shape="hexagon", traits="place unclear known"),
    EntityType("Facility", "facility", SCHEMA + "CivicStructure", "#9c755f", "🏗", shape="hexagon", traits="built outer unclear known"),
    EntityType("Event", "event", SCHEMA + "Event", "#b07aa1", "📅", shape="diamond", traits="made outer known"),
    EntityType("Work", "work", SCHEMA + "CreativeWork", "#76b7b2", "📄", shape="triangle", traits="made outer known"),
    EntityType("Law", "law", SCHEMA + "Legislation", "#499894", "⚖", shape="triangle", traits="made outer known"),
    EntityType("Product", "product", SCHEMA + "Product", "#bab0ac", "📦", shape="triangle", traits="made unclear known"),
    EntityType("Group", "group", KG + "Group", "#edc948", "👥", traits="outer",
               about="People taken together that are no organisation: a nationality, a faith, the forces of a country."),
    EntityType("Role", "role", KG + "Role", "#b6992d", "🎖", traits="human outer",
               about="An office or function that somebody holds, such as Foreign Secretary."),
    EntityType("Concept", "concept", SKOS + "Concept", "#8c8c9a", "💡", traits="made outer", is_quiet=True),
)
# fmt: on

_BY_NAME = {kind.name: kind for kind in _TYPES}
TYPES: Mapping[str, EntityType] = MappingProxyType(_BY_NAME)
"""The types of things, in the order in which people are shown them."""


def look_of(name: str) -> EntityType:
    """Return a type; one that the table lacks, as an import may bring it, is grey."""
    return TYPES.get(name) or EntityType(name, name, "", "#888888", "")


def types_with(*traits: str) -> frozenset[str]:
    """Return the types that have one of these traits.

    >>> sorted(types_with("place", "built"))
    ['City', 'Country', 'Facility', 'Place', 'Region']
    """
    return frozenset(kind.name for kind in _TYPES if {*traits} & {*kind.traits.split()})


DOCUMENT_CLASS = SCHEMA + "CreativeWork"
"""The class of the documents themselves, which is that of a type of things, too."""
DOCUMENT_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "text": SCHEMA + "TextDigitalDocument",
        "web page": SCHEMA + "WebPage",
        "mail": SCHEMA + "EmailMessage",
        "book": SCHEMA + "Book",
        "slides": SCHEMA + "PresentationDigitalDocument",
        "subtitles": SCHEMA + "MediaObject",
        "row": SCHEMA + "DataFeedItem",
    }
)
"""The further class of a document of each kind; each is of one kind alone."""
CONCEPT = "Concept"
"""The type of a phrase that names no thing known by name, but that claims join."""
BODIES = types_with("body")
"""Types of bodies of people, who act and have views."""
PLACES = types_with("place")
"""Types of places on the map."""
NAMED_ALIKE = types_with("named_alike")
"""Types of places whose names are those of people, teams and things as well: "Clinton"."""
LOCATIONS = types_with("place", "built")
"""Types of where something may be or happen: places, and what is built there."""
HUMAN = types_with("human")
"""Types of who is one person, by name or by office."""
MADE = types_with("made")
"""Types of what people do, make or think: no body, no place."""
OUTER = types_with("outer")
"""Types whose names may hold another name that is worth a mention of its own."""
UNCLEAR = types_with("unclear")
"""Types that readers confuse: a name that no table knows is a town here and a person there."""
KNOWN = types_with("known")
"""Types of single things, which a knowledge base may know; the others are kinds of things."""

POLARITIES = ("positive", "negative")
HELD_BACK = ("unsure", "trivial")
MODALITIES = ("asserted", "possible", "intended", "required", "conditional", "questioned")
