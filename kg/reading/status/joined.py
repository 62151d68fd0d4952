"""What a joined verb shares with the first one: "may sell and buy", "did not sell or buy"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.reading.grammar import AUXILIARIES, PRESENT_TAGS, SUBJECTS, Syntax, word_set
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.values import Status

_ALL_BUT = word_set("anything everything")


@dataclass(frozen=True, slots=True)
class JoinedStatus:
    """Answers for the joined verbs of one parsed text."""

    syntax: Syntax
    own: OwnStatus

    def under(self, i: int, head: int, place: Status) -> Status:
        """Put a joined verb in the first one's ``place``, with what the two share besides."""
        first = self.own.of_verb(head)
        if self.is_what_is_not(i, head):
            return replace(place, negative=True).cued("negation", head)
        if self.syntax.child(i, SUBJECTS) is not None:
            return self._with_own_subject(i, head, place, first)
        status = self._with_same_subject(head, place, first)
        # "did not sell and buy" denies both verbs, "did not sell and bought" only the first.
        if first.negative and self._shares_did(i, head):
            return status.turned()
        return status.turned(negative=first.negative and self._is_alternative(head))

    def _with_own_subject(self, i: int, head: int, place: Status, first: Status) -> Status:
        """Return what a joined clause shares: a condition, or the "perhaps" that opens both."""
        syntax, cues = self.syntax, dict(first.cues)
        opening = syntax.sentence_at(i)[0]
        if self._shares_passive(i, head) or cues.get("hedge") == opening:
            return place.but(first.modality)
        # What is told as past happened, whether or not the condition holds.
        present = syntax.tags[i] in PRESENT_TAGS
        return place.but("conditional") if present and "condition" in cues else place

    def _with_same_subject(self, head: int, place: Status, first: Status) -> Status:
        """Return what two verbs of one subject share: a condition, or a hedge beside the first."""
        if first.modality == "conditional":
            place = place.but("conditional")
        hedged = any(kind == "hedge" and self.syntax.heads[c] == head for kind, c in first.cues)
        return place.but("possible") if hedged else place

    def _is_alternative(self, head: int) -> bool:
        """Tell "or" and "nor", to which a negation extends."""
        joiners = {self.syntax.lowers[c] for c in self.syntax.all(head, {"cc"})}
        return bool(joiners & {"or", "nor"}) and "but" not in joiners

    def _shares_did(self, i: int, head: int) -> bool:
        """Tell "did not sell and leave", where "did" goes with both."""
        bare = self.syntax.tags[i] in {"VB", "VBP"} and self.syntax.child(i, {"aux"}) is None
        return bare and self.syntax.has_child(head, {"did", "does"}, {"aux"})

    def is_what_is_not(self, i: int, head: int) -> bool:
        """Tell "did anything but warn", "did everything but warn"."""
        syntax = self.syntax
        but = syntax.lemmas[head] == "do" and syntax.has_child(head, {"but"}, {"cc", "prep"})
        object_ = syntax.child(head, {"dobj"}) if but and syntax.tags[i] == "VB" else None
        return object_ is not None and syntax.lowers[object_] in _ALL_BUT

    def _shares_passive(self, i: int, head: int) -> bool:
        """Tell "were reportedly killed and their houses burned", one "were" for both."""
        syntax = self.syntax
        lone = syntax.tags[i] == "VBN" and syntax.child(i, AUXILIARIES) is None
        return lone and syntax.child(head, {"auxpass"}) is not None
