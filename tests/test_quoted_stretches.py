"""Block quotations, letters, comments and mails inside a text are whoever's who wrote them."""

import pytest

from kg.pipeline import read_text
from kg.reading.documents.reader import document_from_text


def turns(text):
    """Return (words, who speaks) for each turn of a text; None for nobody named."""
    document = document_from_text(text, document_id="d")
    return [
        (text[turn.start : turn.end], turn.label and text[slice(*turn.label)])
        for turn in document.turns
    ]


def visible(text):
    """Return the words of a text that are no furniture."""
    document = document_from_text(text, document_id="d")
    words, start = "", 0
    for cut in (*document.furniture, (len(text), len(text))):
        words += text[start : cut[0]]
        start = cut[1]
    return " ".join(words.split())


def said_by(text):
    """Return relation -> who says so, the innermost; "" for the document itself."""
    found = {}
    for claim in read_text(text).claims:
        said = claim.attributions
        speaker = said[-1].speaker if said else None
        found[claim.predicate.head] = "" if not said else speaker and speaker.text
    return found


# --- block quotations ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("> Peru signed the treaty.", [("Peru signed the treaty.", None)]),
        (
            "> Peru signed the treaty.\n>\n> — Ada Okoro, minister",
            [("Peru signed the treaty.", "Ada Okoro")],
        ),
        ("> Peru signed the treaty.\n\n— Ada Okoro", [("Peru signed the treaty.", "Ada Okoro")]),
        (
            "> I saw it.\n>\n> > Peru signed the treaty.",
            [
                ("I saw it.\n>\n> > Peru signed the treaty.", None),
                ("Peru signed the treaty.", None),
            ],
        ),
        ("> [!NOTE]\n> Peru signed the treaty.", []),
        ("> **Note:** Peru signed the treaty.", []),
    ],
)
def test_a_block_quotation_is_somebody_elses(quotation, expected):
    assert turns(f"The club met in May.\n\n{quotation}\n\nKenya closed the road.\n") == expected


def test_words_set_in_after_a_colon_are_quoted():
    before = (
        "The report tells what the witness wrote in May, and the court gives it here at length:"
    )
    quoted = "     Peru signed the treaty in May of that year, and the envoys\n     left the city."
    after = "The court holds that Kenya closed the road to the north in June of the same year."
    assert [who for _, who in turns(f"{before}\n\n{quoted}\n\n{after}\n")] == [None]


@pytest.mark.model
def test_the_sentence_before_a_block_quotation_tells_whose_it_is():
    text = (
        "The club met in May. Ada Okoro wrote:\n\n> Peru signed the treaty.\n>\n"
        "> Chile left the union.\n\nKenya closed the road.\n"
    )
    assert said_by(text) == {
        "meet": "",
        "write": "",
        "sign": "Ada Okoro",
        "leave": "Ada Okoro",
        "close": "",
    }


@pytest.mark.model
def test_a_statement_goes_on_while_its_paragraphs_open_with_a_mark():
    text = (
        'Statement by Ada Okoro:\n\n"Peru signed the treaty. We sold the port.\n\n'
        '"Chile left the union."\n\nKenya closed the road.\n'
    )
    assert said_by(text) == {
        "sign": "Ada Okoro",
        "sell": "Ada Okoro",
        "leave": "Ada Okoro",
        "close": "",
    }


# --- letters and comments ----------------------------------------------------------------------

LETTER = """\
Dear Ms Falk,

Peru signed the treaty. I met the envoy.

Yours sincerely,

Omar Teck
Minister of Ports
"""


@pytest.mark.parametrize("before", ["", "The committee read a letter.\n\n"])
@pytest.mark.parametrize("after", ["", "\nKenya closed the road.\n"])
def test_a_letter_is_whose_who_signs_it(before, after):
    text = before + LETTER + after
    assert turns(text) == [("Peru signed the treaty. I met the envoy.", "Omar Teck")]
    addressee = document_from_text(text, document_id="d").turns[0].addressee
    assert text[slice(*addressee)] == "Ms Falk"
    assert "Dear" not in visible(text)
    assert "sincerely" not in visible(text)


def test_a_letter_of_old_is_whose_who_signs_it():
    text = (
        "LIMA, May 3, 1862.\n\nSIR: Peru signed the treaty.\n\n"
        "I have the honor to be, sir, your obedient servant,\n\nOMAR TECK.\n"
    )
    assert turns(text) == [("Peru signed the treaty.", "OMAR TECK")]


def test_a_letter_to_the_editor_needs_no_closing():
    text = "To the Editor:\n\nPeru sold the port. I saw it.\n\nADA OKORO\nLima, May 3, 2016\n"
    assert turns(text) == [("Peru sold the port. I saw it.", "ADA OKORO")]


def test_a_postscript_is_the_signers():
    text = "Dear Nora,\n\nKenya won.\n\nLove,\nOmar\n\nP.S. Chile sold the port.\n"
    assert turns(text) == [("Kenya won.", "Omar"), ("Chile sold the port.", "Omar")]


def test_a_salutation_that_nobody_signs_is_no_letter():
    assert turns("Dear Nora,\n\nKenya won.\n\nPeru lost.\n") == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# Ada Okoro to Tom Vane\n\n3 May 1957", [("Peru won.", "Ada Okoro")]),
        (
            "12. Letter From Ada Okoro to Tom Vane\n\nLima, May 3, 1957.",
            [("Peru won.", "Ada Okoro")],
        ),
        ("# L.E. Okoro to Tom Vane\n\n3 May 1957", [("Peru won.", "L.E. Okoro")]),
        ("# Letter to Tom Vane\n\n3 May 1957", []),
        ("# Cablegram to Lima\n\n3 May 1957", []),
        ("# Ada Okoro to Tom Vane", []),
    ],
)
def test_a_heading_over_a_day_tells_who_writes_to_whom(heading, expected):
    assert turns(f"{heading}\n\nPeru won.\n\n# Notes\n\nKenya lost.\n") == expected


@pytest.mark.parametrize(
    "head",
    [
        "Ada Okoro says:\nMay 4, 2016 at 11:10 am",
        "Ada Okoro\n3 May 2016 at 10:12",
        "Ada Okoro · 2 hours ago",
        "**Ada Okoro** | 3 May 2016",
        "Posted by Ada Okoro on May 4, 2016",
    ],
)
@pytest.mark.parametrize("heading", ["Comments", "## 2 Comments", "Readers' comments (2)"])
def test_a_comment_is_whose_who_wrote_it(heading, head):
    article = "Peru signed the treaty in May.\n\n"
    text = f"{article}{heading}\n\n{head}\nKenya closed the road.\nReply\n"
    assert turns(text) == [("Kenya closed the road.", "Ada Okoro")]
    assert visible(text) == "Peru signed the treaty in May. Kenya closed the road."


def test_a_heading_over_comments_needs_somebody_who_comments():
    assert turns("# Comments\n\nThe agency agreed with the report.\n") == []


# --- mails ---------------------------------------------------------------------------------------

HEADER = "From: Ada Okoro <ada@example.org>\nTo: all@example.org\nSubject: Port\n\n"


def told(text):
    """Return the speakers of a mail, each after whoever quotes them."""
    return [name for _, name in turns(text)]


@pytest.mark.parametrize(
    "introduction",
    [
        "On 4 May 2020, Tom Vane wrote:",
        "On Mon, May 4, 2020 at 5:12 PM Tom Vane <tom@example.org> wrote:",
        "On Mon, May 4, 2020 at 5:12 PM Tom Vane <\ntom@example.org> wrote:",
        "On Mon, May 4, 2020 at 5:12 PM Tom Vane <tom@example.org>\nwrote:",
        "Am 04.05.2020 um 17:12 schrieb Tom Vane:",
        "Le lun. 4 mai 2020 à 17:12, Tom Vane <tom@example.org> a écrit :",
        "Tom Vane wrote:",
    ],
)
def test_what_introduces_a_quoted_mail_tells_whose_it_is(introduction):
    text = f"{HEADER}I left.\n\n{introduction}\n> Kenya won.\n"
    assert told(text) == ["Ada Okoro", "Tom Vane"]
    assert visible(text) == "I left. Kenya won."


def test_answers_between_the_lines_leave_the_quoted_one_the_same():
    text = f"{HEADER}Tom Vane wrote:\n> Kenya won.\nNo.\n> Peru lost.\nYes.\n"
    assert told(text) == ["Ada Okoro", "Tom Vane", "Tom Vane"]


def test_an_introduction_behind_the_mark_names_whoever_is_behind_it():
    text = f"{HEADER}I left.\n\n> On 4 May 2020, Tom Vane wrote:\n>\n> Kenya won.\n"
    assert turns(text)[1:] == [("Kenya won.", "Tom Vane")]


@pytest.mark.parametrize(
    "header",
    [
        "Von: Tom Vane\nGesendet: Montag, 4. Mai 2020 17:12\nAn: Ada Okoro\nBetreff: Port",
        "De : Tom Vane\nEnvoyé : lundi 4 mai 2020 17:12\nÀ : Ada Okoro\nObjet : Port",
        "From: Tom Vane\nSent: Monday, 4 May 2020 17:12\nTo: Ada Okoro\nSubject: Port",
        "*From:* Tom Vane\n*Date:* 4 May 2020\n*To:* Ada Okoro\n*Subject:* Port",
        "Tom Vane/LIM/ORBIT\n05/04/2020 05:12 PM\nTo\nAda Okoro/LIM/ORBIT@ORBIT\ncc\n\nSubject\nPort",
        '"Tom Vane" <tom@example.org> on 05/04/2020 05:12:07 PM\n\nTo: Ada Okoro\ncc:\nSubject: Port',
    ],
)
def test_a_header_tells_the_author_in_whatever_style(header):
    text = f"{header}\n\nKenya won.\n"
    assert turns(text) == [("Kenya won.", "Tom Vane")]
    assert visible(text) == "Kenya won."


@pytest.mark.parametrize(
    "below",
    [
        "Kind regards,\nAda Okoro\nOrbit Ltd is registered in England.",
        "Ada Okoro\nHead of Ports",
        "Ada",
        "Sent from my iPhone",
        "This email is confidential and intended for the addressee. If you\nhave it in error, delete it.",
    ],
)
def test_what_stands_below_a_mail_is_no_text(below):
    assert visible(f"{HEADER}I left.\n\n{below}\n") == "I left."


@pytest.mark.model
def test_what_is_written_in_an_article_makes_it_no_mail():
    text = "The club met. Ada Okoro wrote:\n\n> Peru won the cup.\n\nKenya closed the road.\n"
    assert said_by(text)["close"] == ""
