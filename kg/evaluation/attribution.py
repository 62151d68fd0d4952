"""Who says what: attributions against PolNeAR (Newell, Margolin and Ruths, LREC 2018).

The gold marks source, cue and content of each attribution in news articles. Ours are
read off the claims: the speaker's phrase, the cue, and all that one cue attributes. A
found attribution is right when its source and its content overlap those of one gold
attribution, each gold one used once; the strict figure asks for half of the content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluation.figures import f1_of_counts, one_to_one, share
from kg.evaluation.gold import gold_file, in_halves, read_each, read_rows
from kg.lexicons import load_lexicons
from kg.progress import Progress, silent
from kg.records import Claim, Offsets, Phrase, Reading
from kg.settings import Settings

Voice = tuple[tuple[Offsets, ...], Offsets]
"""Where a speaker's phrase and the cue of what is said stand."""


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """Characters of the source, the cue and the content."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """Precision and recall on one half of the articles, by any overlap and by half."""

    part: str
    gold: int
    found: int
    right: int
    right_by_half: int

    def f1(self, right: int) -> float:
        """Return F1 for so many right ones."""
        return f1_of_counts(right, self.gold, self.found)

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:8} gold {self.gold:5}  found {self.found:5}  "
            f"precision {share(self.right, self.found):.3f}  recall {share(self.right, self.gold):.3f}  "
            f"F1 {self.f1(self.right):.3f}  F1 by half {self.f1(self.right_by_half):.3f}"
        )


def evaluate_attribution(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[AttributionScore]:
    """Return the figures of both halves of PolNeAR dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    rows = read_rows(gold_file(data, "polnear/dev.jsonl"))
    counts = (
        (row["id"], _counts(list(gold_of(row)), list(attributions(reading))))
        for row, reading in read_each(rows, settings, tell=tell)
    )
    return [
        AttributionScore(part, *(sum(column) for column in zip((0, 0, 0, 0), *found, strict=True)))
        for part, found in in_halves(counts).items()
    ]


def _counts(
    gold: list[FoundAttribution], found: list[FoundAttribution]
) -> tuple[int, int, int, int]:
    """Return how many an article has, are found, are right, and are right by half."""
    return len(gold), len(found), right(gold, found), right(gold, found, least=0.5)


def gold_of(row: dict[str, Any]) -> Iterator[FoundAttribution]:
    """Yield the gold attributions of an article that name a source."""
    spans = {
        entity["id"]: _characters((m[0], m[1]) for m in entity["mentions"])
        for entity in row["entities"]
    }
    sources: dict[int, frozenset[int]] = defaultdict(frozenset)
    cues: dict[int, frozenset[int]] = defaultdict(frozenset)
    for relation in row["relations"]:
        table = sources if relation["type"] == "attributed_to" else cues
        table[relation["head"]] |= spans[relation["tail"]]
    for content, source in sources.items():
        yield FoundAttribution(source, cues[content], spans[content])


def attributions(reading: Reading) -> Iterator[FoundAttribution]:
    """Yield what a Reading attributes to a named speaker, one for each cue and speaker.

    Two kinds of claims tell it: those attributed to somebody, and the reporting itself
    ("Z said that …", "Z denied the charge"), whose object is the content.
    """
    content = _attributed(reading)
    for (reporter, verb), characters in _told_by_reporters(reading, list(content)):
        content[reporter, verb] |= characters
    for (source, cue), characters in content.items():
        if characters:
            yield FoundAttribution(_characters(source), _characters([cue]), frozenset(characters))


def _attributed(reading: Reading) -> defaultdict[Voice, set[int]]:
    """Return what is attributed to each voice by the claims' own attribution."""
    content: defaultdict[Voice, set[int]] = defaultdict(set)
    for claim in reading.claims:
        for layer in claim.attributions:
            if layer.speaker is not None:
                content[layer.speaker.spans, (layer.cue.start, layer.cue.end)] |= _content(claim)
    return content


def _told_by_reporters(
    reading: Reading, voices: Sequence[Voice]
) -> Iterator[tuple[Voice, set[int]]]:
    """Yield what the verbs of reporting govern, under the voice that has the same cue."""
    verbs: dict[tuple[Offsets, int], Offsets] = {}
    for claim in reading.claims:
        reporter = _reporter(claim)
        if reporter is not None:
            own = verbs.setdefault((claim.sentence, claim.clause), claim.predicate.spans[0])
            verb = next((c for s, c in voices if s == reporter.spans and _within(c, claim)), own)
            yield (reporter.spans, verb), _reported(claim)


def _within(cue: Offsets, claim: Claim) -> bool:
    return any(start <= cue[0] and cue[1] <= end for start, end in claim.predicate.spans)


REPORTING = ("verb:say", "verb:believe", "verb:ask", "verb:deny", "verb:accuse", "verb:voice")
OWN_VOICE = frozenset({"i", "we", "you"})
"""Speakers inside a quotation whom somebody else quotes."""


def _reporter(claim: Claim) -> Phrase | None:
    """Return who reports, if a claim's own verb is one of saying, thinking, asking, denying.

    That is the subject, or the agent of a passive.
    """
    status = load_lexicons().status
    verb = claim.predicate.lemma.split()[0]
    if claim.found_by.startswith("noun") or not any(verb in status[k] for k in REPORTING):
        return None
    if claim.subject.text.lower() in OWN_VOICE:
        return None
    if not claim.predicate.passive:
        return claim.subject
    return next((a.phrase for a in claim.arguments if a.role == "agent"), None)


def _reported(claim: Claim) -> set[int]:
    """Return the characters of what is said: the object and the arguments."""
    phrases = [claim.object, *(a.phrase for a in claim.arguments if a.role != "agent")]
    return set(_characters(span for phrase in phrases if phrase for span in phrase.spans))


def _content(claim: Claim) -> set[int]:
    phrases = [claim.subject, claim.object, *(a.phrase for a in claim.arguments)]
    spans = [span for phrase in phrases if phrase for span in phrase.spans]
    return set(_characters([*spans, *claim.predicate.spans]))


def _characters(spans: Iterable[Offsets]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end))


def right(
    gold: list[FoundAttribution], found: list[FoundAttribution], *, least: float = 0.0
) -> int:
    """Return how many found attributions fit a gold one, the best fits first.

    ``least`` is how much of the content must overlap.
    """
    fits = (
        (_overlap(g.content, f.content), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if _meet(g, f)
    )
    enough = (fit for fit in fits if fit[0] >= least)
    best_first = sorted(enough, key=lambda fit: (-fit[0], fit[2], fit[1]))
    return sum(1 for _ in one_to_one(best_first))


def _meet(first: FoundAttribution, second: FoundAttribution) -> bool:
    """Tell attributions whose sources and whose contents overlap."""
    return bool(first.source & second.source and first.content & second.content)


def _overlap(first: frozenset[int], second: frozenset[int]) -> float:
    """Return the Dice coefficient of two sets of characters."""
    return 2 * len(first & second) / (len(first) + len(second))
