"""Claims judged by reading: how many are right, and whether kg knows which.

The sheet (tests/gold/judged/claims.tsv) names claims by file and character offsets, with the
status that kg gave them when they were drawn. A claim counts while kg reads it so; what it has
read newly since was never judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluation.figures import area_under_roc, calibration_error, share
from kg.evaluation.judged import read_text_of, rows_of
from kg.progress import Progress, silent
from kg.records import Claim, Offsets, Phrase
from kg.settings import Settings

CLAIMS = "claims.tsv"
NO_FACT = frozenset({"notsaid", "status", "speaker"})
SURE = 0.9

Key = tuple[str, str, str, str, str]
"""Offsets of subject, relation and object, polarity, modality."""
Place = tuple[str, str, int]
"""File, part and checksum of a text."""


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """One row: what was judged, whether somebody says so, verdict and worth."""

    key: Key
    is_attributed: bool
    verdict: str
    is_informative: bool

    @property
    def is_stated(self) -> bool:
        """Whether its document stated it, as kg read it then."""
        return self.key[3:] == ("positive", "asserted") and not self.is_attributed

    @property
    def is_right(self) -> bool:
        """Whether the sentence says just this."""
        return self.verdict == "right"


@dataclass(slots=True)
class ClaimScore:
    """What was counted over the texts of a part: of all claims, of stated ones, or of facts told.

    ``missed`` counts those that are right and informative, but held back.
    """

    part: str
    kind: str
    judged: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    right_and_informative: int = 0
    missed: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures on one line."""
        told = self.verdicts.total()
        right, none = self.verdicts["right"], sum(self.verdicts[v] for v in NO_FACT)
        sure = [is_right for confidence, is_right in self.confidences if confidence >= SURE]
        worthy = self.right_and_informative + self.missed
        parts = [
            f"claims, {self.part:6} {self.kind:6} {told:5}",
            f"right {share(right, told):.3f}",
            f"no fact {share(none, told):.3f}",
            f"right and informative {share(self.right_and_informative, told):.3f}",
            f"AUC of confidence {area_under_roc(self.confidences):.3f}",
            f"calibration error {calibration_error(self.confidences):.3f}",
            f"right from {SURE} {sum(sure)} of {len(sure)}",
        ]
        if self.kind == "facts":
            parts.append(f"of {worthy} right and informative ones {self.missed} held back")
        else:
            lost = f"{self.lost['right']} right, {self.lost['wrong']} wrong"
            parts.append(f"judged {self.judged}, no longer read: {lost}")
        return "  ".join(parts)


def evaluate_judged_claims(
    texts: Path, sheets: Path, settings: Settings, *, tell: Progress = silent
) -> list[ClaimScore]:
    """Return the figures of each part: of all claims, of those that documents state, of facts told.

    Raises:
        InputError: the sheet or its texts are not there, or a text is read otherwise than it was.

    """
    judged = read_judged_claims(sheets / CLAIMS)
    scores = {
        (part, kind): ClaimScore(part, kind)
        for part in sorted({part for _, part, _ in judged})
        for kind in ("all", "stated", "facts")
    }
    for number, ((file, part, checksum), rows) in enumerate(judged.items()):
        tell("reading", number, len(judged))
        reading = read_text_of(texts, file, checksum, settings)
        told = {key_of(claim): claim for claim in reading.claims}
        for row in rows:
            read = told.get(row.key)
            _count(row, read, scores[part, "all"])
            if row.is_stated:
                _count(row, read, scores[part, "stated"])
            if row.is_stated and read is not None and read.is_stated:
                count_told(row, read, scores[part, "facts"])
    return list(scores.values())


def count_told(row: JudgedClaim, claim: Claim, score: ClaimScore) -> None:
    """Count a claim that is told as a fact, or note that one worth telling was held back."""
    if claim.is_fact:
        _count(row, claim, score)
    else:
        score.missed += row.is_right and row.is_informative


def _count(row: JudgedClaim, claim: Claim | None, score: ClaimScore) -> None:
    score.judged += 1
    # What was stated and is said by somebody now is no longer the claim that was judged.
    if claim is None or claim.is_stated != row.is_stated:
        score.lost["right" if row.is_right else "wrong"] += 1
        return
    score.verdicts[row.verdict] += 1
    score.right_and_informative += row.is_right and row.is_informative
    score.confidences.append((claim.confidence, row.is_right))


def key_of(claim: Claim) -> Key:
    """Return what tells one claim of a text from others."""
    return (
        _spans(claim.subject), _offsets(claim.predicate.spans), _spans(claim.object),
        claim.polarity, claim.modality,
    )  # fmt: skip


def _spans(phrase: Phrase | None) -> str:
    return _offsets(phrase.spans) if phrase else ""


def _offsets(spans: tuple[Offsets, ...]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def read_judged_claims(path: Path) -> dict[Place, list[JudgedClaim]]:
    """Return the claims of a sheet, by text.

    Raises:
        InputError: it is not there.

    """
    judged: dict[Place, list[JudgedClaim]] = defaultdict(list)
    for row in rows_of(path):
        key = tuple(row[k] for k in ("subject", "predicate", "object", "polarity", "modality"))
        judged[row["file"], row["part"], int(row["crc32"])].append(
            JudgedClaim(
                key,  # type: ignore[arg-type]  # five columns
                bool(row["speakers"]), row["verdict"], row["worth"] == "i",
            )
        )  # fmt: skip
    return judged
