"""A type of things is added in kg/vocabulary.py alone: an invented one is known everywhere."""

import csv
from dataclasses import replace

import pytest

from kg import vocabulary
from kg.graph.assembly import assemble_graph
from kg.outputs.drawing.page_data import page_data
from kg.outputs.drawing.still_picture import draw_svg
from kg.outputs.rdf import ontology
from kg.outputs.rdf.forms import serialize, write_turtle
from kg.outputs.rdf.importing import read_rdf
from kg.outputs.texts.tables import write_entities_csv
from kg.outputs.validation.promises import check_statements, read_statements
from kg.outputs.validation.shapes import own_shapes
from kg.vocabulary import KG, TYPES, EntityType
from tests.sample import sample_graph

SHIP = EntityType(
    "Ship", "ship", f"{KG}Ship", "#123456", "🚢", shape="triangle", about="What sails."
)


@pytest.fixture
def ships(monkeypatch):
    """Return the sample graph, one country of which is a ship."""
    monkeypatch.setitem(vocabulary._BY_NAME, "Ship", SHIP)
    graph = sample_graph()
    entities = [
        replace(entity, type="Ship" if entity.id == "norland" else entity.type)
        for entity in graph.entities.values()
        if entity.groups
    ]
    return assemble_graph(graph.readings.values(), entities)


@pytest.fixture
def turtle(ships, tmp_path):
    write_turtle(ships, tmp_path / "graph.ttl")
    return tmp_path / "graph.ttl"


def test_a_page_shows_it(ships):
    shown = page_data(ships, ships.entities)["types"]
    assert {"name": "Ship", "label": "ship", "colour": "#123456"}.items() <= shown[-1].items()
    assert shown[-1]["shape"] == "triangle"


def test_a_picture_shows_it(ships):
    assert ">ship</text>" in draw_svg(ships)
    assert 'fill="#123456"' in draw_svg(ships)


def test_turtle_names_its_class(ships):
    assert "ent:norland a kg:Ship ;" in serialize(ships, "turtle")


def test_the_vocabulary_describes_its_class(ships):
    assert 'kg:Ship a owl:Class ; rdfs:label "ship" ;' in ontology.ontology_turtle()


def test_it_travels(ships, turtle):
    assert {e.type for e in read_rdf(turtle).entities if e.id == "norland"} == {"Ship"}


def test_validation_takes_it(ships, turtle):
    assert list(check_statements(read_statements(turtle))) == []
    assert f"<{KG}Ship>" in own_shapes().serialize(format="nt")


def test_a_table_holds_it(ships, tmp_path):
    write_entities_csv(ships, tmp_path / "entities.csv")
    with (tmp_path / "entities.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["type"] for row in csv.DictReader(lines) if row["id"] == "norland"} == {"Ship"}


def test_a_class_of_our_own_says_what_it_means():
    silent = [t.name for t in TYPES.values() if t.class_iri.startswith(KG) and not t.about]
    assert not silent, f"kg/vocabulary.py does not say what {silent} mean: give them about="
