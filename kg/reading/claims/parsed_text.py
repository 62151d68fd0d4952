"""A parsed document, and the way from its tokens back to its own text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from kg.reading.documents.chronologies import Dated
from kg.reading.grammar import Syntax
from kg.reading.mentions.groups import Mentions
from kg.reading.parsing.analysis_text import bounds
from kg.reading.status.turns import Voice
from kg.records import Antecedent, Cue, Footnote, Offsets

LocateTokens = Callable[[Sequence[int]], tuple[Offsets, ...]]
"""Turns tokens, in reading order, into stretches of the document's text, neighbours joined into one."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A parsed document: grammar, mentions, and the way back to the text's own offsets.

    ``headings`` are stretches of the text, ``labels`` tokens of what names a speaker, and
    ``voices`` tells who speaks at a token of a turn, ``dated`` the entries of chronologies.
    ``states`` has a row for each token, of what the encoder makes of it; no row where another
    pipeline parsed.
    """

    document_id: str
    text: str
    syntax: Syntax
    mentions: Mentions
    locate: LocateTokens
    notes: tuple[Footnote, ...] = ()
    date: str = ""
    headings: tuple[Offsets, ...] = ()
    labels: Collection[int] = ()
    voices: Mapping[int, Voice] = field(default_factory=dict)
    dated: Sequence[Dated] = ()
    states: Any = ()

    def is_heading(self, token: int) -> bool:
        """Tell whether a token stands in a heading."""
        headings = self.headings
        spans = self.locate((token,)) if headings else ()
        if not spans:
            return False
        before = bisect_right(headings, spans[0][0], key=itemgetter(0)) - 1
        return before >= 0 and spans[0][0] < headings[before][1]

    def words(self, spans: Iterable[Offsets]) -> str:
        """Return the words of several stretches."""
        text = self.text
        return " ".join([text[start:end] for start, end in spans])

    def stretch(self, tokens: Sequence[int]) -> Offsets | None:
        """Return where the first of some tokens begins and the last ends, if they are in the text."""
        spans = self.locate(tokens)
        return bounds(spans) if spans else None

    def stretch_of(self, start: int, end: int) -> Offsets:
        """Return where the tokens of a mention stand, which are in the text."""
        return bounds(self.locate(range(start, end)))

    def cue(self, kind: str, token: int) -> Cue | None:
        """Return a word that tells how a claim is meant."""
        found = self.stretch((token,))
        return Cue(kind, *found, self.text[slice(*found)]) if found else None

    def antecedent(self, tokens: Sequence[int], score: float) -> Antecedent | None:
        """Return the words that another phrase stands for."""
        found = self.stretch(tokens)
        return Antecedent(*found, self.text[slice(*found)], score) if found else None
