"""Write words in capitals as running text has them: "POLICE ARRESTED OSKAR LUND".

The parser and the name model know a name by its capital, and make nothing of a text that has
no other letters. Where a stretch is all in capitals (a cable, a caption, a shouted sentence, a
name), its letters are made small one by one, so that every offset stays true; which of
them stay, ``case_model.py`` tells. A headline that has a capital on each word is treated alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

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
"""So many words in capitals in a row are no acronyms; two are enough where all are."""
LONGEST_NAME = 3
"""Words in capitals that may be one name ("HELEN MARSH said")."""
OWN_WEIGHT = 5
"""The document's own way to write a word counts for so many of other texts."""
LEAST_TITLED = 4
"""So many words make a headline, of which each longer one has a capital."""
SHORT_WORD = 3
"""Letters of words that need no capital in a headline."""
_OPENING = frozenset("\"'\u201c\u2018([")
_APOSTROPHES = frozenset("'\u2019")
_CUT_SHORT = ("title", "division", "citation_signal", "leading_abbreviation", "legal_form")
"""Classes of words with a stop of their own."""


def in_running_case(
    text: str, blocks: Sequence[Offsets], *, headings: Collection[Offsets] = ()
) -> str:
    """Return a text of the same length, with what stands in capitals as running text has it.

    >>> in_running_case("HELEN MARSH LEFT NATO.", [(0, 22)])
    'Helen Marsh left NATO.'
    """
    found = {span: block for span in blocks if (block := _raised(text, span, span in headings))}
    if not found:
        return text
    own = _own_forms(text, blocks, found)
    pieces, end = list[str](), 0
    for block in found.values():
        pieces += [text[end : block.start], block.rewritten(own)]
        end = block.end
    return "".join([*pieces, text[end:]])


def _raised(text: str, span: Offsets, heading: bool) -> _Block | None:
    """Return a block some words of which have capitals that running text does not give them."""
    if not heading and not _MAYBE.search(text, *span):
        return None
    block = _Block(text, *span, heading=heading)
    return block if block.raised else None


def _own_forms(
    text: str, blocks: Sequence[Offsets], found: Mapping[Offsets, _Block]
) -> Mapping[str, Counts]:
    """Return how the document writes words inside its sentences, where it raises them not."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for span in blocks:
        block = found.get(span) or _Block(text, *span)
        for i, word in enumerate(block.words):
            case = case_of(word)
            if case is not None and i not in block.raised and not block.opens(i):
                counts[word.lower()][case] += OWN_WEIGHT
    return {word: (c[0], c[1], c[2]) for word, c in counts.items()}


class _Block:
    """A paragraph of the text in words and marks."""

    def __init__(self, text: str, start: int, end: int, *, heading: bool = False) -> None:
        self.text, self.start, self.end, self.heading = text, start, end, heading
        self.spans = [found.span() for found in WORD.finditer(text, start, end)]
        self.words = [text[a:b] for a, b in self.spans]

    @cached_property
    def raised(self) -> frozenset[int]:
        """The words that stand in capitals, or with one, where running text may not write so."""
        if self.heading and self._is_headline():
            return frozenset(range(len(self.words)))
        return frozenset(i for run in self._runs() if self._is_shouted(run) for i in run)

    def _is_headline(self) -> bool:
        """Tell a line each longer word of which has a capital."""
        words = [word for word in self.words if word[0].isalpha()]
        longer = [word for word in words if len(word) > SHORT_WORD]
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
        words = [self.words[i].lower() for i in run if _is_loud(self.words[i])]
        if len(words) == 1 or len(words) >= LEAST_LOUD:
            return len(words) > 1
        named = len(words) <= LONGEST_NAME and words[0] in load_lexicons().given
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
        return self.words[i] in STOPS and (
            i + 1 == len(self.words) or self.spans[i][1] < self.spans[i + 1][0]
        )

    def opens(self, i: int) -> bool:
        """Tell whether a sentence begins with a word, behind no abbreviation's stop."""
        before = i - 1
        while before >= 0 and self.words[before] in _OPENING:
            before -= 1
        return before < 0 or (
            self.words[before] in STOPS
            and self.spans[before][1] < self.spans[i][0]
            and not self._is_abbreviation(before - 1)
        )

    def _is_abbreviation(self, i: int) -> bool:
        """Tell a letter, or a word that is mostly cut short, before a stop."""
        word = self.words[i].lower() if i >= 0 else ""
        classes = load_lexicons().words
        return len(word) == 1 or any(
            form in classes[kind] for kind in _CUT_SHORT for form in (word, f"{word}.")
        )

    def rewritten(self, own: Mapping[str, Counts]) -> str:
        """Return the block with its raised words as running text has them."""
        cases = load_case_model().cases([word.lower() for word in self.words], own)
        letters = list(self.text[self.start : self.end])
        for i in sorted(self.raised):
            start, end = (place - self.start for place in self.spans[i])
            letters[start:end] = self._written(i, cases[i])
        for found in _DOTTED.finditer(self.text, self.start, self.end):
            start, end = (place - self.start for place in found.span())
            letters[start:end] = _small(found.group())
        return "".join(letters)

    def _written(self, i: int, case: Case) -> str:
        """Return a word in its case; the first of a sentence has a capital."""
        word = self.words[i]
        if self._is_ending(i):
            return _small(word)
        if case is Case.SMALL and not self.opens(i) and not self._stays(i):
            return _small(word)
        return word if case is Case.CAPITALS or self._stays(i) else _titled(word)

    def _stays(self, i: int) -> bool:
        """Tell an initial, the speaker's "I", and what has a digit ("G20")."""
        word = self.words[i]
        if len(word) > 1:
            return word[0].isalpha() and not word.isalpha()
        return word == "I" or "".join(self.words[i + 1 : i + 2]) == "."

    def _is_ending(self, i: int) -> bool:
        """Tell the "S" of "RUTH'S"."""
        joined = i > 1 and self.words[i - 1] in _APOSTROPHES
        return (
            joined
            and self.spans[i - 1][1] == self.spans[i][0]
            and self.words[i].lower() in _ENDINGS
        )


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
