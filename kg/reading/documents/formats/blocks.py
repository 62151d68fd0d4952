"""Write the blocks of a document as one text: paragraphs, headings, items of lists, quotations.

An empty line parts them, and the marks of plain text tell what they are ("# The fall",
"• Rome"), so that a text is laid out by the same rules whatever kind of file it is from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from types import MappingProxyType
from typing import Literal, NamedTuple

Kind = Literal["paragraph", "heading", "item", "quote"]
MARKS = MappingProxyType({"paragraph": "", "heading": "# ", "item": "• ", "quote": "> "})
PAGE_BREAK = "\f"
"""Stands in a block's text where a new page begins; it does not stay in the document's."""
SPACES = re.compile(r"[^\S\n\f]+")


class Block(NamedTuple):
    """A paragraph or the like; a line end in its text is one that the author has set."""

    text: str
    kind: Kind = "paragraph"


def join_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[int, ...]]:
    r"""Return the text of the blocks, and the offsets where new pages begin.

    >>> join_blocks([Block("Rome", "heading"), Block("It  fell.\f It burnt.")])
    ('# Rome\n\nIt fell. It burnt.\n', (16,))
    """
    written: list[str] = []
    breaks = ""
    for text, kind in blocks:
        words = SPACES.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n").strip(" \n")
        if words.strip(" \n\f"):
            written.append(f"{breaks}{MARKS[kind]}{words}")
            breaks = ""
        elif PAGE_BREAK in words:
            breaks = PAGE_BREAK
    pages = ("\n\n".join(written) + "\n" * bool(written)).split(PAGE_BREAK)
    starts = accumulate(len(page) for page in pages[:-1])
    return "".join(pages), tuple(starts)
