"""Whose words a quotation is, where a footnote says so.

“one of the biggest setbacks”[2], with the note "Oral evidence – Foreign Secretary",
is the Foreign Secretary's phrase. A note that only cites (it holds no clause) names the
source of the quotation that its mark stands behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.reading.grammar import NOUN_POS, SUBJECTS, Syntax
from kg.reading.mentions.groups import Mentions
from kg.reading.status.quotations import quotation_pairs
from kg.reading.status.values import Speaker
from kg.records import Footnote, Offsets
from kg.vocabulary import BODIES

Locate = Callable[[Sequence[int]], tuple[Offsets, ...]]

SOURCES = BODIES | {"Person", "Role", "Group"}
NEAR = 2
"""Characters between a closing quotation mark and its note's mark: a full stop, a space."""


def find_note_sources(
    syntax: Syntax, mentions: Mentions, notes: Sequence[Footnote], locate: Locate
) -> Mapping[int, Speaker]:
    """Return who is quoted at each token of a quotation that a note gives the source of."""
    marked = {note.mark[0]: note for note in notes if note.mark is not None}
    if not marked:
        return {}
    firsts = [_first(locate, first) for first, _ in syntax.sentences]
    found: dict[int, Speaker] = {}
    for start, end in quotation_pairs(syntax):
        spans = locate((end,)) if end < len(syntax) else ()
        near = (marked.get(spans[-1][1] + gap) for gap in range(NEAR + 1)) if spans else iter(())
        note = next((n for n in near if n is not None), None)
        tokens = list(_tokens(syntax, firsts, locate, note)) if note else []
        speaker = _source(syntax, mentions, tokens)
        if speaker is not None:
            found |= dict.fromkeys(range(start, end), speaker)
    return found


def _first(locate: Locate, token: int) -> int:
    spans = locate((token,))
    return spans[0][0] if spans else -1


def _tokens(syntax: Syntax, firsts: Sequence[int], locate: Locate, note: Footnote) -> Iterator[int]:
    """Yield the tokens of a note; notes are parsed after the text that calls them."""
    number = max(range(len(firsts)), key=lambda n: (firsts[n] <= note.start, firsts[n]), default=0)
    number = firsts.index(note.start) if note.start in firsts else number
    for first, last in syntax.sentences[number : number + 3]:
        for i in range(first, last):
            spans = locate((i,))
            if spans and note.start <= spans[0][0] < note.end:
                yield i


def _source(syntax: Syntax, mentions: Mentions, tokens: Sequence[int]) -> Speaker | None:
    """Return who is cited: the first person, role or body that the note names."""
    if not tokens or any(syntax.child(i, SUBJECTS) is not None for i in tokens):
        return None
    named = [i for i in tokens if i in mentions.at_head and mentions.at_head[i].type in SOURCES]
    nouns = [
        i for i in tokens
        if syntax.pos[i] in NOUN_POS and syntax.deps[i] != "compound" and not syntax.is_time(i)
    ]  # fmt: skip
    later = [i for i in nouns if syntax.pos[i] == "PROPN" and i != nouns[0]]
    head = next(iter([*named, *later, *nouns]), None)
    cue = next((i for i in nouns if i != head), tokens[0])
    return Speaker(head, cue) if head is not None else None
