"""What every reader makes of a file's bytes: its text with what the file says of it."""

from __future__ import annotations

from collections.abc import Callable
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


class Extracted(NamedTuple):
    """A file's text, its title and date ("" if it names none) and where its pages begin.

    ``furniture`` are stretches that the file itself shows to be no part of the running text,
    ``members`` the documents inside it. A mere container has members and no text.
    """

    text: str
    title: str = ""
    page_breaks: tuple[int, ...] = ()
    declared_date: str = ""
    furniture: tuple[Offsets, ...] = ()
    members: tuple[Member, ...] = ()
