"""Grammar in, clauses out: verb group, subjects, objects, arguments, times."""

import parses
import pytest
from by_hand import LEXICONS, syntax_of

from kg.reading.claims.clauses import ClauseFinder


def clauses_of(parse, names=None):
    syntax = syntax_of(parse)
    finder = ClauseFinder(syntax, LEXICONS, names=names or {})
    return syntax, [c for first, last in syntax.sentences for c in finder.find(first, last)]


def words(syntax, phrase):
    return " ".join(syntax.words[t] for t in phrase.tokens)


def parts(parse):
    """Return (subjects, relation, objects) of each clause."""
    syntax, clauses = clauses_of(parse)
    return [
        ([words(syntax, s) for s in c.subjects], c.lemma, [words(syntax, o) for o in c.objects])
        for c in clauses
    ]


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("ACTIVE", (["Kenya"], "sign", ["the treaty"])),
        ("PASSIVE", (["The treaty"], "sign", [])),
        ("COPULA", (["Ruto"], "be", ["the president of Kenya"])),
        ("ADJECTIVE", (["Peru"], "be suspicious", [])),
        ("RELATIVE", (["Chile"], "border", ["Peru"])),
        ("RELATIVE_GAP", (["the Russians"], "pay", ["The price"])),
        ("PARTICIPLE", (["The bank"], "base", [])),
        ("CONJOINED", (["Sweden"], "double", ["its budget"])),
        ("OPEN_COMPLEMENT", (["Chile"], "seek to expand", ["the fleet"])),
        ("ASPECT", (["Ghana"], "supply", ["the rebels"])),
        ("CONTROL", (["the king"], "sign", ["the bill"])),
        ("ACCUSED", (["the mayor"], "take", ["bribes"])),
        ("EXPLETIVE", (["Hungary"], "support", ["the plan"])),
        ("SUBJECTS", (["Kenya", "Peru"], "sign", ["the treaty"])),
        ("WITHOUT", (["Kenya"], "sign", ["the treaty"])),
        ("SAID_TO_HAVE", (["The general"], "be said to order", ["the raid"])),
        ("LIKELY", (["The army"], "be likely to seize", ["the airport"])),
    ],
)
def test_a_clause_has_its_subject_relation_and_object(parse, expected):
    assert expected in parts(getattr(parses, parse))


def test_there_is_says_where_something_is():
    syntax, (clause,) = clauses_of(parses.EXISTENTIAL)
    (argument,) = clause.arguments
    assert parts(parses.EXISTENTIAL) == [(["a meeting"], "be", [])]
    assert (argument.role, words(syntax, argument.phrase)) == ("in", "Oslo")


def test_it_is_clear_has_no_subject_of_its_own():
    assert [relation for _, relation, _ in parts(parses.EXPLETIVE)] == ["support"]


def test_a_passive_has_its_participle_and_its_agent():
    syntax, (clause,) = clauses_of(parses.PASSIVE)
    assert (clause.participle, [words(syntax, a) for a in clause.agents]) == ("signed", ["Kenya"])


def test_a_preposition_gives_an_argument_its_role():
    syntax, (clause,) = clauses_of(parses.PREPOSITIONAL)
    assert [(a.role, words(syntax, a.phrase)) for a in clause.arguments] == [("with", "Peru")]


def test_a_time_is_no_argument():
    syntax, (clause,) = clauses_of(parses.TIME)
    assert clause.arguments == ()
    assert [[syntax.words[t] for t in tokens] for tokens in clause.times] == [["in", "2018"]]


def test_a_text_may_end_with_a_preposition():
    syntax, clauses = clauses_of(parses.LIVES_IN)
    (argument,) = clauses[1].arguments
    assert (argument.role, words(syntax, argument.phrase)) == ("in", "the house")


def test_in_fact_is_no_argument():
    _, (clause,) = clauses_of(parses.IN_FACT)
    assert clause.arguments == ()


def test_what_is_said_is_the_object_of_saying():
    syntax, (sold, said) = clauses_of(parses.QUOTATION)
    assert sold.lemma == "sell"
    assert words(syntax, said.literal) == "Chad sold the ships"


def test_the_words_of_a_name_head_no_clause():
    _, clauses = clauses_of(parses.ACTIVE, {0: (0, 2), 1: (0, 2)})
    assert clauses == []


def test_a_subject_that_is_filled_in_is_marked():
    _, clauses = clauses_of(parses.CONJOINED)
    assert [clause.controlled for clause in clauses] == [False, True]


def test_the_status_is_asked_of_the_verb_that_is_or_is_not_done():
    syntax, (clause,) = clauses_of(parses.OPEN_COMPLEMENT)
    assert syntax.words[clause.status_at] == "expand"
