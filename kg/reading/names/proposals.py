"""Propose names: from word lists, from the shape of words, from the spaCy pipeline.

Lists know places, demonyms and organisations; patterns know organisations, events and
laws by their last word ("Committee", "Cup", "Treaty"), a word and a year ("Euro 2016"),
"Operation" and "Exercise". What the pipeline proposes gets its bounds and type mended.
Proposals may overlap; ``kg/reading/names/finder.py`` decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.lexicons import Known, Lexicons
from kg.reading.grammar import CALENDAR_WORDS, NOUN_POS, Syntax, word_set
from kg.vocabulary import TYPES

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

PLACE_TYPES = frozenset({"Country", "Region", "City", "Place"})
MONTHS = CALENDAR_WORDS | word_set("jan feb mar apr jun jul aug sep sept oct nov dec fall")
TOLD_BY_NOUN = frozenset({"Law", "Event", "PoliticalParty", "Facility", "Government"})
"""Types that a name's own noun ("Act", "Party", "Hotel") tells better than the trained model."""
YEAR = re.compile(r"^(?:19|20)\d\d$")

VOTES = word_set("election elections by-election by-elections referendum referendums plebiscite")
KINDS_OF_VOTE = word_set(
    "general federal presidential parliamentary legislative local regional municipal mayoral state "
    "national provincial gubernatorial constitutional european senatorial council assembly"
)
NAME_AND_YEAR = re.compile(r"^[A-Z][A-Za-z]+[-’'](?:19|20)?\d\d$")
JOINERS = word_set("of for and & the de del al bin von van - on to in")
"""Words that may stand between two capitalised words of one name."""
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Last words of names that tell a person from a namesake of the family."""
NAMES_AND_ROLES = word_set(
    "king prince princess queen pope bishop archbishop judge justice major coach leader speaker "
    "chancellor chair chief deputy captain commander general lieutenant sergeant governor mayor"
)
"""Roles that are surnames as well: inside a name they are no role."""
PRONOUNS = frozenset(word.title() for word in word_set("he she it we us you they them him her me"))
LONE_NAMES = word_set("king prince queen")
"""Roles that are whole names of people and bands as well."""
PARTICLES = word_set("al el bin ibn de del della di da van von der la le ul abu")
"""Lower-case words that begin names."""


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``start`` to ``end`` (exclusive) that name something.

    ``kind`` is a mention kind. ``of`` is the main name of the place or person that
    the name is built on ("Russia" for "Russian forces"), ``label`` the name to use
    when the words do not say it well.
    """

    start: int
    end: int
    type: str
    kind: str = "name"
    source: str = "spacy"
    label: str = ""
    of: str = ""

    @property
    def tokens(self) -> tuple[int, int]:
        """First token and token after the last."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Proposer:
    """Proposes names in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    # --- word lists ------------------------------------------------------------

    def from_lists(self) -> Iterator[Name]:
        """Yield known places, demonyms and organisations, the longest at each word."""
        words, i = self.syntax.words, 0
        while i < len(words):
            name = self._listed_at(i) if words[i][0].isupper() else None
            if name:
                yield name
            i = name.end if name else i + 1

    def _listed_at(self, i: int) -> Name | None:
        lexicons, words = self.lexicons, self.syntax.words
        for size in range(min(lexicons.longest.get(words[i], 0), len(words) - i), 0, -1):
            text = self.syntax.text(i, i + size)
            known = lexicons.places.get(text)
            if known and self._is_place_here(i, i + size, known):
                return self._place(i, i + size, known)
            known = lexicons.organisations.get(text)
            if known and (size > 1 or self.syntax.tags[i].startswith("NN")):
                return Name(
                    i, i + size, known.type, "name" if size > 1 else "acronym", "list", known.label
                )
        demonym = lexicons.demonyms.get(words[i]) or lexicons.demonyms.get(
            words[i].removesuffix("s")
        )
        if demonym:
            return self._demonym(i, demonym)
        return None

    def _place(self, start: int, end: int, known: Known) -> Name:
        """Label a country by its main name; of others, namesakes are many and the text decides."""
        label = known.label if known.type == "Country" else ""
        return Name(start, end, known.type, source="list", label=label)

    def _is_place_here(self, start: int, end: int, known: Known) -> bool:
        """Countries always count; a town or a single word only where grammar agrees."""
        tags, words = self.syntax.tags, self.syntax.words
        if not all(
            not t or t.startswith(("NNP", "JJ", "NN", "IN", "DT", "HYPH", "POS", "CC"))
            for t in tags[start:end]
        ):
            return False
        if (
            end < len(words)
            and tags[end] in {"NNP", "NNPS"}
            and known.type != "Country"
            and words[end][0].isupper()
        ):
            return False
        if known.type == "Country":
            return (
                words[start] not in {"Jersey", "Chad", "Jordan", "Georgia", "Guinea"}
                or tags[start] == "NNP"
            )
        if words[start] in {"West", "East", "North", "South", "Gulf"} and end - start == 1:
            return self._before(start) == "the" and tags[start].startswith("NNP")
        return end - start > 1 and known.type == "Region"

    def is_law_report(self, start: int, end: int) -> bool:
        """Tell "491 U.S. 440", a volume and a page of a law report."""
        words = self.syntax.words
        after = next((w for w in words[end : end + 2] if w != "."), "")
        return start > 0 and words[start - 1].isdigit() and after.isdigit()

    def _demonym(self, i: int, place: Known) -> Name | None:
        """Lead from "Russian" to Russia; "the Russians" are a group of it; no language."""
        syntax = self.syntax
        if self._before(i) in {"in", "into"} and syntax.deps[i] == "pobj":
            return None
        plural = syntax.tags[i] in {"NNPS", "NNS"} or (
            syntax.pos[i] in NOUN_POS
            and syntax.deps[i] not in {"compound", "amod", "nmod"}
            and self._before(i) == "the"
        )
        if plural:
            return Name(i, i + 1, "Group", "name", "list", of=place.label)
        return Name(i, i + 1, place.type, "demonym", "list", label=place.label)

    # --- shapes ------------------------------------------------------------------

    def from_patterns(self) -> Iterator[Name]:
        """Yield names that their shape gives away."""
        for start, end in self._capital_runs():
            yield from self._by_head(start, end)
            yield from self._by_year(start, end)
            if self.syntax.lowers[start] in {"operation", "exercise"} and end - start > 1:
                yield Name(start, self._before_place(start, end), "Event", source="pattern")
        for i, word in enumerate(self.syntax.words):
            if NAME_AND_YEAR.match(word):
                yield Name(i, i + 1, "Event", source="shape")
            elif self.syntax.lowers[i] in VOTES:
                yield from self._vote(i)
            elif self._is_hurt(i) or self._is_attacked(i):
                yield Name(i, i + 1, "Person", source="pattern")

    def _vote(self, noun: int) -> Iterator[Name]:
        """Yield "1999 New Zealand general election": a year, a country, a kind and the noun."""
        words, lowers, start = self.syntax.words, self.syntax.lowers, noun
        while start and (
            lowers[start - 1] in KINDS_OF_VOTE
            or lowers[start - 1] == "of"
            or (words[start - 1][0].isupper() and lowers[start - 1] not in MONTHS)
        ):
            start -= 1
        if not start or not YEAR.match(words[start - 1]) or start == noun:
            return
        start -= 1
        yield Name(start - (self._before(start) in MONTHS), noun + 1, "Event", source="shape")

    def _before_place(self, start: int, end: int) -> int:
        """Return where "Operation Barkhane in Mali" leaves off being a name."""
        places = word_set("in on to")
        return next((i for i in range(start, end) if self.syntax.lowers[i] in places), end)

    def _capital_runs(self) -> Iterator[tuple[int, int]]:
        """Yield stretches of capitalised words, with "of" and the like between two."""
        syntax = self.syntax
        for first, last in syntax.sentences:
            i = first
            while i < last:
                if not self._is_capital(i, first):
                    i += 1
                    continue
                end = i + 1
                while end < last:
                    if self._is_capital(end, first):
                        end += 1
                    elif self._joins(end, last, first):
                        end += 2 if self._is_capital(end + 1, first) else 3
                    else:
                        break
                yield i, end
                i = end

    def _joins(self, i: int, last: int, first: int) -> bool:
        lowers = self.syntax.lowers
        if lowers[i] not in JOINERS and lowers[i] not in {"'s", "’s"}:
            return False
        if i + 1 < last and self._is_capital(i + 1, first):
            return True
        return lowers[i + 1 : i + 2] == ["the"] and i + 2 < last and self._is_capital(i + 2, first)

    def _is_capital(self, i: int, first: int) -> bool:
        word, tag = self.syntax.words[i], self.syntax.tags[i]
        if not word[0].isupper() or self.syntax.lowers[i].strip(".") in MONTHS:
            return False
        if i == first and not tag.startswith("NNP"):
            return False
        return tag not in {
            "DT",
            "PRP",
            "PRP$",
            "IN",
            "MD",
            "WP",
            "WDT",
            "WRB",
            "CC",
            "EX",
            "TO",
            "RB",
        }

    def _by_head(self, start: int, end: int) -> Iterator[Name]:
        """Yield the name that ends in a telling noun, with an "of …" after it."""
        syntax, heads = self.syntax, self.lexicons.heads
        for i in range(start, end):
            kind = heads.get(syntax.lowers[i])
            if kind is None or not syntax.words[i][0].isupper() or syntax.pos[i] not in NOUN_POS:
                continue
            begin, stop = self._name_bounds(start, i, end)
            if kind == "Event" and begin > 0 and YEAR.match(syntax.words[begin - 1]):
                begin -= 1
            if stop - begin < 2 or (
                i + 1 < end and syntax.lowers[i + 1] in heads and syntax.lowers[i] != "party"
            ):
                continue
            dated = kind == "Event" and YEAR.match(syntax.words[begin])
            yield Name(begin, stop, kind, source="shape" if dated else "pattern")
            return

    def _name_bounds(self, start: int, head: int, end: int) -> tuple[int, int]:
        """Return the words before a head noun and the "of …" after it that belong to its name."""
        lowers = self.syntax.lowers
        begin = head
        while begin > start and lowers[begin - 1] not in {"of", "for", "to", "in", "on", "the"}:
            if lowers[begin - 1] == "and" and self.syntax.heads[begin] != head:
                break
            begin -= 1
        if (
            begin > 1
            and lowers[begin - 1] == "-"
            and self.syntax.ends[begin - 1] == self.syntax.starts[begin]
        ):
            begin -= 2
        stop = head + 1
        if stop < end and lowers[stop] in {"of", "for"}:
            stop = end
            while lowers[stop - 1] in JOINERS:
                stop -= 1
        return begin, stop

    def _by_year(self, start: int, end: int) -> Iterator[Name]:
        """Yield "Euro 2016", "VOSTOK 2018": a name straight before a year."""
        syntax = self.syntax
        if end >= len(syntax) or not YEAR.match(syntax.words[end]) or end - start > 2:
            return
        text = self.syntax.text(start, end)
        known = self.lexicons.places.get(text)
        same_phrase = syntax.heads[end] == end - 1 or syntax.heads[end] == syntax.heads[end - 1]
        last = syntax.lowers[end - 1].strip(".")
        no_event = self.lexicons.words["counted"] | MONTHS | set(self.lexicons.heads)
        if (known and known.type != "City") or last in no_event:
            return
        if (
            same_phrase
            and syntax.deps[end] in {"nummod", "compound", "nmod"}
            and self._before(start) not in {"(", "of"}
        ):
            yield Name(start, end + 1, "Event", source="shape")

    # --- the spaCy pipeline --------------------------------------------------------

    def from_spacy(self, proposed: Iterable[tuple[int, int, str]]) -> Iterator[Name]:
        """Yield what the pipeline or the trained model proposes, with repaired bounds."""
        for start, end, label in proposed:
            kind = label if label in TYPES else SPACY_TYPES.get(label)
            trimmed = self._trim(start, end) if kind else None
            if kind is None or trimmed is None:
                continue
            if self._names_nobody(trimmed, kind):
                continue
            if kind in {"Group", "Organization"} and self._is_one_person(trimmed):
                kind = "Person"
            if kind == "Person":
                trimmed = self._after_role(*trimmed), trimmed[1]
            known = self.lexicons.places.get(self.syntax.text(*trimmed))
            if label in TYPES:
                yield Name(*trimmed, self._by_own_noun(trimmed, kind), source="model")
            elif known and self._is_listed_place(kind, known):
                yield self._place(*trimmed, known)
            else:
                abstract = kind == "Organization" and self._is_abstract(trimmed)
                yield Name(*trimmed, "Concept" if abstract else kind)

    def _is_listed_place(self, kind: str, known: Known) -> bool:
        return kind in {"City", "Region", "Facility"} or (
            kind == "Organization" and known.type != "City"
        )

    def _by_own_noun(self, tokens: tuple[int, int], kind: str) -> str:
        """Return the type that its noun tells of what the model calls an organisation."""
        lowers = self.syntax.lowers[slice(*tokens)]
        noun = lowers[: lowers.index("of")] if "of" in lowers[1:] else lowers
        told = self.lexicons.heads.get(noun[-1], kind)
        return told if kind == "Organization" and told in TOLD_BY_NOUN else kind

    def _after_role(self, start: int, end: int) -> int:
        """Return where the person begins in "British Foreign Secretary Ada Okoro".

        A role may begin before what was proposed ("Chief of [Staff Ada Okoro]") and other
        words before it ("[White House Counsel Ada Okoro]"), but for roles that are names, too.
        """
        syntax, roles = self.syntax, self.lexicons.words["role"]
        for after in range(end - 1, start, -1):
            if (
                not syntax.words[after][0].isupper()
                or syntax.lowers[after].strip(".") in GENERATIONS
            ):
                continue
            for first in range(max(0, after - 4), after):
                text = syntax.text(first, after).lower()
                if text in roles and (first <= start + 1 or text not in NAMES_AND_ROLES):
                    return after
        return start

    def _names_nobody(self, tokens: tuple[int, int], kind: str) -> bool:
        """Tell "President", "Acting Attorney General", "Jr.", and an adjective for a group."""
        if kind == "Group" and self.syntax.pos[tokens[1] - 1] == "ADJ":
            return True
        listed = self.lexicons.organisations.get(self.syntax.text(*tokens))
        if listed or kind not in {"Person", "Organization"}:
            return False
        if tokens[1] - tokens[0] == 1 and self.syntax.words[tokens[0]] in PRONOUNS:
            return True
        text = " ".join(self.syntax.lowers[slice(*tokens)]).removeprefix("acting ")
        role = text in self.lexicons.words["role"] and text not in LONE_NAMES
        return role or text.rstrip(".") in GENERATIONS

    def _is_one_person(self, tokens: tuple[int, int]) -> bool:
        """Tell "the Navalny poisoning", "the Assad regime": who was hurt or rules is a person."""
        last = tokens[1] - 1
        rules = self.syntax.lowers[self.syntax.heads[last]] in {"regime", "junta"}
        alone = tokens[1] - tokens[0] == 1
        return alone and (self._is_hurt(last) or (rules and self._is_lone_compound(last)))

    def _is_hurt(self, i: int) -> bool:
        harm = self.lexicons.words["harm_noun"]
        return self.syntax.lowers[self.syntax.heads[i]] in harm and self._is_lone_compound(i)

    def _is_attacked(self, i: int) -> bool:
        """Tell "the Skripal attack", where no list and no model knows a place or a body."""
        return self._is_lone_compound(i) and self.syntax.lowers[i + 1] == "attack"

    def _is_lone_compound(self, i: int) -> bool:
        """Tell one capitalised word, no people, time or acronym, right before its noun."""
        syntax, word = self.syntax, self.syntax.words[i]
        name = word[:1].isupper() and not word.isupper() and syntax.tags[i] == "NNP"
        other = word in self.lexicons.demonyms or syntax.lowers[i] in MONTHS
        before = i > 0 and syntax.tags[i - 1].startswith("NNP")
        compound = syntax.deps[i] == "compound" and syntax.heads[i] == i + 1
        return name and compound and not other and not before

    def _is_abstract(self, tokens: tuple[int, int]) -> bool:
        return self.lexicons.heads.get(self.syntax.lowers[tokens[1] - 1]) == "Concept"

    def _trim(self, start: int, end: int) -> tuple[int, int] | None:
        """Cut articles, titles, possessives and marks off; None if no name is left."""
        syntax, junk = self.syntax, self.lexicons.words["junk"]
        titles = self.lexicons.words["title"]
        while start < end and (
            syntax.tags[start] in {"DT", "PRP$", "IN", "POS", "CC", "PDT"}
            or not syntax.words[start][0].isalnum()
            or (end - start > 1 and syntax.lowers[start] in titles)
        ):
            start += 1
        while start < end and (
            syntax.tags[end - 1] in {"POS", "IN", "CC", "DT"}
            or (not syntax.words[end - 1][-1].isalnum() and syntax.words[end - 1][-1] != ".")
        ):
            end -= 1
        words = syntax.words[start:end]
        if not words or not any(w[0].isupper() for w in words) or len("".join(words)) < 2:
            return None
        if not words[0][0].isupper() and not words[0][0].isdigit() and words[0] not in PARTICLES:
            return self._trim(start + 1, end)
        lowers = set(syntax.lowers[start:end])
        if (
            lowers & junk
            or {w.strip(".") for w in lowers} <= MONTHS
            or self._is_common(start, end)
            or not any(any(c.isalpha() for c in w) for w in words)
        ):
            return None
        if len(words) > 12 or any(w in {"|", "=", "/", "\\", "[", "]"} for w in words):
            return None
        return start, end

    def _is_common(self, start: int, end: int) -> bool:
        """Tell "the Office", "Email": one word that names a kind of thing, not a thing."""
        if end - start > 1:
            return False
        words, lower = self.lexicons.words, self.syntax.lowers[start]
        if lower in words["lone_junk"]:
            return True
        return lower in self.lexicons.heads and lower not in words["lone_name"]

    def _before(self, i: int) -> str:
        return self.syntax.lowers[i - 1] if i else ""
