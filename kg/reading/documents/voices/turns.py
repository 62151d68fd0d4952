"""Find whose words each stretch of a text is, by the layout alone: before anything is parsed.

Mails are read in ``mail.py``, talk with labels in ``labelled.py``. A text that is neither may
still hold letters, comments, block quotations and signed words of others; and talk may.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.reading.documents.lines import Line
from kg.reading.documents.voices.block_quotes import find_block_quotes
from kg.reading.documents.voices.comments import find_comments
from kg.reading.documents.voices.cues import is_timed, without_cues
from kg.reading.documents.voices.dated_letters import find_dated_letters
from kg.reading.documents.voices.labelled import find_labelled
from kg.reading.documents.voices.letters import find_letters
from kg.reading.documents.voices.mail import find_mail
from kg.reading.documents.voices.margins import without_numbers
from kg.reading.documents.voices.signed import find_signed
from kg.reading.documents.voices.spoken import Spoken
from kg.reading.documents.voices.unnamed_sides import find_answers

_INSIDE = (find_comments, find_dated_letters, find_letters, find_block_quotes, find_signed)
"""What a text may hold of others' words, the largest stretches first."""


def find_turns(text: str, lines: Sequence[Line], *, spoken: bool = False) -> Spoken:
    """Return the lines without labels and marks of quoting, and whose words stand where.

    ``spoken`` tells that the text is nothing but talk; so do the times of subtitles.
    """
    numbered, margin = without_numbers(lines)
    mail = find_mail(numbered)
    if mail is not None:
        return mail._replace(cut=(*margin, *mail.cut))
    plain, cues = without_cues(text, numbered)
    spoken = spoken or is_timed(numbered)
    found = Spoken(tuple(plain), (), (*margin, *cues))
    talk = find_labelled(text, found.lines, spoken=spoken) or find_answers(found.lines)
    found = found if talk is None else found.then(talk)
    if spoken:
        return found
    for find in _INSIDE:
        found = found.then(find(text, found.lines))
    return found
