"""A claim in tokens, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.claims.noun_phrases import NounPhrase


@dataclass(slots=True)
class RawClaim:
    """A claim in tokens, before it becomes a record.

    ``status_at`` is the token whose surroundings say how sure it is; for a noun claim
    ``definite`` tells whether its noun is taken for granted. ``subject_key`` picks one of
    several groups that the subject names; ``granted`` claims hold by the meaning of a name
    ("Russian forces"), whatever its sentence says. Not frozen, like ``Clause``: to make as many
    frozen ones took 4 % of the stage's time.
    """

    clause: int
    subject: NounPhrase
    predicate: tuple[int, ...]
    lemma: str
    head: str
    object: NounPhrase | None
    status_at: int
    found_by: str
    arguments: tuple[tuple[str, NounPhrase], ...] = ()
    times: tuple[tuple[int, ...], ...] = ()
    participle: str = ""
    implicit: bool = False
    literal: bool = False
    noun: bool = False
    definite: bool = False
    resolved: bool = False
    subject_key: tuple[str, ...] | None = None
    granted: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said of the subject but a verb: "it was", "we made"."""
        return self.object is None and not self.arguments

    @property
    def phrases(self) -> tuple[NounPhrase, ...]:
        """The subject, and the object if there is one."""
        return (self.subject,) if self.object is None else (self.subject, self.object)
