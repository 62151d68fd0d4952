"""Write sets of relations as the network will read them: words, mentions, which are related how.

    python models/relations/prepare.py --data DATA --texts OPEN --out relations.pkl
    python models/relations/prepare.py --data DATA --part dev --sets redocred … --out dev.pkl

DATA is the folder of the sets (its README tells their licences). kg reads each text; a mention of
a set has the type that kg gives to those words, and else that of the set. OPEN is the folder of the
open texts: of their training part come the relations that were judged (tests/gold/judged).
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from examples import Example

from kg.evaluation.gold import Row, gold_file, parse_each, read_rows
from kg.evaluation.judged import document_of
from kg.evaluation.judged_relations import read_judged_relations
from kg.evaluation.relation_sets import Marked, Places, marked_text, own_mentions
from kg.pipeline import find_mentions
from kg.reading.encoder.component import states_of
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.reading.relations.tables import DATE, type_number
from kg.settings import DEFAULT_MODEL, Settings

SHEET = Path(__file__).parents[2] / "tests" / "gold" / "judged" / "relations.tsv"
NOT_SO = frozenset({"relation", "notsaid"})
"""Verdicts that say that the two are not so related; the others blame the ends, or the status."""
SETS = ("redocred", "knowledgenet", "fewrel", "conll04", "re3d")
NON_COMMERCIAL = "BBC"
MOST_OF_ONE = 400
"""Sentences of one relation that are taken of FewRel, which has 700 of each."""


def main() -> None:
    """Read the sets and write their documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", default="train")
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--sheet", type=Path, default=SHEET)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = list(judged_examples(options.texts, options.sheet)) if options.texts else []
    for name in options.sets:
        rows = chosen(name, read_rows(gold_file(options.data, f"{name}/{options.part}.jsonl")))
        found += examples(name, rows)
        print(name, len(rows), "documents", flush=True)
    with options.out.open("wb") as file:
        pickle.dump(found, file)


def chosen(name: str, rows: list[Row]) -> list[Row]:
    """Return the documents of a set that are learned from."""
    if name == "re3d":
        return [row for row in rows if NON_COMMERCIAL not in str(row["meta"])]
    if name != "fewrel":
        return rows
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        label = row["relations"][0]["pid"]
        seen[label] += 1
        if seen[label] <= MOST_OF_ONE:
            kept.append(row)
    return kept


def examples(name: str, rows: list[Row]) -> Iterator[Example]:
    """Yield the documents of a set that hold two mentions."""
    for row, annotated in parse_each(rows, Settings(), together=64):
        text = marked_text(name, row, annotated)
        looked = row["meta"].get("annotated_for")
        if len(text.mentions) > 1:
            yield Example(
                name, text.id, np.asarray(text.states), text.sentences, text.mentions,
                text.relations, tuple(looked) if looked is not None else None, text.marked,
            )  # fmt: skip


def judged_examples(texts: Path, sheet: Path) -> Iterator[Example]:
    """Yield the sentences of open texts in which relations were judged."""
    nlp = load_pipeline(DEFAULT_MODEL)
    for (file, part, checksum), rows in read_judged_relations(sheet).items():
        if part != "train":
            continue
        (annotated,) = annotate([document_of(texts, file, checksum)], nlp)
        mentions, places = find_mentions(annotated), Places(annotated)
        states = np.asarray(states_of(annotated.doc))
        own = list(own_mentions(mentions, 0))
        by_sentence = defaultdict(list)
        for row in rows:
            ends = [places.tokens(*row.subject), places.tokens(*row.object)]
            if None not in ends and places.sentence(ends[0][0]) == places.sentence(ends[1][0]):
                by_sentence[places.sentence(ends[0][0])].append((row, *ends))
        for number, judged in by_sentence.items():
            sentence = annotated.syntax.sentences[number]
            yield judged_example(f"{file} {number}", states, sentence, own, judged)


def judged_example(
    name: str, states: np.ndarray, sentence: tuple[int, int], own: list[Marked], judged: list[Any]
) -> Example:
    """Return a sentence with its mentions, and what was judged of them."""
    first, after = sentence
    mentions = [
        (m[0] - first, m[1] - first, *m[2:]) for m in own if first <= m[0] and m[1] <= after
    ]
    holds, denied = [], []
    extra = 1 + max((m[4] for m in mentions), default=0)
    for row, *ends in judged:
        things = []
        for start, end in ends:
            found = [m for m in mentions if m[0] < end - first and start - first < m[1]]
            if found:
                things.append(max(found, key=lambda m: m[1] - m[0])[4])
            else:  # a date
                mentions.append((start - first, end - first, type_number(DATE), 0, extra))
                things.append(extra)
                extra += 1
        subject, object_ = things[::-1] if row.turned else things
        if subject == object_:
            continue
        if row.is_right:
            holds.append((subject, object_, row.relation, ()))
        elif row.verdict in NOT_SO:
            denied.append((subject, object_, row.relation))
            if row.better:
                better = row.better.removeprefix("-")
                turned = row.better.startswith("-")
                ends_of = (object_, subject) if turned else (subject, object_)
                holds.append((*ends_of, better, ()))
    return Example(
        "open",
        name,
        states[first:after],
        [(0, after - first)],
        mentions,
        holds,
        None,
        extra,
        denied,
    )


if __name__ == "__main__":
    main()
