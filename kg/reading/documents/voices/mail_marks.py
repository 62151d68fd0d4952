"""The lines by which mails are told: headers, "X wrote:", marks of quoting, closings."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.records import Offsets

_FIELDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("from", "von", "de", "da", "van", "från", "fra"), "from")
    | dict.fromkeys(("to", "an", "à", "para", "a", "aan", "till", "til"), "to")
    | dict.fromkeys(("sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden"), "sent")
    | dict.fromkeys(("date", "datum", "fecha", "data"), "date")
    | dict.fromkeys(("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp"), "subject")
    | dict.fromkeys(("cc", "kopie", "copie"), "cc")
)
"""The fields of a header, in the languages of mail programs."""
_OTHER_FIELDS = (
    "bcc|reply-to|message-id|mime-version|return-path|received|sender|in-reply-to|references|"
    "importance|priority|sensitivity|type|attachments?|delivered-to|sent by|thread-topic|"
    r"x-[\w-]{1,40}|content-[\w-]{1,40}|list-[\w-]{1,40}"
)
FIELD = re.compile(
    rf"[*_]{{0,3}}(?P<field>{'|'.join(_FIELDS)}|{_OTHER_FIELDS})[*_]{{0,3}}\s?:[*_]{{0,3}}(?:\s+|$)",
    re.IGNORECASE,
)
_MARGINAL = frozenset({"importance", "priority", "sensitivity", "attachment", "attachments"})
"""Fields that stand without a header, too."""
TRANSPORT = frozenset({"message-id", "received", "return-path", "mime-version", "delivered-to"})
"""Fields that only the header of a message of its own has."""
QUOTING = re.compile(r"(?:[A-Z]{2,3}(?=>))?(?:>\s?)+")
SEPARATOR = re.compile(
    r"[-_*\s]{2,60}(?:original (?:message|appointment)|forwarded message|forwarded by\b[^\n]{0,120})"
    r"[-_*\s]{0,80}$|begin forwarded message:$",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_=*]{3,}$|.{0,60}[-_]{5,}$")
_WROTE = r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu)"
WROTE = re.compile(rf"\b{_WROTE}\s?:\s?$|\b(?:schrieb|schreef)\s[^:\n]{{2,120}}:\s?$")
_ADDRESSED = r"(?:<[^<>\n]{0,120}>|\([^()\n]{0,120}\)|\[[^\[\]\n]{0,120}\])?"
_INTRODUCTION = re.compile(
    rf"(?P<name>[^,<>\[\]\d:;]{{2,60}}?),?\s*{_ADDRESSED}\s*{_WROTE}\s?:\s?$"
)
_INTRODUCTION_AFTER = re.compile(
    rf"\b(?:schrieb|schreef)\s(?P<name>[^,<>\[\]\d:;]{{2,60}}?)\s*{_ADDRESSED}\s?:\s?$"
)
_DATED = re.compile(r"[\d<@]")
_FIRST_WORDS = re.compile(
    r"(?:\s*(?:[AP]\.?M\.?|at|um|à|GMT|UTC|BST|CES?T|[ECMP][SD]T|,))*\s+(?=\S)|^\s+", re.IGNORECASE
)
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)?\s?(?:regards|wishes|thanks)|best|cheers|sincerely"
    r"|thank you|thanks(?: again)?|yours?(?: (?:sincerely|faithfully|truly|ever))|(?:sincerely|truly) yours|love"
    r"|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|beste|liebe|herzliche) grüße|(?:bien )?cordialement"
    r"|(?:un )?(?:cordial )?saludos?|cordiali saluti|met vriendelijke groet)[,.!]?$",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"(?:sent from my|sent via|sent from|get outlook for)\b[^\n]{0,60}$", re.IGNORECASE
)
DISCLAIMER = re.compile(
    r"(?=.{0,200}(?:confidential|intended|privileged))(?:this|(?:the )?(?:contents|information)(?: contained)? (?:in|of) this) (?:e-?mail|message|communication)\b"
    r"|(?:confidentiality|legal|privacy)? ?(?:notice|disclaimer)\s?:|if you are not the intended recipient"
    r"|please consider the environment|.{0,80}\b(?:is )?registered (?:in \w+|office)\b",
    re.IGNORECASE,
)
LOTUS_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?$")
_AUTHOR_BESIDE = re.compile(r"\bFrom:\s+")
_PERSON = re.compile(
    r"[\"'*_\s]*(?P<name>[^\"<>@/\[\]*\n\t\d]{2,60}?)[\"'*_]*(?:\s*[<\[/@(\d\t]|\s{2}|\s?$)"
)
_ADDRESS = re.compile(r"[\s<\"']*(?P<name>[\w.+-]{1,60})@")


_ONCE = frozenset({"from", "to", "subject"})
"""Fields that no header has twice."""
_IN_LINES = frozenset({"from", "to", "cc", "bcc", "subject", "date"})
LONGEST_FIELD = 60
"""Characters of a field's name, with marks around it."""
LONGEST_HEADER = 100
"""Lines of a header, addresses of many included."""


class Header(NamedTuple):
    """The header of a message: the lines after its last, its author, whom it goes to, its fields."""

    end: int
    author: Offsets | None
    addressee: Offsets | None
    fields: frozenset[str]


def without_marks(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """Return the lines without marks of quoting, and how many marks each had."""
    plain, depths = [], []
    for line in lines:
        found = QUOTING.match(line.text)
        depths.append(found.group().count(">") if found else 0)
        if found is None:
            plain.append(line)
        else:
            bare = line.without(line.start + found.end())
            plain.append(bare._replace(blank_before=line.blank_before))
    return plain, depths


def is_field(text: str) -> bool:
    """Tell "Importance: High", which may stand below a header."""
    found = FIELD.match(text)
    return found is not None and found["field"].lower() in _MARGINAL


def read_header(lines: Sequence[Line], first: int) -> Header | None:
    """Return the header that begins at a line, if it has what tells one."""
    text = lines[first].text
    if ":" not in text[:LONGEST_FIELD] and text.lower() not in _IN_LINES:
        return None
    values, number = _fields(lines, first)
    if not _tells_mail(frozenset(values)):
        values, number = _fields_in_lines(lines, first)
    if not _tells_mail(frozenset(values)):
        return None
    texts = {name: _text(lines[first:number], span) for name, span in values.items()}
    return Header(number, _author(values, texts), _addressee(values, texts), frozenset(values))


def _fields(lines: Sequence[Line], first: int) -> tuple[dict[str, Offsets], int]:
    """Return where the values of a header's fields stand, and the line after the last."""
    values: dict[str, Offsets] = {}
    field, number = "", first
    for number, line in enumerate(lines[first : first + LONGEST_HEADER], first):
        found = FIELD.match(line.text)
        field = _field(found) if found else field
        if (number > first and _is_parted(line)) or not _belongs(lines, number, field, values):
            return values, number
        if found is not None:
            values.setdefault(field, (line.start + found.end(), line.end))
    return values, number + 1


def _is_parted(line: Line) -> bool:
    """Tell a line after an empty one that is no further field, as some programs part them."""
    found = FIELD.match(line.text)
    return line.blank_before and (found is None or _field(found) not in _FIELDS.values())


def _belongs(lines: Sequence[Line], number: int, field: str, known: Collection[str]) -> bool:
    """Tell a field that the header does not have yet, and a further line of one."""
    if FIELD.match(lines[number].text):
        return field not in _ONCE.intersection(known)
    return _continues(lines, number, field)


def _field(found: re.Match[str]) -> str:
    """Return the field that a line begins with, in English."""
    written = found["field"].lower()
    return _FIELDS.get(written, written)


def _fields_in_lines(lines: Sequence[Line], first: int) -> tuple[dict[str, Offsets], int]:
    """Return the fields of a header that has each name and each value in a line of its own."""
    values: dict[str, Offsets] = {}
    number = first
    while number < len(lines) and lines[number].text.lower() in _IN_LINES:
        after = lines[number + 1] if number + 1 < len(lines) else None
        named = after is not None and after.text.lower() not in _IN_LINES
        if after is not None and named:
            values.setdefault(lines[number].text.lower(), (after.start, after.end))
        number += 1 + named
    return values, number


def _continues(lines: Sequence[Line], number: int, field: str) -> bool:
    """Tell a further line of a field: set in, more addresses, or a day after "on"."""
    if not field:
        return False
    line, before = lines[number], lines[number - 1]
    more = field in {"to", "cc", "bcc"} and _lists_more(lines, number)
    dated = before.text.endswith(" on") and LOTUS_DATE.match(line.text) is not None
    return line.indent > 0 or field.startswith("x-") or more or dated


def _lists_more(lines: Sequence[Line], number: int) -> bool:
    """Tell a further line of addresses: it has one, or stands between one and another field."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    if "@" in lines[number].text or lines[number - 1].text.endswith((",", ";")):
        return True
    return after is not None and FIELD.match(after.text) is not None


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
        dated = LOTUS_DATE.search(lines[number].text)
        if dated is not None:
            return _beside(lines, number, dated.start()) or _person_at(lines, number - 1, 0)
    return None


def _beside(lines: Sequence[Line], number: int, date: int) -> tuple[int, Offsets] | None:
    """Return the author in "From: Ada Okoro   03/05/99 10:12" or "Ada Okoro on 03/05/99 10:12"."""
    text = lines[number].text[:date].rstrip()
    beside = _AUTHOR_BESIDE.search(text)
    if beside is None and not text.endswith(" on"):
        return None
    return _person_at(lines, number, beside.end() if beside else 0)


def _person_at(lines: Sequence[Line], number: int, start: int) -> tuple[int, Offsets] | None:
    """Return where the person stands whom a line names from a place on."""
    name = person_in(lines[number].text[start:]) if number >= 0 else None
    return name and (
        number,
        (lines[number].start + start + name[0], lines[number].start + start + name[1]),
    )


def introduces(text: str) -> bool:
    """Tell "On 3 May 2020, Ada Okoro wrote:" from "In her letter Ada Okoro wrote:"."""
    return WROTE.search(text) is not None and _DATED.search(text) is not None


def introduced(text: str) -> Offsets | None:
    """Return where the name stands in "On 3 May, Ada Okoro <ada@example.org> wrote:".

    >>> line = "On Mon, May 4, 2020 at 10:12 AM Ada Okoro <ada@example.org> wrote:"
    >>> line[slice(*introduced(line))]
    'Ada Okoro'
    """
    found = _INTRODUCTION.search(text) or _INTRODUCTION_AFTER.search(text)
    if found is None:
        return None
    start, end = found.span("name")
    lead = _FIRST_WORDS.match(text, start, end)
    start = lead.end() if lead is not None and lead.end() < end else start
    name = text[start:end].strip("\"' ")
    start = text.find(name, start)
    return (start, start + len(name)) if name[:1].isupper() else None
