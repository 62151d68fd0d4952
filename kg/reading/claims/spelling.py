"""One spelling for a word that British and American writers spell apart.

Relations meet under it: "organize" and "organise", "favor" and "favour". British forms
stand, because "-ize" can be told from words that only end so; nothing printed from a
document is changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.reading.grammar import word_set

_OTHERS_IN_IZE = word_set("size seize prize maize capsize downsize resize outsize assize")
_IZE = re.compile(r"(?<=[a-z]{2})i(z)(?=(?:e|es|ed|ing|ation|ations|er|ers)$)")
_YZE = re.compile(r"(?<=[a-z]{2}l)y(z)(?=(?:e|es|ed|ing)$)")
_STEMS: Mapping[str, str] = MappingProxyType(
    dict(
        pair.split(":")
        for pair in word_set(
            "favor:favour honor:honour labor:labour harbor:harbour color:colour neighbor:neighbour "
            "behavior:behaviour endeavor:endeavour rumor:rumour humor:humour defense:defence "
            "offense:offence license:licence center:centre theater:theatre fulfill:fulfil "
            "enroll:enrol program:programme counselor:counsellor skeptical:sceptical "
            "maneuver:manoeuvre catalog:catalogue dialog:dialogue traveled:travelled "
            "traveling:travelling canceled:cancelled canceling:cancelling labeled:labelled "
            "labeling:labelling modeled:modelled modeling:modelling signaled:signalled "
            "signaling:signalling fueled:fuelled fueling:fuelling channeled:channelled "
            "channeling:channelling"
        )
    )
)
_ENDINGS = ("", "s", "ed", "ing", "able", "ite", "ites", "er", "ers")


@lru_cache(maxsize=8192)
def one_spelling(word: str) -> str:
    """Return the British spelling of a word in small letters.

    >>> [one_spelling(w) for w in ("organize", "analyzed", "size", "favored", "exercise")]
    ['organise', 'analysed', 'size', 'favoured', 'exercise']
    """
    if word in _STEMS:
        return _STEMS[word]
    for ending in _ENDINGS[1:]:
        if word.endswith(ending) and word.removesuffix(ending) in _STEMS:
            return _STEMS[word.removesuffix(ending)] + ending
    if word.rstrip("ds") in _OTHERS_IN_IZE or word in {"sizing", "seizing", "prizing"}:
        return word
    return _YZE.sub("ys", _IZE.sub("is", word))


def one_spelling_of_all(words: str) -> str:
    """Return the words of a relation in one spelling each."""
    return " ".join(map(one_spelling, words.split(" ")))
