"""A time that opens a sentence, or stands between commas, belongs to the verb alone."""

from by_hand import LEXICONS, syntax_of

from kg.reading.parse_repair import mend

OPENING = """
In   March of   2017   Kenya left the camp .
in   March of   2017   Kenya leave the camp .
ADP  PROPN ADP  NUM    PROPN VERB DET NOUN PUNCT
IN   NNP   IN   CD     NNP   VBD  DT  NN   .
prep pobj  prep nummod pobj  ROOT det dobj punct
5    0     1    4      2     5    7   5    5
"""
BETWEEN_COMMAS = """
Kenya ,     last Friday   ,     left  the camp .
Kenya ,     last Friday   ,     leave the camp .
PROPN PUNCT ADJ  PROPN    PUNCT VERB  DET NOUN PUNCT
NNP   ,     JJ   NNP      ,     VBD   DT  NN   .
nsubj punct amod npadvmod punct ROOT  det dobj punct
5     0     3    0        0     5     7   5    5
"""


def _mended(parse):
    syntax = syntax_of(parse)
    mend(syntax, LEXICONS)
    return syntax


def test_a_time_that_opens_a_sentence_leaves_it_its_subject():
    syntax = _mended(OPENING)
    kenya, left = syntax.words.index("Kenya"), syntax.words.index("left")
    assert (syntax.heads[kenya], syntax.deps[kenya]) == (left, "nsubj")
    assert syntax.children[kenya] == []


def test_a_time_between_commas_is_no_part_of_the_subject():
    syntax = _mended(BETWEEN_COMMAS)
    friday, left = syntax.words.index("Friday"), syntax.words.index("left")
    assert (syntax.heads[friday], syntax.deps[friday]) == (left, "npadvmod")
