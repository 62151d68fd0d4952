"""Read XML that strangers wrote: no entity is resolved, nothing is loaded, depth has a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.reading.documents.formats.blocks import Block, join_blocks
from kg.reading.documents.formats.extracted import Extracted, Unreadable

TITLES = frozenset("title head heading subject headline h1 h2 h3 h4 h5 h6".split())  # noqa: SIM905
HIDDEN = frozenset("script style del s strike metadata".split())  # noqa: SIM905


def parse_xml(content: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the root element of a piece of XML, or raise Unreadable."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"it is no sound XML ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    """Return the parser's words, in one short line."""
    return " ".join(str(error).split())[:100] or "it is empty"


def local_name(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return an element's name without its namespace, "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return an attribute by its name without namespace, "" if there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def first_text(root: Any, *names: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return the text of the first element of one of these names that has some."""
    for name in names:
        for element in root.iterfind(f".//{{*}}{name}"):
            text = " ".join("".join(element.itertext()).split())
            if text:
                return text
    return ""


def read_xml(content: bytes) -> Extracted:
    """Return the text of prose in XML: a block for each element that holds words of its own."""
    root = parse_xml(content)
    text, _ = join_blocks(_blocks(root))
    title, author = first_text(root, "title"), first_text(root, "author", "creator")
    return Extracted(text, title, declared_date=first_text(root, "date"), author=author)


def _blocks(root: Any) -> Iterator[Block]:  # noqa: ANN401 - lxml has no types
    """Yield an element with words beside its children as one block, others by their children."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = local_name(element).lower()
        if not name or name in HIDDEN:
            continue
        if _holds_words(element):
            words = re.sub(r"\s+", " ", "".join(element.itertext()))
            yield Block(words, "heading" if name in TITLES else "paragraph")
        else:
            stack += reversed(element)


def _holds_words(element: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether text stands directly in an element, among its children."""
    own = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in own)
