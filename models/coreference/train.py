"""Learn the weights of kg/reading/mentions/antecedents.py from chains of people's making.

    python models/coreference/train.py --data DATA

Each pronoun of GUM's freely licensed training documents and of LitBank's training novels
(there he and she alone) is a choice between its candidates and none; the loss is the negative
logarithm of the share of all right ones together, with a penalty on the squares of the
weights. The text is parsed as at run time, with the decisions before taken as the gold has
them. GAP's training snippets tell of one pronoun each: there the decisions before are those
of weights learned without them. Deterministic; two minutes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.evaluation.coreference import gold_chains
from kg.evaluation.gold import read_rows
from kg.evaluation.pronouns import pairs_of
from kg.lexicons import load_lexicons
from kg.pipeline import find_mentions
from kg.reading.documents.reader import document_from_text
from kg.reading.mentions.antecedents import PRONOUNS, Antecedents, Candidate
from kg.reading.mentions.coreference import Resolver
from kg.reading.parsing.annotation import Annotated, annotate, load_pipeline
from kg.settings import DEFAULT_MODEL

PENALTY = 1.0
Choice = tuple[list[list[str]], list[bool]]
"""Features of none and of each candidate, and which are right."""


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    choices = list(chain_choices(options.data))
    choices += gap_choices(options.data, learn(choices))
    weights = learn(choices)
    path = Path(__file__).parent / "antecedents.json"
    # Weights so small decide nothing and would only fill the file.
    rounded = {k: round(v, 3) for k, v in sorted(weights.items()) if abs(v) >= 0.02}
    path.write_text(json.dumps(rounded, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(choices), "choices,", len(rounded), "weights")


def chain_choices(data: Path) -> Iterator[Choice]:
    """Yield every choice of the sets that have whole chains."""
    gum = [r for r in read_rows(data / "gum" / "train.jsonl") if r["meta"].get("free_text")]
    yield from choices_of(gum, {"he", "she", "it", "they"})
    novels = read_rows(data / "litbank" / "train.jsonl")
    yield from choices_of(novels, {"he", "she"})


def parsed(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Annotated]]:
    """Yield each row with its text parsed as at run time."""
    nlp = load_pipeline(DEFAULT_MODEL)
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    return zip(rows, annotate(documents, nlp), strict=True)


def choices_of(rows: list[dict[str, Any]], kinds: set[str]) -> Iterator[Choice]:
    """Yield the choices of some documents for some classes of pronouns."""
    for row, annotated in parsed(rows):
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
                yield features_of(walker, i, found), [not any(right), *right]
                for candidate, is_right in zip(found, right, strict=True):
                    if is_right:
                        # As gold has it, so that a mistake here does not spoil what follows.
                        walker.link(i, candidate)
                        break


def gap_choices(data: Path, weights: Mapping[str, float]) -> Iterator[Choice]:
    """Yield the choice of each snippet whose pronoun means a name before it."""
    rows = list(read_rows(data / "gap" / "train.jsonl"))
    for row, annotated in parsed(rows):
        pronoun, right, _ = pairs_of(row)
        named = [m for m in find_mentions(annotated).mentions if m.antecedent is None]
        keys = {
            m.key
            for m in named
            for start, end in right
            if annotated.stretch(m.start, m.end)[0] < end
            and start < annotated.stretch(m.start, m.end)[1]
        }
        at = [i for i in range(len(annotated.syntax)) if annotated.stretch(i, i + 1) == pronoun]
        if not keys or not at:
            continue
        resolver = Resolver(annotated.syntax, named, weights=weights)
        found = list(resolver.candidates_at(at[0]))
        chains = {resolver.walker.first_of.get(key) for key in keys}
        answers = [c.chain in chains for c in found]
        if any(answers):
            yield features_of(resolver.walker, at[0], found), [False, *answers]


def features_of(walker: Antecedents, i: int, found: list[Candidate]) -> list[list[str]]:
    """Return the features of none and of each candidate."""
    of_candidates = [list(walker.features(i, c, n)) for n, c in enumerate(found)]
    return [list(walker.features_of_none(i, found)), *of_candidates]


def learn(choices: list[Choice]) -> dict[str, float]:
    """Return the weights that fit the choices best."""
    counts: dict[str, int] = {}
    for features, _ in choices:
        for feature in {f for option in features for f in option}:
            counts[feature] = counts.get(feature, 0) + 1
    # A feature that is seen less often would learn its few examples by heart.
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
        # Clipped, or a wild step of the search would overflow.
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
