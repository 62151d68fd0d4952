"""What stands between quotation marks is never the document's own voice."""

import pytest

from kg.pipeline import read_text

pytestmark = pytest.mark.model


def speaker_of(text, relation):
    """Return who says a claim: words, None for nobody named; "" if it is not attributed."""
    found = next(c for c in read_text(text).claims if c.predicate.lemma == relation)
    if found.attribution is None:
        return ""
    return found.attribution.speaker and found.attribution.speaker.text


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


def test_a_quotation_inside_another_does_not_end_it():
    text = "Kenya bought it. \"We left Lima and the guards warned us: 'Peru will sell it.'\""
    told = {c.predicate.head: c.is_fact for c in read_text(text).claims}
    assert told == {"buy": True, "leave": False, "warn": False, "sell": False}
