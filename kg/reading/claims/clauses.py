"""Turn a parsed sentence into clauses: one structure from which all claims are rendered.

A clause is a verb group (``kg/reading/claims/verb_groups.py``) with its subjects
(``kg/reading/claims/subjects.py``), objects and further arguments
(``kg/reading/claims/arguments.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicons import Lexicons
from kg.reading.claims.arguments import ArgumentFinder, ArgumentPhrase
from kg.reading.claims.noun_phrases import NounPhrase, PhraseCutter
from kg.reading.claims.subjects import SubjectFinder
from kg.reading.claims.verb_groups import VerbGroups
from kg.reading.grammar import (
    NO_NAMES,
    NOUN_POS,
    RELATIVE_TAGS,
    SUBJECTS,
    WHETHER,
    Syntax,
    word_set,
)

_ASKING = word_set("where when why how")
_SAID = frozenset({"ccomp", "xcomp"})


@dataclass(slots=True)
class Clause:
    """One verb group and what it joins.

    ``head`` is the main verb of the group (the copula of "is clear"); ``group`` its
    tokens; ``lemma`` the relation that the group states, ``main`` its most telling
    word. ``times`` are token ranges; ``controlled`` tells that the subject was filled in.
    """

    head: int
    group: tuple[int, ...]
    lemma: str
    main: str
    subjects: tuple[NounPhrase, ...]
    objects: tuple[NounPhrase, ...] = ()
    literal: NounPhrase | None = None
    arguments: tuple[ArgumentPhrase, ...] = ()
    agents: tuple[NounPhrase, ...] = ()
    times: tuple[tuple[int, ...], ...] = ()
    participle: str = ""
    controlled: bool = False
    inner: int = -1

    @property
    def status_at(self) -> int:
        """The verb whose surroundings say how sure the clause is."""
        return self.inner if self.inner >= 0 else self.head


class ClauseFinder:
    """Reads clauses off one parsed text.

    ``names`` maps each token of a name to the name's range: a name is one thing,
    whatever the parser made of its inside.
    """

    def __init__(
        self,
        syntax: Syntax,
        lexicons: Lexicons,
        *,
        names: Mapping[int, tuple[int, int]] = NO_NAMES,
    ) -> None:
        self.syntax = syntax
        self.names = names
        self.groups = VerbGroups(syntax, lexicons)
        self.cutter = PhraseCutter(syntax, names=names)
        self.subjects = SubjectFinder(syntax, self.cutter, lexicons)
        self.arguments = ArgumentFinder(self.cutter, self.subjects, lexicons)
        self.phrases = self.cutter.phrases
        self.phrase = self.cutter.phrase

    def find(self, first: int, last: int) -> Iterator[Clause]:
        """Yield the clauses of the sentence from token ``first`` to ``last``, in reading order."""
        for i in self.groups.predicates(first, last):
            # A verb inside a name says nothing: "Occupy Wall Street".
            clause = self.clause(i) if i not in self.names else None
            if clause is not None:
                yield clause

    def clause(self, i: int) -> Clause | None:
        """Return the clause of a predicate, or None if it has no subject to be found."""
        links = self.groups.chain(i)
        subjects, controlled = self.subjects.subjects(i)
        if not subjects or self._is_denied_cleft(i):
            return None
        last = links[-1]
        lemma, main = self.groups.lemma(links)
        objects = self._objects(links)
        arguments, times = self.arguments.find(links, objects)
        return Clause(
            head=i, group=self.groups.group(links), lemma=lemma, main=main, subjects=subjects,
            objects=objects, literal=self._clausal_object(links), arguments=arguments,
            agents=self._agents(last), times=times, controlled=controlled,
            inner=self.groups.verb_of(links),
            participle=self.groups.participle(links) if self.groups.is_passive(last) else "",
        )  # fmt: skip

    def _is_denied_cleft(self, i: int) -> bool:
        """Tell "it was not X that ordered it", which says of X only what is not so."""
        syntax, noun = self.syntax, self.syntax.heads[i]
        be = syntax.heads[noun]
        if syntax.deps[i] != "relcl" or syntax.deps[noun] != "attr" or be == noun:
            return False
        it = syntax.child(be, {"nsubj", "expl"})
        # "Was it Peru that sold it?" is asked: there "it" stands behind the verb.
        unsure = syntax.child(be, {"neg"}) is not None or syntax.child(be, {"aux"}) is not None
        return it is not None and syntax.lowers[it] == "it" and (unsure or it > be)

    # --- objects -----------------------------------------------------------------

    def _objects(self, links: Sequence[int]) -> tuple[NounPhrase, ...]:
        syntax, last = self.syntax, links[-1]
        # In "there is a base" the base is the subject.
        if syntax.pos[last] == "ADJ" or syntax.child(links[0], {"expl"}) is not None:
            return ()
        object_ = self._object_token(last)
        if object_ is None:
            object_ = self._relative_gap(links)
        elif syntax.tags[object_] in RELATIVE_TAGS:
            object_ = self.subjects.relative_noun(links[0])
        elif self._is_of_which(object_):
            return ()
        return self.phrases(object_, preps=("of",)) if object_ is not None else ()

    def _is_of_which(self, noun: int) -> bool:
        """Tell "many of which", words that alone say nothing."""
        syntax = self.syntax
        objects = [syntax.child(p, {"pobj"}) for p in syntax.all(noun, {"prep"})]
        return any(o is not None and syntax.tags[o] in RELATIVE_TAGS for o in objects)

    def _object_token(self, verb: int) -> int | None:
        syntax = self.syntax
        object_ = syntax.child(verb, {"dobj", "attr"})
        if object_ is not None:
            return None if self._is_after_aside(verb, object_) else object_
        complement = syntax.child(verb, {"oprd"})
        is_noun = complement is not None and syntax.pos[complement] in NOUN_POS
        return complement if is_noun else None

    def _is_after_aside(self, verb: int, object_: int) -> bool:
        """Tell "who would help, she assumed, this author", where the author is helped."""
        syntax = self.syntax
        first = min(syntax.subtree(object_))
        apart = first == verb + 2 and syntax.near(syntax.words, verb + 1) == ","
        return apart and any(syntax.near(syntax.words, t) == "," for t in (verb - 2, verb - 3))

    def _relative_gap(self, links: Sequence[int]) -> int | None:
        """Return the noun of "the price the Russians pay", the object of its relative clause."""
        first, last = links[0], links[-1]
        if not self._has_own_subject(first) or self._takes_no_object(last):
            return None
        if self._is_stranded(last) or self._is_full(last):
            return None
        return self.subjects.relative_noun(first)

    def _has_own_subject(self, verb: int) -> bool:
        """Tell "the price the Russians pay" from "a firm that pays", "a firm whose head pays"."""
        syntax, own = self.syntax, self.syntax.child(verb, SUBJECTS)
        if syntax.deps[verb] != "relcl" or own is None or syntax.tags[own] in RELATIVE_TAGS:
            return False
        return all(syntax.tags[c] != "WP$" for c in syntax.all(own, {"poss"}))

    def _takes_no_object(self, verb: int) -> bool:
        """Tell "be" and a passive: "the year it was sold"."""
        syntax = self.syntax
        passive = syntax.tags[verb] == "VBN" and self.groups.is_passive(verb)
        return passive or syntax.lemmas[verb] == "be"

    def _is_full(self, verb: int) -> bool:
        """Tell "the place where he lives", "the day he said that it rained"."""
        syntax = self.syntax
        if any(syntax.lowers[c] in _ASKING for c in syntax.children[verb]):
            return True
        return syntax.child(verb, _SAID) is not None

    def _is_stranded(self, verb: int) -> bool:
        """Tell "the war they took part in", where the noun belongs to a preposition."""
        syntax = self.syntax
        objects = [syntax.child(p, {"pobj", "pcomp"}) for p in syntax.all(verb, {"prep"})]
        return any(o is None or syntax.tags[o] in RELATIVE_TAGS for o in objects)

    def _agents(self, i: int) -> tuple[NounPhrase, ...]:
        syntax = self.syntax
        for preposition in syntax.all(i, {"agent"}):
            object_ = syntax.child(preposition, {"pobj"})
            if object_ is not None:
                return self.phrases(object_)
        return ()

    def _clausal_object(self, links: Sequence[int]) -> NounPhrase | None:
        """Return what is said, thought or known: the clause after "that", or a quotation."""
        for i in self.syntax.all(links[-1], _SAID):
            if i not in links and self._is_object(i, links[-1]):
                marks = self._marks(i)
                tokens = [t for t in self.syntax.subtree(i) if t not in marks]
                return NounPhrase(i, tuple(self.cutter.strip(tokens)))
        return None

    def _is_object(self, clause: int, verb: int) -> bool:
        """Tell what is said from "pressure is low, so the wing is pushed", two clauses."""
        if clause < verb and self.groups.is_passive(verb):
            return False
        return self.syntax.deps[clause] == "ccomp" or self.syntax.child(verb, {"dobj"}) is None

    def _marks(self, verb: int) -> list[int]:
        """Return the "that" of a clause, but not its "whether"."""
        marks = self.syntax.all(verb, {"mark"})
        return [t for t in marks if self.syntax.lowers[t] not in WHETHER]
