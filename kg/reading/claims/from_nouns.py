"""Claims that stand inside noun phrases, which no verb rule sees.

"Russia's exploitation of the power vacuum" says that Russia exploits it; "links with
Iran" that are Russia's say that Russia has them. The noun's verb comes from WordNet
(models/lexicons/nominalisations.tsv), so that "X attacked Y" and "X's attack on Y"
meet. What stands beside a name is read by
``kg/reading/claims/from_names.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.lexicons import Lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.from_names import NameClaimFinder, NounRule
from kg.reading.claims.noun_arguments import NounArgument, NounArgumentFinder
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.owners import OwnerFinder
from kg.reading.claims.participles import participle
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import NOUN_POS, word_set
from kg.reading.mentions.groups import TokenMention

UNDERGONE, BETWEEN = "noun: undergone", "noun: between"
"""The rules, as a claim names the one that found it."""
DIRECT_PREPOSITIONS = word_set("of on against")
"""After a noun of acting these mark what the verb takes directly: attack on, invasion of."""
OWN_PREPOSITIONS = word_set("for to over")
"""The same after a few nouns: "support for"."""
DEFINITE = word_set("the this these those its his her their our")
_CLAUSE_DEPS = frozenset({"ccomp", "relcl", "advcl", "xcomp", "csubj", "pcomp", "parataxis"})
"""A noun so labelled is a verb that the tagger mistook ("that the firm partner with")."""


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
        self.mentions = mentions
        self.clauses = clauses
        self.verbs = lexicons.verbs
        self.no_relation = lexicons.words["no_relation"]
        self.own = {word: lexicons.words[f"direct:{word}"] for word in OWN_PREPOSITIONS}
        """Nouns that take what their verb takes directly with a preposition of their own."""
        self.arguments = NounArgumentFinder(clauses, lexicons, mentions)
        self.owners = OwnerFinder(clauses, lexicons, mentions)
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
        relational = self.syntax.pos[noun] == "NOUN" and self._is_relational(noun)
        beside = self.beside.rules(noun)
        return [self._relational, *beside] if relational else beside

    def _is_relational(self, noun: int) -> bool:
        """Tell "links with Iran" from "the end of May", and from a verb mistaken for a noun."""
        syntax = self.syntax
        if not self.arguments.prepositions(noun) or self._lemma(noun) in self.no_relation:
            return False
        return syntax.tags[noun] != "VBG" and syntax.deps[noun] not in _CLAUSE_DEPS

    def _lemma(self, noun: int) -> str:
        return self.syntax.lemmas[noun].lower()

    def _relational(self, noun: int, number: int) -> Iterator[RawClaim]:
        """Yield what "X's noun of Y", "noun by X of Y", "noun between X and Y" say."""
        arguments = list(self.arguments.arguments(noun))
        if not arguments or self.owners.is_unknown(noun):
            return
        if not self._is_joined_to_verb(noun):
            yield from self._between(noun, number)
        owner = self.owners.owner(noun)
        if owner is None:
            yield from self._undergone(noun, number, arguments)
            return
        for phrase in owner.phrases:
            for preposition, object_ in arguments:
                relation = self._relation(noun, preposition)
                yield replace(
                    relation, clause=number, subject=phrase, object=object_, found_by=owner.rule,
                    resolved=owner.resolved,
                )  # fmt: skip

    def _is_joined_to_verb(self, noun: int) -> bool:
        """Tell a noun that the parser takes for a second verb or adjective."""
        syntax = self.syntax
        return syntax.deps[noun] == "conj" and syntax.pos[syntax.heads[noun]] not in NOUN_POS

    # --- what somebody does or has ---------------------------------------------------

    def _relation(self, noun: int, preposition: tuple[int, ...]) -> RawClaim:
        """Return a claim that has its relation: "exploit", or "have links with"."""
        # "trade talks with Peru" are more than talking with Peru: a noun with such a word is had,
        # not done.
        modifiers = [t for t in self.syntax.all(noun, {"compound"}) if t not in self.mentions]
        verb = self.verbs.get(self._lemma(noun))
        if verb and not modifiers:
            lemma, head = self._done(noun, verb, preposition), verb
        else:
            words = self._words((*modifiers, noun, *preposition))
            lemma, head = f"have {words}", self._lemma(noun)
        predicate = tuple(sorted({*modifiers, noun, *preposition}))
        return RawClaim(
            clause=0, subject=NounPhrase(noun, (noun,)), predicate=predicate, lemma=lemma, head=head,
            object=None, status_at=noun, found_by="", times=self.arguments.times(noun), noun=True,
            definite=self._is_definite(noun),
        )  # fmt: skip

    def _done(self, noun: int, verb: str, preposition: tuple[int, ...]) -> str:
        """Return "attack" for "attack on", "talk with" for "talks with"."""
        first = self.syntax.lowers[preposition[0]]
        direct = first in DIRECT_PREPOSITIONS or self._lemma(noun) in self.own.get(first, ())
        words = self._words(preposition[1:] if direct else preposition)
        return f"{verb} {words}" if words else verb

    def _words(self, tokens: tuple[int, ...]) -> str:
        return " ".join(self.syntax.lowers[t] for t in tokens)

    # --- what somebody undergoes -----------------------------------------------------

    def _undergone(
        self, noun: int, number: int, arguments: list[NounArgument]
    ) -> Iterator[RawClaim]:
        """Yield "the assassination of Litvinenko": he was assassinated, nobody says by whom."""
        verb = self.verbs.get(self._lemma(noun))
        # Of a verb of several words no participle can be made.
        if verb is None or not verb.isalpha() or self._is_bare_after_in(noun):
            return
        for preposition, phrase in arguments:
            if self._words(preposition) == "of":
                done = RawClaim(
                    clause=number, subject=phrase, predicate=tuple(sorted((noun, *preposition))),
                    lemma=verb, head=verb, object=None, status_at=noun, found_by=UNDERGONE,
                    times=self.arguments.times(noun), participle=participle(verb), noun=True,
                    definite=self._is_definite(noun),
                )  # fmt: skip
                # "The use of gas" alone says nothing; of somebody with a name it does.
                if phrase.head in self.mentions:
                    yield done
                yield from self._undergone_with(done, arguments)

    def _is_bare_after_in(self, noun: int) -> bool:
        """Tell "in support of": no act, but a preposition."""
        syntax = self.syntax
        if syntax.deps[noun] != "pobj" or syntax.lowers[syntax.heads[noun]] != "in":
            return False
        return not syntax.all(noun, {"det", "amod"})

    def _undergone_with(self, done: RawClaim, arguments: list[NounArgument]) -> Iterator[RawClaim]:
        """Yield "the use of gas in Peru": it was used in Peru; one of them has a name."""
        for preposition, object_ in arguments:
            role = self._words(preposition)
            if len(preposition) > 1 or role == "of":
                continue
            if any(t in self.clauses.names for t in (*done.subject.tokens, *object_.tokens)):
                yield replace(
                    done, predicate=tuple(sorted((*done.predicate, *preposition))),
                    lemma=f"{done.lemma} {role}", object=object_,
                    participle=f"{done.participle} {role}",
                )  # fmt: skip

    # --- what is between two ---------------------------------------------------------

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
                    head=self._lemma(noun), object=other, status_at=noun, found_by=BETWEEN,
                    times=self.arguments.times(noun), noun=True, definite=self._is_definite(noun),
                )  # fmt: skip

    def _is_definite(self, noun: int) -> bool:
        syntax = self.syntax
        if syntax.child(noun, {"poss"}) is not None:
            return True
        return any(syntax.lowers[c] in DEFINITE for c in syntax.all(noun, {"det"}))
