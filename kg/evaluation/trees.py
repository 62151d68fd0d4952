"""Files of gold trees: one token a line, in the ClearNLP labels and Penn tags of kg's rules.

Columns: number, word, tag, head (0: the root), label, 1 if a space follows, 1 if the arc is
sure (0: neither learned nor scored). Documents begin with ``# newdoc id``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

PRINTED: Mapping[str, str] = MappingProxyType(
    dict(zip(["-LRB-", "-RRB-", "-LCB-", "-RCB-", "-LSB-", "-RSB-"], "()\x7b\x7d[]", strict=True))
    | {"``": '"', "''": '"'}
)
"""What treebanks write for marks, and the marks."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence; heads count from 1, 0 is the root's."""

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    heads: list[int]
    labels: list[str]
    sure: list[bool]


@dataclass(frozen=True, slots=True)
class TreeDocument:
    """The sentences of a document, in order."""

    id: str
    trees: list[Tree] = field(default_factory=list)


def read_trees(path: Path) -> list[TreeDocument]:
    """Return the documents of a file, which may be packed (.gz)."""
    documents = [TreeDocument("")]
    for id_, rows in _sentences(path):
        if id_ != documents[-1].id:
            documents.append(TreeDocument(id_))
        documents[-1].trees.append(_tree(rows))
    return [document for document in documents if document.trees]


def _sentences(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    opened = gzip.open if path.suffix == ".gz" else open
    id_, rows = "", list[list[str]]()
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                id_ = line.removeprefix("# newdoc id = ").strip()
            elif line.strip() and not line.startswith("# "):
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield id_, rows
                rows = []
    if rows:
        yield id_, rows


def _tree(rows: list[list[str]]) -> Tree:
    return Tree(
        words=[PRINTED.get(r[1], r[1].replace("\\/", "/").replace("\\*", "*")) for r in rows],
        spaces=[row[5] == "1" for row in rows],
        tags=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        labels=["ROOT" if row[4].lower() == "root" else row[4] for row in rows],
        sure=[row[6] == "1" for row in rows],
    )


def ewt_dev(data: Path) -> set[str]:
    """Return the ids of EWT's dev documents, told by the names annotated in them."""
    lines = (data / "uner_ewt" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"].rsplit("-", 1)[0] for line in lines}


def written(tree: Tree) -> str:
    """Return the lines of a tree, with the empty one behind it."""
    columns = (tree.words, tree.tags, tree.heads, tree.labels, tree.spaces, tree.sure)
    rows = enumerate(zip(*columns, strict=True), start=1)
    lines = (f"{n}\t{w}\t{t}\t{h}\t{d}\t{s:d}\t{k:d}\n" for n, (w, t, h, d, s, k) in rows)
    return "".join(lines) + "\n"
