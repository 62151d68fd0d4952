"""The tables of words that are written by hand."""

from collections import Counter

import pytest

from kg.lexicons import load_lexicons
from kg.settings import models_folder


def rows(table):
    text = (models_folder() / "lexicons" / table).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("table", "fields"), [("words.tsv", 2), ("status.tsv", 2), ("forms.tsv", 3)]
)
def test_each_row_is_whole_and_stands_once(table, fields):
    counts = Counter(rows(table))
    assert {len(row) for row in counts} == {fields}
    assert [row for row, count in counts.items() if count > 1] == []


def test_a_word_has_one_form_of_a_kind():
    forms = load_lexicons().forms
    assert sum(map(len, forms.values())) == len(rows("forms.tsv"))
    assert forms["british"]["favor"] == "favour"
    assert forms["verb"]["take part"] == "participate"
