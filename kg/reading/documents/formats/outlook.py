"""Read .msg, a message as Outlook keeps it: the same as a mail in a file of another kind."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.reading.documents.formats.extracted import Extracted, Member, Unreadable
from kg.reading.documents.formats.mail import BROKEN, MOST_PARTS, message_extracted

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment

UNSOUND = (*BROKEN, OSError, EOFError, IndexError, AssertionError, struct.error)
"""What the libraries raise for files that break the rules of Outlook's."""


def read_msg(content: bytes) -> Extracted:
    """Return the text of a message, and its attachments as documents inside it."""
    try:
        _refuse_overlapping(content)
        message = _loaded(content)
        mail, attached = _mail(message), message.attachments[:MOST_PARTS]
        members = tuple(_member(part, number) for number, part in enumerate(attached, 1))
    except UNSOUND as error:
        raise Unreadable("it is no sound message of Outlook") from error
    return message_extracted(mail, members)


def _refuse_overlapping(content: bytes) -> None:
    """Raise ValueError for a file whose parts say that they are larger than the whole."""
    from olefile import OleFileIO

    with OleFileIO(io.BytesIO(content)) as file:
        if sum(entry.size for entry in file.direntries if entry) > 2 * len(content):
            raise ValueError("the parts are larger than the file")


def _loaded(content: bytes) -> Message:
    from oxmsg import Message

    return Message.load(content)


def _mail(message: Message) -> EmailMessage:
    """Return the message as a mail: what it says of itself, and its text."""
    mail = EmailMessage()
    for name, words in _told(message):
        if words:
            # A line end in a header would begin another one.
            mail[name] = " ".join(words.split())
    if message.body and message.body.strip():
        mail.set_content(message.body)
    else:
        mail.set_content(message.html_body or "", subtype="html")
    return mail


def _told(message: Message) -> Iterator[tuple[str, str]]:
    """Yield the headers that people read."""
    headers, sent = message.message_headers, message.sent_date
    yield "From", message.sender or ""
    for name in ("To", "Cc"):
        yield name, headers.get(name, "")
    yield "Date", headers.get("Date", "") or (format_datetime(sent) if sent else "")
    yield "Subject", message.subject


def _member(part: Attachment, number: int) -> Member:
    """Return an attachment as a document, by its name or its number."""
    name = PurePosixPath((part.file_name or "").replace("\\", "/")).name or str(number)
    return Member(name, PurePosixPath(name).suffix.lower(), partial(_attached, part))


def _attached(part: Attachment) -> bytes:
    try:
        content = part.file_bytes
    except UNSOUND as error:
        raise Unreadable("it is broken: the attachment cannot be taken out") from error
    if content is None:
        raise Unreadable("it is a message inside a message; save it as a file of its own")
    return content
