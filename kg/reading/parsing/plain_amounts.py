"""Amounts as the parser knows them: "EUR 1,200,000" is read as "$1111 million", as long as itself.

The parser was trained on dollars: of "paid Norwell Bank EUR 900" it makes one name, "5bn yen" is
nothing to it, and in "12 per cent" it finds cents. So it reads a plain sum in place of money, and
"percent"; figures do not matter. After the parse the amount is one token, with the words as they
stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from kg.reading.grammar import Syntax
from kg.reading.values.amounts import Amount, find_amounts, may_hold_money

_SCALED = " million"
_LEAST_SCALED = len("$1") + len(_SCALED)
_PERCENT = " percent"
_PER_CENT = re.compile(r"\bper\s+cent\b", re.IGNORECASE)
_GROUP = len(",111")
_BEFORE, _AFTER = re.compile(r"(?:^|[\s(\[\"“/—–-])$"), re.compile(r"$|[\s).,;:!?\]\"”'/—–]")


def amounts_to_rewrite(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text that stand apart, "at least" and the like included."""
    percent = _PER_CENT.search(text) is not None
    if not percent and not may_hold_money(text):
        return
    for amount in find_amounts(text):
        kind, words = amount.quantity.kind, text[amount.start : amount.end]
        misread = kind == "money" or (kind == "percentage" and _PER_CENT.search(words) is not None)
        if misread and _BEFORE.search(text, 0, amount.start) and _AFTER.match(text, amount.end):
            yield amount


def with_plain_amounts(text: str, amounts: Mapping[int, str]) -> str:
    """Return a text with a plain one for each amount, by its place."""
    parts, at = list[str](), 0
    for start, words in amounts.items():
        parts += [text[at:start], _plain(words)]
        at = start + len(words)
    return "".join([*parts, text[at:]])


def _plain(words: str) -> str:
    """Return a plain amount of as many characters as another.

    >>> _plain("¥500"), _plain("GBP 90"), _plain("EUR 1,200,000"), _plain("5 per cent")
    ('$111', '$1,111', '$1111 million', '11 percent')
    """
    length = len(words)
    if _PER_CENT.search(words):
        return "1" * (length - len(_PERCENT)) + _PERCENT
    if length >= _LEAST_SCALED:
        return "$" + "1" * (length - len(_SCALED) - 1) + _SCALED
    digits = ["1"] * (length - 1)
    for i in range(len(digits) - _GROUP, 0, -_GROUP):
        digits[i] = ","
    return "$" + "".join(digits)


def with_whole_amounts(doc: Doc, start: int, amounts: Mapping[int, str]) -> Doc:
    """Return the parse of a part of the analysis text that begins at ``start``, each amount one token."""
    if not amounts:
        return doc
    end = start + len(doc.text)
    places = [(at - start, at - start + len(amounts[at])) for at in amounts if start <= at < end]
    spans = [span for place in places if (span := doc.char_span(*place)) is not None]
    if spans:
        with doc.retokenize() as retokenizer:
            for span in spans:
                retokenizer.merge(span)
    return doc


def restore_amounts(syntax: Syntax, amounts: Mapping[int, str]) -> None:
    """Give each amount the words that it has in the text."""
    if not amounts:
        return
    for i, start in enumerate(syntax.starts):
        if start in amounts and syntax.ends[i] == start + len(amounts[start]):
            # In its own letters everywhere: what is said of it keeps them, "pay EUR 900 to".
            syntax.words[i] = syntax.lowers[i] = syntax.lemmas[i] = amounts[start]
