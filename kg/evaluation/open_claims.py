"""Open claims against CaRB's gold (Bhardwaj, Aggarwal and Mausam, EMNLP 2019).

A predicted tuple matches a gold tuple word by word, relation against relation and
argument against argument (all after the first joined). Recall of a gold tuple is its
best over all predictions; for precision each prediction is matched to one gold tuple
at most, greedily, the most precise first. F1 is the best over thresholds of confidence.
Gold is read from ``dev.tsv``: sentence, relation, arguments, one tuple a line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError
from kg.pipeline import read_documents
from kg.reading.documents import document_from_text
from kg.reading.nary_claims import ADVERB, CONTENT
from kg.records import Claim, Reading
from kg.settings import Settings

SPEECH = frozenset({"said", "told", "added", "adds", "says"})
"""A gold tuple with one of these may have speaker and quotation the other way round."""

ROLE_WORDS = {"agent": "by", "time": "", ADVERB: "", CONTENT: ""}
"""The words of arguments whose role is no preposition."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """A tuple as CaRB compares it."""

    relation: tuple[str, ...]
    arguments: tuple[tuple[str, ...], ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ClaimScore:
    """Precision, recall and F1 at the best threshold, on one half of the sentences."""

    part: str
    sentences: int
    precision: float
    recall: float
    f1: float
    threshold: float

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:8} sentences {self.sentences:4}  precision {self.precision:.3f}  "
            f"recall {self.recall:.3f}  F1 {self.f1:.3f}  at confidence {self.threshold:.2f}"
        )


def evaluate_open_claims(
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> list[ClaimScore]:
    """Return the scores of both halves of CaRB dev: rules are tuned on the first only."""
    gold = read_gold(data / "carb" / "dev.tsv")
    sentences = sorted(gold)
    documents = (document_from_text(s, document_id=f"s{n}") for n, s in enumerate(sentences))
    predicted: dict[str, list[Extraction]] = {}
    for number, reading in enumerate(read_documents(documents, settings, together=64, nary=True)):
        if progress:
            progress("reading", number, len(sentences))
        predicted[sentences[number]] = extractions(reading)
    halves = {
        "tuned": [s for s in sentences if is_tuned(s)],
        "held out": [s for s in sentences if not is_tuned(s)],
    }
    return [best_score(name, part, gold, predicted) for name, part in halves.items()]


def is_tuned(sentence: str) -> bool:
    """Tell whether a sentence belongs to the half on which rules may be tuned."""
    return sha256(sentence.encode()).digest()[0] % 2 == 0


def read_gold(path: Path) -> dict[str, list[Extraction]]:
    """Return the gold tuples of each sentence.

    Raises:
        InputError: the file is not there.

    """
    if not path.is_file():
        raise InputError(f"No gold at {path}. Give --data the folder that holds carb/dev.tsv.")
    gold: dict[str, list[Extraction]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, relation, *arguments = line.split("\t")
        words = tuple(tuple(a.lower().split()) for a in arguments if a.strip())
        gold[sentence].append(Extraction(tuple(relation.lower().split()), words))
    return dict(gold)


def extractions(reading: Reading) -> list[Extraction]:
    """Return a Reading's n-ary claims as tuples, with "X is Y" for appositions."""
    return [
        extraction(claim)
        for claim in reading.claims
        if (claim.object or claim.arguments)
        and (claim.found_by != "noun phrases" or claim.predicate.lemma == "be")
    ]


def extraction(claim: Claim) -> Extraction:
    """Return a claim as a tuple: relation, subject, object, then "in 2018", "by X" …."""
    relation = "is" if claim.predicate.implicit else claim.predicate.text
    phrases = [("", claim.object)] if claim.object else []
    phrases += [(ROLE_WORDS.get(a.role, a.role), a.phrase) for a in claim.arguments]
    if claim.predicate.passive and phrases and phrases[0][0] == "by":
        relation, phrases[0] = f"{relation} by", ("", phrases[0][1])
    arguments = [claim.subject.text, *(f"{word} {phrase.text}" for word, phrase in phrases)]
    said = claim.attribution
    if said is not None and said.speaker is not None:
        words = (said.speaker.text, said.cue.text)
        arguments.append(
            "according to " + words[0] if words[1].lower() == "according" else " ".join(words)
        )
    return Extraction(
        tuple(relation.lower().split()),
        tuple(tuple(a.lower().split()) for a in arguments),
        claim.confidence,
    )


def best_score(
    part: str,
    sentences: Sequence[str],
    gold: Mapping[str, list[Extraction]],
    predicted: Mapping[str, list[Extraction]],
) -> ClaimScore:
    """Return the score at the threshold of confidence that gives the best F1."""
    levels = sorted({e.confidence for s in sentences for e in predicted[s]}) or [0.0]
    scores = [
        _score(part, sentences, gold, predicted, level)
        for level in levels[:: max(1, len(levels) // 20)]
    ]
    return max(scores, key=lambda score: score.f1)


def _score(
    part: str,
    sentences: Sequence[str],
    gold: Mapping[str, list[Extraction]],
    predicted: Mapping[str, list[Extraction]],
    threshold: float,
) -> ClaimScore:
    precise = recalled = 0.0
    said = wanted = 0
    for sentence in sentences:
        found = [e for e in predicted[sentence] if e.confidence >= threshold]
        table = [[match(g, e) for e in found] for g in gold[sentence]]
        recalled += sum(max((cell[1] for cell in row), default=0.0) for row in table)
        precise += sum(_greedy_precision(table))
        said, wanted = said + len(found), wanted + len(table)
    precision, recall = precise / max(said, 1), recalled / max(wanted, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return ClaimScore(part, len(sentences), precision, recall, f1, threshold)


def _greedy_precision(table: Sequence[Sequence[tuple[float, float]]]) -> Iterator[float]:
    """Yield the precision of each prediction that is matched, the most precise first."""
    cells = sorted(
        ((cell[0], g, e) for g, row in enumerate(table) for e, cell in enumerate(row) if cell[0]),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for precision, g, e in cells:
        if g not in used_gold and e not in used_found:
            used_gold.add(g)
            used_found.add(e)
            yield precision


def match(gold: Extraction, found: Extraction) -> tuple[float, float]:
    """Return (precision, recall) of a prediction against a gold tuple."""
    reference, candidate = _binary(gold.arguments), _binary(found.arguments)
    straight = _match(gold.relation, reference, found.relation, candidate)
    if not SPEECH & set(gold.relation) or len(candidate) < 2:
        return straight
    return max(straight, _match(gold.relation, reference, found.relation, candidate[::-1]))


def _binary(arguments: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the first argument, and the others as one."""
    if len(arguments) < 2:
        return list(arguments)
    return [arguments[0], tuple(word for argument in arguments[1:] for word in argument)]


def _match(
    relation: Sequence[str],
    reference: Sequence[Sequence[str]],
    found: Sequence[str],
    candidate: Sequence[Sequence[str]],
) -> tuple[float, float]:
    same = _shared(relation, found)
    if not same or (len(candidate) < 2 and len(reference) > len(candidate)):
        return 0.0, 0.0
    in_found, in_gold = len(found), len(relation)
    for position, words in enumerate(reference):
        in_gold += len(words)
        if position < len(candidate):
            in_found += len(candidate[position])
            same += _shared(words, candidate[position])
    return same / in_found, same / in_gold


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    return (Counter(first) & Counter(second)).total()
