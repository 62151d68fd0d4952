"""Money as the parser knows it: "EUR 1,200,000" is read as "$1111 million", of the same length.

The parser was trained on dollars: of "paid Norwell Bank EUR 900" it makes one name, and
"5bn yen" is nothing to it. So it reads a plain sum in place of any other, whose figures do not
matter; after the parse the sum is one token again, with the words as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from kg.reading.grammar import Syntax
from kg.reading.values.amounts import Amount, find_money

_SCALED = " million"
_LEAST_SCALED = len("$1") + len(_SCALED)
_GROUP = len(",111")
_BEFORE, _AFTER = re.compile(r"(?:^|[\s(\[\"“/—–-])$"), re.compile(r"$|[\s).,;:!?\]\"”'/—–]")


def money_to_rewrite(text: str) -> Iterator[Amount]:
    """Yield the sums of money of a text that stand apart, "at least" and the like included."""
    for amount in find_money(text):
        if _BEFORE.search(text, 0, amount.start) and _AFTER.match(text, amount.end):
            yield amount


def with_plain_amounts(text: str, amounts: Mapping[int, str]) -> str:
    """Return a text with a plain sum for each amount, by its place."""
    parts, at = list[str](), 0
    for start, words in amounts.items():
        parts += [text[at:start], _plain(len(words))]
        at = start + len(words)
    return "".join([*parts, text[at:]])


def _plain(length: int) -> str:
    """Return a sum of so many characters.

    >>> _plain(4), _plain(6), _plain(13)
    ('$111', '$1,111', '$1111 million')
    """
    if length >= _LEAST_SCALED:
        return "$" + "1" * (length - len(_SCALED) - 1) + _SCALED
    digits = ["1"] * (length - 1)
    for i in range(len(digits) - _GROUP, 0, -_GROUP):
        digits[i] = ","
    return "$" + "".join(digits)


def with_whole_amounts(doc: Doc, start: int, amounts: Mapping[int, str]) -> Doc:
    """Return the parse of a part of the analysis text that begins at ``start``, each sum one token."""
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
    """Give each sum the words that it has in the text."""
    for i, start in enumerate(syntax.starts):
        if start in amounts and syntax.ends[i] == start + len(amounts[start]):
            words = amounts[start]
            syntax.words[i], syntax.lowers[i], syntax.lemmas[i] = (
                words,
                words.lower(),
                words.lower(),
            )
