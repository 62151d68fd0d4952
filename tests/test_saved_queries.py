"""Every saved query answers, its parameters are values and nothing else, and docs are in step."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import InputError, UnknownNameError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.rdf.terms import split_literal
from kg.outputs.sparql.asking import query_build
from kg.outputs.sparql.cookbook import command, cookbook
from kg.outputs.sparql.saved_queries import all_saved_queries, bind, parameters_of, read_assignments
from kg.outputs.sparql.store import open_store, run_query
from kg.records import TypedRelation
from tests.sample import sample_graph

DOCS = Path(__file__).parent.parent / "docs" / "queries.md"
QUERIES = {query.name: query for query in all_saved_queries()}
SAMPLE = {
    "about": {"who": "NSD"},
    "arguments": {"role": "in"},
    "between": {"first": "Norland", "second": "Estmark"},
    "during": {"first": "2031-03-15", "last": "2031-04-01"},
    "evidence": {"who": "norland"},
    "find-words": {"words": "HALDEN bridge"},
    "named-together": {"who": "Kovac"},
    "neighbours-of": {"who": "the NSD"},
    "said-by": {"who": "Tomas Brandt"},
    "two-steps": {"first": "Tomas Brandt", "second": "Civic Union"},
}
"""Values for the parameters of each query that needs some."""
SEED = {
    "who": "Russia", "first": "Russia", "second": "China", "words": "russia", "role": "in",
    "last": "2018-12-31",
}  # fmt: skip
EMPTY_ON_SAMPLE = {"known-facts", "wikidata-graph"}
"""No relation of the sample is known by name."""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    write_turtle(sample_graph(), folder / "graph.ttl")
    return folder


@pytest.fixture(scope="module")
def store(build):
    with open_store(build) as store:
        yield store


def words(build, name, **values):
    """Return the rows of a saved query as plain words."""
    rows = query_build(build, name, values=values).rows()
    return [[split_literal(c)[0] if c and c[0] == '"' else c for c in row] for row in rows]


@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_finds_something_in_the_sample(name, build):
    result = query_build(build, name, values=SAMPLE.get(name))
    assert bool(result.rows() or result.triples()) is (name not in EMPTY_ON_SAMPLE)


def test_facts_known_by_name_are_found_from_either_end(tmp_path):
    graph = sample_graph()
    fact = next(
        c for c in graph.claims.values() if c.claim.is_fact and c.object and c.object.entity_id
    )
    relation = TypedRelation("P112", "founded by", turned=True)
    claim = replace(fact, claim=replace(fact.claim, relation=relation))
    claims = [claim if c.id == fact.id else c for c in graph.claims.values()]
    known = KnowledgeGraph(graph.readings.values(), graph.entities.values(), claims)
    write_turtle(known, tmp_path / "graph.ttl")
    ((subject, label, object_, _),) = words(tmp_path, "known-facts", wanted="founded by")
    ends = graph.entities[claim.subject.entity_id].name, graph.entities[claim.object.entity_id].name
    assert (object_, label, subject) == (ends[0], "founded by", ends[1])
    assert words(tmp_path, "known-facts", wanted="employer") == []


@pytest.mark.model
@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_answers_on_the_sample_pages(name, seed_build):
    values = {p.name: SEED[p.name] for p in QUERIES[name].parameters if p.default is None}
    if name == "during":
        values["first"] = "2018-01-01"
    result = query_build(seed_build, name, values=values)
    assert result.kind in ("select", "construct")


@pytest.fixture(scope="module")
def seed_build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seed")
    corpus = Path(__file__).parent.parent / "corpus"
    assert CliRunner().invoke(main, ["build", str(corpus), "-o", str(folder)]).exit_code == 0
    return folder


@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_is_sound_without_its_values(name, store):
    assert run_query(store, QUERIES[name].text).kind in ("select", "construct")


@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_has_a_fixed_order(name):
    assert "ORDER BY" in QUERIES[name].text or "CONSTRUCT" in QUERIES[name].text


# What they find


def test_about_finds_subjects_objects_and_arguments(build):
    assert len(words(build, "about", who="Baltic Sea")) == 2
    assert any("conditional" in row[4] for row in words(build, "about", who="Baltic Sea"))


def test_between_counts_both_directions(build):
    one = words(build, "between", first="Norland", second="Estmark")
    assert one == words(build, "between", first="Estmark", second="Norland")
    assert len(one) == 2


def test_two_steps_go_through_a_third(build):
    assert words(build, "two-steps", **SAMPLE["two-steps"]) == [["Meridian Energy", "lead", "pay"]]


def test_disputed_shows_both_sides_and_who_takes_them(build):
    sides = {(row[2], row[3], row[4]) for row in words(build, "disputed")}
    assert ("Halden Bridge attack", "denied", "Norland") in sides
    assert ("Halden Bridge attack", "affirmed", "Committee on Security") in sides


def test_said_by_tells_a_denial(build):
    (row,) = words(build, "said-by", who="Norland")
    assert row[:3] == ["Northern Signals Directorate", "order", "Halden Bridge attack"]
    assert row[5] == "true"


def test_corroborated_facts_stand_in_two_documents(build):
    ((subject, relation, object_, documents, _),) = words(build, "corroborated")
    assert (subject, relation, object_) == ("Norland", "hold military exercises with", "Estmark")
    assert documents == "2"
    assert words(build, "corroborated", least="3") == []


def test_during_takes_what_overlaps(build):
    found = words(build, "during", first="2031-03-15", last="2031-04-01")
    assert {row[0] for row in found} == {"2031-03-01", None}


def test_planned_is_no_fact(build):
    assert [row[:3] for row in words(build, "planned")] == [["Estmark", "leave", "Harbour Accord"]]


# Parameters


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=60)
def test_any_text_stays_one_value(store, words):
    query = "#: words text: any\nSELECT ?words { VALUES ?words { UNDEF } }"
    ((found,),) = run_query(store, bind(query, {"words": words}, store)).rows()
    assert split_literal(found)[0] == words


@pytest.mark.parametrize(
    "words",
    [
        '" } } DROP ALL #',
        '"} SERVICE <http://a/> {} #',
        "\\",
        "\\g<0>",
        "UNDEF",
        "{ }",
        "'''",
        "\n",
    ],
)
def test_a_value_cannot_become_syntax(words, store, build):
    text = bind(QUERIES["find-words"].text, {"words": words}, store)
    assert run_query(store, text).kind == "select"


def test_an_entity_is_found_by_label_alias_id_and_case(build):
    forms = ["Northern Signals Directorate", "nsd", "northern-signals-directorate", "The NSD"]
    assert len({str(words(build, "about", who=form)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("about", {}, r"needs --set who=… \(whom or what, by any of its names"),
        ("between", {"first": "Norland"}, "needs --set second="),
        ("about", {"who": "Norlund"}, "Unknown name 'Norlund'. Did you mean 'Norland'"),
        ("about", {"whom": "Norland", "who": "Norland"}, "Unknown parameter 'whom'. Did you mean 'who'"),
        ("corroborated", {"least": "many"}, "least='many' is no number"),
        ("during", {"first": "2031", "last": "2031-02-30"}, "first='2031' is no day"),
        ("timeline", {"who": "Norland"}, "Unknown parameter 'who'"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_line(name, values, message, build):
    with pytest.raises((InputError, UnknownNameError), match=message):
        query_build(build, name, values=values)


def test_set_is_read_from_the_command_line(build):
    runner = CliRunner()
    found = runner.invoke(main, ["query", str(build), "about", "--set", "who=Oskar Dahl"])
    assert found.exit_code == 0, found.output
    missing = runner.invoke(main, ["query", str(build), "about"])
    assert missing.exit_code == 1
    assert missing.output.startswith("Error: The query needs --set who=")
    with pytest.raises(InputError, match="'who' gives no value"):
        read_assignments(["who"])
    assert read_assignments(["a=b=c"]) == {"a": "b=c"}


def test_a_users_own_file_may_have_parameters(build, tmp_path):
    own = tmp_path / "mine.rq"
    own.write_text(
        "# mine\n#: who entity: whom\nSELECT ?l { VALUES ?who { UNDEF } ?who rdfs:label ?l }"
    )
    arguments = ["query", str(build), "-f", str(own), "--set", "who=kovac", "--format", "csv"]
    result = CliRunner().invoke(main, arguments)
    assert result.output.split() == ["l", "Irena", "Kovac"]


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_declared_is_used(name):
    query = QUERIES[name]
    for parameter in query.parameters:
        assert f"VALUES ?{parameter.name} {{ {parameter.default or 'UNDEF'} }}" in query.text
    assert query.text.count("UNDEF") >= sum(p.default is None for p in query.parameters)
    assert parameters_of(query.text) == query.parameters


# Rows and lists


def test_limit_cuts_and_says_so(build):
    result = CliRunner().invoke(main, ["query", str(build), "neighbours", "--limit", "3"])
    assert "3 rows" in result.output
    assert "Cut: the first 3 of 15 are shown" in result.output
    whole = CliRunner().invoke(main, ["query", str(build), "neighbours", "--limit", "15"])
    assert "Cut" not in whole.output
    assert "15 rows" in whole.output


@pytest.mark.parametrize("form", ["csv", "json", "xml", "tsv"])
def test_limit_holds_for_every_form(form, build):
    result = query_build(build, "neighbours")
    first, count = result.first(2)
    assert count == 15
    assert first.text(form) != result.text(form)
    assert first.rows() == result.rows()[:2]


def test_limit_holds_for_graphs_and_answers(build):
    result, count = query_build(build, "DESCRIBE ent:norland").first(2)
    assert len(result.triples()) == 2
    assert count > 2
    answer, count = query_build(build, "ASK {}").first(0)
    assert (answer.truth, count) == (True, 0)


def test_the_list_tells_parameters(build):
    result = CliRunner().invoke(main, ["query", str(build), "--list"])
    assert "--set who=…" in result.output
    assert "[2]" in result.output
    assert len(QUERIES) >= 28


def test_the_cookbook_is_in_step():
    again = "write it again: python -m kg.outputs.sparql.cookbook > docs/queries.md"
    assert DOCS.read_text(encoding="utf-8") == cookbook(), again


@pytest.mark.parametrize("name", QUERIES)
def test_the_cookbook_gives_a_command_with_every_value(name):
    told = command(QUERIES[name])
    assert told.startswith(f"kg query outputs/mine {name}")
    for parameter in QUERIES[name].parameters:
        assert (f"--set {parameter.name}=" in told) is (parameter.default is None)
