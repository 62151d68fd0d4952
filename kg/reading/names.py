"""Find the names in a text and say what they name.

The spaCy pipeline proposes names; word lists and patterns correct their bounds and
types and add what it missed: places and demonyms by list, organisations, events and
laws by their last word ("Committee", "Cup", "Treaty"), a word and a year ("Euro
2016"), "Operation" and "Exercise", people's groups ("Russian citizens"), governments
("the Assad regime"), roles. A document then agrees with itself: one name, one type.
Names may lie inside others ("Sochi" in "the Sochi Olympics").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.reading.grammar import NOUN_POS, Syntax
from kg.reading.lexicons import Known, Lexicons, load_lexicons

COMPONENT = "kg_names"
SPANS = "kg_names"

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
NESTING = frozenset({"Event", "Organization", "Government", "Law", "Facility", "Group", "Role", "Concept", "Work", "PoliticalParty"})
"""Types whose names may hold another name that is worth a mention of its own."""

_BUILT_ON = PLACE_TYPES | {"Person", "Organization"}
_RULE = frozenset({"regime", "government", "administration", "junta"})

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter fall".split()
)
YEAR = re.compile(r"^(?:19|20)\d\d$")
NAME_AND_YEAR = re.compile(r"^[A-Z][A-Za-z]+[-’'](?:19|20)?\d\d$")
JOINERS = frozenset({"of", "for", "and", "&", "the", "de", "del", "al", "bin", "von", "van", "-", "on", "to", "in"})
PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "del", "della", "di", "da", "van", "von", "der", "la", "le", "ul", "abu"})
"""Lower-case words that begin names."""
STRENGTH: Mapping[str, float] = MappingProxyType({"list": 3.0, "pattern": 3.0, "spacy": 1.0, "spread": 0.5})


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


def find_names(
    syntax: Syntax, proposed: Iterable[tuple[int, int, str]], lexicons: Lexicons
) -> list[Name]:
    """Return the names in reading order, outer before inner.

    ``proposed`` are (first token, token after the last, spaCy label).
    """
    finder = _Finder(syntax, lexicons)
    names = list(finder.from_lists())
    names += finder.from_patterns({(n.start, n.end) for n in names})
    names += finder.from_spacy(proposed)
    names = finder.settle(names)
    names = finder.agree(names)
    names += finder.groups_and_governments(names)
    names += finder.events_named_after(names)
    names += finder.roles(names)
    return sorted(_no_crossing(names), key=lambda n: (n.start, -n.end, n.type))


@Language.factory(COMPONENT, assigns=["doc.spans"])
def make_name_finder(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component."""
    return NameFinder()


@dataclass(frozen=True)
class NameFinder:
    """Mark names in ``doc.spans["kg_names"]``: the label is our type, the id "kind|label|of"."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its names marked."""
        proposed = [(e.start, e.end, e.label_) for e in doc.ents]
        names = find_names(Syntax.of(doc), proposed, load_lexicons())
        doc.spans[SPANS] = [
            Span(doc, n.start, n.end, label=n.type, span_id="|".join((n.kind, n.label, n.of)))
            for n in names
        ]
        return doc


def names_in(doc: Doc) -> list[Name]:
    """Return what the component marked."""
    names = []
    for span in doc.spans.get(SPANS, []):
        kind, label, of = span.id_.split("|")
        names.append(Name(span.start, span.end, span.label_, kind, "", label, of))
    return names


@dataclass(frozen=True, slots=True)
class _Finder:
    syntax: Syntax
    lexicons: Lexicons

    # --- proposals -------------------------------------------------------------

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
            text = self._text(i, i + size)
            known = lexicons.places.get(text)
            if known and self._is_place_here(i, i + size, known):
                return self._place(i, i + size, known)
            known = lexicons.organisations.get(text)
            if known and (size > 1 or self.syntax.tags[i].startswith("NN")):
                return Name(i, i + size, known.type, "name" if size > 1 else "acronym", "list", known.label)
        demonym = lexicons.demonyms.get(words[i]) or lexicons.demonyms.get(words[i].removesuffix("s"))
        if demonym:
            return self._demonym(i, demonym)
        return None

    def _place(self, start: int, end: int, known: Known) -> Name:
        """A country goes by its main name; of others, namesakes are many and the text decides."""
        label = known.label if known.type == "Country" else ""
        return Name(start, end, known.type, source="list", label=label)

    def _is_place_here(self, start: int, end: int, known: Known) -> bool:
        """Countries always count; a town or a single word only where grammar agrees."""
        tags, words = self.syntax.tags, self.syntax.words
        if not all(t.startswith(("NNP", "JJ", "NN", "IN", "DT", "HYPH", "POS", "CC")) for t in tags[start:end]):
            return False
        if end < len(words) and tags[end] in {"NNP", "NNPS"} and known.type != "Country" and words[end][0].isupper():
            return False
        if known.type == "Country":
            return words[start] not in {"Jersey", "Chad", "Jordan", "Georgia", "Guinea"} or tags[start] == "NNP"
        if words[start] in {"West", "East", "North", "South", "Gulf"} and end - start == 1:
            return self._before(start) == "the" and tags[start].startswith("NNP")
        return end - start > 1 and known.type == "Region"

    def _demonym(self, i: int, place: Known) -> Name:
        """ "Russian" leads to Russia; "the Russians" are a group of it."""
        syntax = self.syntax
        plural = syntax.tags[i] in {"NNPS", "NNS"} or (
            syntax.pos[i] in NOUN_POS
            and syntax.deps[i] not in {"compound", "amod", "nmod"}
            and self._before(i) == "the"
        )
        if plural:
            return Name(i, i + 1, "Group", "name", "list", of=place.label)
        return Name(i, i + 1, place.type, "demonym", "list", label=place.label)

    def from_patterns(self, listed: set[tuple[int, int]]) -> Iterator[Name]:
        """Yield names that their shape gives away."""
        for start, end in self._capital_runs():
            yield from self._by_head(start, end)
            yield from self._by_year(start, end)
            if self.syntax.lowers[start] in {"operation", "exercise"} and end - start > 1:
                yield Name(start, end, "Event", source="pattern")
        for i, word in enumerate(self.syntax.words):
            if NAME_AND_YEAR.match(word):
                yield Name(i, i + 1, "Event", source="pattern")

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
        return tag not in {"DT", "PRP", "PRP$", "IN", "MD", "WP", "WDT", "WRB", "CC", "EX", "TO", "RB"}

    def _by_head(self, start: int, end: int) -> Iterator[Name]:
        """Yield the name that ends in a telling noun, with an "of …" after it."""
        syntax, heads = self.syntax, self.lexicons.heads
        for i in range(start, end):
            kind = heads.get(syntax.lowers[i])
            if kind is None or not syntax.words[i][0].isupper() or not syntax.pos[i] in NOUN_POS:
                continue
            begin, stop = self._name_bounds(start, i, end)
            if kind == "Event" and begin > 0 and YEAR.match(syntax.words[begin - 1]):
                begin -= 1
            if stop - begin < 2 or (i + 1 < end and syntax.lowers[i + 1] in heads and syntax.lowers[i] != "party"):
                continue
            yield Name(begin, stop, kind, source="pattern")
            return

    def _name_bounds(self, start: int, head: int, end: int) -> tuple[int, int]:
        """Return the words before a head noun and the "of …" after it that belong to its name."""
        lowers = self.syntax.lowers
        begin = head
        while begin > start and lowers[begin - 1] not in {"of", "for", "to", "in", "on", "the"}:
            if lowers[begin - 1] == "and" and self.syntax.heads[begin] != head:
                break
            begin -= 1
        if begin > 1 and lowers[begin - 1] == "-" and self.syntax.ends[begin - 1] == self.syntax.starts[begin]:
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
        text = self._text(start, end)
        known = self.lexicons.places.get(text)
        same_phrase = syntax.heads[end] == end - 1 or syntax.heads[end] == syntax.heads[end - 1]
        last = syntax.lowers[end - 1].strip(".")
        no_event = self.lexicons.words["counted"] | MONTHS | set(self.lexicons.heads)
        if (known and known.type != "City") or last in no_event:
            return
        if same_phrase and syntax.deps[end] in {"nummod", "compound", "nmod"} and self._before(start) not in {"(", "of"}:
            yield Name(start, end + 1, "Event", source="pattern")

    def from_spacy(self, proposed: Iterable[tuple[int, int, str]]) -> Iterator[Name]:
        """Yield the pipeline's own names, with repaired bounds."""
        for start, end, label in proposed:
            kind = SPACY_TYPES.get(label)
            trimmed = self._trim(start, end) if kind else None
            if kind is None or trimmed is None:
                continue
            if kind == "Group" and self.syntax.pos[trimmed[1] - 1] == "ADJ":
                continue
            text = self._text(*trimmed)
            known = self.lexicons.places.get(text)
            if known and kind in {"City", "Region", "Facility", "Organization"} and (kind != "Organization" or known.type != "City"):
                yield self._place(*trimmed, known)
                continue
            if kind == "Organization" and self._is_abstract(trimmed):
                kind = "Concept"
            yield Name(*trimmed, kind)

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
            syntax.tags[end - 1] in {"POS", "IN", "CC", "DT"} or not syntax.words[end - 1][-1].isalnum() and syntax.words[end - 1][-1] != "."
        ):
            end -= 1
        words = syntax.words[start:end]
        if not words or not any(w[0].isupper() for w in words) or len("".join(words)) < 2:
            return None
        if not words[0][0].isupper() and not words[0][0].isdigit() and words[0] not in PARTICLES:
            return self._trim(start + 1, end)
        lowers = set(syntax.lowers[start:end])
        if lowers & junk or {w.strip(".") for w in lowers} <= MONTHS or self._is_common(start, end) or not any(any(c.isalpha() for c in w) for w in words):
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

    # --- one reading -----------------------------------------------------------

    def settle(self, names: Iterable[Name]) -> list[Name]:
        """Keep, of names that overlap, the longer; of the same tokens, the surer."""
        ranked = sorted(
            names, key=lambda n: (-(n.end - n.start), -STRENGTH[n.source], n.start, n.type)
        )
        owner: dict[int, Name] = {}
        kept: list[Name] = []
        for name in ranked:
            owners = {owner[i].tokens: owner[i] for i in range(name.start, name.end) if i in owner}
            if not owners:
                kept.append(name)
                owner.update(dict.fromkeys(range(name.start, name.end), name))
            elif len(owners) == 1 and self._may_nest(name, next(iter(owners.values()))):
                kept.append(name)
        return kept

    def _may_nest(self, inner: Name, outer: Name) -> bool:
        if inner.tokens == outer.tokens or outer.source == "list" or outer.type not in NESTING:
            return False
        if not (outer.start <= inner.start and inner.end <= outer.end) or inner.source == "pattern":
            return False
        return inner.type in PLACE_TYPES or inner.type == "Person" or (inner.source == "list" and inner.type != "Group")

    def agree(self, names: list[Name]) -> list[Name]:
        """Give every occurrence of a name the type that the document gives it most."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            if name.kind != "demonym":
                votes[self._text(name.start, name.end)][name.type] += STRENGTH[name.source]  # type: ignore[assignment]
        self._surnames_vote(names, votes)
        agreed = []
        for name in names:
            text = self._text(name.start, name.end)
            if name.kind != "demonym" and name.source == "spacy":
                best = max(sorted(votes[text]), key=lambda kind: votes[text][kind])
                name = replace(name, type=best)
            agreed.append(name)
        return agreed + list(self._spread(agreed, votes))

    def _surnames_vote(self, names: list[Name], votes: dict[str, Counter[str]]) -> None:
        """A single word that ends a person's full name is that person."""
        for name in names:
            if name.type == "Person" and name.end - name.start > 1:
                surname = self.syntax.words[name.end - 1]
                if surname in votes and surname not in self.lexicons.places:
                    votes[surname]["Person"] += 2  # type: ignore[assignment]

    def _spread(self, names: list[Name], votes: Mapping[str, Counter[str]]) -> Iterator[Name]:
        """Yield occurrences, which nothing proposed, of names found elsewhere in the document."""
        taken = {i for n in names for i in range(n.start, n.end)}
        known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            if name.kind == "name" and name.type != "Group" and name.source != "spread":
                words = tuple(self.syntax.words[name.start : name.end])
                if words[0][0].isupper() and (len(words) > 1 or len(words[0]) > 3):
                    known[words[0]].add(words)
        for i, word in enumerate(self.syntax.words):
            if word not in known or i in taken:
                continue
            for words in sorted(known[word], key=len, reverse=True):
                end = i + len(words)
                free = not taken.intersection(range(i, end))
                if free and tuple(self.syntax.words[i:end]) == words and self.syntax.tags[i].startswith("NNP"):
                    counts = votes[" ".join(words)] or votes[self._text(i, end)]
                    if counts:
                        yield Name(i, end, max(sorted(counts), key=lambda k: counts[k]), source="spread")
                        taken.update(range(i, end))
                    break

    # --- names built on names ----------------------------------------------------

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
            of = name.label or self._text(name.start, name.end)
            label = f"{self._text(name.start, name.end)} {self._text(self._own_start(name, head), head + 1)}"
            is_place = name.type in PLACE_TYPES
            if heads.get(word) == "Government" and (not plural or word == "authorities") and (is_place or word in _RULE):
                yield Name(name.start, head + 1, "Government", "nominal", "pattern", label, of)
            elif word in people and (plural or word in {"army", "military", "navy", "opposition", "police"}) and is_place:
                yield Name(name.start, head + 1, "Group", "nominal", "pattern", label, of)

    def _modified_noun(self, name: Name) -> int | None:
        """Return the common noun that a name stands before and modifies."""
        syntax, i = self.syntax, name.end - 1
        first = syntax.heads[i]
        joined = syntax.deps[i] == "conj" and (name.kind == "demonym" or syntax.heads[first] == name.end)
        if joined and syntax.deps[syntax.heads[i]] in {"amod", "compound", "nmod"}:
            i = syntax.heads[i]
        head = syntax.heads[i]
        if syntax.deps[i] not in {"amod", "compound", "nmod"} or head < name.end or head - name.end > 4:
            return None
        between = syntax.pos[name.end : head]
        ok = all(p in {"ADJ", "NOUN", "CCONJ", "PROPN", "VERB"} for p in between)
        ok = ok and (name.kind == "demonym" or "CCONJ" not in between)
        return head if ok and syntax.pos[head] in NOUN_POS else None

    def _own_start(self, name: Name, head: int) -> int:
        """Return where the words of a group begin after the other members of "A and B forces"."""
        start = name.end
        for i in range(name.end, head):
            if self.syntax.words[i] in self.lexicons.demonyms or self.syntax.lowers[i] in {"and", "or", ","}:
                start = i + 1
        return start

    def events_named_after(self, names: list[Name]) -> Iterator[Name]:
        """Yield "the Skripal attack", "the Salisbury poisonings": a name and a noun of event."""
        nouns = self.lexicons.words["event_noun"]
        for name in names:
            if name.kind != "name" or name.type not in {"Person", "City", "Place", "Facility", "Organization"}:
                continue
            head = self.syntax.heads[name.end - 1]
            if head == name.end and self.syntax.deps[name.end - 1] == "compound" and self.syntax.lowers[head] in nouns:
                yield Name(name.start, head + 1, "Event", "name", "pattern")

    def roles(self, names: list[Name]) -> Iterator[Name]:
        """Yield roles: capitalised ("Foreign Secretary"), or of a country ("the Russian president")."""
        roles, syntax = self.lexicons.words["role"], self.syntax
        taken = {i for n in names if n.kind == "name" for i in range(n.start, n.end)}
        demonyms = {n.end: n for n in names if n.kind == "demonym" or n.type == "Country"}
        people = {n.start for n in names if n.type == "Person"}
        i = 0
        while i < len(syntax):
            size = next((s for s in (4, 3, 2, 1) if self._lower_text(i, i + s) in roles), 0)
            if not size or taken & set(range(i, i + size)):
                i += max(size, 1)
                continue
            before = demonyms.get(i)
            capital = syntax.words[i][0].isupper() and syntax.tags[i].startswith("NNP")
            singular = syntax.tags[i + size - 1] in {"NN", "NNP"}
            if singular and (before or capital or i + size in people):
                yield Name(before.start if before else i, i + size, "Role", "role", "pattern", of=before.label if before else "")
            i += size

    # --- words -----------------------------------------------------------------

    def _text(self, start: int, end: int) -> str:
        """Return tokens as one string, with spaces where the text has them."""
        syntax = self.syntax
        parts = [syntax.words[start]] if start < end else []
        for i in range(start + 1, end):
            gap = " " if syntax.starts[i] > syntax.ends[i - 1] else ""
            parts.append(gap + syntax.words[i])
        return "".join(parts)

    def _lower_text(self, start: int, end: int) -> str:
        return self._text(start, end).lower() if end <= len(self.syntax) else ""

    def _before(self, i: int) -> str:
        return self.syntax.lowers[i - 1] if i else ""


def _no_crossing(names: Iterable[Name]) -> list[Name]:
    """Drop names that cross another without lying inside it; the earlier and longer stays."""
    kept: list[Name] = []
    seen: set[tuple[int, int, str]] = set()
    for name in sorted(names, key=lambda n: (n.start, -n.end, -STRENGTH.get(n.source, 1), n.type)):
        crossing = any(
            k.start < name.start < k.end < name.end for k in reversed(kept[-6:])
        )
        same = any(k.tokens == name.tokens for k in kept[-6:])
        if not crossing and not same and (*name.tokens, name.type) not in seen:
            seen.add((*name.tokens, name.type))
            kept.append(name)
    return kept
