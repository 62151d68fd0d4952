"""One folding of names for reading, linking and the graph."""

import pytest

from kg.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.K.", "UK"),
        ("The  Russia-Report’s", "russia report"),
        ("\uff2bENYA", "Kenya"),
        ("Marks & Co.", "marks & co"),
        ("O’Brien", "O'Brien"),
    ],
)
def test_same_words_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("C++", "C#"), ("***", "---"), ("Chad", "Chade")])
def test_other_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["", "'s", "...", "the"])
def test_a_name_of_marks_or_one_article_stays(name):
    assert fold(name) == name
