"""References and a bad scan's noise are no sentences, and make no claims."""

import pytest
from by_hand import doc_of
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.reading.claims.no_sentences import is_noise, is_reference, is_titled, states_something
from kg.reading.grammar import Syntax


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


SOLD = """
In   2017 Kenya sold 12     ships for  300    euros .
in   2017 Kenya sell 12     ship  for  300    euro  .
ADP  NUM  PROPN VERB NUM    NOUN  ADP  NUM    NOUN  PUNCT
IN   CD   NNP   VBD  CD     NNS   IN   CD     NNS   .
prep pobj nsubj ROOT nummod dobj  prep nummod pobj  punct
3    0    3     3    5      3     3    8      6     3
"""


def test_a_sentence_with_figures_is_one():
    syntax = Syntax.of(doc_of(SOLD))
    assert not is_reference(syntax, 0, len(syntax))
    assert states_something(syntax, 0, len(syntax))


def test_words_and_figures_without_a_verb_are_a_reference():
    syntax = syntax_of("Okoro 2/2/18 Notes , at 12", "NNP CD NNPS , IN CD")
    assert is_reference(syntax, 0, len(syntax))


@pytest.mark.parametrize(
    ("text", "verb", "titled"),
    [
        ("Trump Backed Off on Iran , New York Times", 1, True),
        ("Ordered by the court they left", 0, False),
        ("KENYA SIGNED THE TREATY", 1, False),
        ('He said " Send the ships " and left', 3, False),
        ("Kenya signed the treaty", 1, False),
    ],
)
def test_a_verb_with_a_capital_inside_a_sentence_is_a_titles(text, verb, titled):
    assert is_titled(syntax_of(text), verb) is titled


def test_a_smudge_is_no_sentence():
    noise = syntax_of("iHferfflatiat1.is lu 11 eHfareefflefl.tseHsitive sHs f!'lttst be trestes")
    assert is_noise(noise, 0, len(noise))


def test_names_with_capitals_inside_are_no_smudge():
    syntax = syntax_of("McGahn told YouTube that WikiLeaks paid PayPal and eBay")
    assert not is_noise(syntax, 0, len(syntax))
