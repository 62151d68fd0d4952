"""Fit the weights that rank what a name may mean and tell a right link from a wrong one.

    python models/fit_linking.py --data DATA --texts OPEN

writes models/knowledge/weights.tsv. kg reads the training parts of KnowledgeNet (CC BY-SA 4.0)
and FewRel (MIT), whose mentions carry Wikidata items, and the training texts in OPEN whose names
were judged by reading (tests/gold/judged), and looks its groups up in the knowledge base. Ranking
is learned from pairs of a right candidate and a wrong one, being right from the first candidate of
each group; FewRel's sentences, all of whose names are known, count for ranking alone. Logistic
regressions by Newton's method, no randomness.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from logistic import fit

from kg.evaluation.judged import UNKNOWN, read_sheets, read_text_of
from kg.linking import disambiguation
from kg.linking.disambiguation import RANKING, SURENESS, Ranked, rank_candidates
from kg.linking.knowledge_base import load_knowledge_base
from kg.linking.resolution import contexts_of, names_of
from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.records import Reading
from kg.settings import Settings

HERE = Path(__file__).parent
SHEETS = HERE.parent / "tests" / "gold" / "judged"
RIDGE = 1.0
SENTENCES = 9000
"""Of FewRel's 42,065: every fourth and a bit tells as much as all."""
MOST_WRONG = 6
JUDGED_WEIGH = 3
"""How often a judged name counts: KnowledgeNet lists people and firms alone, and few unknown ones."""

Gold = Mapping[tuple[int, int], set[str]]
"""Span -> the items it means; an empty set where it is judged to mean none that is known."""


def main() -> None:
    """Read the gold, fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    options = parser.parse_args()
    sentences = list(of_rows(options.data / "fewrel" / "train.jsonl", SENTENCES))
    documents = list(of_rows(options.data / "knowledgenet" / "train.jsonl"))
    judged = list(of_texts(options.texts))
    lines = fitted(RANKING, pairs([*sentences, *documents, *judged * JUDGED_WEIGH]))
    write(lines)
    # Leads depend on the weights of ranking: they are read anew.
    disambiguation.weights.cache_clear()
    lines += fitted(SURENESS, firsts([*documents, *judged * JUDGED_WEIGH]))
    write(lines)


def write(lines: list[str]) -> None:
    """Write the table as far as it is fitted."""
    path = HERE / "knowledge" / "weights.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def of_rows(path: Path, most: int = 0) -> Iterator[tuple[Reading, Gold]]:
    """Yield the readings of a set with their gold, evenly drawn where there are too many."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = rows[:: max(1, len(rows) // most)] if most else rows
    documents = (document_from_text(row["text"], document_id=str(row["id"])) for row in rows)
    for row, reading in zip(rows, read_documents(documents, Settings(), together=64), strict=True):
        gold = defaultdict(set)
        for entity in row["entities"]:
            if entity.get("wikidata"):
                for start, end, *_ in entity["mentions"]:
                    gold[start, end].add(entity["wikidata"])
        yield reading, gold


def of_texts(folder: Path) -> Iterator[tuple[Reading, Gold]]:
    """Yield the readings of the training texts whose names were judged."""
    for sheet in read_sheets(SHEETS):
        if sheet.part == "train":
            names = (name for name in sheet.names if name.kind == "name")
            gold = {name.span: {name.link} - UNKNOWN for name in names}
            yield read_text_of(folder, sheet.file, sheet.checksum, Settings()), gold


def candidates(read: Iterable[tuple[Reading, Gold]]) -> Iterator[tuple[Ranked, set[str]]]:
    """Yield what each judged group was found to mean, ranked, and what it does mean."""
    knowledge = load_knowledge_base()
    for reading, gold in read:
        for group, context in zip(reading.groups, contexts_of(reading, knowledge), strict=True):
            spans = [(m.passage.start, m.passage.end) for m in group.mentions]
            told = [gold[span] for span in spans if span in gold]
            ranked = rank_candidates(names_of(group), group.type, knowledge, context=context)
            if told and ranked is not None:
                yield ranked, set().union(*told)


Rows = Iterator[tuple[Mapping[str, float], bool]]


def pairs(read: Iterable[tuple[Reading, Gold]]) -> Rows:
    """Yield how a right candidate differs from each wrong one, and the other way round."""
    for ranked, items in candidates(read):
        right = next((s for s in ranked.scored if s.entity.id in items), None)
        wrong = [s for s in ranked.scored if s.entity.id not in items][:MOST_WRONG]
        for other in wrong if right else ():
            keys = {*right.features, *other.features}
            more = {k: right.features.get(k, 0.0) - other.features.get(k, 0.0) for k in keys}
            yield more, True
            yield {k: -v for k, v in more.items()}, False


def firsts(read: Iterable[tuple[Reading, Gold]]) -> Rows:
    """Yield the features of each first candidate, and whether it is right."""
    for ranked, items in candidates(read):
        yield ranked.features, ranked.best.entity.id in items


def fitted(part: str, examples: Rows) -> list[str]:
    """Return a line for the weight of each feature."""
    rows = list(examples)
    names = sorted({name for found, _ in rows for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for found, _ in rows])
    y = np.array([right for _, right in rows], dtype=float)
    weights = fit(x, y, np.full(len(names), RIDGE))
    found = ((x @ weights > 0) == (y > 0)).mean()
    print(f"{part}: {len(rows)} rows, {y.mean():.2f} right, {found:.3f} told")
    return [f"{part}\t{name}\t{w:.4f}" for name, w in zip(names, weights, strict=True)]


if __name__ == "__main__":
    main()
