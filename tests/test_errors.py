"""The error is part of the interface: what, which value, what to do next."""

from pathlib import Path

from kg.errors import (
    KgError,
    NoDocumentsError,
    NotABuildError,
    SettingsError,
    UnknownNameError,
    UnreadableDocumentError,
)


def test_unknown_name_suggests_the_nearest():
    error = UnknownNameError("query", "neighbors", {"neighbours", "denied"})
    assert str(error) == "Unknown query 'neighbors'. Did you mean 'neighbours'?"


def test_unknown_name_lists_a_short_choice():
    assert str(UnknownNameError("form", "zzz", {"nt", "ttl"})).endswith("Known: nt, ttl.")


def test_unknown_name_counts_a_long_choice():
    many = {f"name {n}" for n in range(1000)}
    assert "1000 to choose from" in str(UnknownNameError("name", "qqqq", many))


def test_messages_say_what_value_and_next_step():
    messages = [
        str(UnreadableDocumentError(Path("a.pdf"), "it is empty")),
        str(NoDocumentsError([Path("x")], {".txt"})),
        str(NotABuildError(Path("out"), "readings.db")),
        str(SettingsError("jobs", 0, "1 or more")),
    ]
    assert messages == [
        "Cannot read a.pdf: it is empty. Repair or remove the file.",
        "No documents in x. kg reads .txt.",
        "out is not a build: readings.db is missing. Make one with `kg build PATH -o out`.",
        "Setting jobs cannot be 0: it must be 1 or more.",
    ]


def test_every_error_has_one_base():
    assert issubclass(UnknownNameError, KgError)
