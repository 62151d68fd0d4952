"""Did it happen? The status of claims against UDS factuality (White et al. 2016; Rudinger et al. 2018).

People scored predicates from -3 (did not happen) to 3 (did happen). A claim says that
it happened when it is positive and asserted, whoever says so. Only predicates that
become claims are scored; how many do is reported beside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation

from kg.errors import InputError
from kg.evaluation.open_claims import is_tuned
from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
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
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> list[StatusScore]:
    """Return the figures of both halves of UDS dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    path = data / "uds_factuality" / "dev.jsonl"
    if not path.is_file():
        raise InputError(f"No gold at {path}. Give --data the folder that holds uds_factuality/.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    pairs: dict[bool, list[tuple[float, float | None]]] = {True: [], False: []}
    for number, reading in enumerate(read_documents(documents, settings, together=64)):
        if progress:
            progress("reading", number, len(rows))
        row = rows[number]
        for start, end, lemma, score, _ in row["predicates"]:
            pairs[is_tuned(row["text"])].append((score, said(reading, start, end, lemma)))
    return [_score(part, pairs[tuned]) for part, tuned in (("tuned", True), ("held out", False))]


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
    try:
        pearson = correlation([g for g, _ in covered], [f for _, f in covered])
    except StatisticsError:
        pearson = 0.0
    return StatusScore(
        part,
        len(pairs),
        len(covered) / max(len(pairs), 1),
        sum(happened) / max(len(happened), 1),
        sum(did_not) / max(len(did_not), 1),
        pearson,
    )
