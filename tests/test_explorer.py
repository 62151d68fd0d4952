"""The explorer's index and what it answers: bounded look-ups, the same records as the page."""

import json
from collections import Counter

import numpy as np
import pytest

from kg.errors import InputError, NotABuildError, OutputError
from kg.outputs.drawing.explorer import Adjacency, Explorer, open_explorer
from kg.outputs.drawing.explorer_index import INDEX, stamp_of, strongest, write_index
from kg.outputs.drawing.page_data import page_data
from tests.sample import sample_graph, synthetic_graph

GRAPH = sample_graph()


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / INDEX
    write_index(GRAPH, path, title="Sample")
    return Explorer(path)


def ids(found):
    return {entity["id"] for entity in found["entities"]}


def test_the_same_graph_gives_the_same_index(tmp_path):
    for name in ("a", "b"):
        write_index(sample_graph(), tmp_path / name, title="Sample")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_overview_is_the_most_important_with_places(explorer):
    overview = json.loads(explorer.overview())
    assert overview["title"] == "Sample"
    assert overview["whole"] == [
        len(GRAPH.entities), len(GRAPH.relations), len(GRAPH.claims), len(GRAPH.documents),
    ]  # fmt: skip
    assert all({"x", "y", "community"} <= node.keys() for node in overview["nodes"])
    ends = {end for r in overview["relations"] for end in (r["subject"], r["object"])}
    assert ends == ids(overview)
    assert overview["years"]["2027"] >= 1


def test_the_legend_counts_claims_as_they_stand(explorer):
    claims = page_data(GRAPH, GRAPH.entities)["claims"]
    counted = json.loads(explorer.overview())["counts"]["statuses"]
    assert counted == Counter(claim["status"] for claim in claims)
    assert counted["contested"] == 2


def test_records_are_those_of_the_page(explorer):
    page = page_data(GRAPH, GRAPH.entities)
    found = explorer.view(["norland", "estmark"])
    for entity in found["entities"]:
        assert entity in page["entities"]
    for relation in found["relations"]:
        said = relation.pop("said")
        own = [claim for claim in page["claims"] if claim["relation"] == relation["id"]]
        assert all(any(one.items() <= claim.items() for claim in own) for one in said)
        assert json.loads(json.dumps(page["relations"])).count(relation) == 1


def test_names_and_aliases_are_found_nearest_first(explorer):
    found = explorer.search("nsd", limit=5)["found"]
    assert found[0]["entity"]["name"] == "Northern Signals Directorate"
    assert found[0]["name"] == "NSD"
    assert explorer.search("hald", limit=5)["found"][0]["entity"]["name"].startswith("Halden")
    assert explorer.search("  ", limit=5) == {"found": []}


def test_neighbours_come_in_pages_and_steps(explorer):
    near = explorer.neighbours("norland", steps=1, offset=0, limit=2)
    assert len(ids(near)) == 3
    rest = explorer.neighbours("norland", steps=1, offset=2, limit=50)
    assert ids(near) & ids(rest) == {"norland"}
    far = explorer.neighbours("norland", steps=2, offset=0, limit=50)
    assert ids(far) > ids(explorer.neighbours("norland", steps=1, offset=0, limit=50))


def test_claims_come_with_their_sentences(explorer):
    found = explorer.claims_about("norland", offset=0)
    assert found["whole"] == len(GRAPH.claims_about("norland")) == len(found["claims"])
    assert all(claim["quote"]["text"] for claim in found["claims"])
    (relation,) = {c["relation"] for c in found["claims"] if c["predicate"] == "visit"} or {None}
    if relation:
        assert explorer.claims_of([relation], offset=0)["claims"]


def test_what_follows_from_names_comes_last_and_is_not_shown_first(explorer):
    shown = json.loads(explorer.overview())
    assert shown["counts"]["named"] == 2
    assert not any("named" in relation for relation in shown["relations"])
    claims = explorer.claims_about("norland", offset=0)["claims"]
    named = ["named" in claim for claim in claims]
    assert named == sorted(named)
    assert named[-1]


def test_documents_are_found_and_read(explorer):
    (one,) = explorer.documents("hearing", limit=5)["documents"]
    assert explorer.documents(one["source"].upper(), limit=5)["documents"] == [one]
    assert explorer.documents("hearing nowhere", limit=5)["documents"] == []
    assert len(explorer.documents(" ", limit=5)["documents"]) == min(5, len(GRAPH.documents))
    (document,) = explorer.document(one["id"])["documents"]
    assert document["text"] == GRAPH.documents[one["id"]].text
    assert explorer.claims_in(one["id"])["whole"] > 3


def test_claims_that_join_no_two_are_asked_for_by_what_they_are_about(explorer):
    everything = explorer.claims_alone(list(GRAPH.entities))["claims"]
    joining = {id_ for relation in GRAPH.relations.values() for id_ in relation.claims}
    about = {
        c.id
        for c in GRAPH.claims.values()
        if c.subject.entity_id or (c.object and c.object.entity_id)
    }
    assert {claim["id"] for claim in everything} == about - joining
    assert explorer.claims_alone(["nobody"])["claims"] == []


def test_claims_come_with_the_types_of_what_they_name(explorer):
    found = explorer.claims_about("norland", offset=0)
    named = {
        end[1] for c in found["claims"] for end in (c["subject"], c["object"]) if end and end[1]
    }
    assert {id_: kind for id_, (kind, _) in found["ends"].items()} == {
        id_: GRAPH.entities[id_].type for id_ in named
    }


def test_dated_claims_come_by_day(explorer):
    claims = explorer.dated(None, offset=0)["claims"]
    days = [claim["time"][1] or claim["time"][2] for claim in claims]
    assert days == sorted(days)
    assert explorer.dated("tomas-brandt", offset=0)["whole"] <= len(claims)


def test_voices_are_propositions_on_which_somebody_is_quoted(explorer):
    found = explorer.voices(None)
    speakers = {name for claim in found["claims"] for name, _ in claim["voices"]}
    assert speakers >= {"", "Norland"}
    assert {r["id"] for r in found["relations"]} == {c["relation"] for c in found["claims"]}


def test_a_path_may_be_asked_to_stand_on_facts(explorer):
    loose = explorer.path("tomas-brandt", "harbour-accord", facts=False)["path"]
    assert len(loose) >= 1
    strict = explorer.path("tomas-brandt", "harbour-accord", facts=True)["path"]
    assert strict is None or all(GRAPH.relations[id_].affirmed for id_ in strict)
    assert explorer.path("maja-lind", "norland", facts=False)["path"] is None


def test_shortest_paths_are_shortest():
    rows = [(0, 1, 1), (1, 2, 0), (2, 3, 1), (0, 4, 1), (4, 3, 1), (5, 5, 1)]
    joined = Adjacency(np.array(rows), 7)
    assert joined.path(0, 3, facts=False) == [3, 4]
    assert joined.path(0, 2, facts=True) == [3, 4, 2]
    assert joined.path(0, 6, facts=False) is None
    assert joined.path(2, 2, facts=False) == []


def test_each_entity_keeps_what_it_is_most_joined_to():
    hubs = [(n, "a", "b") for n in range(50)]
    leaves = [(100 + n, "a", f"leaf {n}") for n in range(40)]
    kept = list(strongest([*hubs, *leaves]))
    assert kept[:3] == [0, 1, 2]
    assert len(kept) == 43


def test_unknown_names_are_said(explorer):
    with pytest.raises(InputError, match="nobody"):
        explorer.neighbours("nobody", steps=1, offset=0, limit=5)
    assert explorer.view(["nobody"]) == {"entities": [], "nodes": [], "relations": []}


def test_an_index_of_an_earlier_build_is_not_opened(tmp_path):
    (tmp_path / "graph.ttl").write_text("first")
    write_index(GRAPH, tmp_path / INDEX, title="Sample", stamp=stamp_of(tmp_path))
    assert open_explorer(tmp_path).overview()
    (tmp_path / "graph.ttl").write_text("another")
    with pytest.raises(NotABuildError):
        open_explorer(tmp_path)


def test_a_broken_index_is_no_index(tmp_path):
    (tmp_path / INDEX).write_text("no database")
    with pytest.raises(NotABuildError):
        open_explorer(tmp_path)


def test_an_empty_graph_has_an_index(tmp_path):
    write_index(synthetic_graph(0), tmp_path / INDEX, title="Empty")
    assert json.loads(Explorer(tmp_path / INDEX).overview())["entities"] == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(OutputError, match="missing"):
        write_index(GRAPH, tmp_path / "missing" / INDEX, title="Sample")
