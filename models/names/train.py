"""Fine-tune MiniLM-L6 to find names: one label a word, learned from sets of allowed labels.

Every word of ``prepare.py``'s output has the labels that it may have. A corpus that says
"location" allows Country, City, Region, Place and Facility; the loss is the negative logarithm
of what the model gives to all of them together. So corpora with other types, and those
that annotate only some names, teach what they know and nothing else.

The encoder reads lower case only; how each word was written (Title, CAPITALS, mIxed,
d1gits) comes in as the token type, whose embeddings are learned here.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

TYPES = [
    "Person",
    "Organization",
    "PoliticalParty",
    "Country",
    "City",
    "Region",
    "Place",
    "Facility",
    "Event",
    "Work",
    "Law",
    "Product",
    "Group",
]
LABELS = ["O", *(f"{p}-{t}" for t in TYPES for p in "BI")]
SHAPES = 6
PIECES = 126
BATCH_PIECES = 2048
COPIES = {"politics": 3, "re3d": 2, "science": 1}
SEED = 5
FAST = 2e-3


def shape(word: str) -> int:
    """Return the number of the way a word is written; the same as at run time."""
    if any(c.isdigit() for c in word):
        return 4
    if not word[0].isupper():
        return 3 if any(c.isupper() for c in word) else 0
    if word.isupper():
        return 2 if len(word) > 1 else 5
    return 1 if word[1:].islower() else 3


class NameModel(nn.Module):
    """MiniLM with a token type for each way of writing, and a layer that labels."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager"
        )
        old = self.encoder.embeddings.token_type_embeddings.weight.data[0]
        self.encoder.embeddings.token_type_embeddings = nn.Embedding(SHAPES, old.shape[0])
        # All begin as the one type that the encoder knows, so that nothing is unlearned.
        self.encoder.embeddings.token_type_embeddings.weight.data[:] = old
        self.encoder.config.type_vocab_size = SHAPES
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(old.shape[0], len(LABELS))

    def forward(
        self, pieces: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of the labels and the encoder's output."""
        hidden = self.encoder(
            input_ids=pieces, token_type_ids=shapes, attention_mask=mask
        ).last_hidden_state
        return self.head(self.dropout(hidden)), hidden


def chunks(row: dict, tokenizer: Tokenizer) -> list[tuple]:
    """Return (pieces, shapes, first piece of each word, allowed, weights), sentences packed."""
    found, current = [], None
    for first, last in row["sents"]:
        ids, shapes, heads = [], [], []
        for word in row["words"][first:last]:
            heads.append(len(ids))
            # 100 is the piece for what has none.
            pieces = tokenizer.encode(word, add_special_tokens=False).ids or [100]
            ids += pieces[:8]
            shapes += [shape(word)] * len(pieces[:8])
        ids, shapes = ids[:PIECES], shapes[:PIECES]
        heads = [h for h in heads if h < PIECES]
        allowed = row["allowed"][first : first + len(heads)]
        weight = row["weight"][first : first + len(heads)]
        if current and len(current[0]) + len(ids) <= PIECES:
            offset = len(current[0])
            current[0].extend(ids), current[1].extend(shapes)
            current[2].extend(h + offset for h in heads)
            current[3].extend(allowed), current[4].extend(weight)
        else:
            current = (ids, shapes, heads, list(allowed), list(weight))
            found.append(current)
    return found


def batches(items: list, rng: random.Random) -> list[list]:
    """Return batches of like length, in random order."""
    # By length, roughly: padding is work for nothing; by lot within it.
    order = sorted(range(len(items)), key=lambda i: (len(items[i][0]) // 8, rng.random()))
    found, batch, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i][0]) + 2)
        if batch and longest * (len(batch) + 1) > BATCH_PIECES:
            found.append(batch)
            batch, longest = [], len(items[i][0]) + 2
        batch.append(items[i])
    found.append(batch)
    rng.shuffle(found)
    return found


def tensors(batch: list) -> tuple[torch.Tensor, ...]:
    """Pad a batch; [CLS] is 101, [SEP] 102."""
    width = max(len(item[0]) for item in batch) + 2
    pieces = torch.zeros(len(batch), width, dtype=torch.long)
    shapes, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
    rows, columns, allowed, weights = [], [], [], []
    for r, (ids, forms, heads, labels, weight) in enumerate(batch):
        pieces[r, : len(ids) + 2] = torch.tensor([101, *ids, 102])
        shapes[r, 1 : len(ids) + 1] = torch.tensor(forms)
        mask[r, : len(ids) + 2] = 1
        for head, label, w in zip(heads, labels, weight, strict=True):
            if label:
                rows.append(r), columns.append(head + 1), weights.append(w)
                allowed.append(label)
    may = torch.zeros(len(allowed), len(LABELS), dtype=torch.bool)
    for i, label in enumerate(allowed):
        may[i, label] = True
    return (
        pieces,
        shapes,
        mask,
        torch.tensor(rows),
        torch.tensor(columns),
        may,
        torch.tensor(weights),
    )


def load(path: Path, tokenizer: Tokenizer) -> list:
    """Return the sequences of prepare.py's output."""
    number = {label: i for i, label in enumerate(LABELS)}
    items = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        row["allowed"] = [[number[x] for x in a] if a else None for a in row["allowed"]]
        copies = COPIES.get(row["domain"] or row["set"], 1)
        for item in chunks(row, tokenizer):
            items += [item] * copies
    return items


def optimizer_of(model: NameModel, rate: float) -> torch.optim.Optimizer:
    """Return an optimizer: faster for what begins from nothing, still for the word pieces."""
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    # These begin from nothing, and learn at a rate that would ruin the rest.
    fast = [*model.head.parameters(), *model.encoder.embeddings.token_type_embeddings.parameters()]
    fast_ids = {id(p) for p in fast}
    slow = [p for p in model.parameters() if id(p) not in fast_ids and p.requires_grad]
    groups = [{"params": slow, "lr": rate}, {"params": fast, "lr": FAST}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def loss_of(model: NameModel, batch: list) -> torch.Tensor:
    """Return the loss: what the model gives to all that is allowed together."""
    pieces, shapes, mask, rows, columns, may, weights = tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, _ = model(pieces, shapes, mask)
    logits = logits.float()[rows, columns]
    score = logits.log_softmax(-1).masked_fill(~may, -1e9).logsumexp(-1)
    return -(score * weights).sum() / weights.sum()


def read_options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-4)
    return parser.parse_args()


def main() -> None:
    """Train and write."""
    options = read_options()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    rng = random.Random(SEED)
    tokenizer = Tokenizer.from_file(f"{options.encoder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    items = load(options.data, tokenizer)
    model = NameModel(options.encoder)
    optimizer = optimizer_of(model, options.rate)
    steps = sum(len(batches(items, random.Random(1))) for _ in range(options.epochs))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [options.rate, FAST],
        total_steps=steps + 50,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    begun = time.time()
    for epoch in range(options.epochs):
        model.train()
        losses = []
        for batch in batches(items, rng):
            loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        seconds = time.time() - begun
        print(f"epoch {epoch} loss {sum(losses) / len(losses):.4f} {seconds:.0f} s", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    main()
