"""Which reader takes the text out of which kind of file, by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from kg.reading.documents.formats.archives import read_zip
from kg.reading.documents.formats.books import read_epub
from kg.reading.documents.formats.extracted import Extracted
from kg.reading.documents.formats.mail import read_mail, read_mailbox
from kg.reading.documents.formats.markdown import read_markdown
from kg.reading.documents.formats.open_document import read_odt
from kg.reading.documents.formats.outlook import read_msg
from kg.reading.documents.formats.pdf import read_pdf
from kg.reading.documents.formats.plain import read_plain
from kg.reading.documents.formats.rich_text import read_rtf
from kg.reading.documents.formats.slides import read_pptx
from kg.reading.documents.formats.subtitles import read_subtitles
from kg.reading.documents.formats.tables import ROW, read_csv, read_row, read_xlsx
from kg.reading.documents.formats.web_pages import read_html
from kg.reading.documents.formats.word import read_docx
from kg.reading.documents.formats.xml import read_xml
from kg.records import DocumentKind

Reader = Callable[[bytes], Extracted]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".xml": read_xml,
        ".pdf": read_pdf,
        ".docx": read_docx,
        ".odt": read_odt,
        ".rtf": read_rtf,
        ".pptx": read_pptx,
        ".epub": read_epub,
        ".eml": read_mail,
        ".msg": read_msg,
        ".mbox": read_mailbox,
        ".srt": read_subtitles,
        ".vtt": read_subtitles,
        ".zip": read_zip,
    }
)
"""From a file's suffix, in lower case, to what reads it."""
KINDS: Mapping[str, DocumentKind] = MappingProxyType(
    {
        **dict.fromkeys(READERS.keys() - {".zip", ".mbox"}, "text"),
        **dict.fromkeys((".html", ".htm", ".xhtml"), "web page"),
        **dict.fromkeys((".srt", ".vtt"), "subtitles"),
        **dict.fromkeys((".eml", ".msg"), "mail"),
        ".epub": "book",
        ".pptx": "slides",
        ROW: "row",
    }
)
"""From a file's suffix to what its documents are; a mere container is none."""
TABLES = frozenset({".csv", ".tsv", ".xlsx"})


def readers_with(text_columns: Sequence[str]) -> Mapping[str, Reader]:
    """Return the readers, with those of tables if it is told which columns hold text."""
    if not text_columns:
        return READERS
    return {
        **READERS,
        ".csv": partial(read_csv, columns=text_columns),
        ".tsv": partial(read_csv, columns=text_columns),
        ".xlsx": partial(read_xlsx, columns=text_columns),
        ROW: read_row,
    }
