"""Names as a reader would mark them: where they begin and end, and what is none."""

import pytest

import kg


def named(text):
    return {(g.name, g.type) for g in kg.read_text(text).groups}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He joined al-Qaeda in Peru.", "al-Qaeda", "Organization"),
        ("Mr. St. Clair sued the city.", "St. Clair", "Person"),
        ("The fund sold Korvan Trade, OOO to Ben Lee.", "Korvan Trade, OOO", "Organization"),
        ("She was charged under 18 U.S.C. § 371 in May.", "18 U.S.C. § 371", "Law"),
        ("He was named in E.O. 13692 last year.", "E.O. 13692", "Law"),
        ("The Duke of Norfolk visited Peru.", "Duke of Norfolk", "Person"),
        ("The MV Bronze Heron sank near Peru.", "MV Bronze Heron", "Product"),
        ("Reporters asked Park Young-ho about it.", "Park Young-ho", "Person"),
    ],
)
def test_a_name_has_its_bounds_and_type(text, name, kind):
    assert (name, kind) in named(text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("She was Minister for the Environment, Heritage and Energy.", "Heritage"),
        ("The Court held that Appellees had lied to Ada Okoro.", "Appellees"),
        ("The noble Lord asked Ada Okoro.", "Lord"),
        ("The Contracting States agreed in Peru.", "United States"),
        ("The court fined Baker St. Karin Holt left Peru.", "St. Karin Holt"),
    ],
)
def test_what_names_nothing_is_no_name(text, word):
    assert word not in {name for name, _ in named(text)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Simon Anthony Hart spoke. Simon Hart left. Hart returned.", "Simon Anthony Hart", "Hart"),
        ("Nicolas Maduro Moros spoke. Maduro left.", "Nicolas Maduro Moros", "Maduro"),
        ("Korvan Corporation sued. Korvan lost in May.", "Korvan Corporation", "Korvan"),
        (
            "The Supreme Court of Peru ruled. The Supreme Court fined him.",
            "Supreme Court of Peru",
            "Supreme Court",
        ),
    ],
)
def test_a_shorter_name_is_the_longer_one(text, whole, part):
    groups = {g.name: [m.text for m in g.mentions] for g in kg.read_text(text).groups}
    assert part in groups[whole]


@pytest.mark.model
def test_two_people_of_one_surname_keep_their_middle_names():
    names = {g.name for g in kg.read_text("Ada B. Okoro met Ada C. Okoro in Peru.").groups}
    assert {"Ada B. Okoro", "Ada C. Okoro"} <= names
