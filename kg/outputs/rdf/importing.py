"""A graph back from its Turtle: the Readings and entities that it was made of.

``read_rdf`` reads what ``forms.py`` wrote, with pyoxigraph, which fetches nothing.
Concepts are not read: the claims give them again. Orders that carry no meaning (of a
Reading's claims, a group's mentions, a claim's cues) come back by place in the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

import pyoxigraph

from kg.errors import InputError, InvalidRecordError
from kg.failures import failure_of
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.rdf.forms import rdf_chunks
from kg.outputs.rdf.places import Place, phrase_at, read_place, read_range, read_turns, words_at
from kg.outputs.rdf.quantities import read_quantity
from kg.records import (
    Argument,
    Attribution,
    Claim,
    Cue,
    Document,
    DocumentKind,
    Entity,
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
    Reading,
    Time,
    TypedRelation,
)
from kg.relation_types import OWN_KEY
from kg.vocabulary import CONCEPT, DOCUMENT_CLASSES, KG, WIKIDATA_PROPERTY, expand

FORMATS: Mapping[str, pyoxigraph.RdfFormat] = MappingProxyType(
    {
        ".ttl": pyoxigraph.RdfFormat.TURTLE,
        ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
        ".nq": pyoxigraph.RdfFormat.N_QUADS,
        ".trig": pyoxigraph.RdfFormat.TRIG,
        ".rdf": pyoxigraph.RdfFormat.RDF_XML,
        ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
)
"""The files that can be read, by the end of their names."""

_OF_PAGES = ("kg:pageNumber", "kg:filePage", "kg:placeName")
_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object")


@dataclass(frozen=True, slots=True)
class SavedGraph:
    """What a file of linked data holds: enough to make its graph again."""

    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    base_iri: str
    licence: str | None


def read_rdf(path: Path) -> SavedGraph:
    """Return the graph in a file that kg wrote, in any form of ``FORMATS``.

    Raises:
        InputError: the file is no RDF, or not in kg's model.

    """
    nodes = _nodes(path)
    data_sets = [s for s in nodes.of_type("void:Dataset") if nodes.all(s, "void:uriSpace")]
    if len(data_sets) != 1:
        raise _not_ours(path, f"it describes {len(data_sets)} data sets, and must describe one")
    try:
        return _Importer(nodes, data_sets[0]).graph()
    except (InvalidRecordError, InputError, ValueError) as error:
        raise _not_ours(path, str(error)) from error


def _not_ours(path: Path, reason: str) -> InputError:
    return InputError(
        f"{path} is not a graph in kg's model: {reason.rstrip('.')}. "
        "Use a file that `kg build` or `kg export --to turtle` wrote."
    )


def left_out(path: Path, graph: KnowledgeGraph, saved: SavedGraph) -> list[str]:
    """Return the triples of a file that its graph does not give again, sorted."""
    lines = "".join(rdf_chunks(graph, "nt", base_iri=saved.base_iri, licence=saved.licence))
    # Hashes in place of triples: of a big graph all of them would fill the memory.
    kept = {
        hash(triple)
        for triple in _expanded(
            pyoxigraph.parse(lines.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        )
    }
    found = (triple for triple in _expanded(_parse(path)) if hash(triple) not in kept)
    return sorted(" ".join(map(str, triple)) for triple in found)


Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


def _parse(path: Path) -> Iterator[pyoxigraph.Quad]:
    if path.suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"Cannot tell the form of {path} from its name. Known: {known}.")
    try:
        yield from pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix])
    except SyntaxError as error:
        raise InputError(
            f"{path} does not parse: {error.msg}. Mend it, or export again."
        ) from error
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error}. Check its name and rights.") from error


def _expanded(quads: Iterable[pyoxigraph.Quad]) -> Iterator[tuple[Term, Term, Term]]:
    """Yield triples; ``x rdf:reifies <<( s p o )>>`` as the three triples that it stands for."""
    for quad in quads:
        if isinstance(quad.object, pyoxigraph.Triple):
            whole = quad.object
            for name, part in zip(
                _PARTS, (whole.subject, whole.predicate, whole.object), strict=True
            ):
                yield quad.subject, pyoxigraph.NamedNode(expand(name)), part
        else:
            yield quad.subject, quad.predicate, quad.object


def _nodes(path: Path) -> _Nodes:
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in _expanded(_parse(path)):
        about[_value(subject)][_value(predicate)].append(_value(object_))
    return _Nodes(about)


def _value(term: Term) -> str:
    return str(term) if isinstance(term, pyoxigraph.Triple) else str(term.value)


class _Nodes:
    """What a file says of each node, values as plain strings."""

    def __init__(self, about: Mapping[str, Mapping[str, list[str]]]) -> None:
        self.about = about
        self.types: dict[str, list[str]] = defaultdict(list)
        for node, found in about.items():
            for kind in found.get(expand("rdf:type"), ()):
                self.types[kind].append(node)

    def __iter__(self) -> Iterator[str]:
        return iter(self.about)

    def of_type(self, curie: str) -> list[str]:
        """Return the nodes of a class."""
        return self.types.get(expand(curie), [])

    def all(self, node: str, curie: str) -> list[str]:
        """Return every value of a property, sorted."""
        # Not self.about[node]: a defaultdict would grow with every question.
        found = self.about.get(node)
        return sorted(found[expand(curie)]) if found and expand(curie) in found else []

    def get(self, node: str, curie: str, default: str = "") -> str:
        """Return the first value of a property."""
        return next(iter(self.all(node, curie)), default)

    def one(self, node: str, curie: str) -> str:
        """Return the value of a property that must be there."""
        values = self.all(node, curie)
        if not values:
            raise InputError(f"{node} has no {curie}")
        return values[0]

    def is_a(self, node: str, curie: str) -> bool:
        """Return whether a node has a class."""
        return expand(curie) in self.about[node].get(expand("rdf:type"), ())


class _Importer:
    """Makes Readings and entities of nodes under one base IRI."""

    def __init__(self, nodes: _Nodes, data_set: str) -> None:
        self.nodes = nodes
        self.data_set = data_set
        self.base_iri = nodes.one(data_set, "void:uriSpace")
        self.groups: dict[str, list[tuple[str, int]]] = defaultdict(list)

    def graph(self) -> SavedGraph:
        """Return all that the file holds."""
        nodes, spans, claims = self.nodes, _by(self._context), _by(self._document_of_claim)
        spans_of = spans([n for n in nodes if nodes.all(n, "nif:referenceContext")])
        claims_of = claims(nodes.of_type("kg:Claim"))
        groups_of = _by(lambda node: node.partition("#")[0])(nodes.of_type("kg:MentionGroup"))
        readings = [
            _DocumentImporter(self, node, spans_of[node]).read(groups_of[node], claims_of[node])
            for node in sorted(nodes.of_type("nif:Context"))
        ]
        failed = {reading.document.id for reading in readings if reading.failure}
        return SavedGraph(
            tuple(readings),
            tuple(_without(failed, self.entities())),
            self.base_iri,
            nodes.get(self.data_set, "dcterms:license") or None,
        )

    def name(self, node: str, kind: str) -> str:
        """Return the id that an IRI was minted of."""
        start = f"{self.base_iri}{kind}/"
        if not node.startswith(start):
            raise InputError(f"{node} does not begin with {start}")
        return unquote(node.removeprefix(start))

    def entities(self) -> Iterator[Entity]:
        """Yield the entities; a Concept without mentions comes again of its claims."""
        nodes = self.nodes
        for group in nodes.of_type("kg:MentionGroup"):
            document, number = self.group_key(group)
            for entity in nodes.all(group, "kg:names"):
                self.groups[entity].append((document, number))
        for node in sorted(n for n in nodes if nodes.all(n, "kg:type")):
            kind = nodes.one(node, "kg:type")
            if kind == CONCEPT and node not in self.groups:
                continue
            yield Entity(
                self.name(node, "entity"),
                nodes.one(node, "rdfs:label"),
                kind,
                tuple(nodes.all(node, "skos:altLabel")),
                tuple(self._links(node)),
                tuple(sorted(self.groups[node])),
            )

    def group_key(self, group: str) -> tuple[str, int]:
        """Return a group's document and number."""
        document, _, number = group.partition("#group")
        return self.name(document, "doc"), int(number)

    def _links(self, node: str) -> Iterator[Link]:
        scores = {}
        for note in self.nodes.all(node, "kg:linkScore"):
            score, _, target = note.partition(" ")
            scores[target] = float(score)
        for curie in ("skos:exactMatch", "skos:closeMatch"):
            for target in self.nodes.all(node, curie):
                yield Link(target, curie == "skos:exactMatch", scores.get(target, 1.0))

    def _context(self, node: str) -> str:
        return self.nodes.one(node, "nif:referenceContext")

    def _document_of_claim(self, node: str) -> str:
        return self._context(self.nodes.one(node, "prov:wasDerivedFrom"))


def _without(failed: Collection[str], entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the entities without what they are called in documents that could not be made."""
    for entity in entities:
        groups = tuple(group for group in entity.groups if group[0] not in failed)
        if groups or not entity.groups:
            yield replace(entity, groups=groups)


def _by(key: Callable[[str], str]) -> Callable[[Iterable[str]], dict[str, list[str]]]:
    def grouped(nodes: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            found[key(node)].append(node)
        return found

    return grouped


class _DocumentImporter:
    """Makes the Reading of one document."""

    def __init__(self, importer: _Importer, node: str, spans: Iterable[str]) -> None:
        self.importer = importer
        self.nodes = importer.nodes
        self.node = node
        self.id = importer.name(node, "doc")
        self.text = self.nodes.one(node, "nif:isString")
        self.offsets = {span: self._offsets(span) for span in spans}
        self.spans = sorted(self.offsets, key=lambda span: (self.offsets[span], span))
        self.mentions_of: dict[str, list[str]] = defaultdict(list)
        for span in self.spans:
            for entity in self.nodes.all(span, "kg:mentions"):
                self.mentions_of[entity].append(span)

    def read(self, groups: Iterable[str], claims: Iterable[str]) -> Reading:
        """Return the Reading of the document; where kg itself fails, its text alone.

        Raises:
            InputError, InvalidRecordError, ValueError: the document is not in our model.

        """
        try:
            return self.reading(groups, claims)
        except (InputError, InvalidRecordError, ValueError):
            raise
        except Exception as error:  # a fault of ours, which costs no other document
            return Reading(self._document(), failure=failure_of(error))

    def reading(self, groups: Iterable[str], claims: Iterable[str]) -> Reading:
        """Return the Reading of the document."""
        found = sorted((self._group(node) for node in groups), key=lambda group: group.id)
        read = (self._claim(node) for node in claims)
        return Reading(
            self._document(),
            tuple(self.offsets[span] for span in self._of_type("nif:Sentence")),
            tuple(found),
            tuple(sorted(read, key=lambda c: (c.sentence, c.clause, c.id))),
        )

    def _offsets(self, span: str) -> Offsets:
        start, end = (self.nodes.one(span, name) for name in ("nif:beginIndex", "nif:endIndex"))
        if not 0 <= int(start) < int(end) <= len(self.text):
            raise InputError(f"{span} does not lie in its text of {len(self.text)} characters")
        return int(start), int(end)

    def _of_type(self, curie: str) -> list[str]:
        return [span for span in self.spans if self.nodes.is_a(span, curie)]

    def _document(self) -> Document:
        nodes, node, offsets = self.nodes, self.node, self.offsets
        furniture = nodes.get(node, "kg:furnitureAt").split()
        return Document(
            id=self.id,
            title=nodes.one(node, "rdfs:label"),
            text=self.text,
            source=nodes.one(node, "dcterms:source"),
            language=nodes.one(node, "dcterms:language"),
            sha256=nodes.one(node, "kg:sha256"),
            pages=tuple(
                Page(*offsets[s], *(nodes.get(s, curie) for curie in _OF_PAGES))
                for s in self._of_type("kg:Page")
            ),
            paragraphs=tuple(self._paragraphs()),
            footnotes=tuple(self._footnotes()),
            furniture=tuple(read_range(words) for words in furniture),
            redactions=tuple(offsets[s] for s in self._of_type("kg:Redaction")),
            date=nodes.get(node, "dcterms:issued"),
            turns=read_turns(nodes.get(node, "kg:turnsAt")),
            author=nodes.get(node, "schema:author"),
            kind=self._kind(),
        )

    def _kind(self) -> DocumentKind:
        classes = self.nodes.all(self.node, "rdf:type")
        found = (kind for kind, class_iri in DOCUMENT_CLASSES.items() if class_iri in classes)
        return next(found, "")  # type: ignore[arg-type]

    def _paragraphs(self) -> Iterator[Paragraph]:
        for span in self.spans:
            number = self.nodes.get(span, "kg:paragraphNumber")
            if self.nodes.is_a(span, "nif:Title"):
                yield Paragraph(*self.offsets[span], number, heading=True)
            elif self.nodes.is_a(span, "nif:Paragraph"):
                yield Paragraph(*self.offsets[span], number)

    def _footnotes(self) -> Iterator[Footnote]:
        for span in self._of_type("kg:Footnote"):
            mark = self.nodes.get(span, "kg:mark")
            number = self.nodes.get(span, "kg:noteNumber")
            yield Footnote(number, *self.offsets[span], self._mark(mark) if mark else None)

    def _mark(self, span: str) -> Offsets:
        if span not in self.offsets:
            raise InputError(f"{span} is the mark of a note and no stretch of {self.node}")
        return self.offsets[span]

    def _group(self, node: str) -> MentionGroup:
        nodes, (_, number) = self.nodes, self.importer.group_key(node)
        entity = nodes.get(node, "kg:names")
        spans = nodes.all(node, "kg:mention") or self.mentions_of.get(entity, [])
        kinds = {
            place.spans[0]: place.notes["kind"]
            for place in map(read_place, nodes.all(node, "kg:mentionAt"))
        }
        mentions = [self._mention(span, kinds) for span in spans]
        return MentionGroup(
            number,
            nodes.get(node, "rdfs:label") or nodes.one(entity, "rdfs:label"),
            nodes.get(node, "kg:groupType") or nodes.one(entity, "kg:type"),
            tuple(sorted(mentions, key=lambda m: (m.passage.start, m.passage.end))),
        )

    def _mention(self, span: str, kinds: Mapping[Offsets, str]) -> Mention:
        start, end = self._mark(span)
        kind = kinds.get((start, end)) or self.nodes.one(span, "kg:mentionKind")
        return Mention(Passage(self.id, start, end), self.text[start:end], kind)  # type: ignore[arg-type]

    def _claim(self, node: str) -> Claim:
        nodes = self.nodes
        subject, object_ = self._place(node, "kg:subjectAt"), nodes.get(node, "kg:objectAt")
        ends = (
            self._with_amount(phrase_at(subject, self.text), node, "kg:subjectAmount"),
            self._with_amount(self._phrase(object_), node, "kg:objectAmount") if object_ else None,
        )
        arguments = self._arguments(node)
        # The graph turned a passive round; in the sentence its subject was the agent.
        if "agent" in subject.notes and ends[1] is not None:
            arguments.insert(int(subject.notes["agent"]) - 1, Argument("agent", ends[0]))
            ends = ends[1], None
        predicate = self._place(node, "kg:predicateAt")
        return Claim(
            id=self.importer.name(node, "claim"),
            clause=int(predicate.notes.get("clause", "0")),
            subject=ends[0],
            predicate=self._predicate(node, predicate),
            object=ends[1],
            sentence=self._mark(nodes.one(node, "prov:wasDerivedFrom")),
            confidence=float(nodes.one(node, "kg:confidence")),
            found_by=nodes.one(node, "kg:foundBy"),
            arguments=tuple(arguments),
            polarity=nodes.one(node, "kg:polarity").removeprefix(KG),  # type: ignore[arg-type]
            modality=nodes.one(node, "kg:modality").removeprefix(KG),  # type: ignore[arg-type]
            attribution=self._attribution(nodes.all(node, "kg:speakerAt")),
            time=self._time(node),
            cues=tuple(self._cues(node)),
            relation=self._relation(node),
            worth=float(nodes.one(node, "kg:worth")),
            held_back=nodes.get(node, "kg:heldBack").removeprefix(KG),  # type: ignore[arg-type]
        )

    def _place(self, node: str, curie: str) -> Place:
        return read_place(self.nodes.one(node, curie))

    def _phrase(self, literal: str) -> Phrase:
        return phrase_at(read_place(literal), self.text)

    def _arguments(self, node: str) -> list[Argument]:
        found = self.nodes.all(node, "kg:argument")
        ordered = sorted(found, key=lambda argument: int(argument.rpartition("#arg")[2]))
        phrases = (self._phrase(self.nodes.one(a, "kg:valueAt")) for a in ordered)
        return [
            Argument(self.nodes.one(a, "kg:role"), self._with_amount(phrase, a, "kg:amount"))
            for a, phrase in zip(ordered, phrases, strict=True)
        ]

    def _with_amount(self, phrase: Phrase, node: str, curie: str) -> Phrase:
        amount = self.nodes.get(node, curie)
        if not amount:
            return phrase
        return replace(phrase, quantity=read_quantity(partial(self.nodes.get, amount)))

    def _predicate(self, node: str, place: Place) -> Predicate:
        nodes = self.nodes
        label = nodes.one(nodes.one(node, "rdf:predicate"), "rdfs:label")
        lemma = nodes.get(node, "kg:lemma", label)
        return Predicate(
            place.spans,
            place.words(self.text),
            lemma,
            nodes.get(node, "kg:head", lemma.split(" ")[0]),
            nodes.get(node, "kg:participle"),
            nodes.get(node, "kg:implicit") == "true",
        )

    def _attribution(self, literals: Iterable[str]) -> Attribution | None:
        found: Attribution | None = None
        # The innermost first: each speaker holds the one whom it quotes.
        places = sorted(map(read_place, literals), key=lambda p: -int(p.notes["level"]))
        for place in places:
            cue = self._cue(place.notes.get("kind", "speaker"), read_range(place.notes["cue"]))
            speaker = phrase_at(place, self.text) if place.spans else None
            found = Attribution(speaker, cue, "deny" in place.notes, found)
        return found

    def _cue(self, kind: str, span: Offsets) -> Cue:
        return Cue(kind, *span, words_at(self.text, [span]))

    def _cues(self, node: str) -> Iterator[Cue]:
        """Yield the cues; where a stretch is of several kinds, the claim itself says which."""
        places = [read_place(words) for words in self.nodes.all(node, "kg:cueAt")]
        found = {self._cue(place.notes["kind"], place.spans[0]) for place in places}
        told = {place.spans[0] for place in places}
        for span in self.nodes.all(node, "kg:cue"):
            if (offsets := self._mark(span)) not in told:
                found.add(self._cue(self.nodes.one(span, "kg:cueKind"), offsets))
        yield from sorted(found, key=lambda cue: (cue.start, cue.end, cue.kind))

    def _time(self, node: str) -> Time | None:
        nodes, words = self.nodes, self.nodes.all(node, "kg:timeText")
        if not words:
            return None
        start, end = self._place(node, "kg:timeAt").spans[0]
        days = nodes.get(node, "kg:from") or None, nodes.get(node, "kg:until") or None
        return Time(words[0], start, end, *days)

    def _relation(self, node: str) -> TypedRelation | None:
        typed = self.nodes.get(node, "kg:property")
        if not typed:
            return None
        key = typed.removeprefix(WIKIDATA_PROPERTY)
        key = OWN_KEY + key.removeprefix(KG) if key.startswith(KG) else key
        turned = self.nodes.get(node, "kg:turned") == "true"
        return TypedRelation(unquote(key), self.nodes.one(typed, "rdfs:label"), turned)
