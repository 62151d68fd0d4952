"""Train the relation network: which mentions of a stretch of text are related, and how.

    python models/relations/train.py --train relations.pkl --dev dev.pkl --out models/relations

``relations.pkl`` and ``dev.pkl`` are what prepare.py wrote. A set teaches only what it annotates:
all of its relations (Re-DocRED, CoNLL04), those that were looked for in a sentence (KnowledgeNet),
one pair a sentence (FewRel), some of all there are (re3d).
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from examples import Example
from torch import nn

from kg.evaluation.relation_names import labels_of, told_by, with_implied
from kg.reading.encoder.model import STEP, WIDTH
from kg.reading.relations.network import DISTANCES, Spot, fed_of
from kg.reading.relations.tables import KINDS, NAMED

WIDE, HEADS, HIDDEN = 128, 4, 256
"""Width of words, how many attentions, width of the last layer but one."""
DROPOUT, TYPELESS, SILENT = 0.2, 0.15, 0.1
"""What is dropped: of the layers, of the types of mentions, of the states of words."""
EPOCHS, BATCH, RATE, DECAY = 8, 32, 1e-3, 0.05
RARE = 10
"""A relation of fewer instances is not learned."""
NEAREST = 4
"""Pairs of mentions of two things that are looked at, the nearest ones."""
MOST_PAIRS, LONG, LONGEST = 120, 120, 260
"""Pairs of things of a stretch, words of a long one, words of the longest read as a whole."""
JUDGED = 2.0
"""What it counts that somebody judged a relation to hold, or not to."""
WEIGHTS = {"fewrel": 0.1, "re3d": 0.5}
"""What it counts that a set says nothing of a pair, where it is less than 1."""
UNSEEN, ELSEWHERE = 0.25, 0.02
"""What it counts that a pair has a relation which its set does not annotate, nor any set of whole texts:
by far most pairs have not; and one that other sets of whole texts annotate, which they may have."""
WHOLE_TEXTS = frozenset({"redocred", "knowledgenet"})
WHOLE, SIZES = 0.2, (1, 1, 2, 3)
"""How often a document is read as a whole, and else how many sentences together."""
Pair = tuple[int, int]


@dataclass(slots=True)
class Stretch:
    """Some sentences of a document: its mentions, its pairs of things, what holds of them.

    ``unknown`` are relations that hold, but whose evidence stands elsewhere; ``weights`` says what
    each label counts where nothing is said of it.
    """

    example: Example
    start: int
    end: int
    mentions: list[tuple[int, int, int, int, int]]
    pairs: list[Pair]
    weights: np.ndarray
    holds: set[tuple[int, int, int]] = field(default_factory=set)
    denied: set[tuple[int, int, int]] = field(default_factory=set)
    unknown: set[tuple[int, int, int]] = field(default_factory=set)


@dataclass(frozen=True)
class Batch:
    """Stretches side by side: B x T words, N mentions, P pairs of mentions, Q of things."""

    states: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    kinds: torch.Tensor
    spans: torch.Tensor
    rows: torch.Tensor
    pairs: torch.Tensor
    between: torch.Tensor
    steps: torch.Tensor
    types_of_pairs: torch.Tensor
    things: torch.Tensor
    gold: torch.Tensor
    weights: torch.Tensor
    asked: list[tuple[int, int, int]]


class Network(nn.Module):
    """Words that know which are mentions look at each other once; each pair is pooled."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, WIDE)
        self.typed, self.kind = nn.Embedding(len(NAMED), WIDE), nn.Embedding(len(KINDS), WIDE)
        self.whole, self.before = nn.LayerNorm(WIDE), nn.LayerNorm(WIDE)
        self.asked, self.answered = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)
        self.within = nn.Sequential(
            nn.LayerNorm(WIDE), nn.Linear(WIDE, 2 * WIDE), nn.GELU(), nn.Dropout(DROPOUT),
            nn.Linear(2 * WIDE, WIDE),
        )  # fmt: skip
        self.step = nn.Embedding(DISTANCES, 16)
        self.types_of_pair = nn.Embedding(len(NAMED) ** 2, 32)
        self.pooled = nn.LayerNorm(5 * WIDE)
        self.last = nn.Sequential(
            nn.Linear(5 * WIDE + 48, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT),
            nn.Linear(HIDDEN, labels),
        )  # fmt: skip
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the scores of each pair of mentions."""
        states = F.dropout(batch.states / STEP, SILENT, self.training)
        words = self.whole(self.word(states) + self.typed(batch.types) + self.kind(batch.kinds))
        rows, size = words.shape[:2]
        parts = self.asked(self.before(words)).view(rows, size, 3, HEADS, WIDE // HEADS)
        asking, known, told = parts.permute(2, 0, 3, 1, 4)
        scores = asking @ known.transpose(-1, -2) / (WIDE // HEADS) ** 0.5
        heeded = (scores + torch.where(batch.mask, 0.0, -1e4)[:, None, None, :]).softmax(-1)
        found = (self.dropout(heeded) @ told).transpose(1, 2).reshape(rows, size, WIDE)
        words = words + self.dropout(self.answered(found))
        words = words + self.dropout(self.within(words))
        return self._of_pairs(batch, words, heeded)

    def _of_pairs(self, batch: Batch, words: torch.Tensor, heeded: torch.Tensor) -> torch.Tensor:
        """Pool what both mentions heed (Zhou et al. 2021, "ATLOP"), and what stands between them."""
        # N x T times B x T x D, each mention with the words of its row.
        mentions = (batch.spans[:, None, :] @ words[batch.rows])[:, 0]
        heed = (batch.spans[:, None, None, :] @ heeded[batch.rows])[:, :, 0]
        first, second = batch.pairs[:, 0], batch.pairs[:, 1]
        row = batch.rows[first]
        both = (heed[first] * heed[second]).sum(1)
        both = both / (both.sum(-1, keepdim=True) + 1e-6)
        context = (both[:, None, :] @ words[row])[:, 0]
        between = (batch.between[:, None, :] @ words[row])[:, 0]
        one, other = mentions[first], mentions[second]
        pooled = self.pooled(torch.cat([one, other, one * other, context, between], -1))
        known = [self.step(batch.steps), self.types_of_pair(batch.types_of_pairs)]
        return self.last(torch.cat([self.dropout(pooled), *known], -1))


class Labels:
    """The relations that are learned, by number, and which of them each set annotates."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counted: Counter[str] = Counter()
        told: dict[str, set[str]] = defaultdict(set)
        for example in examples:
            for *_, key in told_in(example):
                counted[key] += 1
                told[example.set].add(key)
        self.names = sorted(key for key, count in counted.items() if count >= RARE)
        self.number = {key: number for number, key in enumerate(self.names)}
        self._told = told

    def weights(self, example: Example) -> np.ndarray:
        """Return what it counts of each label that an example says nothing of a pair."""
        weight = WEIGHTS.get(example.set, 1.0)
        if example.set == "open":
            return np.zeros(len(self.names), np.float32)
        if example.set == "fewrel":
            return np.full(len(self.names), weight, np.float32)
        known = self._told[example.set]
        if example.looked_for is not None:
            names = labels_of(example.set)
            known = {
                key
                for label in example.looked_for
                if label in names
                for *_, key in with_implied(0, 1, names[label].key)
            }
        whole = set().union(*(self._told[name] for name in WHOLE_TEXTS))
        weights = np.array([ELSEWHERE if n in whole else UNSEEN for n in self.names], np.float32)
        weights[[self.number[key] for key in known if key in self.number]] = weight
        return weights


def told_in(example: Example) -> Iterator[tuple[int, int, str]]:
    """Yield what an example says of its things, in our terms."""
    for head, tail, label, _ in example.relations:
        yield from told_by(example.set, head, tail, label)


def stretches(
    example: Example, labels: Labels, rng: random.Random | None, size: int = 0
) -> Iterator[Stretch]:
    """Yield stretches of a document: some at random for training, else of ``size`` sentences.

    Of size 0 it is the whole document.
    """
    count = len(example.sentences)
    if rng is None:
        size = size or count
        steps = [(i, min(count, i + size)) for i in range(max(1, count - size + 1))]
    else:
        steps = at_random(example, rng)
    for first, after in steps:
        found = stretch(example, labels, first, after)
        if found is not None:
            yield found


def at_random(example: Example, rng: random.Random) -> list[tuple[int, int]]:
    """Return which sentences are read together."""
    count = len(example.sentences)
    whole = example.sentences[-1][1] < LONGEST and rng.random() < WHOLE
    if count <= 2 or whole:
        return [(0, count)]
    steps, at = [], 0
    while at < count:
        after = min(count, at + rng.choice(SIZES))
        steps.append((at, after))
        at = after
    return steps


def stretch(example: Example, labels: Labels, first: int, after: int) -> Stretch | None:
    """Return some sentences with what is known of their things; None if it is nothing."""
    start, end = example.sentences[first][0], example.sentences[after - 1][1]
    # What kg alone found is known to stand in no relation only where somebody looked.
    looked = example.looked_for is not None
    inside = [
        m
        for m in example.mentions
        if start <= m[0] and m[1] <= end and (looked or m[4] < example.extra)
    ]
    where: dict[int, set[int]] = defaultdict(set)
    for mention in inside:
        where[mention[4]] |= {
            n
            for n in range(first, after)
            if example.sentences[n][0] <= mention[0] < example.sentences[n][1]
        }
    found = Stretch(example, start, end, inside, [], labels.weights(example))
    part = set(range(first, after))
    whole = after - first == len(example.sentences)
    for head, tail, label, evidence in example.relations:
        if head not in where or tail not in where:
            continue
        borne = set(evidence) <= part if evidence else bool(where[head] & where[tail])
        for subject, object_, key in told_by(example.set, head, tail, label):
            if key in labels.number:
                known = found.holds if borne or whole else found.unknown
                known.add((subject, object_, labels.number[key]))
    found.unknown -= found.holds
    number = labels.number
    found.denied = {(a, b, number[key]) for a, b, key in example.denied if key in number}
    found.denied -= found.holds
    things = sorted(where)
    found.pairs = [(one, other) for one in things for other in things if one != other]
    if example.set in {"fewrel", "open"}:
        found.pairs = sorted({(one, other) for one, other, _ in found.holds | found.denied})
    return found if found.pairs else None


def batch_of(chosen: Sequence[Stretch], labels: Labels, rng: random.Random | None) -> Batch:
    """Return stretches as tensors; with ``rng`` for training, where some types are not told."""
    size = max(s.end - s.start for s in chosen)
    fed: dict[str, list[np.ndarray]] = defaultdict(list)
    rows: list[int] = []
    things: list[int] = []
    asked: list[tuple[int, int, int]] = []
    for number, found in enumerate(chosen):
        spots, pairs, owners, pairs_of_things = spots_of(found, rng)
        one = fed_of(found.example.states[found.start : found.end, :WIDTH], spots, pairs)
        one["pairs"] = one["pairs"] + len(rows)
        for name, table in one.items():
            fed[name].append(pad(table, size) if name in PADDED else table)
        rows += [number] * len(spots)
        things += [owner + len(asked) for owner in owners]
        asked += [(number, *pair) for pair in pairs_of_things]
    gold, weights = gold_of(chosen, asked, labels)
    stacked = {n: np.stack(t) if n in WORDS else np.concatenate(t) for n, t in fed.items()}
    mask = np.zeros((len(chosen), size), bool)
    for number, found in enumerate(chosen):
        mask[number, : found.end - found.start] = True
    stacked["states"] = stacked["states"].astype(np.float32)
    tensors = {name: torch.from_numpy(table) for name, table in stacked.items()}
    return Batch(
        mask=torch.from_numpy(mask), rows=torch.tensor(rows), things=torch.tensor(things),
        gold=torch.from_numpy(gold), weights=torch.from_numpy(weights), asked=asked, **tensors,
    )  # fmt: skip


WORDS = frozenset({"states", "types", "kinds"})
PADDED = WORDS | {"spans", "between"}


def pad(table: np.ndarray, size: int) -> np.ndarray:
    """Return a table with as many words as the longest of its batch."""
    axis = 1 if table.ndim == 2 and table.dtype == np.float32 else 0
    room = [(0, 0)] * table.ndim
    room[axis] = (0, size - table.shape[axis])
    return np.pad(table, room)


def spots_of(
    found: Stretch, rng: random.Random | None
) -> tuple[list[Spot], list[Pair], list[int], list[Pair]]:
    """Return mentions, pairs of them, for each pair which two things it is of, and these."""
    spots = []
    of_thing: dict[int, list[int]] = defaultdict(list)
    for number, (start, end, type_, kind, thing) in enumerate(found.mentions):
        told = type_ if rng is None or rng.random() > TYPELESS else 0
        spots.append(Spot(start - found.start, end - found.start, told, kind))
        of_thing[thing].append(number)
    chosen = found.pairs
    if rng is not None and len(chosen) > MOST_PAIRS:
        told_of = {(one, other) for one, other, _ in found.holds}
        rest = [pair for pair in chosen if pair not in told_of]
        chosen = sorted(told_of) + rng.sample(rest, min(len(rest), MOST_PAIRS))
    pairs, owners = [], []
    for owner, (one, other) in enumerate(chosen):
        near = sorted(
            ((i, j) for i in of_thing[one] for j in of_thing[other]),
            key=lambda p: abs(spots[p[0]].start - spots[p[1]].start),
        )
        pairs += near[:NEAREST]
        owners += [owner] * len(near[:NEAREST])
    return spots, pairs, owners, chosen


def gold_of(
    chosen: Sequence[Stretch], asked: Sequence[tuple[int, int, int]], labels: Labels
) -> tuple[np.ndarray, np.ndarray]:
    """Return what holds of each pair of things, and what each answer counts."""
    place = {pair: number for number, pair in enumerate(asked)}
    weights = np.stack([chosen[number].weights for number, *_ in asked])
    gold = np.zeros_like(weights)
    for number, found in enumerate(chosen):
        sure = JUDGED if found.example.set == "open" else 1.0
        known_of = (found.holds, 1.0, sure), (found.denied, 0.0, sure), (found.unknown, 0.0, 0.0)
        for known, told, weight in known_of:
            for one, other, label in known:
                at = place.get((number, one, other))
                if at is not None:
                    gold[at, label], weights[at, label] = told, weight
    return gold, weights


def scores_of_things(network: Network, batch: Batch) -> torch.Tensor:
    """Return the scores of pairs of things: of their mentions' the greatest."""
    scores = network(batch)
    empty = torch.full((len(batch.asked), scores.shape[1]), -30.0)
    return empty.scatter_reduce(
        0, batch.things[:, None].expand(-1, scores.shape[1]), scores, "amax", include_self=True
    )


def batches(found: Sequence[Stretch], rng: random.Random | None) -> Iterator[list[Stretch]]:
    """Yield stretches in batches, those of like length together."""
    mixed = rng.sample(list(found), len(found)) if rng else list(found)
    made = []
    for i in range(0, len(mixed), BATCH * 20):
        some = sorted(mixed[i : i + BATCH * 20], key=lambda s: s.end - s.start)
        while some:
            longest = some[min(BATCH, len(some)) - 1]
            size = BATCH if longest.end - longest.start <= LONG else BATCH // 4
            made.append(some[:size])
            some = some[size:]
    yield from rng.sample(made, len(made)) if rng else made


def train(examples: Sequence[Example], labels: Labels, seed: int, epochs: int) -> Network:
    """Return a network that has learned from examples."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    network = Network(len(labels.names))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    read = [
        list(batches([s for e in examples for s in stretches(e, labels, rng)], rng))
        for _ in range(epochs)
    ]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=sum(map(len, read)) + 1, pct_start=0.1
    )
    network.train()
    for number, made in enumerate(read):
        total = 0.0
        for chosen in made:
            batch = batch_of(chosen, labels, rng)
            loss = F.binary_cross_entropy_with_logits(
                scores_of_things(network, batch), batch.gold, reduction="none"
            )
            # By the root: a stretch of many pairs counts for more, but not as many times more.
            loss = (loss * batch.weights).sum() / (len(chosen) * len(batch.asked)) ** 0.5
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {number}: loss {total:.1f}", flush=True)
    return network.eval()


Found = tuple[str, str, int, int, str, float]
"""Set, document, two things, relation, how probable it is."""


@torch.no_grad()
def predictions(
    network: Network, examples: Sequence[Example], labels: Labels, size: int
) -> list[Found]:
    """Return what a network finds in examples, read ``size`` sentences at a time."""
    best: dict[tuple[str, str, int, int, str], float] = defaultdict(float)
    read = [s for e in examples for s in stretches(e, labels, None, size)]
    for chosen in batches(read, None):
        batch = batch_of(chosen, labels, None)
        scores = torch.sigmoid(scores_of_things(network, batch)).numpy()
        for (number, one, other), row in zip(batch.asked, scores, strict=True):
            example = chosen[number].example
            if max(one, other) >= example.extra:
                continue
            for label in np.nonzero((row > 0.05) & (chosen[number].weights > UNSEEN))[0]:
                key = (example.set, example.id, one, other, labels.names[label])
                best[key] = max(best[key], float(row[label]))
    return [(*key, score) for key, score in best.items()]


def measure(network: Network, examples: Sequence[Example], labels: Labels) -> None:
    """Print the best F1 of each set over all thresholds, with gold mentions."""
    for name, size in (
        ("redocred", 0),
        ("redocred", 1),
        ("knowledgenet", 0),
        ("conll04", 0),
        ("re3d", 1),
    ):
        chosen = [e for e in examples if e.set == name]
        gold = {(e.set, e.id, *told) for e in chosen for told in told_in(e)}
        found = sorted(predictions(network, chosen, labels, size), key=lambda f: -f[-1])
        best, right = (0.0, 0.0), 0
        for number, (*key, score) in enumerate(found, 1):
            right += tuple(key) in gold
            best = max(best, (2 * right / (number + len(gold)), score))
        print(
            f"{name:13} {size or 'all'} sentences: F1 {best[0]:.3f} from {best[1]:.2f}", flush=True
        )


def export(network: Network, labels: Labels, out: Path) -> None:
    """Write the network for onnxruntime, and the relations by number."""

    class OfOne(nn.Module):
        """One stretch at a time, and probabilities."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, states, types, kinds, spans, pairs, between, steps, types_of_pairs):  # noqa: ANN001, ANN202, PLR0913 - its inputs by name
            states = states[None].float()
            batch = Batch(
                states, torch.ones_like(states[..., 0], dtype=torch.bool), types[None], kinds[None],
                spans, torch.zeros_like(spans[:, 0], dtype=torch.int64), pairs, between, steps,
                types_of_pairs, pairs, states, states, [],
            )  # fmt: skip
            return torch.sigmoid(network(batch))

    fed = fed_of(
        np.zeros((9, WIDTH), np.int8), [Spot(0, 2, 1, 0), Spot(4, 5, 2, 0)], [(0, 1), (1, 0)]
    )
    torch.onnx.export(
        OfOne().eval(), tuple(map(torch.from_numpy, fed.values())), str(out / "relations.onnx"),
        dynamo=False, opset_version=17, input_names=list(fed), output_names=["odds"],
        dynamic_axes={
            "states": {0: "words"}, "types": {0: "words"}, "kinds": {0: "words"},
            "spans": {0: "mentions", 1: "words"}, "pairs": {0: "pairs"},
            "between": {0: "pairs", 1: "words"}, "steps": {0: "pairs"},
            "types_of_pairs": {0: "pairs"}, "odds": {0: "pairs"},
        },
    )  # fmt: skip
    (out / "labels.txt").write_text("".join(f"{n}\n" for n in labels.names), encoding="utf-8")


def read(path: Path) -> list[Example]:
    """Return the documents that prepare.py wrote."""
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301 - our own file


def main() -> None:
    """Train, measure on dev, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    examples = [e for e in read(options.train) if e.relations or e.looked_for or e.denied]
    labels = Labels(examples)
    print(len(examples), "documents", len(labels.names), "relations")
    network = train(examples, labels, options.seed, options.epochs)
    measure(network, read(options.dev), labels)
    export(network, labels, options.out)


if __name__ == "__main__":
    main()
