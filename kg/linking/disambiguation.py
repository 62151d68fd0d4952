"""Which known thing a group of mentions means: one decision a group, or none.

The candidates of its best name are ranked by whether the group's other names fit them
too, or an office beside a mention (``context.py``), by the kind of name, by the words of
their descriptions, and by how well known they are. A logistic function of a few features
gives the probability that the first is right; its weights stand in
models/knowledge/weights.tsv and come from ``models/fit_linking.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.folding import fold
from kg.linking.candidates import COMPATIBLE, EXACT, SPELT, Candidate, find_candidates
from kg.linking.context import NO_CONTEXT, Context
from kg.linking.knowledge_base import Found, KnowledgeBase, KnownEntity
from kg.settings import models_folder
from kg.vocabulary import NAMED_ALIKE, PLACES

SURE, LIKELY = 0.85, 0.4
"""Least probability of an exact match, and of a close one."""
UNSURE_KINDS = frozenset({"surname", "acronym", "alias"})
"""A surname, an acronym, a nickname alone has namesakes that no table lists ("Sessions", "IRA")."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a group of mentions was found to mean, how probably, and why.

    ``exact`` tells a sure link. ``rival`` is the second best, None if there was none.
    """

    entity: KnownEntity | None
    probability: float = 0.0
    exact: bool = False
    reasons: tuple[str, ...] = ()
    rival: KnownEntity | None = None


NOTHING = Decision(None)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a group in order: the best, the next, and what tells whether it is right."""

    best: Candidate
    rival: Candidate | None
    support: int
    features: Mapping[str, float]


def decide(
    names: Sequence[str], kind: str, knowledge: KnowledgeBase, *, context: Context = NO_CONTEXT
) -> Decision:
    """Return what a group with these names, the best first, and this type means."""
    ranked = rank_candidates(names, kind, knowledge, context=context)
    if ranked is None:
        return NOTHING
    best, rival = ranked.best, ranked.rival
    probability = round(_sigmoid(ranked.features, weights()), 3)
    if probability < LIKELY:
        # For people to see what was nearly taken.
        return Decision(None, probability, rival=best.found.entity)
    exact = (
        _is_telling(ranked, names[0], kind)
        and (probability >= SURE or _is_the_country(ranked, kind))
        and not _may_be_somebody(names[0], best.found.entity, knowledge)
    )
    return Decision(
        best.found.entity,
        probability,
        exact,
        _reasons(best, rival, ranked.support),
        rival.found.entity if rival else None,
    )


def _is_telling(ranked: Ranked, name: str, kind: str) -> bool:
    """Tell whether a name is no guess at a spelling, nor a surname or an acronym alone."""
    best = ranked.best
    lone = best.found.kind in UNSURE_KINDS and " " not in name
    # Of places other names are no nicknames, and tell as much: "UK", "Burma".
    return best.how != SPELT and (not lone or ranked.support > 1 or kind in PLACES)


def _is_the_country(ranked: Ranked, kind: str) -> bool:
    """Tell a country without a rival: the base has every country, and under all its names."""
    return kind == ranked.best.found.entity.type == "Country" and ranked.rival is None


def _may_be_somebody(name: str, place: KnownEntity, knowledge: KnowledgeBase) -> bool:
    """Tell a town that is no better known than somebody of that surname: "Clinton"."""
    if place.type not in NAMED_ALIKE or " " in name:
        return False
    return any(
        found.entity.type == "Person" and found.entity.prior >= place.prior
        for found in knowledge.find(name)
    )


def rank_candidates(
    names: Sequence[str], kind: str, knowledge: KnowledgeBase, *, context: Context = NO_CONTEXT
) -> Ranked | None:
    """Return the candidates of the first name that has any, the likeliest first."""
    name, found = _first_found(names, kind, knowledge)
    if not found:
        return None
    own_names = [_names_that_fit(c, names, knowledge) for c in found]
    candidates = [_by_best_name(c, own) for c, own in zip(found, own_names, strict=True)]
    support = [
        # An office beside a mention counts as one name more.
        max(1, len(own)) + context.names_office_of(c.found.entity.id, knowledge)
        for c, own in zip(candidates, own_names, strict=True)
    ]
    order = _order(candidates, support, kind, knowledge, context=context)
    best = candidates[order[0]]
    rival = candidates[order[1]] if len(order) > 1 else None
    features = _features(name, kind, best, candidates, support=support[order[0]])
    return Ranked(best, rival, support[order[0]], features)


def _first_found(
    names: Sequence[str], kind: str, knowledge: KnowledgeBase
) -> tuple[str, list[Candidate]]:
    """Return the first name that anything known goes by, and what does."""
    named = ((name, find_candidates(name, kind, knowledge)) for name in names)
    return next(((name, found) for name, found in named if found), ("", []))


def _order(
    candidates: Sequence[Candidate],
    support: Sequence[int],
    kind: str,
    knowledge: KnowledgeBase,
    *,
    context: Context,
) -> list[int]:
    """Return the places of the candidates, the likeliest first."""
    # Only among several does it matter whose description shares the document's words.
    several = len(candidates) > 1
    shared = [several and context.shared_words(c.found.entity.id, knowledge) for c in candidates]
    return sorted(
        range(len(candidates)),
        key=lambda i: (
            # What the document says of it comes before how well known it is.
            -support[i],
            candidates[i].found.entity.type != kind,
            _kind_rank(candidates[i]),
            -shared[i],
            -candidates[i].found.entity.prior,
            i,
        ),
    )


def explain(
    name: str, kind: str | None, knowledge: KnowledgeBase
) -> list[tuple[KnownEntity, float, str]]:
    """Return (entity, probability, reasons) of all that a name may mean, the likeliest first."""
    rows: list[tuple[int, KnownEntity, float, str]] = []
    for fitting in sorted(COMPATIBLE) if kind is None else [kind]:
        candidates = find_candidates(name, fitting, knowledge)
        for candidate in candidates:
            found = _features(name, fitting, candidate, candidates, support=1)
            why = "; ".join(_reasons(candidate, None, 1))
            probability = round(_sigmoid(found, weights()), 3)
            rows.append((_kind_rank(candidate), candidate.found.entity, probability, why))
    rows.sort(key=lambda row: (row[0], -row[2], row[1].id))
    # Backwards, the likeliest row of each entity is written last, and stays.
    best = {entity.id: (entity, p, why) for _, entity, p, why in reversed(rows)}
    return list(reversed(best.values()))


def _features(
    name: str, kind: str, best: Candidate, candidates: Sequence[Candidate], *, support: int
) -> Mapping[str, float]:
    """Return what tells a right candidate from a wrong one; a label has no alias for a rival."""
    entity, rank = best.found.entity, _kind_rank(best)
    rivals = [c.found.entity.prior for c in candidates if c is not best and _kind_rank(c) <= rank]
    return {
        "bias": 1.0,
        f"kind {best.found.kind}": 1.0,
        f"place {kind in PLACES}": 1.0,
        "same type": float(entity.type == kind),
        "prior": entity.prior,
        "margin": entity.prior - max(rivals, default=0.0),
        "rivals": math.log1p(len(rivals)),
        "support": float(min(support, 3) - 1),
        "one word": float(" " not in name),
        "changed": float(best.how != EXACT),
    }


def _sigmoid(found: Mapping[str, float], by: Mapping[str, float]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(value * by.get(key, 0.0) for key, value in found.items())))


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each feature."""
    path = models_folder() / "knowledge" / "weights.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({key: float(value) for key, value in rows if not key.startswith("#")})


def _kind_rank(candidate: Candidate) -> int:
    """Labels and their like first, then aliases, then what many may be called."""
    return {"label": 0, "short": 0, "acronym": 1, "alias": 1}.get(candidate.found.kind, 2)


def _names_that_fit(
    candidate: Candidate, names: Sequence[str], knowledge: KnowledgeBase
) -> Mapping[str, tuple[str, str]]:
    """Return folded name -> (kind, name) of a group's names that the candidate goes by.

    The most telling comes first; a lone name is the one that found the candidate.
    """
    if len(names) == 1:
        return {}
    folded = {fold(name) for name in names}
    fitting: dict[str, tuple[str, str]] = {}
    for kind, name in knowledge.names(candidate.found.entity.id):
        if (own := fold(name)) in folded:
            fitting.setdefault(own, (kind, name))
    return fitting


def _by_best_name(candidate: Candidate, own: Mapping[str, tuple[str, str]]) -> Candidate:
    """Return a candidate as what the most telling of a group's names makes it."""
    if not own or candidate.found.kind == "label":
        return candidate
    kind, name = next(iter(own.values()))
    return Candidate(Found(candidate.found.entity, kind, name), candidate.how)


def _reasons(best: Candidate, rival: Candidate | None, support: int) -> tuple[str, ...]:
    entity = best.found.entity
    reasons = [f"{best.how} is its {best.found.kind}", f"known {entity.prior:.2f}"]
    if support > 1:
        reasons.append(f"{support} names or offices fit")
    if rival is not None:
        reasons.append(f"not {rival.found.entity.label} ({rival.found.entity.id})")
    return tuple(reasons)
