"""Draw a graph as one HTML page that opens with no network.

pyvis builds the network; the page is ours, for pyvis' own asks two CDNs for its
style, writes headings and options into the page unescaped, and switches to innerHTML
when any title holds "href". Here data is inert JSON, code never depends on it, and a
content security policy lets only that code run (``page/`` holds template, style and
scripts). Positions come from ``positions.py``, so nothing has to settle at opening.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections import defaultdict
from collections.abc import Collection, KeysView, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import OutputError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.page_data import Json, page_data
from kg.outputs.positions import place_nodes
from kg.outputs.safe_text import displayable
from kg.records import Relation

LIMIT = 1500
"""So many nodes are drawn unless told otherwise: they still pan smoothly everywhere."""
LABEL_LENGTH = 28
TITLE = "Knowledge graph"

PAGE = Path(__file__).parent / "page"
LIBRARY = PAGE / "vis-network" / "vis-network.min.js"
SCRIPTS = ("model.js", "elements.js", "canvas.js", "panel.js", "table.js", "page.js")

SHAPES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("Person", "Group", "Role"), "dot")
    | dict.fromkeys(("Organization", "Government", "PoliticalParty"), "square")
    | dict.fromkeys(("Country", "City", "Region", "Place", "Facility"), "hexagon")
    | dict.fromkeys(("Work", "Law", "Product"), "triangle")
    | {"Event": "diamond", "Concept": "dot"}
)
"""A shape for each family of types, so that colour is never the only sign."""


def draw_html(
    graph: KnowledgeGraph,
    *,
    title: str = TITLE,
    limit: int = LIMIT,
    around: str | None = None,
    depth: int = 2,
) -> str:
    """Return the page; the same graph gives the same page.

    ``limit`` is how many entities are drawn, the most important first. ``around``
    draws only what lies within ``depth`` relations of the entity of that name.

    Raises:
        UnknownNameError: no entity has the name ``around``.

    """
    centre = graph.find(around).id if around is not None else None
    near = _neighbourhood(graph, centre, depth) if centre else dict.fromkeys(graph.entities, 0)
    shown = _most_important(graph, near, limit)
    data = page_data(graph, shown) | {
        "title": displayable(title),
        "centre": displayable(centre) if centre else None,
        "whole": [len(graph.entities), len(graph.relations), len(graph.claims)],
        "leftOut": len(near) - len(shown),
    }
    return _PageBuilder(graph, shown).page(displayable(title), data)


def write_html(
    graph: KnowledgeGraph,
    path: Path,
    *,
    title: str = TITLE,
    limit: int = LIMIT,
    around: str | None = None,
    depth: int = 2,
) -> None:
    """Write the page of ``draw_html`` to ``path``, making its folder if need be.

    Raises:
        OutputError: the file cannot be written.

    """
    page = draw_html(graph, title=title, limit=limit, around=around, depth=depth)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def _neighbourhood(graph: KnowledgeGraph, centre: str, depth: int) -> dict[str, int]:
    """Return how many relations away each entity within reach is."""
    joined: dict[str, set[str]] = defaultdict(set)
    for relation in graph.relations.values():
        joined[relation.subject_id].add(relation.object_id)
        joined[relation.object_id].add(relation.subject_id)
    distance = {centre: 0}
    frontier = {centre}
    for step in range(1, depth + 1):
        frontier = {b for a in frontier for b in joined[a]} - distance.keys()
        distance |= dict.fromkeys(sorted(frontier), step)
    return distance


def _most_important(
    graph: KnowledgeGraph, distance: Mapping[str, int], limit: int
) -> Sequence[str]:
    """Return the entities to draw: the near ones, then the joined, then the much named."""
    degree = _degrees(graph.relations.values())

    def rank(entity_id: str) -> tuple[int, bool, int, str]:
        weight = graph.mention_counts[entity_id] + degree[entity_id]
        return distance[entity_id], not degree[entity_id], -weight, entity_id

    return sorted(distance, key=rank)[:limit]


def _degrees(relations: Collection[Relation]) -> dict[str, int]:
    degree: dict[str, int] = defaultdict(int)
    for relation in relations:
        degree[relation.subject_id] += 1
        degree[relation.object_id] += 1
    return degree


class _PageBuilder(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis Network that fills our own page instead of the one of pyvis."""

    def __init__(self, graph: KnowledgeGraph, shown: Collection[str]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
        # A string, or pyvis would print every default it knows into the page.
        self.options = {"physics": {"enabled": False}}
        wanted = set(shown)
        relations = [
            r for r in graph.relations.values() if r.subject_id in wanted and r.object_id in wanted
        ]
        self._add_entities(graph, sorted(wanted), relations)
        self._add_relations(relations)

    def get_nodes(self) -> KeysView[str]:
        """Return the node ids; pyvis asks twice for each edge, and a list would be slow."""
        keys: KeysView[str] = self.node_map.keys()
        return keys

    def page(self, title: str, data: Json) -> str:
        """Return the page around the network."""
        style = _read("page.css")
        code = "(() => {\n'use strict';\n" + "\n".join(_read(name) for name in SCRIPTS) + "})();\n"
        library = LIBRARY.read_text(encoding="utf-8")
        self.heading = title
        self.templateEnv.globals |= {
            "as_json": as_json,
            "data": data,
            "style": _trusted(style),
            "library": _trusted(library),
            "code": _trusted(code),
            "policy": _policy([library, code], style),
        }
        page: str = self.generate_html()
        return page

    def _add_entities(
        self, graph: KnowledgeGraph, ids: Sequence[str], relations: Sequence[Relation]
    ) -> None:
        degree = _degrees(relations)
        labels = {id_: _label(graph.entities[id_].name) for id_ in ids}
        weight = {id_: graph.mention_counts[id_] + degree[id_] for id_ in ids}
        sizes = {id_: _size(graph.entities[id_].type, weight[id_]) for id_ in ids}
        boxes = {
            id_: (max(2 * sizes[id_], 7.0 * len(labels[id_])) + 16, 2 * sizes[id_] + 26.0)
            for id_ in ids
        }
        points = place_nodes(boxes, [(r.subject_id, r.object_id) for r in relations])
        for id_ in ids:
            x, y = points[id_]
            type_ = graph.entities[id_].type
            self.add_node(
                displayable(id_),
                label=labels[id_],
                shape=SHAPES.get(type_, "dot"),
                group=displayable(type_),
                size=sizes[id_],
                value=weight[id_],
                degree=degree[id_],
                x=x,
                y=y,
            )

    def _add_relations(self, relations: Sequence[Relation]) -> None:
        between: dict[tuple[str, ...], list[Relation]] = defaultdict(list)
        for relation in relations:
            between[tuple(sorted((relation.subject_id, relation.object_id)))].append(relation)
        for (first, _), group in sorted(between.items()):
            for bend, relation in zip(_bends(len(group)), group, strict=True):
                self.add_edge(
                    displayable(relation.subject_id),
                    displayable(relation.object_id),
                    id=relation.id,
                    bend=bend if relation.subject_id == first else 0.0 - bend,
                    width=round(
                        1.3 + 0.8 * math.log2(len(relation.claims)) + relation.confidence / 2, 2
                    ),
                )


def _label(name: str) -> str:
    name = " ".join(displayable(name).split())
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"


def _size(type_: str, weight: int) -> float:
    if type_ == "Concept":
        return 6.0
    return round(min(7 + 2.1 * math.sqrt(weight), 30), 1)


def _bends(count: int) -> list[float]:
    """Return how far to bend each of several edges between two nodes, so that all show."""
    step = min(0.24, 1.4 / count)
    return [round((i - (count - 1) / 2) * step, 3) + 0.0 for i in range(count)]


_MEANINGFUL = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def as_json(value: object) -> Markup:
    """Return JSON that may stand inside a script element, whatever text it holds."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(_MEANINGFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain))  # noqa: S704


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _trusted(own: str) -> Markup:
    """Return a file of ours as what needs no escaping; never called with data."""
    return Markup(own)  # noqa: S704


def _policy(scripts: Sequence[str], style: str) -> str:
    """Return the content security policy: our scripts and our style, and nothing else."""
    allowed = " ".join(_fingerprint(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_fingerprint(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
