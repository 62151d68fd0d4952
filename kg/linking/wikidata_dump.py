"""Make a knowledge base from a dump of Wikidata (https://doc.wikimedia.org/Wikibase: JSON dumps).

The dump, one item a line, is read as a stream, its lines in several processes. What is
kept of it goes into a working file beside the result, with the number of lines done, so
that a run that was stopped goes on from there. The classes of items are followed up by
"subclass of" (P279) at the end, when all classes have been seen.
"""

from __future__ import annotations

import bz2
import gzip
import json
import math
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from kg.errors import InputError
from kg.linking.knowledge_base import KnownEntity, Office
from kg.linking.knowledge_writer import KnowledgeWriter, kind_of_name
from kg.vocabulary import GEONAMES, WIKIDATA_ENTITY

ROOTS: Mapping[str, str] = MappingProxyType({
    "Q5": "Person", "Q6256": "Country", "Q3624078": "Country", "Q3024240": "Country",
    "Q515": "City", "Q486972": "City", "Q3957": "City", "Q532": "City", "Q15284": "City",
    "Q1549591": "City", "Q5107": "Region", "Q10864048": "Region", "Q35657": "Region",
    "Q82794": "Region", "Q56061": "Region", "Q2221906": "Place", "Q271669": "Place",
    "Q41176": "Facility", "Q1248784": "Facility", "Q13226383": "Facility",
    "Q7188": "Government", "Q2659904": "Government", "Q327333": "Government",
    "Q192350": "Government", "Q35749": "Government", "Q41487": "Government",
    "Q7278": "PoliticalParty", "Q43229": "Organization", "Q4830453": "Organization",
    "Q783794": "Organization", "Q476028": "Organization", "Q176799": "Organization",
    "Q1656682": "Event", "Q1190554": "Event", "Q198": "Event", "Q180684": "Event",
    "Q131569": "Law", "Q820655": "Law", "Q49371": "Law", "Q7748": "Law",
    "Q17537576": "Work", "Q386724": "Work", "Q11032": "Organization", "Q2424752": "Product",
    "Q728": "Product", "Q4164871": "Role", "Q294414": "Role", "Q12737077": "Role",
})  # fmt: skip
"""From a class on Wikidata to our type; the nearest one above an item's class counts."""
FEWEST_SITELINKS = 3
LINES_AT_ONCE = 2000
MOST_STEPS = 12
"""Steps of "subclass of" that are followed from an item's class."""
KNOWN_EVERYWHERE = 300
"""Wikipedias that write of the best known items; a prior of 0.95."""

_WORKING = """
CREATE TABLE IF NOT EXISTS progress (source TEXT, lines INTEGER, bad INTEGER);
CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subclass (child TEXT, parent TEXT, PRIMARY KEY (child, parent)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS codes (id TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID;
"""

Progress = Callable[[str, int, int], None]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DumpFilter:
    """Which items are kept: languages of their names, in order; Wikipedias that write of them; types."""

    languages: tuple[str, ...] = ("en",)
    sitelinks: int = FEWEST_SITELINKS
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DumpSummary:
    """How many lines were read, were broken, and became entities."""

    lines: int
    bad: int
    entities: int


def build_from_dump(
    dump: Path,
    output: Path,
    wanted: DumpFilter,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> DumpSummary:
    """Read a dump (.json, .json.gz, .json.bz2) into a knowledge base.

    Raises:
        InputError: the dump cannot be read, or a working file is of another dump.
        OutputError: the knowledge base cannot be written.

    """
    if not dump.is_file():
        raise InputError(f"No dump at {dump}. Load one from dumps.wikimedia.org first.")
    tell = progress or (lambda *_: None)
    working = output.with_name(output.name + ".reading")
    with sqlite3.connect(working) as kept:
        kept.execute("PRAGMA synchronous = OFF")
        kept.executescript(_WORKING)
        lines, bad = _read(dump, kept, wanted, jobs=jobs, tell=tell)
        tell("writing", 0, 1)
        entities = _write(kept, output, wanted, dump.name)
    # A connection's "with" ends the transaction, not the connection.
    kept.close()
    working.unlink()
    return DumpSummary(lines, bad, entities)


# --- reading ---------------------------------------------------------------------------


def _read(
    dump: Path, kept: sqlite3.Connection, wanted: DumpFilter, *, jobs: int, tell: Progress
) -> tuple[int, int]:
    size = dump.stat().st_size
    source = f"{dump.name} {size} {wanted}"
    row = kept.execute("SELECT source, lines, bad FROM progress").fetchone()
    if row is None:
        kept.execute("INSERT INTO progress VALUES (?, 0, 0)", (source,))
        row = (source, 0, 0)
    if row[0] != source:
        raise InputError(
            "A run with another dump or other filters was stopped here; finish it, or remove "
            "the file that ends in .reading."
        )
    done, bad = row[1], row[2]
    with _opened(dump) as (lines, position):
        for extracted in _extract_all(_chunks(lines, skip=done), wanted, jobs):
            done, bad = done + extracted.lines, bad + extracted.bad
            _keep(kept, extracted, done, bad)
            tell(f"reading {dump.name}", min(position(), size), size)
    return done, bad


class _opened:  # noqa: N801 - used like a function, in a with statement
    """Open a dump whatever its packing; gives its lines and where in the file one is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> tuple[Iterator[bytes], Callable[[], int]]:
        """Return the lines, and what tells how many bytes of the file were read."""
        try:
            self._raw = self.path.open("rb")
        except OSError as error:
            raise InputError(f"Cannot read {self.path}: {error.strerror}.") from error
        self._stream: IO[bytes] = _unpacked(self._raw, self.path.suffix)
        return self._lines(), self._raw.tell

    def _lines(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except (OSError, EOFError) as error:
            raise InputError(
                f"{self.path} is broken off or damaged ({error}). Load it again."
            ) from error

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._raw.close()


def _unpacked(raw: IO[bytes], suffix: str) -> Any:  # noqa: ANN401 - three kinds of stream
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)
    return bz2.BZ2File(raw) if suffix == ".bz2" else raw


def _chunks(lines: Iterator[bytes], *, skip: int) -> Iterator[list[bytes]]:
    for _ in islice(lines, skip):
        pass
    while chunk := list(islice(lines, LINES_AT_ONCE)):
        yield chunk


@dataclass(frozen=True, slots=True)
class _Extracted:
    """What some lines held: (id, JSON) of items, "subclass of" pairs, codes of countries."""

    lines: int
    bad: int
    items: list[tuple[str, str]]
    subclasses: list[tuple[str, str]]
    codes: list[tuple[str, str]]


def _extract_all(
    chunks: Iterator[list[bytes]], wanted: DumpFilter, jobs: int
) -> Iterator[_Extracted]:
    """Yield what each chunk holds, in order, never more chunks waiting than processes need."""
    if jobs == 1:
        yield from (_extract(chunk, wanted) for chunk in chunks)
        return
    # "spawn": no process may inherit an open SQLite file.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_extract, chunk, wanted) for chunk in islice(chunks, jobs * 2)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_extract, chunk, wanted) for chunk in islice(chunks, 1)]


def _extract(lines: Sequence[bytes], wanted: DumpFilter) -> _Extracted:
    found = _Extracted(len(lines), 0, [], [], [])
    bad = 0
    for line in lines:
        # The dump is one array, an item a line.
        text = line.strip().rstrip(b",")
        if text in {b"", b"[", b"]"}:
            continue
        try:
            item = json.loads(text)
            _take(item, wanted, found)
        except (ValueError, KeyError, TypeError, AttributeError):
            bad += 1
    return _Extracted(found.lines, bad, found.items, found.subclasses, found.codes)


def _take(item: Json, wanted: DumpFilter, found: _Extracted) -> None:
    # Properties stand in the dump, too.
    if item.get("type", "item") != "item":
        return
    claims, own_id = _part(item, "claims"), item["id"]
    found.subclasses.extend((own_id, parent) for parent in _items(claims, "P279"))
    found.codes.extend((own_id, str(code)) for code in _values(claims, "P297"))
    sitelinks = len(_part(item, "sitelinks"))
    label = _label(_part(item, "labels"), wanted.languages)
    classes = list(_items(claims, "P31"))
    if label and classes and sitelinks >= wanted.sitelinks:
        kept = _kept(item, claims, label, wanted.languages)
        value = kept | {"classes": classes, "sitelinks": sitelinks}
        found.items.append((own_id, json.dumps(value, ensure_ascii=False)))


def _part(item: Json, key: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what an item has under a key, {} where that is missing or empty."""
    # A dump writes an empty object as [], as PHP does.
    return item.get(key) or {}


def _label(labels: Json, languages: Sequence[str]) -> str:
    # Under "mul" stand names that are the same in all languages.
    for language in (*languages, "mul"):
        if language in labels:
            return str(labels[language]["value"])
    return ""


def _kept(item: Json, claims: Json, label: str, languages: Sequence[str]) -> Json:
    """Return what is kept of an item: names by kind, country, days, GeoNames id, offices."""
    descriptions = _part(item, "descriptions")
    spoken = (*languages, "mul")
    return {
        "label": label,
        "description": next((descriptions[x]["value"] for x in languages if x in descriptions), ""),
        "aliases": sorted(_aliases(item, spoken)),
        "short": _texts(claims, "P1813", spoken),
        "demonyms": _texts(claims, "P1549", spoken),
        "geonames": next((str(v) for v in _values(claims, "P1566")), ""),
        "country": next(chain(_items(claims, "P17"), _items(claims, "P27")), ""),
        "start": next(chain(_days(claims, "P569"), _days(claims, "P571")), ""),
        "end": next(chain(_days(claims, "P570"), _days(claims, "P576")), ""),
        "offices": [list(office) for office in _offices(claims)],
    }


def _aliases(item: Json, languages: Sequence[str]) -> set[str]:
    """Return the labels and other names of an item in some languages."""
    labels, aliases = _part(item, "labels"), _part(item, "aliases")
    named = {labels[x]["value"] for x in languages if x in labels}
    return named | {alias["value"] for x in languages for alias in aliases.get(x, ())}


def _statements(claims: Json, name: str) -> Iterator[Json]:
    """Yield the statements of a property that say something and are not withdrawn."""
    for statement in claims.get(name, ()):
        snak = statement.get("mainsnak", {})
        if statement.get("rank") != "deprecated" and snak.get("snaktype") == "value":
            yield statement


def _values(claims: Json, name: str) -> Iterator[Any]:
    for statement in _statements(claims, name):
        yield statement["mainsnak"]["datavalue"]["value"]


def _items(claims: Json, name: str) -> Iterator[str]:
    yield from (value["id"] for value in _values(claims, name) if "id" in value)


def _texts(claims: Json, name: str, languages: Sequence[str]) -> list[str]:
    found = {v["text"] for v in _values(claims, name) if v.get("language") in languages}
    return sorted(found)


def _days(claims: Json, name: str) -> Iterator[str]:
    yield from filter(None, map(_day, _values(claims, name)))


def _day(value: Json) -> str:
    """Return an ISO day, month or year of our era, as precisely as it is known."""
    time, precision = str(value.get("time", "")), int(value.get("precision", 0))
    if not time.startswith("+") or precision < 9:
        return ""
    # Wikidata counts precision from billions of years (0) to days (11): 9 is a year, 10 a month.
    return time[1:][: {9: 4, 10: 7}.get(precision, 10)]


def _offices(claims: Json) -> Iterator[tuple[str, str, str]]:
    """Yield (item of the office, first day, last day) of the positions held (P39)."""
    for statement in _statements(claims, "P39"):
        value = statement["mainsnak"]["datavalue"]["value"]
        qualifiers = _part(statement, "qualifiers")
        limits = [
            next(
                (_day(q["datavalue"]["value"]) for q in qualifiers.get(p, ()) if "datavalue" in q),
                "",
            )
            for p in ("P580", "P582")
        ]
        yield value["id"], limits[0], limits[1]


def _keep(kept: sqlite3.Connection, found: _Extracted, lines: int, bad: int) -> None:
    """Write a chunk and how far we are, both or neither."""
    with kept:
        kept.executemany("INSERT OR REPLACE INTO items VALUES (?, ?)", found.items)
        kept.executemany("INSERT OR IGNORE INTO subclass VALUES (?, ?)", found.subclasses)
        kept.executemany("INSERT OR REPLACE INTO codes VALUES (?, ?)", found.codes)
        kept.execute("UPDATE progress SET lines = ?, bad = ?", (lines, bad))


# --- writing ---------------------------------------------------------------------------


def _write(kept: sqlite3.Connection, output: Path, wanted: DumpFilter, dump: str) -> int:
    types, written = _Types(kept), 0
    codes = dict(kept.execute("SELECT id, code FROM codes"))
    with KnowledgeWriter(output) as writer:
        for own_id, value in kept.execute("SELECT id, value FROM items ORDER BY id"):
            item = json.loads(value)
            kind = types.of(item["classes"])
            if kind is None or (wanted.types and kind not in wanted.types):
                continue
            entity = _entity(own_id, item, kind, codes)
            offices = _named_offices(kept, item["offices"], codes)
            names, said = _names(item, entity), item["description"]
            writer.add(entity, names, offices=offices, description=said)
            written += 1
        writer.describe(
            {"name": f"Wikidata ({dump})", "licence": "CC0 1.0", "entities": str(written)}
        )
    return written


def _entity(own_id: str, item: Json, kind: str, codes: Mapping[str, str]) -> KnownEntity:
    prior = min(0.95, math.log1p(item["sitelinks"]) / math.log1p(KNOWN_EVERYWHERE))
    iris = [f"{WIKIDATA_ENTITY}{own_id}"]
    iris += [f"{GEONAMES}{item['geonames']}/"] if item["geonames"] else []
    country = codes.get(own_id) or codes.get(item["country"], "")
    return KnownEntity(
        own_id, item["label"], kind, prior, tuple(iris), country,
        item["start"], item["end"], "wikidata",
    )  # fmt: skip


def _names(item: Json, entity: KnownEntity) -> Iterator[tuple[str, str]]:
    yield from ((name, kind_of_name(name, entity)) for name in item["aliases"])
    yield from ((name, "short") for name in item["short"] if len(name) > 2)
    yield from ((name, "demonym") for name in item["demonyms"])


def _named_offices(
    kept: sqlite3.Connection, offices: Iterable[Sequence[str]], codes: Mapping[str, str]
) -> Iterator[Office]:
    for own_id, start, end in offices:
        row = kept.execute("SELECT value FROM items WHERE id = ?", (own_id,)).fetchone()
        if row is not None:
            office = json.loads(row[0])
            yield Office(office["label"], codes.get(office["country"], ""), start, end)


class _Types:
    """Our type of an item by its classes: the nearest known class above any of them."""

    def __init__(self, kept: sqlite3.Connection) -> None:
        self._parents: dict[str, list[str]] = defaultdict(list)
        for child, parent in kept.execute("SELECT child, parent FROM subclass ORDER BY 1, 2"):
            self._parents[child].append(parent)
        self._known: dict[tuple[str, ...], str | None] = {}

    def of(self, classes: Sequence[str]) -> str | None:
        """Return the type of an item of these classes, None if no class tells."""
        key = tuple(classes)
        if key not in self._known:
            self._known[key] = self._nearest(key)
        return self._known[key]

    def _nearest(self, classes: tuple[str, ...]) -> str | None:
        seen, level = set(classes), list(classes)
        for _ in range(MOST_STEPS):
            found = [ROOTS[c] for c in level if c in ROOTS]
            if found:
                return found[0]
            level = [p for c in level for p in self._parents.get(c, ()) if p not in seen]
            seen.update(level)
        return None


def default_jobs() -> int:
    """Return how many processes read a dump by default: one a core, one left for the file."""
    return max(1, min(8, (os.cpu_count() or 2) - 1))
