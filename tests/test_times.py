"""Words that say when, and the days that they cover."""

import doctest

import pytest

from kg.reading import grammar
from kg.reading.claims import participles
from kg.reading.values import calendar, dates, expressions, times
from kg.reading.values.relative import Reference


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("in 2018", ("2018-01-01", "2018-12-31")),
        ("in September 2018", ("2018-09-01", "2018-09-30")),
        ("in Feb. 2020", ("2020-02-01", "2020-02-29")),
        ("on 7 February 2019", ("2019-02-07", "2019-02-07")),
        ("on February 7, 2019", ("2019-02-07", "2019-02-07")),
        ("on the 3rd of May 2001", ("2001-05-03", "2001-05-03")),
        ("on 2019-02-07", ("2019-02-07", "2019-02-07")),
        ("in the 1990s", ("1990-01-01", "1999-12-31")),
        ("in summer 2016", ("2016-06-01", "2016-08-31")),
        ("from 2013 to 2016", ("2013-01-01", "2016-12-31")),
        ("between May 2013 and June 2014", ("2013-05-01", "2014-06-30")),
        ("since 2011", ("2011-01-01", None)),
        ("after March 2011", ("2011-03-01", None)),
        ("on 30 February 2019", ("2019-02-01", "2019-02-28")),
        ("until 2014", (None, "2014-12-31")),
        ("before June 2014", (None, "2014-06-30")),
        ("in\nSeptember  2018", ("2018-09-01", "2018-09-30")),
    ],
)
def test_words_cover_these_days(words, days):
    assert times.find_days(words) == days


@pytest.mark.parametrize(
    "words",
    [
        "yesterday",
        "last year",
        "in times of crisis",
        "for $2018",
        "2018.5 km",
    ],
)
def test_words_that_give_no_date_cover_no_days(words):
    assert times.find_days(words) == (None, None)


@pytest.mark.parametrize("module", [calendar, dates, expressions, times, grammar, participles])
def test_the_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("yesterday", ("2019-02-06", "2019-02-06")),
        ("last year", ("2018-01-01", "2018-12-31")),
        ("next month", ("2019-03-01", "2019-03-31")),
        ("earlier this week", ("2019-02-04", "2019-02-10")),
        ("two weeks ago", ("2019-01-21", "2019-01-27")),
        ("3 years ago", ("2016-01-01", "2016-12-31")),
        ("on Monday", ("2019-02-04", "2019-02-04")),
        ("on Thursday", ("2019-02-07", "2019-02-07")),
        ("last Friday", ("2019-02-01", "2019-02-01")),
        ("next Friday", ("2019-02-08", "2019-02-08")),
        ("in November", ("2018-11-01", "2018-11-30")),
        ("in late January", ("2019-01-01", "2019-01-31")),
        ("last February", ("2018-02-01", "2018-02-28")),
        ("next May", ("2019-05-01", "2019-05-31")),
        ("on 3 February", ("2019-02-03", "2019-02-03")),
        ("since last March", ("2018-03-01", None)),
        ("until next week", (None, "2019-02-17")),
        ("in 2015", ("2015-01-01", "2015-12-31")),
        ("in times of crisis", (None, None)),
    ],
)
def test_relative_words_count_from_the_documents_day(words, days):
    assert times.find_days(words, Reference("2019-02-07")) == days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("in May", ("2019-05-01", "2019-05-31")),
        ("on Friday", ("2019-02-08", "2019-02-08")),
        ("last May", ("2018-05-01", "2018-05-31")),
        ("in 2020", ("2020-01-01", "2020-12-31")),
    ],
)
def test_what_is_planned_lies_ahead(words, days):
    assert times.find_days(words, Reference("2019-02-07", ahead=True)) == days
