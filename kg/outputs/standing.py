"""How a claim stands: fact, denied by whom, according to whom, quoting whom, planned.

The one place that says so. Terminal, tables, page, explorer, served pages and notebook
ask ``standing_of`` and show what it says; who has no graph at hand, but what a store tells
of a claim, makes a ``Standing`` of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import Literal

from kg.graph.assembly import KnowledgeGraph
from kg.records import HeldBack, LinkedClaim, Modality, Polarity, Relation, Term

Status = Literal["fact", "contested", "denied", "hedged", "planned"]
Stance = Literal["agrees", "denies", "hedges"]

STATUSES: tuple[Status, ...] = ("contested", "fact", "denied", "hedged", "planned")
"""How a relation may stand; it stands as the first of these that one of its claims does."""
SOMEBODY = "somebody unnamed"

_WORDS = MappingProxyType(
    {
        "possible": "possible",
        "intended": "planned",
        "required": "required",
        "conditional": "conditional",
        "questioned": "questioned",
    }
)
_OPEN = frozenset({"intended", "required", "conditional", "questioned"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One of those who say so, and whether it is a denial that they utter."""

    name: str
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands; ``chain`` are those who say so, each quoting the next.

    ``polarity`` is of the whole, as in a Claim: who denies that somebody did not come
    makes no negative claim.

    >>> print(Standing("negative", "asserted", (Voice("Ann"), Voice("Bo", denies=True))))
    according to Ann, denied by Bo
    """

    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    chain: tuple[Voice, ...] = ()
    held_back: HeldBack = ""

    def __str__(self) -> str:
        return ", ".join(label for _, label in self.labels)

    @property
    def is_fact(self) -> bool:
        """Whether it is told as a fact: stated in the document's own voice, and not held back."""
        return self == Standing()

    @property
    def is_stated(self) -> bool:
        """Whether the document says so in its own voice, without denial or doubt."""
        return (self.polarity, self.modality, self.chain) == ("positive", "asserted", ())

    @property
    def status(self) -> Status:
        """How an edge is drawn that stands on this claim alone."""
        if self.is_fact:
            return "fact"
        if self.polarity == "negative" and self.modality == "asserted":
            return "denied"
        return "planned" if self.modality in _OPEN else "hedged"

    @property
    def kind(self) -> str:
        """The one word under which it is counted: fact, attributed, a modality, denied, or why it is held back."""
        if self.is_fact:
            return "fact"
        if self.chain:
            return "attributed"
        if self.is_stated:
            return self.held_back
        return "denied" if self.modality == "asserted" else self.modality

    @property
    def denied_by(self) -> tuple[str, ...]:
        """The names of those who deny it, or deny that somebody says so."""
        return tuple(voice.name for voice in self.chain if voice.denies)

    @property
    def is_negated(self) -> bool:
        """Whether the words say that it is not so, whatever a speaker then denies."""
        return (self.polarity == "negative") != (len(self.denied_by) % 2 == 1)

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The kind and the words of each part: negation, who says so, how surely.

        >>> Standing().labels
        (('fact', 'fact'),)
        >>> Standing("negative", "possible", (Voice("Ann"), Voice("Bo"))).labels[:2]
        (('negated', 'negated'), ('attributed', 'according to Ann'))
        """
        if self.is_fact:
            return (("fact", "fact"),)
        return (*self._negation(), *self._voices(), *self._doubt(), *self._held_back())

    def _negation(self) -> Iterator[tuple[str, str]]:
        if self.is_negated:
            plain = self.modality == "asserted" and not self.denied_by
            yield ("denied", "denied") if plain else ("negated", "negated")

    def _voices(self) -> Iterator[tuple[str, str]]:
        for number, voice in enumerate(self.chain):
            if voice.denies:
                yield "denied", f"denied by {voice.name}"
            else:
                yield "attributed", f"{'quoting' if number else 'according to'} {voice.name}"

    def _doubt(self) -> Iterator[tuple[str, str]]:
        if self.modality in _WORDS:
            yield (_WORDS[self.modality],) * 2

    def _held_back(self) -> Iterator[tuple[str, str]]:
        if self.held_back:
            yield self.held_back, self.held_back

    @property
    def stances(self) -> tuple[tuple[str, Stance], ...]:
        """How each who speaks stands to it, the outermost first; "" is the document itself.

        Who only quotes leaves it open, and so does who is said not to have said it.
        """
        # From the innermost outwards: only there is it known what each of the others quotes.
        *outer, inner = self.chain or (Voice(""),)
        negative = self.is_negated != inner.denies
        unsaid = any(voice.denies for voice in outer)
        found: list[tuple[str, Stance]] = [
            (
                inner.name,
                "hedges" if unsaid else self._stance(negative=negative, denies=inner.denies),
            )
        ]
        for voice in reversed(outer):
            negative = negative != voice.denies
            found.append((voice.name, "denies" if voice.denies and negative else "hedges"))
        return tuple(reversed(found))

    def _stance(self, *, negative: bool, denies: bool) -> Stance:
        """Who denies something has made a claim that is negative, whatever else it is."""
        if negative and denies:
            return "denies"
        if self.modality != "asserted" or self.held_back:
            return "hedges"
        return "denies" if negative else "agrees"


def standing_of(graph: KnowledgeGraph, linked: LinkedClaim) -> Standing:
    """Return how a claim of a graph stands."""
    claim = linked.claim
    chain = zip_longest(linked.speakers, claim.attributions)
    return Standing(
        claim.polarity,
        claim.modality,
        tuple(Voice(_name(graph, term), bool(said and said.deny)) for term, said in chain),
        claim.held_back,
    )


def _name(graph: KnowledgeGraph, speaker: Term | None) -> str:
    if speaker is None:
        return SOMEBODY
    name = graph.entities[speaker.entity_id].name if speaker.entity_id else speaker.text
    return " ".join(name.split())


def status_in(graph: KnowledgeGraph, linked: LinkedClaim, relation: Relation | None) -> Status:
    """Return how a claim stands among others: what is said here and denied there is contested."""
    own = standing_of(graph, linked).status
    disputed = relation is not None and relation.status == "contested"
    return "contested" if disputed and own in ("fact", "denied") else own


def relation_status(graph: KnowledgeGraph, relation: Relation) -> Status:
    """Return how an edge is drawn: as its relation stands, plans apart from hedges."""
    found = {status_in(graph, graph.claims[id_], relation) for id_ in relation.claims}
    return next(status for status in STATUSES if status in found)
