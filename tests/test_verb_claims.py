"""Clauses in, minimal binary claims out."""

import parses
import pytest
from by_hand import claim, read, said


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("ACTIVE", ["Kenya | sign | the treaty"]),
        ("PASSIVE", ["The treaty | sign"]),
        ("PREPOSITIONAL", ["Kenya | hold | exercises", "Kenya | hold exercises with | Peru"]),
        ("COPULA", ["Ruto | be | the president of Kenya", "Ruto | be president of | Kenya"]),
        ("ADJECTIVE", ["Peru | be suspicious of | alliances"]),
        ("LIGHT", ["The rebels | take | control of the port"]),
        ("LIGHT", ["The rebels | take control of | the port"]),
        ("PARTICIPLE", ["The bank | base in | Zurich"]),
        ("TOLD", ["Tehran | tell Damascus | Iran would withdraw"]),
        ("QUOTATION", ["the envoy | say | Chad sold the ships"]),
        ("SUBJECTS", ["Kenya | sign | the treaty", "Peru | sign | the treaty"]),
        ("OPERATION", ["France | begin | Operation Barkhane"]),
        ("REFERRED_TO_AS", ["The jet | refer to as | Zed", "The jet | leave | Peru"]),
        ("FROM_ASKING", ["Kenya | get | a warning", "Kenya | ask | Peru"]),
        ("LIST", ["He | see | Paris", "He | see | London", "He | see | Rome"]),
    ],
)
def test_a_clause_makes_these_claims(parse, expected):
    assert set(expected) <= set(said(getattr(parses, parse)))


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("YOUNGEST", ["Kenya | be | the youngest of five states"]),
        ("SHE_ASSUMED", ["Peru | meet | an envoy", "an envoy | help"]),
        (
            "THEIR_STATEMENT",
            ["Kenya | sign | the pact", "Kenya | sign pact as | their statement of principle"],
        ),
    ],
)
def test_a_sentence_makes_these_claims_and_no_more(parse, expected):
    assert said(getattr(parses, parse)) == expected


def test_the_object_goes_into_the_relation_and_the_rest_stays_beside_it():
    plain, through = read(parses.PREPOSITIONAL).claims
    assert [(a.role, a.phrase.text) for a in plain.arguments] == [("with", "Peru")]
    assert through.arguments == ()


def test_claims_of_one_clause_share_its_number():
    assert len({c.clause for c in read(parses.PREPOSITIONAL).claims}) == 1


def test_a_passive_keeps_its_voice():
    found = claim(parses.PASSIVE, "sign")
    assert (found.subject.text, found.predicate.participle) == ("The treaty", "signed")
    assert [(a.role, a.phrase.text) for a in found.arguments] == [("agent", "Kenya")]


def test_what_is_said_is_a_literal():
    assert claim(parses.QUOTATION, "say").object.literal
