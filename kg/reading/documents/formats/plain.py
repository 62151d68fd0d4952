"""Plain text, whatever its encoding."""

from __future__ import annotations

import re

from kg.reading.documents.formats.extracted import Extracted, Unreadable

UTF_8_MARK = b"\xef\xbb\xbf"
BOMS = (
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
REPLACED = "\ufffd"
"""What stands for a byte that spells nothing."""
LEAST_SOUND = 2
"""Sound letters of more bytes for each bad byte, from which on a file is UTF-8 all the same."""
MOST_CONTROLS = 0.05
"""Share of control characters above which decoded bytes are no text."""


def read_plain(content: bytes) -> Extracted:
    """Return bytes as text, whatever their encoding; line ends stay as they are."""
    return Extracted(decode(content))


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return the text that bytes spell: by their mark, as UTF-8, as declared, or by a guess.

    Where a file is UTF-8 but for a few bytes, "\ufffd" stands for each of these.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    wide = _wide_encoding(content[:FIRST_BLOCK])
    if wide:
        return _decoded(content, wide)
    if b"\0" in content[:FIRST_BLOCK]:
        raise Unreadable("it is binary, not text")
    text = _utf_8(content)
    return _declared(content, declared) if text is None else text


def damaged_characters(text: str) -> tuple[int, int]:
    """Return how many characters of a text stand for bytes that spell nothing, and the first's line."""
    count = text.count(REPLACED)
    return count, text.count("\n", 0, text.index(REPLACED)) + 1 if count else 0


def _utf_8(content: bytes) -> str | None:
    """Return bytes as UTF-8, if that is what they are, but for few."""
    marked = content.startswith(UTF_8_MARK)
    text = content.removeprefix(UTF_8_MARK).decode("utf-8", "replace")
    bad = text.count(REPLACED)
    if not bad or marked:
        return text
    sound = sum(c > "\x7f" for c in text) - bad
    return text if sound >= LEAST_SOUND * bad else None


def _declared(content: bytes, declared: str | None) -> str:
    """Return bytes as the file itself says that they are to be read, or by a guess."""
    try:
        return content.decode(declared) if declared else _guessed(content)
    except (UnicodeDecodeError, LookupError):
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
