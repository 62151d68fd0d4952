"""Take the words out of a PDF, with their places. The only module that knows PDFium."""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any, NamedTuple

from kg.reading.documents.formats.extracted import Extracted, Unreadable
from kg.reading.documents.formats.scans import (
    SCALE,
    can_read_pictures,
    pictures_advice,
    read_picture,
)
from kg.reading.documents.printed.pages import UNTOLD, PageText, write_pages
from kg.reading.documents.printed.words import Word, even_sizes
from kg.records import Document, Offsets

PDFIUM = threading.Lock()
"""PDFium is not safe to call from two threads."""
MOST_LETTERS = 2_500_000
"""Letters in all pages; hardly a book has more, and they would take minutes."""
BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
SIGNS = {
    0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xA0: " ", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl",
    0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st",
}  # fmt: skip
"""What is read for some code points: hyphens that PDFium takes for a line's end, ligatures."""
SAMPLES = 100
"""Letters of a page at which one looks to see how most are set."""
STRAIGHT = 0.1
"""Share by which type may lean to one side and still be straight."""
WORD_GAP = 0.17
"""Share of a letter's height; letters with more between them belong to two words."""
RECOGNISED = "[This page was read from a picture.]"
"""Stands above the text of a page that OCR has read."""
LARGEST_PICTURE = 16_000_000
"""Dots of a page's picture; a page of the largest size would fill the memory."""


class _Letter(NamedTuple):
    """A letter, its number on the page, and its box in the direction of reading."""

    number: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def read_pdf(content: bytes) -> Extracted:
    """Return the text layer of a PDF, a form feed between its pages."""
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).casefold()
            reason = (
                "it is encrypted; save it without a password" if locked else "it is not a sound PDF"
            )
            raise Unreadable(reason) from error
        try:
            pages = list(_pages(pdf))
            title, author = _declared(pdf, "Title"), _declared(pdf, "Author")
        except pypdfium2.PdfiumError as error:
            raise Unreadable("a page of the PDF is broken") from error
        finally:
            pdf.close()
    text, furniture = _joined(
        write_pages([words for words, _ in pages]), [seen for _, seen in pages]
    )
    if not text.strip():
        raise Unreadable(f"the PDF has no text layer, only pictures; {pictures_advice()}")
    return Extracted(text, title, furniture=furniture, author=author)


def _joined(
    pages: Iterator[PageText], recognised: Sequence[bool]
) -> tuple[str, tuple[Offsets, ...]]:
    """Return the pages as one text, with the furniture of all of them."""
    texts: list[str] = []
    furniture: list[Offsets] = []
    offset = 0
    for (text, spans), was_seen in zip(pages, recognised, strict=True):
        mark = f"{RECOGNISED}\n\n" if was_seen else ""
        furniture += [(offset, offset + len(mark))] if mark else []
        offset += len(mark)
        furniture += ((start + offset, end + offset) for start, end in spans)
        texts.append(mark + text)
        offset += len(text) + 1
    return "\f".join(texts), tuple(furniture)


def _declared(pdf: Any, name: str) -> str:  # noqa: ANN401 - pypdfium2 has no types
    """Return what a PDF says of itself; not its day, which is often that of a scan."""
    declared: str = pdf.get_metadata_value(name) or ""
    return declared.replace("\0", "")


def pages_without_text(document: Document) -> tuple[int, ...]:
    """Return the pages of a PDF, counted from 1, that hold no text: empty, or pictures of text."""
    return tuple(number for number, page in _pages_of(document) if not page.strip())


def untold_pages(document: Document) -> tuple[int, ...]:
    """Return the pages of a PDF that state nothing because their columns cannot be told."""
    return tuple(number for number, page in _pages_of(document) if UNTOLD in page[:200])


def recognised_pages(document: Document) -> tuple[int, ...]:
    """Return the pages of a PDF whose text OCR has read."""
    return tuple(number for number, page in _pages_of(document) if page.startswith(RECOGNISED))


def _pages_of(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the pages of a document that is a PDF, counted from 1."""
    if document.source.lower().endswith(".pdf"):
        yield from enumerate(document.text.split("\f"), start=1)


def _pages(pdf: Any) -> Iterator[tuple[list[Word], bool]]:  # noqa: ANN401 - pypdfium2 has no types
    """Yield the words of each page, and whether they were read from its picture."""
    letters = 0
    for index in range(len(pdf)):
        with closing(pdf[index]) as page, closing(page.get_textpage()) as layer:
            letters += layer.count_chars()
            if letters > MOST_LETTERS:
                raise Unreadable("it holds more letters than a thousand pages; part it")
            words = _PageReader(layer, page.get_cropbox()).words()
            seen = [] if words or not can_read_pictures() else _seen_on(page)
            yield words or seen, bool(seen)


def _seen_on(page: Any) -> list[Word]:  # noqa: ANN401
    """Return the words in the picture of a page, none if nothing is drawn on it."""
    if next(page.get_objects(max_depth=1), None) is None:
        return []
    scale = min(SCALE, math.sqrt(LARGEST_PICTURE / (page.get_width() * page.get_height())))
    return read_picture(page.render(scale=scale).to_numpy(), scale)


class _PageReader:
    """Reads the letters of one page, and puts them together to words."""

    def __init__(self, layer: Any, shown: tuple[float, float, float, float]) -> None:  # noqa: ANN401
        import pypdfium2.raw

        self._pdfium = pypdfium2.raw
        self._layer = layer.raw
        self._count = layer.count_chars()
        self._shown = shown
        self._matrix = pypdfium2.raw.FS_MATRIX()
        self._font = ctypes.create_string_buffer(128)
        self._turn = self._usual_turn()

    def words(self) -> list[Word]:
        """Return the words that the page shows in its usual direction."""
        words: list[Word] = []
        for piece, apart in self._pieces():
            self._add_word(words, piece, apart=apart)
        return even_sizes(words) if self._is_hidden() else words

    def _pieces(self) -> Iterator[tuple[list[_Letter], bool]]:
        """Yield the letters of each word, and whether white space was drawn before it."""
        piece: list[_Letter] = []
        apart = True
        for letter in self._letters():
            if piece and (letter is None or _begins_word(piece[-1], letter)):
                yield piece, apart
                piece, apart = [], False
            if letter is None:
                apart = True
            else:
                piece.append(letter)
        if piece:
            yield piece, apart

    def _is_hidden(self) -> bool:
        """Whether the text lies unseen over a picture, and so comes from OCR."""
        step = max(1, self._count // SAMPLES)
        objects = (
            self._pdfium.FPDFText_GetTextObject(self._layer, number)
            for number in range(0, self._count, step)
        )
        modes = [self._pdfium.FPDFTextObj_GetTextRenderMode(drawn) for drawn in objects if drawn]
        return 2 * modes.count(self._pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)

    def _usual_turn(self) -> int:
        """Return by how many quarters of a circle most letters are turned."""
        step = max(1, self._count // SAMPLES)
        turns = Counter(self._turn_of(number) for number in range(0, self._count, step))
        turns.pop(None, None)
        return turns.most_common(1)[0][0] or 0 if turns else 0

    def _turn_of(self, number: int) -> int | None:
        """Return the quarters of a circle by which a letter is turned, None if it stands askew."""
        matrix = self._matrix
        if self._pdfium.FPDFText_IsGenerated(self._layer, number):
            return None
        if not self._pdfium.FPDFText_GetMatrix(self._layer, number, ctypes.byref(matrix)):
            return 0
        if abs(matrix.b) < STRAIGHT * abs(matrix.a):
            return 0 if matrix.a > 0 else 2
        if abs(matrix.a) < STRAIGHT * abs(matrix.b):
            return 1 if matrix.b > 0 else 3
        return None

    def _letters(self) -> Iterator[_Letter | None]:
        """Yield the letters as they were drawn, None for white space."""
        box = self._pdfium.FS_RECTF()
        place = ctypes.byref(box)
        bounds = self._pdfium.FPDFText_GetLooseCharBox
        layer, turned = self._layer, TURNS[self._turn]
        left, bottom, right, top = self._shown
        for number, code in enumerate(self._codes()):
            text = SIGNS.get(code) or chr(code)
            if text.isspace() or text < " ":
                yield None
            elif bounds(layer, number, place):
                x, y = box.left, box.bottom
                if left <= x <= right and bottom <= y <= top:
                    yield _Letter(number, text, *turned(x, box.top, box.right, y))

    def _codes(self) -> Sequence[int]:
        """Return the code point of each letter, all at once if PDFium leaves out none."""
        units = (ctypes.c_ushort * (self._count + 1))()
        if self._pdfium.FPDFText_GetText(self._layer, 0, self._count, units) == self._count + 1:
            codes: list[int] = units[: self._count]
            if not any(0xD800 <= code < 0xE000 for code in codes) and 0 not in codes:
                return codes
        unicode = self._pdfium.FPDFText_GetUnicode
        return [unicode(self._layer, number) for number in range(self._count)]

    def _add_word(self, words: list[Word], piece: list[_Letter], *, apart: bool) -> None:
        """Add the word that letters make, unless they are turned otherwise than the page."""
        first = piece[0]
        if self._turn_of(first.number) != self._turn:
            return
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(
            self._layer, first.number, ctypes.byref(x), ctypes.byref(y)
        )
        baseline = TURNS[self._turn](x.value, y.value, x.value, y.value)[1]
        size = self._size(first.number) or first.bottom - first.top
        text = "".join([letter.text for letter in piece])
        bold = self._is_bold(first.number)
        words.append(
            Word(text, first.left, piece[-1].right, baseline, size, bold, apart, len(words))
        )

    def _size(self, number: int) -> float:
        """Return the size in which the letter is shown whose turn was taken last."""
        size: float = self._pdfium.FPDFText_GetFontSize(self._layer, number)
        return size * math.hypot(self._matrix.c, self._matrix.d)

    def _is_bold(self, number: int) -> bool:
        """Whether the font of a letter calls itself bold."""
        self._pdfium.FPDFText_GetFontInfo(self._layer, number, self._font, 128, None)
        return _is_bold_name(self._font.value)


@lru_cache(1000)
def _is_bold_name(name: bytes) -> bool:
    return BOLD.search(name.decode("latin-1")) is not None


def _begins_word(before: _Letter, letter: _Letter) -> bool:
    """Whether a letter does not go on with the one before it."""
    height = before.bottom - before.top
    near = 0.04 * height
    if abs(letter.bottom - before.bottom) > near or abs(letter.top - before.top) > near:
        return True
    return not -0.5 * height < letter.left - before.right < WORD_GAP * height


TURNS: tuple[Callable[[float, float, float, float], tuple[float, float, float, float]], ...] = (
    lambda left, top, right, bottom: (left, -top, right, -bottom),
    lambda left, top, right, bottom: (bottom, left, top, right),
    lambda left, top, right, bottom: (-right, bottom, -left, top),
    lambda left, top, right, bottom: (-top, -right, -bottom, -left),
)
"""From a box on a page to (left, top, right, bottom) as it is read, by the quarters of its turn."""
