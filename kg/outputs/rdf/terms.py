"""RDF terms as plain strings, in the spelling of N-Triples.

``<http://…>`` is an IRI and ``"…"`` or ``"…"^^<…>`` a literal, so a triple is three
strings: made, compared, sorted and written without a library, which is what lets a
million triples be sorted in seconds. There are no blank nodes and no language tags.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import quote

from kg.vocabulary import PREFIXES, expand

XSD = PREFIXES["xsd"]
RDF = PREFIXES["rdf"]

NAME_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""What an XML name and the local part of a Turtle name may begin with."""
NAME_CHARS = NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040-"

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in [*range(0x20), 0x7F]},
    # Surrogates, which no file in UTF-8 can hold.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    10: "\\n",
    13: "\\r",
    9: "\\t",
    8: "\\b",
    12: "\\f",
}
_NEEDS_ESCAPE = re.compile('[\x00-\x1f\x7f"\\\\\ud800-\udfff]')
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_DAY = re.compile(r"(-?\d{4})(-\d\d-\d\d)", re.ASCII)
_MEANINGS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def iri(text: str) -> str:
    """Return the term of an IRI that is already well formed."""
    return f"<{text}>"


@cache
def term_of(curie: str) -> str:
    """Return the term of a name with one of our prefixes.

    >>> term_of("rdfs:label")
    '<http://www.w3.org/2000/01/rdf-schema#label>'
    """
    return iri(expand(curie))


def iri_path(name: str) -> str:
    """Return a name as part of an IRI's path: letters of any script and / stay.

    All else is percent-encoded, so that different names give different IRIs.

    >>> iri_path("papers/Путин 100%.pdf")
    'papers/Путин%20100%25.pdf'
    """
    return "".join(c if c.isalnum() else quote(c, safe="/", errors="replace") for c in name)


def safe_iri(text: str) -> str:
    """Return the term of an IRI from elsewhere, with what no IRI may hold encoded."""
    return f"<{re.sub(_NOT_IN_IRI, lambda found: quote(found[0], errors='replace'), text)}>"


_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|\\\\^`\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')


def text(words: str) -> str:
    """Return a plain literal."""
    # Few texts do, and translating all of them takes several times as long.
    if _NEEDS_ESCAPE.search(words):
        words = words.translate(_ESCAPES)
    return f'"{words}"'


@lru_cache(maxsize=1 << 16)
def integer(number: int) -> str:
    """Return an xsd:integer."""
    return f'"{number}"^^<{XSD}integer>'


@lru_cache(maxsize=1 << 12)
def decimal(number: float) -> str:
    """Return an xsd:decimal in its canonical form.

    >>> decimal(0.9).split("^^")[0], decimal(1).split("^^")[0], decimal(1e-7).split("^^")[0]
    ('"0.9"', '"1.0"', '"0.0000001"')
    """
    # repr has the fewest digits that give the number again; no exponent, which xsd forbids.
    digits = format(Decimal(repr(float(number))), "f")
    return f'"{digits}"^^<{XSD}decimal>'


def exact_decimal(digits: str) -> str:
    """Return the xsd:decimal that digits spell, every one of them kept.

    >>> exact_decimal("1200000").split("^^")[0], exact_decimal("0.05").split("^^")[0]
    ('"1200000.0"', '"0.05"')
    """
    return f'"{digits if "." in digits else digits + ".0"}"^^<{XSD}decimal>'


@lru_cache(maxsize=1 << 12)
def day(words: str) -> str:
    """Return an xsd:date, or a plain literal when the words are no day of the calendar.

    Years before Christ are written as ISO 8601 and XML Schema 1.1 have it.

    >>> day("-0043-03-15").split("^^")[0], day("31 May") == text("31 May")
    ('"-0043-03-15"', True)
    """
    found = _DAY.fullmatch(words)
    if found is None:
        return text(words)
    try:
        date.fromisoformat(f"{2000 + int(found[1]) % 400}{found[2]}")  # as long as that year
    except ValueError:
        return text(words)
    return f'"{words}"^^<{XSD}date>'


def stretch_of_days(first: str | None, last: str | None) -> str | None:
    """Return a day, a month or a year as a value, by its first and last day; None for other stretches.

    >>> stretch_of_days("1867-01-01", "1867-12-31").split("^^")[0]
    '"1867"'
    """
    if not first or not last:
        return None
    if first == last:
        return day(first) if _DAY.fullmatch(first) else None
    year, month = first[:-6], first[:-3]
    if (first, last) == (f"{year}-01-01", f"{year}-12-31"):
        return f'"{year}"^^<{XSD}gYear>'
    if first == f"{month}-01" and last[:-3] == month and last[-2:] >= "28":
        return f'"{month}"^^<{XSD}gYearMonth>'
    return None


TRUE = f'"true"^^<{XSD}boolean>'


def is_iri(term: str) -> bool:
    """Return whether a term is an IRI and no literal."""
    return term[0] == "<"


def split_literal(term: str) -> tuple[str, str]:
    """Return a literal's value, escapes undone, and its datatype IRI ("" for plain text)."""
    end = term.rindex('"')
    value, datatype = term[1:end], term[end + 4 : -1]
    if "\\" in value:
        value = _ESCAPE.sub(_meaning, value)
    return value, datatype


def _meaning(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return _MEANINGS.get(found[2], found[2])
