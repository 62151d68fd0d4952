"""Mentions as Web Annotations (W3C, 2017): JSON-LD for programs that highlight text.

An annotation says that a stretch of a document identifies an entity. The stretch is told
twice, by offsets (code points) and by its words with some before and after, so that it
is found again in a copy whose offsets differ. The standard demands its own context, by
name; kg fetches it never, and a program that treats the file as plain JSON need not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.rdf.model import Model
from kg.outputs.rdf.terms import iri_path
from kg.records import Document, Entity, Mention
from kg.vocabulary import DEFAULT_BASE_IRI

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a mention that are told with it."""


def web_annotations(
    graph: KnowledgeGraph, *, base_iri: str = DEFAULT_BASE_IRI, licence: str | None = None
) -> Iterator[str]:
    """Yield an AnnotationPage, an annotation a line, in the order of documents and entities."""
    head = {"@context": CONTEXT, "id": f"{base_iri}annotations", "type": "AnnotationPage"}
    if licence:
        head["rights"] = licence
    # Left open: the items follow one by one, since all at once may not fit into memory.
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    before = "\n"
    for annotation in _annotations(graph, Model(graph, base_iri)):
        words = json.dumps(annotation, ensure_ascii=False)
        # A lone surrogate, which UTF-8 cannot hold, becomes a question mark.
        yield before + words.encode("utf-8", "replace").decode()
        before = ",\n"
    yield "\n]}\n"


def _annotations(graph: KnowledgeGraph, model: Model) -> Iterator[dict[str, object]]:
    documents = graph.documents
    found = [
        (mention.passage.document_id, mention.passage.start, -mention.passage.end, entity, mention)
        for entity in graph.entities.values()
        for mention in graph.mentions_of(entity.id)
    ]
    for document_id, _, _, entity, mention in sorted(found, key=lambda row: (row[:3], row[3].id)):
        yield _annotation(model, documents[document_id], entity, mention)


def _annotation(
    model: Model, document: Document, entity: Entity, mention: Mention
) -> dict[str, object]:
    start, end = mention.passage.start, mention.passage.end
    place = f"{iri_path(document.id)}/{start}-{end}/{iri_path(entity.id)}"
    return {
        "id": f"{model.base_iri}annotation/{place}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": {"id": model.entity(entity.id)[1:-1], "label": entity.name},
        },
        "target": {
            "source": model.document(document.id)[1:-1],
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": document.text[start:end],
                    "prefix": document.text[max(start - AROUND, 0) : start],
                    "suffix": document.text[end : end + AROUND],
                },
            ],
        },
    }
