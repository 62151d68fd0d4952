"""How probable it is that a claim is right: a small model over how it was found.

The features are the rule that found the claim and marks that the parse may have erred:
long phrases, a subject that was filled in, an argument far from its verb, a clause deep
inside others. A logistic regression over them is trained by models/train_confidence.py;
its weights, one a line, stand in models/confidence/weights.tsv. What coreference added
multiplies in later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.reading.grammar import NOUN_POS, SUBJECTS, Syntax, word_set
from kg.reading.verb_claims import RawClaim
from kg.settings import models_folder

BIAS = "bias"
_COMMON_PREPOSITIONS = word_set("in of to for on with from by at as into against about")
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "parataxis"})
_LONG_SENTENCE = (15, 25, 35)
_LONG_PHRASE = (1, 3, 6, 10)
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of features, for the minimal binary rendering or for the n-ary one."""

    weights: Mapping[str, float]

    def probability(self, raw: RawClaim, syntax: Syntax) -> float:
        """Return how probable it is that a claim is right, between 0 and 1."""
        weight = self.weights.get
        score = weight(BIAS, 0.0) + sum(weight(f, 0.0) for f in features(raw, syntax))
        return 1.0 / (1.0 + math.exp(-score))


@cache
def load_confidence(rendering: str) -> ConfidenceModel:
    """Return the model of a rendering, "binary" or "nary"."""
    weights = {}
    path = models_folder() / "confidence" / "weights.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, feature, weight = line.split("\t")
        if kind == rendering:
            weights[feature] = float(weight)
    return ConfidenceModel(weights)


def features(raw: RawClaim, syntax: Syntax) -> Iterator[str]:
    """Yield what tells how sure a claim is, each feature by name."""
    first, last = syntax.sentences[syntax.sentence_of(raw.status_at)]
    yield raw.found_by
    yield f"sentence {_step(last - first, _LONG_SENTENCE)}"
    yield f"subject {_kind(raw.subject.head, syntax)}"
    yield f"subject length {_step(len(raw.subject.tokens), _LONG_PHRASE)}"
    yield from _object_features(raw, syntax)
    yield f"arguments {min(len(raw.arguments) + len(raw.times), 3)}"
    if not raw.noun:
        yield from _verb_features(raw, syntax)


def _object_features(raw: RawClaim, syntax: Syntax) -> Iterator[str]:
    if raw.object is None:
        yield "no object"
        return
    yield "object said" if raw.literal else f"object {_kind(raw.object.head, syntax)}"
    yield f"object length {_step(len(raw.object.tokens), _LONG_PHRASE)}"
    last = syntax.lowers[raw.predicate[-1]]
    if syntax.pos[raw.predicate[-1]] in {"ADP", "SCONJ"}:
        yield f"by {last}" if last in _COMMON_PREPOSITIONS else "by another preposition"
        yield f"preposition on {syntax.pos[syntax.heads[raw.predicate[-1]]]}"
    gap = min(abs(raw.object.head - t) for t in raw.predicate)
    yield f"gap {_step(gap, _LONG_PHRASE)}"


def _verb_features(raw: RawClaim, syntax: Syntax) -> Iterator[str]:
    verb = raw.status_at
    depth = sum(syntax.deps[i] in _CLAUSAL for i in (verb, *syntax.ancestors(verb)))
    yield f"depth {min(depth, _DEEPEST)}"
    yield f"verb {syntax.tags[verb]}"
    if syntax.lemmas[verb] == "be":
        yield "copula"
    if raw.participle:
        yield "passive"
    if syntax.child(verb, SUBJECTS) is None:
        yield "subject filled in"
    words = len(raw.predicate)
    yield f"relation {min(words, 5)}"


def _kind(head: int, syntax: Syntax) -> str:
    pos = syntax.pos[head]
    return pos if pos in NOUN_POS | {"PRON", "NUM", "ADJ"} else "other"


def _step(value: int, steps: tuple[int, ...]) -> int:
    """Return how many of the steps a value goes beyond."""
    return sum(value > step for step in steps)
