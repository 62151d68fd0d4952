"""Lines in which nobody speaks: the times of subtitles, the notices of chat programs.

Subtitles that are pasted as text have a number and times over each cue; an export of a chat
says who joined, and that a picture is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.labels import TIME
from kg.records import Offsets

_TIMES = re.compile(
    r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->\s+(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\n]*"
)
_NUMBER = re.compile(r"\d{1,6}|WEBVTT\b[^\n]{0,80}|NOTE\b[^\n]{0,200}")
_LONE_TIME = re.compile(r"[\[(]\d{1,3}(?::\d{2}){1,3}(?:[.,]\d{1,3})?[\])]")
_FIELD = re.compile(r"_[a-z]{1,20}\s?:\s[^\n]{0,120}")
"""What a program notes of a passage, under its time: "_page : 164"."""
_TAGS = re.compile(r"</[vibuc]>\s*|<[ibu]>")
_TAGS_AT_END = re.compile(r"(?:\s*</[vibuc]>)+$")
"""Marks of voices and of print in subtitles."""
_NOTICE = re.compile(
    r"<[\w ]{1,30} omitted>|‎[^\n]{0,200}|\[?(?:image|video|audio|sticker|GIF) omitted\]?"
    r"|(?:this message was|you) deleted(?: this message)?\.?"
    r"|messages and calls are end-to-end encrypted[^\n]{0,200}"
    r"|(?:has )?(?:joined|left) (?:#[\w-]{1,80}|the (?:group|channel|chat|room|meeting))\.?"
    r"|\d{1,4} repl(?:y|ies)|:[\w+-]{1,30}:(?: \d{1,4})?|\[in reply to [^\]\n]{1,80}\]"
    r"|<attached: [^>\n]{1,120}>",
    re.IGNORECASE,
)
"""What a chat program writes in somebody's place."""
_STAMPED = re.compile(rf"{TIME}\s{{0,3}}(?:[-–—|]\s)?")


def is_timed(lines: Sequence[Line]) -> bool:
    """Tell subtitles that are pasted as text."""
    return bool(_timed(lines))


def _timed(lines: Sequence[Line]) -> set[int]:
    """Return the lines that are the times of a cue."""
    arrows = (n for n, line in enumerate(lines) if "-->" in line.text)
    return {n for n in arrows if _TIMES.fullmatch(lines[n].text)}


def without_cues(text: str, lines: Sequence[Line]) -> tuple[list[Line], list[Offsets]]:
    """Part the times and numbers of subtitles from their words, which run on over them."""
    timed = _timed(lines)
    dropped = timed.union(_wordless(lines, timed))
    cut = [(line.start, line.end) for n, line in enumerate(lines) if n in dropped]
    if timed:
        cut += [found.span() for found in _TAGS.finditer(text)]
    return list(_words(lines, timed, dropped)), cut


def _words(lines: Sequence[Line], timed: set[int], dropped: set[int]) -> Iterator[Line]:
    """Yield the lines with words; those under a time go on with a sentence that has no end."""
    ended = True
    for n, line in enumerate(lines):
        if n not in dropped:
            shown = _without_tags(line) if timed else line
            goes_on = n - 1 in timed and not ended
            yield shown._replace(blank_before=False) if goes_on else shown
            ended = shown.is_final


def _without_tags(line: Line) -> Line:
    """Return a line without the marks of voices and of print at its end."""
    said = _TAGS_AT_END.sub("", line.text)
    return line._replace(end=line.start + len(said), text=said) if said else line


def _wordless(lines: Sequence[Line], timed: set[int]) -> Iterator[int]:
    """Yield the lines that number a cue, head the file, or say that something is left out."""
    under_time = False
    for n, line in enumerate(lines):
        noted = _FIELD.fullmatch(line.text) if under_time else None
        under_time = _LONE_TIME.fullmatch(line.text) is not None or noted is not None
        if under_time or is_notice(line.text) or _is_cue_mark(lines, n, timed):
            yield n


def _is_cue_mark(lines: Sequence[Line], number: int, timed: set[int]) -> bool:
    """Tell the number over the times of a cue, and the head of the file."""
    text = lines[number].text
    numbers = number + 1 in timed and _NUMBER.fullmatch(text) is not None
    return numbers or (bool(timed) and text.startswith("WEBVTT"))


def is_notice(text: str) -> bool:
    """Tell what a chat program writes in somebody's place: "<Media omitted>"."""
    return _NOTICE.fullmatch(text) is not None


def stamped_at(text: str) -> int:
    """Return where the words after a time begin, 0 if a line does not begin with one.

    >>> stamped_at("12/03/2021, 14:05 - Ada left")
    20
    """
    found = _STAMPED.match(text)
    return found.end() if found else 0
