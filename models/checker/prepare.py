"""Write the judged claims as the checker will read them: words, places, features, verdicts.

    python models/checker/prepare.py --texts OPEN --data DATA --out claims.npz

OPEN is the folder of the open texts; tests/gold/judged/claims.tsv names their claims by offsets.
claims_of_sets.tsv does so for texts of public sets in DATA (training parts). kg reads each text;
a claim that it no longer finds as it was judged is left out, and so are claims of test texts.
Half of the probes (tests/probes), which hold sentences of our own, are right where kg reads them
as expected; how much they say nobody judged.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from kg.evaluation.judged import document_of
from kg.evaluation.judged_claims import (
    CLAIMS,
    NO_FACT,
    JudgedClaim,
    Place,
    key_of,
    read_judged_claims,
)  # fmt: skip
from kg.evaluation.probes import read_probes
from kg.evaluation.trees import Tree, read_trees
from kg.lexicons import load_lexicons
from kg.pipeline import find_mentions, parsed_text
from kg.reading.claims.checker import fed_of, window_of
from kg.reading.claims.checker_features import Candidate, features_of
from kg.reading.claims.finder import find_candidates
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.records import Document
from kg.settings import DEFAULT_MODEL

TESTS = Path(__file__).parents[2] / "tests"
SHEETS, PROBES = TESTS / "gold" / "judged", TESTS / "probes" / "status.jsonl"
OF_SETS = "claims_of_sets.tsv"
RELATIONS = "relations.tsv"
"""Claims that the relation network found; of others its rows judge the name of the relation alone."""
UNKNOWN = -1
"""The verdict on what nobody judged."""
Example = dict[str, Any]


def main() -> None:
    """Read the texts, and write one table a kind of number, the claims one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sheets", type=Path, default=SHEETS)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = list(probe_examples(PROBES))
    number = 0
    for sheet in (CLAIMS, RELATIONS, OF_SETS):
        for place, document, rows in judged_texts(options, sheet):
            found += examples_of(place, document, rows, related=sheet == RELATIONS)
            number += len(rows)
    np.savez_compressed(
        options.out,
        states=np.vstack([e["states"] for e in found]),
        roles=np.hstack([e["roles"] for e in found]),
        heads=np.hstack([e["heads"] for e in found]),
        sizes=np.array([len(e["roles"]) for e in found]),
        verdicts=np.array([e["verdicts"] for e in found]),
        stated=np.array([e["stated"] for e in found]),
        features=np.array([json.dumps(e["features"]) for e in found]),
        files=np.array([e["file"] for e in found]),
        parts=np.array([e["part"] for e in found]),
    )
    read = sum(not e["file"].startswith("probe") for e in found)
    print(f"{read} of {number} judged claims are still read, and {len(found) - read} probes")


def judged_texts(
    options: argparse.Namespace, sheet: str
) -> Iterator[tuple[Place, Document, list[JudgedClaim]]]:
    """Yield each text of a sheet that is not a test text, with its claims."""
    of_sets = dict(texts_of_sets(options.data)) if sheet == OF_SETS else {}
    for place, rows in read_judged_claims(options.sheets / sheet).items():
        file, part, checksum = place
        if part != "test":
            text = of_sets.get(file)
            document = (
                document_of(options.texts, file, checksum)
                if text is None
                else document_from_text(text, document_id=file)
            )
            yield place, document, rows


def texts_of_sets(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each document of the sets that claims were judged in."""
    for name in ("gum", "re3d", "redocred"):
        for line in (data / name / "train.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"{name}/{row['id']}", row["text"]
    for document in read_trees(data / "trees" / "masc_train.conll.gz"):
        yield f"masc/{document.id}", " ".join(text_of(tree) for tree in document.trees)


def text_of(tree: Tree) -> str:
    """Return the words of a tree as they stood."""
    pairs = zip(tree.words, tree.spaces, strict=True)
    return "".join(word + " " * bool(space) for word, space in pairs).strip()


def examples_of(
    place: Place, document: Document, rows: list[JudgedClaim], *, related: bool
) -> Iterator[Example]:
    """Yield the judged claims of one text: those that the relation network found, or the others."""
    file, part, _ = place
    judged = {(row.key, row.is_attributed): row for row in rows}
    for candidate, parsed in candidates_in(document):
        claim = candidate.claim
        row = judged.get((key_of(claim), claim.attribution is not None))
        if row is not None and related is (candidate.score is not None):
            told = [row.is_right, row.verdict in NO_FACT, row.is_informative]
            yield example(candidate, parsed, told) | {"file": file, "part": part}


def probe_examples(path: Path) -> Iterator[Example]:
    """Yield the claims that the first half of the probes (by their bytes) ask for."""
    for probe in read_probes(path):
        if sha256(probe.text.encode()).digest()[0] % 2:
            continue
        document = document_from_text(probe.text, document_id="probe")
        for candidate, parsed in candidates_in(document):
            if probe.asks_for(candidate.claim):
                right = probe.expects(candidate.claim)
                told = [right, not right, UNKNOWN]
                source = {"file": f"probe {probe.text}", "part": "train"}
                yield example(candidate, parsed, told) | source


def candidates_in(document: Document) -> Iterator[tuple[Candidate, ParsedText]]:
    """Yield the claims that grammar finds in a text."""
    (annotated,) = annotate([document], load_pipeline(DEFAULT_MODEL))
    parsed = parsed_text(annotated, find_mentions(annotated))
    for candidates in find_candidates(parsed, load_lexicons()):
        for candidate in candidates:
            yield candidate, parsed


def example(candidate: Candidate, parsed: ParsedText, verdicts: list[int]) -> Example:
    """Return a claim in numbers."""
    fed = fed_of([candidate], window_of(candidate, parsed), parsed)
    return {
        "states": fed["states"],
        "roles": fed["roles"][0],
        "heads": fed["heads"][0],
        "features": features_of(candidate, parsed),
        "verdicts": [int(verdict) for verdict in verdicts],
        "stated": candidate.claim.is_stated,
    }


if __name__ == "__main__":
    main()
