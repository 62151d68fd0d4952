"""What a preposition makes of the clause behind it: "without", "far from", "accused of", "hopes of"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from kg.reading.grammar import LINKING_POS, NOUN_POS, WHETHER, Syntax, word_set
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.under_verbs import VerbStatus
from kg.reading.status.values import Status, Surroundings
from kg.reading.status.word_classes import Classes, is_of

_NEGATIVE = word_set("without instead than")
_ACCUSING = word_set("of with for")
_TOWARDS = word_set("for on about of to at towards")
"""Prepositions before what is aimed at or talked about, not said to be done."""


class PrepositionRule(Protocol):
    """What a preposition behind a verb makes of the clause behind it."""

    def __call__(self, verb: int, outer: Status, /, *, negated: bool) -> Status:
        """Return the status of the clause; ``negated`` if the verb is."""


@dataclass(frozen=True, slots=True)
class PrepositionStatus:
    """Answers for the clauses under the prepositions of one parsed text."""

    syntax: Syntax
    classes: Classes
    own: OwnStatus
    verbs: VerbStatus
    around: Surroundings

    def under(self, i: int, preposition: int) -> Status:
        """Return what "without", "instead of", "accused of", "plans for" make of a clause."""
        syntax, head = self.syntax, self.syntax.heads[preposition]
        if self._is_undone(preposition):
            cue = (("negation", preposition),)
            return replace(self.around.of_governor(head), negative=True, cues=cue)
        if self._is_what(i):
            return self._about_what(head)
        if syntax.pos[head] in NOUN_POS:
            return self._after_noun(i, head, preposition)
        if syntax.pos[head] in LINKING_POS and syntax.heads[head] != head:
            return self.under(i, head)
        if syntax.pos[head] == "ADJ" or syntax.lowers[preposition] == "as":  # "seen as having sold"
            return self.around.of_governor(head).but("possible").cued("hedge", head)
        return self._after_verb(i, head, syntax.lowers[preposition])

    def _is_undone(self, preposition: int) -> bool:
        """Tell "without", and "far from helping", "came close to leaving"."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        both = f"{syntax.near(syntax.lowers, preposition - 1)} {word}"
        return word in _NEGATIVE or both in self.classes["phrase:undone"]

    def _is_what(self, i: int) -> bool:
        """Tell "what Z had done" from "how to go", "whether Z went"."""
        syntax = self.syntax
        whether = syntax.has_child(i, WHETHER, {"mark", "advmod"})
        return self.verbs.is_how(i) and not whether and not syntax.is_infinitive(i)

    def _about_what(self, head: int) -> Status:
        """Take what is spoken of for granted: "spoke of what Z had done", if it is not asked."""
        asked = self.syntax.lemmas[head].lower() in self.classes["verb:ask"]
        outer = self.around.of_governor(head)
        return outer.but("questioned") if asked else outer

    def _after_noun(self, i: int, noun: int, preposition: int) -> Status:
        """Read "plans for going"; "of" of "accused the mayor of" goes with the verb."""
        syntax = self.syntax
        if syntax.is_accused(noun, preposition):
            return self._after_verb(i, syntax.heads[noun], syntax.lowers[preposition])
        return self.around.under_noun_of(i, noun)

    def _after_verb(self, i: int, verb: int, preposition: str) -> Status:
        """Read "accused Z of arming", "prevented Z from arming", "called for arming"."""
        outer, negated = self.around.of_governor(verb), self.own.is_negative(verb)
        accused = self.syntax.lemmas[verb].lower() in self.classes["verb:accuse"]
        # Before the prepositions' own rules: "accused of" and "spoke of" differ by the verb.
        if accused and preposition in _ACCUSING:
            return self._accused(i, verb, outer, negated=negated)
        rules: Mapping[str, PrepositionRule] = {
            **dict.fromkeys(_TOWARDS, self._towards),
            "for": self._for,
            "with": self._with,
            "against": self._against,
            "from": self._from,
            "by": self._by,
            "in": self._by,
        }
        rule = rules.get(preposition)
        return (
            replace(outer, negative=False) if rule is None else rule(verb, outer, negated=negated)
        )

    def _is_of(self, verb: int, *kinds: str) -> bool:
        return is_of(self.classes, self.syntax.lemmas[verb].lower(), *kinds)

    def _accused(self, i: int, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "accused Z of arming", "suspected Z of arming", "cleared Z of arming"."""
        if self._is_of(verb, "verb:clear"):
            return replace(outer, negative=True).but("possible").cued("negation", verb)
        said = self.verbs.said(i, verb, outer, negated=negated)
        return said.but("possible") if self._is_of(verb, "verb:suspect") else said

    def _towards(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "aimed at arming", "spoke of arming"."""
        if self._is_of(verb, "verb:want"):
            return replace(outer.but("intended"), negative=negated).cued("intention", verb)
        return outer.but("possible")

    def _for(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "called for arming", and "thanked Z for arming", which is granted."""
        granted = self._is_of(verb, "verb:thank") and not negated
        if granted and not self._is_of(verb, "verb:want"):
            return replace(outer, negative=False)
        return self._towards(verb, outer, negated=negated)

    def _with(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "tasked Z with arming"."""
        if self._is_of(verb, "verb:task"):
            return outer.but("intended").cued("intention", verb)
        return replace(outer, negative=False)

    def _against(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "warned against arming", "decided against arming"."""
        if self._is_of(verb, "verb:say", "verb:demand"):
            outer = outer.but("required")
        return replace(outer, negative=not negated).cued("negation", verb)

    def _from(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Deny what was prevented; what was not prevented came to pass, if it is told as past."""
        if not self._is_of(verb, "verb:prevent", "verb:keep"):
            return replace(outer, negative=False)
        if not negated:
            return replace(outer, negative=True).cued("negation", verb)
        # "will not keep Peru from leaving" tells of no leaving.
        past = self.syntax.has_child(verb, {"did", "had"}, {"aux"})
        return outer if past else outer.but("possible")

    def _by(self, verb: int, outer: Status, *, negated: bool) -> Status:
        """Read "did not help by arming": neither is done."""
        return replace(outer, negative=negated)
