"""Write sentences of free texts, with the small spaCy pipeline's trees, for the teacher to parse.

    python models/encoder/prepare_text.py --data DATA --texts CORPUS --out text.conll

Columns as in data/trees; the teacher (``teach.py``) reads the trees as a feature.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import UnreadableDocumentError
from kg.evaluation.gold import BASELINE
from kg.evaluation.trees import Tree, written
from kg.reading.documents.files import document_ids, find_files
from kg.reading.documents.reader import document_from_text, read_document
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.records import Document

SEED = 11
SETS = {
    "redocred": 450, "knowledgenet": 4079, "fewrel": 15_000, "text2kgbench": 5098, "crossner": 700,
    "litbank": 60, "gap": 2000, "re3d": 59, "conll04": 910,
}  # fmt: skip
"""Sets whose licences allow it, and how many rows of their train parts are read."""
SHORTEST, LONGEST = 4, 100
"""Words of a sentence."""


def main() -> None:
    """Write the sentences of all sets and texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="files or folders")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    nlp = load_pipeline(BASELINE)
    documents = [*text_documents(options.texts), *set_documents(options.data)]
    with options.out.open("w", encoding="utf-8") as out:
        for annotated in annotate(documents, nlp, together=32):
            out.write(f"# newdoc id = {annotated.document.id}\n")
            out.writelines(sentences_of(annotated.doc))


def set_documents(data: Path) -> Iterator[Document]:
    """Yield the documents of the sets, some rows of each drawn at random."""
    for name, most in SETS.items():
        (path,) = (data / name).glob("*train.jsonl")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if name == "re3d":
            rows = [row for row in rows if row["meta"].get("source") != "BBC Online"]
        for n, row in enumerate(random.Random(SEED).sample(rows, min(most, len(rows)))):
            yield document_from_text(row["text"], document_id=f"{name}-{n}")


def text_documents(paths: list[Path]) -> Iterator[Document]:
    """Yield the documents of files."""
    files = find_files(paths)
    for (path, source), id_ in zip(files, document_ids(files), strict=True):
        with suppress(UnreadableDocumentError):  # tables, of which no column is told
            yield read_document(path, source, id_)


def sentences_of(doc: Doc) -> Iterator[str]:
    """Yield the rows of each sentence of fit length."""
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        number = {token.i: n for n, token in enumerate(words, start=1)}
        if SHORTEST <= len(words) <= LONGEST:
            yield written(
                Tree(
                    words=[token.text for token in words],
                    spaces=[bool(token.whitespace_) for token in words],
                    tags=[token.tag_ for token in words],
                    heads=[0 if t.head.i == t.i else number.get(t.head.i, 0) for t in words],
                    labels=[token.dep_ for token in words],
                    sure=[True] * len(words),
                )
            )


if __name__ == "__main__":
    main()
