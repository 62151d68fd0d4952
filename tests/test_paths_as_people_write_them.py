"""Paths as strings or Paths, one or several; settings only where somebody wants others."""

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, NotABuildError


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "alpha.txt").write_text("Chile denied that Peru attacked Kenya.\n", encoding="utf-8")
    (folder / "beta.txt").write_text("Sweden did not sell ships to Iran.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("spelled", [str, Path])
def test_one_path_or_several_are_read(spelled, corpus):
    whole = [document.source for document in kg.read_paths(spelled(corpus))]
    files = [spelled(corpus / name) for name in ("alpha.txt", "beta.txt")]
    assert [document.source for document in kg.read_paths(files)] == whole
    assert [document.source for document in kg.read_paths(files[0])] == ["alpha.txt"]


def test_string_is_one_path_and_not_its_letters():
    with pytest.raises(InputError, match="no file or folder /nowhere-at-all"):
        list(kg.read_paths("/nowhere-at-all"))


@pytest.mark.parametrize("spelled", [str, Path])
def test_folder_that_is_no_build_is_named(spelled, tmp_path):
    with pytest.raises(NotABuildError, match="is not a build"):
        kg.open_build(spelled(tmp_path))


@pytest.mark.model
@pytest.mark.parametrize("spelled", [str, Path])
def test_build_needs_no_settings(spelled, corpus, tmp_path):
    summary = kg.build(spelled(corpus), spelled(tmp_path / "out"))
    assert summary.documents == 2
    assert len(kg.open_build(spelled(tmp_path / "out")).documents) == 2


@pytest.mark.model
def test_documents_are_read_without_settings(corpus):
    assert len(list(kg.read_documents(kg.read_paths(corpus)))) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kg.read_text(None), "kg.read_text takes a text, not None. "),
        (lambda: kg.read_text(Path("a.txt")), "kg.read_text takes a text, not PosixPath"),
        (lambda: list(kg.read_paths(None)), "takes a path or several, not None. "),
        (lambda: list(kg.read_paths([None])), "takes a path or several, not None. "),
        (lambda: list(kg.read_paths(3)), "takes a path or several, not 3. "),
        (lambda: kg.build(None, "out"), "takes a path or several, not None. "),
        (lambda: kg.build("in", None), "takes a folder, not None. "),
        (lambda: kg.open_build(None), "kg.open_build takes a folder, not None. "),
    ],
)
def test_what_is_no_path_or_text_is_named_with_what_to_pass(call, message):
    with pytest.raises(kg.KgError) as caught:
        call()
    assert isinstance(caught.value, TypeError)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("command", ["build", "read"])
def test_a_path_that_is_not_there_is_told_before_anything_heavy_is_loaded(command):
    code = (
        "import sys; from kg.cli import main\n"
        f"try: main(['{command}', 'nope.txt'])\n"
        "except SystemExit as end: print(end.code, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 False\n"
    assert done.stderr == "Error: There is no file or folder nope.txt. Check the path.\n"
