"""Decide which mention groups, over all documents, are the same thing.

A group is first looked up in the knowledge base, where a label beats an alias, types
must agree and a close rival makes it abstain. Groups with the same link, or without
one the same name and type, are one entity. A surname alone joins a full name only where
the corpus knows one person of that name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.folding import fold
from kg.linking.knowledge_base import KnowledgeBase, KnownEntity
from kg.records import Entity, Link, MentionGroup, Reading
from kg.slugs import unique_slug

COMPATIBLE: Mapping[str, frozenset[str]] = {
    "Country": frozenset({"Country"}),
    "City": frozenset({"City"}),
    "Region": frozenset({"Region", "Country"}),
    "Place": frozenset({"City", "Region", "Facility"}),
    "Person": frozenset({"Person"}),
    "Organization": frozenset({"Organization", "Government"}),
    "Government": frozenset({"Government", "Organization"}),
    "PoliticalParty": frozenset({"PoliticalParty", "Organization"}),
    "Event": frozenset({"Event"}),
    "Facility": frozenset({"Facility"}),
}
CONFUSED = frozenset(
    {
        "Person",
        "Organization",
        "Government",
        "PoliticalParty",
        "City",
        "Facility",
        "Product",
        "Place",
    }
)
"""A name that no table knows is often taken for a town here and for a person there."""
MARGIN = 0.12
"""A rival whose prior comes as near as this makes a link unsure."""
LABEL_SURE, ALIAS_SURE = 0.3, 0.3
"""Least prior for an exact match by label, and by alias."""

GroupKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A group with its document, its names, and the known entity it was linked to."""

    key: GroupKey
    group: MentionGroup
    names: tuple[str, ...]
    known: KnownEntity | None
    exact: bool
    score: float


def link_entities(readings: Iterable[Reading], knowledge: KnowledgeBase) -> list[Entity]:
    """Return the entities of the corpus, in the order of their ids."""
    candidates = [
        _candidate(reading, group, knowledge) for reading in readings for group in reading.groups
    ]
    together = _together(candidates)
    taken: set[str] = set()
    entities = []
    for members in sorted(together, key=_order):
        entity = _entity(members, taken)
        taken.add(entity.id)
        entities.append(entity)
    return sorted(entities, key=lambda e: e.id)


def _candidate(reading: Reading, group: MentionGroup, knowledge: KnowledgeBase) -> _Candidate:
    names = tuple(dict.fromkeys([group.name, *_proper_names(group)]))
    known, exact, score = None, False, 0.0
    for name in sorted(names, key=lambda n: (n != group.name, -len(n), n)):
        known, exact, score = decide(name, group.type, knowledge)
        if known:
            break
    return _Candidate((reading.document.id, group.id), group, names, known, exact, score)


def _proper_names(group: MentionGroup) -> list[str]:
    """Return the names and acronyms among a group's mentions, white space made plain."""
    return [" ".join(m.text.split()) for m in group.mentions if m.kind in {"name", "acronym"}]


def decide(
    name: str, kind: str, knowledge: KnowledgeBase
) -> tuple[KnownEntity | None, bool, float]:
    """Return the known entity that a name of a type means, whether that is sure, and a score."""
    types = COMPATIBLE.get(kind, frozenset())
    fitting = [(e, label) for e, label in knowledge.candidates(name) if e.type in types]
    if not fitting:
        return None, False, 0.0
    best, by_label = max(fitting, key=lambda pair: (pair[1], pair[0].prior, pair[0].id))
    rivals = [e for e, label in fitting if e != best and label == by_label]
    margin = best.prior - max((e.prior for e in rivals), default=0.0)
    lone_word = not by_label and " " not in name and kind not in {"Country", "Region", "City"}
    if rivals and margin < MARGIN and kind == "Person":
        return None, False, 0.0
    exact = best.prior >= (LABEL_SURE if by_label else ALIAS_SURE) and (
        not rivals or margin >= MARGIN
    )
    if lone_word:
        # A surname or an acronym alone has namesakes that no table lists ("Sessions", "IRA").
        exact = False
    score = round(min(0.99, 0.6 + best.prior / 2.5 - (0.2 if rivals and margin < MARGIN else 0)), 2)
    return best, exact, score


def _together(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Return the candidates in sets that are one entity each."""
    full_names = _people_by_surname(candidates)
    sets: dict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    by_name = _keys_by_name(candidates)
    for candidate in candidates:
        sets[_same_as(candidate, full_names, by_name)].append(candidate)
    return list(sets.values())


def _key(candidate: _Candidate) -> tuple[str, ...]:
    if candidate.known and candidate.exact:
        return ("known", candidate.known.id)
    return (_family(candidate), fold(candidate.group.name))


def _family(candidate: _Candidate) -> str:
    """Types that readers confuse count as one when unlinked names are compared."""
    return "named" if candidate.group.type in CONFUSED else candidate.group.type


def _keys_by_name(candidates: Sequence[_Candidate]) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """Return (family, name) -> the keys of the groups that go by it."""
    keys: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for candidate in candidates:
        for name in candidate.names:
            keys[_family(candidate), fold(name)].add(_key(candidate))
    return keys


def _people_by_surname(candidates: Sequence[_Candidate]) -> dict[str, set[tuple[str, ...]]]:
    people: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for candidate in candidates:
        words = fold(candidate.group.name).split()
        if candidate.group.type == "Person" and len(words) > 1:
            people[words[-1]].add(_key(candidate))
    return people


def _same_as(
    candidate: _Candidate,
    full_names: Mapping[str, set[tuple[str, ...]]],
    by_name: Mapping[tuple[str, str], set[tuple[str, ...]]],
) -> tuple[str, ...]:
    """Return the key of the entity that a candidate belongs to."""
    key = _key(candidate)
    if key[0] == "known":
        return key
    name = fold(candidate.group.name)
    if candidate.group.type == "Person" and " " not in name:
        people = full_names.get(name, set())
        return next(iter(people)) if len(people) == 1 else key
    known = {k for k in by_name.get((_family(candidate), name), set()) if k[0] == "known"}
    return next(iter(known)) if len(known) == 1 else key


def _order(members: Sequence[_Candidate]) -> tuple[str, str, GroupKey]:
    """Sort sets so that ids do not depend on the order of documents."""
    return fold(_name(members)), _type(members), min(m.key for m in members)


def _entity(members: Sequence[_Candidate], taken: set[str]) -> Entity:
    name = _name(members)
    names = {n for m in members for n in m.names}
    links = {Link(iri, m.exact, m.score) for m in members if m.known for iri in m.known.iris}
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda x: (x.iri, x.exact, x.score)):
        best[link.iri] = link
    return Entity(
        id=unique_slug(name, taken),
        name=name,
        type=_type(members),
        also_known_as=tuple(sorted(names - {name})),
        links=tuple(best[iri] for iri in sorted(best)),
        groups=tuple(sorted(m.key for m in members)),
    )


def _name(members: Sequence[_Candidate]) -> str:
    """Return a country's or person's known label, else the name that documents use most."""
    known = next((m.known for m in members if m.known and m.exact), None)
    if known and known.type == "Country":
        return known.label
    if members[0].group.type == "Person":
        full = Counter(m.group.name for m in members if " " in m.group.name)
        return min(full or {members[0].group.name: 1}, key=lambda n: (-full[n], -len(n), n))
    counts = Counter(m.group.name for m in members)
    return min(counts, key=lambda n: (-counts[n], -len(n.split()), n))


def _type(members: Sequence[_Candidate]) -> str:
    """Return the type that the documents give it most, mention by mention."""
    counts: Counter[str] = Counter()
    for member in members:
        counts[member.group.type] += len(member.group.mentions)
    return min(counts, key=lambda kind: (-counts[kind], kind))
