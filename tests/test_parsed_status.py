"""How a claim is meant, on parses that are written down: each rule of kg/reading/status once.

Each block of tests/probes/parsed_status.txt has a sentence ("#"), what is expected of one claim of
it (">": relation, polarity, modality, who says so, as in ``test_assertion.py``) and its parse.
No trained model is loaded.
"""

from pathlib import Path

import pytest
from by_hand import claim
from test_assertion import speakers

BLOCKS = (Path(__file__).parent / "probes" / "parsed_status.txt").read_text("utf-8").split("\n\n")


def cases():
    for block in filter(str.strip, BLOCKS):
        sentence, expected, parse = block.strip().split("\n", 2)
        relation, *status = (part.strip() for part in expected.removeprefix("> ").split("|"))
        yield pytest.param(parse, relation, status, id=sentence.removeprefix("# "))


@pytest.mark.parametrize(("parse", "relation", "expected"), list(cases()))
def test_a_claim_has_its_status(parse, relation, expected):
    found = claim(parse, relation)
    polarity, modality, said_by = expected
    status = (found.polarity, found.modality, ", ".join(speakers(found)))
    assert status == (polarity, modality, said_by)
