"""Find whose act or state a noun names: "Russia's exploitation of", "invasion by Iraq of".

A possessor, the one after "by", the country before the noun ("Russian interference in"), or
whoever the sentence before speaks of ("This has included co-operation with Z").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicons import Lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.grammar import SUBJECTS, word_set
from kg.reading.mentions.groups import TokenMention
from kg.reading.names.name import MODIFIERS

POSSESSOR, MODIFIER, TOPIC = "noun: possessor", "noun: modifier", "noun: topic"
"""The rules, as a claim names the one that found it."""
POINTING = word_set("this these that it")
_OWNING_TYPES = frozenset({"Country", "Region", "Organization", "Government"})
_AGENTIVE = ("er", "or", "ist", "ian")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose act or state a noun names, and by which ``rule``.

    ``resolved`` if only the sentence before tells.
    """

    phrases: tuple[NounPhrase, ...]
    rule: str
    resolved: bool = False


class OwnerFinder:
    """Finds the owners of the nouns of one parsed text."""

    def __init__(
        self, clauses: ClauseFinder, lexicons: Lexicons, mentions: Mapping[int, TokenMention]
    ) -> None:
        self.syntax = clauses.syntax
        self.clauses = clauses
        self.mentions = mentions
        self.living = lexicons.living
        self.containing = lexicons.words["containing_verb"]

    def owner(self, noun: int) -> Owner | None:
        """Return whose it is: a possessor, "by X", a country's, or the subject spoken of."""
        own = self._possessor(noun)
        if own is None:
            own = self._agent(noun)
        if own is not None:
            return Owner(self.clauses.phrases(own), POSSESSOR)
        modifier = self._modifier(noun)
        if modifier is not None:
            return Owner((modifier,), MODIFIER)
        topic = self._topic(noun)
        return Owner((topic,), TOPIC, resolved=True) if topic else None

    def is_unknown(self, noun: int) -> bool:
        """Tell "their statement of principle" where nobody knows who they are."""
        owner = self.syntax.child(noun, {"poss"})
        if owner is None or owner in self.mentions:
            return False
        return self.syntax.tags[owner] == "PRP$"

    def _possessor(self, noun: int) -> int | None:
        """Return "Peru" of "Peru's trade", also for the second noun of "Peru's trade and links"."""
        syntax = self.syntax
        own = syntax.child(noun, {"poss"})
        # An article begins a phrase of its own: "Peru's trade and the links".
        if own is None and syntax.deps[noun] == "conj" and syntax.child(noun, {"det"}) is None:
            return syntax.child(self._first_conjunct(noun), {"poss"})
        return own

    def _agent(self, noun: int) -> int | None:
        """Return "Iraq" of "the invasion by Iraq"."""
        syntax = self.syntax
        for by in syntax.all(noun, {"prep", "agent"}):
            agent = syntax.child(by, {"pobj"}) if syntax.lowers[by] == "by" else None
            if agent is not None:
                return agent
        return None

    def _modifier(self, noun: int) -> NounPhrase | None:
        """Return the country or body before a noun: "Russian interference in"."""
        # A name is no act: "the Russian embassy in".
        if noun in self.mentions or self._is_person(noun):
            return None
        for modifier in self.syntax.all(noun, MODIFIERS):
            mention = self.mentions.get(modifier)
            if mention and mention.type in _OWNING_TYPES:
                return NounPhrase(modifier, tuple(range(mention.start, mention.end)))
        return None

    def _is_person(self, noun: int) -> bool:
        """Tell "Italian manufacturer of": it is no act or state of Italy's."""
        lemma = self.syntax.lemmas[noun].lower()
        living = self.living.get(lemma)
        return living == "person" or (living == "group" and lemma.endswith(_AGENTIVE))

    def _first_conjunct(self, noun: int) -> int:
        while self.syntax.deps[noun] == "conj":
            noun = self.syntax.heads[noun]
        return noun

    def _topic(self, noun: int) -> NounPhrase | None:
        """Return whoever the sentence before speaks of: "This has included co-operation with Z"."""
        first = self._first_conjunct(noun)
        verb = self.syntax.heads[first]
        if self.syntax.deps[first] != "dobj" or not self._points_back(verb):
            return None
        subjects = self._subjects_before(verb)
        # Of two subjects nobody knows which is meant.
        keys = {self.mentions[t].key for t in subjects}
        return NounPhrase(subjects[-1], (subjects[-1],)) if len(keys) == 1 else None

    def _points_back(self, verb: int) -> bool:
        """Tell "this has included", "it involved"."""
        subject = self.syntax.child(verb, {"nsubj"})
        if subject is None or self.syntax.lemmas[verb] not in self.containing:
            return False
        return self.syntax.lowers[subject] in POINTING

    def _subjects_before(self, verb: int) -> list[int]:
        """Return the subjects with a name of the sentence before a verb's."""
        syntax, sentence = self.syntax, self.syntax.sentence_of[verb]
        if sentence == 0:
            return []
        tokens = range(*syntax.sentences[sentence - 1])
        return [t for t in tokens if syntax.deps[t] in SUBJECTS and t in self.mentions]
