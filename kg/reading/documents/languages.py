"""Guess the language of a text from its stop words, and tell what kg cannot read.

The parser knows English: a document or a paragraph in another language is left untold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from kg.lexicons import load_lexicons
from kg.records import Document, Offsets, Reading

LANGUAGE_SAMPLE = 4000
"""Words that the guess of a language looks at."""
SHORT, LEAST_KINDS = 8, 3
"""Words, and different stop words, below which foreign names ("de Gaulle") weigh too much."""
LAST_LATIN = "\u0250"
"""The first letter that no European language in Latin script is written with."""
WORD = re.compile(r"[^\W\d_]+")
LEAST_STOP_WORDS = 0.12
"""Share of a language's stop words in its running text; English prose has about 0.3."""
LONG = 20
"""Words; what is as long, mostly in small letters and has hardly an English stop word is prose
of a language that is not listed."""
LEAST_ENGLISH = 0.05


def is_foreign(document: Document, *, language: str = "en") -> bool:
    """Tell a document in another language than the one that the parser knows.

    Its sentences would be parsed into nonsense, a denial into a fact. What no language
    can be told of (a list, a table) is none, unless it is written in other letters.
    """
    if document.language == language:
        return False
    sample = document.text[: LANGUAGE_SAMPLE * 8]
    words = WORD.findall(sample)
    prose = len(words) >= LONG and 2 * sum(word.islower() for word in words) > len(words)
    return document.language != "und" or not _is_latin(sample) or prose


def is_untold(reading: Reading) -> bool:
    """Tell a Reading without a name or a claim, because its document is foreign."""
    return not (reading.groups or reading.claims) and is_foreign(reading.document)


def foreign_paragraphs(document: Document, *, language: str = "en") -> tuple[Offsets, ...]:
    """Return where a document that is not foreign holds a paragraph of another language."""
    return tuple(
        (p.start, p.end)
        for p in document.paragraphs
        if guess_language(document.text[p.start : p.end]) not in {language, "en", "und"}
    )


def _is_latin(text: str) -> bool:
    """Tell whether most letters of a text are Latin ones."""
    if text.isascii():
        return True
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < LAST_LATIN for c in letters) >= len(letters)


def guess_language(text: str) -> str:
    """Return the code of the language whose stop words the text uses most; "und" if none.

    A text too short to tell is taken for English, the language that kg reads.
    """
    words = [w.casefold() for w in WORD.findall(text[: LANGUAGE_SAMPLE * 8])[:LANGUAGE_SAMPLE]]
    if not words:
        return "und"
    best, short = _most_telling(words), len(words) < SHORT
    if not short and _is_written_in(best, words):
        return best
    could_be_english = short or _is_sprinkled_with_english(words)
    return "en" if could_be_english and _is_latin("".join(words)) else "und"


def _most_telling(words: Sequence[str]) -> str:
    """Return the language most of whose stop words, English ones apart, are among the words."""
    counts = Counter(words)
    own = _own_stop_words()
    return max(own, key=lambda code: sum(counts[word] for word in own[code] & counts.keys()))


@cache
def _own_stop_words() -> Mapping[str, frozenset[str]]:
    """Return the stop words of each language that English has not."""
    stop_words = load_lexicons().stop_words
    return MappingProxyType({code: stop_words[code] - stop_words["en"] for code in stop_words})


def _is_sprinkled_with_english(words: Sequence[str]) -> bool:
    """Tell words of which a few are English stop words: a list or a table may have no more."""
    english = load_lexicons().stop_words["en"]
    return sum(word in english for word in words) >= LEAST_ENGLISH * len(words)


def _is_written_in(code: str, words: Sequence[str]) -> bool:
    """Tell words with enough stop words that English has not, of several kinds, to be no English."""
    stop_words = load_lexicons().stop_words
    own, english = stop_words[code] - stop_words["en"], stop_words["en"] - stop_words[code]
    telling = [word for word in words if word in own]
    rivals = sum(word in english for word in words)
    least = max(LEAST_STOP_WORDS * len(words), rivals + len(words) / 50)
    return len(telling) >= least and len(set(telling)) >= LEAST_KINDS
