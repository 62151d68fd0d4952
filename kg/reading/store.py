"""Keep finished Readings in one SQLite file, so that nothing is read twice.

Each Reading is committed when it is put: a build that was killed goes on where it
stopped. A row counts only for the same bytes (``sha256``) read by the same ``reader``,
a string that names the version of the program and of its models.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import InputError, OutputError
from kg.records import Reading
from kg.serialization import reading_from_json, reading_to_json

READINGS = "readings.db"
"""The file's name in a build folder: what holds one is a build."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS readings (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    reader TEXT NOT NULL, reading TEXT NOT NULL
) WITHOUT ROWID
"""
COLUMNS = ["id", "source", "sha256", "reader", "reading"]
APPLICATION_ID = 0x6B677264
"""Marks the file as ours ("kgrd"), so that no other database is written into."""
WAIT_SECONDS = 30.0
"""How long to wait for another build that writes into the same file."""


class ReadingStore:
    """The Readings of a build, by document id; use it in a ``with`` statement."""

    def __init__(self, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(path, error.strerror or "its folder cannot be made") from error
        with self._explained():
            self._database = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)
        try:
            with self._explained():
                self._prepare()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything put is already in it."""
        self._database.close()

    def get(self, document_id: str, sha256: str, reader: str) -> Reading | None:
        """Return the Reading of a document, if it was made of these bytes by this reader."""
        query = "SELECT reading FROM readings WHERE id = ? AND sha256 = ? AND reader = ?"
        with self._explained():
            row = self._database.execute(query, (document_id, sha256, reader)).fetchone()
        return self._reading(document_id, row[0]) if row else None

    def put(self, reading: Reading, reader: str) -> None:
        """Keep a Reading, in the place of an older one of the same document."""
        document = reading.document
        row = (document.id, document.source, document.sha256, reader, reading_to_json(reading))
        with self._explained():
            self._database.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", row)

    def keep_only(self, ids: Collection[str]) -> None:
        """Drop the Readings of all documents but these."""
        wanted = set(ids)
        with self._explained():
            stored = [row[0] for row in self._database.execute("SELECT id FROM readings")]
            dropped = [(id_,) for id_ in stored if id_ not in wanted]
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("DELETE FROM readings WHERE id = ?", dropped)
            self._database.execute("COMMIT")

    def readings(self) -> Iterator[Reading]:
        """Yield every Reading, sorted by document id; one is in memory at a time."""
        with self._explained():
            ids = [row[0] for row in self._database.execute("SELECT id FROM readings ORDER BY id")]
        for id_ in ids:
            with self._explained():
                query = "SELECT reading FROM readings WHERE id = ?"
                row = self._database.execute(query, (id_,)).fetchone()
            if row:
                yield self._reading(id_, row[0])

    def _prepare(self) -> None:
        """Make the table in a new file; refuse a file that something else has made."""
        database = self._database
        # One transaction: between two looks another build could make the table.
        database.execute("BEGIN IMMEDIATE")
        (found,) = database.execute("PRAGMA application_id").fetchone()
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and found != APPLICATION_ID:
            database.execute("ROLLBACK")
            raise OutputError(self.path, "it is a database that kg did not make")
        database.execute(SCHEMA)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("COMMIT")
        columns = [row[1] for row in database.execute("PRAGMA table_info(readings)")]
        if columns != COLUMNS:
            raise OutputError(self.path, "another version of kg made it; remove it")

    def _reading(self, document_id: str, line: str) -> Reading:
        """Return the Reading that a row holds."""
        try:
            return reading_from_json(line)
        except InputError as error:
            raise OutputError(
                self.path, f"its row {document_id!r} is damaged; remove the file"
            ) from error

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            locked = "locked" in str(error) or "busy" in str(error)
            reason = (
                "another build is writing to it; wait until it has ended" if locked else str(error)
            )
            raise OutputError(self.path, reason) from error
        except sqlite3.DatabaseError as error:
            raise OutputError(self.path, f"it is no sound database ({error}); remove it") from error
