"""Fit the weights that tell a right link from a wrong one: models/knowledge/weights.tsv.

    python models/fit_linking.py --data DATA

From KnowledgeNet's training documents (CC BY-SA 4.0), whose mentions carry Wikidata items:
kg reads them, looks its groups up in the starter knowledge base, and a logistic regression
(Newton's method, ridge 1.0, no randomness) learns when the first candidate is right.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from logistic import fit

from kg.linking.context import context_of, words_of
from kg.linking.disambiguation import rank_candidates
from kg.linking.knowledge_base import load_knowledge_base
from kg.linking.resolution import names_of
from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.settings import Settings

HERE = Path(__file__).parent
RIDGE = 1.0


def main() -> None:
    """Read the gold, fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    rows = list(examples(data / "knowledgenet" / "train.jsonl"))
    names = sorted({name for found, _ in rows for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for found, _ in rows])
    y = np.array([right for _, right in rows], dtype=float)
    weights = fit(x, y, np.full(len(names), RIDGE))
    lines = [f"{name}\t{weight:.4f}" for name, weight in zip(names, weights, strict=True)]
    (HERE / "knowledge" / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} decisions, {y.mean():.2f} right")


def examples(path: Path) -> Iterator[tuple[Mapping[str, float], bool]]:
    """Yield the features of each first candidate, and whether it is the right one."""
    knowledge = load_knowledge_base()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = (document_from_text(row["text"], document_id=str(row["id"])) for row in rows)
    for row, reading in zip(rows, read_documents(documents, Settings(), together=64), strict=True):
        gold = defaultdict(set)
        for entity in row["entities"]:
            for start, end, *_ in entity["mentions"]:
                gold[start, end].add(entity.get("wikidata"))
        for group in reading.groups:
            items = {
                item
                for m in group.mentions
                for item in gold.get((m.passage.start, m.passage.end), ())
                if item
            }
            context = context_of(reading, group, words_of(reading))
            ranked = rank_candidates(names_of(group), group.type, knowledge, context=context)
            if items and ranked is not None:
                yield ranked.features, ranked.best.found.entity.id in items


if __name__ == "__main__":
    main()
