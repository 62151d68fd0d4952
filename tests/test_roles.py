"""Whom a role means, in one document and over several."""

import pytest

import kg

TITLED = "President Ada Okoro met Ben Lee on Monday. "


def who(text, words):
    """Return the name of the group that some words of a text belong to, None if they are in none."""
    start = text.rindex(words)
    reading = kg.read_text(text)
    for group in reading.groups:
        for mention in group.mentions:
            if mention.passage.end == start + len(words):
                return group.name
    return None


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        TITLED + "The President left early.",
        TITLED + "Later the president left early.",
        "Ada Okoro, the President, met Ben Lee. On Friday the President left.",
    ],
)
def test_a_role_with_one_holder_means_that_person(text):
    assert (
        who(text, "President" if "the President left" in text else text.split()[-3]) == "Ada Okoro"
    )


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        TITLED + "President Carl Holt came as well. On Friday the President left.",
        TITLED + "The President of Peru was not there. On Friday the Secretary left.",
        "Former President Ada Okoro met Ben Lee. On Friday the President left.",
    ],
)
def test_with_two_holders_or_another_office_nothing_is_said(text):
    words = "the President" if "the President left" in text else "The President"
    assert who(text, words) not in {"Ada Okoro", "Carl Holt"}


@pytest.mark.model
def test_what_says_who_holds_the_role_is_no_mention_of_the_holder():
    reading = kg.read_text("Ada Okoro, the chairman, resigned.")
    assert [m.text for g in reading.groups for m in g.mentions if g.type == "Person"] == [
        "Ada Okoro"
    ]
