"""What the parser often gets wrong is mended before any rule reads it."""

import pytest
from by_hand import LEXICONS, claim, doc_of, said, syntax_of

from kg.reading.parse_repair import mend, mended

SEMICOLON = """
Kenya left  ;     they believed the plan  .
Kenya leave ;     they believe  the plan  .
PROPN VERB  PUNCT PRON VERB     DET NOUN  PUNCT
NNP   VBD   :     PRP  VBD      DT  NN    .
nsubj ccomp punct nsubj ROOT    det dobj  punct
1     4     4     4    4        6   4     4
"""
HOUSE_THAT = """
In   the house that Kenya built .
in   the house that Kenya build .
ADP  DET NOUN  PRON PROPN VERB  PUNCT
IN   DT  NN    WDT  NNP   VBD   .
ROOT det pobj  dobj nsubj relcl punct
0    2   0     5    5     2     0
"""
CLEFT = """
It    was  Chad  that  sold  the gold .
it    be   Chad  that  sell  the gold .
PRON  AUX  PROPN PRON  VERB  DET NOUN PUNCT
PRP   VBD  NNP   WDT   VBD   DT  NN   .
nsubj ROOT attr  nsubj ccomp det dobj punct
1     1    1     4     1     6   4    1
"""
DENIED_CLEFT = """
It    was  n't  Chad  that  sold  the gold .
it    be   not  Chad  that  sell  the gold .
PRON  AUX  PART PROPN PRON  VERB  DET NOUN PUNCT
PRP   VBD  RB   NNP   WDT   VBD   DT  NN   .
nsubj ROOT neg  attr  nsubj ccomp det dobj punct
1     1    1    1     5     1     7   5    1
"""
CHOSEN = """
Kenya sold rather than   built ships .
Kenya sell rather than   build ship  .
PROPN VERB ADV    ADP    VERB  NOUN  PUNCT
NNP   VBD  RB     IN     VBD   NNS   .
nsubj ROOT advmod cc     conj  dobj  punct
1     1    3      1      1     4     1
"""
CLAUSE_AS_SUBJECT = """
That  the cartel bribed judges worried reporters .
that  the cartel bribe  judge  worry   reporter  .
SCONJ DET NOUN   VERB   NOUN   VERB    NOUN      PUNCT
IN    DT  NN     VBD    NNS    VBD     NNS       .
mark  det nsubj  csubj  nsubj  ROOT    dobj      punct
3     2   3      5      5      5       5         5
"""
ASIDE_BEFORE = """
They go   and   ,     as    he    says ,     means it   .
they go   and   ,     as    he    say  ,     mean  it   .
PRON VERB CCONJ PUNCT SCONJ PRON  VERB PUNCT VERB  PRON PUNCT
PRP  VBP  CC    ,     IN    PRP   VBZ  ,     VBZ   PRP  .
nsubj ROOT cc   punct mark  nsubj advcl punct conj dobj punct
1    1    1     8     6     6     8    8     1     8    1
"""


def test_what_stands_before_a_semicolon_is_not_what_somebody_believed():
    assert "Kenya | leave" in said(SEMICOLON)
    assert claim(SEMICOLON, "leave").is_stated


def test_it_was_x_that_did_it():
    assert said(CLEFT) == ["Chad | sell | the gold"]


def test_it_was_not_x_that_did_it():
    assert said(DENIED_CLEFT) == []


def test_what_is_not_chosen_is_no_claim():
    assert not [line for line in said(CHOSEN) if "build" in line]


def test_a_clause_after_that_is_a_subject_also_at_the_beginning_of_a_text():
    assert mended(doc_of(CLAUSE_AS_SUBJECT)).deps[3] == "csubj"


def test_no_verb_is_joined_to_what_hangs_on_it():
    assert mended(doc_of(ASIDE_BEFORE)).heads[8] == 1


def test_a_relative_clause_with_its_pronoun_stays_one():
    assert said(HOUSE_THAT) == ["Kenya | build | the house"]


MAN_WITH = """
This is   the man   whom  he    lives with
this be   the man   whom  he    live  with
PRON AUX  DET NOUN  PRON  PRON  VERB  ADP
DT   VBZ  DT  NN    WP    PRP   VBZ   IN
nsubj ROOT det attr pobj  nsubj relcl prep
1    1    3   1     7     6     3     6
"""
ORDERED = """
Tanks gave Ukraine
tank  give Ukraine
NOUN  VERB PROPN
NNS   VBD  NNP
dobj  ROOT compound
1     1    0
"""


@pytest.mark.parametrize("parse", [MAN_WITH, ORDERED])
def test_a_text_may_end_and_begin_anywhere(parse):
    syntax = syntax_of(parse)
    mend(syntax, LEXICONS)
    assert syntax.heads == syntax_of(parse).heads


REPORTED = """
Peru  sold  the ships ,     the priest recalled .
Peru  sell  the ship  ,     the priest recall   .
PROPN VERB  DET NOUN  PUNCT DET NOUN   VERB     PUNCT
NNP   VBD   DT  NNS   ,     DT  NN     VBD      .
nsubj ROOT  det dobj  punct det nsubj  advcl    punct
1     1     3   1     1     6   7      1        1
"""


def test_what_stands_before_he_added_is_what_he_added():
    syntax = mended(doc_of(REPORTED))
    assert (syntax.deps[7], syntax.deps[1], syntax.heads[1]) == ("ROOT", "ccomp", 7)
