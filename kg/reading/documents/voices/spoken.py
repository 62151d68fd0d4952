"""What is found of who speaks in a text, by whatever layout shows it."""

from __future__ import annotations

from typing import NamedTuple

from kg.reading.documents.lines import Line
from kg.records import Offsets, Turn


class Spoken(NamedTuple):
    """The lines without labels and marks of quoting, whose words stand where, and what was cut."""

    lines: tuple[Line, ...]
    turns: tuple[Turn, ...] = ()
    cut: tuple[Offsets, ...] = ()

    def then(self, found: Spoken) -> Spoken:
        """Return this with what was found in its lines afterwards."""
        return Spoken(found.lines, (*self.turns, *found.turns), (*self.cut, *found.cut))
