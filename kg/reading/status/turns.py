"""Who speaks at each token of a turn, as the document's layout tells it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.reading.grammar import Syntax
from kg.reading.mentions.groups import span_head
from kg.reading.status.values import Speaker
from kg.records import Offsets, Turn


class Voice(NamedTuple):
    """Who speaks at a token, the outermost first, and the head of whom "you" means there."""

    speakers: tuple[Speaker, ...]
    addressee: int | None = None


def find_voices(
    turns: Sequence[Turn],
    labels: Mapping[Offsets, range],
    starts: Sequence[int],
    syntax: Syntax,
) -> Mapping[int, Voice]:
    """Return the voice of each token inside a turn.

    ``labels`` tells the tokens of each label, ``starts`` where each token begins in the
    document, in reading order; below 0 for one that stands nowhere.
    """
    heads = {span: span_head(syntax, tokens[0], tokens[-1] + 1) for span, tokens in labels.items()}
    silent = {i for tokens in labels.values() for i in tokens}
    voices: dict[int, Voice] = {}
    openings: dict[Turn, int] = {}
    for i, around in _tokens_in_turns(turns, starts):
        if i not in silent:
            speakers = tuple(_speaker(turn, heads, openings.setdefault(turn, i)) for turn in around)
            inner = around[-1].addressee
            voices[i] = Voice(speakers, heads.get(inner) if inner else None)
    return voices


def _speaker(turn: Turn, heads: Mapping[Offsets, int], first: int) -> Speaker:
    """Return who speaks in a turn; its first word tells so where nothing names them."""
    head = heads.get(turn.label) if turn.label else None
    return Speaker(head, first if head is None else head)


def _tokens_in_turns(
    turns: Sequence[Turn], starts: Sequence[int]
) -> Iterator[tuple[int, Sequence[Turn]]]:
    """Yield each token inside a turn, with the turns around it, the outermost first."""
    following = deque(sorted(turns, key=lambda turn: (turn.start, -turn.end)))
    around: list[Turn] = []
    for i in _in_reading_order(starts):
        while following and following[0].start <= starts[i]:
            around.append(following.popleft())
        around = [open_ for open_ in around if starts[i] < open_.end]
        if around:
            yield i, around


def _in_reading_order(starts: Sequence[int]) -> list[int]:
    """Return the tokens that stand in the document, as they stand there."""
    return sorted((i for i, start in enumerate(starts) if start >= 0), key=starts.__getitem__)
