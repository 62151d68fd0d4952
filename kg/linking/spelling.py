"""When two names are one name spelt in two ways: Zelensky and Zelenskyy, "Robe1t" of a scan.

Names are compared word by word and folded (``kg/folding.py``). Long ones alone: short names are
each other's misspellings.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from kg.lexicons import load_lexicons

LEAST_SPELT = 8
"""Letters of a name that may be misspelt."""
SAME_BEGINNING = 4
"""Letters that two names must share at their start before their spelling is compared."""
SPELT_ALIKE = 0.9
"""Least share of letters that agree in a near spelling: one in ten may differ."""
LEAST_LETTERS = 5
"""Letters of a word that may be misspelt."""


def spelt_alike(first: str, second: str) -> bool:
    """Tell whether two folded names differ by spelling alone, word by word.

    >>> spelt_alike("volodymyr zelensky", "volodymyr zelenskyy"), spelt_alike("ann lee", "ann leo")
    (True, False)
    >>> spelt_alike("james comey", "james corney"), spelt_alike("james comey", "james comer")
    (True, False)
    """
    first, second = as_scanned(first), as_scanned(second)
    ours, theirs = first.split(), second.split()
    if len(ours) != len(theirs) or min(len(first), len(second)) < LEAST_SPELT:
        return False
    if Levenshtein.normalized_similarity(first, second) < SPELT_ALIKE:
        return False
    return all(_word_alike(a, b) for a, b in zip(ours, theirs, strict=True))


def as_scanned(folded: str) -> str:
    """Return a name with the letters that scans confuse made one.

    >>> as_scanned("james corney") == as_scanned("james comey")
    True
    """
    return folded.replace("rn", "m").replace("vv", "w")


def _word_alike(ours: str, theirs: str) -> bool:
    """Tell words that differ by one letter in five or fewer, by more than a plural's "s" alone.

    Short words must be the same; in longer ones a letter of another sound makes another name,
    but not the digit of a scan ("Robe1t"), and so do two letters more ("Austrian", "Australian").
    """
    if ours == theirs:
        return True
    return _may_be_misspelt(ours, theirs) and all(
        _sound_alike(ours[change.src_pos], theirs[change.dest_pos])
        for change in Levenshtein.editops(ours, theirs)
        if change.tag == "replace"
    )


def _may_be_misspelt(ours: str, theirs: str) -> bool:
    """Tell two long words, of one first letter and about one length, that differ little."""
    shorter = min(len(ours), len(theirs))
    plural = theirs == f"{ours}s" or ours == f"{theirs}s"
    if plural or shorter < LEAST_LETTERS or abs(len(ours) - len(theirs)) > 1:
        return False
    most = shorter // 5 + (shorter >= 8)
    return ours[0] == theirs[0] and Levenshtein.distance(ours, theirs) <= most


def _sound_alike(ours: str, theirs: str) -> bool:
    """Tell letters that spellings of one name put for one another, and the digit of a scan."""
    if ours.isdigit() or theirs.isdigit():
        return True
    return any({ours, theirs} <= {*letters} for letters in load_lexicons().words["alike_letters"])
