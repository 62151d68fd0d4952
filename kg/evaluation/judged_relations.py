"""Relations known by name, judged by reading (tests/gold/judged/relations.tsv).

Rows are those of claims.tsv with the property that kg read and whether it leads from the object to the
subject. They judge the name: is the one so related to the other, by what the sentence says? A row
counts while kg reads the same two phrases of a sentence under the same property.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluation.figures import area_under_roc, calibration_error, share
from kg.evaluation.judged import read_text_of, rows_of
from kg.evaluation.judged_claims import NO_FACT, Place
from kg.progress import Progress, silent
from kg.records import Claim, Offsets
from kg.settings import Settings

RELATIONS = "relations.tsv"


@dataclass(frozen=True, slots=True)
class JudgedRelation:
    """One row: where subject and object stand, the relation, verdict and worth.

    ``better`` is the relation that holds instead, with a "-" before it if it leads the other way.
    """

    subject: Offsets
    object: Offsets
    relation: str
    turned: bool
    status: tuple[str, str, bool]
    verdict: str
    is_informative: bool
    better: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the sentence says just this."""
        return self.verdict == "right"

    @property
    def key(self) -> tuple[Offsets, Offsets, str]:
        """What tells it from others of its text: the first stretch of each end, and the property."""
        return self.subject, self.object, self.relation


@dataclass(slots=True)
class RelationsJudged:
    """What was counted over the texts of a part: of all, or of those told as facts."""

    part: str
    kind: str
    judged: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    informative: int = 0
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures on one line."""
        told, right = self.verdicts.total(), self.verdicts["right"]
        none = sum(self.verdicts[verdict] for verdict in NO_FACT)
        return (
            f"relations, {self.part:6} {self.kind:6} {told:5}  of {self.judged} judged"
            f"  right {share(right, told):.3f}  no fact {share(none, told):.3f}"
            f"  right and informative {share(self.informative, told):.3f}"
            f"  AUC of confidence {area_under_roc(self.confidences):.3f}"
            f"  calibration error {calibration_error(self.confidences):.3f}"
        )


def read_judged_relations(path: Path) -> dict[Place, list[JudgedRelation]]:
    """Return the relations of a sheet, by text.

    Raises:
        InputError: it is not there.

    """
    judged: dict[Place, list[JudgedRelation]] = defaultdict(list)
    for row in rows_of(path):
        judged[row["file"], row["part"], int(row["crc32"])].append(
            JudgedRelation(
                _first(row["subject"]), _first(row["object"]), row["property"],
                bool(row["turned"]), (row["polarity"], row["modality"], bool(row["speakers"])),
                row["verdict"], row["worth"] == "i", row["better"],
            )
        )  # fmt: skip
    return judged


def _first(spans: str) -> Offsets:
    start, end = spans.split(" ")[0].split("-")
    return int(start), int(end)


def evaluate_judged_relations(
    texts: Path, sheets: Path, settings: Settings, *, tell: Progress = silent
) -> Iterator[RelationsJudged]:
    """Yield the figures of each part: of all relations known by name, of those told as facts.

    Raises:
        InputError: the sheet or its texts are not there, or a text is read otherwise than it was.

    """
    judged = read_judged_relations(sheets / RELATIONS)
    scores = {
        (part, kind): RelationsJudged(part, kind)
        for part in sorted({part for _, part, _ in judged})
        for kind in ("all", "facts")
    }
    for number, ((file, part, checksum), rows) in enumerate(judged.items()):
        tell("reading", number, len(judged))
        reading = read_text_of(texts, file, checksum, settings)
        told = {key: claim for claim in reading.claims for key in _keys(claim)}
        for row in rows:
            claim = told.get(row.key)
            for kind in ("all", "facts"):
                scores[part, kind].judged += 1
                if (
                    claim is not None
                    and (kind == "all" or claim.is_fact)
                    and _as_judged(claim, row)
                ):
                    _count(row, claim, scores[part, kind])
    yield from scores.values()


def _keys(claim: Claim) -> Iterator[tuple[Offsets, Offsets, str]]:
    if claim.relation is not None and claim.object is not None:
        yield claim.subject.spans[0], claim.object.spans[0], claim.relation.property


def _as_judged(claim: Claim, row: JudgedRelation) -> bool:
    """Tell whether a claim has the status with which it was judged."""
    return row.status == (claim.polarity, claim.modality, claim.attribution is not None)


def _count(row: JudgedRelation, claim: Claim, score: RelationsJudged) -> None:
    score.verdicts[row.verdict] += 1
    score.informative += row.is_right and row.is_informative
    score.confidences.append((claim.confidence, row.is_right))
