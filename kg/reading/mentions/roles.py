"""Whom a role means: "the President" is Trump where the text says "President Trump".

A document that puts a role before or beside one person's name, and nobody else's, means that
person by the role alone. With two holders nothing is said: which of them it is, the reader must
tell. A role of a country ("the Russian president") is another role than the bare one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicons import Lexicons
from kg.reading.grammar import BEFORE_NOUNS, Syntax
from kg.reading.mentions.groups import Key, TokenMention
from kg.reading.names.name import LONGEST_ROLE, SINGULAR

ROLE_SCORE = 0.85
"""By hand. Of 91 drawn from the Mueller report that meant a person, 86 were right before the last
mends; one report is not all texts."""

ALONE = "alone"
_FORMER = frozenset({"former", "ex", "late", "acting", "deputy"})
_ARTICLES = frozenset({"the", "its", "their", "our", "then"})
_TELLING = BEFORE_NOUNS | {"appos", "attr", "oprd"}
"""Where a role says what somebody is: "Okoro, the chairman", "She is the chairman"."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Finds, in one parsed text, who holds a role and where the role alone stands for them."""

    syntax: Syntax
    lexicons: Lexicons

    def resolve(self, mentions: Sequence[TokenMention]) -> list[TokenMention]:
        """Return the mentions with bare roles of one holder as mentions of that person."""
        holders = self._holders(mentions)
        if not holders:
            return _titles_apart(mentions)
        at = {m.tokens: m for m in mentions if m.kind == "role"}
        covered = {i for m in mentions if m.kind != "role" for i in range(m.start, m.end)}
        found: dict[tuple[int, int], TokenMention] = {}
        for start, end in self._bare(covered):
            holder = self._only_holder(start, end, holders, at.get((start, end)))
            if holder:
                found[start, end] = replace(
                    holder, start=start, end=end, head=end - 1, kind="role", label="",
                    antecedent=(holder.start, holder.end), score=ROLE_SCORE,
                )  # fmt: skip
        kept = [m for m in mentions if m.kind != "role" or m.tokens not in found]
        return [*_titles_apart(kept), *found.values()]

    def _only_holder(
        self,
        start: int,
        end: int,
        holders: dict[str, dict[Key, TokenMention]],
        named: TokenMention | None,
    ) -> TokenMention | None:
        """Return who alone holds a role in the document, if it is no other country's."""
        known = list(holders.get(self._words(start, end), {}).values())
        other = named is not None and bool(named.of)
        # Who holds it is said first: a page that ends on "President Okoro" began with another.
        introduced = len(known) == 1 and known[0].start < start
        return known[0] if introduced and not other else None

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.syntax.lowers[start:end])

    def _holders(self, mentions: Sequence[TokenMention]) -> dict[str, dict[Key, TokenMention]]:
        """Return role -> who holds it, by their keys: the first mention of each."""
        holders: dict[str, dict[Key, TokenMention]] = defaultdict(dict)
        people = [m for m in mentions if m.type == "Person" and m.kind == "name"]
        begins = {person.start for person in people}
        for person in people:
            for role in self._roles_of(person, begins):
                holders[role].setdefault(person.key, person)
        return holders

    def _roles_of(self, person: TokenMention, begins: set[int]) -> Iterator[str]:
        """Yield the roles before a name ("President Okoro") and beside it ("Okoro, the chairman")."""
        syntax = self.syntax
        for end in (person.start, self._end_beside(person, begins)):
            size = self._role_size_before(end)
            before = syntax.near(syntax.lowers, end - size - 1)
            # "According to the President Okoro had left": that is no name with its title.
            parted = before == "the" and end == person.start
            if size and before not in _FORMER and not parted:
                yield self._words(end - size, end)

    def _end_beside(self, person: TokenMention, begins: set[int]) -> int:
        """Return where the role ends in "Okoro, the chairman" or "the chairman, Okoro", 0 if none.

        Commas and an article part them: of a list or a reference the parse may say anything.
        """
        syntax = self.syntax
        for noun in syntax.all(person.head, {"appos"}):
            size = self._role_size_before(noun + 1)
            first = noun + 1 - size
            behind = syntax.near(syntax.words, person.end) == "," and first == person.end + 2
            article = syntax.near(syntax.lowers, first - 1) in _ARTICLES
            if behind and article and noun + 1 not in begins and not self._is_of_something(noun):
                return noun + 1
        noun, listed = person.start - 2, syntax.all(person.head, {"conj", "cc"})
        beside = noun > 0 and syntax.deps[person.head] == "appos" and not listed
        if (
            beside
            and syntax.heads[person.head] == noun
            and syntax.near(syntax.words, noun + 1) == ","
        ):
            size = self._role_size_before(noun + 1)
            if syntax.near(syntax.lowers, noun - size) == "the":
                return noun + 1
        return 0

    def _role_size_before(self, end: int) -> int:
        """Return how many words before a token are a role: the most that are one."""
        sizes = range(min(LONGEST_ROLE, end), 0, -1)
        return next((s for s in sizes if self._is_role(end - s, end)), 0)

    def _is_role(self, start: int, end: int) -> bool:
        """Tell a role that means somebody by itself: not "Justice", "General"."""
        role, words = self._words(start, end), self.lexicons.words
        return role in words["role"] and role not in words["role_before_name"]

    def _bare(self, covered: set[int]) -> Iterator[tuple[int, int]]:
        """Yield "the President", "the prime minister": a role with an article and without its name."""
        syntax, i = self.syntax, 1
        while i < len(syntax):
            size = self._role_size_at(i) if syntax.near(syntax.lowers, i - 1) == "the" else 0
            if size and self._stands_alone(i, i + size, covered):
                yield i, i + size
            i += max(size, 1)

    def _role_size_at(self, start: int) -> int:
        """Return how many words from a token are a role: the most that are one."""
        sizes = range(LONGEST_ROLE, 0, -1)
        return next((s for s in sizes if self._is_role(start, start + s)), 0)

    def _stands_alone(self, start: int, end: int, covered: set[int]) -> bool:
        syntax, last = self.syntax, end - 1
        if end > len(syntax) or syntax.tags[last] not in SINGULAR or end in covered:
            return False
        free = covered.isdisjoint(range(start, end)) and syntax.deps[last] not in _TELLING
        return free and not self._is_of_something(last)

    def _is_of_something(self, noun: int) -> bool:
        """Tell "the president of the company", which is another role than "the President"."""
        return any(self.syntax.lowers[c] in {"of", "for"} for c in self.syntax.children[noun])


def _titles_apart(mentions: Sequence[TokenMention]) -> list[TokenMention]:
    """Return the mentions with a role alone apart from the same role before names.

    "President Okoro" says which office she holds; "the President" is somebody.
    """
    begins = {m.start for m in mentions if m.type == "Person"}
    titles = {m.key for m in mentions if m.type == "Role" and m.end in begins}
    return [
        replace(m, key=(*m.key, ALONE)) if m.key in titles and m.end not in begins else m
        for m in mentions
    ]
