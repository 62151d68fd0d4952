"""Is a confidence of 0.7 right seven times in ten? Measured on CaRB's gold.

A claim counts as right when most of its words stand in one gold tuple, in their places
(subject against subject, the rest against the rest), and its verb is that tuple's. Gold
leaves out true things, so a claim that a person calls right may count as wrong here. It
leaves out most of what stands inside noun phrases: those claims were judged by hand
(models/confidence/noun_claims.tsv).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.evaluation.figures import share
from kg.evaluation.gold import halves_of
from kg.evaluation.open_claims import (
    FORMS_OF_BE,
    Extraction,
    extraction,
    read_gold,
    read_sentences,
)
from kg.progress import Progress, silent
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
        return share(sum(n * abs(sure - right) for n, sure, right in self.bins), claims)

    def line(self) -> str:
        """Return the error, then a line for each tenth of the scale that has claims."""
        claims = sum(count for count, _, _ in self.bins)
        right = share(sum(n * right for n, _, right in self.bins), claims)
        head = (
            f"{self.rendering:6} {self.part:8} claims {claims:5}  right {right:.3f}  "
            f"ECE {self.error:.3f}"
        )
        table = [
            f"    claims {count:5}  mean confidence {sure:.2f}  right {right:.2f}"
            for count, sure, right in self.bins
        ]
        return "\n".join([head, *table])


def evaluate_confidence(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> Iterator[Calibration]:
    """Yield how well confidence is calibrated, for both renderings and both halves."""
    gold = read_gold(data)
    halves = halves_of(gold)
    for rendering in ("binary", "nary"):
        nary = rendering == "nary"
        readings = dict(read_sentences(sorted(gold), settings, nary=nary, tell=tell))
        for part, sentences in halves.items():
            judged = [pair for s in sentences for pair in _judged(readings[s], gold[s])]
            yield Calibration(rendering, part, tuple(bins_of(judged)))


def _judged(reading: Reading, gold: Sequence[Extraction]) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of each claim that gold or a person judges, and the judgement."""
    for claim in reading.claims:
        verdict = is_right(claim, reading, gold)
        if verdict is not None:
            yield claim.confidence, verdict


def is_right(claim: Claim, reading: Reading, gold: Iterable[Extraction]) -> bool | None:
    """Tell whether one gold tuple, or a person, says what a claim says; None if nobody judged."""
    if claim.found_by.startswith("noun"):
        other = claim.object.text if claim.object else ""
        words = (claim.subject.text, claim.predicate.lemma, other)
        return _judged_by_hand().get((reading.document.text, *words))
    if claim.object is None and not claim.arguments:
        return None
    found = extraction(claim, reading)
    return any(_says(tuple_, found) for tuple_ in gold)


def _says(gold: Extraction, found: Extraction) -> bool:
    """Tell a gold tuple with the claim's verb and most of its words, each in its place."""
    verb = {w.lower() for w in found.relation}
    rest = (*found.relation, *(w for a in found.arguments[1:2] for w in a))
    return _same_verb(verb, gold) and _share(found.arguments[0], rest, gold) >= SHARE_OF_WORDS


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
        # A confidence of 1.0 belongs to the last tenth, not to an eleventh.
        inside = [(c, r) for c, r in judged if min(int(c * BINS), BINS - 1) == number]
        if inside:
            count = len(inside)
            yield count, sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count
