"""Take out of a web page what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any

from kg.reading.documents.formats.article import HEADINGS, find_page_furniture
from kg.reading.documents.formats.extracted import Extracted, Unreadable, joined_names
from kg.reading.documents.formats.plain import GUESSED_FROM, decode
from kg.records import Offsets

META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
DROPPED = frozenset(
    """
    script style nav footer aside template noscript head button select option input textarea
    iframe object embed svg math canvas audio video dialog menu del s strike
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
AUTHOR_NAMES = frozenset(
    """
    author article:author citation_author dc.creator dc.creator.personalname dcterms.creator
    byl sailthru.author parsely-author
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
NUMBER = re.compile(r"\d{1,3}")
NOTE_NUMBER = re.compile(r"\d{1,3}|[*†‡]")
AFTER_WORD = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]”’\"'])$")
"""What a mark of a note stands behind; a power stands behind a digit or a unit ("km2")."""
OPENING, CLOSING = "\ue000", "\ue001"
"""Stand around furniture while a page's text is written; they are private, and no text."""
PRIVATE = re.compile(f"[\0{OPENING}{CLOSING}]")
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
    if not page.strip():
        return Extracted("")
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = html.document_fromstring(PRIVATE.sub("", page), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("it holds no HTML that can be read") from error
    aside = find_page_furniture(root, BLOCKS, hidden=_is_hidden) if article else []
    aside += [code.getparent() for code in root.iterfind(".//pre/code")]
    text, furniture = _laid_out("".join(_shown(root, frozenset(aside))))
    title, date, author = _html_title(root), _html_date(root), _html_author(root)
    return Extracted(text, title, declared_date=date, furniture=tuple(furniture), author=author)


def _laid_out(shown: str) -> tuple[str, list[Offsets]]:
    """Return a page's lines with single empty ones between, and the lines that are furniture."""
    lines: list[str] = []
    furniture: list[Offsets] = []
    offset = depth = 0
    for raw in shown.split("\n"):
        aside = depth > 0 or OPENING in raw
        depth += raw.count(OPENING) - raw.count(CLOSING)
        line = " ".join(PRIVATE.sub("", raw).split())
        if line or (lines and lines[-1]):
            lines.append(line)
            if line and aside:
                furniture.append((offset, offset + len(line)))
            offset += len(line) + 1
    text = "\n".join(lines).rstrip("\n")
    return (text + "\n" if text else ""), furniture


def _shown(root: Any, aside: Set[Any]) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Yield the pieces of text that a page shows, without recursion: pages may nest deeply."""
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        content = list(_content_of(item))
        if item in aside:
            content = ["\n\n", OPENING, *content, CLOSING, "\n\n"]
        stack += reversed(content)


def _content_of(element: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield an element's own text and the elements in it, in order; nothing if it is hidden."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "br":
        yield "\n"
    if not tag or _is_hidden(element, tag):
        return
    if tag == "ol":
        _number_items(element)
    if mark := _note_mark(element, tag):
        yield mark
        return
    yield _opening(element, tag)
    yield element.text or "" if tag == "pre" else _flat(element.text)
    for child in element:
        yield child
        yield _flat(child.tail)
    yield _closing(tag)


def _note_mark(element: Any, tag: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return a raised number behind a word as the mark of a note: "Fjord.[3]"; "" if it is none."""
    if tag != "sup" or element.getparent() is None:
        return ""
    number, before = element.text_content().strip(), element.getprevious()
    preceding = element.getparent().text if before is None else before.tail
    is_mark = NOTE_NUMBER.fullmatch(number) and AFTER_WORD.search(preceding or "")
    return f"[{number}]" if is_mark else ""


def _flat(text: str | None) -> str:
    """Return a text node with its line breaks as spaces: they mean nothing in HTML."""
    return re.sub(r"\s+", " ", text or "")


def _opening(element: Any, tag: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return what stands before a block, so that headings, items and quotations can be told by it."""
    if _tells_source(element, tag):
        return "\n\n" + ("" if (element.text or "").lstrip().startswith(("—", "–", "-")) else "— ")
    if tag not in BLOCKS:
        return ""
    mark = "# " if tag in HEADINGS else _item_mark(element) if tag == "li" else ""
    return "\n\n" + ("> " if _is_quoted(element, tag) else mark)


def _is_quoted(element: Any, tag: str) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether a block is a paragraph of a quotation, or a quotation of a single one."""
    if tag == "blockquote":
        return bool((element.text or "").strip())
    parent = element.getparent()
    return tag == "p" and parent is not None and parent.tag == "blockquote"


def _tells_source(element: Any, tag: str) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether an element at the end of a quotation says whose it is."""
    outer = element.getparent()
    if tag != "cite" or outer is None or outer.tag != "blockquote":
        return False
    return not (element.tail or "").strip() and element.getnext() is None


def _item_mark(item: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the number of an item in a list that has numbers, else a bullet."""
    number = item.get("value", "")
    return f"{number}. " if NUMBER.fullmatch(number) else "• "


def _number_items(counted: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Give the items of a list their numbers, as a browser shows them."""
    start = counted.get("start", "1")
    first = int(start) if NUMBER.fullmatch(start) else 1
    for number, item in enumerate(counted.iterchildren("li"), first):
        item.set("value", item.get("value", str(number)))


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
    declared = next(_in_head(root, DATE_NAMES), "")
    times = [time for time in root.iterfind(".//time") if time.get("datetime")]
    if declared or len(times) != 1:
        return declared
    return str(times[0].get("datetime"))


def _html_author(root: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return who the page says wrote it: in its head, or in a link to them."""
    declared = joined_names(_in_head(root, AUTHOR_NAMES))
    return declared or joined_names(a.text_content() for a in root.iterfind(".//a[@rel='author']"))


def _in_head(root: Any, names: frozenset[str]) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Yield what a page's head declares under such a name: ``<meta name="dc.date" content="2018">``."""
    for meta in root.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.casefold() in names and meta.get("content"):
            yield str(meta.get("content"))
