"""The front end's sources, and that the committed bundle is what they make."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.outputs.drawing.html_page import PAGE

FRONT = Path(__file__).parents[1] / "front"
SOURCES = sorted((FRONT / "src").glob("*.js"))
BUILT = ("front.js", "front.css", "LICENCES.txt")
UNSAFE = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_text_enters_the_page_as_text_alone(source):
    assert not UNSAFE.search(source.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_each_module_says_what_it_is_for(source):
    text = source.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) <= 500


def test_bundle_names_the_licences_of_what_is_in_it():
    licences = (PAGE / "LICENCES.txt").read_text(encoding="utf-8")
    for package in ("vis-network 10.1.5", "vis-data", "d3-force"):
        assert package in licences


def with_node(test):
    """Leave a test out where there is no node, or nothing installed for it."""
    missing = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
    bare = pytest.mark.skipif(not (FRONT / "node_modules").is_dir(), reason="run `make page` first")
    return missing(bare(test))


@with_node
@pytest.mark.skipif(
    not (FRONT / "node_modules" / "@biomejs").is_dir(), reason="run `make page` first"
)
def test_sources_are_linted_and_formatted():
    done = subprocess.run(
        ["npm", "run", "--silent", "lint"], cwd=FRONT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@with_node
def test_sources_make_the_committed_bundle(tmp_path):
    subprocess.run(["node", FRONT / "build.mjs", tmp_path], check=True, capture_output=True)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (PAGE / name).read_bytes(), f"`make page`: {name}"
