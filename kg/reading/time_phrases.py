"""The times of a sentence and the verbs that they belong to.

The parser often hangs a date on a noun, or cuts it in two ("On June 3rd, 2016 X sold Y"):
what says when is found by its words (``kg/reading/values/expressions.py``), and belongs to
the nearest verb above it, unless a noun stands between that a date may describe.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.reading.grammar import NO_NAMES, NOUN_POS, SUBJECTS, VERB_POS, Syntax, TimeWords
from kg.reading.values.expressions import find_times

_COUNTED = frozenset({"NOUN", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """The tokens of a time: ``end`` is the token after the last; ``dated`` if it names a date."""

    start: int
    end: int
    dated: bool

    @property
    def tokens(self) -> tuple[int, ...]:
        """All tokens, in reading order."""
        return tuple(range(self.start, self.end))


class TimePhrases:
    """Finds the times of one parsed text, a sentence at a time."""

    def __init__(self, syntax: Syntax, names: Mapping[int, tuple[int, int]] = NO_NAMES) -> None:
        self.syntax = syntax
        self.names = names
        self._of_sentence: dict[int, list[TimePhrase]] = {}

    def in_sentence(self, token: int) -> list[TimePhrase]:
        """Return the times of the sentence in which a token stands."""
        first, last = self.syntax.sentence_at(token)
        if first not in self._of_sentence:
            self._of_sentence[first] = list(self._find(first, last))
        return self._of_sentence[first]

    def dated_at(self, token: int) -> TimePhrase | None:
        """Return the time with a date in which a token stands."""
        for phrase in self.in_sentence(token):
            if phrase.dated and phrase.start <= token < phrase.end:
                return phrase
        return None

    def opens_at(self, token: int) -> bool:
        """Tell the first token of a time, with a date or without one ("on June 29th")."""
        return any(phrase.start == token for phrase in self.in_sentence(token))

    def governor(self, phrase: TimePhrase) -> int | None:
        """Return the verb that a time tells of, None where it tells of a noun."""
        syntax, token = self.syntax, phrase.start
        while phrase.start <= token < phrase.end or syntax.pos[token] not in VERB_POS:
            if syntax.heads[token] == token or self._describes(token, phrase):
                return None
            token = syntax.heads[token]
        return token

    def _describes(self, noun: int, phrase: TimePhrase) -> bool:
        """Tell "the election in 2016 was lost": what a noun before the time is told of.

        A name takes no such time: "the talks in Paris in 2016"; and between commas it is
        told of the verb: "the court, in 2016, ruled".
        """
        inside = phrase.start <= noun < phrase.end
        if inside or noun > phrase.start or self.is_set_off(phrase):
            return False
        syntax = self.syntax
        if syntax.deps[noun] in SUBJECTS:
            return True
        return syntax.pos[noun] in NOUN_POS and noun not in self.names

    def is_set_off(self, phrase: TimePhrase) -> bool:
        """Tell a time between commas."""
        words = self.syntax.words
        around = self.syntax.near(words, phrase.start - 1), self.syntax.near(words, phrase.end)
        return around == (",", ",")

    def _find(self, first: int, last: int) -> Iterator[TimePhrase]:
        times = self.syntax.times
        if first not in times:
            times[first] = list(self._words(first, last))
        for start, end, dated, year_alone in times[first]:
            if self._is_time(start, end, year_alone=year_alone):
                yield TimePhrase(start, end, dated)

    def _words(self, first: int, last: int) -> Iterator[TimeWords]:
        """Yield what the words of a sentence say of when, whatever the parser made of them."""
        syntax = self.syntax
        origin = syntax.starts[first]
        starts, ends = syntax.starts[first:last], syntax.ends[first:last]
        for when in find_times(self.text(first, last)):
            start = first + bisect_left(starts, when.start + origin)
            end = first + bisect_left(ends, when.end + origin) + 1
            if start < end <= last:
                yield start, end, when.dated, when.year_alone

    def text(self, first: int, last: int) -> str:
        """Return the words of a sentence, each at its own distance from the first."""
        syntax = self.syntax
        parts: list[str] = []
        at = syntax.starts[first]
        for i in range(first, last):
            parts += [" " * (syntax.starts[i] - at), syntax.words[i]]
            at = syntax.ends[i]
        return "".join(parts)

    def _is_time(self, start: int, end: int, *, year_alone: bool) -> bool:
        """Tell "in 1500" of "in 1500 cases" and a part of a name from a time."""
        syntax = self.syntax
        name = self.names.get(start)
        if name is not None and name == self.names.get(start - 1):
            return False
        last, after = end - 1, syntax.near(syntax.words, end)
        counts = syntax.near(syntax.pos, end) in _COUNTED and syntax.heads[last] >= end
        return not (year_alone and counts and after.islower())
