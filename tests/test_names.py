"""Parses and what a pipeline proposes in, names out."""

import copy
import pickle
from importlib.metadata import entry_points

import parses
import pytest
import spacy
from by_hand import names_of
from spacy.tokens import Doc

from kg.lexicons import Known
from kg.reading.names import abbreviations
from kg.reading.names import finder as names
from kg.reading.names.users_own import OwnNames


@pytest.mark.parametrize(
    ("parse", "name", "type_"),
    [
        ("ACTIVE", "Kenya", "Country"),
        ("THE_WEST", "West", "Region"),
        ("BANK_OF", "Bank of England", "Organization"),
        ("COMMITTEE", "Security Committee", "Organization"),
        ("EURO", "Euro 2016", "Event"),
        ("OPERATION", "Operation Barkhane", "Event"),
        ("SOCHI", "Sochi Olympics", "Event"),
        ("SOCHI", "Sochi", "City"),
        ("SALISBURY", "Salisbury", "City"),
        ("LIST", "London", "City"),
        ("CITIZENS", "Russian citizens", "Group"),
        ("GROUPS", "Mongolian forces", "Group"),
        ("THE_RUSSIANS", "Russians", "Group"),
        ("APPOSITION", "Russian president", "Role"),
        ("ROLE", "President", "Role"),
    ],
)
def test_a_name_is_found_that_no_pipeline_proposed(parse, name, type_):
    assert (name, type_) in names_of(getattr(parses, parse))


@pytest.mark.parametrize(
    ("parse", "proposed", "name", "type_"),
    [
        ("ATTACK", ("Skripal", "PERSON"), "Skripal attack", "Event"),
        ("ATTACK", ("Skripal", "PERSON"), "Skripal", "Person"),
        ("REGIME", ("Assad", "PERSON"), "Assad regime", "Government"),
        ("REGIME", ("Assad", "PERSON"), "Assad", "Person"),
        ("ROLE", ("Ruto", "GPE"), "Ruto", "Person"),
        ("CLINTON", ("Hillary Clinton", "PERSON"), "Clinton", "Person"),
        ("SOCHI", ("the Sochi Olympics", "ORG"), "Sochi Olympics", "Event"),
        ("SALISBURY", ("Salisbury", "ORG"), "Salisbury", "City"),
    ],
)
def test_what_the_pipeline_proposes_is_mended(parse, proposed, name, type_):
    assert (name, type_) in names_of(getattr(parses, parse), proposed)


@pytest.mark.parametrize(
    ("parse", "proposed", "name", "type_"),
    [
        ("ROLE", ("President Ruto", "Person"), "Ruto", "Person"),
        ("SOCHI", ("Sochi", "Organization"), "Sochi", "City"),
        ("REGIME", ("Assad", "Organization"), "Assad", "Person"),
        ("ACTIVE", ("Kenya", "Organization"), "Kenya", "Country"),
        ("EURO", ("Euro", "Organization"), "Euro 2016", "Event"),
    ],
)
def test_what_the_trained_model_proposes_is_mended(parse, proposed, name, type_):
    assert (name, type_) in names_of(getattr(parses, parse), proposed)


def test_a_name_begins_behind_a_verb_that_was_taken_for_a_part_of_it():
    parse = (
        parses.ACTIVE.replace("treaty", "Orbita").replace("NOUN ", "PROPN").replace("NN ", "NNP")
    )
    found = names_of(parse, ("Kenya signed the Orbita", "Organization"))
    assert ("Orbita", "Organization") in found
    assert not [name for name, _ in found if "signed" in name]


def test_a_surname_that_is_a_town_stays_a_person():
    found = names_of(parses.CLINTON, ("Hillary Clinton", "PERSON"))
    assert ("Clinton", "City") not in found


def test_a_common_word_at_the_start_of_a_sentence_is_no_town():
    assert names_of(parses.READING) == []


def test_after_in_a_town_is_no_person():
    assert names_of(parses.MANCHESTER, ("Manchester", "PERSON")) == [("Manchester", "City")]


@pytest.mark.parametrize("parse", ["BOSTON", "THE_ORANGE", "LINCOLN"])
def test_a_listed_word_in_a_longer_name_or_after_an_article_or_title_is_no_town(parse):
    assert "City" not in [type_ for _, type_ in names_of(getattr(parses, parse))]


def test_a_direction_is_no_region():
    assert [name for name, _ in names_of(parses.THE_WEST)] == ["West", "Russia"]


ROLES_AND_REPORTS = """
Acting Attorney General Ada Okoro wrote in English to Deputy Chairman Ben Lima under 491 U.S. 440
act    Attorney General Ada Okoro write in English to Deputy Chairman Ben Lima under 491 U.S. 440
PROPN  PROPN    PROPN   PROPN PROPN VERB ADP PROPN ADP PROPN PROPN PROPN PROPN ADP NUM PROPN NUM
NNP    NNP      NNP     NNP   NNP   VBD  IN  NNP   IN  NNP   NNP   NNP   NNP   IN  CD  NNP   CD
compound compound compound compound nsubj ROOT prep pobj prep compound compound compound pobj prep nummod pobj nummod
4      4        4       4     4     5    5   6     5   12    12    12    8     5   15  13    15
"""


def test_a_person_begins_after_the_role_and_a_deputy_s_role_is_one():
    found = names_of(
        ROLES_AND_REPORTS,
        ("Acting Attorney General Ada Okoro", "Person"),
        ("Deputy Chairman Ben Lima", "Person"),
    )
    assert ("Ada Okoro", "Person") in found
    assert ("Ben Lima", "Person") in found
    assert ("Deputy Chairman", "Role") in found


def test_a_language_and_a_law_report_are_no_country():
    assert not {"Country", "Region"} & {kind for _, kind in names_of(ROLES_AND_REPORTS)}


@pytest.mark.parametrize("words", ["Attorney General", "Acting Attorney General"])
def test_a_role_alone_is_no_person(words):
    assert (words, "Person") not in names_of(ROLES_AND_REPORTS, (words, "Person"))


def test_a_demonym_leads_to_its_country():
    doc = names.NameFinder()(spacy.blank("en")("Chinese forces"))
    (found,) = names.names_in(doc)
    assert (found.kind, found.type, found.label) == ("demonym", "Country", "China")


@pytest.fixture
def named():
    """Return a Doc with names of each kind, one of them labelled by its user with a bar."""
    own = OwnNames({"Okoro": Known("Organization", "Okoro | Sons")}, {"Okoro": 1})
    return names.NameFinder(own)(spacy.blank("en")("Okoro met Chinese forces and the Russians"))


def test_a_label_may_hold_any_character(named):
    assert [n.label for n in names.names_in(named) if n.source == "own"] == ["Okoro | Sons"]


@pytest.mark.parametrize(
    "again",
    [
        lambda doc: Doc(doc.vocab).from_bytes(doc.to_bytes()),
        lambda doc: pickle.loads(pickle.dumps(doc)),
        copy.deepcopy,
    ],
    ids=["bytes", "pickle", "copy"],
)
def test_names_survive_with_their_document(named, again):
    assert names.names_in(again(named)) == names.names_in(named)


@pytest.fixture
def blank():
    nlp = spacy.blank("en")
    nlp.add_pipe(abbreviations.COMPONENT)
    nlp.add_pipe(names.COMPONENT)
    return nlp


def names_by(nlp):
    doc = nlp("In 2018 Russia met the World Health Organization (WHO).")
    return [(span.text, span.label_) for span in doc.spans[names.SPANS]]


def test_the_component_finds_listed_names_in_a_blank_pipeline(blank):
    assert ("Russia", "Country") in names_by(blank)


def test_the_components_survive_a_folder(blank, tmp_path):
    blank.to_disk(tmp_path)
    assert names_by(spacy.load(tmp_path)) == names_by(blank)


def test_the_components_survive_pickling(blank):
    assert names_by(pickle.loads(pickle.dumps(blank))) == names_by(blank)


@pytest.mark.parametrize("name", [names.COMPONENT, abbreviations.COMPONENT])
def test_spacy_finds_the_components_by_their_entry_points(name):
    (entry,) = entry_points(group="spacy_factories", name=name)
    assert callable(entry.load())


@pytest.mark.parametrize(
    "text",
    [
        "Operation",
        "Euro 2016",
        "1999 election",
        "Senator",
        "Okoro vs",
        "Smith as",
        "Bank of",
        "the West",
        "( WHO",
    ],
)
def test_a_text_may_begin_and_end_anywhere_in_a_name(blank, text):
    doc = blank(text)
    assert all(0 <= n.start < n.end <= len(doc) for n in names.names_in(doc))


def test_nothing_before_the_first_word_is_looked_for_at_the_end_of_the_text(blank):
    assert [n.type for n in names.names_in(blank("Gulf talks went the"))] == []
