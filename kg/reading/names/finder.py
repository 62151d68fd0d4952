"""Find the names in a text and say what they name.

The spaCy pipeline proposes names; word lists and patterns correct their bounds and
types and add what it missed (``kg/reading/names/proposals.py``). Of proposals that
overlap one is kept; a document then agrees with itself: one name, one type. Last come
names built on those names (``kg/reading/names/built.py``). Names may lie inside others
("Sochi" in "the Sochi Olympics").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.lexicons import Lexicons, load_lexicons
from kg.reading.grammar import Syntax
from kg.reading.names.built import NameBuilder
from kg.reading.names.proposals import PLACE_TYPES, Name, Proposer
from kg.reading.names.towns import find_towns
from kg.reading.names.users_own import OwnNames

COMPONENT = "kg_names"
SPANS = "kg_names"
NESTING = frozenset(
    {"Event", "Organization", "Government", "Law", "Facility", "Group", "Role", "Concept"}
    | {"Work", "PoliticalParty"}
)
"""Types whose names may hold another name that is worth a mention of its own."""
STRENGTH: Mapping[str, float] = MappingProxyType(
    {
        "own": 9.0,
        "shape": 3.0,
        "model": 2.0,
        "list": 3.0,
        "pattern": 3.0,
        "spacy": 1.0,
        "spread": 0.5,
    }
)
"""How much a proposal counts, by its source, when names or types compete."""
ROLE_VOTE, SURNAME_VOTE, FIXTURE_VOTE = 4.0, 6.0, 6.0
VERSUS = frozenset({"vs", "vs."})
SCORE = re.compile(r"\d{1,2}[-–:]\d{1,2}$")
LEVELS: Mapping[str, int] = MappingProxyType(
    {"own": 0, "shape": 1, "model": 2, "list": 3, "pattern": 3, "spacy": 3, "spread": 3}
)
"""Sources whose bounds hold against longer names of later ones. On the tuned half of CrossNER
politics the trained model's bounds against longer patterns: F1 0.70, not 0.63."""
Votes = dict[str, dict[str, float]]
"""Name -> type -> how strongly the document says so."""


def find_names(
    syntax: Syntax,
    proposed: Iterable[tuple[int, int, str]],
    lexicons: Lexicons,
    own: Iterable[Name] = (),
) -> list[Name]:
    """Return the names in reading order, outer before inner.

    ``proposed`` are (first token, token after the last, spaCy label or our type);
    ``own`` are names that the user listed.
    """
    proposer, builder = Proposer(syntax, lexicons), NameBuilder(syntax, lexicons)
    proposed = list(proposed)
    names = [*own, *proposer.from_lists(), *proposer.from_patterns()]
    names += find_towns(syntax, lexicons, proposed, names)
    names += proposer.from_spacy(proposed)
    names = _Settler(syntax, lexicons).agree(settle(_without_listed(names)))
    names = [n for n in names if n.source == "own" or not proposer.is_law_report(*n.tokens)]
    names += builder.groups_and_governments(names)
    names += builder.events_named_after(names)
    names += builder.roles(names)
    return sorted(_no_crossing(names), key=lambda n: (n.start, -n.end, n.type))


@Language.factory(COMPONENT, assigns=["doc.spans"])
def make_name_finder(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component."""
    return NameFinder()


@dataclass(frozen=True)
class NameFinder:
    """Mark names in ``doc.spans["kg_names"]``: the label is our type, the id "kind|label|of(|own)"."""

    own: OwnNames | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its names marked."""
        proposed = [(e.start, e.end, e.label_) for e in doc.ents]
        syntax = Syntax.of(doc)
        own = list(self.own.find(syntax)) if self.own else []
        names = find_names(syntax, proposed, load_lexicons(), own)
        doc.spans[SPANS] = [
            Span(doc, n.start, n.end, label=n.type, span_id=_span_id(n)) for n in names
        ]
        return doc


def names_in(doc: Doc) -> list[Name]:
    """Return what the component marked."""
    names = []
    for span in doc.spans.get(SPANS, []):
        kind, label, of, *source = span.id_.split("|")
        names.append(Name(span.start, span.end, span.label_, kind, "".join(source), label, of))
    return names


def _span_id(name: Name) -> str:
    """Return what a span's label does not say; of sources only the user's own matters later."""
    own = (name.source,) if name.source == "own" else ()
    return "|".join((name.kind, name.label.replace("|", " "), name.of, *own))


def settle(names: Iterable[Name]) -> list[Name]:
    """Keep, of names that overlap, those of surer sources, then the longer, then the surer."""
    ranked = sorted(names, key=_rank)
    owner: dict[int, Name] = {}
    kept: list[Name] = []
    for name in ranked:
        owners = {owner[i].tokens: owner[i] for i in range(name.start, name.end) if i in owner}
        if not owners:
            kept.append(name)
            owner.update(dict.fromkeys(range(name.start, name.end), name))
        elif len(owners) == 1 and _may_nest(name, next(iter(owners.values()))):
            kept.append(name)
    return kept


def _rank(name: Name) -> tuple[object, ...]:
    return LEVELS[name.source], name.start - name.end, -STRENGTH[name.source], name.start, name.type


def _without_listed(names: list[Name]) -> Iterator[Name]:
    """Yield all but what the model says of words that a list knows, or of a part of them.

    A listed organisation may be a party, which the model tells.
    """
    listed = {
        i: name
        for name in names
        if name.source == "list" and name.type != "Organization"
        for i in range(name.start, name.end)
    }
    for name in names:
        known = listed.get(name.start)
        inside = known is not None and known.start <= name.start and name.end <= known.end
        if name.source != "model" or not inside:
            yield name


def _may_nest(inner: Name, outer: Name) -> bool:
    if inner.tokens == outer.tokens or outer.type not in NESTING or _is_closed(outer):
        return False
    inside = outer.start <= inner.start and inner.end <= outer.end
    if not inside or inner.source == "pattern":
        return False
    if inner.kind == "demonym" and inner.end == outer.end:
        return False
    listed = inner.source == "list" and inner.type != "Group"
    return inner.type in PLACE_TYPES or inner.type == "Person" or listed


def _is_closed(outer: Name) -> bool:
    """Tell a listed "Bank of England", which is not about England, from "the Sochi Olympics"."""
    listed = outer.source == "list" and outer.type not in {"Event", "Government"}
    return listed or outer.source == "own"


@dataclass(frozen=True, slots=True)
class _Settler:
    """Makes a document agree with itself: one name, one type, wherever it stands."""

    syntax: Syntax
    lexicons: Lexicons

    def agree(self, names: list[Name]) -> list[Name]:
        """Give every occurrence of a name the type that the document gives it most."""
        votes: Votes = defaultdict(lambda: defaultdict(float))
        for name in names:
            if name.kind != "demonym":
                votes[self.syntax.text(*name.tokens)][name.type] += STRENGTH[name.source]
        self._surnames_vote(names, votes)
        self._roles_vote(names, votes)
        self._fixtures_vote(names, votes)
        agreed = [self._agreed(name, votes) for name in names]
        return agreed + list(self._spread(agreed, votes))

    def _agreed(self, name: Name, votes: Votes) -> Name:
        if name.kind == "demonym" or name.source not in {"spacy", "model"}:
            return name
        return replace(name, type=_winner(votes[self.syntax.text(*name.tokens)]))

    def _surnames_vote(self, names: list[Name], votes: Votes) -> None:
        """Let a single word that ends a person's full name be that person."""
        for name in names:
            if name.type == "Person" and name.end - name.start > 1:
                surname = self.syntax.words[name.end - 1]
                if surname not in votes or surname not in self.lexicons.places:
                    votes[surname]["Person"] += SURNAME_VOTE

    def _roles_vote(self, names: list[Name], votes: Votes) -> None:
        """Let a name with a role before it or "as …" after it be a person's: "Senator Z"."""
        words, lowers = self.lexicons.words, self.syntax.lowers
        roles = words["title"] | words["role"]
        for name in names:
            last = lowers[name.end - 1]
            if (
                name.source not in {"spacy", "model"}
                or name.end - name.start > 2
                or last in self.lexicons.heads
            ):
                continue
            before = name.start > 0 and lowers[name.start - 1] in roles
            following = lowers[name.end : name.end + 2]
            after = len(following) == 2 and following[0] == "as" and following[1] in roles
            if last not in roles and (before or after):
                votes[self.syntax.text(*name.tokens)]["Person"] += ROLE_VOTE

    def _fixtures_vote(self, names: list[Name], votes: Votes) -> None:
        """Let a town that plays another be its team: "Bremen vs. Cologne", "Mainz 0-0 Stuttgart"."""
        lowers = self.syntax.lowers
        for name in names:
            before, after = lowers[max(0, name.start - 3) : name.start], lowers[name.end :][:3]
            beside = {*before[-1:], *after[:1], "".join(before), "".join(after)}
            if name.type == "City" and any(w in VERSUS or SCORE.match(w) for w in beside):
                votes[self.syntax.text(*name.tokens)]["Organization"] += FIXTURE_VOTE

    def _spread(self, names: list[Name], votes: Votes) -> Iterator[Name]:
        """Yield occurrences, which nothing proposed, of names found elsewhere in the document."""
        taken = {i for n in names for i in range(n.start, n.end)}
        known = self._known_names(names)
        for i, word in enumerate(self.syntax.words):
            if word not in known or i in taken or not self.syntax.tags[i].startswith("NNP"):
                continue
            end = self._end_of_known(i, known[word], taken)
            if end and (counts := votes.get(self.syntax.text(i, end))):
                yield Name(i, end, _winner(counts), source="spread")
                taken.update(range(i, end))

    def _known_names(self, names: list[Name]) -> dict[str, list[tuple[str, ...]]]:
        """Return first word -> the names that begin with it, longest first."""
        known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            words = tuple(self.syntax.words[name.start : name.end])
            long = words[0][0].isupper() and (len(words) > 1 or len(words[0]) > 3)
            if name.kind == "name" and name.type != "Group" and long:
                known[words[0]].add(words)
                full = 1 < len(words) < 4 and all(word[0].isupper() for word in words)
                if name.type == "Person" and full and len(words[-1]) > 3:
                    known[words[-1]].add(words[-1:])
        return {first: sorted(found, key=lambda w: (-len(w), w)) for first, found in known.items()}

    def _end_of_known(self, i: int, names: list[tuple[str, ...]], taken: set[int]) -> int | None:
        """Return where the longest known name that stands free at ``i`` ends."""
        for words in names:
            end = i + len(words)
            if tuple(self.syntax.words[i:end]) == words and not taken.intersection(range(i, end)):
                return end
        return None


def _winner(votes: Mapping[str, float]) -> str:
    """Return the type with most votes, the first by name where two have as many."""
    return max(sorted(votes), key=lambda kind: votes[kind])


def _no_crossing(names: Iterable[Name]) -> list[Name]:
    """Drop names that cross another without lying inside it; the earlier and longer stays."""
    kept: list[Name] = []
    seen: set[tuple[int, int, str]] = set()
    for name in sorted(names, key=lambda n: (n.start, -n.end, -STRENGTH.get(n.source, 1), n.type)):
        crossing = any(k.start < name.start < k.end < name.end for k in reversed(kept[-6:]))
        same = any(k.tokens == name.tokens for k in kept[-6:])
        if not crossing and not same and (*name.tokens, name.type) not in seen:
            seen.add((*name.tokens, name.type))
            kept.append(name)
    return kept
