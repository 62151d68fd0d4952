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
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluation.chain_scores import CONLL, METRICS, Chains, chains_of, score
from kg.evaluation.gold import Row, baseline_pipeline, gold_files, half_of, parse_each, read_rows
from kg.evaluation.names import PIPELINE, bare_span
from kg.evaluation.noun_chains import find_chains
from kg.folding import fold
from kg.pipeline import find_mentions
from kg.progress import Progress, silent
from kg.reading.mentions.coreference import Resolver
from kg.reading.mentions.groups import span_head
from kg.reading.parsing.annotation import Annotated
from kg.records import MentionGroup
from kg.settings import Settings

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
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[ChainScore]:
    """Return the figures of all systems on both halves of GUM dev and DWIE dev.

    Raises:
        InputError: neither set is there.

    """
    sets = {"gum": _gum, "dwie": _dwie}
    paths = gold_files(data, [f"{name}/dev.jsonl" for name in sets])
    scores = []
    for number, path in enumerate(paths):
        tell("reading", number, len(paths))
        parts: dict[tuple[str, str], Documents] = defaultdict(list)
        for part, system, chains in sets[path.parent.name](read_rows(path), settings):
            parts[part, system].append(chains)
        scores += [ChainScore(part, system, found) for (part, system), found in parts.items()]
    return sorted(scores, key=lambda s: s.part)


Scored = Iterator[tuple[str, str, tuple[Chains, Chains]]]
"""Half of the set, system, (gold, found) of each document."""


def _gum(rows: list[Row], settings: Settings) -> Scored:
    """Yield the chains of GUM, with what stands alone and without."""
    docs = baseline_pipeline().pipe(row["text"] for row in rows)
    for (row, annotated), doc in zip(parse_each(rows, settings), docs, strict=True):
        half = half_of(row["id"])
        gold = gold_chains(row, annotated)
        for name, chains in _chains_by_system(annotated, doc):
            yield f"gum, {half}", name, (gold, chains)
            yield f"gum without lone, {half}", name, (_several(gold), _several(chains))


def _several(chains: Chains) -> Chains:
    """Return the chains of more than one mention."""
    return [chain for chain in chains if len(chain) > 1]


def _chains_by_system(
    annotated: Annotated,
    doc: Any,  # noqa: ANN401 - spaCy's Doc stays inside kg/reading
) -> Iterator[tuple[str, Chains]]:
    """Yield what each system joins in a document, as sets of head tokens."""
    mentions = find_mentions(annotated).mentions
    resolver = Resolver(annotated.syntax, [m for m in mentions if not m.antecedent])
    # Run for its links, which it leaves in resolver.links.
    list(resolver.run())
    yield "kg", find_chains(annotated.syntax, mentions, resolver.links)
    named = chains_of((mention.key, mention.head) for mention in mentions)
    yield "kg, named groups", _apart(named)
    by_start = _tokens_by_bound(annotated, 0)
    yield "spaCy names", _same_words(doc.ents, by_start)
    yield "string match only", _same_words(doc.noun_chunks, by_start)


def _tokens_by_bound(annotated: Annotated, side: int) -> dict[int, int]:
    """Return the token that begins (side 0), or ends (side 1), at each offset of a document."""
    # A mark that the analysis text adds stands nowhere in the document.
    tokens = (i for i in range(len(annotated.syntax)) if annotated.locate([i]))
    return {annotated.stretch(i, i + 1)[side]: i for i in tokens}


def gold_chains(row: Row, annotated: Annotated) -> Chains:
    """Return the gold chains as sets of head tokens; of phrases around one the shortest counts."""
    owner: dict[int, tuple[int, int]] = {}
    for number, head, length in _gold_heads(row, annotated):
        if head not in owner or owner[head][0] > length:
            owner[head] = (length, number)
    return chains_of((number, head) for head, (_, number) in owner.items())


def _gold_heads(row: Row, annotated: Annotated) -> Iterator[tuple[int, int, int]]:
    """Yield (number of its chain, head, length) of each gold phrase that has whole tokens."""
    first_at, last_at = _tokens_by_bound(annotated, 0), _tokens_by_bound(annotated, 1)
    for number, entity in enumerate(row["entities"]):
        for start, end, *_ in entity["mentions"]:
            if start in first_at and end in last_at:
                head = span_head(annotated.syntax, first_at[start], last_at[end] + 1)
                yield number, head, end - start


def _same_words(spans: Iterable[Any], by_start: dict[int, int]) -> Chains:
    heads = ((fold(span.text), span.root) for span in spans)
    return chains_of(
        (words, by_start[root.idx])
        for words, root in heads
        if root.idx in by_start and root.pos_ != "PRON"
    )


def _dwie(rows: list[Row], settings: Settings) -> Scored:
    """Yield the entities of DWIE that have names, over their names."""
    docs = baseline_pipeline().pipe(row["text"] for row in rows)
    for (row, annotated), doc in zip(parse_each(rows, settings), docs, strict=True):
        part = f"dwie names, {half_of(row['id'])}"
        gold = _apart(_gold_names(row))
        yield part, "kg", (gold, _apart(named_chains(find_mentions(annotated).groups, row["text"])))
        yield part, "string match only", (gold, _same_names(doc))


def _gold_names(row: Row) -> Iterator[frozenset[Hashable]]:
    """Yield the names of each entity of DWIE that has some."""
    for entity in row["entities"]:
        if entity["type"] not in NO_NAMES:
            yield frozenset(bare_span(row["text"], m[0], m[1]) for m in entity["mentions"])


def _same_names(doc: Any) -> Chains:  # noqa: ANN401 - spaCy's Doc stays inside kg/reading
    """Return the pipeline's names as chains of the same words."""
    names = (e for e in doc.ents if e.label_ in PIPELINE and e.label_ != "NORP")
    return chains_of((fold(e.text), bare_span(doc.text, e.start_char, e.end_char)) for e in names)


def named_chains(groups: Iterable[MentionGroup], text: str) -> list[frozenset[Hashable]]:
    """Return the names of each group; peoples and names inside names, which DWIE leaves, aside."""
    owner = {
        (m.passage.start, m.passage.end): group.id
        for group in groups
        for m in group.mentions
        if m.kind in NAME_KINDS and group.type not in {"Role", "Group"}
    }
    names: list[tuple[int, Hashable]] = []
    reached = 0
    for (start, end), number in sorted(owner.items(), key=lambda i: (i[0][0], -i[0][1])):
        if end > reached:
            names.append((number, bare_span(text, start, end)))
            reached = end
    return chains_of(names)


def _apart(chains: Iterable[frozenset[Hashable]]) -> Chains:
    """Return chains that share no mention: the first keeps it."""
    seen: set[Hashable] = set()
    apart = []
    for chain in chains:
        # The scores take a mention to be in one chain at most.
        if chain - seen:
            apart.append(chain - seen)
            seen |= chain
    return apart
