"""Is a confidence of 0.7 right seven times in ten? Measured on CaRB's gold.

A claim counts as right when most of its words stand in one gold tuple, in their places
(subject against subject, the rest against the rest), and its verb is that tuple's. Gold
leaves out true things, so a claim that a person calls right may count as wrong here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.open_claims import (
    FORMS_OF_BE,
    Extraction,
    extraction,
    halves_of,
    read_gold,
    read_sentences,
)
from kg.records import Claim, Reading
from kg.settings import Settings

SHARE_OF_WORDS = 0.75
"""Of a claim's words, as many must stand in one gold tuple."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """Claims of one rendering on one half, by confidence: how many, how sure, how right."""

    rendering: str
    part: str
    bins: tuple[tuple[int, float, float], ...]

    @property
    def error(self) -> float:
        """Return the expected calibration error: the mean gap between sure and right."""
        claims = sum(count for count, _, _ in self.bins)
        return sum(n * abs(sure - right) for n, sure, right in self.bins) / max(claims, 1)

    def lines(self) -> Iterator[str]:
        """Yield the error, then a line for each tenth of the scale that has claims."""
        claims = sum(count for count, _, _ in self.bins)
        share = sum(n * right for n, _, right in self.bins) / max(claims, 1)
        yield (
            f"{self.rendering:6} {self.part:8} claims {claims:5}  right {share:.3f}  "
            f"ECE {self.error:.3f}"
        )
        for count, sure, right in self.bins:
            yield f"    claims {count:5}  mean confidence {sure:.2f}  right {right:.2f}"


def evaluate_confidence(
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> Iterator[Calibration]:
    """Yield how well confidence is calibrated, for both renderings and both halves."""
    gold = read_gold(data / "carb" / "dev.tsv")
    halves = halves_of(gold)
    for rendering in ("binary", "nary"):
        readings = dict(
            read_sentences(sorted(gold), settings, nary=rendering == "nary", tell=progress)
        )
        for part, sentences in halves.items():
            judged = [
                (claim.confidence, is_right(claim, readings[s], gold[s]))
                for s in sentences
                for claim in readings[s].claims
                if is_judged(claim)
            ]
            yield Calibration(rendering, part, tuple(_bins(judged)))


def is_judged(claim: Claim) -> bool:
    """Tell a claim that says something of a second thing, as gold tuples do."""
    return claim.object is not None or bool(claim.arguments)


def is_right(claim: Claim, reading: Reading, gold: Iterable[Extraction]) -> bool:
    """Tell whether one gold tuple says what a claim says."""
    found = extraction(claim, reading)
    relation = (*found.relation, *(w for a in found.arguments[1:2] for w in a))
    verb = {w.lower() for w in found.relation}
    return any(
        _same_verb(verb, tuple_) and _share(found.arguments[0], relation, tuple_) >= SHARE_OF_WORDS
        for tuple_ in gold
    )


def _same_verb(verb: set[str], gold: Extraction) -> bool:
    words = {w.lower() for w in gold.relation}
    return bool(verb & words) or bool(verb & FORMS_OF_BE and words & FORMS_OF_BE)


def _share(subject: Sequence[str], rest: Sequence[str], gold: Extraction) -> float:
    """Return the share of the words of subject and rest that stand in a gold tuple."""
    if not gold.arguments:
        return 0.0
    of_gold = Counter(w.lower() for w in gold.arguments[0])
    others = Counter(w.lower() for part in (gold.relation, *gold.arguments[1:]) for w in part)
    if FORMS_OF_BE & set(others):
        others.update(FORMS_OF_BE)
    same = (Counter(w.lower() for w in subject) & of_gold).total()
    same += (Counter(w.lower() for w in rest) & others).total()
    return same / (len(subject) + len(rest))


def _bins(judged: Sequence[tuple[float, bool]]) -> Iterator[tuple[int, float, float]]:
    """Yield (claims, mean confidence, share right) of each tenth of the scale."""
    for number in range(BINS):
        inside = [(c, r) for c, r in judged if min(int(c * BINS), BINS - 1) == number]
        if inside:
            count = len(inside)
            yield count, sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count
