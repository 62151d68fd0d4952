"""Claims that the parse cannot bear out are not made."""

import pytest

from kg.pipeline import read_text

pytestmark = pytest.mark.model


def said(text):
    """Return "subject | relation | object" of each claim."""
    return {
        " | ".join([c.subject.text, c.predicate.lemma, c.object.text if c.object else ""])
        for c in read_text(text).claims
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Ada Okoro, Peru Bought Ships From Chile, Lima Times (May 3, 2018).",
            "Peru | buy | Ships",
        ),
        (
            "As described in Chapter 4, Kenya expelled two envoys.",
            "Kenya | describe in | Chapter 4",
        ),
        ("It is usually on there.", "It | be | "),
        ("The migrants were turned back.", "The migrants | turn | "),
        ("See the reply to Question IV, Part (g), on the treaty.", "Part | be | g"),
        ("Sen. Ada Okoro (R-Fla.) signed the bill.", "Ada Okoro | be | R-Fla."),
        ("Ada Okoro (Labour) signed the bill.", "Ada Okoro | be | Labour"),
        ("Sen. Ada Okoro (R) signed the bill.", "Sen. Ada Okoro | be | R"),
        (
            "Ada Okoro, her future in doubt, signed the bill.",
            "Ada Okoro | be | her future in doubt",
        ),
    ],
)
def test_what_says_nothing_of_its_subject_is_no_claim(text, claim):
    assert claim not in said(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The minister was in Lima.", "The minister | be in | Lima"),
        ("Ada Okoro, a senator, signed the bill.", "Ada Okoro | be | a senator"),
        ("The envoy was expelled.", "The envoy | expel | "),
        ("The ships turned back.", "The ships | turn back | "),
        ("Near Lima, two ships hit a pier.", "two ships | hit | a pier"),
    ],
)
def test_what_says_something_stays(text, claim):
    assert claim in said(text)


def test_whether_stays_in_what_was_determined():
    assert "The court | determine | whether Peru sold the ships" in said(
        "The court determined whether Peru sold the ships."
    )


def test_a_heading_says_something_only_as_a_sentence():
    text = (
        "Ada Okoro, Trainer of Chile\n\nPeru won the cup.\n\nKenya signs the treaty\n\nIt rained.\n"
    )
    claims = said(text)
    assert "Peru | win | the cup" in claims
    assert "Kenya | sign | the treaty" in claims
    assert not [c for c in claims if c.startswith("Ada Okoro")]
