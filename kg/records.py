"""The values that pass from one stage to the next.

Records are frozen, compare by value and hold only built-in types: no spaCy,
NetworkX or RDF object. They pickle, turn into JSON (``kg/serialization.py``),
outlive the document they came from and can be written out by hand in a test.

Offsets count characters (Unicode code points) of ``Document.text`` from its
beginning, end exclusive: ``document.text[start:end]`` is the passage.

    Document                        one text
    MentionGroup, Mention           what it names
    Claim, Phrase, Attribution …    what it says, who says so, how surely, when
    Reading                         all learned from one document: the narrow waist
    Entity, Link                    one thing in the world, after linking
    LinkedClaim, Term, Relation     claims between entities, in the active voice
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import InvalidRecordError

Offsets = tuple[int, int]
"""Start and end of a stretch of ``Document.text``, end exclusive."""

MentionKind = Literal["name", "nominal", "pronoun", "demonym", "acronym", "role"]
Polarity = Literal["positive", "negative"]
QuantityKind = Literal["money", "percentage", "measure", "count"]
Qualifier = Literal["", "about", "at least", "more than", "at most", "less than"]
_DECIMAL = re.compile(r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
"""A number with no digit more than it needs, so that each has one spelling."""
Modality = Literal["asserted", "possible", "intended", "required", "conditional", "questioned"]
HeldBack = Literal["", "unsure", "trivial"]
"""Why a claim is not told as a fact: not surely read, or it says too little to be told at all."""
DocumentKind = Literal["", "text", "web page", "mail", "book", "slides", "subtitles", "row"]
"""What its file shows a document to be; "" for words that come from no file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document's text, which is never empty."""

    document_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidRecordError(f"A passage must hold some text: {self}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``number`` as printed on it, ``file_number`` as the file counts; "" if unknown.

    ``name`` is what it is cited by where it is no page but a chapter, a slide or a row.
    """

    start: int
    end: int
    number: str = ""
    file_number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading, with its printed number ("139") or "" if it has none."""

    start: int
    end: int
    number: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's own text, and the mark in the running text that calls it, if found."""

    number: str
    start: int
    end: int
    mark: Offsets | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch that is somebody's words and not the document's own.

    ``label`` are the words that name the speaker, wherever they stand, None if nothing does;
    ``addressee`` those that name whom "you" means. A turn inside another is quoted by it.
    """

    start: int
    end: int
    label: Offsets | None = None
    addressee: Offsets | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text, as read: nothing is deleted, so every offset stays true.

    ``id`` comes from the path in the corpus; ``source`` is that path. ``sha256``
    is of the file's bytes. ``furniture`` are stretches that are no part of the
    text (running heads, page numbers, wiki navigation), ``redactions`` stretches
    that were blacked out (``***``). ``date`` is the ISO day that the document gives for
    itself, "" if none, ``author`` who wrote it by what the file tells ("; " between several),
    ``kind`` what it is by its file. ``turns`` are the stretches that are somebody else's words by the
    layout, those inside others after them; their labels are furniture.
    """

    id: str
    title: str
    text: str
    source: str
    language: str
    sha256: str
    pages: tuple[Page, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Offsets, ...] = ()
    redactions: tuple[Offsets, ...] = ()
    date: str = ""
    turns: tuple[Turn, ...] = ()
    author: str = ""
    kind: DocumentKind = ""

    @property
    def labels(self) -> tuple[Offsets, ...]:
        """Where those who speak are named, and those whom they speak to."""
        named = (span for turn in self.turns for span in (turn.label, turn.addressee))
        return tuple(sorted({span for span in named if span is not None}))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something, such as "the WHO" or "she"."""

    passage: Passage
    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """Mentions of one thing inside one document, in reading order.

    ``name`` is the best name found for it there; ``type`` is a key of
    ``vocabulary.TYPES``.
    """

    id: int
    name: str
    type: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The mention that a pronoun or a definite noun stands for; ``score`` in [0, 1]."""

    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """What an amount is in numbers: "between 5 and 7 million euros" is 5000000 to 7000000 EUR.

    ``low`` and ``high`` are exact decimal numbers, equal where the words name one, None where
    they leave that end open ("at least"). ``unit`` is a code of ISO 4217 for money, of UCUM for a
    measure, "%", or the noun that is counted; ``qualifier`` says how near the number is.
    """

    kind: QuantityKind
    low: str | None
    high: str | None
    unit: str
    qualifier: Qualifier = ""

    def __post_init__(self) -> None:
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        if not bounds or any(_DECIMAL.fullmatch(bound) is None for bound in bounds):
            raise InvalidRecordError(f"A quantity must have a number: {self}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that fill a place in a claim, in one or several pieces.

    ``group`` is the MentionGroup that the phrase names, if any. ``literal`` marks
    an object that is a value (a quantity, a date, a quotation) and no thing.
    ``resolved`` says which mention licenses the group when the words alone do not.
    ``quantity`` is what an amount is in numbers.
    """

    spans: tuple[Offsets, ...]
    text: str
    group: int | None = None
    literal: bool = False
    resolved: Antecedent | None = None
    quantity: Quantity | None = None

    def __post_init__(self) -> None:
        if not self.spans:
            raise InvalidRecordError(f"A phrase must hold some text: {self}")
        for start, end in self.spans:
            if not 0 <= start < end:
                raise InvalidRecordError(f"A phrase must hold some text: {self}")

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is said: ``text`` as it stands, ``lemma`` without negation, auxiliary and modal.

    ``head`` is the lemma's main word, under which views group relations.
    ``participle`` is given for a passive, whose subject undergoes it ("poisoned in"
    for "was poisoned in", lemma "poison in"). ``implicit``: no word spells it out
    ("Russian forces"), and the spans are those that license it.
    """

    spans: tuple[Offsets, ...]
    text: str
    lemma: str
    head: str
    participle: str = ""
    implicit: bool = False

    def __post_init__(self) -> None:
        if not self.spans or not self.lemma:
            raise InvalidRecordError(f"A predicate must hold some text and a lemma: {self}")

    @property
    def passive(self) -> bool:
        """Whether the claim's subject undergoes what the predicate says."""
        return bool(self.participle)


@dataclass(frozen=True, slots=True)
class Argument:
    """A further part of the clause: its role ("with", "place", "agent" …) and phrase."""

    role: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Cue:
    """The word that makes a claim negative, hedged, attributed …; ``kind`` says which."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, when it is not the document's own voice.

    ``speaker`` is None where nobody is named ("was said to have"); ``deny`` where
    the speaker denies it; ``inner`` is the next speaker, whom this one quotes.
    """

    speaker: Phrase | None
    cue: Cue
    deny: bool = False
    inner: Attribution | None = None

    def chain(self) -> Iterator[Attribution]:
        """Yield this speaker and those whom it quotes, the outermost first."""
        layer: Attribution | None = self
        while layer is not None:
            yield layer
            layer = layer.inner


@dataclass(frozen=True, slots=True)
class Time:
    """When: the words, and the days that they cover (ISO 8601, both inclusive).

    ``since 2011`` has no ``until``; both are None where the words give no date.
    """

    text: str
    start: int
    end: int
    from_day: str | None = None
    until_day: str | None = None


@dataclass(frozen=True, slots=True)
class TypedRelation:
    """A relation known by name: its property, of Wikidata ("P463") or kg's own ("kg:meets"), and label.

    ``turned`` if it leads from the object to the subject of the claim, as that is told in the
    active voice: "Z founded Y" says that Y was founded by (P112) Z.
    """

    property: str
    label: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says, in the voice of that sentence.

    Claims of one clause share its number ``clause``. ``confidence`` is the
    probability, between 0 and 1, that the sentence says this, ``worth`` that somebody who
    collects what the text says would keep it. ``held_back`` tells why it is not told as a fact,
    whatever the sentence says: it may not have been read right, or says too little.
    """

    id: str
    clause: int
    subject: Phrase
    predicate: Predicate
    object: Phrase | None
    sentence: Offsets
    confidence: float
    found_by: str
    arguments: tuple[Argument, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    attribution: Attribution | None = None
    time: Time | None = None
    cues: tuple[Cue, ...] = ()
    relation: TypedRelation | None = None
    worth: float = 1.0
    held_back: HeldBack = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0 or not 0.0 <= self.worth <= 1.0:
            raise InvalidRecordError(f"Confidence and worth must lie in [0, 1]: {self}")

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """All who say so, the outermost first; none where the document says it itself."""
        return tuple(self.attribution.chain()) if self.attribution else ()

    @property
    def agent(self) -> Argument | None:
        """Who did it, where a passive names nobody as its object: the Z of "Y was arrested by Z"."""
        # With an object of its own ("was given a medal by Peru") the active clause would have two.
        if not self.predicate.passive or self.object is not None:
            return None
        return next((a for a in self.arguments if a.role == "agent"), None)

    @property
    def ends(self) -> tuple[Phrase, Phrase | None]:
        """Subject and object, as the claim is told in the active voice."""
        agent = self.agent
        return (agent.phrase, self.subject) if agent else (self.subject, self.object)

    @property
    def is_stated(self) -> bool:
        """Whether the document says so in its own voice, without denial or doubt."""
        return (
            self.polarity == "positive" and self.modality == "asserted" and self.attribution is None
        )

    @property
    def is_fact(self) -> bool:
        """Whether it is told as a fact: the document states it, and it is surely read and says something."""
        return self.is_stated and not self.held_back


@dataclass(frozen=True, slots=True)
class Failure:
    """A fault of kg's own, met inside one document: the kind of error, where, its message.

    ``place`` is a file of kg and a line ("kg/reading/grammar.py:12"). ``trace``, the
    traceback, is for whoever looks into it: it is neither compared nor kept.
    """

    error: str
    place: str
    message: str
    trace: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.error} in {self.place}" + (f": {self.message}" if self.message else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """All learned from one document. ``sentences`` are offsets in reading order.

    With a ``failure`` kg could not read the document, and tells nothing of it but its text.
    """

    document: Document
    sentences: tuple[Offsets, ...] = ()
    groups: tuple[MentionGroup, ...] = ()
    claims: tuple[Claim, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The same thing in another data set; ``exact`` when sure, else a close match."""

    iri: str
    exact: bool
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, over all documents.

    ``id`` is a slug of the name and stable between builds. ``groups`` are the
    (document id, group id) pairs that were found to be this thing; a Concept that
    only claims name has none.
    """

    id: str
    name: str
    type: str
    also_known_as: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """What fills a place in a linked claim: an entity, or just the words (no ``entity_id``)."""

    text: str
    entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A claim whose phrases have become entities, always in the active voice.

    ``predicate`` is the relation's label ("hold military exercises with", or "be
    arrested" when nobody is named who did it). ``speakers`` are outermost first;
    None where nobody is named. ``claim`` keeps the words as they stand.
    """

    id: str
    document_id: str
    subject: Term
    predicate: str
    head: str
    object: Term | None
    claim: Claim
    arguments: tuple[tuple[str, Term], ...] = ()
    speakers: tuple[Term | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What the corpus says of two entities; the sum of the claims that say or deny it.

    ``claims`` are LinkedClaim ids. ``affirmed`` counts facts, ``denied`` those
    negative and asserted (attributed ones included), ``hedged`` all the rest. ``typed`` is the
    name under which the relation is known, None if it is not; ``kind`` is a key of
    ``relation_types.relation_kinds()``.
    """

    id: str
    subject_id: str
    predicate: str
    head: str
    object_id: str
    claims: tuple[str, ...] = field(default=())
    confidence: float = 0.0
    affirmed: int = 0
    denied: int = 0
    hedged: int = 0
    kind: str = ""
    typed: TypedRelation | None = None

    @property
    def status(self) -> Literal["fact", "contested", "denied", "hedged"]:
        """How the corpus stands to it: contested means affirmed here and denied there."""
        return edge_status(self.affirmed, self.denied)


def edge_status(affirmed: int, denied: int) -> Literal["fact", "contested", "denied", "hedged"]:
    """Return how a corpus stands to what so many claims affirm and so many deny."""
    if affirmed:
        return "contested" if denied else "fact"
    return "denied" if denied else "hedged"
