"""What the server says of itself: the endpoint (SPARQL 1.1 Service Description) and VoID."""

from __future__ import annotations

from collections.abc import Iterable

from kg.outputs.rdf.terms import integer, iri, term_of, text
from kg.outputs.rdf.writers import TYPE, Triple
from kg.outputs.sparql.lookup import Lookup

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
)


def service_description(
    lookup: Lookup, endpoint: str, *, writable: bool = False
) -> Iterable[Triple]:
    """Yield what the endpoint at this address can do, and the data that it holds."""
    service, graph = iri(endpoint), iri(f"{lookup.data_set}#graph")
    yield service, TYPE, iri(f"{SD}Service")
    yield service, iri(f"{SD}endpoint"), service
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    for language in languages:
        yield service, iri(f"{SD}supportedLanguage"), iri(f"{SD}{language}")
    for name in _FORMATS:
        yield service, iri(f"{SD}resultFormat"), iri(f"{FORMATS}{name}")
    yield service, iri(f"{SD}feature"), iri(f"{SD}EmptyGraphs")
    yield service, iri(f"{SD}defaultDataset"), iri(lookup.data_set)
    yield iri(lookup.data_set), TYPE, iri(f"{SD}Dataset")
    yield iri(lookup.data_set), iri(f"{SD}defaultGraph"), graph
    yield graph, TYPE, iri(f"{SD}Graph")
    count = lookup.value(lookup.data_set, "void:triples")
    if count.isdecimal():
        yield graph, term_of("void:triples"), integer(int(count))


def data_set_description(lookup: Lookup, address: str) -> Iterable[Triple]:
    """Yield what the data set says of itself, and where this server gives it out."""
    yield from lookup.about_data_set()
    data_set = iri(lookup.data_set)
    yield data_set, term_of("void:sparqlEndpoint"), iri(f"{address}sparql")
    yield data_set, term_of("void:dataDump"), iri(f"{address}data?default")
    yield data_set, term_of("void:uriLookupEndpoint"), iri(f"{address}search?q=")
    description = iri(f"{address}.well-known/void")
    yield description, TYPE, term_of("void:DatasetDescription")
    yield description, term_of("rdfs:label"), text("Description of the data set")
