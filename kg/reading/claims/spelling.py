"""One spelling for a word that British and American writers spell apart.

Relations meet under it: "organize" and "organise", "favor" and "favour". British forms
stand, because "-ize" can be told from words that only end so; nothing printed from a
document is changed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicons import load_lexicons

_IZE = re.compile(r"(?<=[a-z]{2})i(z)(?=(?:e|es|ed|ing|ation|ations|er|ers)$)")
_YZE = re.compile(r"(?<=[a-z]{2}l)y(z)(?=(?:e|es|ed|ing)$)")
_ENDINGS = ("", "s", "ed", "ing", "able", "ite", "ites", "er", "ers")


@lru_cache(maxsize=8192)
def one_spelling(word: str) -> str:
    """Return the British spelling of a word in small letters.

    >>> [one_spelling(w) for w in ("organize", "analyzed", "size", "favored", "exercise")]
    ['organise', 'analysed', 'size', 'favoured', 'exercise']
    """
    lexicons = load_lexicons()
    stems = lexicons.forms["british"]
    for ending in _ENDINGS:
        if word.endswith(ending) and (stem := word.removesuffix(ending)) in stems:
            return stems[stem] + ending
    # With its endings: "seizes" and "seized" as "seize".
    if word.rstrip("ds") in lexicons.words["ending_in_ize"]:
        return word
    return _YZE.sub("ys", _IZE.sub("is", word))


def one_spelling_of_all(words: str) -> str:
    """Return the words of a relation in one spelling each."""
    return " ".join(map(one_spelling, words.split(" ")))
