""" "I" and "you" in a transcript are who speaks and who is spoken to."""

import pytest

import kg

HEARING = """Senator OKORO. Did you visit Lima in 2014, Mr. Holt?

Mr. HOLT. I visited Lima twice. My wife said "I hate it" there.

Senator OKORO. Karin Lund met me in Peru. She thanked me.
"""


@pytest.fixture(scope="module")
def groups():
    reading = kg.read_text(HEARING)
    return {g.name: [(m.text, m.kind) for m in g.mentions] for g in reading.groups}


@pytest.mark.model
def test_i_and_you_are_the_people_of_the_turn(groups):
    assert ("I", "pronoun") in groups["HOLT"]
    assert ("you", "pronoun") in groups["HOLT"]
    assert groups["OKORO"].count(("me", "pronoun")) == 2


@pytest.mark.model
def test_a_quotation_inside_a_turn_has_its_own_speaker(groups):
    assert [m for m in groups["HOLT"] if m[0] in {"I", "My"}] == [("I", "pronoun")]


@pytest.mark.model
def test_she_is_not_who_says_i(groups):
    assert ("She", "pronoun") in groups["Karin Lund"]


@pytest.mark.model
def test_without_a_label_i_is_nobody():
    reading = kg.read_text("I met Karin Lund in Peru. You never know.")
    texts = {m.text for g in reading.groups for m in g.mentions}
    assert texts.isdisjoint({"I", "You"})
