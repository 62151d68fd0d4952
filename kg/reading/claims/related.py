"""Give claims the relation that they state by name, and find relations that no clause spells out.

What a claim's words state (``lexicon.py``) comes first. The network (``network.py``) tells of two
names of one sentence how they are related; where a claim joins the two and may mean just that, it
gets the name, else a claim of its own is made, with the status of the words that lead from one name
to the other: "Siemens chief executive Joe Kaeser denied it" says who leads Siemens.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from kg.reading.claims.checker_features import Candidate
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import VERB_POS
from kg.reading.mentions.groups import Mentions, TokenMention, span_head
from kg.reading.relations.lexicon import PREPOSITIONS, stated
from kg.reading.relations.network import Spot, load_relation_network
from kg.reading.relations.tables import DATE, KINDS, type_number
from kg.reading.time_phrases import TimePhrases
from kg.reading.values.dates import find_dates
from kg.records import Claim, TypedRelation
from kg.relation_types import RelationType, kind_of, relation_types

FOUND_BY = "relation"
LEAST = 0.5
"""How probable a relation must be to be told."""
LEAST_NAMED = 0.7
"""How probable it must be to give its name to a claim whose words do not spell it out."""
REACH = 150
"""Words of a sentence that are looked at together."""
APART = 8
"""How many mentions further on the other one may stand."""
_VAGUE = frozenset(
    {"identity", "giving", "action", "concern", "part", "change", "creation", "event"}
)
"""Kinds of words that may mean a relation of any kind: "be", "have", "join"."""
_SEEN_THROUGH = frozenset({"Role", "Group"})
"""Types of names in which another name still is one: "the US president"."""
Said = tuple[int | None, int | None, str]
"""The groups of subject and object, and the key of a relation; "" for one that has no name."""
Groups = dict[tuple[int | None, int | None], list[tuple[RelationType, bool]]]


class End(NamedTuple):
    """What a relation may join: a name or what refers to it, of a group; or a date, of none."""

    start: int
    end: int
    head: int
    type: str
    kind: str
    group: int | None

    @property
    def phrase(self) -> NounPhrase:
        """Its words."""
        return NounPhrase(self.head, tuple(range(self.start, self.end)))


class Related(NamedTuple):
    """Two mentions, the relation from the first to the second, how probable it is."""

    subject: End
    object: End
    relation: RelationType
    score: float

    @property
    def groups(self) -> tuple[int | None, int | None]:
        """The groups of the two."""
        return self.subject.group, self.object.group


class RelationFinder:
    """Finds relations known by name in one parsed text."""

    def __init__(self, parsed: ParsedText) -> None:
        self.parsed = parsed
        self.syntax = parsed.syntax
        self._times = TimePhrases(parsed.syntax)
        self._mentions = sorted(map(self._end_of, _outermost(parsed.mentions)), key=_place)
        self._starts = [m.start for m in self._mentions]
        # Another pipeline than kg's own leaves no states to read.
        self._network = load_relation_network() if len(parsed.states) else None

    # --- the words of claims ----------------------------------------------------------

    def named(
        self, candidates: Iterable[Candidate], related: Iterable[Related]
    ) -> Iterator[Candidate]:
        """Yield claims of a sentence, those that state a relation by name with that name."""
        found = _by_groups(related)
        for candidate in candidates:
            claim = candidate.claim
            relation = self._spelt_out(claim) or _meant(claim, found)
            yield (
                replace(candidate, claim=replace(claim, relation=relation))
                if relation
                else candidate
            )

    def _spelt_out(self, claim: Claim) -> TypedRelation | None:
        """Return the relation that a claim's words state between two names."""
        subject, object_ = claim.ends
        if object_ is None or subject.group is None or object_.group is None:
            return None
        groups, predicate = self.parsed.mentions.groups, claim.predicate
        # Who "was appointed governor" appointed nobody.
        bare = predicate.lemma.rpartition(" ")[2] not in PREPOSITIONS
        if predicate.passive and claim.agent is None and bare:
            return None
        trigger = stated(
            predicate.lemma, predicate.head, groups[subject.group].type, groups[object_.group].type
        )
        if trigger is None or subject.group == object_.group:
            return None
        return TypedRelation(trigger.relation.key, trigger.relation.label, trigger.turned)

    # --- the network ------------------------------------------------------------------

    def related(self, first: int, after: int) -> list[Related]:
        """Return how the names of a sentence are related, the surest first."""
        best: dict[tuple[object, ...], Related] = {}
        for start in range(first, max(first + 1, after - REACH // 2), REACH // 2):
            for found in self._in_window(start, min(after, start + REACH)):
                dated = found.object.start if found.object.group is None else None
                key = (*found.groups, dated, found.relation.key)
                if key not in best or best[key].score < found.score:
                    best[key] = found
        return _narrowest(sorted(best.values(), key=_order))

    def _in_window(self, first: int, after: int) -> Iterator[Related]:
        mentions = self._mentions_in(first, after)
        pairs = self._pairs(mentions)
        if self._network is None or not pairs:
            return
        spots = [
            Spot(m.start - first, m.end - first, type_number(m.type), _kind(m)) for m in mentions
        ]
        scores = self._network.scores(self.parsed.states[first:after], spots, pairs)
        known = relation_types()
        for row, column in zip(*np.nonzero(scores >= LEAST), strict=True):
            relation = known[self._network.labels[column]]
            subject, object_ = (mentions[i] for i in pairs[row])
            if relation.fits(subject.type, object_.type):
                yield Related(subject, object_, relation, float(scores[row, column]))

    def _end_of(self, mention: TokenMention) -> End:
        mentions = self.parsed.mentions
        group = mentions.groups[mentions.group_of[mention.key]]
        return End(mention.start, mention.end, mention.head, group.type, mention.kind, group.id)

    def _mentions_in(self, first: int, after: int) -> list[End]:
        """Return the mentions of a stretch that are no part of another's name, and its dates."""
        found: list[End] = []
        outer: End | None = None
        for place in range(bisect_left(self._starts, first), len(self._mentions)):
            mention = self._mentions[place]
            if mention.start >= after:
                break
            inside = outer is not None and mention.end <= outer.end
            if mention.end > after or (inside and outer and outer.type not in _SEEN_THROUGH):
                continue
            if not inside:
                outer = mention
            found.append(mention)
        if found:
            free = (d for d in self._dates_in(first, after) if not any(_meet(d, m) for m in found))
            found = sorted([*found, *free], key=_place)
        return found

    def _dates_in(self, first: int, after: int) -> Iterator[End]:
        syntax = self.syntax
        if not any(word[:1].isdigit() for word in syntax.words[first:after]):
            return
        origin, starts, ends = (
            syntax.starts[first],
            syntax.starts[first:after],
            syntax.ends[first:after],
        )
        for date in find_dates(self._times.text(first, after)):
            start = first + bisect_left(starts, date.start + origin)
            end = first + bisect_left(ends, date.end + origin) + 1
            if start < end <= after:
                yield End(start, end, span_head(syntax, start, end), DATE, "name", None)

    def _pairs(self, mentions: Sequence[End]) -> list[tuple[int, int]]:
        """Return the pairs of mentions of two things that are asked about, either way round."""
        pairs = []
        for i, first in enumerate(mentions):
            for j in range(i + 1, min(len(mentions), i + 1 + APART)):
                second = mentions[j]
                # Nothing is inside another: such names have rules of their own.
                if first.group != second.group and second.start >= first.end:
                    # Nothing is told of a date.
                    pairs += [(a, b) for a, b in ((i, j), (j, i)) if mentions[a].group is not None]
        return pairs

    # --- claims of their own ----------------------------------------------------------

    def claims(
        self, related: Iterable[Related], told: Iterable[Candidate], number: int
    ) -> Iterator[tuple[RawClaim, Related]]:
        """Yield a claim for each relation that no claim of the sentence states."""
        taken = set(map(self._said, told))
        for found in related:
            relation, (subject, object_) = found.relation, found.groups
            said = {(subject, object_, relation.key)}
            if relation.symmetric:
                said.add((object_, subject, relation.key))
            if not said & taken:
                taken |= said
                yield self._raw(found, number), found

    @staticmethod
    def _said(candidate: Candidate) -> Said:
        """Return which two things a claim joins, and by what relation."""
        subject, object_ = candidate.claim.ends
        relation = candidate.claim.relation
        ends = subject.group, object_.group if object_ else None
        if relation is None:
            return (*ends, "")
        return (*(ends[::-1] if relation.turned else ends), relation.property)

    def _raw(self, found: Related, number: int) -> RawClaim:
        subject, object_ = found.subject, found.object
        words, verb, top = self._way(subject, object_)
        return RawClaim(
            clause=number, subject=subject.phrase, object=object_.phrase,
            predicate=words or tuple(range(subject.start, subject.end)),
            lemma=found.relation.phrase, head=found.relation.phrase.partition(" ")[0],
            status_at=top if verb is None else verb, found_by=FOUND_BY, implicit=True,
            noun=verb is None, definite=True, literal=object_.group is None,
            times=() if object_.group is not None else (object_.phrase.tokens,),
        )  # fmt: skip

    def _way(self, one: End, other: End) -> tuple[tuple[int, ...], int | None, int]:
        """Return the words that lead from one mention to another, the clause they are in, the top one."""
        chains = [[m.head, *self.syntax.ancestors(m.head)] for m in (one, other)]
        common = set(chains[0]) & set(chains[1])
        ways = [[*(t for t in chain if t not in common)] for chain in chains]
        top = next((t for t in chains[0] if t in common), one.head)
        # What is deepest decides: "Y, who is said to work for Z, left".
        deeper = max(ways, key=len)
        verbs = (t for t in [*deeper, top] if self.syntax.pos[t] in VERB_POS)
        own = set(range(one.start, one.end)) | set(range(other.start, other.end))
        words = sorted({*ways[0], *ways[1], top} - own)
        return tuple(words), next(verbs, None), top


def _order(found: Related) -> tuple[float, int, int, str]:
    return -found.score, found.subject.start, found.object.start, found.relation.key


def _place(end: End) -> tuple[int, int]:
    return end.start, -end.end


def _meet(one: End, other: End) -> bool:
    return one.start < other.end and other.start < one.end


def _outermost(mentions: Mentions) -> Iterator[TokenMention]:
    """Yield the mentions that no other with the same head holds."""
    return (m for m in mentions.mentions if mentions.at_head.get(m.head) is m)


def _kind(mention: End) -> int:
    return KINDS.index(mention.kind) if mention.kind in KINDS else 0


def _by_groups(related: Iterable[Related]) -> Groups:
    """Return the sure relations of two things from either end: ``True`` if seen from the object's."""
    found: Groups = defaultdict(list)
    for one in related:
        subject, object_ = one.groups
        if one.score < LEAST_NAMED:
            continue
        found[subject, object_].append((one.relation, False))
        found[object_, subject].append((one.relation, True))
    return found


def _meant(claim: Claim, found: Groups) -> TypedRelation | None:
    """Return the relation between a claim's two things that its words may mean."""
    subject, object_ = claim.ends
    if object_ is None or subject.group is None or object_.group is None:
        return None
    words = (claim.predicate.head, *claim.predicate.lemma.split())
    kind = kind_of("", words)
    for relation, turned in found.get((subject.group, object_.group), ()):
        if kind == relation.kind or kind in _VAGUE:
            return TypedRelation(relation.key, relation.label, turned and not relation.symmetric)
    return None


def _narrowest(related: Sequence[Related]) -> list[Related]:
    """Leave out what a narrower relation of the same two things implies."""
    implied = {found.relation.implied(*found.groups) for found in related}
    return [found for found in related if (*found.groups, found.relation.key) not in implied]
