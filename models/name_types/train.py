"""Train what the words of a name tell of its type: models/name_types.

    python models/name_types/train.py --names names.jsonl

``names.jsonl`` is what models/encoder/prepare_names.py writes: the training parts of CrossNER,
CoNLL04, re3d, Re-DocRED, GUM and Universal NER EWT; those of its names whose type is sure, the
names in models/knowledge/base.kb are the examples. The sets call offices organisations: of theirs
those that end as offices do are left out. Multinomial logistic regression by mini-batches,
seed 7, one minute on one core; one in fifty examples is held back to measure. Weights are rounded to
8 bits.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.lexicons import load_lexicons
from kg.reading.names.name_types import SLOTS, features_of

HERE = Path(__file__).parent
TYPES = [
    "Person", "Organization", "Government", "PoliticalParty", "Country", "City", "Region", "Place",
    "Facility", "Event", "Work", "Law", "Product",
]  # fmt: skip
SEED, EPOCHS, BATCH, RATE = 7, 4, 512, 0.3
MOST_OF_TYPE = 100_000
"""Names of the base of one type."""
IN_TEXT = 4
"""How often a name found in a text counts beside one of the base."""

Example = tuple[str, str]


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", required=True, type=Path)
    options = parser.parse_args()
    rng = random.Random(SEED)
    offices = {word for word, kind in load_lexicons().heads.items() if kind == "Government"}
    examples = [
        *of_base(rng),
        *[e for e in of_texts(options.names, offices) for _ in range(IN_TEXT)],
    ]
    rng.shuffle(examples)
    held, fit = examples[::50], [e for i, e in enumerate(examples) if i % 50]
    weights = train(fit, rng)
    scale = float(np.abs(weights).max()) / 127
    small = np.round(weights / scale).astype(np.int8)
    np.save(HERE / "weights.npy", small)
    about = {"types": TYPES, "scale": scale}
    (HERE / "types.json").write_text(json.dumps(about) + "\n", encoding="utf-8")
    right = sum(
        TYPES[int(small[features_of(n)].astype(np.int32).sum(0).argmax())] == t for n, t in held
    )
    print(f"{len(fit)} names, {right / len(held):.3f} of {len(held)} held back are right")


def of_base(rng: random.Random) -> Iterator[Example]:
    """Yield the labels and full aliases of known things."""
    file = sqlite3.connect(HERE.parent / "knowledge" / "base.kb")
    by_type: dict[str, list[str]] = {kind: [] for kind in TYPES}
    for label, kind, names in file.execute("SELECT label, type, names FROM entities ORDER BY id"):
        if kind in by_type:
            # Kinds 2 and 3, acronyms and aliases: a line each behind the number of its kind.
            others = [line[1:] for line in names.splitlines() if line[0] in "23"]
            by_type[kind] += [label, *others[:3]]
    yield from ((name, "Person") for name in recombined(by_type["Person"], rng))
    for kind, names in by_type.items():
        yield from ((n, kind) for n in rng.sample(names, min(len(names), MOST_OF_TYPE)))


def recombined(names: list[str], rng: random.Random) -> Iterator[str]:
    """Yield people that nobody knows: first names and surnames that go together, put together anew.

    Two names go together if they share a first name or a surname with a third: so most are of one
    language, and a rare surname is seen behind several first names.
    """
    parts = [name.split() for name in names if 1 < len(name.split()) < 4]
    lasts: dict[str, list[str]] = defaultdict(list)
    for first, *_, last in parts:
        lasts[first].append(last)
    firsts: dict[str, list[str]] = defaultdict(list)
    for first, *_, last in parts:
        firsts[last].append(first)
    for first, *_, last in parts:
        others = [
            other for near in lasts[first][:5] for other in firsts[near][:5] if other != first
        ]
        if others:
            yield f"{rng.choice(others)} {last}"


def of_texts(path: Path, offices: set[str]) -> Iterator[Example]:
    """Yield names of annotated texts whose type is sure."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found: list[str] = []
        kind = ""
        for word, allowed in zip([*row["words"], ""], [*row["allowed"], ["O"]], strict=True):
            label = allowed[0] if allowed and len(allowed) == 1 else "O"
            if found and not label.startswith("I-"):
                if kind != "Organization" or offices.isdisjoint(w.lower() for w in found):
                    yield " ".join(found), kind
                found = []
            if label.startswith("B-") and label[2:] in TYPES:
                found, kind = [word], label[2:]
            elif label.startswith("I-") and found:
                found.append(word)


def train(examples: list[Example], rng: random.Random) -> np.ndarray:
    """Return a table of weights, features by types."""
    rows = [(np.array(features_of(name)), TYPES.index(kind)) for name, kind in examples]
    weights = np.zeros((SLOTS, len(TYPES)), dtype=np.float32)
    squares = np.full((SLOTS, 1), 1e-3, dtype=np.float32)
    for epoch in range(EPOCHS):
        rng.shuffle(rows)
        for first in range(0, len(rows), BATCH):
            part = rows[first : first + BATCH]
            at = np.concatenate([found for found, _ in part])
            of = np.repeat(np.arange(len(part)), [len(found) for found, _ in part])
            sums = np.zeros((len(part), len(TYPES)), dtype=np.float32)
            np.add.at(sums, of, weights[at])
            odds = np.exp(sums - sums.max(axis=1, keepdims=True))
            odds /= odds.sum(axis=1, keepdims=True)
            odds[np.arange(len(part)), [kind for _, kind in part]] -= 1
            slopes = np.zeros_like(weights)
            np.add.at(slopes, at, odds[of])
            hit = np.unique(at)
            squares[hit] += (slopes[hit] ** 2).mean(axis=1, keepdims=True)
            weights[hit] -= RATE * slopes[hit] / np.sqrt(squares[hit])
        print("epoch", epoch, flush=True)
    return weights


if __name__ == "__main__":
    main()
