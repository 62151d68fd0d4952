"""A small picture of one thing among those it is joined to, drawn without a script."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kg.web.page_views import EdgeView, Name

WIDTH, HEIGHT = 680, 300
MOST = 12
"""Neighbours; more would write over one another."""
LONGEST_LABEL = 24
_RANK = {"fact": 0, "contested": 1, "denied": 2, "hedged": 3}


@dataclass(frozen=True, slots=True)
class Spoke:
    """A neighbour in the picture: where it stands (pixels), and how the graph joins it."""

    x: int
    y: int
    label: str
    href: str
    status: str
    title: str

    @property
    def anchor(self) -> str:
        """On which side of its dot the label begins."""
        return (
            "start" if self.x > WIDTH / 2 + 20 else "end" if self.x < WIDTH / 2 - 20 else "middle"
        )


def spokes(outgoing: Iterable[EdgeView], incoming: Iterable[EdgeView]) -> list[Spoke]:
    """Return the neighbours on an ellipse, facts and well supported ones first."""
    edges = [(edge, edge.object) for edge in outgoing] + [(edge, edge.subject) for edge in incoming]
    edges.sort(key=lambda pair: (_RANK.get(pair[0].status, 9), -pair[0].affirmed, pair[1].label))
    nearest: dict[str, tuple[EdgeView, Name]] = {}
    for edge, name in edges:
        nearest.setdefault(name.href, (edge, name))
    shown = list(nearest.values())[:MOST]
    return [_spoke(edge, name, k, len(shown)) for k, (edge, name) in enumerate(shown)]


def _spoke(edge: EdgeView, name: Name, position: int, count: int) -> Spoke:
    angle = 2 * math.pi * (position + 0.5) / count - math.pi / 2
    label = (
        name.label if len(name.label) <= LONGEST_LABEL else name.label[: LONGEST_LABEL - 1] + "…"
    )
    return Spoke(
        x=round(WIDTH / 2 + 170 * math.cos(angle)),
        y=round(HEIGHT / 2 + 120 * math.sin(angle)),
        label=label,
        href=name.href,
        status=edge.status,
        title=f"{edge.subject.label} {edge.predicate.label} {edge.object.label} ({edge.status})",
    )
