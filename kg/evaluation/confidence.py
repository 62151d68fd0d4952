"""Is a confidence of 0.7 right seven times in ten? Measured on CaRB's gold.

A claim counts as right when most of its words stand in one gold tuple, in their places
(subject against subject, the rest against the rest), and its verb is that tuple's. Gold
leaves out true things, so a claim that a person calls right may count as wrong here. It
leaves out most of what stands inside noun phrases: those claims were judged by hand
(models/confidence/noun_claims.tsv).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
from kg.settings import Settings, models_folder

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

    def line(self) -> str:
        """Return the error, then a line for each tenth of the scale that has claims."""
        claims = sum(count for count, _, _ in self.bins)
        share = sum(n * right for n, _, right in self.bins) / max(claims, 1)
        head = (
            f"{self.rendering:6} {self.part:8} claims {claims:5}  right {share:.3f}  "
            f"ECE {self.error:.3f}"
        )
        table = [
            f"    claims {count:5}  mean confidence {sure:.2f}  right {right:.2f}"
            for count, sure, right in self.bins
        ]
        return "\n".join([head, *table])


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
                (claim.confidence, verdict)
                for s in sentences
                for claim in readings[s].claims
                if (verdict := is_right(claim, readings[s], gold[s])) is not None
            ]
            yield Calibration(rendering, part, tuple(bins_of(judged)))


def is_right(claim: Claim, reading: Reading, gold: Iterable[Extraction]) -> bool | None:
    """Tell whether one gold tuple, or a person, says what a claim says; None if nobody judged."""
    if claim.found_by.startswith("noun"):
        words = (
            claim.subject.text,
            claim.predicate.lemma,
            claim.object.text if claim.object else "",
        )
        return _judged_by_hand().get((reading.document.text, *words))
    if claim.object is None and not claim.arguments:
        return None
    found = extraction(claim, reading)
    relation = (*found.relation, *(w for a in found.arguments[1:2] for w in a))
    verb = {w.lower() for w in found.relation}
    return any(
        _same_verb(verb, tuple_) and _share(found.arguments[0], relation, tuple_) >= SHARE_OF_WORDS
        for tuple_ in gold
    )


@cache
def _judged_by_hand() -> Mapping[tuple[str, ...], bool]:
    path = models_folder() / "confidence" / "noun_claims.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {tuple(row[:-1]): row[-1] == "right" for row in rows}


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


def bins_of(judged: Sequence[tuple[float, bool]]) -> Iterator[tuple[int, float, float]]:
    """Yield (claims, mean confidence, share right) of each tenth of the scale."""
    for number in range(BINS):
        inside = [(c, r) for c, r in judged if min(int(c * BINS), BINS - 1) == number]
        if inside:
            count = len(inside)
            yield count, sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count
