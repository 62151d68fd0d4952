"""What stands between quotation marks is never the document's own voice."""

import pytest
from by_hand import LEXICONS, clause, phrase, syntax_of_paragraphs
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.pipeline import read_text
from kg.reading.grammar import Syntax
from kg.reading.mentions.groups import Mentions, TokenMention
from kg.reading.status.note_sources import find_note_sources
from kg.reading.status.quotations import LONGEST, find_quotations, quotation_pairs
from kg.records import Footnote


def speaker_of(text, relation):
    """Return who says a claim: words, None for nobody named; "" if it is not attributed."""
    found = next(c for c in read_text(text).claims if c.predicate.lemma == relation)
    if found.attribution is None:
        return ""
    return found.attribution.speaker and found.attribution.speaker.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "relation", "speaker"),
    [
        ('"Peru invaded Chile," said Ada Okoro.', "invade", "Ada Okoro"),
        ("“Peru invaded Chile. Chile fled,” Ada Okoro said.", "invade", "Ada Okoro"),
        ("“Peru invaded Chile. Chile fled,” Ada Okoro said.", "flee", "Ada Okoro"),
        ('"Peru invaded Chile." The envoy left Oslo.', "invade", None),
        ('"Peru invaded Chile." The envoy left Oslo.', "leave", ""),
        ('"Chile lost," Ada Okoro said. "Peru won."', "win", "Ada Okoro"),
        ('Peru called the war "a success".', "call", ""),
        ('Kenya\'s exploitation of the vacuum was "one of the biggest setbacks".', "exploit", ""),
        ('Peru signed the "friendship" treaty.', "sign", ""),
        ('He wrote 12" records. Peru signed the treaty.', "sign", ""),
    ],
)
def test_quoted_words_are_their_speakers(text, relation, speaker):
    assert speaker_of(text, relation) == speaker


NOTED = """\
Growth in Kenya was "one of the worst disappointments"[1] of 2016. Peru opened the port.[2] \
Chile was "a partner",[3] and Peru was "a rival"[4] of Chile.

1. Oral evidence – Foreign Minister, 7 February 2017.
2. Oral evidence – Ada Okoro, 8 February 2017.
3. Letter from Ada Okoro, 9 February 2017.
4. Chile closed the port in 2009.
"""


@pytest.mark.model
@pytest.mark.parametrize(
    ("object_", "speaker"),
    [
        ("one of the worst disappointments", "Foreign Minister"),
        ("the port", ""),
        ("a partner", "Ada Okoro"),
        ("a rival", ""),
    ],
)
def test_a_note_that_cites_names_who_is_quoted(object_, speaker):
    found = next(c for c in read_text(NOTED).claims if c.object and object_ in c.object.text)
    assert (found.attribution.speaker.text if found.attribution else "") == speaker


@pytest.mark.model
def test_a_quotation_inside_another_does_not_end_it():
    text = "Kenya bought it. \"We left Lima and the guards warned us: 'Peru will sell it.'\""
    told = {c.predicate.head: c.is_stated for c in read_text(text).claims}
    assert told == {"buy": True, "leave": False, "warn": False, "sell": False}


# --- on parses written by hand ---------------------------------------------------------------

LETTER = """
Letter from Okoro ,     Monday
letter from Okoro ,     Monday
NOUN   ADP  PROPN PUNCT PROPN
NN     IN   NNP   ,     NNP
ROOT   prep pobj  punct npadvmod
0      0    1     0     0
"""
QUOTED = phrase("“ disaster ” .", "NOUN")


def quoted(text):
    """Return the words between marks, by pair."""
    syntax = Syntax.of(Doc(Vocab(), words=text.split()))
    return [" ".join(syntax.words[first:last]) for first, last in quotation_pairs(syntax)]


def cited(note, *, named=(), gap=0, is_marked=True):
    """Return who is quoted where ``note`` is marked ``gap`` characters behind a quotation."""
    syntax = syntax_of_paragraphs([QUOTED], [note])
    first, mark = syntax.words.index(".") + 1, syntax.ends[syntax.words.index("”")] + gap
    footnote = Footnote(
        "1", syntax.starts[first], syntax.ends[-1], (mark, mark + 1) if is_marked else None
    )
    heads = {syntax.words.index(word): kind for word, kind in dict(named).items()}
    mentions = Mentions(
        groups=(),
        mentions=(),
        at_head={i: TokenMention(i, i + 1, i, kind, "name", ()) for i, kind in heads.items()},
        group_of={},
    )

    def locate(tokens):
        return ((syntax.starts[tokens[0]], syntax.ends[tokens[-1]]),)

    found = find_note_sources(syntax, mentions, [footnote], locate)
    return {syntax.words[i]: syntax.words[speaker.head] for i, speaker in found.items()}


@pytest.mark.parametrize(
    ("note", "named", "source"),
    [
        (phrase("Oral evidence – Minister", "NOUN"), {"Minister": "Role"}, "Minister"),
        (LETTER, {"Okoro": "Person"}, "Okoro"),
        (LETTER, {"Monday": "Date"}, "Okoro"),
        (phrase("Annual report", "NOUN"), {}, "report"),
    ],
)
def test_a_note_names_its_first_person_or_body_or_else_a_noun(note, named, source):
    assert cited(note, named=named) == {"disaster": source}


def test_a_note_that_says_something_names_nobody():
    assert cited(clause("Chile", "closed", "port"), named={"Chile": "Country"}) == {}


def test_a_notes_mark_may_stand_behind_a_full_stop():
    assert cited(LETTER, gap=2) == {"disaster": "Okoro"}


def test_a_mark_further_off_is_of_something_else():
    assert cited(LETTER, gap=3) == {}


def test_a_note_without_a_mark_names_nobody():
    assert cited(LETTER, is_marked=False) == {}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“ no ” and “ yes ”", ["no", "yes"]),
        ("“ she said “ no ” to me ”", ["no", "she said “ no ” to me"]),
        ("no ” and “ yes", []),
        (f"“ {'so ' * (LONGEST + 1)} ”", []),
    ],
)
def test_quotation_marks_are_paired(text, pairs):
    assert quoted(text) == pairs


def test_a_mark_that_stays_open_is_forgotten_when_the_next_paragraph_opens_one():
    syntax = syntax_of_paragraphs([phrase("“ Peru")], [phrase("“ Chile ”")])
    assert [syntax.words[first:last] for first, last in quotation_pairs(syntax)] == [["Chile"]]


@pytest.mark.parametrize(
    ("aside", "speaker"),
    [
        ("its/PRON neighbours/NOUN say/VERB", "neighbours"),
        ("say/VERB the/DET neighbours/NOUN", "neighbours"),
        ("neighbours/NOUN say/VERB now/NOUN", None),
        ("neighbours/NOUN sell/VERB", None),
        ("we/PRON say/VERB", None),
        ("neighbours/NOUN in/ADP Peru/PROPN say/VERB", None),
        ("once/ADV say/VERB", None),
    ],
)
def test_who_says_so_between_commas_speaks_for_the_sentence(aside, speaker):
    words, kinds = zip(*(token.split("/") for token in aside.split()), strict=True)
    tokens = ["Kenya", ",", *words, ",", "fled", "."]
    pos = ["PROPN", "PUNCT", *kinds, "PUNCT", "VERB", "PUNCT"]
    tags = ["VBP" if kind == "VERB" else kind for kind in pos]
    syntax = Syntax.of(Doc(Vocab(), words=tokens, lemmas=tokens, pos=pos, tags=tags))
    found = find_quotations(syntax, LEXICONS, lambda verb: None)
    fled = found.get(tokens.index("fled"))
    assert (fled and syntax.words[fled.head]) == speaker
