"""Trees and ends of sentences against gold treebanks, beside the small spaCy pipeline.

Trees are compared sentence by sentence on the gold words, without punctuation and without arcs
of which the set is not sure. Content relations are those that claims are made of.
Ends of sentences are compared on whole documents as running text, in which no paragraph is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.evaluation.figures import f1_of_counts, share
from kg.evaluation.gold import baseline_pipeline, gold_files
from kg.evaluation.trees import Tree, TreeDocument, ewt_dev, read_trees
from kg.progress import Progress, silent
from kg.reading.grammar import word_set
from kg.reading.parsing.annotation import doc_of, load_pipeline
from kg.settings import Settings

CONTENT = word_set("nsubj nsubjpass dobj pobj prep ccomp xcomp relcl acl advcl conj appos agent")
SETS = ("masc_dev", "masc_test", "gum_test", "pud_test", "craft_test", "ewt_train")
RUNNING = ("gum_test", "ewt_train")
"""Sets whose documents are whole."""
TOLD_AS: Mapping[str, str] = MappingProxyType({"ewt_train": "ewt_dev"})
"""Of EWT only the dev documents are read: no training reads them."""
_GENRES: Mapping[str, str] = MappingProxyType({"gum": r"[A-Za-z]+_([a-z]+)_", "pud": r"([nw])"})
"""What in the id of a document tells its genre, by set."""
SYSTEMS = ("kg", "spaCy pipeline")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a system says of a sentence; heads count from 1, 0 is the root's."""

    heads: Sequence[int]
    labels: Sequence[str]
    tags: Sequence[str]


@dataclass(slots=True)
class ParseScore:
    """Counts of one system on a set or one of its genres."""

    part: str
    system: str
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Tree, found: Parsed) -> None:
        """Count a sentence."""
        for i, label in enumerate(gold.labels):
            self.counts["tag"] += 1
            self.counts["tag right"] += gold.tags[i] == found.tags[i]
            if label == "punct" or not gold.sure[i] or not any(map(str.isalnum, gold.words[i])):
                continue
            head = gold.heads[i] == found.heads[i]
            both = head and label == found.labels[i]
            for kind in {"all", label} | ({"content"} if label in CONTENT else set()):
                self.counts[kind] += 1
                self.counts[f"{kind} head"] += head
                self.counts[f"{kind} both"] += both

    def line(self) -> str:
        """Return the figures, in percent, on one line."""
        c = self.counts
        content, everything = (
            f"UAS {_percent(c, f'{k} head', k)} LAS {_percent(c, f'{k} both', k)}"
            for k in ("content", "all")
        )
        return (
            f"{self.part:20} {self.system:15} arcs {c['all']:6}  {everything}  content {content}  "
            f"prep {_percent(c, 'prep head', 'prep')} conj {_percent(c, 'conj head', 'conj')}  "
            f"tags {_percent(c, 'tag right', 'tag')}"
        )


@dataclass(slots=True)
class EndScore:
    """Beginnings of sentences that one system finds in running text, but for each text's first."""

    part: str
    system: str
    gold: int = 0
    found: int = 0
    right: int = 0

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:20} {self.system:15} sentence ends {self.gold:6}  "
            f"P {share(self.right, self.found):.3f} R {share(self.right, self.gold):.3f} "
            f"F1 {f1_of_counts(self.right, self.gold, self.found):.3f}"
        )


def _percent(counts: Counter[str], part: str, whole: str) -> str:
    return f"{100 * share(counts[part], counts[whole]):5.1f}"


def evaluate_parse(
    data: Path, settings: Settings, *, tell: Progress = silent
) -> list[ParseScore | EndScore]:
    """Return the figures of both systems on each set of trees that is there.

    Raises:
        InputError: no set of trees is in the folder.

    """
    paths = gold_files(data, [f"trees/{name}.conll.gz" for name in SETS])
    own = load_pipeline(settings.model, trained_names=settings.trained_names)
    pipelines = dict(zip(SYSTEMS, (own, baseline_pipeline()), strict=True))
    found: list[ParseScore | EndScore] = []
    for number, path in enumerate(paths):
        tell("reading", number, len(paths))
        name = path.name.removesuffix(".conll.gz")
        documents = read_trees(path)
        if name == "ewt_train":
            held_out = ewt_dev(data)
            documents = [document for document in documents if document.id in held_out]
        for system, nlp in pipelines.items():
            found += _tree_scores(TOLD_AS.get(name, name), system, documents, nlp)
        if name in RUNNING:
            found += [
                _end_score(TOLD_AS.get(name, name), system, documents, nlp)
                for system, nlp in pipelines.items()
            ]
    return found


def _tree_scores(
    name: str,
    system: str,
    documents: Sequence[TreeDocument],
    nlp: Any,  # noqa: ANN401 - spaCy
) -> list[ParseScore]:
    """Return the figures of a set, and of each of its genres."""
    scores = {name: ParseScore(name, system)}
    genre_of = re.compile(_GENRES.get(name.split("_")[0], "$^"))
    for document in documents:
        genre = genre_of.match(document.id)
        parts = [name, f"{name} {genre[1]}"] if genre else [name]
        for tree, parsed in zip(document.trees, parsed_trees(document.trees, nlp), strict=True):
            for part in parts:
                scores.setdefault(part, ParseScore(part, system)).add(tree, parsed)
    return list(scores.values())


def parsed_trees(trees: Iterable[Tree], nlp: Any) -> Iterator[Parsed]:  # noqa: ANN401 - spaCy
    """Yield what a pipeline makes of the words of each sentence, taken for one."""
    for doc in nlp.pipe(doc_of(tree.words, tree.spaces, nlp, whole=True) for tree in trees):
        yield Parsed(
            heads=[0 if token.head.i == token.i else token.head.i + 1 for token in doc],
            labels=[token.dep_ for token in doc],
            tags=[token.tag_ for token in doc],
        )


def _end_score(
    name: str,
    system: str,
    documents: Sequence[TreeDocument],
    nlp: Any,  # noqa: ANN401 - spaCy
) -> EndScore:
    score = EndScore(name, system)
    for document in documents:
        sizes = [len(tree.words) for tree in document.trees]
        gold = set(accumulate(sizes[:-1]))
        words = [word for tree in document.trees for word in tree.words]
        spaces = [space for tree in document.trees for space in [*tree.spaces[:-1], True]]
        doc = nlp(doc_of(words, spaces, nlp))
        found = {sentence.start for sentence in doc.sents} - {0}
        score.gold, score.found = score.gold + len(gold), score.found + len(found)
        score.right += len(gold & found)
    return score
