"""Run the encoder in models/encoder and read its heads: sentences, trees, tags, names.

The encoder reads lower case; how a word was written ("NATO", "iPhone") comes in as its shape.
Each window is read alone, so that results depend on no neighbour, no batch and no number of
threads. What the model is and how it was trained stands in models/encoder/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from kg.reading.encoder.labels_of_names import Proposal, names_of
from kg.reading.encoder.sessions import open_session
from kg.reading.encoder.trees import NEVER, best_heads, labels_once
from kg.reading.encoder.windows import Window, window_from
from kg.reading.encoder.word_pieces import WordPieces
from kg.settings import models_folder

CLS, SEP = 101, 102
ONCE = ("nsubj", "nsubjpass", "dobj", "dative", "attr")
"""Labels that no head has twice: "granted the widow a pension" has one direct object."""
LEAST_START = 0.5
"""Log odds from which a sentence begins. A sentence cut in two loses more than two that run on; on
half of EWT's dev part: precision 0.975, recall 0.892 (at 0, 0.958 and 0.912)."""
PARSE_OUTPUTS = ("starts", "arcs", "labels_below", "labels_above", "tags", "names", "words")
WIDTH = 384
"""Of what the encoder makes of a word."""
STEP = 50.0
"""States are kept as whole numbers, this many to 1: they lie between -2.5 and 2.5."""
LEAST_WRONG = 0.0025
"""How probable it is at least that an arc, or a label, is wrong."""
SURE_STEP = 20.0
MOST_SURE = round(-SURE_STEP * np.log(LEAST_WRONG))
"""How sure an arc or a label can be: the negative logarithm of how probable it is that it is wrong."""
Starts = Sequence[bool | None]
"""Of each word, whether a sentence begins with it, where that is known."""


def no_states(words: int) -> Any:  # noqa: ANN401 - numpy
    """Return the states of so many words that the encoder has not read."""
    return np.zeros((words, WIDTH + 2), np.int8)


@dataclass(slots=True)
class Parse:
    """What the heads say of a text: heads are numbers of words, a root's its own.

    ``states`` has a row for each word: what the encoder makes of it, and how sure its head and its
    label are (words x WIDTH + 2, small whole numbers).
    """

    sentences: list[tuple[int, int]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[Proposal] = field(default_factory=list)
    states: Any = field(default_factory=lambda: no_states(0))


Scores = dict[str, Any]
"""The outputs of the model for the words of a window, by name."""


class EncoderModel:
    """The model, loaded: reads one text at a time."""

    def __init__(self) -> None:
        folder = models_folder() / "encoder"
        pieces = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        self._pieces_of = WordPieces({piece: number for number, piece in enumerate(pieces)})
        self._words = open_session(folder / "model.onnx")
        self._labelling = open_session(folder / "labels.onnx")
        known = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._names, self._labels, self._tags = (known[n] for n in ("names", "labels", "tags"))
        self._root = self._labels.index("ROOT")
        self._once = frozenset(map(self._labels.index, ONCE))

    def parse(self, words: Sequence[str], starts: Starts) -> Parse:
        """Return sentences, trees, tags and names of a text."""
        found, states = Parse(), []
        for window, sentences, scores in self._windows(words, starts, PARSE_OUTPUTS):
            arcs = [arc for sentence in sentences for arc in _heads(scores["arcs"], *sentence)]
            heads = [head for head, _ in arcs]
            labels, sure = self._label_numbers(scores, heads)
            after = sentences[-1][1]
            states.append(_kept(scores["words"][:after], [odds for _, odds in arcs], sure))
            found.sentences += [(a + window.first, b + window.first) for a, b in sentences]
            found.heads += [(h - 1 if h else i) + window.first for i, h in enumerate(heads)]
            found.labels += [self._labels[n] for n in labels]
            found.tags += [self._tags[n] for n in scores["tags"][:after].argmax(axis=1)]
            found.names += self._names_in(window, after, scores)
        if states:
            found.states = np.vstack(states)
        return found

    def propose(self, words: Sequence[str], starts: Starts) -> Iterator[Proposal]:
        """Yield names in reading order."""
        for window, sentences, scores in self._windows(words, starts, ("starts", "names")):
            yield from self._names_in(window, sentences[-1][1], scores)

    def encode(self, words: Sequence[str]) -> Any:  # noqa: ANN401 - numpy
        """Return what the encoder makes of each word: a row each."""
        read = self._windows(words, [None] * len(words), ("starts", "words"))
        return np.vstack([scores["words"][: sentences[-1][1]] for _, sentences, scores in read])

    def _windows(
        self, words: Sequence[str], starts: Starts, outputs: Sequence[str]
    ) -> Iterator[tuple[Window, list[tuple[int, int]], Scores]]:
        """Yield windows, the sentences that each holds whole, and the scores of its words."""
        first = 0
        while first < len(words):
            window = window_from(words, first, self._pieces_of)
            scores = self._run(window, outputs)
            known = starts[window.first : window.after]
            begun = [
                0,
                *(i for i, begins in enumerate(_begins(scores["starts"], known)) if begins and i),
            ]
            if window.after < len(words) and len(begun) > 1:
                sentences = list(pairwise(begun))  # the last one is read whole with the next window
            else:
                sentences = list(pairwise([*begun, window.after - window.first]))
            yield window, sentences, scores
            first += sentences[-1][1]

    def _run(self, window: Window, outputs: Sequence[str]) -> Scores:
        fed = {
            "pieces": [[CLS, *window.pieces, SEP]],
            "shapes": [[0, *window.shapes, 0]],
            # One further, for the mark of the beginning.
            "first": [[i + 1 for i in window.begins]],
            "last": [[i + 1 for i in window.ends]],
        }
        found = self._words.run(outputs, {name: np.array(value) for name, value in fed.items()})
        return dict(zip(outputs, found, strict=True))

    def _label_numbers(self, scores: Scores, heads: Sequence[int]) -> tuple[list[int], Any]:
        """Return the number of each word's label, by the head that it has, and how probable it is."""
        # Not in numpy, whose threads would spin on a small product of matrices.
        fed = {
            "below": scores["labels_below"][: len(heads)],
            "above": scores["labels_above"],
            "heads": np.array(heads),
        }
        (told,) = self._labelling.run(["labels"], fed)
        is_root = np.array(heads) == 0
        told[:, self._root] = -np.inf
        odds = np.exp(told - told.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        told[is_root] = -np.inf
        told[is_root, self._root] = np.inf
        labels = labels_once(told, heads, self._once)
        return labels, np.where(is_root, 1.0, odds[np.arange(len(labels)), labels])

    def _names_in(self, window: Window, after: int, scores: Scores) -> Iterator[Proposal]:
        for start, end, kind, score in names_of(scores["names"][:after], self._names):
            yield start + window.first, end + window.first, kind, score


def _begins(scores: Any, known: Starts) -> Iterator[bool]:  # noqa: ANN401 - numpy
    """Yield of each word whether a sentence begins with it."""
    for score, told in zip((scores > LEAST_START).tolist(), known, strict=True):
        yield score if told is None else told


def _kept(words: Any, arcs: Any, labels: Any) -> Any:  # noqa: ANN401 - numpy
    """Return the states of words, and how sure arcs and labels are, as small whole numbers."""
    wrong = np.maximum(1.0 - np.array([arcs, labels]).T, LEAST_WRONG)
    table = np.hstack([words * STEP, -SURE_STEP * np.log(wrong)])
    return np.rint(table).clip(-127, 127).astype(np.int8)


def _heads(arcs: Any, first: int, after: int) -> list[tuple[int, float]]:  # noqa: ANN401 - numpy
    """Return the head of each word of a sentence and how probable it is.

    Heads are counted in the window from 1; 0 is the root.
    """
    columns = [0, *range(first + 1, after + 1)]
    scores = arcs[first:after, columns].astype(np.float64)
    np.fill_diagonal(scores[:, 1:], NEVER)
    scores -= scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    heads = best_heads(scores)
    odds = np.exp(scores[np.arange(len(heads)), heads]).tolist()
    return [(columns[head], sure) for head, sure in zip(heads, odds, strict=True)]


@cache
def load_encoder() -> EncoderModel:
    """Return the model that ships with kg, loaded once."""
    return EncoderModel()
