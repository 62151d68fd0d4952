"""Which relations are known by name, what kind every relation is of, and what words state them."""

from dataclasses import replace

import parses
import pytest
from by_hand import read

from kg.evaluation.relation_names import name_in, told_by, with_implied
from kg.graph.assembly import assemble_graph
from kg.reading.relations.lexicon import stated, triggers
from kg.reading.relations.network import DISTANCES, Spot, fed_of, step_between
from kg.reading.relations.tables import NAMED, type_number
from kg.records import Entity, TypedRelation
from kg.relation_types import OTHER, kind_of, property_iri, relation_kinds, relation_types
from kg.vocabulary import TYPES


def test_every_relation_is_of_a_kind_that_is_described():
    kinds = relation_kinds()
    assert {relation.kind for relation in relation_types().values()} <= set(kinds)
    assert all(kind.label and kind.about and kind.colour.startswith("#") for kind in kinds.values())


def test_ends_are_types_that_exist_and_what_is_broader_is_known():
    for relation in relation_types().values():
        assert relation.domain | relation.range <= {*TYPES, "Date"}
        broader = relation.broader.removeprefix("-")
        assert not broader or broader in relation_types()


@pytest.mark.parametrize(
    ("lemma", "head", "ends", "key", "turned"),
    [
        ("found", "found", ("Person", "Organization"), "P112", True),
        ("bear in", "bear", ("Person", "City"), "P19", False),
        ("marry", "marry", ("Person", "Person"), "P26", False),
        ("be capital of", "be", ("City", "Country"), "P36", True),
        ("be in", "be", ("City", "Country"), "P17", False),
        ("be in", "be", ("Facility", "City"), "P131", False),
        ("attack", "attack", ("Group", "Country"), "kg:attacks", False),
        ("meet with", "meet", ("Person", "Person"), "kg:meets", False),
    ],
)
def test_words_state_a_relation(lemma, head, ends, key, turned):
    trigger = stated(lemma, head, *ends)
    assert (trigger.relation.key, trigger.turned) == (key, turned)


def test_words_state_nothing_between_things_that_cannot_be_so_related():
    assert stated("marry", "marry", "Person", "City") is None
    assert stated("bear in", "bear", "City", "Person") is None
    assert stated("contemplate", "contemplate", "Person", "City") is None


def test_every_trigger_leads_to_a_relation_that_is_known():
    known = set(relation_types().values())
    assert {t.relation for found in triggers().values() for t in found} <= known


def test_the_main_word_tells_the_kind_and_a_light_one_only_alone():
    assert kind_of("", ["have", "have", "agreement", "with"]) == kind_of("", ["agreement"])
    assert kind_of("", ["have"]) == "giving"
    assert kind_of("", ["zzz"]) == OTHER


def test_keys_are_iris():
    assert property_iri("P26").endswith("/prop/direct/P26")
    assert property_iri("kg:meets").endswith("#meets")


def test_what_a_set_says_is_told_in_our_terms():
    assert list(told_by("redocred", 0, 1, "P527")) == [(1, 0, "P361")]
    assert set(told_by("knowledgenet", 0, 1, "CHILD_OF")) == {(1, 0, "P40")}
    assert set(with_implied(0, 1, "P108")) == {(0, 1, "P108"), (0, 1, "P1416")}
    assert set(with_implied(0, 1, "P26")) == {(0, 1, "P26"), (1, 0, "P26")}
    assert name_in("conll04", "Anything") is None


def test_mentions_and_pairs_in_numbers():
    person, place = type_number("Person"), type_number("City")
    spots = [Spot(0, 2, person, 0), Spot(4, 5, place, 0)]
    import numpy as np

    fed = fed_of(np.zeros((6, 384), np.int8), spots, [(0, 1), (1, 0)])
    assert fed["types"].tolist() == [person, person, 0, 0, place, 0]
    assert fed["between"][0].tolist() == [0, 0, 0.5, 0.5, 0, 0]
    assert fed["types_of_pairs"].tolist() == [
        person * len(NAMED) + place,
        place * len(NAMED) + person,
    ]
    assert 0 <= step_between(*spots) != step_between(*spots[::-1]) < DISTANCES


def test_a_relation_has_the_kind_and_the_name_of_its_claims():
    reading = read(parses.ACTIVE, ("Kenya", "GPE"))
    (claim, *rest) = reading.claims
    named = replace(claim, relation=TypedRelation("kg:signs", "signs"), held_back="")
    entities = [
        Entity("kenya", "Kenya", "Country", groups=((reading.document.id, claim.subject.group),))
    ]
    graph = assemble_graph([replace(reading, claims=(named, *rest))], entities)
    (relation,) = (r for r in graph.relations.values() if named.id in r.claims)
    assert (relation.kind, relation.typed.property) == ("politics", "kg:signs")
    edge = graph.network.edges[relation.subject_id, relation.object_id, relation.id]
    assert (edge["kind"], edge["property"], edge["turned"]) == ("politics", "kg:signs", False)
