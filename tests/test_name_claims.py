"""What stands beside a name says who or where it is."""

import parses
import pytest
from by_hand import claim, said

RUTO, MUSEVENI = ("Ruto", "PERSON"), ("Museveni", "PERSON")


def test_a_name_after_its_description_is_what_the_sentence_is_about():
    found = said(parses.NAMED_AFTER, RUTO, MUSEVENI)
    assert {"Ruto | be | Kenya 's president", "Ruto | meet | Museveni"} <= set(found)


def test_where_something_is_based():
    assert claim(parses.BASED, "base in", ("Lima", "GPE")).predicate.participle == "based in"


def test_what_is_used_where():
    assert "gas | use in | Peru" in said(parses.USE_ON, ("Peru", "GPE"))


def test_examples_do_it_too():
    found = said(parses.EXAMPLES, ("Ghana", "GPE"), ("Togo", "GPE"))
    assert {"States | leave", "Ghana | leave", "Togo | leave"} <= set(found)


def test_whose_it_is_stands_before_it():
    assert "The bank debt | double" in said(parses.WHOSE)


@pytest.mark.parametrize(
    ("parse", "lemma", "head"),
    [("PREPOSITIONAL", "hold exercises with", "exercise"), ("ACTIVE", "sign", "sign")],
)
def test_a_light_verb_is_grouped_under_its_noun(parse, lemma, head):
    assert claim(getattr(parses, parse), lemma).predicate.head == head
