"""Turn a parsed sentence into clauses: one structure from which all claims are rendered.

A clause is a verb group with its subjects, objects and further arguments. Subjects
that grammar leaves out are filled in: shared by joined verbs, taken from the noun that
a relative or participial clause hangs on, or from the clause that controls an
infinitive or a participle. Chains are one verb group ("has sought to expand").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.reading.grammar import NOUN_POS, PHRASE_BREAKS, SUBJECTS, Syntax

QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
NO_NAMES: Mapping[int, tuple[int, int]] = MappingProxyType({})
ASPECTUAL = frozenset({"begin", "start", "continue", "cease", "stop", "keep", "proceed", "come", "tend", "manage", "happen", "dare", "get", "use", "help", "resume"})
"""With an infinitive these add nothing to what is done: the relation is the second verb's."""
NEGATING = frozenset({"fail", "refuse", "decline", "neglect", "forget", "omit", "cease", "stop", "avoid", "quit"})
"""With an infinitive these say that it is not done (implicative verbs, Karttunen 1971)."""
MODAL_CHAIN = frozenset({"have", "need", "ought", "go", "be"})
"""Verbs that, before an infinitive, only colour it: "has to", "is going to", "is to"."""

TIME_WORDS = frozenset(
    "today yesterday tomorrow tonight now then recently currently already previously formerly once "
    "soon later earlier afterwards subsequently meanwhile year years month months week weeks day days "
    "decade decades century centuries hour hours minute minutes morning afternoon evening night time "
    "moment period spring summer autumn winter january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
TIME_PREPOSITIONS = frozenset({"in", "on", "during", "since", "until", "till", "after", "before", "by", "from", "between", "around", "throughout", "within", "over", "for", "at"})
EMPTY_OBJECTS = frozenset({"order", "contrast", "addition", "fact", "particular", "general", "turn", "example", "instance", "effect", "short", "comparison", "conclusion", "summary", "sum", "total", "practice", "principle", "theory", "reality", "part", "whole", "result", "consequence", "now", "course", "way"})
"""After a preposition these only lead over ("in fact", "by contrast")."""
SKIPPED_PREPOSITIONS = frozenset({"including", "such", "like", "according"})
ADVERBS_IN_VERB = frozenset({"advmod", "neg", "aux", "auxpass", "prt"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens that fill a place in a clause, and the one the others hang on."""

    head: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ArgumentPhrase:
    """A prepositional argument: ``on`` is the token it hangs on (the verb or an object)."""

    role: str
    preposition: tuple[int, ...]
    phrase: NounPhrase
    on: int


@dataclass(frozen=True, slots=True)
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
    whatever the parser made of its inside ("the Rules Based International Order").
    """

    def __init__(self, syntax: Syntax, names: Mapping[int, tuple[int, int]] = NO_NAMES) -> None:
        self.syntax = syntax
        self.names = names

    def find(self, first: int, last: int) -> Iterator[Clause]:
        """Yield the clauses of the sentence from token ``first`` to ``last``, in reading order."""
        for i in range(first, last):
            if self.is_predicate(i):
                clause = self.clause(i)
                if clause is not None:
                    yield clause

    # --- verb groups ---------------------------------------------------------

    def is_predicate(self, i: int) -> bool:
        """Tell whether a token heads a clause of its own, not as part of another's verb group."""
        syntax = self.syntax
        if syntax.pos[i] not in {"VERB", "AUX"} or syntax.deps[i] in {
            "aux", "auxpass", "amod", "compound", "nmod", "prep", "case", "punct", "pobj", "dobj",
            "nsubj", "poss", "det", "mark", "cc", "quantmod", "npadvmod",
        }:  # fmt: skip
            return False
        if i in self.names or syntax.tags[i] == "MD":
            return False
        return not self._is_chained(i)

    def _is_chained(self, i: int) -> bool:
        """Tell whether the verb is the second of a chain ("sought to expand")."""
        syntax = self.syntax
        if syntax.deps[i] != "xcomp":
            return False
        governor = syntax.heads[i]
        if syntax.pos[governor] == "ADJ" and syntax.deps[governor] == "acomp":
            governor = syntax.heads[governor]
        return self._chain_next(governor) in {i, syntax.heads[i]} or self._chain_next(syntax.heads[i]) == i

    def _chain_next(self, i: int) -> int | None:
        """Return the infinitive or adjective that goes on with a verb group, if any."""
        syntax = self.syntax
        adjective = syntax.child(i, {"acomp"})
        if adjective is not None and syntax.lemmas[i] in {"be", "become", "remain", "seem", "appear", "feel"}:
            return adjective
        if syntax.child(i, {"dobj", "dative"}) is not None:
            return None
        following = syntax.child(i, {"xcomp"})
        if following is not None and syntax.pos[following] in {"VERB", "AUX"} and self._goes_on(i, following):
            if syntax.child(following, SUBJECTS) is None:
                return following
        return None

    def _goes_on(self, i: int, following: int) -> bool:
        """Tell "seeks to expand" and "stopped supplying", one verb group each."""
        if self._is_infinitive(following):
            return True
        return self.syntax.tags[following] == "VBG" and self.syntax.lemmas[i] in ASPECTUAL | NEGATING

    def _is_infinitive(self, i: int) -> bool:
        return any(self.syntax.lowers[c] == "to" and self.syntax.deps[c] == "aux" for c in self.syntax.children[i])

    def chain(self, i: int) -> list[int]:
        """Return the verbs and adjectives of the group that starts with ``i``."""
        links = [i]
        while (following := self._chain_next(links[-1])) is not None and len(links) < 6:
            links.append(following)
        return links

    def _group(self, links: Sequence[int]) -> tuple[int, ...]:
        """Return all tokens of a verb group: auxiliaries, negation, particles, the adverbs between."""
        syntax, tokens = self.syntax, set(links)
        for link in links:
            tokens.update(syntax.all(link, {"aux", "auxpass", "neg", "prt"}))
        inside = range(min(tokens), max(tokens))
        for link in links:
            tokens.update(c for c in syntax.all(link, {"advmod"}) if c in inside and not syntax.children[c])
        return tuple(sorted(tokens))

    def _lemma(self, links: Sequence[int]) -> tuple[str, str]:
        """Return the relation that a verb group states, and its most telling word."""
        syntax, parts = self.syntax, []
        main = links[-1]
        for position, link in enumerate(links):
            lemma = syntax.lemmas[link].lower()
            colours = position < len(links) - 1 and (
                lemma in ASPECTUAL | NEGATING
                or (lemma in MODAL_CHAIN and syntax.pos[links[position + 1]] != "ADJ")
            )
            if colours:
                continue
            if parts and syntax.pos[link] != "ADJ":
                parts.append("to")
            if position < len(links) - 1 and self._is_passive(link):
                parts += ["be", syntax.lowers[link]]
                continue
            parts.append(lemma)
            parts += [syntax.lowers[c] for c in syntax.all(link, {"prt"})]
        word = syntax.lemmas[main].lower() if syntax.pos[main] != "ADJ" else syntax.lowers[main]
        return " ".join(parts), word

    # --- clauses -------------------------------------------------------------

    def clause(self, i: int) -> Clause | None:
        """Return the clause of a predicate, or None if it has no subject to be found."""
        syntax, links = self.syntax, self.chain(i)
        subjects, controlled = self.subjects(i)
        if not subjects:
            return None
        last = links[-1]
        lemma, main = self._lemma(links)
        clause = Clause(
            head=i, group=self._group(links), lemma=lemma, main=main, subjects=subjects,
            objects=self._objects(links), controlled=controlled, inner=self._verb_of(links),
            agents=self._agents(last),
        )  # fmt: skip
        clause = replace(clause, **self._rest(links, clause))  # type: ignore[arg-type]
        if self._is_passive(last):
            clause = replace(clause, participle=self._participle(links))
        return clause

    def _verb_of(self, links: Sequence[int]) -> int:
        """Return the last verb of the chain: the one that is or is not done."""
        verbs = [link for link in links if self.syntax.pos[link] in {"VERB", "AUX"}]
        return verbs[-1]

    def _participle(self, links: Sequence[int]) -> str:
        words = [self.syntax.lowers[links[-1]]]
        words += [self.syntax.lowers[c] for c in self.syntax.all(links[-1], {"prt"})]
        return " ".join(words)

    def _is_passive(self, i: int) -> bool:
        syntax = self.syntax
        if syntax.child(i, {"auxpass", "nsubjpass", "csubjpass"}) is not None:
            return True
        if syntax.tags[i] != "VBN":
            return False
        if syntax.deps[i] in {"acl", "relcl"} and syntax.child(i, {"aux", "nsubj"}) is None:
            return True
        if syntax.deps[i] == "conj" and syntax.child(i, {"aux", "nsubj"}) is None:
            return self._is_passive(syntax.heads[i]) and syntax.child(i, {"dobj"}) is None
        return syntax.deps[i] == "advcl" and syntax.child(i, {"aux", "nsubj", "dobj"}) is None

    # --- subjects --------------------------------------------------------------

    def subjects(self, i: int, depth: int = 0) -> tuple[tuple[NounPhrase, ...], bool]:
        """Return who does it (or undergoes it), and whether that was filled in."""
        syntax = self.syntax
        own = syntax.child(i, SUBJECTS)
        if syntax.child(i, {"expl"}) is not None and own is None:
            return (), False
        if own is not None:
            return self._own_subject(i, own)
        if depth > 6:
            return (), True
        return self._controller(i, depth), True

    def _own_subject(self, i: int, subject: int) -> tuple[tuple[NounPhrase, ...], bool]:
        syntax = self.syntax
        if syntax.deps[subject] in {"csubj", "csubjpass"} or self._is_expletive(i, subject):
            return (), False
        if syntax.tags[subject] in {"WDT", "WP"} and (noun := self._relative_noun(i)) is not None:
            return self.phrases(noun), True
        if syntax.tags[subject] in {"WDT", "WP", "EX"}:
            return (), False
        return self.phrases(subject), False

    def _is_expletive(self, i: int, subject: int) -> bool:
        """Tell the "it" of "it is clear that", which stands for the clause that follows."""
        syntax = self.syntax
        if syntax.lowers[subject] != "it":
            return False
        hosts = [i, *syntax.all(i, {"acomp", "attr", "oprd"})]
        clausal = any(syntax.deps[c] in {"ccomp", "csubj", "xcomp", "advcl"} for h in hosts for c in syntax.children[h])
        copular = syntax.lemmas[i] in {"be", "seem", "appear", "become", "remain"}
        return clausal and (copular or syntax.child(i, {"auxpass"}) is not None or syntax.tags[i] == "VBG" and syntax.child(i, {"dobj"}) is None)

    def _relative_noun(self, i: int) -> int | None:
        """Return the noun that a relative clause says something of."""
        syntax = self.syntax
        while syntax.deps[i] in {"conj", "ccomp", "xcomp"} and syntax.heads[i] != i:
            i = syntax.heads[i]
        return syntax.heads[i] if syntax.deps[i] == "relcl" and syntax.pos[syntax.heads[i]] in NOUN_POS | {"PRON", "NUM"} else None

    def _controller(self, i: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return the subject that grammar leaves out, from where the clause hangs."""
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        if dep == "conj" and syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            return self._of_verb(head, depth)
        if dep == "acl" and syntax.pos[head] in NOUN_POS:
            if self._is_infinitive(i):
                return self._owner_of_noun(head, depth)
            return self.phrases(head)
        if dep in {"xcomp", "advcl"} and syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            if dep == "xcomp" and (object_ := syntax.child(head, {"dobj"})) is not None:
                return self.phrases(object_)
            if dep == "advcl" and syntax.child(i, {"mark"}) is not None and not self._is_nonfinite(i):
                return ()
            return self._of_verb(head, depth)
        if dep == "pcomp":
            return self._of_preposition(head, depth)
        return ()

    def _is_nonfinite(self, i: int) -> bool:
        if any(self.syntax.tags[c] in {"VBZ", "VBP", "VBD", "MD"} for c in self.syntax.all(i, {"aux"})):
            return False
        return self.syntax.tags[i] in {"VBG", "VBN"} or self._is_infinitive(i)

    def _of_verb(self, i: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return the subject of the clause that ``i`` belongs to."""
        syntax = self.syntax
        if syntax.pos[i] == "ADJ" and syntax.deps[i] in {"acomp", "oprd", "conj"}:
            i = syntax.heads[i]
        return self.subjects(i, depth + 1)[0]

    def _of_preposition(self, preposition: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return who does what follows a preposition ("accused Iran of arming", "by arming")."""
        syntax, head = self.syntax, self.syntax.heads[preposition]
        if syntax.pos[head] in NOUN_POS:
            return self._owner_of_noun(head, depth)
        if syntax.pos[head] in {"ADP", "SCONJ", "ADV"} and syntax.heads[head] != head:
            return self._of_preposition(head, depth)
        object_ = syntax.child(head, {"dobj"})
        if object_ is not None and syntax.lowers[preposition] in {"of", "from", "for", "with", "into"} and object_ < preposition:
            return self.phrases(object_)
        if syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            return self._of_verb(head, depth)
        return ()

    def _owner_of_noun(self, noun: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return whose effort, plan or right it is: "by X", "X's", or who has or makes it."""
        syntax = self.syntax
        owner = syntax.child(noun, {"poss"})
        if owner is not None:
            return self.phrases(owner)
        for preposition in syntax.all(noun, {"prep", "agent"}):
            object_ = syntax.child(preposition, {"pobj"})
            if syntax.lowers[preposition] == "by" and object_ is not None:
                return self.phrases(object_)
        if syntax.deps[noun] in {"dobj", "attr"} and syntax.pos[syntax.heads[noun]] in {"VERB", "AUX"}:
            if syntax.lemmas[syntax.heads[noun]] in {"make", "have", "take", "launch", "begin", "show", "express", "seek", "reach", "abandon", "lack", "retain", "mount", "lead", "join"}:
                return self._of_verb(syntax.heads[noun], depth)
        return ()

    # --- objects and arguments -------------------------------------------------

    def _objects(self, links: Sequence[int]) -> tuple[NounPhrase, ...]:
        syntax, last = self.syntax, links[-1]
        if syntax.pos[last] == "ADJ":
            return ()
        object_ = syntax.child(last, {"dobj", "attr"})
        if object_ is None:
            object_ = syntax.child(last, {"oprd"})
            if object_ is not None and syntax.pos[object_] not in NOUN_POS:
                object_ = None
        if object_ is not None and syntax.tags[object_] in {"WDT", "WP"}:
            noun = self._relative_noun(links[0])
            return self.phrases(noun, preps=("of",)) if noun is not None else ()
        if object_ is None:
            noun = self._relative_gap(links)
            return self.phrases(noun, preps=("of",)) if noun is not None else ()
        return self.phrases(object_, preps=("of",))

    def _relative_gap(self, links: Sequence[int]) -> int | None:
        """Return the noun of "the price the Russians pay", the object of its relative clause."""
        syntax, first = self.syntax, links[0]
        if syntax.deps[first] != "relcl" or syntax.tags[links[-1]] == "VBN" and self._is_passive(links[-1]):
            return None
        own = syntax.child(first, SUBJECTS)
        if own is None or syntax.tags[own] in {"WDT", "WP"}:
            return None
        if any(syntax.lowers[c] in {"where", "when", "why", "how"} for c in syntax.children[links[-1]]):
            return None
        stranded = any(syntax.child(p, {"pobj", "pcomp"}) is None or syntax.tags[syntax.child(p, {"pobj", "pcomp"}) or p] in {"WDT", "WP"} for p in syntax.all(links[-1], {"prep"}))
        has_clause = syntax.child(links[-1], {"ccomp", "xcomp"}) is not None
        return None if stranded or has_clause or syntax.lemmas[links[-1]] == "be" else self._relative_noun(first)

    def _agents(self, i: int) -> tuple[NounPhrase, ...]:
        syntax = self.syntax
        for preposition in syntax.all(i, {"agent"}):
            object_ = syntax.child(preposition, {"pobj"})
            if object_ is not None:
                return self.phrases(object_)
        return ()

    def _rest(self, links: Sequence[int], clause: Clause) -> dict[str, object]:
        """Return the arguments, times and clausal object."""
        arguments: list[ArgumentPhrase] = []
        times: list[tuple[int, ...]] = []
        hosts = list(dict.fromkeys([*links, *(o.head for o in clause.objects)]))
        for host in hosts:
            for preposition in self.syntax.all(host, {"prep", "dative"}):
                if host != preposition:
                    self._take(preposition, host, arguments, times)
        for link in links:
            for adverb in self.syntax.all(link, {"npadvmod", "advmod"}):
                if self.syntax.lowers[adverb] in TIME_WORDS or self._is_year(adverb):
                    times.append(tuple(self.syntax.subtree(adverb, {"relcl", "punct"})))
        return {"arguments": tuple(arguments), "times": tuple(times), "literal": self._clausal_object(links)}

    def _take(self, preposition: int, host: int, arguments: list[ArgumentPhrase], times: list[tuple[int, ...]]) -> None:
        """Sort a prepositional phrase under arguments or times."""
        syntax = self.syntax
        word = syntax.lowers[preposition]
        if word in SKIPPED_PREPOSITIONS or (word == "of" and syntax.pos[host] in NOUN_POS | {"NUM", "PRON", "DET"}):
            return
        tokens, object_ = (preposition,), syntax.child(preposition, {"pobj"})
        nested = syntax.child(preposition, {"prep"})
        if object_ is None and nested is not None:
            tokens, object_ = (preposition, nested), syntax.child(nested, {"pobj"})
        if object_ is None and syntax.deps[preposition] == "dative" and syntax.pos[preposition] in NOUN_POS | {"PRON"}:
            tokens, object_ = (), preposition
        if object_ is None or (word in {"in", "by", "for", "as", "on"} and syntax.lowers[object_] in EMPTY_OBJECTS):
            return
        if self._is_time(object_) and word in TIME_PREPOSITIONS:
            times.append(tuple(syntax.subtree(preposition, {"relcl", "punct", "acl", "advcl"})))
            return
        if syntax.tags[object_] in {"WDT", "WP"}:
            noun = self._relative_noun(host)
            if noun is None:
                return
            object_ = noun
        role = " ".join(syntax.lowers[t] for t in tokens) or "to"
        arguments += [ArgumentPhrase(role, tokens, phrase, host) for phrase in self.phrases(object_, preps=("of",))]

    def _clausal_object(self, links: Sequence[int]) -> NounPhrase | None:
        """Return what is said, thought or known: the clause after "that", or a quotation."""
        syntax = self.syntax
        for i in syntax.all(links[-1], {"ccomp", "xcomp"}):
            if i not in links and (syntax.deps[i] == "ccomp" or syntax.child(links[-1], {"dobj"}) is None):
                tokens = [t for t in syntax.subtree(i) if syntax.deps[t] != "mark" or syntax.heads[t] != i]
                return NounPhrase(i, tuple(self._strip(tokens)))
        return None

    def _is_time(self, i: int) -> bool:
        return self.syntax.lowers[i] in TIME_WORDS or self._is_year(i)

    def _is_year(self, i: int) -> bool:
        word = self.syntax.words[i].rstrip("s")
        return word.isdigit() and len(word) == 4 and word[0] in "12"

    # --- noun phrases ------------------------------------------------------------

    def phrases(self, i: int, preps: tuple[str, ...] | None = None) -> tuple[NounPhrase, ...]:
        """Return a phrase for a noun and for each noun joined to it.

        ``preps`` names the prepositional phrases that stay; None keeps all.
        """
        return tuple(
            self.phrase(c, preps)
            for c in self.syntax.conjuncts(i)
            if c == i or (self.syntax.pos[c] in NOUN_POS | {"PRON", "NUM"} and not self._one_name(c, i))
        )

    def _one_name(self, first: int, second: int) -> bool:
        return first in self.names and self.names[first] == self.names.get(second)

    def phrase(self, i: int, preps: tuple[str, ...] | None = None) -> NounPhrase:
        """Return the noun phrase of one noun, without what is a claim of its own."""
        syntax, found, todo = self.syntax, {i}, list(self.syntax.children[i])
        if i in self.names:
            found |= set(range(*self.names[i]))
            preps = ("of",) if preps is None else preps
        while todo:
            token = todo.pop()
            dep = syntax.deps[token]
            if token in found:
                continue
            if syntax.heads[token] == i:
                if dep in PHRASE_BREAKS | {"conj", "cc", "preconj", "mark", "case", "agent"} or syntax.lowers[token] in {"neither", "either"} or (dep == "punct" and not self._is_quote(token)):
                    continue
                if dep in {"prep", "advmod"} and token > i and not (dep == "prep" and (preps is None or syntax.lowers[token] in preps) and syntax.lowers[token] not in SKIPPED_PREPOSITIONS):
                    continue
            found.add(token)
            todo += [c for c in syntax.children[token] if syntax.deps[c] not in {"relcl", "advcl"}]
        return NounPhrase(i, tuple(self._strip(sorted(found))))

    def _is_quote(self, i: int) -> bool:
        return self.syntax.words[i] in QUOTES or self.syntax.words[i] == "-"

    def _strip(self, tokens: list[int]) -> list[int]:
        """Cut marks and possessive endings off both ends."""
        deps, words = self.syntax.deps, self.syntax.words
        while len(tokens) > 1 and (deps[tokens[-1]] in {"punct", "case", "cc"} and not words[tokens[-1]][-1].isalnum() and words[tokens[-1]] not in QUOTES or words[tokens[-1]] in {"'s", "’s"}):
            tokens = tokens[:-1]
        while len(tokens) > 1 and deps[tokens[0]] in {"punct", "cc"} and not words[tokens[0]] in QUOTES:
            tokens = tokens[1:]
        while len(tokens) > 1 and sum(words[t] in QUOTES for t in tokens) == 1 and (words[tokens[0]] in QUOTES or words[tokens[-1]] in QUOTES):
            tokens = tokens[1:] if words[tokens[0]] in QUOTES else tokens[:-1]
        return tokens
