"""Find the turns of talk that is written with labels ("MR. SMITH: I agree").

A turn lasts until the next label, over paragraphs. A label is cut from the text: it names a
speaker, and is in no sentence. Nobody speaks in stage directions, headings and the notices
of chat programs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import Line
from kg.reading.documents.voices.chairs import find_holders
from kg.reading.documents.voices.cues import is_notice, stamped_at
from kg.reading.documents.voices.examinations import Sides, find_sides
from kg.reading.documents.voices.introductions import find_introduced
from kg.reading.documents.voices.labels import Label, heads_part, is_side
from kg.reading.documents.voices.spoken import Spoken
from kg.reading.documents.voices.transcripts import Talk, find_talk
from kg.records import Offsets, Turn

LONGEST_STAGE = 5
"""Lines of a stage direction in brackets."""
LONGEST_NOTE = 8
"""Lines between two rules that part a note from what is said."""
MOST_CAPITALS = 0.5
"""Share of lines in capitals beyond which they mark no heading."""
_STAGE_OPENS, _STAGE_CLOSES = ("[", "(", '"(', "“("), ("]", ")", "].", ").")
_ITALIC = re.compile(r"(?P<mark>[_*])[^_*:?]{3,200}[.!](?P=mark)")
_PROCEDURE = re.compile(
    r"[A-Z][^,;:?!]{2,60} rose\s?(?:[-–—]{1,2}|\.)|Question (?:again )?(?:proposed|put)\b[^\n]{0,100}"
    r"|(?:The )?(?:motion|amendment|resolution) (?:was )?(?:agreed to|carried|negatived|withdrawn)\."
    r"|The (?:House|Committee) (?:divided|adjourned)\b[^\n]{0,100}",
    re.IGNORECASE,
)
"""What a debate's clerk writes of its course."""
_RULE = re.compile(r"[-–—_=*]{6,}$")
_NOTE = re.compile(r"\\\d{1,3}\\|\[?\d{1,3}\]?\s|\*\s?\w")
_EDITORS = re.compile(
    r"\[[A-Z][^\[\]\n]{0,300}?(?:[.?!][\"”’]?|\bEd(?:itor)?\.?)\]|\([A-Z][^()\n?]{0,60}[.!]\)"
)
"""A sentence in brackets inside somebody's words."""
_BRACKETS = re.compile(r"[\[(](?P<words>[^\[\]()\n]{2,60})[\])]")
LONGEST_DIRECTION = 4
"""Words of "[Laughter and applause.]" inside somebody's words."""
_ASKED = re.compile(r"[QA][.:]\s")
_ASKED_AFTER = re.compile(r"(?<=[.?!\"”—–-])\s{0,3}[—–-]?\s{1,3}(?=[QA][.:]\s{1,3}[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")


def find_labelled(text: str, lines: Sequence[Line], *, spoken: bool) -> Spoken | None:
    """Return the turns of a talk with labels, None for none; the labels are cut.

    ``spoken`` tells that the text is nothing but talk.
    """
    lines = list(_parted(lines))
    sides = find_sides(lines)
    talk = _with_introduced(find_talk(text, lines, spoken=spoken), lines, sides)
    if not talk.labels:
        return None
    speakers = _Speakers(lines, talk.labels, sides)
    naming = sides.lines if speakers.asked else frozenset()
    silent = _silent_lines(lines, talk) | naming
    turns, holes = _turns(text, lines, talk, speakers, silent)
    turns = [*_begun_before(lines, talk, silent), *turns]
    dropped = naming.union(n for n in silent if _says_nothing(lines[n], talk)).union(_notes(lines))
    cut = [*_spans(lines, dropped), *_label_spans(lines, talk.labels)]
    cut += [span for span in speakers.told if not _inside(span, cut)]
    kept = _without_labels(lines, talk.labels, dropped)
    return Spoken(tuple(kept), tuple(turns), (*cut, *holes))


def _begun_before(lines: Sequence[Line], talk: Talk, silent: Collection[int]) -> Iterator[Turn]:
    """Yield the end of a turn, whose label is lost, that an excerpt begins with."""
    first = talk.labels[0].line
    end = next((n for n in range(first) if n in silent), first)
    staged = end > 0 and lines[end - 1].text.endswith(_STAGE_CLOSES)
    if talk.whole and end and lines[0].text[0].islower() and not staged:
        yield Turn(lines[0].start, lines[end - 1].end)


def _spans(lines: Sequence[Line], numbers: Iterable[int]) -> Iterator[Offsets]:
    return ((lines[n].start, lines[n].end) for n in sorted(numbers))


def _label_spans(lines: Sequence[Line], labels: Iterable[Label]) -> Iterator[Offsets]:
    return ((lines[label.line].start, label.after) for label in labels)


def _turns(
    text: str, lines: Sequence[Line], talk: Talk, speakers: _Speakers, silent: Collection[int]
) -> tuple[list[Turn], list[Offsets]]:
    """Return the turns, and what stands in them and is nobody's words."""
    turns: list[Turn] = []
    holes: list[Offsets] = []
    for label, end in zip(talk.labels, _ends(lines, talk, silent), strict=True):
        for start, stop in _spoken_stretches(lines, label, end, silent):
            holes += _wordless(text, start, stop)
            pieces = () if (start, stop) in holes else _between_notes(text, start, stop)
            turns += [Turn(*piece, *speakers.of(label)) for piece in pieces]
    return turns, holes


def _with_introduced(talk: Talk, lines: Sequence[Line], sides: Sides) -> Talk:
    """Return a talk without what names an examiner, but with "The judge spoke as follows:"."""
    labels = [label for label in talk.labels if label.line not in sides.lines]
    known = {label.line for label in labels}
    more = find_introduced(lines) if talk.whole else ()
    labels += [label for label in more if label.line not in known]
    return Talk(tuple(sorted(labels, key=lambda label: label.line)), whole=talk.whole)


def _parted(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, those that hold a question and its answer parted: "Q. Why? A. He left."."""
    for line in lines:
        start = line.start
        if _ASKED.match(line.text):
            for found in _ASKED_AFTER.finditer(line.text):
                end = line.start + found.start()
                said = line.text[start - line.start : end - line.start]
                yield line._replace(start=start, end=end, text=said)
                start = line.start + found.end()
        yield line if start == line.start else line.without(start)


def _inside(span: Offsets, spans: Iterable[Offsets]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


class _Speakers:
    """Knows whom a label names, and whom "you" means there."""

    def __init__(self, lines: Sequence[Line], labels: Sequence[Label], sides: Sides) -> None:
        self._sides = sides
        self.asked = any(is_side(label) for label in labels)
        self._holders = find_holders(lines, labels)
        self._in_full = _in_full(labels) | self._holders
        self._others = _addressees(labels)

    @property
    def told(self) -> Iterator[Offsets]:
        """Yield where those are named whom no label names."""
        yield from self._holders.values()

    def of(self, label: Label) -> tuple[Offsets | None, Offsets | None]:
        """Return who speaks under a label, and to whom, as far as they are named."""
        if is_side(label):
            pair = self._sides.examiner(label.line), self._sides.witness(label.line)
            return pair if label.words[0].startswith(("Q", "q")) else (pair[1], pair[0])
        if label.style == "change":
            return None, None
        if self.asked and label.words[-1].casefold() == "witness":
            return self._sides.witness(label.line) or label.name, None
        other = self._others.get(label.key)
        named = other and self._in_full.get(other.key, other.name)
        return self._in_full.get(label.key, label.name), named


def _in_full(labels: Sequence[Label]) -> dict[str, Offsets]:
    """Return where those are named in full whom later labels name by their initials."""
    full: dict[str, set[Label]] = defaultdict(set)
    for label in {label.key: label for label in reversed(labels)}.values():
        if len(label.words) > 1:
            full["".join(word[0] for word in label.words).casefold()].add(label)
    return {initials: found.pop().name for initials, found in full.items() if len(found) == 1}


def _addressees(labels: Sequence[Label]) -> Mapping[str, Label]:
    """Return whom each of two speakers means by "you"."""
    first: dict[str, Label] = {}
    for label in labels:
        first.setdefault(label.key, label)
    if len(first) != 2 or any(
        label.style == "change" or is_side(label) for label in first.values()
    ):
        return {}
    one, two = first.values()
    return {one.key: two, two.key: one}


# --- where turns end -----------------------------------------------------------------------


def _ends(lines: Sequence[Line], talk: Talk, silent: Collection[int]) -> list[int]:
    """Return the line after the last of each turn."""
    paragraph_ends = [_paragraph_end(lines, label.last) for label in talk.labels]
    following = [*(label.line for label in talk.labels[1:]), len(lines)]
    if not talk.whole:
        return [min(pair) for pair in zip(paragraph_ends, following, strict=True)]
    if not _lasts_to_end(lines, talk.labels):
        following[-1] = paragraph_ends[-1]
    return [
        _before_heading(_before_part(lines, label, end), label, silent)
        for end, label in zip(following, talk.labels, strict=True)
    ]


def _before_part(lines: Sequence[Line], label: Label, end: int) -> int:
    """Return where a turn ends that a part of another kind follows: "Decision: …"."""
    after = range(label.last + 1, end)
    return next((n for n in after if lines[n].blank_before and heads_part(lines[n])), end)


def _lasts_to_end(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Whether the last turn is no longer than another, or a statement that was announced."""
    longest = max((after.line - label.line for label, after in pairwise(labels)), default=1)
    return len(lines) - labels[-1].line <= longest or labels[-1].style == "follows"


def _before_heading(end: int, label: Label, silent: Collection[int]) -> int:
    """Return where a turn ends that headings and the like part from the next label."""
    while end - 1 > label.last and end - 1 in silent:
        end -= 1
    return end


def _paragraph_end(lines: Sequence[Line], first: int) -> int:
    """Return the first line after one that begins after an empty line."""
    after = range(first + 1, len(lines))
    return next((n for n in after if lines[n].blank_before), len(lines))


def _spoken_stretches(
    lines: Sequence[Line], label: Label, end: int, silent: Collection[int]
) -> Iterator[Offsets]:
    """Yield the stretches of a turn between its stage directions and headings."""
    start, stop = label.after, -1
    rest = label.last + (label.after >= lines[label.last].end)
    for n in range(rest, end):
        begins = max(lines[n].start, label.after)
        if n in silent and begins == lines[n].start:
            if stop > 0:
                yield start, stop
            stop = -1
        else:
            start = begins if stop < 0 else start
            stop = lines[n].end
    if stop > start:
        yield start, stop


def _wordless(text: str, start: int, stop: int) -> Iterator[Offsets]:
    """Yield "[Laughter]" in somebody's words, or all of them, if a program wrote them."""
    if is_notice(text[start:stop]):
        yield start, stop
    for found in _BRACKETS.finditer(text, start, stop):
        words = _WORD.findall(found["words"].casefold())
        if len(words) <= LONGEST_DIRECTION and _directions() & set(words):
            yield found.span()


def _between_notes(text: str, start: int, stop: int) -> Iterator[Offsets]:
    """Yield somebody's words between the sentences of an editor."""
    for found in _EDITORS.finditer(text, start, stop):
        said = text[start : found.start()].rstrip()
        if said:
            yield start, start + len(said)
        start = found.end()
    if text[start:stop].strip():
        yield start, stop


@cache
def _directions() -> frozenset[str]:
    return load_lexicons().words["stage_direction"]


# --- lines in which nobody speaks --------------------------------------------------------------


def _silent_lines(lines: Sequence[Line], talk: Talk) -> frozenset[int]:
    """Return the lines in brackets, the headings and notes, and what a chat program says."""
    silent = {*_stages(lines), *_notes(lines), *_marked_headings(lines), *_stamped(lines, talk)}
    capitals = sum(line.text.isupper() for line in lines)
    if capitals <= MOST_CAPITALS * len(lines):
        silent.update(_headings(lines))
    for label in talk.labels:
        silent.difference_update(range(label.line, label.last + 1))
    return frozenset(silent)


def _marked_headings(lines: Sequence[Line]) -> Iterator[int]:
    return (n for n, line in enumerate(lines) if line.text.startswith(("# ", "##")))


def _stamped(lines: Sequence[Line], talk: Talk) -> Iterator[int]:
    """Yield the lines with a time in a chat, which are its program's if no label follows."""
    if any(label.style in {"stamp", "nick"} for label in talk.labels):
        yield from (n for n, line in enumerate(lines) if stamped_at(line.text))


def _stages(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of stage directions: in brackets or italics, or in words of procedure."""
    for n, line in enumerate(lines):
        if _ITALIC.fullmatch(line.text) or _PROCEDURE.fullmatch(line.text):
            yield n
        if line.text.startswith(_STAGE_OPENS):
            last = range(n, min(n + LONGEST_STAGE, len(lines)))
            closing = next((m for m in last if lines[m].text.endswith(_STAGE_CLOSES)), n - 1)
            yield from range(n, closing + 1)


def _headings(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of paragraphs that are all in capitals and end no sentence."""
    for n, line in enumerate(lines):
        if n == 0 or line.blank_before:
            end = _paragraph_end(lines, n)
            block = lines[n:end]
            if all(_is_capital(line.text) for line in block) and not block[-1].is_final:
                yield from range(n, end)


def _is_capital(text: str) -> bool:
    """Tell words in capitals from a few letters."""
    return text.isupper() and len(_WORD.findall(text)) > 1


def _notes(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of a note that stands between two rules inside somebody's words."""
    rules = [n for n, line in enumerate(lines) if _RULE.match(line.text)]
    for rule, after in pairwise(rules):
        if 1 < after - rule <= LONGEST_NOTE and _NOTE.match(lines[rule + 1].text):
            yield from range(rule, after + 1)


def _says_nothing(line: Line, talk: Talk) -> bool:
    """Tell what a chat program writes, in a line of its own."""
    stamped = any(label.style in {"stamp", "nick"} for label in talk.labels)
    return is_notice(line.text) or (stamped and stamped_at(line.text) > 0)


def _without_labels(
    lines: Sequence[Line], labels: Iterable[Label], dropped: Collection[int]
) -> Iterator[Line]:
    """Yield the lines but for labels and notices; what follows one begins anew."""
    said = {label.last: label.after for label in labels}
    gone = {n for label in labels for n in range(label.line, label.last)}.union(dropped)
    opened = False
    for number, line in enumerate(lines):
        start = said.get(number, line.start)
        if number in gone or start >= line.end:
            opened = True
        else:
            opened |= line.blank_before or start > line.start
            yield line.without(start)._replace(blank_before=opened)
            opened = False
