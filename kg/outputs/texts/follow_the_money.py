"""The graph as FollowTheMoney entities, one JSON object a line, for Aleph and OpenSanctions' tools.

Things are Person, Organization, PublicBody …; a fact whose relation has a schema there (Ownership,
Family, Membership …) is an entity of that schema, any other an UnknownLink with its words as role.
Each holds its sentence and its source. Only facts are written: FollowTheMoney has no place for
who says so, or how surely. Model: https://followthemoney.tech (MIT licence).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.files import write_chunks
from kg.outputs.texts.tables import no_surrogates
from kg.records import Entity, LinkedClaim
from kg.relation_types import relation_types
from kg.vocabulary import WIKIDATA_ENTITY

_SCHEMAS: Mapping[str, str] = MappingProxyType(
    {
        "Person": "Person", "Role": "Thing", "Organization": "Organization",
        "Government": "PublicBody", "PoliticalParty": "Organization", "Country": "Thing",
        "Event": "Event", "Group": "Thing", "Work": "Thing", "Law": "Thing", "Product": "Thing",
    }
)  # fmt: skip
"""Schema of each type; places are Addresses, what has no schema is a Thing."""
_PLACES = frozenset({"City", "Region", "Place", "Facility"})
_LINK = ("UnknownLink", "subject", "object")

Json = dict[str, Any]


def write_follow_the_money(graph: KnowledgeGraph, path: Path) -> None:
    """Write entities and the facts between them."""
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) for one in _entities(graph))
    write_chunks(path, (no_surrogates(line) + "\n" for line in lines))


def _entities(graph: KnowledgeGraph) -> Iterator[Json]:
    told = list(_facts(graph))
    own: dict[str, Json] = {}
    for entity in graph.entities.values():
        own[entity.id] = _thing(entity)
    links = [link for claim in told if (link := _link(graph, claim, own)) is not None]
    yield from own.values()
    yield from links


def _facts(graph: KnowledgeGraph) -> Iterator[LinkedClaim]:
    """Yield the facts between two entities that are told."""
    for claim in graph.told.values():
        joined = claim.subject.entity_id and claim.object and claim.object.entity_id
        if claim.claim.is_fact and joined:
            yield claim


def _thing(entity: Entity) -> Json:
    schema = "Address" if entity.type in _PLACES else _SCHEMAS.get(entity.type, "Thing")
    properties = {"name": [entity.name]}
    if entity.also_known_as:
        properties["alias"] = list(entity.also_known_as)
    items = [
        link.iri.removeprefix(WIKIDATA_ENTITY)
        for link in entity.links
        if link.exact and link.iri.startswith(WIKIDATA_ENTITY)
    ]
    if items:
        properties["wikidataId"] = items[:1]
    if schema == "Address":
        properties["full"] = [entity.name]
    return {"id": f"kg-{entity.id}", "schema": schema, "properties": properties}


def _link(graph: KnowledgeGraph, claim: LinkedClaim, own: Mapping[str, Json]) -> Json | None:
    """Return a fact as a link of its own; None where it became a property of its subject."""
    relation, object_ = claim.claim.relation, claim.object
    ends = [claim.subject.entity_id or "", (object_.entity_id if object_ else "") or ""]
    names = _LINK
    if relation is not None:
        ends = ends[::-1] if relation.turned else ends
        told = (
            relation_types()[relation.property].ftm.split()
            if relation.property in relation_types()
            else []
        )
        if len(told) == len(_LINK):
            names = told[0], told[1], told[2]
        elif told and _gave(own[ends[0]], told, graph.entities[ends[1]]):
            return None
    schema, first, second = names
    role = relation.label if relation else claim.predicate
    document = graph.readings[claim.document_id].document
    properties: dict[str, list[str]] = {
        first: [f"kg-{ends[0]}"], second: [f"kg-{ends[1]}"], "role": [role],
        "summary": [" ".join(graph.sentence(claim).split())],
        "publisher": [document.title],
    }  # fmt: skip
    time = claim.claim.time
    for name, day in (("startDate", time and time.from_day), ("endDate", time and time.until_day)):
        if day:
            properties[name] = [day]
    return {"id": f"kg-{claim.id}", "schema": schema, "properties": properties}


def _gave(thing: Json, told: list[str], value: Entity) -> bool:
    """Give a thing a property of its schema ("Person birthPlace"), and say if it could have it."""
    schema, name = told
    if thing["schema"] != schema:
        return False
    words = f"kg-{value.id}" if schema == "Event" else value.name
    known = thing["properties"].setdefault(name, [])
    if words not in known:
        known.append(words)
    return True
