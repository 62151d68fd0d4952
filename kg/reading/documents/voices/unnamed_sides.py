"""Find the answers of an interview that is printed without names.

Where questions to "you" are followed by answers of an "I", again and again, the answers are
somebody's whom nobody names there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.spoken import Spoken
from kg.records import Turn

LEAST_ANSWERS, LEAST_MARKED = 3, 2
"""Answers of an "I", fewer where all questions are set in bold."""
LONGEST_BETWEEN = 10
"""Paragraphs to one answer, at most."""
_SPEAKING = re.compile(r"\b(?:I|me|[Mm]y)\b")
_ADDRESSED = re.compile(r"\byour?\b", re.IGNORECASE)
_ASKS = re.compile(r"\?[\"'”’)*_]*$")
Block = Sequence[Line]


def find_answers(lines: Sequence[Line]) -> Spoken | None:
    """Return the answers as turns of somebody without a name; None for no interview."""
    blocks = list(_blocks(lines))
    asks = [_asks(block) for block in blocks]
    asked = [n for n, (asking, next_asks) in enumerate(pairwise(asks)) if asking and not next_asks]
    if not asked or not _is_interview(blocks, asked):
        return None
    turns = []
    for n, after in zip(asked, [*asked[1:], asked[-1] + 2], strict=True):
        turns.append(Turn(blocks[n + 1][0].start, blocks[after - 1][-1].end))
    return Spoken(tuple(lines), tuple(turns))


def _asks(block: Block) -> bool:
    """Tell a question that is no heading of a list of questions which the author answers."""
    return _ASKS.search(block[-1].text) is not None and not block[0].text.startswith("#")


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the lines in paragraphs, between which stand empty lines."""
    starts = [n for n, line in enumerate(lines) if line.blank_before or n == 0]
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


def _is_interview(blocks: Sequence[Block], asked: Sequence[int]) -> bool:
    """Tell questions to "you" with answers of an "I" that come again and again."""
    answered = sum(_has(blocks[n + 1], _SPEAKING) for n in asked)
    addressed = sum(_has(blocks[n], _ADDRESSED) for n in asked)
    if answered * 2 < len(asked) or answered * LONGEST_BETWEEN < len(blocks):
        return False
    if all(_is_marked(blocks[n]) for n in asked):
        return answered >= LEAST_MARKED and addressed > 0
    return min(answered, addressed) >= LEAST_ANSWERS


def _is_marked(block: Block) -> bool:
    """Tell a question in bold or italics."""
    return block[0].text.startswith(("*", "_")) and block[-1].text.endswith(("*", "_"))


def _has(block: Block, words: re.Pattern[str]) -> bool:
    return any(words.search(line.text) for line in block)
