"""Learn the weights of kg/reading/antecedents.py from chains of people's making.

    python models/coreference/train.py --data DATA

Each pronoun of GUM's freely licensed training documents and of LitBank's training novels
(there he and she alone) is a choice between its candidates and none; the loss is the negative
logarithm of the share of all right ones together, with a penalty on the squares of the
weights. The text is parsed as at run time, with the decisions before taken as the gold has
them. Deterministic; two minutes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.evaluation.coreference import gold_chains
from kg.evaluation.names import read_rows
from kg.pipeline import find_mentions
from kg.reading.annotation import annotate, load_pipeline
from kg.reading.antecedents import PRONOUNS, Antecedents
from kg.reading.documents import document_from_text
from kg.reading.lexicons import load_lexicons
from kg.settings import DEFAULT_MODEL

PENALTY = 1.0
Choice = tuple[list[list[str]], list[bool]]
"""Features of none and of each candidate, and which are right."""


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    choices = list(all_choices(options.data))
    weights = learn(choices)
    path = Path(__file__).parent / "antecedents.json"
    rounded = {k: round(v, 3) for k, v in sorted(weights.items()) if abs(v) >= 0.02}
    path.write_text(json.dumps(rounded, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(choices), "choices,", len(rounded), "weights")


def all_choices(data: Path) -> Iterator[Choice]:
    """Yield every choice of both sets."""
    gum = [r for r in read_rows(data / "gum" / "train.jsonl") if r["meta"].get("free_text")]
    yield from choices_of(gum, {"he", "she", "it", "they"})
    novels = read_rows(data / "litbank" / "train.jsonl")
    yield from choices_of(novels, {"he", "she"})


def choices_of(rows: list[dict[str, Any]], kinds: set[str]) -> Iterator[Choice]:
    """Yield the choices of some documents for some classes of pronouns."""
    nlp = load_pipeline(DEFAULT_MODEL, trained_names=True)
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    for row, annotated in zip(rows, annotate(documents, nlp), strict=True):
        syntax = annotated.syntax
        chain_of = {h: n for n, chain in enumerate(gold_chains(row, annotated)) for h in chain}
        named = [m for m in find_mentions(annotated).mentions if m.antecedent is None]
        walker = Antecedents.of(syntax, load_lexicons(), named, {})
        for i, word in enumerate(syntax.lowers):
            kind = PRONOUNS.get(word)
            if kind is None:
                walker.add(i)
            elif kind in kinds and (i in chain_of or kind == "it"):
                found = walker.fitting(i)
                right = [i in chain_of and chain_of.get(c.head) == chain_of[i] for c in found]
                features = [list(walker.features_of_none(i, found))]
                features += [list(walker.features(i, c, n)) for n, c in enumerate(found)]
                yield features, [not any(right), *right]
                for candidate, is_right in zip(found, right, strict=True):
                    if is_right:
                        walker.link(i, candidate)
                        break


def learn(choices: list[Choice]) -> dict[str, float]:
    """Return the weights that fit the choices best."""
    counts: dict[str, int] = {}
    for features, _ in choices:
        for feature in {f for option in features for f in option}:
            counts[feature] = counts.get(feature, 0) + 1
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= 8))}
    rows, columns, starts, right = [], [], [0], []
    for features, answers in choices:
        for option, answer in zip(features, answers, strict=True):
            known = [index[f] for f in option if f in index]
            columns += known
            rows += [len(right)] * len(known)
            right.append(answer)
        starts.append(len(right))
    table = csr_matrix(
        (np.ones(len(rows)), (rows, columns)), shape=(len(right), len(index)), dtype=float
    )
    begins, answer = np.array(starts[:-1]), np.array(right, dtype=float)
    sizes = np.diff(starts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.exp(np.clip(table @ weights, -30, 30))
        total = np.add.reduceat(scores, begins)
        good = np.add.reduceat(scores * answer, begins)
        slope = scores / np.repeat(total, sizes) - scores * answer / np.repeat(good, sizes)
        value = -np.log(good / total).sum() + PENALTY * (weights**2).sum()
        return value, table.T @ slope + 2 * PENALTY * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B")
    print("mean loss", found.fun / len(choices))
    return {feature: float(found.x[n]) for feature, n in index.items()}


if __name__ == "__main__":
    main()
