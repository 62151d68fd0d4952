"""The README is tested: each command in it runs, each example does, nothing is left out."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.component import make_reader

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.split("  #")[0].strip()
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.startswith("kg ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with corpus/ and the build that `make demo` makes."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["build", "corpus/", "-o", "outputs/isc-russia"])
        assert result.exit_code == 0, result.output
    return folder


@pytest.mark.model
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_runs(command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    if "outputs/mine" in command and not command.startswith("kg build"):
        CliRunner().invoke(main, ["build", "corpus/", "-o", "outputs/mine"])
    arguments = shlex.split(command.split(" > ")[0])[1:]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert result.output.strip()


@pytest.mark.model
def test_output_shown_in_the_readme_is_what_the_command_prints(folder, monkeypatch):
    monkeypatch.chdir(folder)
    shown = [block for language, block in BLOCKS if not language and block.startswith("$ kg ")]
    assert shown
    for block in shown:
        command, expected = block.split("\n", 1)
        result = CliRunner().invoke(main, shlex.split(command[2:])[1:])
        assert result.output.strip() == expected.strip()


@pytest.mark.model
def test_python_examples_of_the_readme_print_what_is_shown(folder, monkeypatch, capsys):
    """Each prints the block without a language that follows it; one goes on from another."""
    monkeypatch.chdir(folder)
    assert make_reader  # installed, the component is found without an import
    shared = {}
    for number in [n for n, (language, _) in enumerate(BLOCKS) if language == "python"]:
        exec(compile(BLOCKS[number][1], f"README.md, block {number}", "exec"), shared)
        language, expected = BLOCKS[number + 1]
        assert (language, capsys.readouterr().out) == ("", expected)


@pytest.mark.parametrize("command", main.commands)
def test_every_command_is_in_the_readme(command):
    assert f"kg {command}" in README


def test_every_dependency_has_a_reason():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    names = re.findall(r'"([A-Za-z0-9-]+)', block[1])
    table = README.split("## Why each dependency")[1]
    assert [name for name in names if name not in table] == []


def test_picture_of_the_readme_is_there():
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()


def test_make_targets_of_the_readme_are_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert f"\n{target}:" in makefile
