"""Names that word lists know: places, demonyms, organisations.

A list is full of names that are words, too, so grammar has a say: a country always counts, a
region only by more than one word, or with an article ("the Gulf"). Towns of one word are
looked for by ``kg/reading/names/towns.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicons import Known, Lexicons
from kg.reading.grammar import NOUN_POS, Syntax
from kg.reading.names.name import MODIFIERS, PLURAL, Name

_TAGS_IN_PLACES = ("NNP", "JJ", "NN", "IN", "DT", "HYPH", "POS", "CC")


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Finds the names of word lists in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    def find(self) -> Iterator[Name]:
        """Yield known places, demonyms and organisations, the longest at each word."""
        words, i = self.syntax.words, 0
        while i < len(words):
            name = self._longest_at(i) if words[i][0].isupper() else None
            if name:
                yield name
            i = name.end if name else i + 1

    def _longest_at(self, i: int) -> Name | None:
        words = self.syntax.words
        for size in range(min(self.lexicons.longest.get(words[i], 0), len(words) - i), 0, -1):
            name = self._listed(i, i + size)
            if name:
                return name
        return self._demonym_at(i)

    def _listed(self, start: int, end: int) -> Name | None:
        text, alone = self.syntax.text(start, end), end - start == 1
        place = self.lexicons.places.get(text)
        if place and self._is_place_here(start, end, place):
            return listed_place(start, end, place)
        body = self.lexicons.organisations.get(text)
        # "WHO" and "US" may be pronouns in capitals.
        if body is None or (alone and not self.syntax.tags[start].startswith("NN")):
            return None
        return Name(start, end, body.type, "acronym" if alone else "name", "list", body.label)

    def _is_place_here(self, start: int, end: int, known: Known) -> bool:
        """Countries always count; a town or a single word only where grammar agrees."""
        tags = self.syntax.tags[start:end]
        # A pipeline without a tagger leaves the tags empty.
        if not all(not tag or tag.startswith(_TAGS_IN_PLACES) for tag in tags):
            return False
        if known.type == "Country":
            return not self._ends_another(start, end, known)
        if self._goes_on(end):
            return False
        if end - start == 1:
            return self._is_direction(start)
        return known.type == "Region"

    def _ends_another(self, start: int, end: int, known: Known) -> bool:
        """Tell "Contracting [States]", "New [Holland]": a country's other name that ends another's."""
        syntax = self.syntax
        word = syntax.words[start]
        if end - start > 1 or word == known.label or not word.istitle():
            return False
        before = syntax.near(syntax.words, start - 1)[:1].isupper()
        return before and syntax.hangs_on(start - 1, start)

    def _goes_on(self, end: int) -> bool:
        """Tell a capitalised name after what is listed: "East [Grinstead]"."""
        syntax = self.syntax
        proper = syntax.near(syntax.tags, end) in {"NNP", "NNPS"}
        return proper and syntax.near(syntax.words, end)[:1].isupper()

    def _is_direction(self, i: int) -> bool:
        """Tell "the West", "the Gulf"."""
        syntax = self.syntax
        direction = syntax.lowers[i] in self.lexicons.words["direction"]
        proper = syntax.tags[i].startswith("NNP")
        return direction and proper and syntax.near(syntax.lowers, i - 1) == "the"

    def _demonym_at(self, i: int) -> Name | None:
        """Lead from "Russian" to Russia; "the Russians" are a group of it; no language."""
        word, demonyms = self.syntax.words[i], self.lexicons.demonyms
        place = demonyms.get(word) or demonyms.get(word.removesuffix("s"))
        if place is None or self._is_language(i):
            return None
        if self._is_people(i):
            return Name(i, i + 1, "Group", "name", "list", of=place.label)
        return Name(i, i + 1, place.type, "demonym", "list", label=place.label)

    def _is_language(self, i: int) -> bool:
        """Tell "in English", "into Russian"."""
        syntax = self.syntax
        return syntax.near(syntax.lowers, i - 1) in {"in", "into"} and syntax.deps[i] == "pobj"

    def _is_people(self, i: int) -> bool:
        """Tell "Russians", "the French"."""
        syntax = self.syntax
        if syntax.tags[i] in PLURAL:
            return True
        alone = syntax.pos[i] in NOUN_POS and syntax.deps[i] not in MODIFIERS
        return alone and syntax.near(syntax.lowers, i - 1) == "the"


def listed_place(start: int, end: int, known: Known) -> Name:
    """Label a country by its main name; of others, namesakes are many and the text decides."""
    label = known.label if known.type == "Country" else ""
    return Name(start, end, known.type, source="list", label=label)


def is_law_report(name: Name, syntax: Syntax) -> bool:
    """Tell "491 U.S. 440", a volume and a page of a law report."""
    after = next((w for w in syntax.words[name.end : name.end + 2] if w != "."), "")
    return after.isdigit() and syntax.near(syntax.words, name.start - 1).isdigit()
