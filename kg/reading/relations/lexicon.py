"""Relations that the words of a claim spell out: "marry", "be member of", "meet with".

models/relations/triggers.tsv lists words, the preposition that leads to the object ("-" for
none), the relation, and whether it leads from subject to object (">") or back ("<"). The types of
the two ends decide between several; the first that fits is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.reading.grammar import word_set
from kg.relation_types import RelationType, relation_types
from kg.settings import models_folder

_NO_PREPOSITION = "-"
_BE = "be"
PREPOSITIONS = word_set(
    """about above across after against along among around as at before behind below beneath beside
    between beyond by during for from in inside into like near of off on onto out outside over past
    since through to toward towards under until up upon via with within without"""
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A relation that words state; ``turned``: from the object to the subject."""

    relation: RelationType
    turned: bool

    def fits(self, subject: str, object_: str) -> bool:
        """Tell whether the relation may hold between things of two types."""
        ends = (object_, subject) if self.turned else (subject, object_)
        return self.relation.fits(*ends)


@cache
def triggers() -> Mapping[tuple[str, str], Sequence[Trigger]]:
    """Return what each word states with each preposition, in the order in which it is asked."""
    path = models_folder() / "relations" / "triggers.tsv"
    known = relation_types()
    found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        word, preposition, key, direction = line.split("\t")
        preposition = "" if preposition == _NO_PREPOSITION else preposition
        found[word, preposition].append(Trigger(known[key], direction == "<"))
    return MappingProxyType(dict(found))


def stated(lemma: str, head: str, subject: str, object_: str) -> Trigger | None:
    """Return the relation that a predicate states between things of two types, if any.

    >>> stated("be member of", "be", "Person", "Organization").relation.key
    'P463'
    """
    for word, preposition in _asked(lemma, head):
        for trigger in triggers().get((word, preposition), ()):
            if trigger.fits(subject, object_):
                return trigger
    return None


def _asked(lemma: str, head: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a predicate that may tell its relation, each with its preposition.

    Of "be deputy head of" that is "head", of "have close relation with" "relation", of "bear in"
    "bear"; "be" alone if nothing stands between it and the preposition.
    """
    words = lemma.split()
    preposition = words[-1] if len(words) > 1 and words[-1] in PREPOSITIONS else ""
    told = words[: len(words) - 1] if preposition else words
    last = told[-1].lower() if told else ""
    if last:
        yield last, preposition
    # "be official or agent of" tells of both; the first of them is the one asked.
    if head and head.lower() not in {last, _BE}:
        yield head.lower(), preposition
