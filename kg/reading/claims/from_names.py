"""What stands beside a name: who that is, where it lies, what it is built on.

"Putin, the Russian president", "Trek's president, Dick Burke", "the arranger James Mack",
"Lima, Peru", "the hospital in Lima", "Mongolian forces", "the Skripal attack": no verb
says so, and the predicate of such a claim is implicit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.folding import fold
from kg.lexicons import load_lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.noun_phrases import QUOTES, NounPhrase
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import BEFORE_NOUNS, FINITE_TAGS, NOUN_POS, word_set
from kg.reading.mentions.groups import TokenMention
from kg.vocabulary import LOCATIONS

LIES_IN = frozenset(
    {("City", "Region"), ("City", "Country"), ("Region", "Country"), ("Facility", "City")}
)
"""Types of a place and of another, named right after it, in which it lies."""
STANDS_IN = frozenset({"Facility", "City", "Place", "Organization"})
"""What may be said to be in a place by "in" alone: "St Mary's Hospital in Lima"."""
LONGEST_DESCRIPTION = 8
"""Words before a name that may tell what it is."""
BUILT_ON: Mapping[str, str] = MappingProxyType(
    {"Group": "belong to", "Government": "belong to", "Role": "belong to"}
)
APPOSITION, PLACE_NAME = "noun: apposition", "noun: place name"
NAMED, ROLE, DESCRIPTION = "noun: named", "noun: role", "noun: description"
BUILT_NAME, PLACE, BASED = "noun: built name", "noun: place", "noun: based"
"""The rules, as a claim names the one that found it."""
OF_PEOPLE = frozenset({"Person", "Role", "Group"})
"""Types of what a person, or a role of theirs, can be the same as."""
_ARTICLES = word_set("the a an")
_DESCRIBES = frozenset({"NN"})
_APPOSITION, _ADJECTIVE = frozenset({"appos"}), frozenset({"amod"})
_ENDING_POS = frozenset({"PUNCT", "CCONJ", "ADP"})
"""What a role does not reach beyond: marks, "and", prepositions."""

NounRule = Callable[[int, int], Iterator[RawClaim]]
"""Yields the claims of one kind that stand at a noun, all of them numbered as one clause."""


class NameClaimFinder:
    """Finds what stands beside the names of one parsed text."""

    def __init__(
        self,
        clauses: ClauseFinder,
        mentions: Mapping[int, TokenMention],
        members: Mapping[int, list[TokenMention]],
    ) -> None:
        self.syntax = clauses.syntax
        self.clauses = clauses
        self.mentions = mentions
        self.members = members

    def rules(self, noun: int) -> list[NounRule]:
        """Return the rules that a noun with such dependents may set off: most have none."""
        named: list[NounRule] = [self._roles, self._places] if noun in self.mentions else []
        if not self.syntax.children[noun]:
            return named
        apposed = self.syntax.child(noun, _APPOSITION) is not None
        described = self.syntax.child(noun, _ADJECTIVE) is not None
        return [
            *([self._appositions, self._named_after] if apposed else []),
            *named,
            *([self._based] if described else []),
        ]

    # --- appositions ---------------------------------------------------------------

    def _appositions(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "Putin, the Russian president" as: Putin is the Russian president."""
        syntax = self.syntax
        # What is said of a thing without a name leads nowhere.
        if noun not in self.mentions and syntax.pos[noun] != "PROPN":
            return
        for i in self._apposed(noun):
            phrase = self.clauses.phrase(i, preps=None).tokens
            if self._is_inside(noun, i):
                yield self._implicit(number, noun, NounPhrase(i, phrase), "be in", rule=PLACE_NAME)
            elif syntax.pos[i] in NOUN_POS and i > noun and not self._is_other(noun, i):
                yield self._implicit(number, noun, NounPhrase(i, phrase), "be", rule=APPOSITION)

    def _apposed(self, noun: int) -> Iterator[int]:
        """Yield what is set beside a noun; after a colon stands a field's value or a subtitle."""
        for i in self.syntax.all(noun, _APPOSITION):
            if ":" not in self.syntax.words[min(noun, i) : max(noun, i)]:
                yield i

    def _named_after(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "Trek's president, Dick Burke" as: Dick Burke is Trek's president."""
        syntax = self.syntax
        if syntax.tags[noun] not in _DESCRIBES or noun in self.mentions:
            return
        for i in self._apposed(noun):
            lone = self._is_lone_name(i, noun) and not self._is_office(noun, i)
            words = self._words_before(i, noun) if lone else ()
            if words:
                yield self._implicit(number, i, NounPhrase(noun, words), "be", rule=NAMED)

    def _is_office(self, noun: int, i: int) -> bool:
        """Tell "an observer, Gazprom": a role, and the body where somebody has it."""
        other = self.mentions.get(i)
        body = other is not None and other.type not in OF_PEOPLE
        return body and self.syntax.lemmas[noun].lower() in load_lexicons().words["role"]

    def _is_lone_name(self, i: int, noun: int) -> bool:
        """Tell a name after a noun that opens no list ("Lima, Quito and Bogotá")."""
        named = i in self.clauses.names and i > noun
        return named and not self.syntax.all(i, {"conj", "nummod"})

    def _words_before(self, name: int, noun: int) -> tuple[int, ...]:
        """Return the phrase of a noun as far as it stands before a name, if it is no clause."""
        first = self.clauses.names[name][0]
        words = [t for t in self.clauses.phrase(noun, preps=None).tokens if t < first]
        words = self.clauses.cutter.strip(words)
        finite = any(self.syntax.tags[t] in FINITE_TAGS for t in words)
        return () if finite else tuple(words)

    def _is_inside(self, noun: int, i: int) -> bool:
        """Tell "Hillsborough, North Carolina": a town and where it lies, and no list."""
        inner, outer = self.mentions.get(noun), self.mentions.get(i)
        if inner is None or outer is None or (inner.type, outer.type) not in LIES_IN:
            return False
        # Side by side, but for a comma and the first words of the region's name.
        return noun < i <= noun + 4 and self.syntax.child(i, {"conj", "cc"}) is None

    def _is_other(self, noun: int, i: int) -> bool:
        if self.clauses.names.get(noun, noun) == self.clauses.names.get(i, i):
            return True
        return self._is_list_item(i) or self._is_dated(i) or self._is_no_person(noun, i)

    def _is_no_person(self, noun: int, i: int) -> bool:
        """Tell "Newt Gingrich (GA)", "Ruth Cole (Orbit)": what a person belongs to, and is not."""
        person, other = self.mentions.get(noun), self.mentions.get(i)
        if person is None or person.type != "Person":
            return False
        if other is not None and other.kind in {"name", "acronym"}:
            return other.type not in OF_PEOPLE
        bracketed = "(" in self.syntax.words[noun:i] and self.syntax.words[i].isupper()
        return bracketed and self.syntax.lowers[i] not in load_lexicons().words["role"]

    def _is_dated(self, i: int) -> bool:
        """Tell "Foreign Secretary, 7 February 2019", where a date stands beside a name."""
        if any(letter.isdigit() for letter in self.syntax.words[i]):
            return True
        return self.syntax.is_time(i) or self.syntax.child(i, {"nummod"}) is not None

    def _is_list_item(self, i: int) -> bool:
        """Tell "Paris, London and Rome", where the parser takes a list for an apposition."""
        syntax = self.syntax
        article = any(syntax.lowers[c] in _ARTICLES for c in syntax.all(i, {"det"}))
        return (
            not article
            and syntax.pos[i] == "PROPN"
            and i in self.mentions
            and self.mentions[i].type != "Role"
        )

    # --- what stands before a name ----------------------------------------------------

    def _roles(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield what a mention is built on, and the role that stands before a person."""
        mention = self.mentions.get(noun)
        if mention is None:
            return
        for outer in self.members.get(noun, [mention]):
            yield from self._built_on(outer, noun, number)
        role = self._role_before(mention)
        if role is not None:
            yield self._implicit(number, noun, role, "be", rule=ROLE)
        elif mention.kind == "name" and (words := self._description(noun, mention)):
            yield self._implicit(number, noun, NounPhrase(words[-1], words), "be", rule=DESCRIPTION)

    def _role_before(self, person: TokenMention) -> NounPhrase | None:
        """Return "Canada's former prime minister" of "… prime minister Justin Trudeau"."""
        role = self.mentions.get(person.start - 1)
        if person.type != "Person" or role is None or not self._stands_before(role, person):
            return None
        first = self._first_of_role(role, person)
        return NounPhrase(role.head, tuple(range(first, role.end)))

    def _description(self, noun: int, named: TokenMention) -> tuple[int, ...]:
        """Return "Childers's biographer" of "Childers's biographer Andrew Boyle"."""
        syntax = self.syntax
        last = named.start - 1
        while syntax.near(syntax.words, last) in QUOTES:
            last -= 1
        if not self._describes(last, noun):
            return ()
        own = [t for t in syntax.subtree(noun) if last - LONGEST_DESCRIPTION <= t <= last]
        kept = [t for t in own if syntax.deps[t] != "case" or t < last]
        return tuple(self.clauses.cutter.strip(kept))

    def _describes(self, i: int, name: int) -> bool:
        """Tell a common noun before a name, in small letters, that hangs on it."""
        syntax = self.syntax
        if syntax.near(syntax.tags, i) not in _DESCRIBES or not syntax.hangs_on(i, name):
            return False
        return syntax.deps[i] in BEFORE_NOUNS and not syntax.words[i][0].isupper()

    def _first_of_role(self, role: TokenMention, person: TokenMention) -> int:
        """Return where "Canada's former prime minister" begins, before "Justin Trudeau"."""
        syntax, first = self.syntax, role.start
        # The parser hangs the words before a role on the role, or on the person.
        own = set(syntax.subtree(person.head)) | set(syntax.subtree(role.head))
        while first - 1 in own and syntax.near(syntax.pos, first - 1) not in _ENDING_POS:
            first -= 1
        return first

    def _stands_before(self, role: TokenMention, person: TokenMention) -> bool:
        """Tell "President Z", in one sentence."""
        sentence = self.syntax.sentence_of
        adjoining = role.type == "Role" and role.end == person.start
        return adjoining and sentence[role.start] == sentence[person.start]

    # --- what a name is built on, and where it is ----------------------------------------

    def _built_on(self, outer: TokenMention, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "Mongolian forces": of Mongolia; "the Assad regime": led by Assad."""
        for i in range(outer.start, outer.end):
            inner = self.mentions.get(i)
            if inner is not None and i != noun and _is_part(inner, outer):
                phrase = NounPhrase(i, tuple(range(inner.start, inner.end)))
                raw = self._implicit(
                    number, noun, phrase, _built_lemma(inner, outer), rule=BUILT_NAME
                )
                yield replace(raw, subject_key=outer.key, granted=True)

    def _places(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "St Mary's Hospital in Lima", "the summit in Geneva": where it is."""
        named = self.mentions.get(noun)
        if named is None or named.kind != "name" or named.type not in STANDS_IN | {"Event"}:
            return
        for preposition in self.syntax.all(noun, {"prep"}):
            where = self._place_after(preposition, named)
            if where is not None:
                lemma = "take place in" if named.type == "Event" else "be in"
                phrase = NounPhrase(where.head, tuple(range(where.start, where.end)))
                yield self._implicit(number, noun, phrase, lemma, rule=PLACE)

    def _place_after(self, preposition: int, named: TokenMention) -> TokenMention | None:
        """Return the place that an "in" right after a name leads to."""
        syntax = self.syntax
        if preposition != named.end or syntax.lowers[preposition] != "in":
            return None
        place = syntax.child(preposition, {"pobj"})
        where = self.mentions.get(place) if place is not None else None
        if where is None or where.type not in LOCATIONS:
            return None
        return where if where.start >= preposition else None

    def _based(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "the London-based bank": it is based in London."""
        for based in self.syntax.all(noun, _ADJECTIVE):
            place = self.mentions.get(based - 2) if self._is_based(based) else None
            if place is None or place.type not in LOCATIONS:
                continue
            subject = self._bearer(noun)
            where = NounPhrase(place.head, tuple(range(place.start, place.end)))
            yield RawClaim(
                clause=number, subject=subject, predicate=(based,), lemma="base in", head="base",
                object=where, status_at=noun, found_by=BASED, participle="based in",
                noun=True, definite=True, granted=True,
            )  # fmt: skip

    def _is_based(self, i: int) -> bool:
        """Tell the "based" of "London-based"."""
        syntax = self.syntax
        return syntax.lowers[i] == "based" and syntax.near(syntax.words, i - 1) == "-"

    def _bearer(self, noun: int) -> NounPhrase:
        """Return the name that "a Moscow-based company" stands beside, or the company."""
        name = self.syntax.heads[noun]
        if self.syntax.deps[noun] == "appos" and name in self.clauses.names:
            return self.clauses.phrase(name, preps=("of",))
        return self.clauses.phrase(noun, preps=("of",))

    def _implicit(
        self, number: int, noun: int, other: NounPhrase, lemma: str, *, rule: str
    ) -> RawClaim:
        """Return a claim that no word spells out; its predicate is what licenses it."""
        mention = self.mentions.get(noun)
        inside = range(mention.start, mention.end) if mention else ()
        subject = (
            NounPhrase(noun, tuple(inside)) if mention else self.clauses.phrase(noun, preps=("of",))
        )
        # No word is the predicate; what licenses the claim stands for it.
        own = tuple(inside) if other.head in inside else (noun, *other.tokens)
        return RawClaim(
            clause=number, subject=subject, predicate=tuple(sorted(set(own))), lemma=lemma,
            head=lemma.partition(" ")[0], object=other, status_at=noun, found_by=rule,
            implicit=True, noun=True, definite=True,
        )  # fmt: skip


def _is_part(inner: TokenMention, outer: TokenMention) -> bool:
    """Tell the name that another is built on: of two groups each has its own."""
    if inner.kind == "pronoun" or inner.key == outer.key:
        return False
    return not outer.of or fold(outer.of) == inner.key[-1]


def _built_lemma(inner: TokenMention, outer: TokenMention) -> str:
    """Return what a name has to do with the one it is built on: "be led by" for a regime."""
    if outer.type == "Government" and inner.type == "Person":
        return "be led by"
    if outer.type == "Event" and inner.type == "City":
        return "take place in"
    return BUILT_ON.get(outer.type, "concern")
