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
        note = _note_behind(marked, locate((end,)))
        if note is None:
            continue
        speaker = _source(syntax, mentions, list(_tokens(syntax, firsts, locate, note)))
        if speaker is not None:
            found |= dict.fromkeys(range(start, end), speaker)
    return found


def _note_behind(marked: Mapping[int, Footnote], spans: Sequence[Offsets]) -> Footnote | None:
    """Return the note whose mark stands just behind a closing quotation mark's ``spans``."""
    places = [end + gap for _, end in spans[-1:] for gap in range(NEAR + 1)]
    return next((marked[place] for place in places if place in marked), None)


def _first(locate: Locate, token: int) -> int:
    spans = locate((token,))
    return spans[0][0] if spans else -1


def _tokens(syntax: Syntax, firsts: Sequence[int], locate: Locate, note: Footnote) -> Iterator[int]:
    """Yield the tokens of a note; notes are parsed after the text that calls them."""
    # No bisection: notes are parsed after the text, so places do not grow with the sentences.
    number = max(range(len(firsts)), key=lambda n: (firsts[n] <= note.start, firsts[n]), default=0)
    number = firsts.index(note.start) if note.start in firsts else number
    for first, last in syntax.sentences[number : number + 3]:
        for i in range(first, last):
            spans = locate((i,))
            if spans and note.start <= spans[0][0] < note.end:
                yield i


def _source(syntax: Syntax, mentions: Mentions, tokens: Sequence[int]) -> Speaker | None:
    """Return who is cited: the first person, role or body that the note names."""
    if _holds_clause(syntax, tokens):
        return None
    nouns = [i for i in tokens if _is_noun(syntax, i)]
    head = _cited(syntax, mentions, tokens, nouns)
    cue = next((i for i in nouns if i != head), next(iter(tokens), -1))
    return Speaker(head, cue) if head is not None else None


def _cited(
    syntax: Syntax, mentions: Mentions, tokens: Sequence[int], nouns: Sequence[int]
) -> int | None:
    """Return somebody whom a note names, or else its first name behind another noun, or a noun."""
    named = [i for i in tokens if _is_source(mentions, i)]
    # The first noun says what kind of source it is: "Oral evidence, Ada Okoro".
    later = [i for i in nouns[1:] if syntax.pos[i] == "PROPN"]
    return next(iter([*named, *later, *nouns]), None)


def _holds_clause(syntax: Syntax, tokens: Sequence[int]) -> bool:
    """Tell a note that says something from one that only cites."""
    return any(syntax.child(i, SUBJECTS) is not None for i in tokens)


def _is_source(mentions: Mentions, i: int) -> bool:
    """Tell the head of a mention of somebody who may be quoted."""
    return i in mentions.at_head and mentions.at_head[i].type in SOURCES


def _is_noun(syntax: Syntax, i: int) -> bool:
    """Tell the head noun of what a note cites: "evidence" of "Oral evidence, 7 February"."""
    head = syntax.pos[i] in NOUN_POS and syntax.deps[i] != "compound"
    return head and not syntax.is_time(i)
