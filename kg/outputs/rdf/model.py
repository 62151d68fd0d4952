"""The RDF model: what a KnowledgeGraph says, as one stream of triples.

A fact is a plain triple; every claim, fact or not, is a node that tells its status and
comes from a sentence; claims over the same proposition share an edge node; sentences
and mentions are NIF spans named by RFC 5147 ranges. There are no blank nodes, nothing
depends on when or where it was built, and no triple comes twice.

Nothing of a Reading is left out: which characters a part of a claim was read from stands
in one literal (``places.py``), so that ``importing.py`` gets the Readings back.

    entity/  relation/  edge/      the default graph, with the plain triples
    doc/     claim/                the named graph of their document, where a form has graphs
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.graph.assembly import KnowledgeGraph, to_active
from kg.outputs.rdf import terms as term
from kg.outputs.rdf.layout import CitedPlaces, layout_of
from kg.outputs.rdf.places import (
    Place,
    place_of_phrase,
    place_of_speaker,
    words_at,
    write_range,
    write_turns,
)
from kg.outputs.rdf.quantities import amount_of
from kg.outputs.rdf.terms import NAME_CHARS, iri, iri_path, term_of
from kg.outputs.rdf.writers import TYPE, Triple
from kg.records import (
    Attribution,
    Claim,
    Document,
    Entity,
    LinkedClaim,
    Mention,
    MentionGroup,
    Offsets,
    Phrase,
    Reading,
    Relation,
    Term,
)
from kg.relation_types import OWN_KEY, property_iri
from kg.slugs import unique_slug
from kg.vocabulary import DOCUMENT_CLASS, DOCUMENT_CLASSES, TYPES

UNNAMED = term_of("kg:unnamed")
"""Stands for the speaker of a claim that is attributed to nobody by name."""

Pairs = Iterator[tuple[str, str]]
_UNNAMEABLE = re.compile(f"[^{NAME_CHARS}]+")


LABEL, ALT_LABEL = term_of("rdfs:label"), term_of("skos:altLabel")
EXACT, CLOSE = term_of("skos:exactMatch"), term_of("skos:closeMatch")
SUBJECT, PREDICATE, OBJECT = term_of("rdf:subject"), term_of("rdf:predicate"), term_of("rdf:object")
PROPERTY, SUB_PROPERTY = term_of("rdf:Property"), term_of("rdfs:subPropertyOf")
DERIVED = term_of("prov:wasDerivedFrom")
CONTEXT, ANCHOR = term_of("nif:referenceContext"), term_of("nif:anchorOf")
BEGIN, END = term_of("nif:beginIndex"), term_of("nif:endIndex")
SENTENCE, PHRASE = term_of("nif:Sentence"), term_of("nif:Phrase")


@dataclass(frozen=True, slots=True)
class Section:
    """Triples that belong together: to one document (its IRI term), or to none ("")."""

    graph_name: str
    triples: Iterable[Triple]


class Model:
    """The triples of one graph under one base IRI."""

    def __init__(self, graph: KnowledgeGraph, base_iri: str) -> None:
        self.graph = graph
        self.base_iri = base_iri

    def sections(self) -> Iterator[Section]:
        """Yield all triples: the default graph first, then document by document."""
        yield Section("", self._default_graph())
        claims: dict[str, list[LinkedClaim]] = defaultdict(list)
        for claim in self.graph.claims.values():
            claims[claim.document_id].append(claim)
        for document_id, reading in self.graph.readings.items():
            own = _DocumentModel(self, reading, claims[document_id])
            yield Section(self.document(document_id), own.triples())

    def entity(self, entity_id: str) -> str:
        """Return an entity's IRI."""
        return iri(f"{self.base_iri}entity/{iri_path(entity_id)}")

    def document(self, document_id: str) -> str:
        """Return a document's IRI."""
        return iri(f"{self.base_iri}doc/{iri_path(document_id)}")

    def claim(self, claim_id: str) -> str:
        """Return a claim's IRI."""
        return iri(f"{self.base_iri}claim/{iri_path(claim_id)}")

    def edge(self, relation: Relation) -> str:
        """Return an edge's IRI."""
        return iri(f"{self.base_iri}edge/{iri_path(relation.id)}")

    @cached_property
    def relation(self) -> dict[str, str]:
        """The IRI of each relation by its label; the label that spells its slug comes first."""
        labels = {c.predicate for c in self.graph.claims.values()}
        labels |= {c.head for c in self.graph.claims.values() if c.head}
        # Two labels may give one slug (“meet in” and “meet-in”): each needs an IRI of its own.
        taken: set[str] = set()
        iris = {}
        for label in sorted(labels, key=lambda label: (not _is_plain(label), label)):
            slug = unique_slug(_sluggable(label), taken)
            taken.add(slug)
            iris[label] = iri(f"{self.base_iri}relation/{slug}")
        return iris

    @cached_property
    def edge_of(self) -> dict[str, str]:
        """The IRI of the edge that each claim between entities belongs to, by claim id."""
        return {c: self.edge(r) for r in self.graph.relations.values() for c in r.claims}

    @cached_property
    def entity_of(self) -> dict[tuple[str, int], str]:
        """The entity that each group of mentions names, by document and group id."""
        return {key: e.id for e in self.graph.entities.values() for key in e.groups}

    def value(self, filler: Term) -> str:
        """Return an entity's IRI, or the words."""
        return self.entity(filler.entity_id) if filler.entity_id else term.text(filler.text)

    def _default_graph(self) -> Iterator[Triple]:
        for entity in self.graph.entities.values():
            subject = self.entity(entity.id)
            for predicate, object_ in dict.fromkeys(_about_entity(entity)):
                yield subject, predicate, object_
        yield from dict.fromkeys(self._plain_triples())
        yield from dict.fromkeys(self._relations())
        for relation in self.graph.relations.values():
            edge = self.edge(relation)
            for predicate, object_ in self._about_edge(relation):
                yield edge, predicate, object_

    def _plain_triples(self) -> Iterator[Triple]:
        """Yield what the documents state as facts, and nothing else."""
        for claim in self.graph.claims.values():
            if claim.claim.is_fact and claim.subject.entity_id and claim.object:
                subject, object_ = self.value(claim.subject), self.value(claim.object)
                yield subject, self.relation[claim.predicate], object_
                yield from self._under_property(claim, subject, object_)

    def _under_property(self, claim: LinkedClaim, subject: str, object_: str) -> Iterator[Triple]:
        """Yield a fact under the property that its relation is known as: of two things, or a day."""
        typed, when = _property(claim), _date_told(claim)
        if typed and when:
            yield subject, typed, when
        elif typed and claim.object and claim.object.entity_id:
            ends = (object_, subject) if _is_turned(claim) else (subject, object_)
            yield ends[0], typed, ends[1]

    def _relations(self) -> Iterator[Triple]:
        properties: dict[str, set[str | None]] = defaultdict(set)
        for label, relation in self.relation.items():
            yield relation, TYPE, PROPERTY
            yield relation, LABEL, term.text(label)
        for claim in self.graph.claims.values():
            typed = None if _is_turned(claim) else _property(claim)
            properties[self.relation[claim.predicate]].add(typed)
            yield from self._relation_of(claim)
        for relation, found in properties.items():
            # Only a relation that always means the property may entail it.
            if len(found) == 1 and (typed := found.pop()):
                yield relation, SUB_PROPERTY, typed

    def _relation_of(self, claim: LinkedClaim) -> Iterator[Triple]:
        """Yield what a claim tells of its relation and of its property."""
        if claim.head and claim.head != claim.predicate:
            yield self.relation[claim.predicate], _link_to_head(claim), self.relation[claim.head]
        typed = _property(claim)
        if typed and claim.claim.relation:
            yield typed, TYPE, PROPERTY
            yield typed, LABEL, term.text(claim.claim.relation.label)

    def _about_edge(self, relation: Relation) -> Pairs:
        yield TYPE, term_of("kg:Edge")
        yield SUBJECT, self.entity(relation.subject_id)
        yield PREDICATE, self.relation[relation.predicate]
        yield OBJECT, self.entity(relation.object_id)
        yield term_of("kg:kind"), term.text(relation.kind)
        yield term_of("kg:affirmedBy"), term.integer(relation.affirmed)
        yield term_of("kg:deniedBy"), term.integer(relation.denied)
        yield term_of("kg:hedgedBy"), term.integer(relation.hedged)
        yield term_of("kg:support"), term.decimal(relation.confidence)


def _is_plain(label: str) -> bool:
    return label == _sluggable(label).casefold()


def _sluggable(label: str) -> str:
    """Return a label whose slug begins with a letter and is an XML name, as RDF/XML demands."""
    words = _UNNAMEABLE.sub(" ", label)
    return words if words[:1].isalpha() else f"r {words}"


def _about_entity(entity: Entity) -> Pairs:
    if entity.type in TYPES:
        yield TYPE, iri(TYPES[entity.type].class_iri)
    yield LABEL, term.text(entity.name)
    for name in entity.also_known_as:
        yield ALT_LABEL, term.text(name)
    yield term_of("kg:type"), term.text(entity.type)
    for link in entity.links:
        target = term.safe_iri(link.iri)
        yield (EXACT if link.exact else CLOSE), target
        yield term_of("kg:linkScore"), term.text(f"{link.score} {target[1:-1]}")


def _property(claim: LinkedClaim) -> str | None:
    """Return the property of a claim whose relation is known by name."""
    relation = claim.claim.relation
    if relation is None:
        return None
    key = relation.property
    own = key.removeprefix(OWN_KEY)
    return term.safe_iri(property_iri((OWN_KEY if own != key else "") + iri_path(own)))


def _date_told(claim: LinkedClaim) -> str | None:
    """Return the day, month or year that a claim tells of its subject as a value; None if it tells none."""
    relation, object_, time = claim.claim.relation, claim.claim.object, claim.claim.time
    if relation is None or object_ is None or not object_.literal or time is None:
        return None
    return term.stretch_of_days(time.from_day, time.until_day)


def _is_turned(claim: LinkedClaim) -> bool:
    """Tell whether the property leads from the object to the subject."""
    return claim.claim.relation is not None and claim.claim.relation.turned


def _link_to_head(claim: LinkedClaim) -> str:
    """Who "was poisoned" poisoned nobody: such a relation is no sub-property of its head."""
    turned = to_active(claim.claim).predicate != claim.claim.predicate.lemma
    return term_of("kg:passiveOf") if turned else SUB_PROPERTY


class _DocumentModel:
    """The triples of one document: itself, its claims and its spans.

    ``spans`` gathers what is said of each stretch, so that a stretch that is both a
    mention and a speaker is described once.
    """

    def __init__(self, model: Model, reading: Reading, claims: Sequence[LinkedClaim]) -> None:
        self.model = model
        self.reading = reading
        self.claims = claims
        self.iri = model.document(reading.document.id)
        self.spans: dict[Offsets, list[tuple[str, str]]] = {}

    def triples(self) -> Iterator[Triple]:
        for predicate, object_ in _about_document(self.reading.document):
            yield self.iri, predicate, object_
        self._mark_sentences()
        self._mark_mentions()
        for group in self.reading.groups:
            subject = f"{self.iri[:-1]}#group{group.id}>"
            for predicate, object_ in self._about_group(group):
                yield subject, predicate, object_
        for claim in self.claims:
            yield from self._claim(claim)
        layout = layout_of(self.reading.document, self.span_iri)
        for span in sorted({*self.spans, *layout}):
            yield from self._span(span, layout.get(span, []))

    def span_iri(self, span: Offsets) -> str:
        return f"{self.iri[:-1]}#char={span[0]},{span[1]}>"

    def phrase(self, span: Offsets, *more: tuple[str, str]) -> str:
        """Mark words that are no sentence, and return their IRI."""
        self.spans.setdefault(span, []).extend([(TYPE, PHRASE), *more])
        return self.span_iri(span)

    def _mark_sentences(self) -> None:
        places = CitedPlaces(self.reading.document)
        stated = [claim.claim.sentence for claim in self.claims]
        for sentence in dict.fromkeys([*self.reading.sentences, *stated]):
            about = self.spans.setdefault(sentence, [])
            about.append((TYPE, SENTENCE))
            if place := places.citation(sentence[0]):
                about.append((term_of("kg:citation"), term.text(place)))

    def _mark_mentions(self) -> None:
        document_id = self.reading.document.id
        for group in self.reading.groups:
            entity_id = self.model.entity_of.get((document_id, group.id))
            about = [(term_of("kg:mentions"), self.model.entity(entity_id))] if entity_id else []
            for mention in group.mentions:
                kind = term_of("kg:mentionKind"), term.text(mention.kind)
                self.phrase(_offsets(mention), *about, kind)

    def _about_group(self, group: MentionGroup) -> Pairs:
        """Yield a group's entity, and what the entity and its mentions do not tell of it."""
        entity_id = self.model.entity_of.get((self.reading.document.id, group.id))
        entity = self.model.graph.entities[entity_id] if entity_id else None
        yield TYPE, term_of("kg:MentionGroup")
        if entity:
            yield term_of("kg:names"), self.model.entity(entity.id)
        # Without an entity a group has no name and no type but its own.
        name, type_ = (entity.name, entity.type) if entity else ("", "")
        if group.name != name:
            yield LABEL, term.text(group.name)
        if group.type != type_:
            yield term_of("kg:groupType"), term.text(group.type)
        is_alone = entity_id is not None and self._groups_of[entity_id] == 1
        for mention in group.mentions:
            yield from self._about_mention(mention, is_alone=is_alone)

    def _about_mention(self, mention: Mention, *, is_alone: bool) -> Pairs:
        """Yield which mentions are a group's, where it does not follow from their entity."""
        span = _offsets(mention)
        if not is_alone:
            yield term_of("kg:mention"), self.span_iri(span)
        if len(self._kinds[span]) > 1:
            place = Place((span,), {"kind": mention.kind})
            yield term_of("kg:mentionAt"), term.text(str(place))

    @cached_property
    def _groups_of(self) -> Counter[str | None]:
        """How many groups of the document name each entity."""
        key = self.reading.document.id
        return Counter(self.model.entity_of.get((key, g.id)) for g in self.reading.groups)

    @cached_property
    def _kinds(self) -> dict[Offsets, set[str]]:
        """The kinds of mention that each stretch is."""
        kinds: dict[Offsets, set[str]] = defaultdict(set)
        for group in self.reading.groups:
            for mention in group.mentions:
                kinds[_offsets(mention)].add(mention.kind)
        return kinds

    @cached_property
    def _cue_kinds(self) -> dict[Offsets, set[str]]:
        """The kinds of cue that each stretch is."""
        kinds: dict[Offsets, set[str]] = defaultdict(set)
        for claim in self.claims:
            for cue in claim.claim.cues:
                kinds[cue.start, cue.end].add(cue.kind)
        return kinds

    def _claim(self, claim: LinkedClaim) -> Iterator[Triple]:
        subject = self.model.claim(claim.id)
        parts = self._proposition, _status, self._evidence, self._speakers, self._places, _wording
        for part in parts:
            for predicate, object_ in dict.fromkeys(part(claim)):
                yield subject, predicate, object_
        active = to_active(claim.claim)
        yield from amount_of(subject, "kg:subjectAmount", active.subject)
        yield from amount_of(subject, "kg:objectAmount", active.object)
        places = (argument.phrase for argument in active.arguments)
        together = zip(claim.arguments, places, strict=True)
        for number, ((role, filler), phrase) in enumerate(together, 1):
            argument = f"{subject[:-1]}#arg{number}>"
            place = place_of_phrase(phrase, self.reading.document.text)
            yield subject, term_of("kg:argument"), argument
            yield argument, term_of("kg:role"), term.text(role)
            yield argument, term_of("kg:value"), self.model.value(filler)
            yield argument, term_of("kg:valueAt"), term.text(str(place))
            yield from amount_of(argument, "kg:amount", phrase)

    def _proposition(self, claim: LinkedClaim) -> Pairs:
        yield TYPE, term_of("kg:Claim")
        yield SUBJECT, self.model.value(claim.subject)
        yield PREDICATE, self.model.relation[claim.predicate]
        if claim.object:
            yield OBJECT, self.model.value(claim.object)
        if claim.id in self.model.edge_of:
            yield term_of("kg:edge"), self.model.edge_of[claim.id]
        if typed := _property(claim):
            yield term_of("kg:property"), typed
            if _is_turned(claim):
                yield term_of("kg:turned"), term.TRUE
            if when := _date_told(claim):
                yield term_of("kg:date"), when

    def _evidence(self, claim: LinkedClaim) -> Pairs:
        yield DERIVED, self.span_iri(claim.claim.sentence)
        yield term_of("kg:predicateText"), term.text(claim.claim.predicate.text)
        for cue in claim.claim.cues:
            kind = term_of("kg:cueKind"), term.text(cue.kind)
            yield term_of("kg:cue"), self.phrase((cue.start, cue.end), kind)
        for phrase in _phrases(claim):
            if phrase.resolved:
                found = self.phrase((phrase.resolved.start, phrase.resolved.end))
                yield term_of("kg:resolvedFrom"), found

    def _places(self, claim: LinkedClaim) -> Pairs:
        """Yield which characters each part of the claim was read from."""
        for name, place in _places_of(claim.claim, self.reading.document.text):
            yield term_of(name), term.text(str(place))
        for cue in claim.claim.cues:
            if len(self._cue_kinds[cue.start, cue.end]) > 1:
                place = Place(((cue.start, cue.end),), {"kind": cue.kind})
                yield term_of("kg:cueAt"), term.text(str(place))

    def _speakers(self, claim: LinkedClaim) -> Pairs:
        """Yield who says so: the outermost is attributedTo, whom they quote is saidThrough."""
        predicate = term_of("kg:attributedTo")
        levels = zip(claim.speakers, claim.claim.attributions, strict=False)
        for named, attribution in levels:
            speaker = self._speaker(named, attribution)
            yield predicate, speaker
            if attribution.deny:
                # The one for short queries; the other tells whose denial it is where several speak.
                yield term_of("kg:denies"), term.TRUE
                yield term_of("kg:denier"), speaker
            predicate = term_of("kg:saidThrough")

    def _speaker(self, named: Term | None, attribution: Attribution) -> str:
        if named and named.entity_id:
            return self.model.entity(named.entity_id)
        if attribution.speaker:
            return self.phrase((attribution.speaker.start, attribution.speaker.end))
        return UNNAMED

    def _span(self, span: Offsets, layout: list[tuple[str, str]]) -> Iterator[Triple]:
        subject, words = self.span_iri(span), self.spans.get(span, [])
        for predicate, object_ in dict.fromkeys([*words, *layout]):
            yield subject, predicate, object_
        yield subject, CONTEXT, self.iri
        yield subject, BEGIN, term.integer(span[0])
        yield subject, END, term.integer(span[1])
        # A page or paragraph has none: its text stands in its sentences already.
        if words:
            yield subject, ANCHOR, term.text(self.reading.document.text[span[0] : span[1]])


def _about_document(document: Document) -> Pairs:
    yield TYPE, iri(DOCUMENT_CLASS)
    yield TYPE, term_of("nif:Context")
    yield LABEL, term.text(document.title)
    yield term_of("dcterms:source"), term.text(document.source)
    yield term_of("dcterms:language"), term.text(document.language)
    yield term_of("kg:sha256"), term.text(document.sha256)
    if document.date:
        yield term_of("dcterms:issued"), term.day(document.date)
    if document.author:
        yield term_of("schema:author"), term.text(document.author)
    if document.kind:
        yield TYPE, iri(DOCUMENT_CLASSES[document.kind])
    yield BEGIN, term.integer(0)
    yield END, term.integer(len(document.text))
    yield term_of("nif:isString"), term.text(document.text)
    if document.furniture:
        yield term_of("kg:furnitureAt"), term.text(" ".join(map(write_range, document.furniture)))
    if document.turns:
        yield term_of("kg:turnsAt"), term.text(write_turns(document.turns))


def _status(claim: LinkedClaim) -> Pairs:
    own = claim.claim
    yield term_of("kg:polarity"), term_of(f"kg:{own.polarity}")
    yield term_of("kg:modality"), term_of(f"kg:{own.modality}")
    yield term_of("kg:confidence"), term.decimal(own.confidence)
    yield term_of("kg:worth"), term.decimal(own.worth)
    if own.held_back:
        yield term_of("kg:heldBack"), term_of(f"kg:{own.held_back}")
    yield term_of("kg:foundBy"), term.text(own.found_by)
    if own.predicate.implicit:
        yield term_of("kg:implicit"), term.TRUE
    if own.time:
        yield term_of("kg:timeText"), term.text(own.time.text)
        if own.time.from_day:
            yield term_of("kg:from"), term.day(own.time.from_day)
        if own.time.until_day:
            yield term_of("kg:until"), term.day(own.time.until_day)


def _wording(claim: LinkedClaim) -> Pairs:
    """Yield what of the predicate its relation does not tell."""
    predicate = claim.claim.predicate
    if predicate.lemma != claim.predicate:
        yield term_of("kg:lemma"), term.text(predicate.lemma)
    if predicate.head != predicate.lemma.split(" ")[0]:
        yield term_of("kg:head"), term.text(predicate.head)
    if predicate.participle:
        yield term_of("kg:participle"), term.text(predicate.participle)


def _places_of(claim: Claim, text: str) -> Iterator[tuple[str, Place]]:
    active, notes = to_active(claim), dict[str, object]()
    if claim.object is None and active.object is not None:
        phrases = [argument.phrase for argument in claim.arguments]
        notes["agent"] = phrases.index(active.subject) + 1
    yield "kg:subjectAt", place_of_phrase(active.subject, text, **notes)
    if active.object:
        yield "kg:objectAt", place_of_phrase(active.object, text)
    predicate, about = claim.predicate, {"clause": str(claim.clause)}
    if predicate.text != words_at(text, predicate.spans):
        about["text"] = predicate.text
    yield "kg:predicateAt", Place(predicate.spans, about)
    for level, attribution in enumerate(claim.attributions, 1):
        yield "kg:speakerAt", place_of_speaker(attribution, level, text)
    if claim.time:
        yield "kg:timeAt", Place(((claim.time.start, claim.time.end),))


def _offsets(mention: Mention) -> Offsets:
    return mention.passage.start, mention.passage.end


def _phrases(claim: LinkedClaim) -> Iterator[Phrase]:
    own = claim.claim
    yield own.subject
    if own.object:
        yield own.object
    yield from (argument.phrase for argument in own.arguments)
    yield from (a.speaker for a in own.attributions if a.speaker)
