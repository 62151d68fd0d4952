"""Train models/confidence/weights.tsv: how probable it is that a claim is right.

    python models/train_confidence.py --data FOLDER

FOLDER holds carb/dev.tsv (MIT licence). Only the half of it on which rules may be tuned
is read; what counts as right stands in kg/evaluation/confidence.py (noun claims: as judged by hand). Prints the
calibration error inside that half, each fifth judged by a model of the others.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from logistic import fit

from kg.evaluation.confidence import Calibration, bins_of, is_right
from kg.evaluation.gold import halves_of
from kg.evaluation.open_claims import read_gold
from kg.lexicons import load_lexicons
from kg.pipeline import find_mentions
from kg.reading.claims.confidence import BIAS, features
from kg.reading.claims.finder import find_with_tokens
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.records import Reading
from kg.settings import Settings

WEIGHTS = Path(__file__).parent / "confidence" / "weights.tsv"
FOLDS = 5
PENALTY = 6.0
"""Of the squared weights: few examples, so weights stay small."""
RARE = 8
"""A feature of fewer claims gets no weight."""

Example = tuple[int, frozenset[str], bool, float]
"""Fold, features, whether it is right, and what coreference multiplies in."""


def main() -> None:
    """Read the tuned half, train a model for each rendering, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    gold = read_gold(parser.parse_args().data)
    lines = []
    for rendering in ("binary", "nary"):
        found = list(examples(halves_of(gold)["tuned"], gold, nary=rendering == "nary"))
        print(rendering, len(found), "claims, calibration error", f"{cross_validated(found):.3f}")
        weights = train(found)
        lines += [f"{rendering}\t{name}\t{weights[name]:.3f}\n" for name in sorted(weights)]
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_text("".join(lines), encoding="utf-8")


def examples(sentences: Sequence[str], gold: dict, *, nary: bool) -> Iterator[Example]:
    """Yield the claims of sentences with their features, and whether gold has them."""
    lexicons, settings = load_lexicons(), Settings()
    nlp = load_pipeline(settings.model, trained_names=settings.trained_names)
    documents = (document_from_text(s, document_id=f"s{n}") for n, s in enumerate(sentences))
    for sentence, annotated in zip(sentences, annotate(documents, nlp, together=64), strict=True):
        document, syntax = annotated.document, annotated.syntax
        mentions = find_mentions(annotated)
        parsed = ParsedText(
            document.id, document.text, syntax, mentions, annotated.locate,
            document.footnotes, document.date,
        )  # fmt: skip
        pairs = list(find_with_tokens(parsed, lexicons, nary=nary))
        reading = Reading(document, claims=tuple(claim for _, claim in pairs))
        # Another byte than the one that tells the halves apart.
        fold = sha256(sentence.encode()).digest()[1] % FOLDS
        for raw, claim in pairs:
            right = is_right(claim, reading, gold[sentence])
            if right is not None:
                filled = [p.resolved for p in (claim.subject, claim.object) if p and p.resolved]
                factor = float(np.prod([antecedent.score for antecedent in filled]))
                yield fold, frozenset(features(raw, syntax)), right, factor


def cross_validated(found: Sequence[Example]) -> float:
    """Return the calibration error, each fold judged by a model of the others."""
    judged = []
    for fold in range(FOLDS):
        weights = train([e for e in found if e[0] != fold])
        for _, own, right, factor in (e for e in found if e[0] == fold):
            score = weights[BIAS] + sum(weights.get(f, 0.0) for f in own)
            judged.append((float(factor / (1 + np.exp(-score))), right))
    return Calibration("", "", tuple(bins_of(judged))).error


def train(found: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature that is not rare."""
    counts = Counter(f for _, own, _, _ in found for f in own)
    names = [BIAS, *sorted(f for f, n in counts.items() if n >= RARE)]
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(found), len(names)))
    table[:, 0] = 1.0
    for row, (_, own, _, _) in enumerate(found):
        table[row, [column[f] for f in own if f in column]] = 1.0
    right = np.array([e[2] for e in found], dtype=float)
    penalty = np.full(len(names), PENALTY)
    # The bias is what most claims share, and not to be held small.
    penalty[0] = 1e-3
    return dict(zip(names, fit(table, right, penalty).tolist(), strict=True))


if __name__ == "__main__":
    main()
