"""Asking a build: what comes back, in which forms, and what is refused."""

import csv
import io
import json
import multiprocessing
import os
import shutil
import time
import xml.etree.ElementTree as ET

import pyoxigraph
import pytest

from kg.errors import BadQueryError, FailedQueryError, NotABuildError, UnknownNameError
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.sparql import answering, worker
from kg.outputs.sparql import store as sparql
from kg.outputs.sparql.answering import Question
from kg.outputs.sparql.guard import refuse_outside
from kg.outputs.sparql.results import Result
from kg.outputs.sparql.store import open_store, run_query, saved_queries, saved_query
from kg.vocabulary import DEFAULT_BASE_IRI
from tests.sample import sample_graph

ALLIES = "SELECT ?who { ent:norland rel:hold-military-exercises-with/rdfs:label ?who }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    write_turtle(sample_graph(), folder / "graph.ttl")
    return folder


@pytest.fixture(scope="module")
def store(build):
    with open_store(build) as store:
        yield store


def rows(store, query):
    return run_query(store, query).rows()


# Questions and answers


def test_prefixes_need_no_declaration(store):
    assert rows(store, ALLIES) == [['"Estmark"']]


def test_a_prefix_of_the_query_wins(store):
    query = "PREFIX ent: <http://elsewhere.example/> " + ALLIES
    assert rows(store, query) == []


def test_a_denial_is_no_fact(store):
    ask = "ASK { ent:tomas-brandt rel:leave ent:northern-signals-directorate }"
    assert run_query(store, ask).truth is False
    assert run_query(store, "ASK { ent:norland a schema:Country }").truth is True


def test_construct_and_describe_give_turtle(store):
    query = "CONSTRUCT { ?e rdfs:label ?l } { ?e kg:type 'City' ; rdfs:label ?l }"
    assert 'ent:vesk rdfs:label "Vesk" .' in run_query(store, query).text()
    assert "ent:vesk a schema:City ;" in run_query(store, "DESCRIBE ent:vesk").text("turtle")


def test_a_users_own_blank_nodes_and_languages_are_written(store):
    query = "CONSTRUCT { [] rdfs:label 'Vesk'@en , 1.5 } {}"
    words = run_query(store, query).text("turtle")
    assert len(list(pyoxigraph.parse(words.encode(), format=pyoxigraph.RdfFormat.TURTLE))) == 2


# Forms


def test_a_table_shortens_iris_and_counts_rows(store):
    words = run_query(store, "SELECT ?s { ?s kg:type 'City' }").text()
    assert "ent:vesk" in words
    assert words.endswith("1 row\n")


@pytest.mark.parametrize("width", [20, 40, 100])
def test_a_table_fits_its_width(store, width):
    words = run_query(store, "SELECT * { ?claim prov:wasDerivedFrom/nif:anchorOf ?quote }").text(
        "table", width=width
    )
    assert max(map(len, words.splitlines())) <= width


def test_a_table_shows_no_control_characters_and_no_markup(store):
    words = run_query(store, 'SELECT ("\\u001b[31m[bold]x" AS ?x) {}').text("table")
    assert "\x1b" not in words
    assert "[bold]x" in words


def test_every_standard_form_reads_back(store):
    result = run_query(store, ALLIES)
    assert list(csv.reader(io.StringIO(result.text("csv")))) == [["who"], ["Estmark"]]
    assert result.text("tsv") == '?who\n"Estmark"\n'
    (binding,) = json.loads(result.text("json"))["results"]["bindings"]
    assert binding["who"]["value"] == "Estmark"
    assert "Estmark" in "".join(ET.fromstring(result.text("xml")).itertext())


def test_an_ask_has_every_form_too(store):
    result = run_query(store, "ASK {}")
    assert result.text() == "true\n"
    assert json.loads(result.text("json"))["boolean"] is True


@pytest.mark.parametrize(
    ("query", "form"), [("SELECT * {}", "turtle"), ("DESCRIBE ent:vesk", "csv")]
)
def test_a_form_that_does_not_fit_is_refused(store, query, form):
    with pytest.raises(UnknownNameError, match="format of"):
        run_query(store, query).text(form)


# What is refused

ELSEWHERE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { %s }",
        "SELECT * { # <\n %s }",
        'SELECT * { ?s ?p "a" . %s }',
        "SELECT * { ?s <http://a/\\u0041#b> ?o . %s }",
        "SELECT * { ?s ex:a\\#b ?o . %s }",
        "SELECT * { ?s ex:a\u200c\\#b ?o . %s }",
        "SELECT * { ?s ex:a\\'b ?o . %s . ?s ex:a\\'b ?o }",
        "SELECT * { ?s ?p true%s }",
        "SELECT * { FILTER(1<2)%s FILTER(3>2) }",
        "SELECT * { ?s ?p '''it''s # ''' . %s }",
    ],
)
def test_service_cannot_be_hidden(query):
    for spelling in (ELSEWHERE, ELSEWHERE.lower(), ELSEWHERE.replace(" ", "")):
        with pytest.raises(BadQueryError, match="SERVICE is not allowed"):
            refuse_outside(query.replace("%s", spelling))


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <x> { } FROM" }',
        "SELECT * { ?s ?p '''a 'SERVICE' b''' }",
        "SELECT ?service ?from { ?service ?from ?o } # SERVICE FROM DROP",
        "SELECT * { ?s <http://x/SERVICE#FROM> ?o }",
        "SELECT * { ?s kg:from ?o ; ex:service ?x }",
        "SELECT * { FILTER(?a<?b && ?c>?d) }",
        "PREFIX insert: <http://x/> SELECT * { ?s insert:delete 'Drop'@from }",
    ],
)
def test_words_that_are_no_keywords_are_allowed(query):
    refuse_outside(query)


def test_escaped_keywords_are_not_expanded_by_the_parser():
    """The guard reads tokens as they stand; if this fails, it must expand escapes first."""
    escaped = "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query(escaped)
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query("SELECT * { ?s ?p \\u0022a\\u0022 }")


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <a:b> 1 }", "PREFIX a: <a:> DROP ALL", "load <http://x/>"]
)
def test_updates_are_refused_by_name(store, update):
    with pytest.raises(BadQueryError, match="would change the graph"):
        run_query(store, update)


def test_from_is_refused(store):
    with pytest.raises(BadQueryError, match="FROM is not allowed"):
        run_query(store, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")


def test_a_service_past_the_guard_can_open_no_socket(store, monkeypatch):
    monkeypatch.setattr(sparql, "refuse_outside", lambda query: None)
    with pytest.raises(BadQueryError, match="failed"):
        run_query(store, f"SELECT * {{ {ELSEWHERE} }}")


def test_a_syntax_error_shows_the_line_and_the_place(store):
    with pytest.raises(BadQueryError) as caught:
        run_query(store, "SELECT *\nWHERE { ?s ?p }")
    assert str(caught.value).startswith("The query does not parse at line 2, column 1")
    assert "'WHERE { ?s ?p }'" in str(caught.value)


def test_an_unknown_prefix_is_explained(store):
    with pytest.raises(BadQueryError, match="prefix is not declared"):
        run_query(store, "SELECT * { ?s foo:bar ?o }")


def test_a_query_that_takes_too_much_memory_is_stopped(build):
    with open_store(build, max_memory=1 << 29) as store:
        with pytest.raises(BadQueryError, match=r"more memory than the 0\.5 GB") as caught:
            run_query(store, GREEDY, timeout=60)
        assert "\n" not in str(caught.value)
        assert rows(store, ALLIES) == [['"Estmark"']]


def test_a_failure_of_kg_itself_is_one_line_too(monkeypatch):
    monkeypatch.setattr(answering, "_answer_query", lambda *_: {}["bug"])
    question = Question(ALLIES)
    answer = answering.answer_question(pyoxigraph.Store(), question, DEFAULT_BASE_IRI)
    with pytest.raises(
        FailedQueryError, match=r"^kg itself failed on the query \(KeyError"
    ) as caught:
        answering.checked(question, answer)
    assert "\n" not in str(caught.value)
    assert "Traceback" in caught.value.trace


def test_a_runaway_query_is_stopped(store):
    began = time.monotonic()
    with pytest.raises(BadQueryError, match=r"longer than 0\.3 s"):
        run_query(store, RUNAWAY, timeout=0.3)
    assert time.monotonic() - began < 5
    assert rows(store, ALLIES) == [['"Estmark"']]


# The store


def test_a_folder_without_a_graph_is_no_build(tmp_path):
    with pytest.raises(NotABuildError, match=r"graph\.ttl is missing"):
        open_store(tmp_path)


def test_a_broken_graph_is_named(tmp_path):
    (tmp_path / "graph.ttl").write_text("this is no Turtle")
    with pytest.raises(NotABuildError, match="parses"):
        open_store(tmp_path, in_memory=0)
    with (
        open_store(tmp_path) as store,
        pytest.raises(NotABuildError, match=r"a graph\.ttl that can"),
    ):
        run_query(store, "ASK {}")


@pytest.fixture
def big(build, tmp_path):
    shutil.copy(build / "graph.ttl", tmp_path / "graph.ttl")
    return tmp_path


def test_a_big_graph_goes_to_disk_once(big):
    assert rows(open_store(big, in_memory=0), ALLIES) == [['"Estmark"']]
    made = (big / "graph.store" / "stamp.json").stat().st_mtime_ns
    assert rows(open_store(big, in_memory=0), ALLIES) == [['"Estmark"']]
    assert (big / "graph.store" / "stamp.json").stat().st_mtime_ns == made
    assert sorted(p.name for p in big.iterdir()) == ["graph.store", "graph.ttl"]


def test_a_changed_graph_makes_the_store_again(big):
    open_store(big, in_memory=0)
    words = (big / "graph.ttl").read_text(encoding="utf-8")
    (big / "graph.ttl").write_text(words.replace('"Estmark"', '"Eastmrk"'), encoding="utf-8")
    os.utime(big / "graph.ttl", ns=(1, 1))
    assert rows(open_store(big, in_memory=0), ALLIES) == [['"Eastmrk"']]


def test_a_store_that_was_killed_half_way_is_made_again(big):
    open_store(big, in_memory=0)
    (big / "graph.store" / "stamp.json").unlink()
    (big / "graph.store.999999999").mkdir()
    assert rows(open_store(big, in_memory=0), ALLIES) == [['"Estmark"']]
    assert sorted(p.name for p in big.iterdir()) == ["graph.store", "graph.ttl"]


def test_a_folder_that_cannot_be_written_gets_a_temporary_store(big, monkeypatch):
    def fail(*_):
        raise PermissionError("read-only")

    monkeypatch.setattr(sparql, "_replace_store", fail)
    store = open_store(big, in_memory=0)
    assert store.temporary is not None
    assert rows(store, ALLIES) == [['"Estmark"']]
    assert not (big / "graph.store").exists()
    place = store.temporary.path
    del store
    assert not place.exists()


def test_where_there_is_no_fork_a_fresh_process_answers(build, monkeypatch):
    spawn = multiprocessing.get_context("spawn")
    monkeypatch.setattr(worker, "process_context", lambda: spawn)
    with open_store(build) as store:
        assert rows(store, ALLIES) == [['"Estmark"']]


def test_a_process_ends_with_its_store(build):
    before = set(multiprocessing.active_children())
    with open_store(build) as store:
        assert rows(store, ALLIES) == [['"Estmark"']]
        assert len(set(multiprocessing.active_children()) - before) == 1
    assert set(multiprocessing.active_children()) <= before


# Saved queries

EXPECTED = {
    "neighbours": "Estmark",
    "who-says-what": "(nobody named)",
    "denied": "Norland",
    "contested": "Irena Kovac",
    "timeline": "2031-03-01",
    "best-supported": "hold military exercises with",
    "entities-by-type": "Meridian Energy",
    "sources": "vesk-courier.txt",
    "hedged": "Civic Union",
    "wikidata-links": "Q545",
}


def test_every_expected_query_is_there():
    assert set(EXPECTED) <= set(saved_queries())  # the others: test_saved_queries.py
    assert all(words and words[0].isupper() for words, _ in saved_queries().values())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_saved_query_finds_what_it_is_for(store, name):
    words = run_query(store, saved_query(name)).text("csv")
    assert words.count("\n") > 1
    if name != "contested":
        assert EXPECTED[name] in words


def test_the_neighbours_are_facts_alone(store):
    found = rows(store, saved_query("neighbours"))
    assert ['"Norland"', '"hold military exercises with"', '"Estmark"'] in found
    assert not any(row[1] == '"finance"' for row in found)


def test_an_unknown_saved_query_suggests_the_nearest():
    with pytest.raises(UnknownNameError, match="'contested'"):
        saved_query("contestd")


def test_results_compare_by_value():
    assert Result("ask", b"x") == Result("ask", b"x")
