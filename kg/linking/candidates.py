"""Which known things a name may mean, and how the name was found to fit.

By the whole name; without a courtesy title or a legal form; and, where nobody goes by
the name so written, by a near spelling (Zelensky, Zelenskyy) of a long name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein

from kg.folding import fold
from kg.linking.knowledge_base import Found, KnowledgeBase
from kg.vocabulary import BODIES

COURTESY = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|President|Senator|General|"
    r"Judge|Justice|Captain|Colonel|Prince|Princess|King|Queen|Pope|Saint|St|Lt|LTG|Gen|Maj|Col|"
    r"Capt|Sgt|Adm|Admiral|Rep|Sen|Gov|Governor|Director|Secretary|Ambassador|Minister)\b\.?\s+)+",
)
"""Words before a person's name that are no part of it."""
LEGAL_FORMS = re.compile(
    r",?\s+(?:Ltd|Limited|Inc|Incorporated|Corp|Corporation|Co|Company|PLC|plc|LLC|LLP|LP|GmbH|AG|KG|SE|"
    r"S\.?A\.?|S\.?p\.?A\.?|N\.?V\.?|B\.?V\.?|A/S|ASA?|Oy|AB|OOO|OAO|ZAO|PAO|PJSC|JSC|OJSC|Pty|Bhd|Sdn)\.?$"
)
LINES_OF_BUSINESS = frozenset(
    """
    advisers advisors bank capital communications consultants consulting development energy
    enterprises finance group holding holdings industries international investment investments
    management marketing media partners properties research resources services solutions systems
    technologies technology trading ventures
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Words that are no name without the legal form: "Consulting LLC"."""
LEAST_SPELT = 8
"""Letters of a name that may be misspelt; short names are each other's misspellings."""
SAME_BEGINNING = 4
SPELT_ALIKE = 0.9
"""Least share of letters that agree in a near spelling: one in ten may differ."""
EXACT, UNTITLED, UNINCORPORATED, SPELT = (
    "name",
    "name without title",
    "name without legal form",
    "near spelling",
)

_HOUSED = BODIES | {"Facility"}
"""A university is a body here and a building there."""
PLACES = frozenset({"Country", "City", "Region", "Place"})
COMPATIBLE: Mapping[str, frozenset[str]] = MappingProxyType({
    "Person": frozenset({"Person"}), "Country": PLACES - {"City"}, "City": PLACES,
    "Region": PLACES, "Place": PLACES | {"Facility"}, "Facility": _HOUSED | {"Place"},
    "Organization": _HOUSED | {"Work"}, "Government": _HOUSED, "PoliticalParty": _HOUSED,
    "Event": frozenset({"Event"}), "Work": frozenset({"Work", "Organization"}),
    "Law": frozenset({"Law"}), "Product": frozenset({"Product", "Organization"}),
})  # fmt: skip
"""From the type that a document gives a name to those that its thing may have: no person is a place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known thing that a name may mean: the kind of name, and how it was come by."""

    found: Found
    how: str


def plain_name(name: str) -> str:
    """Return a name without courtesy titles and legal forms.

    >>> plain_name("Mr Vladimir Putin"), plain_name("Rosneft OAO"), plain_name("General Motors")
    ('Vladimir Putin', 'Rosneft', 'General Motors')
    """
    untitled = COURTESY.sub("", name)
    bare = LEGAL_FORMS.sub("", untitled if " " in untitled or not untitled else name) or name
    return name if bare.lower() in LINES_OF_BUSINESS else bare


def find_candidates(name: str, kind: str, knowledge: KnowledgeBase) -> list[Candidate]:
    """Return the known things of a fitting type that a name may mean, the likeliest first."""
    types = COMPATIBLE.get(kind, frozenset())
    for words, how in _forms(name, kind):
        fitting = [Candidate(f, how) for f in knowledge.find(words) if f.entity.type in types]
        if fitting:
            return fitting
    return [c for c in _near_spellings(name, knowledge) if c.found.entity.type in types]


def _forms(name: str, kind: str) -> Iterator[tuple[str, str]]:
    yield name, EXACT
    if kind == "Person" and (untitled := COURTESY.sub("", name)) != name:
        yield untitled, UNTITLED
    if kind in {"Organization", "Government"} and (bare := LEGAL_FORMS.sub("", name)) != name:
        yield bare, UNINCORPORATED


def _near_spellings(name: str, knowledge: KnowledgeBase) -> list[Candidate]:
    folded = fold(name)
    if len(folded) < LEAST_SPELT or any(c.isdigit() for c in folded):
        return []
    near = knowledge.near(folded[: max(SAME_BEGINNING, len(folded) // 2)])
    return [Candidate(found, SPELT) for found in near if spelt_alike(folded, found.name)]


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
    if theirs == f"{ours}s" or ours == f"{theirs}s":
        return False
    shorter = min(len(ours), len(theirs))
    if ours[0] != theirs[0] or shorter < 5 or abs(len(ours) - len(theirs)) > 1:
        return False
    if Levenshtein.distance(ours, theirs) > shorter // 5 + (shorter >= 8):
        return False
    changed = [
        (ours[change.src_pos], theirs[change.dest_pos])
        for change in Levenshtein.editops(ours, theirs)
        if change.tag == "replace"
    ]
    return all(a.isdigit() or b.isdigit() or b in _SOUNDS.get(a, "") for a, b in changed)


_SOUNDS: Mapping[str, str] = MappingProxyType(
    {letter: sounds for sounds in ("aeiouyjh", "ckqgx", "sz", "vwf", "dt") for letter in sounds}
)
"""Letters that spellings of one name put for one another."""
