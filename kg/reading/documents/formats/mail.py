"""Read mail: one message (.eml) or a mailbox of them (.mbox), with what is attached.

What a message says of itself (From, To, Date, Subject) stands at its top and is furniture:
it is data of the document. Replies, quotations and signatures stay in the text as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from pathlib import PurePosixPath

from kg.reading.documents.formats.extracted import Extracted, Member, Unreadable, joined_names
from kg.reading.documents.formats.plain import decode
from kg.reading.documents.formats.web_pages import shown_text

HEADERS = ("From", "To", "Cc", "Date", "Subject")
LONGEST_HEADER = 500
MOST_PARTS = 1000
BROKEN = (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError)
"""What the standard library's parser raises for messages that break the rules of mail."""
BOUNDARY = re.compile(rb"^From [^\n]{1,300}\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:|>From )", re.MULTILINE)
"""The line before each message of a mailbox; a header follows it."""
MASKED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""How a mailbox writes a line of a message that begins like the one before a message."""
SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "application/pdf": ".pdf",
}  # fmt: skip
"""Kinds of attachments that may come without a name."""


def read_mail(content: bytes) -> Extracted:
    """Return the text of a message, and its attachments as documents inside it."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
    except BROKEN as error:
        raise Unreadable("it is no sound mail message") from error
    if not message.keys():
        raise Unreadable("it is no mail message: it has no headers")
    return message_extracted(message)


def message_extracted(message: EmailMessage, enclosed: tuple[Member, ...] = ()) -> Extracted:
    """Return the text of a message; ``enclosed`` are documents that came beside it."""
    try:
        body, attachments = _parts(message)
        text, head = _text(body), _head(message)
    except BROKEN as error:
        raise Unreadable("it is no sound mail message") from error
    attached = (_member(part, number) for number, part in enumerate(attachments, 1))
    members = (*attached, *enclosed)
    subject = _header(message, "Subject")
    furniture, author = ((0, len(head)),), _author(message)
    return Extracted(head + text, subject, (), _date(message), furniture, members, author)


def read_mailbox(content: bytes) -> Extracted:
    """Return the messages of a mailbox as documents inside it, by their number."""
    content = content.replace(b"\r\n", b"\n")
    starts = [found.span() for found in BOUNDARY.finditer(content)]
    if not starts:
        raise Unreadable("it is no mailbox: no message begins in it")
    ends = [*(start for start, _ in starts[1:]), len(content)]
    places = [(start, end) for (_, start), end in zip(starts, ends, strict=True)]
    members = (
        Member(str(number), ".eml", partial(_message, content, *place))
        for number, place in enumerate(places, 1)
    )
    return Extracted("", members=tuple(members))


def _message(content: bytes, start: int, end: int) -> bytes:
    """Return the bytes of one message in a mailbox."""
    return MASKED.sub(rb"\1", content[start:end])


def _parts(message: EmailMessage) -> tuple[MIMEPart | None, list[MIMEPart]]:
    """Return the part that is the message's text, and those that are attached to it."""
    body = message.get_body(("plain", "html"))
    around = set(map(id, _alternatives(message, body)))
    attached: list[MIMEPart] = []
    waiting: list[MIMEPart] = [message]
    while waiting and len(attached) < MOST_PARTS:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            waiting += reversed(list(part.iter_parts()))
        elif part is not body and id(part) not in around and part is not message:
            attached.append(part)
    return body, attached


def _alternatives(message: EmailMessage, body: MIMEPart | None) -> Iterator[MIMEPart]:
    """Yield the same text in other forms: the HTML beside the plain text."""
    for kind in ("plain", "html"):
        other = message.get_body((kind,))
        if other is not None and body is not None:
            yield other


def _text(body: MIMEPart | None) -> str:
    """Return the words of a message's body, with plain line ends."""
    if body is None:
        return ""
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    if body.get_content_subtype() == "html":
        return shown_text(content)
    return decode(content, declared=body.get_content_charset()).replace("\r\n", "\n")


def _head(message: EmailMessage) -> str:
    """Return the headers that people read, a line each, and an empty line."""
    told = ((name, _header(message, name)) for name in HEADERS)
    return "".join(f"{name}: {words}\n" for name, words in told if words) + "\n"


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line, "" if there is none that can be read."""
    try:
        words = str(message.get(name, ""))
    except BROKEN:
        return ""
    return " ".join(words.split())[:LONGEST_HEADER]


def _author(message: EmailMessage) -> str:
    """Return who sent a message: the names, or else the addresses."""
    senders = getaddresses([_header(message, "From")])
    return joined_names(name or address for name, address in senders)


def _date(message: EmailMessage) -> str:
    """Return the day on which a message was sent, where its sender was."""
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except ValueError:
        return ""


def _member(part: MIMEPart, number: int) -> Member:
    """Return an attachment as a document: by its name, or by its kind and its number."""
    kind = part.get_content_type()
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    suffix = SUFFIXES.get(kind, "") or PurePosixPath(name).suffix.lower()
    return Member(name or f"{number}{suffix}", suffix, partial(_attached, part))


def _attached(part: MIMEPart) -> bytes:
    """Return the bytes of an attachment; of a forwarded message, the message."""
    try:
        if part.get_content_type() == "message/rfc822":
            return part.get_content().as_bytes()  # type: ignore[no-any-return]
        content = part.get_payload(decode=True)
    except BROKEN as error:
        raise Unreadable("it is broken: the attachment cannot be decoded") from error
    return content if isinstance(content, bytes) else b""
