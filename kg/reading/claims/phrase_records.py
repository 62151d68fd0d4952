"""Turn token phrases into records: their words, the groups that they name, what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import word_set
from kg.reading.mentions.groups import Mentions, TokenMention, antecedent_of
from kg.reading.status.finder import StatusFinder
from kg.reading.status.values import Speaker
from kg.reading.values.amounts import read_amount
from kg.records import Antecedent, Argument, Attribution, Phrase

# Not "we", which may be more than the speaker.
_IN_TALK = word_set("i me myself you yourself")
_VALUES = frozenset({"NUM", "ADJ", "ADV"})
"""Parts of speech of quantities and qualities, which are no things."""
QUOTED_SPEAKER = 0.9
"""Score of "I" in a quotation for the one whose words it is."""
RESOLVED_WITHOUT_MENTION = 0.6
"""Score of an owner taken from the sentence before ("This has included …")."""


class PhraseMaker:
    """Makes the phrase records of one parsed text."""

    def __init__(self, parsed: ParsedText, clauses: ClauseFinder, status: StatusFinder) -> None:
        self.parsed = parsed
        self.syntax = parsed.syntax
        self.clauses = clauses
        self.status = status
        at_head = parsed.mentions.at_head
        self.members = _members(parsed.mentions)
        self.named = {head: [mention] for head, mention in at_head.items()} | self.members
        """What a phrase with such a head names: two for "Chinese and Mongolian forces"."""
        self._speakers: dict[int, Phrase | None] = {}

    def phrases(
        self, phrase: NounPhrase, *, literal: bool = False, resolved: bool = False
    ) -> list[Phrase]:
        """Return the records of a phrase: several where it names several groups."""
        spans = self.parsed.locate(phrase.tokens)
        if not spans:
            return []
        words = self.parsed.words(spans)
        if literal:
            return [Phrase(spans, words, literal=True)]
        named = self.named.get(phrase.head) or self._who_talks(phrase.head)
        if named is None:
            meant = self._stood_for(phrase.head)
            amount = read_amount(words) if meant is None else None
            value = self.syntax.pos[phrase.head] in _VALUES and meant is None
            value = value or (amount is not None and amount.kind != "count")
            return [Phrase(spans, words, literal=value, resolved=meant, quantity=amount)]
        group_of = self.parsed.mentions.group_of
        return [
            Phrase(spans, words, group_of[m.key], resolved=self._antecedent(m, resolved=resolved))
            for m in named
        ]

    def arguments(self, raw: RawClaim) -> Iterator[Argument]:
        """Yield what a claim says besides its subject and object, times included."""
        for role, phrase in raw.arguments:
            for found in self.phrases(phrase):
                yield Argument(role, found)
        for tokens in raw.times:
            spans = self.parsed.locate(tokens)
            if spans:
                yield Argument("time", Phrase(spans, self.parsed.words(spans)))

    def attribution(self, speakers: tuple[Speaker, ...]) -> Attribution | None:
        """Return who says it, through whom."""
        attribution: Attribution | None = None
        for speaker in reversed(speakers):
            cue = self.parsed.cue("speaker", speaker.cue)
            if cue is not None:
                phrase = self._speaker(speaker.head)
                attribution = Attribution(phrase, cue, speaker.deny, attribution)
        return attribution

    def _speaker(self, head: int | None) -> Phrase | None:
        if head is None:
            return None
        if head not in self._speakers:
            found = self.phrases(self.clauses.phrase(head, preps=("of",)))
            # An attribution has one speaker: of "Chinese and Mongolian forces" the first.
            self._speakers[head] = found[0] if found else None
        return self._speakers[head]

    def _antecedent(self, mention: TokenMention, *, resolved: bool) -> Antecedent | None:
        found = antecedent_of(mention, self.parsed.stretch_of, self.parsed.text)
        if found is None and resolved:
            tokens = range(mention.start, mention.end)
            return self.parsed.antecedent(tokens, RESOLVED_WITHOUT_MENTION)
        return found

    def _who_talks(self, i: int) -> list[TokenMention] | None:
        """Return the mention of whoever "I" or "you" means in a quotation or in a turn to speak."""
        if self.syntax.lowers[i] not in _IN_TALK:
            return None
        head = self.status.meant_at(i)
        if head is None or head not in self.named:
            return None
        mention = self.named[head][0]
        place = mention.antecedent or (mention.start, mention.end)
        score = round(mention.score * QUOTED_SPEAKER, 3)
        return [replace(mention, antecedent=place, score=score)]

    def _stood_for(self, pronoun: int) -> Antecedent | None:
        """Return the words without a name that a pronoun stands for."""
        found = self.parsed.mentions.nameless.get(pronoun)
        if found is None:
            return None
        tokens = self.clauses.phrase(found[0], preps=("of",)).tokens
        return self.parsed.antecedent(range(tokens[0], tokens[-1] + 1), found[1])


def _members(mentions: Mentions) -> dict[int, list[TokenMention]]:
    """Return head token -> the several groups that a phrase like "A and B forces" names."""
    found: dict[int, dict[tuple[str, ...], TokenMention]] = {}
    for m in mentions.mentions:
        if m.type == "Group" and m.of:
            found.setdefault(m.head, {})[m.key] = m
    return {head: list(groups.values()) for head, groups in found.items() if len(groups) > 1}
