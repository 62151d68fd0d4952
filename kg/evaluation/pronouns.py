"""Whom "he" and "she" mean, against GAP (Webster, Recasens, Axelrod and Baldridge, TACL 2018).

Each snippet has a pronoun and two people whom it may mean; a pair of pronoun and name is
found where kg puts both into one group. Precision, recall and F1 are over pairs, for all,
for masculine and for feminine pronouns, as GAP's own scorer has them; published on its
test part: 66.9 for the best rule of thumb (parallel roles), 91 to 94 for large models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.figures import harmonic_mean, share
from kg.evaluation.gold import Row, gold_files, read_each, read_rows
from kg.progress import Progress, silent
from kg.reading.mentions.antecedents import PRONOUNS
from kg.records import Offsets, Reading
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class PronounScore:
    """Pairs of one part and one kind of pronoun: found and right, found, right."""

    part: str
    kind: str
    both: int
    found: int
    gold: int

    def line(self) -> str:
        """Return the figures on one line."""
        precision, recall = share(self.both, self.found), share(self.both, self.gold)
        f1 = harmonic_mean(precision, recall)
        return (
            f"gap {self.part:6} {self.kind:10} precision {precision:.3f}  recall {recall:.3f}  "
            f"F1 {f1:.3f}"
        )


def evaluate_pronouns(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> Iterator[PronounScore]:
    """Yield the scores of GAP's train part, on which weights may be tuned, and of its dev part.

    Raises:
        InputError: the set is not there.

    """
    for path in gold_files(data, ["gap/train.jsonl", "gap/dev.jsonl"]):
        counts: dict[str, Counter[str]] = {k: Counter() for k in ("all", "masculine", "feminine")}
        for row, reading in read_each(read_rows(path), settings, together=64, tell=tell):
            kind, tally = _tally(row, reading)
            counts["all"] += tally
            counts[kind] += tally
        for kind, count in counts.items():
            yield PronounScore(path.stem, kind, count["both"], count["found"], count["gold"])


def _tally(row: Row, reading: Reading) -> tuple[str, Counter[str]]:
    """Return the kind of a snippet's pronoun, and what of its pairs is found and right."""
    pronoun, right, wrong = pairs_of(row)
    word = row["text"][slice(*pronoun)].lower()
    both = sum(is_one(reading, pronoun, name) for name in right)
    too_many = sum(is_one(reading, pronoun, name) for name in wrong)
    kind = "masculine" if PRONOUNS[word] == "he" else "feminine"
    return kind, Counter(both=both, found=both + too_many, gold=len(right))


def pairs_of(row: Row) -> tuple[Offsets, list[Offsets], list[Offsets]]:
    """Return where a snippet's pronoun stands, the names that it means and those that it does not."""
    pronoun, right, wrong = (0, 0), list[Offsets](), list[Offsets]()
    for entity in row["entities"]:
        names = [(m[0], m[1]) for m in entity["mentions"] if m[2] != "pronoun"]
        own = [(m[0], m[1]) for m in entity["mentions"] if m[2] == "pronoun"]
        pronoun = own[0] if own else pronoun
        (right if own else wrong).extend(names)
    return pronoun, right, wrong


def is_one(reading: Reading, pronoun: Offsets, name: Offsets) -> bool:
    """Tell whether a group of a Reading holds a pronoun and some of a name's words."""
    for group in reading.groups:
        spans = [(m.passage.start, m.passage.end) for m in group.mentions]
        # Some words do: gold has “Mr Smith” where kg has “Smith”.
        if pronoun in spans and any(s < name[1] and name[0] < e for s, e in spans):
            return True
    return False
