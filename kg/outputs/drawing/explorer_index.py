"""Write the index that the explorer of ``kg serve`` asks: one SQLite file a build.

Each record is kept as the JSON that the page would hold of it (``page_data.py``), with
the columns by which it is looked up. A server then opens a graph of any size at once and
holds none of it in memory. The same graph gives the same rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.drawing.communities import Communities, find_communities
from kg.outputs.drawing.page_data import (
    Json,
    claim_json,
    degrees,
    document_json,
    entity_ends,
    entity_json,
    group_owners,
    heaviest_of,
    is_named,
    kind_rows,
    label_box,
    node_row,
    only_named,
    relation_json,
    relations_among,
    relations_of_claims,
    said_json,
    type_rows,
)
from kg.outputs.drawing.positions import place_nodes
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.standing import status_in
from kg.records import LinkedClaim, Relation
from kg.relation_types import kind_of_claim
from kg.search_keys import search_keys

INDEX = "explore.db"
VERSION = 4
FIRST_NODES = 70
"""What the explorer shows before anybody asked: so much can be taken in at a glance."""
JOINED_TO, SAID_OF_TWO = 3, 3
"""Of an entity in a view, those it is most joined to are drawn, by their main relations."""
COMMUNITY_NODES = 2000
"""Communities are found among so many of the most important entities."""
DOCUMENTS_LISTED = 300

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, source TEXT, author TEXT, sought TEXT, json TEXT
);
CREATE TABLE entities (n INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, weight INTEGER, json TEXT,
    node TEXT);
CREATE TABLE names (key TEXT, name TEXT, entity INTEGER, own INTEGER);
CREATE TABLE relations (n INTEGER PRIMARY KEY, id TEXT UNIQUE, subject INTEGER, object INTEGER,
    weight INTEGER, factual INTEGER, voices INTEGER, json TEXT);
CREATE TABLE claims (n INTEGER PRIMARY KEY, id TEXT UNIQUE, document INTEGER, relation INTEGER,
    alone INTEGER, day TEXT, voice TEXT, json TEXT);
CREATE TABLE about (entity INTEGER, named INTEGER, claim INTEGER,
    PRIMARY KEY (entity, named, claim)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX by_ends ON relations (subject, object, weight);
CREATE INDEX by_object ON relations (object, subject, weight);
CREATE INDEX by_voices ON relations (voices) WHERE voices > 0;
CREATE INDEX by_relation ON claims (relation);
CREATE INDEX by_alone ON claims (alone) WHERE alone IS NOT NULL;
CREATE INDEX by_document ON claims (document);
CREATE INDEX by_day ON claims (day) WHERE day IS NOT NULL;
ANALYZE;
"""


def write_index(graph: KnowledgeGraph, path: Path, *, title: str, stamp: str = "") -> None:
    """Write the index of a graph; ``stamp`` says of which build it is.

    Raises:
        OutputError: the file cannot be written.

    """
    try:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            # What a crash leaves is thrown away: the file has its name only when it is whole.
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            base.executescript(_TABLES)
            base.execute("BEGIN")
            _IndexWriter(graph, base).write(title, stamp)
            base.execute("COMMIT")
            # Last: sorting all rows once is faster than keeping each row in order.
            base.executescript(_INDEXES)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(path, str(error)) from error


def strongest(relations: Iterable[tuple[int, Any, Any]]) -> Iterator[int]:
    """Yield the relations to draw of (number, end, end), given the strongest first.

    Between hubs there are thousands; each entity keeps those that matter most to it, so that
    nothing in a view looks less joined than it is.
    """
    partners: dict[Any, set[Any]] = defaultdict(set)
    said: Counter[tuple[Any, Any]] = Counter()
    for number, first, second in relations:
        pair = (first, second) if first < second else (second, first)
        wanted = any(len(partners[end]) < JOINED_TO for end in pair) or second in partners[first]
        if wanted and said[pair] < SAID_OF_TWO:
            said[pair] += 1
            partners[first].add(second)
            partners[second].add(first)
            yield number


def stamp_of(build: Path) -> str:
    """Return what tells one build in a folder from the next: its graph.ttl's size and time."""
    try:
        about = (build / "graph.ttl").stat()
    except OSError:
        return ""
    return f"{VERSION} {about.st_size} {about.st_mtime_ns}"


class _IndexWriter:
    """Writes the rows of a graph, numbered in the graph's own order."""

    def __init__(self, graph: KnowledgeGraph, base: sqlite3.Connection) -> None:
        self.graph = graph
        self.base = base
        self.degree = degrees(graph.relations.values())
        self.heaviest = heaviest_of(graph, self.degree)
        self.number_of = {id_: n for n, id_ in enumerate(graph.entities)}
        self.document_of = {id_: n for n, id_ in enumerate(graph.readings)}
        self.relation_of = relations_of_claims(graph)
        self.relation_number = {id_: n for n, id_ in enumerate(graph.relations)}
        self.communities = self._communities()

    def write(self, title: str, stamp: str) -> None:
        """Write everything."""
        overview = self._overview(title)
        self._fill("meta", [("stamp", stamp), ("overview", _json(overview))])
        self._fill("documents", self._documents())
        self._fill("entities", self._entities())
        self._fill("names", self._names())
        self._fill("relations", self._relations())
        self._fill("claims", self._claims())
        self._fill("about", self._about())

    def _fill(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        columns = len(self.base.execute(f"SELECT * FROM {table}").description)  # noqa: S608 - ours
        places = ", ".join("?" * columns)
        self.base.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - ours

    def _weight(self, entity_id: str) -> int:
        return self.graph.mention_counts[entity_id] + self.degree.get(entity_id, 0)

    def _most_important(self, limit: int) -> list[str]:
        joined = [id_ for id_ in self.graph.entities if id_ in self.degree]
        return sorted(joined, key=lambda id_: (-self._weight(id_), id_))[:limit]

    def _communities(self) -> Communities:
        ids = self._most_important(COMMUNITY_NODES)
        return find_communities(self.graph, ids, relations_among(self.graph, set(ids)))

    def _node(self, entity_id: str) -> Json:
        row = node_row(self.graph, entity_id, self.degree.get(entity_id, 0), self.heaviest)
        return row | {"community": self.communities.of.get(entity_id)}

    def _documents(self) -> Iterator[tuple[Any, ...]]:
        owners = group_owners(self.graph, self.graph.entities)
        for id_, n in self.document_of.items():
            made = document_json(self.graph, id_, owners)
            told = made["title"], made["source"], made["author"]
            yield n, made["id"], *told, " ".join(search_keys(" ".join(told))), _json(made)

    def _entities(self) -> Iterator[tuple[Any, ...]]:
        for id_, n in self.number_of.items():
            node, made = self._node(id_), entity_json(self.graph, id_)
            yield n, node["id"], made["type"], self._weight(id_), _json(made), _json(node)

    def _names(self) -> Iterator[tuple[str, str, int, int]]:
        for entity in self.graph.entities.values():
            for name in dict.fromkeys((entity.name, *entity.also_known_as)):
                is_own = int(name == entity.name)
                for key in search_keys(name):
                    yield key, displayable(name), self.number_of[entity.id], is_own

    def _relations(self) -> Iterator[tuple[Any, ...]]:
        for n, relation in enumerate(self.graph.relations.values()):
            made = self._relation(relation)
            speakers = {name for said in made["said"] for name, _ in said["voices"]}
            voices = len(speakers) if any(speakers) else 0
            ends = (self.number_of[relation.subject_id], self.number_of[relation.object_id])
            # What is spelt out by names alone is drawn after all that sentences say.
            weight = 0 if "named" in made else len(relation.claims)
            factual = int(relation.affirmed > 0)
            yield n, relation.id, *ends, weight, factual, voices, _json(made)

    def _relation(self, relation: Relation) -> Json:
        return relation_json(self.graph, relation) | {"said": said_json(self.graph, relation)}

    def _claims(self) -> Iterator[tuple[Any, ...]]:
        for n, linked in enumerate(self.graph.told.values()):
            backed = self.relation_of.get(linked.id)
            made = claim_json(self.graph, linked, backed, quoted=True)
            document = self.document_of[linked.document_id]
            relation = self.relation_number[backed.relation.id] if backed else None
            voice, alone = made["voices"][0][0], None if backed else self._only_end(linked)
            yield n, linked.id, document, relation, alone, _day(linked), voice, _json(made)

    def _only_end(self, linked: LinkedClaim) -> int | None:
        """Return the one entity that a claim is about which joins no two."""
        return next((self.number_of[id_] for id_ in entity_ends(linked)), None)

    def _about(self) -> Iterator[tuple[int, int, int]]:
        for n, linked in enumerate(self.graph.told.values()):
            terms = [linked.subject, linked.object, *(t for _, t in linked.arguments)]
            terms += linked.speakers
            ids = {t.entity_id for t in terms if t and t.entity_id}
            named = int(is_named(linked.claim))
            yield from ((self.number_of[id_], named, n) for id_ in sorted(ids))

    # What is shown first

    def _overview(self, title: str) -> Json:
        graph = self.graph
        ids = self._most_important(FIRST_NODES)
        among = relations_among(graph, set(ids))
        relations = self._strongest(r for r in among if not only_named(graph, r))
        joined = degrees(relations)
        ids = [id_ for id_ in ids if id_ in joined]
        documents = list(graph.readings)[:DOCUMENTS_LISTED]
        return {
            "title": displayable(title),
            "types": type_rows(),
            "kinds": kind_rows(),
            "entities": [entity_json(graph, id_) for id_ in ids],
            "nodes": list(self._placed(ids, relations)),
            "relations": [self._relation(relation) for relation in relations],
            "documents": [document_json(graph, id_, {}, whole=False) for id_ in documents],
            "communities": self.communities.rows,
            "whole": [
                len(graph.entities), len(graph.relations), len(graph.told), len(graph.readings),
            ],
            "counts": self._counts(),
            "years": self._years(),
        }  # fmt: skip

    def _strongest(self, relations: Iterable[Relation]) -> list[Relation]:
        ordered = sorted(relations, key=lambda r: (-len(r.claims), r.id))
        rows = ((place, r.subject_id, r.object_id) for place, r in enumerate(ordered))
        return [ordered[place] for place in strongest(rows)]

    def _placed(self, ids: list[str], relations: list[Relation]) -> Iterator[Json]:
        nodes = {id_: self._node(id_) for id_ in ids}
        boxes = {id_: label_box(node) for id_, node in nodes.items()}
        points = place_nodes(boxes, [(r.subject_id, r.object_id) for r in relations])
        for id_, node in nodes.items():
            x, y = points[id_]
            yield node | {"x": x, "y": y}

    def _counts(self) -> Json:
        graph = self.graph
        status: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for linked in graph.told.values():
            # The others have no entity to be shown at, and so no count beside a filter.
            if any(entity_ends(linked)):
                backed = self.relation_of.get(linked.id)
                status[status_in(graph, linked, backed.relation if backed else None)] += 1
                kinds[backed.relation.kind if backed else kind_of_claim(linked)] += 1
        return {
            "types": _sorted(Counter(entity.type for entity in graph.entities.values())),
            "statuses": _sorted(status),
            "kinds": _sorted(kinds),
            "named": sum(only_named(graph, relation) for relation in graph.relations.values()),
        }

    def _years(self) -> Json:
        years: Counter[str] = Counter()
        for linked in self.graph.told.values():
            if day := _day(linked):
                years[day[:-6]] += 1
        return _sorted(years)


def _day(linked: LinkedClaim) -> str | None:
    time = linked.claim.time
    return (time.from_day or time.until_day) if time else None


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts)}


_json: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True
).encode
