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
class Known:
    """A known thing: its type and the name it goes by."""

    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Words by what they tell us.

    ``places``, ``organisations`` and ``demonyms`` map a name to what it names;
    ``longest`` maps the first word of such a name to the most words it may have.
    ``heads`` maps the last word of a name to the type of thing it names
    ("committee" -> Organization). ``verbs`` maps a noun of acting to
    its verb ("exploitation" -> "exploit"), ``living`` a noun to "person" or "group" where
    that is what it means first, ``given`` a first name to the pronoun of nearly all its
    bearers, ``short_names`` a short form of a first name to the full one ("bill" ->
    "william"). ``status`` maps a class ("verb:say") to the lemmas that make a clause said,
    doubted, planned, denied. ``stop_words`` maps the code of a language to the words that
    are in all its prose. ``forms`` maps a kind of form ("british") to the words
    that have it, and each of them to the form ("favor" -> "favour"). ``currencies`` and
    ``units`` map what stands beside a number to its kind and code ("Rs" -> sign, "INR").
    """

    places: Mapping[str, Known]
    organisations: Mapping[str, Known]
    longest: Mapping[str, int]
    demonyms: Mapping[str, Known]
    heads: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    verbs: Mapping[str, str]
    living: Mapping[str, str]
    given: Mapping[str, str]
    short_names: Mapping[str, str]
    status: Mapping[str, frozenset[str]]
    stop_words: Mapping[str, frozenset[str]]
    forms: Mapping[str, Mapping[str, str]]
    currencies: Mapping[str, tuple[str, str]]
    units: Mapping[str, tuple[str, str]]


@cache
def load_lexicons() -> Lexicons:
    """Return the lexicons that ship with kg."""
    folder = models_folder() / "lexicons"
    words = _classes(folder / "words.tsv")
    places = _known(folder / "places.tsv")
    organisations = _known(folder / "organisations.tsv")
    longest: dict[str, int] = defaultdict(int)
    for name in (*places, *organisations):
        parts = name.split(" ")
        longest[parts[0]] = max(longest[parts[0]], len(parts))
    return Lexicons(
        places=places,
        organisations=organisations,
        longest=MappingProxyType(dict(longest)),
        demonyms=_known(folder / "demonyms.tsv"),
        heads=MappingProxyType(
            {
                word: kind.removeprefix("head:")
                for kind in words
                if kind.startswith("head:")
                for word in words[kind]
            }
        ),
        words=words,
        verbs=MappingProxyType(dict(_rows(folder / "nominalisations.tsv"))),  # type: ignore[arg-type]
        living=MappingProxyType(dict(_rows(folder / "living.tsv"))),  # type: ignore[arg-type]
        given=MappingProxyType(dict(_rows(folder / "given_names.tsv"))),  # type: ignore[arg-type]
        short_names=MappingProxyType(dict(_rows(folder / "short_names.tsv"))),  # type: ignore[arg-type]
        status=_classes(folder / "status.tsv"),
        stop_words=_classes(folder / "stop_words.tsv"),
        forms=_forms(folder / "forms.tsv"),
        currencies=_coded(folder / "currencies.tsv"),
        units=_coded(folder / "units.tsv"),
    )


def _classes(path: Path) -> Mapping[str, frozenset[str]]:
    """Return the words of each class of a "word, class" table."""
    members: dict[str, set[str]] = defaultdict(set)
    for word, kind in _rows(path):
        members[kind].add(word)
    return MappingProxyType({kind: frozenset(words) for kind, words in members.items()})


def _forms(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return word -> form for each kind of a "word, form, kind" table."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for word, form, kind in _rows(path):
        forms[kind][word] = form
    return MappingProxyType({kind: MappingProxyType(pairs) for kind, pairs in forms.items()})


def _coded(path: Path) -> Mapping[str, tuple[str, str]]:
    return MappingProxyType({word: (kind, code) for word, kind, code in _rows(path)})


def _known(path: Path) -> Mapping[str, Known]:
    return MappingProxyType({name: Known(kind, label) for name, kind, label in _rows(path)})


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the fields of each line that is no comment."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield tuple(line.rstrip("\n").split("\t"))
