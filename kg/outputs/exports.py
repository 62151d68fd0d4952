"""Every form that `kg export` writes, by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.files import write_chunks
from kg.outputs.rdf.forms import write_rdf
from kg.outputs.rdf.web_annotation import web_annotations
from kg.outputs.texts import tables
from kg.outputs.texts.follow_the_money import write_follow_the_money
from kg.outputs.texts.wikidata import write_quickstatements
from kg.vocabulary import DEFAULT_BASE_IRI


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form that `kg export` can write: to one file, or to several in a folder."""

    description: str
    suffix: str
    write_to: Callable[[KnowledgeGraph, Path, str, str | None], None]

    @property
    def is_folder(self) -> bool:
        """Whether the path to write to is a folder."""
        return not self.suffix

    def write(
        self,
        graph: KnowledgeGraph,
        path: Path,
        *,
        base_iri: str = DEFAULT_BASE_IRI,
        licence: str | None = None,
    ) -> None:
        """Write the graph; ``base_iri`` and ``licence`` matter to linked data alone."""
        self.write_to(graph, path, base_iri, licence)


Writer = Callable[[KnowledgeGraph, Path, str, str | None], None]


def _rdf(form: str) -> Writer:
    def write(graph: KnowledgeGraph, path: Path, base_iri: str, licence: str | None) -> None:
        write_rdf(graph, path, form, base_iri=base_iri, licence=licence)

    return write


def _write_annotations(
    graph: KnowledgeGraph, path: Path, base_iri: str, licence: str | None
) -> None:
    write_chunks(path, web_annotations(graph, base_iri=base_iri, licence=licence))


def _table(write: Callable[[KnowledgeGraph, Path], None]) -> Writer:
    def write_without_iris(
        graph: KnowledgeGraph, path: Path, base_iri: str, licence: str | None
    ) -> None:
        del base_iri, licence
        write(graph, path)

    return write_without_iris


EXPORTS = MappingProxyType(
    {
        "turtle": Exporter("Turtle, as in the build", ".ttl", _rdf("turtle")),
        "nt": Exporter("N-Triples, sorted", ".nt", _rdf("nt")),
        "nq": Exporter("N-Quads, a named graph for each document", ".nq", _rdf("nq")),
        "trig": Exporter("TriG, a named graph for each document", ".trig", _rdf("trig")),
        "jsonld": Exporter("JSON-LD", ".jsonld", _rdf("jsonld")),
        "rdfxml": Exporter("RDF/XML", ".rdf", _rdf("rdfxml")),
        "rdf12": Exporter("RDF 1.2 Turtle: claims reify triples", ".rdf12.ttl", _rdf("rdf12")),
        "plain": Exporter("Turtle of entities and facts alone", ".plain.ttl", _rdf("plain")),
        "webannotation": Exporter(
            "Web Annotations of mentions, JSON-LD", ".annotations.jsonld", _write_annotations
        ),
        "graphml": Exporter(
            "GraphML, for Gephi, yEd, NetworkX", ".graphml", _table(tables.write_graphml)
        ),
        "gexf": Exporter("GEXF, for Gephi", ".gexf", _table(tables.write_gexf)),
        "csv": Exporter(
            "entities.csv, claims.csv and documents.csv, for spreadsheets",
            "",
            _table(tables.write_csv),
        ),
        "cypher": Exporter("a script for Neo4j", ".cypher", _table(tables.write_cypher)),
        "neo4j": Exporter("tables for Neo4j's importer", "", _table(tables.write_neo4j)),
        "wikidata": Exporter(
            "QuickStatements: facts between things in Wikidata, each with its quotation",
            ".quickstatements.tsv",
            _table(write_quickstatements),
        ),
        "ftm": Exporter(
            "FollowTheMoney entities, for Aleph", ".ftm.json", _table(write_follow_the_money)
        ),
        "json": Exporter(
            "NetworkX's node-link JSON, with claims", ".json", _table(tables.write_json)
        ),
    }
)
"""Every form of `kg export`, by its name."""
