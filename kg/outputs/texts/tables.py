"""The graph for other programs: spreadsheets, Gephi, Neo4j, NetworkX.

A claim that is no fact must not look like one there either: an edge that no document
states as a fact is labelled with its status ("order (denied)") and, in Cypher and
Neo4j, has the relationship type CLAIMED and none of its own. Everything is sorted and
holds no time of writing, so that the same graph gives the same bytes.

In the CSV tables for spreadsheets a cell that a spreadsheet could run (it begins with
``=``, ``+``, ``-``, ``@``, a tab or a carriage return) gets an apostrophe before it, as
OWASP advises; Neo4j's tables keep every value as it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graph.assembly import KnowledgeGraph, to_network
from kg.outputs.files import write_chunks
from kg.outputs.standing import Standing, standing_of
from kg.outputs.xml_text import xml_safe
from kg.records import Claim, Relation, Term, Time, TypedRelation
from kg.relation_types import kind_of_claim

ENTITY_COLUMNS = ("id", "name", "type", "also_known_as", "links", "mentions", "claims")
CLAIM_COLUMNS = (
    "id", "subject", "predicate", "object", "status", "standing", "polarity", "modality", "said_by", "denied_by",
    "arguments", "amount_low", "amount_high", "amount_unit", "time", "from", "until", "confidence", "sentence", "citation", "document",
    "start", "end", "subject_id", "object_id", "edge_id", "found_by", "kind", "property",
    "property_label", "property_turned",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "id", "title", "author", "date", "kind", "source", "language", "claims", "sha256",
)  # fmt: skip

_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
_CYPHER = {
    code: f"\\u{code:04X}" for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]
} | {
    ord("'"): "\\'",
    ord("\\"): "\\\\",
    10: "\\n",
    13: "\\r",
    9: "\\t",
}

Row = Sequence[object]


def write_entities_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write one row for each entity."""
    write_chunks(path, _csv([ENTITY_COLUMNS, *entity_rows(graph)]))


def write_claims_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write one row for each claim, with its status, source and sentence."""
    write_chunks(path, _csv([CLAIM_COLUMNS, *claim_rows(graph)]))


def write_documents_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write one row for each document, with what its file tells of it."""
    write_chunks(path, _csv([DOCUMENT_COLUMNS, *document_rows(graph)]))


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write any rows as CSV, safe to open in a spreadsheet."""
    write_chunks(path, _csv(rows))


def write_csv(graph: KnowledgeGraph, folder: Path) -> None:
    """Write entities.csv, claims.csv and documents.csv into a folder."""
    write_entities_csv(graph, folder / "entities.csv")
    write_claims_csv(graph, folder / "claims.csv")
    write_documents_csv(graph, folder / "documents.csv")


def entity_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    """Yield the cells of each entity, in the order of ENTITY_COLUMNS."""
    for entity in graph.entities.values():
        yield (
            entity.id,
            entity.name,
            entity.type,
            _joined(entity.also_known_as),
            _joined(link.iri for link in entity.links),
            graph.mention_counts[entity.id],
            len(graph.claims_about(entity.id)),
        )


def claim_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    """Yield the cells of each claim, in the order of CLAIM_COLUMNS."""
    edge_of = {claim_id: r.id for r in graph.relations.values() for claim_id in r.claims}
    for claim in graph.claims.values():
        yield (
            claim.id,
            _name(graph, claim.subject),
            claim.predicate,
            _name(graph, claim.object),
            *_standing_cells(standing_of(graph, claim)),
            _joined(f"{role} {_name(graph, filler)}" for role, filler in claim.arguments),
            *_amount_cells(claim.claim),
            *_time_cells(claim.claim.time),
            claim.claim.confidence,
            graph.sentence(claim),
            graph.citation(claim),
            claim.document_id,
            *claim.claim.sentence,
            claim.subject.entity_id or "",
            (claim.object and claim.object.entity_id) or "",
            edge_of.get(claim.id, ""),
            claim.claim.found_by,
            kind_of_claim(claim),
            *_property_cells(claim.claim.relation),
        )


def document_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    """Yield the cells of each document, in the order of DOCUMENT_COLUMNS."""
    for reading in graph.readings.values():
        document = reading.document
        yield (
            document.id,
            document.title,
            document.author,
            document.date,
            document.kind,
            document.source,
            document.language,
            len(reading.claims),
            document.sha256,
        )


def _standing_cells(standing: Standing) -> Row:
    return (
        "fact" if standing.is_fact else "claim",
        str(standing),
        standing.polarity,
        standing.modality,
        _joined(voice.name for voice in standing.chain),
        _joined(standing.denied_by),
    )


def _amount_cells(claim: Claim) -> Row:
    """Return the first amount of a claim in numbers: that of its object before all others."""
    phrases = (claim.object, *(argument.phrase for argument in claim.arguments), claim.subject)
    found = next((phrase.quantity for phrase in phrases if phrase and phrase.quantity), None)
    return (found.low or "", found.high or "", found.unit) if found else ("", "", "")


def _time_cells(time: Time | None) -> Row:
    return (time.text, time.from_day or "", time.until_day or "") if time else ("", "", "")


def _name(graph: KnowledgeGraph, term: Term | None) -> str:
    if term is None:
        return ""
    return graph.entities[term.entity_id].name if term.entity_id else term.text


def _property_cells(relation: TypedRelation | None) -> Row:
    """Return the name under which a relation is known, and whether it leads back to the subject."""
    return (relation.property, relation.label, relation.turned) if relation else ("", "", "")


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


def spreadsheet_safe(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("a=b"), spreadsheet_safe(-1)
    ("'=1+1", 'a=b', -1)
    """
    if isinstance(cell, str) and cell.startswith(_RUNS_IN_A_SPREADSHEET):
        return f"'{cell}"
    return cell


def _csv(rows: Iterable[Row], *, safe: bool = True) -> Iterator[str]:
    """Yield lines by RFC 4180: CRLF, quotes where needed."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    for row in rows:
        cells = [no_surrogates(cell) if isinstance(cell, str) else cell for cell in row]
        writer.writerow([spreadsheet_safe(c) for c in cells] if safe else cells)
        yield stream.getvalue()
        # The same buffer for every row: csv writes into a stream only.
        stream.seek(0)
        stream.truncate()


def no_surrogates(words: str) -> str:
    """Return words that UTF-8 can hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", words)


# Gephi and NetworkX


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write GraphML, typed as Gephi, yEd and NetworkX read it."""
    lines = nx.generate_graphml(
        plain_network(graph), named_key_ids=True, edge_id_from_attribute="id"
    )
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    write_chunks(path, _lines([declaration.rstrip(), *lines]))


def write_gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write GEXF 1.2 for Gephi, without the date that NetworkX puts in."""
    lines = nx.generate_gexf(plain_network(graph), version="1.2draft")
    undated = (re.sub(r'(<meta) lastmodifieddate="[^"]*"', r"\1", line) for line in lines)
    write_chunks(path, _lines(['<?xml version="1.0" encoding="UTF-8"?>', *undated]))


def write_json(graph: KnowledgeGraph, path: Path) -> None:
    """Write NetworkX's node-link JSON; ``claims`` beside it holds the evidence of its edges."""
    network = _network(graph)
    value = {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [data | {"id": node} for node, data in network.nodes(data=True)],
        "edges": [
            data | {"source": subject, "target": object_, "key": key}
            for subject, object_, key, data in network.edges(keys=True, data=True)
        ],
        "claims": [dict(zip(CLAIM_COLUMNS, row, strict=True)) for row in claim_rows(graph)],
    }
    words = json.dumps(value, ensure_ascii=False, indent=1)
    write_chunks(path, [no_surrogates(words), "\n"])


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def plain_network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the network with nothing in it that XML cannot hold: lists joined by "; "."""
    network = nx.relabel_nodes(_network(graph), _xml_safe)
    for _, data in network.nodes(data=True):
        _replace(data, _plain(data))
    for _, _, data in network.edges(data=True):
        _replace(data, _plain(data))
    return network


def _network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the network with what other programs show: labels, links, weights."""
    network = to_network(graph)
    for entity in graph.entities.values():
        shown = {
            "label": entity.name,
            "type": entity.type,
            "also_known_as": list(entity.also_known_as),
            "links": [link.iri for link in entity.links],
            "mentions": graph.mention_counts[entity.id],
        }
        _replace(network.nodes[entity.id], shown)
    for relation in graph.relations.values():
        ends = relation.subject_id, relation.object_id
        _replace(network.edges[*ends, relation.id], _edge_data(graph, relation))
    return network


def _replace(data: dict[str, Any], shown: dict[str, Any]) -> None:
    """Give a node or an edge these attributes, in their order, and no others."""
    data.clear()
    data.update(shown)


def _edge_data(graph: KnowledgeGraph, relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "label": honest_label(relation),
        "predicate": relation.predicate,
        "head": relation.head,
        "kind": relation.kind,
        "property": relation.typed.property if relation.typed else "",
        "status": relation.status,
        "affirmed": relation.affirmed,
        "denied": relation.denied,
        "hedged": relation.hedged,
        "confidence": relation.confidence,
        "weight": len(relation.claims),
        "claims": list(relation.claims),
        "standing": _standings(graph, relation),
    }


def _standings(graph: KnowledgeGraph, relation: Relation) -> list[str]:
    """Return how each claim of a relation stands, in their order."""
    return [str(standing_of(graph, graph.claims[id_])) for id_ in relation.claims]


def honest_label(relation: Relation) -> str:
    """Return what to write on an edge, so that a denial never reads as a fact."""
    if relation.status == "fact":
        return relation.predicate
    return f"{relation.predicate} ({relation.status})"


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    joined = {k: _joined(v) if isinstance(v, list) else v for k, v in data.items()}
    return {k: _xml_safe(v) if isinstance(v, str) else v for k, v in joined.items()}


def _xml_safe(words: str) -> str:
    # A carriage return, too, which a reader of XML would take for a new line.
    return xml_safe(words).replace("\r", "\ufffd")


# Neo4j


def write_cypher(graph: KnowledgeGraph, path: Path) -> None:
    """Write a script that fills an empty Neo4j: a constraint, then nodes, then relationships."""
    write_chunks(path, _lines(_cypher(graph)))


def _cypher(graph: KnowledgeGraph) -> Iterator[str]:
    yield "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;"
    yield "CREATE INDEX entity_name IF NOT EXISTS FOR (e:Entity) ON (e.name);"
    network = _network(graph)
    for node, data in network.nodes(data=True):
        # “name”, which Neo4j shows by itself; its labels are what we call types.
        properties = _cypher_map({"id": node, "name": data.pop("label"), **data})
        yield f"CREATE (:Entity:{_cypher_name(data['type'])} {properties});"
    for relation in graph.relations.values():
        first, second = (_cypher_value(i) for i in (relation.subject_id, relation.object_id))
        yield (
            f"MATCH (a:Entity {{id: {first}}}), (b:Entity {{id: {second}}}) "
            f"CREATE (a)-[:{_cypher_name(relationship_type(relation))} "
            f"{_cypher_map(_edge_data(graph, relation))}]->(b);"
        )


def relationship_type(relation: Relation) -> str:
    """Return a relation's type: its predicate if a document states it as fact, else CLAIMED."""
    if not relation.affirmed:
        return "CLAIMED"
    return re.sub(r"\W+", "_", relation.predicate).strip("_").upper() or "RELATED"


def _cypher_map(data: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_cypher_value(value)}" for key, value in data.items()) + "}"


def _cypher_value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_cypher_value(v) for v in value) + "]"
    if isinstance(value, str):
        return f"'{no_surrogates(value.translate(_CYPHER))}'"
    return str(value)


def _cypher_name(words: str) -> str:
    return "`" + re.sub(r"\W", "_", words) + "`"


def write_neo4j(graph: KnowledgeGraph, folder: Path) -> None:
    """Write nodes.csv and relationships.csv for ``neo4j-admin database import``."""
    write_chunks(folder / "nodes.csv", _csv(_neo4j_nodes(graph), safe=False))
    write_chunks(folder / "relationships.csv", _csv(_neo4j_relationships(graph), safe=False))


def _neo4j_nodes(graph: KnowledgeGraph) -> Iterator[Row]:
    yield (
        "id:ID",
        "name",
        "type",
        "also_known_as:string[]",
        "links:string[]",
        "mentions:int",
        ":LABEL",
    )
    for node, data in _network(graph).nodes(data=True):
        lists = _neo4j_list(data["also_known_as"]), _neo4j_list(data["links"])
        kind = data["type"]
        yield (node, data["label"], kind, *lists, data["mentions"], f"Entity;{kind}")


def _neo4j_relationships(graph: KnowledgeGraph) -> Iterator[Row]:
    yield (
        ":START_ID", ":END_ID", ":TYPE", "id", "predicate", "head", "status", "affirmed:int",
        "denied:int", "hedged:int", "confidence:double", "claims:string[]",
        "standing:string[]",
    )  # fmt: skip
    for r in graph.relations.values():
        yield (
            r.subject_id, r.object_id, relationship_type(r), r.id, r.predicate, r.head, r.status,
            r.affirmed, r.denied, r.hedged, r.confidence, _neo4j_list(r.claims),
            _neo4j_list(_standings(graph, r)),
        )  # fmt: skip


def _neo4j_list(values: Iterable[str]) -> str:
    """Join by ";", Neo4j's separator, which it gives no way to escape."""
    return ";".join(value.replace(";", ",") for value in values)
