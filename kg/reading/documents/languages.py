"""Guess the language of a text from its stop words, and tell what kg cannot read.

The parser knows English: a document or a paragraph in another language is left untold.
"""

from __future__ import annotations

# ruff: noqa: RUF001 - Russian words are spelled in Russian letters
import re
from collections.abc import Mapping
from types import MappingProxyType

from kg.records import Document, Offsets, Reading

LANGUAGE_SAMPLE = 4000
"""Words that the guess of a language looks at."""
STOP_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the of and to in that is was for it with as on be by at from this are which not "
            "a an i he his she her you they we have has had do does so no or but me my will die",
            "de": "der die und das den von zu ist mit sich des auf für nicht ein eine dem im auch als "
            "in an am hat haben dass sie er es wird werden wurde bei einen einem einer nach aus sind "
            "war waren habe sei seien über zum zur durch oder um noch nur vor wie aber sein seine ihre",
            "fr": "le la les et des du un une est que dans pour qui sur pas au par avec ce il plus "
            "en ne se son sa ses aux elle ils sont été cette ont mais ou leur nous vous être fait "
            "qu lui comme était avait deux même",
            "es": "el la los las y de que en un una es por con para del se no su al lo como más "
            "ha fue han sus pero este esta entre son ser también sobre hasta desde muy sin o",
            "it": "il la di che e un una per non con sono del della è nel gli le si da anche più "
            "in i al alla dei delle dal ha lo ma come nella dell ai stato era suo loro hanno se",
            "pt": "o a os as e de que em um uma não para com do da no na por mais se dos ao "
            "foi ele ela como mas pelo pela são seu sua das nos nas à também está ou tem",
            "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als door bij "
            "die hij ze heeft was naar uit maar over dan hebben werd deze wordt nog tot zich of",
            "pl": "i w na z do nie się że to jest o jak po co ale od za przez oraz był przy "
            "dla tym a są jego który która które było ma tego już tylko ich może ze po",
            "sv": "och att det som en på är av för med den till inte om ett han var från kan har "
            "i de hon sig så men vi ska hade eller under efter vid skulle nu sin när",
            "ru": "и в не на что с он как это по но из у за от к так же был его для "
            "а о она они я мы вы то бы все ее их до при после или если были когда во со только",
        }.items()
    }
)
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


def is_foreign(document: Document, language: str = "en") -> bool:
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


def foreign_paragraphs(document: Document, language: str = "en") -> tuple[Offsets, ...]:
    """Return where a document that is not foreign holds a paragraph of another language."""
    return tuple(
        (p.start, p.end)
        for p in document.paragraphs
        if guess_language(document.text[p.start : p.end]) not in {language, "en", "und"}
    )


def _is_latin(text: str) -> bool:
    """Tell whether most letters of a text are Latin ones."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < LAST_LATIN for c in letters) >= len(letters)


def guess_language(text: str) -> str:
    """Return the code of the language whose stop words the text uses most; "und" if none.

    A text too short to tell is taken for English, the language that kg reads.
    """
    words = [w.casefold() for w in WORD.findall(text[: LANGUAGE_SAMPLE * 8])[:LANGUAGE_SAMPLE]]
    if not words:
        return "und"
    english = STOP_WORDS["en"]
    telling = {
        language: [word for word in words if word in stop_words - english]
        for language, stop_words in STOP_WORDS.items()
    }
    best, short = max(telling, key=lambda code: len(telling[code])), len(words) < SHORT
    own = sum(word in english for word in words)
    rival = sum(word in english - STOP_WORDS[best] for word in words)
    enough = len(telling[best]) >= max(LEAST_STOP_WORDS * len(words), rival + len(words) / 50)
    if not short and enough and len(set(telling[best])) >= LEAST_KINDS:
        return best
    if own >= LEAST_ENGLISH * len(words) or short:
        return "en" if _is_latin("".join(words)) else "und"
    return "und"
