"""Find towns and regions of the list where grammar lets a word be one.

A list of towns is full of surnames and common words ("Clinton", "Reading"), so a listed
word counts only as a proper noun that stands alone in a place of its own (a subject, an
object, after a preposition, before a common noun), and neither the document nor the
spaCy pipeline takes it for a person; or inside the name of an event ("the Sochi
Olympics"). What it says then outweighs the pipeline's guess, which takes one town in
three for something else where the text is short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.lexicons import Known, Lexicons
from kg.reading.grammar import NOUN_POS, Syntax, word_set
from kg.reading.names.name import Name, Proposed
from kg.vocabulary import NAMED_ALIKE

LOCATIVE = word_set("in at near outside around")
"""Prepositions after which even what the pipeline takes for a person is a town."""
PEOPLE = frozenset({"PERSON", "Person"})
"""What spaCy's pipelines and the encoder call a person."""
_PLACES_OF_NAMES = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "poss", "attr", "compound", "ROOT"}
)
_ARTICLES = frozenset({"det", "poss", "amod", "nummod"})


def find_towns(
    syntax: Syntax, lexicons: Lexicons, proposed: Iterable[Proposed], names: Iterable[Name]
) -> Iterator[Name]:
    """Yield towns and regions; ``names`` are those that lists and patterns found."""
    finder = _TownFinder.of(syntax, lexicons, list(proposed), list(names))
    for i in range(len(syntax)):
        name = finder.town_at(i)
        if name is not None:
            yield name


@dataclass(frozen=True, slots=True)
class _TownFinder:
    """``people`` are tokens of people's names, ``full_names`` the words of those of several."""

    syntax: Syntax
    lexicons: Lexicons
    people: frozenset[int]
    full_names: frozenset[str]
    inside_events: frozenset[int]
    taken: frozenset[int]

    @classmethod
    def of(
        cls, syntax: Syntax, lexicons: Lexicons, proposed: list[Proposed], names: list[Name]
    ) -> _TownFinder:
        persons = [(start, end) for start, end, label, *_ in proposed if label in PEOPLE]
        full = _all_of((start, end) for start, end in persons if end - start > 1)
        events = _all_of(n.tokens for n in names if n.type == "Event")
        return cls(
            syntax,
            lexicons,
            people=_all_of(persons),
            full_names=frozenset(map(syntax.words.__getitem__, full)),
            inside_events=events,
            taken=_all_of(n.tokens for n in names) - events,
        )

    def town_at(self, i: int) -> Name | None:
        """Return the longest listed town that begins at a token, if it is one here."""
        syntax = self.syntax
        if not syntax.words[i][0].isupper() or i in self.taken:
            return None
        longest = min(self.lexicons.longest.get(syntax.words[i], 0), len(syntax) - i)
        for size in range(longest, 0, -1):
            known = self.lexicons.places.get(syntax.text(i, i + size))
            if known and known.type in NAMED_ALIKE and self._is_town(i, i + size, known):
                return Name(i, i + size, known.type, source="list")
        return None

    def _is_town(self, start: int, end: int, known: Known) -> bool:
        syntax, text = self.syntax, self.syntax.text(start, end)
        if set(syntax.tags[start:end]) != {"NNP"}:
            return False
        if {start, end} <= self.inside_events:
            return syntax.lowers[start] not in self.lexicons.words["town_or_word"]
        # Other names of towns are too often other words.
        if known.label != text or text in self.lexicons.organisations:
            return False
        other = self._is_common_word(start, end) or self._is_person(start, end)
        return not other and self._stands_alone(start, end)

    def _is_common_word(self, start: int, end: int) -> bool:
        """Tell "Reading" at the start of a sentence, where a capital tells nothing."""
        if end - start > 1 or not self.syntax.opens_sentence(start):
            return False
        lower = self.syntax.lowers[start]
        return lower in self.lexicons.words["town_or_word"] or lower in self.syntax.words

    def _is_person(self, start: int, end: int) -> bool:
        """Tell "Clinton" where "Hillary Clinton" or a title before it tells who that is."""
        syntax, last = self.syntax, end - 1
        if not self.full_names.isdisjoint(syntax.words[start:end]):
            return True
        titles = self.lexicons.words["title"] | self.lexicons.words["role"]
        if syntax.near(syntax.lowers, start - 1) in titles:
            return True
        located = syntax.deps[last] == "pobj" and syntax.lowers[syntax.heads[last]] in LOCATIVE
        return not located and not self.people.isdisjoint(range(start, end))

    def _stands_alone(self, start: int, end: int) -> bool:
        """Tell a town from a part of a longer name ("Boston Dynamics") and from "the Mobile"."""
        syntax, last = self.syntax, end - 1
        if self._is_capital(start - 1) or self._is_capital(end):
            return False
        dep = syntax.deps[last]
        if dep == "compound":
            return syntax.hangs_on(last, end) and syntax.near(syntax.pos, end) in NOUN_POS
        # A text of nothing else has no grammar that could tell.
        whole_text = dep == "ROOT" and end - start == len(syntax)
        placed = dep in _PLACES_OF_NAMES and not whole_text
        return placed and syntax.child(last, _ARTICLES) is None

    def _is_capital(self, i: int) -> bool:
        syntax = self.syntax
        proper = syntax.near(syntax.tags, i).startswith("NNP")
        return proper and syntax.words[i][0].isupper()


def _all_of(stretches: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the tokens of several stretches, each its first token and the one after its last."""
    return frozenset(i for start, end in stretches for i in range(start, end))
