"""An invented corpus of any size, shaped like real ones: few hubs, many small things.

No model reads it: the Readings are written as if one had. Who takes part in a claim
follows Zipf's law, so that some entities stand in thousands of claims; a third of the
claims are no facts. The same size and seed give the same Readings.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.records import (
    Argument,
    Attribution,
    Claim,
    Cue,
    Document,
    Entity,
    Mention,
    MentionGroup,
    Modality,
    Offsets,
    Paragraph,
    Passage,
    Phrase,
    Predicate,
    Reading,
    Time,
)

TRIPLES_A_CLAIM = 64
SENTENCES = 60
"""Sentences of a document, a claim each."""

_TYPES = ("Person", "Organization", "Country", "City", "Event", "Government", "Product", "Group")
_VERBS = (
    "met", "paid", "joined", "left", "supported", "criticised", "financed", "visited", "hired",
    "sued", "trained", "bought", "sold", "warned", "praised", "led", "followed", "attacked",
    "defended", "invited",
)  # fmt: skip
_MODALITIES: tuple[Modality, ...] = ("possible", "intended", "required", "conditional")


def synthetic_graph(triples: int, *, things: int | None = None, seed: int = 1) -> KnowledgeGraph:
    """Return a graph of about so many triples, on at most so many things."""
    claims = max(triples // TRIPLES_A_CLAIM, SENTENCES)
    maker = _Maker(random.Random(seed), things or max(claims // 6, 20))  # noqa: S311 - no secret
    readings = [maker.reading(number) for number in range(claims // SENTENCES)]
    return assemble_graph(readings, list(maker.entities()))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a thing is named in a document."""

    thing: int
    start: int
    end: int


class _Maker:
    """Writes documents about numbered things."""

    def __init__(self, chance: random.Random, things: int) -> None:
        self.chance = chance
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(things)))
        self.groups: dict[int, list[tuple[str, int]]] = {}

    def entities(self) -> Iterator[Entity]:
        """Yield the things that were named."""
        for thing in sorted(self.groups):
            name = _name(thing)
            keys = tuple(sorted(self.groups[thing]))
            yield Entity(f"thing-{thing}", name, _type(thing), (f"T. {thing}",), groups=keys)

    def reading(self, number: int) -> Reading:
        """Return a document's Reading."""
        id_, text, claims, places = f"document-{number:05}", "", list[Claim](), list[_Place]()
        sentences: list[Offsets] = []
        for clause in range(SENTENCES):
            start = len(text) + 1 if text else 0
            words, named, claim = self._sentence(id_, clause, start, places)
            text = f"{text} {words}" if text else words
            sentences.append((start, len(text)))
            places += named
            claims.append(claim)
        document = Document(
            id_, f"Document {number}", text, f"{id_}.txt", "en",
            hashlib.sha256(text.encode()).hexdigest(), paragraphs=(Paragraph(0, len(text), "1"),),
        )  # fmt: skip
        return Reading(
            document, tuple(sentences), tuple(self._groups(id_, text, places)), tuple(claims)
        )

    def _groups(self, id_: str, text: str, places: list[_Place]) -> Iterator[MentionGroup]:
        for group, thing in enumerate(dict.fromkeys(p.thing for p in places)):
            self.groups.setdefault(thing, []).append((id_, group))
            mentions = tuple(
                Mention(Passage(id_, p.start, p.end), text[p.start : p.end], "name")
                for p in places
                if p.thing == thing
            )
            yield MentionGroup(group, _name(thing), _type(thing), mentions)

    def _sentence(
        self, id_: str, clause: int, start: int, before: list[_Place]
    ) -> tuple[str, list[_Place], Claim]:
        """Return a sentence, where it names things, and its claim."""
        order = list(dict.fromkeys(p.thing for p in before))
        subject, object_, speaker, place = self._things(4)
        says = f"{_name(speaker)} said that " if self.chance.random() < 0.2 else ""
        denied = self.chance.random() < 0.1
        verb = self.chance.choice(_VERBS)
        year = self.chance.randrange(2000, 2030)
        words = f"{says}{_name(subject)} {'never ' if denied else ''}{verb} {_name(object_)}"
        words += f" at {_name(place)} in {year}."
        named = []

        def phrase(thing: int, after: int = 0) -> Phrase:
            # With the space, or “Thing 1” would be found in “Thing 12”.
            at = start + words.index(_name(thing) + " ", after)
            named.append(_Place(thing, at, at + len(_name(thing))))
            if thing not in order:
                order.append(thing)
            return Phrase(((at, at + len(_name(thing))),), _name(thing), order.index(thing))

        def span(part: str) -> Offsets:
            at = start + words.index(part)
            return at, at + len(part)

        attribution = None
        if says:
            attribution = Attribution(phrase(speaker), Cue("speaker", *span("said"), "said"))
        asserted = self.chance.random() < 0.75
        claim = Claim(
            id=hashlib.sha256(f"{id_} {clause}".encode()).hexdigest()[:16],
            clause=clause,
            subject=phrase(subject, len(says)),
            predicate=Predicate((span(f" {verb} "),), f" {verb} ", verb, verb),
            object=phrase(object_, words.index(f" {verb} ") + 1),
            sentence=(start, start + len(words)),
            confidence=round(0.5 + self.chance.random() / 2, 2),
            found_by="synthetic",
            arguments=(Argument("at", phrase(place, words.rindex(" at "))),),
            polarity="negative" if denied else "positive",
            modality="asserted" if asserted else self.chance.choice(_MODALITIES),
            attribution=attribution,
            time=Time(f"in {year}", *span(f"in {year}"), f"{year}-01-01", f"{year}-12-31"),
            cues=(Cue("negation", *span("never"), "never"),) if denied else (),
        )
        return words, named, claim

    def _things(self, count: int) -> list[int]:
        """Return different things, the first of all things the likeliest."""
        found: dict[int, None] = {}
        while len(found) < count:
            drawn = self.chance.choices(range(len(self.weights)), cum_weights=self.weights)
            found.setdefault(drawn[0])
        return list(found)


def _name(thing: int) -> str:
    return f"Thing {thing}"


def _type(thing: int) -> str:
    return _TYPES[thing % len(_TYPES)]
