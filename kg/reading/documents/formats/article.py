"""Tell the article on a web page from what stands around it and in between.

Names of classes differ from site to site, so the article is told by its shape: it is the
element that holds most of the page's sentences in paragraphs of its own. What lies outside
it is furniture (cookie notes, comments, imprint), and so is a small box among its bare
paragraphs (advertisements, "read more"), and a list that is all links. Where no element
stands out, only such lists and boxes are furniture. Nothing here is taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.lexicons import load_lexicons

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FLOW = frozenset({"blockquote", "ul", "ol", "dl", "table", "figure", "pre", "center"})
"""What stands among paragraphs as a part of the text."""
BOXES = frozenset({"div", "section", "form", "article", "details", "fieldset"})
TITLED = frozenset({"article", "main"})
"""Elements that are as good a sign of the article as its title."""
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]\d]*$")
LEAST_PROSE = 100
"""Characters; a shorter block is prose only if a sentence ends it."""
LEAST_SHARE, SURE_SHARE = 0.3, 0.5
"""Shares of a page's prose that an element must hold to be the article: with the title, or anywhere."""
MOSTLY = 0.7
"""Share of an article's prose in bare paragraphs beside which a box is no part of it."""
LARGEST_BOX = 0.3
"""Share of the article's prose that a box among its paragraphs may hold."""
LEAST_HOSTED = 0.1
"""Share of a page's prose in bare paragraphs around its article that belong to it."""
LINKED, LEAST_LINKS = 0.8, 2
"""Share of a list's words that are links, and their number, in navigation."""
LONGEST_BOX_TITLE, LONGEST_OPENING = 60, 120
NOTES = re.compile(r"note|referenc|bibliograph|citation", re.IGNORECASE)
"""In the name of what holds an article's notes, which belong to it."""


@dataclass(slots=True, eq=False)
class PageBlock:
    """A block of a page, with the blocks in it; figures count characters of what it shows.

    ``is_part``: it is a paragraph, a list or the like, or wraps a single one. ``opening`` is
    the text that it begins with.
    """

    node: Any
    tag: str
    children: list[PageBlock] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    words: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0
    has_title: bool = False
    is_part: bool = False
    opening: str = ""

    def own_text(self) -> str:
        """Return the words that stand in the block itself, not in blocks inside it."""
        return " ".join("".join(self.text).split())


Shows = Callable[[Any, str], bool]
"""Whether a page shows an element, by the element and its name."""


def find_page_furniture(root: Any, blocks: frozenset[str], *, hidden: Shows) -> list[Any]:  # noqa: ANN401
    """Return the elements of a page that are no part of its article, none inside another."""
    page = _block_tree(root, blocks, hidden)
    _add_up(page)
    article = _article(page)
    if article is None:
        return [block.node for block in _asides(page, 0)]
    around = [block.node for block in _around(page, article)]
    return around + [block.node for block in _inside(article)]


def _block_tree(root: Any, blocks: frozenset[str], hidden: Shows) -> PageBlock:  # noqa: ANN401
    """Return the blocks of a page as a tree, without recursion: pages may nest deeply."""
    top = PageBlock(root, "html")
    stack: list[tuple[Any, PageBlock, bool]] = [(root, top, False)]
    while stack:
        element, block, linked = stack.pop()
        if isinstance(element, str):
            _take(block, element, linked=linked)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or hidden(element, tag):
            continue
        if tag in blocks and element is not root:
            block = _opened(block, element)
        block.text.append(" " * (tag == "br"))
        block.links += tag == "a"
        linked = linked or tag == "a"
        parts: list[tuple[Any, PageBlock, bool]] = [(element.text or "", block, linked)]
        for child in element:
            parts += [(child, block, linked), (child.tail or "", block, linked)]
        stack += reversed(parts)
    return top


def _opened(outer: PageBlock, element: Any) -> PageBlock:  # noqa: ANN401
    """Return a new block inside another, whose own words it parts."""
    inner = PageBlock(element, element.tag)
    outer.children.append(inner)
    outer.text.append(" ")
    return inner


def _take(block: PageBlock, text: str, *, linked: bool) -> None:
    """Count a piece of text in its block."""
    block.text.append(text)
    length = len(text.strip())
    block.words += length
    block.linked += length if linked else 0


def _in_order(page: PageBlock) -> Iterator[PageBlock]:
    """Yield all blocks, each before those inside it."""
    stack = [page]
    while stack:
        block = stack.pop()
        yield block
        stack += reversed(block.children)


def _add_up(page: PageBlock) -> None:
    """Add what is inside each block to its figures, from the innermost outwards."""
    for block in reversed(list(_in_order(page))):
        block.prose = _own_prose(block) + sum(child.prose for child in block.children)
        block.words += sum(child.words for child in block.children)
        block.linked += sum(child.linked for child in block.children)
        block.links += sum(child.links for child in block.children)
        block.has_title = block.tag == "h1" or any(child.has_title for child in block.children)
        block.is_part = block.tag in FLOW or not block.children or _wraps_a_part(block)
        openings = (child.opening for child in block.children if child.opening)
        block.opening = block.own_text()[: LONGEST_OPENING + 1] or next(openings, "")


def _wraps_a_part(block: PageBlock) -> bool:
    """Whether a box only stands around one paragraph or list."""
    lone = len(block.children) == 1 and block.children[0].is_part
    return lone and block.tag in BOXES and not _own_prose(block)


def _own_prose(block: PageBlock) -> int:
    """Return how much running text stands in a block itself."""
    if block.tag in HEADINGS or 2 * block.linked > block.words:
        return 0
    text = block.own_text()
    return len(text) if len(text) >= LEAST_PROSE or SENTENCE_END.search(text) else 0


# --- the article -------------------------------------------------------------------


def _article(page: PageBlock) -> PageBlock | None:
    """Return the element that holds the article as its own paragraphs, if one stands out.

    One with the title in it comes first: comments may be longer than what they are on.
    """
    titled = [block for block in _in_order(page) if block.has_title or block.tag in TITLED]
    for blocks, share in ((titled, LEAST_SHARE), (_in_order(page), SURE_SHARE)):
        best = max(blocks, key=_direct_prose, default=page)
        if best.prose and _direct_prose(best) >= share * page.prose:
            return best
    return None


def _direct_prose(block: PageBlock) -> int:
    """Return the prose in a block's own paragraphs, lists, quotations and tables."""
    if block.tag in FLOW or block.tag in ("li", "tr", "tbody", "td"):
        return 0
    return _own_prose(block) + sum(child.prose for child in block.children if child.is_part)


def _around(page: PageBlock, article: PageBlock) -> Iterator[PageBlock]:
    """Yield what lies outside the article, but for the page's title.

    Other parts of a ``section`` belong to it, and so do paragraphs around it, if there are
    many: a page may have lost the end of a box.
    """
    path = _path_to(page, article)
    twins = _twins(page, article)
    inner = len(path) - 1
    while path[inner - 1].tag == "section":
        inner -= 1
    for outer in path[:inner]:
        hosts = _bare_prose(outer) >= LEAST_HOSTED * page.prose
        yield from (c for c in _beside(outer, path) if not _is_kept(c, twins, hosts=hosts))
    for outer in path[inner:-1]:
        for child in _beside(outer, path):
            yield from _asides(child, page.prose)


def _beside(outer: PageBlock, path: Sequence[PageBlock]) -> Iterator[PageBlock]:
    """Yield the blocks in one around the article that do not lead to it."""
    return (child for child in outer.children if child not in path)


def _is_kept(block: PageBlock, twins: Sequence[PageBlock], *, hosts: bool) -> bool:
    """Whether a block outside the article belongs to it."""
    return block.has_title or block in twins or (hosts and _is_bare(block))


def _bare_prose(block: PageBlock) -> int:
    """Return the prose in a block's own bare paragraphs and lists."""
    return _own_prose(block) + sum(child.prose for child in block.children if _is_bare(child))


def _is_bare(block: PageBlock) -> bool:
    """Whether a block is no box, but a paragraph, a heading, a list or the like."""
    return block.tag not in BOXES and (block.tag in HEADINGS or block.is_part)


def _path_to(page: PageBlock, block: PageBlock) -> list[PageBlock]:
    """Return the blocks around a block, from the page inwards, and itself."""
    inside = {id(block)}
    path = [block]
    for outer in reversed(list(_in_order(page))):
        if any(id(child) in inside for child in outer.children):
            inside = {id(outer)}
            path.append(outer)
    return path[::-1]


def _twins(page: PageBlock, article: PageBlock) -> list[PageBlock]:
    """Return other parts of the article: blocks of its name and class, and with prose.

    A class that menus or boxes with titles of their own have, too, tells nothing.
    """
    named = article.tag, article.node.get("class")
    same = [
        b for b in _in_order(page) if (b.tag, b.node.get("class")) == named and b is not article
    ]
    if not named[1] or any(_shows_links(b) or _names_itself(b, article.prose) for b in same):
        return []
    return [block for block in same if block.prose]


# --- boxes inside ------------------------------------------------------------------


def _inside(article: PageBlock) -> Iterator[PageBlock]:
    """Yield the boxes among an article's paragraphs, and its lists of links."""
    whole = _direct_prose(article)
    bare = _bare_prose(article)
    for child in article.children:
        if bare >= MOSTLY * whole and _is_box(child, LARGEST_BOX * bare):
            yield child
        else:
            yield from _asides(child, whole)


def _is_box(block: PageBlock, largest: float) -> bool:
    """Whether a block among bare paragraphs is something else: no heading, no notes, not large."""
    if block.tag not in BOXES or block.prose > largest or block.has_title:
        return False
    names = " ".join(block.node.get(key, "") for key in ("id", "class", "role"))
    return not (NOTES.search(names) or _is_heading(block))


def _is_heading(block: PageBlock) -> bool:
    """Whether a block only wraps a heading."""
    return not block.prose and any(child.tag in HEADINGS for child in block.children)


def _asides(block: PageBlock, article_prose: int) -> Iterator[PageBlock]:
    """Yield the outermost lists of links and boxes that name themselves, in a block."""
    stack = [block]
    while stack:
        current = stack.pop()
        if _is_link_list(current) or _names_itself(current, article_prose):
            yield current
        else:
            stack += reversed(current.children)


def _is_link_list(block: PageBlock) -> bool:
    """Whether a list, or a box with one, shows links and little else."""
    return block.tag in ("ul", "ol") and _shows_links(block)


def _shows_links(block: PageBlock) -> bool:
    """Whether a block is all links, as a menu."""
    many = block.links >= LEAST_LINKS and block.linked >= LINKED * block.words
    return many and not block.prose


def _names_itself(block: PageBlock, article_prose: int) -> bool:
    """Whether a block begins with "Read more", "Comments (2)", "Advertisement" or the like."""
    if block.has_title or block.prose > max(article_prose, 1) or block.tag not in BOXES | {"p"}:
        return False
    if block.tag == "p" and not 2 * block.linked > block.words:
        return False
    longest = LONGEST_OPENING if block.tag == "p" else LONGEST_BOX_TITLE
    return len(block.opening) <= longest and bool(_box_titles().match(block.opening))


@cache
def _box_titles() -> re.Pattern[str]:
    """Return what boxes on a page begin with."""
    titles = "|".join(map(re.escape, sorted(load_lexicons().words["page_box"])))
    return re.compile(rf"(?:{titles})\b", re.IGNORECASE)
