"""Training text as the encoder will read it: windows of whole sentences that follow each other.

A window is some consecutive sentences of a document, as many as a lot of lengths allows, so that
the heads learn both headings that stand alone and long paragraphs. Now and then the next sentence
is begun and cut off: its tree is not learned then, its first word is.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from network import DEPS, NAME_LABELS, ROOT, TAGS, Batch

from kg.evaluation.trees import Tree
from kg.reading.encoder.windows import PIECES, PIECES_OF_WORD, shape_of

LENGTHS = (32, 64, 128, 128, 192, 254)
UNKNOWN = 100
ENDS = (101, 102)
"""The pieces that stand around a text, in MiniLM's vocabulary."""
CUT_OFF = 0.3
"""How many windows end with a sentence that is cut off."""
SHORTENED = 0.12
"""How many sentences with a name at their end, or before another, get an abbreviation there."""
ENDINGS = (
    "Inc.", "Corp.", "Ltd.", "Co.", "U.S.", "U.K.", "D.C.", "Jr.", "Sr.", "L.P.", "U.N.", "S.A.",
    "Bros.", "E.U.", "Fla.", "Calif.",
)  # fmt: skip
OPENINGS = ("U.S.", "U.K.", "U.N.", "Gov.", "Sen.", "Rep.", "Gen.", "Dr.", "St.", "E.U.", "D.C.")
Pieces = Callable[[str], Sequence[int]]


@dataclass
class Sentence:
    """Words, and what a set tells of them; -1 where it is silent.

    ``heads`` count from 1 in the sentence, 0 is the root. ``starts`` tells whether the set
    knows where sentences begin. ``allowed`` are numbers of name labels.
    ``given`` is the tree of the small spaCy pipeline, which a teacher reads.
    """

    words: list[str]
    tags: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    starts: bool = True
    allowed: list[list[int] | None] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    given: Sentence | None = None


Window = tuple[list[Sentence], int]
"""Consecutive sentences, and how many words of the last one are kept (all: its length)."""


def sentence_of(tree: Tree, *, starts: bool = True, given: Tree | None = None) -> Sentence:
    """Return a tree in numbers."""
    return Sentence(
        words=tree.words,
        tags=[TAGS.index(tag) if tag in TAGS else -1 for tag in tree.tags],
        heads=[head if sure else -1 for head, sure in zip(tree.heads, tree.sure, strict=True)],
        labels=[
            DEPS.index(label) if sure and label in DEPS else -1
            for label, sure in zip(tree.labels, tree.sure, strict=True)
        ],
        starts=starts,
        given=sentence_of(given) if given else None,
    )


def read_names(path: Path) -> list[tuple[str, list[Sentence]]]:
    """Return (its set or domain, sentences) of each document of prepare_names.py's output."""
    number = {label: i for i, label in enumerate(NAME_LABELS)}
    found = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        sentences = []
        for first, last in row["sents"]:
            kept = [i for i in range(first, last) if row["words"][i].strip()]
            allowed = (row["allowed"][i] for i in kept)
            sentence = Sentence(
                words=[row["words"][i] for i in kept],
                allowed=[[number[x] for x in a] if a else None for a in allowed],
                weights=[row["weight"][i] for i in kept],
            )
            if kept:
                sentences.append(sentence)
        found.append((row["domain"] or row["set"], sentences))
    return found


def windows(document: list[Sentence], pieces: Pieces, rng: random.Random) -> Iterator[Window]:
    """Yield the windows of a document: every sentence whole in one of them, if it fits."""
    sizes = [sum(len(pieces(w)[:PIECES_OF_WORD]) for w in s.words) for s in document]
    i = 0
    while i < len(document):
        if sizes[i] > PIECES:
            i += 1
            continue
        limit, used, first = rng.choice(LENGTHS), 0, i
        while i < len(document) and (i == first or used + sizes[i] <= limit):
            used += sizes[i]
            i += 1
        kept = document[first:i]
        yield kept, len(kept[-1].words)
        room = PIECES - used
        if i < len(document) and rng.random() < CUT_OFF and room > 20:
            words = min(len(document[i].words), rng.randint(4, 16))
            if sum(len(pieces(w)[:PIECES_OF_WORD]) for w in document[i].words[:words]) <= room:
                yield document[max(first, i - 3) : i + 1], words


def shortened(document: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Return a document in which some names are abbreviations with a stop.

    Treebanks have few sentences that end in "Inc." and need no stop of their own.
    """
    return [_shortened(s, rng) if rng.random() < SHORTENED else s for s in document]


def _shortened(sentence: Sentence, rng: random.Random) -> Sentence:
    tags = [TAGS[t] if t >= 0 else "" for t in sentence.tags]
    last = len(tags) - 2
    if (
        sentence.given is None
        and last > 2
        and sentence.words[-1] == "."
        and tags[last] == "NNP"
        and len(sentence.heads) > 1
    ) and all(head != len(tags) for head in sentence.heads):
        return _without_stop(sentence, last, rng.choice(ENDINGS))
    for i in range(1, len(tags) - 2):
        if tags[i] == "NNP" and tags[i + 1] == "NNP" and tags[i - 1] in {"DT", "IN", "VBD"}:
            words = [*sentence.words[:i], rng.choice(OPENINGS), *sentence.words[i + 1 :]]
            return replace(sentence, words=words)
    return sentence


def _without_stop(sentence: Sentence, last: int, word: str) -> Sentence:
    return replace(
        sentence,
        words=[*sentence.words[:last], word],
        tags=sentence.tags[:-1],
        heads=sentence.heads[:-1],
        labels=sentence.labels[:-1],
    )


def size_of(window: Window, pieces: Pieces) -> int:
    """Return the pieces of a window."""
    return sum(len(pieces(w)[:PIECES_OF_WORD]) for w in _words(window))


def _words(window: Window) -> list[str]:
    sentences, kept = window
    return [w for s in sentences[:-1] for w in s.words] + sentences[-1].words[:kept]


def tensors(batch: list[Window], pieces_of: Pieces, ends: tuple[int, int] = ENDS) -> Batch:
    """Pad a batch of windows: all of trees, or all of names; ``ends`` stand around the pieces."""
    cut = [[list(pieces_of(w)[:PIECES_OF_WORD]) or [UNKNOWN] for w in _words(b)] for b in batch]
    rows, width = len(batch), max(sum(map(len, c)) for c in cut) + 2
    most = max(map(len, cut))
    made = {n: torch.zeros(rows, width, dtype=torch.long) for n in ("pieces", "shapes", "mask")}
    made |= {n: torch.zeros(rows, most, dtype=torch.long) for n in ("first", "last")}
    names = bool(batch[0][0][0].allowed)
    unknown = ("sentence", "head", "label", "tag", "start")
    made |= {n: torch.full((rows, most), -1, dtype=torch.long) for n in unknown}
    for r, (window, word_pieces) in enumerate(zip(batch, cut, strict=True)):
        ids = [p for word in word_pieces for p in word]
        forms = [shape_of(w) for w, p in zip(_words(window), word_pieces, strict=True) for _ in p]
        made["pieces"][r, : len(ids) + 2] = torch.tensor([ends[0], *ids, ends[1]])
        made["shapes"][r, 1 : len(ids) + 1] = torch.tensor(forms)
        made["mask"][r, : len(ids) + 2] = 1
        sizes = torch.tensor([len(p) for p in word_pieces])
        last = sizes.cumsum(0)
        made["last"][r, : len(last)] = last
        made["first"][r, : len(last)] = last - sizes + 1
        if not names:
            _fill_trees(made, r, window)
    return made | (_names(batch, rows, most) if names else {})


def _fill_trees(made: Batch, row: int, window: Window) -> None:
    """Write the trees of a window: heads count words of the window from 1."""
    at, (sentences, kept) = 0, window
    for number, sentence in enumerate(sentences):
        size = len(sentence.words)
        whole = sentence is not sentences[-1] or kept == size
        size = size if whole else kept
        place = slice(at, at + size)
        made["sentence"][row, place] = number
        if sentence.starts:
            made["start"][row, place] = torch.tensor([1] + [0] * (size - 1))
        if whole:
            heads = [h + at if h > 0 else h for h in sentence.heads]
            made["head"][row, place] = torch.tensor(heads)
            # Of a root the label is known with the head: it teaches nothing.
            labels = [-1 if x == ROOT else x for x in sentence.labels]
            made["label"][row, place] = torch.tensor(labels)
            made["tag"][row, place] = torch.tensor(sentence.tags)
        if sentence.given:
            _fill_given(made, row, place, sentence.given)
        at += size
    made["start"][row, 0] = -1  # the first word of a text begins a sentence


def _fill_given(made: Batch, row: int, place: slice, given: Sentence) -> None:
    """Write the given tree of a sentence; of one that is cut off, heads beyond it are the root."""
    size = place.stop - place.start
    heads = [h + place.start if 0 < h <= size else 0 for h in given.heads[:size]]
    for name, values in (("head", heads), ("label", given.labels), ("tag", given.tags)):
        known = torch.tensor(values[:size]).clamp(min=0)
        made.setdefault(f"given_{name}", torch.zeros_like(made["head"]))[row, place] = known


def _names(batch: list[Window], rows: int, most: int) -> Batch:
    allowed = torch.zeros(rows, most, len(NAME_LABELS), dtype=torch.bool)
    weight = torch.zeros(rows, most)
    for r, (sentences, kept) in enumerate(batch):
        labels = [a for s in sentences[:-1] for a in s.allowed] + sentences[-1].allowed[:kept]
        weights = [w for s in sentences[:-1] for w in s.weights] + sentences[-1].weights[:kept]
        for i, (label, w) in enumerate(zip(labels, weights, strict=True)):
            if label:
                allowed[r, i, label] = True
                weight[r, i] = w
    allowed[weight == 0] = True
    return {"allowed": allowed, "weight": weight}
