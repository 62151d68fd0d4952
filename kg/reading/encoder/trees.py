"""The best tree over scores of arcs: the maximum spanning arborescence with one root.

Most often each word's best head makes a tree. Where it makes a ring, or several roots, the
algorithm of Chu and Liu (1965) and Edmonds (1967) finds the best tree.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

NEVER = -1e9


def best_heads(scores: Any) -> list[int]:  # noqa: ANN401 - numpy
    """Return the head of each word, counted from 1; 0 for the root.

    ``scores[i, j]`` (n x n + 1) says how well word j, or the root with j = 0, is the head of
    word i + 1. The root is one of the words that like it best as their head, or the one that
    likes it more than others do; for that root the tree is the best.
    """
    heads: list[int] = scores.argmax(axis=1).tolist()
    if heads.count(0) == 1 and not ring([-1, *heads]):
        return heads
    roots = [i for i, head in enumerate(heads) if head == 0] or [int(scores[:, 0].argmax())]
    trees = [_best_under(root, scores) for root in roots]
    return max(trees, key=lambda tree: sum(scores[i, head] for i, head in enumerate(tree)))


def _best_under(root: int, scores: Any) -> list[int]:  # noqa: ANN401 - numpy
    """Return the best tree of which word ``root``, counted from 0, is the root."""
    size = len(scores) + 1
    square = np.full((size, size), NEVER)
    square[1:, 1:] = scores[:, 1:]
    np.fill_diagonal(square, NEVER)
    square[root + 1] = NEVER
    square[root + 1, 0] = 0
    return arborescence(square)[1:]


def ring(heads: Sequence[int]) -> list[int]:
    """Return the nodes of a ring among the heads, if there is one; node 0 has none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node > 0 and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node > 0 and seen[node] == start:
            found = [node]
            while heads[found[-1]] != node:
                found.append(heads[found[-1]])
            return found
    return []


def arborescence(scores: Any) -> list[int]:  # noqa: ANN401 - numpy
    """Return the heads of the best tree under node 0, for ``scores[node, head]``."""
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = -1
    found = ring(heads)
    if not found:
        return heads
    # The ring becomes one node: what enters it takes the place of one of its arcs.
    ringed = np.array(found)
    rest = np.array([i for i in range(len(heads)) if i not in set(found)])
    lost = scores[ringed, [heads[i] for i in found]]
    entering = scores[np.ix_(ringed, rest)] - lost[:, None]
    leaving = scores[np.ix_(rest, ringed)]
    size = len(rest) + 1
    smaller = np.full((size, size), NEVER)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    smaller[:-1, -1] = leaving.max(axis=1)
    smaller[-1, :-1] = entering.max(axis=0)
    solved = arborescence(smaller)
    for node, head in enumerate(solved[:-1]):
        if node:
            inside = head == size - 1
            heads[rest[node]] = int(ringed[leaving[node].argmax()] if inside else rest[head])
    opened = int(entering[:, solved[-1]].argmax())
    heads[found[opened]] = int(rest[solved[-1]])
    return heads


def labels_once(scores: Any, heads: Sequence[int], once: Collection[int]) -> list[int]:  # noqa: ANN401 - numpy
    """Return the best label of each word, where those in ``once`` stand once under a head.

    ``scores`` (words x labels) are changed: of two dependents the one that loses less by it takes
    its next best.
    """
    labels: list[int] = scores.argmax(axis=1).tolist()
    holders = dict[tuple[int, int], int]()
    todo = [i for i, label in enumerate(labels) if label in once]
    while todo:
        i = todo.pop()
        place = (heads[i], labels[i])
        other = holders.get(place)
        if other is None:
            holders[place] = i
            continue
        lost = {}
        for one in (i, other):
            with_label, scores[one, place[1]] = scores[one, place[1]], NEVER
            lost[one] = with_label - scores[one].max()
            scores[one, place[1]] = with_label
        worse = min(lost, key=lambda one: (lost[one], one))
        holders[place] = other if worse == i else i
        scores[worse, place[1]] = NEVER
        labels[worse] = int(scores[worse].argmax())
        if labels[worse] in once:
            todo.append(worse)
    return labels
