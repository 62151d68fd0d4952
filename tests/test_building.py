"""Builds: incremental, safe, the same bytes. The real model reads small texts."""

import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import building
from kg.build_folder import export_build, open_build
from kg.building import build
from kg.commands.report import show_summary
from kg.errors import InputError, NoDocumentsError, NotABuildError, OutputError, UnknownNameError
from kg.outputs.exports import EXPORTS
from kg.outputs.files import write_whole
from kg.outputs.sparql.asking import query_build
from kg.settings import Settings
from tests.test_documents import pdf
from tests.written_files import archive, csv_file

pytestmark = pytest.mark.model

ALPHA = "In May 2015 Kenya signed a treaty with Peru. Chile denied that Peru attacked Kenya.\n"
BETA = "Norway may join the Lima Pact. Sweden did not sell ships to Iran.\n"
SAME_BYTES = [
    "graph.ttl",
    "graph.html",
    "graph.graphml",
    "entities.csv",
    "documents.csv",
    "merges.csv",
    "claims.csv",
]


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "alpha.txt").write_text(ALPHA, encoding="utf-8")
    (folder / "beta.txt").write_text(BETA, encoding="utf-8")
    return folder


def content(folder):
    return {name: (folder / name).read_bytes() for name in SAME_BYTES}


def rows(folder):
    with sqlite3.connect(folder / "readings.db") as database:
        return database.execute("SELECT * FROM readings ORDER BY id").fetchall()


def test_build_leaves_what_the_design_lists(corpus, tmp_path):
    build([corpus], tmp_path / "out", Settings())
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        *SAME_BYTES,
        "readings.db",
        "run.json",
    }


def test_two_builds_are_the_same_bytes_whatever_the_order(corpus, tmp_path):
    build([corpus], tmp_path / "one", Settings())
    build([corpus / "beta.txt", corpus / "alpha.txt"], tmp_path / "two", Settings(jobs=2))
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert rows(tmp_path / "one") == rows(tmp_path / "two")


def test_unchanged_document_is_not_read_again(corpus, tmp_path):
    build([corpus], tmp_path / "out", Settings())
    (corpus / "beta.txt").write_text(BETA + "Oslo paid.\n", encoding="utf-8")
    assert build([corpus], tmp_path / "out", Settings()).read_now == 1


def test_incremental_build_equals_a_fresh_one(corpus, tmp_path):
    build([corpus / "alpha.txt"], tmp_path / "grown", Settings())
    build([corpus], tmp_path / "grown", Settings())
    build([corpus], tmp_path / "fresh", Settings())
    assert content(tmp_path / "grown") == content(tmp_path / "fresh")


def test_another_sureness_weighs_anew_what_was_read(corpus, tmp_path):
    strict, lax = Settings(sure=1.0), Settings(sure=0.0)
    build([corpus], tmp_path / "out", strict)
    assert not any(r.affirmed for r in open_build(tmp_path / "out").relations.values())
    assert build([corpus], tmp_path / "out", lax).read_now == 0
    assert any(r.affirmed for r in open_build(tmp_path / "out").relations.values())
    build([corpus], tmp_path / "fresh", lax)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")
    assert rows(tmp_path / "out") == rows(tmp_path / "fresh")


def test_claims_left_out_of_one_build_are_there_for_the_next(corpus, tmp_path):
    build([corpus], tmp_path / "out", Settings(min_confidence=1.0))
    assert not open_build(tmp_path / "out").claims
    build([corpus], tmp_path / "out", Settings())
    assert open_build(tmp_path / "out").claims


def test_removed_document_leaves_the_graph(corpus, tmp_path):
    build([corpus], tmp_path / "out", Settings())
    (corpus / "beta.txt").unlink()
    build([corpus], tmp_path / "out", Settings())
    graph = open_build(tmp_path / "out")
    assert list(graph.documents) == ["alpha"]
    assert "norway" not in graph.entities


def test_unreadable_file_is_named_and_the_rest_is_built(corpus, tmp_path):
    (corpus / "empty.txt").touch()
    (corpus / "binary.txt").write_bytes(b"\0\1\2" * 500)
    summary = build([corpus], tmp_path / "out", Settings())
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [Path(entry["file"]).name for entry in run["unreadable"]] == ["binary.txt", "empty.txt"]
    assert summary.documents == 2


def test_nothing_readable_is_one_clear_error(tmp_path):
    (tmp_path / "a.txt").touch()
    with pytest.raises(InputError, match=r"The only file could not be read .*empty"):
        build([tmp_path / "a.txt"], tmp_path / "out", Settings())


def test_files_of_kinds_that_are_not_read_are_counted(tmp_path):
    for name in ("b.xlsx", "c.XLSX", "d", ".hidden.xlsx", "README.rst"):
        (tmp_path / name).write_text("Kenya", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Kenya joined the union.", encoding="utf-8")
    summary = build([tmp_path], tmp_path / "out", Settings())
    assert summary.other_files == {"": 1, ".xlsx": 2}


def test_files_of_other_kinds_inside_others_are_counted_and_named(tmp_path):
    members = {"a.txt": "Kenya joined the union.", "b.png": "x", "in/c.png": "x"}
    (tmp_path / "all.zip").write_bytes(archive(members))
    (tmp_path / "d.png").write_text("x")
    summary = build([tmp_path], tmp_path / "out", Settings())
    assert summary.other_files == {".png": 3}
    assert summary.unreadable == ()
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [Path(m).name for m in run["other_members"]] == ["b.png", "c.png"]


def test_rows_of_a_table_are_documents_on_request_and_known_again(tmp_path):
    table = csv_file(
        ["who", "answer"], ["Ada", "Kenya joined the union."], ["Ivo", "Peru left it."]
    )
    (tmp_path / "survey.csv").write_bytes(table)
    (tmp_path / "a.txt").write_text("Chile sold ships.")
    settings = Settings(text_columns=("Answer",))
    assert build([tmp_path], tmp_path / "out", Settings()).other_files == {".csv": 1}
    summary = build([tmp_path], tmp_path / "out", settings)
    assert (summary.documents, summary.read_now, summary.other_files) == (3, 2, {})
    (tmp_path / "survey.csv").write_bytes(table.replace(b"Peru", b"Cuba"))
    assert build([tmp_path], tmp_path / "out", settings).read_now == 1
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["text_columns"] == ["Answer"]


def test_pages_of_a_pdf_without_text_are_named(tmp_path):
    (tmp_path / "half.pdf").write_bytes(pdf("Kenya joined the union.", "", "Peru left it.", ""))
    summary = build([tmp_path], tmp_path / "out", Settings())
    assert summary.pages_without_text == (("half.pdf", (2, 4)),)
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["pages_without_text"] == [{"file": "half.pdf", "pages": [2, 4]}]


def test_a_file_with_a_bad_byte_is_named_and_read(tmp_path, capsys):
    content = "José joined the “union”.\nHe left\ufffd it.".encode().replace(
        b"\xef\xbf\xbd", b"\xff"
    )
    (tmp_path / "a.txt").write_bytes(content)
    summary = build([tmp_path], tmp_path / "out", Settings())
    assert summary.damaged == (("a.txt", 1, 2),)
    show_summary(summary)
    assert 'a.txt: 1 character is damaged and read as "�", in line 2' in capsys.readouterr().err
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["damaged"] == [{"file": "a.txt", "characters": 1, "first_line": 2}]


def test_documents_inside_a_file_are_kept_and_known_again(tmp_path):
    members = {"a.txt": "Kenya joined the union.", "b.txt": "Peru left it.", "c.txt": ""}
    (tmp_path / "all.zip").write_bytes(archive(members))
    summary = build([tmp_path], tmp_path / "out", Settings())
    assert list(open_build(tmp_path / "out").documents) == ["all--a", "all--b"]
    assert summary.unreadable == ((str(tmp_path / "all.zip" / "c.txt"), "it is empty"),)
    assert build([tmp_path], tmp_path / "out", Settings()).read_now == 0


def test_a_build_among_the_documents_is_not_read_as_one(tmp_path):
    (tmp_path / "a.txt").write_text("Kenya joined the union.", encoding="utf-8")
    for _ in range(2):
        summary = build([tmp_path], tmp_path / "out", Settings())
        assert (summary.documents, summary.unreadable, summary.other_files) == (1, (), {})


def test_a_place_that_cannot_be_written_is_named_as_the_user_named_it(tmp_path):
    def fail(path):
        raise OutputError(path, "Permission denied")

    with pytest.raises(OutputError, match=r"graph\.nt: Permission") as raised:
        write_whole(tmp_path / "graph.nt", fail)
    assert ".part" not in str(raised.value)


def test_no_documents_is_an_error(tmp_path):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NoDocumentsError):
        build([tmp_path / "nothing"], tmp_path / "out", Settings())


def test_output_that_is_a_file_is_an_error(corpus, tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="out"):
        build([corpus], tmp_path / "out", Settings())


def test_killed_build_goes_on_where_it_stopped(tmp_path):
    folder, out = tmp_path / "many", tmp_path / "out"
    folder.mkdir()
    for number in range(60):
        (folder / f"n{number:02}.txt").write_text(ALPHA * 20, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (
        not (out / "readings.db").exists() or len(kept(out)) < 3
    ):
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = len(kept(out))
    summary = build([folder], out, Settings())
    assert 3 <= before < 60
    assert summary.read_now == 60 - before


def test_a_stopped_build_leaves_no_process_behind(corpus, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(building.ReadingStore, "put", stop)
    with pytest.raises(KeyboardInterrupt) as held:
        build([corpus], tmp_path / "out", Settings(jobs=2))
    assert held.value is not None  # What is held keeps the readers' generator alive.
    assert multiprocessing.active_children() == []


def test_a_stopped_build_waits_for_no_long_document(tmp_path, monkeypatch):
    stopped_at = []

    def stop(*_):
        stopped_at.append(time.monotonic())
        raise KeyboardInterrupt

    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(ALPHA, encoding="utf-8")
    (folder / "b.txt").write_text(ALPHA * 8_000, encoding="utf-8")
    monkeypatch.setattr(building.ReadingStore, "put", stop)
    with pytest.raises(KeyboardInterrupt):
        build([folder], tmp_path / "out", Settings(jobs=2))
    assert time.monotonic() - stopped_at[0] < 10


def kept(out):
    try:
        return rows(out)
    except sqlite3.Error:
        return []


def test_progress_is_told_inside_a_long_document(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "LONG_DOCUMENT", 3)
    (tmp_path / "long.txt").write_text("Kenya left.\n\n" * 3, encoding="utf-8")
    (tmp_path / "short.txt").write_text("Peru left.\n\n" * 2, encoding="utf-8")
    told = []
    build([tmp_path], tmp_path / "out", Settings(), lambda *how_far: told.append(how_far))
    inside = [how_far for how_far in told if "paragraphs" in how_far[0]]
    assert inside == [("reading long.txt, paragraphs", number, 3) for number in (1, 2, 3)]


def test_folder_that_is_no_build_is_an_error(tmp_path):
    with pytest.raises(NotABuildError, match=r"readings\.db"):
        open_build(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / "alpha.txt").write_text(ALPHA, encoding="utf-8")
    settings = Settings(base_iri="https://example.org/x/", sure=0.0)
    build([folder / "alpha.txt"], folder / "out", settings)
    return folder / "out"


def test_denied_claim_is_no_plain_triple(built):
    found = query_build(built, "ASK { ent:peru rel:attack ent:kenya }")
    assert found.truth is False


def test_fact_is_a_plain_triple(built):
    found = query_build(built, "SELECT ?who { ent:kenya rel:sign-treaty-with/rdfs:label ?who }")
    assert "Peru" in found.text("csv")


def test_base_iri_of_the_build_is_used_in_queries_and_exports(built):
    path = export_build(built, "nt")
    assert "<https://example.org/x/entity/kenya>" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_is_written(built, form, tmp_path):
    path = export_build(built, form, tmp_path / "exported")
    assert path.exists()


def test_unknown_form_suggests_one(built):
    with pytest.raises(UnknownNameError, match="jsonld"):
        export_build(built, "json-ld")
