"""Open claims against CaRB's gold (Bhardwaj, Aggarwal and Mausam, EMNLP 2019).

A predicted tuple matches a gold tuple word by word, relation against relation and
argument against argument (all after the first joined). Recall of a gold tuple is its
best over all predictions; for precision each prediction is matched to one gold tuple
at most, greedily, the most precise first. F1 is the best over thresholds of confidence.
Gold is read from ``dev.tsv``: sentence, relation, arguments, one tuple a line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.figures import harmonic_mean, one_to_one, share
from kg.evaluation.gold import gold_file, halves_of, read_each
from kg.progress import Progress, silent
from kg.reading.claims.from_whole_clauses import ADVERB, CONTENT
from kg.records import Claim, Predicate, Reading
from kg.settings import Settings

SPEECH = ("said", "told", "added", "adds", "says")
"""A gold tuple with one of these may have speaker and quotation the other way round."""
FORMS_OF_BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
"""A predicted "be" matches any of these, as in CaRB's own scorer."""

ROLE_WORDS = {"agent": "by", "time": "", ADVERB: "", CONTENT: ""}
"""The words of arguments whose role is no preposition."""
_AFTER_HEAD = re.compile(r" (?:of|in|on|for|with|from|to|that|which|who|at|by) |,| --? ")
_PLURAL = frozenset({"they", "we", "you", "these", "those", "people", "men", "women", "children"})
_PRESENT = frozenset({"is", "are", "has", "have", "does", "do", "will", "can", "may", "must"})
_PAST = frozenset({"was", "were", "had", "did", "would", "could", "might"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """A tuple as CaRB compares it."""

    relation: tuple[str, ...]
    arguments: tuple[tuple[str, ...], ...]
    confidence: float = 1.0
    rule: str = ""


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


@dataclass(frozen=True, slots=True)
class RuleScore:
    """What one rule adds: its tuples, their precision, the F1 that is lost without them."""

    rule: str
    tuples: int
    precision: float
    recall: float
    lost: float

    def line(self) -> str:
        """Return the figures on one line."""
        f1 = harmonic_mean(self.precision, self.recall)
        return (
            f"  {self.rule:26} tuples {self.tuples:4}  precision {self.precision:.3f}  "
            f"recall {self.recall:.3f}  F1 {f1:.3f}  without it {-100 * self.lost:+.1f}"
        )


def evaluate_open_claims(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> Iterator[ClaimScore | RuleScore]:
    """Yield the scores of both halves of CaRB dev, and of each rule on the held-out one.

    Rules are tuned on the first half only, and so is the confidence from which a claim
    counts; CaRB itself takes the best for the half that it measures.
    """
    gold = read_gold(data)
    predicted = {
        sentence: extractions(reading)
        for sentence, reading in read_sentences(sorted(gold), settings, nary=True, tell=tell)
    }
    halves = halves_of(gold)
    tuned = best_score("tuned", halves["tuned"], gold, predicted)
    yield tuned
    held_out = halves["held out"]
    yield best_score("held out", held_out, gold, predicted)
    yield score_at("at tuned", held_out, gold, predicted, threshold=tuned.threshold)
    yield from by_rule(held_out, gold, predicted, threshold=tuned.threshold)


def read_sentences(
    sentences: Sequence[str], settings: Settings, *, nary: bool, tell: Progress = silent
) -> Iterator[tuple[str, Reading]]:
    """Yield each sentence with its Reading, every one a document of its own."""
    rows = [{"id": f"s{n}", "text": sentence} for n, sentence in enumerate(sentences)]
    for row, reading in read_each(rows, settings, together=64, nary=nary, tell=tell):
        yield row["text"], reading


def by_rule(
    sentences: Sequence[str],
    gold: Mapping[str, list[Extraction]],
    predicted: Mapping[str, list[Extraction]],
    *,
    threshold: float,
) -> Iterator[RuleScore]:
    """Yield what each rule adds, the most frequent first."""
    sure = (e.rule for s in sentences for e in predicted[s] if e.confidence >= threshold)
    whole = score_at("", sentences, gold, predicted, threshold=threshold).f1
    for rule, count in Counter(sure).most_common():
        own, others = _parted(predicted, rule)
        alone = score_at("", sentences, gold, own, threshold=threshold)
        lost = whole - score_at("", sentences, gold, others, threshold=threshold).f1
        yield RuleScore(rule, count, alone.precision, alone.recall, lost)


def _parted(
    predicted: Mapping[str, list[Extraction]], rule: str
) -> tuple[dict[str, list[Extraction]], dict[str, list[Extraction]]]:
    """Return the tuples of one rule, and those of all others."""
    own = {s: [e for e in found if e.rule == rule] for s, found in predicted.items()}
    others = {s: [e for e in found if e.rule != rule] for s, found in predicted.items()}
    return own, others


def read_gold(data: Path) -> dict[str, list[Extraction]]:
    """Return the gold tuples of each sentence.

    Raises:
        InputError: the gold is not there.

    """
    gold: dict[str, list[Extraction]] = defaultdict(list)
    for line in gold_file(data, "carb/dev.tsv").read_text(encoding="utf-8").splitlines():
        sentence, relation, *arguments = line.split("\t")
        words = tuple(tuple(a.split()) for a in arguments if a.strip())
        gold[sentence].append(Extraction(tuple(relation.split()), words))
    return dict(gold)


def extractions(reading: Reading) -> list[Extraction]:
    """Return a Reading's n-ary claims as tuples, with "X is Y" for appositions."""
    return [extraction(claim, reading) for claim in reading.claims if is_compared(claim)]


def is_compared(claim: Claim) -> bool:
    """Tell a claim of a kind that CaRB's gold has: of a verb, or "X is Y", "X is in Y"."""
    complete = bool(claim.object or claim.arguments)
    return complete and (claim.found_by.startswith("verb") or claim.predicate.head == "be")


def extraction(claim: Claim, reading: Reading) -> Extraction:
    """Return a claim as a tuple: relation, subject, object, then "in 2018", "by X" …."""
    relation = in_words(claim, reading)
    phrases = [("", claim.object)] if claim.object else []
    phrases += [(ROLE_WORDS.get(a.role, a.role), a.phrase) for a in claim.arguments]
    if claim.predicate.passive and phrases and phrases[0][0] == "by":
        # “was bought by”, “X”: gold has the preposition of a passive in the relation.
        relation, phrases[0] = f"{relation} by", ("", phrases[0][1])
    arguments = [claim.subject.text, *(f"{word} {phrase.text}" for word, phrase in phrases)]
    return Extraction(
        tuple(relation.split()),
        tuple(tuple(a.split()) for a in [*arguments, *_speaker(claim)]),
        claim.confidence,
        claim.found_by,
    )


def _speaker(claim: Claim) -> Iterator[str]:
    """Yield who says it as CaRB writes it: "according to Z", "Z said"."""
    said = claim.attribution
    if said is not None and said.speaker is not None:
        speaker, cue = said.speaker.text, said.cue.text
        yield f"according to {speaker}" if cue.lower() == "according" else f"{speaker} {cue}"


def in_words(claim: Claim, reading: Reading) -> str:
    """Return the relation with the "is" that grammar leaves out: "(is) known as"."""
    words = claim.predicate.text.split()
    if claim.predicate.implicit:
        rest = claim.predicate.lemma.split()[1:]
        return " ".join([_form_of_be(claim, past=False), *rest])
    first = words[0].lower()
    bare = first == claim.predicate.participle.split(" ")[0] if claim.predicate.passive else False
    if bare or first.endswith("ing"):
        return " ".join([_form_of_be(claim, past=_is_past(claim, reading)), *words])
    return claim.predicate.text


def _form_of_be(claim: Claim, *, past: bool) -> str:
    """Return "is", "are", "was" or "were", by the look of the subject."""
    subject = claim.subject.text.lower()
    head = _AFTER_HEAD.split(subject, maxsplit=1)[0]
    ending = head.endswith("s") and not head.endswith(("ss", "us", "is", "'s"))
    plural = ending or " and " in subject or head in _PLURAL
    if past:
        return "were" if plural else "was"
    return "are" if plural else "is"


def _is_past(claim: Claim, reading: Reading) -> bool:
    """Tell a sentence told in the past, by the first of its verbs that shows a tense."""
    predicates = (
        other.predicate
        for other in reading.claims
        if other.sentence == claim.sentence and not other.predicate.implicit
    )
    tenses = (_shown_tense(predicate) for predicate in predicates)
    return next((tense for tense in tenses if tense), "") == "past"


def _shown_tense(predicate: Predicate) -> str:
    """Return "present" for "has gone", "past" for "went", "" for "going" and "gone"."""
    first = predicate.text.split()[0].lower()
    if first in _PRESENT or first.startswith(predicate.head):
        return "past" if first.endswith("ed") else "present"
    participle = first.endswith("ing") or predicate.passive
    return "past" if first in _PAST or not participle else ""


def best_score(
    part: str,
    sentences: Sequence[str],
    gold: Mapping[str, list[Extraction]],
    predicted: Mapping[str, list[Extraction]],
) -> ClaimScore:
    """Return the score at the threshold of confidence that gives the best F1."""
    levels = sorted({e.confidence for s in sentences for e in predicted[s]}) or [0.0]
    scores = [
        score_at(part, sentences, gold, predicted, threshold=level)
        # Some forty levels find the best; there may be as many as there are claims.
        for level in levels[:: max(1, len(levels) // 40)]
    ]
    return max(scores, key=lambda score: score.f1)


def score_at(
    part: str,
    sentences: Sequence[str],
    gold: Mapping[str, list[Extraction]],
    predicted: Mapping[str, list[Extraction]],
    *,
    threshold: float,
) -> ClaimScore:
    """Return the score of the tuples that are at least so confident."""
    precise = recalled = 0.0
    said = wanted = 0
    for sentence in sentences:
        found = [e for e in predicted[sentence] if e.confidence >= threshold]
        table = [[match(g, e) for e in found] for g in gold[sentence]]
        recalled += sum(max((cell[1] for cell in row), default=0.0) for row in table)
        precise += sum(_greedy_precision(table))
        said, wanted = said + len(found), wanted + len(table)
    precision, recall = share(precise, said), share(recalled, wanted)
    f1 = harmonic_mean(precision, recall)
    return ClaimScore(part, len(sentences), precision, recall, f1, threshold)


def _greedy_precision(table: Sequence[Sequence[tuple[float, float]]]) -> Iterator[float]:
    """Yield the precision of each prediction that is matched, the most precise first."""
    cells = ((cell[0], g, e) for g, row in enumerate(table) for e, cell in enumerate(row))
    fits = sorted((cell for cell in cells if cell[0]), reverse=True)
    return (precision for precision, _, _ in one_to_one(fits))


def match(gold: Extraction, found: Extraction) -> tuple[float, float]:
    """Return (precision, recall) of a prediction against a gold tuple."""
    reference, candidate = _binary(gold.arguments), _binary(found.arguments)
    straight = _match(gold.relation, reference, found.relation, candidate)
    spoken = any(verb in " ".join(gold.relation) for verb in SPEECH)
    if not spoken or len(candidate) < 2:
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
    same = _shared(relation, found) + _shared_be(relation, found)
    if not same or (len(candidate) < 2 and len(reference) > len(candidate)):
        return 0.0, 0.0
    in_found, in_gold = len(found), len(relation)
    for position, words in enumerate(reference):
        in_gold += len(words)
        if position < len(candidate):
            in_found += len(candidate[position])
            same += _shared(words, candidate[position])
    return same / in_found, same / in_gold


def _shared_be(gold: Sequence[str], found: Sequence[str]) -> int:
    """Return 1 where a predicted "be" that gold has not stands for another form of it."""
    left = Counter(found)["be"] > Counter(gold)["be"]
    return int(left and any(word in FORMS_OF_BE for word in gold))


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    return (Counter(first) & Counter(second)).total()
