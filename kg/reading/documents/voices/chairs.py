"""Find who holds an office that a label names, where the text tells it once.

"Chairman: Mr Ivo Lund" above a transcript, "Ivo Lund (Chair)" in a list of those present and
"THE CHAIR (Mr Lund):" in the first label tell who "The CHAIRMAN:" is from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import NAME, WORD, Label, holds_office, key_of, names_person
from kg.records import Offsets

_OFFICE = r"(?P<office>[A-Za-z][\w-]{2,30}(?: [A-Z][\w-]{1,30})?)"
_BEFORE = re.compile(rf"(?:The )?{_OFFICE}\s?[:–—-]\s*(?P<name>{NAME})(?:[,;(]|\s?$)")
_AFTER = re.compile(
    rf"(?P<name>{NAME}),?\s(?:\((?:the )?{_OFFICE}\)|in the (?P<chair>[Cc]hair)|(?P<last>[A-Z][\w-]{{2,30}})(?:[.;]|$))"
)
_ALIKE = ("chair", "president", "speaker", "secretary", "clerk")
"""Offices that are named in several ways: "Chair", "Chairman", "Chairperson"."""


def find_holders(lines: Sequence[Line], labels: Sequence[Label]) -> dict[str, Offsets]:
    """Return where those are named who speak under an office: key of the label -> name."""
    speaking = {label.key: _office(label.words) for label in labels}
    by_office = dict(_in_labels(labels))
    by_office |= {
        office: name
        for office, name in _in_front(lines[: labels[0].line])
        if office not in by_office
    }
    return {key: by_office[office] for key, office in speaking.items() if office in by_office}


def _office(words: Sequence[str]) -> str:
    """Return the office that words name ("The CHAIRMAN"), "" if they name none."""
    plain = [word.casefold() for word in words if word.casefold() != "the"]
    if len(plain) == 1 and holds_office(plain[0]):
        return next((stem for stem in _ALIKE if plain[0].startswith(stem)), plain[0])
    return key_of(words) if 1 < len(plain) < len(words) else ""


def _in_labels(labels: Sequence[Label]) -> Iterator[tuple[str, Offsets]]:
    """Yield the office and the name of each label that tells both."""
    for label in reversed(labels):
        if label.office and _office(label.office):
            yield _office(label.office), label.name


def _in_front(lines: Sequence[Line]) -> Iterator[tuple[str, Offsets]]:
    """Yield the offices that lines above the first label tell with whoever holds them."""
    for line in lines:
        before = _BEFORE.match(line.text)
        for found in (*([before] if before else []), *_AFTER.finditer(line.text)):
            office = _office(WORD.findall(_told(found)))
            if office and names_person(WORD.findall(found["name"])):
                start, end = found.span("name")
                yield office, (line.start + start, line.start + end)


def _told(found: re.Match[str]) -> str:
    """Return the words for an office that stand before or after a name."""
    parts = found.groupdict()
    return parts.get("office") or parts.get("chair") or parts.get("last") or ""
