"""British and American spellings meet."""

import pytest

from kg.reading.claims.spelling import one_spelling, one_spelling_of_all


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("organize", "organise"),
        ("organizations", "organisations"),
        ("analyze", "analyse"),
        ("favored", "favoured"),
        ("defense", "defence"),
        ("seize", "seize"),
        ("sizing", "sizing"),
        ("exercise", "exercise"),
        ("prized", "prized"),
    ],
)
def test_a_word_has_one_spelling(word, expected):
    assert one_spelling(word) == expected


def test_each_word_of_a_relation_is_respelled():
    assert one_spelling_of_all("recognize program of") == "recognise programme of"
