"""The lines by which mails are told: headers, "X wrote:", marks of quoting, closings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.records import Offsets

_FIELDS = (
    "from|to|cc|bcc|date|sent|subject|reply-to|message-id|mime-version|return-path|received|sender|"
    "in-reply-to|references|importance|attachments?|delivered-to|sent by|thread-topic|"
    r"x-[\w-]{1,40}|content-[\w-]{1,40}|list-[\w-]{1,40}"
)
FIELD = re.compile(
    rf"[*_]{{0,3}}(?P<field>{_FIELDS})[*_]{{0,3}}\s?:[*_]{{0,3}}(?:\s+|$)", re.IGNORECASE
)
TRANSPORT = frozenset({"message-id", "received", "return-path", "mime-version", "delivered-to"})
"""Fields that only the header of a message of its own has."""
QUOTING = re.compile(r"(?:>\s?)+")
SEPARATOR = re.compile(
    r"[-_*\s]{2,60}(?:original (?:message|appointment)|forwarded message|forwarded by\b[^\n]{0,120})"
    r"[-_*\s]{0,80}$|begin forwarded message:$",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_=*]{3,}$|.{0,60}[-_]{5,}$")
WROTE = re.compile(r"(?:wrote|writes|schrieb):\s?$")
_INTRODUCTION = re.compile(
    r"(?P<name>[^,<>\[\]\d:;]{2,60}?),?\s*(?:<[^<>\n]{0,120}>|\([^()\n]{0,120}\)|\[[^\[\]\n]{0,120}\])?\s*"
    r"(?:wrote|writes):\s?$"
)
_FIRST_WORDS = re.compile(
    r"(?:\s*(?:[AP]\.?M\.?|at|GMT|UTC|BST|CES?T|[ECMP][SD]T|,))*\s+(?=\S)|^\s+", re.IGNORECASE
)
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)?\s?(?:regards|wishes|thanks)|best|cheers|sincerely"
    r"|thank you|thanks(?: again)?|yours?(?: (?:sincerely|faithfully|truly|ever))|(?:sincerely|truly) yours|love)[,.!]?$",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"(?=.{0,200}(?:confidential|intended|privileged))(?:this|the information in this) (?:e-?mail|message|communication)\b",
    re.IGNORECASE,
)
LOTUS_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?$")
_AUTHOR_BESIDE = re.compile(r"\bFrom:\s+")
_PERSON = re.compile(
    r"[\"'*_\s]*(?P<name>[^\"<>@/\[\]*\n\t\d]{2,60}?)[\"'*_]*(?:\s*[<\[/@(\d\t]|\s{2}|\s?$)"
)
_ADDRESS = re.compile(r"[\s<\"']*(?P<name>[\w.+-]{1,60})@")


_ONCE = frozenset({"from", "to", "subject"})
"""Fields that no header has twice."""
LONGEST_HEADER = 100
"""Lines of a header, addresses of many included."""


class Header(NamedTuple):
    """The header of a message: the lines after its last, its author, whom it goes to, its fields."""

    end: int
    author: Offsets | None
    addressee: Offsets | None
    fields: frozenset[str]


def read_header(lines: Sequence[Line], first: int) -> Header | None:
    """Return the header that begins at a line, if it has what tells one."""
    values: dict[str, Offsets] = {}
    number, field = first, ""
    last = min(len(lines), first + LONGEST_HEADER)
    while number < last and (number == first or not lines[number].blank_before):
        line = lines[number]
        found = FIELD.match(line.text)
        if found is not None:
            field = found["field"].lower()
            if field in _ONCE and field in values:
                break
            values.setdefault(field, (line.start + found.end(), line.end))
        elif not (field and _continues(line, field)):
            break
        number += 1
    fields = frozenset(values)
    if not _tells_mail(fields):
        return None
    texts = {name: _text(lines[first:number], span) for name, span in values.items()}
    return Header(number, _author(values, texts), _addressee(values, texts), fields)


def _continues(line: Line, field: str) -> bool:
    """Tell a further line of a field: set in, or more addresses."""
    return (
        line.indent > 0
        or field.startswith("x-")
        or (field in {"to", "cc", "bcc"} and "@" in line.text)
    )


def _tells_mail(fields: frozenset[str]) -> bool:
    if "from" in fields:
        return len(fields & {"to", "date", "sent", "subject"}) > 0
    return {"to", "subject"} <= fields


def _text(lines: Sequence[Line], span: Offsets) -> str:
    line = next(line for line in lines if line.start <= span[0] <= line.end and line.end == span[1])
    return line.text[span[0] - line.start :]


def _author(values: dict[str, Offsets], texts: dict[str, str]) -> Offsets | None:
    """Return the name in "From", or in the copy of it that tells more than an address."""
    plain = next(
        (name for name in ("from", "x-from") if name in values and person_in(texts[name])), ""
    )
    if plain:
        return _shifted(values[plain][0], person_in(texts[plain]))
    return _shifted(values["from"][0], _address_in(texts["from"])) if "from" in values else None


def _addressee(values: dict[str, Offsets], texts: dict[str, str]) -> Offsets | None:
    """Return the one person whom a message goes to."""
    for name in ("to", "x-to"):
        if name in values and not re.search("[,;]", texts[name]) and person_in(texts[name]):
            return _shifted(values[name][0], person_in(texts[name]))
    return None


def person_in(text: str) -> Offsets | None:
    """Return where a person's name stands in "Ada Okoro <ada@example.org>"."""
    found = _PERSON.match(text)
    return (
        found.span("name")
        if found and found["name"][:1].isalpha() and not _ADDRESS.match(text)
        else None
    )


def _address_in(text: str) -> Offsets | None:
    found = _ADDRESS.match(text)
    return found.span("name") if found else None


def _shifted(start: int, span: Offsets | None) -> Offsets | None:
    return None if span is None else (start + span[0], start + span[1])


def author_before(lines: Sequence[Line], first: int) -> tuple[int, Offsets] | None:
    """Return the line and name of an author who stands over "To:" with a day beside or between."""
    for number in range(first - 1, max(-1, first - 3), -1):
        if LOTUS_DATE.search(lines[number].text):
            beside = _AUTHOR_BESIDE.search(lines[number].text)
            named = number if beside else number - 1
            start = beside.end() if beside else 0
            name = person_in(lines[named].text[start:]) if named >= 0 else None
            at = lines[named].start + start
            return (named, (at + name[0], at + name[1])) if name else None
    return None


def introduced(text: str) -> Offsets | None:
    """Return where the name stands in "On 3 May, Ada Okoro <ada@example.org> wrote:".

    >>> line = "On Mon, May 4, 2020 at 10:12 AM Ada Okoro <ada@example.org> wrote:"
    >>> line[slice(*introduced(line))]
    'Ada Okoro'
    """
    found = _INTRODUCTION.search(text)
    if found is None:
        return None
    start, end = found.span("name")
    lead = _FIRST_WORDS.match(text, start, end)
    start = lead.end() if lead is not None and lead.end() < end else start
    name = text[start:end].strip("\"' ")
    start = text.find(name, start)
    return (start, start + len(name)) if name[:1].isupper() else None
