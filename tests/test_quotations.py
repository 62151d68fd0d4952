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
