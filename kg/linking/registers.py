"""An office's own register of people and companies, as rows of a knowledge base.

A CSV has a header with ``name`` and, as far as known, ``id``, ``type``, ``aliases``
(parted by ";"), ``iri``, ``country``, ``start``, ``end``. JSON Lines are read as
FollowTheMoney entities (OpenSanctions, Aleph): ``{"id", "schema", "properties"}``. Rows
keep their own identifiers. Files are read line by line; a line that cannot be used is
counted and skipped.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import InputError, UnknownNameError
from kg.linking.knowledge_base import KnownEntity
from kg.linking.knowledge_writer import KnowledgeWriter, kind_of_name
from kg.plain_names import plain_name
from kg.slugs import slugify
from kg.vocabulary import TYPES, WIKIDATA_ENTITY

PRIOR = 0.8
"""How well known a thing of the user's own register is taken to be: better than most."""
SCHEMATA: Mapping[str, str] = MappingProxyType({
    "Person": "Person", "Company": "Organization", "Organization": "Organization",
    "LegalEntity": "Organization", "PublicBody": "Government", "Asset": "Product",
    "Vessel": "Product", "Airplane": "Product", "Vehicle": "Product", "Address": "Place",
    "RealEstate": "Facility", "Event": "Event", "Position": "Role",
})  # fmt: skip
"""From FollowTheMoney's schema to our type; entities of other schemata are relations or papers."""
_NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
MOST_ERRORS_SHOWN = 5


@dataclass(slots=True)
class AddSummary:
    """What was added, and what was not: counts, and the first messages."""

    added: int = 0
    skipped: int = 0
    messages: list[str] = field(default_factory=list)

    def skip(self, message: str) -> None:
        """Count a line that could not be used."""
        self.skipped += 1
        if len(self.messages) < MOST_ERRORS_SHOWN:
            self.messages.append(message)


def add_register(register: Path, base: Path) -> AddSummary:
    """Add the rows of a CSV or JSON Lines file to a knowledge base, made if it is not there.

    Raises:
        InputError: the register cannot be read, has no column of names, or an unknown type.

    """
    rows = _csv_rows if register.suffix.casefold() == ".csv" else _ftm_rows
    summary = AddSummary()
    with KnowledgeWriter(base, add=base.is_file()) as writer:
        for entity, names in rows(register, summary):
            bare = [plain_name(name, entity.type) for name in (entity.label, *names)]
            kinds = [(name, kind_of_name(name, entity)) for name in (*names, *bare)]
            writer.add(entity, kinds)
            summary.added += 1
        writer.describe({"name": base.stem})
    return summary


Rows = Iterator[tuple[KnownEntity, list[str]]]


def _lines(path: Path) -> Iterator[str]:
    try:
        # One bad byte is no reason to refuse a register of a million rows.
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from lines
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error


def _csv_rows(path: Path, summary: AddSummary) -> Rows:
    reader = csv.DictReader(_lines(path), strict=False)
    columns = [column.strip().casefold() for column in reader.fieldnames or []]
    if "name" not in columns:
        found = ", ".join(columns) or "none"
        raise InputError(f"{path} has no column 'name' in its first line. Its columns: {found}.")
    for row in reader:
        cells = _cells(row)
        if not cells.get("name"):
            summary.skip(f"line {reader.line_num}: no name")
            continue
        yield _of_cells(cells, f"{path}, line {reader.line_num}:"), _split(cells.get("aliases", ""))


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a row by column."""
    # A row longer than the header has a list, a shorter one None, in place of a word.
    return {k.strip().casefold(): v.strip() for k, v in row.items() if isinstance(v, str)}


def _of_cells(cells: Mapping[str, str], place: str) -> KnownEntity:
    # Registers without types are most often of companies.
    kind = cells.get("type") or "Organization"
    if kind not in TYPES:
        raise UnknownNameError(f"type in {place}", kind, set(TYPES))
    own_id = cells.get("id") or f"own:{slugify(cells['name'])}"
    return KnownEntity(
        own_id, cells["name"], kind, PRIOR, _iris(own_id, cells.get("iri", "")),
        cells.get("country", "").upper(), cells.get("start", ""), cells.get("end", ""), "register",
    )  # fmt: skip


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


def _iris(own_id: str, iri: str) -> tuple[str, ...]:
    """Return the IRIs of a row: what it says, and Wikidata's where the identifier is one."""
    found = [part for part in iri.split() if part.startswith(("http://", "https://", "urn:"))]
    if _is_item(own_id):
        found.append(f"{WIKIDATA_ENTITY}{own_id}")
    return tuple(dict.fromkeys(found)) or (f"urn:kg:{slugify(own_id)}",)


def _ftm_rows(path: Path, summary: AddSummary) -> Rows:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            properties = {k: _strings(v) for k, v in value["properties"].items()}
            found = _of_ftm(str(value["id"]), str(value["schema"]), properties)
        except (ValueError, KeyError, TypeError, AttributeError):
            summary.skip(f"line {number}: no FollowTheMoney entity (id, schema, properties)")
            continue
        if found is not None:
            yield found


def _strings(values: Any) -> list[str]:  # noqa: ANN401 - whatever JSON holds
    return [v.strip() for v in values if isinstance(v, str) and v.strip()]


def _of_ftm(
    own_id: str, schema: str, properties: Mapping[str, list[str]]
) -> tuple[KnownEntity, list[str]] | None:
    kind, names = SCHEMATA.get(schema), [n for key in _NAMES for n in properties.get(key, [])]
    if kind is None or not names:
        return None
    items = [item for item in properties.get("wikidataId", []) if _is_item(item)]
    iris = (f"urn:kg:{slugify(own_id)}", *(f"{WIKIDATA_ENTITY}{item}" for item in items))
    entity = KnownEntity(
        own_id, names[0], kind, PRIOR, iris, _first(properties, "country").upper(),
        _first(properties, "birthDate", "incorporationDate"),
        _first(properties, "deathDate", "dissolutionDate"), "register",
    )  # fmt: skip
    return entity, names[1:]


def _first(properties: Mapping[str, list[str]], *keys: str) -> str:
    """Return the first value of the first property that has one, "" if none has."""
    return next((value for key in keys for value in properties.get(key, [])), "")


def _is_item(identifier: str) -> bool:
    """Tell an identifier of Wikidata: "Q42"."""
    return identifier[:1] == "Q" and identifier[1:].isdigit()
