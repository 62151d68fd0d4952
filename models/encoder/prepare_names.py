"""Turn public gold and our own rules into words with the labels that each may have.

    python models/encoder/prepare_names.py --data DATA --texts OPEN --out train.jsonl

OPEN is the folder of the open texts, of which the training passages of tests/gold/judged are
read. Of each document one line: its words, its sentences, the labels allowed for each word (null
where nobody knows), and weights. What the sets annotate, and what they do not, is in
``SETS``; what they leave open the rules over the spaCy pipeline fill in ("silver"), as one
more label that is allowed.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluation.gold import BASELINE
from kg.evaluation.judged import document_of, read_sheets
from kg.lexicons import load_lexicons
from kg.reading.documents.reader import document_from_text
from kg.reading.names.finder import names_in
from kg.reading.parsing.annotation import Annotated, annotate, load_pipeline

SEED = 7
SHEETS = Path(__file__).parents[2] / "tests" / "gold" / "judged"
PLACES = {"Country", "City", "Region", "Place", "Facility"}
BODIES = {"Organization", "PoliticalParty"}
MISC = {"Event", "Work", "Law", "Product", "Group"}
TYPES = {"Person"} | PLACES | BODIES | MISC
LEXICONS = load_lexicons()
JOINERS = {
    "of",
    "for",
    "the",
    "and",
    "&",
    "de",
    "del",
    "al",
    "bin",
    "von",
    "van",
    "on",
    "in",
    "to",
    "la",
    "le",
    "el",
    "ibn",
    "at",
    "'s",
    "’s",
}
PRONOUNS = {
    "i",
    "he",
    "she",
    "we",
    "they",
    "it",
    "you",
    "my",
    "his",
    "our",
    "this",
    "these",
    "that",
    "those",
    "who",
    "her",
    "their",
    "its",
    "your",
}
LONGEST = 10
Span = tuple[int, int, set[str]]
Row = dict[str, Any]


def _each(words: str, types: set[str]) -> dict[str, set[str]]:
    return dict.fromkeys(words.split(), types)


@dataclass(frozen=True)
class Source:
    """A set: its types in ours, those that name nothing, and what its silence means.

    ``whole`` sets annotate every name. ``titles`` stand inside its people's names.
    ``open`` are the silver types that its silence does not rule out.
    """

    types: dict[str, set[str]]
    no_names: frozenset[str] = frozenset()
    whole: bool = False
    titles: bool = False
    open: frozenset[str] = frozenset()
    silver_weight: float = 1.0
    most: int | None = None


SETS = {
    "crossner": Source(
        _each("politician person writer musicalartist scientist researcher", {"Person"})
        | _each("organisation band university", {"Organization"})
        | _each("election event conference", {"Event"})
        | _each("book poem album song academicjournal magazine award", {"Work"})
        | _each("product programlang", {"Product"})
        | {
            "politicalparty": {"PoliticalParty"},
            "country": {"Country"},
            "location": PLACES - {"Country"},
            "algorithm": {"Product", "O"},
            "misc": MISC | {"O"},
        },
        whole=True,
    ),
    "uner_ewt": Source({"PER": {"Person"}, "ORG": BODIES, "LOC": PLACES}, open=frozenset(MISC)),
    "re3d": Source(
        {
            "Person": {"Person"},
            "Organisation": BODIES | {"Event", "Group"},
            "Location": PLACES,
            "Nationality": {"Group"},
            "DocumentReference": {"Law", "Work"},
        }
        | _each("Weapon MilitaryPlatform Vehicle", {"Product"}),
        no_names=frozenset(
            ["Temporal", "Quantity", "Money", "Coordinate", "CommsIdentifier", "Frequency"]
        ),
        titles=True,
        open=frozenset(TYPES),
        silver_weight=0.5,
    ),
    "redocred": Source(
        {
            "PER": {"Person"},
            "ORG": BODIES | {"Group"},
            "LOC": PLACES | {"Group"},
            "MISC": MISC | {"Organization", "Facility"},
        },
        no_names=frozenset({"TIME", "NUM"}),
        whole=True,
        titles=True,
    ),
    "conll04": Source(
        {"Peop": {"Person"}, "Org": BODIES, "Loc": PLACES},
        titles=True,
        open=frozenset(TYPES),
        silver_weight=0.5,
    ),
    "gum": Source(
        {
            "person": {"Person", "Group"},
            "organization": BODIES,
            "place": PLACES | {"Organization"},
            "event": {"Event"},
            "object": {"Product", "Work", "Facility"},
            "abstract": {"Work", "Law", "Product", "Event", "Organization"},
        },
        titles=True,
        open=frozenset(TYPES),
        silver_weight=0.5,
    ),
    "knowledgenet": Source(
        {"person": {"Person"}, "organization": BODIES, "location": PLACES},
        open=frozenset(TYPES),
        silver_weight=0.4,
        most=900,
    ),
    "judged": Source(
        {kind: {kind} for kind in TYPES}
        | {"Government": {"Organization"}, "Other": MISC | {"O"}, "demonym": {"Group"}},
        whole=True,
    ),
}
OF_RELATION = {
    "P17": (None, "Country"), "P27": ("Person", "Country"), "P36": (None, "City"),
    "P102": (None, "PoliticalParty"), "P50": ("Work", "Person"), "P57": ("Work", "Person"),
    "P58": ("Work", "Person"), "P175": ("Work", None), "P162": ("Work", None),
    "P800": (None, "Work"), "P178": ("Product", None), "P607": (None, "Event"),
    "P1344": (None, "Event"), "P30": (None, "Region"),
}  # fmt: skip
"""Wikidata property -> the types that its two ends have."""


def main() -> None:
    """Write the words of every set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--sheets", type=Path, default=SHEETS)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    random.seed(SEED)
    nlp = load_pipeline(BASELINE)
    with options.out.open("w", encoding="utf-8") as out:
        for name, source in SETS.items():
            if name == "judged":
                rows = list(judged_passages(options.texts, options.sheets))
            else:
                rows = rows_of(options.data, name, source)
            documents = [
                document_from_text(r["text"], document_id=f"d{n}") for n, r in enumerate(rows)
            ]
            for row, annotated in zip(rows, annotate(documents, nlp, together=64), strict=True):
                if annotated.syntax.words:
                    out.write(json.dumps(line_of(name, source, row, annotated)) + "\n")


def rows_of(data: Path, name: str, source: Source) -> list[Row]:
    """Return the documents of a train part that may be used."""
    lines = (data / name / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    if name == "re3d":
        rows = [row for row in rows if row["meta"].get("source") != "BBC Online"]
    if name == "gum":
        rows = [row for row in rows if row["meta"].get("free_text")]
    if source.most:
        rows = [row for row in rows if row["entities"]]
        random.shuffle(rows)
    return rows[: source.most]


def judged_passages(texts: Path, sheets: Path) -> Iterator[Row]:
    """Yield the judged passages of training texts, each with its names."""
    for sheet in read_sheets(sheets):
        if sheet.part != "train":
            continue
        document = document_of(texts, sheet.file, sheet.checksum)
        first, after = sheet.passage
        entities = [
            {
                "id": number,
                "type": "|".join(name.types) if name.kind == "name" else name.kind,
                "mentions": [(name.span[0] - first, name.span[1] - first)],
            }
            for number, name in enumerate(sheet.names)
            if name.kind != "role"
        ]
        yield {"text": document.text[first:after], "entities": entities}


def line_of(name: str, source: Source, row: Row, annotated: Annotated) -> Row:
    """Return a document's words with the labels that they may have."""
    syntax = annotated.syntax
    gold, unknown = gold_of(name, source, row, annotated)
    silver = silver_of(annotated)
    allowed: list[set[str] | None] = [{"O"} for _ in syntax.words]
    weights = [1.0] * len(syntax.words)
    for i in range(len(syntax.words)):
        allowed[i], weights[i] = unjudged(name, source, silver.get(i), syntax.words[i])
    for i in unknown:
        allowed[i] = None
    spans = dict(silver_spans(annotated))
    for start, end, types in gold:
        types = narrowed(types, spans.get((start, end)), syntax.text(start, end))
        for i in range(start, end):
            mark = "B" if i == start else "I"
            allowed[i], weights[i] = {t if t == "O" else f"{mark}-{t}" for t in types}, 1.0
    return {
        "set": name,
        "domain": (row.get("meta") or {}).get("domain"),
        "words": syntax.words,
        "sents": syntax.sentences,
        "allowed": [sorted(labels) if labels else None for labels in allowed],
        "weight": weights,
    }


def unjudged(name: str, source: Source, silver: str | None, word: str) -> tuple[set[str], float]:
    """Return the labels, and the weight, of a word that the gold says nothing of."""
    if source.whole:
        is_demonym = name == "redocred" and silver and word in LEXICONS.demonyms
        return ({"O", str(silver)} if is_demonym else {"O"}), 1.0
    if name == "knowledgenet":
        return {silver or "O"}, source.silver_weight
    if silver is None or silver[2:] not in source.open:
        return {"O"}, source.silver_weight if name == "gum" and silver else 1.0
    sure = name == "gum" and silver[2:] in MISC | {"Country"}
    return ({silver} if sure else {"O", silver}), source.silver_weight


def narrowed(types: set[str], silver: str | None, words: str) -> set[str]:
    """Return the types of a gold name, sharpened by what the rules and the lists say of it."""
    if len(types) > 1 and silver in types:
        types = {str(silver)}
    known = LEXICONS.places.get(words)
    return {known.type} if len(types) > 1 and known and known.type in types else types


def gold_of(
    name: str, source: Source, row: Row, annotated: Annotated
) -> tuple[list[Span], set[int]]:
    """Return the outermost gold names, and the words of what may or may not be one."""
    words, unknown, spans = annotated.syntax.words, set[int](), list[Span]()
    by_relation = types_by_relation(row) if name == "redocred" else {}
    for entity in row["entities"]:
        for mention in entity["mentions"]:
            label = mention[2] if len(mention) > 2 and mention[2] else entity.get("type", "")
            tokens = tokens_of(annotated, mention[0], mention[1])
            if label in source.no_names or not tokens:
                continue
            start, end = bare(words, tokens[0], tokens[-1] + 1)
            types = (
                set().union(*(source.types.get(kind, set()) for kind in label.split("|"))) or None
            )
            if entity.get("confidence", 1) < 0.5 or types is None:
                unknown |= set(range(start, end)) if name != "gum" else set()
                continue
            if types == {"Person"} and source.titles:
                start = after_titles(words, start, end)
            if not is_name(
                words[start:end], loose=name in {"crossner", "redocred", "knowledgenet", "judged"}
            ):
                unknown |= set(range(start, end)) if source.whole else set()
                continue
            types = by_relation.get(entity["id"], set()) & types or types
            if end - start == 1 and words[start] in LEXICONS.demonyms and name in {
                "redocred", "crossner", "gum",
            }:  # fmt: skip
                types = {"Group"}
            spans.append((start, end, types))
    kept = outermost(spans)
    return kept, unknown - {i for start, end, _ in kept for i in range(start, end)}


def types_by_relation(row: Row) -> dict[int, set[str]]:
    """Return the one type that the relations of an entity give it."""
    votes: dict[int, set[str]] = defaultdict(set)
    for relation in row["relations"]:
        ends = OF_RELATION.get(relation.get("pid"), (None, None))
        for end, kind in zip(("head", "tail"), ends, strict=True):
            if kind:
                votes[relation[end]].add(kind)
    return {entity: kinds for entity, kinds in votes.items() if len(kinds) == 1}


def tokens_of(annotated: Annotated, start: int, end: int) -> list[int]:
    """Return the words that a stretch of the document covers."""
    return [
        i
        for i, (_, first, after) in enumerate(annotated.places)
        if 0 <= first < end and after > start and annotated.syntax.words[i].strip()
    ]


def bare(words: list[str], start: int, end: int) -> tuple[int, int]:
    """Return the bounds without articles and closing marks."""
    while end - start > 1 and words[start].lower() in {"the", "a", "an"}:
        start += 1
    while end - start > 1 and words[end - 1] in {"'s", "’s", ",", "."}:
        end -= 1
    return start, end


def after_titles(words: list[str], start: int, end: int) -> int:
    """Return where a person's name begins after "Defense Secretary", "Mr"."""
    known = LEXICONS.words["title"] | LEXICONS.words["role"] | {"the", "a", "an", "mr.", "dr."}
    while end - start > 1:
        sizes = (4, 3, 2, 1)
        size = next(
            (
                s
                for s in sizes
                if start + s < end and " ".join(words[start : start + s]).lower() in known
            ),
            0,
        )
        if not size:
            break
        start += size
    return start


def is_name(words: list[str], *, loose: bool) -> bool:
    """Tell a name from a phrase: capitals, joined by small words; loosely, any capital."""
    capital = any(c.isupper() for word in words for c in word)
    if not words or not capital or len(words) > LONGEST:
        return False
    if len(words) == 1 and words[0].lower() in PRONOUNS:
        return False
    first = words[0][0].isupper() or words[0][0].isdigit()
    return loose or (first and all(
        w[0].isupper() or w[0].isdigit() or w.lower() in JOINERS or not w[0].isalnum() for w in words
    ))  # fmt: skip


def outermost(spans: list[Span]) -> list[Span]:
    """Return spans that share no word, the longest first."""
    used, kept = set[int](), []
    for start, end, types in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if used.isdisjoint(range(start, end)):
            used |= set(range(start, end))
            kept.append((start, end, types))
    return kept


def silver_spans(annotated: Annotated) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the outermost names that the rules find, in the model's types."""
    used = set[int]()
    for name in sorted(names_in(annotated.doc), key=lambda n: (n.start - n.end, n.start)):
        kind = "Organization" if name.type == "Government" else name.type
        kind = "Group" if name.kind == "demonym" else kind
        named = name.kind in {"name", "acronym", "demonym"} and kind in TYPES
        if named and used.isdisjoint(range(name.start, name.end)):
            used |= set(range(name.start, name.end))
            yield (name.start, name.end), kind


def silver_of(annotated: Annotated) -> dict[int, str]:
    """Return the label that the rules give to each word of a name."""
    return {
        i: f"{'B' if i == start else 'I'}-{kind}"
        for (start, end), kind in silver_spans(annotated)
        for i in range(start, end)
    }


if __name__ == "__main__":
    main()
