"""What prepare.py writes and train.py reads: a document with its mentions and relations."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Example:
    """A document: its words' states, its sentences, its mentions and how its things are related.

    Mentions are first token, token after the last, type, kind, thing. Relations are two things, a
    name of the set, and the sentences that bear it out. ``looked_for`` are the only names that
    were annotated, None if all were. ``extra`` is the first of the things that kg alone found.
    ``denied`` are relations that somebody judged not to hold; then nothing is known of other pairs.
    """

    set: str
    id: str
    states: np.ndarray
    sentences: list[tuple[int, int]]
    mentions: list[tuple[int, int, int, int, int]]
    relations: list[tuple[int, int, str, tuple[int, ...]]]
    looked_for: tuple[str, ...] | None = None
    extra: int = 0
    denied: list[tuple[int, int, str]] = field(default_factory=list)
