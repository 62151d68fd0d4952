"""kg: documents in, an honest knowledge graph out.

>>> import kg
>>> reading = kg.read_text("In 2018 Russia held military exercises with China.")
>>> graph = kg.build_graph([reading])
>>> [claim.predicate for claim in graph.claims_between("Russia", "China")]
['hold military exercises with']
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.version import __version__ as __version__

_HOMES = {
    # The public names, in the order of the flow, with the modules that define them.
    "Settings": "kg.settings",
    "Document": "kg.records",
    "Mention": "kg.records",
    "MentionGroup": "kg.records",
    "Claim": "kg.records",
    "Reading": "kg.records",
    "Entity": "kg.records",
    "LinkedClaim": "kg.records",
    "Relation": "kg.records",
    "KgError": "kg.errors",
    "read_text": "kg.pipeline",
    "read_paths": "kg.pipeline",
    "read_documents": "kg.pipeline",
    "reading_to_json": "kg.serialization",
    "reading_from_json": "kg.serialization",
    "build_graph": "kg.pipeline",
    "KnowledgeGraph": "kg.graph.assembly",
    "build": "kg.building",
    "open_build": "kg.build_folder",
    "to_rdflib": "kg.outputs.rdf.forms",
    "write_turtle": "kg.outputs.rdf.forms",
    "write_html": "kg.outputs.drawing.html_page",
}
__all__ = [  # noqa: RUF022 - in the order of the flow
    "Settings",
    "Document",
    "Mention",
    "MentionGroup",
    "Claim",
    "Reading",
    "Entity",
    "LinkedClaim",
    "Relation",
    "KgError",
    "read_text",
    "read_paths",
    "read_documents",
    "reading_to_json",
    "reading_from_json",
    "build_graph",
    "KnowledgeGraph",
    "build",
    "open_build",
    "to_rdflib",
    "write_turtle",
    "write_html",
]

if TYPE_CHECKING:
    from pandas import DataFrame

    from kg.build_folder import open_build
    from kg.building import build
    from kg.errors import KgError
    from kg.graph.assembly import KnowledgeGraph
    from kg.outputs.drawing.html_page import write_html
    from kg.outputs.rdf.forms import to_rdflib, write_turtle
    from kg.pipeline import build_graph, read_documents, read_paths, read_text
    from kg.records import (
        Claim,
        Document,
        Entity,
        LinkedClaim,
        Mention,
        MentionGroup,
        Reading,
        Relation,
    )
    from kg.serialization import reading_from_json, reading_to_json
    from kg.settings import Settings


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    """Import a public name when it is first asked for: `kg --help` need not wait for spaCy."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    # Only on classes that are loaded: showing and framing must cost nobody an import.
    for home, methods in _TIED.items():
        if _HOMES[home] in sys.modules:
            for method, function in methods.items():
                setattr(vars(sys.modules[_HOMES[home]])[home], method, function)
    return value


def __dir__() -> list[str]:
    """Return the public names, those not yet imported, too."""
    return sorted({*globals(), *__all__})


def _show_graph(graph: KnowledgeGraph) -> str:
    """Return what a notebook shows of a graph."""
    return str(import_module("kg.outputs.drawing.notebook").html_of_graph(graph))


def _show_reading(reading: Reading) -> str:
    """Return what a notebook shows of a reading."""
    return str(import_module("kg.outputs.drawing.notebook").html_of_reading(reading))


def _entities_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each entity, as in entities.csv; needs pandas."""
    return import_module("kg.outputs.texts.frames").entities_frame(graph)


def _claims_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each claim, as in claims.csv; needs pandas."""
    return import_module("kg.outputs.texts.frames").claims_frame(graph)


def _relations_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each relation, with its claims counted; needs pandas."""
    return import_module("kg.outputs.texts.frames").relations_frame(graph)


_TIED: dict[str, dict[str, Callable[..., Any]]] = {
    "KnowledgeGraph": {
        "_repr_html_": _show_graph,
        "entities_frame": _entities_frame,
        "claims_frame": _claims_frame,
        "relations_frame": _relations_frame,
    },
    "Reading": {"_repr_html_": _show_reading},
}
"""Methods are tied on here: graph and records must not know how they are shown."""
