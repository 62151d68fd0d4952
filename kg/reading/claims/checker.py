"""A second judge: how probable it is that a claim is right, and that it is worth keeping.

A small network (models/checker, README there) has seen thousands of claims that people judged.
It reads what the encoder makes of each word of the sentence, which place of the claim the word
fills, how sure the parse is, and the features of ``checker_features.py``. It is asked once a
sentence, after grammar has found the claims; it never makes a claim more of a fact than grammar
says it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from kg.reading.claims.checker_features import Candidate, features_of, heads_of, roles_of
from kg.reading.claims.checker_tables import ABSENT, numbered, padded
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.encoder.model import no_states
from kg.reading.encoder.sessions import open_session
from kg.settings import models_folder

REACH = 60
"""Words on either side of a relation that are looked at."""
Judgement = tuple[float, float]
"""How probable it is that a claim is right, and that it is informative."""
Fed = dict[str, Any]


class Checker:
    """The network, loaded."""

    def __init__(self) -> None:
        folder = models_folder() / "checker"
        names = (folder / "features.txt").read_text(encoding="utf-8").splitlines()
        self._number = numbered(names)
        self._session = open_session(folder / "checker.onnx")

    def judge(self, candidates: Sequence[Candidate], parsed: ParsedText) -> list[Judgement]:
        """Return a judgement of each claim of one sentence."""
        judged: dict[int, Judgement] = {}
        for window, numbers in _windows(candidates, parsed):
            chosen = [candidates[n] for n in numbers]
            fed = fed_of(chosen, window, parsed)
            named = [[self._number.get(f, ABSENT) for f in features_of(c, parsed)] for c in chosen]
            fed["features"] = padded(named)
            (odds,) = self._session.run(["odds"], fed)
            judged |= zip(numbers, map(tuple, odds.tolist()), strict=True)
        return [judged[n] for n in range(len(candidates))]


def _windows(
    candidates: Sequence[Candidate], parsed: ParsedText
) -> Iterator[tuple[range, list[int]]]:
    """Yield what is looked at of the sentence, and the claims that are read in it."""
    together: dict[range, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        together[window_of(candidate, parsed)].append(number)
    yield from together.items()


def window_of(candidate: Candidate, parsed: ParsedText) -> range:
    """Return the words of the sentence that lie near the relation."""
    first, after = parsed.syntax.sentence_at(candidate.raw.status_at)
    middle = candidate.raw.predicate[0]
    # A relation may be filled in from the sentence before; then the clause is looked at.
    middle = middle if first <= middle < after else candidate.raw.status_at
    return range(max(first, middle - REACH), min(after, middle + REACH))


def fed_of(candidates: Sequence[Candidate], window: range, parsed: ParsedText) -> Fed:
    """Return what the network is fed with of the words, by the names of its inputs."""
    roles = np.zeros((len(candidates), len(window)), np.int64)
    heads = np.zeros((len(candidates), len(window)), np.int64)
    for row, candidate in enumerate(candidates):
        for token, role in roles_of(candidate).items():
            if token in window:
                roles[row, token - window.start] = role
        for token in heads_of(candidate.raw):
            if token in window:
                heads[row, token - window.start] = 1
    read = len(parsed.states) > 0  # another pipeline gives none
    states = parsed.states[window.start : window.stop] if read else no_states(len(window))
    return {"states": states, "roles": roles, "heads": heads}


@cache
def load_checker() -> Checker:
    """Return the network that ships with kg, loaded once."""
    return Checker()
