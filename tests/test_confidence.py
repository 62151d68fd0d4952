"""Confidence is a probability, and says when it is unsure."""

import parses
import pytest
from by_hand import read

from kg.evaluation.confidence import Calibration, is_right
from kg.evaluation.open_claims import Extraction
from kg.reading.claims.confidence import load_confidence


def test_confidence_is_no_constant():
    found = {c.confidence for p in (parses.ACTIVE, parses.PREPOSITIONAL) for c in read(p).claims}
    assert len(found) > 1
    assert all(0 < value < 1 for value in found)


def test_both_renderings_have_a_model():
    assert load_confidence("binary").weights != load_confidence("nary").weights


def test_error_is_the_gap_between_sure_and_right():
    assert Calibration("binary", "tuned", ((10, 0.8, 0.6), (30, 0.5, 0.5))).error == pytest.approx(
        0.05
    )


def test_a_claim_is_right_when_one_gold_tuple_says_it():
    reading = read(parses.ACTIVE)
    (claim,) = reading.claims
    gold = Extraction(("signed",), (("Kenya",), ("the", "treaty"), ("in", "Oslo")))
    assert is_right(claim, reading, [gold])
    assert not is_right(claim, reading, [Extraction(("signed",), (("Peru",), ("a", "bill")))])
