"""The scorers of coreference, against examples worked by hand."""

import pytest

from kg.evaluation.chain_scores import METRICS, score

GOLD = [frozenset("abc"), frozenset("de"), frozenset("f")]
FOUND = [frozenset("ab"), frozenset("cde")]


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("MUC", 2 / 3, 2 / 3),  # of 3 links on either side one is cut
        ("B³", (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 6),
        ("CEAFe", 1.6 / 2, 1.6 / 3),  # abc with ab, de with cde: 4/5 each
        ("LEA", 3 / 5, 3 / 6),
    ],
)
def test_scores_of_a_worked_example(name, precision, recall):
    found = score([(GOLD, FOUND)], METRICS[name])
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))


@pytest.mark.parametrize("name", METRICS)
def test_gold_itself_is_perfect(name):
    assert score([(GOLD, GOLD)], METRICS[name]).f1 == 1.0


@pytest.mark.parametrize("name", METRICS)
def test_nothing_found_is_nothing_right(name):
    assert score([(GOLD, [])], METRICS[name]).f1 == 0.0


@pytest.mark.parametrize("name", METRICS)
def test_documents_are_added_up(name):
    once, twice = score([(GOLD, FOUND)], METRICS[name]), score([(GOLD, FOUND)] * 2, METRICS[name])
    assert once.f1 == pytest.approx(twice.f1)


def test_a_mention_that_stands_alone_counts_in_lea_but_not_in_muc():
    alone = [frozenset("a")]
    assert score([(alone, alone)], METRICS["LEA"]).f1 == 1.0
    assert score([(alone, alone)], METRICS["MUC"]).f1 == 0.0
