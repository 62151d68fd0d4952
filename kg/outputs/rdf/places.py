"""Where words stand, as one short literal: what lets a graph travel as Turtle alone.

The model names things and sentences; a Reading also knows which characters each part of
a claim was read from. That is kept in one literal a part, so that it costs one triple:

    "0,3 15,22 group=0 from=40,46 score=0.8"

first the ranges (RFC 5147, as in the IRIs of spans), in order, then notes of the form
``name=value``; ``text=`` comes last and runs to the end of the literal.

    group    the MentionGroup that the words name         literal  1: a value, no thing
    from     the antecedent of a pronoun, with ``score``  agent    which argument a subject was
    clause   the number of a predicate's clause           kind     what a cue or mention is
    level    1 is the outermost speaker                   cue      the words that attribute
    deny     1: the speaker denies it                     text     the words, where the ranges
                                                                   do not give them
    label    the words that name who speaks in a turn     to       whom "you" means there
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.records import Antecedent, Attribution, Offsets, Phrase, Turn


@dataclass(frozen=True, slots=True)
class Place:
    """The ranges and the notes of one literal."""

    spans: tuple[Offsets, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        last = sorted(self.notes.items(), key=lambda note: note[0] == "text")
        parts = [write_range(span) for span in self.spans]
        return " ".join([*parts, *(f"{name}={value}" for name, value in last)])

    def words(self, text: str) -> str:
        """Return the words that stand there, pieces joined by a space."""
        return self.notes.get("text", words_at(text, self.spans))


def read_place(literal: str) -> Place:
    """Return what a literal says; raise InputError if it is none of ours.

    >>> read_place("0,3 group=7 text=a = b")
    Place(spans=((0, 3),), notes={'group': '7', 'text': 'a = b'})
    """
    # A space before, so that text= is found where it is the first note, too.
    head, mark, words = f" {literal}".partition(" text=")
    notes, spans = {}, []
    for part in head.split():
        name, equals, value = part.partition("=")
        if equals:
            notes[name] = value
        else:
            spans.append(read_range(part))
    return Place(tuple(spans), notes | ({"text": words} if mark else {}))


def write_range(span: Offsets) -> str:
    """Return a stretch as RFC 5147 spells it."""
    return f"{span[0]},{span[1]}"


def read_range(words: str) -> Offsets:
    """Return the stretch that "8,14" means; raise InputError if it is none."""
    start, comma, end = words.partition(",")
    if not (comma and start.isdecimal() and end.isdecimal()):
        raise InputError(f"{words!r} is no range of characters. Write it as start,end: 8,14.")
    return int(start), int(end)


def write_turns(turns: Iterable[Turn]) -> str:
    """Return turns with what names who speaks and whom they speak to: "8,14 label=0,6; 20,30"."""
    return "; ".join(str(_place_of_turn(turn)) for turn in turns)


def _place_of_turn(turn: Turn) -> Place:
    named = {"label": turn.label, "to": turn.addressee}
    notes = {name: write_range(span) for name, span in named.items() if span is not None}
    return Place(((turn.start, turn.end),), notes)


def read_turns(words: str) -> tuple[Turn, ...]:
    """Return the turns that ``write_turns`` wrote; raise InputError if it cannot have."""
    return tuple(_turn_at(read_place(part)) for part in words.split("; ") if part)


def _turn_at(place: Place) -> Turn:
    label, addressee = (place.notes.get(name) for name in ("label", "to"))
    return Turn(
        *place.spans[0],
        read_range(label) if label else None,
        read_range(addressee) if addressee else None,
    )


def words_at(text: str, spans: Iterable[Offsets]) -> str:
    """Return the words of several stretches, joined by a space."""
    return " ".join([text[start:end] for start, end in spans])


def place_of_phrase(phrase: Phrase, text: str, **notes: object) -> Place:
    """Return where a phrase of ``text`` stands, and what else is known of it."""
    known: dict[str, object] = dict(notes)
    if phrase.group is not None:
        known["group"] = phrase.group
    if phrase.literal:
        known["literal"] = 1
    if phrase.resolved:
        known["from"] = write_range((phrase.resolved.start, phrase.resolved.end))
        known["score"] = phrase.resolved.score
    if phrase.text != words_at(text, phrase.spans):
        known["text"] = phrase.text
    return Place(phrase.spans, {name: str(value) for name, value in known.items()})


def phrase_at(place: Place, text: str) -> Phrase:
    """Return the phrase of ``text`` that a place describes."""
    notes, resolved = place.notes, None
    if "from" in notes:
        start, end = read_range(notes["from"])
        resolved = Antecedent(start, end, text[start:end], float(notes.get("score", "1")))
    group = int(notes["group"]) if "group" in notes else None
    return Phrase(place.spans, place.words(text), group, "literal" in notes, resolved)


def place_of_speaker(attribution: Attribution, level: int, text: str) -> Place:
    """Return where a speaker and the words that attribute stand; no range if nobody is named."""
    cue = attribution.cue
    notes: dict[str, object] = {"level": level, "cue": write_range((cue.start, cue.end))}
    if cue.kind != "speaker":
        notes["kind"] = cue.kind
    if attribution.deny:
        notes["deny"] = 1
    if attribution.speaker:
        return place_of_phrase(attribution.speaker, text, **notes)
    return Place((), {name: str(value) for name, value in notes.items()})
