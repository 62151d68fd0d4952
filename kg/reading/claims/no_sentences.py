"""What the parser takes for sentences and is none: references, titles, the noise of a bad scan.

A reference names documents, pages and days; the title of an article that it cites ("X Has
Deep Ties to Y") is nothing that the document itself says. A heading says something only
where it is a whole sentence. None of them makes claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lexicons import load_lexicons
from kg.reading.grammar import FINITE_TAGS, PREDICATE_POS, SUBJECTS, Syntax

_FIGURES_AT_LEAST, _SHARE_OF_FIGURES = 3, 0.2
_FIGURES_CITED = 2
"""Figures of a fragment that cites: a day and a page."""
_WORDS_BEFORE_DAY = 2
_CITED_POS = frozenset({"PROPN", "PUNCT", "NUM", "X"})
_ENDS = frozenset({".", ";"})
_NOISE_AT_LEAST, _SHARE_OF_NOISE = 2, 0.2
_DAY = re.compile(r"[A-Z][a-z]{2,8} ?\.? ?\d{1,2} ?[,.] ?\d{4}")
_NOISE = re.compile(r"[a-z](?:[A-Z][a-z]*|\.[a-z]+)[A-Z]|[A-Za-z](?:\d\.?|[!~^|{}]+['’]?)[A-Za-z]")
"""Capitals, digits and marks inside a word, as a scanner sees them in a smudge."""


def is_reference(syntax: Syntax, first: int, last: int) -> bool:
    """Tell "See Z, Title (Mar. 30, 2016)" and "Gates 2/2/18 302, at 12"."""
    if _opens_as_reference(syntax, first, last) or _ends_in_day(syntax, first, last):
        return True
    figures = _figures(syntax.words[first:last])
    if figures >= _FIGURES_CITED and not states_something(syntax, first, last):
        return True
    # Where a verb is finite something may be said, whatever else is cited.
    if not FINITE_TAGS.isdisjoint(syntax.tags[first:last]):
        return False
    return figures >= max(_FIGURES_AT_LEAST, _SHARE_OF_FIGURES * (last - first))


def _figures(words: Sequence[str]) -> int:
    """Return how many words have a digit."""
    odd = [word for word in words if not word.isalpha()]  # spares most words a look at each letter
    return sum(any(map(str.isdigit, word)) for word in odd)


def _opens_as_reference(syntax: Syntax, first: int, last: int) -> bool:
    """Tell "See Zachary Mider", "See also", "Id. at 12" from "See what they did"."""
    words, opening = load_lexicons().words, syntax.lowers[first]
    if opening not in words["citation_signal"] or last - first == 1:
        return False
    if opening != "see" or syntax.near(syntax.pos, first + 1) in _CITED_POS:
        return True
    return syntax.near(syntax.lowers, first + 1) in words["after_signal"]


def is_titled(syntax: Syntax, verb: int) -> bool:
    """Tell the verb of a title ("Trump Backed Off"): a capital inside a sentence that has others.

    A sentence all in capitals is none, nor is a verb that opens a sentence or a quotation.
    """
    if not syntax.words[verb][0].isupper():
        return False
    before = syntax.near(syntax.words, verb - 1)
    if before and not before[-1].isalnum():
        return False
    first, last = syntax.sentences[syntax.sentence_of[verb]]
    return verb != first and any(w.islower() and w.isalpha() for w in syntax.words[first:last])


def states_something(syntax: Syntax, first: int, last: int) -> bool:
    """Tell whether a verb outside brackets has a subject, both of them words."""
    depth = 0
    for i in range(first, last):
        depth += (syntax.words[i] in "([") - (syntax.words[i] in ")]")
        if depth == 0 and syntax.pos[i] in PREDICATE_POS and _has_subject(syntax, i):
            return True
    return False


def _has_subject(syntax: Syntax, verb: int) -> bool:
    """Tell a verb that says something of somebody from what the parser makes of a reference."""
    subject = syntax.child(verb, {*SUBJECTS, "expl"})
    if subject is None or not syntax.lowers[verb].strip("'’").isalpha() or is_titled(syntax, verb):
        return False
    finite = syntax.is_finite(verb)
    named = any(c.isalpha() for c in syntax.words[subject])
    return finite or (named and syntax.tags[verb] != "VBG")


def _ends_in_day(syntax: Syntax, first: int, last: int) -> bool:
    """Tell "Title, New York Times (Jan. 25, 2018).", which ends in nothing but its day."""
    closing = _closing_bracket(syntax, first, last)
    words = syntax.words[first:closing]
    if len(words) < _WORDS_BEFORE_DAY or "(" not in words:
        return False
    opening = len(words) - 1 - words[::-1].index("(")
    inside = " ".join(words[opening + 1 :])
    named = syntax.near(syntax.pos, first + opening - 1) == "PROPN"
    return named and bool(_DAY.fullmatch(inside))


def _closing_bracket(syntax: Syntax, first: int, last: int) -> int:
    """Return where the bracket that ends a sentence closes; ``first`` if none does."""
    words = syntax.words
    closing = last - 2 if syntax.near(words, last - 1) in _ENDS else last - 1
    return closing if syntax.near(words, closing) == ")" else first


def is_noise(syntax: Syntax, first: int, last: int) -> bool:
    """Tell words that no scanner has read: "iHferfflatiat1.is lu 11 eHfareefflefl"."""
    # One search through the whole sentence is quick, and ends it for most.
    if len(_NOISE.findall(" ".join(syntax.words[first:last]))) < _NOISE_AT_LEAST:
        return False
    words = [word for word in syntax.words[first:last] if word[0].isalpha()]
    noise = sum(bool(_NOISE.search(word)) for word in words)
    return noise >= max(_NOISE_AT_LEAST, _SHARE_OF_NOISE * len(words))
