"""Render clauses as minimal binary claims: subject, relation, one object.

"Russia held exercises with China" says that Russia held exercises, and that Russia held
exercises with China: an argument makes a claim of its own, in which the object becomes
part of the relation. Each claim keeps the clause's other arguments, so that nothing is
lost between them; ``kg/reading/claims/from_whole_clauses.py`` renders the clause as one claim instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.reading.claims.clauses import ArgumentPhrase, Clause
from kg.reading.claims.noun_phrases import NounPhrase, PhraseCutter
from kg.reading.grammar import Syntax, word_set

LIGHT = word_set("be become remain take have make hold gain lose seize assume")
"""Verbs whose object tells what is done, so that its "of" leads on to what it is done to."""
LIGHT_VERBS = word_set(
    "hold make take give have pay do launch conduct reach provide offer express show lend "
    "undertake commit perform issue enter carry put play mount stage exert impose deliver"
)
"""Verbs that say little: with a noun of acting, the noun tells what is done."""
SET_PHRASES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("take", "part"): "participate",
        ("take", "place"): "occur",
        ("take", "advantage"): "exploit",
        ("take", "office"): "govern",
        ("take", "step"): "act",
        ("take", "action"): "act",
        ("play", "role"): "participate",
        ("play", "part"): "participate",
        ("make", "effort"): "try",
    }
)
"""Light verbs with a noun that no verb is made of."""
DROPPED_IN_RELATION = frozenset({"DT", "PRP$", "POS", "PDT", "``", "''"})


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


def render_binary(
    clause: Clause, number: int, cutter: PhraseCutter, verbs: Mapping[str, str]
) -> Iterator[RawClaim]:
    """Yield the minimal claims of a clause, the plain one first.

    ``verbs`` maps a noun of acting to its verb, under which "held talks with" belongs.
    """
    renderer = _Renderer(clause, number, cutter, verbs)
    for subject in clause.subjects:
        for one in (cutter.named(subject), *cutter.members(subject.head)):
            yield from renderer.claims_of(one)


class _Renderer:
    """Makes the claims of one clause, which share their rule and the head of their relation."""

    def __init__(
        self, clause: Clause, number: int, cutter: PhraseCutter, verbs: Mapping[str, str]
    ) -> None:
        self.clause = clause
        self.number = number
        self.cutter = cutter
        self.syntax = cutter.syntax
        self.rule = rule_of(clause, cutter.syntax)
        self.head = self._head(verbs)

    def claims_of(self, subject: NounPhrase) -> Iterator[RawClaim]:
        """Yield the plain claim (verb and object), then one for each argument."""
        clause = self.clause
        objects = clause.objects or ((clause.literal,) if clause.literal else ())
        for object_ in objects:
            for one in (self.cutter.named(object_), *self.cutter.members(object_.head)):
                yield self._claim(subject, clause.group, clause.lemma, one, None)
            yield from self._through_noun(subject, object_)
        if clause.objects and clause.literal:
            yield self._said_to(subject, clause.objects[0], clause.literal)
        joined = [a for a in clause.arguments if not self._is_absolute(a)]
        for argument in joined:
            yield self._with_argument(subject, argument)
        if not objects and (not joined or (clause.participle and clause.agents)):
            yield self._claim(subject, clause.group, clause.lemma, None, None)

    def _is_absolute(self, argument: ArgumentPhrase) -> bool:
        """Tell "with its army in disarray", which is a small clause and no argument."""
        syntax = self.syntax
        opening = argument.role == "with" and argument.preposition[0] < self.clause.group[0]
        return opening and syntax.child(argument.phrase.head, {"prep", "acl"}) is not None

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

    def _head(self, verbs: Mapping[str, str]) -> str:
        """Return the word that a relation is grouped under: "talk" for "held talks with"."""
        clause, syntax = self.clause, self.syntax
        verb = " ".join(
            [clause.main, *(syntax.lowers[c] for c in syntax.all(clause.status_at, {"prt"}))]
        )
        if clause.main not in LIGHT_VERBS or not clause.objects:
            return verb
        noun = syntax.lemmas[clause.objects[0].head].lower()
        return SET_PHRASES.get((clause.main, noun)) or verbs.get(noun) or verb

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
            clause=self.number, subject=subject, predicate=group, lemma=lemma, head=self.head,
            object=object_, status_at=clause.status_at, found_by=self.rule,
            arguments=tuple(rest), times=clause.times, participle=participle,
            literal=object_ is not None and object_ is clause.literal,
        )  # fmt: skip
