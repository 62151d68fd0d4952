"""Make a knowledge base, or add to one: whole or not at all.

A new file is written beside its place and moved there at the end. What is added to a
file that exists goes in one transaction, so that a run that is stopped leaves it as it was.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from kg.errors import OutputError
from kg.linking.knowledge_base import (
    ALL_NAMES,
    APPLICATION_ID,
    NAME_KINDS,
    NOWHERE_ELSE,
    PRIOR_STEPS,
    SCHEMA_VERSION,
    KnownEntity,
    Office,
    open_file,
)
from kg.search_keys import search_keys
from kg.vocabulary import WIKIDATA_ENTITY

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (number INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE);
CREATE TABLE entities (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, type TEXT NOT NULL,
    prior INTEGER NOT NULL, iris TEXT NOT NULL, country TEXT NOT NULL, start TEXT NOT NULL,
    end TEXT NOT NULL, description TEXT NOT NULL, source INTEGER NOT NULL, names TEXT NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, kind INTEGER NOT NULL, entity INTEGER NOT NULL,
    PRIMARY KEY (key, kind, entity)
) WITHOUT ROWID;
CREATE TABLE offices (
    entity INTEGER NOT NULL, title TEXT NOT NULL, country TEXT NOT NULL, start TEXT NOT NULL,
    end TEXT NOT NULL, PRIMARY KEY (entity, title, country, start)
) WITHOUT ROWID;
"""
LONGEST_NAME = 200
"""Characters; nothing that is longer is a name."""
LONGEST_ACRONYM = 6


def kind_of_name(name: str, entity: KnownEntity) -> str:
    """Return what kind of name of an entity this is, where nobody says so.

    >>> kind_of_name("UN", KnownEntity("Q1065", "United Nations", "Organization", 1))
    'acronym'
    """
    if name == entity.label:
        return "label"
    if name.isupper() and len(name.replace(".", "")) <= LONGEST_ACRONYM and " " not in name:
        return "acronym"
    return "surname" if entity.type == "Person" and " " not in name else "alias"


class KnowledgeWriter:
    """Writes entities into a file; use it in a ``with`` block, which finishes or undoes it all."""

    def __init__(self, path: Path, *, add: bool = False) -> None:
        """Begin a new file, or with ``add`` go on with one that is there.

        Raises:
            InputError: the file to add to is no knowledge base.
            OutputError: nothing can be written there.

        """
        self.path, self.adds = path, add
        self._at = path if add else path.with_name(path.name + ".part")
        if add:
            self._file = open_file(path, write=True)
        else:
            self._file = self._begin()
        self._number = next(self._file.execute("SELECT coalesce(max(number), 0) FROM entities"))[0]

    def _begin(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._at.unlink(missing_ok=True)
            file = sqlite3.connect(self._at)
            # Nothing to go back to: what is not finished is thrown away.
            file.execute("PRAGMA journal_mode = OFF")
            file.execute("PRAGMA synchronous = OFF")
            file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            file.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            file.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(self.path, str(error)) from error
        return file

    def add(
        self,
        entity: KnownEntity,
        names: Iterable[tuple[str, str]],
        *,
        offices: Iterable[Office] = (),
        description: str = "",
    ) -> None:
        """Write an entity with its (name, kind)s; one whose identifier is there is replaced."""
        self.remove(entity.id)
        self._number += 1
        # A line each, but for the label, behind the number of its kind; sorted, they are the same
        # in any order.
        told = sorted(
            (NAME_KINDS[kind], " ".join(name.split()))
            for name, kind in {(entity.label, "label"), *names}
            if name.strip() and len(name) <= LONGEST_NAME
        )
        own = (f"{WIKIDATA_ENTITY}{entity.id}",)
        self._file.execute(
            "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._number, entity.id, entity.label, entity.type,
                round(entity.prior * PRIOR_STEPS),
                "" if entity.iris == own else " ".join(entity.iris) or NOWHERE_ELSE,
                entity.country, entity.start, entity.end, description,
                self._source(entity.source), "\n".join(f"{kind}{name}" for kind, name in told if kind),
            ),
        )  # fmt: skip
        self._file.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
            [(key, kind, self._number) for kind, name in told for key in search_keys(name)],
        )
        self._file.executemany(
            # A source may tell of one office twice, with two ends.
            "INSERT OR IGNORE INTO offices VALUES (?, ?, ?, ?, ?)",
            [(self._number, o.title, o.country, o.start, o.end) for o in offices],
        )

    def _source(self, words: str) -> int:
        """Return the number of what is said of where an entity comes from."""
        self._file.execute("INSERT OR IGNORE INTO sources (words) VALUES (?)", (words,))
        query = "SELECT number FROM sources WHERE words = ?"
        return int(next(self._file.execute(query, (words,)))[0])

    def remove(self, entity_id: str) -> None:
        """Take an entity out, if it is there."""
        for number, names in self._file.execute(
            f"SELECT number, {ALL_NAMES} FROM entities WHERE id = ?",  # noqa: S608 - our own words
            (entity_id,),
        ).fetchall():
            keys = {key for line in names.splitlines() for key in search_keys(line[1:])}
            self._file.executemany(
                "DELETE FROM names WHERE key = ? AND entity = ?", [(key, number) for key in keys]
            )
            self._file.execute("DELETE FROM offices WHERE entity = ?", (number,))
            self._file.execute("DELETE FROM entities WHERE number = ?", (number,))

    def describe(self, about: Mapping[str, str]) -> None:
        """Say what the file is: name, sources, licence."""
        self._file.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", sorted(about.items()))

    def __enter__(self) -> KnowledgeWriter:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file, or undo what was written if the block failed."""
        if error is not None:
            self._file.rollback()
            self._file.close()
            if not self.adds:
                self._at.unlink(missing_ok=True)
            return
        self._file.commit()
        if not self.adds:
            # Entities that were written twice leave holes.
            self._file.execute("VACUUM")
        self._file.close()
        if not self.adds:
            os.replace(self._at, self.path)  # noqa: PTH105 - one step, on any system
