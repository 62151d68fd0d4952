"""Whom "I" and "you" mean in a transcript: who speaks there, and who is spoken to.

The layout tells both (``kg/reading/status/turns.py``). A quotation inside a turn has an "I" of
its own, so that a sentence with quotation marks says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.reading.grammar import Syntax, word_set
from kg.reading.mentions.groups import TokenMention

SPEAKER, ADDRESSEE = word_set("i me my mine myself"), word_set("you your yours yourself")
SPEAKER_SCORE, ADDRESSEE_SCORE = 0.95, 0.8
"""By hand: of 86 read in transcripts and mails, 72 could be told, all right; "you" may be anybody
("you never know")."""


def speakers(
    mentions: Sequence[TokenMention],
    heads: Mapping[int, tuple[int | None, int | None]],
    syntax: Syntax,
) -> Iterator[TokenMention]:
    """Yield "I" and "you" as mentions of the people whose names label a turn.

    ``heads`` has, for tokens inside turns, the head of the label of who speaks and of whom it
    is said to.
    """
    named = {i: m for m in mentions if m.type == "Person" for i in range(m.start, m.end)}
    for i, (speaker, addressee) in heads.items():
        word = syntax.lowers[i]
        if word in SPEAKER:
            head, score = speaker, SPEAKER_SCORE
        elif word in ADDRESSEE:
            head, score = addressee, ADDRESSEE_SCORE
        else:
            continue
        person = named.get(head) if head is not None else None
        if person is not None and i not in named and not _is_quoted(syntax, i):
            yield replace(
                person, start=i, end=i + 1, head=i, kind="pronoun", label="",
                antecedent=(person.start, person.end), score=score,
            )  # fmt: skip


def _is_quoted(syntax: Syntax, i: int) -> bool:
    first, last = syntax.sentence_at(i)
    return '"' in syntax.words[first:last]
