"""Whose a statement is: the paragraph after "Z said:", and those that go on as "I" and "we"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.lexicons import Lexicons
from kg.reading.grammar import Syntax, word_set
from kg.reading.status.quotations import SubjectOf, is_saying
from kg.reading.status.values import FIRST_PERSON, Speaker

_SPEAKING = FIRST_PERSON | word_set("me my us our")
Block = tuple[int, int]


def find_statements(
    syntax: Syntax, lexicons: Lexicons, subject_of: SubjectOf
) -> Mapping[int, Speaker]:
    """Return who speaks at each token of a statement that a paragraph before it introduces."""
    blocks = list(_blocks(syntax))
    speakers: dict[int, Speaker] = {}
    for start, end, speaker in _statements(syntax, lexicons, blocks, subject_of):
        speakers |= dict.fromkeys(range(start, end), speaker)
    return speakers


def _blocks(syntax: Syntax) -> Iterator[Block]:
    """Yield the paragraphs, between which the analysis text leaves an empty line."""
    opened = [i for i in range(len(syntax)) if syntax.opens_paragraph(i)]
    yield from pairwise([*opened, len(syntax)])


def _statements(
    syntax: Syntax, lexicons: Lexicons, blocks: Sequence[Block], subject_of: SubjectOf
) -> Iterator[tuple[int, int, Speaker]]:
    """Yield the paragraph after one that ends in "Z said:", and those that go on as "I"."""
    for n, (first, last) in enumerate(blocks[:-1]):
        speaker = _introduced(syntax, lexicons, first, last, subject_of)
        if speaker is None:
            continue
        end = n + 2
        while end < len(blocks) and _has_word(syntax, blocks[end], _SPEAKING):
            end += 1
        yield blocks[n + 1][0], blocks[end - 1][1], speaker


def _introduced(
    syntax: Syntax, lexicons: Lexicons, first: int, last: int, subject_of: SubjectOf
) -> Speaker | None:
    """Return who is about to speak: the subject of a verb of saying before a last colon."""
    if syntax.near(syntax.words, last - 1) != ":":
        return None
    first = max(first, syntax.sentence_at(last - 1)[0])
    for i in reversed(range(first, last)):
        if syntax.pos[i] == "VERB" and is_saying(syntax, lexicons.status, i):
            subject = subject_of(i)
            return None if subject is None else Speaker(subject, i)
    return None


def _has_word(syntax: Syntax, block: Block, words: frozenset[str]) -> bool:
    return any(syntax.lowers[i] in words for i in range(*block))
