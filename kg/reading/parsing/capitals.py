"""Write words in capitals as running text has them: "POLICE ARRESTED OSKAR LUND".

The encoder knows a name by its capital, and makes nothing of a text that has
no other letters. Where a stretch is all in capitals (a cable, a caption, a shouted sentence, a
name), its letters are made small one by one, so that every offset stays true; which of
them stay, ``case_model.py`` tells. A headline that has a capital on each word is treated alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain

from kg.lexicons import load_lexicons
from kg.reading.parsing.case_model import STOPS, WORD, Case, Counts, case_of, load_case_model
from kg.records import Offsets

_MAYBE = re.compile(r"[^\W\da-z_]{2}[^\W\da-z_]*[\W_]+[^\W\da-z_]{2}")
"""Two words in a row whose first letters are no small ones: what is worth a closer look."""
_MC = re.compile(r"^(Mc|MC)(?=[^\W\da-z_]{3})")
"""Begins a name with a second capital, and may have its small letter among capitals."""
_DOTTED = re.compile(r"\b(?:[AP]\.M|E\.G|I\.E|ET AL)\b")
"""Abbreviations that have no capital, though their letters stand alone."""
_ENDINGS = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
"""What an apostrophe joins to a word: "RUTH'S", "DON'T"."""
LEAST_LOUD = 4
"""So many words in capitals in a row are no acronyms; of fewer, one must be known as none."""
SHORTEST_ACRONYM, SELDOM = 2, 10
"""A longer word that is written otherwise so many times as often is none."""
LONGEST_HEADLINE = 120
LEAST_TITLED = 4
"""So many words make a headline, of which each longer one has a capital."""
SHORT_WORD = 3
"""Letters of words that need no capital in a headline."""
_OPENING = frozenset("\"'\u201c\u2018([")
_APOSTROPHES = frozenset("'\u2019")
_CUT_SHORT = ("title", "division", "citation_signal", "leading_abbreviation", "legal_form")
"""Classes of words with a stop of their own."""
_STARTERS = frozenset({"the", "he", "she", "it", "they", "we", "this", "these"})
"""Words that begin a sentence even behind an abbreviation's stop."""


def in_running_case(
    text: str, blocks: Sequence[Offsets], *, headlines: Collection[Offsets] = ()
) -> str:
    """Return a text of the same length, with what stands in capitals as running text has it.

    ``headlines`` are the blocks that may be one.

    >>> in_running_case("HELEN MARSH LEFT NATO.", [(0, 22)])
    'Helen Marsh left NATO.'
    """
    parted = _parted(text, blocks, headlines)
    found = [block for block in parted if block.raised]
    cases = load_case_model().cases([b.lowers for b in found], _own_forms(parted)) if found else ()
    pieces, end = list[str](), 0
    for block, written in zip(found, cases, strict=True):
        pieces += [text[end : block.start], block.rewritten(written)]
        end = block.end
    return "".join([*pieces, text[end:]])


def _parted(
    text: str, blocks: Sequence[Offsets], headlines: Collection[Offsets]
) -> Sequence[_Block]:
    """Return the blocks in words, those that stand in capitals marked; none if there are none."""
    maybe = (span for span in blocks if _MAYBE.search(text, *span) or span in headlines)
    if not any(block.raised for block in _words_of(text, maybe, headlines)):
        return ()
    parted = list(_words_of(text, blocks, headlines))
    alone = set(chain.from_iterable(block.names() for block in parted))
    for block in parted:
        block.raised.update(block.standing_alone(alone))
    return parted


def _words_of(
    text: str, blocks: Iterable[Offsets], headlines: Collection[Offsets]
) -> Iterator[_Block]:
    return (_Block(text, span, headline=span in headlines) for span in blocks)


def _own_forms(blocks: Sequence[_Block]) -> Mapping[str, Counts]:
    """Return how the document writes words inside its sentences, where it raises them not."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for block in blocks:
        for i, word in enumerate(block.words):
            case = case_of(word)
            if case is not None and i not in block.raised and not block.opens(i):
                counts[block.lowers[i]][case] += 1
    return {word: (c[0], c[1], c[2]) for word, c in counts.items()}


class _Block:
    """A paragraph of the text in words and marks.

    ``raised`` are the words that stand in capitals, or with one, where running text may not
    write them so.
    """

    def __init__(self, text: str, span: Offsets, *, headline: bool = False) -> None:
        self.text, (self.start, self.end) = text, span
        self.spans = [found.span() for found in WORD.finditer(text, *span)]
        self.words = [text[a:b] for a, b in self.spans]
        shouted = filter(self._is_shouted, self._runs())
        self.raised = set(chain.from_iterable(shouted))
        self.headline = not self.raised and headline and self._is_titled()
        if self.headline:
            self.raised.update(range(len(self.words)))

    @cached_property
    def lowers(self) -> list[str]:
        """The words in small letters."""
        return [word.lower() for word in self.words]

    def _is_titled(self) -> bool:
        """Tell a line without a stop, each longer word of which has a capital."""
        if self.end - self.start > LONGEST_HEADLINE or not "".join(self.words[-1:]).isalnum():
            return False
        words = list(filter(str.isalpha, self.words))
        longer = (word for word in words if len(word) > SHORT_WORD)
        return len(words) >= LEAST_TITLED and all(word[0].isupper() for word in longer)

    def _runs(self) -> Iterator[range]:
        """Yield stretches from one word in capitals to another, without a small letter."""
        inside = list[int]()
        for i, word in enumerate(self.words):
            if _is_loud(word):
                inside.append(i)
            elif inside and any(map(str.islower, word)):
                yield range(inside[0], inside[-1] + 1)
                inside.clear()
        if inside:
            yield range(inside[0], inside[-1] + 1)

    def _is_shouted(self, run: range) -> bool:
        """Tell a sentence, a part of one or a person's name in capitals from acronyms."""
        words = [self.lowers[i] for i in run if _is_loud(self.words[i])]
        if len(words) == 1 or len(words) >= LEAST_LOUD:
            return len(words) > 1
        named = words[0] in load_lexicons().given or any(map(_is_no_acronym, words))
        return named or self._is_whole(run)

    def _is_whole(self, run: range) -> bool:
        """Tell whether nothing else stands between two stops, or in the block."""
        before, after = run.start - 1, run.stop
        while before >= 0 and not self._ends(before):
            before -= 1
        while after < len(self.words) and not self._ends(after):
            after += 1
        beside = (*self.words[before + 1 : run.start], *self.words[run.stop : after])
        return not any(word[0].isalpha() for word in beside)

    def _ends(self, i: int) -> bool:
        """Tell a stop behind which a space stands, or nothing."""
        return self.words[i] in STOPS and not self._touches(i + 1)

    def _touches(self, i: int) -> bool:
        """Tell whether a word, if there is one, follows the one before without a space."""
        return 0 < i < len(self.words) and self.spans[i - 1][1] == self.spans[i][0]

    def names(self) -> Iterator[str]:
        """Yield the words in capitals behind a first name in capitals: "LUND" of "OSKAR LUND"."""
        given = load_lexicons().given
        for i in () if self.headline else self.raised:
            if i > 0 and i - 1 in self.raised and self.lowers[i - 1] in given:
                yield self.lowers[i]

    def standing_alone(self, names: Collection[str]) -> Iterator[int]:
        """Yield the words in capitals that are among ``names``, wherever they stand."""
        for i, word in enumerate(self.words):
            if _is_loud(word) and self.lowers[i] in names:
                yield i

    def opens(self, i: int) -> bool:
        """Tell whether a sentence begins with a word."""
        before = i - 1
        while before >= 0 and self.words[before] in _OPENING:
            before -= 1
        if before < 0:
            return True
        if self.words[before] not in STOPS or self._touches(before + 1):
            return False
        return self.lowers[i] in _STARTERS or not _is_cut_short(self.lowers[before - 1])

    def rewritten(self, cases: Sequence[Case]) -> str:
        """Return the block with its raised words in the cases that running text has."""
        if self.headline and not self._has_verb(cases):
            return self.text[self.start : self.end]
        letters = list(self.text[self.start : self.end])
        for i in self.raised:
            start, end = (place - self.start for place in self.spans[i])
            letters[start:end] = self._written(i, cases[i])
        for found in _DOTTED.finditer(self.text, self.start, self.end):
            start, end = (place - self.start for place in found.span())
            letters[start:end] = _small(found.group())
        return "".join(letters)

    def _has_verb(self, cases: Sequence[Case]) -> bool:
        """Tell whether a headline says something: a verb stands inside it, without its capital."""
        inside = [i for i in range(1, len(cases) - 1) if cases[i] is Case.SMALL]
        return any(
            _may_be_verb(self.lowers[i])
            or (self.words[i].endswith("s") and Case.SMALL not in (cases[i - 1], cases[i + 1]))
            for i in inside
        )

    def _written(self, i: int, case: Case) -> str:
        """Return a word in its case; the first of a sentence has a capital."""
        word = self.words[i]
        if self._is_ending(i) or self._is_particle(i):
            return _small(word)
        if self._stays(i):
            return word
        if case is Case.SMALL and not self.opens(i):
            return _small(word)
        return _titled(word) if _is_loud(word) and case is not Case.CAPITALS else word

    def _stays(self, i: int) -> bool:
        """Tell an initial, the speaker's "I", and what has a digit ("G20")."""
        word = self.words[i]
        if len(word) > 1:
            return word[0].isalpha() and not word.isalpha()
        return word == "I" or "".join(self.words[i + 1 : i + 2]) == "."

    def _is_ending(self, i: int) -> bool:
        """Tell the "S" of "RUTH'S"."""
        joined = i > 1 and self.words[i - 1] in _APOSTROPHES and self._touches(i)
        return joined and self.lowers[i] in _ENDINGS

    def _is_particle(self, i: int) -> bool:
        """Tell the "VON" of "CARL VON SCHUBERT"."""
        return self.lowers[i] in load_lexicons().words["particle"] and not self.opens(i)


def _is_cut_short(word: str) -> bool:
    """Tell a letter, or a word that is mostly cut short, before a stop."""
    return len(word) == 1 or word in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    """Return the words, in small letters, that have a stop of their own."""
    classes = load_lexicons().words
    return frozenset(word.lower().rstrip(".") for kind in _CUT_SHORT for word in classes[kind])


def _may_be_verb(word: str) -> bool:
    """Tell "arrest", "arrests" and "hired"."""
    return word.endswith("ed") or word in _verbs() or word.removesuffix("s") in _verbs()


@cache
def _verbs() -> frozenset[str]:
    """Return the verbs, not auxiliary ones, that kg's lists know."""
    lexicons = load_lexicons()
    said = (word for kind, words in lexicons.status.items() if "verb:" in kind for word in words)
    return frozenset([*lexicons.verbs.values(), *said])


def _is_no_acronym(word: str) -> bool:
    """Tell a word, given in small letters, that texts know and seldom write in capitals."""
    small, title, capitals = load_case_model().forms.counts_of(word)
    return len(word) > SHORTEST_ACRONYM and small + title >= SELDOM * (capitals + 1)


def _is_loud(word: str) -> bool:
    """Tell a word of several letters, all of them capitals.

    >>> [_is_loud(word) for word in ("LUND", "McDONALD", "20TH", "A", "MPs")]
    [True, True, True, False, False]
    """
    return _MC.sub("MC", word).isupper() and sum(map(str.isalpha, word)) > 1


def _titled(word: str) -> str:
    """Return a word with the capitals of a name.

    >>> [_titled(word) for word in ("LUND", "MCDONALD", "GMBH")]
    ['Lund', 'McDonald', 'GmbH']
    """
    small = _small(word)
    inner = 2 if _MC.match(word) else 0
    usual = small[:inner].capitalize() + word[inner] + small[inner + 1 :]
    return load_case_model().forms.spelt.get(small, usual)


def _small(word: str) -> str:
    """Return a word in small letters, each of which stands for one."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
