"""Text that XML can hold: what it forbids becomes U+FFFD."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(words: str) -> str:
    r"""Return words with U+FFFD in place of each character that XML cannot hold.

    >>> xml_safe("a\x00b")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", words)


def xml_safe_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield XML in UTF-8 made well formed, which pyoxigraph does not see to."""
    # Piece by piece: a chunk may end in the middle of a character.
    for words in codecs.iterdecode(chunks, "utf-8"):
        yield xml_safe(words).encode()
