"""Train the encoder and its heads together: batches of trees and batches of names in turn.

python models/encoder/train.py --encoder MINILM --data DATA --names names.jsonl --out trained
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from network import WEIGHTS, Batch, Encoder, Teacher, losses
from tokenizers import Tokenizer
from torch import nn
from windows import (
    Pieces,
    Sentence,
    Window,
    read_names,
    sentence_of,
    shortened,
    size_of,
    tensors,
    windows,
)

from kg.evaluation.trees import TreeDocument, ewt_dev, read_trees

BATCH_PIECES = 2048
SEED = 5
FASTER = 10
"""How much faster learns what begins from nothing."""
TREES = {"masc_train": 2.0, "gum_train": 1.0, "ewt_train": 1.0, "craft_train": 0.3}
"""Sets of trees, and how often an epoch reads each."""
COPIES = {"politics": 3, "re3d": 2, "judged": 3}
"""Domains of names that an epoch reads more than once."""
NOT_FREE = re.compile(r"wsj_")
"""Documents of MASC whose texts are not free."""


class Data:
    """The documents of all sets, and the windows of an epoch."""

    def __init__(self, options: argparse.Namespace, pieces: Pieces) -> None:
        self.pieces = pieces
        out = ewt_dev(options.data)
        self.trees: list[tuple[float, list[list[Sentence]]]] = []
        for name, share in TREES.items():
            documents = read_trees(options.data / "trees" / f"{name}.conll.gz")
            given = (
                read_trees(options.given / f"{name}.conll")
                if options.given
                else [None] * len(documents)
            )
            kept = [
                sentences_of(document, beside)
                for document, beside in zip(documents, given, strict=True)
                if document.id not in out and not NOT_FREE.match(document.id)
            ]
            self.trees.append((share, kept))
        for path in options.silver:
            silver = [[sentence_of(t, starts=False) for t in d.trees] for d in read_trees(path)]
            self.trees.append((options.silver_share, silver))
        self.names = read_names(options.names) if options.names else []

    def epoch(self, rng: random.Random) -> list[list[Window]]:
        """Return the batches of one epoch, in random order."""
        trees, names = [], []
        for share, documents in self.trees:
            for _ in range(int(share)):
                trees += [w for d in documents for w in self._windows(shortened(d, rng), rng)]
            if share % 1:
                some = rng.sample(documents, int(len(documents) * (share % 1)))
                trees += [w for d in some for w in self._windows(shortened(d, rng), rng)]
        for domain, document in self.names:
            for _ in range(COPIES.get(domain, 1)):
                names += self._windows(document, rng)
        found = [*self._batches(trees, rng), *self._batches(names, rng)]
        rng.shuffle(found)
        return found

    def _windows(self, document: list[Sentence], rng: random.Random) -> list[Window]:
        return list(windows(document, self.pieces, rng))

    def _batches(self, found: list[Window], rng: random.Random) -> Iterator[list[Window]]:
        """Yield batches of windows of like length."""
        sized = [(size_of(w, self.pieces) + 2, rng.random(), w) for w in found]
        sized.sort(key=lambda item: (item[0] // 8, item[1]))
        batch: list[Window] = []
        longest = 0
        for size, _, window in sized:
            longest = max(longest, size)
            if batch and longest * (len(batch) + 1) > BATCH_PIECES:
                yield batch
                batch, longest = [], size
            batch.append(window)
        if batch:
            yield batch


def sentences_of(document: TreeDocument, given: TreeDocument | None) -> list[Sentence]:
    """Return the sentences of a document, with the given tree of each if there is one."""
    beside = given.trees if given else [None] * len(document.trees)
    return [sentence_of(t, given=g) for t, g in zip(document.trees, beside, strict=True)]


class Trainer:
    """One of the processes that train one model: each takes every other batch."""

    def __init__(self, options: argparse.Namespace, rank: int) -> None:
        torch.manual_seed(SEED + rank)
        torch.set_num_threads(1)  # two wait for each other longer than they save
        torch.set_flush_denormal(True)
        self.options, self.rank = options, rank
        self.pieces, self.ends = piece_cutter(options.encoder), ends_of(options.encoder)
        self.data = Data(options, self.pieces)
        self.model = (Teacher if options.given else Encoder)(options.encoder)
        if options.start:
            self.model.load_state_dict(torch.load(options.start))
        self.optimizer = optimizer_of(self.model, options.rate)
        self.rng = random.Random(SEED)  # the same in all processes

    def run(self) -> None:
        """Train, and write the model."""
        per_epoch = len(self.data.epoch(random.Random(SEED))) // self.options.processes
        steps = int(per_epoch * self.options.epochs)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, [group["lr"] for group in self.optimizer.param_groups], total_steps=steps + 1,
            pct_start=0.1, anneal_strategy="linear",
        )  # fmt: skip
        begun, told = time.time(), dict[str, list[float]]()
        for step, batch in zip(range(1, steps + 1), self.batches(), strict=False):
            for name, value in self.step(batch).items():
                told.setdefault(name, []).append(value)
            schedule.step()
            if step % 50 == 0 and self.rank == 0:
                means = "  ".join(f"{n} {sum(v) / len(v):.3f}" for n, v in sorted(told.items()))
                print(f"step {step}/{steps}  {means}  {time.time() - begun:.0f} s", flush=True)
                told.clear()
            if step % 500 == 0 and self.rank == 0:
                self.save()
        if self.rank == 0:
            self.save()

    def batches(self) -> Iterator[Batch]:
        """Yield this process's batches, epoch after epoch."""
        while True:
            epoch = self.data.epoch(self.rng)
            whole = len(epoch) // self.options.processes * self.options.processes
            for batch in epoch[self.rank : whole : self.options.processes]:
                yield tensors(batch, self.pieces, self.ends)

    def step(self, batch: Batch) -> dict[str, float]:
        """Learn from a batch; return the loss of each head."""
        self.model.train()
        found = losses(self.model, batch)
        total = sum(WEIGHTS[name] * loss for name, loss in found.items())
        self.optimizer.zero_grad()
        total.backward()
        if self.options.processes > 1:
            average(self.model)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return {name: loss.item() for name, loss in found.items()}

    def save(self) -> None:
        """Write the weights."""
        self.options.out.mkdir(parents=True, exist_ok=True)
        torch.save(self.model.state_dict(), self.options.out / "model.pt")


def average(model: nn.Module) -> None:
    """Give all processes the mean of their gradients."""
    learned = [p for p in model.parameters() if p.requires_grad]
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in learned]
    flat = torch.cat([g.flatten() for g in grads])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    parts = flat.split([p.numel() for p in learned])
    for p, part in zip(learned, parts, strict=True):
        p.grad = part.view_as(p)


def piece_cutter(folder: str) -> Pieces:
    """Return what cuts a word into the numbers of its pieces, as kg does at run time."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return cache(lambda word: tuple(tokenizer.encode(word, add_special_tokens=False).ids) or (100,))


def ends_of(folder: str) -> tuple[int, int]:
    """Return the numbers of the pieces that stand around a text."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    first, *_, last = tokenizer.encode("a").ids
    return first, last


def optimizer_of(model: Encoder, rate: float) -> torch.optim.Optimizer:
    """Return an optimizer: faster for what begins from nothing, still for the word pieces."""
    embeddings = model.encoder.embeddings
    embeddings.word_embeddings.weight.requires_grad = False
    new = (embeddings.token_type_embeddings if model.typed else model.shapes).weight
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    slow = [p for n, p in learned if n.startswith("encoder.") and p is not new]
    fast = [p for n, p in learned if not n.startswith("encoder.") or p is new]
    groups = [{"params": slow, "lr": rate}, {"params": fast, "lr": FASTER * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def read_options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True, help="folder of MiniLM-L6, or of MPNet")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="what prepare_names.py wrote")
    parser.add_argument("--silver", type=Path, nargs="*", default=[], help="trees of a teacher")
    parser.add_argument(
        "--silver-share", type=float, default=1.0, help="how often an epoch reads them"
    )
    parser.add_argument("--given", type=Path, help="train a teacher: the small pipeline's trees")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def train(rank: int, options: argparse.Namespace) -> None:
    """Run one process."""
    if options.processes > 1:
        address = f"file://{options.out.absolute()}.meeting"
        dist.init_process_group(
            "gloo", init_method=address, rank=rank, world_size=options.processes
        )
    Trainer(options, rank).run()


def main() -> None:
    """Train with as many processes as asked for."""
    options = read_options()
    Path(f"{options.out.absolute()}.meeting").unlink(missing_ok=True)
    if options.processes > 1:
        mp.spawn(train, (options,), options.processes)
    else:
        train(0, options)


if __name__ == "__main__":
    main()
