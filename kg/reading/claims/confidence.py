"""How probable it is that a claim is right: a small model over how it was found.

The features are the rule that found the claim and marks that the parse may have erred:
long phrases, a subject that was filled in, an argument far from its verb, a clause deep
inside others. A logistic regression over them is trained by models/train_confidence.py;
its weights, one a line, stand in models/confidence/weights.tsv. What coreference added
multiplies in later.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.settings import models_folder

BIAS = "bias"
_COMMON_PREPOSITIONS = word_set("in of to for on with from by at as into against about")
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "parataxis"})
_LONG_SENTENCE = (15, 25, 35)
_LONG_PHRASE = (1, 3, 6, 10)
"""Steps of length: ``bisect_left`` tells how many of them a number goes beyond."""
_DEEPEST = 4
_PREPOSITION_POS = frozenset({"ADP", "SCONJ"})
# The names of features below are those that weights.tsv was trained with.
_KINDS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "other")
_SUBJECT_KIND = {kind: f"subject {kind}" for kind in _KINDS}
_OBJECT_KIND = {kind: f"object {kind}" for kind in _KINDS}
_SENTENCE = [f"sentence {n}" for n in range(4)]
_SUBJECT_LENGTH = [f"subject length {n}" for n in range(5)]
_OBJECT_LENGTH = [f"object length {n}" for n in range(5)]
_GAP = [f"gap {n}" for n in range(5)]
_ARGUMENTS = [f"arguments {n}" for n in range(4)]
_DEPTH = [f"depth {n}" for n in range(_DEEPEST + 1)]
_RELATION = [f"relation {n}" for n in range(6)]


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of features, for the minimal binary rendering or for the n-ary one."""

    weights: Mapping[str, float]

    def probability(self, raw: RawClaim, syntax: Syntax) -> float:
        """Return how probable it is that a claim is right, between 0 and 1."""
        weight = self.weights.get
        score = weight(BIAS, 0.0) + sum([weight(f, 0.0) for f in features(raw, syntax)])
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


def features(raw: RawClaim, syntax: Syntax) -> list[str]:
    """Return what tells how sure a claim is, each feature by name."""
    first, last = syntax.sentences[syntax.sentence_of[raw.status_at]]
    subject = raw.subject
    found = [
        raw.found_by,
        _SENTENCE[bisect_left(_LONG_SENTENCE, last - first)],
        _SUBJECT_KIND[_kind(subject.head, syntax)],
        _SUBJECT_LENGTH[bisect_left(_LONG_PHRASE, len(subject.tokens))],
        _ARGUMENTS[min(len(raw.arguments) + len(raw.times), 3)],
    ]
    if raw.object is None:
        found.append("no object")
    else:
        found += _object_features(raw, raw.object, syntax)
    if not raw.noun:
        found += _verb_features(raw, syntax)
    return found


def _object_features(raw: RawClaim, object_: NounPhrase, syntax: Syntax) -> list[str]:
    found = [
        "object said" if raw.literal else _OBJECT_KIND[_kind(object_.head, syntax)],
        _OBJECT_LENGTH[bisect_left(_LONG_PHRASE, len(object_.tokens))],
        _GAP[bisect_left(_LONG_PHRASE, min([abs(object_.head - t) for t in raw.predicate]))],
    ]
    last = raw.predicate[-1]
    if syntax.pos[last] in _PREPOSITION_POS:
        word = syntax.lowers[last]
        found.append(f"by {word}" if word in _COMMON_PREPOSITIONS else "by another preposition")
        found.append(f"preposition on {syntax.pos[syntax.heads[last]]}")
    return found


def _verb_features(raw: RawClaim, syntax: Syntax) -> list[str]:
    verb, deps = raw.status_at, syntax.deps
    above = [verb, *syntax.ancestors(verb)]
    depth = len([i for i in above if deps[i] in _CLAUSAL])
    found = [
        _DEPTH[min(depth, _DEEPEST)],
        f"verb {syntax.tags[verb]}",
        _RELATION[min(len(raw.predicate), 5)],
    ]
    if syntax.lemmas[verb] == "be":
        found.append("copula")
    if raw.participle:
        found.append("passive")
    if syntax.child(verb, SUBJECTS) is None:
        found.append("subject filled in")
    return found


def _kind(head: int, syntax: Syntax) -> str:
    pos = syntax.pos[head]
    return pos if pos in _SUBJECT_KIND else "other"
