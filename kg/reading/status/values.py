"""How a clause is meant: the value that the status rules pass around.

What makes it is told in ``finder.py``, from where all rules are asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kg.reading.grammar import word_set
from kg.records import Modality

FIRST_PERSON = word_set("we i")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so: head token of the phrase (None if nobody is named) and the cue token."""

    head: int | None
    cue: int
    deny: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Status:
    """How a clause is meant. ``cues`` are (kind, token); ``speakers`` outermost first."""

    negative: bool = False
    modality: Modality = "asserted"
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[tuple[str, int], ...] = ()

    def within(self, outer: Status) -> Status:
        """Return this status inside another: the outer modality wins if it has one."""
        if outer is PLAIN:
            return self
        return Status(
            self.negative != outer.negative,
            outer.modality if outer.modality != "asserted" else self.modality,
            outer.speakers + self.speakers,
            outer.cues + self.cues,
        )

    def cued(self, kind: str, token: int) -> Status:
        """Return this status with one cue more."""
        return Status(self.negative, self.modality, self.speakers, (*self.cues, (kind, token)))

    def but(self, modality: Modality) -> Status:
        """Return this status as ``modality``, if nothing further out says otherwise."""
        if self.modality != "asserted":
            return self
        return Status(self.negative, modality, self.speakers, self.cues)

    def turned(self, *, negative: bool = True) -> Status:
        """Return this status with its polarity turned round, if ``negative``."""
        return Status(self.negative != negative, self.modality, self.speakers, self.cues)

    def said_by(self, speaker: Speaker) -> Status:
        """Return this status with one more speaker, inside those it has."""
        return Status(self.negative, self.modality, (*self.speakers, speaker), self.cues)

    @property
    def denied(self) -> bool:
        """Whether the innermost speaker denies it."""
        return bool(self.speakers) and self.speakers[-1].deny


PLAIN = Status()


class Surroundings(Protocol):
    """What the rules under one kind of word ask of those under another, through the finder."""

    def of_verb(self, i: int) -> Status:
        """Return the status of the clause that a verb heads."""

    def of_governor(self, head: int) -> Status:
        """Return the status of the clause above, without its polarity."""

    def speaker(self, head: int) -> int | None:
        """Return who speaks, for a verb of saying."""

    def under_noun(self, i: int, noun: int) -> Status:
        """Return what a noun makes of the clause that it governs."""

    def under_noun_of(self, i: int, noun: int) -> Status:
        """Return what a noun makes of the clause after its preposition."""
