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
WIKIDATA_ENTITY = "http://www.wikidata.org/entity/"
WIKIDATA_PROPERTY = "http://www.wikidata.org/prop/direct/"
GEONAMES = "https://sws.geonames.org/"
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
    """A type of thing: for people (label, colour, icon) and for machines (class IRI)."""

    name: str
    label: str
    class_iri: str
    colour: str
    icon: str


_TYPES = (
    EntityType("Person", "person", SCHEMA + "Person", "#4e79a7", "👤"),
    EntityType("Organization", "organisation", SCHEMA + "Organization", "#f28e2b", "🏢"),
    EntityType("Government", "government body", SCHEMA + "GovernmentOrganization", "#c8553d", "🏛"),
    EntityType("PoliticalParty", "political party", SCHEMA + "PoliticalParty", "#d37295", "🗳"),
    EntityType("Country", "country", SCHEMA + "Country", "#2f7f4f", "🏳"),
    EntityType("City", "city", SCHEMA + "City", "#59a14f", "🏙"),
    EntityType("Region", "region", SCHEMA + "Place", "#86bc6c", "🌍"),
    EntityType("Place", "place", SCHEMA + "Place", "#a3b86c", "📍"),
    EntityType("Facility", "facility", SCHEMA + "CivicStructure", "#9c755f", "🏗"),
    EntityType("Event", "event", SCHEMA + "Event", "#b07aa1", "📅"),
    EntityType("Work", "work", SCHEMA + "CreativeWork", "#76b7b2", "📄"),
    EntityType("Law", "law", SCHEMA + "Legislation", "#499894", "⚖"),
    EntityType("Product", "product", SCHEMA + "Product", "#bab0ac", "📦"),
    EntityType("Group", "group", KG + "Group", "#edc948", "👥"),
    EntityType("Role", "role", KG + "Role", "#b6992d", "🎖"),
    EntityType("Concept", "concept", SKOS + "Concept", "#8c8c9a", "💡"),
)

TYPES: Mapping[str, EntityType] = MappingProxyType({kind.name: kind for kind in _TYPES})
"""The types of things, in the order in which people are shown them."""

BODIES = frozenset({"Organization", "Government", "PoliticalParty"})
"""Types of bodies of people, who act and have views."""
POLARITIES = ("positive", "negative")
MODALITIES = ("asserted", "possible", "intended", "required", "conditional", "questioned")
