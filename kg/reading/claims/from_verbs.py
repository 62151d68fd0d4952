"""Render clauses as minimal binary claims: subject, relation, one object.

"Russia held exercises with China" says that Russia held exercises, and that Russia held
exercises with China: an argument makes a claim of its own, in which the object becomes
part of the relation. Each claim keeps the clause's other arguments, so that nothing is
lost between them; ``kg/reading/claims/from_whole_clauses.py`` renders the clause as one claim instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.claims.arguments import ArgumentPhrase
from kg.reading.claims.clauses import Clause
from kg.reading.claims.noun_phrases import NounPhrase, PhraseCutter
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import Syntax

DROPPED_IN_RELATION = frozenset({"DT", "PRP$", "POS", "PDT", "``", "''"})

CLAUSE_RULES: Mapping[str, str] = MappingProxyType(
    {
        "ROOT": "main clause",
        "relcl": "relative clause",
        "acl": "participle",
        "advcl": "adverbial clause",
        "conj": "joined clause",
        "ccomp": "content clause",
        "xcomp": "controlled clause",
        "pcomp": "gerund",
    }
)
"""How a clause hangs on its sentence -> the rule that finds it."""


def rule_of(clause: Clause, syntax: Syntax) -> str:
    """Return the name of the rule that finds a clause: "verb: relative clause"."""
    return f"verb: {CLAUSE_RULES.get(syntax.deps[clause.head], 'other clause')}"


class BinaryRenderer:
    """Renders the clauses of one parsed text."""

    def __init__(self, cutter: PhraseCutter, lexicons: Lexicons) -> None:
        self.syntax = cutter.syntax
        self.cutter = cutter
        self.verbs = lexicons.verbs
        self.phrases = lexicons.forms["verb"]
        self.light = lexicons.words["light_verb"]
        self.leading = lexicons.words["leading_verb"]

    def render(self, clause: Clause, number: int) -> Iterator[RawClaim]:
        """Yield the minimal claims of a clause, the plain one first."""
        renderer = _ClauseRenderer(
            clause, number, self.cutter, head=self._head(clause), leads=clause.lemma in self.leading
        )
        for subject in clause.subjects:
            for one in (self.cutter.named(subject), *self.cutter.members(subject.head)):
                yield from renderer.claims_of(one)

    def _head(self, clause: Clause) -> str:
        """Return the word that a relation is grouped under: "talk" for "held talks with"."""
        syntax = self.syntax
        if clause.main in self.light and clause.objects:
            noun = syntax.lemmas[clause.objects[0].head].lower()
            telling = self.phrases.get(f"{clause.main} {noun}") or self.verbs.get(noun)
            if telling:
                return telling
        particles = syntax.all(clause.status_at, {"prt"})
        return " ".join([clause.main, *(syntax.lowers[c] for c in particles)])


class _ClauseRenderer:
    """Makes the claims of one clause, which share their rule and the ``head`` of their relation.

    ``leads`` if the "of" of its object leads on: "took control of | the port".
    """

    def __init__(
        self, clause: Clause, number: int, cutter: PhraseCutter, *, head: str, leads: bool
    ) -> None:
        self.clause = clause
        self.number = number
        self.cutter = cutter
        self.syntax = cutter.syntax
        self.rule = rule_of(clause, cutter.syntax)
        self.head = head
        self.leads = leads
        self.objects = clause.objects or ((clause.literal,) if clause.literal else ())
        self.arguments = [a for a in clause.arguments if not self._is_absolute(a)]

    def claims_of(self, subject: NounPhrase) -> Iterator[RawClaim]:
        """Yield the plain claim (verb and object), then one for each argument."""
        clause = self.clause
        for object_ in self.objects:
            for one in (self.cutter.named(object_), *self.cutter.members(object_.head)):
                yield self._claim(subject, clause.group, clause.lemma, one)
            yield from self._through_noun(subject, object_)
        if clause.objects and clause.literal:
            yield self._said_to(subject, clause.objects[0], clause.literal)
        for argument in self.arguments:
            yield self._with_argument(subject, argument)
        if self._stands_alone():
            yield self._claim(subject, clause.group, clause.lemma, None)

    def _stands_alone(self) -> bool:
        """Tell whether a verb makes a claim by itself: "the ships left", "it was seized by Peru"."""
        # Turned to the active voice, "was seized by Peru" has an object.
        undergone = bool(self.clause.participle and self.clause.agents)
        return not self.objects and (undergone or not self.arguments)

    def _is_absolute(self, argument: ArgumentPhrase) -> bool:
        """Tell "with its army in disarray", which is a small clause and no argument."""
        syntax = self.syntax
        opening = argument.role == "with" and argument.preposition[0] < self.clause.group[0]
        return opening and syntax.child(argument.phrase.head, {"prep", "acl"}) is not None

    def _through_noun(self, subject: NounPhrase, object_: NounPhrase) -> Iterator[RawClaim]:
        """Yield "is the head of | the World Bank", "took control of | the port"."""
        syntax = self.syntax
        if not self.leads or syntax.pos[object_.head] != "NOUN":
            return
        for of in syntax.all(object_.head, {"prep"}):
            inner = syntax.child(of, {"pobj"})
            if syntax.lowers[of] == "of" and inner is not None:
                yield from self._to_inner(subject, object_, of, inner)

    def _to_inner(
        self, subject: NounPhrase, object_: NounPhrase, of: int, inner: int
    ) -> Iterator[RawClaim]:
        """Yield a claim whose relation takes in an object as far as its "of"."""
        tokens = tuple(t for t in object_.tokens if t > of)
        if tokens:
            noun = [*(t for t in object_.tokens if t < of), of]
            words = [self.syntax.lowers[t] for t in self._said(noun)]
            group = tuple(sorted({*self.clause.group, *noun}))
            lemma = " ".join([self.clause.lemma, *words])
            yield self._claim(subject, group, lemma, NounPhrase(inner, tokens))

    def _said(self, tokens: Iterable[int]) -> list[int]:
        """Return what of an object becomes part of a relation: no articles, "its", "'s"."""
        return [t for t in tokens if self.syntax.tags[t] not in DROPPED_IN_RELATION]

    def _said_to(self, subject: NounPhrase, to: NounPhrase, said: NounPhrase) -> RawClaim:
        """Return "told Damascus | that Tehran would withdraw"."""
        words = [self.syntax.words[t] for t in self._said(to.tokens)]
        group = tuple(sorted({*self.clause.group, *to.tokens}))
        lemma = " ".join([self.clause.lemma, *words])
        return replace(self._claim(subject, group, lemma, said), literal=True)

    def _with_argument(self, subject: NounPhrase, argument: ArgumentPhrase) -> RawClaim:
        """Return "held exercises with | China": the object goes into the relation."""
        clause, syntax = self.clause, self.syntax
        tokens, words = {*clause.group, *argument.preposition}, [clause.lemma]
        inner = self._object_before(argument)
        if inner is not None:
            tokens.update(inner.tokens)
            words += [
                syntax.words[t] if syntax.pos[t] == "PROPN" else syntax.lowers[t]
                for t in self._said(inner.tokens)
            ]
        words.append(argument.role if argument.preposition else "to")
        return self._claim(
            subject, tuple(sorted(tokens)), " ".join(words), argument.phrase, used=argument
        )

    def _object_before(self, argument: ArgumentPhrase) -> NounPhrase | None:
        """Return the object that an argument hangs on, else the first one."""
        objects = self.clause.objects
        return next((o for o in objects if o.head == argument.on), objects[0] if objects else None)

    def _claim(
        self,
        subject: NounPhrase,
        group: tuple[int, ...],
        lemma: str,
        object_: NounPhrase | None,
        *,
        used: ArgumentPhrase | None = None,
    ) -> RawClaim:
        clause = self.clause
        participle = clause.participle
        if participle:
            participle += lemma[len(clause.lemma) :]
        rest = [(a.role, a.phrase) for a in clause.arguments if a is not used]
        rest += [("agent", agent) for agent in clause.agents]
        return RawClaim(
            clause=self.number, subject=subject, predicate=group, lemma=lemma, head=self.head,
            object=object_, status_at=clause.status_at, found_by=self.rule,
            arguments=tuple(rest), times=clause.times, participle=participle,
            literal=object_ is not None and object_ is clause.literal,
        )  # fmt: skip
