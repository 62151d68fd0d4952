"""What the pages of ``kg serve`` show of a build, as plain values made for a template.

Every text in them is safe to show: characters that reorder or hide others are replaced.
A link is a path on this server for what the build minted, an address elsewhere for a
Wikidata or GeoNames item, and empty for whatever else a graph may name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from operator import itemgetter
from typing import Any, cast

from kg.graph.names import Found
from kg.outputs.drawing.safe_text import TRUSTED_LINK, displayable
from kg.outputs.sparql.lookup import MOST_INBOUND, Lookup, span_of
from kg.outputs.standing import SOMEBODY, Standing, Voice
from kg.records import HeldBack, Modality, Polarity, edge_status
from kg.vocabulary import (
    DOCUMENT_CLASSES,
    HELD_BACK,
    KG,
    MODALITIES,
    POLARITIES,
    SCHEMA,
    TYPES,
    expand,
)
from kg.web.speakers import UNNAMED, speakers_of

PAGE_SIZE = 50
EDGES_SHOWN = 100
DOCUMENTS_SHOWN = 50
MENTIONS_SHOWN = 12

_ABOUT = "rdf:subject|rdf:object|kg:attributedTo|kg:saidThrough"


@dataclass(frozen=True, slots=True)
class Name:
    """A thing or some words in a line: ``href`` is empty for words."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence behind a claim, and where it stands; ``pieces`` mark what they say."""

    text: str
    document: Name
    citation: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as a card."""

    href: str
    subject: Name
    predicate: Name
    object: Name | None
    arguments: Sequence[tuple[str, Name]]
    standing: Standing
    speakers: Sequence[Name]
    evidence: Evidence
    confidence: str
    time: str
    days: str
    found_by: str
    words: str
    implicit: bool
    edge: str


@dataclass(frozen=True, slots=True)
class EdgeView:
    """An edge as a line: its ends, and how many claims say, deny or doubt it."""

    href: str
    subject: Name
    predicate: Name
    object: Name
    affirmed: int
    denied: int
    hedged: int
    support: str

    @property
    def status(self) -> str:
        """How the documents stand to it: contested means affirmed here and denied there."""
        return edge_status(self.affirmed, self.denied)

    @property
    def claims(self) -> int:
        """How many claims there are over it."""
        return self.affirmed + self.denied + self.hedged


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a longer list; ``whole`` is how long it is, ``is_least`` if it is longer."""

    items: Sequence[Any]
    whole: int
    number: int = 1
    is_least: bool = False

    @property
    def pages(self) -> int:
        """How many pages the list takes."""
        return max(1, ceil(self.whole / PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text as the page shows it: opening, words or closing.

    ``kind`` is "text", "open", "close" or "anchor"; the others say what opens there.
    """

    kind: str
    text: str = ""
    id: str = ""
    role: str = ""
    href: str = ""
    start: int = 0


class PageViews:
    """Makes the values of each page from a Lookup."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def href(self, iri: str) -> str:
        """Return where a link to an IRI leads, or ""."""
        base = self.lookup.base_iri
        if iri.startswith(base):
            return "/" + iri[len(base) :]
        if iri.startswith(KG):
            return "/ns#" + iri[len(KG) :]
        return iri if TRUSTED_LINK.fullmatch(iri) else ""

    def name(self, value: str, *, is_iri: bool = True) -> Name:
        """Return the label and link of a thing, or the words."""
        if not is_iri:
            return Name(displayable(value))
        if value == UNNAMED:
            return Name(SOMEBODY, self.href(value))
        span = span_of(value)
        label = self.lookup.value(value, "nif:anchorOf") if span else self.lookup.label(value)
        return Name(displayable(" ".join(label.split()) or "a passage"), self.href(value))

    # Home and search

    def counts(self) -> list[tuple[str, int]]:
        """Return what the data set says that it holds."""
        wanted = {
            "documents": "kg:documents",
            "entities": "void:entities",
            "claims": "kg:claims",
            "facts": "kg:facts",
            "relations": "kg:edges",
            "triples": "void:triples",
        }
        lookup = self.lookup
        found = {what: lookup.value(lookup.data_set, curie) for what, curie in wanted.items()}
        return [(what, int(number)) for what, number in found.items() if number.isdecimal()]

    def documents(self) -> Slice:
        """Return the documents by title."""
        rows = self.lookup.rows("SELECT ?d { ?d a nif:Context ; rdfs:label ?l } ORDER BY ?l ?d")
        named = [self.name(row["d"]) for row in rows[:DOCUMENTS_SHOWN]]
        return Slice(named, len(rows))

    def results(self, words: str, *, limit: int) -> tuple[list[tuple[Name, str, str]], int]:
        """Return what a search finds: name, type, the alias that fits; and how many in all."""
        found, whole = self.lookup.search(words, limit=limit)
        return [self._result(one) for one in found], whole

    def _result(self, found: Found) -> tuple[Name, str, str]:
        thing = found.thing
        alias = "" if found.name == thing.name else displayable(found.name)
        href = self.href(self.lookup.iri("entity", thing.id))
        return Name(displayable(thing.name), href), type_label(thing.type), alias

    # One thing

    def entity(self, iri: str, page: int) -> dict[str, Any]:
        """Return what the page of an entity shows."""
        lookup = self.lookup
        links = [(link, "the same") for link in lookup.values(iri, "skos:exactMatch")]
        links += [(link, "probably the same") for link in lookup.values(iri, "skos:closeMatch")]
        return {
            "label": displayable(lookup.label(iri)),
            "type": type_label(lookup.value(iri, "kg:type")),
            "type_key": lookup.value(iri, "kg:type"),
            "aliases": [displayable(name) for name in lookup.values(iri, "skos:altLabel")],
            "links": [
                (displayable(link), self.href(link) if TRUSTED_LINK.fullmatch(link) else "", how)
                for link, how in links
            ],
            "outgoing": self._edges("rdf:subject", iri),
            "incoming": self._edges("rdf:object", iri),
            "claims": self._claims(
                page,
                f"?claim {_ABOUT} <{iri}> .",
                f"?part kg:value <{iri}> . ?claim kg:argument ?part .",
            ),
            "mentions": self._mentions(iri),
            "schema": self._schema_entity(iri),
        }

    def relation(self, iri: str, page: int) -> dict[str, Any]:
        """Return what the page of a relation shows."""
        lookup = self.lookup
        return {
            "label": displayable(lookup.label(iri)),
            "wider": [self.name(v) for v in lookup.values(iri, "rdfs:subPropertyOf")],
            "passive_of": [self.name(v) for v in lookup.values(iri, "kg:passiveOf")],
            "narrower": [self.name(v) for v in sorted(lookup.subjects("rdfs:subPropertyOf", iri))],
            "edges": self._edges("rdf:predicate", iri),
            "claims": self._claims(page, f"?claim rdf:predicate <{iri}> ."),
            "schema": {"@type": "DefinedTerm", "name": lookup.label(iri)},
        }

    def edge(self, iri: str, page: int) -> dict[str, Any]:
        """Return what the page of an edge shows."""
        edge = self._edge(iri)
        words = f"{edge.subject.label} · {edge.predicate.label} · {edge.object.label}"
        return {
            "label": words,
            "edge": edge,
            "claims": self._claims(page, f"?claim kg:edge <{iri}> ."),
            "schema": {"@type": "Statement", "name": words},
        }

    def claim(self, iri: str, page: int) -> dict[str, Any]:
        """Return what the page of a claim shows."""
        claim = self._claim(iri)
        words = [claim.subject.label, claim.predicate.label]
        words += [claim.object.label] if claim.object else []
        schema = {
            "@type": "Claim",
            "name": " · ".join(words),
            "text": claim.evidence.text,
            "appearance": {"@type": "CreativeWork", "name": claim.evidence.document.label},
        }
        return {
            "label": " · ".join(words),
            "claim": claim,
            "resolved": [self.name(v) for v in self.lookup.values(iri, "kg:resolvedFrom")],
            "cues": [self.name(v) for v in self.lookup.values(iri, "kg:cue")],
            "schema": schema,
        }

    def doc(self, iri: str, page: int) -> dict[str, Any]:
        """Return what the page of a document shows: its whole text, and its claims."""
        lookup = self.lookup
        inside = f"?span nif:referenceContext <{iri}> ."
        text, classes = lookup.value(iri, "nif:isString"), lookup.values(iri, "rdf:type")
        return {
            "label": displayable(lookup.label(iri)),
            "source": displayable(lookup.value(iri, "dcterms:source")),
            "author": displayable(lookup.value(iri, "schema:author")),
            "date": lookup.value(iri, "dcterms:issued"),
            "document_kind": next((k for k, c in DOCUMENT_CLASSES.items() if c in classes), ""),
            "language": displayable(lookup.value(iri, "dcterms:language")),
            "sha256": displayable(lookup.value(iri, "kg:sha256")),
            "characters": len(text),
            "pieces": text_pieces(displayable(text), self._spans(lookup.spans(inside))),
            "claims": self._claims(page, inside),
            "schema": {
                "@type": "CreativeWork",
                "name": lookup.label(iri),
                "inLanguage": lookup.value(iri, "dcterms:language"),
            },
        }

    # Parts

    def _spans(self, rows: Iterable[dict[str, str]]) -> Iterator[tuple[int, int, str, str]]:
        """Yield the stretches that the page shows: where they are, what, and their link."""
        roles = {expand("nif:Sentence"): "sentence", expand("nif:Phrase"): "phrase"}
        # Rows of one stretch stand together: they come sorted by place.
        for iri, group in groupby(rows, key=itemgetter("span")):
            span, about = span_of(iri), list(group)
            if span is None:
                continue
            named = next((row["named"] for row in about if "named" in row), "")
            role = next((roles[row["type"]] for row in about if row.get("type") in roles), "part")
            yield (*span, "mention", self.href(named)) if named else (*span, role, "")

    def _edges(self, curie: str, iri: str) -> Slice:
        """Return the edges at one end of which a thing stands, the most spoken of first."""
        found, whole = self.lookup.edges_by_weight(f"?edge {curie} <{iri}> .", limit=EDGES_SHOWN)
        return Slice(sorted((self._edge(edge) for edge in found), key=_much_spoken_of), whole)

    def _edge(self, iri: str) -> EdgeView:
        lookup = self.lookup
        ends = (lookup.value(iri, f"rdf:{end}") for end in ("subject", "predicate", "object"))
        subject, predicate, object_ = (self.name(end) for end in ends)
        counts = (lookup.value(iri, f"kg:{how}By") for how in ("affirmed", "denied", "hedged"))
        affirmed, denied, hedged = (int(n) if n.isdecimal() else 0 for n in counts)
        support = lookup.value(iri, "kg:support")
        return EdgeView(
            self.href(iri), subject, predicate, object_, affirmed, denied, hedged, support
        )

    def _claims(self, page: int, *patterns: str) -> Slice:
        """Return one page of claims, in the order of their sentences."""
        found = self.lookup.claims_by_place(*patterns)
        whole = Slice((), len(found), is_least=len(found) >= MOST_INBOUND)
        number = min(max(page, 1), whole.pages)
        begin = (number - 1) * PAGE_SIZE
        views = [self._claim(iri) for iri in found[begin : begin + PAGE_SIZE]]
        return Slice(views, whole.whole, number, whole.is_least)

    def _claim(self, iri: str) -> ClaimView:
        lookup = self.lookup
        said = speakers_of(lookup, iri)
        speakers = [self.name(speaker.value, is_iri=speaker.is_iri) for speaker in said]
        chain = (Voice(n.label, s.denies) for n, s in zip(speakers, said, strict=True))
        days = [lookup.value(iri, curie) for curie in ("kg:from", "kg:until")]
        subject, object_ = self._end(iri, "rdf:subject"), self._end(iri, "rdf:object")
        return ClaimView(
            href=self.href(iri),
            subject=subject or Name("something"),
            predicate=self.name(lookup.value(iri, "rdf:predicate")),
            object=object_,
            arguments=[self._argument(v) for v in lookup.values(iri, "kg:argument")],
            standing=Standing(*self._status(iri), tuple(chain), self._held_back(iri)),
            speakers=speakers,
            evidence=self._evidence(lookup.value(iri, "prov:wasDerivedFrom")),
            confidence=lookup.value(iri, "kg:confidence"),
            time=displayable(lookup.value(iri, "kg:timeText")),
            days=" – ".join(day for day in days if day),
            found_by=displayable(lookup.value(iri, "kg:foundBy")),
            words=displayable(lookup.value(iri, "kg:predicateText")),
            implicit=lookup.value(iri, "kg:implicit") == "true",
            edge=self.href(lookup.value(iri, "kg:edge")),
        )

    def _held_back(self, iri: str) -> HeldBack:
        found = self.lookup.value(iri, "kg:heldBack").removeprefix(KG)
        return cast(HeldBack, found) if found in HELD_BACK else ""

    def _status(self, iri: str) -> tuple[Polarity, Modality]:
        """Return polarity and modality; what is none of ours counts as plainly said."""
        polarity = self.lookup.value(iri, "kg:polarity").removeprefix(KG)
        modality = self.lookup.value(iri, "kg:modality").removeprefix(KG)
        return (
            cast(Polarity, polarity) if polarity in POLARITIES else "positive",
            cast(Modality, modality) if modality in MODALITIES else "asserted",
        )

    def _end(self, iri: str, curie: str) -> Name | None:
        found = self.lookup.terms(iri, curie)
        return self.name(found[0][0], is_iri=found[0][1]) if found else None

    def _argument(self, iri: str) -> tuple[str, Name]:
        role = displayable(self.lookup.value(iri, "kg:role"))
        return role, self._end(iri, "kg:value") or Name("")

    def _evidence(self, span: str) -> Evidence:
        lookup = self.lookup
        return Evidence(
            text=displayable(lookup.value(span, "nif:anchorOf")),
            document=Name(
                displayable(lookup.label(span.partition("#")[0])) if span else "", self.href(span)
            ),
            citation=displayable(lookup.value(span, "kg:citation")),
        )

    def _mentions(self, iri: str) -> list[tuple[Name, int, list[Name]]]:
        """Return the documents that mention a thing, how often, and the first places."""
        rows = self.lookup.spans(f"?span kg:mentions <{iri}> .")
        spans = dict.fromkeys(row["span"] for row in rows)
        by_document: dict[str, list[str]] = {}
        for span in spans:
            by_document.setdefault(span.partition("#")[0], []).append(span)
        return [
            (self.name(document), len(found), [self.name(s) for s in found[:MENTIONS_SHOWN]])
            for document, found in list(by_document.items())[:DOCUMENTS_SHOWN]
        ]

    def _schema_entity(self, iri: str) -> dict[str, Any]:
        lookup = self.lookup
        classes = lookup.values(iri, "rdf:type")
        ours = next((c.removeprefix(SCHEMA) for c in classes if c.startswith(SCHEMA)), "Thing")
        about: dict[str, Any] = {"@type": ours, "name": lookup.label(iri)}
        if names := lookup.values(iri, "skos:altLabel"):
            about["alternateName"] = names
        if same := lookup.values(iri, "skos:exactMatch"):
            about["sameAs"] = same
        return about


def schema_json(iri: str, about: dict[str, Any]) -> str:
    """Return schema.org JSON-LD to embed in a page; nothing in it can end its element."""
    made = {"@context": "https://schema.org", "@id": iri, **about}
    text = json.dumps(made, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def type_label(key: str) -> str:
    """Return what people call a type of thing."""
    return TYPES[key].label if key in TYPES else displayable(key)


def text_pieces(text: str, spans: Iterable[tuple[int, int, str, str]]) -> list[Piece]:
    """Return a text cut at its stretches, each with the id ``char=start,end``.

    A stretch that lies within another becomes an element within its; one that crosses
    another is an empty anchor where it begins, so that its address leads there too.
    """
    pieces: list[Piece] = []
    closing: list[tuple[int, str, str]] = []
    place = 0

    def write(until: int) -> None:
        nonlocal place
        if until > place:
            pieces.append(Piece("text", text[place:until], start=place))
            place = until

    def close(until: int) -> None:
        while closing and closing[-1][0] <= until:
            end, role, href = closing.pop()
            write(end)
            pieces.append(Piece("close", role=role, href=href))

    # Of two that begin together the longer goes around the other.
    for start, end, role, href in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not 0 <= start <= end <= len(text):
            continue
        close(start)
        write(start)
        if role == "part" or _crosses(closing, end, href):
            pieces.append(Piece("anchor", id=f"char={start},{end}"))
            continue
        pieces.append(Piece("open", id=f"char={start},{end}", role=role, href=href))
        closing.append((end, role, href))
    close(len(text))
    write(len(text))
    return pieces


def _crosses(closing: Sequence[tuple[int, str, str]], end: int, href: str) -> bool:
    """Tell a stretch that ends outside the one around it, or would be a link within a link."""
    if not closing:
        return False
    return end > closing[-1][0] or (href != "" and any(link for _, _, link in closing))


def _much_spoken_of(edge: EdgeView) -> tuple[int, str, str, str]:
    return -edge.claims, edge.predicate.label, edge.subject.label, edge.object.label
