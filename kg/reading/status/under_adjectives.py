"""What an adjective makes of the clause that it governs: "sure that", "likely to", "wrong that"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.reading.grammar import ASKING_TAGS, WHETHER, Syntax
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.values import Speaker, Status, Surroundings
from kg.reading.status.word_classes import Classes


class _Governed(NamedTuple):
    """A clause and its adjective: "Z was sure that X left" has the verb "was", no infinitive.

    ``plain`` is the status of the place where both stand, ``own`` that of the verb's own words.
    """

    clause: int
    adjective: int
    word: str
    verb: int
    own: Status
    plain: Status
    completes: bool

    @property
    def outer(self) -> Status:
        """The status of the place, with the adjective that keeps the clause from being a fact."""
        return self.plain.cued("hedge", self.adjective)


@dataclass(frozen=True, slots=True)
class AdjectiveStatus:
    """Answers for the clauses under the adjectives of one parsed text."""

    syntax: Syntax
    classes: Classes
    own: OwnStatus
    around: Surroundings

    def under(self, i: int, adjective: int) -> Status:
        """Return what an adjective makes of the clause of ``i``; the first case that fits decides."""
        case = self._governed(i, adjective)
        # Before the classes of words: "not sure whether" is as open as "unsure whether".
        if self._is_asked(i):
            return case.outer.but("possible")
        if self._is_made_sure(case):
            return case.plain.but("intended")
        if self._is_untrue(case):
            return replace(case.outer, negative=not case.own.negative)
        if case.word in self.classes["adjective:require"]:
            return case.outer.but("required")
        if self._is_wanted(case):
            return replace(case.outer, negative=case.own.negative).but("intended")
        if self._is_settled(case):
            return replace(case.plain, negative=case.own.negative)
        return self._possible(case) if self._is_open(case) else case.plain

    def _governed(self, i: int, adjective: int) -> _Governed:
        syntax = self.syntax
        verb = syntax.heads[adjective] if syntax.deps[adjective] == "acomp" else adjective
        return _Governed(
            clause=i,
            adjective=adjective,
            word=syntax.lowers[adjective],
            verb=verb,
            own=self.own.of_verb(verb),
            plain=self.around.of_governor(adjective),
            completes=syntax.deps[i] == "xcomp",
        )

    # --- the cases -----------------------------------------------------------------------

    def _is_asked(self, i: int) -> bool:
        """Tell "unclear whether", "unsure who": an indirect question."""
        syntax = self.syntax
        if syntax.has_child(i, WHETHER, {"mark"}):
            return True
        told = syntax.deps[i] == "ccomp" and not syntax.is_infinitive(i)
        return told and any(syntax.tags[c] in ASKING_TAGS for c in syntax.children[i])

    def _is_made_sure(self, case: _Governed) -> bool:
        """Tell "made sure that"."""
        making = self.syntax.lemmas[self.syntax.heads[case.adjective]] == "make"
        return making and case.word in {"sure", "certain"}

    def _is_untrue(self, case: _Governed) -> bool:
        """Tell "false that", and "too tired to land"."""
        if case.word in self.classes["adjective:false"]:
            return True
        too = self.syntax.has_child(case.adjective, {"too"}, {"advmod"})
        return too and self.syntax.is_infinitive(case.clause)

    def _is_wanted(self, case: _Governed) -> bool:
        """Tell "eager to land"."""
        to_do = case.completes or self.syntax.is_infinitive(case.clause)
        return to_do and case.word in self.classes["adjective:want"]

    def _is_settled(self, case: _Governed) -> bool:
        """Tell "is not true that", and "was able to secure", "was glad to hear": it happened."""
        if case.word == "true":
            return case.own.negative
        # In the present, "is able to land" says only that Z can.
        moved = case.word in self.classes["adjective:moved"] and not case.own.negative
        past = self.syntax.tags[case.verb] == "VBD" and case.own.modality == "asserted"
        return past and (moved or case.word == "able")

    def _is_open(self, case: _Governed) -> bool:
        """Tell "possible that", "not clear that", "ready to land", "sure that X left"."""
        unsure = case.completes and case.word not in self.classes["adjective:certain"]
        possible = case.word in self.classes["adjective:possible"] or case.own.negative
        return possible or unsure or self._is_hoped(case)

    def _is_hoped(self, case: _Governed) -> bool:
        """Tell "Z was sure that X left" from "it was sure that"."""
        sure = not case.completes and case.word in self.classes["adjective:sure"]
        return sure and not self.syntax.has_child(case.verb, {"it"}, {"nsubj"})

    def _possible(self, case: _Governed) -> Status:
        """Take it for possible, or for denied: "unlikely to land", "not able to land"."""
        unlikely = case.word in self.classes["adjective:unlikely"]
        turned = case.own.negative and case.word in self.classes["adjective:turned"]
        status = replace(case.outer, negative=unlikely != turned).but("possible")
        if not self._is_hoped(case):
            return status
        return status.said_by(Speaker(self.around.speaker(case.verb), case.adjective))
