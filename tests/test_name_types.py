"""What the words of a name alone tell of its type."""

import pytest

from kg.reading.names.name_types import features_of, shape_of, types_told


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Venezuelan National Assembly", "Government"),
        ("Operation Bronze Heron", "Event"),
        ("Ngozi Adeyemi", "Person"),
        ("Freya Nordin", "Person"),
        ("Progressive Unity Party", "PoliticalParty"),
    ],
)
def test_words_tell_the_type(name, kind):
    told = types_told(name)
    assert max(told, key=told.get) == kind
    assert sum(told.values()) == pytest.approx(1)


def test_features_are_the_same_in_every_process():
    # No hash of Python's own, which differs from run to run.
    assert features_of("Ada") == features_of("Ada")
    assert features_of("Ada")[:3] == sorted(features_of("Ada"))[:3]


def test_an_odd_name_has_types_too():
    for name in ("", "  ", "123", "…", "a" * 500, "x " * 40):
        assert types_told(name)
    assert shape_of("of") == "a"
