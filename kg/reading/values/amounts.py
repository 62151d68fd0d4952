"""Amounts: money, measures, percentages and counts, with their scale, range and qualifier.

``find_amounts`` finds in running text those that a currency or a unit marks; ``read_amount``
says what a phrase amounts to, "300 people" as well. A sign or name that many countries have
("$") is taken for that of most texts; "francs", which none has alone, stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg.lexicons import load_lexicons
from kg.reading.values.numbers import LOOSE_SCALE, NUMBER, NUMBER_WORDS, SCALE, scaled
from kg.records import Qualifier, Quantity, QuantityKind

_WORDLIKE = frozenset({
    "ALL", "AMD", "ANG", "BAM", "BIF", "BSD", "CAD", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "NAD", "PEN",
    "RON", "SHP", "SOS", "STD", "STN", "TOP", "TRY",
})  # fmt: skip
"""Codes that are words or other abbreviations as well: "COP 26", "the TOP 40"."""
_DOUBTFUL = frozenset({
    "won", "real", "reals", "marks", "mark", "crowns", "rand", "rands", "sterling", "lei", "leu", "dong",
    "taka",
})  # fmt: skip
"""Names of money with another meaning: they need a number that is none of a few."""
_LEAST_SURE = 1000
_QUALIFIERS: Mapping[Qualifier, str] = MappingProxyType({
    "at least": r"at least|no less than|not less than|a minimum of|upwards of|no fewer than",
    "more than": r"more than|over|above|exceeding|in excess of|greater than",
    "at most": r"up to|at most|no more than|not more than|a maximum of|as much as|as many as",
    "less than": r"less than|under|below|fewer than",
    "about": r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|c\.|nearly|almost|close to|an estimated",
})  # fmt: skip
_OPEN_ABOVE, _OPEN_BELOW = frozenset({"at least", "more than"}), frozenset({"at most", "less than"})
_QUALIFIER = re.compile(
    "|".join(
        f"(?P<{name.replace(' ', '_')}>{words.replace(' ', chr(92) + 's+')})"
        for name, words in _QUALIFIERS.items()
    ),
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?[-–—]\s?|\s+to\s+", re.IGNORECASE)
_BETWEEN, _AND = (
    re.compile(r"\bbetween\s+$", re.IGNORECASE),
    re.compile(r"\s+and\s+", re.IGNORECASE),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_BELOW_ZERO = r"(?<!\s[-−–])(?<!^[-−–])(?<!\([-−–])"
_OPEN, _CLOSED = rf"(?<![\w.,$£€¥])(?<![^\W\d]-){_BELOW_ZERO}", r"(?!\w)"
_REST = re.compile(r"\s+(?:of|in|worth|from|for)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?P<unit>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})")
_NOT_COUNTED = frozenset({
    "of", "in", "on", "at", "to", "and", "or", "more", "other", "others", "as", "than", "for", "from", "by",
    "with", "per",
})  # fmt: skip
_LEAST_COUNTED = 2
"""Of "one way" nobody counts the ways."""
_POUNDS, _OF = frozenset({"pound", "pounds"}), re.compile(r"\s+of\b", re.IGNORECASE)
_MOST_POUNDS = 100_000
"""Of anything: "400 pounds of heroin" weigh, "a million pounds of debt" cost."""
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|a total of|these|those|his|her|its|their)\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that stands in a text."""

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number with its scale, and the currency or unit beside it, if there is one."""

    start: int
    end: int
    number: Decimal
    power: int
    kind: QuantityKind | None
    unit: str

    def value(self, power: int | None = None) -> Decimal:
        """Return the number at its scale, or at another's."""
        return self.number.scaleb(self.power if power is None else power)


def find_amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts that a currency or a unit marks, in reading order.

    >>> [text[a.start : a.end] for text in ["paid $5-7m in 2016"] for a in find_amounts(text)]
    ['$5-7m']
    """
    pieces = list(_pieces(text))
    i = 0
    while i < len(pieces):
        amount = _range(text, *pieces[i : i + 2]) if i + 1 < len(pieces) else None
        i += 1 if amount is None else 2
        amount = amount or _single(pieces[i - 1])
        if amount is not None:
            yield _qualified(text, amount)


def may_hold_money(text: str) -> bool:
    """Tell a text with a sign, code or name of money: most have none, and are not walked through."""
    signs, words = _marks()
    return not (signs.isdisjoint(text) and words.isdisjoint(_LETTERS.findall(text)))


def read_amount(words: str) -> Quantity | None:
    """Return what a phrase amounts to, None if it is no amount.

    >>> read_amount("at least 40 civilians")
    Quantity(kind='count', low='40', high=None, unit='civilians', qualifier='at least')
    """
    article = _ARTICLE.match(words)
    start = article.end() if article else 0
    if not _may_hold_number(words):
        return None
    for amount in find_amounts(words):
        whole = amount.end == len(words) or _REST.match(words, amount.end) is not None
        return amount.quantity if amount.start <= start and whole else None
    return _count(words, start)


def _may_hold_number(words: str) -> bool:
    """Tell words with a digit or a number's name: most phrases have neither."""
    if any(map(str.isdigit, words)):
        return True
    return not NUMBER_WORDS.isdisjoint(re.split(r"[\s-]", words.lower()))


def _count(words: str, start: int) -> Quantity | None:
    """Return the count in "300 people", "more than 1,000 refugees"."""
    bare = list(_bare_numbers(words))
    if not bare:
        return None
    first, last = bare[0], bare[0]
    if len(bare) > 1 and _is_joint(words, bare[0], bare[1]):
        last = bare[1]
    counted = _COUNTED.fullmatch(words, last.end)
    if counted is None or not _NOT_COUNTED.isdisjoint(counted["unit"].lower().split()):
        return None
    if first.value() < _LEAST_COUNTED or _YEAR.fullmatch(words, first.start, first.end):
        return None
    low, high = first.value(_shared_power(first, last)), last.value()
    found = Amount(first.start, last.end, _quantity("count", low, high, counted["unit"]))
    found = _qualified(words, found)
    return found.quantity if found.start <= start else None


def _quantity(kind: QuantityKind, low: Decimal, high: Decimal, unit: str) -> Quantity:
    return Quantity(kind, _plain(low), _plain(high), unit)


def _plain(number: Decimal) -> str:
    """Return a number with no more digits than it needs, and no exponent."""
    words = format(number, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


# --- pieces ----------------------------------------------------------------------------


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the numbers of a text, those too that nothing marks: they may begin a range."""
    for match in _amount_pattern().finditer(text):
        piece = _piece(match)
        if piece is not None:
            yield piece


def _bare_numbers(text: str) -> Iterator[_Piece]:
    for match in _number_pattern().finditer(text):
        value = scaled(match["number"], match["scale"] or "")
        if value is not None:
            yield _Piece(*match.span(), *value, None, "")


def _piece(match: re.Match[str]) -> _Piece | None:
    front, back = match["front"], match["back"]
    kind, unit = _meaning(front or back or "")
    value = scaled(match["number"], match["scale"] or "", money=kind == "money")
    if value is None:
        return None
    piece = _Piece(*match.span(), *value, kind, unit)
    if _weighs(match, piece):
        return replace(piece, kind="measure", unit="[lb_av]")
    sure = kind is None or not _is_doubtful(front or back or "", piece)
    return piece if sure else None


def _weighs(match: re.Match[str], piece: _Piece) -> bool:
    """Tell "400 pounds of heroin" from money."""
    pounds = (match["back"] or "").strip().lower() in _POUNDS and not match["front"]
    return pounds and piece.value() < _MOST_POUNDS and bool(_OF.match(match.string, match.end()))


def _is_doubtful(mark: str, piece: _Piece) -> bool:
    """Tell "COP 26" and "3 won": a mark that is a word as well, beside a small bare number."""
    mark = mark.strip()
    if mark not in _WORDLIKE and mark.lower() not in _DOUBTFUL:
        return False
    return piece.value() < _LEAST_SURE


def _meaning(mark: str) -> tuple[QuantityKind | None, str]:
    """Return what a currency or unit says: its kind and code."""
    lexicons, words = load_lexicons(), " ".join(mark.lstrip("-‐–").split())
    if not words:
        return None, ""
    money = lexicons.currencies.get(words) or _folded().get(words.lower())
    if money is not None:
        return "money", money[1]
    unit = lexicons.units.get(words) or lexicons.units.get(words.lower())
    if unit is None:
        return None, ""
    kind, code = unit
    return ("percentage" if kind == "percentage" else "measure"), code


# --- ranges and qualifiers ---------------------------------------------------------------


def _single(piece: _Piece) -> Amount | None:
    if piece.kind is None:
        return None
    value = piece.value()
    return Amount(piece.start, piece.end, _quantity(piece.kind, value, value, piece.unit))


def _range(text: str, first: _Piece, last: _Piece) -> Amount | None:
    """Return two pieces as one amount: "$5-7m", "between 5 and 7 million euros"."""
    kind = first.kind or last.kind
    alike = first.unit == last.unit or not first.unit or not last.unit
    if kind is None or not alike or not _is_joint(text, first, last):
        return None
    low, high = first.value(_shared_power(first, last)), last.value()
    if low > high:
        return None
    start = _opening(text, first)
    return Amount(start, last.end, _quantity(kind, low, high, first.unit or last.unit))


def _opening(text: str, first: _Piece) -> int:
    between = _BETWEEN.search(text, max(0, first.start - 20), first.start)
    return between.start() if between else first.start


def _is_joint(text: str, first: _Piece, last: _Piece) -> bool:
    """Tell what stands between the two ends of a range; "from $5 to $6" may be a rise."""
    if _FROM.search(text, max(0, first.start - 20), first.start):
        return False
    if _JOINT.fullmatch(text, first.end, last.start):
        # "a 5-million-dollar deal" is one number.
        bare_scale = text[last.start].isalpha() and text[first.end - 1].isdigit()
        return not (bare_scale and text[first.end] in "-‐–")
    return _opening(text, first) < first.start and bool(_AND.fullmatch(text, first.end, last.start))


def _shared_power(first: _Piece, last: _Piece) -> int:
    """Return the scale of a range's first number: the last one's, if it has none of its own."""
    shares = first.power == 0 and first.number <= last.number
    return last.power if shares else first.power


def _qualified(text: str, amount: Amount) -> Amount:
    """Return an amount with the words before it that say how near it is."""
    for match in _QUALIFIER.finditer(text, max(0, amount.start - 20), amount.start):
        if not text[match.end() : amount.start].strip() and _is_word(text, match.start()):
            name: Qualifier = match.lastgroup.replace("_", " ")  # type: ignore[union-attr,assignment]
            return Amount(match.start(), amount.end, _as_told(amount.quantity, name))
    return amount


def _is_word(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _as_told(quantity: Quantity, qualifier: Qualifier) -> Quantity:
    low = None if qualifier in _OPEN_BELOW else quantity.low
    high = None if qualifier in _OPEN_ABOVE else quantity.high
    return Quantity(quantity.kind, low, high, quantity.unit, qualifier)


# --- patterns ----------------------------------------------------------------------------


def _words_of(kinds: Iterable[str]) -> list[str]:
    table = load_lexicons().currencies
    return sorted((w for w, (kind, _) in table.items() if kind in kinds), key=len, reverse=True)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def _any_name_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, small or capital, by their first letters.

    Where all hundreds of them are tried at each number, a page of figures takes seconds.
    """
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0].lower(), []).append(word[1:])
    return "|".join(
        f"[{letter}{letter.upper()}](?i:{_any_of(rests)})" for letter, rests in by_letter.items()
    )


@cache
def _folded() -> Mapping[str, tuple[str, str]]:
    """Return the names of money in small letters."""
    table = load_lexicons().currencies
    return MappingProxyType({w.lower(): v for w, v in table.items() if v[0] == "name"})


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters and the words, one of which stands in each amount of money."""
    signs, words = set[str](), set[str]()
    for word in load_lexicons().currencies:
        letters = _LETTERS.findall(word)
        others = {c for c in word if not c.isalnum() and c not in " .-"}
        if others:
            signs |= others
        elif letters:
            words |= {
                letters[-1],
                letters[-1].lower(),
                letters[-1].capitalize(),
                letters[-1].upper(),
            }
    return frozenset(signs), frozenset(words)


@cache
def _amount_pattern() -> re.Pattern[str]:
    names, units = _words_of(["name"]), sorted(load_lexicons().units, key=len, reverse=True)
    # Of one word "won 30 votes" is none.
    before = _any_name_of(name for name in names if " " in name)
    coded, named = _any_of(_words_of(["sign", "code"])), _any_name_of(names)
    front = rf"(?:{coded}|{before})\s?"
    back = rf"(?:\s?(?:(?:{coded}){_CLOSED}|(?:{_any_of(units)})(?!\w|-\w))|[\s-]?(?:{named}){_CLOSED})"
    return re.compile(
        rf"{_OPEN}(?P<front>{front})?(?P<number>{NUMBER})"
        rf"(?P<scale>(?(front){LOOSE_SCALE}|{SCALE}))?(?P<back>{back})?{_CLOSED}"
    )


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}(?P<number>{NUMBER})(?P<scale>{SCALE})?{_CLOSED}")
