"""What the page knows of a graph, as plain JSON: entities, relations, claims, sentences.

Each sentence is held once and claims point into it. Offsets are turned to begin at
the sentence, and still count code points (the page's script converts them). Text
is made safe to show: characters that reorder or hide other characters become U+FFFD,
one for one, so that every offset stays true.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Any

from kg.graph.assembly import KnowledgeGraph, cite, to_active
from kg.outputs.safe_text import TRUSTED_LINK, displayable
from kg.outputs.status_chips import status_labels
from kg.records import Claim, LinkedClaim, Mention, Offsets, Reading, Relation, Term
from kg.vocabulary import TYPES

Json = dict[str, Any]

MENTIONS_SHOWN = 25
"""The page lists so many mentions of an entity and says how many more there are."""
WINDOW = 80
"""Characters shown either side of a mention that stands in no sentence."""


def page_data(graph: KnowledgeGraph, entity_ids: Collection[str]) -> Json:
    """Return all that the page shows of these entities."""
    sentences = _Sentences(graph)
    shown = set(entity_ids)
    relations = [
        r for r in graph.relations.values() if r.subject_id in shown and r.object_id in shown
    ]
    relation_of = {claim_id: r.id for r in relations for claim_id in r.claims}
    claims = [
        _claim_data(graph, claim, relation_of.get(claim.id), sentences)
        for claim in graph.claims.values()
        if shown.intersection(_ends(claim))
    ]
    return {
        "types": [{"name": t.name, "label": t.label, "colour": t.colour} for t in TYPES.values()],
        "entities": [_entity_data(graph, id_, sentences) for id_ in sorted(shown)],
        "relations": [_relation_data(graph, relation) for relation in relations],
        "claims": claims,
        "documents": [
            {"title": displayable(d.title), "source": displayable(d.source)}
            for d in graph.documents.values()
        ],
        "sentences": sentences.data,
    }


class _Sentences:
    """The sentences asked for so far, each held once."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.data: list[Json] = []
        self.number_of = {id_: number for number, id_ in enumerate(graph.readings)}
        self._readings = graph.readings
        self._known: dict[tuple[str, Offsets], int] = {}

    def add(self, document_id: str, offsets: Offsets) -> int:
        """Return the number under which a stretch of text is held."""
        key = (document_id, offsets)
        if key not in self._known:
            self._known[key] = len(self.data)
            self.data.append(self._make(document_id, offsets))
        return self._known[key]

    def around(self, mention: Mention) -> tuple[int, int]:
        """Return the number of the sentence with a mention, and where the sentence begins."""
        place = mention.passage
        start, end = enclosing_sentence(self._readings[place.document_id], place.start, place.end)
        return self.add(place.document_id, (start, end)), start

    def _make(self, document_id: str, offsets: Offsets) -> Json:
        document = self._readings[document_id].document
        start, end = offsets
        made: Json = {
            "document": self.number_of[document_id],
            "where": displayable(cite(document, start)),
            "text": displayable(document.text[start:end]),
        }
        cut = [_within(span, offsets) for span in document.furniture]
        if any(cut):
            made["furniture"] = [span for span in cut if span]
        return made


def enclosing_sentence(reading: Reading, start: int, end: int) -> Offsets:
    """Return the sentence that holds a stretch, or a window of text around it."""
    place = bisect_right(reading.sentences, (start, len(reading.document.text) + 1)) - 1
    if place >= 0 and reading.sentences[place][1] >= end:
        return reading.sentences[place]
    return max(0, start - WINDOW), min(len(reading.document.text), end + WINDOW)


def _within(span: Offsets, sentence: Offsets) -> list[int] | None:
    """Return the part of a span that lies in the sentence, counted from its beginning."""
    start, end = max(span[0], sentence[0]), min(span[1], sentence[1])
    return [start - sentence[0], end - sentence[0]] if start < end else None


def _ends(claim: LinkedClaim) -> Iterator[str]:
    for term in (claim.subject, claim.object):
        if term and term.entity_id:
            yield term.entity_id


def _entity_data(graph: KnowledgeGraph, entity_id: str, sentences: _Sentences) -> Json:
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
        "mentionCount": graph.mention_counts[entity_id],
        "documentCount": len({document_id for document_id, _ in entity.groups}),
        "mentions": list(_mention_data(graph, entity_id, sentences)),
    }


def _mention_data(
    graph: KnowledgeGraph, entity_id: str, sentences: _Sentences
) -> Iterator[list[int]]:
    for mention, _ in zip(graph.mentions_of(entity_id), range(MENTIONS_SHOWN), strict=False):
        number, begin = sentences.around(mention)
        yield [number, mention.passage.start - begin, mention.passage.end - begin]


def _relation_data(graph: KnowledgeGraph, relation: Relation) -> Json:
    return {
        "id": relation.id,
        "subject": displayable(relation.subject_id),
        "predicate": displayable(relation.predicate),
        "head": displayable(relation.head),
        "object": displayable(relation.object_id),
        "status": shown_status(graph, relation),
        "affirmed": relation.affirmed,
        "denied": relation.denied,
        "hedged": relation.hedged,
        "confidence": relation.confidence,
        "claims": list(relation.claims),
    }


def shown_status(graph: KnowledgeGraph, relation: Relation) -> str:
    """Return how an edge is drawn: as its relation's status, plans apart from hedges."""
    if relation.status != "hedged":
        return relation.status
    open_ = {"intended", "required", "conditional", "questioned"}
    if all(graph.claims[id_].claim.modality in open_ for id_ in relation.claims):
        return "planned"
    return "hedged"


def _claim_data(
    graph: KnowledgeGraph, linked: LinkedClaim, relation_id: str | None, sentences: _Sentences
) -> Json:
    claim = linked.claim
    made: Json = {
        "id": claim.id,
        "sentence": sentences.add(linked.document_id, claim.sentence),
        "subject": _term_data(linked.subject),
        "predicate": displayable(linked.predicate),
        "head": displayable(linked.head),
        "object": _term_data(linked.object) if linked.object else None,
        "arguments": [
            [role, *_term_data(term)] for role, term in linked.arguments if role != "time"
        ],
        "chips": [[kind, displayable(label)] for kind, label in status_chips(graph, linked)],
        "marks": _marks(claim),
        "confidence": claim.confidence,
        "relation": relation_id,
    }
    if claim.time:
        days = [claim.time.from_day, claim.time.until_day]
        made["time"] = [displayable(claim.time.text), *days]
    if claim.predicate.implicit:
        made["implicit"] = True
    return made


def _term_data(term: Term) -> list[str | None]:
    return [displayable(term.text), displayable(term.entity_id) if term.entity_id else None]


def status_chips(graph: KnowledgeGraph, linked: LinkedClaim) -> list[tuple[str, str]]:
    """Return the kinds and labels that say how a claim stands: fact, denied, said by X."""
    claim = linked.claim
    denies = claim.attribution is not None and claim.attribution.deny
    names = [_speaker_name(graph, speaker) for speaker in linked.speakers]
    return status_labels(claim.polarity, claim.modality, names, denies=denies)


def _speaker_name(graph: KnowledgeGraph, speaker: Term | None) -> str:
    if speaker is None:
        return "somebody unnamed"
    return graph.entities[speaker.entity_id].name if speaker.entity_id else speaker.text


def _marks(claim: Claim) -> list[list[int | str]]:
    """Return what to mark in the sentence, as [start, end, kind], in the active voice."""
    active = to_active(claim)
    places: list[tuple[Offsets, str]] = [(span, "subject") for span in active.subject.spans]
    if active.object:
        places += [(span, "object") for span in active.object.spans]
    places += [(span, "predicate") for span in claim.predicate.spans]
    places += [((cue.start, cue.end), "cue") for cue in claim.cues]
    if claim.time:
        places.append(((claim.time.start, claim.time.end), "time"))
    said = claim.attribution
    while said:
        places.append(((said.cue.start, said.cue.end), "cue"))
        if said.speaker:
            places += [(span, "speaker") for span in said.speaker.spans]
        said = said.inner
    within = ((_within(span, claim.sentence), kind) for span, kind in places)
    return sorted([span[0], span[1], kind] for span, kind in within if span)
