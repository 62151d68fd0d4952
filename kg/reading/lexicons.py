"""The word lists in models/lexicons, loaded once.

``models/README.md`` says where each list comes from and how to rebuild it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.settings import models_folder


@dataclass(frozen=True, slots=True)
class Place:
    """A known place: its type and the name it goes by."""

    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Words by what they tell us.

    ``places`` and ``demonyms`` map a name to its place; ``longest_place`` counts the
    words of the longest name. ``heads`` maps the last word of a name to the type of
    thing it names ("committee" -> Organization). ``verbs`` maps a noun of acting to
    its verb ("exploitation" -> "exploit").
    """

    places: Mapping[str, Place]
    longest_place: int
    demonyms: Mapping[str, Place]
    heads: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    verbs: Mapping[str, str]


@cache
def load_lexicons() -> Lexicons:
    """Return the lexicons that ship with kg."""
    folder = models_folder() / "lexicons"
    words: dict[str, set[str]] = defaultdict(set)
    for word, kind in _rows(folder / "words.tsv"):
        words[kind].add(word)
    places = {name: Place(kind, label) for name, kind, label in _rows(folder / "places.tsv")}
    return Lexicons(
        places=MappingProxyType(places),
        longest_place=max(name.count(" ") + 1 for name in places),
        demonyms=MappingProxyType(
            {name: Place(kind, label) for name, kind, label in _rows(folder / "demonyms.tsv")}
        ),
        heads=MappingProxyType(
            {
                word: kind.removeprefix("head:")
                for kind in words
                if kind.startswith("head:")
                for word in words[kind]
            }
        ),
        words=MappingProxyType({kind: frozenset(members) for kind, members in words.items()}),
        verbs=MappingProxyType(dict(_rows(folder / "nominalisations.tsv"))),  # type: ignore[arg-type]
    )


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the fields of each line that is no comment."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield tuple(line.rstrip("\n").split("\t"))
