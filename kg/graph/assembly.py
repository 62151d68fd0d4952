"""Put entities and claims together into one graph.

Every claim is turned to the active voice, its phrases become entities, and all
claims with the same subject, relation and object add up to one Relation. A phrase
that names no entity becomes a Concept when claims join it; else it stays words.
"""

from __future__ import annotations

import hashlib
import math
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

import networkx as nx

from kg.errors import AmbiguousNameWarning
from kg.folding import fold
from kg.graph.names import Meant, Named, NameIndex
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Footnote,
    LinkedClaim,
    Mention,
    Offsets,
    Page,
    Paragraph,
    Phrase,
    Reading,
    Relation,
    Term,
    TypedRelation,
)
from kg.relation_types import kind_of_claim
from kg.slugs import unique_slug
from kg.vocabulary import CONCEPT

CONCEPT_WORDS = 5
"""A noun phrase of more words than this is no Concept but words of its claim."""

_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|its|his|her|their|our|my|your|such|any|some|both|no)\s+)+",
    re.IGNORECASE,
)

_POINTING = frozenset(
    """
    i we you he she it they me us him her them this that these those who which what one ones
    others both each none all some many such itself himself herself themselves yourself your my
    our its his their mine ours yours theirs everyone anyone someone nobody something nothing
    anything
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Words that stand for something else and name no Concept."""
_Stretch = TypeVar("_Stretch", Page, Paragraph, Footnote)


class KnowledgeGraph:
    """What a corpus says: entities, claims, relations, and the texts behind them.

    The same readings give the same graph, in whatever order they come.
    ``claims`` are all that were read, ``told`` those that say enough to be listed and drawn.
    ``network`` is a NetworkX MultiDiGraph of it: nodes are entity ids, edge keys
    relation ids. Iteration orders are fixed: documents by id, claims by document and
    place, entities and relations by id.
    """

    def __init__(
        self, readings: Iterable[Reading], entities: Iterable[Entity], claims: Iterable[LinkedClaim]
    ) -> None:
        self.readings = MappingProxyType(
            {r.document.id: r for r in sorted(readings, key=lambda r: r.document.id)}
        )
        self.entities = MappingProxyType({e.id: e for e in sorted(entities, key=lambda e: e.id)})
        self.claims = MappingProxyType({claim.id: claim for claim in sorted(claims, key=_place)})
        told = {id_: c for id_, c in self.claims.items() if c.claim.held_back != "trivial"}
        self.told = MappingProxyType(told)
        self.relations = MappingProxyType({r.id: r for r in add_up(told.values())})

    @property
    def documents(self) -> dict[str, Document]:
        """The documents by id."""
        return {id_: reading.document for id_, reading in self.readings.items()}

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The entities and relations as a MultiDiGraph, yours to change.

        Node attributes: name, type, also_known_as, mentions (a count). Edge
        attributes: predicate, head, kind (of relation), property (the key under which it is
        known by name, "" if it is not), property_label, turned (the property leads from target
        to source), status, affirmed, denied, hedged, confidence, claims (their ids).
        """
        return to_network(self)

    @cached_property
    def mention_counts(self) -> Counter[str]:
        """How often each entity is mentioned, by entity id."""
        counts: Counter[str] = Counter()
        for entity in self.entities.values():
            counts[entity.id] = sum(1 for _ in self.mentions_of(entity.id))
        return counts

    @cached_property
    def _groups(self) -> dict[tuple[str, int], tuple[Mention, ...]]:
        return {
            (reading.document.id, group.id): group.mentions
            for reading in self.readings.values()
            for group in reading.groups
        }

    @cached_property
    def _claims_by_entity(self) -> dict[str, list[LinkedClaim]]:
        by_entity: dict[str, list[LinkedClaim]] = defaultdict(list)
        for claim in self.told.values():
            # An entity may stand in several places of one claim.
            for entity_id in dict.fromkeys(_entity_ids(claim)):
                by_entity[entity_id].append(claim)
        return by_entity

    # Whoever asks for an entity gives its id, its name or another name that fits it.

    def mentions_of(self, entity: str) -> Iterator[Mention]:
        """Yield every mention of an entity, document by document, in reading order.

        Raises:
            UnknownNameError: no entity has this id or name.

        """
        for key in self.find(entity).groups:
            yield from self._groups[key]

    def claims_about(self, entity: str) -> list[LinkedClaim]:
        """Return the claims told in which an entity is subject, object, argument or speaker.

        Raises:
            UnknownNameError: no entity has this id or name.

        """
        return list(self._claims_by_entity.get(self.find(entity).id, ()))

    def claims_between(self, first: str, second: str) -> list[LinkedClaim]:
        """Return the claims told that hold both entities, whichever way round.

        Raises:
            UnknownNameError: no entity has one of these ids or names.

        """
        other = self.find(second).id
        return [c for c in self.claims_about(first) if other in set(_entity_ids(c))]

    def find(self, name: str) -> Entity:
        """Return the entity of this id, or the one that people mean by a name.

        When several fit, one is taken and an AmbiguousNameWarning names the others.

        Raises:
            UnknownNameError: no entity has the name; the message suggests near ones.

        """
        if name in self.entities:
            return self.entities[name]
        meant = self.meant_by(name)
        if meant.note:
            warnings.warn(meant.note, AmbiguousNameWarning, stacklevel=2)
        return self.entities[meant.thing.id]

    def meant_by(self, typed: str) -> Meant:
        """Return what is taken for something that a person typed, with what else it may be.

        Raises:
            UnknownNameError: no entity has the name; the message suggests near ones.

        """
        return self._names.meant(typed)

    @cached_property
    def _names(self) -> NameIndex:
        counts = self.mention_counts
        return NameIndex(
            Named(e.id, e.name, e.type, e.also_known_as, counts[e.id])
            for e in self.entities.values()
        )

    def sentence(self, claim: LinkedClaim) -> str:
        """Return the sentence that states a claim, as it stands in the document."""
        start, end = claim.claim.sentence
        return self.readings[claim.document_id].document.text[start:end]

    def citation(self, claim: LinkedClaim) -> str:
        """Return where the claim stands: "Title, page 41 (file page 48), para 140"."""
        return cite(self.readings[claim.document_id].document, claim.claim.sentence[0])


def cite(document: Document, offset: int) -> str:
    """Return the place of a character as people cite it: title, page, paragraph."""
    page = next(filter(None, map(_page_label, _around(offset, document.pages))), "")
    notes = (f"note {note.number}" for note in _around(offset, document.footnotes))
    paragraphs = (f"para {p.number}" for p in _around(offset, document.paragraphs) if p.number)
    # A note has a number of its own, also where a paragraph goes on behind it.
    inside = next(chain(notes, paragraphs), "")
    return ", ".join([document.title, *filter(None, (page, inside))])


def _around(offset: int, stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield the stretches that hold a character."""
    return (stretch for stretch in stretches if stretch.start <= offset < stretch.end)


def _page_label(page: Page) -> str:
    """Return "page 41 (file page 48)" or "slide 3", "" for a page without number and name."""
    if page.name:
        return page.name
    number, file_number = page.number, page.file_number
    if number and file_number and number != file_number:
        return f"page {number} (file page {file_number})"
    return f"page {number or file_number}" if number or file_number else ""


def to_network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return a network of a graph that nobody else holds, with the attributes of ``network``."""
    network = nx.MultiDiGraph()
    for entity in graph.entities.values():
        network.add_node(
            entity.id,
            name=entity.name,
            type=entity.type,
            also_known_as=entity.also_known_as,
            mentions=graph.mention_counts[entity.id],
        )
    for relation in graph.relations.values():
        network.add_edge(
            relation.subject_id,
            relation.object_id,
            key=relation.id,
            predicate=relation.predicate,
            head=relation.head,
            kind=relation.kind,
            property=relation.typed.property if relation.typed else "",
            property_label=relation.typed.label if relation.typed else "",
            turned=bool(relation.typed and relation.typed.turned),
            status=relation.status,
            affirmed=relation.affirmed,
            denied=relation.denied,
            hedged=relation.hedged,
            confidence=relation.confidence,
            claims=relation.claims,
        )
    return network


def assemble_graph(readings: Sequence[Reading], entities: Sequence[Entity]) -> KnowledgeGraph:
    """Return the graph of what the readings say about the entities."""
    entity_of = {key: entity.id for entity in entities for key in entity.groups}
    turned = [
        (reading.document.id, to_active(claim), claim)
        for reading in readings
        for claim in reading.claims
    ]
    concepts = _find_concepts(turned, entities)
    linked = (
        _link_claim(document_id, active, claim, entity_of=entity_of, concepts=concepts)
        for document_id, active, claim in turned
    )
    return KnowledgeGraph(readings, [*entities, *concepts.values()], linked)


@dataclass(frozen=True, slots=True)
class _ActiveClaim:
    """A claim's places after the passive was turned round."""

    subject: Phrase
    predicate: str
    object: Phrase | None
    arguments: tuple[Argument, ...]


def to_active(claim: Claim) -> _ActiveClaim:
    """Turn "Y was ordered by X" into X, order, Y; without an agent say "be ordered"."""
    predicate, arguments = claim.predicate, claim.arguments
    if not predicate.passive:
        return _ActiveClaim(claim.subject, predicate.lemma, claim.object, arguments)
    agent = claim.agent
    if agent is not None:
        rest = tuple(a for a in arguments if a != agent)
        subject, object_ = claim.ends
        return _ActiveClaim(subject, predicate.lemma, object_, rest)
    return _ActiveClaim(claim.subject, f"be {predicate.participle}", claim.object, arguments)


@dataclass(slots=True)
class _Spoken:
    """What claims say in some words that name no entity: which claims, in which spellings."""

    claims: set[str] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    beside_name: bool = False

    def add(self, words: str, claim_id: str, *, beside_name: bool) -> None:
        """Count a claim; ``beside_name`` if its other end is an entity."""
        self.claims.add(claim_id)
        self.spellings[words] += 1
        self.beside_name |= beside_name

    @property
    def joins(self) -> bool:
        """Whether the words lead from one thing to another: alone in one claim they would not."""
        return self.beside_name or len(self.claims) > 1

    @property
    def usual_spelling(self) -> str:
        """The words as they stand most often, the first of them by letter."""
        return min(self.spellings, key=lambda words: (-self.spellings[words], words))


def _find_concepts(
    turned: Iterable[tuple[str, _ActiveClaim, Claim]], entities: Iterable[Entity]
) -> dict[str, Entity]:
    """Return the Concepts by their folded words: phrases that claims join."""
    spoken = _spoken_words(turned)
    taken = {entity.id for entity in entities}
    concepts = {}
    for key in sorted(key for key, found in spoken.items() if found.joins):
        name = spoken[key].usual_spelling
        entity_id = unique_slug(name, taken)
        taken.add(entity_id)
        concepts[key] = Entity(entity_id, name, CONCEPT)
    return concepts


def _spoken_words(turned: Iterable[tuple[str, _ActiveClaim, Claim]]) -> dict[str, _Spoken]:
    """Return folded words -> what claims say in them."""
    spoken: dict[str, _Spoken] = defaultdict(_Spoken)
    for _, active, claim in turned:
        ends = [end for end in (active.subject, active.object) if end is not None]
        beside_name = any(end.group is not None for end in ends)
        for words in filter(None, map(concept_words, ends)):
            spoken[fold(words)].add(words, claim.id, beside_name=beside_name)
    return spoken


def concept_words(phrase: Phrase) -> str | None:
    """Return the words under which a phrase would be a Concept, or None if it is too long.

    A pronoun is what it stands for.
    """
    if phrase.group is not None or phrase.literal:
        return None
    text = phrase.resolved.text if phrase.resolved else phrase.text
    words = _DETERMINER.sub("", " ".join([*text.split(), ""])).strip(" .,;:'\"‘’“”()[]")
    if (
        words.casefold() in _POINTING
        or not 1 <= len(words.split()) <= CONCEPT_WORDS
        # "§ 5", "A4" and "12 %" are no Concepts.
        or not re.search(r"[^\W\d_]{3}", words)
    ):
        return None
    return words


def _link_claim(
    document_id: str,
    active: _ActiveClaim,
    claim: Claim,
    *,
    entity_of: dict[tuple[str, int], str],
    concepts: dict[str, Entity],
) -> LinkedClaim:
    def term(phrase: Phrase) -> Term:
        if phrase.group is not None:
            return Term(" ".join(phrase.text.split()), entity_of.get((document_id, phrase.group)))
        words = concept_words(phrase)
        concept = concepts.get(fold(words)) if words else None
        return Term(" ".join(phrase.text.split()), concept.id if concept else None)

    return LinkedClaim(
        id=claim.id,
        document_id=document_id,
        subject=term(active.subject),
        predicate=active.predicate,
        head=claim.predicate.head,
        object=term(active.object) if active.object else None,
        claim=claim,
        arguments=tuple((a.role, term(a.phrase)) for a in active.arguments),
        speakers=tuple(term(a.speaker) if a.speaker else None for a in claim.attributions),
    )


def add_up(claims: Iterable[LinkedClaim]) -> Iterator[Relation]:
    """Yield one Relation for all claims with the same subject, relation and object."""
    together: dict[tuple[str, str, str], list[LinkedClaim]] = defaultdict(list)
    for claim in claims:
        if claim.object and claim.subject.entity_id and claim.object.entity_id:
            together[claim.subject.entity_id, claim.predicate, claim.object.entity_id].append(claim)
    for ends, members in sorted(together.items()):
        yield _relation(*ends, members)


def _relation(
    subject_id: str, predicate: str, object_id: str, members: Sequence[LinkedClaim]
) -> Relation:
    """Return what claims of one subject, relation and object add up to."""
    affirmed = sum(m.claim.is_fact for m in members)
    denied = sum(_denies(m.claim) for m in members)
    return Relation(
        id=short_hash(subject_id, predicate, object_id),
        subject_id=subject_id,
        predicate=predicate,
        head=members[0].head,
        object_id=object_id,
        claims=tuple(m.id for m in members),
        confidence=_support(members),
        affirmed=affirmed,
        denied=denied,
        hedged=len(members) - affirmed - denied,
        kind=Counter(map(kind_of_claim, members)).most_common(1)[0][0],
        typed=_usual_name(members),
    )


def _usual_name(claims: Iterable[LinkedClaim]) -> TypedRelation | None:
    """Return the name that most claims of a relation have for it, the first of them."""
    names = Counter(c.claim.relation for c in claims if c.claim.relation is not None)
    return names.most_common(1)[0][0] if names else None


def _denies(claim: Claim) -> bool:
    """Tell a claim that something is not so, from one that it may not be."""
    return claim.polarity == "negative" and claim.modality == "asserted"


def _support(claims: Sequence[LinkedClaim]) -> float:
    """Return the probability that at least one of the facts, or else of the claims, was read right."""
    facts = [c for c in claims if c.claim.is_fact] or claims
    best: dict[tuple[str, Offsets], float] = defaultdict(float)
    for fact in facts:
        sentence = (fact.document_id, fact.claim.sentence)
        # Claims of one sentence err together, so a sentence counts once.
        best[sentence] = max(best[sentence], fact.claim.confidence)
    return round(1 - math.prod(1 - confidence for confidence in best.values()), 4)


def _entity_ids(claim: LinkedClaim) -> Iterator[str]:
    terms = [claim.subject, claim.object, *(t for _, t in claim.arguments), *claim.speakers]
    for term in terms:
        if term and term.entity_id:
            yield term.entity_id


def _place(claim: LinkedClaim) -> tuple[str, int, int, str]:
    return claim.document_id, claim.claim.sentence[0], claim.claim.clause, claim.id


def short_hash(*parts: object) -> str:
    """Return 12 hex digits that stand for the parts."""
    # Parted by what no part holds: ("ab", "c") is not ("a", "bc").
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:12]
