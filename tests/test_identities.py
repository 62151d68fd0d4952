"""Rows of merges.csv in, lines for people out."""

import pytest

from kg.errors import UnknownNameError
from kg.linking.reasons import IDENTITY_COLUMNS
from kg.outputs.texts.merges import identity_lines


def row(*cells):
    return dict(zip(IDENTITY_COLUMNS, cells, strict=True))


ROWS = [
    row("linked", "mali", "Mali", "a", "Q912", "Mali", "", "0.991", "name is its label"),
    row("linked", "mali", "Mali", "b", "Q912", "Mali", "", "0.991", "name is its label"),
    row("merged", "mali", "Mali", "a", "mali", "Mali", "b", "", "same link"),
    row("merged", "ada-okoro", "Ada Okoro", "a", "ada-okoro", "Okoro", "b", "", "surname"),
    row("candidate", "okoro", "Okoro", "c", "ben-okoro", "Ben Okoro", "a", "", "same surname"),
]


def lines(name=None, limit=10):
    return list(identity_lines(ROWS, name, limit=limit))


def test_without_a_name_what_is_obvious_is_left_out_and_what_is_unsure_comes_first():
    assert lines() == [
        "For you to decide: one thing, or two? (1)",
        "   Okoro (okoro) = Ben Okoro (ben-okoro): same surname   [c]",
        "Joined (1)",
        "   Ada Okoro = Okoro: surname   [a]",
    ]


def test_of_one_name_all_is_told_and_like_decisions_share_a_line():
    assert lines("the Mali") == [
        "Joined (1)",
        "   Mali = Mali: same link   [a]",
        "Linked (1)",
        "   Mali = Mali (Q912): name is its label, 0.99   [a, b]",
    ]


def test_a_name_finds_all_things_that_go_by_it():
    assert [line for line in lines("Okoro") if "Okoro" in line] == [
        "   Okoro (okoro) = Ben Okoro (ben-okoro): same surname   [c]",
        "   Ada Okoro = Okoro: surname   [a]",
    ]


def test_an_unknown_name_suggests_a_near_one():
    with pytest.raises(UnknownNameError, match="Ada Okoro"):
        lines("Ada Okora")


def test_lines_beyond_the_limit_are_counted():
    rows = [*ROWS, row("merged", "x", "X Ltd", "a", "x", "X", "b", "", "legal form")]
    assert list(identity_lines(rows, None, limit=1))[-1] == "   … and 1 more; --limit shows them."
