"""A turn in a transcript, a statement and an answer are their speaker's, not the document's."""

import pytest

from kg.pipeline import read_text

pytestmark = pytest.mark.model

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


@pytest.mark.parametrize("opening", [QUESTIONS.replace("\n", "\n\n"), TRANSCRIPT, INTERVIEW])
def test_a_few_turns_do_not_put_a_whole_report_into_somebodys_mouth(opening):
    report = "The army guards the road.\n\n" * 60 + "Peru built a dam.\n\n"
    assert speaker_of(f"{opening}\n{report}MS. OKORO: I left.\n", "build") == ""
