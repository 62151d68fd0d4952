"""Everything that one parsed document says: verb and noun claims as records.

Here token ranges become stretches of the document's own text, phrases are tied to the
groups that they name, and each claim gets its status, time, confidence and id.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from kg.lexicons import Lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.confidence import load_confidence
from kg.reading.claims.from_nouns import NounClaimFinder
from kg.reading.claims.from_verbs import RawClaim, render_binary
from kg.reading.claims.from_whole_clauses import render_nary
from kg.reading.claims.no_sentences import is_noise, is_reference, states_something
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.spelling import one_spelling, one_spelling_of_all
from kg.reading.claims.unsound import is_unsound
from kg.reading.grammar import Syntax, word_set
from kg.reading.mentions.groups import Mentions, TokenMention, antecedent_of
from kg.reading.parse_repair import mend
from kg.reading.status.finder import StatusFinder
from kg.reading.status.note_sources import find_note_sources
from kg.reading.status.values import PLAIN, Speaker, Status
from kg.reading.times import find_days
from kg.records import (
    Antecedent,
    Argument,
    Attribution,
    Claim,
    Cue,
    Footnote,
    Offsets,
    Phrase,
    Predicate,
    Time,
)

LocateTokens = Callable[[Sequence[int]], tuple[Offsets, ...]]
"""Turns tokens, in reading order, into stretches of the document's text, neighbours joined into one."""

Meant = tuple[Status, Attribution | None, tuple[Cue, ...]]
"""How a clause is meant, who says so, and the words that tell."""

_ONE_SPEAKER = word_set("i me myself")
QUOTED_SPEAKER = 0.9
"""Score of "I" in a quotation for the one whose words it is."""
RESOLVED_WITHOUT_MENTION = 0.6
"""Score of an owner taken from the sentence before ("This has included …")."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A parsed document: grammar, mentions, and the way back to the text's own offsets.

    ``headings`` are stretches of the text.
    """

    document_id: str
    text: str
    syntax: Syntax
    mentions: Mentions
    locate: LocateTokens
    notes: tuple[Footnote, ...] = ()
    date: str = ""
    headings: tuple[Offsets, ...] = ()


def find_claims(parsed: ParsedText, lexicons: Lexicons, *, nary: bool = False) -> Iterator[Claim]:
    """Yield the claims of a document in reading order, each only once.

    By default they are minimal and binary; ``nary`` gives one claim a clause.
    """
    for _, claim in find_with_tokens(parsed, lexicons, nary=nary):
        yield claim


def find_with_tokens(
    parsed: ParsedText, lexicons: Lexicons, *, nary: bool = False
) -> Iterator[tuple[RawClaim, Claim]]:
    """Yield each claim with the tokens that it was made of, for training on them."""
    maker = _ClaimMaker(parsed, lexicons, nary=nary)
    seen: set[tuple[object, ...]] = set()
    number = 0
    for first, last in parsed.syntax.sentences:
        raw = list(maker.raw_claims(first, last, number))
        number = raw[-1].clause + 1 if raw else number
        span = parsed.locate(range(first, last)) if raw else ()
        for claim in raw if span else ():
            for record in maker.records(claim, (span[0][0], span[-1][1])):
                key = (
                    record.subject.spans,
                    record.subject.group,
                    record.predicate.lemma,
                    record.object and (record.object.spans, record.object.group),
                    record.sentence,
                )
                if key not in seen:
                    seen.add(key)
                    yield claim, record


class _ClaimMaker:
    def __init__(self, parsed: ParsedText, lexicons: Lexicons, *, nary: bool) -> None:
        self.parsed = parsed
        self.nary = nary
        self._meant: dict[object, Meant] = {}
        self._speakers: dict[int, Phrase | None] = {}
        self.syntax = parsed.syntax
        self.locate = parsed.locate
        self.verbs = lexicons.verbs
        mend(self.syntax, lexicons)
        self.confidence = load_confidence("nary" if nary else "binary")
        self.status = StatusFinder(parsed.syntax, lexicons)
        self.sources = find_note_sources(
            parsed.syntax, parsed.mentions, parsed.notes, parsed.locate
        )
        names = {
            i: (m.start, m.end)
            for m in reversed(parsed.mentions.mentions)
            if m.kind in {"name", "acronym"}
            for i in range(m.start, m.end)
        }
        self.clauses = ClauseFinder(parsed.syntax, names)
        at_head, members = parsed.mentions.at_head, _members(parsed.mentions)
        self.named = {head: [mention] for head, mention in at_head.items()} | members
        """What a phrase with such a head names: two for "Chinese and Mongolian forces"."""
        self.nouns = NounClaimFinder(self.clauses, lexicons, at_head, members)

    def raw_claims(self, first: int, last: int, number: int) -> Iterator[RawClaim]:
        """Yield the claims of a sentence in tokens; ``number`` is its first clause's."""
        if is_reference(self.syntax, first, last) or is_noise(self.syntax, first, last):
            return
        titled = self._is_heading(first)
        if titled and not states_something(self.syntax, first, last):
            return
        for clause in self.clauses.find(first, last):
            rendered = (
                render_nary(clause, number, self.clauses)
                if self.nary
                else render_binary(clause, number, self.clauses.cutter, self.verbs)
            )
            yield from (raw for raw in rendered if not is_unsound(raw, self.syntax))
            number += 1
        for raw in () if titled else self.nouns.find(first, last, number):
            if not is_unsound(raw, self.syntax):
                yield raw

    def _is_heading(self, first: int) -> bool:
        """Tell whether a sentence stands in a heading."""
        headings = self.parsed.headings
        spans = self.locate((first,)) if headings else ()
        if not spans:
            return False
        before = bisect_right(headings, spans[0][0], key=itemgetter(0)) - 1
        return before >= 0 and spans[0][0] < headings[before][1]

    def records(self, raw: RawClaim, sentence: Offsets) -> Iterator[Claim]:
        """Yield the records of a raw claim: several where a phrase names several groups."""
        predicate = self._predicate(raw)
        if predicate is None:
            return
        status, attribution, cues = self._how_meant(raw)
        document_id, sure = self.parsed.document_id, self.confidence.probability(raw, self.syntax)
        key = raw.subject_key
        group = None if key is None else self.parsed.mentions.group_of[key]
        arguments = tuple(self._arguments(raw))
        time = self._time(raw, ahead=status.modality == "intended")
        for subject in self._phrases(raw.subject, resolved=raw.resolved):
            if key is not None and subject.group != group:
                continue
            for object_ in self._phrases(raw.object, literal=raw.literal) if raw.object else [None]:
                yield Claim(
                    id=claim_id(document_id, subject, predicate, object_, raw.found_by), clause=raw.clause,
                    subject=subject, predicate=predicate, object=object_,
                    sentence=sentence, confidence=_resolved(sure, subject, object_),
                    found_by=raw.found_by, arguments=arguments,
                    polarity="negative" if status.negative else "positive", modality=status.modality,
                    attribution=attribution, time=time, cues=cues,
                )  # fmt: skip

    def _how_meant(self, raw: RawClaim) -> Meant:
        """Return how a claim is meant and the words that tell: the same for most of a clause."""
        source = self._source(raw) if self.sources else None
        key = (raw.status_at, raw.noun, raw.definite, raw.granted, source)
        if key not in self._meant:
            status = self._from_source(source, self._status(raw))
            attribution = self._attribution(status.speakers)
            self._meant[key] = (status, attribution, tuple(self._cues(status)))
        return self._meant[key]

    def _status(self, raw: RawClaim) -> Status:
        if raw.granted:
            return PLAIN
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
        spans = self.locate(raw.predicate)
        if not spans or not raw.lemma.strip():
            return None
        return Predicate(
            spans,
            self._words(spans),
            one_spelling_of_all(raw.lemma),
            one_spelling(raw.head),
            raw.participle,
            raw.implicit,
        )

    def _phrases(
        self, phrase: NounPhrase, *, literal: bool = False, resolved: bool = False
    ) -> list[Phrase]:
        spans = self.locate(phrase.tokens)
        if not spans:
            return []
        words = self._words(spans)
        if literal:
            return [Phrase(spans, words, literal=True)]
        named = self.named.get(phrase.head) or self._first_person(phrase.head)
        if named is None:
            literal, meant = self._is_value(phrase), self._stood_for(phrase.head)
            return [Phrase(spans, words, literal=literal and meant is None, resolved=meant)]
        return [
            Phrase(
                spans,
                words,
                self.parsed.mentions.group_of[m.key],
                resolved=self._antecedent(m, resolved),
            )
            for m in named
        ]

    def _antecedent(self, mention: TokenMention, resolved: bool) -> Antecedent | None:
        found = antecedent_of(mention, self._stretch, self.parsed.text)
        if found is None and resolved:
            return self._meant_at(mention.start, mention.end, RESOLVED_WITHOUT_MENTION)
        return found

    def _first_person(self, i: int) -> list[TokenMention] | None:
        """Return the mention of whoever says "I" in a quotation or in a turn to speak."""
        if self.syntax.lowers[i] not in _ONE_SPEAKER:
            return None
        speaker = self.status.voice_at(i)
        if speaker is None or speaker.head is None or speaker.head not in self.named:
            return None
        mention = self.named[speaker.head][0]
        place = mention.antecedent or (mention.start, mention.end)
        score = round(mention.score * QUOTED_SPEAKER, 3)
        return [replace(mention, antecedent=place, score=score)]

    def _stood_for(self, pronoun: int) -> Antecedent | None:
        """Return the words without a name that a pronoun stands for."""
        found = self.parsed.mentions.nameless.get(pronoun)
        if found is None:
            return None
        tokens = self.clauses.phrase(found[0], preps=("of",)).tokens
        return self._meant_at(tokens[0], tokens[-1] + 1, found[1])

    def _meant_at(self, start: int, end: int, score: float) -> Antecedent | None:
        spans = self.locate(range(start, end))
        if not spans:
            return None
        first, after = spans[0][0], spans[-1][1]
        return Antecedent(first, after, self.parsed.text[first:after], score)

    def _stretch(self, start: int, end: int) -> Offsets:
        spans = self.locate(range(start, end))
        return spans[0][0], spans[-1][1]

    def _is_value(self, phrase: NounPhrase) -> bool:
        """Tell a quantity or an adjective, which is no thing."""
        return self.syntax.pos[phrase.head] in {"NUM", "ADJ", "ADV"}

    def _arguments(self, raw: RawClaim) -> Iterator[Argument]:
        for role, phrase in raw.arguments:
            for found in self._phrases(phrase):
                yield Argument(role, found)
        for tokens in raw.times:
            spans = self.locate(tokens)
            if spans:
                yield Argument("time", Phrase(spans, self._words(spans)))

    def _attribution(self, speakers: tuple[Speaker, ...]) -> Attribution | None:
        attribution: Attribution | None = None
        for speaker in reversed(speakers):
            cue = self._cue("speaker", speaker.cue)
            if cue is None:
                continue
            phrase = self._speaker_phrase(speaker.head)
            attribution = Attribution(phrase, cue, speaker.deny, attribution)
        return attribution

    def _speaker_phrase(self, head: int | None) -> Phrase | None:
        if head is None:
            return None
        if head not in self._speakers:
            found = self._phrases(self.clauses.phrase(head, preps=("of",)))
            self._speakers[head] = found[0] if found else None
        return self._speakers[head]

    def _time(self, raw: RawClaim, *, ahead: bool) -> Time | None:
        dated: Time | None = None
        for tokens in raw.times:
            spans = self.locate(tokens)
            if not spans:
                continue
            start, end = spans[0][0], spans[-1][1]
            text = self.parsed.text[start:end]
            time = Time(text, start, end, *find_days(text, self.parsed.date, ahead=ahead))
            if dated is None or (dated.from_day is None and dated.until_day is None):
                dated = time
        return dated

    def _cues(self, status: Status) -> Iterator[Cue]:
        for kind, token in dict.fromkeys(status.cues):
            cue = self._cue(kind, token)
            if cue is not None:
                yield cue

    def _cue(self, kind: str, token: int) -> Cue | None:
        spans = self.locate((token,))
        if not spans:
            return None
        start, end = spans[0][0], spans[-1][1]
        return Cue(kind, start, end, self.parsed.text[start:end])

    def _words(self, spans: tuple[Offsets, ...]) -> str:
        text = self.parsed.text
        return " ".join([text[start:end] for start, end in spans])


def _resolved(score: float, subject: Phrase, object_: Phrase | None) -> float:
    """Return a probability with the scores that coreference gave to what it filled in."""
    for phrase in (subject, object_):
        if phrase is not None and phrase.resolved is not None:
            score *= phrase.resolved.score
    return round(score, 3)


def _members(mentions: Mentions) -> dict[int, list[TokenMention]]:
    """Return head token -> the several groups that a phrase like "A and B forces" names."""
    found: dict[int, dict[tuple[str, ...], TokenMention]] = {}
    for m in mentions.mentions:
        if m.type == "Group" and m.of:
            found.setdefault(m.head, {})[m.key] = m
    return {head: list(groups.values()) for head, groups in found.items() if len(groups) > 1}


def claim_id(
    document_id: str, subject: Phrase, predicate: Predicate, object_: Phrase | None, found_by: str
) -> str:
    """Return a hash of what a claim says and where: 16 hex digits."""
    where = (subject.spans, predicate.spans, object_ and object_.spans)
    what = (subject.group, predicate.lemma, object_ and object_.group)
    parts = repr((document_id, where, what, found_by))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
