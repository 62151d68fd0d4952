"""What stands inside noun phrases, and no verb says."""

import parses
import pytest
from by_hand import claim, said

import kg
from kg.reading.claims.participles import participle

LITVINENKO = ("Alexander Litvinenko", "PERSON")
PUTIN = ("Putin", "PERSON")
RUTO = ("Ruto", "PERSON")


@pytest.mark.parametrize(
    ("parse", "entities", "expected"),
    [
        ("POSSESSIVE", (), "Russia | exploit | the vacuum"),
        ("LINKS", (), "Kenya | have links with | Peru"),
        ("AGENT_NOUN", (), "Iraq | invade | Kuwait"),
        ("ALLEGED", (), "Russia | attack | Estonia"),
        ("BETWEEN", (), "Russia | have relationship with | Iran"),
        ("ASSASSINATION", (LITVINENKO,), "Alexander Litvinenko | assassinate"),
        ("GROUPS", (), "Chinese and Mongolian forces | belong to | Chinese"),
        ("GROUPS", (), "Chinese and Mongolian forces | belong to | Mongolian"),
        ("CITIZENS", (), "Russian citizens | belong to | Russian"),
        ("ROLE", (RUTO,), "Ruto | be | President"),
        ("APPOSITION", (PUTIN,), "Putin | be | the Russian president"),
        ("BIOGRAPHER", (("Ada Okoro", "PERSON"),), "Ada Okoro | be | Childers 's biographer"),
        ("TOWN_IN", (("Lima", "GPE"), ("Peru", "GPE")), "Lima | be in | Peru"),
        ("REGIME", (("Assad", "PERSON"),), "Assad regime | be led by | Assad"),
        ("SOCHI", (), "Sochi Olympics | take place in | Sochi"),
        ("ATTACK", (("Skripal", "PERSON"),), "Skripal attack | concern | Skripal"),
    ],
)
def test_a_noun_phrase_says(parse, entities, expected):
    assert expected in said(getattr(parses, parse), *entities)


def test_a_colon_parts_a_field_from_its_value_and_a_title_from_its_subtitle():
    parse = parses.APPOSITION.replace("Putin ,  ", "Putin :  ")
    assert not [line for line in said(parse, PUTIN) if " | be | " in line]


@pytest.mark.model
@pytest.mark.parametrize("words", ["Newt Gingrich (GA)", "Ada Okoro (Peru)", "Ada Okoro (OECD)"])
def test_where_a_person_belongs_is_not_what_they_are(words):
    claims = kg.read_text(f"{words} won the vote.").claims
    assert not [c for c in claims if c.predicate.lemma == "be"]


def test_a_list_of_names_is_no_apposition():
    assert not [line for line in said(parses.LIST) if " | be | " in line]


def test_who_undergoes_it_is_the_subject_of_a_passive():
    found = claim(parses.ASSASSINATION, "assassinate", LITVINENKO)
    assert found.predicate.participle == "assassinated"


def test_a_relation_that_no_word_spells_out_is_implicit():
    assert claim(parses.CITIZENS, "belong to").predicate.implicit
    assert not claim(parses.POSSESSIVE, "exploit").predicate.implicit


def test_the_noun_itself_is_the_evidence():
    assert claim(parses.POSSESSIVE, "exploit").predicate.text == "exploitation of"


def test_each_group_is_of_its_own_country():
    found = said(parses.GROUPS)
    assert sum("belong to" in line for line in found) == 2


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("poison", "poisoned"), ("deny", "denied"), ("stop", "stopped"), ("build", "built")],
)
def test_a_verb_has_its_participle(verb, expected):
    assert participle(verb) == expected
