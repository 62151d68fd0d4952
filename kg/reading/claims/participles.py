"""The past participle of a verb, which a claim with an undergoer needs: "assassinated"."""

from __future__ import annotations

from kg.lexicons import load_lexicons

_VOWELS = frozenset("aeiou")
_NEVER_DOUBLED = frozenset("wxy")
_LONGEST_DOUBLED = 4
"""Letters of a verb that doubles its last one, as a rule: "plan", but "assassin"."""


def participle(verb: str) -> str:
    """Return the past participle of an English verb, by rule.

    >>> [participle(v) for v in ("assassinate", "deny", "stop", "poison", "hold")]
    ['assassinated', 'denied', 'stopped', 'poisoned', 'held']
    """
    irregular = load_lexicons().forms["participle"].get(verb)
    if irregular is not None:
        return irregular
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _is_doubled(verb) else "") + "ed"


def _is_doubled(verb: str) -> bool:
    """Tell "stop", one short vowel between consonants, from "boat" and "tow"."""
    if len(verb) > _LONGEST_DOUBLED or verb[-1] in _VOWELS | _NEVER_DOUBLED:
        return False
    return verb[-2] in _VOWELS and verb[-3:-2] not in _VOWELS
