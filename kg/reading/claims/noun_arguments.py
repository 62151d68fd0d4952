"""Find what hangs on a noun: "links with Iran", "in support of the rebels", "attack on Peru"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.lexicons import Lexicons
from kg.reading.claims.clauses import ClauseFinder
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.grammar import word_set
from kg.reading.mentions.groups import TokenMention

NounArgument = tuple[tuple[int, ...], NounPhrase]
"""The tokens of a preposition, and the phrase after it."""
_NO_RELATION = word_set("by such including like than as")
_PLACING = word_set("in at on")
_GOVERNED = frozenset({"dobj", "conj"})


class NounArgumentFinder:
    """Finds the arguments and times of the nouns of one parsed text."""

    def __init__(
        self, clauses: ClauseFinder, lexicons: Lexicons, mentions: Mapping[int, TokenMention]
    ) -> None:
        self.syntax = clauses.syntax
        self.clauses = clauses
        self.mentions = mentions
        self.verbs = lexicons.verbs
        self.containing = lexicons.words["containing_verb"]
        self.partitive = lexicons.words["partitive"]

    def arguments(self, noun: int) -> Iterator[NounArgument]:
        """Yield (preposition, phrase) of what hangs on a noun, "in support of X" as one."""
        for preposition in self.prepositions(noun):
            object_ = self.syntax.child(preposition, {"pobj"})
            if object_ is not None and not self._says_nothing(preposition, object_):
                yield from self._behind(preposition, object_)

    def prepositions(self, noun: int) -> list[int]:
        """Return the prepositions of a noun, or of the verb that took them from it.

        The parser hangs "co-operation with China" on "included" as often as on the noun.
        """
        own = self.syntax.all(noun, {"prep"})
        if own or not self._is_contained(noun):
            return own
        # Further off it is the verb's own.
        return [p for p in self.syntax.all(self.syntax.heads[noun], {"prep"}) if p == noun + 1]

    def times(self, noun: int) -> tuple[tuple[int, ...], ...]:
        """Return the phrases of a noun that say when."""
        syntax = self.syntax
        return tuple(
            tuple(syntax.subtree(p, {"punct"}))
            for p in syntax.all(noun, {"prep"})
            if (o := syntax.child(p, {"pobj"})) is not None and syntax.is_time(o)
        )

    def _is_contained(self, noun: int) -> bool:
        """Tell the object of "included", "involves"."""
        syntax = self.syntax
        governed = syntax.deps[noun] in _GOVERNED
        return governed and syntax.lemmas[syntax.heads[noun]] in self.containing

    def _behind(self, preposition: int, object_: int) -> Iterator[NounArgument]:
        """Yield what a preposition leads to, and where that is."""
        tokens, object_ = self._compound_preposition(preposition, object_)
        for phrase in self.clauses.phrases(object_, preps=("of",)):
            yield tokens, phrase
        if self.syntax.lowers[preposition] == "of":
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
        return bare and syntax.lemmas[noun].lower() not in self.verbs

    def _compound_preposition(self, preposition: int, object_: int) -> tuple[tuple[int, ...], int]:
        """Return "in support of" and what follows it as one preposition and its noun."""
        syntax = self.syntax
        of = syntax.child(object_, {"prep"})
        bare = len(syntax.children[object_]) == 1 and syntax.tags[object_] == "NN"
        if of is None or not bare:
            return (preposition,), object_
        deep = syntax.child(of, {"pobj"})
        # Bare, as in "in support of"; "in the support of" is support, and something is in it.
        if deep is None or (syntax.lowers[preposition], syntax.lowers[of]) != ("in", "of"):
            return (preposition,), object_
        return (preposition, object_, of), deep

    def _counted(self, noun: int) -> int | None:
        """Return what "a range of countries" counts."""
        if self.syntax.lemmas[noun] not in self.partitive:
            return None
        of = self.syntax.child(noun, {"prep"})
        return self.syntax.child(of, {"pobj"}) if of is not None else None

    def _places_inside(self, noun: int, of: int) -> Iterator[NounArgument]:
        """Yield "in Syria" of "exploitation of the power vacuum in Syria": where it is done."""
        syntax = self.syntax
        for preposition in syntax.all(noun, {"prep"}):
            object_ = syntax.child(preposition, {"pobj"})
            placed = syntax.lowers[preposition] in _PLACING
            if object_ is None or not placed or object_ not in self.mentions:
                continue
            phrase = (of, *self.clauses.phrase(noun, preps=()).tokens)
            inner = tuple(t for t in phrase if syntax.tags[t] != "DT")
            for place in self.clauses.phrases(object_, preps=("of",)):
                yield (*inner, preposition), place
