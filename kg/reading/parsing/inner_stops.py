"""Find the full stops that end no sentence: "Rt. Hon. Ruth Cole", "Art. 5", "Leeds, Mass. in 2014".

The tokeniser knows some abbreviations and parts the stop from others; the parser then takes it
for an end. What stands before and behind it tells: a title stands before a name, the short form
of a division before its number, and no sentence begins with a small letter. The parser is told
before it reads, so that it makes one tree of what is one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.lexicons import load_lexicons
from kg.reading.values.calendar import MONTHS

COMPONENT = "kg_inner_stops"
_ROMAN = frozenset("IVXLC")
LONGEST_INITIAL = 1


def is_inner(token: Token) -> bool:
    """Tell a stop, or a word that keeps its own, behind which no sentence begins."""
    word = before_stop(token)
    if word is None or token.i + 1 >= len(token.doc):
        return False
    return _is_leading(word) or _is_title(word) or _goes_on(word.lower(), token.nbor())


def _goes_on(word: str, following: Token) -> bool:
    """Tell "Art" before its number, "Mon" before a day, "Cal" before a small letter."""
    classes = load_lexicons().words
    if word in classes["abbreviation"]:
        return following.text.islower()
    if word in classes["weekday_abbreviation"] and following.lower_.strip(".") in MONTHS:
        return True
    numbered = word in classes["numbered_abbreviation"] or word in classes["weekday_abbreviation"]
    return numbered and _is_number(following)


def before_stop(token: Token) -> str | None:
    """Return the word that a stop is joined to, without it."""
    if token.text == ".":
        joined = token.i > 0 and not token.nbor(-1).whitespace_
        return token.nbor(-1).text if joined else None
    return token.text[:-1] if token.text.endswith(".") and len(token) > 1 else None


def _is_leading(word: str) -> bool:
    """Tell "e.g" and "Mt", but no single capital: "Henry V."."""
    leading = word.lower() in load_lexicons().words["leading_abbreviation"]
    return leading and (len(word) > LONGEST_INITIAL or word.islower())


def _is_title(word: str) -> bool:
    """Tell the short form of a title: with a capital, but for "my hon. Friend"."""
    short = f"{word.lower()}." in load_lexicons().words["title"] and len(word) > LONGEST_INITIAL
    return short and word != "St" and (word[0].isupper() or word == "hon")


def _is_number(token: Token) -> bool:
    return token.text[0].isdigit() or _ROMAN.issuperset(token.text.rstrip("."))


@Language.component(COMPONENT, assigns=["token.is_sent_start"])
def mark_inner_stops(doc: Doc) -> Doc:
    """Return the same document, in which no sentence begins behind such a stop."""
    for i in _behind(doc):
        doc[i].is_sent_start = False
    return doc


def _behind(doc: Doc) -> Iterator[int]:
    for token in doc[:-1]:
        if token.text.endswith(".") and is_inner(token):
            yield token.i + 1
