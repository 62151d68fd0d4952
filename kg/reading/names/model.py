"""Propose names with the trained model in models/names: a small encoder in 8-bit ONNX.

The sentences of a paragraph are packed into sequences of at most ``PIECES`` word pieces
and each sequence is read alone: results depend on no neighbour, no batch and no number of
threads. The encoder reads lower case; how a word was written ("NATO", "iPhone") comes in
as its shape. Words are first told apart as beginning, going on with, or outside a name,
all types together; the type of a name is what its words together say. How the model was
trained stands in models/names/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.reading.names.word_pieces import WordPieces
from kg.settings import models_folder

COMPONENT = "kg_name_model"
PIECES = 126
"""Word pieces in a sequence, marks of beginning and end aside; as in training."""
PIECES_OF_WORD = 8
"""No name needs more of a word; a hash of 64 letters does not crowd its sentence out."""
LEAST_SCORE = 0.4
"""Below this a name is not proposed; tuned on the tuned halves of CrossNER and re3d dev."""
CLS, SEP = 101, 102

Proposal = tuple[int, int, str, float]
"""First word, word after the last, our type, probability."""


@dataclass(slots=True)
class PackedSentences:
    """Word pieces of some words in a row, with the place of each word's first piece."""

    first: int
    pieces: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    def has_room(self, pieces: int) -> bool:
        """Tell whether so many pieces more still fit."""
        return len(self.pieces) + pieces <= PIECES

    def add(self, word: str, pieces: Sequence[int]) -> None:
        """Take the next word."""
        self.heads.append(len(self.pieces))
        self.pieces += pieces
        self.shapes += [shape_of(word)] * len(pieces)


@lru_cache(maxsize=1 << 15)
def shape_of(word: str) -> int:
    """Return the number of the way a word is written.

    >>> [shape_of(word) for word in ("the", "Sochi", "NATO", "iPhone", "G8", "A")]
    [0, 1, 2, 3, 4, 5]
    """
    if any(map(str.isdigit, word)):
        return 4
    if not word[0].isupper():
        return 3 if any(map(str.isupper, word)) else 0
    if word.isupper():
        return 2 if len(word) > 1 else 5
    return 1 if word[1:].islower() else 3


def pack(
    words: Sequence[str],
    sentences: Sequence[tuple[int, int]],
    pieces_of: Callable[[str], Sequence[int]],
) -> list[PackedSentences]:
    """Return sequences of whole sentences; only a sentence that is too long is divided."""
    packed = [PackedSentences(0)]
    for first, last in sentences:
        cut = list(map(pieces_of, words[first:last]))
        if packed[-1].pieces and not packed[-1].has_room(sum(map(len, cut))):
            packed.append(PackedSentences(first))
        for i, pieces in enumerate(cut, start=first):
            if not packed[-1].has_room(len(pieces)):
                packed.append(PackedSentences(i))
            packed[-1].add(words[i], pieces)
    return [sequence for sequence in packed if sequence.pieces]


def decode(scores: Any, labels: Sequence[str]) -> Iterator[Proposal]:  # noqa: ANN401 - numpy
    """Yield the names that the scores of words (rows) for labels (columns) amount to."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    begins, goes_on = odds[:, 1::2], odds[:, 2::2]
    marks = np.stack([odds[:, 0], begins.sum(axis=1), goes_on.sum(axis=1)], axis=1).argmax(axis=1)
    types = [label[2:] for label in labels[1::2]]
    start = None
    for i, mark in enumerate([*marks.tolist(), 0]):
        if start is not None and mark != 2:
            by_type = (begins + goes_on)[start:i].mean(axis=0)
            best = int(by_type.argmax())
            yield start, i, types[best], float(by_type[best])
            start = None
        if mark and start is None:
            start = i


def joined(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield names, those of one type with nothing between them as one: "Ontario" "Liberal Party"."""
    last: Proposal | None = None
    for name in found:
        if last and last[1] == name[0] and last[2] == name[2]:
            last = (last[0], name[1], last[2], min(last[3], name[3]))
            continue
        if last:
            yield last
        last = name
    if last:
        yield last


class NameModel:
    """The model, loaded: proposes names in one parsed text at a time."""

    def __init__(self) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        folder = models_folder() / "names"
        pieces = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        vocabulary = {piece: number for number, piece in enumerate(pieces)}
        self._pieces_of = WordPieces(vocabulary)
        options = SessionOptions()
        options.intra_op_num_threads = 1  # two wait for each other longer than they save
        options.inter_op_num_threads = 1
        self._session = InferenceSession(
            folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._labels = tuple(json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    def propose(
        self, words: Sequence[str], sentences: Sequence[tuple[int, int]]
    ) -> Iterator[Proposal]:
        """Yield names in reading order."""
        for sequence in pack(words, sentences, self.pieces_of):
            scores = self._run("labels", sequence)
            for start, end, kind, score in joined(decode(scores, self._labels)):
                if score >= LEAST_SCORE:
                    yield start + sequence.first, end + sequence.first, kind, score

    def encode(self, words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> Any:  # noqa: ANN401 - numpy
        """Return what the encoder makes of each word: a row each."""
        return np.vstack(
            [self._run("hidden", sequence) for sequence in pack(words, sentences, self.pieces_of)]
        )

    def _run(self, output: str, sequence: PackedSentences) -> Any:  # noqa: ANN401 - numpy
        """Return an output of the model at the first piece of each word."""
        pieces = np.array([[CLS, *sequence.pieces, SEP]])
        shapes = np.array([[0, *sequence.shapes, 0]])
        (found,) = self._session.run([output], {"pieces": pieces, "shapes": shapes})
        # One further, for the mark of the beginning.
        return found[0, np.array(sequence.heads) + 1]

    def pieces_of(self, word: str) -> tuple[int, ...]:
        """Return a word's pieces, no more than a name needs."""
        return self._pieces_of(word)[:PIECES_OF_WORD]


@cache
def load_name_model() -> NameModel:
    """Return the model that ships with kg, loaded once."""
    return NameModel()


@Language.factory(COMPONENT, assigns=["doc.ents"])
def make_name_proposer(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component."""
    return NameProposer()


@dataclass(frozen=True)
class NameProposer:
    """Fill ``doc.ents``, each with the name of our type as its label."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its names proposed."""
        words = [token.text for token in doc]
        sentences = [(s.start, s.end) for s in doc.sents] if words else []
        found = load_name_model().propose(words, sentences)
        doc.ents = [Span(doc, start, end, label=kind) for start, end, kind, _ in found]
        return doc
