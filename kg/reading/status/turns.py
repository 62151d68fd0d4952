"""Whose words whole paragraphs are: turns of a transcript, a statement after "Z said:".

"MILLER: I did. It was late." is Miller's, and so is what follows until somebody else
speaks; a paragraph after "The minister said:" is the minister's, and those after it while
they go on in the first person; "― Ada Okoro" under a paragraph tells whose it is. Where
questions to "you" are followed by answers of an "I", as interviews are printed, the answers
are somebody's whom nobody names there. None of it is the document's own voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.lexicons import Lexicons
from kg.reading.grammar import VERB_POS, Syntax, word_set
from kg.reading.status.quotations import CLOSING, SubjectOf, holds_clause, is_saying
from kg.reading.status.values import FIRST_PERSON, Speaker
from kg.reading.status.word_classes import is_of

LONGEST_LABEL = 6
"""Words before the colon of "JUDGE MILLER: You may go on"."""
LONGEST_SIGNATURE = 10
"""Words of a line that tells only whose the words above are."""
LEAST_TURNS = 3
"""Labels, or questions, that make a text a transcript."""
LONGEST_BETWEEN = 10
"""Paragraphs to one label, or one answer, at most: the labels of a long report, three misread
headers among them, would put all that follows into somebody's mouth."""
_SPEAKING = FIRST_PERSON | word_set("me my us our")
_ADDRESSED = word_set("you your")
_DASHES = frozenset("―—–-") | {"--"}
_BRACKETS = frozenset("([")
_ENDS_TEXT = frozenset(".?!:")
_ENDS_QUOTATION = CLOSING | {'"'}

Block = tuple[int, int]


class _Label(NamedTuple):
    """What names a speaker: its first token, its head, and the token of the colon."""

    start: int
    head: int
    colon: int


def find_turns(syntax: Syntax, lexicons: Lexicons, subject_of: SubjectOf) -> Mapping[int, Speaker]:
    """Return who speaks at each token that is a speaker's turn, a statement or an answer."""
    blocks = list(_blocks(syntax))
    speakers: dict[int, Speaker] = dict(_answers(syntax, blocks))
    for start, end, speaker in (
        *_statements(syntax, lexicons, blocks, subject_of),
        *_signed(syntax, blocks),
        *_labelled(syntax, lexicons, blocks),
    ):
        speakers |= dict.fromkeys(range(start, end), speaker)
    return speakers


def _blocks(syntax: Syntax) -> Iterator[Block]:
    """Yield the paragraphs, between which the analysis text leaves an empty line."""
    opened = [i for i in range(len(syntax)) if syntax.opens_paragraph(i)]
    yield from pairwise([*opened, len(syntax)])


# --- labels ------------------------------------------------------------------------


def _labelled(
    syntax: Syntax, lexicons: Lexicons, blocks: Sequence[Block]
) -> Iterator[tuple[int, int, Speaker]]:
    """Yield the turns that labels open ("MILLER: I did").

    In a transcript a turn lasts until the next label, elsewhere to the end of the
    paragraph that a person's name opens, or of the sentence.
    """
    labels = list(_labels(syntax, lexicons, blocks))
    asking = lexicons.words["asking_label"]
    counts = Counter(_words(syntax, label) for label in labels)
    if _is_transcript(counts, asking, len(blocks)):
        ends: Iterator[int | None] = iter(_ends_in_transcript(labels, blocks))
    else:
        persons = {label for label in labels if _is_person(syntax, asking, label)}
        ends = _ends_in_report(syntax, labels, persons, dict(blocks))
    for label, end in zip(labels, ends, strict=True):
        if end is not None:
            yield label.colon + 1, end, Speaker(label.head, label.colon)


def _ends_in_transcript(labels: Sequence[_Label], blocks: Sequence[Block]) -> Sequence[int]:
    """Return where the turns end: at the next label, the last with its paragraph."""
    last = next(end for start, end in blocks if start <= labels[-1].start < end)
    return [*(label.start for label in labels[1:]), last]


def _ends_in_report(
    syntax: Syntax,
    labels: Sequence[_Label],
    persons: Collection[_Label],
    ends: Mapping[int, int],
) -> Iterator[int | None]:
    """Yield where a person's turn ends, or a sentence that holds a clause; None for no turn.

    ``ends`` maps the first token of each paragraph to the token after its last.
    """
    following = [*(label.start for label in labels[1:]), len(syntax)]
    for label, after in zip(labels, following, strict=False):
        sentence_end = syntax.sentence_at(label.colon + 1)[1]
        if label.start in ends and label in persons:
            yield min(ends[label.start], after)
        elif holds_clause(syntax, label.colon + 1, sentence_end):
            yield sentence_end
        else:
            yield None


def _labels(syntax: Syntax, lexicons: Lexicons, blocks: Sequence[Block]) -> Iterator[_Label]:
    """Yield what opens a sentence or a paragraph, ends in a colon and names a speaker."""
    before = -1
    for first in sorted({start for start, _ in (*syntax.sentences, *blocks)}):
        words = syntax.words[first : first + LONGEST_LABEL + 1]
        colon = first + words.index(":") if ":" in words else -1
        if colon > before and _names_speaker(syntax, lexicons, first, colon):
            yield _Label(first, colon - 1, colon)
            before = colon


def _names_speaker(syntax: Syntax, lexicons: Lexicons, first: int, colon: int) -> bool:
    """Tell a name, a role or a body before a colon, all in capitalised words."""
    if first >= colon:
        return False
    lemma = syntax.near(syntax.lemmas, colon - 1).lower()
    if is_of(lexicons.status, lemma, "noun:say", "noun:want", "noun:unsure"):
        return True
    if syntax.near(syntax.words, first - 1) in _BRACKETS:
        return False
    words = syntax.words[first:colon]
    known = _is_somebody(lexicons, words[-1], lemma) or _is_named(syntax, range(first, colon))
    return known and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _is_somebody(lexicons: Lexicons, word: str, lemma: str) -> bool:
    """Tell the last word of "Peru", "The Minister", "Q", "The Committee", "Teachers"."""
    last = word.lower()
    speaker = is_of(lexicons.words, last, "asking_label", "role") or last in lexicons.heads
    return speaker or word in lexicons.places or lemma in lexicons.living


def _is_named(syntax: Syntax, tokens: range) -> bool:
    """Tell "Ada Okoro", "OKORO"."""
    return any(syntax.pos[i] == "PROPN" or syntax.words[i].isupper() for i in tokens)


def _is_transcript(counts: Counter[str], asking: Collection[str], blocks: int) -> bool:
    """Tell a text in which labels come again and again from one with a colon here and there."""
    again = sum(count for count in counts.values() if count > 1)
    asked = counts.total() > 1 and any(word in asking for word in counts)
    often = again * LONGEST_BETWEEN >= blocks
    return often and (again >= LEAST_TURNS or asked)


def _words(syntax: Syntax, label: _Label) -> str:
    return " ".join(syntax.lowers[label.start : label.colon])


def _is_person(syntax: Syntax, asking: Collection[str], label: _Label) -> bool:
    """Tell "Ada Okoro", "MR. OKORO" and "Q" from "Note" and "BACKGROUND"."""
    tokens = range(label.start, label.colon)
    names = len(tokens) > 1 and all(syntax.pos[i] in {"PROPN", "PUNCT"} for i in tokens)
    return names or _words(syntax, label) in asking


# --- statements and signatures -----------------------------------------------------------


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


def _signed(syntax: Syntax, blocks: Sequence[Block]) -> Iterator[tuple[int, int, Speaker]]:
    """Yield the paragraph above a line such as "― Ada Okoro", and the words before it."""
    for n, (first, last) in enumerate(blocks):
        before = blocks[n - 1] if n > 0 else (first, first)
        start = _signature(syntax, (first, last), before)
        if start is None or not _is_signature(syntax, start, last):
            continue
        speaker = Speaker(_name_head(syntax, start, last), start)
        yield *((first, start) if start > first else before), speaker


def _signature(syntax: Syntax, block: Block, before: Block) -> int | None:
    """Return where a line may be signed: at a dash, or at its start after a quotation."""
    first, last = block
    ends = range(max(first, last - LONGEST_SIGNATURE), last)
    quoted = syntax.near(syntax.words, before[1] - 1) in _ENDS_QUOTATION
    return next((i for i in ends if _is_dash(syntax, i)), first if quoted else None)


def _is_dash(syntax: Syntax, i: int) -> bool:
    """Tell a dash after a full sentence, or one that opens a line."""
    if syntax.words[i] not in _DASHES:
        return False
    before = syntax.near(syntax.words, i - 1)
    opens = syntax.opens_paragraph(i)
    return opens or before in {".", "!", "?", *_ENDS_QUOTATION}


def _is_signature(syntax: Syntax, start: int, last: int) -> bool:
    """Tell a name, with perhaps a role or a work behind it, and nothing else."""
    tokens = [i for i in range(start, last) if syntax.words[i] not in _DASHES]
    if (
        not 0 < len(tokens) <= LONGEST_SIGNATURE
        or syntax.near(syntax.words, last - 1) in _ENDS_TEXT
    ):
        return False
    verbs = any(syntax.pos[i] in VERB_POS for i in tokens)
    return not verbs and syntax.pos[tokens[0]] == "PROPN"


def _name_head(syntax: Syntax, start: int, last: int) -> int:
    """Return the last word of the name that a signature opens with."""
    names = [i for i in range(start, last) if syntax.words[i] not in _DASHES]
    head = names[0]
    for i in names[1:]:
        if syntax.pos[i] != "PROPN":
            break
        head = i
    return head


# --- questions and answers ---------------------------------------------------------------


def _answers(syntax: Syntax, blocks: Sequence[Block]) -> Iterator[tuple[int, Speaker]]:
    """Yield who speaks in the answers of an interview that is printed without names."""
    asks = [_asks(syntax, block) for block in blocks]
    asked = [n for n, (asking, next_asks) in enumerate(pairwise(asks)) if asking and not next_asks]
    if not _is_interview(syntax, blocks, asked):
        return
    for n, after in zip(asked, [*asked[1:], asked[-1] + 2], strict=True):
        first, last = blocks[n + 1][0], blocks[after - 1][1]
        yield from dict.fromkeys(range(first, last), Speaker(None, first)).items()


def _is_interview(syntax: Syntax, blocks: Sequence[Block], asked: Sequence[int]) -> bool:
    """Tell questions to "you" with answers of an "I" that come again and again."""
    answered = sum(_has_word(syntax, blocks[n + 1], _SPEAKING) for n in asked)
    addressed = sum(_has_word(syntax, blocks[n], _ADDRESSED) for n in asked)
    often = answered * 2 >= len(asked) and answered * LONGEST_BETWEEN >= len(blocks)
    return often and min(answered, addressed) >= LEAST_TURNS


def _asks(syntax: Syntax, block: Block) -> bool:
    return syntax.near(syntax.words, block[1] - 1) == "?"


def _has_word(syntax: Syntax, block: Block, words: frozenset[str]) -> bool:
    return any(syntax.lowers[i] in words for i in range(*block))
