"""Amounts in numbers: what words amount to, how the parser sees money, and what claims keep."""

import csv
from dataclasses import asdict

import pytest

import kg
from kg.errors import InvalidRecordError
from kg.outputs.texts.tables import write_claims_csv
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.analysis_text import make_analysis_text
from kg.reading.values.amounts import find_amounts, read_amount
from kg.records import Quantity
from kg.serialization import reading_from_json, reading_to_json


def analysis_text_of(words):
    return make_analysis_text(document_from_text(words, document_id="d", title="d"))


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("EUR 1,200,000", "1200000", "1200000", "EUR"), ("12.500,00 EUR", "12500", "12500", "EUR"),
        ("CHF 12'500", "12500", "12500", "CHF"), ("Rs 2.5 lakh", "250000", "250000", "INR"),
        ("a quarter", None, None, None), ("5bn yen", "5000000000", "5000000000", "JPY"),
        ("between five and seven million euros", "5000000", "7000000", "EUR"),
        ("two hundred and fifty thousand pounds", "250000", "250000", "GBP"),
        ("400 pounds of heroin", "400", "400", "[lb_av]"), ("40,000 pounds in cash", "40000", "40000", "GBP"),
        ("12 francs", "12", "12", "francs"), ("the COP 26", None, None, None),
        ("COP 26 million", "26000000", "26000000", "COP"), ("the $5m deal", None, None, None),
        ("$5 a share", None, None, None), ("5 percentage points", "5", "5", "percentage points"),
        ("three thousand refugees", "3000", "3000", "refugees"), ("three of the refugees", None, None, None),
        ("-5%", None, None, None), ("2 second-hand cars", "2", "2", "second-hand cars"), ("9" * 99, None, None, None),
        ("two and a half tonnes", "2.5", "2.5", "t"), ("two and a half million euros", "2500000", "2500000", "EUR"),
        ("123456789012345678.25 billion euros", "123456789012345678250000000", "123456789012345678250000000", "EUR"),
        ("500 kr", "500", "500", "kr"), ("2016 refugees", None, None, None), ("one refugee", None, None, None),
    ],
)  # fmt: skip
def test_words_amount_to(words, low, high, unit):
    found = read_amount(words)
    assert (found and (found.low, found.high, found.unit)) == (low and (low, high, unit))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Sales rose from $5m to $6m in 2016.", ["$5m", "$6m"]),
        ("It cost $5-7m.", ["$5-7m"]),
        ("He paid up to USD 900, not 30%.", ["up to USD 900", "30%"]),
        ("The F-16 flew on 3 June 2016 to COP 21.", []),
        ("A 100-dollar bill and a 50-euro note.", ["100-dollar", "50-euro"]),
        (
            "A million-dollar bid, five million-dollar houses.",
            ["A million-dollar", "five million-dollar"],
        ),
    ],
)
def test_amounts_of_a_text(text, amounts):
    assert [text[found.start : found.end] for found in find_amounts(text)] == amounts


@pytest.mark.parametrize("bounds", [(None, None), ("5.0", "5.0"), ("007", "7"), ("1e3", None)])
def test_a_quantity_has_a_number_in_its_one_spelling(bounds):
    with pytest.raises(InvalidRecordError):
        Quantity("money", *bounds, "EUR")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Peru paid EUR 1,200,000 to Chile.", "Peru paid $1111 million to Chile."),
        ("Peru paid (£9) to Chile.", "Peru paid (£9) to Chile.".replace("£9", "$1")),
        ("Peru paid about 5bn yen.", "Peru paid $1111 million."),
        ("A $5m-a-year post", "A $5m-a-year post"),
        ("Peru lost 12.5 per cent of it.", "Peru lost 11111 percent of it."),
    ],
)
def test_the_parser_reads_a_plain_sum_in_place_of_money(text, read):
    assert analysis_text_of(text).text == read


@pytest.mark.model
def test_money_is_one_phrase_and_no_name():
    reading = kg.read_text("Castor Retail paid Norwell Bank EUR 5 million in 2012.")
    assert [group.name for group in reading.groups] == ["Castor Retail", "Norwell Bank"]
    claim = next(claim for claim in reading.claims if claim.predicate.lemma == "pay")
    assert claim.object.text == "EUR 5 million"
    assert asdict(claim.object.quantity) == asdict(Quantity("money", "5000000", "5000000", "EUR"))


@pytest.mark.model
def test_of_what_is_said_of_a_sum_the_relation_keeps_its_letters():
    reading = kg.read_text("Sven Olsen sent EUR 900 to Karin Holt.")
    assert "send EUR 900 to" in {claim.predicate.lemma for claim in reading.claims}


@pytest.mark.model
@pytest.mark.parametrize("words", ["12.5 per cent", "12.5 percent", "12.5%", "40 hectares"])
def test_a_share_and_a_measure_are_values(words):
    reading = kg.read_text(f"Sven Olsen lost {words} in 2016.")
    (lost,) = [claim.object for claim in reading.claims if claim.predicate.lemma == "lose"]
    assert (lost.text, lost.literal, lost.quantity) == (words, True, read_amount(words))


@pytest.mark.model
def test_a_reading_keeps_amounts_in_json():
    reading = kg.read_text("Sven Olsen sent Karin Holt between 5 and 7 million euros.")
    assert "7000000" in reading_to_json(reading)
    assert reading_from_json(reading_to_json(reading)) == reading


@pytest.mark.model
def test_the_table_of_claims_tells_amounts(tmp_path):
    graph = kg.build_graph([kg.read_text("Sven Olsen sent Karin Holt at least $5m.")])
    write_claims_csv(graph, tmp_path / "claims.csv")
    rows = csv.DictReader((tmp_path / "claims.csv").read_text(encoding="utf-8").splitlines())
    cells = {(row["amount_low"], row["amount_high"], row["amount_unit"]) for row in rows}
    assert ("5000000", "", "USD") in cells
