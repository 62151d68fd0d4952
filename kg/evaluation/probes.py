"""Sentences of our own with one claim each, and what is expected of its status (tests/probes)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.records import Claim


@dataclass(frozen=True, slots=True)
class Probe:
    """A sentence, words of one claim's subject, verb and object, and how that claim is meant.

    ``expected`` is "fact", or the polarity, modality or attribution that keeps it from being one.
    """

    text: str
    claim: Sequence[str]
    expected: str | Mapping[str, object]

    def asks_for(self, claim: Claim) -> bool:
        """Tell whether a claim is the one with these words."""
        subject, verb, object_ = self.claim
        parts = [claim.object, *(a.phrase for a in claim.arguments), claim.predicate]
        others = " ".join(part.text for part in parts if part)
        same_verb = verb in claim.predicate.lemma.split()
        return same_verb and subject in claim.subject.text.split() and object_ in others

    def expects(self, claim: Claim) -> bool:
        """Tell whether a claim is meant as expected."""
        if isinstance(self.expected, str):
            return claim.is_stated
        found = {
            "polarity": claim.polarity,
            "modality": claim.modality,
            "attributed": claim.attribution is not None,
        }
        return all(found[name] == value for name, value in self.expected.items())


def read_probes(path: Path) -> list[Probe]:
    """Return the probes of a file, one a line, as JSON."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Probe(row["text"], row["claim"], row["expected"]) for row in rows]
