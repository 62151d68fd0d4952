"""What every reader makes of a file's bytes: its text with what the file says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.records import Offsets


class Unreadable(Exception):  # noqa: N818 - a reason that passes between two modules
    """Why a file's bytes could not be turned into text."""


class Member(NamedTuple):
    """A document inside a file: an attachment, a message, a file in an archive.

    ``suffix`` tells its kind; ``read`` gives its bytes, or raises ``Unreadable``.
    """

    name: str
    suffix: str
    read: Callable[[], bytes]


def joined_names(names: Iterable[str]) -> str:
    r"""Return the names of several authors as one line, each once, in their order.

    >>> joined_names(["Ada Okoro", " Ivo\n Brandt", "Ada Okoro", "https://example.org/ivo"])
    'Ada Okoro; Ivo Brandt'
    """
    lines = (" ".join(name.split()) for name in names)
    return "; ".join(dict.fromkeys(line for line in lines if line and "://" not in line))


class Extracted(NamedTuple):
    """A file's text, its title, author and date ("" if it names none) and where its pages begin.

    ``spoken`` tells of a kind that holds nothing but talk,
    ``places`` name pages that have other names than numbers ("slide 3"), by where they begin;
    ``furniture`` are stretches that the file itself shows to be no part of the running text,
    ``members`` the documents inside it. A mere container has members and no text.
    """

    text: str
    title: str = ""
    page_breaks: tuple[int, ...] = ()
    declared_date: str = ""
    furniture: tuple[Offsets, ...] = ()
    members: tuple[Member, ...] = ()
    author: str = ""
    places: tuple[tuple[int, str], ...] = ()
    spoken: bool = False
