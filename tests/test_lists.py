"""An item of a list says what the sentence says in which it is written out."""

import time
from functools import cache

import pytest

import kg
from kg.reading.documents.lists import find_entries
from kg.reading.documents.reader import document_from_text

MARKS = (
    ("- ", "- ", "- "),
    ("– ", "– ", "– "),
    ("* ", "* ", "* "),
    ("• ", "• ", "• "),
    ("▪ ", "▪ ", "▪ "),
    ("1. ", "2. ", "3. "),
    ("1) ", "2) ", "3) "),
    ("(a) ", "(b) ", "(c) "),
    ("(i) ", "(ii) ", "(iii) "),
    ("a) ", "b) ", "c) "),
)
LEAD_INS = (
    ("The sanctions target", ("Ruth Cole", "Sven Olsen")),
    ("The bank shall", ("pay Ruth Cole", "hire Sven Olsen", "sue Castor Bank")),
    ("The board", ("fired Ruth Cole", "hired Sven Olsen", "sued Castor Bank")),
    ("We plan to", ("sue Ruth Cole", "buy Orbit Waste", "hire Sven Olsen")),
    ("In 2016 the ministry paid", ("Ruth Cole", "Sven Olsen", "Castor Bank")),
    ("It is alleged that", ("Ruth Cole paid Sven Olsen", "Castor Bank sued Ruth Cole")),
    ("The witness denied that", ("Ruth Cole paid Sven Olsen", "Castor Bank sued Ruth Cole")),
)


@cache
def claims(text):
    """Return what a text says, each claim as words, and how it is meant."""
    return sorted(
        (
            c.subject.text,
            c.predicate.lemma,
            c.object.text if c.object else "",
            c.polarity,
            c.modality,
            c.is_stated,
            c.time.text if c.time else "",
        )
        for c in kg.read_text(text).claims
    )


def statuses(text, relation):
    return {
        (c.polarity, c.modality, c.is_stated)
        for c in kg.read_text(text).claims
        if c.predicate.lemma == relation
    }


def written_out(lead_in, items):
    return sorted({claim for item in items for claim in claims(f"{lead_in} {item}.")})


def entries(text):
    """Return each item with the words that lead into it."""
    found = find_entries(document_from_text(text, document_id="d"))
    words = [text[entry.start : entry.end] for entry in found]
    return [
        (None if e.lead is None else words[e.lead], words[n]) for n, e in enumerate(found) if e.item
    ]


@pytest.mark.model
@pytest.mark.parametrize(("marks", "blank"), [*zip(MARKS, ("\n", "\n\n") * 5, strict=True)])
def test_items_on_lines_of_their_own_claim_what_the_sentences_claim(marks, blank):
    for lead_in, items in LEAD_INS:
        lines = [f"{mark}{item}" for mark, item in zip(marks, items, strict=False)]
        text = f"{lead_in}:{blank}{blank.join(lines)}\n\nThe river rose."
        assert set(claims(text)) >= set(written_out(lead_in, items)), text
        assert len(claims(text)) == len(written_out(lead_in, items)) + 1, text


@pytest.mark.model
@pytest.mark.parametrize("marks", [m for m in MARKS if ")" in m[0]])
def test_items_inside_a_sentence_claim_what_the_sentences_claim(marks):
    for lead_in, items in LEAD_INS:
        parts = [f"{mark}{item}" for mark, item in zip(marks, items, strict=False)]
        text = f"{lead_in} {'; '.join(parts[:-1])}; and {parts[-1]}."
        assert claims(text) == written_out(lead_in, items), text


@pytest.mark.model
@pytest.mark.parametrize(
    ("lead_in", "fact"),
    [
        ("The witness denied the following:", False),
        ("The witness made these allegations:", False),
        ("None of the following is true:", False),
        ("Options:", False),
        ("Possible outcomes:", False),
        ("The prosecution alleged:", False),
        ("The question is whether:", False),
        ("It is unclear if:", False),
        ("The court heard the following allegations:", False),
        ("Decisions:", True),
        ("The auditors listed three events:", True),
    ],
)
def test_a_clause_is_meant_as_its_lead_in_says(lead_in, fact):
    text = f"{lead_in}\n\n- Ruth Cole paid Sven Olsen.\n- Castor Bank sued Orbit Waste.\n"
    for relation in ("pay", "sue"):
        assert {is_fact for *_, is_fact in statuses(text, relation)} <= {fact}, text


@pytest.mark.model
def test_names_take_the_place_of_the_following():
    text = "The following people attended the meeting:\n- Anita Rao, chair\n- Claire Dubois\n"
    said = [(c.subject.text, c.predicate.lemma) for c in kg.read_text(text).claims]
    assert {("Anita Rao", "attend"), ("Claire Dubois", "attend")} <= set(said)


@pytest.mark.model
def test_a_list_without_a_lead_in_fuses_nothing_and_its_names_are_found():
    text = "Members\n\n- Ruth Cole\n- Sven Olsen\n- Castor Bank\n\nThe river rose."
    reading = kg.read_text(text)
    names = {m.text for g in reading.groups for m in g.mentions}
    assert {"Ruth Cole", "Sven Olsen", "Castor Bank"} <= names
    assert [c.subject.text for c in reading.claims] == ["The river"]


@pytest.mark.model
def test_what_is_said_of_items_stands_in_the_text():
    text = "The bank shall (a) pay Ruth Cole; and (b) hire Sven Olsen.\n"
    reading = kg.read_text(text)
    for claim in reading.claims:
        assert text[slice(*claim.subject.spans[0])] == "The bank"
        assert claim.sentence[0] == 0
        assert claim.object.spans[-1][1] <= claim.sentence[1]
    assert [c.predicate.text for c in reading.claims] == ["shall pay", "shall hire"]


def test_an_outer_list_goes_on_behind_an_inner_one():
    text = (
        "The bank shall:\n\n(a) pay:\n\n(i) Ruth Cole; and\n\n(ii) Sven Olsen;\n\n(b) sue Orbit.\n"
    )
    assert entries(text) == [
        ("The bank shall:", "pay:"),
        ("pay:", "Ruth Cole"),
        ("pay:", "Sven Olsen"),
        ("The bank shall:", "sue Orbit."),
    ]


def test_a_reference_to_a_paragraph_is_no_item():
    text = "Under paragraphs (a) and (b), or section 4(a), (b), the Buyer pays."
    assert entries(text) == []


def test_numbered_paragraphs_have_no_lead_in():
    text = "1. The river rose.\n\n2. The bank fell.\n\n3. The town was flooded.\n"
    assert {lead for lead, _ in entries(text)} == {None}


def test_what_one_speaker_says_leads_into_nothing_of_another():
    text = "MR. SMITH: We plan to:\n\nMS. JONES:\n\n- I went home early that day.\n"
    assert all(lead is None for lead, _ in entries(text))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Ruth Cole named two areas:\n\n- Training the police\n- Hiring more clerks\n",
        "Members present:\n\n- Sven Olsen\n- Castor Bank\n",
    ],
)
def test_an_item_that_makes_no_sentence_with_its_lead_in_states_nothing(text):
    items = {"Sven Olsen", "Castor Bank", "police", "the police", "more clerks"}
    assert not any(c.object and c.object.text in items for c in kg.read_text(text).claims)


@pytest.mark.model
def test_those_who_did_it_are_each_told():
    text = "The company was founded by:\n- Ruth Cole\n- Sven Olsen\n"
    claims = kg.read_text(text).claims
    assert [a.phrase.text for c in claims for a in c.arguments] == ["Ruth Cole", "Sven Olsen"]
    assert len({c.id for c in claims}) == len(claims) == 2


@pytest.mark.model
def test_the_items_of_a_question_are_asked():
    text = "Did the board:\n- sue Ruth Cole?\n- hire Sven Olsen?\n"
    assert {c.modality for c in kg.read_text(text).claims} == {"questioned"}


@pytest.mark.model
def test_a_sentence_behind_a_list_has_nothing_of_its_lead_in():
    text = (
        "The witness denied that (a) Ruth Cole paid Sven Olsen; and (b) Castor Bank fell. "
        "Orbit Waste sued Ruth Cole because (a) she left; and (b) Sven Olsen died."
    )
    assert statuses(text, "sue") == {("positive", "asserted", True)}
    assert {fact for *_, fact in statuses(text, "pay")} == {False}


@pytest.mark.parametrize(
    "piece", ["(a) x; (b) y; ", "(1) ", "1. a:\n\n5. b:\n\n", "- a:\n  - b:\n", "(a) (i) "]
)
def test_lists_without_an_end_take_no_time(piece):
    document = document_from_text(piece * 5_000, document_id="d")
    start = time.perf_counter()
    find_entries(document)
    assert time.perf_counter() - start < 10
