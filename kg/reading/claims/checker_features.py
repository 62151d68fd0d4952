"""What tells how sure a claim is and how much it says: the features that the checker reads.

Each is a name: the rule that found the claim, how it is meant, marks that the parse may have
erred (long phrases, a subject that was filled in, an argument far from its verb, a clause deep
inside others), what kinds of words fill its places. models/checker/features.txt lists those
that weigh anything. Beside them ``roles_of`` tells which place each word of the sentence fills.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.claims.checker_tables import ROLES
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.values import Status
from kg.records import Claim, Phrase

_COMMON_PREPOSITIONS = word_set("in of to for on with from by at as into against about")
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "parataxis"})
_LONG_SENTENCE = (15, 25, 35)
_LONG_PHRASE = (1, 3, 6, 10)
"""Steps of length: ``bisect_left`` tells how many of them a number goes beyond."""
_DEEPEST = 4
_CAPITALS = 5
_PREPOSITION_POS = frozenset({"ADP", "SCONJ"})
_KINDS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_SENTENCE_ENDS = frozenset(".?!:;")
_SHORT = 6
"""Letters of words that are features themselves: "it", "which", "point"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim to be checked: as a record, in tokens, and how it is meant.

    ``score`` is how probable it is by the network that found it, None if grammar did.
    """

    raw: RawClaim
    claim: Claim
    status: Status
    score: float | None = None


def roles_of(candidate: Candidate) -> dict[int, int]:
    """Return the number of the place that each word fills, for those that fill one."""
    raw, status = candidate.raw, candidate.status
    # A word of two places fills the first of these.
    places: list[tuple[str, tuple[int, ...]]] = [
        ("predicate", raw.predicate),
        ("subject", raw.subject.tokens),
        ("object", raw.object.tokens if raw.object else ()),
        *(("argument", phrase.tokens) for _, phrase in raw.arguments),
        *(("time", tokens) for tokens in raw.times),
        *(("speaker", (s.head,)) for s in status.speakers if s.head is not None),
        ("cue", tuple(token for _, token in status.cues)),
        ("cue", tuple(speaker.cue for speaker in status.speakers)),
    ]
    found: dict[int, int] = {}
    for role, tokens in places:
        for token in tokens:
            found.setdefault(token, ROLES[role])
    return found


def heads_of(raw: RawClaim) -> set[int]:
    """Return the words on which the others of a claim hang: of subject, object and clause."""
    return {raw.subject.head, raw.status_at, *([raw.object.head] if raw.object else [])}


def features_of(candidate: Candidate, parsed: ParsedText) -> list[str]:
    """Return what tells how sure a claim is, each feature by name."""
    raw, claim, syntax = candidate.raw, candidate.claim, parsed.syntax
    found = [
        raw.found_by,
        f"modality {claim.modality}",
        f"polarity {claim.polarity}",
        f"lemma {claim.predicate.lemma}",
        f"head {claim.predicate.head}",
        f"speakers {min(len(candidate.status.speakers), 2)}",
        f"subject {_kind(raw.subject.head, syntax)}",
        f"subject length {bisect_left(_LONG_PHRASE, len(raw.subject.tokens))}",
        f"arguments {min(len(raw.arguments) + len(raw.times), 3)}",
        *_about_sentence(raw, parsed),
        *_about_phrase("subject", claim.subject, parsed),
        *(f"role {argument.role}" for argument in claim.arguments),
    ]
    flags = {
        "nobody says": any(speaker.head is None for speaker in candidate.status.speakers),
        "implicit": claim.predicate.implicit,
        "granted": raw.granted,
        "no object": raw.object is None,
    }
    found += [name for name, holds in flags.items() if holds]
    if claim.relation is not None:
        found.append(f"known {claim.relation.property}")
    if candidate.score is not None:
        found.append(f"score {int(candidate.score * 10)}")
    if raw.object is not None:
        found += _about_object(raw, raw.object, syntax)
    if claim.object is not None:
        found += _about_phrase("object", claim.object, parsed)
    if not raw.noun:
        found += _about_verb(raw, syntax)
    return found


def _about_sentence(raw: RawClaim, parsed: ParsedText) -> Iterator[str]:
    syntax = parsed.syntax
    first, last = syntax.sentence_at(raw.status_at)
    capitals = sum(syntax.words[i][:1].isupper() for i in range(first, last))
    end = syntax.near(syntax.words, last - 1)
    yield f"sentence {bisect_left(_LONG_SENTENCE, last - first)}"
    yield f"capitals {_CAPITALS * capitals // (last - first)}"
    yield f"ends {end if end in _SENTENCE_ENDS else 'open'}"
    if parsed.is_heading(first):
        yield "heading"
    if first in parsed.voices:
        yield "turn"


def _about_phrase(place: str, phrase: Phrase, parsed: ParsedText) -> Iterator[str]:
    if phrase.resolved is not None:
        yield f"{place} resolved"
        yield f"{place} resolved {int(phrase.resolved.score * 10)}"
    if phrase.group is None:
        yield f"{place} is no name"
    else:
        yield f"{place} is {parsed.mentions.groups[phrase.group].type}"
    if len(phrase.text) < _SHORT or " " not in phrase.text:
        yield f"{place} word {phrase.text.lower()}"
    if phrase.quantity is not None:
        yield f"{place} quantity {phrase.quantity.kind}"


def _about_object(raw: RawClaim, object_: NounPhrase, syntax: Syntax) -> Iterator[str]:
    gap = min([abs(object_.head - t) for t in raw.predicate])
    yield "object said" if raw.literal else f"object {_kind(object_.head, syntax)}"
    yield f"object length {bisect_left(_LONG_PHRASE, len(object_.tokens))}"
    yield f"gap {bisect_left(_LONG_PHRASE, gap)}"
    last = raw.predicate[-1]
    if syntax.pos[last] in _PREPOSITION_POS:
        word = syntax.lowers[last]
        yield f"by {word}" if word in _COMMON_PREPOSITIONS else "by another preposition"
        yield f"preposition on {syntax.pos[syntax.heads[last]]}"


def _about_verb(raw: RawClaim, syntax: Syntax) -> Iterator[str]:
    verb, deps = raw.status_at, syntax.deps
    depth = len([i for i in (verb, *syntax.ancestors(verb)) if deps[i] in _CLAUSAL])
    yield f"depth {min(depth, _DEEPEST)}"
    yield f"verb {syntax.tags[verb]}"
    yield f"relation {min(len(raw.predicate), 5)}"
    if syntax.lemmas[verb] == "be":
        yield "copula"
    if raw.participle:
        yield "passive"
    if syntax.child(verb, SUBJECTS) is None:
        yield "subject filled in"


def _kind(head: int, syntax: Syntax) -> str:
    pos = syntax.pos[head]
    return pos if pos in _KINDS else "other"
