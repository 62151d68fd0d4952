"""Coreference inside a document against gold.

GUM annotates every noun phrase, those that stand alone included. Mentions meet by the
word that the others of their phrase hang on, since bounds differ by convention (articles,
relative clauses); of gold phrases around the same word the shortest counts. "kg, named
groups" is what a Reading holds; "kg" has the other noun phrases beside it
(``kg/evaluation/noun_chains.py``). DWIE's entities are compared over names, by B³. In the
same tables stand two baselines: names of the small spaCy pipeline, and all its noun
phrases, where the same words are the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluation.chain_scores import CONLL, METRICS, Chains, score
from kg.evaluation.names import PIPELINE, bare_span, read_rows
from kg.evaluation.noun_chains import find_chains
from kg.evaluation.open_claims import is_tuned
from kg.folding import fold
from kg.pipeline import find_mentions
from kg.reading.documents.reader import document_from_text
from kg.reading.mentions.coreference import Resolver
from kg.reading.mentions.groups import span_head
from kg.reading.parsing.annotation import Annotated, annotate, load_pipeline
from kg.records import MentionGroup
from kg.settings import DEFAULT_MODEL, Settings

Documents = list[tuple[Chains, Chains]]
NAME_KINDS = frozenset({"name", "acronym"})
NO_NAMES = frozenset(
    {"time", "value", "money", "none", "other", "footer", "gpe0-x", "gpe1-x", "gpe2-x", "loc-x"}
)
"""Types of DWIE that are quantities, or words such as "German"."""


@dataclass(frozen=True, slots=True)
class ChainScore:
    """One system on one half of a set."""

    part: str
    system: str
    documents: Documents

    def line(self) -> str:
        """Return the figures on one line, those of names as B³ alone."""
        if self.part.startswith("dwie"):
            figures = [self._figure("B³")]
        else:
            mean = sum(score(self.documents, METRICS[m]).f1 for m in CONLL) / len(CONLL)
            figures = [f"mean {mean:.3f}", *(self._figure(name) for name in METRICS)]
        return f"{self.part:26} {self.system:18} " + "  ".join(figures)

    def _figure(self, name: str) -> str:
        found = score(self.documents, METRICS[name])
        return f"{name} {found.precision:.3f}/{found.recall:.3f} {found.f1:.3f}"


def evaluate_coreference(
    data: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> list[ChainScore]:
    """Return the figures of all systems on both halves of GUM dev and DWIE dev.

    Raises:
        InputError: neither set is there.

    """
    sets = {"gum": _gum, "dwie": _dwie}
    present = [name for name in sets if (data / name / "dev.jsonl").is_file()]
    if not present:
        raise InputError(f"No gold in {data}. Give --data the folder that holds gum/ and dwie/.")
    scores = []
    for number, name in enumerate(present):
        if progress:
            progress("reading", number, len(present))
        parts: dict[tuple[str, str], Documents] = defaultdict(list)
        for part, system, chains in sets[name](read_rows(data / name / "dev.jsonl"), settings):
            parts[part, system].append(chains)
        scores += [ChainScore(part, system, found) for (part, system), found in parts.items()]
    return sorted(scores, key=lambda s: s.part)


Scored = Iterator[tuple[str, str, tuple[Chains, Chains]]]
"""Half of the set, system, (gold, found) of each document."""


def _gum(rows: list[dict[str, Any]], settings: Settings) -> Scored:
    """Yield the chains of GUM, with what stands alone and without."""
    docs = load_pipeline(DEFAULT_MODEL).pipe(row["text"] for row in rows)
    for row, annotated, doc in zip(rows, _parsed(rows, settings), docs, strict=True):
        half = "tuned" if is_tuned(row["id"]) else "held out"
        gold = gold_chains(row, annotated)
        mentions = find_mentions(annotated)
        resolver = Resolver(annotated.syntax, [m for m in mentions.mentions if not m.antecedent])
        list(resolver.run())
        links = resolver.links
        named: dict[Hashable, set[Hashable]] = defaultdict(set)
        for mention in mentions.mentions:
            named[mention.key].add(mention.head)
        by_start = {annotated.stretch(i, i + 1)[0]: i for i in range(len(annotated.syntax))}
        systems: list[tuple[str, Chains]] = [
            ("kg", find_chains(annotated.syntax, mentions.mentions, links)),
            ("kg, named groups", _apart(frozenset(chain) for chain in named.values())),
        ]
        for name, spans in (("spaCy names", doc.ents), ("string match only", doc.noun_chunks)):
            systems.append((name, _same_words(spans, by_start)))
        for name, chains in systems:
            yield f"gum, {half}", name, (gold, chains)
            several = [c for c in gold if len(c) > 1], [c for c in chains if len(c) > 1]
            yield f"gum without lone, {half}", name, several


def gold_chains(row: dict[str, Any], annotated: Annotated) -> Chains:
    """Return the gold chains as sets of head tokens."""
    syntax = annotated.syntax
    first_at = {annotated.stretch(i, i + 1)[0]: i for i in range(len(syntax))}
    last_at = {annotated.stretch(i, i + 1)[1]: i for i in range(len(syntax))}
    owner: dict[Hashable, tuple[int, int]] = {}
    for number, entity in enumerate(row["entities"]):
        for start, end, *_ in entity["mentions"]:
            if start in first_at and end in last_at:
                head = span_head(syntax, first_at[start], last_at[end] + 1)
                if head not in owner or owner[head][0] > end - start:
                    owner[head] = (end - start, number)
    chains: dict[int, set[Hashable]] = defaultdict(set)
    for mention, (_, number) in owner.items():
        chains[number].add(mention)
    return [frozenset(chain) for chain in chains.values()]


def _same_words(spans: Iterable[Any], by_start: dict[int, int]) -> Chains:
    chains: dict[str, set[Hashable]] = defaultdict(set)
    for span in spans:
        if span.root.idx in by_start and span.root.pos_ != "PRON":
            chains[fold(span.text)].add(by_start[span.root.idx])
    return [frozenset(chain) for chain in chains.values()]


def _dwie(rows: list[dict[str, Any]], settings: Settings) -> Scored:
    """Yield the entities of DWIE that have names, over their names."""
    docs: Iterable[Any] = load_pipeline(DEFAULT_MODEL).pipe(row["text"] for row in rows)
    for row, annotated, doc in zip(rows, _parsed(rows, settings), docs, strict=True):
        text, half = row["text"], "tuned" if is_tuned(row["id"]) else "held out"
        gold = [
            frozenset(bare_span(text, m[0], m[1]) for m in entity["mentions"])
            for entity in row["entities"]
            if entity["type"] not in NO_NAMES
        ]
        found = named_chains(find_mentions(annotated).groups, text)
        same: dict[str, set[Hashable]] = defaultdict(set)
        for e in doc.ents:
            if e.label_ in PIPELINE and e.label_ != "NORP":
                same[fold(e.text)].add(bare_span(text, e.start_char, e.end_char))
        part = f"dwie names, {half}"
        yield part, "kg", (_apart(gold), _apart(found))
        yield part, "string match only", (_apart(gold), [frozenset(c) for c in same.values()])


def named_chains(groups: Iterable[MentionGroup], text: str) -> list[frozenset[Hashable]]:
    """Return the names of each group; peoples and names inside names, which DWIE leaves, aside."""
    owner = {
        (m.passage.start, m.passage.end): group.id
        for group in groups
        for m in group.mentions
        if m.kind in NAME_KINDS and group.type not in {"Role", "Group"}
    }
    chains: dict[int, set[Hashable]] = defaultdict(set)
    reached = 0
    for (start, end), number in sorted(owner.items(), key=lambda i: (i[0][0], -i[0][1])):
        if end > reached:
            chains[number].add(bare_span(text, start, end))
            reached = end
    return [frozenset(chain) for chain in chains.values()]


def _apart(chains: Iterable[frozenset[Hashable]]) -> Chains:
    """Return chains that share no mention: the first keeps it."""
    seen: set[Hashable] = set()
    apart = []
    for chain in chains:
        if chain - seen:
            apart.append(chain - seen)
            seen |= chain
    return apart


def _parsed(rows: list[dict[str, Any]], settings: Settings) -> Iterator[Annotated]:
    documents = (document_from_text(row["text"], document_id=row["id"]) for row in rows)
    nlp = load_pipeline(settings.model, trained_names=settings.uses_trained_names)
    return annotate(documents, nlp)
