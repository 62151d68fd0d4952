"""Names in, groups out: one group, one thing."""

import parses
import pytest
from by_hand import groups_of, read

from kg.folding import fold


def test_a_country_and_its_demonym_are_one_group():
    assert groups_of(parses.APPOSITION)["Russia"] == ["Russian"]


def test_a_full_name_and_the_surname_are_one_group():
    groups = groups_of(parses.CLINTON, ("Hillary Clinton", "PERSON"))
    assert groups["Hillary Clinton"] == ["Hillary Clinton", "Clinton"]


def test_a_short_form_joins_the_name_it_stands_for():
    groups = groups_of(parses.WHO)
    assert groups["World Health Organization"] == ["World Health Organization", "WHO"]


def test_a_name_and_the_kind_of_thing_it_is_are_one_group():
    assert groups_of(parses.EURO)["Euro 2016"] == ["Euro 2016 tournament", "Euro 2016"]


def test_groups_of_a_list_keep_their_own_countries():
    names = groups_of(parses.GROUPS)
    assert {"Chinese forces", "Mongolian forces", "China", "Mongolia"} <= names.keys()


def test_a_name_inside_another_is_a_group_of_its_own():
    groups = groups_of(parses.SOCHI)
    assert (groups["Sochi Olympics"], groups["Sochi"]) == (["Sochi Olympics"], ["Sochi"])


def test_groups_are_numbered_in_reading_order():
    assert [group.id for group in read(parses.SUBJECTS).groups] == [0, 1]


@pytest.mark.parametrize(
    ("words", "folded"),
    [("The  West", "west"), ("U.K.", "uk"), ("Russia’s", "russia"), ("AT&T", "at&t")],
)
def test_names_are_compared_without_articles_and_marks(words, folded):
    assert fold(words) == folded


def test_a_surname_may_be_the_elder_where_the_younger_is_named():
    people = (("Ada Okoro Jr.", "PERSON"), ("Okoro", "PERSON"))
    assert groups_of(parses.JUNIOR, *people) == {
        "Ada Okoro Jr.": ["Ada Okoro Jr."],
        "Okoro": ["Okoro"],
    }
