"""A KnowledgeGraph as linked data: one stream of triples, in every form.

``model.py`` says what the triples are, ``writers.py`` how they are spelled; here the
data set's description of itself joins them. The description counts and hashes the
content, so that anyone can check a file: the hash is the SHA-256 of the N-Triples
without the data set's own (subjects that begin ``<…/dataset``), sorted by byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import UnknownNameError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.files import write_chunks
from kg.outputs.rdf import terms as term
from kg.outputs.rdf import writers
from kg.outputs.rdf.model import Model
from kg.outputs.rdf.terms import iri, is_iri, split_literal, term_of
from kg.outputs.rdf.writers import Grouped, Triple, group
from kg.version import __version__
from kg.vocabulary import DEFAULT_BASE_IRI, KG, PREFIXES, SCHEMA, prefixes

FORMS: Mapping[str, Callable[[Grouped, Mapping[str, str]], Iterator[str]]] = MappingProxyType(
    {
        "turtle": writers.turtle,
        "rdf12": writers.turtle_12,
        "jsonld": writers.json_ld,
        "rdfxml": writers.rdf_xml,
        "nt": lambda grouped, _: writers.n_triples(grouped),
    }
)
"""The forms that hold one graph; "trig" and "nq" have a named graph for each document."""

ALL_FORMS = (*FORMS, "trig", "nq", "plain")


def triples(
    graph: KnowledgeGraph, *, base_iri: str = DEFAULT_BASE_IRI, licence: str | None = None
) -> Iterator[Triple]:
    """Yield every triple once: the content, then the data set's description.

    A term is a string as N-Triples spells it. ``licence`` is the IRI of the licence
    under which the data may be used, if you know it.
    """
    content = group(_content(graph, base_iri))
    for subject, pairs in content.items():
        for predicate, object_ in pairs:
            yield subject, predicate, object_
    yield from _description(graph, content, base_iri, licence)


def rdf_chunks(
    graph: KnowledgeGraph,
    form: str,
    *,
    base_iri: str = DEFAULT_BASE_IRI,
    licence: str | None = None,
) -> Iterator[str]:
    """Return the text of a form of ``ALL_FORMS``, piece by piece.

    The same graph gives the same bytes. A form that is not there raises an UnknownNameError.
    """
    if form not in ALL_FORMS:
        raise UnknownNameError("RDF form", form, ALL_FORMS)
    if form in FORMS:
        merged = group(triples(graph, base_iri=base_iri, licence=licence))
        return FORMS[form](merged, prefixes(base_iri))
    others = {"nq": _n_quads, "trig": _trig, "plain": _plain}
    return others[form](graph, base_iri, licence)


def serialize(
    graph: KnowledgeGraph,
    form: str,
    *,
    base_iri: str = DEFAULT_BASE_IRI,
    licence: str | None = None,
) -> str:
    """Return a graph as text in one of ``ALL_FORMS``."""
    return "".join(rdf_chunks(graph, form, base_iri=base_iri, licence=licence))


def write_rdf(
    graph: KnowledgeGraph,
    path: Path,
    form: str,
    *,
    base_iri: str = DEFAULT_BASE_IRI,
    licence: str | None = None,
) -> None:
    """Write a graph to ``path`` in one of ``ALL_FORMS``."""
    write_chunks(path, rdf_chunks(graph, form, base_iri=base_iri, licence=licence))


def write_turtle(
    graph: KnowledgeGraph,
    path: Path,
    *,
    base_iri: str = DEFAULT_BASE_IRI,
    licence: str | None = None,
) -> None:
    """Write a graph as Turtle: sorted, grouped by subject, one predicate a line."""
    write_rdf(graph, path, "turtle", base_iri=base_iri, licence=licence)


def to_rdflib(
    graph: KnowledgeGraph, *, base_iri: str = DEFAULT_BASE_IRI, licence: str | None = None
) -> Graph:
    """Return the triples as an rdflib Graph, its prefixes bound."""
    found = Graph(bind_namespaces="none")
    for name, namespace in prefixes(base_iri).items():
        found.bind(name, namespace)
    for subject, predicate, object_ in triples(graph, base_iri=base_iri, licence=licence):
        found.add((_rdflib_term(subject), _rdflib_term(predicate), _rdflib_term(object_)))
    return found


@lru_cache(maxsize=1 << 16)
def _rdflib_term(term_: str) -> Node:
    if is_iri(term_):
        return URIRef(term_[1:-1])
    value, datatype = split_literal(term_)
    # Not normalized: 0.90 and 0.9 would else lose the spelling that the hash is of.
    return Literal(value, datatype=URIRef(datatype) if datatype else None, normalize=False)


def _content(graph: KnowledgeGraph, base_iri: str) -> Iterator[Triple]:
    sections = Model(graph, base_iri).sections()
    return chain.from_iterable(section.triples for section in sections)


def _graphs(
    graph: KnowledgeGraph, base_iri: str, licence: str | None
) -> Iterator[tuple[str, Grouped]]:
    """Yield each named graph with its IRI; the default graph, as "", comes first."""
    content = group(_content(graph, base_iri))
    about = _description(graph, content, base_iri, licence)
    # Made a second time: the description, which counts and hashes all of it, comes first.
    for section in Model(graph, base_iri).sections():
        extra: Iterable[Triple] = () if section.graph_name else about
        yield section.graph_name, group(chain(section.triples, extra))


def _n_quads(graph: KnowledgeGraph, base_iri: str, licence: str | None) -> Iterator[str]:
    for name, grouped in _graphs(graph, base_iri, licence):
        yield from writers.n_triples(grouped, name)


def _trig(graph: KnowledgeGraph, base_iri: str, licence: str | None) -> Iterator[str]:
    known = prefixes(base_iri)
    for name, grouped in _graphs(graph, base_iri, licence):
        blocks = writers.turtle_blocks(grouped, known)
        if not name:
            yield writers.turtle_header(known)
            yield from blocks
        else:
            yield from chain([f"\n{name} {{\n"], blocks, ["}\n"])


def _plain(graph: KnowledgeGraph, base_iri: str, licence: str | None) -> Iterator[str]:
    """Yield Turtle of entities and facts alone, for programs that want no evidence."""
    known = prefixes(base_iri)
    kept = list(_about_entities(graph, base_iri))
    used = {predicate for _, predicate, _ in kept}
    kept += [t for t in _about_relations(graph, base_iri) if t[0] in used]
    if licence:
        kept.append((iri(f"{base_iri}dataset"), term_of("dcterms:license"), term.safe_iri(licence)))
    yield from writers.turtle(group(kept), known)


def _about_entities(graph: KnowledgeGraph, base_iri: str) -> Iterator[Triple]:
    entity = f"<{prefixes(base_iri)['ent']}"
    for triple in next(Model(graph, base_iri).sections()).triples:
        if triple[0].startswith(entity) and triple[1] != term_of("kg:linkScore"):
            yield triple


def _about_relations(graph: KnowledgeGraph, base_iri: str) -> Iterator[Triple]:
    """Yield the class and the name of each relation and property."""
    known, told = prefixes(base_iri), {writers.TYPE, term_of("rdfs:label")}
    minted = f"<{known['rel']}", f"<{known['wdt']}"
    for triple in next(Model(graph, base_iri).sections()).triples:
        if triple[0].startswith(minted) and triple[1] in told:
            yield triple


def _description(
    graph: KnowledgeGraph, content: Grouped, base_iri: str, licence: str | None
) -> Iterator[Triple]:
    """Yield what the data set says of itself: VoID, DCAT and PROV."""
    data_set = f"{base_iri}dataset"
    count = {
        "void:triples": sum(map(len, content.values())),
        "void:entities": len(graph.entities),
        "kg:documents": len(graph.documents),
        "kg:claims": len(graph.claims),
        "kg:facts": sum(c.claim.is_fact for c in graph.claims.values()),
        "kg:edges": len(graph.relations),
    }
    for curie, number in count.items():
        yield iri(data_set), term_of(curie), term.integer(number)
    for predicate, object_ in _about_data_set(base_iri, licence):
        yield iri(data_set), predicate, object_
    yield iri(data_set), term_of("kg:contentSha256"), term.text(content_sha256(content))
    run, program = iri(f"{data_set}#build"), iri(f"{data_set}#program")
    yield iri(data_set), term_of("prov:wasGeneratedBy"), run
    yield run, writers.TYPE, term_of("prov:Activity")
    yield run, term_of("prov:wasAssociatedWith"), program
    for document_id in graph.documents:
        yield run, term_of("prov:used"), Model(graph, base_iri).document(document_id)
    yield program, writers.TYPE, term_of("prov:SoftwareAgent")
    yield program, term_of("rdfs:label"), term.text("kg")
    yield program, term_of("kg:version"), term.text(__version__)


def _about_data_set(base_iri: str, licence: str | None) -> Iterator[tuple[str, str]]:
    yield writers.TYPE, term_of("void:Dataset")
    yield writers.TYPE, term_of("dcat:Dataset")
    yield term_of("dcterms:title"), term.text("What the documents say: a knowledge graph")
    yield term_of("void:uriSpace"), term.text(base_iri)
    for vocabulary in (KG, SCHEMA, PREFIXES["nif"], PREFIXES["prov"], PREFIXES["skos"]):
        yield term_of("void:vocabulary"), iri(vocabulary)
    if licence:
        yield term_of("dcterms:license"), term.safe_iri(licence)


def content_sha256(content: Grouped) -> str:
    """Return the SHA-256 of the sorted N-Triples of the content."""
    digest = hashlib.sha256()
    for lines in writers.n_triples(content):
        digest.update(lines.encode())
    return digest.hexdigest()
