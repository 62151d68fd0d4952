"""Names built on other names: "Russian citizens", "the Assad regime", "the Skripal attack".

A common noun after a name tells what the two together name: people make a Group, a
regime or government a Government, a noun of event an Event. Roles are named by a list
("Foreign Secretary"), where they are capitalised or stand with a person or a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicons import Lexicons
from kg.reading.grammar import NOUN_POS, Syntax
from kg.reading.names.name import LONGEST_ROLE, MODIFIERS, PLURAL, SINGULAR, Name
from kg.vocabulary import PLACES

_BUILT_ON = PLACES | {"Person", "Organization"}
_EVENT_BASES = frozenset({"Person", "City", "Place", "Facility", "Organization"})
_GOVERNING_PLURALS = frozenset({"authorities"})
_BETWEEN_POS = frozenset({"ADJ", "NOUN", "CCONJ", "PROPN", "VERB"})
_JOINTS = frozenset({"and", "or", ","})
MOST_WORDS_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class NameBuilder:
    """Builds names on those already found in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    def groups_and_governments(self, names: Sequence[Name]) -> Iterator[Name]:
        """Yield "Russian citizens", "Chinese and Mongolian forces", "the Assad regime"."""
        named = _tokens_of_names(names)
        for name in filter(_may_be_built_on, names):
            head = self._modified_noun(name)
            kind = self._type_with(name, head) if head is not None and head not in named else None
            if head is not None and kind:
                yield self._built(name, head, kind)

    def _built(self, name: Name, head: int, kind: str) -> Name:
        words = self.syntax.text(name.start, name.end)
        label = f"{words} {self.syntax.text(self._own_start(name, head), head + 1)}"
        return Name(name.start, head + 1, kind, "nominal", "pattern", label, name.label or words)

    def _type_with(self, name: Name, head: int) -> str | None:
        """Return what a name and the noun after it are together, if anything."""
        if self._is_government(name, head):
            return "Government"
        return "Group" if name.type in PLACES and self._is_people(head) else None

    def _is_government(self, name: Name, head: int) -> bool:
        """Tell "the Russian authorities", "the Assad regime", not "the Okoro ministry"."""
        word, words = self.syntax.lowers[head], self.lexicons.words
        one = self.syntax.tags[head] not in PLURAL or word in _GOVERNING_PLURALS
        rules = name.type in PLACES or word in words["rule_noun"]
        return one and rules and self.lexicons.heads.get(word) == "Government"

    def _is_people(self, head: int) -> bool:
        """Tell "citizens", and "army", which is people in the singular."""
        word, words = self.syntax.lowers[head], self.lexicons.words
        several = self.syntax.tags[head] in PLURAL or word in words["people_in_singular"]
        return several and word in words["people"]

    def _modified_noun(self, name: Name) -> int | None:
        """Return the common noun that a name stands before and modifies."""
        syntax, modifier = self.syntax, self._modifier(name)
        head = syntax.heads[modifier]
        if syntax.deps[modifier] not in MODIFIERS or syntax.pos[head] not in NOUN_POS:
            return None
        near = name.end <= head <= name.end + MOST_WORDS_BETWEEN
        return head if near and self._is_one_phrase(name, head) else None

    def _modifier(self, name: Name) -> int:
        """Return the token that hangs on the noun: of "Chinese and Mongolian forces" the first."""
        syntax, first = self.syntax, self.syntax.heads[name.last]
        # "Chinese and Mongolian forces": the second hangs on the first. Two names that are no
        # adjectives share a noun only right behind them.
        joined = syntax.deps[name.last] == "conj" and syntax.deps[first] in MODIFIERS
        if joined and (name.kind == "demonym" or syntax.heads[first] == name.end):
            return first
        return name.last

    def _is_one_phrase(self, name: Name, head: int) -> bool:
        """Tell whether what stands between a name and its noun is more about the noun."""
        between = self.syntax.pos[name.end : head]
        # After a name that is no adjective "and" begins another phrase: "Peru and its forces".
        alone = name.kind == "demonym" or "CCONJ" not in between
        return alone and _BETWEEN_POS.issuperset(between)

    def _own_start(self, name: Name, head: int) -> int:
        """Return where the words of a group begin after the other members of "A and B forces"."""
        syntax, start = self.syntax, name.end
        for i in range(name.end, head):
            if syntax.words[i] in self.lexicons.demonyms or syntax.lowers[i] in _JOINTS:
                start = i + 1
        return start

    def events_named_after(self, names: Sequence[Name]) -> Iterator[Name]:
        """Yield "the Skripal attack", "the Salisbury poisonings": a name and a noun of event."""
        for name in names:
            if name.kind == "name" and name.type in _EVENT_BASES and self._is_event(name):
                yield Name(name.start, name.end + 1, "Event", "name", "pattern")

    def _is_event(self, name: Name) -> bool:
        """Tell whether a noun of event follows a name that it has before it."""
        syntax = self.syntax
        compound = syntax.deps[name.last] == "compound" and syntax.hangs_on(name.last, name.end)
        noun = syntax.near(syntax.lowers, name.end)
        return compound and noun in self.lexicons.words["event_noun"]

    # --- roles ------------------------------------------------------------------------------

    def roles(self, names: Sequence[Name]) -> Iterator[Name]:
        """Yield roles: capitalised ("Foreign Secretary"), or of a country ("the Russian president")."""
        countries = {n.end: n for n in names if _is_of_country(n)}
        people = {n.start for n in names if n.type == "Person"}
        for start, end in self._listed_roles(without=_tokens_of_names(names)):
            country = self._same_sentence(countries.get(start), start)
            if self._is_role_of_one(start, end, sure=bool(country) or end in people):
                yield _role(country, start, end)

    def _listed_roles(self, *, without: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Yield the words of roles, those that are part of a name left out."""
        i = 0
        while i < len(self.syntax):
            end = i + self._role_size(i)
            if end > i and without.isdisjoint(range(i, end)):
                yield i, end
            i = max(end, i + 1)

    def _same_sentence(self, country: Name | None, i: int) -> Name | None:
        sentence_of = self.syntax.sentence_of
        return country if country and sentence_of[country.start] == sentence_of[i] else None

    def _is_role_of_one(self, start: int, end: int, *, sure: bool) -> bool:
        """Tell one person's role: beside a country or a person (``sure``), else by its capital."""
        tags, last = self.syntax.tags, end - 1
        return tags[last] in SINGULAR and (sure or self._is_capital_role(start, end))

    def _is_capital_role(self, start: int, end: int) -> bool:
        """Tell "the Foreign Secretary"; not "the Justice Manual", where a word has other senses."""
        capital = self.syntax.words[start][0].isupper() and self.syntax.tags[start].startswith(
            "NNP"
        )
        return capital and self._lower(start, end) not in self.lexicons.words["role_before_name"]

    def _role_size(self, i: int) -> int:
        """Return the words of a role, and of the one that it deputises for: "Deputy Chairman"."""
        roles = self.lexicons.words["role"]
        if self.syntax.near(self.syntax.lowers, i) not in _beginnings(roles):
            return 0
        sizes = range(LONGEST_ROLE, 0, -1)
        size = next((s for s in sizes if self._lower(i, i + s) in roles), 0)
        deputy = size == 1 and self.syntax.lowers[i] == "deputy"
        return size + (self._role_size(i + 1) if deputy else 0)

    def _lower(self, start: int, end: int) -> str:
        return self.syntax.text(start, end).lower() if end <= len(self.syntax) else ""


@cache
def _beginnings(phrases: frozenset[str]) -> frozenset[str]:
    """Return all that phrases can begin with: most words of a text begin none."""
    return frozenset(phrase[:size] for phrase in phrases for size in range(1, len(phrase) + 1))


def _may_be_built_on(name: Name) -> bool:
    return name.kind == "demonym" or name.type in _BUILT_ON


def _is_of_country(name: Name) -> bool:
    return name.kind == "demonym" or name.type == "Country"


def _tokens_of_names(names: Iterable[Name]) -> frozenset[int]:
    return frozenset(i for name in names if name.kind == "name" for i in range(*name.tokens))


def _role(country: Name | None, start: int, end: int) -> Name:
    """Return a role as a name, with the country before it: "[the] Russian president"."""
    if country is None:
        return Name(start, end, "Role", "role", "pattern")
    return Name(country.start, end, "Role", "role", "pattern", of=country.label)
