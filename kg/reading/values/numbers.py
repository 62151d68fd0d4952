"""Numbers as texts write them: "1,200,000", "12.500,00", "12'500", "two and a half million"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from kg.reading.values.calendar import NUMBERS

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Mapping[str, int] = MappingProxyType(
    {word: number for word, number in NUMBERS.items() if len(word) > 2}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
    | {"hundred": 100, "dozen": 12}
)
_LONGEST = 60
_MOST_DIGITS = 24
"""What is longer is no amount; and decimal numbers are exact up to 28 digits."""
_POWERS: Mapping[str, int] = MappingProxyType({
    "thousand": 3, "k": 3, "lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "million": 6, "millions": 6, "m": 6,
    "mn": 6, "mln": 6, "mio": 6, "mm": 6, "crore": 7, "crores": 7, "cr": 7, "billion": 9,
    "billions": 9, "b": 9, "bn": 9, "bln": 9, "trillion": 12, "tn": 12, "trn": 12,
})  # fmt: skip
"""Words of scale, and how many noughts each adds."""
NUMBER_WORDS = frozenset(_WORDS) | {word for word in _POWERS if len(word) > 2}
_BIG = "|".join(sorted((word for word in _POWERS if len(word) > 2), key=len, reverse=True))
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_WORD = rf"(?:(?:{_BIG})|hundred\s+and(?=\s+(?:{_SMALL})\b(?!\s+hundred))|{_SMALL})\b"
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\w)|\d+(?:[.,'’]\d+)*"
_IN_WORDS = (
    rf"\b(?i:(?:half\s{{1,3}})?(?:an?\s{{1,3}})?{_WORD}"
    rf"(?:[\s-]{{1,3}}(?:{_WORD}|and\s{{1,3}}a\s{{1,3}}half\b))*)"
)
NUMBER = rf"(?:{_DIGITS}|{_IN_WORDS})"
"""A number in digits, or in words, its words of scale included."""
SCALE = rf"(?:\s{{0,3}}(?i:{_BIG}|mn|bn|tn)\b|[kKmMbB]\b|\s?cr\b)"
LOOSE_SCALE = rf"(?:{SCALE}|mm\b|\s[kKmMbB]\b)"
"""The same behind a sign of money: "$5 m" is no length."""


def read_number(words: str, *, money: bool = False) -> Decimal | None:
    """Return the number that words stand for, None if they are none.

    A single group of three behind a full stop is a fraction, but not of ``money``.

    >>> read_number("12.500,00"), read_number("two and a half"), read_number("5,00,000")
    (Decimal('12500.00'), Decimal('2.5'), Decimal('500000'))
    """
    if len(words) > _LONGEST:
        return None
    if words[:1].isdigit():
        return _digits(re.sub(r"[\s'’]", "", words), money=money)
    return _in_words(words)


def scaled(words: str, scale: str, *, money: bool = False) -> tuple[Decimal, int] | None:
    """Return a number and how many noughts its scale adds, the scale apart or in the words.

    >>> scaled("5", "bn"), scaled("two hundred thousand", "")
    ((Decimal('5'), 9), (Decimal('200'), 3))
    """
    before, _, last = words.strip().lower().replace("-", " ").rpartition(" ")
    alone = last in _POWERS and _POWERS.keys().isdisjoint(before.split())
    if alone and not scale:
        words, scale = before, last
    number = Decimal(1) if words in {"a", "an", ""} else read_number(words, money=money)
    return None if number is None else (number, _POWERS[scale.strip().lower()] if scale else 0)


def _digits(words: str, *, money: bool) -> Decimal | None:
    """Return the number in digits with commas and full stops, of which one may part a fraction."""
    if sum(map(str.isdigit, words)) > _MOST_DIGITS:
        return None
    last = max(words.rfind(","), words.rfind("."))
    if last < 0:
        return Decimal(words)
    mark, tail = words[last], words[last + 1 :]
    other = "," if mark == "." else "."
    if other in words:
        whole, fraction = words[:last], tail
    elif words.count(mark) > 1 or (len(tail) == 3 and _groups(words, mark, money=money)):
        whole, fraction = words, ""
    else:
        whole, fraction = words[:last], tail
    if not _is_grouped(re.split("[.,]", whole)):
        return None
    return Decimal(re.sub("[.,]", "", whole) + (f".{fraction}" if fraction else ""))


def _groups(words: str, mark: str, *, money: bool) -> bool:
    """Tell a mark before three digits that parts thousands."""
    return not words.startswith("0") and (mark == "," or money)


def _is_grouped(groups: list[str]) -> bool:
    """Tell digits in threes, or in twos as in "5,00,000"; the first group may be short."""
    if len(groups) == 1:
        return True
    inner = {len(group) for group in groups[1:-1]}
    return len(groups[-1]) == 3 and len(groups[0]) <= 3 and (inner <= {3} or inner <= {2})


def _in_words(words: str) -> Decimal | None:
    total, part = Decimal(0), Decimal(0)
    text = words.lower().replace("and a half", "halfmore")
    for word in re.split(r"[\s-]+", re.sub(r"^half an?\b", "half", text.strip())):
        if word in _POWERS:
            total, part = total + (part or Decimal(1)).scaleb(_POWERS[word]), Decimal(0)
        elif word in {"half", "halfmore"}:
            part += Decimal("0.5")
        elif word in {"hundred", "dozen"}:
            part = (part or Decimal(1)) * _WORDS[word]
        elif word in _WORDS:
            part += _WORDS[word]
        elif word not in {"and", "a", "an", ""}:
            return None
    return total + part or None
