"""When two people's names may be one person's: first names, middle names, generations.

All names here are folded (``kg/folding.py``) and without titles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg.lexicons import load_lexicons
from kg.linking.spelling import spelt_alike
from kg.plain_names import titles

FAR_MORE = 10
"""How many times more documents than all namesakes together speak for one person."""


class PersonName(NamedTuple):
    """A folded name in its parts; ``generation`` is "" where the name says none."""

    first: str
    middle: tuple[str, ...]
    last: str
    generation: str

    @property
    def full_first(self) -> str:
        """The first name, a short form spelt out."""
        return load_lexicons().short_names.get(self.first, self.first)

    @property
    def family_name(self) -> str:
        """The surname with the generation, which tells a son from a father."""
        return f"{self.last} {self.generation}".strip()


def person_name(folded: str) -> PersonName:
    """Return the parts of a name; one word alone is a surname.

    >>> person_name("donald j trump jr")
    PersonName(first='donald', middle=('j',), last='trump', generation='jr')
    """
    words = _without_titles(folded.split())
    # As the first word it is a first name: "Junior Okoro".
    generation = next((word for word in words[1:] if word in _generations()), "")
    plain = [word for word in words if word != generation] or words
    *given, last = plain
    return PersonName(next(iter(given), ""), tuple(given[1:]), last, generation)


def _generations() -> frozenset[str]:
    return load_lexicons().words["generation"]


def _without_titles(words: list[str]) -> list[str]:
    # Of titles alone ("the Colonel") the last one stands for the name.
    first = next((i for i, word in enumerate(words) if word not in titles_of_surnames()), -1)
    return words[first:]


@cache
def titles_of_surnames() -> frozenset[str]:
    """Return words before a surname that are no first name; after "king" a first name stands."""
    return titles() - load_lexicons().words["title_of_first_name"]


def is_full_name(folded: str) -> bool:
    """Tell a first name and a surname from less than that, and from two people.

    >>> is_full_name("ada okoro"), is_full_name("a okoro"), is_full_name("ada and ben okoro")
    (True, False, False)
    >>> is_full_name("gen okoro"), is_full_name("ben jr okoro")
    (False, False)
    """
    words = folded.split()
    two = {"and", "&"} & set(words) or _generations() & set(words[1:-1])
    return len(person_name(folded).first) > 1 and not two


def are_namesakes(ours: str, theirs: str) -> bool:
    """Tell two full names that cannot be one person's: "Donald Trump" and "Ivanka Trump".

    >>> are_namesakes("michael flynn", "mike flynn"), are_namesakes("ann lee", "ann lee jr")
    (False, True)
    """
    a, b = person_name(ours), person_name(theirs)
    # The same letters with other spaces are what a scan made of one name.
    if not a.first or not b.first or ours.replace(" ", "") == theirs.replace(" ", ""):
        return False
    return a.generation != b.generation or not (
        a.full_first == b.full_first
        or (min(len(a.first), len(b.first)) == 1 and a.first[0] == b.first[0])
        or spelt_alike(
            " ".join((a.first, *a.middle, a.last)), " ".join((b.first, *b.middle, b.last))
        )
    )


def usual_middle(counts: Mapping[PersonName, int]) -> str | None:
    """Return the initials of the middle names that people of one first and last name share.

    "" if nobody has any; None if two people may bear the name: names in ``counts`` (and in how
    many documents they stand) that differ in their initials, none far more usual than the rest.

    >>> usual_middle({person_name("ann b lee"): 3, person_name("ann lee"): 9})
    'b'
    >>> usual_middle({person_name("ann b lee"): 3, person_name("ann c lee"): 9}) is None
    True
    """
    initials: Counter[str] = Counter()
    for name, count in counts.items():
        initials[initials_of(name)] += count
    bare = initials.pop("", 0)
    if not initials:
        return ""
    (best, most), *_ = initials.most_common(1)
    return best if bare + most >= FAR_MORE * (initials.total() - most) else None


def initials_of(name: PersonName) -> str:
    """Return the first letters of the middle names, what a scan made of them left out."""
    return "".join(word[0] for word in name.middle if word[0].isalpha())
