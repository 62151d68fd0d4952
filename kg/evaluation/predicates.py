"""How many relations stand alone: before and after they are grouped under their heads.

A predicate that occurs once joins nothing. Counted on all claims of the documents in a
folder: first by the words between subject and object as they stand in the text, then by
the relation (no tense, negation or auxiliary, one spelling), then by the head that it
is grouped under ("held talks with" under talk).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.figures import share
from kg.pipeline import read_documents, read_paths
from kg.progress import Progress, silent
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Grouping:
    """Predicates under one way of telling them apart, and how many of them occur once."""

    by: str
    predicates: int
    once: int
    claims: int

    def line(self) -> str:
        """Return the figures on one line."""
        once, alone = share(self.once, self.predicates), share(self.once, self.claims)
        return (
            f"{self.by:10} predicates {self.predicates:6,}  that occur once {self.once:6,} "
            f"({once:.1%})  claims with such a predicate {alone:.1%}"
        )


def evaluate_predicates(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> Iterator[Grouping]:
    """Yield the share of predicates that occur once, by their words, relation and head."""
    documents = list(read_paths([data]))
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("words", "relation", "head")}
    for number, reading in enumerate(read_documents(documents, settings)):
        tell("reading", number, len(documents))
        for claim in reading.claims:
            counts["words"][claim.predicate.text.lower()] += 1
            counts["relation"][claim.predicate.lemma] += 1
            counts["head"][claim.predicate.head] += 1
    for by, found in counts.items():
        once = sum(n == 1 for n in found.values())
        yield Grouping(by, len(found), once, found.total())
