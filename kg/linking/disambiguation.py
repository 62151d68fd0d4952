"""Which known thing a group of mentions means: one decision a group, or none.

The candidates of its best name are ranked by a sum of features: whether the group's other
names fit them too, or an office beside a mention (``context.py``), the kind of name, the words
of their descriptions, country and time of the document, and how well known they are. A logistic
function of the first one's lead gives the probability that it is right. The weights of both
stand in models/knowledge/weights.tsv and come from ``models/fit_linking.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.folding import fold
from kg.linking.candidates import BEGUN, COMPATIBLE, SPELT, Candidate, find_candidates
from kg.linking.context import NO_CONTEXT, Context
from kg.linking.knowledge_base import Found, KnowledgeBase, KnownEntity
from kg.settings import models_folder
from kg.vocabulary import NAMED_ALIKE, PLACES

SURE, LIKELY = 0.9, 0.55
"""Least probability of an exact match, and of a close one."""
RANKING, SURENESS = "ranking", "sureness"
"""The parts of the table of weights."""
MOST_MARGIN = 6.0
"""Lead that a candidate without rivals is given: more tells nothing more."""
OFFICE = 2.0
"""What an office beside a name is worth: training sentences name too few to tell. By hand."""
FORMER_NAME = 2.0
"""What another name of a place loses beside a main name: that Harare was Salisbury until 1982 stands
in no training text. By hand."""
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
class Scored:
    """A candidate with what speaks for it: how many names or offices fit, features, and the sum."""

    candidate: Candidate
    support: int
    features: Mapping[str, float]
    score: float

    @property
    def entity(self) -> KnownEntity:
        """The known thing."""
        return self.candidate.found.entity


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a group, the likeliest first, and what tells whether the first is right."""

    scored: tuple[Scored, ...]
    features: Mapping[str, float]

    @property
    def best(self) -> Scored:
        """The likeliest."""
        return self.scored[0]

    @property
    def rival(self) -> Scored | None:
        """The second, if there is one."""
        return self.scored[1] if len(self.scored) > 1 else None


def decide(
    names: Sequence[str], kind: str, knowledge: KnowledgeBase, *, context: Context = NO_CONTEXT
) -> Decision:
    """Return what a group with these names, the best first, and this type means."""
    ranked = rank_candidates(names, kind, knowledge, context=context)
    if ranked is None:
        return NOTHING
    best, rival = ranked.best, ranked.rival
    probability = round(_sigmoid(ranked.features, SURENESS), 3)
    if probability < LIKELY:
        # For people to see what was nearly taken.
        return Decision(None, probability, rival=best.entity)
    exact = (
        _is_telling(ranked, names[0], kind)
        and (probability >= SURE or _is_the_country(ranked, kind))
        and not _may_be_somebody(names[0], best.entity, knowledge)
    )
    return Decision(
        best.entity, probability, exact, _reasons(best, rival), rival.entity if rival else None
    )


def _is_telling(ranked: Ranked, name: str, kind: str) -> bool:
    """Tell whether a name is no guess at a spelling, nor a surname or an acronym alone."""
    best = ranked.best
    lone = best.candidate.found.kind in UNSURE_KINDS and " " not in name
    # Of places other names are no nicknames, and tell as much: "UK", "Burma".
    guessed = best.candidate.how in {SPELT, BEGUN}
    return not guessed and (not lone or best.support > 1 or kind in PLACES)


def _is_the_country(ranked: Ranked, kind: str) -> bool:
    """Tell a country that no other has the name of: the base has every country under all its names."""
    others = {scored.entity.type for scored in ranked.scored[1:]}
    return kind == ranked.best.entity.type == "Country" and "Country" not in others


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
    scored = [_score(name, kind, c, names, knowledge, context=context) for c in found]
    # Of those that tie, the better known, and then always the same one.
    scored.sort(key=lambda s: (-s.score, -s.entity.prior, s.entity.id))
    return Ranked(tuple(scored), _features_of_first(name, kind, scored))


def _first_found(
    names: Sequence[str], kind: str, knowledge: KnowledgeBase
) -> tuple[str, list[Candidate]]:
    """Return the first name that anything known goes by, and what does."""
    named = ((name, find_candidates(name, kind, knowledge)) for name in names)
    return next(((name, found) for name, found in named if found), ("", []))


def _score(
    name: str,
    kind: str,
    candidate: Candidate,
    names: Sequence[str],
    knowledge: KnowledgeBase,
    *,
    context: Context,
) -> Scored:
    """Return a candidate with what speaks for and against it."""
    entity = candidate.found.entity
    own = _names_that_fit(candidate, names, knowledge)
    candidate = _by_best_name(candidate, own)
    # An office beside a mention counts as one name more.
    office = context.names_office_of(entity.id, knowledge)
    support = max(1, len(own)) + office
    family = "place" if kind in PLACES else "person" if kind == "Person" else "other"
    features = {
        f"{family} is its {candidate.found.kind}": 1.0,
        f"{family} known": entity.prior,
        f"{family} of another type": float(entity.type != kind),
        "one word": float(" " not in name),
        candidate.how: 1.0,
        "other names": float(min(len(own), 3) - 1) if own else 0.0,
        "words shared": math.log1p(context.shared_words(entity.id, knowledge)),
        "of the country": float(context.is_of_country(entity)),
        "of another country": float(context.is_of_another_country(entity)),
        "not then": float(context.is_of_another_time(entity)),
    }
    score = _sum(features, RANKING) + OFFICE * office
    if kind in PLACES and candidate.found.kind == "alias":
        score -= FORMER_NAME
    return Scored(candidate, support, features, score)


def _features_of_first(name: str, kind: str, scored: Sequence[Scored]) -> Mapping[str, float]:
    """Return what tells whether the first candidate is right, one that nobody lists counted in."""
    best, others = scored[0], scored[1:]
    return {
        "bias": 1.0,
        "score": best.score,
        "margin": min(best.score - others[0].score, MOST_MARGIN) if others else MOST_MARGIN,
        "rivals": math.log1p(len(others)),
        "known": best.entity.prior,
        f"is its {best.candidate.found.kind}": 1.0,
        "place": float(kind in PLACES),
        "person": float(kind == "Person"),
        "of another type": float(best.entity.type != kind),
        "one word": float(" " not in name),
        best.candidate.how: 1.0,
    }


def explain(
    name: str, kind: str | None, knowledge: KnowledgeBase
) -> list[tuple[KnownEntity, float, str]]:
    """Return (entity, probability, reasons) of all that a name may mean, the likeliest first."""
    rows: list[tuple[int, KnownEntity, float, str]] = []
    for fitting in sorted(COMPATIBLE) if kind is None else [kind]:
        ranked = rank_candidates([name], fitting, knowledge)
        all_scored = ranked.scored if ranked else ()
        for number, scored in enumerate(all_scored):
            # Where any type will do, each counts as what it is.
            if kind is None and scored.entity.type != fitting:
                continue
            others = (*all_scored[:number], *all_scored[number + 1 :])
            found = _features_of_first(name, fitting, [scored, *others])
            probability = round(_sigmoid(found, SURENESS), 3)
            rows.append((number, scored.entity, probability, "; ".join(_reasons(scored, None))))
    rows.sort(key=lambda row: (row[0], -row[2], row[1].id))
    # Backwards, the likeliest row of each entity is written last, and stays.
    best = {entity.id: (entity, p, why) for _, entity, p, why in reversed(rows)}
    return list(reversed(best.values()))


def _sum(found: Mapping[str, float], part: str) -> float:
    by = weights()[part]
    return sum(value * by.get(key, 0.0) for key, value in found.items())


def _sigmoid(found: Mapping[str, float], part: str) -> float:
    return 1.0 / (1.0 + math.exp(-_sum(found, part)))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weight of each feature, of ranking and of being right."""
    path = models_folder() / "knowledge" / "weights.tsv"
    parts: dict[str, dict[str, float]] = {RANKING: {}, SURENESS: {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            part, key, value = line.split("\t")
            parts[part][key] = float(value)
    return MappingProxyType(parts)


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


def _reasons(best: Scored, rival: Scored | None) -> tuple[str, ...]:
    entity = best.entity
    reasons = [
        f"{best.candidate.how} is its {best.candidate.found.kind}",
        f"known {entity.prior:.2f}",
    ]
    if best.support > 1:
        reasons.append(f"{best.support} names or offices fit")
    if best.features["words shared"]:
        reasons.append("described in words of the document")
    if rival is not None:
        reasons.append(f"not {rival.entity.label} ({rival.entity.id})")
    return tuple(reasons)
