"""Status, on sentences of our own: what is denied, doubted or quoted never comes out as a fact.

Each line of tests/probes/status.jsonl has a category, a sentence, one claim of it (words
of its subject, the verb, words of its object) and what is expected of that claim: "fact",
or the polarity, modality or attribution that keeps it from being one. They were written
in rounds, each before its rules: at first sight 10 of 47, 25 of 249, 6 of 155, 14 of 116, 33 of
153, 15 of 98 and 9 of 15 non-facts came out as facts; eight of the last rounds still did, and wait in no
list.
"""

from functools import cache
from pathlib import Path

import pytest

from kg.evaluation.probes import read_probes
from kg.pipeline import read_text

PROBES = read_probes(Path(__file__).parent / "probes" / "status.jsonl")
NON_FACTS = [probe for probe in PROBES if probe.expected != "fact"]
FACTS = [probe for probe in PROBES if probe.expected == "fact"]
MISREAD = {
    "Its critics contend the agency spied on students.",
}
"""A fact for now: the encoder takes "spied" for a participle."""
LOST_AT_MOST = 0.08
WRONG_KIND_AT_MOST = 0.15

pytestmark = pytest.mark.model


@cache
def claims_of(text):
    return read_text(text).claims


def matching(probe):
    return filter(probe.asks_for, claims_of(probe.text))


def marked(probe):
    """Return a probe, expected to fail where the tree is wrong; once it is right, the test says so."""
    misread = pytest.mark.xfail(strict=True, reason="the tree is wrong")
    return pytest.param(probe, marks=misread if probe.text in MISREAD else ())


@pytest.mark.parametrize("probe", [marked(p) for p in NON_FACTS], ids=lambda probe: probe.text)
def test_what_is_not_said_to_be_so_is_no_fact(probe):
    assert not [claim.predicate.lemma for claim in matching(probe) if claim.is_stated]


def test_few_plain_facts_are_lost():
    lost = [p.text for p in FACTS if not any(claim.is_stated for claim in matching(p))]
    assert len(lost) <= LOST_AT_MOST * len(FACTS), lost


def test_most_claims_have_the_expected_status():
    wrong = [probe.text for probe in NON_FACTS if not any(map(probe.expects, matching(probe)))]
    assert len(wrong) <= WRONG_KIND_AT_MOST * len(NON_FACTS), wrong
