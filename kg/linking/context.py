"""What stands round a group's mentions, as far as it tells which namesake is meant.

An office beside a name ("Foreign Secretary Hunt") speaks for whoever held it on the
document's day; words of the document speak for the thing whose description shares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from kg.folding import fold
from kg.linking.knowledge_base import KnowledgeBase, Office
from kg.records import MentionGroup, Reading

NEAR = 60
"""Characters before and after a mention in which an office is looked for."""
SHORTEST_WORD = 4
"""Shorter words of a description are in every document."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Context:
    """The text round the mentions of one group; ``date`` is the document's ISO day or ""."""

    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    date: str = ""
    words: frozenset[str] = field(default_factory=frozenset)

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


NO_CONTEXT = Context()


def context_of(reading: Reading, group: MentionGroup, words: frozenset[str]) -> Context:
    """Return what stands round a group's mentions; ``words`` are those of the whole document."""
    spans = tuple((m.passage.start, m.passage.end) for m in group.mentions)
    return Context(reading.document.text, spans, reading.document.date, words)


def words_of(reading: Reading) -> frozenset[str]:
    """Return the different words of a document, in lower case."""
    return frozenset(_WORD.findall(reading.document.text.casefold()))
