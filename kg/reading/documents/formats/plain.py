"""Plain text, whatever its encoding."""

from __future__ import annotations

import re

from kg.reading.documents.formats.extracted import Extracted, Unreadable

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FIRST_BLOCK = 8192
GUESSED_FROM = 64 * 1024
"""How many bytes the guess of an encoding looks at."""
FEW_MARKS, FEW_MARKS_SHARE = 30, 0.01
"""Bytes beyond ASCII, and their share, below which a guess of the encoding would be a lottery."""
WESTERN = frozenset(bytes(range(0x80, 0x100)).decode("cp1252", "ignore")) - frozenset(
    "¤¦¨ª¬¯²³´µ¶¸¹º¼½¾ˆ˜×÷"  # noqa: RUF001 - signs, not letters
)
"""Characters beyond ASCII that stand in Western European text."""
LEAST_NULS = 0.2
"""Share of NUL bytes on one side that shows UTF-16 without a mark in front."""
MOST_CONTROLS = 0.05
"""Share of control characters above which decoded bytes are no text."""


def read_plain(content: bytes) -> Extracted:
    """Return bytes as text, whatever their encoding; line ends stay as they are."""
    return Extracted(decode(content))


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return the text that bytes spell: by their mark, as UTF-8, as declared, or by a guess."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    wide = _wide_encoding(content[:FIRST_BLOCK])
    if wide:
        return _decoded(content, wide)
    if b"\0" in content[:FIRST_BLOCK]:
        raise Unreadable("it is binary, not text")
    for name in ("utf-8", declared or "utf-8"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(content)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"it begins like {encoding} but breaks off at byte {error.start}"
        ) from error


def _wide_encoding(block: bytes) -> str | None:
    """Return UTF-16's byte order if every other byte of a block is mostly NUL."""
    half = max(1, len(block) // 2)
    even, odd = block[0::2].count(0) / half, block[1::2].count(0) / half
    if len(block) < 4 or max(even, odd) < LEAST_NULS or min(even, odd) > 0.01:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(content: bytes) -> str:
    """Return the text in the likeliest of the old one-byte and Asian encodings."""
    from charset_normalizer import from_bytes

    best = None if _is_western(content) else from_bytes(content[:GUESSED_FROM]).best()
    names = [best.encoding] if best else []
    for name in [*names, "cp1252", "latin-1"]:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:FIRST_BLOCK])
        if controls > MOST_CONTROLS * min(len(text), FIRST_BLOCK):
            raise Unreadable("it is binary, not text")
        return text
    raise Unreadable("its encoding is not known")


def _is_western(content: bytes) -> bool:
    """Tell mostly plain text whose few marks make sense in Windows-1252: its quotes and accents."""
    marks = re.findall(rb"[\x80-\xff]", content)
    if len(marks) > max(FEW_MARKS, FEW_MARKS_SHARE * len(content)):
        return False
    letters = len(re.findall(rb"[A-Za-z]", content))
    spelt = b"".join(marks).decode("cp1252", "replace")
    return letters > 2 * len(marks) and WESTERN.issuperset(spelt)
