"""Names that the shape of their words gives away.

Organisations, events and laws by their last word ("Committee", "Cup", "Treaty"), a word and
a year ("Euro 2016"), a vote with its year and country, "Operation" and "Exercise", and who
stands before a noun of harm ("the Navalny poisoning").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kg.lexicons import Lexicons
from kg.reading.grammar import NOUN_POS, POSSESSIVE_ENDINGS, Syntax, word_set
from kg.reading.names.name import MODIFIERS, MONTHS, YEAR, Name, small_words

NAME_AND_YEAR = re.compile(r"^[A-Z][A-Za-z]+[-’'](?:19|20)?\d\d$")
_BETWEEN_NAMES = word_set("of for to in on the")
"""Words that part the name of a body from a name before it: "Russia on the Committee"."""
_WHERE = word_set("in on to")
# "The", "We" and "In" have capitals in titles and headings, too.
_NO_NAME_TAGS = frozenset(
    {"DT", "PRP", "PRP$", "IN", "MD", "WP", "WDT", "WRB", "CC", "EX", "TO", "RB"}
)
_DATING = MODIFIERS - {"amod"} | {"nummod"}


@dataclass(frozen=True, slots=True)
class ShapedNames:
    """Finds names by the shape of their words in one parsed text."""

    syntax: Syntax
    lexicons: Lexicons

    def find(self) -> Iterator[Name]:
        """Yield names that their shape gives away."""
        for start, end in self._capital_runs():
            yield from self._by_head(start, end)
            yield from self._by_year(start, end)
            if self._is_operation(start, end):
                yield Name(start, self._before_place(start, end), "Event", source="pattern")
        for i in range(len(self.syntax)):
            name = self._at_word(i)
            if name:
                yield name

    def _at_word(self, i: int) -> Name | None:
        """Return the name that one word tells of: "Euro-2016", a noun of voting, a victim."""
        if NAME_AND_YEAR.match(self.syntax.words[i]):
            return Name(i, i + 1, "Event", source="shape")
        if self.syntax.lowers[i] in self.lexicons.words["vote_noun"]:
            return self._vote(i)
        law = self._citation(i)
        if law:
            return law
        if self.syntax.words[i].isupper() and self.syntax.lowers[i] in self.lexicons.words["ship"]:
            end = self._end_of_capitals(i + 1)
            return Name(i, end, "Product", source="shape") if end > i + 1 else None
        if self._is_peer(i):
            return Name(i, self._end_of_capitals(i + 2), "Person", source="shape")
        if is_hurt(self.syntax, self.lexicons, i) or self._may_be_victim(i):
            return Name(i, i + 1, "Person", source="pattern")
        return None

    def _citation(self, i: int) -> Name | None:
        """Return "18 U.S.C. § 371", "E.O. 13692": a statute by its number."""
        syntax, words = self.syntax, self.lexicons.words
        word = syntax.words[i]
        if word in words["numbered_law"]:
            number = syntax.near(syntax.words, i + 1)[:1].isdigit()
            return Name(i, i + 2, "Law", source="shape") if number else None
        if word not in words["code_of_law"] or not syntax.near(syntax.words, i - 1).isdigit():
            return None
        end = i + 1
        while syntax.near(syntax.words, end) in {"§", "§§"}:
            end += 1
        numbered = syntax.near(syntax.words, end)[:1].isdigit()
        return Name(i - 1, end + numbered, "Law", source="shape")

    def _is_peer(self, i: int) -> bool:
        """Tell "the Duke of York", who is a person, whatever York is."""
        syntax = self.syntax
        peer = syntax.lowers[i] in self.lexicons.words["peer"] and syntax.words[i].istitle()
        of = syntax.near(syntax.lowers, i + 1) == "of"
        return peer and of and syntax.near(syntax.tags, i + 2) == "NNP"

    def _end_of_capitals(self, i: int) -> int:
        """Return where the proper nouns that begin at a token end."""
        while self.syntax.near(self.syntax.tags, i) == "NNP":
            i += 1
        return i

    def _may_be_victim(self, i: int) -> bool:
        """Tell "the Skripal attack", which counts where no list and no model knows a place or body."""
        noun = self.syntax.near(self.syntax.lowers, i + 1)
        victim = noun in self.lexicons.words["victim_noun"]
        return victim and is_lone_compound(self.syntax, self.lexicons, i)

    def _vote(self, noun: int) -> Name | None:
        """Return "1999 New Zealand general election": a year, a country, a kind and the noun."""
        syntax, start = self.syntax, noun
        while self._says_which_vote(start - 1):
            start -= 1
        if start == noun or not self._is_year(start - 1):
            return None
        start -= 1
        # The month belongs to it, too: "May 2015 general election".
        dated = syntax.near(syntax.lowers, start - 1) in MONTHS
        return Name(start - dated, noun + 1, "Event", source="shape")

    def _says_which_vote(self, i: int) -> bool:
        syntax = self.syntax
        lower = syntax.near(syntax.lowers, i)
        if lower == "of" or lower in self.lexicons.words["vote_kind"]:
            return True
        return syntax.near(syntax.words, i)[:1].isupper() and lower not in MONTHS

    def _is_operation(self, start: int, end: int) -> bool:
        return end - start > 1 and self.syntax.lowers[start] in self.lexicons.words["event_first"]

    def _before_place(self, start: int, end: int) -> int:
        """Return where "Operation Barkhane in Mali" leaves off being a name."""
        return next((i for i in range(start, end) if self.syntax.lowers[i] in _WHERE), end)

    # --- stretches of capitals -----------------------------------------------------

    def _capital_runs(self) -> Iterator[tuple[int, int]]:
        """Yield stretches of capitalised words, with "of" and the like between two."""
        for first, last in self.syntax.sentences:
            i = first
            while i < last:
                end = self._end_of_run(i, first, last)
                if end > i:
                    yield i, end
                i = max(end, i + 1)

    def _end_of_run(self, start: int, first: int, last: int) -> int:
        """Return where the stretch that begins at a token ends: there, if none begins."""
        end = start
        while end < last:
            size = 1 if self._is_capital(end, first) else 0
            if not size and end > start:
                size = self._joined_size(end, first, last)
            if not size:
                break
            end += size
        return end

    def _joined_size(self, i: int, first: int, last: int) -> int:
        """Return how many words "of X", "of the X" have, where they go on with a name."""
        if not self._is_joint(i) and self.syntax.lowers[i] not in POSSESSIVE_ENDINGS:
            return 0
        if i + 1 < last and self._is_capital(i + 1, first):
            return 2
        the = self.syntax.near(self.syntax.lowers, i + 1) == "the"
        return 3 if the and i + 2 < last and self._is_capital(i + 2, first) else 0

    def _is_capital(self, i: int, first: int) -> bool:
        word, tag = self.syntax.words[i], self.syntax.tags[i]
        if not word[0].isupper() or self.syntax.lowers[i].strip(".") in MONTHS:
            return False
        # The first word of a sentence has a capital in any case.
        if i == first and not tag.startswith("NNP"):
            return False
        return tag not in _NO_NAME_TAGS

    # --- names that end in a telling noun ----------------------------------------------

    def _by_head(self, start: int, end: int) -> Iterator[Name]:
        """Yield the name that ends in a telling noun, with an "of …" after it."""
        named = (self._headed_by(i, start, end) for i in range(start, end))
        yield from islice(filter(None, named), 1)

    def _headed_by(self, i: int, start: int, end: int) -> Name | None:
        """Return the name, within a stretch of capitals, that a telling noun is the head of."""
        kind = self._told_by(i)
        if kind is None:
            return None
        begin, stop = self._name_bounds(start, i, end)
        if kind == "Event" and self._is_year(begin - 1):
            begin -= 1
        if stop - begin < 2 or self._is_told_later(i, end):
            return None
        dated = kind == "Event" and self._is_year(begin)
        return Name(begin, stop, kind, source="shape" if dated else "pattern")

    def _is_year(self, i: int) -> bool:
        return bool(YEAR.match(self.syntax.near(self.syntax.words, i)))

    def _told_by(self, i: int) -> str | None:
        """Return the type of thing whose names end in a capitalised noun: "Committee"."""
        noun = self.syntax.words[i][0].isupper() and self.syntax.pos[i] in NOUN_POS
        return self.lexicons.heads.get(self.syntax.lowers[i]) if noun else None

    def _is_told_later(self, i: int, end: int) -> bool:
        """Tell "Security [Council Resolution]", whose next noun tells; but "Party Congress"."""
        syntax = self.syntax
        following = i + 1 < end and syntax.near(syntax.lowers, i + 1) in self.lexicons.heads
        return following and syntax.lowers[i] != "party"

    def _name_bounds(self, start: int, head: int, end: int) -> tuple[int, int]:
        """Return the words before a head noun and the "of …" after it that belong to its name."""
        syntax, begin = self.syntax, head
        while begin > start and self._belongs_before(begin, head):
            begin -= 1
        # "the Anglo-Irish Treaty": the tokeniser parts words at hyphens.
        hyphen = syntax.near(syntax.lowers, begin - 1) == "-" and syntax.is_glued(begin)
        if hyphen and begin > 1:
            begin -= 2
        return begin, self._end_of_name(head, end)

    def _belongs_before(self, i: int, head: int) -> bool:
        """Tell whether the word before a token is still of the name that ends in a noun."""
        before = self.syntax.near(self.syntax.lowers, i - 1)
        other = before == "and" and self.syntax.heads[i] != head
        return not other and before not in _BETWEEN_NAMES

    def _end_of_name(self, head: int, end: int) -> int:
        syntax, stop = self.syntax, head + 1
        if stop < end and syntax.near(syntax.lowers, stop) in {"of", "for"}:
            stop = end
            while self._is_joint(stop - 1):
                stop -= 1
        return stop

    def _is_joint(self, i: int) -> bool:
        """Tell a word that may stand between two capitals of one name."""
        lower = self.syntax.near(self.syntax.lowers, i)
        return lower == "-" or lower in small_words()

    # --- a name and a year ---------------------------------------------------------------

    def _by_year(self, start: int, end: int) -> Iterator[Name]:
        """Yield "Euro 2016", "VOSTOK 2018": a name straight before a year."""
        syntax = self.syntax
        if end - start > 2 or not self._is_year(end):
            return
        last = end - 1
        if self._is_no_event(start, last) or not self._is_dated_by(last, end):
            return
        # "(Okoro 2016)" is a reference, "the end of Spring 2016" a time.
        if syntax.near(syntax.lowers, start - 1) not in {"(", "of"}:
            yield Name(start, end + 1, "Event", source="shape")

    def _is_no_event(self, start: int, last: int) -> bool:
        """Tell "Kenya 2016", "Section 2016", "the Senate 2016"."""
        known = self.lexicons.places.get(self.syntax.text(start, last + 1))
        if known and known.type != "City":
            return True
        noun = self.syntax.lowers[last].strip(".")
        counted = noun in self.lexicons.words["counted"]
        return counted or noun in MONTHS or noun in self.lexicons.heads

    def _is_dated_by(self, last: int, year: int) -> bool:
        """Tell whether a year and the word before it are of one phrase."""
        syntax = self.syntax
        joined = syntax.heads[year] in {last, syntax.heads[last]} and syntax.deps[year] in _DATING
        return joined or (syntax.heads[last] == year and syntax.deps[last] == "compound")


def is_hurt(syntax: Syntax, lexicons: Lexicons, i: int) -> bool:
    """Tell who was hurt: "the Navalny poisoning"."""
    harm = syntax.lowers[syntax.heads[i]] in lexicons.words["harm_noun"]
    return harm and is_lone_compound(syntax, lexicons, i)


def is_lone_compound(syntax: Syntax, lexicons: Lexicons, i: int) -> bool:
    """Tell one capitalised word, no people, time or acronym, right before its noun."""
    if syntax.deps[i] != "compound" or not syntax.hangs_on(i, i + 1):
        return False
    word, lower = syntax.words[i], syntax.lowers[i]
    name = word[:1].isupper() and not word.isupper() and syntax.tags[i] == "NNP"
    # Behind another name it is a part of that: "the Sergei Skripal attack".
    before = syntax.near(syntax.tags, i - 1).startswith("NNP")
    return name and not before and word not in lexicons.demonyms and lower not in MONTHS
