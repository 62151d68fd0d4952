"""Decide which mention groups, over all documents, are the same thing, and keep the reasons.

A group is first looked up in the knowledge base (``disambiguation.py``). Groups join when
they have the same sure link or the same name, when one is the surname, the initials or
the acronym of exactly one other, or when their long names differ by spelling alone. A set
grows only while no two of its members contradict each other (different first names,
"Jr" and "Sr", different numbers, different links), so no chain of look-alikes becomes
one thing. Pairs that look alike without being sure are listed for people to decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.folding import fold
from kg.linking.candidates import PLACES, plain_name, spelt_alike
from kg.linking.context import context_of, words_of
from kg.linking.disambiguation import Decision, decide
from kg.linking.knowledge_base import KnowledgeBase
from kg.linking.people import are_namesakes, is_full_name, middles_agree, person_name
from kg.records import Entity, Link, MentionGroup, Reading
from kg.slugs import unique_slug
from kg.vocabulary import BODIES

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
IN_COURT, TOWN_OR_TEAM = "in court", "town or team"
TOWNS = frozenset({"City", "Region"})
SMALL_WORDS = frozenset({"of", "the", "and", "for", "de", "du", "la", "&"})
SAME_BEGINNING = 4
"""Letters that two names must share at their start before their spelling is compared."""
LEAST_LETTERS = 8
"""Letters of a name that may be one with another that differs by its spaces alone."""
VERSUS_BEFORE = re.compile(r"(?:\bvs?\s?\.|\bJustice)\s+$")
VERSUS_AFTER = re.compile(r"\s+v\s?\.\s|\s?,\s+(?:C\s?\.\s?)?J\s?\.")
COMPETITIONS = frozenset({"league", "bundesliga", "liga", "cup", "championship", "pokal"})
MISREAD = re.compile(r"[a-z]{2,}\d[a-z]+")
WELL_KNOWN, FAR_MORE = 10, 20
"""A surname is also of the one person whom so many documents name in full, and so many times
more of them than all namesakes together."""

GroupKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups that were found to be one thing (or, as a candidate, may be), and why."""

    first: GroupKey
    second: GroupKey
    names: tuple[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, what each group was found to mean, and why groups were joined."""

    entities: tuple[Entity, ...]
    decisions: Mapping[GroupKey, Decision]
    merges: tuple[Merge, ...]
    candidates: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """A group with its document, its names, and the known entity it was linked to.

    ``country`` is the one that its document names most; ``apart`` says what keeps the name
    from being that of others: a surname in court is a case or a judge, a town where sport is
    told of may be its team.
    """

    key: GroupKey
    group: MentionGroup
    names: tuple[str, ...]
    folded: str
    decision: Decision
    country: str = ""
    apart: str = ""

    @property
    def known(self) -> str:
        """The identifier of a sure link, or ""."""
        sure = self.decision.entity is not None and self.decision.exact
        return self.decision.entity.id if sure and self.decision.entity else ""

    @property
    def family(self) -> str:
        """Types that readers confuse count as one when unlinked names are compared.

        A party has namesakes in other countries ("the Green Party").
        """
        if self.apart:
            return self.apart
        if self.group.type == "PoliticalParty" or self.folded.split()[-1:] == ["party"]:
            return f"party {self.country}"
        return "named" if self.group.type in CONFUSED else self.group.type


def resolve_entities(readings: Iterable[Reading], knowledge: KnowledgeBase) -> Resolution:
    """Return the entities of the corpus, in the order of their ids, with the reasons for each."""
    members = [member for reading in readings for member in _members(reading, knowledge)]
    members.sort(key=lambda m: (m.folded, m.group.type, m.key))
    joined = _Joined(members)
    merges = _join_all(members, joined)
    taken: set[str] = set()
    entities = []
    for together in sorted(joined.sets(), key=_order):
        entity = _entity(together, taken)
        taken.add(entity.id)
        entities.append(entity)
    return Resolution(
        tuple(sorted(entities, key=lambda e: e.id)),
        {m.key: m.decision for m in members},
        tuple(merges),
        tuple(_unsure_pairs(members, joined)),
    )


def _members(reading: Reading, knowledge: KnowledgeBase) -> Iterator[_Member]:
    words, country, in_sport = words_of(reading), _country(reading), _is_of_sport(reading)
    for group in reading.groups:
        names, key = names_of(group), (reading.document.id, group.id)
        decision = decide(names, group.type, knowledge, context_of(reading, group, words))
        apart = IN_COURT if _is_in_court(names, group, reading.document.text) else ""
        if in_sport and group.type in TOWNS:
            decision, apart = replace(decision, exact=False), TOWN_OR_TEAM
        yield _Member(key, group, names, fold(plain_name(group.name)), decision, country, apart)


def _is_of_sport(reading: Reading) -> bool:
    """Tell a document that names a league or cup: its towns may be their teams."""
    return any(
        fold(g.name).split()[-1:] and fold(g.name).split()[-1] in COMPETITIONS
        for g in reading.groups
        if g.type in {"Organization", "Event"}
    )


def _country(reading: Reading) -> str:
    """Return the name of the country that a document names most, "" if none."""
    counts = {g.name: len(g.mentions) for g in reading.groups if g.type == "Country"}
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _is_in_court(names: Sequence[str], group: MentionGroup, text: str) -> bool:
    """Tell "Jones v. Smith" and "Kennedy, J.": surnames of a case or a judge, of nobody else."""
    if group.type not in CONFUSED or any(" " in name for name in names):
        return False
    return any(
        VERSUS_BEFORE.search(text, max(0, m.passage.start - 12), m.passage.start)
        or VERSUS_AFTER.match(text, m.passage.end)
        for m in group.mentions
    )


def decide_groups(reading: Reading, knowledge: KnowledgeBase) -> list[Decision]:
    """Return the known thing that each group of a document was found to mean, in their order."""
    return [member.decision for member in _members(reading, knowledge)]


def names_of(group: MentionGroup) -> tuple[str, ...]:
    """Return a group's own name, then the names and acronyms among its mentions, long ones first."""
    spelt = (" ".join(m.text.split()) for m in group.mentions if m.kind in {"name", "acronym"})
    others = set(spelt) - {group.name}
    return (group.name, *sorted(others, key=lambda name: (-len(name), name)))


class _Joined:
    """Sets of members that are one thing each, grown pair by pair."""

    def __init__(self, members: Sequence[_Member]) -> None:
        self._set_of = {m.key: [m] for m in members}

    def join(self, first: _Member, second: _Member) -> bool:
        """Make one set of two, unless a pair of their members contradicts; tell whether it grew."""
        ours, theirs = self._set_of[first.key], self._set_of[second.key]
        if ours is theirs or not _agree(ours, theirs):
            return False
        ours += theirs
        for member in theirs:
            self._set_of[member.key] = ours
        return True

    def together(self, first: _Member, second: _Member) -> bool:
        """Tell whether two members are in one set."""
        return self._set_of[first.key] is self._set_of[second.key]

    def set_of(self, member: _Member) -> list[_Member]:
        """Return the set of a member."""
        return self._set_of[member.key]

    def sets(self) -> list[list[_Member]]:
        """Return each set once."""
        return list({id(found): found for found in self._set_of.values()}.values())


def _agree(ours: Sequence[_Member], theirs: Sequence[_Member]) -> bool:
    """Tell whether no two members of two sets contradict each other, each different name once."""
    first = {(m.folded, m.known, m.group.type == "Person"): m for m in ours}
    second = {(m.folded, m.known, m.group.type == "Person"): m for m in theirs}
    return not any(_contradict(a, b) for a in first.values() for b in second.values())


def _contradict(first: _Member, second: _Member) -> bool:
    if first.known and second.known:
        return first.known != second.known
    if _is_known_place(first, second) or _is_known_place(second, first):
        return True
    ours, theirs = first.folded.split(), second.folded.split()
    if _numbers(ours) != _numbers(theirs) and len(ours) > 1 and len(theirs) > 1:
        return True
    if first.group.type != "Person" or second.group.type != "Person":
        return False
    return are_namesakes(first.folded, second.folded)


def _is_known_place(place: _Member, other: _Member) -> bool:
    """Tell a place that the knowledge base is sure of beside a person or a team of its name."""
    no_place = other.group.type in {"Person", "Organization"}
    return bool(place.known) and place.group.type in PLACES and no_place


def _numbers(words: Sequence[str]) -> list[str]:
    """Return the words with digits, but for a digit that a scan put for a letter ("robe1t")."""
    return [w for w in words if any(c.isdigit() for c in w) and not MISREAD.fullmatch(w)]


# --- what joins ------------------------------------------------------------------------


def _join_all(members: Sequence[_Member], joined: _Joined) -> list[Merge]:
    """Join what belongs together, the surest grounds first; return the merges with their reasons."""
    merges: list[Merge] = []

    def join(first: _Member, second: _Member, reason: str) -> None:
        if joined.join(first, second):
            merges.append(_merge(first, second, reason))

    for reason, key in _SAME:
        for block in _blocks(members, key):
            for second in block[1:]:
                join(block[0], second, reason)
    for reason, find in _PARTS:
        for part, whole in find(members, joined):
            join(whole, part, reason)
    return merges


def _merge(first: _Member, second: _Member, reason: str) -> Merge:
    return Merge(first.key, second.key, (first.group.name, second.group.name), reason)


def _blocks(
    members: Sequence[_Member], key: Callable[[_Member], object | None]
) -> Iterator[list[_Member]]:
    """Yield the members that share a key, where several do."""
    blocks: dict[object, list[_Member]] = defaultdict(list)
    for member in members:
        found = key(member)
        if found is not None:
            blocks[found].append(member)
    yield from (block for block in blocks.values() if len(block) > 1)


def _by_link(member: _Member) -> object | None:
    return member.known or None


def _by_name(member: _Member) -> object | None:
    return member.family, member.folded


def _by_letters(member: _Member) -> object | None:
    """Return the letters of a long name: "Vladim ir Putin", as scans and line ends leave it."""
    letters = member.folded.replace(" ", "")
    named = member.group.type, member.family, letters
    return named if len(letters) >= LEAST_LETTERS else None


_SAME: tuple[tuple[str, Callable[[_Member], object | None]], ...] = (
    ("same link", _by_link),
    ("same name", _by_name),
    ("same letters", _by_letters),
)


def _other_names(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield groups whose name is another name of exactly one linked thing."""
    by_name: dict[tuple[str, str], dict[int, _Member]] = defaultdict(dict)
    for member in members:
        if member.known:
            for name in member.names:
                by_name[member.family, fold(name)].setdefault(id(joined.set_of(member)), member)
    for member in members:
        wholes = by_name.get((member.family, member.folded), {})
        if not member.known and len(wholes) == 1:
            yield member, next(iter(wholes.values()))


def _full_names(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield people of one first and last name whose middle names do not differ."""

    def full_name(m: _Member) -> object | None:
        name = person_name(m.folded)
        return (name.full_first, name.family_name) if _is_person(m) else None

    for block in _blocks(members, full_name):
        if middles_agree([person_name(m.folded) for m in block]):
            yield from ((m, block[0]) for m in block[1:] if not joined.together(m, block[0]))


def _surnames(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield a surname alone with the one person of that name, or the one by far best known.

    What begins with another person's surname is no full name: "Okoro Moscow", "Okoro Attorney".
    """
    full = Counter(person_name(m.folded).last for m in members if _is_person(m))
    first = Counter(person_name(m.folded).first for m in members if _is_person(m))
    family_names = {name for name, count in full.items() if count > first[name]}

    def whole_key(m: _Member) -> list[str]:
        name = person_name(m.folded)
        return [name.family_name] if _is_person(m) and name.first not in family_names else []

    def part_key(m: _Member) -> str | None:
        name = person_name(m.folded)
        alone = m.group.type == "Person" and not name.first and not m.apart
        return name.family_name if alone else None

    yield from _unique_wholes(members, joined, whole_key, part_key, outshines=_outshines)


def _outshines(owners: Mapping[int, list[_Member]]) -> list[_Member]:
    """Return the groups of the one person named in far more documents than all namesakes."""
    ranked = sorted(owners.values(), key=lambda found: -len({m.key[0] for m in found}))
    best, *others = [len({m.key[0] for m in found}) for found in ranked]
    return ranked[0] if best >= max(WELL_KNOWN, FAR_MORE * sum(others)) else []


def _initials(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield "J Smith" with the one person of that surname and initial."""

    def abbreviated(m: _Member) -> str | None:
        words = m.folded.split()
        short = _has_words(m, "Person") and len(words[0]) == 1
        return f"{words[0]} {words[-1]}" if short else None

    def spelt_out(m: _Member) -> list[str]:
        words = m.folded.split()
        whole = _is_person(m)
        return [f"{words[0][0]} {words[-1]}"] if whole else []

    yield from _unique_wholes(members, joined, spelt_out, abbreviated)


def _acronyms(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield an acronym with the one body whose initials it has."""

    def letters(m: _Member) -> list[str]:
        words = [w for w in plain_name(m.group.name).split() if w.lower() not in SMALL_WORDS]
        whole = len(words) > 2 and min(len(fold(w)) for w in words) > 1
        letters = "".join(fold(w) if w.isupper() else fold(w)[0] for w in words) if whole else ""
        return [letters] if letters and m.group.type in BODIES else []

    def acronym(m: _Member) -> str | None:
        name = m.group.name
        return m.folded if m.group.type in BODIES and name.isupper() and len(name) > 2 else None

    yield from _unique_wholes(members, joined, letters, acronym)


def _is_person(member: _Member) -> bool:
    return member.group.type == "Person" and is_full_name(member.folded)


def _has_words(member: _Member, kind: str) -> bool:
    return member.group.type == kind and " " in member.folded


def _unique_wholes(
    members: Sequence[_Member],
    joined: _Joined,
    whole_key: Callable[[_Member], Sequence[str]],
    part_key: Callable[[_Member], str | None],
    *,
    outshines: Callable[[Mapping[int, list[_Member]]], list[_Member]] | None = None,
) -> Iterator[tuple[_Member, _Member]]:
    """Yield (part, whole) where exactly one thing has the part's key, or one outshines the rest."""
    wholes: dict[str, dict[int, list[_Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        for key in whole_key(member):
            wholes[key][id(joined.set_of(member))].append(member)
    only: dict[str, _Member] = {}
    for key, owners in wholes.items():
        if len(owners) == 1:
            only[key] = next(iter(owners.values()))[0]
        elif outshines and (best := outshines(owners)):
            only[key] = best[0]
    for member in members:
        part = part_key(member)
        if part is not None and not member.known and part in only:
            yield member, only[part]


def _spellings(members: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield groups of one type whose long names differ by spelling alone."""
    for block in _blocks(members, lambda m: (m.group.type, m.folded[:SAME_BEGINNING])):
        names = {m.folded: m for m in reversed(block)}
        ordered = sorted(names)
        for number, name in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if spelt_alike(name, other):
                    yield names[other], names[name]


_PARTS: tuple[
    tuple[str, Callable[[Sequence[_Member], _Joined], Iterator[tuple[_Member, _Member]]]], ...
] = (
    ("another name of it", _other_names),
    ("near spelling", _spellings),
    ("same first and last name", _full_names),
    ("initials of one person", _initials),
    ("surname of one person", _surnames),
    ("acronym of one body", _acronyms),
)


def _unsure_pairs(members: Sequence[_Member], joined: _Joined) -> Iterator[Merge]:
    """Yield a pair of each two sets that look alike and were not joined, for people to decide."""
    seen: set[frozenset[int]] = set()
    for reason, key in (
        ("same surname", lambda m: m.folded.split()[-1] if m.group.type == "Person" else None),
        ("same close link", lambda m: m.decision.entity.id if m.decision.entity else None),
        ("same name, another type", lambda m: m.folded),
    ):
        for block in _blocks(members, key):
            for first, second in _neighbours(block, joined):
                pair = frozenset({id(joined.set_of(first)), id(joined.set_of(second))})
                if pair not in seen and not _contradict(first, second):
                    seen.add(pair)
                    yield _merge(first, second, reason)


def _neighbours(block: Sequence[_Member], joined: _Joined) -> Iterator[tuple[_Member, _Member]]:
    """Yield pairs of different sets of a block, a member of each."""
    firsts = list({id(joined.set_of(m)): m for m in reversed(block)}.values())
    for number, first in enumerate(firsts):
        yield from ((first, second) for second in firsts[number + 1 :])


# --- entities ----------------------------------------------------------------------------


def _order(members: Sequence[_Member]) -> tuple[str, str, GroupKey]:
    """Sort sets so that ids do not depend on the order of documents."""
    return fold(_name(members)), _type(members), min(m.key for m in members)


def _entity(members: Sequence[_Member], taken: set[str]) -> Entity:
    name = _name(members)
    names = {n for m in members for n in m.names}
    return Entity(
        id=unique_slug(name, taken),
        name=name,
        type=_type(members),
        also_known_as=tuple(sorted(names - {name})),
        links=_links(members),
        groups=tuple(sorted(m.key for m in members)),
    )


def _links(members: Sequence[_Member]) -> tuple[Link, ...]:
    """Return the links of the sure decisions, or of the likely ones if there is no sure one."""
    decisions = [m.decision for m in members if m.decision.entity is not None]
    sure = [d for d in decisions if d.exact]
    links = {
        Link(iri, d.exact, d.probability)
        for d in sure or decisions
        if d.entity
        for iri in d.entity.iris
    }
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda x: (x.iri, x.exact, x.score)):
        best[link.iri] = link
    return tuple(best[iri] for iri in sorted(best))


def _name(members: Sequence[_Member]) -> str:
    """Return a country's known label, else the name that documents use most."""
    known = next((m.decision.entity for m in members if m.known), None)
    if known and known.type == "Country":
        return known.label
    if any(m.group.type == "Person" for m in members):
        full = Counter(m.group.name for m in members if " " in m.group.name)
        return min(full or {members[0].group.name: 1}, key=lambda n: (-full[n], -len(n), n))
    counts = Counter(m.group.name for m in members)
    return min(counts, key=lambda n: (-counts[n], -len(n.split()), n))


def _type(members: Sequence[_Member]) -> str:
    """Return the type that the documents give it most, mention by mention.

    Of a person with a full name, the surname alone is often taken for a town or a firm.
    """
    if any(map(_is_person, members)) and all(
        m.group.type == "Person" or " " not in m.folded for m in members
    ):
        return "Person"
    counts: Counter[str] = Counter()
    for member in members:
        counts[member.group.type] += len(member.group.mentions)
    return min(counts, key=lambda kind: (-counts[kind], kind))
