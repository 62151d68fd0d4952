"""Decide which labels of a text open turns.

One label is no transcript, and a report has many lines with a colon. So labels count where
they come again, or nearly every paragraph has one in the same style; then one that is new is
a new speaker, and a person's in another style is one as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import NARROWEST_WRAPPED, Line, usual_width
from kg.reading.documents.paragraphs import WIDEST_WRAPPED
from kg.reading.documents.voices.labels import Label, find_labels, holds_office, is_person

SURE_STYLES = frozenset({"voice", "nick", "stamp", "clock", "asking"})
"""Two labels in one of these make a transcript, be they of two who speak once."""
SPOKEN_STYLES = frozenset({"voice", "colon", "marked", "bracket", "change"})
"""In these one is enough in subtitles."""
LEAST_AGAIN: Mapping[str, int] = {
    "stop": 2, "marked": 2, "bold": 2, "timed": 2, "hash": 2,
    "bracket": 4, "colon": 3, "word": 4, "alone": 4, "dash": 4,
}  # fmt: skip
"""How many labels in a weaker style must be of somebody who speaks more than once."""
ALONE = frozenset({"stop", "marked", "bold"})
"""In these one who speaks twice is enough: the others may have spoken before."""
OVER_WORDS = frozenset({"alone", "timed", "hash"})
"""Styles of a label that fills its line; what is said stands right under it."""
ANYWHERE = SURE_STYLES | {"marked"}
"""Styles whose labels are told by themselves, wherever a line begins with one."""
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
_DASHED = re.compile(r"[-–—]\s?$|[-–—]{2,4}$")
_LOWER_WORD = re.compile(r"[^\W\d_]+")
_ENDS = (".", "?", "!", "…", "-", "”", '"', "</v>")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Talk:
    """The labels of a text that open turns; ``whole`` if the text is a transcript."""

    labels: tuple[Label, ...] = ()
    whole: bool = False


def find_talk(text: str, lines: Sequence[Line], *, spoken: bool) -> Talk:
    """Return the labels that open turns, of all that may.

    ``spoken`` tells that the text is nothing but talk, where one label is enough.
    """
    by_style = _by_style(lines)
    paragraphs = _paragraphs(lines)
    accepted: list[Label] = []
    for style, labels in by_style.items():
        standing = _at_breaks(style, _talking(labels, lines, spoken=spoken), lines)
        accepted += _speaking(_Style(style, standing, text, paragraphs, spoken=spoken))
    if spoken:
        return Talk(_in_order(accepted), whole=True)
    if accepted and len(accepted) * LONGEST_BETWEEN >= paragraphs:
        accepted += _others(by_style, accepted, lines)
        return Talk(_in_order(accepted), whole=True)
    named = accepted or _named_in_report(by_style["colon"], text, lines)
    return Talk(_in_order(label for label in named if _opens_paragraph(label, lines)))


def _by_style(lines: Sequence[Line]) -> dict[str, list[Label]]:
    """Return all that may be labels, by their style."""
    by_style: dict[str, list[Label]] = defaultdict(list)
    for label in find_labels(lines):
        by_style[label.style].append(label)
    if all(label.words == ("Q",) for label in by_style["asking"]):
        # Those who answer have a name: their labels and the questions' are of one talk.
        answering = max(("colon", "stop"), key=lambda style: len(by_style[style]))
        by_style[answering] += by_style.pop("asking")
    return by_style


def _in_order(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(sorted(labels, key=lambda label: label.line))


def _others(
    by_style: Mapping[str, Sequence[Label]], accepted: Sequence[Label], lines: Sequence[Line]
) -> Iterator[Label]:
    """Yield the persons whose labels in a transcript have another style than most."""
    known = {label.line for label in accepted}
    for label in filter(is_person, (*by_style["colon"], *by_style["stop"])):
        if label.line not in known and _is_after_break(label, lines):
            yield label


def _named_in_report(labels: Sequence[Label], text: str, lines: Sequence[Line]) -> list[Label]:
    """Return the persons with a colon in a report, none where they are the heads of a list."""
    named = [label for label in labels if _is_named(label, text)]
    speaking = sum(_opens_paragraph(label, lines) for label in named)
    return named if speaking >= LEAST_TALK * len(named) else []


def _is_named(label: Label, text: str) -> bool:
    """Tell a person by the words, or by a surname that the text gives in full elsewhere."""
    if is_person(label):
        return True
    before = re.findall(rf"([A-Z]\w+) {re.escape(label.words[0])}\b", text)
    given = load_lexicons().given
    return len(label.words) == 1 and any(word.casefold() in given for word in before)


# --- what stands beside a label ------------------------------------------------------------


def _talking(labels: Sequence[Label], lines: Sequence[Line], *, spoken: bool) -> list[Label]:
    """Return the labels, none if what they open is no talk but the values of a form."""
    if spoken:
        return list(labels)
    heads = _running_heads(labels, lines)
    kept = [label for label in labels if label.key not in heads]
    talk = sum(_is_talk(label, lines) for label in kept)
    return kept if talk >= LEAST_TALK * len(kept) else []


def _running_heads(labels: Sequence[Label], lines: Sequence[Line]) -> set[str]:
    """Return the labels in the heads of pages, which have a colon and are always the same."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        shapes[label.key].append(_NUMBER.sub("0", _opened(label, lines)))
    return {k for k, found in shapes.items() if len(found) >= LEAST_ALIKE and len(set(found)) == 1}


def _is_talk(label: Label, lines: Sequence[Line]) -> bool:
    """Tell words of prose, or a full sentence, on a label's line or the next."""
    said = _opened(label, lines)
    words = set(_LOWER_WORD.findall(said))
    return said.endswith(_ENDS) or bool(words & load_lexicons().stop_words["en"])


def _opened(label: Label, lines: Sequence[Line]) -> str:
    """Return the words after a label on its last line, or else those of the next."""
    line = lines[label.last]
    said = line.text[label.after - line.start :]
    return said or (lines[label.last + 1].text if label.last + 1 < len(lines) else "")


def _paragraphs(lines: Sequence[Line]) -> int:
    """Return how many lines begin after an empty one that ends a sentence; all, where none does."""
    parted = sum(line.blank_before and before.is_final for before, line in pairwise(lines))
    return parted + 1 if parted else len(lines)


def _opens_paragraph(label: Label, lines: Sequence[Line]) -> bool:
    """Tell a lone label that opens a paragraph in which something is said."""
    line = lines[label.line]
    opens = label.line == 0 or line.blank_before
    return opens and len(line.text[label.after - line.start :].split()) >= LEAST_SPOKEN


def _at_breaks(style: str, labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels that stand where something may begin, where their style needs it."""
    if style in ANYWHERE:
        return list(labels)
    stands = _is_over_words if style in OVER_WORDS else _is_after_break
    broken = [label for label in labels if stands(label, lines)]
    if style != "colon":
        return _set_in(broken, lines)
    return _known_by(broken, labels) if _is_wrapped(lines) else list(labels)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    return NARROWEST_WRAPPED <= usual_width(lines) <= WIDEST_WRAPPED


def _set_in(labels: list[Label], lines: Sequence[Line]) -> list[Label]:
    """Return those that are set in, where nearly all are."""
    set_in = [label for label in labels if lines[label.line].indent > 1]
    return set_in if len(set_in) >= IN_CAPITALS * len(labels) else labels


def _known_by(broken: Sequence[Label], labels: Sequence[Label]) -> list[Label]:
    """Return all labels of those who are named at breaks, where most labels stand."""
    known = {label.key for label in broken}
    often = len(broken) > MOST_LABELLED * len(labels)
    return [label for label in labels if label.key in known] if often else []


def _is_after_break(label: Label, lines: Sequence[Line]) -> bool:
    """Whether the line before a label leaves room for something new."""
    line = lines[label.line]
    return label.line == 0 or line.blank_before or _leaves_room(lines[label.line - 1], line)


def _leaves_room(before: Line, line: Line) -> bool:
    """Whether a line ends a sentence, breaks off, is short or a heading, or the next set in."""
    ends = before.is_final or _DASHED.search(before.text) is not None
    short = len(before.text) < MUCH_SHORTER * len(line.text)
    return ends or short or line.indent > before.indent + 1 or before.text.isupper()


def _is_over_words(label: Label, lines: Sequence[Line]) -> bool:
    """Whether a line that is all label stands after an empty line and right over words."""
    after = lines[label.last + 1] if label.last + 1 < len(lines) else None
    opens = label.line == 0 or lines[label.line].blank_before
    return opens and after is not None and not after.blank_before and not after.text.isupper()


# --- which labels of one style are those of a transcript ---------------------------------------


class _Style:
    """The labels of one style that may speak, and what tells whether they do."""

    def __init__(
        self, name: str, labels: Sequence[Label], text: str, paragraphs: int, *, spoken: bool
    ) -> None:
        self.name, self.labels = name, labels
        self._surely = spoken and name in SPOKEN_STYLES
        self._text, self._paragraphs = text, paragraphs
        self._counts = Counter(label.key for label in labels)
        again = [label for label in labels if self.comes_again(label)]
        self._again = len(again)
        self._single = any(len(label.words) == 1 for label in again)
        self._loud = sum(label.in_capitals for label in labels) >= IN_CAPITALS * len(labels)

    def comes_again(self, label: Label) -> bool:
        """Whether whoever a label names has another."""
        return self._counts[label.key] > 1

    def is_transcript(self) -> bool:
        """Tell labels that come again, or nearly everywhere, from a colon here and there."""
        if self._surely or self.name == "change":
            return self._surely
        if self.name in SURE_STYLES:
            return len(self._counts if self.name == "asking" else self.labels) > 1
        if len(self._counts) == 1 and self.name not in ALONE:
            return False
        return self._again >= LEAST_AGAIN[self.name] or self._is_everywhere()

    def _is_everywhere(self) -> bool:
        """Tell a short talk in which nobody speaks twice: most paragraphs have somebody's label."""
        named = sum(map(_may_be_name, self.labels))
        everywhere = len(self.labels) >= MOST_LABELLED * self._paragraphs
        return self.name == "colon" and everywhere and named >= MOST_NAMED * len(self.labels)

    def is_new_speaker(self, label: Label) -> bool:
        """Tell a name that comes once: of two words, or a word that is no common one there."""
        if self._loud and not label.in_capitals:
            return False
        if len(label.words) > 1:
            return True
        word = re.escape(label.words[0].casefold())
        lone = self._single or self._surely
        return lone and not re.search(rf"\b{word}\b", self._text)


def _speaking(style: _Style) -> Iterator[Label]:
    """Yield the labels of one style, if they are those of a transcript."""
    if not style.is_transcript():
        return
    for label in style.labels:
        surely = style.name in SURE_STYLES or style.comes_again(label) or is_person(label)
        if surely or style.is_new_speaker(label):
            yield label


def _may_be_name(label: Label) -> bool:
    """Tell a person, a side ("Interviewer", "Assistant") or two words in capitals."""
    lexicons = load_lexicons()
    last = label.words[-1].casefold()
    asks = last in lexicons.words["asking_label"] or lexicons.living.get(last) == "person"
    return asks or is_person(label) or holds_office(last)
