"""Cut words into the windows that the encoder reads at once.

A paragraph mostly fits into one. Of a longer one, the sentence that a window cuts off is read
whole in the next window: so every sentence is seen whole, if it is not longer than a window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

PIECES = 254
"""Word pieces in a window, marks of beginning and end aside; as in training."""
PIECES_OF_WORD = 8
"""No name needs more of a word; a hash of 64 letters does not crowd its sentence out."""


@dataclass(frozen=True, slots=True)
class Window:
    """The words from ``first`` on, in pieces; where each word's first and last piece stands."""

    first: int
    pieces: list[int]
    shapes: list[int]
    begins: list[int]
    ends: list[int]

    @property
    def after(self) -> int:
        """Return the word after the last one."""
        return self.first + len(self.begins)


@lru_cache(maxsize=1 << 15)
def shape_of(word: str) -> int:
    """Return the number of the way a word is written.

    >>> [shape_of(word) for word in ("the", "Sochi", "NATO", "iPhone", "G8", "A")]
    [0, 1, 2, 3, 4, 5]
    """
    if any(map(str.isdigit, word)):
        return 4
    if not word[0].isupper():
        return 3 if any(map(str.isupper, word)) else 0
    if word.isupper():
        return 2 if len(word) > 1 else 5
    return 1 if word[1:].islower() else 3


def window_from(
    words: Sequence[str], first: int, pieces_of: Callable[[str], Sequence[int]]
) -> Window:
    """Return as many words from ``first`` on as fit into a window."""
    window = Window(first, [], [], [], [])
    for i in range(first, len(words)):
        pieces = pieces_of(words[i])[:PIECES_OF_WORD]
        if len(window.pieces) + len(pieces) > PIECES:
            break
        window.begins.append(len(window.pieces))
        window.pieces.extend(pieces)
        window.shapes.extend([shape_of(words[i])] * len(pieces))
        window.ends.append(len(window.pieces) - 1)
    return window
