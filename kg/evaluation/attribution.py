"""Who says what: attributions against PolNeAR (Newell, Margolin and Ruths, LREC 2018).

The gold marks source, cue and content of each attribution in news articles. Ours are
read off the claims: the speaker's phrase, the cue, and all that one cue attributes. A
found attribution is right when its source and its content overlap those of one gold
attribution, each gold one used once; the strict figure asks for half of the content.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluation.open_claims import is_tuned
from kg.lexicons import load_lexicons
from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.records import Claim, Offsets, Phrase, Reading
from kg.settings import Settings


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
        return 2 * right / max(self.gold + self.found, 1)

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:8} gold {self.gold:5}  found {self.found:5}  "
            f"precision {self.right / max(self.found, 1):.3f}  recall {self.right / max(self.gold, 1):.3f}  "
            f"F1 {self.f1(self.right):.3f}  F1 by half {self.f1(self.right_by_half):.3f}"
        )


def evaluate_attribution(
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> list[AttributionScore]:
    """Return the figures of both halves of PolNeAR dev: rules are tuned on the first only.

    Raises:
        InputError: the gold is not there.

    """
    path = data / "polnear" / "dev.jsonl"
    if not path.is_file():
        raise InputError(f"No gold at {path}. Give --data the folder that holds polnear/.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    halves: dict[bool, list[tuple[int, int, int, int]]] = {True: [], False: []}
    for number, reading in enumerate(read_documents(documents, settings)):
        if progress:
            progress("reading", number, len(rows))
        gold, found = list(gold_of(rows[number])), list(attributions(reading))
        counts = (len(gold), len(found), right(gold, found, 0.0), right(gold, found, 0.5))
        halves[is_tuned(rows[number]["id"])].append(counts)
    return [
        AttributionScore(part, *(sum(column) for column in zip(*halves[tuned], strict=True)))
        for part, tuned in (("tuned", True), ("held out", False))
    ]


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
    content: dict[tuple[tuple[Offsets, ...], Offsets], set[int]] = defaultdict(set)
    for claim in reading.claims:
        for layer in claim.attributions:
            if layer.speaker is not None:
                content[layer.speaker.spans, (layer.cue.start, layer.cue.end)] |= _content(claim)
    cues = dict.fromkeys(content)
    verbs: dict[tuple[Offsets, int], Offsets] = {}
    for claim in reading.claims:
        reporter = _reporter(claim)
        if reporter is not None:
            own = verbs.setdefault((claim.sentence, claim.clause), claim.predicate.spans[0])
            verb = next((c for s, c in cues if s == reporter.spans and _within(c, claim)), own)
            content[reporter.spans, verb] |= _reported(claim)
    for (source, cue), characters in content.items():
        if characters:
            yield FoundAttribution(_characters(source), _characters([cue]), frozenset(characters))


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


def right(gold: list[FoundAttribution], found: list[FoundAttribution], share: float) -> int:
    """Return how many found attributions fit a gold one, the best fits first."""
    fits = sorted(
        (
            (_overlap(g.content, f.content), -j, -i)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.source & f.source and g.content & f.content
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for overlap, j, i in fits:
        if overlap >= share and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return len(used_gold)


def _overlap(first: frozenset[int], second: frozenset[int]) -> float:
    """Return the Dice coefficient of two sets of characters."""
    return 2 * len(first & second) / (len(first) + len(second))
