"""What is known of the world beforehand: names, types and identifiers of well-known things.

A knowledge base is one SQLite file, opened for reading only; several can be asked as one,
the first that knows an identifier counts. ``kg/linking/knowledge_writer.py`` makes them;
the one in models/knowledge is built by ``models/build_knowledge.py``, and the README there
gives sources and licences.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from kg.errors import InputError
from kg.search_keys import search_keys
from kg.settings import models_folder
from kg.vocabulary import WIKIDATA_ENTITY

SCHEMA_VERSION = 2
APPLICATION_ID = 0x6B676B62
"""Marks the file as a knowledge base of kg, in SQLite's header ("kgkb")."""
NAME_KINDS: Mapping[str, int] = MappingProxyType(
    {"label": 0, "short": 1, "acronym": 2, "alias": 3, "surname": 4, "demonym": 5}
)
"""Kinds of name, the most telling first; files hold the number."""
KIND_NAMES = tuple(NAME_KINDS)
KEPT_ANSWERS = 50_000
"""Answers that are kept in memory: about 20 MB."""
MOST_FOUND = 60
"""Entities of one name that are looked at, the best known first."""
MOST_NEAR = 400
"""Names with the same beginning that a misspelt name is compared with."""

PRIOR_STEPS = 1000
"""Files hold priors as whole numbers, which take two bytes of eight."""

ALL_NAMES = f"'{NAME_KINDS['label']}' || label || char(10) || names"
"""In SQL, a line for each name of an entity behind the number of its kind: the label, too."""
NOWHERE_ELSE = "-"
"""What files hold for an entity that no IRI names elsewhere."""

_ENTITY = (
    "SELECT e.id, e.label, e.type, e.prior, e.iris, e.country, e.start, e.end, s.words{more} "
    "FROM entities e JOIN sources s ON s.number = e.source {rest}"
)
_BY_NAME = _ENTITY.format(
    more=", n.kind, n.key",
    rest="JOIN names n ON e.number = n.entity "
    "WHERE n.key = ? ORDER BY n.kind, e.prior DESC, e.id LIMIT ?",
)
# No surnames, no demonyms (kinds 4 and 5): such short words are near too many others.
_BY_BEGINNING = _ENTITY.format(
    more=", n.kind, n.key",
    rest="JOIN names n ON e.number = n.entity "
    "WHERE n.key >= ? AND n.key < ? AND n.kind <= 3 LIMIT ?",
)
_BY_ID = _ENTITY.format(more="", rest="WHERE e.id = ?")

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """One thing that the knowledge base knows.

    ``prior`` in [0, 1] tells how well known it is; ``iris`` name it elsewhere (Wikidata,
    GeoNames, an office's own register); ``country`` is an ISO 3166 code; ``start`` and
    ``end`` are the ISO days (or years) between which it lived or lasted, "" if unknown.
    """

    id: str
    label: str
    type: str
    prior: float
    iris: tuple[str, ...] = ()
    country: str = ""
    start: str = ""
    end: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A position that somebody held: title, country, ISO days of its beginning and end."""

    title: str
    country: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that goes by a name, what kind of name of it that is, and the key it has there."""

    entity: KnownEntity
    kind: str
    key: str


class KnowledgeBase:
    """One or several knowledge bases, asked as one."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open the files.

        Raises:
            InputError: one is not there, or no knowledge base of this version.

        """
        self.paths = tuple(paths)
        self._files = [_open(path) for path in paths]
        # One document names the same things again and again, and so does the next.
        self.find = lru_cache(KEPT_ANSWERS)(self._find)
        self.near = lru_cache(KEPT_ANSWERS)(self._near)
        self.names = lru_cache(KEPT_ANSWERS)(self._names)
        self.offices = lru_cache(KEPT_ANSWERS)(self._offices)

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def _find(self, name: str) -> list[Found]:
        """Return who goes by a name, the most telling kind of name and the best known first."""
        keys = search_keys(name)
        rows = chain.from_iterable(self._rows(_BY_NAME, (key, MOST_FOUND)) for key in keys)
        return sorted(_unique(rows), key=_rank)

    def _near(self, beginning: str) -> list[Found]:
        """Return the entities with a name whose key begins so, for names that are misspelt."""
        # Behind every name that begins so: no letter comes after this one.
        last = beginning + "\U0010ffff"
        rows = self._rows(_BY_BEGINNING, (beginning, last, MOST_NEAR))
        return sorted(_unique(rows), key=_rank)

    def entity(self, entity_id: str) -> KnownEntity | None:
        """Return the entity with an identifier, or None."""
        return next((_entity(row) for row in self._rows(_BY_ID, (entity_id,))), None)

    def _names(self, entity_id: str) -> list[tuple[str, str]]:
        """Return (kind, name) of all names of an entity."""
        query = f"SELECT {ALL_NAMES} FROM entities WHERE id = ?"  # noqa: S608 - our own words
        lines = (row[0].splitlines() for row in self._rows(query, (entity_id,)))
        told = ((KIND_NAMES[int(line[0])], line[1:]) for line in chain.from_iterable(lines))
        return list(dict.fromkeys(told))

    def _offices(self, entity_id: str) -> tuple[Office, ...]:
        """Return the positions that a person held, in order of time."""
        rows = self._rows(
            "SELECT o.title, o.country, o.start, o.end FROM offices o "
            "JOIN entities e ON e.number = o.entity WHERE e.id = ? ORDER BY o.start, o.title",
            (entity_id,),
        )
        return tuple(dict.fromkeys(Office(*row) for row in rows))

    def description(self, entity_id: str) -> str:
        """Return what a base says of an entity in a few words, "" where it says nothing."""
        query = "SELECT description FROM entities WHERE id = ?"
        return next((str(words) for (words,) in self._rows(query, (entity_id,)) if words), "")

    def about(self) -> list[dict[str, str]]:
        """Return what each file says of itself: name, licence, counts."""
        return [dict(file.execute("SELECT key, value FROM about")) for file in self._files]

    def _rows(self, query: str, values: tuple[object, ...]) -> Iterator[Row]:
        for file in self._files:
            yield from file.execute(query, values)


@cache
def load_knowledge_base(*own: Path) -> KnowledgeBase:
    """Return the user's own knowledge bases, if any, and behind them the one that ships with kg."""
    return KnowledgeBase([*own, models_folder() / "knowledge" / "base.kb"])


def open_file(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """Return a connection to a file that is a knowledge base of this version.

    Raises:
        InputError: it is not.

    """
    if not path.is_file():
        raise InputError(f"No knowledge base at {path}. Make one with `kg knowledge build`.")
    # "immutable": nobody writes to a base that is being read, so SQLite need not lock it.
    mode = "rw" if write else "ro&immutable=1"
    try:
        file = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True)
        (mark,), (version,) = (
            next(file.execute(f"PRAGMA {name}")) for name in ("application_id", "user_version")
        )
    except sqlite3.Error as error:
        raise InputError(f"{path} is not a knowledge base of kg ({error}).") from error
    if mark != APPLICATION_ID:
        raise InputError(
            f"{path} is not a knowledge base of kg. Make one with `kg knowledge build`."
        )
    if version != SCHEMA_VERSION:
        raise InputError(
            f"{path} is a knowledge base of version {version}; this kg reads version "
            f"{SCHEMA_VERSION}. Build it again with `kg knowledge build`."
        )
    return file


def _open(path: Path) -> sqlite3.Connection:
    file = open_file(path)
    # The processes that read documents share the pages that they look at.
    file.execute("PRAGMA mmap_size = 268435456")
    return file


def _entity(row: Row) -> KnownEntity:
    id_, label, type_, steps, iris, *rest = row[:9]
    # Most have an item of Wikidata and nothing else, which their identifier says already.
    own = iris or f"{WIKIDATA_ENTITY}{id_}"
    all_iris = () if own == NOWHERE_ELSE else tuple(own.split())
    return KnownEntity(id_, label, type_, steps / PRIOR_STEPS, all_iris, *rest)


def _unique(rows: Iterator[Row]) -> Iterator[Found]:
    """Yield each entity once, by its most telling name."""
    best: dict[str, Found] = {}
    for row in rows:
        found = Found(_entity(row), KIND_NAMES[row[9]], row[10])
        known = best.get(found.entity.id)
        if known is None or NAME_KINDS[found.kind] < NAME_KINDS[known.kind]:
            best[found.entity.id] = found
    yield from best.values()


def _rank(found: Found) -> tuple[int, float, str]:
    return NAME_KINDS[found.kind], -found.entity.prior, found.entity.id
