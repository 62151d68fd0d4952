"""From what people type to the thing that they mean: one way for every place that asks.

The things whose name, other name or (of people) surname it is come first; then those with
its words in a name, then those with words that begin so, then any that hold it. Among
them a Concept comes last, and so does a Role but by its whole name; a thing's own name
comes before others, and the most mentioned thing first. Whoever takes the first of several
says so (``Meant.note``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from kg.errors import UnknownNameError
from kg.folding import fold
from kg.linking.people import person_name
from kg.search_keys import asked_keys, search_keys
from kg.vocabulary import CONCEPT

BY_ID = "ent:"
"""Before an id, takes that thing and no other: the prefix that ids have in SPARQL."""
MOST_OTHERS = 4
LONGEST = 200
"""Characters typed that are looked at: the time to compare grows with the words."""


class Fit(IntEnum):
    """How well a name fits what was typed, best first."""

    NAME = 0
    ALIAS = 1
    SURNAME = 2
    WORDS = 3
    BEGINNINGS = 4
    WITHIN = 5


_CLASS = {Fit.NAME: 0, Fit.ALIAS: 0, Fit.SURNAME: 0, Fit.WORDS: 1, Fit.BEGINNINGS: 2, Fit.WITHIN: 3}
"""Fits of one class compete by what the thing is and how often it is mentioned."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its names, as somebody may ask for it."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search found, and the one of its names that fits best."""

    thing: Named
    name: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class Meant:
    """The thing that is taken for what was typed, and the others that it fits as well."""

    thing: Named
    others: tuple[Named, ...] = ()

    @property
    def note(self) -> str:
        """What to tell whoever typed it: "" if there was no choice."""
        if not self.others:
            return ""
        shown = [f"{other.name} ({BY_ID}{other.id})" for other in self.others[:MOST_OTHERS]]
        more = len(self.others) - len(shown)
        rest = f" and {more} more" if more else ""
        return f"took {self.thing.name}; also: {', '.join(shown)}{rest}"


class Asked:
    """What somebody typed, to be held against the keys of names (``search_keys``)."""

    def __init__(self, typed: str) -> None:
        self.keys = asked_keys(typed[:LONGEST])
        self.longest = tuple({max(key.split(), key=len) for key in self.keys if key.split()})
        """One of these is in every key that fits: quick to look for."""

    def fit(self, key: str, *, is_own: bool, type_: str) -> Fit | None:
        """Return how well a key fits that belongs to a thing's own name, or to another."""
        if not any(word in key for word in self.longest):
            return None
        fits = (_fit(wanted, key, is_own=is_own, type_=type_) for wanted in self.keys)
        return min((fit for fit in fits if fit is not None), default=None)


Rank = tuple[int, bool, bool, int, int]


def rank(fit: Fit, type_: str, mentions: int) -> Rank:
    """Return by what to sort things that were found."""
    is_own = fit is Fit.NAME
    is_unnamed = type_ == CONCEPT or (type_ == "Role" and not is_own)
    return _CLASS[fit], is_unnamed, not is_own, -mentions, fit


def _fit(wanted: str, key: str, *, is_own: bool, type_: str) -> Fit | None:
    if wanted == key:
        return Fit.NAME if is_own else Fit.ALIAS
    typed, words = wanted.split(), key.split()
    if _holds(words, typed):
        is_surname = type_ == "Person" and person_name(key).last in typed
        return Fit.SURNAME if is_surname else Fit.WORDS
    if _begin(words, typed):
        return Fit.BEGINNINGS
    return Fit.WITHIN if wanted in key else None


def _holds(words: list[str], typed: list[str]) -> bool:
    """Tell whether each typed word is one of a name's; single letters may be its initials."""
    whole = {word for word in typed if len(word) > 1}
    return bool(whole) and whole <= {*words} and _begin(words, typed)


def _begin(words: list[str], typed: list[str]) -> bool:
    """Tell whether each typed word is the beginning of one of a name's."""
    return all(any(word.startswith(begin) for word in words) for begin in typed)


def _keys_of(thing: Named) -> Iterator[tuple[str, str, bool, Named]]:
    """Yield each key of a thing with the name that it is of, its own id and name marked."""
    for number, name in enumerate((thing.name, *thing.aliases)):
        for key in search_keys(name):
            yield key, name, number == 0, thing
    # Most ids are the name written otherwise, and need no key.
    if (own := fold(thing.id)) not in search_keys(thing.name):
        yield own, thing.name, True, thing


class NameIndex:
    """The names of some things, for looking up what people type."""

    def __init__(self, things: Iterable[Named]) -> None:
        self.things = {thing.id: thing for thing in things}
        self._keys = [row for thing in self.things.values() for row in _keys_of(thing)]

    def search(self, typed: str) -> list[Found]:
        """Return every thing with a name that fits, the best first."""
        best: dict[str, tuple[tuple[object, ...], Found]] = {}
        for key, found in self._fitting(Asked(typed)):
            thing = found.thing
            order = (*rank(found.fit, thing.type, thing.mentions), len(key), thing.name, thing.id)
            if thing.id not in best or order < best[thing.id][0]:
                best[thing.id] = order, found
        return [found for _, found in sorted(best.values(), key=lambda pair: pair[0])]

    def _fitting(self, asked: Asked) -> Iterator[tuple[str, Found]]:
        for key, name, is_own, thing in self._keys:
            fit = asked.fit(key, is_own=is_own, type_=thing.type)
            if fit is not None:
                yield key, Found(thing, name, fit)

    def meant(self, typed: str) -> Meant:
        """Return the thing that somebody means by an id, a name or a part of one.

        Raises:
            UnknownNameError: it fits nothing; the message suggests near names.

        """
        if (thing := self._by_id(typed)) is not None:
            return Meant(thing)
        # The beginning of a word is a help while typing; it names nothing.
        found = [one for one in self.search(typed) if one.fit <= Fit.WORDS]
        if not found:
            raise UnknownNameError("name", typed, self._names())
        best, *others = found
        rivals = [one.thing for one in others if _CLASS[one.fit] == _CLASS[best.fit]]
        return Meant(best.thing, tuple(rivals))

    def _names(self) -> set[str]:
        return {name for thing in self.things.values() for name in (thing.name, *thing.aliases)}

    def _by_id(self, typed: str) -> Named | None:
        """Return the thing of an id; that of a Concept may be a name that somebody has."""
        if typed.startswith(BY_ID):
            return self.things.get(typed.removeprefix(BY_ID))
        thing = self.things.get(typed)
        return None if thing is None or thing.type == CONCEPT else thing
