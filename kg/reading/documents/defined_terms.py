"""Find where a text says by which term it calls somebody from then on.

'Castor Retail Ltd. (the "Buyer")', 'Norwell Logistics Inc. (hereinafter referred to as
"Norwell")', 'the European Space Agency, hereinafter "the Agency",': such words are no part of
what the sentence says. They are cut from it, and the term stands by itself, so that it can
be tied to what was named before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.records import Offsets

_OPEN, _CLOSE = '["“„«]', '["”“»]'
_SIGNAL = r"(?:hereinafter|hereafter|herein)"
_CALLED = (
    r"(?:(?:also|sometimes|further)\s+)?(?:referred\s+to|known|called|defined)"
    r"(?:\s+(?:herein|hereafter|hereinafter|below))?(?:\s+as)?"
)
_TERM = rf"{_OPEN}\s*(?:[Tt]he\s+)?[A-Z][^\"“”„«»()\[\]\n]{{0,48}}?[,.]?\s*{_CLOSE}"
_FILLER = rf"(?:{_SIGNAL}\b,?\s*|{_CALLED}\s*|(?:the|an?|as|or)\s+|[,:]\s*)"
BRACKETED = re.compile(
    rf"[(\[]\s*(?P<said>{_FILLER}{{0,5}}){_TERM}(?:\s*(?:,|or|and|/)+\s*(?:the\s+)?{_TERM})*\s*[)\]]"
)
UNQUOTED = re.compile(
    rf"[(\[]\s*(?P<said>{_SIGNAL}\b,?\s*(?:{_CALLED}\s*)?)the\s+[A-Z]\w+(?:\s[A-Z]\w+){{0,3}}\s*[)\]]"
)
APART = re.compile(
    rf",\s*(?P<said>(?:{_SIGNAL}\b,?\s*(?:{_CALLED}\s*)?|{_CALLED}\s*))(?:the\s+)?{_TERM},?"
)
QUOTED_TERM = re.compile(rf"{_OPEN}\s*(?:[Tt]he\s+)?([A-Z][^\"“”„«»]*?)[,.]?\s*{_CLOSE}")
BARE_TERM = re.compile(r"the\s+([A-Z]\w+(?:\s[A-Z]\w+){0,3})\s*[)\]]$")
NAMED = re.compile(r"(?:[A-Z][\w.&'’-]*|plc|a\.s\.|s\.r\.o\.|mbH|e\.V\.)[)\"”]?$")
"""What the words end with that a term can stand for: a capital, or a company's legal form."""
ARTICLE = re.compile(r"\b[Tt]he\s+[\"“„«]?\s*$")
LONGEST_NAME = 40


class DefinedTerm(NamedTuple):
    """A term without its article, the stretch that is cut with it, and whether it had an article."""

    start: int
    end: int
    cut: Offsets
    article: bool


def find_terms(text: str) -> Iterator[DefinedTerm]:
    """Yield the terms that a text defines in brackets or between commas, in order."""
    found = [m for pattern in (BRACKETED, UNQUOTED, APART) for m in pattern.finditer(text)]
    for definition in sorted(found, key=lambda m: m.start()):
        start, end = definition.span()
        while start and text[start - 1].isspace():
            start -= 1
        before = text[max(0, start - LONGEST_NAME) : start].rstrip()
        if (
            not definition["said"]
            and '"the' not in _straight(definition[0])
            and not NAMED.search(before)
        ):
            continue
        # The stop of "Ltd." ends the sentence as well.
        end += before.endswith(".") and text[end : end + 1] == "."
        terms = [m.span(1) for m in QUOTED_TERM.finditer(text, start, definition.end())]
        bare = BARE_TERM.search(text, start, definition.end())
        for span in terms or ([bare.span(1)] if bare else []):
            article = ARTICLE.search(text, max(0, span[0] - 8), span[0]) is not None
            yield DefinedTerm(*span, (start, end), article)


def _straight(words: str) -> str:
    return words.replace("“", '"').lower()
