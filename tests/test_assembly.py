"""Entities and claims in, one graph out."""

import pytest

from kg.errors import UnknownNameError
from kg.graph.assembly import KnowledgeGraph, assemble_graph, cite, concept_words, to_active
from kg.records import (
    Antecedent,
    Argument,
    Attribution,
    Claim,
    Cue,
    Document,
    Footnote,
    Page,
    Paragraph,
    Phrase,
    Predicate,
)
from tests.sample import link_by_name, sample_graph, sample_readings


def phrase(text, group=None):
    return Phrase(((0, max(len(text), 1)),), text, group)


def claim(subject, lemma, object_, *arguments, participle="", **more):
    predicate = Predicate(((0, 5),), lemma, lemma, lemma.split()[0], participle)
    return Claim("c1", 0, subject, predicate, object_, (0, 10), 0.9, "test", arguments, **more)


def test_passive_with_an_agent_is_turned_round():
    said = claim(
        phrase("Skripal", 0),
        "poison",
        None,
        Argument("agent", phrase("X", 1)),
        participle="poisoned",
    )
    active = to_active(said)
    assert (active.subject.text, active.predicate, active.object.text) == ("X", "poison", "Skripal")


def test_passive_without_an_agent_says_be():
    active = to_active(
        claim(phrase("Skripal", 0), "poison in", phrase("Salisbury", 1), participle="poisoned in")
    )
    assert (active.subject.text, active.predicate) == ("Skripal", "be poisoned in")


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("the power vacuum", "power vacuum"),
        ("its chemical weapons", "chemical weapons"),
        ("these", None),
        ("it", None),
        ("42", None),
        ("a very long phrase that nobody would call a concept", None),
    ],
)
def test_short_noun_phrases_may_be_concepts(words, concept):
    assert concept_words(phrase(words)) == concept


def test_entities_found_by_name_alias_and_id():
    graph = sample_graph()
    for entity in graph.entities.values():
        assert graph.find(entity.id).id == entity.id
        assert graph.find(entity.name.upper()).name.casefold() == entity.name.casefold()


def test_article_does_not_matter_in_a_name():
    graph = sample_graph()
    name = next(iter(graph.entities.values())).name
    assert graph.find(f"the {name}").name == name


def test_unknown_name_suggests_near_ones():
    graph = sample_graph()
    name = next(e.name for e in graph.entities.values() if len(e.name) > 6)
    with pytest.raises(UnknownNameError, match="Did you mean"):
        graph.find(name[:-1])


def test_relation_counts_every_claim_once():
    for relation in sample_graph().relations.values():
        assert relation.affirmed + relation.denied + relation.hedged == len(relation.claims)


def test_relation_is_a_fact_only_if_a_claim_is():
    graph = sample_graph()
    for relation in graph.relations.values():
        facts = [graph.claims[c].claim.is_fact for c in relation.claims]
        assert (relation.status in {"fact", "contested"}) == any(facts)


def test_sample_holds_every_status():
    assert {r.status for r in sample_graph().relations.values()} == {
        "fact",
        "hedged",
        "denied",
        "contested",
    }


def test_network_is_the_graph():
    graph = sample_graph()
    assert set(graph.network) == set(graph.entities)
    assert {key for _, _, key in graph.network.edges(keys=True)} == set(graph.relations)


def test_order_of_readings_changes_nothing():
    readings = list(sample_readings())
    one = assemble_graph(readings, link_by_name(readings))
    two = assemble_graph(readings[::-1], link_by_name(readings))
    assert list(one.claims) == list(two.claims)
    assert dict(one.relations) == dict(two.relations)


def test_graph_of_nothing_is_empty():
    graph = KnowledgeGraph([], [], [])
    assert (len(graph.entities), graph.network.number_of_nodes()) == (0, 0)


DOCUMENT = Document(
    "d", "Report", "x" * 100, "d.txt", "en", "0",
    pages=(Page(0, 100, "41", "48"),),
    paragraphs=(Paragraph(0, 50, "140"), Paragraph(50, 80)),
    footnotes=(Footnote("2", 80, 100),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (10, "Report, page 41 (file page 48), para 140"),
        (60, "Report, page 41 (file page 48)"),
        (85, "Report, page 41 (file page 48), note 2"),
    ],
)
def test_citation_gives_page_and_paragraph(offset, place):
    assert cite(DOCUMENT, offset) == place


def test_denial_is_no_fact():
    speaker = Attribution(phrase("the Kremlin"), Cue("speaker", 0, 5, "denied"), deny=True)
    assert not claim(
        phrase("Russia", 0), "poison", phrase("Skripal", 1), attribution=speaker
    ).is_fact


@pytest.mark.parametrize("words", ["its", "Their", "his", "it", "the"])
def test_a_word_that_stands_for_something_is_no_concept(words):
    assert concept_words(Phrase(((0, len(words)),), words)) is None


def test_a_pronoun_is_the_concept_that_it_stands_for():
    meant = Antecedent(0, 12, "The division", 0.8)
    assert concept_words(Phrase(((20, 22),), "it", resolved=meant)) == "division"
