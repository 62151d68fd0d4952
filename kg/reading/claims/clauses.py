"""Turn a parsed sentence into clauses: one structure from which all claims are rendered.

A clause is a verb group (``kg/reading/claims/verb_groups.py``) with its subjects
(``kg/reading/claims/subjects.py``), objects and further arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.reading.claims.noun_phrases import NO_NAMES, SKIPPED_PREPOSITIONS, NounPhrase, PhraseCutter
from kg.reading.claims.subjects import SubjectFinder
from kg.reading.claims.verb_groups import VerbGroups
from kg.reading.grammar import NOUN_POS, RELATIVE_TAGS, SUBJECTS, Syntax, word_set

TIME_PREPOSITIONS = word_set(
    "in on during since until till after before by from between around throughout within over for at"
)
EMPTY_OBJECTS = word_set(
    "order contrast addition fact particular general turn example instance effect short comparison "
    "conclusion summary sum total practice principle theory reality part whole result consequence "
    "now course way"
)
"""After a preposition these only lead over ("in fact", "by contrast")."""
_LEADING_OVER = word_set("in by for as on")
_ASKING = word_set("where when why how")
_GIVEN_TO = NOUN_POS | {"PRON"}
_WITH_OWN_OF = NOUN_POS | {"NUM", "PRON", "DET"}
_WHETHER = word_set("whether if")
"""Words that a clause keeps when it is an object: "determined whether Z left"."""
_NOT_IN_TIMES = frozenset({"relcl", "punct", "acl", "advcl"})


@dataclass(frozen=True, slots=True)
class ArgumentPhrase:
    """A prepositional argument: ``on`` is the token it hangs on (the verb or an object)."""

    role: str
    preposition: tuple[int, ...]
    phrase: NounPhrase
    on: int


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

    def __init__(self, syntax: Syntax, names: Mapping[int, tuple[int, int]] = NO_NAMES) -> None:
        self.syntax = syntax
        self.names = names
        self.groups = VerbGroups(syntax)
        self.cutter = PhraseCutter(syntax, names)
        self.subjects = SubjectFinder(syntax, self.cutter)
        self.phrases = self.cutter.phrases
        self.phrase = self.cutter.phrase

    def find(self, first: int, last: int) -> Iterator[Clause]:
        """Yield the clauses of the sentence from token ``first`` to ``last``, in reading order."""
        for i in self.groups.predicates(first, last):
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
        arguments, times = self._arguments(links, objects)
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
        unsure = syntax.child(be, {"neg"}) is not None or syntax.child(be, {"aux"}) is not None
        return it is not None and syntax.lowers[it] == "it" and (unsure or it > be)

    # --- objects -----------------------------------------------------------------

    def _objects(self, links: Sequence[int]) -> tuple[NounPhrase, ...]:
        syntax, last = self.syntax, links[-1]
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
        syntax, first, last = self.syntax, links[0], links[-1]
        own = syntax.child(first, SUBJECTS)
        if syntax.deps[first] != "relcl" or own is None or syntax.tags[own] in RELATIVE_TAGS:
            return None
        if any(syntax.tags[c] == "WP$" for c in syntax.all(own, {"poss"})):
            return None
        if syntax.lemmas[last] == "be" or (
            syntax.tags[last] == "VBN" and self.groups.is_passive(last)
        ):
            return None
        if any(syntax.lowers[c] in _ASKING for c in syntax.children[last]):
            return None
        if self._is_stranded(last) or syntax.child(last, {"ccomp", "xcomp"}) is not None:
            return None
        return self.subjects.relative_noun(first)

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
        syntax, last = self.syntax, links[-1]
        for i in syntax.all(last, {"ccomp", "xcomp"}):
            if i < last and self.groups.is_passive(last):
                continue  # "Pressure is low, so the wing is pushed": two clauses
            if i not in links and (
                syntax.deps[i] == "ccomp" or syntax.child(links[-1], {"dobj"}) is None
            ):
                tokens = [
                    t for t in syntax.subtree(i)
                    if syntax.deps[t] != "mark" or syntax.heads[t] != i or syntax.lowers[t] in _WHETHER
                ]  # fmt: skip
                return NounPhrase(i, tuple(self.cutter.strip(tokens)))
        return None

    # --- arguments and times ---------------------------------------------------------

    def _arguments(
        self, links: Sequence[int], objects: Sequence[NounPhrase]
    ) -> tuple[tuple[ArgumentPhrase, ...], tuple[tuple[int, ...], ...]]:
        """Return the prepositional arguments and the times of a clause."""
        syntax = self.syntax
        there = syntax.child(links[0], {"expl"}) is not None
        existing = syntax.all(links[0], {"attr"}) if there else []
        arguments: list[ArgumentPhrase] = []
        times: list[int] = []
        for host in dict.fromkeys([*links, *existing, *(o.head for o in objects)]):
            for preposition in syntax.all(host, {"prep", "dative"}):
                words, object_ = self._object_of(preposition)
                if object_ is None or self._is_empty(preposition, object_, host):
                    continue
                if self._is_when(preposition, object_):
                    times.append(preposition)
                else:
                    arguments += self._argument(words, object_, host)
        times += self._opening_times(links[0])
        spans = [tuple(syntax.subtree(p, _NOT_IN_TIMES)) for p in times]
        return tuple(arguments), (*spans, *self._time_adverbs(links))

    def _time_adverbs(self, links: Sequence[int]) -> Iterator[tuple[int, ...]]:
        syntax = self.syntax
        for link in links:
            for adverb in syntax.all(link, {"npadvmod", "advmod"}):
                if syntax.is_time(adverb):
                    yield tuple(syntax.subtree(adverb, {"relcl", "punct"}))

    def _opening_times(self, verb: int) -> Iterator[int]:
        """Yield the times that open the sentence before the subject that a joined verb shares.

        "In 2018 Kenya closed the camp and sold the land" sold it in 2018.
        """
        syntax, first = self.syntax, verb
        while syntax.deps[first] == "conj" and syntax.child(first, SUBJECTS) is None:
            first = syntax.heads[first]
        subject = syntax.child(first, SUBJECTS)
        if first == verb or subject is None:
            return
        for preposition in syntax.all(first, {"prep"}):
            _, object_ = self._object_of(preposition)
            if object_ is None or preposition > subject:
                continue
            if self._is_when(preposition, object_) and not self._is_empty(
                preposition, object_, first
            ):
                yield preposition

    def _is_empty(self, preposition: int, object_: int, host: int) -> bool:
        """Tell a phrase that says nothing of the clause: "such as", "in fact", a noun's own "of"."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        thing = syntax.deps[host] in {"attr", "dobj"}  # "the youngest of five", an adjective
        own_of = word == "of" and (thing or syntax.pos[host] in _WITH_OWN_OF)
        if preposition in self.names and self.names[preposition] == self.names.get(host):
            return True
        if word in SKIPPED_PREPOSITIONS or own_of:
            return True
        if syntax.near(syntax.words, preposition + 1) == "-" and object_ == preposition + 2:
            return True  # "in-house"
        return word in _LEADING_OVER and syntax.lowers[object_] in EMPTY_OBJECTS

    def _is_when(self, preposition: int, object_: int) -> bool:
        timely = self.syntax.lowers[preposition] in TIME_PREPOSITIONS
        return timely and self.syntax.is_time(object_)

    def _object_of(self, preposition: int) -> tuple[tuple[int, ...], int | None]:
        """Return the words of a preposition ("out of", "referred to as") and the noun after it."""
        syntax = self.syntax
        object_, nested = syntax.child(preposition, {"pobj"}), syntax.child(preposition, {"prep"})
        before = preposition - 1
        if before in syntax.children[syntax.heads[preposition]] and self._is_bare(before):
            return (before, preposition), object_
        if object_ is None and nested is not None:
            return (preposition, nested), syntax.child(nested, {"pobj"})
        bare = syntax.deps[preposition] == "dative" and syntax.pos[preposition] in _GIVEN_TO
        if object_ is None and bare:
            return (), preposition
        return (preposition,), object_

    def _is_bare(self, i: int) -> bool:
        """Tell the "to" of "referred to as": a preposition with nothing after it."""
        return self.syntax.deps[i] == "prep" and not self.syntax.children[i]

    def _argument(self, tokens: tuple[int, ...], object_: int, host: int) -> list[ArgumentPhrase]:
        """Return what a preposition leads to; ``tokens`` are its words."""
        syntax = self.syntax
        relative = syntax.tags[object_] in RELATIVE_TAGS
        noun = self.subjects.relative_noun(host) if relative else object_
        if noun is None:
            return []
        role = " ".join(syntax.lowers[t] for t in tokens) or "to"
        phrases = self.phrases(noun, preps=("of",))
        return [ArgumentPhrase(role, tokens, phrase, host) for phrase in phrases]
