"""Communities of a drawn graph: which entities belong together, and what to call them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.drawing.page_data import Json, short_label
from kg.outputs.drawing.positions import communities_of
from kg.records import Relation

SMALLEST = 4
"""Fewer entities are no community that needs a name."""
MOST = 12
"""So many are told apart, the largest; people can't keep more colours apart."""
NAMED_BY = 3


@dataclass(frozen=True, slots=True)
class Communities:
    """``of`` gives the number of an entity's community; ``rows`` what people see of each."""

    of: Mapping[str, int]
    rows: Sequence[Json]


def find_communities(
    graph: KnowledgeGraph, ids: Sequence[str], relations: Sequence[Relation]
) -> Communities:
    """Return the largest communities, each named by its members of most weight."""
    ends = [(r.subject_id, r.object_id) for r in relations]
    weight = graph.mention_counts + Counter(chain.from_iterable(ends))
    kept = [own for own in _members(ids, ends) if len(own) >= SMALLEST][:MOST]
    rows = [
        {"number": number, "name": _name(graph, own, weight), "size": len(own)}
        for number, own in enumerate(kept)
    ]
    return Communities({id_: n for n, own in enumerate(kept) for id_ in own}, rows)


def _members(ids: Sequence[str], ends: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the members of each community, the largest first."""
    members: dict[int, list[str]] = defaultdict(list)
    for id_, number in communities_of(ids, ends).items():
        members[number].append(id_)
    return [own for _, own in sorted(members.items())]


def _name(graph: KnowledgeGraph, ids: Sequence[str], weight: Mapping[str, int]) -> str:
    """Return the names of those that weigh most."""
    main = sorted(ids, key=lambda id_: (-weight[id_], id_))
    return ", ".join(short_label(graph.entities[id_].name) for id_ in main[:NAMED_BY])
