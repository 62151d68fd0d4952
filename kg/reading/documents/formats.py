"""Take the text out of a file's bytes: plain text, Markdown, HTML and PDF.

Each reader is a function from bytes to ``Extracted``, or raises ``Unreadable`` with
the reason in a few words. The only module that knows lxml and PDFium; both get bytes
alone, so that nothing in a file can make them open another file or the network.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

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
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
DROPPED = frozenset(
    """
    script style nav footer aside template noscript head button select option input textarea
    iframe object embed svg math canvas audio video dialog menu
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
BLOCKS = frozenset(
    """
    address article blockquote body caption center dd details div dl dt fieldset figcaption
    figure h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td
    tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
DATE_NAMES = frozenset(
    """
    article:published_time datepublished date dc.date dc.date.issued dcterms.issued dcterms.date
    dcterms.created pubdate publish_date og:published_time citation_publication_date
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02](?:\r?\n)?")
"""What PDFium writes for a hyphen that it takes for a line's end."""
PDFIUM = threading.Lock()
"""PDFium is not safe to call from two threads."""


class Unreadable(Exception):  # noqa: N818 - a reason that passes between two modules
    """Why a file's bytes could not be turned into text."""


class Extracted(NamedTuple):
    """A file's text, its title and date ("" if it names none) and where its pages begin."""

    text: str
    title: str = ""
    page_breaks: tuple[int, ...] = ()
    declared_date: str = ""


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


def read_html(content: bytes) -> Extracted:
    """Return what a web page shows: no scripts, no navigation, an empty line between blocks."""
    from lxml import etree, html

    declared = META_CHARSET.search(content[:GUESSED_FROM])
    page = decode(content, declared=declared[1].decode("ascii") if declared else None)
    page = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", page.lstrip("\ufeff"))
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = html.document_fromstring(page.replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("it holds no HTML that can be read") from error
    lines = "".join(_shown(root)).split("\n")
    blocks = [" ".join(line.split()) for line in lines]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip("\n")
    text = text + "\n" if text else ""
    return Extracted(text, _html_title(root), declared_date=_html_date(root))


def _shown(root: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Yield the pieces of text that a page shows, without recursion: pages may nest deeply."""
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        else:
            stack += reversed(list(_content_of(item)))


def _content_of(element: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield an element's own text and the elements in it, in order; nothing if it is hidden."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "br":
        yield "\n"
    if not tag or _is_hidden(element, tag):
        return
    yield _opening(tag)
    yield element.text or "" if tag == "pre" else _flat(element.text)
    for child in element:
        yield child
        yield _flat(child.tail)
    yield _closing(tag)


def _flat(text: str | None) -> str:
    """Return a text node with its line breaks as spaces: they mean nothing in HTML."""
    return re.sub(r"\s+", " ", text or "")


def _opening(tag: str) -> str:
    """Return what stands before a block, so that headings and items can be told by it."""
    if tag not in BLOCKS:
        return ""
    return "\n\n" + ("# " if tag in HEADINGS else "• " if tag == "li" else "")


def _closing(tag: str) -> str:
    """Return the empty line that parts a block from what follows."""
    return "\n\n" if tag in BLOCKS else ""


def _is_hidden(element: Any, tag: str) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether a browser would not show an element, or it is no part of the page's text."""
    if tag == "header":
        return element.getparent().tag not in ("article", "section", "main")
    if tag in DROPPED or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or element.get("role") in ("navigation", "banner"):
        return True
    return HIDDEN_STYLE.search(element.get("style") or "") is not None


def _html_title(root: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the page's first heading, or what it calls itself."""
    for path in (".//h1", ".//title"):
        found = root.find(path)
        title = " ".join(found.text_content().split()) if found is not None else ""
        if title:
            return title
    return ""


def _html_date(root: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return when the page says it was published, as it says it."""
    declared = next(filter(None, map(_meta_date, root.iterfind(".//meta"))), "")
    times = [time for time in root.iterfind(".//time") if time.get("datetime")]
    if declared or len(times) != 1:
        return declared
    return str(times[0].get("datetime"))


def _meta_date(meta: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the date that a page's head declares: ``<meta name="dc.date" content="2018">``."""
    name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
    return str(meta.get("content") or "") if name.casefold() in DATE_NAMES else ""


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


READERS: Mapping[str, Callable[[bytes], Extracted]] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_plain,
        ".markdown": read_plain,
        ".html": read_html,
        ".htm": read_html,
        ".pdf": read_pdf,
    }
)
"""From a file's suffix, in lower case, to what reads it."""
