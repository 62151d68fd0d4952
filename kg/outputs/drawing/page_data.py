"""What the page and the explorer show of a graph, as plain JSON: the shape of each record.

The self-contained page holds all of its records (``page_data``); the explorer's index
keeps them one by one (``explorer_index.py``). A document's text is held once: claims and
mentions point into it by offsets that count code points (the script converts them). Text
is made safe to show: characters that reorder or hide other characters become U+FFFD,
one for one, so that every offset stays true.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph.assembly import KnowledgeGraph, cite, to_active
from kg.outputs.drawing.safe_text import TRUSTED_LINK, displayable
from kg.outputs.standing import relation_status, standing_of, status_in
from kg.records import (
    Claim,
    Document,
    LinkedClaim,
    Offsets,
    Phrase,
    Predicate,
    Reading,
    Relation,
    Term,
    Time,
)
from kg.relation_types import kind_of_claim, relation_kinds
from kg.vocabulary import TYPES, look_of

Json = dict[str, Any]
Owners = Mapping[tuple[str, int], str]

TEXT_LIMIT = 6_000_000
"""So many characters of documents go into a page whole; then only the sentences shown do."""
LABEL_LENGTH = 28
NAMED_WIDTH = 1.0
"""How wide an edge is drawn that only spells out a name, however often that stands there."""


def page_data(graph: KnowledgeGraph, entity_ids: Collection[str]) -> Json:
    """Return all that the page holds of these entities."""
    shown = set(entity_ids)
    relations = relations_among(graph, shown)
    whole = sum(len(d.text) for d in graph.documents.values()) <= TEXT_LIMIT
    owners = group_owners(graph, shown)
    return {
        "types": type_rows(),
        "kinds": kind_rows(),
        "entities": [entity_json(graph, id_) for id_ in sorted(shown)],
        "relations": [relation_json(graph, relation) for relation in relations],
        "claims": list(_claims_of_page(graph, shown, {r.id for r in relations}, quoted=not whole)),
        "documents": [document_json(graph, id_, owners, whole=whole) for id_ in graph.readings],
        "textLeftOut": not whole,
    }


def _claims_of_page(
    graph: KnowledgeGraph, entities: set[str], relations: set[str], *, quoted: bool
) -> Iterator[Json]:
    """Yield the claims about what is shown; each names its relation if that is shown as well."""
    standing_in = relations_of_claims(graph)
    for linked in graph.told.values():
        if entities.isdisjoint(entity_ends(linked)):
            continue
        made = claim_json(graph, linked, standing_in.get(linked.id), quoted=quoted)
        # A hash that no other record of the page names packs badly.
        del made["id"]
        if made["relation"] not in relations:
            made["relation"] = None
        yield made


@dataclass(frozen=True, slots=True)
class Backed:
    """A relation that a claim stands behind, and in how many sentences it is said."""

    relation: Relation
    sentences: int


def relations_of_claims(graph: KnowledgeGraph) -> dict[str, Backed]:
    """Return the relation of each claim between entities, by claim id."""
    return {
        claim_id: backed
        for relation in graph.relations.values()
        for backed in [Backed(relation, len(_sentences(graph, relation)))]
        for claim_id in relation.claims
    }


def _sentences(graph: KnowledgeGraph, relation: Relation) -> set[tuple[str, Offsets]]:
    claims = (graph.claims[id_] for id_ in relation.claims)
    return {(linked.document_id, linked.claim.sentence) for linked in claims}


def group_owners(graph: KnowledgeGraph, shown: Iterable[str]) -> Owners:
    """Return which of the entities each group of mentions belongs to."""
    return {key: id_ for id_ in shown for key in graph.entities[id_].groups}


def type_rows() -> list[Json]:
    """Return the types of things as people see them."""
    return [
        {
            "name": t.name,
            "label": t.label,
            "colour": t.colour,
            "shape": t.shape,
            "quiet": t.is_quiet,
        }
        for t in TYPES.values()
    ]


def kind_rows() -> list[Json]:
    """Return the kinds of relation as people see them."""
    return [
        {"name": k.name, "label": k.label, "colour": k.colour, "about": k.about}
        for k in relation_kinds().values()
    ]


def relations_among(graph: KnowledgeGraph, shown: Collection[str]) -> list[Relation]:
    """Return the relations whose two ends are shown."""
    return [r for r in graph.relations.values() if r.subject_id in shown and r.object_id in shown]


def degrees(relations: Iterable[Relation]) -> dict[str, int]:
    """Return in how many relations each entity stands."""
    degree: dict[str, int] = defaultdict(int)
    for relation in relations:
        degree[relation.subject_id] += 1
        degree[relation.object_id] += 1
    return degree


def heaviest_of(graph: KnowledgeGraph, degree: Mapping[str, int]) -> int:
    """Return the greatest weight of an entity: its mentions and its relations."""
    weights = (graph.mention_counts[id_] + degree.get(id_, 0) for id_ in graph.entities)
    return max(weights, default=0)


# What is drawn


def node_row(graph: KnowledgeGraph, entity_id: str, degree: int, heaviest: int) -> Json:
    """Return an entity as it is drawn: its shape and size tell its type and its weight.

    ``heaviest`` is the greatest weight of the graph, beside which others are small.
    """
    entity = graph.entities[entity_id]
    weight = graph.mention_counts[entity_id] + degree
    return {
        "id": displayable(entity_id),
        "label": short_label(entity.name),
        "shape": look_of(entity.type).shape,
        "group": displayable(entity.type),
        "size": _size(entity.type, weight, heaviest),
        "value": weight,
        "degree": degree,
    }


def edge_width(relation: Relation) -> float:
    """Return how wide a relation is drawn: by its claims, and how surely they were read."""
    return round(1.3 + 0.8 * math.log2(len(relation.claims)) + relation.confidence / 2, 2)


def is_named(claim: Claim) -> bool:
    """Tell a claim that only spells out a name: "Russian government", that it belongs to Russia.

    No word says it, and one end is part of the other's name. It is true of every mention,
    so there are many, and they would hide what sentences say.
    """
    if not claim.predicate.implicit or claim.object is None:
        return False
    subject, object_ = claim.subject.spans, claim.object.spans
    return _lies_within(object_, subject) or _lies_within(subject, object_)


def _lies_within(inner: Iterable[Offsets], outer: Sequence[Offsets]) -> bool:
    return all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


def only_named(graph: KnowledgeGraph, relation: Relation) -> bool:
    """Tell a relation for which there is nothing but names."""
    return all(is_named(graph.claims[id_].claim) for id_ in relation.claims)


def label_box(node: Json) -> tuple[float, float]:
    """Return the width and height that a node and its name need."""
    return max(2 * node["size"], 7.0 * len(node["label"])) + 16, 2 * node["size"] + 26.0


def short_label(name: str) -> str:
    """Return a name on one line, cut to what a picture has room for."""
    name = " ".join(displayable(name).split())
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"


def _size(type_: str, weight: int, heaviest: int) -> float:
    if look_of(type_).is_quiet:
        return 6.0
    return round(7 + min(2.1 * math.sqrt(weight), 23 * math.sqrt(weight / max(heaviest, 1))), 1)


# Records


def entity_json(graph: KnowledgeGraph, entity_id: str) -> Json:
    """Return who something is."""
    entity = graph.entities[entity_id]
    return {
        "id": displayable(entity.id),
        "name": displayable(entity.name),
        "type": displayable(entity.type),
        "aliases": [displayable(name) for name in entity.also_known_as if name != entity.name],
        "links": [
            {
                "iri": displayable(link.iri),
                "exact": link.exact,
                "open": bool(TRUSTED_LINK.fullmatch(link.iri)),
            }
            for link in entity.links
        ],
        "mentions": graph.mention_counts[entity_id],
        "documents": len({document_id for document_id, _ in entity.groups}),
    }


def relation_json(graph: KnowledgeGraph, relation: Relation) -> Json:
    """Return a relation as it is drawn."""
    named = only_named(graph, relation)
    made: Json = {
        "id": relation.id,
        "subject": displayable(relation.subject_id),
        "predicate": displayable(relation.predicate),
        "head": displayable(relation.head),
        "kind": relation.kind,
        "object": displayable(relation.object_id),
        "status": relation_status(graph, relation),
        "affirmed": relation.affirmed,
        "denied": relation.denied,
        "hedged": relation.hedged,
        "confidence": relation.confidence,
        "width": NAMED_WIDTH if named else edge_width(relation),
        "claims": len(relation.claims),
        "sentences": len(_sentences(graph, relation)),
    }
    if relation.typed:
        made["known"] = [displayable(relation.typed.property), displayable(relation.typed.label)]
    return made | {"named": True} if named else made


def said_json(graph: KnowledgeGraph, relation: Relation) -> list[Json]:
    """Return what a relation's claims are filtered by, where they are not at hand themselves.

    Claims that no filter tells apart are one.
    """
    found = (_filtered_by(graph, graph.claims[id_], relation) for id_ in relation.claims)
    return list({repr(one): one for one in found}.values())


def claim_json(
    graph: KnowledgeGraph, linked: LinkedClaim, backed: Backed | None, *, quoted: bool
) -> Json:
    """Return a claim; ``quoted`` puts its sentence beside it, for want of the whole text.

    ``backed`` is the relation that it stands behind, if it joins two entities.
    """
    claim = linked.claim
    made: Json = {
        "id": claim.id,
        "sentence": list(claim.sentence),
        "subject": _term_json(linked.subject),
        "predicate": displayable(linked.predicate),
        "object": _term_json(linked.object) if linked.object else None,
        "arguments": [
            # The time is told by itself, with its days.
            [role, *_term_json(term)]
            for role, term in linked.arguments
            if role != "time"
        ],
        "chips": [[k, displayable(label)] for k, label in standing_of(graph, linked).labels],
        "marks": _marks(claim),
        "relation": backed.relation.id if backed else None,
    }
    made |= _filtered_by(graph, linked, backed.relation if backed else None)
    made |= dict(_rarer(claim, backed))
    if quoted:
        made["quote"] = _quote(graph.readings[linked.document_id].document, claim.sentence)
    return made


def _is_before_christ(time: Time) -> bool:
    """Tell days that the page's script cannot reckon with: it has the words alone."""
    return any((day or "").startswith(("-", "0000")) for day in (time.from_day, time.until_day))


def _filtered_by(graph: KnowledgeGraph, linked: LinkedClaim, relation: Relation | None) -> Json:
    """Return what of a claim tells whether a filter lets it through."""
    claim = linked.claim
    made: Json = {
        "document": displayable(linked.document_id),
        "head": displayable(linked.head),
        "kind": relation.kind if relation else kind_of_claim(linked),
        "status": status_in(graph, linked, relation),
        "voices": [[_voice(name), stance] for name, stance in standing_of(graph, linked).stances],
        "confidence": claim.confidence,
    }
    if claim.time and not _is_before_christ(claim.time):
        made["days"] = [claim.time.from_day, claim.time.until_day]
    if is_named(claim):
        made["named"] = True
    return made


def _rarer(claim: Claim, backed: Backed | None) -> Iterator[tuple[str, object]]:
    """Yield what is told of a claim only where there is something to tell."""
    if claim.time:
        yield "time", displayable(claim.time.text)
    if claim.predicate.implicit:
        yield "implicit", True
    if backed and backed.sentences > 1:
        yield "sentences", backed.sentences


def _voice(name: str) -> str:
    """Return who says so, short enough for a list; "" is the document's own voice."""
    return " ".join(displayable(name).split())[:120]


def _quote(document: Document, sentence: Offsets) -> Json:
    start, end = sentence
    return {
        "text": displayable(document.text[start:end]),
        "where": displayable(cite(document, start)),
        "furniture": list(_flat(_inside(document.furniture, sentence))),
    }


def document_json(
    graph: KnowledgeGraph, document_id: str, owners: Owners, *, whole: bool = True
) -> Json:
    """Return a document: what it is, and with ``whole`` its text and what is named in it."""
    reading = graph.readings[document_id]
    document = reading.document
    made: Json = {
        "id": displayable(document_id),
        "title": displayable(document.title),
        "source": displayable(document.source),
        "author": displayable(document.author),
        "date": document.date,
        "kind": document.kind,
    }
    if whole:
        made |= {
            "text": displayable(document.text),
            "sentences": list(_flat(reading.sentences)),
            "paragraphs": list(_flat((p.start, p.end) for p in document.paragraphs)),
            "furniture": list(_flat(document.furniture)),
            "places": [[start, displayable(where)] for start, where in _places(document)],
            "mentions": [list(one) for one in _mentions(reading, owners)],
        }
    return made


def _flat(spans: Iterable[Offsets]) -> Iterator[int]:
    for start, end in spans:
        yield start
        yield end


def _places(document: Document) -> Iterator[tuple[int, str]]:
    """Yield from where on a citation holds, without the title: "page 41, para 140"."""
    spans = [(p.start, p.end) for p in document.pages]
    spans += [(p.start, p.end) for p in document.paragraphs]
    spans += [(note.start, note.end) for note in document.footnotes]
    bounds = sorted({0, *_flat(spans)})
    last = None
    for start in bounds:
        where = cite(document, start)[len(document.title) :].removeprefix(", ")
        if where != last:
            yield start, where
            last = where


def _mentions(reading: Reading, owners: Owners) -> Iterator[tuple[int, int, str]]:
    """Yield where a document names what is shown, in reading order."""
    yield from sorted(
        (mention.passage.start, mention.passage.end, displayable(owner))
        for group in reading.groups
        if (owner := owners.get((reading.document.id, group.id)))
        for mention in group.mentions
    )


def entity_ends(claim: LinkedClaim) -> Iterator[str]:
    """Yield the entities that a claim is about: its subject and its object."""
    for term in (claim.subject, claim.object):
        if term and term.entity_id:
            yield term.entity_id


def _term_json(term: Term) -> list[str | None]:
    return [displayable(term.text), displayable(term.entity_id) if term.entity_id else None]


def _marks(claim: Claim) -> list[list[int | str]]:
    """Return what to mark in the sentence, as [start, end, kind], in the active voice."""
    return sorted(
        [start, end, kind]
        for span, kind in _parts(claim)
        for start, end in _inside([span], claim.sentence)
    )


def _parts(claim: Claim) -> Iterator[tuple[Offsets, str]]:
    active = to_active(claim)
    named: list[tuple[Phrase | Predicate | None, str]] = [
        (active.subject, "subject"),
        (active.object, "object"),
        (claim.predicate, "predicate"),
    ]
    named += [(said.speaker, "speaker") for said in claim.attributions]
    yield from ((span, kind) for words, kind in named if words for span in words.spans)
    for cue in (*claim.cues, *(said.cue for said in claim.attributions)):
        yield (cue.start, cue.end), "cue"
    if claim.time:
        yield (claim.time.start, claim.time.end), "time"


def _inside(spans: Iterable[Offsets], sentence: Offsets) -> Iterator[Offsets]:
    """Yield what of each span lies in the sentence."""
    for first, last in spans:
        start, end = max(first, sentence[0]), min(last, sentence[1])
        if start < end:
            yield start, end
