"""Which thing in Wikidata does a name mean? Links against gold, mention by mention.

The gold gives a span and an item. We read the text, and the answer for a span is the link
of the group that has a mention there (the same words, or most of them), if its probability
reaches a threshold. "String match" takes the best known thing that has the words for its
main name. Spans without an item in the gold (NIL) are right when nothing is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.evaluation.figures import harmonic_mean, share
from kg.evaluation.gold import Row, gold_files, in_halves, read_each, read_rows
from kg.linking.knowledge_base import KnowledgeBase
from kg.linking.resolution import resolve_entities
from kg.pipeline import knowledge_of
from kg.progress import Progress, silent
from kg.records import Reading
from kg.settings import Settings

SETS = (
    "el/wiki-fair-v2-no-coref.jsonl",
    "el/oke-2016-train.jsonl",
    "el/rss-500.jsonl",
    "el/derczynski.jsonl",
    "knowledgenet/dev.jsonl",
)
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
LEAST_SHARED = 0.75
"""Share of the longer of two spans that both cover, for one to answer the other."""
NO_THINGS = frozenset({"QUANTITY", "DATETIME", "TIME", "DATE", "NUMBER", "MONEY", "PERCENT"})
"""Types of gold spans that no knowledge base lists."""


Linked = tuple[str, float, bool]
"""The identifier of what a name was linked to, how probably, and whether surely."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gold says of a span ("" for NIL), and what a system answers, how surely."""

    gold: str
    found: str
    probability: float
    exact: bool = False


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Figures of one system on one half of a set at one threshold."""

    data: str
    part: str
    system: str
    threshold: float
    spans: int
    answered: int
    right: int
    linkable: int
    right_with_nil: int

    def line(self) -> str:
        """Return the figures on one line."""
        precision = share(self.right, self.answered)
        recall = share(self.right, self.linkable)
        f1 = harmonic_mean(precision, recall)
        return (
            f"{self.data:24} {self.part:8} {self.system:13} from {self.threshold:.2f}  spans {self.spans:5}  "
            f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
            f"with NIL {share(self.right_with_nil, self.spans):.3f}"
        )


def evaluate_linking(data: Path, settings: Settings, *, tell: Progress = silent) -> list[LinkScore]:
    """Return the figures of each set that is there; thresholds were chosen on the tuned halves.

    Raises:
        InputError: none of the sets is there.

    """
    knowledge = knowledge_of(settings)
    scores: list[LinkScore] = []
    for path in gold_files(data, SETS):
        rows = read_rows(path)
        read = read_each(rows, settings, together=64, tell=tell)
        answers = [
            (row["text"], pair)
            for row, reading in read
            for pair in _answers(row, reading, knowledge)
        ]
        for part, pairs in in_halves(answers).items():
            ours, plain = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            scores += [_score(path.stem, part, "kg", ours, least=least) for least in THRESHOLDS]
            sure = [a if a.exact else replace(a, found="") for a in ours]
            likely = [a if not a.exact else replace(a, found="") for a in ours]
            scores.append(_score(path.stem, part, "kg, sure", sure, least=0.0))
            scores.append(_score(path.stem, part, "kg, likely", likely, least=0.0))
            scores.append(_score(path.stem, part, "string match", plain, least=0.0))
    return scores


def _answers(
    row: Row, reading: Reading, knowledge: KnowledgeBase
) -> Iterator[tuple[Answer, Answer]]:
    """Yield the answers of kg and of string match for each span of a document."""
    links = dict(_links(reading, knowledge))
    for span, item in _gold(row):
        plain = _by_string(row["text"][slice(*span)], knowledge)
        yield Answer(item, *_answer(span, links)), Answer(item, plain, 1.0)


def _gold(row: Row) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each span and its Wikidata item, "" for NIL."""
    for entity in row["entities"]:
        for start, end, kind in entity["mentions"]:
            if kind not in NO_THINGS:
                yield (start, end), entity.get("wikidata") or ""


def _links(reading: Reading, knowledge: KnowledgeBase) -> Iterator[tuple[tuple[int, int], Linked]]:
    """Yield the link of each mention of a Reading, the longer mentions first."""
    decisions = resolve_entities([reading], knowledge).decisions
    for group in reading.groups:
        decision = decisions[reading.document.id, group.id]
        if decision.entity is not None:
            for mention in (m for m in group.mentions if m.kind != "demonym"):
                span = mention.passage.start, mention.passage.end
                yield span, (decision.entity.id, decision.probability, decision.exact)


def _answer(span: tuple[int, int], links: Mapping[tuple[int, int], Linked]) -> Linked:
    # The place breaks ties, so that every run has the same figures.
    best = max(links, key=lambda other: (_shared(span, other), other), default=None)
    if best is None or _shared(span, best) < LEAST_SHARED:
        return "", 0.0, False
    return links[best]


def _shared(first: tuple[int, int], second: tuple[int, int]) -> float:
    both = min(first[1], second[1]) - max(first[0], second[0])
    return max(both, 0) / max(first[1] - first[0], second[1] - second[0])


def _by_string(words: str, knowledge: KnowledgeBase) -> str:
    labels = [found.entity for found in knowledge.find(words) if found.kind == "label"]
    return labels[0].id if labels else ""


def _score(
    data: str, part: str, system: str, answers: Sequence[Answer], *, least: float
) -> LinkScore:
    given = [(a, a.found if a.probability >= least else "") for a in answers]
    return LinkScore(
        data=data,
        part=part,
        system=system,
        threshold=least,
        spans=len(given),
        answered=sum(bool(found) for _, found in given),
        right=sum(bool(found) and found == a.gold for a, found in given),
        linkable=sum(bool(a.gold) for a, _ in given),
        right_with_nil=sum(found == a.gold for a, found in given),
    )
