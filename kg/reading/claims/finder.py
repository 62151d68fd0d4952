"""Everything that one parsed document says: verb and noun claims as records.

Here token ranges become stretches of the document's own text, phrases are tied to the
groups that they name, and each claim gets its status, time and id; the checker then tells how
sure it is and how much it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.lexicons import Lexicons
from kg.reading.claims.checker import load_checker
from kg.reading.claims.checker_features import Candidate
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.from_nouns import NounClaimFinder
from kg.reading.claims.from_verbs import BinaryRenderer
from kg.reading.claims.from_whole_clauses import NaryRenderer
from kg.reading.claims.no_sentences import is_noise, is_reference, states_something
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.claims.phrase_records import PhraseMaker
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.claims.reckoning import DayReckoner
from kg.reading.claims.related import Related, RelationFinder
from kg.reading.claims.spelling import one_spelling, one_spelling_of_all
from kg.reading.claims.unsound import Soundness
from kg.reading.grammar import AUXILIARIES
from kg.reading.status.finder import StatusFinder
from kg.reading.status.note_sources import find_note_sources
from kg.reading.status.values import PLAIN, Speaker, Status
from kg.records import Attribution, Claim, Cue, Offsets, Phrase, Predicate, TypedRelation

_EQUATING = frozenset({"be", "mean", "refer to", "refer to as"})
Meant = tuple[Status, Attribution | None, tuple[Cue, ...]]
"""How a clause is meant, who says so, and the words that tell."""


def find_claims(parsed: ParsedText, lexicons: Lexicons, *, nary: bool = False) -> Iterator[Claim]:
    """Yield the claims of a document in reading order, each only once.

    By default they are minimal and binary; ``nary`` gives one claim a clause.
    """
    checker = load_checker()
    for candidates in find_candidates(parsed, lexicons, nary=nary):
        judged = checker.judge(candidates, parsed)
        for candidate, (right, worth) in zip(candidates, judged, strict=True):
            yield replace(candidate.claim, confidence=round(right, 3), worth=round(worth, 3))


def find_candidates(
    parsed: ParsedText, lexicons: Lexicons, *, nary: bool = False
) -> Iterator[list[Candidate]]:
    """Yield the claims of each sentence that has some, not yet judged: their confidence is 1."""
    maker = _ClaimMaker(parsed, lexicons, nary=nary)
    relations = RelationFinder(parsed)
    number = 0
    for first, last in parsed.syntax.sentences:
        if first in parsed.labels and last - 1 in parsed.labels:
            continue
        if not maker.says_something(first, last):
            continue
        found = maker.raw_claims(first, last, number)
        number = found[-1].clause + 1 if found else number
        sentence = parsed.stretch(range(first, last))
        if sentence is None:
            continue
        related = [] if nary else relations.related(first, last)
        candidates = list(relations.named(maker.candidates(found, sentence), related))
        for raw, between in relations.claims(related, candidates, number):
            number += 1
            candidates += maker.candidates([raw], sentence, between)
        if candidates:
            yield candidates


def _said(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says and where, whatever rule found it.

    Words that lead into several items of a list say what they say by themselves only once.
    """
    object_ = claim.object and (claim.object.spans, claim.object.group)
    subject, relation = (claim.subject.spans, claim.subject.group), claim.predicate.lemma
    agents = tuple(a.phrase.spans for a in claim.arguments if a.role == "agent" and not object_)
    return subject, relation, object_, agents, claim.sentence[0]


def _with_own_id(claim: Claim, taken: set[str]) -> Claim:
    """Return a claim under an id that no other has: "owned by: – Z; – Y" says two things at one place."""
    if claim.id in taken:
        identity = f"{claim.id} {claim.sentence}"
        claim = replace(claim, id=hashlib.sha256(identity.encode()).hexdigest()[:16])
    taken.add(claim.id)
    return claim


class _ClaimMaker:
    """Makes the claims of one parsed text, sentence by sentence."""

    def __init__(self, parsed: ParsedText, lexicons: Lexicons, *, nary: bool) -> None:
        self.parsed = parsed
        self._meant: dict[object, Meant] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._taken: set[str] = set()
        self.syntax = parsed.syntax
        self.days = DayReckoner(parsed)
        self.status = StatusFinder(parsed.syntax, lexicons, parsed.voices)
        self.sources = find_note_sources(
            parsed.syntax, parsed.mentions, parsed.notes, parsed.locate
        )
        names = {
            i: (m.start, m.end)
            # Outer names come first in the list; backwards they are written last, and stay.
            for m in reversed(parsed.mentions.mentions)
            if m.kind in {"name", "acronym"}
            for i in range(m.start, m.end)
        }
        self.clauses = ClauseFinder(parsed.syntax, lexicons, names=names)
        binary = BinaryRenderer(self.clauses.cutter, lexicons)
        self.render = NaryRenderer(self.clauses).render if nary else binary.render
        self.phrases = PhraseMaker(parsed, self.clauses, self.status)
        self.nouns = NounClaimFinder(
            self.clauses, lexicons, parsed.mentions.at_head, self.phrases.members
        )
        self.soundness = Soundness(parsed.syntax, lexicons)

    def says_something(self, first: int, last: int) -> bool:
        """Tell what is no mere reference, noise, or heading without a statement."""
        if is_reference(self.syntax, first, last) or is_noise(self.syntax, first, last):
            return False
        return not self.parsed.is_heading(first) or states_something(self.syntax, first, last)

    def raw_claims(self, first: int, last: int, number: int) -> list[RawClaim]:
        """Return the claims of a sentence in tokens; ``number`` is its first clause's."""
        titled = self.parsed.is_heading(first)
        found: list[RawClaim] = []
        for clause in self.clauses.find(first, last):
            found += self.render(clause, number)
            number += 1
        # The nouns of a heading are topics: "Attack on Peru: what we know".
        if not titled:
            found += self.nouns.find(first, last, number)
        return self.soundness.sound(found)

    def candidates(
        self, found: Iterable[RawClaim], sentence: Offsets, related: Related | None = None
    ) -> Iterator[Candidate]:
        """Yield claims as records, each only once: those of grammar, or what is ``related``."""
        relation = related and TypedRelation(related.relation.key, related.relation.label)
        for raw in found:
            for record, status in self.records(raw, sentence):
                key = _said(record)
                if key not in self._seen:
                    self._seen.add(key)
                    claim = replace(_with_own_id(record, self._taken), relation=relation)
                    yield Candidate(raw, claim, status, related.score if related else None)

    def records(self, raw: RawClaim, sentence: Offsets) -> Iterator[tuple[Claim, Status]]:
        """Yield the records of a raw claim: several where a phrase names several groups."""
        predicate = self._predicate(raw)
        if predicate is None:
            return
        status, attribution, cues = self._how_meant(raw)
        document_id = self.parsed.document_id
        arguments = tuple(self.phrases.arguments(raw))
        # "will meet on Friday" is a Friday to come.
        time = self.days.time(raw.times, ahead=status.modality == "intended")
        if time is None and self.parsed.dated and self._happens(raw, status):
            time = self.days.of_entry(sentence)
        phrases = self.phrases.phrases
        objects = phrases(raw.object, literal=raw.literal) if raw.object else [None]
        for subject in self._subjects(raw):
            for object_ in objects:
                if _says_nothing(subject, raw.lemma, object_):
                    continue
                claim = Claim(
                    id=claim_id(document_id, subject, predicate, object_, found_by=raw.found_by), clause=raw.clause,
                    subject=subject, predicate=predicate, object=object_,
                    sentence=sentence, confidence=1.0,
                    found_by=raw.found_by, arguments=arguments,
                    polarity="negative" if status.negative else "positive", modality=status.modality,
                    attribution=attribution, time=time, cues=cues,
                )  # fmt: skip
                yield claim, status

    def _happens(self, raw: RawClaim, status: Status) -> bool:
        """Tell what an entry of a chronology says to happen on its day: nothing planned or long past."""
        syntax, verb = self.syntax, raw.status_at
        earlier = syntax.has_child(verb, {"had"}, AUXILIARIES)
        own = status.modality == "asserted" and not status.speakers
        event = not (raw.noun or raw.granted or raw.found_by == "verb: participle")
        return own and event and not earlier

    def _subjects(self, raw: RawClaim) -> list[Phrase]:
        """Return the subjects of a raw claim: its own group alone, if it is of one of several."""
        subjects = self.phrases.phrases(raw.subject, resolved=raw.resolved)
        if raw.subject_key is None:
            return subjects
        group = self.parsed.mentions.group_of[raw.subject_key]
        return [subject for subject in subjects if subject.group == group]

    def _how_meant(self, raw: RawClaim) -> Meant:
        """Return how a claim is meant and the words that tell: the same for most of a clause."""
        source = self._source(raw) if self.sources else None
        key = (raw.status_at, raw.noun, raw.definite, raw.granted, source)
        if key not in self._meant:
            status = self._from_source(source, self._status(raw))
            attribution = self.phrases.attribution(status.speakers)
            self._meant[key] = (status, attribution, tuple(self._cues(status)))
        return self._meant[key]

    def _status(self, raw: RawClaim) -> Status:
        if raw.granted:
            return self.status.in_turn(raw.status_at, PLAIN)
        if raw.noun:
            return self.status.of_noun(raw.status_at, definite=raw.definite)
        return self.status.of_verb(raw.status_at)

    def _source(self, raw: RawClaim) -> Speaker | None:
        """Return the source, named by a note, from which a claim's words are quoted."""
        told = [raw.status_at, raw.object.head] if raw.object else [raw.status_at]
        return next((self.sources[i] for i in told if i in self.sources), None)

    def _from_source(self, speaker: Speaker | None, status: Status) -> Status:
        """Attribute a claim to the source that a note names, if nobody else is named."""
        if speaker is None or any(s.head is not None for s in status.speakers):
            return status
        return replace(status, speakers=(speaker,)).cued("speaker", speaker.cue)

    def _predicate(self, raw: RawClaim) -> Predicate | None:
        spans = self.parsed.locate(raw.predicate)
        if not spans or not raw.lemma.strip():
            return None
        return Predicate(
            spans,
            self.parsed.words(spans),
            one_spelling_of_all(raw.lemma),
            one_spelling(raw.head),
            raw.participle,
            raw.implicit,
        )

    def _cues(self, status: Status) -> Iterator[Cue]:
        for kind, token in dict.fromkeys(status.cues):
            cue = self.parsed.cue(kind, token)
            if cue is not None:
                yield cue


def _says_nothing(subject: Phrase, lemma: str, object_: Phrase | None) -> bool:
    """Tell "Castor Ltd. is the Buyer" where a definition makes them one thing."""
    if object_ is None:
        return lemma == "mean"
    return lemma in _EQUATING and subject.group is not None and subject.group == object_.group


def claim_id(
    document_id: str,
    subject: Phrase,
    predicate: Predicate,
    object_: Phrase | None,
    *,
    found_by: str,
) -> str:
    """Return a hash of what a claim says and where: 16 hex digits."""
    where = (subject.spans, predicate.spans, object_ and object_.spans)
    # The same words may name several groups, each with a claim of its own.
    what = (subject.group, predicate.lemma, object_ and object_.group)
    parts = repr((document_id, where, what, found_by))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
