"""One claim a clause, with all it says, in its own words."""

import parses
from by_hand import read


def clauses(parse, *entities):
    """Return relation, object and arguments of each n-ary claim that a verb makes."""
    return [
        (
            c.predicate.text,
            c.object and c.object.text,
            [(a.role, a.phrase.text) for a in c.arguments],
        )
        for c in read(parse, *entities, nary=True).claims
        if c.found_by.startswith("verb")
    ]


def test_a_clause_is_one_claim():
    assert clauses(parses.ACTIVE) == [("signed", "the treaty", [])]


def test_an_adverb_is_an_argument():
    assert clauses(parses.SHARED)[0] == ("have crossed", "the river", [("adverb", "quickly")])


def test_a_joined_verb_takes_the_auxiliary_and_its_preposition_along():
    assert clauses(parses.SHARED)[1] == ("have returned to", "Oslo", [])


def test_an_agent_stays_an_argument():
    assert clauses(parses.PASSIVE) == [("was signed", None, [("agent", "Kenya")])]


def test_a_quality_with_what_it_is_about_is_part_of_the_relation():
    assert clauses(parses.ADJECTIVE) == [("has been suspicious of", "alliances", [])]
