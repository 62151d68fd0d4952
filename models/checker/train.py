"""Train the checker on judged claims: whether a claim is right, and whether it is worth keeping.

    python models/checker/train.py --claims claims.npz --out models/checker [--folds 3]

``claims.npz`` is what prepare.py wrote. Claims of training texts are learned; dev texts
calibrate. With ``--folds N`` nothing is written: of N parts of the training and dev texts each is
judged by networks that have seen the other parts, and the figures of that are printed.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import nn

from kg.evaluation.figures import area_under_roc
from kg.reading.claims.checker_tables import ABSENT, ROLES, numbered, padded
from kg.reading.encoder.model import MOST_SURE, STEP, WIDTH

SEEDS = (1, 2, 3)
"""Networks whose scores are added up: each alone is less sure."""
WIDE, HEADS, NAMED, HIDDEN = 96, 4, 24, 64
"""Width of words, how many attentions, width of features, width of the last layer."""
DROPOUT, SMOOTH = 0.3, 0.04
SILENT_STATES, SILENT_FEATURES = 0.1, 0.15
"""How often a claim is learned without the states of its words, and without each feature."""
RARE = 6
"""A feature of fewer claims is left out."""
EPOCHS, BATCH, RATE, DECAY = 12, 32, 1e-3, 0.1
WEIGHTS = (1.0, 0.4, 0.4)
"""What each verdict counts: right, no fact, informative."""
PLACES = ("subject", "predicate", "object", "argument")
RIGHT, INFORMATIVE = 0, 2
OPEN = "texts/"
"""How the names of open texts begin, for which the checker is made."""


@dataclass(frozen=True)
class Example:
    """A judged claim, in numbers."""

    states: np.ndarray
    roles: np.ndarray
    heads: np.ndarray
    features: list[str]
    verdicts: np.ndarray
    stated: bool
    file: str
    part: str


@dataclass(frozen=True)
class Batch:
    """Claims side by side: B x W words, of which ``mask`` tells the real ones."""

    states: torch.Tensor
    roles: torch.Tensor
    heads: torch.Tensor
    mask: torch.Tensor
    features: torch.Tensor


class Network(nn.Module):
    """Words with the places that they fill look at each other once; what they say is pooled."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.word, self.surety = nn.Linear(WIDTH, WIDE), nn.Linear(2, WIDE)
        self.role, self.head = nn.Embedding(len(ROLES), WIDE), nn.Embedding(2, WIDE)
        self.before, self.asked = nn.LayerNorm(WIDE), nn.Linear(WIDE, 3 * WIDE)
        self.answered = nn.Linear(WIDE, WIDE)
        self.within = nn.Sequential(
            nn.LayerNorm(WIDE), nn.Linear(WIDE, 2 * WIDE), nn.GELU(), nn.Dropout(DROPOUT),
            nn.Linear(2 * WIDE, WIDE), nn.Dropout(DROPOUT),
        )  # fmt: skip
        self.named = nn.Embedding(features + 1, NAMED, padding_idx=ABSENT)
        self.weighed = nn.Embedding(features + 1, len(WEIGHTS), padding_idx=ABSENT)
        nn.init.normal_(self.named.weight, std=0.05)
        nn.init.zeros_(self.weighed.weight)
        self.pooled = nn.Sequential(nn.LayerNorm(5 * WIDE), nn.Dropout(DROPOUT))
        self.last = nn.Sequential(
            nn.Linear(5 * WIDE + NAMED + 2 * len(PLACES) + 5, HIDDEN), nn.GELU(),
            nn.Dropout(DROPOUT), nn.Linear(HIDDEN, len(WEIGHTS)),
        )  # fmt: skip
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the scores of each claim: right, no fact, informative."""
        surety = batch.states[..., WIDTH:] / MOST_SURE
        words = self.word(F.dropout(batch.states[..., :WIDTH] / STEP, DROPOUT / 2, self.training))
        words = words + self.surety(surety) + self.role(batch.roles) + self.head(batch.heads)
        words = words + self.dropout(self._attend(self.before(words), batch.mask))
        words = words + self.within(words)
        weights = [*((batch.roles == ROLES[p]) for p in PLACES[:3]), batch.heads == 1, batch.mask]
        pooled = self.pooled(torch.cat([mean(words, w) for w in weights], -1))
        named = self.named(batch.features).sum(1)
        told = torch.cat([pooled, named, self._surety(surety, batch)], -1)
        return self.last(told) + self.weighed(batch.features).sum(1)

    def _attend(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, size = words.shape[:2]
        parts = self.asked(words).view(rows, size, 3, HEADS, WIDE // HEADS).permute(2, 0, 3, 1, 4)
        asking, asked, told = parts[0], parts[1], parts[2]
        scores = asking @ asked.transpose(-1, -2) / (WIDE // HEADS) ** 0.5
        scores = scores + torch.where(mask, 0.0, -1e4)[:, None, None, :]
        found = self.dropout(scores.softmax(-1)) @ told
        return self.answered(found.transpose(1, 2).reshape(rows, size, WIDE))

    @staticmethod
    def _surety(surety: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Return how sure the parse is, at its least in each place, at its heads, and on the whole."""
        places = [batch.roles == ROLES[place] for place in PLACES]
        least = [least_of(surety, w) for w in (*places, batch.heads == 1)]
        within = (batch.roles > 0) & (batch.roles <= ROLES["argument"])
        return torch.cat([*least, mean(surety, within), mean(surety, batch.mask)[:, :1]], -1)


def mean(values: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """Return the mean of the chosen words: nothing where none is chosen."""
    weight = chosen.float().unsqueeze(-1)
    return (values * weight).sum(1) / (weight.sum(1) + 1e-6)


def least_of(values: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """Return the least of the chosen words, 1 where none is chosen."""
    return torch.where(chosen.unsqueeze(-1), values, 1.0).amin(1)


class Ensemble(nn.Module):
    """Networks added up, with probabilities that are calibrated; as it is exported."""

    def __init__(
        self, networks: Sequence[Network], scale: torch.Tensor, shift: torch.Tensor
    ) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        self.register_buffer("scale", scale)
        self.register_buffer("shift", shift)

    def forward(
        self,
        states: torch.Tensor,
        roles: torch.Tensor,
        heads: torch.Tensor,
        features: torch.Tensor,
    ) -> torch.Tensor:
        """Return how probable it is that each claim of a window is right, and informative."""
        # One row for all claims, so that what words alone tell is reckoned once.
        batch = Batch(states.float().unsqueeze(0), roles, heads, roles >= 0, features)
        scores = sum(network(batch) for network in self.networks) / len(self.networks)
        chosen = torch.stack([scores[:, RIGHT], scores[:, INFORMATIVE]], -1)
        return torch.sigmoid(chosen * self.scale + self.shift)


def read(path: Path) -> list[Example]:
    """Return the claims that prepare.py wrote."""
    table = np.load(path)
    columns = {name: table[name] for name in table.files}
    ends = np.cumsum(columns["sizes"])
    return [
        Example(
            columns["states"][end - size : end],
            columns["roles"][end - size : end],
            columns["heads"][end - size : end],
            json.loads(str(features)), verdicts, bool(stated), str(file), str(part),
        )
        for end, size, features, verdicts, stated, file, part in zip(
            ends, columns["sizes"], columns["features"], columns["verdicts"], columns["stated"],
            columns["files"], columns["parts"], strict=True,
        )
    ]  # fmt: skip


def vocabulary(examples: Sequence[Example]) -> list[str]:
    """Return the features that are not rare, by name."""
    counts = Counter(f for e in examples for f in e.features)
    return sorted(f for f, n in counts.items() if n >= RARE)


def batch_of(
    examples: Sequence[Example], number: dict[str, int], rng: random.Random | None = None
) -> Batch:
    """Return claims side by side; in training, by ``rng``, with something left out."""
    size = max(len(e.roles) for e in examples)
    states = np.zeros((len(examples), size, WIDTH + 2), np.float32)
    roles = np.zeros((len(examples), size), np.int64)
    heads = np.zeros((len(examples), size), np.int64)
    mask = np.zeros((len(examples), size), bool)
    named = []
    for row, e in enumerate(examples):
        length = len(e.roles)
        if rng is None or rng.random() > SILENT_STATES:
            states[row, :length] = e.states
        roles[row, :length], heads[row, :length], mask[row, :length] = e.roles, e.heads, True
        kept = (f for f in e.features if rng is None or rng.random() > SILENT_FEATURES)
        named.append([ABSENT, *(number.get(f, ABSENT) for f in kept)])
    tables = (states, roles, heads, mask, padded(named))
    return Batch(*map(torch.from_numpy, tables))


def train(examples: Sequence[Example], names: Sequence[str], seed: int) -> Network:
    """Return a network that has learned from examples."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    number = numbered(names)
    network = Network(len(names))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = sum(len(list(batches(examples, rng))) for _ in range(EPOCHS))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps + 1, pct_start=0.2
    )
    network.train()
    for _ in range(EPOCHS):
        for chosen in batches(examples, rng):
            gold = torch.tensor(np.array([e.verdicts for e in chosen], np.float32))
            scores = network(batch_of(chosen, number, rng))
            loss = F.binary_cross_entropy_with_logits(
                scores, gold.clamp(min=0) * (1 - 2 * SMOOTH) + SMOOTH, reduction="none"
            )
            loss = loss * (gold >= 0)
            optimizer.zero_grad()
            (loss * torch.tensor(WEIGHTS)).sum(-1).mean().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Yield all examples once, those of like length together."""
    mixed = rng.sample(list(examples), len(examples))
    found = []
    for i in range(0, len(mixed), BATCH * 16):
        some = sorted(mixed[i : i + BATCH * 16], key=lambda e: len(e.roles))
        found += [some[j : j + BATCH] for j in range(0, len(some), BATCH)]
    yield from rng.sample(found, len(found))


@torch.no_grad()
def scores_of(
    networks: Sequence[Network], examples: Sequence[Example], names: Sequence[str]
) -> np.ndarray:
    """Return the scores of examples, the mean of the networks'."""
    number = numbered(names)
    found = []
    for i in range(0, len(examples), 64):
        batch = batch_of(examples[i : i + 64], number)
        found.append(torch.stack([network(batch) for network in networks]).mean(0))
    return torch.cat(found).numpy()


def calibration(scores: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    """Return scale and shift of scores that make them probabilities (Platt 1999)."""
    weights = torch.tensor([1.0, 0.0], requires_grad=True)
    x, y = torch.tensor(scores), torch.tensor(gold.astype(np.float32))
    optimizer = torch.optim.LBFGS([weights], max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x * weights[0] + weights[1], y)
        loss.backward()
        return loss

    optimizer.step(closure)
    scale, shift = weights.tolist()
    return scale, shift


def area(scores: np.ndarray, gold: np.ndarray, verdict: int) -> float:
    """Return the area under the ROC curve of one verdict."""
    pairs = zip(scores[:, verdict].tolist(), (gold[:, verdict] > 0).tolist(), strict=True)
    return area_under_roc(list(pairs))


def export(network: Ensemble, names: Sequence[str], out: Path) -> None:
    """Write the networks for onnxruntime, and the features by number."""
    number = numbered(names)
    fed = (
        torch.zeros(7, WIDTH + 2, dtype=torch.int8), torch.ones(3, 7, dtype=torch.int64),
        torch.ones(3, 7, dtype=torch.int64), torch.tensor([[number[names[0]], ABSENT]] * 3),
    )  # fmt: skip
    torch.onnx.export(
        network.eval(), fed, str(out / "checker.onnx"), dynamo=False, opset_version=17,
        input_names=["states", "roles", "heads", "features"], output_names=["odds"],
        dynamic_axes={
            "states": {0: "words"}, "roles": {0: "claims", 1: "words"},
            "heads": {0: "claims", 1: "words"}, "features": {0: "claims", 1: "features"},
            "odds": {0: "claims"},
        },
    )  # fmt: skip
    (out / "features.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def cross_validate(examples: Sequence[Example], folds: int) -> None:
    """Print how well networks judge the claims of open texts that they have not seen.

    Claims of other texts, and probes, are always learned.
    """
    asked = [e for e in examples if e.file.startswith(OPEN)]
    others = [e for e in examples if not e.file.startswith(OPEN)]
    files = sorted({e.file for e in asked})
    fold = np.array([files.index(e.file) % folds for e in asked])
    scores = np.zeros((len(asked), len(WEIGHTS)))
    for k in range(folds):
        learned = [*others, *(e for e, f in zip(asked, fold, strict=True) if f != k)]
        judged = [e for e, f in zip(asked, fold, strict=True) if f == k]
        names = vocabulary(learned)
        scores[fold == k] = scores_of([train(learned, names, s) for s in SEEDS], judged, names)
    gold = np.array([e.verdicts for e in asked])
    stated = np.array([e.stated for e in asked])
    dev = np.array([e.part == "dev" for e in asked])
    for kind, chosen in (("all", stated | True), ("stated", stated), ("dev", dev)):
        areas = (
            f"{name} {area(scores[chosen], gold[chosen], i):.3f}"
            for i, name in enumerate(("right", "no fact", "informative"))
        )
        print(f"{kind:7} {chosen.sum():5} claims, area under ROC:", *areas)
    _print_curve(scores[stated], gold[stated])


def _print_curve(scores: np.ndarray, gold: np.ndarray) -> None:
    """Print what is told of stated claims, the surest first, among those that seem informative."""
    scale, shift = calibration(scores[:, RIGHT], gold[:, RIGHT])
    sure = 1 / (1 + np.exp(-scores[:, RIGHT] * scale - shift))
    worthy = gold[:, RIGHT] & gold[:, INFORMATIVE]
    for least in np.arange(0.4, 0.95, 0.05):
        told = (scores[:, INFORMATIVE] > 0) & (sure >= least)
        right, useful = gold[told][:, RIGHT].mean(), worthy[told].mean()
        print(
            f"sure {least:.2f}: told {told.sum():5}  right {right:.3f}  and informative {useful:.3f}"
            f"  no fact {gold[told][:, 1].mean():.3f}  kept {worthy[told].sum() / worthy.sum():.3f}"
        )


def main() -> None:
    """Cross-validate, or train, calibrate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    examples = read(options.claims)
    if options.folds:
        cross_validate(examples, options.folds)
        return
    learned = [e for e in examples if e.part == "train"]
    asked = [e for e in examples if e.part == "dev"]
    names = vocabulary(learned)
    networks = [train(learned, names, seed) for seed in SEEDS]
    scores, gold = scores_of(networks, asked, names), np.array([e.verdicts for e in asked])
    fitted = [calibration(scores[:, i], gold[:, i]) for i in (RIGHT, INFORMATIVE)]
    areas = {
        name: area(scores, gold, i) for name, i in (("right", RIGHT), ("informative", INFORMATIVE))
    }
    print("dev, area under ROC:", areas, "scale and shift:", fitted)
    scale, shift = torch.tensor(fitted).T
    export(Ensemble(networks, scale, shift), names, options.out)


if __name__ == "__main__":
    main()
