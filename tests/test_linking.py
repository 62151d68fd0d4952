"""Mention groups in, entities out; the knowledge base here is four lines long."""

import pytest

from kg.folding import fold
from kg.linking.knowledge_base import KnowledgeBase, KnownEntity, load_knowledge_base
from kg.linking.resolution import decide, link_entities
from kg.records import Document, Mention, MentionGroup, Passage, Reading

UK = KnownEntity("Q145", "United Kingdom", "Country", 0.9, ("wd:Q145",), ("UK", "Britain"))
HARARE = KnownEntity("Q3921", "Harare", "City", 0.5, ("wd:Q3921",), ("Salisbury",))
SALISBURY = KnownEntity("Q160642", "Salisbury", "City", 0.35, ("wd:Q160642",), ())
GEORGE_A = KnownEntity("Q1", "George Bush", "Person", 0.5, ("wd:Q1",), ("Bush",))
GEORGE_B = KnownEntity("Q2", "George Bush", "Person", 0.5, ("wd:Q2",), ("Bush",))
PARIS = KnownEntity("Q90", "Paris", "City", 0.5, ("wd:Q90",), ())


def knowledge(*entities):
    by_label, by_alias = {}, {}
    for entity in entities:
        by_label.setdefault(fold(entity.label), []).append(entity)
        for alias in entity.aliases:
            by_alias.setdefault(fold(alias), []).append(entity)
    return KnowledgeBase(
        {k: tuple(v) for k, v in by_label.items()}, {k: tuple(v) for k, v in by_alias.items()}
    )


BASE = knowledge(UK, HARARE, SALISBURY, GEORGE_A, GEORGE_B, PARIS)


def reading(document_id, *groups):
    """Return a Reading whose text is its names: (name, type, kind) each."""
    text, records = "", []
    for number, (name, kind, mention_kind) in enumerate(groups):
        start = len(text)
        text += name + ". "
        mention = Mention(Passage(document_id, start, start + len(name)), name, mention_kind)
        records.append(MentionGroup(number, name, kind, (mention,)))
    document = Document(document_id, document_id, text, document_id, "en", "0")
    return Reading(document, groups=tuple(records))


def names(*readings):
    return [(e.name, e.type) for e in link_entities(readings, BASE)]


def test_label_beats_alias():
    known, _, _ = decide("Salisbury", "City", BASE)
    assert known == SALISBURY


def test_type_must_agree():
    assert decide("Paris", "Person", BASE)[0] is None


def test_namesakes_make_it_abstain():
    assert decide("George Bush", "Person", BASE)[0] is None


def test_surname_alone_is_never_a_sure_link():
    assert not decide("Bush", "Person", knowledge(GEORGE_A))[1]


def test_names_of_one_country_are_one_entity():
    found = link_entities(
        [reading("a", ("UK", "Country", "name")), reading("b", ("Britain", "Country", "name"))],
        BASE,
    )
    assert [(e.id, e.also_known_as) for e in found] == [("united-kingdom", ("Britain", "UK"))]


def test_same_name_and_type_are_one_entity_across_documents():
    one = reading("a", ("Ada Okoro", "Person", "name"))
    two = reading("b", ("Ada Okoro", "Person", "name"))
    assert names(one, two) == [("Ada Okoro", "Person")]


def test_surname_joins_the_only_full_name():
    one = reading("a", ("Ada Okoro", "Person", "name"))
    two = reading("b", ("Okoro", "Person", "name"))
    assert names(one, two) == [("Ada Okoro", "Person")]


def test_surname_of_two_people_stays_alone():
    one = reading("a", ("Ada Okoro", "Person", "name"), ("Ben Okoro", "Person", "name"))
    two = reading("b", ("Okoro", "Person", "name"))
    assert len(names(one, two)) == 3


def test_a_person_goes_by_the_full_name_that_documents_use_most():
    one = reading("a", ("Ada Okoro", "Person", "name"))
    two = reading("b", ("Okoro", "Person", "name"))
    three = reading("c", ("Ada Okoro", "Person", "name"))
    assert names(one, two, three) == [("Ada Okoro", "Person")]


def test_unknown_name_takes_the_type_that_documents_give_it_most():
    one = reading("a", ("Vantor", "Person", "name"))
    two = reading("b", ("Vantor", "City", "name"))
    three = reading("c", ("Vantor", "Person", "name"))
    assert names(one, two, three) == [("Vantor", "Person")]


def test_order_of_documents_changes_nothing():
    one = reading("a", ("Okoro", "Person", "name"), ("UK", "Country", "name"))
    two = reading("b", ("Ada Okoro", "Person", "name"), ("Vantor", "City", "name"))
    assert link_entities([one, two], BASE) == link_entities([two, one], BASE)


def test_clash_of_slugs_gets_a_number():
    found = link_entities(
        [reading("a", ("Vantor", "Person", "name"), ("Vantor", "Event", "name"))], BASE
    )
    assert sorted(e.id for e in found) == ["vantor", "vantor-2"]


@pytest.mark.parametrize(
    ("name", "kind", "item"),
    [
        ("Russia", "Country", "Q159"),
        ("UK", "Country", "Q145"),
        ("the Middle East", "Region", "Q7204"),
        ("Salisbury", "City", "Q160642"),
        ("Moscow", "City", "Q649"),
        ("the Cold War", "Event", "Q8683"),
        ("Vladimir Putin", "Person", "Q7747"),
    ],
)
def test_starter_base_knows_the_well_known(name, kind, item):
    known, _, _ = decide(name, kind, load_knowledge_base())
    assert known is not None
    assert f"http://www.wikidata.org/entity/{item}" in known.iris
