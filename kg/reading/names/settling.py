"""Which of the names that overlap are kept: one, and such as may lie inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.reading.names.name import Name
from kg.vocabulary import OUTER, PLACES

STRENGTH: Mapping[str, float] = MappingProxyType(
    {
        "own": 9.0,
        "shape": 3.0,
        "model": 2.0,
        "list": 3.0,
        "pattern": 3.0,
        "spacy": 1.0,
        "spread": 0.5,
    }
)
"""How much a proposal counts, by its source, when names or types compete."""
LEVELS: Mapping[str, int] = MappingProxyType(
    {"own": 0, "shape": 1, "model": 2, "list": 3, "pattern": 3, "spacy": 3, "spread": 3}
)
"""Sources whose bounds hold against longer names of later ones. On the tuned half of CrossNER
politics the trained model's bounds against longer patterns: F1 0.70, not 0.63."""


def settle(names: Iterable[Name]) -> list[Name]:
    """Keep, of names that overlap, those of surer sources, then the longer, then the surer."""
    ranked = sorted(names, key=_rank)
    owner: dict[int, Name] = {}
    kept: list[Name] = []
    for name in ranked:
        owners = {owner[i].tokens: owner[i] for i in range(name.start, name.end) if i in owner}
        if not owners:
            kept.append(name)
            owner.update(dict.fromkeys(range(name.start, name.end), name))
        # A name over two that are kept lies inside neither.
        elif len(owners) == 1 and _may_nest(name, next(iter(owners.values()))):
            kept.append(name)
    return kept


def _rank(name: Name) -> tuple[object, ...]:
    return LEVELS[name.source], name.start - name.end, -STRENGTH[name.source], name.start, name.type


def without_listed(names: Iterable[Name]) -> Iterator[Name]:
    """Yield all but what the model says of words that a list knows, or of a part of them.

    A listed organisation may be a party, which the model tells.
    """
    names = list(names)
    listed: dict[int, Name] = {}
    for name in names:
        if name.source == "list" and name.type != "Organization":
            listed.update(dict.fromkeys(range(name.start, name.end), name))
    for name in names:
        known = listed.get(name.start)
        if name.source != "model" or known is None or not known.holds(name):
            yield name


def _may_nest(inner: Name, outer: Name) -> bool:
    """Tell "Sochi" in "the Sochi Olympics": a place, a person or what a list knows."""
    if not _is_open(outer) or not outer.holds(inner) or inner.tokens == outer.tokens:
        return False
    demonym_at_end = inner.kind == "demonym" and inner.end == outer.end
    return _is_worth_a_mention(inner) and not demonym_at_end


def _is_worth_a_mention(inner: Name) -> bool:
    listed = inner.source == "list" and inner.type != "Group"
    return inner.source != "pattern" and (listed or inner.type in PLACES | {"Person"})


def _is_open(outer: Name) -> bool:
    """Tell "the Sochi Olympics" from a listed "Bank of England", which is not about England."""
    listed = outer.source == "list" and outer.type not in {"Event", "Government"}
    return outer.type in OUTER and outer.source != "own" and not listed


def without_crossing(names: Iterable[Name]) -> list[Name]:
    """Drop names that cross another without lying inside it; the earlier and longer stays."""
    kept: list[Name] = []
    seen: set[tuple[int, int, str]] = set()
    for name in sorted(names, key=lambda n: (n.start, -n.end, -STRENGTH.get(n.source, 1), n.type)):
        # Sorted by where they begin, names that overlap stand close together: the last few tell.
        crossing = any(k.start < name.start < k.end < name.end for k in reversed(kept[-6:]))
        same = any(k.tokens == name.tokens for k in kept[-6:])
        if not crossing and not same and (*name.tokens, name.type) not in seen:
            seen.add((*name.tokens, name.type))
            kept.append(name)
    return kept
