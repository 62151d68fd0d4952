"""Take the text layer out of a PDF. The only module that knows PDFium."""

from __future__ import annotations

import re
import threading
from typing import Any

from kg.reading.documents.formats.extracted import Extracted, Unreadable
from kg.records import Document

HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02](?:\r?\n)?")
"""What PDFium writes for a hyphen that it takes for a line's end."""
PDFIUM = threading.Lock()
"""PDFium is not safe to call from two threads."""


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
            pages = [_page_text(pdf[index]) for index in range(len(pdf))]
            title = pdf.get_metadata_value("Title") or ""
        except pypdfium2.PdfiumError as error:
            raise Unreadable("a page of the PDF is broken") from error
        finally:
            pdf.close()
    if not any(page.strip() for page in pages):
        raise Unreadable("the PDF has no text layer, only pictures; run OCR over it")
    return Extracted("\f".join(pages), " ".join(title.replace("\0", "").split()))


def pages_without_text(document: Document) -> tuple[int, ...]:
    """Return the pages of a PDF, counted from 1, that hold no text: empty, or pictures of text."""
    if not document.source.lower().endswith(".pdf"):
        return ()
    pages = enumerate(document.text.split("\f"), start=1)
    return tuple(number for number, page in pages if not page.strip())


def _page_text(page: Any) -> str:  # noqa: ANN401 - pypdfium2 has no types
    """Return one page's text, with plain line ends and plain hyphens."""
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_bounded() if layer.count_chars() else ""
    finally:
        layer.close()
        page.close()
    text = HYPHEN_AT_LINE_END.sub("-\n", text.replace("\0", "")).replace("\r\n", "\n")
    return text.replace("\f", " ")
