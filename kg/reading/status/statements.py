"""Whose a statement is: the paragraph after "Z said:", and those that go on as "I" and "we".

So is a clause after a label in one sentence of a report ("The claim: Peru sold the ships",
"Tehran: Baku did it"). The labels of turns are found before the parse and do not come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.lexicons import Lexicons
from kg.reading.documents.voices.labels import can_be_source
from kg.reading.grammar import Syntax, word_set
from kg.reading.status.quotations import EITHER, OPENING, SubjectOf, holds_clause, is_saying
from kg.reading.status.values import FIRST_PERSON, Speaker
from kg.reading.status.word_classes import is_of

LONGEST_LABEL = 6
"""Words before the colon of "The clerk's verdict: Peru did it"."""
_AUTHORED = word_set("by from")
_BRACKETS = frozenset("([")
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
    for start, end, speaker in _labelled(syntax, lexicons):
        speakers |= dict.fromkeys(range(start, end), speaker)
    return speakers


def _labelled(syntax: Syntax, lexicons: Lexicons) -> Iterator[tuple[int, int, Speaker]]:
    """Yield the rest of each sentence that a label opens, if it holds a clause."""
    for first, last in syntax.sentences:
        words = syntax.words[first : min(first + LONGEST_LABEL + 1, last)]
        colon = first + words.index(":") if ":" in words else first
        # The parser may end the sentence at the colon.
        end = syntax.sentence_at(colon + 1)[1]
        named = colon > first and _names_source(syntax, lexicons, first, colon)
        if named and holds_clause(syntax, colon + 1, end):
            yield colon + 1, end, Speaker(colon - 1, colon)


def _names_source(syntax: Syntax, lexicons: Lexicons, first: int, colon: int) -> bool:
    """Tell a claim, plan or doubt, a name, a role or a body before a colon, in capitals."""
    last = colon - 1
    lemma = syntax.lemmas[last].lower()
    if lemma in lexicons.words["recorded_noun"] or syntax.is_time(last):
        return False
    if is_of(lexicons.status, lemma, "noun:say", "noun:want", "noun:unsure"):
        return True
    if syntax.near(syntax.words, first - 1) in _BRACKETS:
        return False
    known = can_be_source(syntax.words[last]) or can_be_source(lemma)
    return (known or "PROPN" in syntax.pos[first:colon]) and _in_title_case(
        syntax.words[first:colon]
    )


def _in_title_case(words: Sequence[str]) -> bool:
    """Tell words that all begin with a capital; a mark does not count."""
    return all(word[0].isupper() or not word[0].isalpha() for word in words)


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
        while end < len(blocks) and _goes_on(syntax, blocks[end]):
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
    return _author(syntax, lexicons, first, last)


def _author(syntax: Syntax, lexicons: Lexicons, first: int, last: int) -> Speaker | None:
    """Return whom "Statement by Ada Okoro:" names, a noun of saying that stands first."""
    said = is_of(lexicons.status, syntax.lemmas[first].lower(), "noun:say")
    for i in range(first, last):
        if said and syntax.lowers[i] in _AUTHORED:
            author = syntax.child(i, {"pobj"})
            return None if author is None else Speaker(author, i)
    return None


def _goes_on(syntax: Syntax, block: Block) -> bool:
    """Tell a paragraph of "I" and "we", or one that opens with a quotation mark again."""
    return syntax.words[block[0]] in OPENING | EITHER or _has_word(syntax, block, _SPEAKING)


def _has_word(syntax: Syntax, block: Block, words: frozenset[str]) -> bool:
    return any(syntax.lowers[i] in words for i in range(*block))
