"""What the encoder, or another spaCy pipeline, proposes, with its bounds and type mended.

Articles, titles and marks are cut off, roles parted from people ("British Foreign Secretary
[Ada Okoro]"), what names nobody dropped, and a type is taken from a list or from a name's
own noun where these tell it better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.lexicons import Known, Lexicons
from kg.reading.grammar import FINITE_TAGS, NOUN_POS, Syntax
from kg.reading.names.listed import listed_place
from kg.reading.names.name import LONGEST_ROLE, MONTHS, Name
from kg.reading.names.shapes import is_hurt, is_lone_compound
from kg.vocabulary import TYPES

WITHOUT_VERBS = frozenset({"Organization", "Government", "Person"})
"""Types of names that hold no verb, unlike those of works."""
SPACY_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "PERSON": "Person",
        "GPE": "City",
        "LOC": "Region",
        "FAC": "Facility",
        "ORG": "Organization",
        "EVENT": "Event",
        "LAW": "Law",
        "WORK_OF_ART": "Work",
        "PRODUCT": "Product",
        "NORP": "Group",
    }
)
"""A place that no list knows is most often a town; the lists hold every country."""
TOLD_BY_NOUN = frozenset({"Law", "Event", "PoliticalParty", "Facility", "Government"})
"""Types that a name's own noun ("Act", "Party", "Hotel") tells better than the encoder."""
MOST_WORDS = 12
"""A longer "name" is a sentence."""
_PRONOUNS = frozenset(["He", "She", "It", "We", "Us", "You", "They", "Them", "Him", "Her", "Me"])
_BEFORE_TAGS = frozenset({"DT", "PRP$", "IN", "POS", "CC", "PDT"})
_AFTER_TAGS = frozenset({"POS", "IN", "CC", "DT"})
_SIGNS = frozenset({"|", "=", "/", "\\", "[", "]"})
"""Marks of tables and addresses, which no name has."""

Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProposedNames:
    """Mends what was proposed in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    def find(self, proposed: Iterable[tuple[int, int, str]]) -> Iterator[Name]:
        """Yield what the encoder or another pipeline proposes, with repaired bounds."""
        for start, end, label in proposed:
            kind = label if label in TYPES else SPACY_TYPES.get(label)
            start = self._after_verb(start, end) if kind in WITHOUT_VERBS else start
            end = self._whole(end) if kind == "Organization" else end
            tokens = self._trim(start, end) if kind else None
            if kind and tokens and not self._names_nobody(tokens, kind):
                yield self._mended(tokens, kind, trained=label in TYPES)

    def _whole(self, end: int) -> int:
        """Return where "Orbit" ends that stands before "Waste", of which it is a part."""
        syntax = self.syntax
        while syntax.hangs_on(end - 1, end) and syntax.near(syntax.deps, end - 1) == "compound":
            common = syntax.near(syntax.pos, end) not in NOUN_POS
            title = syntax.near(syntax.words, end).istitle()
            role = syntax.near(syntax.lowers, end) in self.lexicons.words["role"]
            if common or role or not title:
                break
            end += 1
        return end

    def _mended(self, tokens: Tokens, kind: str, *, trained: bool) -> Name:
        if self._is_one_person(tokens, kind):
            kind = "Person"
        if kind == "Person":
            tokens = self._after_role(*tokens), tokens[1]
        return self._typed(tokens, kind, trained=trained)

    def _typed(self, tokens: Tokens, kind: str, *, trained: bool) -> Name:
        """Return the name with the type that a list or its noun tells better than what proposed it."""
        # What lists know of it is weighed later (``without_listed``).
        if trained:
            return Name(*tokens, self._by_own_noun(tokens, kind), source="model")
        known = self.lexicons.places.get(self.syntax.text(*tokens))
        if known and _is_listed_place(kind, known):
            return listed_place(*tokens, known)
        abstract = kind == "Organization" and self._is_abstract(tokens)
        return Name(*tokens, "Concept" if abstract else kind)

    def _by_own_noun(self, tokens: Tokens, kind: str) -> str:
        """Return the type that its noun tells of what the model calls an organisation."""
        lowers = self.syntax.lowers[slice(*tokens)]
        noun = lowers[: lowers.index("of")] if "of" in lowers[1:] else lowers
        told = self.lexicons.heads.get(noun[-1], kind)
        return told if kind == "Organization" and told in TOLD_BY_NOUN else kind

    def _is_abstract(self, tokens: Tokens) -> bool:
        *_, noun = self.syntax.lowers[slice(*tokens)]
        return self.lexicons.heads.get(noun) == "Concept"

    # --- people ----------------------------------------------------------------------------

    def _after_role(self, start: int, end: int) -> int:
        """Return where the person begins in "British Foreign Secretary Ada Okoro".

        A role may begin before what was proposed ("Chief of [Staff Ada Okoro]") and other
        words before it ("[White House Counsel Ada Okoro]"), but for roles that are names, too.
        """
        # From behind: where two roles follow each other the person begins after the second.
        for after in range(end - 1, start, -1):
            if self._may_begin_person(after) and any(
                self._is_role(first, after, inside=first > start + 1)
                for first in range(max(0, after - LONGEST_ROLE), after)
            ):
                return after
        return start

    def _may_begin_person(self, i: int) -> bool:
        lower = self.syntax.lowers[i].strip(".")
        return self.syntax.words[i][0].isupper() and lower not in self.lexicons.words["generation"]

    def _is_role(self, start: int, end: int, *, inside: bool) -> bool:
        """Tell the words of a role; ``inside`` a name, not of one that is a name as well."""
        text, words = self.syntax.text(start, end).lower(), self.lexicons.words
        return text in words["role"] and not (inside and text in words["role_or_name"])

    def _names_nobody(self, tokens: Tokens, kind: str) -> bool:
        """Tell "President", "Acting Attorney General", "Jr.", and an adjective for a group."""
        *_, last = self.syntax.pos[slice(*tokens)]
        if kind == "Group" and last == "ADJ":
            return True
        listed = self.lexicons.organisations.get(self.syntax.text(*tokens))
        if listed or kind not in {"Person", "Organization"}:
            return False
        return self._is_pronoun(tokens) or self._is_only_a_role(tokens)

    def _is_pronoun(self, tokens: Tokens) -> bool:
        return tokens[1] - tokens[0] == 1 and self.syntax.words[tokens[0]] in _PRONOUNS

    def _is_only_a_role(self, tokens: Tokens) -> bool:
        words = self.lexicons.words
        text = " ".join(self.syntax.lowers[slice(*tokens)]).removeprefix("acting ")
        role = text in words["role"] and text not in words["lone_name"]
        return role or text.rstrip(".") in words["generation"]

    def _is_one_person(self, tokens: Tokens, kind: str) -> bool:
        """Tell "the Navalny poisoning", "the Assad regime": who was hurt or rules is a person."""
        syntax, last = self.syntax, tokens[1] - 1
        if kind not in {"Group", "Organization"} or tokens[0] != last:
            return False
        rules = syntax.lowers[syntax.heads[last]] in self.lexicons.words["rule_of_one"]
        ruler = rules and is_lone_compound(syntax, self.lexicons, last)
        return ruler or is_hurt(syntax, self.lexicons, last)

    # --- bounds --------------------------------------------------------------------------

    def _after_verb(self, start: int, end: int) -> int:
        """Return where a name begins behind a verb: "Company means [Castor Retail Ltd.]"."""
        syntax = self.syntax
        verbs = [
            i
            for i in range(start + 1, end - 1)
            if syntax.tags[i] in FINITE_TAGS and syntax.words[i].islower()
        ]
        return verbs[-1] + 1 if verbs else start

    def _trim(self, start: int, end: int) -> Tokens | None:
        """Cut articles, titles, possessives and marks off; None if no name is left."""
        start = next((i for i in range(start, end) if not self._stands_before(i, end)), end)
        end = next(
            (i + 1 for i in range(end - 1, start - 1, -1) if not self._stands_after(i)), start
        )
        if not self._has_capital(start, end):
            return None
        if self._opens_in_lower_case(start):
            return self._trim(start + 1, end)
        return None if self._is_no_name(start, end) else (start, end)

    def _has_capital(self, start: int, end: int) -> bool:
        """Tell whether some word begins with a capital, and all are more than one letter."""
        words = self.syntax.words[start:end]
        return any(w[0].isupper() for w in words) and len("".join(words)) > 1

    def _stands_before(self, i: int, end: int) -> bool:
        """Tell an article, a mark, or a title of more than itself: "the", "“", "Mr Okoro"."""
        syntax = self.syntax
        title = end - i > 1 and syntax.lowers[i] in self.lexicons.words["title"]
        before = title or syntax.tags[i] in _BEFORE_TAGS or not syntax.words[i][0].isalnum()
        return before or self._is_currency(i, beside=i - 1)

    def _stands_after(self, i: int) -> bool:
        """Tell "’s" and marks after a name, but for the full stop of "Inc."."""
        letter = self.syntax.words[i][-1]
        if self._is_currency(i, beside=i + 1):
            return True
        return self.syntax.tags[i] in _AFTER_TAGS or not (letter.isalnum() or letter == ".")

    def _is_currency(self, i: int, *, beside: int) -> bool:
        """Tell "EUR" of "EUR 1,200,000" and "500 EUR": a code of money beside a number."""
        syntax = self.syntax
        coded = syntax.lowers[i] in self.lexicons.words["currency_code"]
        return coded and syntax.words[i] != syntax.lowers[i] and _holds_number(syntax, beside)

    def _opens_in_lower_case(self, i: int) -> bool:
        """Tell "former", which is no part of a name; "bin" and "2008" are."""
        word = self.syntax.words[i]
        named = word[0].isupper() or word[0].isdigit()
        return not named and word not in self.lexicons.words["particle"]

    def _is_no_name(self, start: int, end: int) -> bool:
        """Tell a reference ("Chapter II"), a date, a number, a sentence, a row of a table."""
        words, lowers = self.syntax.words[start:end], self.syntax.lowers[start:end]
        return (
            not self.lexicons.words["junk"].isdisjoint(lowers)
            or {w.strip(".") for w in lowers} <= MONTHS
            or self._is_common(start, end)
            or not any(c.isalpha() for c in "".join(words))
            or len(words) > MOST_WORDS
            or not _SIGNS.isdisjoint(words)
        )

    def _is_common(self, start: int, end: int) -> bool:
        """Tell "the Office", "Email": one word that names a kind of thing, not a thing."""
        if end - start > 1:
            return False
        words, lower = self.lexicons.words, self.syntax.lowers[start]
        if lower in words["lone_junk"]:
            return True
        return lower in self.lexicons.heads and lower not in words["lone_name"]


def _holds_number(syntax: Syntax, i: int) -> bool:
    return syntax.near(syntax.words, i)[:1].isdigit() or syntax.near(syntax.pos, i) == "NUM"


def _is_listed_place(kind: str, known: Known) -> bool:
    """Tell a place of the list: a listed town is often the pipeline's organisation, for a team."""
    place = kind in {"City", "Region", "Facility"}
    return place or (kind == "Organization" and known.type != "City")
