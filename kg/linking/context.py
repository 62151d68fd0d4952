"""What stands round a group's mentions, as far as it tells which namesake is meant.

An office beside a name ("Foreign Secretary Hunt") speaks for whoever held it on the
document's day; words of the document speak for the thing whose description shares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from kg.folding import fold
from kg.linking.knowledge_base import KnowledgeBase, KnownEntity, Office
from kg.records import MentionGroup, Reading

NEAR = 60
"""Characters before and after a mention in which an office is looked for."""
SHORTEST_WORD = 4
"""Shorter words of a description are in every document."""
LIFETIME = 100
"""Years after which what has ended is hardly told of without its time being said."""
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-4][0-9])\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Context:
    """The text round the mentions of one group, and what its document tells of where and when.

    ``date`` is the document's ISO day or "", ``words`` are all of its words, ``country`` its
    ISO 3166 code or "", ``years`` the first and the last that it tells of.
    """

    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    date: str = ""
    words: frozenset[str] = field(default_factory=frozenset)
    country: str = ""
    years: tuple[int, int] | None = None

    @cached_property
    def near(self) -> str:
        """Return the folded words close to the mentions, a space at each end."""
        pieces = [
            self.text[max(0, s - NEAR) : s] + " | " + self.text[e : e + NEAR] for s, e in self.spans
        ]
        return f" {fold(' | '.join(pieces))} "

    def names_office_of(self, entity_id: str, knowledge: KnowledgeBase) -> bool:
        """Tell whether an office that somebody held then is named beside a mention."""
        return any(
            self._was_then(office) and f" {fold(office.title)} " in self.near
            for office in knowledge.offices(entity_id)
        )

    def shared_words(self, entity_id: str, knowledge: KnowledgeBase) -> int:
        """Return how many telling words of a thing's description the document uses."""
        words = _WORD.findall(knowledge.description(entity_id).casefold())
        return len({word for word in words if len(word) >= SHORTEST_WORD} & self.words)

    def _was_then(self, office: Office) -> bool:
        """Tell whether an office was held on the document's day; any day will do if it has none."""
        if not self.date:
            return True
        begun = not office.start or office.start <= self.date
        return begun and (not office.end or self.date <= office.end)

    def is_of_country(self, entity: KnownEntity) -> bool:
        """Tell a thing of the country that the document is of."""
        return bool(self.country) and entity.country == self.country

    def is_of_another_country(self, entity: KnownEntity) -> bool:
        """Tell a thing of a country that is not the document's."""
        return bool(self.country and entity.country) and entity.country != self.country

    def is_of_another_time(self, entity: KnownEntity) -> bool:
        """Tell a thing that began after the last year that the document tells of, or ended long before."""
        if self.years is None:
            return False
        first, last = self.years
        begun, ended = _year(entity.start), _year(entity.end)
        return (begun is not None and begun > last) or (
            ended is not None and ended < first - LIFETIME
        )


NO_CONTEXT = Context()


def document_context(reading: Reading, country: str) -> Context:
    """Return what a document as a whole tells of where and when; ``country`` is its code."""
    text, date = reading.document.text, reading.document.date
    told = [int(year) for year in _YEAR.findall(text)]
    told += [year for year in [_year(date)] if year is not None]
    years = (min(told), max(told)) if told else None
    return Context(text, (), date, frozenset(_WORD.findall(text.casefold())), country, years)


def spans_of(group: MentionGroup) -> tuple[tuple[int, int], ...]:
    """Return where the mentions of a group stand in its document."""
    return tuple((m.passage.start, m.passage.end) for m in group.mentions)


def _year(day: str) -> int | None:
    return int(day[:4]) if day[:4].isdigit() else None
