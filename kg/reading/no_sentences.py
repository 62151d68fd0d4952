"""What the parser takes for sentences and is none: references, and the noise of a bad scan.

A reference names documents, pages and days; the title of an article that it cites ("X Has
Deep Ties to Y") is nothing that the document itself says. Neither makes claims.
"""

from __future__ import annotations

import re

from kg.reading.grammar import FINITE_TAGS, Syntax, word_set

_SIGNALS = word_set("see cf cf. id id. ibid ibid. compare")
"""Words that open a reference, when no subject comes before them."""
_SIGNALLED = word_set("e.g. e.g also generally id. supra infra")
_FIGURES_AT_LEAST, _SHARE_OF_FIGURES = 3, 0.2
_NOISE_AT_LEAST, _SHARE_OF_NOISE = 2, 0.2
_DAY = re.compile(r"[A-Z][a-z]+ ?\.? \d{1,2} , \d{4}")
_NOISE = re.compile(r"[a-z](?:[A-Z][a-z]*|\.[a-z]+)[A-Z]|[A-Za-z](?:\d\.?|[!~^|{}]+['’]?)[A-Za-z]")
"""Capitals, digits and marks inside a word, as a scanner sees them in a smudge."""


def is_reference(syntax: Syntax, first: int, last: int) -> bool:
    """Tell "See Z, Title (Mar. 30, 2016)" and "Gates 2/2/18 302, at 12"."""
    opening = syntax.lowers[first]
    if opening in _SIGNALS and last - first > 1:
        cited = syntax.pos[first + 1] in {"PROPN", "PUNCT", "NUM", "X"}
        if cited or opening != "see" or syntax.lowers[first + 1] in _SIGNALLED:
            return True
    if _ends_in_day(syntax, first, last):
        return True
    if not FINITE_TAGS.isdisjoint(syntax.tags[first:last]):
        return False
    figures = sum(any(map(str.isdigit, word)) for word in syntax.words[first:last])
    return figures >= max(_FIGURES_AT_LEAST, _SHARE_OF_FIGURES * (last - first))


def _ends_in_day(syntax: Syntax, first: int, last: int) -> bool:
    """Tell "Title, New York Times (Jan. 25, 2018).", which ends in nothing but its day."""
    if syntax.words[last - 1] != ")" and syntax.words[last - 2] != ")":
        return False
    words = syntax.words[first:last]
    while words and words[-1] in {".", ";"}:
        words = words[:-1]
    if len(words) < _FIGURES_AT_LEAST or words[-1] != ")" or "(" not in words:
        return False
    opening = len(words) - 1 - words[::-1].index("(")
    inside = " ".join(words[opening + 1 : -1])
    return bool(_DAY.fullmatch(inside)) and syntax.pos[first + opening - 1] == "PROPN"


def is_noise(syntax: Syntax, first: int, last: int) -> bool:
    """Tell words that no scanner has read: "iHferfflatiat1.is lu 11 eHfareefflefl"."""
    if len(_NOISE.findall(" ".join(syntax.words[first:last]))) < _NOISE_AT_LEAST:
        return False
    words = [word for word in syntax.words[first:last] if word[0].isalpha()]
    noise = sum(bool(_NOISE.search(word)) for word in words)
    return noise >= max(_NOISE_AT_LEAST, _SHARE_OF_NOISE * len(words))
