"""Decide which mention groups, over all documents, are the same thing, and keep the reasons.

A group is first looked up in the knowledge base (``disambiguation.py``). Groups join by
the rules of ``joining.py`` (the same sure link or name, a surname, initials or an acronym
of exactly one other, a spelling), as long as no two members of a set contradict each
other (``members.py``). Pairs that look alike without being sure are listed for people to
decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from kg.folding import fold
from kg.lexicons import load_lexicons
from kg.linking.context import Context, document_context, spans_of
from kg.linking.disambiguation import Decision, decide
from kg.linking.joining import PARTS, SAME, as_usually_spaced, blocks
from kg.linking.knowledge_base import KnowledgeBase
from kg.linking.members import GroupKey, Joined, Member, contradict
from kg.linking.people import is_full_name
from kg.plain_names import plain_name
from kg.records import Entity, Link, MentionGroup, Passage, Reading
from kg.slugs import unique_slug
from kg.vocabulary import NAMED_ALIKE, UNCLEAR

IN_COURT, TOWN_OR_TEAM, RANK = "in court", "town or team", "rank in {}"
LEAST_TELLING, KNOWN_WEIGHS = 0.6, 1.5
"""Probability from which a known thing tells a type, and how much more than a mention does."""
VERSUS_BEFORE = re.compile(r"\bvs?\s?\.\s+$")
VERSUS_AFTER = re.compile(r"\s+vs?\s?\.\s")
JUDGE_AFTER = re.compile(r"\s?,\s?(?:C\s?\.\s?)?JJ?\s?\.")
"""A judge in a citation: "(Okoro, J., concurring)", "Okoro, C.J."."""
WORD_BEFORE = re.compile(r"(\w+)\s+$")
NEAR = 12
"""Characters before a surname in which "v." or a judge's title is looked for."""


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


def resolve_entities(readings: Iterable[Reading], knowledge: KnowledgeBase) -> Resolution:
    """Return the entities of the corpus, in the order of their ids, with the reasons for each."""
    members = [member for reading in readings for member in _members(reading, knowledge)]
    members = as_usually_spaced(members)
    # Who joins first must not depend on the order of the documents.
    members.sort(key=lambda m: (m.folded, m.group.type, m.key))
    joined = Joined(members)
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


def _members(reading: Reading, knowledge: KnowledgeBase) -> Iterator[Member]:
    country, in_sport = _country(reading), _is_of_sport(reading)
    holds, titles = _held_roles(reading)
    for group, context in zip(reading.groups, contexts_of(reading, knowledge), strict=True):
        names, key = names_of(group), (reading.document.id, group.id)
        decision = decide(names, group.type, knowledge, context=context)
        apart = IN_COURT if _is_in_court(names, group, reading.document.text) else ""
        if in_sport and group.type in NAMED_ALIKE:
            decision, apart = replace(decision, exact=False), TOWN_OR_TEAM
        # "Justice", "General" stand before whose name it is: alone it is nobody's elsewhere.
        if group.type == "Role" and fold(group.name) in load_lexicons().words["role_before_name"]:
            apart = RANK.format(reading.document.id)
        yield Member(
            key, group, names, fold(plain_name(group.name, group.type)), decision, country, apart,
            frozenset(holds[group.id]), group.id in titles,
        )  # fmt: skip


def contexts_of(reading: Reading, knowledge: KnowledgeBase) -> list[Context]:
    """Return what stands round the mentions of each group, in their order."""
    whole = document_context(reading, _code_of(_country(reading), knowledge))
    return [replace(whole, spans=spans_of(group)) for group in reading.groups]


def _is_of_sport(reading: Reading) -> bool:
    """Tell a document that names a league or cup: its towns may be their teams."""
    competitions = load_lexicons().words["competition"]
    named = (fold(g.name).split() for g in reading.groups if g.type in {"Organization", "Event"})
    return any(not competitions.isdisjoint(words[-1:]) for words in named)


def _held_roles(reading: Reading) -> tuple[Mapping[int, set[str]], set[int]]:
    """Return a person's group -> the roles right before the name, and the groups of such roles."""
    roles = {
        m.passage.end + 1: group
        for group in reading.groups
        if group.type == "Role"
        for m in group.mentions
    }
    holds: dict[int, set[str]] = defaultdict(set)
    titles: set[int] = set()
    for group in reading.groups:
        for mention in group.mentions if group.type == "Person" else ():
            role = roles.get(mention.passage.start)
            # "He told the President he had left": a pronoun is no name with its title.
            if role is not None and mention.kind == "name":
                holds[group.id].add(fold(role.name))
                titles.add(role.id)
    return holds, titles


def _country(reading: Reading) -> str:
    """Return the name of the country that a document names most, "" if none."""
    counts = {g.name: len(g.mentions) for g in reading.groups if g.type == "Country"}
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _code_of(country: str, knowledge: KnowledgeBase) -> str:
    """Return the code of a country (ISO 3166), "" if it is not known."""
    known = (found.entity for found in knowledge.find(country) if found.entity.type == "Country")
    return next((entity.country for entity in known), "") if country else ""


def _is_in_court(names: Sequence[str], group: MentionGroup, text: str) -> bool:
    """Tell "Jones v. Smith" and "Justice Kennedy": a case's or a judge's surname, nobody else's."""
    # With a first name it is somebody, in court or not.
    if group.type not in UNCLEAR or any(" " in name for name in names):
        return False
    return any(_is_case_or_judge(m.passage, text) for m in group.mentions)


def _is_case_or_judge(surname: Passage, text: str) -> bool:
    near = max(0, surname.start - NEAR)
    after = any(shape.match(text, surname.end) for shape in (VERSUS_AFTER, JUDGE_AFTER))
    if after or VERSUS_BEFORE.search(text, near, surname.start):
        return True
    before = WORD_BEFORE.search(text, near, surname.start)
    return before is not None and before[1].lower() in load_lexicons().words["court_title"]


def decide_groups(reading: Reading, knowledge: KnowledgeBase) -> list[Decision]:
    """Return the known thing that each group of a document was found to mean, in their order."""
    return [member.decision for member in _members(reading, knowledge)]


def names_of(group: MentionGroup) -> tuple[str, ...]:
    """Return a group's own name, then the names and acronyms among its mentions, long ones first."""
    spelt = (" ".join(m.text.split()) for m in group.mentions if m.kind in {"name", "acronym"})
    others = set(spelt) - {group.name}
    return (group.name, *sorted(others, key=lambda name: (-len(name), name)))


# --- what joins ------------------------------------------------------------------------


def _join_all(members: Sequence[Member], joined: Joined) -> list[Merge]:
    """Join what belongs together, the surest grounds first; return the merges with their reasons."""
    merges: list[Merge] = []

    def join(first: Member, second: Member, reason: str) -> bool:
        grew = joined.join(first, second)
        if grew:
            merges.append(_merge(first, second, reason))
        return grew or joined.together(first, second)

    for reason, key in SAME:
        for block in blocks(members, key):
            _join_block(block, partial(join, reason=reason))
    for reason, find in PARTS:
        for part, whole in find(members, joined):
            join(whole, part, reason)
    return merges


def _join_block(block: Sequence[Member], join: Callable[[Member, Member], bool]) -> None:
    """Join each member with the first one before it that it does not contradict."""
    apart: list[Member] = []
    for member in block:
        if not any(join(first, member) for first in apart):
            apart.append(member)


def _merge(first: Member, second: Member, reason: str) -> Merge:
    names = [fold(plain_name(m.group.name, m.group.type)) for m in (first, second)]
    # These met by their usual spaces: the reason must hold for whoever reads the names.
    if reason == "same name" and names[0] != names[1]:
        reason = "same letters"
    return Merge(first.key, second.key, (first.group.name, second.group.name), reason)


def _unsure_pairs(members: Sequence[Member], joined: Joined) -> Iterator[Merge]:
    """Yield a pair of each two sets that look alike and were not joined, for people to decide."""
    seen: set[frozenset[int]] = set()
    for reason, key in (
        ("same surname", lambda m: m.folded.split()[-1] if m.group.type == "Person" else None),
        ("same close link", lambda m: m.decision.entity.id if m.decision.entity else None),
        ("same name, another type", lambda m: m.folded),
    ):
        for block in blocks(members, key):
            for first, second in _neighbours(block, joined):
                pair = frozenset({id(joined.set_of(first)), id(joined.set_of(second))})
                if pair not in seen and not contradict(first, second):
                    seen.add(pair)
                    yield _merge(first, second, reason)


def _neighbours(block: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield pairs of different sets of a block, a member of each."""
    firsts = list({id(joined.set_of(m)): m for m in reversed(block)}.values())
    for number, first in enumerate(firsts):
        yield from ((first, second) for second in firsts[number + 1 :])


# --- entities ----------------------------------------------------------------------------


def _order(members: Sequence[Member]) -> tuple[str, str, GroupKey]:
    """Sort sets so that ids do not depend on the order of documents."""
    named = _named(members)
    return fold(_name(named)), _type(named), min(m.key for m in members)


def _named(members: Sequence[Member]) -> Sequence[Member]:
    """Return those that tell the name: somebody goes by that, not by the role that is held."""
    return [m for m in members if m.group.type != "Role"] or members


def _entity(members: Sequence[Member], taken: set[str]) -> Entity:
    named = _named(members)
    name = _name(named)
    names = {n for m in named for n in m.names}
    return Entity(
        id=unique_slug(name, taken),
        name=name,
        type=_type(named),
        also_known_as=tuple(sorted(names - {name})),
        links=_links(members),
        groups=tuple(sorted(m.key for m in members)),
    )


def _links(members: Sequence[Member]) -> tuple[Link, ...]:
    """Return the links of the sure decisions, or of the likely ones if there is no sure one."""
    decisions = [m.decision for m in members if m.decision.entity is not None]
    sure = [d for d in decisions if d.exact]
    links = chain.from_iterable(map(_links_of, sure or decisions))
    # Of several links to one IRI the surest comes last, and so stays.
    best = {link.iri: link for link in sorted(links, key=lambda x: (x.iri, x.exact, x.score))}
    return tuple(best.values())


def _links_of(decision: Decision) -> list[Link]:
    iris = decision.entity.iris if decision.entity else ()
    return [Link(iri, decision.exact, decision.probability) for iri in iris]


def _name(members: Sequence[Member]) -> str:
    """Return a country's known label, else the name that documents use most."""
    known = next((m.decision.entity for m in members if m.known), None)
    if known and known.type == "Country":
        return known.label
    if any(m.group.type == "Person" for m in members):
        return _name_of_person(members)
    counts = Counter(m.group.name for m in members)
    return min(counts, key=lambda n: (-counts[n], -len(n.split()), n))


def _name_of_person(members: Sequence[Member]) -> str:
    """Return the full name that documents use most, else the one name that there is."""
    full = _full_names(members) or Counter({members[0].group.name: 1})
    return min(full, key=lambda n: (-full[n], -len(n), n))


def _full_names(members: Sequence[Member]) -> Counter[str]:
    """Return how many groups have each full name of a person, or else each of several words."""
    full = Counter(m.group.name for m in members if is_full_name(m.folded))
    return full or Counter(m.group.name for m in members if " " in m.group.name)


def _type(members: Sequence[Member]) -> str:
    """Return the type that the documents and what they were linked to give it most.

    Of a person with a full name, the surname alone is often taken for a town or a firm.
    """
    if any(m.is_person for m in members) and all(
        m.group.type == "Person" or " " not in m.folded for m in members
    ):
        return "Person"
    counts: dict[str, float] = defaultdict(float)
    for member in members:
        known, said = member.decision.entity, len(member.group.mentions)
        counts[member.group.type] += said
        # What is known of a thing tells its type better than the sentences do: of judged names 22
        # had their right type by it, and 2 a wrong one.
        if known is not None and member.decision.probability >= LEAST_TELLING:
            counts[known.type] += KNOWN_WEIGHS * said
    return min(counts, key=lambda kind: (-counts[kind], kind))
