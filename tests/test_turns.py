"""A turn of a transcript, a statement, an answer are their speaker's, not the document's."""

import re

import pytest
from by_hand import LEXICONS, clause, syntax_of_paragraphs

from kg.pipeline import read_text
from kg.reading.documents.reader import document_from_text, read_document
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


@pytest.mark.model
def test_a_statement_ends_with_the_turn_that_introduces_it():
    text = (
        TRANSCRIPT + "\nMR. SMITH: The envoy said:\n\nMS. OKORO: I think that Mali built a dam.\n"
    )
    assert speaker_of(text, "build") == "MS. OKORO"


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
    assert not any("road is closed" in words for words, _ in turns(text))


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


# --- who asks and who answers, who holds the chair, what is nobody's --------------------------

DEPOSITION = """\
                         ADA OKORO,
having been first duly sworn, was examined and testified as follows:

                   EXAMINATION BY MR. HALE

Q.  Who bought the bank?
A.  Harlan bought it.
    MR. VANE:  I object.
BY MR. HALE:
Q.  Who sold it?
A.  Orbit sold it.

                   CROSS-EXAMINATION

BY MS. LUND:
Q.  Did you meet him?
A.  I met him in Oslo.
"""


def addressees(text):
    document = document_from_text(text, document_id="d")
    return [turn.addressee and text[slice(*turn.addressee)] for turn in document.turns]


def test_whoever_examines_asks_and_whoever_was_sworn_answers():
    assert speakers(DEPOSITION) == [
        "MR. HALE", "ADA OKORO", "MR. VANE", "MR. HALE", "ADA OKORO", "MS. LUND", "ADA OKORO",
    ]  # fmt: skip
    assert addressees(DEPOSITION)[:2] == ["ADA OKORO", "MR. HALE"]


def test_a_deposition_with_numbered_lines_has_the_same_turns():
    numbered = "".join(
        f"{n % 25 + 1:2}   {line}\n" for n, line in enumerate(DEPOSITION.splitlines())
    )
    assert speakers(numbered) == speakers(DEPOSITION)


def test_a_question_and_its_answer_may_share_a_line():
    text = (
        "ADA OKORO, sworn. Examined by Mr. Hale.\n\n"
        "Q. Who bought it? A. Harlan bought it. Q. When? A. In May.\n"
    )
    assert [words for words, _ in turns(text)] == [
        "Who bought it?", "Harlan bought it.", "When?", "In May.",
    ]  # fmt: skip


@pytest.mark.parametrize("asks", ["Q    ", "QUESTION: "])
def test_whoever_asks_at_a_briefing_has_no_name(asks):
    text = f"MR. VANE: Good day.\n\n{asks}Who sold it?\n\nMR. VANE: Chile did.\n\n{asks}When?\n\n"
    assert speakers(f"{text}MR. VANE: In May.\n") == [
        "MR. VANE",
        None,
        "MR. VANE",
        None,
        "MR. VANE",
    ]


def test_a_new_witness_has_no_examiner_yet():
    text = f"{DEPOSITION}\nTOM REED, being sworn, testified as follows:\n\nQ. Why?\n\nA. I left.\n"
    assert speakers(text)[-2:] == [None, "TOM REED"]


@pytest.mark.parametrize(
    "front",
    [
        "Chairman: Mr Ivo Lund\n\n",
        "Present: Mr Ivo Lund (Chair), Ms Nora Falk\n\n",
        "Mr Ivo Lund in the Chair\n\n",
        "The CHAIRMAN (Mr Ivo Lund): I open the meeting.\n\n",
    ],
)
def test_whoever_holds_the_chair_is_told_once(front):
    text = "The CHAIRMAN: Good day.\n\nMs FALK: I agree.\n\nThe CHAIRMAN: Well.\n\nMs FALK: Yes.\n"
    found = speakers(front + text)
    assert found[-4:] == ["Mr Ivo Lund", "Ms FALK", "Mr Ivo Lund", "Ms FALK"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mr. Vane (North Dorset) (Con)", "Mr. Vane"),
        ("Ms. Falk (Peru) (spoke in Spanish)", "Ms. Falk"),
        ("The Minister for Ports (Ada Okoro)", "Ada Okoro"),
        ("Nora Falk, Orbit", "Nora Falk"),
        ("THE VIDEOGRAPHER", "THE VIDEOGRAPHER"),
    ],
)
def test_a_label_may_tell_more_than_the_name(label, name):
    text = f"MR. SMITH: I left.\n\n{label}: Kenya won.\n\nMR. SMITH: I met him.\n\n{label}: Yes.\n"
    assert speakers(text) == ["MR. SMITH", name] * 2


def test_a_label_may_fill_two_lines():
    office = "THE SECRETARY OF STATE FOR FOREIGN\nAND COMMONWEALTH AFFAIRS (MR. HALE): I agree.\n\n"
    assert speakers(f"{office}MR. VANE: I left.\n\n{office}MR. VANE: Well.\n") == [
        "MR. HALE", "MR. VANE", "MR. HALE", "MR. VANE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    [
        "\n\nSTATEMENT OF ADA OKORO, MINISTER OF PORTS\n\n",
        "\n\n[Kenya closed the road.]\n\n",
        " [Kenya closed the road. Ed.]\n\n",
        "\n\n_Recess is taken._\n\n",
        "\n\nSeveral hon. Members rose—\n\n",
        "\n\nQuestion put and agreed to.\n\n",
        "\n\n-------------\n\\1\\ See Exhibit 4, which Kenya sent.\n-------------\n\n",
    ],
)
def test_what_the_transcript_itself_says_is_nobodys(inside):
    text = f"MR. SMITH: I left.{inside}MS. OKORO: Yes.\n\nMR. SMITH: Why?\n\nMS. OKORO: So.\n"
    assert [words for words, _ in turns(text)] == ["I left.", "Yes.", "Why?", "So."]


def test_a_prepared_statement_is_whose_its_heading_names():
    text = "MR. SMITH: I left.\n\nMS. OKORO: Yes.\n\nMR. SMITH: Why?\n\n"
    statement = "PREPARED STATEMENT OF IVO LUND, MINISTER OF PORTS\n\nPeru sold the port.\n"
    assert turns(text + statement)[-1] == ("Peru sold the port.", "IVO LUND")


def test_a_sentence_may_announce_who_speaks():
    text = f"{TRANSCRIPT}\nJUDGE VANE spoke as follows:\n\nKenya won.\n"
    assert turns(text)[-1] == ("Kenya won.", "JUDGE VANE")


def test_an_excerpt_may_begin_inside_the_words_of_somebody_unnamed():
    assert turns(f"and Kenya won. Peru lost.\n\n{TRANSCRIPT}")[0] == (
        "and Kenya won. Peru lost.",
        None,
    )


def test_an_interview_may_set_its_questions_in_bold():
    text = "**Did you go?**\n\nI went. Peru won.\n\n**Why?**\n\nMy friend asked me.\n"
    assert turns(text) == [("I went. Peru won.", None), ("My friend asked me.", None)]


@pytest.mark.parametrize(
    "notice",
    [
        "12/03/2021, 14:04 - Ravi added Meena",
        "12/03/2021, 14:04 - Meena: <Media omitted>",
        "12/03/2021, 14:04 - Meena: This message was deleted",
        "[14:04] *** meena has joined",
    ],
)
def test_what_a_chat_program_writes_is_nobodys(notice):
    chat = "12/03/2021, 14:03 - Ravi: Kenya won.\n{}\n12/03/2021, 14:05 - Meena: I left.\n"
    assert turns(chat.format(notice)) == [("Kenya won.", "Ravi"), ("I left.", "Meena")]


# --- subtitles, as a file and pasted ------------------------------------------------------------

TIMES = ("00:00:01,000 --> 00:00:04,000", "00:00:05,000 --> 00:00:07,000")
CUES = f"""\
1
{TIMES[0]}
{{}}

2
{TIMES[1]}
{{}}
"""


def said(document):
    """Return (words without marks and times, who speaks) for each turn of subtitles."""
    hidden = re.compile(r"<[^>]*>|[\d:,.]+ --> [\d:,.]+|^\d$", re.MULTILINE)
    return [
        (
            " ".join(hidden.sub("", document.text[turn.start : turn.end]).split()),
            turn.label and document.text[slice(*turn.label)],
        )
        for turn in document.turns
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ADA: Peru won.", "TOM VANE: I left.", [("Peru won.", "ADA"), ("I left.", "TOM VANE")]),
        ("<v Ada>Peru won.</v>", "<v Tom>No.</v>", [("Peru won.", "Ada"), ("No.", "Tom")]),
        ("<i>ADA: Peru won.</i>", "TOM: I left.", [("Peru won.", "ADA"), ("I left.", "TOM")]),
        ("ADA: Peru won", "the cup.", [("Peru won the cup.", "ADA")]),
        ("<v Ada>Peru won", "the cup.", [("Peru won the cup.", "Ada")]),
        (">> ADA: Peru won.", ">> No.", [("Peru won.", "ADA"), ("No.", None)]),
        ("ADA: Peru won.", "[Applause]", [("Peru won.", "ADA")]),
        ("Peru won.", "Chile lost.", []),
    ],
)
def test_subtitles_have_the_same_turns_as_a_file_and_pasted(first, second, expected, tmp_path):
    text = CUES.format(first, second)
    path = tmp_path / "talk.srt"
    path.write_text(text, encoding="utf-8")
    assert said(document_from_text(text, document_id="d")) == expected
    assert said(read_document(path, "talk.srt", "d")) == expected


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
