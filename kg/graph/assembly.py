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
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import networkx as nx

from kg.errors import AmbiguousNameWarning
from kg.folding import fold
from kg.graph.names import Meant, Named, NameIndex
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    LinkedClaim,
    Mention,
    Offsets,
    Phrase,
    Reading,
    Relation,
    Term,
)
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


class KnowledgeGraph:
    """What a corpus says: entities, claims, relations, and the texts behind them.

    The same readings give the same graph, in whatever order they come.
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
        self.relations = MappingProxyType({r.id: r for r in add_up(self.claims.values())})

    @property
    def documents(self) -> dict[str, Document]:
        """The documents by id."""
        return {id_: reading.document for id_, reading in self.readings.items()}

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The entities and relations as a MultiDiGraph, yours to change.

        Node attributes: name, type, also_known_as, mentions (a count). Edge
        attributes: predicate, head, status, affirmed, denied, hedged, confidence,
        claims (their ids).
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
        for claim in self.claims.values():
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
        """Return the claims in which an entity is subject, object, argument or speaker.

        Raises:
            UnknownNameError: no entity has this id or name.

        """
        return list(self._claims_by_entity.get(self.find(entity).id, ()))

    def claims_between(self, first: str, second: str) -> list[LinkedClaim]:
        """Return the claims that hold both entities, whichever way round.

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
    parts = [document.title]
    for page in document.pages:
        if page.start <= offset < page.end and (page.number or page.file_number):
            parts.append(_page_label(page.number, page.file_number))
            break
    for note in document.footnotes:
        if note.start <= offset < note.end:
            return ", ".join([*parts, f"note {note.number}"])
    for paragraph in document.paragraphs:
        if paragraph.start <= offset < paragraph.end and paragraph.number:
            parts.append(f"para {paragraph.number}")
            break
    return ", ".join(parts)


def _page_label(number: str, file_number: str) -> str:
    if number and file_number and number != file_number:
        return f"page {number} (file page {file_number})"
    return f"page {number or file_number}"


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
        _link_claim(document_id, active, claim, entity_of, concepts)
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
    agents = [a for a in arguments if a.role == "agent"]
    if agents and claim.object is None:
        rest = tuple(a for a in arguments if a != agents[0])
        return _ActiveClaim(agents[0].phrase, predicate.lemma, claim.subject, rest)
    return _ActiveClaim(claim.subject, f"be {predicate.participle}", claim.object, arguments)


def _find_concepts(
    turned: Iterable[tuple[str, _ActiveClaim, Claim]], entities: Iterable[Entity]
) -> dict[str, Entity]:
    """Return the Concepts by their folded words: phrases that claims join."""
    claims_of: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    joined: set[str] = set()
    for _, active, claim in turned:
        ends = [active.subject] + ([active.object] if active.object else [])
        named = any(end.group is not None for end in ends)
        for phrase in ends:
            words = concept_words(phrase)
            if words is None:
                continue
            key = fold(words)
            claims_of[key].add(claim.id)
            spellings[key][words] += 1
            if named:
                joined.add(key)
    taken = {entity.id for entity in entities}
    concepts = {}
    for key in sorted(claims_of):
        if key in joined or len(claims_of[key]) > 1:
            name = min(spellings[key], key=lambda words: (-spellings[key][words], words))
            entity_id = unique_slug(name, taken)
            taken.add(entity_id)
            concepts[key] = Entity(entity_id, name, CONCEPT)
    return concepts


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
        or not re.search(r"[^\W\d_]{3}", words)
    ):
        return None
    return words


def _link_claim(
    document_id: str,
    active: _ActiveClaim,
    claim: Claim,
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
    for (subject_id, predicate, object_id), members in sorted(together.items()):
        affirmed = sum(m.claim.is_fact for m in members)
        denied = sum(
            m.claim.polarity == "negative" and m.claim.modality == "asserted" for m in members
        )
        yield Relation(
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
        )


def _support(claims: Sequence[LinkedClaim]) -> float:
    """Return the probability that at least one of the facts, or else of the claims, was read right."""
    facts = [c for c in claims if c.claim.is_fact] or claims
    best: dict[tuple[str, Offsets], float] = defaultdict(float)
    for fact in facts:
        sentence = (fact.document_id, fact.claim.sentence)
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
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:12]
