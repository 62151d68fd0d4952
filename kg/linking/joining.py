"""The rules by which names of one thing find each other, the surest grounds first.

``SAME`` joins members that share a key; ``PARTS`` yields a name that is part of, or short
for, exactly one other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.folding import fold
from kg.lexicons import load_lexicons
from kg.linking.members import Joined, Member
from kg.linking.people import FAR_MORE, initials_of, person_name, usual_middle
from kg.linking.spelling import SAME_BEGINNING, as_scanned, spelt_alike
from kg.plain_names import plain_name
from kg.vocabulary import BODIES

Outshines = Callable[[Mapping[int, list[Member]]], list[Member]]
LEAST_HOLDING, MORE_HOLDING = 3, 5
"""Documents that must call somebody by a role, and how many times more than anybody else, for the role
alone to mean them."""
LEAST_LETTERS = 8
"""Letters of a name that may be one with another that differs by its spaces alone."""


def blocks(
    members: Sequence[Member], key: Callable[[Member], object | None]
) -> Iterator[list[Member]]:
    """Yield the members that share a key, where several do."""
    sharing: dict[object, list[Member]] = defaultdict(list)
    for member in members:
        found = key(member)
        if found is not None:
            sharing[found].append(member)
    yield from (block for block in sharing.values() if len(block) > 1)


def _by_link(member: Member) -> object | None:
    return member.known or None


def _by_name(member: Member) -> object | None:
    return member.family, member.folded


def as_usually_spaced(members: Sequence[Member]) -> list[Member]:
    """Return members whose long names have the usual spaces: "Vladim ir Putin" as scans leave it."""
    spaced: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for member in members:
        spaced[_letters(member)][member.folded] += 1
    usual = {
        letters: min(names, key=lambda name: (-names[name], len(name), name))
        for letters, names in spaced.items()
        if len(letters[-1]) >= LEAST_LETTERS
    }
    return [replace(m, folded=usual.get(_letters(m), m.folded)) for m in members]


def _letters(member: Member) -> tuple[str, ...]:
    return member.group.type, member.family, member.folded.replace(" ", "")


SAME: tuple[tuple[str, Callable[[Member], object | None]], ...] = (
    ("same link", _by_link),
    ("same name", _by_name),
)


def _other_names(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield groups whose name is another name of exactly one linked thing."""
    by_name: dict[tuple[str, str], dict[int, Member]] = defaultdict(dict)
    for member in members:
        if member.known:
            for name in member.names:
                by_name[member.family, fold(name)].setdefault(id(joined.set_of(member)), member)
    for member in members:
        wholes = by_name.get((member.family, member.folded), {})
        if not member.known and len(wholes) == 1:
            yield member, next(iter(wholes.values()))


def _full_names(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield people of one first and last name whose middle names do not differ."""
    for block in blocks(members, _full_name):
        alike = _of_one_middle(block)
        if alike:
            usual = Counter(m.folded for m in alike).most_common(1)[0][0]
            whole = next(m for m in alike if m.folded == usual)
            yield from ((m, whole) for m in alike if not joined.together(m, whole))


def _full_name(member: Member) -> object | None:
    name = person_name(member.folded)
    return (name.full_first, name.family_name) if member.is_person else None


def _of_one_middle(members: Sequence[Member]) -> list[Member]:
    """Return the members of the usual middle name or none; no one where it is not clear."""
    names = [person_name(m.folded) for m in members]
    middle = usual_middle(Counter(names))
    if middle is None:
        return []
    fitting = {middle, ""}
    return [m for m, name in zip(members, names, strict=True) if initials_of(name) in fitting]


def _surnames(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield a surname alone with the one person of that name, or the one by far best known.

    What begins with another person's surname is no full name: "Okoro Moscow", "Okoro Attorney";
    nor is one that ends in another's full name: "Attorney Ada Okoro".
    """
    people = [m for m in members if m.is_person]
    known = {m.folded for m in people}
    full = Counter(person_name(m.folded).last for m in people)
    first = Counter(person_name(m.folded).first for m in people)
    family_names = {name for name, count in full.items() if count > first[name]}

    def whole_key(m: Member) -> list[str]:
        name = person_name(m.folded)
        longer = _ends_in_one_of(m.folded.split(), known)
        named = m.is_person and not longer and name.first not in family_names
        # Too short for a near spelling: only letters that scans confuse are made one ("corney").
        return [as_scanned(name.family_name)] if named else []

    def part_key(m: Member) -> str | None:
        name = person_name(m.folded)
        alone = m.group.type == "Person" and not name.first and not m.apart
        return as_scanned(name.family_name) if alone else None

    yield from _unique_wholes(members, joined, whole_key, part_key, outshines=_outshines)
    yield from _best_known(members, whole_key, part_key)


def _best_known(
    members: Sequence[Member],
    whole_key: Callable[[Member], Sequence[str]],
    part_key: Callable[[Member], str | None],
) -> Iterator[tuple[Member, Member]]:
    """Yield a surname with the one of several bearers whom it most likely means by the base, too.

    He must be named in more documents than any other of them.
    """
    owners: dict[str, dict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        for key in whole_key(member):
            owners[key][member.known or member.folded].append(member)
    for member in members:
        found, meant = owners.get(part_key(member) or "", {}), member.decision.entity
        if meant is not None and meant.id in found:
            most = max(found.values(), key=_documents)
            if found[meant.id] is most:
                yield member, most[0]


def _ends_in_one_of(words: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether two or more, but not all, last words of a name are one of some names."""
    return any(" ".join(words[i:]) in known for i in range(1, len(words) - 1))


def _outshines(owners: Mapping[int, list[Member]]) -> list[Member]:
    """Return the groups of the one person named in far more documents than all namesakes."""
    ranked = sorted(owners.values(), key=lambda found: -_documents(found))
    best, *others = map(_documents, ranked)
    return ranked[0] if best >= FAR_MORE * sum(others) else []


def _initials(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield "J Smith" with the one person of that surname and initial."""

    def abbreviated(m: Member) -> str | None:
        words = m.folded.split()
        short = _has_words(m, "Person") and len(words[0]) == 1
        return f"{words[0]} {words[-1]}" if short else None

    def spelt_out(m: Member) -> list[str]:
        words = m.folded.split()
        whole = m.is_person
        return [f"{words[0][0]} {words[-1]}"] if whole else []

    yield from _unique_wholes(members, joined, spelt_out, abbreviated)


def _acronyms(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield an acronym with the one body whose initials it has."""

    def acronym(m: Member) -> str | None:
        name = m.group.name
        # Two letters fit too many bodies.
        return m.folded if m.group.type in BODIES and name.isupper() and len(name) > 2 else None

    yield from _unique_wholes(members, joined, _initials_of_body, acronym)


def _initials_of_body(member: Member) -> list[str]:
    """Return the letters that a body of three words or more may be called by, if any."""
    words = _telling_words(member) if member.group.type in BODIES else []
    if len(words) < 3 or min(len(fold(w)) for w in words) < 2:
        return []
    return ["".join(fold(w) if w.isupper() else fold(w)[0] for w in words)]


def _telling_words(member: Member) -> list[str]:
    """Return the words of a name without "of", "the" and the like."""
    listed = load_lexicons().words
    left_out = listed["small_word"] | listed["particle"]
    plain = plain_name(member.group.name, member.group.type)
    return [word for word in plain.split() if word.lower() not in left_out]


def _has_words(member: Member, kind: str) -> bool:
    return member.group.type == kind and " " in member.folded


def _unique_wholes(
    members: Sequence[Member],
    joined: Joined,
    whole_key: Callable[[Member], Sequence[str]],
    part_key: Callable[[Member], str | None],
    *,
    outshines: Outshines | None = None,
) -> Iterator[tuple[Member, Member]]:
    """Yield (part, whole) where exactly one thing has the part's key, or one outshines the rest."""
    only = _only_wholes(members, joined, whole_key, outshines)
    for member in members:
        part = part_key(member)
        if part is not None and not member.known and part in only:
            yield member, only[part]


def _only_wholes(
    members: Sequence[Member],
    joined: Joined,
    whole_key: Callable[[Member], Sequence[str]],
    outshines: Outshines | None,
) -> dict[str, Member]:
    """Return key -> a member of the one thing that has it, or that outshines the rest."""
    wholes: dict[str, dict[int, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        for key in whole_key(member):
            # Members of one set are one thing already: sets are counted, not members.
            wholes[key][id(joined.set_of(member))].append(member)
    only: dict[str, Member] = {}
    for key, owners in wholes.items():
        if len(owners) == 1:
            only[key] = next(iter(owners.values()))[0]
        elif outshines and (best := outshines(owners)):
            only[key] = best[0]
    return only


def _spellings(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield groups of one type whose long names differ by spelling alone."""
    for block in blocks(members, lambda m: (m.group.type, m.folded[:SAME_BEGINNING])):
        names = {m.folded: m for m in reversed(block)}
        ordered = sorted(names)
        for number, name in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if spelt_alike(name, other):
                    yield names[other], names[name]


def _roles(members: Sequence[Member], joined: Joined) -> Iterator[tuple[Member, Member]]:
    """Yield a role with the one person who holds it in these documents.

    Or with the one whom far more documents call so than all others: "the President" on a page of
    a report that says "President Okoro" on most pages.
    """

    def held(m: Member) -> list[str]:
        return sorted(m.holds)

    def bare(m: Member) -> str | None:
        return m.folded if m.group.type == "Role" and not m.is_title and not m.apart else None

    yield from _unique_wholes(members, joined, held, bare, outshines=_holds_it_most)


def _holds_it_most(owners: Mapping[int, list[Member]]) -> list[Member]:
    """Return the groups of the one whom several documents call so, most of all and far more than another."""
    ranked = sorted(owners.values(), key=lambda found: -_documents(found))
    best, *others = map(_documents, ranked)
    most = best > sum(others) and best >= MORE_HOLDING * max(others, default=0)
    return ranked[0] if most and best >= LEAST_HOLDING else []


def _documents(found: Sequence[Member]) -> int:
    return len({m.key[0] for m in found})


PARTS: tuple[
    tuple[str, Callable[[Sequence[Member], Joined], Iterator[tuple[Member, Member]]]], ...
] = (
    ("another name of it", _other_names),
    ("near spelling", _spellings),
    ("same first and last name", _full_names),
    ("initials of one person", _initials),
    ("surname of one person", _surnames),
    ("acronym of one body", _acronyms),
    ("holds the role", _roles),
)
