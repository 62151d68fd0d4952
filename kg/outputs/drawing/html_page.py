"""Draw a graph as one HTML page that opens with no network.

pyvis builds the network; the page is ours, for pyvis' own asks two CDNs for its
style, writes headings and options into the page unescaped, and switches to innerHTML
when any title holds "href". Here data is inert JSON, code never depends on it, and a
content security policy lets only that code run (``page/`` holds template, style and
the script that ``front/`` is bundled into). Positions come from ``positions.py``, so
nothing has to settle at opening. Much data is compressed: text leaves a fifth.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, KeysView, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.drawing.communities import Communities, find_communities
from kg.outputs.drawing.page_data import (
    Json,
    degrees,
    heaviest_of,
    label_box,
    node_row,
    page_data,
    relations_among,
)
from kg.outputs.drawing.positions import place_nodes
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.files import write_text
from kg.records import Relation

LIMIT = 1500
"""So many nodes are drawn unless told otherwise: they still pan smoothly everywhere."""
TITLE = "Knowledge graph"
COMPRESS_ABOVE = 400_000
"""Characters of JSON; less stays readable in the file."""

PAGE = Path(__file__).parents[1] / "page"
SCRIPT, STYLE = PAGE / "front.js", PAGE / "front.css"


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
    part = choose_part(graph, limit=limit, around=around, depth=depth)
    network = GraphNetwork(graph, part.ids)
    data = page_data(graph, part.ids) | {
        "title": displayable(title),
        "centre": displayable(part.centre) if part.centre else None,
        "whole": [len(graph.entities), len(graph.relations), len(graph.told)],
        "leftOut": part.left_out,
        "communities": network.communities.rows,
        "network": {"nodes": network.nodes, "edges": network.edges},
    }
    return network.page(displayable(title), data)


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
    write_text(path, draw_html(graph, title=title, limit=limit, around=around, depth=depth))


class Part:
    """The part of a graph that is drawn: ``ids``, the most important first."""

    def __init__(self, ids: Sequence[str], left_out: int, centre: str | None = None) -> None:
        self.ids = ids
        self.left_out = left_out
        self.centre = centre


def choose_part(
    graph: KnowledgeGraph, *, limit: int, around: str | None = None, depth: int = 2
) -> Part:
    """Return what of a graph to draw.

    Raises:
        UnknownNameError: no entity has the name ``around``.

    """
    centre = graph.find(around).id if around is not None else None
    near = _neighbourhood(graph, centre, depth) if centre else dict.fromkeys(graph.entities, 0)
    shown = _most_important(graph, near, limit)
    return Part(shown, len(near) - len(shown), centre)


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
    degree = degrees(graph.relations.values())

    def rank(entity_id: str) -> tuple[int, bool, int, str]:
        weight = graph.mention_counts[entity_id] + degree.get(entity_id, 0)
        return distance[entity_id], entity_id not in degree, -weight, entity_id

    return sorted(distance, key=rank)[:limit]


class GraphNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis Network that fills our own page instead of the one of pyvis."""

    def __init__(self, graph: KnowledgeGraph, shown: Collection[str]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
        # A string, or pyvis would print every default it knows into the page.
        self.options = {"physics": {"enabled": False}}
        ids = sorted(set(shown))
        relations = relations_among(graph, set(ids))
        self.communities = find_communities(graph, ids, relations)
        self._add_entities(graph, ids, relations, self.communities)
        self._add_relations(relations)

    def get_nodes(self) -> KeysView[str]:
        """Return the node ids; pyvis asks twice for each edge, and a list would be slow."""
        keys: KeysView[str] = self.node_map.keys()
        return keys

    def page(self, title: str, data: Json) -> str:
        """Return the page around the network."""
        style, code = STYLE.read_text(encoding="utf-8"), SCRIPT.read_text(encoding="utf-8")
        # pyvis hands its heading on to the template.
        self.heading = title
        plain = as_json(data)
        packed = len(plain) > COMPRESS_ABOVE
        self.templateEnv.globals |= {
            "data": _packed(plain) if packed else plain,
            "data_type": "text/plain" if packed else "application/json",
            "style": _trusted(style),
            "code": _trusted(code),
            "policy": _policy([code], style),
        }
        page: str = self.generate_html()
        return page

    def _add_entities(
        self,
        graph: KnowledgeGraph,
        ids: Sequence[str],
        relations: Sequence[Relation],
        communities: Communities,
    ) -> None:
        degree = degrees(relations)
        heaviest = heaviest_of(graph, degree)
        rows = {id_: node_row(graph, id_, degree.get(id_, 0), heaviest) for id_ in ids}
        boxes = {id_: label_box(row) for id_, row in rows.items()}
        points = place_nodes(boxes, [(r.subject_id, r.object_id) for r in relations])
        for id_, row in rows.items():
            x, y = points[id_]
            community = communities.of.get(id_)
            self.add_node(row.pop("id"), x=x, y=y, community=community, **row)

    def _add_relations(self, relations: Sequence[Relation]) -> None:
        for relation in relations:
            subject, object_ = displayable(relation.subject_id), displayable(relation.object_id)
            self.add_edge(subject, object_, id=relation.id)


# “</script” would end the element, U+2028 and U+2029 a line of a script; a lone surrogate
# cannot be written to a file.
_MEANINGFUL = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def as_json(value: object) -> Markup:
    """Return JSON that may stand inside a script element, whatever text it holds."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(_MEANINGFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain))  # noqa: S704


def _packed(plain: str) -> str:
    """Return JSON as gzip in base64, with nothing in it of when or where it was made."""
    return base64.b64encode(gzip.compress(plain.encode(), 9, mtime=0)).decode()


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
