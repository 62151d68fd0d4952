"""A turn in a transcript, a statement and an answer are their speaker's, not the document's."""

import pytest
from by_hand import LEXICONS, clause, phrase, syntax_of_paragraphs

from kg.pipeline import read_text
from kg.reading.status.turns import find_turns

TRANSCRIPT = """\
MR. SMITH: Kenya signed the treaty. Peru protested.

MS. OKORO: Chile left the union.

It sold the port.

MR. SMITH: I met the envoy.

MS. OKORO: I met him too.
"""
QUESTIONS = """\
Q: Did you meet the envoy?
A: I met him in May. Peru paid for it.
Q: Who sent you?
A: The minister sent me to Oslo.
"""
STATEMENT = """\
The Foreign Minister, Ada Okoro, said:

Today is a good day. Peru freed the envoy.

We thank our partners. Chile opened the border.

The ministry was founded in 1901.
"""
SIGNED = "Peru won the cup. Chile lost it.\n\n― Ada Okoro\n\nKenya left the union.\n"
INTERVIEW = """\
How long have you been a farmer?

I began in 1990. My father sold the shop.

Do you like it?

I do. The town built a road.

What do you grow?

I grow tea. The bank financed the trees.

Who helps you?

My sister helps me. She runs the farm.
"""


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
        (TRANSCRIPT, "sign", "MR. SMITH"),
        (TRANSCRIPT, "protest", "MR. SMITH"),
        (TRANSCRIPT, "sell", "OKORO"),
        (QUESTIONS, "pay for", "A"),
        (QUESTIONS, "send me to", "A"),
        (STATEMENT, "free", "The Foreign Minister"),
        (STATEMENT, "open", "The Foreign Minister"),
        (STATEMENT, "found", ""),
        (SIGNED, "lose", "Ada Okoro"),
        (SIGNED, "leave", ""),
        ("Peru won the cup. ― Ada Okoro, trainer", "win", "Ada Okoro"),
        (INTERVIEW, "finance", None),
        (INTERVIEW, "run", None),
        ("Ada Okoro: Peru won the cup. Chile lost it.", "lose", "Ada Okoro"),
        ("Background: Peru won the cup. Chile lost it.", "lose", ""),
        ("The ships (Lima: Peru) left. Chile lost the cup.", "lose", ""),
        ("Who lost the cup?\n\nChile lost it in May. It left the league.\n", "leave", ""),
    ],
)
def test_what_is_said_in_a_turn_is_the_speakers(text, relation, speaker):
    assert speaker_of(text, relation) == speaker


@pytest.mark.model
@pytest.mark.parametrize("opening", [QUESTIONS.replace("\n", "\n\n"), TRANSCRIPT, INTERVIEW])
def test_a_few_turns_do_not_put_a_whole_report_into_somebodys_mouth(opening):
    report = "The army guards the road.\n\n" * 60 + "Peru built a dam.\n\n"
    assert speaker_of(f"{opening}\n{report}MS. OKORO: I left.\n", "build") == ""


# --- on parses written by hand ---------------------------------------------------------------

SIGNS, LEAVES = clause("Kenya", "signed", "treaty"), clause("Chile", "left", "union")
SELLS, ASKS = clause("It", "sold", "port"), clause("You", "saw", "envoy", end="?")
ANSWERS, THANKS = clause("I", "met", "envoy"), clause("We", "thanked", "partners")
SAYS = clause("Minister", "said", "today", lemma="say", end=":")


def turns(*paragraphs):
    """Return verb -> who speaks there: a word, None for nobody named."""
    syntax = syntax_of_paragraphs(*paragraphs)
    found = find_turns(syntax, LEXICONS, lambda verb: syntax.child(verb, {"nsubj"}))
    return {
        syntax.words[i]: None if speaker.head is None else syntax.words[speaker.head]
        for i, speaker in sorted(found.items())
        if syntax.pos[i] == "VERB"
    }


def test_a_turn_lasts_until_the_next_label():
    smith, okoro = phrase("MR. SMITH :"), phrase("MS. OKORO :")
    found = turns([smith, SIGNS], [okoro, LEAVES], [SELLS], [smith, ANSWERS], [okoro, THANKS])
    assert found == {
        "signed": "SMITH",
        "left": "OKORO",
        "sold": "OKORO",
        "met": "SMITH",
        "thanked": "OKORO",
    }


def test_one_label_of_who_asks_makes_a_transcript():
    asked, answered = phrase("Q :", "NOUN"), phrase("A :", "NOUN")
    found = turns([asked, ASKS], [answered, SIGNS], [LEAVES], [asked, SELLS], [answered, THANKS])
    assert (found["signed"], found["left"], found["thanked"]) == ("A", "A", "A")


def test_a_persons_label_in_a_report_opens_one_paragraph():
    assert turns([phrase("Ada Okoro :"), SIGNS, LEAVES], [SELLS]) == {
        "signed": "Okoro",
        "left": "Okoro",
    }


@pytest.mark.parametrize("opening", [phrase("Peru :"), phrase("The claim :", "NOUN")])
def test_another_label_in_a_report_opens_one_sentence(opening):
    assert list(turns([opening, SIGNS, LEAVES])) == ["signed"]


@pytest.mark.parametrize(
    "opening",
    [
        [phrase("as follows :", "NOUN")],
        [phrase("Peru , Chile , Mali , Chad :")],
        [clause("It", "sold", "port", end="("), phrase("Peru :")],
        [phrase(": Peru")],
    ],
)
def test_not_everything_before_a_colon_speaks(opening):
    assert turns([*opening, SIGNS]) == {}


def test_a_label_without_a_clause_behind_it_is_none():
    assert turns([phrase("Peru : port")], [SIGNS]) == {}


def test_few_labels_make_no_transcript_of_a_long_text():
    smith, reports = phrase("MR. SMITH :"), [[SELLS]] * 60
    found = turns([smith, SIGNS], [smith, ANSWERS], [smith, THANKS], *reports)
    assert "sold" not in found


def test_a_statement_goes_on_while_it_says_we():
    assert turns([SAYS], [SIGNS], [THANKS], [LEAVES]) == {
        "signed": "Minister",
        "thanked": "Minister",
    }


@pytest.mark.parametrize(
    "introduction",
    [clause("Minister", "sold", "port", end=":"), SAYS.replace("nsubj", "dep")],
)
def test_a_colon_without_somebody_who_says_something_introduces_nobody(introduction):
    assert turns([introduction], [SIGNS]) == {}


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([[SIGNS], [phrase("― Ada Okoro")], [LEAVES]], {"signed": "Okoro"}),
        ([[SIGNS, phrase("― Ada Okoro , trainer")], [LEAVES]], {"signed": "Okoro"}),
        (
            [[clause("Kenya", "signed", "treaty", end="”")], [phrase("Ada Okoro")]],
            {"signed": "Okoro"},
        ),
        ([[SIGNS], [phrase("― Ada Okoro .")]], {}),
        ([[SIGNS], [phrase("Ada Okoro")]], {}),
        ([[phrase("― Ada Okoro")], [SIGNS]], {}),
    ],
)
def test_a_signature_tells_whose_the_words_above_it_are(paragraphs, expected):
    assert turns(*paragraphs) == expected


def test_answers_to_you_are_somebodys_whom_nobody_names():
    exchange = [[ASKS], [ANSWERS, SIGNS]]
    assert turns(*exchange * 3, [LEAVES]) == {"met": None, "signed": None}
    assert turns(*exchange * 2) == {}
