"""Join the names of one document into groups: one group, one thing.

Names meet by what they are, not by how they look alone: a country under any of its
names and its demonym, a person by full name and surname, an organisation by name
and acronym, "the Russian government" by the country it governs. A surname that two
people share is left alone. What other words refer to ("it", "the Games") is decided
in ``kg/reading/mentions/coreference.py``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.folding import fold
from kg.lexicons import Lexicons
from kg.reading.grammar import Syntax
from kg.reading.names.name import Name
from kg.records import Antecedent, Mention, MentionGroup, MentionKind, Offsets, Passage
from kg.vocabulary import BODIES

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenMention:
    """A mention while the parse is at hand: tokens, its head token, and its group's key.

    ``antecedent`` is the mention that coreference chose, with ``score``. A user's ``own``
    name has the label that its group is to go by.
    """

    start: int
    end: int
    head: int
    type: str
    kind: MentionKind
    key: Key
    label: str = ""
    of: str = ""
    antecedent: tuple[int, int] | None = None
    score: float = 1.0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of one document and the groups they form.

    ``at_head`` maps a head token to the outermost mention there; ``group_of`` a key
    to its group's number; ``nameless`` a pronoun to the head of the words without a name
    that it stands for, and how probably.
    """

    groups: tuple[MentionGroup, ...]
    mentions: tuple[TokenMention, ...]
    at_head: Mapping[int, TokenMention]
    group_of: Mapping[Key, int]
    nameless: Mapping[int, tuple[int, float]] = field(default_factory=dict)


def collect_mentions(
    names: Iterable[Name],
    syntax: Syntax,
    lexicons: Lexicons,
    short_forms: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> list[TokenMention]:
    """Return a mention for each name, those of one thing under one key.

    ``short_forms`` are (long form, short form) token ranges found in brackets.
    """
    mentions = [_as_mention(name, syntax) for name in names]
    mentions = _join_people(mentions, syntax)
    mentions = _join_short_forms(mentions, syntax, short_forms)
    mentions = _join_shorter_names(mentions, syntax)
    return mentions + list(_generic_heads(mentions, syntax, lexicons))


def group_mentions(
    mentions: Iterable[TokenMention],
    syntax: Syntax,
    document_id: str,
    locate: Callable[[int, int], Offsets],
    text: str,
) -> Mentions:
    """Return the groups that the mentions form, numbered in reading order.

    ``locate`` turns a range of tokens into a stretch of ``text``, the document's own.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    members: dict[Key, list[TokenMention]] = defaultdict(list)
    for mention in ordered:
        members[mention.key].append(mention)
    groups, group_of = [], {}
    for number, (key, found) in enumerate(members.items()):
        group_of[key] = number
        records = []
        for m in found:
            start, end = locate(m.start, m.end)
            records.append(Mention(Passage(document_id, start, end), text[start:end], m.kind))
        name, kind = _best_name(found, syntax), _best_type(found)
        groups.append(MentionGroup(number, name, kind, tuple(dict.fromkeys(records))))
    at_head: dict[int, TokenMention] = {}
    for mention in ordered:
        at_head.setdefault(mention.head, mention)
    return Mentions(tuple(groups), tuple(ordered), at_head, group_of)


def antecedent_of(
    mention: TokenMention, locate: Callable[[int, int], Offsets], text: str
) -> Antecedent | None:
    """Return which mention licenses one that coreference resolved."""
    if mention.antecedent is None:
        return None
    start, end = locate(*mention.antecedent)
    return Antecedent(start, end, text[start:end], mention.score)


def span_head(syntax: Syntax, start: int, end: int) -> int:
    """Return the token of a range that the others hang on."""
    for i in range(end - 1, start - 1, -1):
        head = syntax.heads[i]
        if not start <= head < end or head == i:
            return i
    return end - 1


def _as_mention(name: Name, syntax: Syntax) -> TokenMention:
    kind: MentionKind = name.kind  # type: ignore[assignment]
    head = span_head(syntax, name.start, name.end)
    return TokenMention(
        name.start, name.end, head, name.type, kind, _key(name, syntax), name.label, name.of,
        own=name.source == "own",
    )  # fmt: skip


def _key(name: Name, syntax: Syntax) -> Key:
    text = fold(syntax.text(name.start, name.end))
    if name.of and name.type in {"Government", "Group", "Role"}:
        head = syntax.lemmas[name.end - 1].lower()
        of = fold(name.of)
        if name.type == "Government":
            return (
                "Government",
                of,
                "government" if head in {"government", "administration"} else head,
            )
        plain_people = name.end - name.start == 1
        own_words = fold(name.label).split(" ", 1)[-1] if name.label else head
        return (name.type, of, "people" if plain_people else own_words)
    label = fold(name.label) if name.label else text
    match = re.fullmatch(r"government of (?:the )?(.+)", label)
    if match:
        return ("Government", match[1], "government")
    if name.type in {"Country", "Region", "City"}:
        return ("Place", label)
    return (name.type, label)


def _join_people(mentions: list[TokenMention], syntax: Syntax) -> list[TokenMention]:
    """Give a surname the key of the one full name that ends in it; else a first name, of the one.

    "Z" alone may be the elder where "Z Jr." is named, so that one takes part no further
    than to make the surname unclear.
    """
    full: dict[str, set[Key]] = defaultdict(set)
    first: dict[str, set[Key]] = defaultdict(set)
    surnames = _surnames(mentions)
    for m in mentions:
        words = m.key[1].split()
        if m.type == "Person" and len(words) > 1 and words[0] not in surnames:
            first[words[0]].add(m.key)
            if words[-1] in {"jr", "sr", "ii", "iii", "iv"}:
                full[words[-2]] |= {m.key, ("Person", words[-2])}
                continue
            full[words[-1]].add(m.key)
            if len(words) > 2:
                full[f"{words[0]} {words[-1]}"].add(m.key)
    joined = []
    for m in mentions:
        known = full if m.key[1] in full else first
        owners = known.get(m.key[1], set()) if m.type == "Person" else set()
        joined.append(replace(m, key=next(iter(owners))) if len(owners) == 1 else m)
    return joined


def _surnames(mentions: Iterable[TokenMention]) -> set[str]:
    """Return words that end people's names more often than they begin them.

    What begins with one is no full name: "Okoro Moscow", "Okoro Attorney".
    """
    named = [m.key[1].split() for m in mentions if m.type == "Person" and " " in m.key[1]]
    first, last = Counter(words[0] for words in named), Counter(words[-1] for words in named)
    return {word for word, count in last.items() if count > first[word]}


def _join_short_forms(
    mentions: list[TokenMention],
    syntax: Syntax,
    short_forms: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> list[TokenMention]:
    """Let an acronym that the document explains, or spells out, mean its long form."""
    at = {(m.start, m.end): m for m in mentions}
    meaning: dict[str, tuple[Key, str]] = {}
    for m in mentions:
        words = [w for w in m.key[-1].split() if w not in {"of", "the", "and", "for", "&"}]
        if m.key[0] in BODIES and len(words) > 2:
            meaning.setdefault("".join(w[0] for w in words), (m.key, m.type))
    found = list(mentions)
    for long, short in short_forms:
        owner = at.get(long) or _ending_with(mentions, long)
        if owner is None:
            continue
        meaning[fold(syntax.text(*short))] = (owner.key, owner.type)
        if short not in at:
            found.append(TokenMention(*short, short[0], owner.type, "acronym", owner.key))
    joined = []
    for m in found:
        known = meaning.get(m.key[-1])
        is_short = m.end - m.start == 1 and syntax.words[m.start].isupper()
        if known and is_short and m.key[0] not in {"Place", "Person"}:
            m = replace(m, key=known[0], type=known[1], kind="acronym")
        joined.append(m)
    return joined


def _ending_with(mentions: list[TokenMention], tokens: tuple[int, int]) -> TokenMention | None:
    return next((m for m in mentions if m.end == tokens[1] and m.start >= tokens[0]), None)


def _join_shorter_names(mentions: list[TokenMention], syntax: Syntax) -> list[TokenMention]:
    """Let "the World Cup" mean the one longer name in the document that ends in it."""
    longer: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for m in mentions:
        words = m.key[-1].split()
        if m.type in {"Event", "Organization", "Law", "Work"} and len(m.key) == 2:
            for i in range(1, len(words) - 1):
                if {"and", "between", "with"} & set(words[:i]):
                    break  # Two names that the parser took for one.
                longer[m.type, " ".join(words[i:])].add(m.key)
    joined = []
    for m in mentions:
        owners = longer.get((m.type, m.key[-1]), set()) - {m.key}
        joined.append(replace(m, key=next(iter(owners))) if len(owners) == 1 else m)
    return joined


_GENERIC: Mapping[str, str] = MappingProxyType(
    {
        "Event": "event_noun",
        "Region": "head:Region",
        "Organization": "head:Organization",
        "PoliticalParty": "head:PoliticalParty",
        "Law": "head:Law",
    }
)
"""Type of a name -> the class of words that tell the kind of thing it is."""


def _generic_heads(
    mentions: list[TokenMention], syntax: Syntax, lexicons: Lexicons
) -> Iterable[TokenMention]:
    """Yield "the Euro 2016 tournament", "the Gulf area": a name and the kind of thing it is."""
    heads = {m.head for m in mentions}
    for m in mentions:
        noun = syntax.heads[m.head]
        nouns = lexicons.words.get(_GENERIC.get(m.type, ""), frozenset())
        extra = {"exercises", "games", "region", "area"} if m.type in {"Event", "Region"} else set()
        if m.kind != "name" or noun in heads or not m.end <= noun < m.end + 3:
            continue
        if syntax.lowers[noun] in nouns | extra and syntax.deps[m.head] in {
            "compound",
            "nmod",
            "poss",
            "amod",
        }:
            quoted = m.start > 0 and syntax.words[m.start - 1] == '"' == syntax.words[m.end]
            yield replace(m, start=m.start - quoted, end=noun + 1, head=noun, kind="nominal")


def _best_name(found: list[TokenMention], syntax: Syntax) -> str:
    """Return the user's or the list's name for it, else the fullest proper name, else the first words."""
    labels = [
        m.label
        for m in found
        if m.label and (m.own or m.type == "Country" or m.kind in {"nominal", "demonym"})
    ]
    if labels:
        return Counter(labels).most_common(1)[0][0]
    proper = (
        [m for m in found if m.kind == "name"] or [m for m in found if m.kind == "acronym"] or found
    )
    texts = Counter(syntax.text(m.start, m.end) for m in proper)
    return min(texts, key=lambda text: (-len(text.split()), -texts[text], text))


def _best_type(found: list[TokenMention]) -> str:
    counts = Counter(m.type for m in found)
    return min(counts, key=lambda kind: (-counts[kind], kind))
