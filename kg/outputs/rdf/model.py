"""The RDF model: what a KnowledgeGraph says, as one stream of triples.

A fact is a plain triple; every claim, fact or not, is a node that tells its status and
comes from a sentence; claims over the same proposition share an edge node; sentences
and mentions are NIF spans named by RFC 5147 ranges. There are no blank nodes, nothing
depends on when or where it was built, and no triple comes twice.

Nothing of a Reading is left out: which characters a part of a claim was read from stands
in one literal (``rdf_places``), so that ``rdf_reading`` gets the Readings back.

    entity/  relation/  edge/      the default graph, with the plain triples
    doc/     claim/                the named graph of their document, where a form has graphs
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Generic, TypeVar

from kg.graph.assembly import KnowledgeGraph, cite, to_active
from kg.outputs.rdf import terms as term
from kg.outputs.rdf.places import Place, place_of_phrase, place_of_speaker, words_at, write_range
from kg.outputs.rdf.terms import NAME_CHARS, iri, iri_path
from kg.outputs.rdf.writers import TYPE, Triple
from kg.records import (
    Attribution,
    Claim,
    Document,
    Entity,
    Footnote,
    LinkedClaim,
    Mention,
    MentionGroup,
    Offsets,
    Page,
    Paragraph,
    Phrase,
    Reading,
    Relation,
    Term,
)
from kg.slugs import unique_slug
from kg.vocabulary import PREFIXES, TYPES, WIKIDATA_PROPERTY

UNNAMED = f"<{PREFIXES['kg']}unnamed>"
"""Stands for the speaker of a claim that is attributed to nobody by name."""

Pairs = Iterator[tuple[str, str]]
_UNNAMEABLE = re.compile(f"[^{NAME_CHARS}]+")


@cache
def _name(curie: str) -> str:
    prefix, local = curie.split(":")
    return iri(PREFIXES[prefix] + local)


LABEL, ALT_LABEL = _name("rdfs:label"), _name("skos:altLabel")
EXACT, CLOSE = _name("skos:exactMatch"), _name("skos:closeMatch")
SUBJECT, PREDICATE, OBJECT = _name("rdf:subject"), _name("rdf:predicate"), _name("rdf:object")
PROPERTY, SUB_PROPERTY = _name("rdf:Property"), _name("rdfs:subPropertyOf")
DERIVED = _name("prov:wasDerivedFrom")
CONTEXT, ANCHOR = _name("nif:referenceContext"), _name("nif:anchorOf")
BEGIN, END = _name("nif:beginIndex"), _name("nif:endIndex")
SENTENCE, PHRASE = _name("nif:Sentence"), _name("nif:Phrase")


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
                if claim.object.entity_id and (typed := _wikidata_property(claim)):
                    yield subject, typed, object_

    def _relations(self) -> Iterator[Triple]:
        properties: dict[str, set[str | None]] = defaultdict(set)
        for label, relation in self.relation.items():
            yield relation, TYPE, PROPERTY
            yield relation, LABEL, term.text(label)
        for claim in self.graph.claims.values():
            relation, typed = self.relation[claim.predicate], _wikidata_property(claim)
            properties[relation].add(typed)
            if claim.head and claim.head != claim.predicate:
                yield relation, _link_to_head(claim), self.relation[claim.head]
            if typed and claim.claim.relation:
                yield typed, TYPE, PROPERTY
                yield typed, LABEL, term.text(claim.claim.relation.label)
        for relation, found in properties.items():
            # Only a relation that always means the property may entail it.
            if len(found) == 1 and (typed := found.pop()):
                yield relation, SUB_PROPERTY, typed

    def _about_edge(self, relation: Relation) -> Pairs:
        yield TYPE, _name("kg:Edge")
        yield SUBJECT, self.entity(relation.subject_id)
        yield PREDICATE, self.relation[relation.predicate]
        yield OBJECT, self.entity(relation.object_id)
        yield _name("kg:affirmedBy"), term.integer(relation.affirmed)
        yield _name("kg:deniedBy"), term.integer(relation.denied)
        yield _name("kg:hedgedBy"), term.integer(relation.hedged)
        yield _name("kg:support"), term.decimal(relation.confidence)


def _is_plain(label: str) -> bool:
    return label == _sluggable(label).casefold()


def _sluggable(label: str) -> str:
    """Return a label whose slug begins with a letter and is an XML name, as RDF/XML demands."""
    words = _UNNAMEABLE.sub(" ", label)
    return words if words[:1].isalpha() else f"r {words}"


def _about_entity(entity: Entity) -> Pairs:
    known = TYPES.get(entity.type)
    if known:
        yield TYPE, iri(known.class_iri)
    yield LABEL, term.text(entity.name)
    for name in entity.also_known_as:
        yield ALT_LABEL, term.text(name)
    yield _name("kg:type"), term.text(entity.type)
    for link in entity.links:
        target = term.safe_iri(link.iri)
        yield (EXACT if link.exact else CLOSE), target
        yield _name("kg:linkScore"), term.text(f"{link.score} {target[1:-1]}")


def _wikidata_property(claim: LinkedClaim) -> str | None:
    """Return the property of a typed claim; none for a passive, which would turn it round."""
    relation = claim.claim.relation
    if relation is None or claim.claim.predicate.passive:
        return None
    return term.safe_iri(WIKIDATA_PROPERTY + iri_path(relation.property))


def _link_to_head(claim: LinkedClaim) -> str:
    """Who "was poisoned" poisoned nobody: such a relation is no sub-property of its head."""
    turned = to_active(claim.claim).predicate != claim.claim.predicate.lemma
    return _name("kg:passiveOf") if turned else SUB_PROPERTY


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
        layout = _layout(self.reading.document, self.span_iri)
        for span in sorted({*self.spans, *layout}):
            yield from self._span(span, layout.get(span, []))

    def span_iri(self, span: Offsets) -> str:
        return f"{self.iri[:-1]}#char={span[0]},{span[1]}>"

    def phrase(self, span: Offsets, *more: tuple[str, str]) -> str:
        """Mark words that are no sentence, and return their IRI."""
        self.spans.setdefault(span, []).extend([(TYPE, PHRASE), *more])
        return self.span_iri(span)

    def _mark_sentences(self) -> None:
        places = _Places(self.reading.document)
        stated = [claim.claim.sentence for claim in self.claims]
        for sentence in dict.fromkeys([*self.reading.sentences, *stated]):
            about = self.spans.setdefault(sentence, [])
            about.append((TYPE, SENTENCE))
            if place := places.citation(sentence[0]):
                about.append((_name("kg:citation"), term.text(place)))

    def _mark_mentions(self) -> None:
        document_id = self.reading.document.id
        for group in self.reading.groups:
            entity_id = self.model.entity_of.get((document_id, group.id))
            about = [(_name("kg:mentions"), self.model.entity(entity_id))] if entity_id else []
            for mention in group.mentions:
                kind = _name("kg:mentionKind"), term.text(mention.kind)
                self.phrase(_offsets(mention), *about, kind)

    def _about_group(self, group: MentionGroup) -> Pairs:
        """Yield a group's entity, and what the entity and its mentions do not tell of it."""
        entity_id = self.model.entity_of.get((self.reading.document.id, group.id))
        entity = self.model.graph.entities[entity_id] if entity_id else None
        yield TYPE, _name("kg:MentionGroup")
        if entity:
            yield _name("kg:names"), self.model.entity(entity.id)
        if entity is None or entity.name != group.name:
            yield LABEL, term.text(group.name)
        if entity is None or entity.type != group.type:
            yield _name("kg:groupType"), term.text(group.type)
        for mention in group.mentions:
            if entity is None or self._groups_of[entity.id] > 1:
                yield _name("kg:mention"), self.span_iri(_offsets(mention))
            if len(self._kinds[_offsets(mention)]) > 1:
                place = Place((_offsets(mention),), {"kind": mention.kind})
                yield _name("kg:mentionAt"), term.text(str(place))

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
        places = (argument.phrase for argument in to_active(claim.claim).arguments)
        together = zip(claim.arguments, places, strict=True)
        for number, ((role, filler), phrase) in enumerate(together, 1):
            argument = f"{subject[:-1]}#arg{number}>"
            place = place_of_phrase(phrase, self.reading.document.text)
            yield subject, _name("kg:argument"), argument
            yield argument, _name("kg:role"), term.text(role)
            yield argument, _name("kg:value"), self.model.value(filler)
            yield argument, _name("kg:valueAt"), term.text(str(place))

    def _proposition(self, claim: LinkedClaim) -> Pairs:
        yield TYPE, _name("kg:Claim")
        yield SUBJECT, self.model.value(claim.subject)
        yield PREDICATE, self.model.relation[claim.predicate]
        if claim.object:
            yield OBJECT, self.model.value(claim.object)
        if claim.id in self.model.edge_of:
            yield _name("kg:edge"), self.model.edge_of[claim.id]
        if typed := _wikidata_property(claim):
            yield _name("kg:property"), typed

    def _evidence(self, claim: LinkedClaim) -> Pairs:
        yield DERIVED, self.span_iri(claim.claim.sentence)
        yield _name("kg:predicateText"), term.text(claim.claim.predicate.text)
        for cue in claim.claim.cues:
            kind = _name("kg:cueKind"), term.text(cue.kind)
            yield _name("kg:cue"), self.phrase((cue.start, cue.end), kind)
        for phrase in _phrases(claim):
            if phrase.resolved:
                found = self.phrase((phrase.resolved.start, phrase.resolved.end))
                yield _name("kg:resolvedFrom"), found

    def _places(self, claim: LinkedClaim) -> Pairs:
        """Yield which characters each part of the claim was read from."""
        for name, place in _places_of(claim.claim, self.reading.document.text):
            yield _name(name), term.text(str(place))
        for cue in claim.claim.cues:
            if len(self._cue_kinds[cue.start, cue.end]) > 1:
                place = Place(((cue.start, cue.end),), {"kind": cue.kind})
                yield _name("kg:cueAt"), term.text(str(place))

    def _speakers(self, claim: LinkedClaim) -> Pairs:
        """Yield who says so: the outermost is attributedTo, whom they quote is saidThrough."""
        predicate = _name("kg:attributedTo")
        levels = zip(claim.speakers, claim.claim.attributions, strict=False)
        for named, attribution in levels:
            speaker = self._speaker(named, attribution)
            yield predicate, speaker
            if attribution.deny:
                yield _name("kg:denies"), term.TRUE
                yield _name("kg:denier"), speaker
            predicate = _name("kg:saidThrough")

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
        if words:
            yield subject, ANCHOR, term.text(self.reading.document.text[span[0] : span[1]])


def _about_document(document: Document) -> Pairs:
    yield TYPE, _name("schema:CreativeWork")
    yield TYPE, _name("nif:Context")
    yield LABEL, term.text(document.title)
    yield _name("dcterms:source"), term.text(document.source)
    yield _name("dcterms:language"), term.text(document.language)
    yield _name("kg:sha256"), term.text(document.sha256)
    if document.date:
        yield _name("dcterms:issued"), term.day(document.date)
    yield BEGIN, term.integer(0)
    yield END, term.integer(len(document.text))
    yield _name("nif:isString"), term.text(document.text)
    if document.furniture:
        yield _name("kg:furnitureAt"), term.text(" ".join(map(write_range, document.furniture)))


def _status(claim: LinkedClaim) -> Pairs:
    own = claim.claim
    yield _name("kg:polarity"), _name(f"kg:{own.polarity}")
    yield _name("kg:modality"), _name(f"kg:{own.modality}")
    yield _name("kg:confidence"), term.decimal(own.confidence)
    yield _name("kg:foundBy"), term.text(own.found_by)
    if own.predicate.implicit:
        yield _name("kg:implicit"), term.TRUE
    if own.time:
        yield _name("kg:timeText"), term.text(own.time.text)
        if own.time.from_day:
            yield _name("kg:from"), term.day(own.time.from_day)
        if own.time.until_day:
            yield _name("kg:until"), term.day(own.time.until_day)


def _wording(claim: LinkedClaim) -> Pairs:
    """Yield what of the predicate its relation does not tell."""
    predicate = claim.claim.predicate
    if predicate.lemma != claim.predicate:
        yield _name("kg:lemma"), term.text(predicate.lemma)
    if predicate.head != predicate.lemma.split(" ")[0]:
        yield _name("kg:head"), term.text(predicate.head)
    if predicate.participle:
        yield _name("kg:participle"), term.text(predicate.participle)
    if claim.claim.relation and not _wikidata_property(claim):
        place = f"{claim.claim.relation.property} {claim.claim.relation.label}"
        yield _name("kg:passiveProperty"), term.text(place)


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


class _Places:
    """Where a character stands as people cite it, found without walking the document."""

    def __init__(self, document: Document) -> None:
        self.pages = _Stretches(document.pages)
        self.paragraphs = _Stretches(document.paragraphs)
        self.footnotes = _Stretches(document.footnotes)

    def citation(self, offset: int) -> str:
        """Return the page and the paragraph or note, without the title."""
        here = Document(
            "", "", "", "", "", "",
            self.pages.near(offset), self.paragraphs.near(offset), self.footnotes.near(offset),
        )  # fmt: skip
        return cite(here, offset).removeprefix(", ")


Stretch = TypeVar("Stretch", Page, Paragraph, Footnote)


class _Stretches(Generic[Stretch]):
    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.stretches: list[Stretch] = sorted(stretches, key=lambda s: (s.start, s.end))
        self.starts: list[int] = [s.start for s in self.stretches]

    def near(self, offset: int) -> tuple[Stretch, ...]:
        """Return the last stretch that begins at or before the character."""
        return tuple(self.stretches[: bisect_right(self.starts, offset)][-1:])


def _layout(
    document: Document, span_iri: Callable[[Offsets], str]
) -> dict[Offsets, list[tuple[str, str]]]:
    """Return what is said of pages, paragraphs, notes and redactions, by their offsets."""
    layout: dict[Offsets, list[tuple[str, str]]] = defaultdict(list)
    for page in document.pages:
        found = layout[page.start, page.end]
        found.append((TYPE, _name("kg:Page")))
        found += _numbers(("kg:pageNumber", page.number), ("kg:filePage", page.file_number))
    for paragraph in document.paragraphs:
        kind = "nif:Title" if paragraph.heading else "nif:Paragraph"
        found = layout[paragraph.start, paragraph.end]
        found.append((TYPE, _name(kind)))
        found += _numbers(("kg:paragraphNumber", paragraph.number))
    for note in document.footnotes:
        found = layout[note.start, note.end]
        found.append((TYPE, _name("kg:Footnote")))
        found += _numbers(("kg:noteNumber", note.number))
        if note.mark:
            layout[note.mark].append((TYPE, _name("kg:FootnoteMark")))
            found.append((_name("kg:mark"), span_iri(note.mark)))
    for redaction in document.redactions:
        layout[redaction].append((TYPE, _name("kg:Redaction")))
    return {span: about for span, about in layout.items() if span[0] < span[1]}


def _numbers(*numbers: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_name(curie), term.text(number)) for curie, number in numbers if number]
