"""Render a clause as one n-ary claim: all it says at once, in its own words.

Phrases are whole here, with what is joined to them and hangs on them; only adverbial
clauses, and relative clauses set off by a comma, are left to claims of their own. A preposition that leads straight
from the verb to its first argument belongs to the relation ("lives in | Oslo"), and a
verb that shares the auxiliary of the one before takes it along ("has … returned").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.claims.arguments import ArgumentPhrase
from kg.reading.claims.clauses import Clause, ClauseFinder
from kg.reading.claims.from_verbs import rule_of
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import SUBJECTS, Syntax

ADVERB, CONTENT = "adverb", "content"
"""Roles of arguments that no preposition leads: adverbs, and what somebody is told."""
_OTHER_CLAUSES = frozenset({"relcl", "advcl", "parataxis"})


@dataclass(slots=True)
class _Relation:
    """What a clause says of its subject, while it is put together."""

    predicate: set[int]
    lemma: str
    participle: str
    object: NounPhrase | None

    def lead_to(self, argument: ArgumentPhrase) -> None:
        """Take in a preposition: "lives in | Oslo"."""
        self.predicate.update(argument.preposition)
        self.lemma = f"{self.lemma} {argument.role}"
        if self.participle:
            self.participle = f"{self.participle} {argument.role}"
        self.object = argument.phrase

    def say_of(self, quality: NounPhrase) -> None:
        """Make a quality the object: "were | virtually unchanged"."""
        self.predicate.difference_update(quality.tokens)
        self.object = quality


class NaryRenderer:
    """Renders the clauses of one parsed text, their phrases cut to full length."""

    def __init__(self, finder: ClauseFinder) -> None:
        self.syntax: Syntax = finder.syntax
        self.cutter = finder.cutter

    def render(self, clause: Clause, number: int) -> Iterator[RawClaim]:
        """Yield the claim of a clause; one for each subject that stands apart."""
        for subject in clause.subjects:
            yield self._claim(clause, number, subject)

    def _claim(self, clause: Clause, number: int, subject: NounPhrase) -> RawClaim:
        """Return a clause as a claim with a full object and all arguments."""
        object_ = self._object(clause)
        inside = set(object_.tokens) if object_ else set()
        arguments = self._arguments(clause, inside)
        predicate = {*clause.group, *self._shared(clause), *self._leading_adverbs(clause)}
        told = _Relation(predicate, clause.lemma, clause.participle, object_)
        if object_ is None:
            self._complete(told, clause, arguments)
        return RawClaim(
            clause=number, subject=self._with_restrictions(subject, clause.head),
            predicate=tuple(sorted(told.predicate)), lemma=told.lemma, head=clause.main,
            object=told.object, status_at=clause.status_at, found_by=rule_of(clause, self.syntax),
            arguments=tuple(self._others(clause, arguments, inside)),
            times=tuple(t for t in clause.times if (inside | told.predicate).isdisjoint(t)),
            participle=told.participle,
            literal=told.object is not None and told.object is clause.literal,
        )  # fmt: skip

    def _complete(self, told: _Relation, clause: Clause, arguments: list[ArgumentPhrase]) -> None:
        """Give a relation without an object what follows it at once, or the quality it tells."""
        first = self._leading_on(clause, arguments)
        if first is not None:
            arguments.remove(first)
            told.lead_to(first)
        elif (quality := self._quality(clause)) is not None:
            told.say_of(quality)

    def _others(
        self, clause: Clause, arguments: list[ArgumentPhrase], inside: set[int]
    ) -> Iterator[tuple[str, NounPhrase]]:
        """Yield all else that a clause says, each with its role."""
        yield from ((a.role, a.phrase) for a in arguments)
        for agent in clause.agents[:1]:
            yield "agent", self._whole(agent.head, clause.head)
        if clause.objects and clause.literal:
            yield CONTENT, clause.literal
        for tokens in self._trailing_adverbs(clause, inside):
            yield ADVERB, NounPhrase(tokens[-1], tokens)

    def _leading_on(self, clause: Clause, arguments: list[ArgumentPhrase]) -> ArgumentPhrase | None:
        """Return the argument that follows the verb group at once: "lives in | Oslo"."""
        last = max(clause.group)
        # One word may stand between: "lives there in | Oslo".
        following = [a for a in arguments if a.preposition and last < a.preposition[0] <= last + 2]
        return following[0] if following else None

    def _object(self, clause: Clause) -> NounPhrase | None:
        if not clause.objects:
            return clause.literal
        whole = self._whole(clause.objects[0].head, clause.head)
        own = tuple(t for t in whole.tokens if t not in clause.group)
        return NounPhrase(whole.head, own) if own else clause.objects[0]

    def _quality(self, clause: Clause) -> NounPhrase | None:
        """Return the adjective of "were virtually unchanged", what the subject is said to be."""
        adjectives = [t for t in clause.group if self.syntax.deps[t] == "acomp"]
        if not adjectives or self.syntax.child(adjectives[-1], {"xcomp", "ccomp"}) is not None:
            return None
        tokens = self.syntax.subtree(adjectives[-1], _OTHER_CLAUSES | {"conj", "cc"})
        return NounPhrase(adjectives[-1], tuple(self.cutter.strip(tokens)))

    def _whole(self, noun: int, verb: int) -> NounPhrase:
        """Return a noun with all that is joined to it and hangs on it, clauses apart."""
        tokens = self.syntax.subtree(noun, _OTHER_CLAUSES)
        return self._with_restrictions(NounPhrase(noun, tuple(tokens)), verb)

    def _with_restrictions(self, phrase: NounPhrase, verb: int) -> NounPhrase:
        """Return a phrase with the relative clauses that tell which one is meant.

        "The space that the ride occupied", but not what only adds to it after a comma, nor
        the clause of the claim's own ``verb``.
        """
        syntax, tokens = self.syntax, set(phrase.tokens)
        for token in phrase.tokens:
            for relative in syntax.all(token, {"relcl"}):
                clause = syntax.subtree(relative)
                if verb not in clause and syntax.near(syntax.pos, clause[0] - 1) not in {
                    "PUNCT",
                    "",
                }:
                    tokens.update(clause)
        return NounPhrase(phrase.head, tuple(self.cutter.strip(sorted(tokens))))

    def _arguments(self, clause: Clause, inside: set[int]) -> list[ArgumentPhrase]:
        """Return the arguments that are no part of the object, each preposition's once."""
        seen: set[tuple[int, ...]] = set()
        found = []
        for argument in clause.arguments:
            if argument.phrase.head in inside or argument.preposition in seen:
                continue
            seen.add(argument.preposition)
            whole = self._whole(argument.phrase.head, clause.head)
            phrase = (
                whole
                if argument.preposition and min(whole.tokens) > max(argument.preposition)
                else argument.phrase
            )
            found.append(ArgumentPhrase(argument.role, argument.preposition, phrase, argument.on))
        return found + list(self._gerunds(clause, inside))

    def _gerunds(self, clause: Clause, inside: set[int]) -> Iterator[ArgumentPhrase]:
        """Yield "after leaving", "by arming rebels": a clause after a preposition."""
        syntax = self.syntax
        for link in clause.group:
            for preposition in syntax.all(link, {"prep"}):
                verb = syntax.child(preposition, {"pcomp"})
                if verb is not None and preposition not in inside:
                    tokens = tuple(self.cutter.strip(syntax.subtree(verb, _OTHER_CLAUSES)))
                    phrase = NounPhrase(verb, tokens)
                    yield ArgumentPhrase(syntax.lowers[preposition], (preposition,), phrase, link)

    def _shared(self, clause: Clause) -> list[int]:
        """Return the auxiliaries that a joined verb takes over from the first one."""
        syntax, head = self.syntax, clause.head
        if (
            syntax.deps[head] != "conj"
            or syntax.child(head, {"aux", "auxpass", *SUBJECTS}) is not None
        ):
            return []
        first = syntax.heads[head]
        # The tagger confuses the two: "has sold and left".
        past = {syntax.tags[first], syntax.tags[head]} <= {"VBN", "VBD"}
        same_form = syntax.tags[first] == syntax.tags[head] or past
        return syntax.all(first, {"aux", "auxpass"}) if same_form else []

    def _leading_adverbs(self, clause: Clause) -> list[int]:
        """Return adverbs right before the verb group: "generally consisted of"."""
        syntax, first = self.syntax, min(clause.group)
        adverbs = []
        while syntax.near(syntax.deps, first - 1) == "advmod" and any(
            syntax.hangs_on(first - 1, verb) for verb in clause.group
        ):
            first -= 1
            adverbs.append(first)
        return adverbs

    def _trailing_adverbs(self, clause: Clause, inside: set[int]) -> Iterator[tuple[int, ...]]:
        """Yield adverbs after the verb group that no time holds."""
        taken = {t for time in clause.times for t in time} | inside
        for link in clause.group:
            for adverb in self.syntax.all(link, {"advmod"}):
                if adverb > max(clause.group) and adverb not in taken:
                    yield tuple(self.syntax.subtree(adverb, _OTHER_CLAUSES | {"punct"}))
