"""Claims that stand inside noun phrases, which no verb rule sees.

"Russia's exploitation of the power vacuum" says that Russia exploits it; "links with
Iran" that are Russia's say that Russia has them. The noun's verb comes from WordNet
(models/lexicons/nominalisations.tsv), so that "X attacked Y" and "X's attack on Y"
meet. What stands beside a name is read by
``kg/reading/claims/from_names.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.from_names import NameClaimFinder, NounRule
from kg.reading.claims.from_verbs import RawClaim
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.grammar import NOUN_POS, SUBJECTS, word_set
from kg.reading.mentions.groups import TokenMention

DIRECT_PREPOSITIONS = frozenset({"of", "on", "against"})
"""After a noun of acting these mark what the verb takes directly: attack on, invasion of."""
DIRECT = frozenset(
    {
        ("support", "for"), ("visit", "to"), ("control", "over"), ("backing", "for"),
        ("endorsement", "for"), ("influence", "over"), ("approval", "for"), ("praise", "for"),
        ("threat", "to"), ("resistance", "to"), ("opposition", "to"), ("assistance", "to"),
    }
)  # fmt: skip
"""Nouns with a preposition of their own for what their verb takes directly."""
NOT_RELATIONAL = word_set(
    "time year day month week end beginning start part number range way case lot kind "
    "sort area side rest top middle"
)
DEFINITE = word_set("the this these those its his her their our")
PARTITIVE = word_set(
    "range number group series variety set majority host handful dozen hundred thousand "
    "some many several"
)
CONTAINING = word_set("include involve comprise cover")
_OWNING_TYPES = frozenset({"Country", "Region", "Organization", "Government"})
_CLAUSE_DEPS = frozenset({"ccomp", "relcl", "advcl", "xcomp", "csubj", "pcomp", "parataxis"})
"""A noun so labelled is a verb that the tagger mistook ("that the firm partner with")."""
_AGENTIVE = ("er", "or", "ist", "ian")
_NO_RELATION = word_set("by such including like than as")
POINTING = word_set("this these that it")


NounArgument = tuple[tuple[int, ...], NounPhrase]
"""The tokens of a preposition, and the phrase after it."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose act or state a noun names, and by which ``rule``.

    ``resolved`` if only the sentence before tells.
    """

    phrases: tuple[NounPhrase, ...]
    rule: str
    resolved: bool = False


class NounClaimFinder:
    """Finds noun claims in one parsed text."""

    def __init__(
        self,
        clauses: ClauseFinder,
        lexicons: Lexicons,
        mentions: Mapping[int, TokenMention],
        members: Mapping[int, list[TokenMention]],
    ) -> None:
        self.syntax = clauses.syntax
        self.lexicons = lexicons
        self.mentions = mentions
        self.clauses = clauses
        self.beside = NameClaimFinder(clauses, mentions, members)

    def find(self, first: int, last: int, number: int) -> Iterator[RawClaim]:
        """Yield the noun claims of a sentence; their clauses are numbered from ``number``."""
        pos = self.syntax.pos
        for noun in (i for i in range(first, last) if pos[i] in NOUN_POS):
            for rule in self._rules(noun):
                found = list(rule(noun, number))
                yield from found
                number += bool(found)

    def _rules(self, noun: int) -> list[NounRule]:
        """Return the rules that a noun may set off: most have none."""
        relational = self.syntax.pos[noun] == "NOUN" and bool(self._prepositions(noun))
        return [*([self._relational] if relational else []), *self.beside.rules(noun)]

    # --- nouns with an owner -------------------------------------------------

    def _relational(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield what "X's noun of Y", "noun by X of Y", "noun between X and Y" say."""
        syntax = self.syntax
        if syntax.tags[noun] == "VBG" or syntax.deps[noun] in _CLAUSE_DEPS:
            return
        if syntax.lemmas[noun].lower() in NOT_RELATIONAL:
            return
        arguments = list(self._arguments(noun))
        if not arguments or self._is_of_unknown(noun):
            return
        if syntax.deps[noun] != "conj" or syntax.pos[syntax.heads[noun]] in NOUN_POS:
            yield from self._between(noun, number)
        owner = self._owner(noun)
        if owner is None:
            yield from self._undergone(noun, number, arguments)
            return
        for phrase in owner.phrases:
            for preposition, object_ in arguments:
                relation = self._relation(noun, preposition)
                yield replace(
                    relation, clause=number, subject=phrase, object=object_,
                    found_by=f"noun: {owner.rule}", resolved=owner.resolved,
                )  # fmt: skip

    def _is_of_unknown(self, noun: int) -> bool:
        """Tell "their statement of principle" where nobody knows who they are."""
        owner = self.syntax.child(noun, {"poss"})
        return (
            owner is not None and self.syntax.tags[owner] == "PRP$" and owner not in self.mentions
        )

    def _relation(self, noun: int, preposition: tuple[int, ...]) -> RawClaim:
        """Return a claim that has its relation: "exploit", or "have links with"."""
        syntax = self.syntax
        first = syntax.lowers[preposition[0]]
        direct = first in DIRECT_PREPOSITIONS or (syntax.lemmas[noun].lower(), first) in DIRECT
        words = " ".join(syntax.lowers[t] for t in preposition)
        modifiers = [t for t in syntax.all(noun, {"compound"}) if t not in self.mentions]
        verb = self.lexicons.verbs.get(syntax.lemmas[noun].lower())
        if verb and not modifiers:
            rest = words.split(" ", 1)[1:] if direct else [words]
            lemma, head = " ".join([verb, *rest]), verb
        else:
            own = " ".join(syntax.lowers[t] for t in (*modifiers, noun))
            lemma, head = f"have {own} {words}", syntax.lemmas[noun].lower()
        predicate = tuple(sorted({*modifiers, noun, *preposition}))
        return RawClaim(
            clause=0, subject=NounPhrase(noun, (noun,)), predicate=predicate, lemma=lemma, head=head,
            object=None, status_at=noun, found_by="",
            times=self._times(noun), noun=True, definite=self._is_definite(noun),
        )  # fmt: skip

    def _owner(self, noun: int) -> _Owner | None:
        """Return whose it is: a possessor, "by X", a country's, or the subject spoken of."""
        syntax = self.syntax
        owner = syntax.child(noun, {"poss"})
        if owner is None and syntax.deps[noun] == "conj" and syntax.child(noun, {"det"}) is None:
            owner = syntax.child(self._first_conjunct(noun), {"poss"})
        if owner is None:
            by = [p for p in syntax.all(noun, {"prep", "agent"}) if syntax.lowers[p] == "by"]
            agents = [syntax.child(p, {"pobj"}) for p in by]
            owner = next((a for a in agents if a is not None), None)
        if owner is not None:
            return _Owner(self.clauses.phrases(owner), "possessor")
        modifier = self._owning_modifier(noun)
        if modifier is not None:
            return _Owner((modifier,), "modifier")
        topic = self._topic(noun)
        return _Owner(topic, "topic", resolved=True) if topic else None

    def _owning_modifier(self, noun: int) -> NounPhrase | None:
        """Return the country or body before a noun: "Russian interference in"."""
        if noun in self.mentions:
            return None
        if self._is_person(noun):
            return None
        for modifier in self.syntax.all(noun, {"amod", "compound", "nmod"}):
            mention = self.mentions.get(modifier)
            if mention and mention.type in _OWNING_TYPES:
                return NounPhrase(modifier, tuple(range(mention.start, mention.end)))
        return None

    def _is_person(self, noun: int) -> bool:
        """Tell "Italian manufacturer of": it is no act or state of Italy's."""
        lemma = self.syntax.lemmas[noun].lower()
        living = self.lexicons.living.get(lemma)
        return living == "person" or (living == "group" and lemma.endswith(_AGENTIVE))

    def _first_conjunct(self, noun: int) -> int:
        while self.syntax.deps[noun] == "conj":
            noun = self.syntax.heads[noun]
        return noun

    def _topic(self, noun: int) -> tuple[NounPhrase, ...]:
        """Return whoever the sentence before speaks of: "This has included co-operation with Z"."""
        syntax = self.syntax
        first = self._first_conjunct(noun)
        verb = syntax.heads[first]
        subject = syntax.child(verb, {"nsubj"})
        if syntax.deps[first] != "dobj" or syntax.lemmas[verb] not in CONTAINING or subject is None:
            return ()
        if syntax.lowers[subject] not in POINTING:
            return ()
        sentence = syntax.sentence_of[verb]
        if sentence == 0:
            return ()
        start, end = syntax.sentences[sentence - 1]
        subjects = [
            t for t in range(start, end) if syntax.deps[t] in SUBJECTS and t in self.mentions
        ]
        keys = {self.mentions[t].key for t in subjects}
        return (NounPhrase(subjects[-1], (subjects[-1],)),) if len(keys) == 1 else ()

    def _arguments(self, noun: int) -> Iterator[NounArgument]:
        """Yield (preposition, phrase) of what hangs on a noun, "in support of X" as one."""
        syntax = self.syntax
        for preposition in self._prepositions(noun):
            object_ = syntax.child(preposition, {"pobj"})
            if object_ is None or self._says_nothing(preposition, object_):
                continue
            tokens, object_ = self._compound_preposition(preposition, object_)
            for phrase in self.clauses.phrases(object_, preps=("of",)):
                yield tokens, phrase
            if syntax.lowers[preposition] == "of":
                yield from self._places_inside(object_, preposition)
            counted = self._counted(object_)
            if counted is not None and len(tokens) == 1:
                yield from self._places_inside(counted, preposition)

    def _says_nothing(self, preposition: int, object_: int) -> bool:
        """Tell examples, agents, times and measures, which make no relation of a noun."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        measure = word == "of" and (syntax.tags[object_] == "CD" or self._is_part_of(object_))
        return word in _NO_RELATION or syntax.is_time(object_) or measure

    def _is_part_of(self, object_: int) -> bool:
        """Tell the "staff" of "chief of staff": a bare word that belongs to what is before it."""
        syntax, noun = self.syntax, self.syntax.heads[self.syntax.heads[object_]]
        bare = syntax.tags[object_] == "NN" and not syntax.children[object_]
        return bare and syntax.lemmas[noun].lower() not in self.lexicons.verbs

    def _compound_preposition(self, preposition: int, object_: int) -> tuple[tuple[int, ...], int]:
        """Return "in support of" and what follows it as one preposition and its noun."""
        syntax = self.syntax
        of = syntax.child(object_, {"prep"})
        bare = len(syntax.children[object_]) == 1 and syntax.tags[object_] == "NN"
        if (
            of is not None
            and bare
            and (syntax.lowers[preposition], syntax.lowers[of]) == ("in", "of")
        ):
            deep = syntax.child(of, {"pobj"})
            if deep is not None:
                return (preposition, object_, of), deep
        return (preposition,), object_

    def _counted(self, noun: int) -> int | None:
        """Return what "a range of countries" counts."""
        if self.syntax.lemmas[noun] not in PARTITIVE:
            return None
        of = self.syntax.child(noun, {"prep"})
        return self.syntax.child(of, {"pobj"}) if of is not None else None

    def _prepositions(self, noun: int) -> list[int]:
        """Return the prepositions of a noun, or of the verb that took them from it.

        The parser hangs "co-operation with China" on "included" as often as on the noun.
        """
        syntax = self.syntax
        own = syntax.all(noun, {"prep"})
        verb = syntax.heads[noun]
        if not own and syntax.deps[noun] in {"dobj", "conj"} and syntax.lemmas[verb] in CONTAINING:
            own = [p for p in syntax.all(verb, {"prep"}) if p == noun + 1]
        return own

    def _places_inside(self, noun: int, of: int) -> Iterator[NounArgument]:
        """Yield "in Syria" of "exploitation of the power vacuum in Syria": where it is done."""
        syntax = self.syntax
        for preposition in syntax.all(noun, {"prep"}):
            object_ = syntax.child(preposition, {"pobj"})
            placed = syntax.lowers[preposition] in {"in", "at", "on"}
            if object_ is not None and placed and object_ in self.mentions:
                inner = tuple(
                    t
                    for t in (of, *self.clauses.phrase(noun, preps=()).tokens)
                    if syntax.tags[t] != "DT"
                )
                for phrase in self.clauses.phrases(object_, preps=("of",)):
                    yield (*inner, preposition), phrase

    def _undergone(
        self, noun: int, number: int, arguments: list[NounArgument]
    ) -> Iterator[RawClaim]:
        """Yield "the assassination of Litvinenko": he was assassinated, nobody says by whom."""
        syntax = self.syntax
        verb = self.lexicons.verbs.get(syntax.lemmas[noun].lower())
        bare = syntax.deps[noun] == "pobj" and not syntax.all(noun, {"det", "amod"})
        if (
            verb is None
            or not verb.isalpha()
            or (bare and syntax.lowers[syntax.heads[noun]] == "in")
        ):
            return
        others = [a for a in arguments if syntax.lowers[a[0][0]] != "of" and len(a[0]) == 1]
        for preposition, phrase in arguments:
            if [syntax.lowers[t] for t in preposition] != ["of"]:
                continue
            done = RawClaim(
                clause=number, subject=phrase, predicate=tuple(sorted((noun, *preposition))), lemma=verb, head=verb,
                object=None, status_at=noun, found_by="noun: undergone",
                times=self._times(noun), participle=participle(verb), noun=True,
                definite=self._is_definite(noun),
            )  # fmt: skip
            if phrase.head in self.mentions:
                yield done
            for (word,), object_ in others:
                if any(t in self.clauses.names for t in (*phrase.tokens, *object_.tokens)):
                    role = syntax.lowers[word]
                    yield replace(
                        done, predicate=tuple(sorted((noun, *preposition, word))), lemma=f"{verb} {role}",
                        object=object_, participle=f"{done.participle} {role}",
                    )  # fmt: skip

    def _between(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield "the relationship between X and Y"."""
        syntax = self.syntax
        for preposition in syntax.all(noun, {"prep"}):
            object_ = syntax.child(preposition, {"pobj"})
            if syntax.lowers[preposition] != "between" or object_ is None:
                continue
            sides = self.clauses.phrases(object_)
            for other in sides[1:]:
                lemma = f"have {syntax.lowers[noun]} with"
                yield RawClaim(
                    clause=number, subject=sides[0], predicate=tuple(sorted((noun, preposition))), lemma=lemma,
                    head=syntax.lemmas[noun].lower(), object=other, status_at=noun,
                    found_by="noun: between", times=self._times(noun), noun=True,
                    definite=self._is_definite(noun),
                )  # fmt: skip

    def _times(self, noun: int) -> tuple[tuple[int, ...], ...]:
        syntax = self.syntax
        return tuple(
            tuple(syntax.subtree(p, {"punct"}))
            for p in syntax.all(noun, {"prep"})
            if (o := syntax.child(p, {"pobj"})) is not None and self.syntax.is_time(o)
        )

    def _is_definite(self, noun: int) -> bool:
        syntax = self.syntax
        if syntax.child(noun, {"poss"}) is not None:
            return True
        return any(syntax.lowers[c] in DEFINITE for c in syntax.all(noun, {"det"}))


IRREGULAR: Mapping[str, str] = MappingProxyType(
    dict(
        pair.split(":")
        for pair in word_set(
            "build:built seek:sought hold:held buy:bought sell:sold think:thought give:given "
            "take:taken write:written break:broken choose:chosen steal:stolen "
            "overthrow:overthrown shoot:shot make:made lose:lost spend:spent teach:taught "
            "lead:led strike:struck grow:grown know:known find:found send:sent see:seen "
            "do:done"
        )
    )
)
"""Participles that no rule makes, of verbs that nouns in our lists come from."""


def participle(verb: str) -> str:
    """Return the past participle of an English verb, by rule.

    >>> [participle(v) for v in ("assassinate", "deny", "stop", "poison", "hold")]
    ['assassinated', 'denied', 'stopped', 'poisoned', 'held']
    """
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    doubled = (
        len(verb) <= 4
        and verb[-1] not in "aeiouwxy"
        and verb[-2] in "aeiou"
        and verb[-3:-2] not in list("aeiou")
    )
    return verb + (verb[-1] if doubled else "") + "ed"
