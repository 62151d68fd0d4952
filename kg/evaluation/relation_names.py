"""What sets of relations call the relations that kg knows (models/relations/sets.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.relation_types import relation_types
from kg.settings import models_folder

_TURNED = "-"
Stated = tuple[int, int, str]
"""Subject, object, key."""


@cache
def _tables() -> Mapping[str, Any]:
    path = models_folder() / "relations" / "sets.toml"
    found: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class SetName:
    """A relation of ours under the name that a set has for it."""

    key: str
    turned: bool

    def of(self, head: int, tail: int) -> Stated:
        """Return what the set says of two things, in our terms."""
        return (tail, head, self.key) if self.turned else (head, tail, self.key)


def name_in(set_name: str, label: str) -> SetName | None:
    """Return which relation a set means; None for one that kg does not know.

    >>> name_in("redocred", "P527"), name_in("conll04", "Kill")
    (SetName(key='P361', turned=True), SetName(key='kg:kills', turned=False))
    """
    named = _tables()["names"].get(set_name)
    if named is not None:
        key = named.get(label, "")
        return SetName(key.removeprefix(_TURNED), key.startswith(_TURNED)) if key else None
    inverse = _tables()["inverse"].get(label)
    if inverse:
        return SetName(inverse, turned=True)
    return SetName(label, turned=False) if label in relation_types() else None


def label_of(set_name: str, relation: Mapping[str, Any]) -> str:
    """Return the name of a set's relation: its own where kg has a table of these, else Wikidata's."""
    named = set_name in _tables()["names"]
    return str(relation["type"] if named else relation.get("pid") or relation["type"])


def labels_of(set_name: str) -> Mapping[str, SetName]:
    """Return the relations of a set that has names of its own."""
    named = _tables()["names"].get(set_name, {})
    return {label: name for label in named if (name := name_in(set_name, label)) is not None}


def told_by(set_name: str, head: int, tail: int, label: str) -> Iterator[Stated]:
    """Yield what a set says of two things, and all that follows from it."""
    name = name_in(set_name, label)
    if name is not None:
        yield from with_implied(*name.of(head, tail))


def with_implied(subject: int, object_: int, key: str) -> Iterator[Stated]:
    """Yield a relation of two things and what it implies: the broader one, its mirror image.

    >>> sorted(with_implied(0, 1, "P22"))
    [(0, 1, 'P22'), (1, 0, 'P40')]
    """
    yield subject, object_, key
    relation = relation_types()[key]
    broader = relation.implied(subject, object_)
    if broader is not None:
        yield broader
    if relation.symmetric:
        yield object_, subject, key
