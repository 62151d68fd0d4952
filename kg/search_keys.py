"""The forms in which names are looked for: what people type finds what a text spells otherwise.

A name is kept without accents and in Latin letters, and also as German, Danish and others
spell their letters out ("Müller" as "muller" and "mueller"). What is typed gets the same
forms, and is turned round at a comma: "MÜLLER, Anna". What shares a form is a candidate,
no more: two names that share one need not be one thing.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from kg.folding import fold

_SPELT_OUT = str.maketrans(
    {
        letter: out
        for lower, spelt in {
            "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj",
        }.items()
        for letter, out in ((lower, spelt), (lower.upper(), spelt.title()))
    }
)  # fmt: skip
"""Letters that people without them on their keyboard write as two."""
_INITIAL = re.compile(r"\b([^\W\d_])\.")


def search_keys(name: str) -> tuple[str, ...]:
    """Return the folded forms under which a name is kept, the plainest first.

    >>> search_keys("Jürgen Weiß"), search_keys("O’Brien"), search_keys("Łukasz Æ")
    (('jurgen weiss', 'juergen weiss'), ('o brien',), ('lukasz ae',))
    """
    # Most names: both forms are the same, and reading a big graph need not make them.
    if name.isascii():
        return (fold(name),)
    composed = unicodedata.normalize("NFKC", name)
    forms = (composed, composed.translate(_SPELT_OUT))
    keys = dict.fromkeys(fold(anyascii(form)) for form in forms)
    return tuple(filter(None, keys)) or (fold(name),)


def asked_keys(typed: str) -> tuple[str, ...]:
    """Return the forms of what somebody typed: as it stands, turned round, initials apart.

    >>> asked_keys("WEISS, Anna"), asked_keys("J.R. Weiß")
    (('weiss anna', 'anna weiss'), ('jr weiss', 'j r weiss'))
    """
    surname, comma, first = typed.partition(",")
    apart = _INITIAL.sub(lambda found: f"{anyascii(found[1])[:1]} ", typed)
    forms = (typed, f"{first} {surname}" if comma else typed, apart)
    return tuple(dict.fromkeys(key for form in forms for key in search_keys(form) if key))
