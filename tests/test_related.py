"""Relations known by name in real sentences: what words state, what stands between names, what is no fact."""

import pytest
from by_hand import of_grammar

import kg
from kg.outputs.rdf.forms import to_rdflib
from kg.reading.claims.related import FOUND_BY
from kg.vocabulary import prefixes

pytestmark = pytest.mark.model


def known(text):
    """Return relations by (subject, property, object), the way that the property leads."""
    found = {}
    for claim in kg.read_text(text).claims:
        if claim.relation is not None:
            subject, object_ = claim.ends
            ends = (object_, subject) if claim.relation.turned else (subject, object_)
            found[ends[0].text, claim.relation.property, ends[1].text] = claim
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anna Okoro met Ivan Petrov in Helsinki.", ("Anna Okoro", "kg:meets", "Ivan Petrov")),
        ("Ivan Petrov married Anna Okoro in 1999.", ("Ivan Petrov", "P26", "Anna Okoro")),
        ("Ivan Petrov founded Korvan Ltd.", ("Korvan Ltd.", "P112", "Ivan Petrov")),
        ("Korvan Ltd. was founded by Ivan Petrov.", ("Korvan Ltd.", "P112", "Ivan Petrov")),
        ("Anna Okoro was born in Lima.", ("Anna Okoro", "P19", "Lima")),
        ("Peru attacked Chile.", ("Peru", "kg:attacks", "Chile")),
    ],
)
def test_words_state_a_relation_from_the_end_that_it_leads_from(text, said):
    assert said in known(text)


def test_who_undergoes_something_does_it_to_nobody():
    found = known("Anna Okoro was appointed Foreign Secretary by Peru in 1999.")
    assert ("Anna Okoro", "kg:employs", "Foreign Secretary") not in found


def test_what_is_denied_or_doubted_is_no_fact_under_its_property():
    text = "The spokesman denied that Ivan Petrov is a member of Hamas."
    claims = [c for (s, p, o), c in known(text).items() if "Hamas" in o]
    assert claims
    assert not any(claim.is_fact or claim.is_stated for claim in claims)


def test_names_that_no_clause_joins_are_related():
    found = known("Barclays analyst Jane Roe said the bank would recover.")
    claim = found["Jane Roe", "P1416", "Barclays"]
    assert claim.found_by == FOUND_BY
    assert claim.is_stated


def test_a_day_of_birth_is_a_value():
    text = "Marie Curie (7 November 1867 – 4 July 1934) was a physicist."
    claim = known(text)["Marie Curie", "P569", "7 November 1867"]
    assert (claim.object.literal, claim.time.from_day) == (True, "1867-11-07")
    graph = kg.build_graph([kg.read_text(text)])
    found = to_rdflib(graph)
    born = f"{prefixes()['wdt']}P569"
    values = {str(o) for _, p, o in found if str(p) == born}
    assert values == ({"1867-11-07"} if claim.is_fact else set())


def test_long_lists_of_names_are_read_in_time_that_grows_with_them():
    names = ", ".join(f"Ada Okoro{chr(97 + i % 26)}{i}" for i in range(60))
    assert of_grammar(kg.read_text(f"They met {names} and Ivan Petrov.").claims)
