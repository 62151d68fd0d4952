"""What the words of a name alone tell of its type: "Agency" and "MV" do, and so does "Nguyen".

A linear model over words, their beginnings, endings and shapes, hashed into a table of weights;
``models/name_types/train.py`` made it from names whose type is known. It knows nothing of the
sentence: what the text says of a name is weighed against it in ``agreement.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np

from kg.settings import models_folder

SLOTS = 1 << 16
"""Rows of the table: features share one where their hashes meet."""
MOST_WORDS = 12
KEPT = 20_000


def features_of(name: str) -> list[int]:
    """Return the rows of the table that a name has, each once."""
    return sorted({crc32(told.encode()) % SLOTS for told in _told(name.split()[:MOST_WORDS])})


def _told(words: list[str]) -> Iterator[str]:
    lowers = [word.lower() for word in words]
    yield "every"
    yield f"words {min(len(words), 6)}"
    yield f"first {lowers[:1]}"
    yield f"last {lowers[-1:]}"
    yield f"shapes {' '.join(map(shape_of, words[:4]))}"
    for lower in lowers:
        yield f"word {lower}"
        padded = f"<{lower}>"
        yield from (f"piece {padded[i : i + 3]}" for i in range(len(padded) - 2))
        yield from (f"piece {padded[i : i + 4]}" for i in range(len(padded) - 3))
    for first, second in pairwise(lowers):
        yield f"pair {first} {second}"
    for lower in lowers[-1:]:
        yield from (f"end {lower[-size:]}" for size in (2, 3, 5))


def shape_of(word: str) -> str:
    """Return how a word is written.

    >>> shape_of("NATO"), shape_of("Okoro"), shape_of("McBoatface"), shape_of("of"), shape_of("B-52")
    ('A', 'Aa', 'AaA', 'a', '0')
    """
    if any(c.isdigit() for c in word):
        return "0"
    if word.isupper():
        return "A"
    if word[:1].isupper():
        return "AaA" if any(c.isupper() for c in word[1:]) else "Aa"
    return "a"


@lru_cache(KEPT)
def types_told(name: str) -> Mapping[str, float]:
    """Return the probability of each type that has some, by the words of a name."""
    table, scale, types = _load()
    sums = table[features_of(name)].astype(np.float32).sum(axis=0) * scale
    odds = np.exp(sums - sums.max())
    return dict(zip(types, (odds / odds.sum()).tolist(), strict=True))


@cache
def _load() -> tuple[Any, float, tuple[str, ...]]:
    folder = models_folder() / "name_types"
    about = json.loads((folder / "types.json").read_text(encoding="utf-8"))
    return np.load(folder / "weights.npy"), about["scale"], tuple(about["types"])
