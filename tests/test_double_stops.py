"""A full stop that ends an abbreviation and the sentence serves twice."""

from itertools import product

import pytest
from by_hand import of_grammar

import kg

ABBREVIATIONS = (
    "the U.S.",
    "the F.B.I.",
    "Orbit Inc.",
    "Castor Retail Ltd.",
    "Norwell S.A.",
    "Rhine GmbH.",
    "Robert Leeson Jr.",
    "Baker St.",
    "Robert Leeson Sr.",
    "J. P. Morgan Jr.",
    "San Diego, Cal.",
    "Group I.",
    "Apt. 4.",
)
FRAMES = ("Karin Holt left {}", "Sven Olsen met officials of {}", "The court fined {}")
FOLLOWING = (
    "Ruth Cole resigned.",
    "Prosecutors charged Ruth Cole with fraud.",
    "The regulator in Leeds opened an inquiry.",
    "Castor Bank bought three ships.",
    "Chairman Ruth Cole resigned.",
    "Smith sued Castor Bank.",
    "Lt. Col. Omar Lund resigned.",
    "iPhone sales rose.",
)
TITLES = (
    "He met U.S. President Ruth Cole in Leeds.",
    "He said U.S. Steel lost money.",
    "He told the U.S. Geological Survey that Peru would agree.",
    "He visited the U.S. Capitol and met Ruth Cole.",
    "Mr. A. B. Ashdown met Dr. C. Tovey at St. Mary's Hospital.",
    "He sued Orbit Inc. in Leeds on Jan. 5 over item No. 7.",
    "Reporters asked whether U.S. Navy ships fired.",
    "The fleet stayed where U.S. Consul Ruth Cole met the sailors.",
    "The firm that sued U.S. Steel lost.",
    "He said an attack on U.S. Steel failed.",
    "He fired Orbit Inc. Chairman Ruth Cole as sales fell.",
    "My right hon. Friend resigned.",
    "The Rt. Hon. Ruth Cole met Cpl. Lund.",
    "He left on Mon. Jan. 5 with Ruth Cole.",
    "He moved to San Diego, Cal. in 2014.",
    "He cited Art. 5 and Cole et al. in 2014.",
)


MISREAD = {("the U.S.", FRAMES[0]), ("San Diego, Cal.", FRAMES[0])}
"""Before "iPhone sales" the sentence runs on; "Cal" is read otherwise before another sentence."""


def marked(pair):
    """Return a pair, expected to fail where the tree is wrong; once it is right, the test says so."""
    misread = pytest.mark.xfail(strict=True, reason="the tree is wrong")
    return pytest.param(*pair, marks=misread if pair in MISREAD else ())


def claims(text):
    """Return what a text says, each claim as words."""
    return sorted(
        (c.subject.text, c.predicate.lemma, c.object.text if c.object else "", c.is_stated)
        for c in of_grammar(kg.read_text(text).claims)
    )


@pytest.mark.model
@pytest.mark.parametrize(("name", "frame"), [*map(marked, product(ABBREVIATIONS, FRAMES))])
def test_two_sentences_claim_what_each_of_them_claims(name, frame):
    first = frame.format(name)
    for second in FOLLOWING:
        assert claims(f"{first} {second}") == sorted(claims(first) + claims(second))


@pytest.mark.model
@pytest.mark.parametrize("text", TITLES)
def test_a_stop_before_a_title_a_name_or_a_number_ends_nothing(text):
    assert len(kg.read_text(text).sentences) == 1


@pytest.mark.model
def test_no_sentence_ends_before_a_name_that_the_document_repeats():
    text = "Ruth Cole left U.S. Halberd stayed. The owner of U.S. Halberd resigned."
    assert len(kg.read_text(text).sentences) == 2
