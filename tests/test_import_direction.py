"""kg is built in layers; a module may import only from the layers below its own."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
LAYERS = [
    {"errors", "folding", "slugs", "vocabulary"},
    {"records", "settings"},
    {"serialization"},
    {"reading", "linking"},
    {"graph"},
    {"outputs"},
    {"web"},
    {"pipeline"},
    {"building"},
    {"evaluation"},
    {"progress"},
    {"knowledge_cli"},
    {"cli"},
    {"__main__"},
]
LAYER_OF = {name: depth for depth, names in enumerate(LAYERS) for name in names}
FENCES = {
    "spacy": {"reading"},
    "networkx": {"graph", "outputs"},  # which writes GraphML and GEXF with it
    "rdflib": {"outputs"},
    "pyoxigraph": {"outputs"},
    "pyvis": {"outputs"},
    "lxml": {"reading", "outputs"},
    "pypdfium2": {"reading"},
    "sqlite3": {"reading", "linking", "outputs"},
    "starlette": {"web"},
    "uvicorn": {"web"},
}
MODULES = sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py"))


def imported(path):
    """Return every module that a file names in an import, wherever it does so."""
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(path):
    return path.removesuffix(".py").split("/")[0]


@pytest.mark.parametrize("path", [m for m in MODULES if m != "__init__.py"])
def test_module_imports_only_from_below(path):
    own = part(path)
    named = {name.split(".")[1] for name in imported(path) if name.startswith("kg.")}
    above = {n for n in named - {own, "__version__"} if LAYER_OF[n] >= LAYER_OF[own]}
    assert not above, f"kg/{path} must not import {sorted(above)}"


@pytest.mark.parametrize("path", MODULES)
def test_heavy_library_stays_behind_its_fence(path):
    found = {name.split(".")[0] for name in imported(path)}
    outside = {library for library in found & set(FENCES) if part(path) not in FENCES[library]}
    assert not outside, f"kg/{path} must not import {sorted(outside)}"


def test_pyvis_is_known_in_one_file_only():
    users = [m for m in MODULES if any(name.split(".")[0] == "pyvis" for name in imported(m))]
    assert users == ["outputs/drawing.py"]
