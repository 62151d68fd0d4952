"""The date before an entry of a chronology says when it happened, and is in no claim."""

import pytest
from by_hand import of_grammar

import kg
from kg.reading.documents.chronologies import date_label_end, find_dated
from kg.reading.documents.reader import document_from_text

ENTRIES = (
    ("14 May 2016 – {}", "2016-05-14", "2016-05-14"),
    ("14 May 2016: {}", "2016-05-14", "2016-05-14"),
    ("14 May 2016 - {}", "2016-05-14", "2016-05-14"),
    ("14 May 2016\t{}", "2016-05-14", "2016-05-14"),
    ("* 2001, March 3 — {}", "2001-03-03", "2001-03-03"),
    ("- May 14, 2016: {}", "2016-05-14", "2016-05-14"),
    ("• March 2001 – {}", "2001-03-01", "2001-03-31"),
    ("1990: {}", "1990-01-01", "1990-12-31"),
    ("1996–1999: {}", "1996-01-01", "1999-12-31"),
    ("14 May 2016\n\n{}\n\n15 May 2016\n\nThe river fell.", "2016-05-14", "2016-05-14"),
    ("14 May 2016:\n{}\n16 May 2016:\nThe river fell.", "2016-05-14", "2016-05-14"),
    ("1990\n\n{}\n\n1995\n\nThe river fell.", "1990-01-01", "1990-12-31"),
    ("2017\n\nThe river fell.\n\n2016\n\n14 May – {}", "2016-05-14", "2016-05-14"),
)
SENTENCES = ("Castor Bank buys Orbit Waste.", "Ruth Cole left Castor Bank.")


@pytest.mark.model
@pytest.mark.parametrize(("entry", "first", "last"), ENTRIES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_entry_claims_what_its_sentence_claims_on_its_day(entry, first, last, sentence):
    # What stands at a text's very beginning may be a page's number.
    reading = kg.read_text(
        f"A short history of two firms follows here.\n\n{entry.format(sentence)}\n"
    )
    found = {
        (c.subject.text, c.predicate.lemma, c.object and c.object.text): c
        for c in of_grammar(reading.claims)
    }
    (plain,) = of_grammar(kg.read_text(sentence).claims)
    claim = found[plain.subject.text, plain.predicate.lemma, plain.object.text]
    assert (claim.time.from_day, claim.time.until_day) == (first, last)
    assert reading.document.text[claim.time.start : claim.time.end] == claim.time.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14 May 2016 – Ruth Cole joined Orbit Waste in 2015.", "2015-01-01"),
        ("14 May 2016 – Ruth Cole will join Orbit Waste.", None),
        ("14 May 2016 – Ruth Cole had joined Orbit Waste.", None),
        ("14 May 2016\n\nDear Sven,\n\nRuth Cole joined Orbit Waste.", None),
        ("14 May 2016\n\nRuth Cole joined Orbit Waste.", None),
    ],
)
def test_what_was_or_will_be_on_another_day_is_not_on_that_of_the_entry(text, days):
    claim = next(c for c in kg.read_text(text).claims if c.predicate.lemma == "join")
    assert (claim.time and claim.time.from_day) == days


@pytest.mark.parametrize(
    "text",
    [
        "2016 was a dry year.",
        "14 May 2016 is a Saturday.",
        "1990-style houses",
        "12:30 – tea",
        "May: a name",
    ],
)
def test_a_sentence_that_begins_with_a_number_has_no_date_before_it(text):
    assert date_label_end(text, 0, len(text)) == 0


def test_dates_out_of_order_stand_over_no_entries():
    text = "A list of some letters follows.\n\n1 May 2016\n\nIt rose.\n\n1 May 2010\n\nIt fell.\n\n1 May 2012\n\nIt sank.\n"
    document = document_from_text(text, document_id="d")
    assert not find_dated(document.text, document.paragraphs)


def test_the_years_of_a_tables_rows_date_nothing_below_them():
    cells = ["Company", "Owner", "Since", "Blue Fjord", "Kaito", "2019", "Kaito", "Lotus", "2020"]
    text = "\n\n".join([*cells, "Kaito Marine never paid tax in Norway."])
    document = document_from_text(text, document_id="d")
    assert not find_dated(document.text, document.paragraphs)
