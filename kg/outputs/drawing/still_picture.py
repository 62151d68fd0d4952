"""A still picture of a graph for a report: SVG by our own hand, PNG by way of it.

It stands as the page stands, by the same positions, shapes, colours and lines, without a
browser. Names go where they cover no other name; those that find no room are left out, and
what the picture leaves out is written under it. The same graph gives the same SVG.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from kg.errors import MissingExtraError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.drawing.html_page import TITLE, GraphNetwork, choose_part
from kg.outputs.drawing.page_data import Json, edge_width, relations_among
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.files import write_bytes, write_text
from kg.outputs.standing import relation_status
from kg.records import Relation
from kg.vocabulary import TYPES, look_of

LIMIT = 80
"""So many entities can be read on a page of paper."""
PAPER, INK, SOFT, EDGE, DENIED = "#ffffff", "#1c1d21", "#5b5d66", "#7f828d", "#b3261e"
FONT = "'DejaVu Sans', 'Noto Sans', 'Segoe UI', system-ui, sans-serif"
LETTER = 0.58
"""Mean width of a letter, in sizes of its font: no font is at hand to measure with."""
MARGIN, FOOT = 48, 64
CLOSER = 0.6
"""The page's places are made to be zoomed into; on paper they move together."""
PNG_SCALE = 2

STATUSES = {
    "fact": ("Fact", ""),
    "contested": ("Contested", "8 8"),
    "denied": ("Denied", "6 5"),
    "hedged": ("Said, possible or unsure", "9 6"),
    "planned": ("Planned or conditional", "2 5"),
}
_CORNERS = {
    "square": [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
    "diamond": [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)],
    "triangle": [(0, -1.1), (1.08, 0.82), (-1.08, 0.82)],
    "hexagon": [(0, -1.05), (0.91, -0.52), (0.91, 0.52), (0, 1.05), (-0.91, 0.52), (-0.91, -0.52)],
}

Box = tuple[float, float, float, float]


def draw_svg(
    graph: KnowledgeGraph,
    *,
    title: str = TITLE,
    limit: int = LIMIT,
    around: str | None = None,
    depth: int = 2,
) -> str:
    """Return the picture of the most important entities, or of what lies around one.

    Raises:
        UnknownNameError: no entity has the name ``around``.

    """
    part = choose_part(graph, limit=limit, around=around, depth=depth)
    relations = relations_among(graph, set(part.ids))
    joined = {end for r in relations for end in (r.subject_id, r.object_id)}
    network = GraphNetwork(graph, [id_ for id_ in part.ids if id_ in joined] or part.ids)
    lines = list(_lines(graph, relations))
    nodes = [node | {"x": node["x"] * CLOSER, "y": node["y"] * CLOSER} for node in network.nodes]
    picture = _Picture(nodes, lines, displayable(title))
    return picture.text(len(network.nodes), len(graph.entities))


def write_picture(graph: KnowledgeGraph, path: Path, form: str, **options: object) -> None:
    """Write the picture as "svg" or "png"; options are those of ``draw_svg``.

    Raises:
        MissingExtraError: a PNG needs resvg, which is not installed.
        OutputError: the file cannot be written.

    """
    text = draw_svg(graph, **options)  # type: ignore[arg-type]
    if form == "svg":
        write_text(path, text)
    else:
        write_bytes(path, png_of(text))


def png_of(svg: str) -> bytes:
    """Return an SVG as PNG, with the fonts of this machine.

    Raises:
        MissingExtraError: resvg is not installed.

    """
    try:
        import resvg_py
    except ImportError as error:
        raise MissingExtraError("resvg-py", "A PNG", "pip install 'kg-claims[png]'") from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=PNG_SCALE))


@dataclass(frozen=True, slots=True)
class _Line:
    """Relations of one status between the same two, drawn as one."""

    first: str
    second: str
    status: str
    width: float
    bend: float
    both: bool
    words: str


def _lines(graph: KnowledgeGraph, relations: Iterable[Relation]) -> Iterator[_Line]:
    between: dict[tuple[str, str], dict[str, list[Relation]]] = defaultdict(dict)
    for relation in relations:
        if relation.subject_id != relation.object_id:
            first, second = sorted((relation.subject_id, relation.object_id))
            own = between[first, second].setdefault(relation_status(graph, relation), [])
            own.append(relation)
    for _, by_status in sorted(between.items()):
        order = [status for status in STATUSES if status in by_status]
        for place, status in enumerate(order):
            bend = (place - (len(order) - 1) / 2) * 0.24
            yield _line(status, by_status[status], bend)


def _line(status: str, own: Sequence[Relation], bend: float) -> _Line:
    first, second = own[0].subject_id, own[0].object_id
    both = any(r.subject_id == second for r in own)
    width = max(edge_width(r) for r in own) + 0.9 * math.log2(len(own))
    more = f" +{len(own) - 1}" if len(own) > 1 else ""
    turned = bend if first < second else -bend
    words = _shortened(displayable(own[0].predicate), 30) + more
    return _Line(
        displayable(first), displayable(second), status, min(width, 8), turned, both, words
    )


@dataclass(slots=True)
class _Picture:
    """A picture in the making: nodes and lines, and the room that names have taken."""

    nodes: Sequence[Json]
    lines: Sequence[_Line]
    title: str
    taken: list[Box] = field(default_factory=list)

    def text(self, shown: int, whole: int) -> str:
        """Return the picture as SVG."""
        left, top, right, bottom = self._frame()
        width, height = round(right - left), round(bottom - top + FOOT)
        by_id = {node["id"]: node for node in self.nodes}
        self.taken += [_box(node) for node in self.nodes]
        # Names take their room first.
        names = list(filter(None, map(self._name, self._by_weight())))
        words = list(filter(None, (self._words(line, by_id) for line in self.lines)))
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="{round(left)} {round(top)} {width} {height}" font-family="{FONT}">',
            f"<title>{escape(self.title)}</title>",
            f'<rect x="{round(left)}" y="{round(top)}" width="{width}" height="{height}" fill="{PAPER}"/>',
            _heads(),
            '<g fill="none">',
            *(_drawn_line(line, by_id) for line in self.lines),
            "</g>",
            f'<g stroke="{PAPER}" stroke-width="1.4">',
            # The weightiest last, on top of the others.
            *(_drawn_node(node) for node in reversed(self._by_weight())),
            "</g>",
            f'<g font-size="12" paint-order="stroke" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round">',
            *words,
            *names,
            "</g>",
            *self._foot(left + 20, bottom + 18, shown, whole),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _by_weight(self) -> list[Json]:
        return sorted(self.nodes, key=lambda node: (-node["value"], node["id"]))

    def _frame(self) -> Box:
        if not self.nodes:
            return 0, 0, 640, 120
        xs, ys = [node["x"] for node in self.nodes], [node["y"] for node in self.nodes]
        left, right = min(xs) - 2 * MARGIN, max(xs) + 2 * MARGIN
        widened = max(0, 720 - (right - left)) / 2
        return left - widened, min(ys) - MARGIN, right + widened, max(ys) + MARGIN

    def _name(self, node: Json) -> str:
        """Return a node's name under, over or beside it, or "" where there is no room."""
        bold = not look_of(node["group"]).is_quiet
        size = 12.5 if bold else 11.5
        wide, r = len(node["label"]) * size * LETTER, node["size"]
        x, y = node["x"], node["y"]
        spots = [
            (x - wide / 2, y + r + 3),
            (x - wide / 2, y - r - 3 - size),
            (x + r + 4, y - size / 2),
            (x - r - 4 - wide, y - size / 2),
        ]
        for left, top in spots:
            box = (left - 1, top, left + wide + 1, top + size)
            if self._is_free(box, but=node):
                self.taken.append(box)
                weight = ' font-weight="600"' if bold else ""
                colour = INK if bold else SOFT
                return (
                    f'<text x="{left + wide / 2:.1f}" y="{top + size * 0.88:.1f}" font-size="{size}" '
                    f'text-anchor="middle" fill="{colour}"{weight}>{escape(node["label"])}</text>'
                )
        return ""

    def _words(self, line: _Line, by_id: dict[str, Json]) -> str:
        """Return what a line says at its middle, or "" where there is no room."""
        (x, y), size = _curve(line, by_id)[1], 10.5
        wide = len(line.words) * size * LETTER
        box = (x - wide / 2, y - size / 2, x + wide / 2, y + size / 2)
        if not self._is_free(box):
            return ""
        self.taken.append(box)
        colour = DENIED if line.status == "denied" else SOFT
        struck = ' text-decoration="line-through"' if line.status == "denied" else ""
        return (
            f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size}" font-style="italic" '
            f'text-anchor="middle" fill="{colour}"{struck}>{escape(line.words)}</text>'
        )

    def _is_free(self, box: Box, but: Json | None = None) -> bool:
        own = but and (but["x"], but["y"])
        left, top, right, bottom = box
        for a, b, c, d in self.taken:
            # A node and its own name may touch; its room has its centre.
            is_own = own == ((a + c) / 2, (b + d) / 2)
            if not is_own and a < right and left < c and b < bottom and top < d:
                return False
        return True

    def _foot(self, x: float, y: float, shown: int, whole: int) -> Iterator[str]:
        """Yield the title, the key to shapes and lines, and what is left out."""
        left_out = f" · the {shown:,} most important of {whole:,} entities" if shown < whole else ""
        yield (
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" fill="{INK}">'
            f'<tspan font-weight="600">{escape(_shortened(self.title, 80))}</tspan>'
            f'<tspan fill="{SOFT}" font-size="11">{escape(left_out)}</tspan></text>'
        )
        yield from self._key_to_shapes(x, y)
        yield from self._key_to_lines(x, y)

    def _key_to_shapes(self, at: float, y: float) -> Iterator[str]:
        shapes = {node["group"]: node["shape"] for node in reversed(self.nodes)}
        for name in filter(shapes.__contains__, TYPES):
            look = {"shape": shapes[name]}
            yield _drawn_node({"group": name, "x": at + 5, "y": y + 17, "size": 5, **look})
            label = TYPES[name].label
            yield f'<text x="{at + 14:.0f}" y="{y + 21:.0f}" font-size="11" fill="{SOFT}">{label}</text>'
            at += 26 + len(label) * 11 * LETTER

    def _key_to_lines(self, at: float, y: float) -> Iterator[str]:
        drawn = {line.status for line in self.lines}
        for status in filter(drawn.__contains__, STATUSES):
            label, dashes = STATUSES[status]
            yield (
                f'<path d="M{at:.0f} {y + 35:.0f}h26" stroke="{_colour(status)}" stroke-width="1.8" '
                f'stroke-dasharray="{dashes or "none"}" marker-end="url(#{_head(status)})"/>'
            )
            yield f'<text x="{at + 32:.0f}" y="{y + 39:.0f}" font-size="11" fill="{SOFT}">{label}</text>'
            at += 46 + len(label) * 11 * LETTER


def _box(node: Json) -> Box:
    """Return the room that a node takes itself."""
    x, y, r = node["x"], node["y"], node["size"]
    return x - r, y - r, x + r, y + r


def _heads() -> str:
    head = (
        '<marker id="{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1 8 4 0 7z" fill="{}"/></marker>'
    )
    return f"<defs>{head.format('head', EDGE)}{head.format('denied-head', DENIED)}</defs>"


def _colour(status: str) -> str:
    return DENIED if status in ("denied", "contested") else EDGE


def _head(status: str) -> str:
    return "denied-head" if status in ("denied", "contested") else "head"


def _curve(line: _Line, by_id: dict[str, Json]) -> tuple[tuple[float, float], ...]:
    """Return the beginning, middle and end of a line; a bent one swings to its side."""
    a, b = by_id[line.first], by_id[line.second]
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    far = math.hypot(dx, dy) or 1.0
    middle = (a["x"] + dx / 2 - dy * line.bend, a["y"] + dy / 2 + dx * line.bend)

    def rim(node: Json, towards: tuple[float, float]) -> tuple[float, float]:
        x, y = towards[0] - node["x"], towards[1] - node["y"]
        share = min(node["size"] + 2, far * 0.4) / (math.hypot(x, y) or 1.0)
        return node["x"] + x * share, node["y"] + y * share

    return rim(a, middle), middle, rim(b, middle)


def _drawn_line(line: _Line, by_id: dict[str, Json]) -> str:
    (x1, y1), (x, y), (x2, y2) = _curve(line, by_id)
    # A quadratic curve passes half way to its control point.
    cx, cy = 2 * x - (x1 + x2) / 2, 2 * y - (y1 + y2) / 2
    dashes = f' stroke-dasharray="{STATUSES[line.status][1]}"' if STATUSES[line.status][1] else ""
    head = f"url(#{_head(line.status)})"
    start = f' marker-start="{head}"' if line.both else ""
    path = (
        f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" stroke="{_colour(line.status)}" '
        f'stroke-width="{line.width:.1f}" stroke-opacity="0.85"{dashes}{start} marker-end="{head}"/>'
    )
    # Both: the grey line of a fact, and over it the broken red one of a denial.
    if line.status == "contested":
        return path.replace(f'stroke="{DENIED}"', f'stroke="{EDGE}"').replace(dashes, "") + path
    if line.status != "denied":
        return path
    at = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    return path + (
        f'<path d="M{at[0] - 5:.1f} {at[1] - 5:.1f}l10 10m0-10l-10 10" stroke="{DENIED}" stroke-width="2"/>'
    )


def _drawn_node(node: Json) -> str:
    colour = look_of(node["group"]).colour
    x, y, r = node["x"], node["y"], node["size"]
    corners = _CORNERS.get(node["shape"])
    if corners is None:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>'
    points = " ".join(f"{x + dx * r:.1f},{y + dy * r:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
