"""Find whose words each stretch of a text is, by the layout alone: before anything is parsed.

Talk is written down with labels: "MR. SMITH: I agree." One label is no transcript, and a
report has many lines with a colon. So labels count where they come again, or nearly every
paragraph has one in the same style; then one that is new is a new speaker. A turn lasts until
the next label, over paragraphs. Mails are read in ``mail.py``. A label is cut from the text:
it names a speaker, and is in no sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicons import load_lexicons
from kg.reading.documents.labels import Label, find_labels, is_person
from kg.reading.documents.lines import NARROWEST_WRAPPED, Line, usual_width
from kg.reading.documents.mail import find_mail
from kg.reading.documents.paragraphs import WIDEST_WRAPPED
from kg.reading.documents.signed import find_signed
from kg.reading.documents.spoken import Spoken
from kg.reading.documents.unnamed_sides import find_answers
from kg.records import Offsets, Turn

SURE_STYLES = frozenset({"voice", "nick", "stamp", "clock", "asking"})
"""Two labels in one of these make a transcript, be they of two who speak once."""
LOUD_STYLES = frozenset({"stop", "marked", "bold"})
"""In these one label must come twice."""
LEAST_AGAIN: Mapping[str, int] = {"colon": 3, "alone": 4}
"""How many labels in a weaker style must be of somebody who speaks more than once."""
LONGEST_BETWEEN = 10
"""Paragraphs to one label at most: the labels of a long report, three misread headers
among them, would put all that follows into somebody's mouth."""
MOST_LABELLED = 0.5
"""Share of paragraphs that begin with a label in a short talk, in which nobody speaks twice."""
MOST_NAMED = 0.8
"""Share of labels there that must be persons or sides."""
LEAST_SPOKEN = 4
"""Words after a lone label in a report; fewer are a value in a list ("Chairman: Ada Okoro")."""
MUCH_SHORTER = 0.6
"""A line this much shorter than the next ends before the margin."""
LEAST_ALIKE = 3
"""Lines with one label that come so often and are all alike, numbers aside, are heads of pages."""
LEAST_TALK = 0.5
"""Share of labels before prose; fewer are the fields of a form."""
IN_CAPITALS = 0.8
"""Share of labels in capitals from which all must be."""
_CUE = re.compile(
    r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->\s+(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\n]*"
)
_CUE_NUMBER = re.compile(r"\d{1,6}|WEBVTT\b[^\n]{0,80}|NOTE\b[^\n]{0,200}")
_LONE_TIME = re.compile(r"[\[(]\d{1,3}(?::\d{2}){1,3}(?:[.,]\d{1,3})?[\])]")
_VOICE_END = re.compile(r"</v>\s*")
_OMITTED = re.compile(r"<[\w ]{1,30} omitted>|‎?\[?(?:image|video|audio|sticker|GIF) omitted\]?")
_STAGE_OPENS, _STAGE_CLOSES = ("[", "(", '"(', "“("), ("]", ")", "].", ").")
LONGEST_STAGE = 5
"""Lines of a stage direction in brackets."""
_DASHED = re.compile(r"[-–—]\s?$|[-–—]{2,4}$")
_LOWER_WORD = re.compile(r"[^\W\d_]+")
_ENDS = (".", "?", "!", "…", "-", "”", '"', "</v>")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Talk:
    """The labels of a text that open turns; ``whole`` if the text is a transcript."""

    labels: tuple[Label, ...]
    whole: bool


def find_turns(text: str, lines: Sequence[Line]) -> Spoken:
    """Return the lines without labels and marks of quoting, and whose words stand where."""
    mail = find_mail(lines)
    if mail is not None:
        return mail
    lines, cues = _without_cues(text, lines)
    talk = _talk(text, lines)
    if not talk.labels:
        found = find_answers(lines) or find_signed(text, lines)
        return Spoken(found.lines, found.turns, (*cues, *found.cut))
    turns = tuple(_turns(lines, talk))
    return Spoken(tuple(_without_labels(lines, talk.labels)), turns, (*cues, *_cuts(lines, talk)))


# --- subtitles ----------------------------------------------------------------------------


def _without_cues(text: str, lines: Sequence[Line]) -> tuple[list[Line], list[Offsets]]:
    """Part the times and numbers of subtitles from their words, which run on over them."""
    timed = {n for n, line in enumerate(lines) if _CUE.fullmatch(line.text)}
    dropped = timed | {
        n
        for n, line in enumerate(lines)
        if (n + 1 in timed and _CUE_NUMBER.fullmatch(line.text))
        or (timed and line.text.startswith("WEBVTT"))
        or _OMITTED.fullmatch(line.text)
        or _LONE_TIME.fullmatch(line.text)
    }
    kept: list[Line] = []
    for n, line in enumerate(lines):
        if n in dropped:
            continue
        goes_on = n - 1 in timed and kept and not kept[-1].is_final
        kept.append(line._replace(blank_before=False) if goes_on else line)
    cut = [(lines[n].start, lines[n].end) for n in sorted(dropped)]
    return kept, cut + [found.span() for found in _VOICE_END.finditer(text)] if timed else cut


# --- which labels open turns --------------------------------------------------------------


def _talk(text: str, lines: Sequence[Line]) -> _Talk:
    """Return the labels that open turns, of all that may."""
    by_style: dict[str, list[Label]] = defaultdict(list)
    for number, line in enumerate(lines):
        for label in find_labels(number, line):
            by_style[label.style].append(label)
    paragraphs = _paragraphs(lines)
    accepted = [
        label
        for style, labels in by_style.items()
        for label in _speaking(
            style, _at_breaks(style, _talking(labels, lines), lines), text, paragraphs
        )
    ]
    ordered = tuple(sorted(accepted, key=lambda label: label.line))
    if len(ordered) * LONGEST_BETWEEN >= paragraphs and ordered:
        return _Talk(ordered, whole=True)
    persons = ordered or tuple(label for label in by_style["colon"] if _is_named(label, text))
    return _Talk(tuple(label for label in persons if _opens_paragraph(label, lines)), whole=False)


def _talking(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels, none if what they open is no talk but the values of a form.

    The running head of each page has a colon, too, and is always the same.
    """
    shapes: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        shapes[label.key].append(_NUMBER.sub("0", _opened(label, lines)))
    heads = {
        key for key, found in shapes.items() if len(found) >= LEAST_ALIKE and len(set(found)) == 1
    }
    kept = [label for label in labels if label.key not in heads]
    talk = sum(_is_talk(label, lines) for label in kept)
    return kept if talk >= LEAST_TALK * len(kept) else []


def _is_talk(label: Label, lines: Sequence[Line]) -> bool:
    """Tell words of prose, or a full sentence, on a label's line or the next."""
    said = _opened(label, lines)
    words = set(_LOWER_WORD.findall(said))
    return said.endswith(_ENDS) or bool(words & load_lexicons().stop_words["en"])


def _opened(label: Label, lines: Sequence[Line]) -> str:
    """Return the words after a label on its line, or else those of the next."""
    line = lines[label.line]
    said = line.text[label.after - line.start :]
    return said or (lines[label.line + 1].text if label.line + 1 < len(lines) else "")


def _paragraphs(lines: Sequence[Line]) -> int:
    """Return how many lines begin after an empty one that ends a sentence; all, where none does."""
    parted = sum(line.blank_before and before.is_final for before, line in pairwise(lines))
    return parted + 1 if parted else len(lines)


def _is_named(label: Label, text: str) -> bool:
    """Tell a person by the words, or by a surname that the text gives in full elsewhere."""
    if is_person(label):
        return True
    before = re.findall(rf"([A-Z]\w+) {re.escape(label.words[0])}\b", text)
    given = load_lexicons().given
    return len(label.words) == 1 and any(word.casefold() in given for word in before)


def _opens_paragraph(label: Label, lines: Sequence[Line]) -> bool:
    """Tell a lone label that opens a paragraph in which something is said."""
    line = lines[label.line]
    opens = label.line == 0 or line.blank_before
    return opens and len(line.text[label.after - line.start :].split()) >= LEAST_SPOKEN


def _at_breaks(style: str, labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels that stand where something may begin, where their style needs it."""
    if style == "alone":
        return [label for label in labels if _is_over_words(label, lines)]
    if style not in {"stop", "bold", "colon"}:
        return list(labels)
    if style == "colon" and not NARROWEST_WRAPPED <= usual_width(lines) <= WIDEST_WRAPPED:
        return list(labels)
    broken = [label for label in labels if _is_after_break(label, lines)]
    if style == "colon":
        known = {label.key for label in broken}
        often = len(broken) > MOST_LABELLED * len(labels)
        return [label for label in labels if label.key in known] if often else []
    set_in = sum(lines[label.line].indent > 1 for label in broken)
    if set_in >= IN_CAPITALS * len(broken):
        return [label for label in broken if lines[label.line].indent > 1]
    return broken


def _is_after_break(label: Label, lines: Sequence[Line]) -> bool:
    """Whether the line before a label leaves room for something new."""
    line = lines[label.line]
    if label.line == 0 or line.blank_before:
        return True
    before = lines[label.line - 1]
    ends = before.is_final or _DASHED.search(before.text) is not None
    short = len(before.text) < MUCH_SHORTER * len(line.text)
    return ends or short or line.indent > before.indent + 1 or before.text.isupper()


def _is_over_words(label: Label, lines: Sequence[Line]) -> bool:
    """Whether a line in capitals stands after an empty line and right over words."""
    after = lines[label.line + 1] if label.line + 1 < len(lines) else None
    opens = label.line == 0 or lines[label.line].blank_before
    return opens and after is not None and not after.blank_before and not after.text.isupper()


def _speaking(style: str, labels: Sequence[Label], text: str, paragraphs: int) -> Iterator[Label]:
    """Yield the labels of one style, if they are those of a transcript."""
    counts = Counter(label.key for label in labels)
    if not _is_transcript(style, labels, counts, paragraphs):
        return
    again = {label for label in labels if counts[label.key] > 1}
    loud = sum(label.in_capitals for label in labels) >= IN_CAPITALS * len(labels)
    single = any(len(label.words) == 1 for label in again)
    for label in labels:
        if (
            label in again
            or style in SURE_STYLES
            or is_person(label)
            or ((label.in_capitals or not loud) and _is_new_speaker(label, text, single=single))
        ):
            yield label


def _is_transcript(
    style: str, labels: Sequence[Label], counts: Counter[str], paragraphs: int
) -> bool:
    """Tell labels that come again, or nearly everywhere, from a colon here and there."""
    again = sum(count for count in counts.values() if count > 1)
    if style == "asking":
        return len(counts) > 1
    if style in SURE_STYLES:
        return len(labels) > 1
    if style in LOUD_STYLES:
        return again > 1
    if again >= LEAST_AGAIN[style] and len(counts) > 1:
        return True
    everywhere = len(labels) >= MOST_LABELLED * paragraphs and len(counts) > 1
    named = sum(map(_may_be_name, labels))
    return style == "colon" and everywhere and named >= MOST_NAMED * len(labels)


def _may_be_name(label: Label) -> bool:
    """Tell a person, a side ("Interviewer", "Assistant") or two words in capitals."""
    lexicons = load_lexicons()
    last = label.words[-1].casefold()
    sides = lexicons.words["asking_label"] | lexicons.words["speaking_office"]
    return is_person(label) or last in sides or lexicons.living.get(last) == "person"


def _is_new_speaker(label: Label, text: str, *, single: bool) -> bool:
    """Tell a name that comes once: of two words, or a word that is no common one there."""
    if len(label.words) > 1:
        return True
    word = label.words[0].casefold()
    return single and not re.search(rf"\b{re.escape(word)}\b", text)


# --- the turns ----------------------------------------------------------------------------


def _turns(lines: Sequence[Line], talk: _Talk) -> Iterator[Turn]:
    """Yield the turns, with holes where a stage direction or a heading stands."""
    other, in_full = _addressees(talk.labels), _in_full(talk.labels)
    for label, end in zip(talk.labels, _ends(lines, talk), strict=True):
        name = None if label.style == "asking" else in_full.get(label.key, label.name)
        for start, stop in _spoken_lines(lines, label, end):
            yield Turn(start, stop, name, other.get(label.key))


def _in_full(labels: Sequence[Label]) -> Mapping[str, Offsets]:
    """Return where those are named in full whom later labels name by their initials."""
    full: dict[str, set[Label]] = defaultdict(set)
    for label in {label.key: label for label in reversed(labels)}.values():
        if len(label.words) > 1:
            full["".join(word[0] for word in label.words).casefold()].add(label)
    return {initials: found.pop().name for initials, found in full.items() if len(found) == 1}


def _addressees(labels: Sequence[Label]) -> Mapping[str, Offsets]:
    """Return whom each of two speakers means by "you"."""
    first: dict[str, Label] = {}
    for label in labels:
        first.setdefault(label.key, label)
    if len(first) != 2 or any(label.style == "asking" for label in first.values()):
        return {}
    one, two = first.values()
    return {one.key: two.name, two.key: one.name}


def _ends(lines: Sequence[Line], talk: _Talk) -> list[int]:
    """Return the line after the last of each turn."""
    paragraph_ends = [_paragraph_end(lines, label.line) for label in talk.labels]
    if not talk.whole:
        following = [*(label.line for label in talk.labels[1:]), len(lines)]
        return [min(pair) for pair in zip(paragraph_ends, following, strict=True)]
    ends = [after.line for _, after in pairwise(talk.labels)]
    longest = max(
        (end - label.line for label, end in zip(talk.labels, ends, strict=False)), default=1
    )
    rest = len(lines) - talk.labels[-1].line
    return [*ends, len(lines) if rest <= longest else paragraph_ends[-1]]


def _paragraph_end(lines: Sequence[Line], first: int) -> int:
    """Return the first line after one that begins after an empty line."""
    after = range(first + 1, len(lines))
    return next((n for n in after if lines[n].blank_before), len(lines))


def _spoken_lines(lines: Sequence[Line], label: Label, end: int) -> Iterator[Offsets]:
    """Yield the stretches of a turn between its stage directions and headings."""
    start = label.after
    first = label.line + (label.after >= lines[label.line].end)
    if first > label.line:
        start = lines[first].start if first < end else start
    silent = {n for n in _silent(lines, first, end) if n > label.line or first > label.line}
    for n in range(first, end):
        if n in silent:
            if start < lines[n].start:
                yield start, lines[n - 1].end
            start = lines[n].end
        elif n - 1 in silent:
            start = lines[n].start
    if first < end and end - 1 not in silent and start < lines[end - 1].end:
        yield start, lines[end - 1].end


def _silent(lines: Sequence[Line], first: int, end: int) -> Iterator[int]:
    """Yield the lines in which nobody speaks: in brackets, or marked as a heading."""
    for n in range(first, end):
        text = lines[n].text
        if text.startswith(("# ", "##")):
            yield n
        elif text.startswith(_STAGE_OPENS):
            last = min(n + LONGEST_STAGE, end)
            closing = next((m for m in range(n, last) if lines[m].text.endswith(_STAGE_CLOSES)), -1)
            yield from range(n, closing + 1)


def _cuts(lines: Sequence[Line], talk: _Talk) -> Iterator[Offsets]:
    """Yield the labels with their marks and times."""
    for label in talk.labels:
        yield lines[label.line].start, label.after


def _without_labels(lines: Sequence[Line], labels: Iterable[Label]) -> Iterator[Line]:
    """Yield the lines but for their labels; what follows one begins anew."""
    after = {label.line: label.after for label in labels}
    opened = False
    for number, line in enumerate(lines):
        start = after.get(number)
        if start is None:
            yield line._replace(blank_before=True) if opened else line
            opened = False
        elif start >= line.end:
            opened = True
        else:
            yield line.without(start)
            opened = False
