"""Tell what names a speaker at the beginning of a line, in the styles in which talk is written.

"MR. SMITH:", "Mr. SMITH.", "**Ada Okoro**:", "[12:03] Ada:", "Ada (12:03 PM)",
"<v Ada Okoro>", "Q." A label alone shows what may speak; whether it does is decided
with all lines in view (``transcripts.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.lexicons import load_lexicons
from kg.reading.documents.chronologies import is_date
from kg.reading.documents.lines import Line
from kg.records import Offsets

LONGEST_NAME = 8
"""Words of "The Secretary of State for Work and Pensions"."""
LONGEST_PERSON = 4
"""Words of a person's name without a title."""
LONGEST_LABEL = 250
"""Characters within which a label has its mark."""
LONGEST_FIRST_LINE = 90
"""Characters of the first line of a label that fills two."""
_CAPITALISED = (
    r"(?:(?:[A-ZÀ-Þ]\.){2,4}|[A-ZÀ-Þ](?:[^\W_]|['’-])*\.?(?:/[A-ZÀ-Þ](?:[^\W_]|['’-])*)?)"
)
_SMALL = r"(?:of|for|the|and|de|del|der|di|da|du|la|le|van|von|den|al|bin|ibn|y|&)"
_LATER = rf"(?:{_CAPITALISED}|{_SMALL}|(?:No\.\s)?#?\d{{1,4}}[A-Z]?)"
NAME = rf"{_CAPITALISED}(?:,?\s{{1,2}}{_LATER}){{0,{LONGEST_NAME}}}"
_HOUR = r"\d{1,3}(?::\d{2}){1,3}(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DAY = (
    r"(?:(?:[A-Z][a-z]{2,8},?\s)?"
    rf"(?:\d{{1,4}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH} \d{{4}})"
    r"|Today|Yesterday),?(?:\sat)?\s"
)
TIME = rf"(?:[\[(]\s?(?:{_DAY})?{_HOUR}\s?[\])]|(?:{_DAY})?{_HOUR})"
_STAMP = rf"(?P<stamp>{TIME}\s{{0,3}}(?:[-–—|]\s)?\s{{0,3}})?"
_OPEN = r"(?:<[ibu]>)?(?P<open>[-–—]\s|>>>?\s?|[\"“])?(?P<mark>\*{1,3}|_{1,3}|\[)?"
_CLOSE = r"(?P<{0}>\*{{1,3}}|_{{1,3}}|\]\([^()\s]{{1,300}}\)|\])?"
_PLACE = (
    r"(?:,?\s?[(\[](?!\d)(?P<place>[^()\[\]\n]{1,80})[)\]](?:\s?[(\[][^()\[\]\d\n]{1,60}[)\]])?)?"
)
_WITH_COLON = re.compile(
    _STAMP + _OPEN + rf"(?P<name>{NAME}){_PLACE}(?P<clock>,?\s{{1,3}}{TIME})?"
    + _CLOSE.format("close") + r"\s?:" + _CLOSE.format("after") + r"(?=\s|$)\s*"
)  # fmt: skip
_WRITER = re.compile(
    rf"(?P<stamp>{TIME})\s{{0,3}}(?:[-–—|]\s)?\s{{0,3}}"
    + r"(?P<name>[^\s:<>\[\]][^:<>\n\[\]]{0,40}?)\s?:(?=\s|$)\s*"
)
_NICK = re.compile(_STAMP + r"<[@+%~& ]?(?P<name>[^<>\s/@+%~&][^<>\n/]{0,40})>\s+(?=\S)")
_VOICE = re.compile(r"(?:-\s)?<v(?:\.[\w.]{1,40})?\s+(?P<name>[^<>\n]{1,80})>\s*")
_CLOCK = re.compile(
    rf"(?P<mark>\*{{1,3}}|_{{1,3}})?(?P<name>{NAME})(?P<close>\*{{1,3}}|_{{1,3}})?"
    rf",?\s{{1,3}}(?:[-–—|·•]\s)?{TIME}:?(?=\s|$)\s*"
)
_TIMED = re.compile(rf"{TIME}\s{{1,3}}(?:[-–—|]\s)?(?P<name>{NAME})$")
_ASKING = re.compile(r"(?P<name>[QA])(?:[.:](?:\s|$)|\s{2,}(?=\S))\s*")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<name>" + NAME + r")(?P<close>\*\*|__)\s*[–—-]?\s*")
_BOLD_STOP = re.compile(r"(?P<mark>\*\*|__)(?P<name>" + NAME + r")\.(?P<close>\*\*|__)\s*")
_STOPPED = rf"(?:{_SMALL}\b|[A-ZÀ-Þ][\w'’-]*(?:/[A-ZÀ-Þ][\w'’-]*)?|[A-Z]\.|(?:Jr|Sr|JR|SR)\.)"
_WITH_STOP = re.compile(
    rf"(?P<name>(?:(?P<title>[A-Z]\w{{0,5}})\.\s)?{_STOPPED}(?:,?\s{{1,2}}{_STOPPED}){{0,{LONGEST_NAME}}}?)"
    rf"{_PLACE}\.(?:\s?[—–]|--?)?(?=\s|$)\s*"
)
_BRACKETED = re.compile(rf"(?:<[ibu]>)?[\[(](?P<name>{NAME})[\])]:?\s+(?=\S)")
_CHANGE = re.compile(r"(?P<name>>{2,3})\s?(?=[^\s>])")
_ONE_WORD = re.compile(rf"(?P<name>[A-ZÀ-Þ]{{3,20}}){_PLACE}\.(?=\s)\s*")
_WITH_DASH = re.compile(rf"(?P<name>{NAME}){_PLACE}\s?[—–]\s+(?=\S)")
_HASH = re.compile(rf"#{{1,6}}\s+(?P<name>{NAME}){_PLACE}:?$")
_ALONE = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,60})$")
_ALONE_IN_SMALL = re.compile(rf"(?P<name>{NAME}){_PLACE}$")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


_SIDES = frozenset({"q", "a", "question", "answer"})


class Label(NamedTuple):
    """What may name a speaker: the line that it opens, its style, its words, where it ends."""

    line: int
    style: str
    name: Offsets
    after: int
    words: tuple[str, ...]
    last: int
    office: tuple[str, ...] = ()
    """The words before the name of whoever holds an office: "The Minister (Mr. X)"."""

    @property
    def key(self) -> str:
        """Return what labels of one speaker share."""
        return key_of(self.words)

    @property
    def in_capitals(self) -> bool:
        """Whether all of its words are printed in capitals."""
        return all(word.isupper() for word in self.words)


def key_of(words: Sequence[str]) -> str:
    """Return what labels with these words share, however they are printed."""
    return " ".join(words).casefold()


def is_side(label: Label) -> bool:
    """Tell "Q." and "ANSWER:", which name nobody."""
    return label.style == "asking" or label.key in _SIDES


def heads_part(line: Line) -> bool:
    """Tell "Decision: …", with which a part of minutes begins in which nobody speaks."""
    found = _WITH_COLON.match(line.text)
    words = WORD.findall(found["name"]) if found else []
    return bool(words) and (is_heading_word(words[0]) or is_heading_word(words[-1]))


def find_labels(lines: Sequence[Line]) -> Iterator[Label]:
    """Yield what may be a label at the beginning of each line, or of one and the next.

    >>> lines = [Line(0, 19, 0, 0, True, "MR. SMITH: I agree.")]
    >>> [lines[0].text[slice(*label.name)] for label in find_labels(lines)]
    ['MR. SMITH']
    """
    taken = -1
    for number, (line, after) in enumerate(pairwise([*lines, None])):
        label = None
        if line is not None and number > taken:
            label = _in_line(number, line)
            if label is None or label.style == "alone":
                label = _over_two(number, line, after) or label
        if label is not None:
            taken = label.last
            yield label


def _in_line(number: int, line: Line) -> Label | None:
    """Return what may be a label at the beginning of a line, of the surest style."""
    head = line.text[:LONGEST_LABEL]
    for style, pattern, marks in _STYLES:
        # Most lines have no mark of most styles, and a pattern costs more than a look.
        found = pattern.match(line.text) if not marks or not marks.isdisjoint(head) else None
        label = found and _label((number, line), style, found)
        if label:
            return label
    return None


def _over_two(number: int, line: Line, after: Line | None) -> Label | None:
    """Return what may be a label that begins in one line and ends in the next."""
    if after is None or not _may_go_on(line, after):
        return None
    joined = f"{line.text} {after.text[:LONGEST_FIRST_LINE]}"
    for style, pattern in (("colon", _WITH_COLON), ("clock", _CLOCK)):
        found = pattern.match(joined)
        if found is not None and found.end() > len(line.text) + 1:
            label = _label((number, line), style, found)
            return label and _moved(label, line, after)
    return None


def _may_go_on(line: Line, after: Line) -> bool:
    """Tell a short line that begins like a name, after which a label may go on to a colon."""
    if after.blank_before or ":" not in after.text[:LONGEST_FIRST_LINE]:
        return False
    opens = line.blank_before or line.start == 0
    return opens and len(line.text) <= LONGEST_FIRST_LINE and not line.is_final


def _moved(label: Label, line: Line, after: Line) -> Label:
    """Return a label read over a line's end, its offsets being those of the document."""
    shift = after.start - line.end - 1
    start, end = (n if n <= line.end else n + shift for n in label.name)
    return label._replace(name=(start, end), after=label.after + shift, last=label.last + 1)


_STYLES = (
    ("voice", _VOICE, frozenset("<")),
    ("nick", _NICK, frozenset("<")),
    ("asking", _ASKING, frozenset("QA")),
    ("colon", _WITH_COLON, frozenset(":")),
    ("clock", _CLOCK, frozenset(":")),
    ("stamp", _WRITER, frozenset(":")),
    ("timed", _TIMED, frozenset(":")),
    ("hash", _HASH, frozenset("#")),
    ("bold", _BOLD_STOP, frozenset("*_")),
    ("bold", _BOLD, frozenset("*_")),
    ("stop", _WITH_STOP, frozenset(".")),
    ("bracket", _BRACKETED, frozenset("[(")),
    ("change", _CHANGE, frozenset(">")),
    ("word", _ONE_WORD, frozenset(".")),
    ("dash", _WITH_DASH, frozenset("–—")),
    ("alone", _ALONE, frozenset[str]()),
    ("alone", _ALONE_IN_SMALL, frozenset[str]()),
)
"""Styles of labels, how each looks, and the marks of which it has one."""


def _style_of(style: str, found: re.Match[str]) -> str:
    """Return the style of a label, more exactly where marks or a time stand beside it."""
    parts = found.groupdict()
    if parts.get("stamp") or parts.get("clock"):
        return "stamp"
    if style == "colon" and parts.get("mark"):
        return "marked"
    return style


def _label(place: tuple[int, Line], style: str, found: re.Match[str]) -> Label | None:
    """Return a label, if it can be one by its words."""
    number, line = place
    start, end = _name_of(found)
    name = found.string[start:end]
    words = (name,) if style == "change" else tuple(WORD.findall(name))
    if not words or not _could_speak(style, words, found) or is_date(name):
        return None
    before = found["name"] if start > found.start("name") else ""
    return Label(
        line=number,
        style=_style_of(style, found),
        name=(line.start + start, line.start + end),
        after=line.start + found.end(),
        words=words,
        last=number,
        office=tuple(WORD.findall(before)),
    )


def _name_of(found: re.Match[str]) -> Offsets:
    """Return where the name stands: after an office in brackets ("The Minister (Mr. X)")."""
    place = found.groupdict().get("place")
    if place and _holds(found["name"], WORD.findall(place)):
        return found.span("place")
    start = found.start("name")
    return start, start + len(_without_employer(found["name"].rstrip()))


def _holds(office: str, words: Sequence[str]) -> bool:
    """Tell "(Mr. X)" after anything, "(Ada Okoro)" after "The Minister for Ports"."""
    if has_title(words):
        return True
    return office[:4].casefold() == "the " and bool(words) and names_person(words)


def _without_employer(name: str) -> str:
    """Return "Ada Okoro" of "Ada Okoro, Orbit Bank", but all of "Okoro, Ada"."""
    first = name.partition(",")[0]
    words = WORD.findall(first)
    return first if 1 < len(words) <= LONGEST_PERSON and _is_given(words[0]) else name


def _could_speak(style: str, words: tuple[str, ...], found: re.Match[str]) -> bool:
    """Tell what is no heading and no field of a form, and in what style it must be in full."""
    if is_heading_word(words[-1]) or is_heading_word(words[0]):
        return False
    rule = _MUST_BE.get(style)
    return rule is None or rule(words, found)


def _ends_in_stop(words: tuple[str, ...], found: re.Match[str]) -> bool:
    """Tell "Mr. Smith." and "ADA OKORO." from the first words of a sentence."""
    if found["title"] and f"{found['title']}.".casefold() not in _titles():
        return False
    return _is_titled(words) or (len(words) > 1 and all(w.isupper() for w in words))


def _is_alone(words: tuple[str, ...], found: re.Match[str]) -> bool:
    """Tell a name in capitals, or one of a person, that fills a line."""
    capital = found["name"].isupper()
    named = names_person(words) if not capital else len(found["name"]) > 2
    return len(words) <= LONGEST_NAME and named


def _is_loud_or_person(words: tuple[str, ...], found: re.Match[str]) -> bool:
    directed = load_lexicons().words["stage_direction"]
    if any(word.casefold() in directed for word in words):
        return False
    return found["name"].isupper() or names_person(words)


def _is_person_here(words: tuple[str, ...], found: re.Match[str]) -> bool:
    del found
    return names_person(words)


_MUST_BE = {
    "stop": _ends_in_stop,
    "alone": _is_alone,
    "dash": _is_loud_or_person,
    "hash": _is_person_here,
    "bracket": _is_loud_or_person,
    "timed": _is_loud_or_person,
}


def is_person(label: Label) -> bool:
    """Tell by its words alone what names a person: a title, an office, a known first name."""
    return names_person(label.words)


def names_person(words: Sequence[str]) -> bool:
    """Tell by the words alone what names a person: a title, an office, a known first name."""
    return _is_titled(words) or (_is_given(words[0]) and 1 < len(words) <= LONGEST_PERSON)


def _is_given(word: str) -> bool:
    """Tell a known first name that is no common word."""
    lexicons = load_lexicons()
    first = word.casefold()
    return first in lexicons.given and first not in lexicons.stop_words["en"]


def _is_titled(words: Sequence[str]) -> bool:
    """Tell "Mr. Smith", "Senator Levin", "The Chairman", "The Lord Bishop of Norwich"."""
    if len(words) > 1 and has_title(words):
        return True
    office = words[0].casefold() == "the" and len(words) > 1
    return office and (has_title(words[1:]) or holds_office(words[-1]))


def has_title(words: Sequence[str]) -> bool:
    """Tell words that begin with "Mr", "Lord", "Chairman"."""
    return bool(words) and words[0][:1].isupper() and words[0].casefold() in _titles()


@cache
def _titles() -> frozenset[str]:
    lists = load_lexicons().words
    return lists["title"] | lists["title_of_person"] | lists["role"]


def holds_office(word: str) -> bool:
    """Tell the word of somebody who speaks by an office: "chairman", "witness"."""
    lists = load_lexicons().words
    return word.casefold() in lists["role"] or word.casefold() in lists["speaking_office"]


def can_be_source(word: str) -> bool:
    """Tell the last word of what may say something: an office, a body, a place, people."""
    lexicons, folded = load_lexicons(), word.casefold()
    listed = folded in lexicons.heads or folded in lexicons.living or word in lexicons.places
    return listed or holds_office(word)


def is_heading_word(word: str) -> bool:
    """Tell a word that heads a part of a text, or a field of a form, and never speaks."""
    return word.casefold() in load_lexicons().words["heading_word"]
