"""What is known of the world beforehand: names, types and identifiers of well-known things.

The starter base in models/knowledge is built by ``models/build_lexicons.py``; its
README gives sources and licences.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.folding import fold
from kg.settings import models_folder
from kg.vocabulary import GEONAMES, WIKIDATA_ENTITY


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """One thing that the knowledge base knows; ``prior`` in [0, 1] tells how well known it is."""

    id: str
    label: str
    type: str
    prior: float
    iris: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Known entities by label and by alias, names folded by ``fold``."""

    by_label: Mapping[str, tuple[KnownEntity, ...]]
    by_alias: Mapping[str, tuple[KnownEntity, ...]]

    def candidates(self, name: str) -> list[tuple[KnownEntity, bool]]:
        """Return (entity, name is its label), labels first, then the best known."""
        folded = fold(name)
        labels = [(e, True) for e in self.by_label.get(folded, ())]
        aliases = [(e, False) for e in self.by_alias.get(folded, ()) if (e, True) not in labels]
        return labels + aliases


@cache
def load_knowledge_base() -> KnowledgeBase:
    """Return the knowledge base that ships with kg."""
    path = models_folder() / "knowledge" / "starter.jsonl.gz"
    by_label: dict[str, list[KnownEntity]] = defaultdict(list)
    by_alias: dict[str, list[KnownEntity]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entity = _known_entity(json.loads(line))
            by_label[fold(entity.label)].append(entity)
            for alias in {fold(a) for a in entity.aliases}:
                by_alias[alias].append(entity)
    return KnowledgeBase(_sorted(by_label), _sorted(by_alias))


def _known_entity(row: dict[str, object]) -> KnownEntity:
    iris = []
    if row.get("qid"):
        iris.append(f"{WIKIDATA_ENTITY}{row['qid']}")
    if row.get("geonames"):
        iris.append(f"{GEONAMES}{row['geonames']}/")
    aliases = row.get("aliases", [])
    return KnownEntity(
        str(row["id"]), str(row["label"]), str(row["type"]), float(str(row.get("prior", 0))),
        tuple(iris), tuple(aliases) if isinstance(aliases, list) else (),
    )  # fmt: skip


def _sorted(by_name: Mapping[str, list[KnownEntity]]) -> Mapping[str, tuple[KnownEntity, ...]]:
    return MappingProxyType(
        {
            name: tuple(sorted(found, key=lambda e: (-e.prior, e.id)))
            for name, found in by_name.items()
        }
    )
