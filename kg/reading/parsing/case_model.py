"""Tell how words in capitals would be written in running text: "NATO", "Helen", "resigned".

Three things tell it: how texts write the word inside their sentences, and beside its neighbours
(the tables in models/letter_case); the names that kg knows; and what the encoder of the name
model makes of the word where it stands. Two logistic regressions weigh them: has the word a
capital, and if so, are all its letters capitals?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from math import log
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from kg.lexicons import load_lexicons
from kg.reading.encoder.model import load_encoder
from kg.settings import models_folder

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
"""A word, or a mark."""
STOPS = frozenset(".!?\u2026")
_SMOOTHING = 0.3
"""Added to each count, so that a word never seen in one way has odds, too."""
_LONGEST_TOLD = 4
"""Letters of words whose length says something: acronyms are short."""
_VOWELS = frozenset("aeiouy")
PRIOR, OWN_WEIGHT = 2, 10
"""Where the document itself has a word, others count for so many; each of its own for so many."""
SHARED = 0.5
"""How much the other places of a word in the document count."""


class Case(IntEnum):
    """How a word is written."""

    SMALL = 0
    TITLE = 1
    CAPITALS = 2


Counts = tuple[float, float, float]
"""How often a word is written in each of the ways."""
NEVER: Counts = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class WrittenForms:
    """How texts write a word, given in small letters; ``own`` is what the document itself does.

    ``spelt`` are capitals inside a word ("mcdonald" -> "McDonald"); ``pairs`` says of two
    neighbours how often both had a capital, and how often not.
    """

    counts: Mapping[str, Counts]
    spelt: Mapping[str, str]
    pairs: Mapping[tuple[str, ...], tuple[int, int]]
    own: Mapping[str, Counts] = field(default_factory=dict)

    def counts_of(self, word: str) -> Counts:
        """Return how often a word was seen in each way."""
        in_all, here = self.counts.get(word, NEVER), self.own.get(word)
        if here is None:
            return in_all
        share = min(1.0, PRIOR / max(1, sum(in_all)))
        small, title, capitals = (
            share * a + OWN_WEIGHT * b for a, b in zip(in_all, here, strict=True)
        )
        return small, title, capitals


def case_of(word: str) -> Case | None:
    """Tell how a word is written; None for what has no letters.

    >>> [case_of(word) for word in ("paid", "McDonald", "NATO", "A", "7")]
    [<Case.SMALL: 0>, <Case.TITLE: 1>, <Case.CAPITALS: 2>, <Case.TITLE: 1>, None]
    """
    if not any(map(str.isalpha, word)):
        return None
    if word == word.lower():
        return Case.SMALL
    return Case.CAPITALS if word.isupper() and len(word) > 1 else Case.TITLE


def features(words: Sequence[str], forms: WrittenForms) -> Any:  # noqa: ANN401 - numpy
    """Return what tells how each of the words, given in small letters, is written: a row each."""
    own = np.array([[*_of_word(word, forms)] for word in words])
    edge = np.zeros((1, own.shape[1]))
    around = np.vstack([edge, own, edge])
    listed = _listed(words)
    place = np.array([[*_of_place(words, i, forms), i in listed] for i in range(len(words))])
    encoded = load_encoder().encode([word.upper() for word in words])
    return np.hstack([around[1:-1], around[:-2], around[2:], place, encoded])


def _of_word(word: str, forms: WrittenForms) -> Iterator[float]:
    """Yield what is known of a word wherever it stands."""
    small, title, capitals = forms.counts_of(word)
    lexicons = load_lexicons()
    yield _odds(small, title + capitals)
    yield _odds(capitals, small + title)
    yield log(1 + small + title + capitals)
    yield float(small + title + capitals == 0)
    yield float(word in lexicons.given)
    yield float(word in lexicons.living)
    yield float(word in _names().single)
    yield float(not _VOWELS.intersection(word))
    yield float(word[0].isdigit())
    yield float(not word[0].isalnum())
    yield from (float(len(word) == size) for size in range(1, _LONGEST_TOLD + 1))


def _of_place(words: Sequence[str], i: int, forms: WrittenForms) -> Iterator[float]:
    """Yield what the neighbours of a word tell, and the constant that every word has."""
    yield 1.0
    for pair in (tuple(words[max(0, i - 1) : i + 1]), tuple(words[i : i + 2])):
        both, other = forms.pairs.get(pair, (0, 0))
        yield _odds(both, other)
        yield float(both + other == 0)


def _odds(some: float, others: float) -> float:
    return log((some + _SMOOTHING) / (others + _SMOOTHING))


@dataclass(frozen=True, slots=True)
class _Names:
    """The names in kg's lists, in small letters: words by themselves, and several in a row."""

    single: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    longest: Mapping[str, int]


@cache
def _names() -> _Names:
    lexicons = load_lexicons()
    listed = (*lexicons.places, *lexicons.organisations, *lexicons.demonyms)
    names = {tuple(WORD.findall(name.lower())) for name in listed}
    longest: dict[str, int] = {}
    for name in names:
        longest[name[0]] = max(len(name), longest.get(name[0], 0))
    single = frozenset(name[0] for name in names if len(name) == 1)
    return _Names(single, frozenset(n for n in names if len(n) > 1), MappingProxyType(longest))


def _listed(words: Sequence[str]) -> set[int]:
    """Return which words stand inside a listed name of several."""
    names, found = _names(), set[int]()
    for i, word in enumerate(words):
        for size in range(names.longest.get(word, 0), 1, -1):
            if tuple(words[i : i + size]) in names.phrases:
                found.update(range(i, i + size))
                break
    return found


def sentences_of(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return stretches of words up to each stop: about the sentences."""
    ends = [i + 1 for i, word in enumerate(words) if word in STOPS]
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(words)], strict=True) if a < b]


class CaseModel:
    """The tables and weights, loaded."""

    def __init__(self, folder: Path) -> None:
        self.forms = read_forms(folder)
        self._weights = np.loadtxt(folder / "weights.tsv", delimiter="\t", ndmin=2)

    def cases(
        self, texts: Sequence[Sequence[str]], own: Mapping[str, Counts]
    ) -> Iterator[list[Case]]:
        """Yield of each text how its words, given in small letters, are written.

        ``own`` says how the document writes its words where it has no capitals throughout.
        A document writes a word in one way, mostly: all places where it stands have a say.
        """
        forms = WrittenForms(self.forms.counts, self.forms.spelt, self.forms.pairs, own)
        scores = [features(words, forms) @ self._weights for words in texts]
        everywhere = dict[str, list[Any]]()
        for words, found in zip(texts, scores, strict=True):
            for word, score in zip(words, found, strict=True):
                everywhere.setdefault(word, []).append(score)
        usual = {word: np.mean(found, axis=0) for word, found in everywhere.items()}
        for words, found in zip(texts, scores, strict=True):
            yield [
                _decided(*((1 - SHARED) * score + SHARED * usual[word]).tolist())
                for word, score in zip(words, found, strict=True)
            ]


def _decided(capital: float, whole: float) -> Case:
    """Return the case that two scores tell: for a capital, and for nothing but capitals."""
    if capital <= 0:
        return Case.SMALL
    return Case.CAPITALS if whole > 0 else Case.TITLE


def read_forms(folder: Path) -> WrittenForms:
    """Return the tables of a folder."""
    counts, spelt = dict[str, Counts](), dict[str, str]()
    for word, small, title, capitals, form in _rows(folder / "words.tsv"):
        counts[word] = (int(small), int(title), int(capitals))
        if form:
            spelt[word] = form
    pairs = {(a, b): (int(n), int(m)) for a, b, n, m in _rows(folder / "pairs.tsv")}
    return WrittenForms(*map(MappingProxyType, (counts, spelt, pairs)))  # type: ignore[arg-type]


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


@cache
def load_case_model() -> CaseModel:
    """Return the model that ships with kg, loaded once."""
    return CaseModel(models_folder() / "letter_case")
