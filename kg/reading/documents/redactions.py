"""Find where words are blacked out: stars or bars in their place, or a label in brackets.

What such a label says is up to every office ("[Harm to Ongoing Matter]", "[Source Protected]"),
so it is told by its place: it stands amid a sentence, comes back, and its words stand nowhere
without their brackets. What editors put into a quotation ("[Trump Tower] was closed") is
named elsewhere in the text, or comes once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from kg.lexicons import load_lexicons
from kg.records import Offsets

SIGN = (
    r"(?<![\w*])\*{3,5}(?![\w*])|█+|■{2,}|▇{2,}|\[\s?\*{1,9}\s?\]"
    r"|\(b\)\s?\(\d\)(?:\s?\([A-Z]\))?"
)
"""Stars, bars, and the paragraph of the law that exempts a passage: "(b)(3)"."""
BRACKETS = re.compile(r"(?<!\[)\[\s?([^\W\d_][^\[\]\n]{0,88}?)\s?\](?![(\[\]:])")
"""What stands in brackets, but for links and notes."""
WORD = re.compile(r"[^\W\d_]+")
LABEL = re.compile(r"[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|[a-z]{1,4}))* [A-Z][\w'’-]*")
"""Two words and more with capitals but for small ones: "Harm to Ongoing Matter"."""
AMID = re.compile(r"[\w,;][ \n]$")
"""What stands before a label that is in the place of words, not between sentences."""
MOST_LABELS = 50
"""So many different labels a text is searched for; they are few where they are labels."""


def find_redactions(text: str) -> Iterator[Offsets]:
    """Yield where something stands in the place of words that were taken out, in any order; they may overlap.

    >>> text = "He met [Source Protected] and [Source Protected] near [Lake Como], then ███."
    >>> [text[start:end] for start, end in sorted(find_redactions(text))]
    ['[Source Protected]', '[Source Protected]', '███']
    """
    yield from (found.span() for found in _signs().finditer(text))
    labels: defaultdict[str, list[Offsets]] = defaultdict(list)
    words = load_lexicons().words
    telling = words["redaction"] | words["redaction_label"]
    for found in BRACKETS.finditer(text):
        if not telling.isdisjoint(word.lower() for word in WORD.findall(found[1])):
            yield found.span()
        elif LABEL.fullmatch(found[1]):
            labels[found[1]].append(found.span())
    yield from _in_place_of_words(text, labels)


@cache
def _signs() -> re.Pattern[str]:
    """Return what is a redaction wherever it stands: signs, and "REDACTED" in capitals."""
    alone = "|".join(sorted(load_lexicons().words["redaction"])).upper()
    return re.compile(rf"{SIGN}|\b(?:{alone})\b")


def _in_place_of_words(text: str, labels: Mapping[str, list[Offsets]]) -> Iterator[Offsets]:
    """Yield where those labels stand that come back, and never without their brackets."""
    often = sorted(labels, key=lambda label: -len(labels[label]))[:MOST_LABELS]
    for label in often:
        places = labels[label]
        amid = any(AMID.search(text, max(0, start - 2), start) for start, _ in places)
        if len(places) > 1 and amid and text.count(label) == len(places):
            yield from places
