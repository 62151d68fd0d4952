"""Cut noun phrases out of a parse: the words that name one thing, and no claim of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.reading.grammar import (
    NO_NAMES,
    NOUN_POS,
    PHRASE_BREAKS,
    POSSESSIVE_ENDINGS,
    Syntax,
    word_set,
)

QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
SKIPPED_PREPOSITIONS = word_set("including such like according")
"""Prepositions that give examples or sources and so take no part in what is said."""
_ALL = word_set("all everyone everybody everything anyone anybody anything none nothing nobody")
_OUTSIDE = PHRASE_BREAKS | {"conj", "cc", "preconj", "mark", "case", "agent"}
"""Dependents of a noun that are no part of its phrase."""
_JOINING = frozenset({"conj", "cc"})
_JOINED_POS = NOUN_POS | {"PRON", "NUM"}
_SCALES = word_set("k m mn mm bn b tn")
"""Thousands, millions … as they stand after a number."""
_BEHIND = frozenset({"prep", "advmod"})
"""Dependents that are part of a phrase before its noun, and after it only sometimes."""
_CLAUSES = frozenset({"relcl", "advcl"})
_JOINING_WORDS = word_set("neither either both")
_TRAILING, _LEADING = frozenset({"punct", "case", "cc"}), frozenset({"punct", "cc"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens that fill a place in a clause, and the one the others hang on."""

    head: int
    tokens: tuple[int, ...]


class PhraseCutter:
    """Cuts noun phrases out of one parsed text.

    ``names`` maps each token of a name to the name's range: a name is one thing,
    whatever the parser made of its inside ("the Rules Based International Order").
    """

    def __init__(self, syntax: Syntax, *, names: Mapping[int, tuple[int, int]] = NO_NAMES) -> None:
        self.syntax = syntax
        self.names = names

    def phrases(self, i: int, *, preps: tuple[str, ...] | None = None) -> tuple[NounPhrase, ...]:
        """Return a phrase for a noun and for each noun joined to it.

        ``preps`` names the prepositional phrases that stay; None keeps all.
        """
        if self.syntax.child(i, _JOINING) is None:
            return (self.phrase(i, preps=preps),)
        excepted = self._excepted(i)
        if excepted:
            whole = {*self.phrase(i, preps=preps).tokens, *excepted}
            return (NounPhrase(i, tuple(self.strip(sorted(whole)))),)
        return tuple(
            self.phrase(c, preps=preps)
            for c in self.syntax.conjuncts(i)
            # "Trinidad and Tobago" is one thing, whatever is joined inside it.
            if c == i or (self.syntax.pos[c] in _JOINED_POS and not self._one_name(c, i))
        )

    def _excepted(self, i: int) -> list[int]:
        """Return "but six" of "all but six": not a second one, but what the first leaves out."""
        syntax = self.syntax
        but = [c for c in syntax.all(i, {"cc"}) if syntax.lowers[c] == "but"]
        if not but or syntax.lowers[i] not in _ALL:
            return []
        return but + [t for c in syntax.all(i, {"conj"}) for t in syntax.subtree(c)]

    def named(self, phrase: NounPhrase) -> NounPhrase:
        """Return the name in "Kenya's president, William Ruto," for the president."""
        syntax, i = self.syntax, phrase.head
        if i in self.names or syntax.tags[i] != "NN":
            return phrase
        for name in syntax.all(i, {"appos"}):
            if name in self.names and name > i and not syntax.all(name, {"conj", "nummod"}):
                return self.phrase(name, preps=("of",))
        return phrase

    def members(self, i: int) -> tuple[NounPhrase, ...]:
        """Return the names given as examples: "states, including Ghana and Togo"."""
        syntax = self.syntax
        found: list[NounPhrase] = []
        for preposition in syntax.all(i, {"prep"}):
            example = syntax.child(preposition, {"pobj"})
            if example is not None and self._gives_examples(preposition):
                found += [p for p in self.phrases(example) if p.head in self.names]
        return tuple(found)

    def _gives_examples(self, preposition: int) -> bool:
        """Tell "including", "such as"."""
        lowers = self.syntax.lowers
        words = [lowers[preposition], *[lowers[c] for c in self.syntax.children[preposition]]]
        return "including" in words or ("as" in words and "such" in words)

    def _one_name(self, first: int, second: int) -> bool:
        return first in self.names and self.names[first] == self.names.get(second)

    def phrase(self, i: int, *, preps: tuple[str, ...] | None = None) -> NounPhrase:
        """Return the noun phrase of one noun, without what is a claim of its own."""
        # Most nouns are one word: they need no cutting.
        bare = not self.syntax.children[i] and i not in self.names
        tokens = [i] if bare else self.strip(sorted(self._inside(i, preps)))
        return NounPhrase(i, tuple(self._unbroken(tokens)))

    def _inside(self, i: int, preps: tuple[str, ...] | None) -> set[int]:
        """Return the tokens of a noun's phrase."""
        found = {i}
        if i in self.names:
            found.update(range(*self.names[i]))
            # A name goes on with "of", with nothing else: "the Bank of Ghana | in Accra".
            preps = ("of",) if preps is None else preps
        children = self.syntax.children[i]
        self._add([c for c in children if c not in found and self._belongs(c, i, preps)], to=found)
        return found

    def _add(self, todo: list[int], *, to: set[int]) -> None:
        """Add tokens to a phrase, and what hangs on them but clauses."""
        children, deps = self.syntax.children, self.syntax.deps
        while todo:
            token = todo.pop()
            if token not in to:
                to.add(token)
                todo += [c for c in children[token] if deps[c] not in _CLAUSES]

    def _unbroken(self, tokens: list[int]) -> list[int]:
        """Complete "an e" of "an e-mail", "$5" of "$5m": no phrase ends inside a word."""
        if self._is_scale(tokens[-1] + 1):
            tokens = [*tokens, tokens[-1] + 1]
        while self._is_tight(tokens[-1] + 1):
            tokens = [*tokens, tokens[-1] + 1, tokens[-1] + 2]
        return tokens

    def _is_scale(self, i: int) -> bool:
        """Tell the "m" of "$5m", right after a number."""
        syntax = self.syntax
        number = syntax.near(syntax.words, i - 1)[-1:].isdigit()
        return number and syntax.is_glued(i) and syntax.near(syntax.lowers, i) in _SCALES

    def _is_tight(self, hyphen: int) -> bool:
        """Tell a hyphen that has no space on either side, and letters after it."""
        syntax = self.syntax
        if syntax.near(syntax.words, hyphen) != "-":
            return False
        bound = syntax.is_glued(hyphen) and syntax.is_glued(hyphen + 1)
        return bound and syntax.near(syntax.words, hyphen + 1).isalpha()

    def _belongs(self, token: int, noun: int, preps: tuple[str, ...] | None) -> bool:
        """Tell whether a dependent of a noun is part of its phrase."""
        dep, word = self.syntax.deps[token], self.syntax.lowers[token]
        if dep in _OUTSIDE or (word in _JOINING_WORDS and self._is_joining(word, noun)):
            return False
        if dep == "punct":
            return self._is_quote(token)
        if dep not in _BEHIND or token < noun:
            return True
        return dep == "prep" and self._stays(token, noun, preps)

    def _is_joining(self, word: str, noun: int) -> bool:
        """Tell "both" of "both Kenya and Peru" from that of "both ships"."""
        return word != "both" or self.syntax.child(noun, {"conj"}) is not None

    def _stays(self, preposition: int, noun: int, preps: tuple[str, ...] | None) -> bool:
        """Tell whether what a preposition leads to is one of the phrases that stay."""
        word = self.syntax.lowers[preposition]
        if word in SKIPPED_PREPOSITIONS or self.syntax.is_accused(noun, preposition):
            return False
        return preps is None or word in preps

    def _is_quote(self, i: int) -> bool:
        return self.syntax.words[i] in QUOTES or self.syntax.words[i] == "-"

    def strip(self, tokens: list[int]) -> list[int]:
        """Cut marks and possessive endings off both ends."""
        while len(tokens) > 1 and self._is_trailing(tokens[-1]):
            tokens = tokens[:-1]
        while len(tokens) > 1 and self._is_leading(tokens[0]):
            tokens = tokens[1:]
        return self._without_lone_quote(tokens)

    def _is_trailing(self, i: int) -> bool:
        """Tell "'s", and a mark that closes no quotation."""
        word = self.syntax.words[i]
        if word in POSSESSIVE_ENDINGS:
            return True
        if self.syntax.deps[i] not in _TRAILING:
            return False
        return not word[-1].isalnum() and word not in QUOTES

    def _is_leading(self, i: int) -> bool:
        """Tell a mark, or "and", that begins no phrase."""
        return self.syntax.deps[i] in _LEADING and self.syntax.words[i] not in QUOTES

    def _without_lone_quote(self, tokens: list[int]) -> list[int]:
        """Cut off a quotation mark at one end whose partner stands outside the phrase."""
        words = self.syntax.words
        if not tokens:
            return tokens
        opens, closes = words[tokens[0]] in QUOTES, words[tokens[-1]] in QUOTES
        if opens == closes or sum(words[t] in QUOTES for t in tokens) > 1:
            return tokens
        return tokens[1:] if opens else tokens[:-1]
