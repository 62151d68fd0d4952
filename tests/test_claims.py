"""Parsed documents in, claims as records out."""

import dataclasses

import parses
import pytest
from by_hand import claim, cut, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import read_text
from kg.reading.claims.finder import claim_id
from kg.serialization import reading_from_json, reading_to_json

ALL = sorted(name for name in vars(parses) if name.isupper())


def stretches(reading):
    """Yield (spans, words) of all evidence in a reading."""
    for group in reading.groups:
        for m in group.mentions:
            yield [(m.passage.start, m.passage.end)], m.text
    for c in reading.claims:
        for part in (c.subject, c.predicate, c.object, *(a.phrase for a in c.arguments)):
            if part is not None:
                yield part.spans, part.text
        for cue in (*c.cues, *([c.time] if c.time else [])):
            yield [(cue.start, cue.end)], cue.text


def assert_true_to_text(reading):
    text = reading.document.text
    for spans, words in stretches(reading):
        assert " ".join(text[start:end] for start, end in spans) == words
    assert all(0 <= start < end <= len(text) for start, end in reading.sentences)


def identified(document_id, found):
    return claim_id(
        document_id, found.subject, found.predicate, found.object, found_by=found.found_by
    )


@pytest.mark.parametrize("name", ALL)
def test_every_offset_gives_its_words(name):
    assert_true_to_text(read(getattr(parses, name)))


@pytest.mark.parametrize("name", ALL)
def test_a_text_may_end_or_begin_anywhere(name):
    parse = getattr(parses, name)
    size = len(parse.strip().splitlines()[0].split())
    for i in range(1, size):
        assert_true_to_text(read(cut(parse, 0, i)))
        assert_true_to_text(read(cut(parse, i, size), nary=True))


@pytest.mark.parametrize("name", ALL)
def test_a_reading_survives_json(name):
    reading = read(getattr(parses, name))
    assert reading_from_json(reading_to_json(reading)) == reading


def test_a_phrase_names_its_group():
    reading = read(parses.SUBJECTS)
    assert [reading.groups[c.subject.group].name for c in reading.claims] == ["Kenya", "Peru"]


def test_a_common_noun_names_no_group():
    assert claim(parses.ACTIVE, "sign").object.group is None


def test_a_phrase_that_names_two_groups_makes_a_claim_for_each():
    reading = read(parses.GROUPS)
    left = [c for c in reading.claims if c.predicate.lemma == "leave"]
    names = {reading.groups[c.subject.group].name for c in left}
    assert names == {"Chinese forces", "Mongolian forces"}


def test_a_claim_has_the_days_of_its_time():
    time = claim(parses.TIME, "leave").time
    assert (time.text, time.from_day, time.until_day) == ("in 2018", "2018-01-01", "2018-12-31")


def test_no_claim_stands_twice():
    for name in ALL:
        ids = [c.id for c in read(getattr(parses, name)).claims]
        assert len(ids) == len(set(ids)), name


def test_the_id_of_a_claim_depends_on_the_document():
    found = claim(parses.ACTIVE, "sign")
    assert identified("d1", found) == found.id != identified("d2", found)


def test_the_id_of_a_claim_does_not_depend_on_its_status():
    found = claim(parses.ACTIVE, "sign")
    assert identified("d1", dataclasses.replace(found, polarity="negative")) == found.id


PIECES = st.sampled_from(
    (
        *("Russia", "the", "Kenya said", "that", "not", "may", "its", "attacked", "in 2018", "Mr."),
        *(" ", "\n", "\n\n", "\t", "\r\n", "\u2028", "\x00", "***", "12.", "- ", "?", ".", ","),
        *('"', "“", "'", "(", ")", "[", "<b>", "http://x.y", "co-\noperation"),
        *("🙂", "אבג", "\u200f", "ﬁ", "e\u0301"),
    )
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@pytest.mark.model
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_any_text_gives_a_true_reading_that_survives_json(text):
    reading = read_text(text)
    assert_true_to_text(reading)
    assert reading_from_json(reading_to_json(reading)) == reading
