"""Whose words whole paragraphs are: turns of a transcript, a statement after "Z said:".

"MILLER: I did. It was late." is Miller's, and so is what follows until somebody else
speaks; a paragraph after "The minister said:" is the minister's, and those after it while
they go on in the first person; "― Ada Okoro" under a paragraph tells whose it is. Where
questions to "you" are followed by answers of an "I", as interviews are printed, the answers
are somebody's whom nobody names there. None of it is the document's own voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.lexicons import Lexicons
from kg.reading.grammar import Syntax, word_set
from kg.reading.status.quotations import CLOSING, holds_clause, is_saying
from kg.reading.status.values import Speaker

LONGEST_LABEL = 6
"""Words before the colon of "JUDGE MILLER: You may go on"."""
LONGEST_SIGNATURE = 10
"""Words of a line that tells only whose the words above are."""
LEAST_TURNS = 3
"""Labels, or questions, that make a text a transcript."""
LONGEST_BETWEEN = 10
"""Paragraphs to one label, or one answer, at most: the labels of a long report, three misread
headers among them, would put all that follows into somebody's mouth."""
_ASKING_LABELS = word_set("q a question answer interviewer reporter wn")
_SPEAKING = word_set("i me my we us our")
_ADDRESSED = word_set("you your")
_DASHES = frozenset("―—–-") | {"--"}
_ENDS_TEXT = frozenset(".?!:")
_ENDS_QUOTATION = CLOSING | {'"'}

SubjectOf = Callable[[int], int | None]
Block = tuple[int, int]


class _Label(NamedTuple):
    """What names a speaker: its first token, its head, and the token of the colon."""

    start: int
    head: int
    colon: int


def find_turns(syntax: Syntax, lexicons: Lexicons, subject_of: SubjectOf) -> Mapping[int, Speaker]:
    """Return who speaks at each token that is a speaker's turn, a statement or an answer.

    ``subject_of`` gives the head token of who speaks, for a verb of saying.
    """
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
    transcript = _is_transcript(syntax, labels, len(blocks))
    opened = dict(blocks)
    for n, label in enumerate(labels):
        last = syntax.sentence_at(label.colon + 1)[1]
        after = labels[n + 1].start if n + 1 < len(labels) else None
        if transcript:
            ends = (end for start, end in blocks if start <= label.start < end)
            last = after if after is not None else next(ends)
        elif label.start in opened and _is_person(syntax, label):
            last = min(opened[label.start], after or len(syntax))
        elif not holds_clause(syntax, label.colon + 1, last):
            continue
        yield label.colon + 1, last, Speaker(label.head, label.colon)


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
    words, lemma = syntax.words[first:colon], syntax.near(syntax.lemmas, colon - 1).lower()
    told = [lexicons.status[kind] for kind in ("noun:say", "noun:want", "noun:unsure")]
    if colon > first and any(lemma in kind for kind in told):
        return True
    if not words or not all(w[0].isupper() or not w[0].isalpha() for w in words):
        return False
    last = words[-1].lower()
    known = words[-1] in lexicons.places or last in _ASKING_LABELS
    known = known or last in lexicons.words["role"] or last in lexicons.heads
    known = known or lemma in lexicons.living
    in_brackets = syntax.near(syntax.words, first - 1) in {"(", "["}
    named = any(syntax.pos[i] == "PROPN" or syntax.words[i].isupper() for i in range(first, colon))
    return (known or named) and not in_brackets


def _is_transcript(syntax: Syntax, labels: Sequence[_Label], blocks: int) -> bool:
    """Tell a text in which labels come again and again from one with a colon here and there."""
    counts = Counter(_words(syntax, label) for label in labels)
    asked = any(word in _ASKING_LABELS for word in counts)
    again = sum(count for count in counts.values() if count > 1)
    often = again * LONGEST_BETWEEN >= blocks
    return often and (again >= LEAST_TURNS or (asked and len(labels) > 1))


def _words(syntax: Syntax, label: _Label) -> str:
    return " ".join(syntax.lowers[label.start : label.colon])


def _is_person(syntax: Syntax, label: _Label) -> bool:
    """Tell "Ada Okoro", "MR. OKORO" and "Q" from "Note" and "BACKGROUND"."""
    tokens = range(label.start, label.colon)
    names = len(tokens) > 1 and all(syntax.pos[i] in {"PROPN", "PUNCT"} for i in tokens)
    return names or _words(syntax, label) in _ASKING_LABELS


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
        dash = next(
            (i for i in range(max(first, last - LONGEST_SIGNATURE), last) if _is_dash(syntax, i)),
            None,
        )
        quoted = n > 0 and syntax.near(syntax.words, blocks[n - 1][1] - 1) in _ENDS_QUOTATION
        start = first if dash is None and quoted else dash
        if start is None or not _is_signature(syntax, start, last):
            continue
        speaker = Speaker(_name_head(syntax, start, last), start)
        if start > first:
            yield first, start, speaker
        elif n > 0:
            yield *blocks[n - 1], speaker


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
    verbs = any(syntax.pos[i] in {"VERB", "AUX"} for i in tokens)
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
    asked = [
        n
        for n, block in enumerate(blocks[:-1])
        if _asks(syntax, block) and not _asks(syntax, blocks[n + 1])
    ]
    answered = [n for n in asked if _has_word(syntax, blocks[n + 1], _SPEAKING)]
    addressed = sum(_has_word(syntax, blocks[n], _ADDRESSED) for n in asked)
    often = len(answered) * 2 >= len(asked) and len(answered) * LONGEST_BETWEEN >= len(blocks)
    if len(answered) < LEAST_TURNS or addressed < LEAST_TURNS or not often:
        return
    for n, after in zip(asked, [*asked[1:], asked[-1] + 2], strict=True):
        first, last = blocks[n + 1][0], blocks[after - 1][1]
        yield from ((i, Speaker(None, first)) for i in range(first, last))


def _asks(syntax: Syntax, block: Block) -> bool:
    return syntax.near(syntax.words, block[1] - 1) == "?"


def _has_word(syntax: Syntax, block: Block, words: frozenset[str]) -> bool:
    return any(syntax.lowers[i] in words for i in range(*block))
