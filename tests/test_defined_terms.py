"""What a text defines a term to mean, it means in all of the text."""

import pytest
from by_hand import of_grammar

import kg
from kg.reading.documents.defined_terms import find_terms

NAMED = "Castor Retail Ltd."
FORMS = (
    'Castor Retail Ltd. (the "Buyer") paid Ruth Cole.',
    "Castor Retail Ltd. (the “Buyer”) paid Ruth Cole.",
    'Castor Retail Ltd. ("the Buyer") paid Ruth Cole.',
    'Castor Retail Ltd. ("Buyer") paid Ruth Cole.',
    'Castor Retail Ltd. (hereinafter the "Buyer") paid Ruth Cole.',
    "Castor Retail Ltd. (hereinafter the Buyer) paid Ruth Cole.",
    'Castor Retail Ltd. (hereinafter referred to as "the Buyer") paid Ruth Cole.',
    'Castor Retail Ltd., hereinafter referred to as "the Buyer", paid Ruth Cole.',
    'Castor Retail Ltd., hereinafter called the "Buyer," paid Ruth Cole.',
    'Castor Retail Ltd., a company registered in Ireland (the "Buyer"), paid Ruth Cole.',
)
LATER = "The Buyer sued Sven Olsen. Sven Olsen met the Buyer."


def group_of(reading, words):
    """Return the group that holds a mention in these words, and the kinds of mention."""
    found = [g for g in reading.groups if any(m.text == words for m in g.mentions)]
    assert len(found) == 1, [(g.name, [m.text for m in g.mentions]) for g in reading.groups]
    return found[0], [m.kind for m in found[0].mentions if m.text == words]


@pytest.mark.model
@pytest.mark.parametrize("form", FORMS)
def test_a_defined_term_is_a_mention_of_what_it_stands_for(form):
    reading = kg.read_text(f"{form} {LATER}")
    group, kinds = group_of(reading, "Buyer")
    assert (group.name, kinds) == (NAMED, ["nominal"] * 3)
    said = {(c.subject.group, c.predicate.lemma) for c in reading.claims}
    assert {(group.id, "pay"), (group.id, "sue")} <= said
    assert not any('"' in c.subject.text or "“" in c.subject.text for c in reading.claims)


@pytest.mark.model
@pytest.mark.parametrize(
    "definition",
    [
        "“Buyer” means Castor Retail Ltd.",
        '"the Buyer" shall mean Castor Retail Ltd.',
        "The Buyer means Castor Retail Ltd.",
        "“Buyer” means Castor Retail Ltd., a company registered in Ireland.",
    ],
)
def test_a_clause_of_definitions_defines_as_well(definition):
    reading = kg.read_text(f"{definition}\n\n{LATER}")
    group, kinds = group_of(reading, "Buyer")
    assert group.name == NAMED
    assert kinds[1:] == ["nominal", "nominal"]
    assert not any(c.predicate.head == "mean" for c in reading.claims)


@pytest.mark.model
def test_a_short_name_that_is_defined_is_a_name():
    text = 'Norwell Logistics Inc. ("Norwell") paid Ruth Cole. Norwell sued Sven Olsen.'
    group, kinds = group_of(kg.read_text(text), "Norwell")
    assert (group.name, kinds) == ("Norwell Logistics Inc.", ["name", "name"])


@pytest.mark.model
def test_a_term_in_small_letters_or_inside_a_longer_name_is_none():
    text = f"{FORMS[0]} The buyer met Ruth Cole. Buyer Holdings Ltd. sued the seller."
    assert group_of(kg.read_text(text), "Buyer")[1] == ["nominal"]


@pytest.mark.model
def test_a_clause_number_is_in_no_claim():
    text = "§ 3 The Buyer paid Ruth Cole.\n\n2.1 The Seller sued Sven Olsen.\n\nArticle 5. Orbit Waste paid Ruth Cole.\n"
    assert [c.subject.text for c in of_grammar(kg.read_text(text).claims)] == [
        "The Buyer",
        "The Seller",
        "Orbit Waste",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'He wrote a book ("Tower") in 1990.',
        "Orbit (a firm) paid.",
        'The word ("tower") is old.',
        "Orbit and Norwell (collectively, the “Group”) paid.",
    ],
)
def test_what_defines_nothing_is_no_term(text):
    assert not list(find_terms(text))


def test_many_spaces_and_brackets_take_no_time():
    assert not list(find_terms(" " * 100_000 + "(" * 100_000 + "hereinafter " * 10_000))
