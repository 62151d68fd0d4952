"""Did it happen? The status of claims against UDS factuality (White et al. 2016; Rudinger et al. 2018).

People scored predicates from -3 (did not happen) to 3 (did happen). A claim says that
it happened when it is positive and asserted, whoever says so. Only predicates that
become claims are scored; how many do is reported beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation

from kg.evaluation.figures import share
from kg.evaluation.gold import gold_file, in_halves, read_each, read_rows
from kg.progress import Progress, silent
from kg.records import Claim, Reading
from kg.settings import Settings

STRENGTH: Mapping[str, float] = {
    "asserted": 3.0,
    "required": 0.0,
    "intended": 0.5,
    "possible": 0.0,
    "conditional": -0.5,
    "questioned": -0.5,
}
"""How far on the scale of the gold a positive claim of each modality stands."""


@dataclass(frozen=True, slots=True)
class StatusScore:
    """Figures on one half of the sentences; ``covered`` is the share that became claims."""

    part: str
    predicates: int
    covered: float
    happened: float
    did_not: float
    pearson: float

    @property
    def balanced_accuracy(self) -> float:
        """Return the mean of the accuracies on what happened and on what did not."""
        return (self.happened + self.did_not) / 2

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:8} predicates {self.predicates:5}  covered {self.covered:.2f}  "
            f"happened {self.happened:.3f}  did not {self.did_not:.3f}  "
            f"balanced {self.balanced_accuracy:.3f}  r {self.pearson:.3f}"
        )


def evaluate_status(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[StatusScore]:
    """Return the figures of both halves of UDS dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    rows = read_rows(gold_file(data, "uds_factuality/dev.jsonl"))
    judged = (
        (row["text"], (score, said(reading, start, end, lemma)))
        for row, reading in read_each(rows, settings, together=64, tell=tell)
        for start, end, lemma, score, _ in row["predicates"]
    )
    return [_score(part, pairs) for part, pairs in in_halves(judged).items()]


def said(reading: Reading, start: int, end: int, lemma: str) -> float | None:
    """Return what the claims say of the predicate at these offsets; None if none does."""
    found = (claim for claim in reading.claims if _is_about(claim, start, end, lemma))
    return next(map(value, found), None)


def _is_about(claim: Claim, start: int, end: int, lemma: str) -> bool:
    """Tell whether the gold's word is the main word of a claim's predicate."""
    inside = any(a < end and start < b for a, b in claim.predicate.spans)
    return inside and not claim.predicate.implicit and claim.predicate.head == lemma.lower()


def value(claim: Claim) -> float:
    """Return where a claim stands on the scale from -3 to 3."""
    # A denial of what is only possible stands half as low as a plain one.
    strength = STRENGTH[claim.modality]
    return (
        -3.0
        if claim.polarity == "negative" and strength == 3.0
        else strength - 3.0 * (claim.polarity == "negative") / 2
    )


def _score(part: str, pairs: list[tuple[float, float | None]]) -> StatusScore:
    covered = [(gold, found) for gold, found in pairs if found is not None]
    happened = [found == STRENGTH["asserted"] for gold, found in covered if gold > 0]
    did_not = [found != STRENGTH["asserted"] for gold, found in covered if gold < 0]
    return StatusScore(
        part,
        len(pairs),
        share(len(covered), len(pairs)),
        share(sum(happened), len(happened)),
        share(sum(did_not), len(did_not)),
        _correlation(covered),
    )


def _correlation(pairs: list[tuple[float, float]]) -> float:
    """Return Pearson's r, 0 where it is not defined."""
    try:
        return correlation([gold for gold, _ in pairs], [found for _, found in pairs])
    except StatisticsError:
        return 0.0
