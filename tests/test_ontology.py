"""Every kg: term that a build uses is described, and no two descriptions differ."""

import re
from pathlib import Path

import rdflib

from kg.outputs.rdf.forms import serialize
from kg.outputs.rdf.ontology import ontology_triples, ontology_turtle, vocabulary_terms
from kg.vocabulary import KG, MODALITIES, POLARITIES, TYPES
from tests.sample import sample_graph

OUTPUTS = Path(__file__).parent.parent / "kg" / "outputs"
TERMS = {term.name: term for term in vocabulary_terms()}


def test_every_term_of_a_build_is_described():
    used = set(re.findall(rf"<{KG}(\w+)>", serialize(sample_graph(), "nt")))
    assert used - set(TERMS) == set()


def test_every_term_that_the_model_can_write_is_described():
    model = "".join((OUTPUTS / name).read_text() for name in ("rdf/forms.py", "rdf/model.py"))
    written = set(re.findall(r'"kg:(\w+)"', model))
    values = {*POLARITIES, *MODALITIES, "unnamed"}
    classes = {t.class_iri.removeprefix(KG) for t in TYPES.values() if t.class_iri.startswith(KG)}
    assert (written | values | classes) - set(TERMS) == set()


def test_every_term_says_what_it_is():
    assert [
        t.name for t in TERMS.values() if not (t.label and t.comment.endswith((".", "…")))
    ] == []
    properties = [t for t in TERMS.values() if t.kind == "property"]
    assert len(properties) > 30
    assert [t.name for t in properties if not (t.domain or t.range)] == []


def test_domains_and_ranges_of_ours_are_described_too():
    named = {x for t in TERMS.values() for x in (t.domain, t.range) if x.startswith("kg:")}
    assert {name.removeprefix("kg:") for name in named} <= set(TERMS)


def test_the_file_is_turtle_for_others_too():
    graph = rdflib.Graph().parse(data=ontology_turtle(), format="turtle")
    assert len(graph) == len(ontology_triples())
