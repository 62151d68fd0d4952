"""A turn in a transcript, a statement and an answer are their speaker's, not the document's."""

import pytest
from by_hand import LEXICONS, clause, syntax_of_paragraphs

from kg.pipeline import read_text
from kg.reading.documents.reader import document_from_text
from kg.reading.status.statements import find_statements

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
        (TRANSCRIPT, "sell", "MS. OKORO"),
        (QUESTIONS, "pay for", None),
        (QUESTIONS, "send me to", None),
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
def test_who_speaks_is_told_once_however_deep_the_clause():
    text = TRANSCRIPT + "\nMR. SMITH: I think that Mali wants to build a dam.\n"
    claims = [c for c in read_text(text).claims if "build" in c.predicate.lemma]
    assert claims
    for claim in claims:
        spoken = [a.speaker.text for a in claim.attributions if a.speaker]
        assert spoken.count("MR. SMITH") == 1


@pytest.mark.model
@pytest.mark.parametrize("opening", [QUESTIONS.replace("\n", "\n\n"), TRANSCRIPT, INTERVIEW])
def test_a_few_turns_do_not_put_a_whole_report_into_somebodys_mouth(opening):
    report = "The army guards the road.\n\n" * 60 + "Peru built a dam.\n\n"
    assert speaker_of(f"{opening}\n{report}MS. OKORO: I left.\n", "build") == ""


# --- the layout alone: nothing is parsed ------------------------------------------------------


def turns(text):
    """Return (words, who speaks) for each turn of a text; None for nobody named."""
    document = document_from_text(text, document_id="d")
    return [
        (text[turn.start : turn.end], turn.label and text[slice(*turn.label)])
        for turn in document.turns
    ]


def speakers(text):
    return [name for _, name in turns(text)]


def test_a_turn_lasts_until_the_next_label():
    found = turns(TRANSCRIPT)
    assert found[1] == ("Chile left the union.\n\nIt sold the port.", "MS. OKORO")


def test_a_label_that_comes_once_is_a_new_speaker():
    text = TRANSCRIPT + "\nLADY VANE: He met me as well.\n\nMR. SMITH: I did.\n"
    assert speakers(text)[-2:] == ["LADY VANE", "MR. SMITH"]


def test_an_office_names_whoever_is_told_in_brackets():
    office = "THE MINISTER OF STATE, HOME OFFICE (LORD VANE): I agree with the noble Lord.\n"
    text = f"LORD HILL: I ask the House.\n\nTHE LORD BISHOP OF LIMA: I thank him.\n\n{office}"
    assert speakers(text) == ["LORD HILL", "THE LORD BISHOP OF LIMA", "LORD VANE"]


@pytest.mark.parametrize("heading", ["Decisions:", "Present:", "NOTE:", "Date and time:"])
def test_a_heading_is_no_speaker(heading):
    text = f"{heading} 3 May\n\n{TRANSCRIPT}\n{heading}\n\n1. The road is closed.\n"
    assert set(speakers(text)) == {"MR. SMITH", "MS. OKORO"}


@pytest.mark.parametrize(
    "report",
    [
        "The town has a port.\n\nBackground: Peru won the cup. Chile lost it.\n",
        "Chairman: Ada Okoro\n\nSecretary: Tom Vane\n\nThe club met in May.\n",
        "The rule is simple: it has no exception.\n\nIt has one aim: peace.\n",
        "Name: Tom Vane\nBorn: 3 May 1970\nPlace: Lima\n\nName: Ada Hill\nBorn: 1 May 1980\nPlace: Oslo\n",
        "A. Claims\n\nThe court heard two claims.\n\nA. Facts\n\nThe bank paid.\n",
    ],
)
def test_a_report_has_no_turns(report):
    assert turns(report) == []


def test_a_stage_direction_is_nobodys():
    text = "MR. SMITH: I left.\n\n[Kenya closed the road.]\n\nMS. OKORO: Yes.\n\nMR. SMITH: Why?\n"
    assert not any("Kenya" in words for words, _ in turns(text))


def test_questions_and_answers_have_no_name():
    assert speakers(QUESTIONS) == [None] * 4


def test_initials_are_whoever_was_named_in_full():
    text = "**Ada Okoro:** Why?\n\n**Tom Vane:** I left.\n\n**AO:** When?\n\n**TV:** In May.\n"
    assert speakers(text + "\n**AO:** Thanks.\n") == ["Ada Okoro", "Tom Vane"] * 2 + ["Ada Okoro"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SIGNED, [("Peru won the cup. Chile lost it.", "Ada Okoro")]),
        ("Peru won. ― Ada Okoro, trainer", [("Peru won.", "Ada Okoro")]),
        ("“Kenya signed it.”\n\nAda Okoro\n", [("“Kenya signed it.”", "Ada Okoro")]),
        ("Kenya signed it.\n\nAda Okoro\n", []),
        ("– Ada Okoro\n– Tom Vane\n\nKenya signed it.\n", []),
    ],
)
def test_a_signature_tells_whose_the_words_above_it_are(text, expected):
    assert turns(text) == expected


def test_a_mail_is_its_authors_and_what_it_quotes_is_whose_it_was():
    text = (
        "From: Ada Okoro <ada@example.org>\nTo: Tom Vane\nSubject: Re: The port\n\n"
        "We sold it.\n\nOn 3 May 2020, Tom Vane wrote:\n> Who has the port?\n> Peru wants it.\n\n"
        "Best regards,\nAda\n"
    )
    document = document_from_text(text, document_id="d")
    assert speakers(text) == ["Ada Okoro", "Tom Vane"]
    assert turns(text)[1][0] == "Who has the port?\n> Peru wants it."
    assert text[slice(*document.turns[0].addressee)] == "Tom Vane"
    cut = [text[start:end] for start, end in document.furniture]
    assert "Best regards,\nAda" in "".join(cut) or {"Best regards,", "Ada"} <= set(cut)


def test_two_who_talk_mean_each_other_by_you():
    text = "Ada Okoro: I met you.\n\nTom Vane: You did.\n\nAda Okoro: Yes.\n\nTom Vane: Well.\n"
    document = document_from_text(text, document_id="d")
    assert [text[slice(*turn.addressee)] for turn in document.turns[:2]] == [
        "Tom Vane",
        "Ada Okoro",
    ]


# --- statements, on parses written by hand ----------------------------------------------------

SIGNS, LEAVES = clause("Kenya", "signed", "treaty"), clause("Chile", "left", "union")
THANKS = clause("We", "thanked", "partners")
SAYS = clause("Minister", "said", "today", lemma="say", end=":")


def stated(*paragraphs):
    """Return verb -> who states it."""
    syntax = syntax_of_paragraphs(*paragraphs)
    found = find_statements(syntax, LEXICONS, lambda verb: syntax.child(verb, {"nsubj"}))
    return {
        syntax.words[i]: syntax.words[speaker.head]
        for i, speaker in sorted(found.items())
        if syntax.pos[i] == "VERB"
    }


def test_a_statement_goes_on_while_it_says_we():
    assert stated([SAYS], [SIGNS], [THANKS], [LEAVES]) == {
        "signed": "Minister",
        "thanked": "Minister",
    }


@pytest.mark.parametrize(
    "introduction",
    [clause("Minister", "sold", "port", end=":"), SAYS.replace("nsubj", "dep")],
)
def test_a_colon_without_somebody_who_says_something_introduces_nobody(introduction):
    assert stated([introduction], [SIGNS]) == {}
