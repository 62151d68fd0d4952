"""Let a teacher parse free texts: trees for the encoder to learn from, where the teacher is sure.

python models/encoder/teach.py --encoder MINILM --trained teacher --texts text.conll --out silver.conll
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from network import DEPS, IMPOSSIBLE, ROOT, TAGS, Teacher
from train import ends_of, piece_cutter
from windows import PIECES, Window, sentence_of, size_of, tensors

from kg.evaluation.trees import Tree, read_trees, written
from kg.reading.encoder.model import ONCE as ONCE_LABELS
from kg.reading.encoder.trees import best_heads, labels_once

ONCE = frozenset(map(DEPS.index, ONCE_LABELS))
SURE = 0.75
"""Probability from which on an arc is learned."""
BATCH_PIECES = 4096


def main() -> None:
    """Parse, sentence by sentence, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = Teacher(options.encoder)
    model.load_state_dict(torch.load(options.trained / "model.pt"))
    model.eval()
    teaching = Teaching(model, options.encoder)
    with options.out.open("w", encoding="utf-8") as out:
        for document in read_trees(options.texts):
            out.write(f"# newdoc id = {document.id}\n")
            out.writelines(written(tree) for tree in teaching.parsed(document.trees))


class Teaching:
    """Parses sentences that have a given tree."""

    def __init__(self, model: Teacher, folder: str) -> None:
        self.model, self.pieces, self.ends = model, piece_cutter(folder), ends_of(folder)

    def parsed(self, trees: Sequence[Tree]) -> list[Tree]:
        """Return the sentences that fit, in order, with the teacher's trees."""
        sentences = [(i, sentence_of(tree, given=tree)) for i, tree in enumerate(trees)]
        windows: list[tuple[int, Window]] = [(i, ([s], len(s.words))) for i, s in sentences]
        windows = [(i, w) for i, w in windows if size_of(w, self.pieces) <= PIECES]
        found: dict[int, Tree] = {}
        for batch in self._batches(windows):
            found |= self._parse(batch, trees)
        return [found[i] for i in sorted(found)]

    def _batches(self, windows: list[tuple[int, Window]]) -> Iterator[list[tuple[int, Window]]]:
        windows = sorted(windows, key=lambda item: size_of(item[1], self.pieces))
        batch: list[tuple[int, Window]] = []
        for item in windows:
            if batch and size_of(item[1], self.pieces) * (len(batch) + 1) > BATCH_PIECES:
                yield batch
                batch = []
            batch.append(item)
        if batch:
            yield batch

    @torch.no_grad()
    def _parse(self, batch: list[tuple[int, Window]], trees: Sequence[Tree]) -> dict[int, Tree]:
        made = tensors([window for _, window in batch], self.pieces, self.ends)
        scores = self.model(made)
        arcs = scores.arcs.log_softmax(-1)
        sizes = [len(trees[i].words) for i, _ in batch]
        heads = torch.zeros_like(made["head"])
        for row, size in enumerate(sizes):
            heads[row, :size] = torch.tensor(
                best_heads(arcs[row, :size, : size + 1].numpy().astype(float))
            )
        labels = self.model.label_scores(scores, heads)
        labels[..., ROOT] = IMPOSSIBLE
        chances = arcs.gather(2, heads.unsqueeze(-1)).squeeze(-1).exp()
        chances *= torch.where(heads == 0, 1.0, labels.softmax(-1).max(-1).values)
        found = {}
        for row, (i, _) in enumerate(batch):
            size, tree = sizes[row], trees[i]
            head = heads[row, :size].tolist()
            told = labels_once(labels[row, :size].numpy(), head, ONCE)
            found[i] = Tree(
                words=tree.words, spaces=tree.spaces, heads=head,
                tags=[TAGS[t] for t in scores.tags[row, :size].argmax(-1).tolist()],
                labels=[DEPS[d] if h else "ROOT" for h, d in zip(head, told, strict=True)],
                sure=(chances[row, :size] >= SURE).tolist(),
            )  # fmt: skip
        return found


if __name__ == "__main__":
    main()
