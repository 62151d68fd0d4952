"""Find the terms that a text defines, and what they stand for in it.

Contracts and reports say once what a word means: 'Castor Retail Ltd. (the "Buyer")',
'Norwell Logistics Inc. (hereinafter referred to as "Norwell")', '"Buyer" means Castor Retail
Ltd'. From then on, and in the clauses before, "the Buyer" is that company by definition, so
nothing has to be guessed. A word that is defined twice means what was said last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.lexicons import load_lexicons
from kg.reading.grammar import FINITE_TAGS, NAME_TAGS, Syntax, word_set
from kg.reading.mentions.groups import TokenMention, span_head
from kg.records import MentionKind

OPENING, CLOSING = frozenset('"“„«'), frozenset('"”“»')
MEANING = (
    ("means",),
    ("shall", "mean"),
    ("refers", "to"),
    ("shall", "refer", "to"),
    ("is", "defined", "as"),
)
LONGEST_TERM = 5
DESCRIBING = word_set(
    "a an the incorporated registered organized organised established having whose with acting"
)
"""Words that open what is said of a party between its name and its term."""
DEFINABLE = frozenset({"name", "acronym", "nominal"})


Defined = tuple[range, int, bool]
"""The tokens of a term that was cut from its sentence, the last token before it, and its article."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, where it is defined, and the mention that it stands for."""

    words: tuple[str, ...]
    at: int
    owner: TokenMention
    nominal: bool


def join_defined_terms(
    mentions: Sequence[TokenMention], syntax: Syntax, defined: Iterable[Defined]
) -> list[TokenMention]:
    """Let each defined term mean what its definition says, wherever it stands."""
    finder = _DefinitionFinder(syntax, mentions)
    terms: dict[tuple[str, ...], list[Definition]] = defaultdict(list)
    for definition in [*finder.cut(defined), *finder.meant()]:
        terms[definition.words].append(definition)
    if not terms:
        return list(mentions)
    found = list(_places_of(terms, syntax, mentions))
    taken = {i for m in found for i in range(m.start, m.end)}
    return [*(m for m in mentions if m.start not in taken), *found]


@dataclass(frozen=True, slots=True)
class _DefinitionFinder:
    """Finds definitions in one parsed text, the mentions of which are known."""

    syntax: Syntax
    mentions: Sequence[TokenMention]

    def cut(self, defined: Iterable[Defined]) -> Iterator[Definition]:
        """Yield the definitions of terms that were cut from their sentences."""
        ending = {m.end: m for m in self.mentions if m.kind in DEFINABLE}
        for tokens, last, article in defined:
            end = last + 1
            while end > 0 and self._is_beside(end - 1) and end not in ending:
                end -= 1
            owner = self._described(end, ending) or ending.get(end)
            if owner is not None:
                yield self._definition(tokens.start, tokens.stop, owner, article=article)

    def meant(self) -> Iterator[Definition]:
        """Yield the definitions of "“Buyer” means Castor Retail Ltd"."""
        beginning = {m.start: m for m in reversed(self.mentions) if m.kind in DEFINABLE}
        for i in range(1, len(self.syntax)):
            owner = self._meant(i, beginning)
            term = self._term_before(i) if owner else None
            if owner and term:
                yield self._definition(*term, owner)

    def _definition(
        self, start: int, end: int, owner: TokenMention, *, article: bool = False
    ) -> Definition:
        """Return a definition; "Norwell" is a name of Norwell Inc., "the Buyer" none."""
        words = tuple(self.syntax.words[start:end])
        of_name = set(words) <= set(self.syntax.words[owner.start : owner.end])
        return Definition(words, start, owner, nominal=article or not of_name)

    def _is_beside(self, i: int) -> bool:
        """Tell a mark, or a legal form that the name may lack, between a name and its term."""
        word = self.syntax.lowers[i]
        return not word[0].isalnum() or word.rstrip(".") in load_lexicons().words["legal_form"]

    def _term_before(self, i: int) -> tuple[int, int] | None:
        """Return the term before "means": words in quotation marks, or with capitals behind "The"."""
        words = self.syntax.words
        quoted = self.syntax.near(words, i - 1) in CLOSING
        end = i - quoted
        first = end
        while end - first < LONGEST_TERM and self.syntax.near(words, first - 1)[:1].isupper():
            first -= 1
        article = self.syntax.near(words, first) == "The"
        first += article
        if first >= end:
            return None
        return (first, end) if self._is_term(first, quoted=quoted, article=article) else None

    def _is_term(self, first: int, *, quoted: bool, article: bool) -> bool:
        """Tell whether a quotation mark, or a sentence's own article, stands before a term."""
        if quoted:
            before = first - 1 - (self.syntax.near(self.syntax.lowers, first - 1) == "the")
            return self.syntax.near(self.syntax.words, before) in OPENING
        return article and self.syntax.opens_sentence(first - 1)

    def _described(self, end: int, ending: Mapping[int, TokenMention]) -> TokenMention | None:
        """Return the party that a description before the brackets is of.

        "Norwell GmbH, a company registered in Bonn (the "Seller")" is not about Bonn.
        """
        syntax = self.syntax
        first, _ = syntax.sentence_at(end - 1)
        for i in range(end - 1, first, -1):
            word, before = syntax.lowers[i], syntax.near(syntax.lowers, i - 1)
            if word in {"(", ")", ";"} or (word == "and" and before == ","):
                return None
            if before == "," and word in DESCRIBING and i - 1 in ending:
                return ending[i - 1]
            if syntax.tags[i] in FINITE_TAGS:
                return None
        return None

    def _meant(self, i: int, beginning: Mapping[int, TokenMention]) -> TokenMention | None:
        """Return the name that comes after "means" at a token."""
        lowers = self.syntax.lowers
        for phrase in MEANING:
            if tuple(lowers[i : i + len(phrase)]) == phrase:
                start = i + len(phrase)
                start += self.syntax.near(lowers, start) == "the"
                owner = beginning.get(start)
                ended = owner is not None and self._ends(owner.end)
                return owner if ended else None
        return None

    def _ends(self, i: int) -> bool:
        """Tell whether a mark stands behind a name, or a sentence ends there."""
        ended = i >= len(self.syntax) or self.syntax.opens_sentence(i)
        return ended or not self.syntax.words[i][0].isalnum()


def _places_of(
    terms: Mapping[tuple[str, ...], Sequence[Definition]],
    syntax: Syntax,
    mentions: Sequence[TokenMention],
) -> Iterator[TokenMention]:
    """Yield each place where a term stands by itself."""
    longer = {i: m for m in mentions for i in range(m.start, m.end)}
    named = {(m.start, m.end) for m in mentions}
    for start, end in _occurrences(terms, syntax):
        words = tuple(syntax.words[start:end])
        around = longer.get(start)
        inside_name = around is not None and not (start <= around.start and around.end <= end)
        alone = (start, end) in named or _stands_alone(syntax, start, end)
        if alone and not inside_name:
            yield _mention(_last_before(terms[words], start), syntax, start, end)


def _occurrences(
    terms: Mapping[tuple[str, ...], Sequence[Definition]], syntax: Syntax
) -> Iterator[tuple[int, int]]:
    """Yield where the words of a term stand."""
    beginning: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in terms:
        beginning[words[0]].append(words)
    for i, word in enumerate(syntax.words):
        for words in beginning.get(word, ()):
            if tuple(syntax.words[i : i + len(words)]) == words:
                yield i, i + len(words)


def _stands_alone(syntax: Syntax, start: int, end: int) -> bool:
    """Tell "the Buyer" from a part of "Buyer Holdings" or "Retail Buyer"."""
    beside = (
        syntax.near(syntax.words, i)[:1].isupper()
        and syntax.near(syntax.tags, i) in NAME_TAGS
        and syntax.near(syntax.lowers, i) != "the"
        for i in (start - 1, end)
    )
    return not any(beside)


def _last_before(definitions: Sequence[Definition], i: int) -> Definition:
    """Return the definition that holds at a token: the last before it, else the first of all."""
    place = bisect_right(definitions, i, key=lambda definition: definition.at)
    return definitions[max(place - 1, 0)]


def _mention(definition: Definition, syntax: Syntax, start: int, end: int) -> TokenMention:
    """Return a place of a term as a mention of what it stands for."""
    kind: MentionKind = "nominal" if definition.nominal else "name"
    head = span_head(syntax, start, end)
    return replace(definition.owner, start=start, end=end, head=head, kind=kind, own=False)
