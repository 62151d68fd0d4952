"""Dates in sentences: every usual form, at every place of a sentence, in several frames.

The table is made here, of invented names. Each sentence belongs to one of two halves, by a
hash of its words: rules were tried on the one; the other is only counted. Print what the
tuned half misses with ``python -m tests.test_time_grid``.
"""

import hashlib
from functools import cache
from itertools import product

import pytest

import kg
from kg.reading.values.relative import Reference
from kg.reading.values.times import find_days
from kg.records import Document

FORMS = [
    ("on 9 March 2017", "2017-03-09", "2017-03-09"),
    ("on March 9, 2017", "2017-03-09", "2017-03-09"),
    ("on March 9 2017", "2017-03-09", "2017-03-09"),
    ("on March 9th, 2017", "2017-03-09", "2017-03-09"),
    ("on the 9th of March 2017", "2017-03-09", "2017-03-09"),
    ("on the 9th of March, 2017", "2017-03-09", "2017-03-09"),
    ("on 9th March 2017", "2017-03-09", "2017-03-09"),
    ("on Thursday 9 March 2017", "2017-03-09", "2017-03-09"),
    ("on Thursday, March 9, 2017", "2017-03-09", "2017-03-09"),
    ("on 2017-03-09", "2017-03-09", "2017-03-09"),
    ("on 29/03/2017", "2017-03-29", "2017-03-29"),
    ("on 03/29/2017", "2017-03-29", "2017-03-29"),
    ("on 29.03.2017", "2017-03-29", "2017-03-29"),
    ("on 9.3.2017", "2017-03-09", "2017-03-09"),
    ("on 9-Mar-2017", "2017-03-09", "2017-03-09"),
    ("on Mar. 9, 2017", "2017-03-09", "2017-03-09"),
    ("on 9 Mar 2017", "2017-03-09", "2017-03-09"),
    ("in March 2017", "2017-03-01", "2017-03-31"),
    ("in March of 2017", "2017-03-01", "2017-03-31"),
    ("in mid-March 2017", "2017-03-01", "2017-03-31"),
    ("in late March 2017", "2017-03-01", "2017-03-31"),
    ("at the end of March 2017", "2017-03-01", "2017-03-31"),
    ("in 2017", "2017-01-01", "2017-12-31"),
    ("in mid-2017", "2017-01-01", "2017-12-31"),
    ("in late 2017", "2017-01-01", "2017-12-31"),
    ("early in 2017", "2017-01-01", "2017-12-31"),
    ("in the summer of 2017", "2017-06-01", "2017-08-31"),
    ("in Q3 2017", "2017-07-01", "2017-09-30"),
    ("in the third quarter of 2017", "2017-07-01", "2017-09-30"),
    ("in the second half of 2017", "2017-07-01", "2017-12-31"),
    ("in FY2017/18", "2017-01-01", "2018-12-31"),
    ("in 2017-18", "2017-01-01", "2018-12-31"),
    ("in the 1980s", "1980-01-01", "1989-12-31"),
    ("in the early 1980s", "1980-01-01", "1989-12-31"),
    ("in the ’80s", "1980-01-01", "1989-12-31"),
    ("in the 18th century", "1701-01-01", "1800-12-31"),
    ("in the eighteenth century", "1701-01-01", "1800-12-31"),
    ("in the 4th century BC", "-0399-01-01", "-0300-12-31"),
    ("in 52 BC", "-0051-01-01", "-0051-12-31"),
    ("in AD 98", "0098-01-01", "0098-12-31"),
    ("between 2015 and 2017", "2015-01-01", "2017-12-31"),
    ("between March and July 2017", "2017-03-01", "2017-07-31"),
    ("between 9 and 12 March 2017", "2017-03-09", "2017-03-12"),
    ("from 2015 to 2017", "2015-01-01", "2017-12-31"),
    ("from 9 March to 4 July 2017", "2017-03-09", "2017-07-04"),
    ("from March 2015 until July 2017", "2015-03-01", "2017-07-31"),
    ("by March 2017", None, "2017-03-31"),
    ("until 9 March 2017", None, "2017-03-09"),
    ("since March 2017", "2017-03-01", None),
    ("since 9 March 2017", "2017-03-09", None),
    ("before 2017", None, "2017-12-31"),
    ("after March 2017", "2017-03-01", None),
    ("on the morning of 9 March 2017", "2017-03-09", "2017-03-09"),
    ("on 9 March 2017 at 4 p.m.", "2017-03-09", "2017-03-09"),
]
RELATIVE = [
    ("the following day", "2017-03-10", "2017-03-10"),
    ("the next day", "2017-03-10", "2017-03-10"),
    ("three weeks later", "2017-03-30", "2017-03-30"),
    ("two months later", "2017-05-01", "2017-05-31"),
    ("a year later", "2018-01-01", "2018-12-31"),
    ("the following month", "2017-04-01", "2017-04-30"),
    ("on the following Monday", "2017-03-13", "2017-03-13"),
    ("two days earlier", "2017-03-07", "2017-03-07"),
]
SAID = [
    ("yesterday", "2019-05-13", "2019-05-13"),
    ("on Friday", "2019-05-10", "2019-05-10"),
    ("last Friday", "2019-05-10", "2019-05-10"),
    ("last month", "2019-04-01", "2019-04-30"),
    ("two weeks ago", "2019-04-29", "2019-05-05"),
    ("on 3 May", "2019-05-03", "2019-05-03"),
    ("on May 3", "2019-05-03", "2019-05-03"),
    ("in March", "2019-03-01", "2019-03-31"),
    ("earlier this year", "2019-01-01", "2019-12-31"),
]
FRAMES = [
    ("Greta Lindqvist", "bought", "Tarn Foods", "buy"),
    ("Marlow Steel", "opened", "a plant in Brenholm", "open"),
    ("The council", "rejected", "the plan", "reject"),
    ("Ivo Petrak", "joined", "Halden Group", "join"),
    ("Two engineers", "left", "the company", "leave"),
    ("Ostra Rail", "was sold", "to Pelham Partners", "sell"),
]
PLACES = [
    "{who} {did} {what} {when}.",
    "{When} {who} {did} {what}.",
    "{When}, {who} {did} {what}.",
    "{who}, {when}, {did} {what}.",
    "{who} {did} {what} {when}, the report says.",
    "{who} {did} {what} {when} and moved to Sundvik.",
]
ONE_MISS_IN = 20


def _lowered(who):
    return who[0].lower() + who[1:] if who.startswith(("The ", "Two ")) else who


def _sentences(forms, before=""):
    """Yield (text, verb, days) for every form, place and frame."""
    for (when, *days), place, (who, did, what, verb) in product(forms, PLACES, FRAMES):
        opening = place.startswith("{When}")
        parts = {"who": _lowered(who) if opening else who, "did": did, "what": what}
        text = place.format(when=when, When=when[0].upper() + when[1:], **parts)
        yield before + text, verb, tuple(days)


def _is_held_out(text):
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def grid(*, held_out, every=1):
    """Return the sentences of one half with the day that their document bears, thinned out."""
    told = "Marlow Steel made an offer on 9 March 2017. "
    made = [
        *((*row, "") for row in _sentences(FORMS)),
        *((*row, "") for row in _sentences(RELATIVE, told)),
        *((*row, "2019-05-14") for row in _sentences(SAID)),
    ]
    half = [row for row in made if _is_held_out(row[0]) == held_out]
    return sorted(half, key=lambda row: hashlib.sha256(row[0].encode()).hexdigest())[::every]


def misses(rows):
    """Return the sentences of which no claim of the verb holds in the right days."""
    documents = [
        Document(f"d{n}", "", text, "", "en", "", date=date)
        for n, (text, _, _, date) in enumerate(rows)
    ]
    readings = kg.read_documents(documents, together=64)
    return [
        (text, days, told)
        for (text, verb, days, _), reading in zip(rows, readings, strict=True)
        if days not in (told := _told(reading, verb))
    ]


def _told(reading, verb):
    times = [c.time for c in reading.claims if verb in c.predicate.lemma.split() and c.time]
    return [(time.from_day, time.until_day) for time in times]


@pytest.mark.parametrize(("words", "first", "last"), FORMS)
def test_each_form_gives_its_days(words, first, last):
    assert find_days(words) == (first, last)


@pytest.mark.parametrize(("words", "first", "last"), RELATIVE)
def test_words_count_from_the_day_named_last(words, first, last):
    assert find_days(words, Reference(named=((2017, 3, 9), (2017, 3, 9)))) == (first, last)


@pytest.mark.parametrize(("words", "first", "last"), SAID)
def test_words_count_from_the_day_of_saying(words, first, last):
    assert find_days(words, Reference("2019-05-14")) == (first, last)


@cache
def _sample():
    rows = grid(held_out=True, every=6)
    return len(rows), len(misses(rows))


@pytest.mark.model
def test_a_claim_holds_in_the_days_of_its_sentence_wherever_they_stand():
    read, missed = _sample()
    assert missed <= read / ONE_MISS_IN


@pytest.mark.model
@pytest.mark.parametrize("day", ["June 29th", "the 5th of November", "Feb. 24", "mid-September"])
def test_a_day_without_a_year_is_a_time_and_nothing_else(day):
    reading = kg.read_text(f"Orbit Waste announced a plan on {day} in Cork. In {day} it left.")
    phrases = [
        p
        for c in reading.claims
        for p in (c.object, *(a.phrase for a in c.arguments if a.role != "time"))
        if p
    ]
    assert not [p.text for p in phrases if day in p.text]


if __name__ == "__main__":
    rows = grid(held_out=False)
    missed = misses(rows)
    for text, days, told in missed:
        print(text, days, told)  # noqa: T201
    print(len(rows) - len(missed), "of", len(rows))  # noqa: T201
