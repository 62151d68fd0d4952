"""What goes wrong inside one document costs no other, and is told in one line."""

import json

import pytest
from click.testing import CliRunner

from kg import pipeline
from kg.build_folder import open_build
from kg.building import build
from kg.cli import main
from kg.errors import UnreadableDocumentError
from kg.failures import failure_of
from kg.pipeline import read_documents
from kg.reading.documents import reader
from kg.reading.documents.layout import Layout
from kg.reading.grammar import word_set
from kg.records import Document, Failure, Reading
from kg.serialization import reading_from_json, reading_to_json
from kg.settings import Settings
from tests.written_files import archive

FAILURE = Failure("IndexError", "kg/reading/grammar.py:12", "list index out of range")
GOOD, BAD = "In 2018 Kenya attacked Chad.", "In 2018 Peru left Chile."


def document(text, name="alpha"):
    return Document(name, name, text, f"{name}.txt", "en", "0" * 64)


@pytest.fixture
def failing(monkeypatch):
    """Let the claim finder fail on each document that names Peru."""
    find = pipeline.find_claims

    def fail(parsed, *args, **kwargs):
        if "Peru" in parsed.text:
            word_set(None)  # an error of a kind that nobody raises on purpose
        return find(parsed, *args, **kwargs)

    monkeypatch.setattr(pipeline, "find_claims", fail)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bad.txt").write_text(BAD, encoding="utf-8")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_a_failure_names_the_innermost_line_of_kg():
    with pytest.raises(AttributeError) as raised:
        word_set(None)
    failure = failure_of(raised.value)
    assert failure.error == "AttributeError"
    assert failure.place.startswith("kg/reading/grammar.py:")
    assert "Traceback" in failure.trace


def test_an_error_that_passed_no_line_of_kg_has_no_place():
    assert failure_of(ValueError("x")).place == "no line of kg"


def test_a_failure_in_a_reading_survives_json():
    reading = Reading(document("Kenya."), failure=FAILURE)
    assert reading_from_json(reading_to_json(reading)) == reading


def test_a_reading_without_failure_does_not_mention_one():
    assert "failure" not in json.loads(reading_to_json(Reading(document("Kenya."))))


def test_a_document_on_which_kg_fails_is_one_that_cannot_be_read(tmp_path, monkeypatch):
    def fail_on_bad(text, **_):
        return word_set(None) if text == "Bad." else Layout()

    monkeypatch.setattr(reader, "mark_layout", fail_on_bad)
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"bad.txt": "Bad.", "good.txt": "Good."}))
    error, document = reader.read_documents_in(path, "a.zip", "a")
    assert isinstance(error, UnreadableDocumentError)
    assert error.reason.startswith("kg failed on it, AttributeError in kg/")
    assert document.text == "Good."


@pytest.mark.model
@pytest.mark.parametrize("together", [1, 3])
def test_a_document_that_fails_costs_no_other(failing, together):
    documents = [document(GOOD, "a"), document(BAD, "b"), document(GOOD, "c")]
    readings = list(read_documents(documents, Settings(), together=together))
    assert [r.document.id for r in readings] == ["a", "b", "c"]
    assert [bool(r.claims) for r in readings] == [True, False, True]
    assert [r.failure and r.failure.error for r in readings] == [None, "AttributeError", None]


@pytest.mark.model
def test_a_build_names_what_failed_and_builds_the_rest(failing, corpus, tmp_path):
    summary = build([corpus], tmp_path / "out", Settings())
    ((file, failure),) = summary.failed
    assert (file, failure.error) == (str(corpus / "bad.txt"), "AttributeError")
    (told,) = json.loads((tmp_path / "out" / "run.json").read_text())["failed"]
    assert told["file"] == file
    assert told["place"].startswith("kg/reading/grammar.py:")
    graph = open_build(tmp_path / "out")
    assert graph.documents["bad"].text == BAD
    assert {c.document_id for c in graph.claims.values()} == {"good"}


@pytest.mark.model
def test_what_failed_is_not_read_again_unless_asked(failing, corpus, tmp_path, monkeypatch):
    build([corpus], tmp_path / "out", Settings())
    again = build([corpus], tmp_path / "out", Settings())
    assert (again.read_now, len(again.failed)) == (0, 1)
    monkeypatch.undo()
    mended = build([corpus], tmp_path / "out", Settings(), retry=True)
    assert (mended.read_now, mended.failed) == (1, ())


@pytest.mark.model
def test_the_next_version_reads_again_what_failed(failing, corpus, tmp_path, monkeypatch):
    build([corpus], tmp_path / "out", Settings())
    monkeypatch.undo()
    monkeypatch.setattr(Settings, "reader_version", lambda _: "next")
    assert build([corpus], tmp_path / "out", Settings()).failed == ()


@pytest.mark.model
@pytest.mark.parametrize("command", ["read", "build"])
def test_the_command_tells_a_failure_in_one_line(failing, corpus, tmp_path, command):
    more = ["-o", str(tmp_path / "out")] if command == "build" else []
    result = CliRunner().invoke(main, [command, str(corpus), *more])
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "bad.txt" in line]
    assert "kg itself failed on it (AttributeError in kg/reading/grammar.py:" in line
    assert "Traceback" not in result.output


@pytest.mark.model
def test_debug_shows_the_traceback(failing, corpus, tmp_path):
    result = CliRunner().invoke(
        main, ["build", str(corpus), "-o", str(tmp_path / "out"), "--debug"]
    )
    assert "Traceback" in result.stderr


@pytest.mark.parametrize("command", sorted({*main.commands} - {"knowledge"}))
def test_every_command_takes_debug(command):
    assert "--debug" in CliRunner().invoke(main, [command, "--help"]).output


def test_any_other_fault_of_kg_is_one_line_too(monkeypatch, tmp_path):
    monkeypatch.setattr("kg.build_folder.open_build", lambda _: word_set(None))
    result = CliRunner().invoke(main, ["show", str(tmp_path), "Kenya"])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: kg itself failed: AttributeError in kg/")
    assert len(result.stderr.splitlines()) == 1
