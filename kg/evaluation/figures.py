"""The arithmetic that the scores share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

BINS = 10
"""Of the scale of probabilities, for the calibration error."""


def share(part: float, whole: float) -> float:
    """Return a part of a count; 0 of nothing.

    >>> share(1, 4), share(0, 0)
    (0.25, 0.0)
    """
    return part / max(whole, 1)


def harmonic_mean(precision: float, recall: float) -> float:
    """Return F1.

    >>> harmonic_mean(1.0, 0.5), harmonic_mean(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def f1_of_counts(right: int, gold: int, found: int) -> float:
    """Return F1 for so many right ones among those in the gold and those found.

    >>> f1_of_counts(right=1, gold=1, found=3)
    0.5
    """
    return 2 * right / max(gold + found, 1)


def one_to_one(pairs: Iterable[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """Yield the (score, gold, found) of which no pair before has the same gold or found.

    >>> list(one_to_one([(0.9, 0, 0), (0.8, 0, 1), (0.7, 1, 1)]))
    [(0.9, 0, 0), (0.7, 1, 1)]
    """
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for score, gold, found in pairs:
        if gold not in used_gold and found not in used_found:
            used_gold.add(gold)
            used_found.add(found)
            yield score, gold, found


def calibration_error(found: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error of probabilities: the mean gap between sure and right, by tenths.

    >>> calibration_error([(0.75, True), (0.75, False), (1.0, True)])
    0.16666666666666666
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, is_right in found:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, is_right))
    gaps = (abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return share(sum(gaps), len(found))


def area_under_roc(found: Sequence[tuple[float, bool]]) -> float:
    """Return how often what is right has a higher score than what is wrong.

    >>> area_under_roc([(0.9, True), (0.5, False), (0.5, True)])
    0.75
    """
    right = [score for score, is_right in found if is_right]
    wrong = [score for score, is_right in found if not is_right]
    above = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return share(above, len(right) * len(wrong))
