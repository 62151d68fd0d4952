"""A small corpus read by hand: three invented documents, every status a claim can have.

``sample_graph()`` is what outputs are tested with: no model is loaded. Phrases are
given by their words and found in the sentence, so offsets are right by construction.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.records import (
    Argument,
    Attribution,
    Claim,
    Cue,
    Document,
    Entity,
    Link,
    LinkedClaim,
    Mention,
    MentionGroup,
    Page,
    Paragraph,
    Passage,
    Phrase,
    Predicate,
    Reading,
    Term,
    Time,
)
from kg.vocabulary import TYPES as TYPE_TABLE

TYPE_NAMES = tuple(TYPE_TABLE)
WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass
class Writer:
    """Writes one Reading: sentences, then what they name, then what they claim."""

    document_id: str
    title: str
    names: dict[str, tuple[str, ...]]
    types: dict[str, str]
    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def say(self, sentence: str, paragraph: str = "") -> None:
        """Add a sentence, in a paragraph of its own if it has a number."""
        if self.text:
            self.text += "\n\n" if paragraph else " "
        start = len(self.text)
        self.text += sentence
        self.sentences.append((start, len(self.text)))
        if paragraph:
            self.paragraphs.append(Paragraph(start, len(self.text), paragraph))
        elif self.paragraphs:
            last = self.paragraphs[-1]
            self.paragraphs[-1] = Paragraph(last.start, len(self.text), last.number)

    def find(self, words: str) -> tuple[int, int]:
        """Return where the words stand in the last sentence."""
        start = self.text.index(words, self.sentences[-1][0])
        return start, start + len(words)

    def phrase(self, words: str | None, *, literal: bool = False) -> Phrase | None:
        """Return the phrase, with the group that has it among its names."""
        if words is None:
            return None
        group = next((i for i, names in enumerate(self.names.values()) if words in names), None)
        return Phrase((self.find(words),), words, group=group, literal=literal)

    def claim(
        self, subject: str, predicate: str, object_: str | None, lemma: str = "", **how
    ) -> None:
        """Add a claim that the last sentence makes; ``how`` is its status and arguments."""
        head = (lemma or predicate).split()[0]
        identity = f"{self.document_id} {self.sentences[-1]} {subject} {predicate} {object_}"
        cues = [self.cue(kind, words) for kind, words in how.get("cues", ())]
        speakers = how.get("speakers", ())
        when = how.get("time")
        self.claims.append(
            Claim(
                id=hashlib.sha256(identity.encode()).hexdigest()[:12],
                clause=len(self.claims),
                subject=self.phrase(subject),
                predicate=Predicate(
                    (self.find(predicate),),
                    predicate,
                    lemma or predicate,
                    head,
                    participle=how.get("participle", ""),
                    implicit=how.get("implicit", False),
                ),
                object=self.phrase(object_, literal=how.get("literal", False)),
                sentence=self.sentences[-1],
                confidence=how.get("confidence", 0.9),
                found_by="verb clauses",
                arguments=tuple(Argument(r, self.phrase(w)) for r, w in how.get("arguments", ())),
                polarity=how.get("polarity", "positive"),
                modality=how.get("modality", "asserted"),
                attribution=self.attribution(speakers, how.get("deny", False)),
                time=Time(when[0], *self.find(when[0]), when[1], when[2]) if when else None,
                cues=tuple(cues),
            )
        )

    def cue(self, kind: str, words: str) -> Cue:
        """Return a cue that the last sentence holds."""
        return Cue(kind, *self.find(words), words)

    def attribution(
        self, speakers: Sequence[tuple[str | None, str, *tuple[bool, ...]]], deny: bool
    ) -> Attribution | None:
        """Return who says so, the outermost first; each is (words or None, cue, denies?)."""
        if not speakers:
            return None
        (speaker, cue, *denies), *rest = speakers
        return Attribution(
            self.phrase(speaker),
            self.cue("speaker", cue),
            deny or any(denies),
            self.attribution(rest, False),
        )

    def reading(self, pages: tuple[Page, ...] = ()) -> Reading:
        """Return all that was written as a Reading, every mention of every name found."""
        document = Document(
            id=self.document_id,
            title=self.title,
            text=self.text,
            source=f"{self.document_id}.txt",
            language="en",
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            pages=pages or (Page(0, len(self.text), "12", "14"),),
            paragraphs=tuple(self.paragraphs),
        )
        groups = tuple(
            MentionGroup(i, name, self.types[name], self.mentions(forms))
            for i, (name, forms) in enumerate(self.names.items())
        )
        return Reading(document, tuple(self.sentences), groups, tuple(self.claims))

    def mentions(self, forms: Sequence[str]) -> tuple[Mention, ...]:
        """Return where any of the forms stands, one form inside another counted once."""
        found: list[tuple[int, int]] = []
        for form in sorted(forms, key=len, reverse=True):
            start = self.text.find(form)
            while start >= 0:
                if not any(s <= start < e for s, e in found):
                    found.append((start, start + len(form)))
                start = self.text.find(form, start + 1)
        return tuple(
            Mention(Passage(self.document_id, s, e), self.text[s:e], "name")
            for s, e in sorted(found)
        )


TYPES = {
    "Norland": "Country",
    "Estmark": "Country",
    "Vesk": "City",
    "Halden Bridge": "Facility",
    "Halden Bridge attack": "Event",
    "Irena Kovac": "Person",
    "Tomas Brandt": "Person",
    "Maja Lind": "Person",
    "Northern Signals Directorate": "Government",
    "Committee on Security": "Government",
    "Meridian Energy": "Organization",
    "Civic Union": "PoliticalParty",
    "Baltic Sea": "Region",
    "Harbour Accord": "Law",
    "Norland forces": "Group",
    "Foreign Minister": "Role",
    "The Vesk Courier": "Organization",
    "Lumen malware": "Product",
    "Port of Vesk": "Facility",
    "Oskar Dahl": "Person",
}
ALIASES = {
    "Northern Signals Directorate": ("NSD", "the Directorate", "The Directorate"),
    "Irena Kovac": ("Kovac", "Minister Kovac"),
    "Tomas Brandt": ("Brandt",),
    "Committee on Security": ("the Committee", "The Committee"),
    "Norland": ("Republic of Norland",),
}
LINKS = {
    "Baltic Sea": (
        Link(WIKIDATA + "Q545", True, 0.99),
        Link("https://sws.geonames.org/630674/", True, 0.97),
    ),
    "Norland": (Link(WIKIDATA + "Q1158652", False, 0.61),),
}


def _names(*wanted: str) -> dict[str, tuple[str, ...]]:
    return {name: (name, *ALIASES.get(name, ())) for name in wanted}


def _report() -> Reading:
    w = Writer(
        "committee-report",
        "Committee on Security: Annual Report",
        _names("Norland", "Estmark", "Vesk", "Halden Bridge attack", "Halden Bridge", "Irena Kovac",
               "Northern Signals Directorate", "Committee on Security", "Meridian Energy",
               "Baltic Sea", "Harbour Accord", "Norland forces", "Lumen malware"),
        TYPES,
    )  # fmt: skip
    w.say("In March 2031 Norland held military exercises with Estmark in the Baltic Sea.", "41")
    w.claim(
        "Norland",
        "held military exercises with",
        "Estmark",
        "hold military exercises with",
        time=("In March 2031", "2031-03-01", "2031-03-31"),
        arguments=[("in", "Baltic Sea")],
        confidence=0.94,
    )
    w.claim("Norland", "held", "military exercises", "hold", confidence=0.83)
    w.say("The Halden Bridge attack was ordered by the Northern Signals Directorate.")
    w.claim(
        "Halden Bridge attack",
        "was ordered",
        None,
        "order",
        participle="ordered",
        arguments=[("agent", "Northern Signals Directorate")],
        confidence=0.92,
    )
    w.claim(
        "Halden Bridge attack",
        "attack",
        "Halden Bridge",
        "take place at",
        implicit=True,
        confidence=0.71,
    )
    w.say("Norland denied that the Directorate had ordered the Halden Bridge attack.", "42")
    w.claim(
        "the Directorate",
        "had ordered",
        "Halden Bridge attack",
        "order",
        polarity="negative",
        speakers=[("Norland", "denied")],
        deny=True,
        cues=[("negation", "denied")],
        confidence=0.88,
    )
    w.say("The Committee has seen no evidence that Meridian Energy financed the Directorate.")
    w.claim(
        "Meridian Energy",
        "financed",
        "the Directorate",
        "finance",
        polarity="negative",
        modality="possible",
        cues=[("hedge", "no evidence")],
        confidence=0.74,
    )
    w.say("Minister Kovac said that Norland may station 4,000 soldiers in Estmark by 2033.", "43")
    w.claim(
        "Norland",
        "station",
        "4,000 soldiers",
        "station",
        modality="possible",
        literal=True,
        speakers=[("Minister Kovac", "said")],
        cues=[("hedge", "may")],
        arguments=[("in", "Estmark")],
        time=("by 2033", None, "2033-12-31"),
        confidence=0.79,
    )
    w.say("Estmark plans to leave the Harbour Accord.")
    w.claim(
        "Estmark",
        "leave",
        "Harbour Accord",
        "leave",
        modality="intended",
        cues=[("intention", "plans to")],
        confidence=0.91,
    )
    w.say("Norland forces have entered Vesk, 😀 and the Directorate built the Lumen malware.", "44")
    w.claim("Norland forces", "entered", "Vesk", "enter", confidence=0.86)
    w.claim("the Directorate", "built", "Lumen malware", "build", confidence=0.9)
    w.claim("Norland forces", "Norland", "Norland", "be part of", implicit=True, confidence=0.7)
    w.say("If Estmark leaves the Harbour Accord, Norland would close the Baltic Sea.")
    w.claim(
        "Norland",
        "would close",
        "Baltic Sea",
        "close",
        modality="conditional",
        cues=[("condition", "If")],
        confidence=0.7,
    )
    return w.reading((Page(0, 300, "18", "20"), Page(300, len(w.text), "19", "21")))


def _courier() -> Reading:
    w = Writer(
        "vesk-courier",
        "The Vesk Courier, 4 May 2031",
        _names("Norland", "Vesk", "Halden Bridge attack", "Halden Bridge", "Irena Kovac",
               "Tomas Brandt", "Maja Lind", "Northern Signals Directorate", "Meridian Energy",
               "Civic Union", "The Vesk Courier", "Port of Vesk", "Oskar Dahl", "Foreign Minister"),
        TYPES,
    )  # fmt: skip
    w.say("Tomas Brandt, a former officer of the NSD, now leads Meridian Energy.", "1")
    w.claim("Tomas Brandt", "leads", "Meridian Energy", "lead", confidence=0.95)
    w.claim("Tomas Brandt", "officer", "NSD", "serve as officer of", implicit=True, confidence=0.82)
    w.say("According to Maja Lind, Brandt met Irena Kovac in Vesk.")
    w.claim(
        "Brandt",
        "met",
        "Irena Kovac",
        "meet",
        speakers=[("Maja Lind", "According to")],
        arguments=[("in", "Vesk")],
        confidence=0.84,
    )
    w.say("Brandt never met Irena Kovac, a spokesman for Meridian Energy said.")
    w.claim(
        "Brandt",
        "met",
        "Irena Kovac",
        "meet",
        polarity="negative",
        speakers=[("Meridian Energy", "said")],
        cues=[("negation", "never")],
        confidence=0.85,
    )
    w.say("Meridian Energy paid the Civic Union 2.4 million crowns.", "2")
    w.claim("Meridian Energy", "paid", "Civic Union", "pay", confidence=0.93)
    w.claim("Meridian Energy", "paid", "2.4 million crowns", "pay", literal=True, confidence=0.9)
    w.say("The Civic Union reportedly supports Irena Kovac.")
    w.claim(
        "Civic Union",
        "supports",
        "Irena Kovac",
        "support",
        modality="possible",
        cues=[("hedge", "reportedly")],
        confidence=0.81,
    )
    w.say("Kovac, the Foreign Minister of Norland, visited the Port of Vesk.", "3")
    w.claim(
        "Kovac",
        "Foreign Minister",
        "Foreign Minister",
        "hold office of",
        implicit=True,
        confidence=0.88,
    )
    w.claim(
        "Kovac", "Foreign Minister of", "Norland", "be minister of", implicit=True, confidence=0.87
    )
    w.claim("Kovac", "visited", "Port of Vesk", "visit", confidence=0.92)
    w.say("Nobody was injured in the Halden Bridge attack, but the NSD was blamed.")
    w.say("Maja Lind writes for The Vesk Courier.")
    w.claim("Maja Lind", "writes for", "The Vesk Courier", "write for", confidence=0.9)
    w.say("Oskar Dahl was in town.")
    return w.reading()


def _hearing() -> Reading:
    w = Writer(
        "hearing",
        "Hearing of 12 June 2031, transcript",
        _names("Norland", "Estmark", "Irena Kovac", "Tomas Brandt", "Committee on Security",
               "Northern Signals Directorate", "Halden Bridge attack", "Harbour Accord",
               "Meridian Energy", "Lumen malware", "Norland forces"),
        TYPES,
    )  # fmt: skip
    w.say("The Committee questioned Irena Kovac about military exercises.", "7")
    w.claim("The Committee", "questioned", "Irena Kovac", "question", confidence=0.93)
    w.say("The Northern Signals Directorate ordered the Halden Bridge attack, the Committee found.")
    w.claim(
        "Northern Signals Directorate",
        "ordered",
        "Halden Bridge attack",
        "order",
        speakers=[("the Committee", "found")],
        confidence=0.9,
    )
    w.say("Brandt did not leave the Directorate in 2027.", "8")
    w.claim(
        "Brandt",
        "did not leave",
        "the Directorate",
        "leave",
        polarity="negative",
        cues=[("negation", "not")],
        time=("in 2027", "2027-01-01", "2027-12-31"),
        confidence=0.89,
    )
    w.say("Kovac must sign the Harbour Accord, and Norland held military exercises with Estmark.")
    w.claim(
        "Kovac",
        "must sign",
        "Harbour Accord",
        "sign",
        modality="required",
        cues=[("obligation", "must")],
        confidence=0.86,
    )
    w.claim(
        "Norland",
        "held military exercises with",
        "Estmark",
        "hold military exercises with",
        confidence=0.9,
    )
    w.say("Did Meridian Energy sell the Lumen malware to Norland?", "9")
    w.claim(
        "Meridian Energy",
        "sell",
        "Lumen malware",
        "sell",
        modality="questioned",
        cues=[("question", "Did")],
        arguments=[("to", "Norland")],
        confidence=0.8,
    )
    w.say("The witness said that Brandt had said that the Directorate planned military exercises.")
    w.claim(
        "the Directorate",
        "planned",
        "military exercises",
        "plan",
        speakers=[(None, "said"), ("Brandt", "had said")],
        confidence=0.77,
    )
    return w.reading((Page(0, len(w.text), "", "3"),))


def sample_readings() -> tuple[Reading, ...]:
    """Return the three readings."""
    return _report(), _courier(), _hearing()


def sample_graph() -> KnowledgeGraph:
    """Return the graph of the three readings; names that are equal are one entity."""
    readings = sample_readings()
    return assemble_graph(readings, list(link_by_name(readings)))


def link_by_name(readings: Sequence[Reading]) -> list[Entity]:
    """Return one entity for each name that a group has, in any document."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for reading in readings:
        for group in reading.groups:
            if group.mentions:
                groups.setdefault(group.name, []).append((reading.document.id, group.id))
    kinds = {g.name: g.type for reading in readings for g in reading.groups}
    return [
        Entity(
            id="-".join(name.casefold().split()),
            name=name,
            type=kinds[name],
            also_known_as=tuple(
                a for a in ALIASES.get(name, ()) if not a.startswith(("the ", "The "))
            ),
            links=LINKS.get(name, ()),
            groups=tuple(found),
        )
        for name, found in groups.items()
    ]


def synthetic_graph(size: int, seed: int = 1) -> KnowledgeGraph:
    """Return a graph of so many entities, scale-free and in clusters, as big corpora make."""
    chance = random.Random(seed)
    kinds = [kind for kind in TYPE_NAMES for _ in range(3 if kind in ("Person", "Concept") else 1)]
    ids = [f"entity-{i}" for i in range(size)]
    words = [
        "Anders",
        "Berit",
        "Carla",
        "Dorn",
        "Elst",
        "Fjord",
        "Gran",
        "Holm",
        "Ister",
        "Jonas",
        "Kell",
        "Lund",
        "Maar",
        "Nord",
    ]
    names = [f"{chance.choice(words)} {chance.choice(words)} {i}" for i in range(size)]
    text = " ".join(f"{name} was there." for name in names)
    document = Document("synthetic", "Synthetic corpus", text, "s.txt", "en", "0" * 64)
    groups, entities, offset = [], [], 0
    for i, (id_, name) in enumerate(zip(ids, names, strict=True)):
        kind = chance.choice(kinds)
        passage = Passage("synthetic", offset, offset + len(name))
        groups.append(MentionGroup(i, name, kind, (Mention(passage, name, "name"),)))
        entities.append(Entity(id_, name, kind, groups=(("synthetic", i),)))
        offset += len(name) + len(" was there. ")
    claims = []
    ends = [0]
    for i in range(1, size):
        if chance.random() < 0.08:
            continue
        for turn in range(2):
            j = chance.choice(ends[-300:] if chance.random() < 0.7 else ends)
            ends += [i, j]
            claims.append(_synthetic_claim(i, j, turn, groups, chance.random()))
    return KnowledgeGraph([Reading(document, (), tuple(groups), ())], entities, claims)


def _synthetic_claim(
    i: int, j: int, turn: int, groups: list[MentionGroup], draw: float
) -> LinkedClaim:
    first, second = (groups[n].mentions[0] for n in (i, j))
    spans = [((m.passage.start, m.passage.end),) for m in (first, second)]
    end = first.passage.end + len(" was there.")
    claim = Claim(
        id=f"{i:06x}{j:06x}{turn}",
        clause=i,
        subject=Phrase(spans[0], first.text, group=i),
        predicate=Predicate(((end - 10, end - 1),), "was there", f"verb{(i * j) % 17} with", "be"),
        object=Phrase(spans[1], second.text, group=j),
        sentence=(first.passage.start, end),
        confidence=round(0.5 + draw / 2, 2),
        found_by="synthetic",
        polarity="negative" if draw > 0.93 else "positive",
        modality="possible" if 0.6 < draw < 0.75 else "intended" if draw < 0.1 else "asserted",
    )
    predicate = claim.predicate
    return LinkedClaim(
        claim.id,
        "synthetic",
        Term(first.text, f"entity-{i}"),
        predicate.lemma,
        predicate.head,
        Term(second.text, f"entity-{j}"),
        claim,
    )
