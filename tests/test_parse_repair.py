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
NEWS_SPREAD = """
In   the war  the news  spread to   Peru  .
in   the war  the news  spread to   Peru  .
ADP  DET NOUN DET NOUN  VERB   ADP  PROPN PUNCT
IN   DT  NN   DT  NN    VBD    IN   NNP   .
ROOT det pobj det nsubj relcl  prep pobj  punct
0    2   0    4   5     2      5    6     0
"""
SAME_FRAME = """
During the time frame the rebels left  .
during the time frame the rebel  leave .
ADP    DET NOUN NOUN  DET NOUN   VERB  PUNCT
IN     DT  NN   NN    DT  NNS    VBN   .
prep   det pobj ROOT  det nsubj  relcl punct
3      2   0    3     5   6      3     3
"""
HOUSE_THAT = """
In   the house that Kenya built .
in   the house that Kenya build .
ADP  DET NOUN  PRON PROPN VERB  PUNCT
IN   DT  NN    WDT  NNP   VBD   .
ROOT det pobj  dobj nsubj relcl punct
0    2   0     5    5     2     0
"""
WHETHER = """
We    weighed whether evidence proved it    .
we    weigh   whether evidence prove  it    .
PRON  VERB    DET     NOUN     VERB   PRON  PUNCT
PRP   VBD     DT      NN       VBD    PRP   .
nsubj ROOT    det     nsubj    ccomp  dobj  punct
1     1       3       4        1      4     1
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
GERUND = """
They  stopped Peru  from fielding troops .
they  stop    Peru  from field    troop  .
PRON  VERB    PROPN ADP  VERB     NOUN   PUNCT
PRP   VBD     NNP   IN   VBG      NNS    .
nsubj ROOT    dobj  prep amod     pobj   punct
1     1       1     1    5        3      1
"""
RECEIVER = """
Norway gave  Ukraine  tanks .
Norway give  Ukraine  tank  .
PROPN  VERB  PROPN    NOUN  PUNCT
NNP    VBD   NNP      NNS   .
nsubj  ROOT  compound dobj  punct
1      1     3        1     1
"""
NO_VERB = """
Macron ,     the leader ,     called Scholz .
Macron ,     the leader ,     call   Scholz .
PROPN  PUNCT DET NOUN   PUNCT VERB   PROPN  PUNCT
NNP    ,     DT  NN     ,     VBN    NNP    .
ROOT   punct det appos  punct acl    oprd   punct
0      0     3   0      3     3      5      0
"""
CHOSEN = """
Kenya sold rather than   built ships .
Kenya sell rather than   build ship  .
PROPN VERB ADV    ADP    VERB  NOUN  PUNCT
NNP   VBD  RB     IN     VBD   NNS   .
nsubj ROOT advmod cc     conj  dobj  punct
1     1    3      1      1     4     1
"""
LIST_OF_VERBS = """
The cartel bribed judges ,     threatened reporters and   murdered rivals .
the cartel bribe  judge  ,     threaten   reporter  and   murder   rival  .
DET NOUN   VERB   NOUN   PUNCT VERB       NOUN      CCONJ VERB     NOUN   PUNCT
DT  NN     VBD    NNS    ,     VBD        NNS       CC    VBN      NNS    .
det nsubj  csubj  nsubj  punct ROOT       dobj      cc    amod     conj   punct
1   2      5      5      3     5          5         5     9        5      5
"""
CLAUSE_AS_SUBJECT = """
That  the cartel bribed judges worried reporters .
that  the cartel bribe  judge  worry   reporter  .
SCONJ DET NOUN   VERB   NOUN   VERB    NOUN      PUNCT
IN    DT  NN     VBD    NNS    VBD     NNS       .
mark  det nsubj  csubj  nsubj  ROOT    dobj      punct
3     2   3      5      5      5       5         5
"""
NO_ADJECTIVE = """
To   win  ,     Orban courted Putin .
to   win  ,     Orban court   Putin .
PART VERB PUNCT PROPN VERB    PROPN PUNCT
TO   VB   ,     NNP   VBD     NNP   .
aux  advcl punct nsubj amod   ROOT  punct
1    5    5     4     5       5     5
"""
ASIDE_BEFORE = """
They go   and   ,     as    he    says ,     means it   .
they go   and   ,     as    he    say  ,     mean  it   .
PRON VERB CCONJ PUNCT SCONJ PRON  VERB PUNCT VERB  PRON PUNCT
PRP  VBP  CC    ,     IN    PRP   VBZ  ,     VBZ   PRP  .
nsubj ROOT cc   punct mark  nsubj advcl punct conj dobj punct
1    1    1     8     6     6     8    8     1     8    1
"""
DISAGREEING = """
We   will go   on  until it   yields and   ends the war  .
we   will go   on  until it   yield  and   end  the war  .
PRON AUX  VERB ADP SCONJ PRON VERB   CCONJ VERB DET NOUN PUNCT
PRP  MD   VB   RP  IN    PRP  VBZ    CC    VBZ  DT  NN   .
nsubj aux ROOT prt mark  nsubj advcl cc    conj det dobj punct
2    2    2    2   6     6    2      2     2    10  8    2
"""
PLURAL = """
They met  troops in  the town who  are leading talks .
they meet troop  in  the town who  be  lead    talk  .
PRON VERB NOUN   ADP DET NOUN PRON AUX VERB    NOUN  PUNCT
PRP  VBD  NNS    IN  DT  NN   WP   VBP VBG     NNS   .
nsubj ROOT dobj  prep det pobj nsubj aux relcl dobj  punct
1    1    1      2   5   3    8    8   5       8     1
"""


def test_what_stands_before_a_semicolon_is_not_what_somebody_believed():
    assert "Kenya | leave" in said(SEMICOLON)
    assert claim(SEMICOLON, "leave").is_fact


def test_it_was_x_that_did_it():
    assert said(CLEFT) == ["Chad | sell | the gold"]


def test_it_was_not_x_that_did_it():
    assert said(DENIED_CLEFT) == []


def test_a_participle_before_a_noun_may_be_what_somebody_is_kept_from():
    assert "Peru | field | troops" in said(GERUND)
    assert claim(GERUND, "field").polarity == "negative"


def test_who_is_given_something_is_no_part_of_its_name():
    assert {"Norway | give | tanks", "Norway | give tanks to | Ukraine"} <= set(said(RECEIVER))


def test_a_sentence_has_a_verb():
    assert "Macron | call | Scholz" in said(NO_VERB)


def test_what_is_not_chosen_is_no_claim():
    assert not [line for line in said(CHOSEN) if "build" in line]


def test_every_verb_of_a_list_is_a_verb():
    expected = {"judges": "bribe", "reporters": "threaten", "rivals": "murder"}
    lines = {line.removeprefix("The cartel | ") for line in said(LIST_OF_VERBS)}
    assert {f"{verb} | {who}" for who, verb in expected.items()} <= lines


def test_a_clause_after_that_is_a_subject_also_at_the_beginning_of_a_text():
    assert mended(doc_of(CLAUSE_AS_SUBJECT)).deps[3] == "csubj"


def test_no_verb_is_joined_to_what_hangs_on_it():
    assert mended(doc_of(ASIDE_BEFORE)).heads[8] == 1


def test_no_adjective_has_a_subject():
    assert "Orban | court | Putin" in said(NO_ADJECTIVE)
    assert claim(NO_ADJECTIVE, "win").modality == "intended"


def test_a_joined_verb_agrees_with_its_subject():
    assert "it | end | the war" in said(DISAGREEING)
    assert not claim(DISAGREEING, "end").is_fact


def test_a_relative_clause_agrees_with_its_noun():
    assert "troops in the town | lead | talks" in said(PLURAL)


def test_a_sentence_without_a_verb_gets_the_clause_that_hangs_on_its_opening():
    assert said(NEWS_SPREAD) == ["the news | spread in | the war", "the news | spread to | Peru"]
    assert said(SAME_FRAME) == ["the rebels | leave during | the time frame"]


def test_a_relative_clause_with_its_pronoun_stays_one():
    assert said(HOUSE_THAT) == ["Kenya | build | the house"]


def test_whether_opens_its_clause():
    found = claim(WHETHER, "prove")
    assert (found.subject.text, found.is_fact) == ("evidence", False)


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
