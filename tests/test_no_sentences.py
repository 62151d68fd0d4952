"""References and a bad scan's noise are no sentences, and make no claims."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.reading.grammar import Syntax
from kg.reading.no_sentences import is_noise, is_reference


def syntax_of(text, tags=""):
    """Return words without a tree; all are names but for the tags that are given."""
    words = text.split()
    given = tags.split() or ["NNP"] * len(words)
    pos = ["VERB" if tag.startswith("VB") else "PROPN" for tag in given]
    return Syntax.of(Doc(Vocab(), words=words, tags=given, pos=pos))


@pytest.mark.parametrize(
    "text",
    [
        "See Zachary Mider , Deep Ties to Moscow",
        "Id. at the end",
        "Gates 2/2/18 302 , at 12",
        "Trump Backed Off , New York Times ( Jan. 25 , 2018 ) .",
    ],
)
def test_a_reference_is_no_sentence(text):
    syntax = syntax_of(text)
    assert is_reference(syntax, 0, len(syntax))


def test_a_sentence_with_figures_is_one():
    syntax = syntax_of(
        "In 2017 Kenya sold 12 ships for 300 euros", "IN CD NNP VBD CD NNS IN CD NNS"
    )
    assert not is_reference(syntax, 0, len(syntax))


def test_a_smudge_is_no_sentence():
    noise = syntax_of("iHferfflatiat1.is lu 11 eHfareefflefl.tseHsitive sHs f!'lttst be trestes")
    assert is_noise(noise, 0, len(noise))


def test_names_with_capitals_inside_are_no_smudge():
    syntax = syntax_of("McGahn told YouTube that WikiLeaks paid PayPal and eBay")
    assert not is_noise(syntax, 0, len(syntax))
