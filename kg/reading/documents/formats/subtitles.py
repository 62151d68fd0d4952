"""Read .srt and .vtt: what is said, without numbers and time stamps.

A cue goes on with the words of the one before until a sentence ends or somebody else
speaks; who speaks, where a file tells it (``<v Ada Okoro>``), stands before the words as in
a transcript ("Ada Okoro: I did.").
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kg.reading.documents.formats.blocks import Block, join_blocks
from kg.reading.documents.formats.extracted import Extracted, Unreadable
from kg.reading.documents.formats.plain import decode

TIMES = re.compile(
    r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
VOICE = re.compile(r"<v(?:\.[^\s>]{1,80})?\s+([^>]{1,120})>", re.IGNORECASE)
TITLE = re.compile(r"WEBVTT[ \t]+(?:-[ \t]+)?([^\n]{1,200})")
"""The first line of a .vtt, where it says more than what it is."""
MARK = re.compile(r"</?[a-zA-Z0-9][^>]{0,120}>|\{\\[^}]{0,80}\}")
ENDS = (".", "!", "?", "…", '"', "”", "’", ":", "]", ")", "♪")
DASH = re.compile(r"[-–—]\s*(?=\S)")


def read_subtitles(content: bytes) -> Extracted:
    """Return what the cues say, a paragraph for each sentence end or change of speaker."""
    shown = decode(content).lstrip("\ufeff")
    cues = list(_cues(shown))
    if not cues:
        raise Unreadable("it holds no cue with a time")
    text, _ = join_blocks(map(Block, _paragraphs(_turns(cues))))
    title = TITLE.match(shown)
    return Extracted(text, title[1] if title else "", spoken=True)


def _cues(text: str) -> Iterator[list[str]]:
    """Yield the lines of each cue, below its time stamp and above the next empty line."""
    lines: list[str] | None = None
    for line in text.splitlines():
        if TIMES.match(line.strip()):
            lines = []
        elif lines is not None and line.strip():
            lines.append(line.strip())
            continue
        elif lines:
            yield lines
            lines = None
    if lines:
        yield lines


def _turns(cues: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Yield who speaks ("" if that is not told, "-" for somebody else) and the words."""
    for lines in cues:
        voice = ""
        dashes = sum(DASH.match(line) is not None for line in lines) > 1
        for line in lines:
            found = VOICE.search(line)
            voice = found[1].strip() if found else voice
            words = html.unescape(MARK.sub("", line)).strip()
            other = dashes and DASH.match(words)
            yield ("-" if other else voice), words[other.end() :] if other else words


def _paragraphs(turns: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Yield the words put together to paragraphs, a speaker's name before them."""
    speaker, said = "", ""
    for told, words in turns:
        voice = told or _voice_that_goes_on(speaker, said)
        if said and (voice == "-" or voice != speaker or said.endswith(ENDS)):
            yield said
            said = ""
        said = f"{said} {words}" if said else _named(voice, words)
        speaker = voice
    yield said


def _voice_that_goes_on(speaker: str, said: str) -> str:
    """Return who speaks in a cue without a name: whoever began the sentence that goes on there."""
    return "" if said.endswith(ENDS) else speaker


def _named(voice: str, words: str) -> str:
    """Return words with the name of whoever says them, if it is told."""
    return f"{voice}: {words}" if voice.strip("-") else words
