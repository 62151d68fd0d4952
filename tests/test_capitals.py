"""Text in capitals is read as running text has it, and no offset moves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.reading.parsing.capitals import in_running_case

SENTENCES = (
    "Helen Marsh resigned on Thursday.",
    "Ruth Cole met Omar Haddad in Cork.",
    "Police arrested Oskar Lund in Leeds.",
    "Sven Olsen denied the charges.",
    "Gotland Dredging sued the city of Visby.",
    "Nils Berg was born in Bergen.",
)


def restored(text, **options):
    return in_running_case(text, [(0, len(text))], **options)


def claims(text):
    """Return what a text says, each claim as words in small letters."""
    return {
        tuple(
            map(
                str.casefold, (c.subject.text, c.predicate.lemma, c.object.text if c.object else "")
            )
        )
        for c in kg.read_text(text).claims
    }


def names(text):
    return {(group.name.casefold(), group.type) for group in kg.read_text(text).groups}


@pytest.mark.model
@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_in_capitals_says_and_names_the_same(text):
    assert claims(text.upper()) == claims(text)
    assert names(text.upper()) == names(text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("POLICE ARRESTED OSKAR LUND.", "Police arrested Oskar Lund."),
        ("NATO AND THE FBI LEFT AT 5 P.M.", "NATO and the FBI left at 5 p.m."),
        ("I MET DR. J. P. MCDONALD'S WIFE.", "I met Dr. J. P. McDonald's wife."),
        ("WE DIDN'T LEAVE. HE DID.", "We didn't leave. He did."),
        ("ORBIT LTD. AND RHINE GMBH LOST.", "Orbit Ltd. and Rhine GmbH lost."),
        ("He saw JOHN SMITH in NEW YORK.", "He saw John Smith in New York."),
        ("He said: THE BANK LOST MONEY. I left.", "He said: the bank lost money. I left."),
        ("The US NAVY and BBC NEWS left.", "The US Navy and BBC News left."),
        ("JOHN SMITH left. Mr SMITH stayed.", "John Smith left. Mr Smith stayed."),
        ("CARL VON SCHUBERT LEFT THE COUNTRY.", "Carl von Schubert left the country."),
    ],
)
def test_capitals_become_what_running_text_has(text, read):
    assert restored(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested Oskar Lund in Leeds.",
        "The FBI and NATO paid the EU; a VIP did not.",
        "The BBC, CNN and ITN showed it.",
        "A CONSULTANT shall mean the Seller.",
        "",
    ],
)
def test_ordinary_text_stays_as_it_is(text):
    assert restored(text) == text


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Police Arrest Oskar Lund In Leeds", "Police arrest Oskar Lund in Leeds"),
        ("Norwell Bank Hires Karin Holt", "Norwell Bank hires Karin Holt"),
        ("Department of Foreign Affairs and Trade", "Department of Foreign Affairs and Trade"),
    ],
)
def test_a_headline_with_a_verb_loses_the_capitals_of_its_words(text, read):
    assert restored(text, headlines=[(0, len(text))]) == read


@pytest.mark.model
def test_the_document_shows_how_a_name_is_written():
    text = "The Orbit fund lost money, and the Orbit fund closed. HE LEFT THE ORBIT FUND THAT DAY."
    assert restored(text).endswith("He left the Orbit fund that day.")


@pytest.mark.model
def test_an_entity_that_stands_in_capitals_alone_goes_by_its_usual_form():
    reading = kg.read_text("HELEN MARSH RESIGNED ON THURSDAY.")
    (group,) = (g for g in reading.groups if g.type == "Person")
    assert (group.name, group.mentions[0].text) == ("Helen Marsh", "HELEN MARSH")


@pytest.mark.model
@settings(deadline=None)  # the tables are loaded once
@given(
    st.lists(st.sampled_from([*"ABSßéÉİŞǅ'.-7 \"", "THE ", "McD", "LUND "]), max_size=60).map(
        "".join
    )
)
def test_no_letter_moves_and_none_but_its_size_changes(text):
    read = restored(text, headlines=[(0, len(text))])
    assert len(read) == len(text)
    assert read.casefold() == text.casefold()
