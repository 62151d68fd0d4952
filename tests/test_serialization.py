"""A Reading survives JSON whole, and says in plain words when a line holds none."""

import json

import pytest

from kg.errors import InputError
from kg.serialization import reading_from_json, reading_to_json
from tests.sample import sample_readings


@pytest.mark.parametrize("reading", sample_readings(), ids=lambda r: r.document.id)
def test_reading_survives_json(reading):
    assert reading_from_json(reading_to_json(reading)) == reading


def test_json_has_the_keys_that_the_design_names():
    value = json.loads(reading_to_json(sample_readings()[0]))
    assert set(value) == {"document", "sentences", "groups", "claims"}
    assert {"subject", "predicate", "object", "arguments", "polarity", "modality", "attribution",
            "time", "sentence", "confidence", "found_by", "relation", "id", "clause"} <= set(
        value["claims"][0]
    )  # fmt: skip


def test_every_text_is_the_slice_that_it_claims():
    for reading in sample_readings():
        value = json.loads(reading_to_json(reading))
        text = value["document"]["text"]
        for claim in value["claims"]:
            phrase = claim["subject"]
            assert text[phrase["start"] : phrase["end"]] == phrase["text"] or "spans" in phrase


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"document": {}}', "no json"])
def test_line_that_is_no_reading_is_an_input_error(line):
    with pytest.raises(InputError, match="Not a Reading"):
        reading_from_json(line)
