"""Cut words into the pieces that the trained encoder reads (WordPiece, as BERT does).

A word is put into lower case without accents, divided at its marks, and each part is cut
into the longest pieces that the vocabulary holds, from the left. Forty lines of our own:
the usual library brings a client for downloads along, and this program makes none.
``models/encoder`` keeps the vocabulary.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import chain

LONGEST = 100
"""Letters of a part beyond which the encoder knows it only as unknown."""
MOST_KEPT = 100_000
"""Words that are remembered: a corpus has no end of different ones."""


class WordPieces:
    """Cuts words; what it has cut it remembers, up to a limit."""

    def __init__(self, vocabulary: Mapping[str, int], *, unknown: str = "[UNK]") -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary[unknown]
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, at least one."""
        found = self._known.get(word)
        if found is None:
            found = tuple(n for part in _parts(word) for n in self._pieces(part))
            found = found or (self._unknown,)
            if len(self._known) < MOST_KEPT:
                self._known[word] = found
        return found

    def _pieces(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self._unknown]
        found, start = list[int](), 0
        while start < len(part):
            end = len(part)
            while start < end and _piece(part, start, end) not in self._vocabulary:
                end -= 1
            if start == end:
                return [self._unknown]
            found.append(self._vocabulary[_piece(part, start, end)])
            start = end
        return found


def _piece(part: str, start: int, end: int) -> str:
    return f"##{part[start:end]}" if start else part[start:end]


def _parts(word: str) -> Iterator[str]:
    """Yield runs of letters and digits, and each mark by itself, in lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not _is_unseen(c))
    return chain.from_iterable(_divided(run) for run in plain.split())


def _divided(run: str) -> Iterator[str]:
    """Yield the pieces between marks, and the marks, of what no space parts."""
    letters = ""
    for c in run:
        if not _is_mark(c, unicodedata.category(c)):
            letters += c
            continue
        if letters:
            yield letters
        yield c
        letters = ""
    if letters:
        yield letters


def _is_unseen(c: str) -> bool:
    """Tell accents, control characters, and what stands for a character that was lost."""
    kind = unicodedata.category(c)
    return kind == "Mn" or c == "\ufffd" or (kind[0] == "C" and c not in "\t\n\r")


def _is_mark(c: str, kind: str) -> bool:
    """Tell punctuation (in ASCII every sign) and Chinese characters, which stand alone."""
    sign = c.isascii() and not c.isalnum()
    return sign or kind[0] == "P" or "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf"
