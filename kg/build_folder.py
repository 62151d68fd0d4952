"""A build folder, opened again: its graph, other forms, its index, its check.

What makes and fills one is ``building.py``; ``outputs/sparql/asking.py`` asks it.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, NotABuildError, UnknownNameError
from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.outputs.drawing.explorer import open_explorer
from kg.outputs.drawing.explorer_index import INDEX, stamp_of, write_index
from kg.outputs.exports import EXPORTS
from kg.outputs.files import make_folder, write_whole
from kg.outputs.sparql.store import GRAPH
from kg.outputs.validation.promises import RULES, Violation, check_statements, read_statements
from kg.outputs.validation.shapes import own_shapes, read_shapes, validate_shapes
from kg.pipeline import AnyPath, as_folder, build_graph
from kg.reading.store import READINGS, ReadingStore
from kg.records import Entity
from kg.run_file import base_iri_of, licence_of, setting_of
from kg.serialization import entity_from_json
from kg.settings import Settings

MERGES = "merges.csv"
LINKED = "linked.jsonl"
"""The entities of a build that was imported: they were linked elsewhere, and stay as they are."""


def open_build(folder: AnyPath) -> KnowledgeGraph:
    """Return the graph of a build folder.

    Raises:
        NotABuildError: the folder is not one that `kg build` made.

    """
    folder = as_folder(folder, "kg.open_build")
    if not (folder / READINGS).is_file():
        raise NotABuildError(folder, READINGS)
    with ReadingStore(folder / READINGS) as store:
        if (folder / LINKED).is_file():
            return assemble_graph(list(store.readings()), _read_linked(folder / LINKED))
        return build_graph(store.readings(), _weighing(folder))


def _weighing(folder: Path) -> Settings:
    """Return the settings by which a build links and weighs what was read."""
    given = {name: setting_of(folder, name) for name in ("min_confidence", "sure", "worth")}
    weights = {name: float(value) for name, value in given.items() if value is not None}
    return Settings(knowledge=setting_of(folder, "knowledge"), **weights)  # type: ignore[arg-type]


def read_identities(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a build's merges.csv: what was taken for one thing, and why.

    Raises:
        NotABuildError: the folder has none, as one that `kg import` made.

    """
    try:
        # Whoever looked at it in a spreadsheet may have saved it, with a mark before the text.
        with (folder / MERGES).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    except FileNotFoundError as error:
        raise NotABuildError(folder, MERGES) from error
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"Cannot read {folder / MERGES}: {error}. Build it again.") from error


def prepare_explorer(folder: Path) -> bool:
    """Make the index that the explorer asks, unless it is there; return whether it was made.

    A folder without readings, or one that cannot be written, is served without.
    """
    try:
        open_explorer(folder)
    except NotABuildError:
        if not (folder / READINGS).is_file() or not os.access(folder, os.W_OK):
            return False
        graph, stamp = open_build(folder), stamp_of(folder)
        write_whole(
            folder / INDEX,
            lambda path: write_index(graph, path, title=folder.resolve().name, stamp=stamp),
        )
        return True
    return False


def _read_linked(path: Path) -> list[Entity]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [entity_from_json(line) for line in lines if line]


def export_build(
    folder: Path, form: str, output: Path | None = None, *, licence: str | None = None
) -> Path:
    """Write a build in another form; return where. Its settings say which IRIs it mints.

    ``licence`` takes the place of the licence in the build's settings.

    Raises:
        UnknownNameError: there is no such form.
        NotABuildError: the folder is not one that `kg build` made.

    """
    if form not in EXPORTS:
        raise UnknownNameError("form", form, set(EXPORTS))
    exporter = EXPORTS[form]
    path = output or folder / (f"graph{exporter.suffix}" if exporter.suffix else form)
    settings = Settings(base_iri=base_iri_of(folder), licence=licence or licence_of(folder))
    graph = open_build(folder)

    def write(to: Path) -> None:
        exporter.write(graph, to, base_iri=settings.base_iri, licence=settings.licence)

    if exporter.is_folder:
        make_folder(path)
        write(path)
    else:
        write_whole(path, write)
    return path


@dataclass(frozen=True, slots=True)
class Validation:
    """What was checked, and what is wrong with it."""

    triples: int
    rules: str
    violations: tuple[Violation, ...]


def validate_build(folder: Path, *, shapes: Path | None = None, shacl: bool = False) -> Validation:
    """Check a build's graph.ttl against what kg promises, and against SHACL shapes on demand.

    Raises:
        NotABuildError: the folder has no graph.ttl that parses.
        MissingExtraError: SHACL is asked for, and pySHACL is not installed.
        InputError: the shapes cannot be used.

    """
    graph = folder / GRAPH
    if not graph.is_file():
        raise NotABuildError(folder, GRAPH)
    # Parsed before the graph is: a mistake in the shapes is told at once.
    wanted = ([own_shapes()] if shacl else []) + ([read_shapes(shapes)] if shapes else [])
    found = read_statements(graph)
    violations = list(check_statements(found))
    rules = f"{len(RULES)} rules"
    if wanted:
        violations += validate_shapes(graph, wanted)
        rules += f" and {len(wanted)} set{'s' if len(wanted) > 1 else ''} of SHACL shapes"
    return Validation(found.triples, rules, tuple(dict.fromkeys(violations)))
