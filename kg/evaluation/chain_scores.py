"""Scores of coreference: MUC, B³, CEAFe and LEA, written from their papers.

Chains are sets of mentions. MUC (Vilain and others, 1995) counts links; B³ (Bagga and
Baldwin, 1998) mention by mention; CEAFe (Luo, 2005) matches whole chains one to one; LEA
(Moosavi and Strube, 2016) weighs the resolved links of a chain by its size. The CoNLL mean
is that of the first three. The counts of documents are added up before dividing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluation.figures import harmonic_mean

Chains = Sequence[frozenset[Hashable]]
Mention = TypeVar("Mention", bound=Hashable)
Part = tuple[float, float]
"""A numerator and its denominator."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        return harmonic_mean(self.precision, self.recall)


def chains_of(members: Iterable[tuple[Hashable, Mention]]) -> list[frozenset[Mention]]:
    """Return the mentions that go under each key as chains, in the order of their first.

    >>> [sorted(chain) for chain in chains_of([("a", 1), ("b", 2), ("a", 3)])]
    [[1, 3], [2]]
    """
    chains: dict[Hashable, set[Mention]] = defaultdict(set)
    for key, mention in members:
        chains[key].add(mention)
    return [frozenset(chain) for chain in chains.values()]


Metric = Callable[[Chains, Chains], Part]
"""The share of the first chains that the second recover: recall of gold, precision of found."""


def muc(chains: Chains, others: Chains) -> Part:
    """Count the links of each chain that its pieces among the others keep."""
    owner = _owners(others)
    kept = total = 0
    for chain in chains:
        pieces = {owner[m] for m in chain if m in owner}
        # What nobody found is a piece of its own.
        alone = sum(m not in owner for m in chain)
        kept += len(chain) - len(pieces) - alone
        total += len(chain) - 1
    return kept, total


def b_cubed(chains: Chains, others: Chains) -> Part:
    """Add up, for each mention, the share of its chain that stands with it among the others."""
    owner = _owners(others)
    right = sum(
        len(chain & others[owner[m]]) / len(chain) for chain in chains for m in chain if m in owner
    )
    return right, sum(len(chain) for chain in chains)


def ceaf_e(chains: Chains, others: Chains) -> Part:
    """Add up the likeness of chains matched one to one as well as they can be."""
    if not chains or not others:
        return 0.0, len(chains)
    owner = _owners(others)
    table = np.zeros((len(chains), len(others)))
    for i, chain in enumerate(chains):
        for j in {owner[m] for m in chain if m in owner}:
            table[i, j] = 2 * len(chain & others[j]) / (len(chain) + len(others[j]))
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum()), len(chains)


def lea(chains: Chains, others: Chains) -> Part:
    """Weigh the share of each chain's links that the others hold by its size."""
    owner = _owners(others)
    right = 0.0
    for chain in chains:
        # A chain of one has no link; LEA lets it count as one to itself.
        if len(chain) == 1:
            (mention,) = chain
            found = mention in owner and len(others[owner[mention]]) == 1
            right += float(found)
            continue
        together = {owner[m] for m in chain if m in owner}
        links = sum(_links(len(chain & others[j])) for j in together)
        right += len(chain) * links / _links(len(chain))
    return right, sum(len(chain) for chain in chains)


def _links(size: int) -> float:
    return size * (size - 1) / 2


def _owners(chains: Chains) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


METRICS: dict[str, Metric] = {"MUC": muc, "B³": b_cubed, "CEAFe": ceaf_e, "LEA": lea}
CONLL = ("MUC", "B³", "CEAFe")


def score(documents: Iterable[tuple[Chains, Chains]], metric: Metric) -> Ratio:
    """Return the score over documents, each its gold chains and those found."""
    recalled = wanted = precise = given = 0.0
    for gold, found in documents:
        part, whole = metric(gold, found)
        recalled, wanted = recalled + part, wanted + whole
        part, whole = metric(found, gold)
        precise, given = precise + part, given + whole
    return Ratio(precise / given if given else 0.0, recalled / wanted if wanted else 0.0)
