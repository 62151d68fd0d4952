"""What "it", "she" and "the Games" stand for; where it is not clear, nothing."""

import parses
from by_hand import groups_of, read


def resolved(parse, *entities):
    """Return (words, antecedent) of each phrase that coreference resolved."""
    claims = read(parse, *entities).claims
    phrases = [p for c in claims for p in (c.subject, c.object) if p is not None]
    return [(p.text, p.resolved.text) for p in phrases if p.resolved]


def test_it_may_be_the_treaty_or_the_country_and_is_left_alone():
    assert resolved(parses.IT) == []


def test_a_possessive_is_the_subject_of_its_clause():
    assert groups_of(parses.ITS)["Kenya"] == ["Kenya", "its"]


def test_she_is_the_only_person_nearby():
    entities = ("Anna Politkovskaya", "PERSON")
    assert resolved(parses.SHE, entities) == [("She", "Anna Politkovskaya")]


def test_it_is_neither_of_two_that_are_joined():
    assert resolved(parses.TWO_RIVALS) == []


def test_it_of_it_is_clear_stands_for_nothing():
    assert resolved(parses.IT_RAINS) == []


def test_a_person_is_no_it():
    assert resolved(parses.IT_RAINS, ("Kenya", "PERSON")) == []


def test_a_definite_noun_repeats_the_last_word_of_a_name():
    assert resolved(parses.COMMITTEE) == [("The Committee", "Security Committee")]


def test_the_games_are_the_olympics():
    assert ("The Games", "Rio Olympics") in resolved(parses.OLYMPICS)


def test_a_definite_noun_that_two_names_end_in_stands_for_nothing():
    assert resolved(parses.TWO_COMMITTEES) == []


def test_first_names_tell_who_of_two_is_she_and_he():
    people = ("Anna Petrova", "PERSON"), ("Boris Ivanov", "PERSON")
    assert resolved(parses.SHE_OF_TWO, *people) == [("She", "Anna Petrova")]
    assert resolved(parses.HE_OF_TWO, *people) == [("He", "Boris Ivanov")]


def test_what_opens_a_sentence_points_ahead_to_its_subject():
    groups = groups_of(parses.POINTING_AHEAD, ("Boris Ivanov", "PERSON"))
    assert groups["Boris Ivanov"] == ["his", "Boris Ivanov"]


def test_i_in_a_quotation_is_who_speaks():
    assert resolved(parses.QUOTED_I, ("Ada Okoro", "PERSON")) == [("I", "Ada Okoro")]


def test_a_pronoun_may_stand_for_words_without_a_name():
    assert resolved(parses.THE_WOMEN) == [("they", "The women")]
    claims = read(parses.THE_WOMEN).claims
    assert [c.subject.group for c in claims] == [None, None]
