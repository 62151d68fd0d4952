"""Names built on other names: "Russian citizens", "the Assad regime", "the Skripal attack".

A common noun after a name tells what the two together name: people make a Group, a
regime or government a Government, a noun of event an Event. Roles are named by a list
("Foreign Secretary"), where they are capitalised or stand with a person or a country.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.lexicons import Lexicons
from kg.reading.grammar import NOUN_POS, Syntax, word_set
from kg.reading.names.proposals import PLACE_TYPES, Name

_BUILT_ON = PLACE_TYPES | {"Person", "Organization"}
_RULE = word_set("regime government administration junta")
"""Nouns of ruling that also follow a person's name: "the Assad regime"."""
_BODIES = word_set("army military navy opposition police")
"""Nouns that are groups of people in the singular."""
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_EVENT_BASES = frozenset({"Person", "City", "Place", "Facility", "Organization"})

BEFORE_A_NAME = word_set("general justice major")
"""Words that are roles before a name alone: "Justice Okoro", not "the Justice Manual"."""


@dataclass(frozen=True, slots=True)
class NameBuilder:
    """Builds names on those already found in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    def groups_and_governments(self, names: Iterable[Name]) -> Iterator[Name]:
        """Yield "Russian citizens", "Chinese and Mongolian forces", "the Assad regime"."""
        people, heads = self.lexicons.words["people"], self.lexicons.heads
        for name in names:
            if name.kind != "demonym" and name.type not in _BUILT_ON:
                continue
            head = self._modified_noun(name)
            if head is None or any(n.start <= head < n.end and n.kind == "name" for n in names):
                continue
            word, plural = self.syntax.lowers[head], self.syntax.tags[head] in {"NNS", "NNPS"}
            words = self.syntax.text(name.start, name.end)
            of = name.label or words
            label = f"{words} {self.syntax.text(self._own_start(name, head), head + 1)}"
            is_place = name.type in PLACE_TYPES
            if (
                heads.get(word) == "Government"
                and (not plural or word == "authorities")
                and (is_place or word in _RULE)
            ):
                yield Name(name.start, head + 1, "Government", "nominal", "pattern", label, of)
            elif word in people and (plural or word in _BODIES) and is_place:
                yield Name(name.start, head + 1, "Group", "nominal", "pattern", label, of)

    def _modified_noun(self, name: Name) -> int | None:
        """Return the common noun that a name stands before and modifies."""
        syntax, i = self.syntax, name.end - 1
        first = syntax.heads[i]
        joined = syntax.deps[i] == "conj" and (
            name.kind == "demonym" or syntax.heads[first] == name.end
        )
        if joined and syntax.deps[syntax.heads[i]] in _MODIFIERS:
            i = syntax.heads[i]
        head = syntax.heads[i]
        if syntax.deps[i] not in _MODIFIERS or head < name.end or head - name.end > 4:
            return None
        between = syntax.pos[name.end : head]
        ok = all(p in {"ADJ", "NOUN", "CCONJ", "PROPN", "VERB"} for p in between)
        ok = ok and (name.kind == "demonym" or "CCONJ" not in between)
        return head if ok and syntax.pos[head] in NOUN_POS else None

    def _own_start(self, name: Name, head: int) -> int:
        """Return where the words of a group begin after the other members of "A and B forces"."""
        start = name.end
        for i in range(name.end, head):
            if self.syntax.words[i] in self.lexicons.demonyms or self.syntax.lowers[i] in {
                "and",
                "or",
                ",",
            }:
                start = i + 1
        return start

    def events_named_after(self, names: list[Name]) -> Iterator[Name]:
        """Yield "the Skripal attack", "the Salisbury poisonings": a name and a noun of event."""
        nouns = self.lexicons.words["event_noun"]
        for name in names:
            if name.kind != "name" or name.type not in _EVENT_BASES:
                continue
            head = self.syntax.heads[name.end - 1]
            if (
                head == name.end
                and self.syntax.deps[name.end - 1] == "compound"
                and self.syntax.lowers[head] in nouns
            ):
                yield Name(name.start, head + 1, "Event", "name", "pattern")

    def roles(self, names: list[Name]) -> Iterator[Name]:
        """Yield roles: capitalised ("Foreign Secretary"), or of a country ("the Russian president")."""
        roles, syntax = self.lexicons.words["role"], self.syntax
        taken = {i for n in names if n.kind == "name" for i in range(n.start, n.end)}
        demonyms = {n.end: n for n in names if n.kind == "demonym" or n.type == "Country"}
        people = {n.start for n in names if n.type == "Person"}
        i = 0
        while i < len(syntax):
            size = self._role_size(i, roles)
            if not size or taken & set(range(i, i + size)):
                i += max(size, 1)
                continue
            before = demonyms.get(i)
            if before and syntax.sentence_of[before.start] != syntax.sentence_of[i]:
                before = None
            capital = syntax.words[i][0].isupper() and syntax.tags[i].startswith("NNP")
            capital = capital and self._lower_text(i, i + size) not in BEFORE_A_NAME
            singular = syntax.tags[i + size - 1] in {"NN", "NNP"}
            if singular and (before or capital or i + size in people):
                yield Name(
                    before.start if before else i,
                    i + size,
                    "Role",
                    "role",
                    "pattern",
                    of=before.label if before else "",
                )
            i += size

    def _role_size(self, i: int, roles: Collection[str]) -> int:
        """Return the words of a role, and of the one that it deputises for: "Deputy Chairman"."""
        size = next((s for s in (4, 3, 2, 1) if self._lower_text(i, i + s) in roles), 0)
        deputy = size == 1 and self.syntax.lowers[i] == "deputy"
        return size + (self._role_size(i + 1, roles) if deputy else 0)

    def _lower_text(self, start: int, end: int) -> str:
        return self.syntax.text(start, end).lower() if end <= len(self.syntax) else ""
