"""The invented graph is sound, and the comparison of engines compares the same answers."""

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.evaluation import sparql
from kg.evaluation.sparql import QUESTIONS, Timing, compare_engines
from kg.evaluation.synthetic import SENTENCES, synthetic_graph
from kg.outputs.rdf.forms import serialize, write_turtle
from kg.outputs.sparql.store import saved_queries
from kg.outputs.validation.promises import check_statements, read_statements

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def graph():
    return synthetic_graph(20_000)


def test_an_invented_graph_keeps_every_promise(graph, tmp_path):
    write_turtle(graph, tmp_path / "graph.ttl")
    found = read_statements(tmp_path / "graph.ttl")
    assert list(check_statements(found)) == []
    assert 0.8 < found.triples / 20_000 < 1.2


def test_an_invented_graph_has_hubs_and_every_status(graph):
    degrees = sorted(len(graph.claims_about(id_)) for id_ in graph.entities)
    assert degrees[-1] > 10 * degrees[len(degrees) // 2]
    claims = [c.claim for c in graph.claims.values()]
    assert len(claims) == SENTENCES * len(graph.documents)
    assert {c.polarity for c in claims} == {"positive", "negative"}
    assert len({c.modality for c in claims}) == 5
    assert any(c.attribution for c in claims)


def test_the_same_size_gives_the_same_graph(graph):
    assert serialize(synthetic_graph(20_000), "turtle") == serialize(graph, "turtle")


def test_there_are_twenty_questions_and_all_are_saved_queries():
    assert len(QUESTIONS) == 20
    assert {name for name, _ in QUESTIONS} <= set(saved_queries())


def test_both_engines_find_the_same_rows(monkeypatch):
    quick = [q for q in QUESTIONS if q[0] not in ("two-steps", "about")][:6]
    monkeypatch.setattr(sparql, "QUESTIONS", quick)
    lines = list(compare_engines(20_000, rounds=1, limit=60))
    assert "triples; on disk in" in lines[0]
    assert len(lines) == 3 + len(quick)
    assert not any("rdflib finds" in line for line in lines)
    assert lines[-1].startswith("median ratio ")


def test_a_question_that_takes_too_long_is_said_to(monkeypatch):
    monkeypatch.setattr(
        sparql, "QUESTIONS", [("two-steps", {"first": "Thing 0", "second": "Thing 1"})]
    )
    lines = list(compare_engines(20_000, rounds=1, limit=0.3))
    assert "> 0 s" in lines[2]


def test_a_difference_in_rows_is_shown():
    assert "rdflib finds 3 rows" in Timing("q", 2, 0.001, 0.01, 3).line(60)
    assert "rdflib finds" not in Timing("q", 2, 0.001, None, None).line(60)


def test_the_other_tasks_need_data():
    result = CliRunner().invoke(main, ["evaluate", "status"])
    assert result.exit_code == 2
    assert "status needs --data FOLDER." in result.output
