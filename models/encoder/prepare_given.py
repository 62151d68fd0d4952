"""Write what the small spaCy pipeline makes of the words of the treebanks: the teacher reads it.

python models/encoder/prepare_given.py --data DATA --out given
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from kg.evaluation.gold import baseline_pipeline
from kg.evaluation.parse import parsed_trees
from kg.evaluation.trees import read_trees, written


def main() -> None:
    """Write a file for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    nlp = baseline_pipeline()
    for path in sorted((options.data / "trees").glob("*.conll.gz")):
        with (options.out / path.name.removesuffix(".gz")).open("w", encoding="utf-8") as out:
            for document in read_trees(path):
                out.write(f"# newdoc id = {document.id}\n")
                found = parsed_trees(document.trees, nlp)
                for tree, parsed in zip(document.trees, found, strict=True):
                    given = replace(
                        tree, tags=parsed.tags, heads=parsed.heads, labels=parsed.labels
                    )
                    out.write(written(given))


if __name__ == "__main__":
    main()
