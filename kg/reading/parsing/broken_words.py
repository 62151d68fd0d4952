"""Join the words that a scan's smudges part: "recogni zed", "differ ent", "t he".

Two or three pieces are one word where that word is known and one of the pieces is not.
What is a word is told by the vocabulary of the encoder, whose whole words are those that
English texts use most, so that a rare word is never taken for a piece by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from kg.settings import models_folder

_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")
_MOST_PIECES = 3
_LEAST_BEFORE_LETTER = 4
"""Letters of a known word that may have lost its last one: "document s", not "the e"."""
_LETTERS = frozenset({"a", "i"})
"""Letters that are words."""


@cache
def known_words() -> Mapping[str, int]:
    """Return the words that are surely some, in small letters, with their rank by frequency."""
    path = models_folder() / "encoder" / "vocabulary.txt"
    words = path.read_text(encoding="utf-8").splitlines()
    return MappingProxyType(
        {w: n for n, w in enumerate(words) if w.isalpha() and (len(w) > 1 or w in _LETTERS)}
    )


def broken_words(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the spaces stand that part the pieces of a word, in order.

    >>> list(broken_words("We recogni zed a differ ent plan.", 0, 33))
    [10, 23]
    """
    words = list(_WORD.finditer(text, start, end))
    whole = [len(word.group()) > 1 and word.group().lower() in known_words() for word in words]
    i = 0
    while i < len(words):
        count = 1 if all(whole[i : i + _MOST_PIECES]) else _pieces(text, words, i)
        yield from (words[n].end() for n in range(i, i + count - 1))
        i += count


def _pieces(text: str, words: list[re.Match[str]], i: int) -> int:
    """Return how many of the words from ``i`` on are pieces of one; 1 if it is whole."""
    known = known_words()
    for count in range(_MOST_PIECES, 1, -1):
        pieces = words[i : i + count]
        if len(pieces) < count or not _adjoin(text, pieces):
            continue
        parts = [piece.group() for piece in pieces]
        if "".join(parts).lower() in known and not _are_words(parts):
            return count
    return 1


def _are_words(parts: list[str]) -> bool:
    """Tell words that stand by themselves: known ones, and an initial beside one ("B is").

    A letter belongs to the known word beside it where both together are more frequent
    ("th e"), or where it is the last of a longer one ("document s").
    """
    known = known_words()
    ranks = [known[part] for part in map(str.lower, parts) if part in known]
    letters = sum(len(part) == 1 for part in parts)
    if len(parts) in (len(ranks), letters):
        return True
    if len(ranks) + letters < len(parts):
        return False
    ends_long = len(parts[-1]) == 1 and len(parts[0]) >= _LEAST_BEFORE_LETTER
    return not ends_long and known["".join(parts).lower()] > min(ranks)


def _adjoin(text: str, pieces: list[re.Match[str]]) -> bool:
    """Tell pieces with one space between them, of which only the first has a capital."""
    if any(not piece.group().islower() for piece in pieces[1:]):
        return False
    first, last = pieces[0].group(), pieces[-1].group()
    if last == "s" and not first.islower():
        return False  # "Peru s": an apostrophe is lost
    spans = pairwise(pieces)
    return all(b.start() == a.end() + 1 and text[a.end()] == " " for a, b in spans)
