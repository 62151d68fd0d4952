"""Dates found in running text: what is one, what only looks so, and what they count from."""

import pytest

from kg.outputs.rdf import terms
from kg.reading.values.calendar import iso
from kg.reading.values.dates import find_dates, habit_of
from kg.reading.values.expressions import find_times
from kg.reading.values.relative import Reference
from kg.reading.values.times import find_days


@pytest.mark.parametrize(
    "text",
    [
        "Section 3.6.16 of version 2.10 applies.",
        "He paid 1,900 dollars to 12 people in May Street.",
        "They sold $2016 of shares, 2016.5 km away, and 2016% more.",
        "On 31/31/2017 and 03/06/2016 nothing happened.",
        "The index rose from 12-14 to 13/20.",
    ],
)
def test_numbers_are_no_dates(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "habit", "day"),
    [
        ("Paid on 13/06/2016, due on 03/07/2016.", "day", "2016-07-03"),
        ("Paid on 06/13/2016, due on 03/07/2016.", "month", "2016-03-07"),
        ("Signed on June 3, 2016, due on 03/07/2016.", "month", "2016-03-07"),
        ("Signed on 3 June 2016, due on 03/07/2016.", "day", "2016-07-03"),
    ],
)
def test_the_document_tells_whether_day_or_month_stands_first(text, habit, day):
    assert habit_of(text) == habit
    assert iso(find_dates(text, habit)[-1].days[0]) == day


def test_a_document_of_both_habits_tells_nothing():
    assert habit_of("Paid on 13/06/2016 and 06/14/2016, due on 03/07/2016.") == ""


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("On 3 June 2016 Ada left.", ["On 3 June 2016"]),
        ("Ada left at 10:30 on 3 June 2016.", ["at 10:30 on 3 June 2016"]),
        ("Ada led it from March to May 2016.", ["from March to May 2016"]),
        ("Ada led it from 2014 until mid-2016.", ["from 2014 until mid-2016"]),
        ("Ada left, 3 June 2016, and Bo stayed.", ["3 June 2016"]),
        ("Ada left early in 2016 and came back the next day.", ["early in 2016", "the next day"]),
        ("The treaty of 1990 and the 2016 budget hold.", []),
        (
            "Between June 16, 2015, and on or about January 20, 2017, Ada led it.",
            ["Between June 16, 2015, and on or about January 20, 2017"],
        ),
        (
            "Ada led it between 16 June 2015, when Bo left, and 20 January 2017.",
            ["between 16 June 2015, when Bo left, and 20 January 2017"],
        ),
        (
            "Ada led it from June 16, 2015, to January 20, 2017.",
            ["from June 16, 2015, to January 20, 2017"],
        ),
        ("Ada left in 2015, and in 2017 she came back.", ["in 2015", "in 2017"]),
        ("Ada led it in the 90s.", ["in the 90s"]),
        ("Ada spoke during the 2018 session and at the May 2016 meeting.", []),
    ],
)
def test_a_time_is_a_date_with_its_preposition(sentence, times):
    assert [sentence[when.start : when.end] for when in find_times(sentence)] == times


@pytest.mark.parametrize(
    ("words", "reference", "days"),
    [
        ("the following day", Reference("2019-05-14"), (None, None)),
        ("the following day", Reference(named=((2017, 1, 1), (2017, 12, 31))), (None, None)),
        ("the following year", Reference(named=((2017, 1, 1), (2017, 12, 31))), ("2018-01-01", "2018-12-31")),
        ("in July", Reference(named=((2017, 3, 9), (2017, 3, 9))), ("2017-07-01", "2017-07-31")),
        ("on Monday", Reference(named=((2017, 3, 9), (2017, 3, 9))), ("2017-03-13", "2017-03-13")),
        ("in July", Reference("2019-05-14", ((2017, 3, 9), (2017, 3, 9)), near=True), ("2017-07-01", "2017-07-31")),
        ("in July", Reference("2019-05-14", ((2017, 3, 9), (2017, 3, 9))), ("2018-07-01", "2018-07-31")),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_reckoned(words, reference, days):
    assert find_days(words, reference) == days


@pytest.mark.parametrize("day", ["2016-06-03", "0098-01-01", "0000-12-31", "-0043-03-15"])
def test_a_day_before_christ_is_an_xsd_date_too(day):
    assert terms.split_literal(terms.day(day)) == (day, f"{terms.XSD}date")


@pytest.mark.parametrize("words", ["2016-02-30", "-43-03-15", "3 June"])
def test_no_day_of_the_calendar_is_no_xsd_date(words):
    assert terms.day(words) == terms.text(words)
