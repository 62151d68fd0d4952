"""What people type finds the entity that they mean, by every way of asking."""

import doctest
import json
import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import search_keys as module
from kg.build_folder import open_build
from kg.cli import main
from kg.errors import AmbiguousNameWarning, UnknownNameError
from kg.graph.assembly import assemble_graph
from kg.outputs.drawing.explorer import Explorer
from kg.outputs.drawing.explorer_index import write_index
from kg.outputs.drawing.html_page import choose_part
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.sparql.lookup import Lookup
from kg.outputs.sparql.saved_queries import bind, names_in_store
from kg.outputs.sparql.store import open_store
from kg.outputs.texts.terminal import entity_lines, why_lines
from kg.reading.store import READINGS, ReadingStore
from kg.search_keys import asked_keys, search_keys
from tests.named_things import PEOPLE, TYPED, graph_of, people
from tests.sample import link_by_name, sample_graph, sample_readings
from tests.served import client_of

BASE = "http://localhost:8000/"
FRONT = Path(__file__).parents[1] / "front" / "src" / "names.js"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(not NODE, reason="node is not installed")
LATIN = [name for name, *_ in PEOPLE] + [typed for _, _, typed in TYPED]
PRESIDENT = (
    ("trump", "Concept", 0),
    ("Donald Trump", "Person", 7),
    ("Donald Trump Jr.", "Person", 3),
    ("Trump Tower", "Facility", 9),
    ("Ivanka Trump", "Person", 1, "Trump"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the graph of the people as linked data and as an index."""
    folder = tmp_path_factory.mktemp("people")
    write_turtle(people(), folder / "graph.ttl")
    write_index(people(), folder / "explore.db", title="People")
    return folder


@pytest.fixture(scope="module")
def lookup(folder):
    with open_store(folder, in_memory=0):
        return Lookup(folder / "graph.store")


@pytest.fixture(scope="module")
def names(folder):
    with open_store(folder) as store:
        return names_in_store(store)


def run_script(code, value):
    """Return what a script that imports the page's look-up prints, as JSON."""
    whole = f"import * as names from {json.dumps(FRONT.as_uri())};\n{code}"
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", whole],
        input=json.dumps(value), capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return json.loads(done.stdout)


READ = "import { readFileSync } from 'node:fs'; const given = JSON.parse(readFileSync(0, 'utf8'));"


@cache
def found_in_page():
    """Return which names the page's search box finds first, by what is typed."""
    entities = [{"id": n, "name": n, "type": "Person", "aliases": []} for n, *_ in PEOPLE]
    code = READ + (
        "const entities = new Map(given.entities.map((e) => [e.id, e]));"
        "const find = names.nameFinder({ entities, nodes: new Map(), types: new Map() });"
        "console.log(JSON.stringify(given.typed.map((t) => find(t, 3).map((f) => f.entity.name))));"
    )
    typed = [words for _, _, words in TYPED]
    return dict(zip(typed, run_script(code, {"entities": entities, "typed": typed}), strict=True))


# Each way of asking finds each name in each form


@pytest.mark.parametrize(("name", "how", "typed"), TYPED)
def test_graph_finds_a_name_as_it_is_typed(name, how, typed):
    assert people().find(typed).name == name


@pytest.mark.parametrize(("name", "how", "typed"), TYPED)
def test_saved_query_finds_a_name_as_it_is_typed(name, how, typed, names):
    assert names.meant(typed).thing.name == name


@pytest.mark.parametrize(("name", "how", "typed"), TYPED)
def test_search_page_and_query_form_find_a_name_as_it_is_typed(name, how, typed, lookup):
    assert lookup.search(typed, limit=3)[0][0].thing.name == name
    assert lookup.meant_by(typed).thing.name == name


@pytest.mark.parametrize(("name", "how", "typed"), TYPED)
def test_explorer_finds_a_name_as_it_is_typed(name, how, typed, folder):
    found = Explorer(folder / "explore.db").search(typed, limit=3)["found"]
    assert found[0]["entity"]["name"] == name


@needs_node
@pytest.mark.parametrize(("name", "how", "typed"), TYPED)
def test_page_finds_a_name_as_it_is_typed(name, how, typed):
    assert found_in_page()[typed][0] == name


@needs_node
def test_page_folds_as_the_library_does():
    code = READ + (
        "console.log(JSON.stringify(given.map((n) => [names.searchKeys(n), names.askedKeys(n)])));"
    )
    ours = [[sorted(search_keys(name)), sorted(asked_keys(name))] for name in LATIN]
    theirs = [[sorted(kept), sorted(asked)] for kept, asked in run_script(code, LATIN)]
    assert theirs == ours


@pytest.mark.parametrize(("typed", "name"), [("O’CONNOR, Sinéad", "Sinéad O’Connor")])
def test_terminal_and_drawing_ask_the_graph(typed, name):
    assert next(entity_lines(people(), typed, limit=1)).startswith(name)
    assert name in next(why_lines(people(), typed, None, limit=1))
    assert choose_part(people(), limit=5, around=typed).centre == people().find(name).id


def test_name_in_another_script_is_found_in_latin_letters():
    graph = graph_of(("Владимир Путин", "Person", 1))
    assert graph.find("Vladimir Putin").name == "Владимир Путин"
    assert graph.find("ПУТИН").name == "Владимир Путин"


def test_other_names_are_not_found():
    for typed in ("Jorgen Miller", "X. Müller", "Müller Weiß", "1", "…"):
        with pytest.raises(UnknownNameError):
            people().find(typed)


# Of several the one that people mean


@pytest.mark.parametrize("typed", ["Trump", "trump", "TRUMP"])
def test_named_thing_is_meant_before_a_concept_and_the_most_mentioned_first(typed):
    meant = graph_of(*PRESIDENT).meant_by(typed)
    assert meant.thing.name == "Donald Trump"
    assert [other.name for other in meant.others] == ["Donald Trump Jr.", "Ivanka Trump", "trump"]


def test_choice_is_told():
    assert graph_of(*PRESIDENT).meant_by("Trump").note == (
        "took Donald Trump; also: Donald Trump Jr. (ent:donald-trump-jr.), "
        "Ivanka Trump (ent:ivanka-trump), trump (ent:trump)"
    )
    assert graph_of(*PRESIDENT).meant_by("Trump Tower").note == ""


def test_find_warns_of_a_choice_and_an_id_leaves_none():
    graph = graph_of(*PRESIDENT)
    with pytest.warns(AmbiguousNameWarning, match="took Donald Trump; also: Donald Trump Jr"):
        assert graph.find("Trump").id == "donald-trump"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert graph.find("trump").type == "Concept"
        assert graph.find("donald-trump").name == "Donald Trump"


def test_prefix_takes_a_thing_by_its_id():
    meant = graph_of(*PRESIDENT).meant_by("ent:trump")
    assert (meant.thing.type, meant.note) == ("Concept", "")


def test_own_name_comes_before_others_whoever_is_mentioned_more():
    graph = graph_of(("Washington", "City", 1), ("George Washington", "Person", 9))
    assert graph.meant_by("washington").thing.type == "City"


def test_much_mentioned_role_is_meant_by_its_whole_name_alone():
    graph = graph_of(("President", "Role", 9), ("Pr.esident", "Person", 1), ("Mr. Pope", "Person", 1),
                     ("Polish Pope", "Role", 3))  # fmt: skip
    assert graph.meant_by("president").thing.type == "Role"
    assert graph.meant_by("Pope").thing.type == "Person"


def test_part_of_a_name_is_taken_if_nothing_else_fits():
    graph = graph_of(("Bank of England", "Organization", 2), ("Bank of Japan", "Organization", 5))
    assert graph.meant_by("bank").thing.name == "Bank of Japan"
    assert graph.meant_by("England Bank").thing.name == "Bank of England"


def test_note_names_the_first_few_and_counts_the_rest():
    graph = graph_of(
        *((f"{first} Kim", "Person", 1) for first in ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn"])
    )
    assert graph.meant_by("Kim").note.endswith("Cleo Kim (ent:cleo-kim) and 1 more")


@needs_node
def test_page_means_the_same(tmp_path):
    graph = graph_of(*PRESIDENT)
    entities = [
        {"id": e.id, "name": e.name, "type": e.type, "aliases": list(e.also_known_as),
         "value": graph.mention_counts[e.id]}
        for e in graph.entities.values()
    ]  # fmt: skip
    code = READ + (
        "const known = new Map(given.map((e) => [e.id, e]));"
        "const types = new Map([['Concept', { quiet: true }]]);"
        "const find = names.nameFinder({ entities: known, nodes: known, types });"
        "console.log(JSON.stringify(find('Trump', 9).map((f) => f.entity.name)));"
    )
    write_index(graph, tmp_path / "explore.db", title="T")
    found = Explorer(tmp_path / "explore.db").search("Trump", limit=9)["found"]
    wanted = ["Donald Trump", "Donald Trump Jr.", "Ivanka Trump", "trump", "Trump Tower"]
    assert run_script(code, entities) == wanted
    assert [one["entity"]["name"] for one in found] == wanted


def test_saved_query_tells_whom_it_took(tmp_path):
    write_turtle(graph_of(*PRESIDENT), tmp_path / "graph.ttl")
    text = "#: who entity: whom\nSELECT * { VALUES ?who { UNDEF } ?who kg:type ?type }"
    notes = []
    with open_store(tmp_path) as store:
        bound = bind(text, {"who": "Trump"}, store, notes=notes)
    assert f"<{BASE}entity/donald-trump>" in bound
    assert notes[0].startswith("took Donald Trump; also:")


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a build folder, made without a parser, in which "Trump" names several."""
    folder = tmp_path_factory.mktemp("build")
    with ReadingStore(folder / READINGS) as store:
        for reading in graph_of(*PRESIDENT[1:]).readings.values():
            store.put(reading, "by hand")
    write_turtle(open_build(folder), folder / "graph.ttl")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["show", "Trump"],
        ["why", "Trump"],
        ["draw", "--around", "Trump", "-o", "drawn.html"],
        ["query", "about", "--set", "who=Trump"],
    ],
    ids=lambda command: command[0],
)
def test_command_tells_on_stderr_whom_it_took(command, build, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name, *rest = command
    result = CliRunner().invoke(main, [name, str(build), *rest])
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("Note: took Donald Trump; also: Donald Trump Jr.")
    assert "took" not in result.stdout


def test_form_of_a_saved_query_tells_whom_it_took(build):
    with client_of(build) as client:
        page = client.get("/query?name=about&who=Trump", headers={"accept": "text/html"}).text
    assert "took Donald Trump; also: Donald Trump Jr." in page


# Methods of the graph


@pytest.mark.parametrize("one", ["norland", "Norland", "NORLAND"])
@pytest.mark.parametrize("two", ["estmark", "Estmark"])
def test_claims_between_takes_ids_and_names(one, two):
    graph = sample_graph()
    assert graph.claims_between(one, two) == graph.claims_between("norland", "estmark") != []


def test_claims_about_and_mentions_of_take_names():
    graph = sample_graph()
    (entity,) = [e for e in graph.entities.values() if e.name == "Northern Signals Directorate"]
    assert graph.claims_about("NSD") == graph.claims_about(entity.id) != []
    assert list(graph.mentions_of("the NSD")) == list(graph.mentions_of(entity.id))


@pytest.mark.parametrize("ask", [
    lambda graph: graph.claims_between("Norland", "Estmrk"),
    lambda graph: graph.claims_between("Estmrk", "Norland"),
    lambda graph: graph.claims_about("Estmrk"),
    lambda graph: list(graph.mentions_of("Estmrk")),
])  # fmt: skip
def test_unknown_name_is_never_an_empty_answer(ask):
    with pytest.raises(UnknownNameError, match="Did you mean 'Estmark'"):
        ask(sample_graph())


def test_list_of_claims_is_the_callers_own():
    readings = list(sample_readings())
    graph = assemble_graph(readings, link_by_name(readings))
    graph.claims_about("norland").clear()
    assert graph.claims_about("norland")


def test_examples_of_the_module():
    assert doctest.testmod(module).failed == 0
