"""The encoder as spaCy components: ``kg_parser`` reads all, ``kg_name_model`` names alone.

``kg_parser`` sets sentences, heads, labels, Penn tags and proposed names in one reading; what
follows it in the pipeline (morphology, lemmas) is spaCy's. Sentence starts that a component
before it has set are kept. ``kg_name_model`` proposes names in another pipeline's sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, TAG  # type: ignore[import-not-found]  # compiled, ships no types
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.reading.encoder.labels_of_names import Proposal
from kg.reading.encoder.model import Parse, load_encoder, no_states

PARSER, NAMES = "kg_parser", "kg_name_model"
SPACE_TAG, SPACE_LABEL = "_SP", "dep"


@Language.factory(PARSER, assigns=["token.head", "token.dep", "token.tag", "doc.sents", "doc.ents"])
def make_parser(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component that reads all."""
    return EncoderParser()


@Language.factory(NAMES, assigns=["doc.ents"])
def make_name_proposer(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component that proposes names alone."""
    return NameProposer()


@dataclass(frozen=True)
class EncoderParser:
    """Sets sentences, trees, tags and names."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document, parsed."""
        words = [token for token in doc if not token.is_space]
        parse = Parse()
        if words:
            starts = [token.is_sent_start for token in words]
            parse = load_encoder().parse([token.text for token in words], starts)
        _set_trees(doc, words, parse)
        # Of white space there is nothing to say.
        doc.tensor = no_states(len(doc))
        doc.tensor[[token.i for token in words]] = parse.states
        _set_names(doc, words, parse.names)
        return doc


@dataclass(frozen=True)
class NameProposer:
    """Fills ``doc.ents``, each with the name of our type as its label."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its names proposed."""
        words = [token for token in doc if not token.is_space]
        starts = [bool(token.is_sent_start) for token in words]
        found = load_encoder().propose([token.text for token in words], starts)
        _set_names(doc, words, found)
        return doc


def _set_names(doc: Doc, words: Sequence[Token], names: Iterable[Proposal]) -> None:
    doc.ents = [
        Span(doc, words[s].i, words[e - 1].i + 1, label=kind, span_id=f"{score:.2f}")
        for s, e, kind, score in names
    ]


def states_of(doc: Doc) -> Any:  # noqa: ANN401 - numpy
    """Return what the encoder makes of each token (``Parse.states``); no row if it did not parse."""
    none = no_states(0)
    return doc.tensor if doc.tensor.shape[1:] == none.shape[1:] else none


def probability_of(name: Span) -> float:
    """Return how probable a proposed name is: its identifier, all that lasts when docs are joined."""
    return float(name.id_) if name.id_.startswith(("0.", "1.")) else 1.0


def _set_trees(doc: Doc, words: Sequence[Token], parse: Parse) -> None:
    """Hang each word on its head, and what stands for white space on what is before it."""
    add = doc.vocab.strings.add
    places = [token.i for token in words]
    offsets = np.full(len(doc), -1, dtype=np.int64)
    leading = places[0] if places else min(1, len(doc))
    # What stands before the first word hangs on that; of nothing but space the first is the root.
    offsets[:leading] = leading - np.arange(leading) if places else 0
    offsets[places] = np.array(places)[parse.heads] - places if places else 0
    labels, tags = [add(SPACE_LABEL)] * len(doc), [add(SPACE_TAG)] * len(doc)
    for i, label, tag in zip(places, parse.labels, parse.tags, strict=True):
        labels[i], tags[i] = add(label), add(tag)
    columns = [offsets.astype(np.uint64), np.array(labels, np.uint64), np.array(tags, np.uint64)]
    doc.from_array([HEAD, DEP, TAG], np.stack(columns, axis=1))  # type: ignore[arg-type]  # stubs know lists
