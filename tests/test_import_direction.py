"""kg is built in layers; a module may import only from the layers below its own."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
LAYERS = [
    {"errors", "folding", "progress", "slugs", "version", "vocabulary"},
    {"records", "run_file", "search_keys", "settings"},
    {"failures", "lexicons", "relation_types", "serialization"},
    {"plain_names"},
    {"reading", "linking"},
    {"graph"},
    {"outputs"},
    {"web"},
    {"pipeline"},
    {"build_folder", "component", "reading_processes"},
    {"building"},
    {"evaluation"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
ROOMS = {
    "reading": [
        {"encoder", "grammar", "values", "store"},
        {"relations", "time_phrases"},
        {"time_repair"},
        {"parse_repair"},
        {"names", "documents"},
        {"parsing", "mentions"},
        {"status"},
        {"claims"},
    ],
    "outputs": [
        {"files", "standing", "xml_text"},
        {"rdf"},
        {"sparql", "texts"},
        {"drawing", "validation"},
        {"exports"},
    ],
}
"""The layers inside a folder; between the rooms of one layer nothing is imported either."""
FENCES = {
    "spacy": {"reading", "component"},  # which makes all of kg a part of somebody's pipeline
    "networkx": {"graph", "outputs"},  # which writes GraphML and GEXF with it
    "rdflib": {"outputs"},
    "pyoxigraph": {"outputs"},
    "pyvis": {"outputs"},
    "lxml": {"reading", "outputs"},
    "markdown_it": {"reading"},
    "openpyxl": {"reading"},
    "olefile": {"reading"},
    "oxmsg": {"reading"},
    "pypdfium2": {"reading"},
    "rapidocr": {"reading"},
    "sqlite3": {"reading", "linking", "outputs"},
    "starlette": {"web"},
    "uvicorn": {"web"},
}
MODULES = sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py"))
IN_ROOMS = [m for m in MODULES if m.split("/")[0] in ROOMS and not m.endswith("__init__.py")]


def imported(path):
    """Return every module that a file names in an import, wherever it does so."""
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts(path):
    return path.removesuffix(".py").split("/")


def depths(layers):
    return {name: depth for depth, names in enumerate(layers) for name in names}


def above(own, named, layers):
    """Return what is named that does not stand below ``own``."""
    depth = depths(layers)
    return {n for n in named - {own} if depth[n] >= depth[own]}


@pytest.mark.parametrize("path", [m for m in MODULES if m != "__init__.py"])
def test_module_imports_only_from_below(path):
    named = {name.split(".")[1] for name in imported(path) if name.startswith("kg.")}
    wrong = above(parts(path)[0], named, LAYERS)
    assert not wrong, f"kg/{path} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", IN_ROOMS)
def test_room_imports_only_from_rooms_below(path):
    folder, room = parts(path)[:2]
    dotted = [name.split(".") for name in imported(path) if name.startswith(f"kg.{folder}.")]
    wrong = above(room, {name[2] for name in dotted}, ROOMS[folder])
    assert not wrong, f"kg/{path} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", MODULES)
def test_heavy_library_stays_behind_its_fence(path):
    found = {name.split(".")[0] for name in imported(path)}
    outside = {library for library in found & set(FENCES) if parts(path)[0] not in FENCES[library]}
    assert not outside, f"kg/{path} must not import {sorted(outside)}"


def test_pyvis_is_known_in_one_file_only():
    users = [m for m in MODULES if any(name.split(".")[0] == "pyvis" for name in imported(m))]
    assert users == ["outputs/drawing/html_page.py"]
