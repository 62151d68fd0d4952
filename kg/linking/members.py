"""A mention group with what is known of its name, and sets of them that are one thing.

A set grows only while no two of its members contradict each other: different first names,
"Jr" and "Sr", different numbers, different links. So no chain of look-alikes becomes one
thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.linking.disambiguation import Decision
from kg.linking.people import are_namesakes, is_full_name
from kg.plain_names import legal_form
from kg.records import MentionGroup
from kg.vocabulary import PLACES, UNCLEAR

MISREAD = re.compile(r"[a-z]{2,}\d[a-z]+")

GroupKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Member:
    """A group with its document, its names, and the known entity it was linked to.

    ``country`` is the one that its document names most; ``apart`` says what keeps the name
    from being that of others: a surname in court is a case or a judge, a town where sport is
    told of may be its team, a rank is that of whoever its document names. ``holds`` are the
    roles right before a person's name; a role that ``is_title`` stands before a name itself.
    """

    key: GroupKey
    group: MentionGroup
    names: tuple[str, ...]
    folded: str
    decision: Decision
    country: str = ""
    apart: str = ""
    holds: frozenset[str] = frozenset()
    is_title: bool = False

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
        # Before a name a role is an office; alone it is whoever holds it.
        if self.is_title:
            return "office"
        # What is called a party is one, whatever type its document gives it.
        if self.group.type == "PoliticalParty" or self.folded.split()[-1:] == ["party"]:
            return f"party {self.country}"
        return "named" if self.group.type in UNCLEAR else self.group.type

    @property
    def is_person(self) -> bool:
        """Whether the name is a person's first and last name."""
        return self.group.type == "Person" and is_full_name(self.folded)


class Joined:
    """Sets of members that are one thing each, grown pair by pair."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._set_of = {m.key: [m] for m in members}

    def join(self, first: Member, second: Member) -> bool:
        """Make one set of two, unless a pair of their members contradicts; tell whether it grew."""
        ours, theirs = self._set_of[first.key], self._set_of[second.key]
        if ours is theirs or not _agree(ours, theirs):
            return False
        ours += theirs
        for member in theirs:
            self._set_of[member.key] = ours
        return True

    def together(self, first: Member, second: Member) -> bool:
        """Tell whether two members are in one set."""
        return self._set_of[first.key] is self._set_of[second.key]

    def set_of(self, member: Member) -> list[Member]:
        """Return the set of a member."""
        return self._set_of[member.key]

    def sets(self) -> list[list[Member]]:
        """Return each set once."""
        return list({id(found): found for found in self._set_of.values()}.values())


def _agree(ours: Sequence[Member], theirs: Sequence[Member]) -> bool:
    """Tell whether no two members of two sets contradict each other, each different name once."""
    first, second = ({_told(m): m for m in members} for members in (ours, theirs))
    return not any(contradict(a, b) for a in first.values() for b in second.values())


def _told(member: Member) -> tuple[object, ...]:
    """Return all that may contradict another member."""
    person = member.group.type == "Person"
    return member.folded, member.known, person, "" if person else legal_form(member.group.name)


def contradict(first: Member, second: Member) -> bool:
    """Tell two members that cannot be one thing."""
    # Two sure links decide, however alike the names are.
    if first.known and second.known:
        return first.known != second.known
    if _is_known_place(first, second) or _is_known_place(second, first):
        return True
    if _have_other_numbers(first, second) or _have_other_forms(first, second):
        return True
    people = first.group.type == second.group.type == "Person"
    return people and are_namesakes(first.folded, second.folded)


def _have_other_numbers(first: Member, second: Member) -> bool:
    """Tell "Unit 26165" and "Unit 74455"; a name of one word is left alone."""
    several = " " in first.folded and " " in second.folded
    return several and _numbers(first) != _numbers(second)


def _have_other_forms(first: Member, second: Member) -> bool:
    """Tell "Orbis S.A." and "Orbis Ltd.", two firms; without its form a name may be either."""
    forms = {legal_form(m.group.name) for m in (first, second) if m.group.type != "Person"} - {""}
    return len(forms) > 1


def _is_known_place(place: Member, other: Member) -> bool:
    """Tell a place that the knowledge base is sure of beside a person or a team of its name."""
    no_place = other.group.type in {"Person", "Organization"}
    return bool(place.known) and place.group.type in PLACES and no_place


def _numbers(member: Member) -> list[str]:
    """Return the words with digits, but for those that a scan put for a letter ("robe1t").

    A lone digit inside a person's name is an initial ("James 8. Comey").
    """
    words = member.folded.split()
    if member.group.type == "Person":
        words = [words[0], *(w for w in words[1:-1] if len(w) > 1), *words[1:][-1:]]
    return [w for w in words if any(c.isdigit() for c in w) and not MISREAD.fullmatch(w)]
