"""Part the words whose space is lost: "fled toGaza", "theWest Bankand", "HAMAS.As".

Pages that were turned into text lose the spaces at their links and line ends. A word alone does not
tell ("Poland" is one): only where a document has such places that cannot be otherwise, a small
word before a capital ("inLebanon"), are its other words looked at, with those that it has whole elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.reading.parsing.broken_words import known_words

_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]{3,}(?![\w'’])")
_TURN = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SMALL_WORDS = frozenset(
    """
    also an and are as at between by for from had has have in is of on or that the to was were
    which who with
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Words that no word of English is built with, unlike "over", "under" or "out"."""
_ADDRESS = re.compile(r"\b(?:www\.|https?:|\S+@)\S+")
_CLEAR = re.compile(
    rf"(?<![\w.$/@<])(?:{'|'.join(sorted(_SMALL_WORDS))})(?=[A-Z][a-z]{{2,}}(?![\w(=]))"
)
_MARK = re.compile(
    r"(?<=[A-Za-z]{2}[.?!])(?=[A-Z][a-z]*\b(?!\.\w))|(?<=[a-z],)(?=[A-Z][a-z])"
    r"|(?<=[A-Z]\.[A-Z]\.)(?=[a-z]{3})"
)
"""Where a sentence, an item or an abbreviation ends and the next word begins at once."""
_SURE_MARK = re.compile(r"(?<=[\w)];)(?=[A-Z])|(?<=\):)(?=[A-Z][a-z])|(?<=[,;])(?=\([A-Za-z])")
"""Marks after which no word goes on in any document: "1924;Whereas", "(Reasons):Dmitry", "),(a.k.a."."""
_LEAST_CLEAR = 3
"""Different words: a name or two may be written so ("theScore")."""
_FREQUENT = 10_000
"""Rank among the words of English."""
_LEAST_PART = 3
"""Letters that a name beside a small word has."""


def glued_words(text: str) -> Iterator[int]:
    """Yield where a space is missing, in order; only after a mark in a text that keeps its spaces.

    >>> text = "He fled toGaza. She was inSyria and theWest Bankand saw Gaza. The Bank fell, Bank by Bank."
    >>> [text[at - 4 : at] + " " + text[at : at + 3] for at in glued_words(text)]
    ['d to Gaz', 's in Syr', ' the Wes', 'Bank and']
    """
    places = {found.start() for found in _SURE_MARK.finditer(text)}
    clear = {text[found.start() : found.end() + 3] for found in _CLEAR.finditer(text)}
    if len(clear) >= _LEAST_CLEAR:
        places |= {found.start() for found in _MARK.finditer(text)}
        places |= set(_inside_words(text))
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    yield from sorted(at for at in places if not any(a < at < b for a, b in addresses))


def _inside_words(text: str) -> Iterator[int]:
    """Yield where words of no language fall apart into words of the document or of English."""
    own = {word for word, count in Counter(_WORD.findall(text)).items() if count > 1}
    for found in _WORD.finditer(text):
        if found.group().lower().removesuffix("s") not in known_words():
            yield from (found.start() + at for at in _inside(found.group(), own))


def _inside(word: str, own: set[str]) -> Iterator[int]:
    """Yield where a word falls apart: before a capital, and beside a small word."""
    ends = [found.start() for found in _TURN.finditer(word)]
    for start, end in zip([0, *ends], [*ends, len(word)], strict=True):
        if start:
            yield start
        at = _beside_small_word(word[start:end], own)
        if at:
            yield start + at


def _beside_small_word(piece: str, own: set[str]) -> int:
    """Return where a piece that is no word parts into a small word and one that is; 0 if nowhere."""
    if _is_word(piece, own):
        return 0
    for at in range(2, len(piece) - 1):
        left, right = piece[:at], piece[at:]
        if right in _SMALL_WORDS and at >= _LEAST_PART and _is_word(left, own):
            return at
        if left.lower() in _SMALL_WORDS and len(right) >= _LEAST_PART and _is_word(right, own):
            return at
    return 0


def _is_word(piece: str, own: set[str]) -> bool:
    """Tell a word of the document or of English; a name ("Sid") only if it is a frequent one."""
    rank = known_words().get(piece.lower().removesuffix("s"))
    return piece in own or (rank is not None and (piece.islower() or rank < _FREQUENT))
