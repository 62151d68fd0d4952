"""Render clauses as minimal binary claims: subject, relation, one object.

"Russia held exercises with China" says that Russia held exercises, and that Russia held
exercises with China: an argument makes a claim of its own, in which the object becomes
part of the relation. Each claim keeps the clause's other arguments, so that nothing is
lost between them; ``kg/reading/nary_claims.py`` renders the clause as one claim instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.reading.clauses import ArgumentPhrase, Clause
from kg.reading.grammar import Syntax, word_set
from kg.reading.noun_phrases import NounPhrase

LIGHT = word_set("be become remain take have make hold gain lose seize assume")
"""Verbs whose object tells what is done, so that its "of" leads on to what it is done to."""
DROPPED_IN_RELATION = frozenset({"DT", "PRP$", "POS", "PDT", "``", "''"})


@dataclass(frozen=True, slots=True)
class RawClaim:
    """A claim in tokens, before it becomes a record.

    ``status_at`` is the token whose surroundings say how sure it is; for a noun claim
    ``definite`` tells whether its noun is taken for granted. ``subject_key`` picks one of
    several groups that the subject names; ``granted`` claims hold by the meaning of a name
    ("Russian forces"), whatever its sentence says.
    """

    clause: int
    subject: NounPhrase
    predicate: tuple[int, ...]
    lemma: str
    head: str
    object: NounPhrase | None
    status_at: int
    confidence: float
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


def render_binary(clause: Clause, number: int, syntax: Syntax) -> Iterator[RawClaim]:
    """Yield the minimal claims of a clause, the plain one first."""
    renderer = _Renderer(clause, number, syntax)
    for subject in clause.subjects:
        yield from renderer.claims_of(subject)


@dataclass(frozen=True, slots=True)
class _Renderer:
    clause: Clause
    number: int
    syntax: Syntax

    def claims_of(self, subject: NounPhrase) -> Iterator[RawClaim]:
        """Yield the plain claim (verb and object), then one for each argument."""
        clause = self.clause
        objects = clause.objects or ((clause.literal,) if clause.literal else ())
        for object_ in objects:
            yield self._claim(subject, clause.group, clause.lemma, object_, None)
            yield from self._through_noun(subject, object_)
        if clause.objects and clause.literal:
            yield self._said_to(subject, clause.objects[0], clause.literal)
        joined = [a for a in clause.arguments if a.preposition or not clause.objects]
        for argument in joined:
            yield self._with_argument(subject, argument)
        if not objects and (not joined or (clause.participle and clause.agents)):
            yield self._claim(subject, clause.group, clause.lemma, None, None)

    def _through_noun(self, subject: NounPhrase, object_: NounPhrase) -> Iterator[RawClaim]:
        """Yield "is the head of | the World Bank", "took control of | the port"."""
        syntax, clause = self.syntax, self.clause
        if clause.lemma not in LIGHT:
            return
        for of in syntax.all(object_.head, {"prep"}):
            inner = syntax.child(of, {"pobj"})
            if syntax.lowers[of] != "of" or inner is None or syntax.pos[object_.head] != "NOUN":
                continue
            noun = [t for t in object_.tokens if t < of]
            words = [syntax.lowers[t] for t in noun if syntax.tags[t] not in DROPPED_IN_RELATION]
            group = tuple(sorted({*clause.group, *noun, of}))
            phrase = NounPhrase(inner, tuple(t for t in object_.tokens if t > of))
            if phrase.tokens:
                yield self._claim(
                    subject, group, " ".join([clause.lemma, *words, "of"]), phrase, None
                )

    def _said_to(self, subject: NounPhrase, to: NounPhrase, said: NounPhrase) -> RawClaim:
        """Return "told Damascus | that Tehran would withdraw"."""
        words = [
            self.syntax.words[t]
            for t in to.tokens
            if self.syntax.tags[t] not in DROPPED_IN_RELATION
        ]
        group = tuple(sorted({*self.clause.group, *to.tokens}))
        lemma = " ".join([self.clause.lemma, *words])
        return replace(self._claim(subject, group, lemma, said, None), literal=True)

    def _with_argument(self, subject: NounPhrase, argument: ArgumentPhrase) -> RawClaim:
        """Return "held exercises with | China": the object goes into the relation."""
        clause, syntax = self.clause, self.syntax
        inner = next((o for o in clause.objects if o.head == argument.on), None)
        if inner is None and clause.objects:
            inner = clause.objects[0]
        tokens, words = list(clause.group), [clause.lemma]
        if inner is not None:
            tokens += inner.tokens
            words += [
                syntax.words[t] if syntax.pos[t] == "PROPN" else syntax.lowers[t]
                for t in inner.tokens
                if syntax.tags[t] not in DROPPED_IN_RELATION
            ]
        tokens += argument.preposition
        words.append(argument.role if argument.preposition else "to")
        return self._claim(
            subject, tuple(sorted(set(tokens))), " ".join(words), argument.phrase, argument
        )

    def _claim(
        self,
        subject: NounPhrase,
        group: tuple[int, ...],
        lemma: str,
        object_: NounPhrase | None,
        used: ArgumentPhrase | None,
    ) -> RawClaim:
        clause = self.clause
        participle = clause.participle
        if participle:
            participle += lemma[len(clause.lemma) :]
        rest = [(a.role, a.phrase) for a in clause.arguments if a is not used]
        rest += [("agent", agent) for agent in clause.agents]
        return RawClaim(
            clause=self.number, subject=subject, predicate=group, lemma=lemma, head=clause.main,
            object=object_, status_at=clause.status_at, confidence=self._confidence(object_, used),
            found_by="verb clauses", arguments=tuple(rest), times=clause.times, participle=participle,
            literal=object_ is not None and object_ is clause.literal,
        )  # fmt: skip

    def _confidence(self, object_: NounPhrase | None, used: ArgumentPhrase | None) -> float:
        """Return a first estimate: what is filled in or far away is less sure."""
        score = 0.9 if not self.clause.controlled else 0.75
        if used is not None:
            distance = abs(used.phrase.head - used.on)
            score -= 0.05 + min(distance, 12) * 0.01
        if object_ is not None and len(object_.tokens) > 8:
            score -= 0.08
        return round(max(score, 0.3), 2)
