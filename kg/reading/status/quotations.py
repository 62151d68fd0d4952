"""Whose words stand between quotation marks, in one sentence or across several.

What is quoted is never the document's own voice. Its speaker is the subject of a verb
of saying beside the quotation, in the sentences where it begins and ends, or whoever was
quoted just before; a quotation that holds a clause and has neither is still somebody's,
whom nobody names. A few words in marks ("one of the biggest setbacks") are a way of
putting it, and no speech.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.lexicons import Lexicons
from kg.reading.grammar import SUBJECTS, TENSED_TAGS, VERB_POS, Syntax
from kg.reading.status.values import FIRST_PERSON, Speaker
from kg.reading.status.word_classes import Classes, is_of

OPENING, CLOSING, EITHER = frozenset("“„«"), frozenset("”»"), frozenset('"')
MARKS = OPENING | CLOSING | EITHER
LONGEST = 400
"""Tokens; a mark that is not closed within so many is taken for a stray one."""
LONGEST_ASIDE = 6
"""Words between the commas of "Z, its neighbours say, does"."""
_NAMING_POS = frozenset({"NOUN", "PROPN", "PRON"})
_ASIDE_POS = _NAMING_POS | {"DET", "ADJ", "NUM", "PART", "CCONJ"}
_NOBODY = FIRST_PERSON | {"which", "who"}
_HAVE = frozenset({"have", "has", "had"})
_SAYING = ("verb:say", "verb:ask", "verb:deny", "verb:believe")

Span = tuple[int, int]
"""(first token, token after the last)."""
SubjectOf = Callable[[int], int | None]
"""The head token of who speaks, for a verb of saying."""


def is_saying(syntax: Syntax, classes: Classes, i: int) -> bool:
    """Tell a word whose lemma is that of a verb of saying, asking, denying or believing."""
    return is_of(classes, syntax.lemmas[i].lower(), *_SAYING)


def find_quotations(
    syntax: Syntax, lexicons: Lexicons, subject_of: SubjectOf
) -> Mapping[int, Speaker]:
    """Return who speaks at each token inside a quotation that holds a clause or its verb."""
    spans = [span for span in quotation_pairs(syntax) if _is_speech(syntax, span)]
    speakers = dict(_asides(syntax, lexicons.status))
    quoted = {i for span in spans for i in range(*span)}
    verbs = _verbs_of_saying(syntax, lexicons.status, quoted, subject_of)
    for span, speaker in zip(spans, _speakers(syntax, spans, verbs), strict=True):
        speakers |= dict.fromkeys(range(*span), speaker)
    return speakers


def _is_speech(syntax: Syntax, span: Span) -> bool:
    return holds_clause(syntax, *span) or _holds_verb(syntax, *span)


# --- who says so between commas ----------------------------------------------------------


def _asides(syntax: Syntax, classes: Classes) -> Iterator[tuple[int, Speaker]]:
    """Yield who speaks in "Z, its neighbours say, does": nothing but who says so between commas.

    The parser often takes such words for the main clause.
    """
    for first, last in syntax.sentences:
        commas = (i for i in range(first, last) if syntax.words[i] == ",")
        for start, end in pairwise(commas):
            speaker = _aside_speaker(syntax, classes, range(start + 1, end))
            if speaker is not None and start > first:
                yield from dict.fromkeys(range(first, start + 1), speaker).items()
                yield from dict.fromkeys(range(end, last), speaker).items()


def _aside_speaker(syntax: Syntax, classes: Classes, aside: range) -> Speaker | None:
    """Return who speaks where the words are a short subject and a verb of saying, in any order."""
    verb = _verb_of_aside(syntax, classes, aside) if len(aside) <= LONGEST_ASIDE else None
    if verb is None:
        return None
    subject = [i for i in aside if syntax.pos[i] not in VERB_POS | {"ADV"}]
    named = _named(syntax, subject) if _is_on_one_side(subject, verb) else None
    return None if named is None else Speaker(named, verb)


def _verb_of_aside(syntax: Syntax, classes: Classes, aside: range) -> int | None:
    """Return the verb of saying that is the only verb between two commas."""
    verbs = [i for i in aside if syntax.pos[i] == "VERB"]
    return verbs[0] if len(verbs) == 1 and _says_so(syntax, classes, verbs[0]) else None


def _is_on_one_side(tokens: Sequence[int], verb: int) -> bool:
    """Tell "its neighbours say", "say its neighbours" from "its neighbours say so"."""
    return all(i < verb for i in tokens) or all(i > verb for i in tokens)


def _named(syntax: Syntax, tokens: Sequence[int]) -> int | None:
    """Return the last noun of words that may be a subject and nothing else."""
    if any(syntax.pos[i] not in _ASIDE_POS for i in tokens):
        return None
    named = next((i for i in reversed(tokens) if syntax.pos[i] in _NAMING_POS), None)
    return None if named is None or syntax.lowers[named] in _NOBODY else named


def _says_so(syntax: Syntax, classes: Classes, verb: int) -> bool:
    """Tell "say", "have said", "believed", which a sentence may hold between commas."""
    saying = is_of(classes, syntax.lemmas[verb].lower(), "verb:say", "verb:believe")
    perfect = syntax.tags[verb] == "VBN" and syntax.near(syntax.lowers, verb - 1) in _HAVE
    return saying and (syntax.tags[verb] in TENSED_TAGS or perfect)


# --- the marks ---------------------------------------------------------------------------


def quotation_pairs(syntax: Syntax) -> Iterator[Span]:
    """Yield (token after the opening mark, closing mark) of each quotation.

    One may stand inside another of its paragraph ("She said 'no' to me"); an opening mark
    that is not closed before the next paragraph opens another is forgotten.
    """
    opened: list[int] = []
    for i, word in enumerate(syntax.words):
        if word not in MARKS:
            continue
        opened = _without_strays(opened, i)
        if _opens(syntax, i, bool(opened)):
            opened = [*_of_paragraph(syntax, opened, i), i]
        elif opened:
            yield opened.pop() + 1, i


def _without_strays(opened: list[int], i: int) -> list[int]:
    """Return the opening marks before a mark, without the last ones if they stand too far off."""
    while opened and i - opened[-1] > LONGEST:
        opened = opened[:-1]
    return opened


def _of_paragraph(syntax: Syntax, opened: list[int], i: int) -> list[int]:
    """Return the opening marks before another, or none where an empty line parts them."""
    apart = opened and any(map(syntax.opens_paragraph, range(opened[-1] + 1, i + 1)))
    return [] if apart else opened


def _opens(syntax: Syntax, i: int, is_open: bool) -> bool:
    """Tell an opening mark from a closing one: a straight one by the space beside it."""
    if syntax.words[i] not in EITHER:
        return syntax.words[i] in OPENING
    before, after = not syntax.is_glued(i), not syntax.is_glued(i + 1)
    return before if before != after else not is_open


def _holds_verb(syntax: Syntax, start: int, end: int) -> bool:
    """Tell 'people "literally hate each other"': a verb in marks is somebody's word."""
    finite = (i for i in range(start, end) if syntax.tags[i] in TENSED_TAGS)
    return any(syntax.child(i, SUBJECTS) is not None for i in finite)


def holds_clause(syntax: Syntax, start: int, end: int) -> bool:
    """Tell speech from words put in marks: it has a verb with a subject of its own."""
    return any(
        syntax.pos[i] in VERB_POS and any(start <= c < end for c in syntax.all(i, SUBJECTS))
        for i in range(start, end)
    )


# --- who says so beside a quotation ------------------------------------------------------


def _verbs_of_saying(
    syntax: Syntax, classes: Classes, quoted: set[int], subject_of: SubjectOf
) -> Mapping[int, int]:
    """Return the verbs of saying outside all marks that have a subject there, with its head."""
    found: dict[int, int] = {}
    for i, pos in enumerate(syntax.pos):
        if pos == "VERB" and i not in quoted and is_saying(syntax, classes, i):
            head = subject_of(i)
            if head is not None and head not in quoted:
                found[i] = head
    return found


def _speakers(syntax: Syntax, spans: Sequence[Span], verbs: Mapping[int, int]) -> Iterator[Speaker]:
    """Yield who says each quotation: somebody near, or who was quoted just before."""
    before, after = None, -1
    for start, end in spans:
        speaker = _speaker(syntax, (start, end), verbs)
        if speaker.head is None and before and syntax.sentence_at(start)[0] <= after:
            speaker = before
        yield speaker
        before, after = speaker, syntax.sentence_at(end - 1)[1]


def _speaker(syntax: Syntax, quotation: Span, verbs: Mapping[int, int]) -> Speaker:
    """Return who says it: the subject of the nearest verb in the sentences where it stands."""
    start, end = quotation
    around = range(syntax.sentence_at(start)[0], syntax.sentence_at(end)[1])
    near = [i for i in around if i in verbs]
    if not near:
        return Speaker(None, start - 1)
    nearest = min(near, key=lambda i: (min(abs(i - start), abs(i - end)), i))
    return Speaker(verbs[nearest], nearest)
