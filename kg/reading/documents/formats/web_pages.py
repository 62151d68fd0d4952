"""Take out of a web page what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.reading.documents.formats.extracted import Extracted, Unreadable
from kg.reading.documents.formats.plain import GUESSED_FROM, decode

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


def read_html(content: bytes) -> Extracted:
    """Return what a web page shows: no scripts, no navigation, an empty line between blocks."""
    return extract_page(_decoded(content))


def shown_text(content: bytes) -> str:
    """Return what a chapter or a mail in HTML shows: all of it is the text."""
    return extract_page(_decoded(content), article=False).text


def _decoded(content: bytes) -> str:
    declared = META_CHARSET.search(content[:GUESSED_FROM])
    return decode(content, declared=declared[1].decode("ascii") if declared else None)


def extract_page(page: str, *, article: bool = True) -> Extracted:
    """Return what a page of HTML shows; with ``article``, what is around it is furniture."""
    from lxml import etree, html

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
