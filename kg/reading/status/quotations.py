"""Whose words stand between quotation marks, in one sentence or across several.

What is quoted is never the document's own voice. Its speaker is the subject of a verb
of saying beside the quotation, in the sentences where it begins and ends, or whoever was
quoted just before; a quotation that holds a clause and has neither is still somebody's,
whom nobody names. A few words in marks ("one of the biggest setbacks") are a way of
putting it, and no speech.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from kg.lexicons import Lexicons
from kg.reading.grammar import SUBJECTS, Syntax
from kg.reading.status.values import FIRST_PERSON, Speaker

OPENING, CLOSING, EITHER = frozenset("“„«"), frozenset("”»"), frozenset('"')
MARKS = OPENING | CLOSING | EITHER
LONGEST = 400
"""Tokens; a mark that is not closed within so many is taken for a stray one."""
LONGEST_ASIDE = 6
"""Words between the commas of "Z, its neighbours say, does"."""
_NAMING_POS = frozenset({"NOUN", "PROPN", "PRON"})
_ASIDE_POS = _NAMING_POS | {"DET", "ADJ", "NUM", "PART", "CCONJ"}
_HAVE = frozenset({"have", "has", "had"})
_SAYING = ("verb:say", "verb:ask", "verb:deny", "verb:believe")


def is_saying(syntax: Syntax, classes: Mapping[str, frozenset[str]], i: int) -> bool:
    """Tell a word whose lemma is that of a verb of saying, asking, denying or believing."""
    lemma = syntax.lemmas[i].lower()
    return any(lemma in classes[kind] for kind in _SAYING)


def find_quotations(
    syntax: Syntax, lexicons: Lexicons, subject_of: Callable[[int], int | None]
) -> Mapping[int, Speaker]:
    """Return who speaks at each token inside a quotation that holds a clause or its verb.

    ``subject_of`` gives the head token of who speaks, for a verb of saying.
    """
    spans = [
        span
        for span in quotation_pairs(syntax)
        if holds_clause(syntax, *span) or _holds_verb(syntax, *span)
    ]
    quoted = {i for start, end in spans for i in range(start, end)}
    speakers = dict(_asides(syntax, lexicons))
    before: tuple[int, Speaker] | None = None
    for start, end in spans:
        speaker = _speaker(syntax, lexicons, (start, end), quoted, subject_of)
        if speaker.head is None and before and syntax.sentence_at(start)[0] <= before[0]:
            speaker = before[1]
        speakers |= dict.fromkeys(range(start, end), speaker)
        before = syntax.sentence_at(end - 1)[1], speaker
    return speakers


def _asides(syntax: Syntax, lexicons: Lexicons) -> Iterator[tuple[int, Speaker]]:
    """Yield who speaks in "Z, its neighbours say, does": nothing but who says so between commas.

    The parser often takes such words for the main clause.
    """
    for first, last in syntax.sentences:
        commas = [i for i in range(first, last) if syntax.words[i] == ","]
        for start, end in pairwise(commas):
            speaker = _aside_speaker(syntax, lexicons, start + 1, end)
            if speaker is not None and start > first:
                outside = (i for i in range(first, last) if not start < i < end)
                yield from ((i, speaker) for i in outside)


def _aside_speaker(syntax: Syntax, lexicons: Lexicons, start: int, end: int) -> Speaker | None:
    """Return who speaks where the words are a short subject and a verb of saying, in any order."""
    if not 2 <= end - start <= LONGEST_ASIDE:
        return None
    verbs = [i for i in range(start, end) if syntax.pos[i] == "VERB"]
    if len(verbs) != 1 or not _says_so(syntax, lexicons, verbs[0]):
        return None
    others = [i for i in range(start, end) if syntax.pos[i] not in {"VERB", "AUX", "ADV"}]
    nouns = [i for i in others if syntax.pos[i] in _NAMING_POS]
    edge = all(i < verbs[0] for i in others) or all(i > verbs[0] for i in others)
    if not nouns or not edge or not all(syntax.pos[i] in _ASIDE_POS for i in others):
        return None
    nobody = syntax.lowers[nouns[-1]] in FIRST_PERSON | {"which", "who"}
    return None if nobody else Speaker(nouns[-1], verbs[0])


def _says_so(syntax: Syntax, lexicons: Lexicons, verb: int) -> bool:
    """Tell "say", "have said", "believed", which a sentence may hold between commas."""
    lemma = syntax.lemmas[verb].lower()
    saying = any(lemma in lexicons.status[kind] for kind in ("verb:say", "verb:believe"))
    perfect = syntax.tags[verb] == "VBN" and syntax.near(syntax.lowers, verb - 1) in _HAVE
    return saying and (syntax.tags[verb] in {"VBD", "VBZ", "VBP"} or perfect)


def quotation_pairs(syntax: Syntax) -> Iterator[tuple[int, int]]:
    """Yield (token after the opening mark, closing mark) of each quotation.

    One may stand inside another of its paragraph ("She said 'no' to me"); an opening mark
    that is not closed before the next paragraph opens another is forgotten.
    """
    opened: list[int] = []
    marks = ((i, word) for i, word in enumerate(syntax.words) if word in MARKS)
    for i, word in marks:
        while opened and i - opened[-1] > LONGEST:
            opened.pop()
        if word in CLOSING or (word in EITHER and not _opens(syntax, i, bool(opened))):
            if opened:
                yield opened.pop() + 1, i
        elif opened and _is_next_paragraph(syntax, opened[-1], i):
            opened = [i]
        else:
            opened.append(i)


def _is_next_paragraph(syntax: Syntax, first: int, last: int) -> bool:
    """Tell whether an empty line parts two tokens."""
    return any(map(syntax.opens_paragraph, range(first + 1, last + 1)))


def _opens(syntax: Syntax, i: int, is_open: bool) -> bool:
    """Tell an opening straight mark from a closing one by the space beside it."""
    before, after = not syntax.is_glued(i), not syntax.is_glued(i + 1)
    return before if before != after else not is_open


def _holds_verb(syntax: Syntax, start: int, end: int) -> bool:
    """Tell 'people "literally hate each other"': a verb in marks is somebody's word."""
    finite = (i for i in range(start, end) if syntax.tags[i] in {"VBZ", "VBP", "VBD"})
    return any(syntax.child(i, SUBJECTS) is not None for i in finite)


def holds_clause(syntax: Syntax, start: int, end: int) -> bool:
    """Tell speech from words put in marks: it has a verb with a subject of its own."""
    return any(
        syntax.pos[i] in {"VERB", "AUX"} and any(start <= c < end for c in syntax.all(i, SUBJECTS))
        for i in range(start, end)
    )


def _speaker(
    syntax: Syntax,
    lexicons: Lexicons,
    quotation: tuple[int, int],
    quoted: set[int],
    subject_of: Callable[[int], int | None],
) -> Speaker:
    """Return who says it: the subject of the nearest verb of saying outside all marks."""
    start, end = quotation
    first = syntax.sentence_at(start)[0]
    last = syntax.sentence_at(end)[1]
    verbs = [
        i
        for i in range(first, last)
        if i not in quoted
        and syntax.pos[i] == "VERB"
        and is_saying(syntax, lexicons.status, i)
        and subject_of(i) not in quoted | {None}
    ]
    if not verbs:
        return Speaker(None, start - 1)
    nearest = min(verbs, key=lambda i: (min(abs(i - start), abs(i - end)), i))
    return Speaker(subject_of(nearest), nearest)
