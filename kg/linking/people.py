"""When two people's names may be one person's: first names, middle names, generations.

All names here are folded (``kg/folding.py``) and without titles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.linking.candidates import spelt_alike

GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
SHORT_FORMS: Mapping[str, str] = MappingProxyType(
    {
        short: full
        for full, shorts in {
            "alexander": "alex", "andrew": "andy", "anthony": "tony", "benjamin": "ben benny",
            "charles": "charlie chuck", "christopher": "chris", "daniel": "dan danny",
            "david": "dave", "donald": "don donny", "douglas": "doug", "elizabeth": "liz beth betty",
            "franklin": "frank", "frederick": "fred freddie", "gerald": "gerry",
            "gregory": "greg", "james": "jim jimmy", "jeffrey": "jeff", "joseph": "joe joey",
            "kenneth": "ken", "lawrence": "larry", "margaret": "maggie peggy", "matthew": "matt",
            "michael": "mike mick mickey", "nicholas": "nick", "patrick": "pat", "peter": "pete",
            "philip": "phil", "raymond": "ray", "richard": "rick dick richie", "robert": "bob rob bobby robbie",
            "ronald": "ron ronnie", "rudolph": "rudy", "samuel": "sam sammy", "stephen": "steve steven",
            "susan": "sue", "theodore": "ted teddy", "thomas": "tom tommy",
            "timothy": "tim", "vincent": "vince", "william": "bill will billy",
        }.items()
        for short in shorts.split()
    }
)  # fmt: skip
"""Other forms of first names that have one usual full form."""
TITLES = frozenset(
    """
    mr mrs ms miss dr prof ltg gen maj col capt sgt lt adm rep sen gov ag president senator
    general colonel secretary director ambassador judge justice
    """.split()  # noqa: SIM905 - words are easier to read without quotes
)
"""Words before a surname that are no first name; after "king" or "pope" a first name stands."""


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
        return SHORT_FORMS.get(self.first, self.first)

    @property
    def family_name(self) -> str:
        """The surname with the generation, which tells a son from a father."""
        return f"{self.last} {self.generation}".strip()


def person_name(folded: str) -> PersonName:
    """Return the parts of a name; one word alone is a surname.

    >>> person_name("donald j trump jr")
    PersonName(first='donald', middle=('j',), last='trump', generation='jr')
    """
    words = folded.split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    generation = next((word for word in words[1:] if word in GENERATIONS), "")
    plain = [word for word in words if word != generation] or words
    first = plain[0] if len(plain) > 1 else ""
    return PersonName(first, tuple(plain[1:-1]), plain[-1], generation)


def is_full_name(folded: str) -> bool:
    """Tell a first name and a surname from less than that, and from two people.

    >>> is_full_name("ada okoro"), is_full_name("a okoro"), is_full_name("ada and ben okoro")
    (True, False, False)
    >>> is_full_name("gen okoro"), is_full_name("ben jr okoro")
    (False, False)
    """
    words = folded.split()
    two = {"and", "&"} & set(words) or GENERATIONS & set(words[1:-1])
    return len(person_name(folded).first) > 1 and not two


def are_namesakes(ours: str, theirs: str) -> bool:
    """Tell two full names that cannot be one person's: "Donald Trump" and "Ivanka Trump".

    >>> are_namesakes("michael flynn", "mike flynn"), are_namesakes("ann lee", "ann lee jr")
    (False, True)
    """
    a, b = person_name(ours), person_name(theirs)
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
