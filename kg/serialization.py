"""Readings as JSON and back, one line a Reading: the form that `kg read` prints.

Keys are those of ``kg/records.py``, with offsets spelled ``start`` and ``end`` and
nothing that is empty by default left out that a reader of the file would look for.
``reading_from_json(reading_to_json(r)) == r`` holds for every Reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kg.errors import InputError
from kg.records import (
    Antecedent,
    Argument,
    Attribution,
    Claim,
    Cue,
    Document,
    Entity,
    Failure,
    Footnote,
    Link,
    Mention,
    MentionGroup,
    Offsets,
    Page,
    Paragraph,
    Passage,
    Phrase,
    Predicate,
    Quantity,
    Reading,
    Time,
    Turn,
    TypedRelation,
)

Json = dict[str, Any]


def reading_to_json(reading: Reading, links: Sequence[Json | None] | None = None) -> str:
    """Return the Reading as one line of JSON, the same for the same Reading.

    ``links`` has the "link" of each group, where the groups are to carry one.
    """
    groups = [_group(group) for group in reading.groups]
    if links is not None:
        groups = [group | {"link": link} for group, link in zip(groups, links, strict=True)]
    value: Json = {
        "document": _document(reading.document),
        "sentences": reading.sentences,
        "groups": groups,
        "claims": [_claim(claim) for claim in reading.claims],
    }
    if reading.failure is not None:
        value["failure"] = _failure(reading.failure)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reading_from_json(line: str) -> Reading:
    """Return the Reading that a line of JSON holds; raise InputError if it holds none."""
    try:
        value = json.loads(line)
        document = _read_document(value["document"])
        return Reading(
            document,
            tuple((start, end) for start, end in value["sentences"]),
            tuple(_read_group(group, document.id) for group in value["groups"]),
            tuple(_read_claim(claim) for claim in value["claims"]),
            Failure(**value["failure"]) if "failure" in value else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"Not a Reading: {line[:60]!r} ({error!r}). Use lines that `kg read --format jsonl` made."
        ) from error


def entity_to_json(entity: Entity) -> str:
    """Return an entity as one line of JSON."""
    return json.dumps(asdict(entity), ensure_ascii=False, separators=(",", ":"))


def entity_from_json(line: str) -> Entity:
    """Return the entity that a line of JSON holds; raise InputError if it holds none."""
    try:
        value = json.loads(line)
        links = tuple(Link(**link) for link in value.pop("links"))
        groups = tuple((document, number) for document, number in value.pop("groups"))
        names = tuple(value.pop("also_known_as"))
        return Entity(**value, also_known_as=names, links=links, groups=groups)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"Not an entity: {line[:60]!r} ({error!r}). Import the graph again."
        ) from error


def _failure(failure: Failure) -> Json:
    return {"error": failure.error, "place": failure.place, "message": failure.message}


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "language": document.language,
        "date": document.date or None,
        "author": document.author or None,
        "kind": document.kind or None,
        "sha256": document.sha256,
        "length": len(document.text),
        "text": document.text,
        "pages": [
            {"start": p.start, "end": p.end, "number": p.number, "file_number": p.file_number}
            | ({"name": p.name} if p.name else {})
            for p in document.pages
        ],
        "paragraphs": [
            {"start": p.start, "end": p.end, "number": p.number, "heading": p.heading}
            for p in document.paragraphs
        ],
        "furniture": document.furniture,
        "footnotes": [
            {"number": f.number, "start": f.start, "end": f.end, "mark": f.mark}
            for f in document.footnotes
        ],
        "redactions": document.redactions,
        "turns": [
            {"start": t.start, "end": t.end, "label": t.label, "addressee": t.addressee}
            for t in document.turns
        ],
    }


def _group(group: MentionGroup) -> Json:
    mentions = [
        {"start": m.passage.start, "end": m.passage.end, "text": m.text, "kind": m.kind}
        for m in group.mentions
    ]
    return {"id": group.id, "name": group.name, "type": group.type, "mentions": mentions}


def _phrase(phrase: Phrase | None) -> Json | None:
    if phrase is None:
        return None
    value: Json = {"start": phrase.start, "end": phrase.end, "text": phrase.text}
    value["group"] = phrase.group
    if len(phrase.spans) > 1:
        value["spans"] = phrase.spans
    if phrase.literal:
        value["literal"] = True
    if phrase.resolved:
        found = phrase.resolved
        value["resolved"] = {
            "start": found.start,
            "end": found.end,
            "text": found.text,
            "score": found.score,
        }
    if phrase.quantity:
        value["quantity"] = asdict(phrase.quantity)
    return value


def _predicate(predicate: Predicate) -> Json:
    value: Json = {
        "start": predicate.spans[0][0],
        "end": predicate.spans[-1][1],
        "text": predicate.text,
        "lemma": predicate.lemma,
        "head": predicate.head,
    }
    if len(predicate.spans) > 1:
        value["spans"] = predicate.spans
    if predicate.participle:
        value["participle"] = predicate.participle
    if predicate.implicit:
        value["implicit"] = True
    return value


def _cue(cue: Cue) -> Json:
    return {"kind": cue.kind, "start": cue.start, "end": cue.end, "text": cue.text}


def _attribution(attribution: Attribution | None) -> Json | None:
    if attribution is None:
        return None
    # All keys, so that whoever reads the file need not ask which there are.
    speaker = _phrase(attribution.speaker) or {
        "text": None,
        "start": None,
        "end": None,
        "group": None,
    }
    return speaker | {
        "cue": _cue(attribution.cue),
        "deny": attribution.deny,
        "inner": _attribution(attribution.inner),
    }


def _time(time: Time | None) -> Json | None:
    if time is None:
        return None
    return {
        "text": time.text,
        "start": time.start,
        "end": time.end,
        "from": time.from_day,
        "until": time.until_day,
    }


def _claim(claim: Claim) -> Json:
    relation = claim.relation
    return {
        "id": claim.id,
        "clause": claim.clause,
        "subject": _phrase(claim.subject),
        "predicate": _predicate(claim.predicate),
        "object": _phrase(claim.object),
        "arguments": [
            {"role": argument.role} | (_phrase(argument.phrase) or {})
            for argument in claim.arguments
        ],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "attribution": _attribution(claim.attribution),
        "time": _time(claim.time),
        "sentence": claim.sentence,
        "confidence": claim.confidence,
        "worth": claim.worth,
        "held_back": claim.held_back,
        "found_by": claim.found_by,
        "cues": [_cue(cue) for cue in claim.cues],
        "relation": relation and asdict(relation),
    }


def _read_document(value: Json) -> Document:
    return Document(
        value["id"],
        value["title"],
        value["text"],
        value["source"],
        value["language"],
        value["sha256"],
        tuple(Page(**page) for page in value["pages"]),
        tuple(Paragraph(**paragraph) for paragraph in value["paragraphs"]),
        tuple(
            Footnote(n["number"], n["start"], n["end"], tuple(n["mark"]) if n["mark"] else None)
            for n in value["footnotes"]
        ),
        tuple((start, end) for start, end in value["furniture"]),
        tuple((start, end) for start, end in value["redactions"]),
        # Readings that an earlier version wrote have no date, author or kind.
        value.get("date") or "",
        tuple(
            Turn(t["start"], t["end"], _read_offsets(t["label"]), _read_offsets(t["addressee"]))
            for t in value.get("turns", ())
        ),
        value.get("author") or "",
        value.get("kind") or "",
    )


def _read_offsets(value: Sequence[int] | None) -> Offsets | None:
    return None if value is None else (value[0], value[1])


def _read_group(value: Json, document_id: str) -> MentionGroup:
    mentions = tuple(
        Mention(Passage(document_id, m["start"], m["end"]), m["text"], m["kind"])
        for m in value["mentions"]
    )
    return MentionGroup(value["id"], value["name"], value["type"], mentions)


def _spans(value: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (start, end) for start, end in value.get("spans", [(value["start"], value["end"])])
    )


def _read_phrase(value: Json) -> Phrase:
    resolved, quantity = value.get("resolved"), value.get("quantity")
    return Phrase(
        _spans(value),
        value["text"],
        value["group"],
        value.get("literal", False),
        Antecedent(**resolved) if resolved else None,
        Quantity(**quantity) if quantity else None,
    )


def _read_attribution(value: Json | None) -> Attribution | None:
    if value is None:
        return None
    speaker = None if value["text"] is None else _read_phrase(value)
    return Attribution(
        speaker, Cue(**value["cue"]), value["deny"], _read_attribution(value["inner"])
    )


def _read_time(value: Json | None) -> Time | None:
    if value is None:
        return None
    return Time(value["text"], value["start"], value["end"], value["from"], value["until"])


def _read_claim(value: Json) -> Claim:
    predicate = value["predicate"]
    return Claim(
        id=value["id"],
        clause=value["clause"],
        subject=_read_phrase(value["subject"]),
        predicate=Predicate(
            _spans(predicate),
            predicate["text"],
            predicate["lemma"],
            predicate["head"],
            predicate.get("participle", ""),
            predicate.get("implicit", False),
        ),
        object=_read_phrase(value["object"]) if value["object"] else None,
        sentence=(value["sentence"][0], value["sentence"][1]),
        confidence=value["confidence"],
        worth=value["worth"],
        held_back=value["held_back"],
        found_by=value["found_by"],
        arguments=tuple(Argument(a["role"], _read_phrase(a)) for a in value["arguments"]),
        polarity=value["polarity"],
        modality=value["modality"],
        attribution=_read_attribution(value["attribution"]),
        time=_read_time(value["time"]),
        cues=tuple(Cue(**cue) for cue in value["cues"]),
        relation=TypedRelation(**value["relation"]) if value["relation"] else None,
    )
