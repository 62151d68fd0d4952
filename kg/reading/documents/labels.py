"""Tell what names a speaker at the beginning of a line, in the styles in which talk is written.

"MR. SMITH:", "Mr. SMITH.", "**Ada Okoro**:", "[12:03] Ada:", "Ada (12:03 PM)",
"<v Ada Okoro>", "Q." A line alone shows what may be a label; whether it is one is decided
with all lines in view (``turns.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.lexicons import load_lexicons
from kg.reading.documents.lines import Line
from kg.records import Offsets

LONGEST_NAME = 8
"""Words of "The Secretary of State for Work and Pensions"."""
LONGEST_PERSON = 4
"""Words of a person's name without a title."""
_CAPITALISED = r"(?:[A-ZÀ-Þ][\w'’-]*\.?(?:/[A-ZÀ-Þ][\w'’-]*)?)"
_SMALL = r"(?:of|for|the|and|de|del|der|di|da|du|la|le|van|von|den|al|bin|ibn|y|&)"
_LATER = rf"(?:{_CAPITALISED}|{_SMALL}|(?:No\.\s)?#?\d{{1,4}}[A-Z]?)"
NAME = rf"{_CAPITALISED}(?:,?\s{{1,2}}{_LATER}){{0,{LONGEST_NAME}}}"
_HOUR = r"\d{1,3}(?::\d{2}){1,3}(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}),?(?:\sat)?\s"
_TIME = rf"(?:[\[(]\s?(?:{_DAY})?{_HOUR}\s?[\])]|(?:{_DAY})?{_HOUR})"
_STAMP = rf"(?P<stamp>{_TIME}\s{{0,3}}(?:[-–—|]\s)?\s{{0,3}})?"
_OPEN = r"(?P<open>[-–—]\s|>>>?\s?|[\"“])?(?P<mark>\*{1,3}|_{1,3}|\[)?"
_CLOSE = r"(?P<{0}>\*{{1,3}}|_{{1,3}}|\]\([^()\s]{{1,300}}\)|\])?"
_PLACE = r"(?:,?\s?[(\[](?P<place>[^()\[\]\n]{1,80})[)\]])?"
_WITH_COLON = re.compile(
    _STAMP + _OPEN + rf"(?P<name>{NAME}){_PLACE}(?P<clock>,?\s{{1,3}}{_TIME})?"
    + _CLOSE.format("close") + r"\s?:" + _CLOSE.format("after") + r"(?=\s|$)\s*"
)  # fmt: skip
_WRITER = re.compile(
    rf"(?P<stamp>{_TIME})\s{{0,3}}(?:[-–—|]\s)?\s{{0,3}}"
    + r"(?P<name>[^\s:<>\[\]][^:<>\n\[\]]{0,40}?)\s?:(?=\s|$)\s*"
)
_NICK = re.compile(_STAMP + r"<(?P<name>[^<>\s/][^<>\n/]{0,40})>\s+(?=\S)")
_VOICE = re.compile(r"(?:-\s)?<v(?:\.[\w.]{1,40})?\s+(?P<name>[^<>\n]{1,80})>\s*")
_CLOCK = re.compile(
    rf"(?P<mark>\*{{1,3}}|_{{1,3}})?(?P<name>{NAME})(?P<close>\*{{1,3}}|_{{1,3}})?"
    rf",?\s{{1,3}}(?:[-–—|]\s)?{_TIME}:?(?=\s|$)\s*"
)
_ASKING = re.compile(r"(?P<name>[QA])(?:[.:](?:\s|$)|\s{2,}(?=\S))\s*")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<name>" + NAME + r")(?P<close>\*\*|__)\s*[–—-]?\s*")
_BOLD_STOP = re.compile(r"(?P<mark>\*\*|__)(?P<name>" + NAME + r")\.(?P<close>\*\*|__)\s*")
_STOPPED = rf"(?:{_SMALL}\b|[A-ZÀ-Þ][\w'’-]*(?:/[A-ZÀ-Þ][\w'’-]*)?|[A-Z]\.|(?:Jr|Sr|JR|SR)\.)"
_WITH_STOP = re.compile(
    rf"(?P<name>(?:(?P<title>[A-Z]\w{{0,5}})\.\s)?{_STOPPED}(?:,?\s{{1,2}}{_STOPPED}){{0,{LONGEST_NAME}}}?)"
    rf"{_PLACE}\.(?:\s?[—–]|--?)?(?=\s|$)\s*"
)
_ALONE = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,60})$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Label(NamedTuple):
    """What may name a speaker: the line that it opens, its style, its words, where it ends."""

    line: int
    style: str
    name: Offsets
    after: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what labels of one speaker share."""
        return " ".join(self.words).casefold()

    @property
    def in_capitals(self) -> bool:
        """Whether all of its words are printed in capitals."""
        return all(word.isupper() for word in self.words)


def find_labels(number: int, line: Line) -> Iterator[Label]:
    """Yield what may be a label at the beginning of a line, the surest style first.

    >>> line = Line(0, 19, 0, 0, True, "MR. SMITH: I agree.")
    >>> [line.text[slice(*label.name)] for label in find_labels(0, line)]
    ['MR. SMITH']
    """
    for style, pattern in _STYLES:
        found = pattern.match(line.text)
        if found is None:
            continue
        label = _label(number, line, _style_of(style, found), found)
        if label is not None:
            yield label
            return


_STYLES = (
    ("voice", _VOICE),
    ("nick", _NICK),
    ("asking", _ASKING),
    ("colon", _WITH_COLON),
    ("clock", _CLOCK),
    ("stamp", _WRITER),
    ("bold", _BOLD_STOP),
    ("bold", _BOLD),
    ("stop", _WITH_STOP),
    ("alone", _ALONE),
)


def _style_of(style: str, found: re.Match[str]) -> str:
    """Return the style of a label, more exactly where marks or a time stand beside it."""
    parts = found.groupdict()
    if parts.get("stamp") or parts.get("clock"):
        return "stamp"
    if style == "colon" and parts.get("mark"):
        return "marked"
    return style


def _label(number: int, line: Line, style: str, found: re.Match[str]) -> Label | None:
    """Return a label, if it can be one by its words."""
    start, end = _name_of(found)
    words = tuple(_WORD.findall(line.text[start:end]))
    if not words or not _could_speak(style, words, found):
        return None
    return Label(
        number, style, (line.start + start, line.start + end), line.start + found.end(), words
    )


def _name_of(found: re.Match[str]) -> Offsets:
    """Return where the name stands: after an office in brackets ("The Minister (Mr. X)")."""
    place = found.groupdict().get("place")
    if place and has_title(_WORD.findall(place)):
        return found.span("place")
    start = found.start("name")
    return start, start + len(found["name"].rstrip())


def _could_speak(style: str, words: tuple[str, ...], found: re.Match[str]) -> bool:
    """Tell what is no heading and no field of a form, and in what style it must be in full."""
    if is_heading_word(words[-1]) or is_heading_word(words[0]):
        return False
    if style == "stop" and found["title"] and f"{found['title']}.".casefold() not in _titles():
        return False
    if style == "stop":
        return _is_titled(words) or (len(words) > 1 and all(w.isupper() for w in words))
    if style == "alone":
        return len(words) <= LONGEST_NAME and len(found["name"]) > 2
    return True


def is_person(label: Label) -> bool:
    """Tell by its words alone what names a person: a title, an office, a known first name."""
    lexicons = load_lexicons()
    first = label.words[0].casefold()
    named = first in lexicons.given and first not in lexicons.stop_words["en"]
    return _is_titled(label.words) or (named and 1 < len(label.words) <= LONGEST_PERSON)


def _is_titled(words: tuple[str, ...]) -> bool:
    """Tell "Mr. Smith", "Senator Levin", "The Chairman", "The Lord Bishop of Norwich"."""
    if len(words) > 1 and has_title(words):
        return True
    office = words[0].casefold() == "the" and len(words) > 1
    return office and (has_title(words[1:]) or words[-1].casefold() in _offices())


def has_title(words: list[str] | tuple[str, ...]) -> bool:
    """Tell words that begin with "Mr", "Lord", "Chairman"."""
    return bool(words) and words[0][:1].isupper() and words[0].casefold() in _titles()


@cache
def _titles() -> frozenset[str]:
    lists = load_lexicons().words
    return lists["title"] | lists["title_of_person"] | lists["role"]


@cache
def _offices() -> frozenset[str]:
    lists = load_lexicons().words
    return lists["role"] | lists["speaking_office"]


def is_heading_word(word: str) -> bool:
    """Tell a word that heads a part of a text, or a field of a form, and never speaks."""
    lists = load_lexicons().words
    return word.casefold() in lists["heading_word"]
