"""What the encoder, or another spaCy pipeline, proposes, with its bounds and type mended.

Articles, titles and marks are cut off, roles parted from people ("British Foreign Secretary
[Ada Okoro]"), what names nobody dropped, and a type is taken from a list or from a name's
own noun where these tell it better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.lexicons import Known, Lexicons
from kg.reading.grammar import FINITE_TAGS, NOUN_POS, Syntax
from kg.reading.names.listed import listed_place
from kg.reading.names.name import LONGEST_ROLE, MONTHS, Name, Proposed
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
TOLD_BY_NOUN = frozenset({"Law", "Event", "PoliticalParty", "Facility", "Government", "Work"})
"""Types that a name's own noun ("Act", "Party", "Hotel") tells better than the encoder."""
MOST_LISTED = 6
"""Members of a list that are looked through."""
MAY_BE_FIRMS = frozenset({"Organization", "Person", "City", "Product"})
"""Types that a firm's name may be taken for before its legal form is seen."""
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

    def find(self, proposed: Iterable[Proposed]) -> Iterator[Name]:
        """Yield what the encoder or another pipeline proposes, with repaired bounds."""
        for start, end, label, *score in proposed:
            kind = label if label in TYPES else SPACY_TYPES.get(label)
            start = self._after_verb(start, end) if kind in WITHOUT_VERBS else start
            end = self._whole(end) if kind == "Organization" else end
            formed = self._with_legal_form(end)
            if formed > end and kind in MAY_BE_FIRMS:
                end, kind = formed, "Organization"
            start = self._with_beginning(start)
            end = self._with_last_syllable(start, end) if kind == "Person" else end
            tokens = self._trim(start, end) if kind else None
            if kind and tokens and not self._names_nobody(tokens, kind):
                name = self._mended(tokens, kind, trained=label in TYPES)
                # What a rule made of it is as sure as the rule.
                yield replace(name, score=score[0]) if score and name.type == label else name

    def _with_beginning(self, start: int) -> int:
        """Return where "al-Qaeda", "St. Pierre" begin, of which the end was proposed."""
        syntax, words = self.syntax, self.lexicons.words
        start += syntax.near(syntax.words, start) == "-"
        hyphen = syntax.near(syntax.words, start - 1) == "-" and syntax.is_glued(start)
        if hyphen and syntax.near(syntax.lowers, start - 2) in words["arabic_article"]:
            return start - 2
        saint = syntax.near(syntax.words, start - 1) in {"St.", "St"}
        # "Baker St. Karin Holt left": that is a street.
        street = syntax.near(syntax.words, start - 2)[:1].isupper()
        same = saint and syntax.sentence_at(start - 1) == syntax.sentence_at(start)
        return start - (same and not street)

    def _with_last_syllable(self, start: int, end: int) -> int:
        """Return where "Park Young-ho" ends, of which "Park Young" was proposed."""
        syntax = self.syntax
        end -= syntax.near(syntax.words, end - 1) == "-"
        glued = syntax.near(syntax.words, end) == "-" and syntax.is_glued(end)
        syllable = syntax.near(syntax.words, end + 1)
        more = glued and syllable.islower() and syntax.near(syntax.tags, end + 1).startswith("NN")
        # "The Okoro-era laws": of one word it is more often something else.
        return end + 2 if more and end - start > 1 else end

    def _with_legal_form(self, end: int) -> int:
        """Return where "Orbit, OOO", "Orbit, Inc." end, of which the first words were proposed."""
        syntax = self.syntax
        form = end + (syntax.near(syntax.words, end) == ",")
        if syntax.near(syntax.words, form).rstrip(".") not in self.lexicons.words["legal_form"]:
            return end
        # A lone capital or two may be any acronym, but for behind a comma.
        return form + 1 if form > end or len(syntax.words[form].rstrip(".")) > 2 else end

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
            return Name(*tokens, self._by_own_words(tokens, kind), source="model")
        known = self.lexicons.places.get(self.syntax.text(*tokens))
        if known and _is_listed_place(kind, known):
            return listed_place(*tokens, known)
        abstract = kind == "Organization" and self._is_abstract(tokens)
        return Name(*tokens, "Concept" if abstract else kind)

    def _by_own_words(self, tokens: Tokens, kind: str) -> str:
        """Return the type that its noun, or "MV", tells of what the model calls an organisation."""
        lowers = self.syntax.lowers[slice(*tokens)]
        if len(lowers) > 1 and lowers[0] in self.lexicons.words["ship"]:
            return "Product"
        return self._by_own_noun(tokens, kind)

    def _by_own_noun(self, tokens: Tokens, kind: str) -> str:
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
        of_people = kind == "Person" and self._is_people_of_a_kind(tokens)
        told = (self._is_pronoun, self._is_only_a_role, self._is_portfolio)
        return of_people or any(tell(tokens) for tell in told)

    def _is_people_of_a_kind(self, tokens: Tokens) -> bool:
        """Tell "Appellees", "Parliamentarians": a lone plural of a noun that means a person."""
        last = tokens[1] - 1
        alone = tokens[0] == last and self.syntax.words[last].istitle()
        singular = self.syntax.lowers[last].removesuffix("s")
        plural = singular != self.syntax.lowers[last]
        return alone and plural and self.lexicons.living.get(singular) == "person"

    def _is_portfolio(self, tokens: Tokens) -> bool:
        """Tell what a minister is of: "Minister for the [Environment], [Heritage] and …"."""
        syntax, i = self.syntax, tokens[1] - 1
        # Up to the first member of the list, and from there to the preposition and its noun.
        for _ in range(MOST_LISTED):
            if syntax.deps[i] not in {"conj", "compound", "nmod"} or syntax.heads[i] == i:
                break
            i = syntax.heads[i]
        preposition = syntax.heads[i]
        of = syntax.deps[i] == "pobj" and syntax.lowers[preposition] in {"of", "for"}
        return of and syntax.lowers[syntax.heads[preposition]] in self.lexicons.words["minister"]

    def _is_pronoun(self, tokens: Tokens) -> bool:
        return tokens[1] - tokens[0] == 1 and self.syntax.words[tokens[0]] in _PRONOUNS

    def _is_only_a_role(self, tokens: Tokens) -> bool:
        words = self.lexicons.words
        text = " ".join(self.syntax.lowers[slice(*tokens)]).removeprefix("acting ")
        role = text in words["role"] | words["title"] and text not in words["lone_name"]
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
        article = word in self.lexicons.words["arabic_article"]
        if article and self.syntax.near(self.syntax.words, i + 1) == "-":
            return False
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
