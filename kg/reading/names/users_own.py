"""Names that a user brings: a list of names with their types, or patterns.

A CSV has the columns ``name`` and ``type`` and may have ``label``, the main name of the
thing; a JSONL file has objects with the same keys, or with ``pattern``, a regular
expression, in place of ``name``. What is listed is found wherever it stands as whole
words in the same letters, and outweighs what kg would have thought.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import SettingsError
from kg.lexicons import Known
from kg.reading.grammar import Syntax
from kg.reading.names.name import Name
from kg.vocabulary import TYPES

SOURCE = "own"
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """Names by their words, and patterns; ``longest`` maps a first word to the most words."""

    names: Mapping[str, Known]
    longest: Mapping[str, int]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()

    def find(self, syntax: Syntax) -> Iterator[Name]:
        """Yield the listed names in a text, the longest at each word, and what patterns fit."""
        i = 0
        while i < len(syntax):
            name = self._listed_at(syntax, i)
            if name:
                yield name
            i = name.end if name else i + 1
        if self.patterns:
            yield from self._fitting(syntax)

    def _listed_at(self, syntax: Syntax, i: int) -> Name | None:
        first = _WORD.match(syntax.words[i])
        most = self.longest.get(first[0], 0) if first else 0
        for size in range(min(most, len(syntax) - i), 0, -1):
            known = self.names.get(" ".join(syntax.text(i, i + size).split()))
            if known:
                return Name(i, i + size, known.type, source=SOURCE, label=known.label)
        return None

    def _fitting(self, syntax: Syntax) -> Iterator[Name]:
        text = syntax.text(0, len(syntax))
        starts, ends, at = {}, {}, 0
        for i, word in enumerate(syntax.words):
            at = text.index(word, at)
            starts[at], ends[at + len(word)] = i, i + 1
            at += len(word)
        for pattern, kind in self.patterns:
            for match in pattern.finditer(text):
                # Whole words only, as for the names of a list.
                if match.start() in starts and match.end() in ends and match[0].strip():
                    yield Name(starts[match.start()], ends[match.end()], kind, source=SOURCE)


@cache
def load_own_names(path: str) -> OwnNames:
    """Return the names in a CSV or JSONL file.

    Raises:
        SettingsError: the file cannot be read, lacks a column, or has an unknown type.

    """
    names: dict[str, Known] = {}
    longest: dict[str, int] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    shared: dict[tuple[str, str], Known] = {}
    for number, row in _rows(path):
        kind = _type(path, number, row)
        if row.get("pattern"):
            patterns.append((_pattern(path, number, row["pattern"]), kind))
            continue
        name = " ".join(str(row.get("name") or "").split())
        words = _WORD.findall(name)
        if not words:
            raise SettingsError("names", f"{path}, line {number}", "rows that each have a name")
        # A list may hold a million names; most share their type and have no label.
        key = (kind, str(row.get("label") or ""))
        names[name] = shared.setdefault(key, Known(*key))
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return OwnNames(MappingProxyType(names), MappingProxyType(longest), tuple(patterns))


def _rows(path: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line number, row), whatever the form of the file."""
    try:
        # Spreadsheets write a mark before the name of the first column.
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            yield from _json_rows(path, lines) if _is_json(path) else _csv_rows(path, lines)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError("names", path, f"a CSV or JSONL file in UTF-8 ({error})") from error


def _is_json(path: str) -> bool:
    return Path(path).suffix.lower() in {".jsonl", ".ndjson", ".json"}


def _csv_rows(path: str, lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(lines)
    columns = [str(name).strip().lower() for name in reader.fieldnames or ()]
    if "type" not in columns or not {"name", "pattern"} & set(columns):
        has = ", ".join(columns) or "none"
        raise SettingsError("names", path, f"a CSV with the columns name and type; it has: {has}")
    reader.fieldnames = columns
    for row in reader:
        yield reader.line_num, row


def _json_rows(path: str, lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SettingsError(
                "names", f"{path}, line {number}", "one JSON object a line"
            ) from error
        if not isinstance(row, dict) or not {"name", "pattern"} & row.keys():
            raise SettingsError("names", f"{path}, line {number}", 'objects with "name" and "type"')
        yield number, row


def _type(path: str, number: int, row: Mapping[str, Any]) -> str:
    given = str(row.get("type") or "").strip()
    kind = next((name for name in TYPES if name.lower() == given.lower()), None)
    if kind is None:
        where = f"{path}, line {number}: {given or 'no type'}"
        raise SettingsError("names", where, f"one of the types {', '.join(TYPES)}")
    return kind


def _pattern(path: str, number: int, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern))
    except re.error as error:
        where = f"{path}, line {number}: {pattern}"
        raise SettingsError("names", where, f"a regular expression ({error})") from error
