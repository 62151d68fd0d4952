"""The checker judges claims by what it sees of them; what the settings ask for tells what is held back."""

from dataclasses import replace

import parses
import pytest
from by_hand import annotated_doc, doc_of, read
from sample import sample_graph

from kg.graph.assembly import assemble_graph
from kg.lexicons import load_lexicons
from kg.outputs.standing import Standing, Voice
from kg.pipeline import find_mentions, parsed_text, weighed
from kg.reading.claims.checker import Checker, fed_of, window_of
from kg.reading.claims.checker_features import features_of, roles_of
from kg.reading.claims.checker_tables import ABSENT, ROLES, padded
from kg.reading.claims.finder import find_candidates
from kg.settings import Settings


@pytest.fixture
def candidate():
    annotated = annotated_doc(doc_of(parses.ACTIVE))
    parsed = parsed_text(annotated, find_mentions(annotated))
    ((found, *_),) = find_candidates(parsed, load_lexicons())
    return parsed, found


def test_each_word_fills_the_place_that_the_claim_gives_it(candidate):
    parsed, found = candidate
    words = {parsed.syntax.words[i]: role for i, role in roles_of(found).items()}
    assert words["Kenya"] == ROLES["subject"]
    assert words["signed"] == ROLES["predicate"]
    assert words["treaty"] == ROLES["object"]


def test_features_tell_the_rule_the_status_and_the_words(candidate):
    parsed, found = candidate
    assert {"verb: main clause", "modality asserted", "lemma sign", "verb VBD"} <= set(
        features_of(found, parsed)
    )


def test_a_text_that_the_encoder_has_not_read_is_judged_all_the_same(candidate):
    parsed, found = candidate
    fed = fed_of([found], window_of(found, parsed), parsed)
    assert not fed["states"].any()
    assert fed["roles"].shape == (1, len(fed["states"]))
    ((right, worth),) = Checker().judge([found], parsed)
    assert 0 < right < 1
    assert 0 < worth < 1


def test_rows_of_features_become_a_table():
    assert padded([[3], [1, 2]]).tolist() == [[3, ABSENT], [1, 2]]


def test_confidence_is_no_constant():
    found = {c.confidence for p in (parses.ACTIVE, parses.PREPOSITIONAL) for c in read(p).claims}
    assert len(found) > 1


@pytest.mark.parametrize(
    ("settings", "held_back"),
    [
        (Settings(sure=0.0, worth=0.0), ""),
        (Settings(sure=1.0, worth=0.0), "unsure"),
        (Settings(sure=0.0, worth=1.0), "trivial"),
        (Settings(sure=1.0, worth=1.0), "trivial"),
    ],
)
def test_settings_tell_what_is_held_back(settings, held_back):
    reading = read(parses.ACTIVE)
    for claim in weighed(reading, settings).claims:
        assert claim.held_back == held_back
        assert claim.is_stated
        assert claim.is_fact == (not held_back)


def test_a_reading_is_weighed_again():
    reading = read(parses.ACTIVE)
    strict = weighed(reading, Settings(sure=1.0))
    assert weighed(strict, Settings()) == weighed(reading, Settings())


def test_what_is_less_sure_than_asked_for_is_left_out():
    assert not weighed(read(parses.ACTIVE), Settings(min_confidence=1.0)).claims


def graph_with(held_back):
    """Return the sample graph with all claims held back."""
    graph = sample_graph()
    readings = [
        replace(r, claims=tuple(replace(c, held_back=held_back) for c in r.claims))
        for r in graph.readings.values()
    ]
    return assemble_graph(readings, list(graph.entities.values()))


def test_trivial_claims_join_nothing_and_are_not_listed():
    graph = graph_with("trivial")
    assert graph.claims
    assert not graph.told
    assert not graph.relations


def test_no_edge_is_a_fact_by_unsure_claims():
    graph = graph_with("unsure")
    assert len(graph.told) == len(graph.claims)
    assert {r.status for r in graph.relations.values()} <= {"hedged", "denied"}
    assert not any(r.affirmed for r in graph.relations.values())


def test_an_unsure_claim_says_so():
    assert str(Standing(held_back="unsure")) == "unsure"
    assert Standing(held_back="unsure").kind == "unsure"
    assert Standing(held_back="unsure").status == "hedged"
    said = Standing(chain=(Voice("Ann"),), held_back="unsure")
    assert str(said) == "according to Ann, unsure"
