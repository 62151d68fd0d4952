"""Answer what the explorer asks: a few look-ups in the index of a build, always bounded.

Every answer is a batch of records as the page knows them (``page_data.py``): entities with
their nodes, relations, claims, documents. Nothing is held but the adjacency that paths
need, and that only once somebody asked for a path.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError, NotABuildError
from kg.graph.names import Asked, Rank, rank
from kg.outputs.drawing.explorer_index import INDEX, stamp_of, strongest
from kg.outputs.drawing.page_data import Json
from kg.search_keys import search_keys

MOST_NEIGHBOURS = 200
MOST_CLAIMS = 1000
CLAIMS_AT_ONCE = 100
MOST_DATED = 600
MOST_PROPOSITIONS = 200
FRONTIER = 12
MOST_WORDS = 12
"""So many neighbours of an entity are followed further, when more than one step is asked for."""

_DATED = "SELECT json FROM claims WHERE day IS NOT NULL ORDER BY day, n LIMIT ? OFFSET ?"
_DATED_COUNT = "SELECT count(*) FROM claims WHERE day IS NOT NULL"
_DATED_ABOUT = (
    "SELECT json FROM about JOIN claims ON n = claim WHERE entity = ? AND day IS NOT NULL "
    "ORDER BY day, n LIMIT ? OFFSET ?"
)
_DATED_COUNT_ABOUT = (
    "SELECT count(*) FROM about JOIN claims ON n = claim WHERE entity = ? AND day IS NOT NULL"
)

_Integers = NDArray[np.int64]


class Explorer:
    """The index of a build, open for reading; for as many threads as ask."""

    def __init__(self, path: Path) -> None:
        # Nobody writes into it (a new index comes as a new file), so it needs no locks, for which
        # a disk that is only readable has no room.
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self.stamp = self._one("SELECT value FROM meta WHERE key = 'stamp'")

    # Asking

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        # A connection costs 0.2 ms, and one that outlives its thread is never closed.
        with closing(sqlite3.connect(self._address, uri=True)) as base:
            return base.execute(query, values).fetchall()

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - of any type
        found = self._rows(query, values)
        return found[0][0] if found else None

    def _number(self, entity_id: str) -> int:
        """Return an entity's number.

        Raises:
            InputError: there is no such entity.

        """
        found = self._one("SELECT n FROM entities WHERE id = ?", [entity_id])
        if found is None:
            raise InputError(f"There is no entity {entity_id[:200]!r} here. Search for its name.")
        return int(found)

    # What there is

    def overview(self) -> bytes:
        """Return what is shown first, as JSON."""
        return str(self._one("SELECT value FROM meta WHERE key = 'overview'")).encode()

    def search(self, words: str, *, limit: int) -> Json:
        """Return the entities whose names hold these words, the nearest and weightiest first."""
        best = self._ranked(Asked(words))
        chosen = sorted(best, key=lambda n: (best[n][0], n))[:limit]
        records = dict(
            self._rows(
                "SELECT n, json FROM entities WHERE n IN (SELECT value FROM json_each(?))",
                [_listed(chosen)],
            )
        )
        return {"found": [{"name": best[n][1], "entity": json.loads(records[n])} for n in chosen]}

    def _ranked(self, asked: Asked) -> dict[int, tuple[Rank, str]]:
        """Return the entities, by number, with a name that fits: how well, and that name."""
        rows = self._rows(
            "SELECT names.key, name, own, n, type, weight FROM names JOIN entities ON n = entity "
            "WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(names.key, value))",
            [_listed(asked.longest)],
        )
        best: dict[int, tuple[Rank, str]] = {}
        for key, name, own, n, type_, weight in rows:
            fit = asked.fit(key, is_own=bool(own), type_=type_)
            if fit is not None:
                found = rank(fit, type_, weight), name
                best[n] = min(found, best.get(n, found))
        return best

    def documents(self, words: str, *, limit: int) -> Json:
        """Return the documents in whose title, file or author all of some words are."""
        sought = search_keys(words)[0].split()[:MOST_WORDS] if words.strip() else []
        rows = self._rows(
            "SELECT id, title, source, author FROM documents WHERE NOT EXISTS "
            "(SELECT 1 FROM json_each(?) WHERE NOT instr(sought, value)) ORDER BY n LIMIT ?",
            [json.dumps(sought), limit],
        )
        keys = ("id", "title", "source", "author")
        return {"documents": [dict(zip(keys, row, strict=True)) for row in rows]}

    def document(self, document_id: str) -> Json:
        """Return one document with its text."""
        found = self._one("SELECT json FROM documents WHERE id = ?", [document_id])
        if found is None:
            raise InputError(f"There is no document {document_id[:200]!r} here.")
        return {"documents": [json.loads(found)]}

    # The graph

    def view(self, entity_ids: Sequence[str]) -> Json:
        """Return some entities and what joins them among themselves; unknown ones are left out."""
        rows = self._rows(
            "SELECT n FROM entities WHERE id IN (SELECT value FROM json_each(?))",
            [_listed(entity_ids)],
        )
        return self._batch([n for (n,) in rows])

    def neighbours(self, entity_id: str, *, steps: int, offset: int, limit: int) -> Json:
        """Return an entity and what it is most joined to, within some steps."""
        start = self._number(entity_id)
        found = dict.fromkeys([start, *self._joined(start, offset=offset, limit=limit)])
        frontier = list(found)[1 : FRONTIER + 1]
        for _ in range(steps - 1):
            room = max(2, (limit - len(found)) // max(len(frontier), 1))
            new = [
                n
                for at in frontier
                for n in self._joined(at, offset=0, limit=room)
                if n not in found
            ]
            found |= dict.fromkeys(new[: max(limit - len(found), 0)])
            frontier = new[:FRONTIER]
        return self._batch(list(found))

    def _joined(self, number: int, *, offset: int, limit: int) -> list[int]:
        rows = self._rows(
            "SELECT other, sum(weight) AS joined FROM ("
            "SELECT object AS other, weight FROM relations WHERE subject = ?1 UNION ALL "
            "SELECT subject AS other, weight FROM relations WHERE object = ?1) "
            "WHERE other != ?1 GROUP BY other ORDER BY joined DESC, other LIMIT ?2 OFFSET ?3",
            [number, limit, offset],
        )
        return [other for other, _ in rows]

    def _batch(self, numbers: Sequence[int]) -> Json:
        """Return entities by number, and the relations among them."""
        among = _listed(numbers)
        # The covering index is read first: full rows of hubs would take a second.
        found = self._rows(
            "SELECT n, subject, object FROM relations WHERE subject IN (SELECT value FROM json_each(?)) "
            "AND object IN (SELECT value FROM json_each(?)) ORDER BY weight DESC, n",
            [among, among],
        )
        return self._entities(numbers) | {"relations": self._relations(sorted(strongest(found)))}

    def _entities(self, numbers: Iterable[int]) -> Json:
        """Return entities with their nodes."""
        rows = self._rows(
            "SELECT json, node FROM entities WHERE n IN (SELECT value FROM json_each(?))",
            [_listed(numbers)],
        )
        return {
            "entities": [json.loads(made) for made, _ in rows],
            "nodes": [json.loads(node) for _, node in rows],
        }

    def _relations(self, numbers: Iterable[int]) -> list[Json]:
        query = "SELECT json FROM relations WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
        return [json.loads(made) for (made,) in self._rows(query, [_listed(numbers)])]

    # Claims

    def claims_about(self, entity_id: str, *, offset: int) -> Json:
        """Return claims in which an entity takes part: what is said of it, then what names say."""
        number = self._number(entity_id)
        whole = self._one("SELECT count(*) FROM about WHERE entity = ?", [number])
        rows = self._rows(
            "SELECT json FROM about JOIN claims ON n = claim WHERE entity = ? "
            "ORDER BY named, claim LIMIT ? OFFSET ?",
            [number, CLAIMS_AT_ONCE, offset],
        )
        return self._claims(rows, whole)

    def claims_of(self, relation_ids: Sequence[str], *, offset: int) -> Json:
        """Return the claims of some relations."""
        rows = self._rows(
            "SELECT claims.json FROM relations JOIN claims ON relation = relations.n "
            "WHERE relations.id IN (SELECT value FROM json_each(?)) ORDER BY claims.n LIMIT ? OFFSET ?",
            [_listed(relation_ids), MOST_CLAIMS, offset],
        )
        return self._claims(rows, offset + len(rows))

    def claims_alone(self, entity_ids: Sequence[str]) -> Json:
        """Return the claims about some entities that join no two, and so are no relation's."""
        rows = self._rows(
            "SELECT claims.json FROM entities JOIN claims ON alone = entities.n "
            "WHERE entities.id IN (SELECT value FROM json_each(?)) ORDER BY claims.n LIMIT ?",
            [_listed(entity_ids), MOST_CLAIMS],
        )
        return self._claims(rows, len(rows))

    def claims_in(self, document_id: str) -> Json:
        """Return the claims of a document."""
        rows = self._rows(
            "SELECT claims.json FROM documents JOIN claims ON document = documents.n "
            "WHERE documents.id = ? ORDER BY claims.n LIMIT ?",
            [document_id, 5 * MOST_CLAIMS],
        )
        return self._claims(rows, len(rows))

    def dated(self, entity_id: str | None, *, offset: int) -> Json:
        """Return claims with a date, the earliest first."""
        values = [] if entity_id is None else [self._number(entity_id)]
        whole = self._one(_DATED_COUNT if entity_id is None else _DATED_COUNT_ABOUT, values)
        query = _DATED if entity_id is None else _DATED_ABOUT
        return self._claims(self._rows(query, [*values, MOST_DATED, offset]), whole)

    def voices(self, entity_id: str | None) -> Json:
        """Return the claims of the propositions on which most are quoted, with those relations."""
        if entity_id is None:
            query = "SELECT n FROM relations WHERE voices > 0 ORDER BY voices DESC, n LIMIT ?"
            found = self._rows(query, [MOST_PROPOSITIONS])
        else:
            query = (
                "SELECT DISTINCT relation FROM about JOIN claims ON n = claim WHERE entity = ? "
                "AND voice != '' AND relation IS NOT NULL ORDER BY relation LIMIT ?"
            )
            found = self._rows(query, [self._number(entity_id), MOST_PROPOSITIONS])
        chosen = [n for (n,) in found]
        rows = self._rows(
            "SELECT json FROM claims WHERE relation IN (SELECT value FROM json_each(?)) ORDER BY n LIMIT ?",
            [_listed(chosen), 3 * MOST_CLAIMS],
        )
        return self._claims(rows, len(found)) | self._with_ends(chosen)

    def _with_ends(self, chosen: Sequence[int]) -> Json:
        """Return relations with the entities at their ends, which have names to show."""
        query = "SELECT subject, object FROM relations WHERE n IN (SELECT value FROM json_each(?))"
        ends = {end for both in self._rows(query, [_listed(chosen)]) for end in both}
        return self._entities(sorted(ends)) | {"relations": self._relations(chosen)}

    def _claims(self, rows: Iterable[tuple[Any, ...]], whole: int) -> Json:
        """Return claims, with the type and the community of what they join: filters ask for it."""
        claims = [json.loads(made) for (made,) in rows]
        terms = (term for claim in claims for term in (claim["subject"], claim["object"]) if term)
        ids = sorted({id_ for _, id_ in terms if id_})
        found = self._rows(
            "SELECT json, node FROM entities WHERE id IN (SELECT value FROM json_each(?))",
            [_listed(ids)],
        )
        ends = {
            (entity := json.loads(made))["id"]: [entity["type"], json.loads(node)["community"]]
            for made, node in found
        }
        return {"claims": claims, "whole": whole, "ends": ends}

    # Paths

    def path(self, first: str, last: str, *, facts: bool) -> Json:
        """Return the relations of a shortest path, as a batch; ``path`` is None if there is none."""
        start, end = self._number(first), self._number(last)
        way = self._adjacency.path(start, end, facts=facts)
        if way is None:
            return {"path": None}
        query = "SELECT n, id FROM relations WHERE n IN (SELECT value FROM json_each(?))"
        id_of = dict(self._rows(query, [_listed(way)]))
        return self._with_ends(way) | {"path": [id_of[n] for n in way]}

    @cached_property
    def _adjacency(self) -> Adjacency:
        rows = self._rows("SELECT subject, object, factual FROM relations ORDER BY n")
        count = self._one("SELECT count(*) FROM entities")
        return Adjacency(np.array(rows, dtype=np.int64).reshape(-1, 3), int(count))


class Adjacency:
    """Who is joined to whom, as arrays: for shortest paths over millions of relations."""

    def __init__(self, relations: _Integers, count: int) -> None:
        self.count = count
        self.factual = relations[:, 2] > 0
        # Each relation twice, once from either end.
        ends = np.concatenate([relations[:, 0], relations[:, 1]])
        others = np.concatenate([relations[:, 1], relations[:, 0]])
        # Stable: of several shortest paths always the same is shown.
        order = np.argsort(ends, kind="stable")
        self.relation = np.tile(np.arange(len(relations)), 2)[order]
        self.other = others[order]
        self.begin = np.searchsorted(ends[order], np.arange(count + 1))

    def path(self, start: int, end: int, *, facts: bool) -> list[int] | None:
        """Return the numbers of the relations on a shortest path, or None."""
        came_by = np.full(self.count, -1, dtype=np.int64)
        came_from = np.full(self.count, -1, dtype=np.int64)
        came_from[start] = start
        frontier = np.array([start], dtype=np.int64)
        while len(frontier) and came_from[end] < 0:
            slots, sources = self._around(frontier)
            if facts:
                keep = self.factual[self.relation[slots]]
                slots, sources = slots[keep], sources[keep]
            fresh = came_from[self.other[slots]] < 0
            slots, sources = slots[fresh], sources[fresh]
            frontier, first = np.unique(self.other[slots], return_index=True)
            came_from[frontier], came_by[frontier] = sources[first], self.relation[slots[first]]
        return list(_steps_back(start, end, came_from, came_by)) if came_from[end] >= 0 else None

    def _around(self, nodes: _Integers) -> tuple[_Integers, _Integers]:
        """Return the slots of all neighbours of some nodes, and which node each is next to."""
        sizes = self.begin[nodes + 1] - self.begin[nodes]
        sources = np.repeat(nodes, sizes)
        inside = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.repeat(self.begin[nodes], sizes) + inside, sources


def _steps_back(start: int, end: int, came_from: _Integers, came_by: _Integers) -> Iterator[int]:
    steps = []
    while end != start:
        steps.append(int(came_by[end]))
        end = int(came_from[end])
    yield from reversed(steps)


def open_explorer(build: Path) -> Explorer:
    """Open the index of a build folder.

    Raises:
        NotABuildError: it has none, or one of an earlier build.

    """
    path = build / INDEX
    if path.is_file():
        try:
            explorer = Explorer(path)
        except sqlite3.Error as error:
            raise NotABuildError(build, f"{INDEX} that can be read") from error
        if explorer.stamp == stamp_of(build):
            return explorer
    raise NotABuildError(build, f"{INDEX} of its present graph")


def _listed(values: Iterable[int | str]) -> str:
    """Return values as one parameter for json_each: SQLite takes few parameters, but long ones."""
    return json.dumps(list(values))
