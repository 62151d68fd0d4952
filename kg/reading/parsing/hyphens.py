"""Tell which hyphens a line's end has put into words: "presi-/dent", "eval- uating", "well-/known".

A word that the document or the language knows whole loses the hyphen, and so does one
whose halves are no words; "decision-/makers" and what the document spells with a hyphen
elsewhere keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.reading.grammar import word_set
from kg.reading.parsing.broken_words import known_words

WORD = re.compile(r"[^\W_]+")
HYPHENATED = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]+")
ON_THE_LINE = re.compile(r"(?<![\w-])([^\W_]{2,})([-\u2010] )([^\W\d_]{2,})(?![\w-])")
"""The two halves of a word where a program has joined the lines, and left the hyphen."""
LEAST_HALF = 3
"""Letters of a half that is surely a word by itself."""
PREFIXES = word_set(
    "all anti co counter cross cyber de e ex extra half ill inter intra macro mega meta micro "
    "mid mini multi neo non off one over post pre pro pseudo quasi re self semi sub super trans "
    "two ultra un under vice well"
)
"""Before these a hyphen at a line's end was most likely printed inside the word, too."""
SUSPENDED = word_set("and or nor to as but through versus vs und oder et ou")
"""Words after a hyphen that stays for itself ("short- and long-term")."""


class Hyphens:
    """The hyphens of one document."""

    def __init__(self, text: str) -> None:
        self._text = text

    def keeps(self, first: str, second: str) -> bool:
        """Whether a word that a line's end parts into two halves has a hyphen elsewhere, too."""
        first, second = first.casefold(), second.casefold()
        if f"{first}-{second}" in self._hyphenated:
            return True
        whole = first + second
        if not first.isalpha() or whole in self._words or whole in known_words():
            return not first.isalpha()
        if not _is_word(second):
            return False
        return first in PREFIXES or _is_word(first)

    def on_the_line(self, start: int, end: int) -> Iterator[range]:
        """Yield what is to go between two halves that stand on one line: a space, or a hyphen, too."""
        for found in ON_THE_LINE.finditer(self._text, start, end):
            first, gap, second = found.groups()
            if second.islower() and second not in SUSPENDED:
                kept = self.keeps(first, second)
                yield range(found.start(2) + kept, found.start(2) + len(gap))

    @cached_property
    def _hyphenated(self) -> frozenset[str]:
        """Return the words that the document spells with a hyphen inside a line, in small letters."""
        found = HYPHENATED.findall(self._text)
        return frozenset(word.casefold().replace("\u2010", "-") for word in found)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Return the document's words, in small letters."""
        return frozenset(word.casefold() for word in WORD.findall(self._text))


def _is_word(half: str) -> bool:
    return len(half) >= LEAST_HALF and half in known_words()
