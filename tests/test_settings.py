"""Settings are checked when they are made."""

import pytest

from kg.errors import SettingsError
from kg.settings import Settings, models_folder


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("base_iri", "example.org/"),
        ("base_iri", "http://example.org"),
        ("base_iri", "http://exa mple.org/"),
        ("min_confidence", 1.5),
        ("jobs", 0),
    ],
)
def test_unusable_setting_is_refused(setting, value):
    with pytest.raises(SettingsError, match=setting):
        Settings(**{setting: value})


def test_reader_version_depends_on_the_model():
    assert Settings(model="a").reader_version() != Settings(model="b").reader_version()


def test_reader_version_does_not_depend_on_jobs():
    assert Settings(jobs=1).reader_version() == Settings(jobs=4).reader_version()


def test_word_lists_are_where_the_program_looks():
    assert (models_folder() / "lexicons" / "words.tsv").is_file()
