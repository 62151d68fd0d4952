"""A name that was found in a text, and the words that every rule on names goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicons import load_lexicons
from kg.reading.grammar import BEFORE_NOUNS, CALENDAR_WORDS, word_set

MONTHS = CALENDAR_WORDS | word_set("jan feb mar apr jun jul aug sep sept oct nov dec fall")
YEAR = re.compile(r"^(?:19|20)\d\d$")
MODIFIERS = BEFORE_NOUNS | {"amod"}
"""Labels of a name that stands before the noun that it is said of: "Russian citizens"."""
LONGEST_ROLE = 4
"""Words of a role at most: "chancellor of the exchequer"."""
Proposed = tuple[int, int, str] | tuple[int, int, str, float]
"""First token, token after the last, spaCy label or our type, and how probable that is."""
SINGULAR, PLURAL = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``start`` to ``end`` (exclusive) that name something.

    ``kind`` is a mention kind. ``of`` is the main name of the place or person that
    the name is built on ("Russia" for "Russian forces"), ``label`` the name to use
    when the words do not say it well, ``score`` how probable the type is by what proposed it.
    """

    start: int
    end: int
    type: str
    kind: str = "name"
    source: str = "spacy"
    label: str = ""
    of: str = ""
    score: float = 1.0

    @property
    def tokens(self) -> tuple[int, int]:
        """First token and token after the last."""
        return self.start, self.end

    @property
    def last(self) -> int:
        """The last token, which every name has."""
        return self.end - 1

    @property
    def size(self) -> int:
        """How many tokens the name has."""
        return self.end - self.start

    def holds(self, other: Name) -> bool:
        """Tell whether another name lies within this one, or is the same tokens."""
        return self.start <= other.start and other.end <= self.end


@cache
def small_words() -> frozenset[str]:
    """Return the words without a capital that names may hold: "of", "the", "van", "bin"."""
    words = load_lexicons().words
    return words["small_word"] | words["particle"]
