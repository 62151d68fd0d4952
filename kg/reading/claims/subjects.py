"""Find the subject of a clause, also where grammar leaves it out.

A joined verb shares the first one's subject; a relative or participial clause takes the
noun that it hangs on; an infinitive or participle takes what controls it: the object or
the subject of the clause above, or whose plan or right the noun above names.
"""

from __future__ import annotations

from kg.lexicons import Lexicons
from kg.reading.claims.noun_phrases import NounPhrase, PhraseCutter
from kg.reading.grammar import (
    CLAUSAL,
    COPULAS,
    FINITE_TAGS,
    LINKING_POS,
    NOUN_POS,
    OBJECT_CONTROL,
    PREDICATE_POS,
    RELATIVE_TAGS,
    SUBJECTS,
    VERB_POS,
    Syntax,
    word_set,
)

_DEEPEST = 6
"""Clauses to look upwards before giving up."""
_WHERE = word_set("in at on near inside under outside behind beside")
_NONE = word_set("no few little any")
_OPEN_CLAUSES = frozenset({"xcomp", "advcl"})
_CLAUSE_SUBJECTS = frozenset({"csubj", "csubjpass"})
_NAMING_NOBODY = RELATIVE_TAGS | {"EX"}
"""Tags of "who", "what" and "there"."""
_STANDING_FOR_NOUNS = NOUN_POS | {"PRON", "NUM"}
_NOTHING: tuple[NounPhrase, ...] = ()


class SubjectFinder:
    """Finds subjects in one parsed text."""

    def __init__(self, syntax: Syntax, phrases: PhraseCutter, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.controlling = lexicons.words["subject_control"]
        self.owning = lexicons.words["owning_verb"]
        self.phrases = phrases.phrases

    def subjects(self, i: int, *, depth: int = 0) -> tuple[tuple[NounPhrase, ...], bool]:
        """Return who does it (or undergoes it), and whether that was filled in."""
        own = self.syntax.child(i, SUBJECTS)
        if own is not None:
            return self._own_subject(i, own)
        if self.syntax.child(i, {"expl"}) is not None:
            return self._existing(i), False
        return (self._controller(i, depth) if depth <= _DEEPEST else _NOTHING), True

    def _own_subject(self, i: int, subject: int) -> tuple[tuple[NounPhrase, ...], bool]:
        syntax = self.syntax
        if syntax.deps[subject] in _CLAUSE_SUBJECTS or self._is_empty_it(i, subject):
            return (), False
        if syntax.tags[subject] in RELATIVE_TAGS and (noun := self.relative_noun(i)) is not None:
            return self.phrases(noun), True
        if syntax.tags[subject] in _NAMING_NOBODY:
            return (), False
        if (owner := self._whose(i, subject)) is not None:
            return (owner,), True
        return self.phrases(subject), False

    def _is_empty_it(self, i: int, subject: int) -> bool:
        """Tell an "it" that names nothing: "it is clear that", "it was Peru that sold it"."""
        if self.syntax.lowers[subject] != "it":
            return False
        return self._is_expletive(i) or self._is_cleft(i)

    def _existing(self, i: int) -> tuple[NounPhrase, ...]:
        """Return what "there is", where somebody says where: "there is a base in Djibouti"."""
        syntax = self.syntax
        thing = syntax.child(i, {"attr"})
        if thing is None or syntax.has_child(thing, _NONE, {"det", "amod"}):
            return _NOTHING
        # What the thing does is told by its own clause: "there is a man who sells them".
        if syntax.child(thing, {"acl", "ccomp", "relcl"}) is not None:
            return _NOTHING
        where = [p for h in (i, thing) for p in syntax.all(h, {"prep"})]
        placed = any(syntax.lowers[p] in _WHERE for p in where)
        return self.phrases(thing, preps=("of",)) if placed else _NOTHING

    def _whose(self, i: int, subject: int) -> NounPhrase | None:
        """Return "the ministry budget" for "the ministry, whose budget doubled"."""
        owner, noun = self.syntax.child(subject, {"poss"}), self.relative_noun(i)
        if owner is None or noun is None or self.syntax.tags[owner] != "WP$":
            return None
        own = [t for t in self.phrases(subject)[0].tokens if t != owner]
        whose = [t for t in self.phrases(noun)[0].tokens if t < owner]
        return NounPhrase(subject, tuple(sorted({*whose, *own})))

    def _is_expletive(self, i: int) -> bool:
        """Tell the "it" of "it is clear that", which stands for the clause that follows."""
        syntax = self.syntax
        hosts = [i, *syntax.all(i, {"acomp", "attr", "oprd"})]
        if all(syntax.child(host, CLAUSAL) is None for host in hosts):
            return False
        if syntax.lemmas[i] in COPULAS or syntax.child(i, {"auxpass"}) is not None:
            return True
        return syntax.tags[i] == "VBG" and syntax.child(i, {"dobj"}) is None

    def _is_cleft(self, i: int) -> bool:
        """Tell "it was the Kremlin that ordered it", "it was Russia's agents who did"."""
        syntax, name = self.syntax, self.syntax.child(i, {"attr"})
        if name is None or syntax.child(name, {"relcl"}) is None:
            return False
        # With an indefinite noun "it" is a thing: "it was a bomb that he had built".
        owned = syntax.child(name, {"poss"}) is not None
        return syntax.pos[name] == "PROPN" or owned or syntax.has_child(name, {"the"}, {"det"})

    def relative_noun(self, i: int) -> int | None:
        """Return the noun that a relative clause says something of."""
        syntax = self.syntax
        while syntax.deps[i] in {"conj", "ccomp", "xcomp"} and syntax.heads[i] != i:
            i = syntax.heads[i]
        return (
            syntax.heads[i]
            if syntax.deps[i] == "relcl" and syntax.pos[syntax.heads[i]] in _STANDING_FOR_NOUNS
            else None
        )

    def _controller(self, i: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return the subject that grammar leaves out, from where the clause hangs."""
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        if dep == "pcomp":
            return self._of_preposition(head, depth)
        if dep == "acl" and syntax.pos[head] in NOUN_POS:
            infinitive = syntax.is_infinitive(i)
            return self._owner_of_noun(head, depth) if infinitive else self.phrases(head)
        if syntax.pos[head] not in PREDICATE_POS:
            return _NOTHING
        if dep == "conj":
            return self._of_verb(head, depth)
        return self._of_clause_above(i, depth) if dep in _OPEN_CLAUSES else _NOTHING

    def _of_clause_above(self, i: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return the object ("urged Iran to leave") or subject of the clause above."""
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        object_ = syntax.child(head, {"dobj"})
        if dep == "xcomp" and object_ is not None and syntax.lemmas[head] not in self.controlling:
            return self.phrases(object_)
        marked = syntax.child(i, {"mark"}) is not None
        # A finite clause has a subject of its own; where the parser found none, it erred.
        if dep == "advcl" and marked and not self._is_nonfinite(i):
            return _NOTHING
        return self._of_verb(head, depth)

    def _is_nonfinite(self, i: int) -> bool:
        if any(self.syntax.tags[c] in FINITE_TAGS for c in self.syntax.all(i, {"aux"})):
            return False
        return self.syntax.tags[i] in {"VBG", "VBN"} or self.syntax.is_infinitive(i)

    def _of_verb(self, i: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return the subject of the clause that ``i`` belongs to."""
        syntax = self.syntax
        if syntax.pos[i] == "ADJ" and syntax.deps[i] in {"acomp", "oprd", "conj"}:
            i = syntax.heads[i]
        return self.subjects(i, depth=depth + 1)[0]

    def _of_preposition(self, preposition: int, depth: int) -> tuple[NounPhrase, ...]:
        """Return who does what follows a preposition ("accused Iran of arming", "by arming")."""
        syntax, head = self.syntax, self.syntax.heads[preposition]
        if syntax.pos[head] in NOUN_POS:
            accused = syntax.is_accused(head, preposition)
            return self.phrases(head) if accused else self._owner_of_noun(head, depth)
        if syntax.pos[head] in LINKING_POS and syntax.heads[head] != head:
            return self._of_preposition(head, depth)
        doer = self._doer(head, preposition)
        if doer is not None:
            return self.phrases(doer)
        return self._of_verb(head, depth) if syntax.pos[head] in PREDICATE_POS else _NOTHING

    def _doer(self, verb: int, preposition: int) -> int | None:
        """Return the object of a verb if it does what follows the preposition behind it."""
        object_ = self.syntax.child(verb, {"dobj"})
        if object_ is None or object_ > preposition:
            return None
        return object_ if self._is_doer(object_, preposition) else None

    def _is_doer(self, object_: int, preposition: int) -> bool:
        """Tell "kept the fleet from sailing" from "learnt a lot from asking"."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        # After "from" a thing is what is gained or learnt, somebody is kept from doing it.
        if word != "from" or syntax.is_accused(object_, preposition):
            return word in OBJECT_CONTROL
        return syntax.pos[object_] in {"PROPN", "PRON"}

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
        verb = syntax.heads[noun]
        owned = syntax.deps[noun] in {"dobj", "attr"} and syntax.pos[verb] in VERB_POS
        return self._of_verb(verb, depth) if owned and syntax.lemmas[verb] in self.owning else ()
