"""Read the text in a picture of a page. The only module that knows RapidOCR, the extra ``ocr``.

Its models lie inside its package; nothing is downloaded. What it reads is less sure than a
text layer, so the reader of PDFs marks such pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from kg.reading.documents.printed.words import Word, even_sizes

SCALE = 2.0
"""Dots for a point: what most models of this kind were trained on."""
INSTALL = "pip install 'kg-claims[ocr]'"
TYPE_SIZE, DESCENT = 0.72, 0.2
"""Size of type as a share of the height of a line's box, and how much of that is below the baseline."""


class Seen(NamedTuple):
    """A line seen in a picture: its text and its edges in dots."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def can_read_pictures() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None


def pictures_advice() -> str:
    """Return what to do about pictures of text that were not read."""
    if can_read_pictures():
        return "no letters were seen in it"
    return f"run OCR over the file, or {INSTALL} and let kg do so"


def read_picture(picture: Any, scale: float) -> list[Word]:  # noqa: ANN401 - an array of dots
    """Return the words in the picture of a page, of which a point takes ``scale`` dots."""
    return even_sizes(words_of(list(_seen(picture)), scale))


def words_of(lines: Sequence[Seen], scale: float) -> list[Word]:
    """Return the words of lines that were seen, each with its share of the line."""
    words: list[Word] = []
    for text, left, top, right, bottom in lines:
        height = (bottom - top) / scale
        baseline = bottom / scale - DESCENT * height
        letter = (right - left) / scale / max(1, len(text))
        at = 0
        for piece in text.split():
            at = text.index(piece, at)
            start = left / scale + at * letter
            end = start + len(piece) * letter
            at += len(piece)
            words.append(Word(piece, start, end, baseline, TYPE_SIZE * height, order=len(words)))
    return words


def _seen(picture: Any) -> Iterator[Seen]:  # noqa: ANN401
    """Yield the lines that RapidOCR sees."""
    found = _engine()(picture)
    if found.boxes is None:
        return
    for box, text in zip(found.boxes, found.txts, strict=True):
        across, down = [float(x) for x, _ in box], [float(y) for _, y in box]
        yield Seen(text, min(across), min(down), max(across), max(down))


@cache
def _engine() -> Any:  # noqa: ANN401 - RapidOCR has no types
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
