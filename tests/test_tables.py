"""The graph for other programs: each form read back by a reader that is not ours."""

import csv
import dataclasses
import json
import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.graph.assembly import assemble_graph
from kg.outputs.exports import EXPORTS
from kg.outputs.texts.tables import (
    CLAIM_COLUMNS,
    ENTITY_COLUMNS,
    honest_label,
    plain_network,
    relationship_type,
    spreadsheet_safe,
    write_claims_csv,
    write_csv,
    write_cypher,
    write_entities_csv,
    write_gexf,
    write_graphml,
    write_json,
    write_neo4j,
)
from kg.records import Entity, Relation
from tests.sample import link_by_name, sample_graph, sample_readings

NASTY = "=1+1\n\"a\", 'b'; \\ `c` \x07\x00 <d>&\r😀 \u202e"


@pytest.fixture(scope="module")
def graph():
    return sample_graph()


@pytest.fixture(scope="module")
def nasty():
    """Return the sample graph with an entity that has a nasty name everywhere."""
    readings = sample_readings()
    entities = link_by_name(readings)
    first = dataclasses.replace(entities[0], name=NASTY, also_known_as=(NASTY, "a;b"))
    return assemble_graph(readings, [first, *entities[1:], Entity(NASTY, NASTY, "Person")])


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def folder_bytes(path):
    files = sorted(p for p in [path, *path.rglob("*")] if p.is_file())
    return [(p.name, p.read_bytes()) for p in files]


# Every form


@pytest.mark.parametrize("name", EXPORTS)
def test_readings_in_another_order_give_the_same_bytes(name, graph, tmp_path):
    readings = sample_readings()[::-1]
    other = assemble_graph(readings, link_by_name(readings)[::-1])
    places = [tmp_path / part / f"graph{EXPORTS[name].suffix}" for part in ("one", "two")]
    EXPORTS[name].write(graph, places[0])
    EXPORTS[name].write(other, places[1])
    assert folder_bytes(places[0]) == folder_bytes(places[1]) != []


@pytest.mark.parametrize("name", EXPORTS)
def test_nasty_names_can_be_written_and_an_empty_graph_too(name, nasty, tmp_path):
    for number, graph in enumerate((nasty, assemble_graph([], []))):
        EXPORTS[name].write(graph, tmp_path / f"{number}{EXPORTS[name].suffix}")
    assert folder_bytes(tmp_path)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_place_that_cannot_be_written_is_named(name, graph, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        EXPORTS[name].write(graph, tmp_path / "file" / "graph")


def test_every_form_of_the_command_is_there():
    asked = [
        "nt",
        "nq",
        "trig",
        "turtle",
        "jsonld",
        "rdfxml",
        "graphml",
        "gexf",
        "csv",
        "cypher",
        "json",
    ]
    assert set(asked) <= set(EXPORTS)
    assert all(exporter.description for exporter in EXPORTS.values())
    assert [name for name in EXPORTS if EXPORTS[name].is_folder] == ["csv", "neo4j"]


def test_linked_data_takes_the_base_iri(graph, tmp_path):
    EXPORTS["nt"].write(graph, tmp_path / "g.nt", base_iri="https://example.org/")
    assert "<https://example.org/entity/norland>" in (tmp_path / "g.nt").read_text("utf-8")


# CSV


def test_entities_have_a_row_each(graph, tmp_path):
    write_entities_csv(graph, tmp_path / "entities.csv")
    rows = read_csv(tmp_path / "entities.csv")
    assert tuple(rows[0]) == ENTITY_COLUMNS
    assert [row["id"] for row in rows] == list(graph.entities)
    (norland,) = [row for row in rows if row["id"] == "norland"]
    assert norland["type"] == "Country"
    assert int(norland["mentions"]) == graph.mention_counts["norland"]


def test_claims_have_a_row_each_with_status_and_sentence(graph, tmp_path):
    write_claims_csv(graph, tmp_path / "claims.csv")
    rows = read_csv(tmp_path / "claims.csv")
    assert tuple(rows[0]) == CLAIM_COLUMNS
    assert [row["id"] for row in rows] == list(graph.claims)
    for row in rows:
        claim = graph.claims[row["id"]]
        assert (row["status"] == "fact") == claim.claim.is_fact
        text = graph.documents[row["document"]].text
        assert text[int(row["start"]) : int(row["end"])] == row["sentence"]
    (denied,) = [row for row in rows if row["denied_by"]]
    assert (denied["said_by"], denied["polarity"]) == ("Norland", "negative")
    assert (denied["denied_by"], denied["standing"]) == ("Norland", "denied by Norland")


def test_csv_lines_end_as_rfc_4180_says(graph, tmp_path):
    write_csv(graph, tmp_path)
    content = (tmp_path / "entities.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == len(graph.entities) + 1


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(words):
    assert spreadsheet_safe(words) == f"'{words}"


@given(st.text())
def test_no_cell_begins_a_formula(words):
    assert not str(spreadsheet_safe(words)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_nasty_names_stay_one_cell(nasty, tmp_path):
    write_entities_csv(nasty, tmp_path / "entities.csv")
    rows = read_csv(tmp_path / "entities.csv")
    assert len(rows) == len(nasty.entities)
    assert f"'{NASTY}" in {row["name"] for row in rows}


# Gephi and NetworkX


def same_network(found, expected):
    assert set(found.nodes) == set(expected.nodes)
    edges = {(u, v, d["status"], d["label"]) for u, v, d in expected.edges(data=True)}
    assert {(u, v, d["status"], d["label"]) for u, v, d in found.edges(data=True)} == edges
    assert found.number_of_edges() == expected.number_of_edges()


@pytest.mark.parametrize("which", ["graph", "nasty"])
def test_graphml_reads_back(which, request, tmp_path):
    graph = request.getfixturevalue(which)
    write_graphml(graph, tmp_path / "g.graphml")
    found = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    same_network(found, plain_network(graph))
    assert found.nodes["vesk"]["mentions"] == graph.mention_counts["vesk"]
    edges = {d["label"]: d for _, _, d in found.edges(data=True)}
    assert isinstance(edges["finance (hedged)"]["confidence"], float)


def test_gexf_reads_back_and_has_no_date(graph, tmp_path):
    write_gexf(graph, tmp_path / "g.gexf")
    assert "lastmodified" not in (tmp_path / "g.gexf").read_text(encoding="utf-8")
    found = nx.read_gexf(tmp_path / "g.gexf")
    assert set(found.nodes) == set(graph.entities)
    assert found.number_of_edges() == len(graph.relations)
    assert found.nodes["vesk"]["label"] == "Vesk"


def test_gexf_of_nasty_names_is_xml(nasty, tmp_path):
    write_gexf(nasty, tmp_path / "g.gexf")
    space = "{http://www.gexf.net/1.2draft}"
    nodes = list(ET.parse(tmp_path / "g.gexf").iter(f"{space}node"))
    assert len(nodes) == len(nasty.entities)


def test_json_reads_back_with_its_claims(graph, tmp_path):
    write_json(graph, tmp_path / "g.json")
    value = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert {claim["id"] for claim in value["claims"]} == set(graph.claims)
    found = nx.node_link_graph(value, edges="edges")
    same_network(found, plain_network(graph))
    assert found.nodes["norland"]["also_known_as"] == ["Republic of Norland"]


@pytest.mark.parametrize(
    ("counts", "label", "kind"),
    [
        ({"affirmed": 1}, "order", "ORDER"),
        ({"affirmed": 1, "denied": 1}, "order (contested)", "ORDER"),
        ({"denied": 1}, "order (denied)", "CLAIMED"),
        ({"hedged": 1}, "order (hedged)", "CLAIMED"),
    ],
)
def test_only_what_is_stated_as_fact_looks_like_one(counts, label, kind):
    relation = Relation("r", "a", "order", "order", "b", **counts)
    assert (honest_label(relation), relationship_type(relation)) == (label, kind)


# Neo4j

STRING = r"'(?:[^'\\\n\r]|\\.)*'"


@pytest.mark.parametrize("which", ["graph", "nasty"])
def test_cypher_is_one_statement_a_line_with_every_quote_closed(which, request, tmp_path):
    graph = request.getfixturevalue(which)
    write_cypher(graph, tmp_path / "g.cypher")
    lines = (tmp_path / "g.cypher").read_text(encoding="utf-8").split("\n")[:-1]
    assert len(lines) == 2 + len(graph.entities) + len(graph.relations)
    for line in lines:
        rest = re.sub(STRING, "''", line)
        assert rest.endswith(";")
        assert rest.count(";") == 1
        assert re.fullmatch(r"[\w\s'{}()\[\]:,.>;`-]+", rest), rest
    assert not any("MERGE" in line for line in lines)


def test_a_cypher_string_reads_back(nasty, tmp_path):
    write_cypher(nasty, tmp_path / "g.cypher")
    words = (tmp_path / "g.cypher").read_text(encoding="utf-8")
    found = [
        json.loads('"' + s[1:-1].replace("\\'", "'").replace('"', '\\"') + '"')
        for s in re.findall(STRING, words)
    ]
    assert NASTY in found


def test_neo4j_tables_name_their_columns_types_and_ends(graph, tmp_path):
    write_neo4j(graph, tmp_path)
    nodes, edges = (read_csv(tmp_path / f"{name}.csv") for name in ("nodes", "relationships"))
    assert {row["id:ID"] for row in nodes} == set(graph.entities)
    assert len(edges) == len(graph.relations)
    ids = {row["id:ID"] for row in nodes}
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} <= ids
    assert {row[":TYPE"] for row in edges if row["affirmed:int"] == "0"} == {"CLAIMED"}


def test_neo4j_values_are_not_changed_but_for_its_list_separator(nasty, tmp_path):
    write_neo4j(nasty, tmp_path)
    rows = read_csv(tmp_path / "nodes.csv")
    assert NASTY in {row["name"] for row in rows}
    assert any(row["also_known_as:string[]"].endswith(";a,b") for row in rows)
