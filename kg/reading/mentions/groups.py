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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.folding import fold
from kg.lexicons import Lexicons
from kg.plain_names import without_legal_form
from kg.reading.grammar import Syntax
from kg.reading.names.name import MODIFIERS, Name, small_words
from kg.records import Antecedent, Mention, MentionGroup, MentionKind, Offsets, Passage
from kg.vocabulary import BODIES, PLACES

Key = tuple[str, ...]
_BUILT = frozenset({"Government", "Group", "Role"})
"""Types of names that are built on another: "the Russian government"."""
_SHORTENED = frozenset({"Event", "Organization", "Government", "Law", "Work"})
"""Types of things whose long names lose their first words when they are told of again."""
_TWO_NAMES = frozenset({"and", "between", "with"})
"""Words inside what the parser took for one name though it is two."""
_GENERIC: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Event": ("event_noun", "head:Event"),
        "Region": ("head:Region",),
        "Organization": ("head:Organization",),
        "PoliticalParty": ("head:PoliticalParty",),
        "Law": ("head:Law",),
    }
)
"""Type of a name -> the classes of words that tell the kind of thing it is."""
_MODIFYING = MODIFIERS | {"poss"}
MOST_BETWEEN = 2
"""Words that may stand between a name and the kind of thing it is."""


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

    @property
    def tokens(self) -> tuple[int, int]:
        """First token and token after the last."""
        return self.start, self.end

    @property
    def last(self) -> int:
        """The last token, which every mention has."""
        return self.end - 1


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
    *,
    short_forms: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> list[TokenMention]:
    """Return a mention for each name, those of one thing under one key.

    ``short_forms`` are (long form, short form) token ranges found in brackets.
    """
    mentions = [_as_mention(name, syntax) for name in names]
    mentions = _join_people(mentions, lexicons)
    mentions = _join_firms(mentions, syntax)
    mentions = _join_short_forms(mentions, syntax, short_forms)
    # After the short forms: an acronym has its long form's key by now, and goes along with it.
    mentions = _join_shorter_names(mentions)
    return mentions + list(_generic_heads(mentions, syntax, lexicons))


def group_mentions(
    mentions: Iterable[TokenMention],
    syntax: Syntax,
    *,
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
        # Of mentions with one head the outermost comes first.
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
    """Return what names of one thing share: "the Russian government", "Russia's government"."""
    if name.of and name.type in _BUILT:
        return _built_key(name, syntax)
    label = fold(name.label or syntax.text(name.start, name.end))
    # Whichever way it is put, it is one government: "the Peruvian government".
    match = re.fullmatch(r"government of (?:the )?(.+)", label)
    if match:
        return ("Government", match[1], "government")
    return ("Place" if name.type in PLACES else name.type, label)


def _built_key(name: Name, syntax: Syntax) -> Key:
    """Return the key of a name that is built on another: whose it is, and which."""
    of, head = fold(name.of), syntax.lemmas[name.last].lower()
    if name.type == "Government":
        return (name.type, of, "government" if head in {"government", "administration"} else head)
    own_words = fold(name.label).split(" ", 1)[-1] if name.label else head
    return (name.type, of, "people" if name.size == 1 else own_words)


def _join_people(mentions: list[TokenMention], lexicons: Lexicons) -> list[TokenMention]:
    """Give a surname the key of the one full name that ends in it; else a first name, of the one.

    "Z" alone may be the elder where "Z Jr." is named, so that one takes part no further
    than to make the surname unclear.
    """
    full: dict[str, set[Key]] = defaultdict(set)
    first: dict[str, set[Key]] = defaultdict(set)
    inner: dict[str, set[Key]] = defaultdict(set)
    generations = lexicons.words["generation"]
    whole = _with_middle_names(_full_names(mentions))
    mentions = [replace(m, key=whole.get(m.key, m.key)) for m in mentions]
    for key, words in _full_names(mentions):
        first[words[0]].add(key)
        if words[-1] in generations:
            full[words[-2]] |= {key, ("Person", words[-2])}
            continue
        full[words[-1]].add(key)
        # Of two surnames either may stand alone: "Nicolás Maduro Moros", "Fernando Dias da Costa".
        for name in (*words[1:-1], " ".join(words[:2]), " ".join(words[-2:])):
            inner[name].add(key)

    def owners(m: TokenMention) -> Collection[Key]:
        # A word that is somebody's surname here is not taken for another's first name.
        known = next((known for known in (full, first, inner) if m.key[1] in known), {})
        return known.get(m.key[1], ()) if m.type == "Person" else ()

    return [_with_only_key(m, owners(m)) for m in mentions]


def _with_middle_names(full_names: Iterable[tuple[Key, list[str]]]) -> dict[Key, Key]:
    """Return "Ada Okoro" -> "Ada B. Okoro", where one of that first and last name has more names."""
    alike: dict[tuple[str, str], dict[Key, list[str]]] = defaultdict(dict)
    for key, words in full_names:
        alike[words[0], words[-1]][key] = words
    whole = {}
    for found in alike.values():
        longer = [key for key, words in found.items() if len(words) > 2]
        if len(longer) == 1:
            whole.update(dict.fromkeys(found, longer[0]))
    return whole


def _join_firms(mentions: list[TokenMention], syntax: Syntax) -> list[TokenMention]:
    """Let "Orbis" mean the one firm of the document that is "Orbis" with a legal form."""
    firms: dict[str, set[Key]] = defaultdict(set)
    for m in mentions:
        if m.type == "Organization":
            text = syntax.text(m.start, m.end)
            firms[fold(without_legal_form(text))].add(m.key)
    return [
        _with_only_key(m, firms[m.key[-1]] - {m.key}) if m.type == "Organization" else m
        for m in mentions
    ]


def _with_only_key(mention: TokenMention, owners: Collection[Key]) -> TokenMention:
    """Return a mention under the key of the one thing that it may be, else as it is."""
    return replace(mention, key=next(iter(owners))) if len(owners) == 1 else mention


def _full_names(mentions: Sequence[TokenMention]) -> Iterator[tuple[Key, list[str]]]:
    """Yield the key and the words of people's full names; none begins with a surname."""
    surnames = _surnames(mentions)
    for m in mentions:
        words = m.key[1].split()
        if m.type == "Person" and len(words) > 1 and words[0] not in surnames:
            yield m.key, words


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
    meaning, found = _by_initials(mentions), list(mentions)
    for long, short in short_forms:
        owner = at.get(long) or _ending_with(mentions, long)
        if owner is None:
            continue
        meaning[fold(syntax.text(*short))] = owner
        if short not in at:
            found.append(TokenMention(*short, short[0], owner.type, "acronym", owner.key))

    def spelt_out(m: TokenMention) -> TokenMention:
        spelt = fold(syntax.text(m.start, m.end))
        owner = meaning.get(spelt) if _may_be_acronym(m, syntax) else None
        return replace(m, key=owner.key, type=owner.type, kind="acronym") if owner else m

    return [spelt_out(m) for m in found]


def _by_initials(mentions: Iterable[TokenMention]) -> dict[str, TokenMention]:
    """Return initials -> the first body of three words or more that has them."""
    meaning: dict[str, TokenMention] = {}
    for m in mentions:
        words = [w for w in m.key[-1].split() if w not in small_words()]
        if m.key[0] in BODIES and len(words) > 2:
            meaning.setdefault("".join(w[0] for w in words), m)
    return meaning


def _may_be_acronym(mention: TokenMention, syntax: Syntax) -> bool:
    alone = mention.end - mention.start == 1 and syntax.words[mention.start].isupper()
    return alone and mention.key[0] not in {"Place", "Person"}


def _ending_with(mentions: list[TokenMention], tokens: tuple[int, int]) -> TokenMention | None:
    return next((m for m in mentions if m.end == tokens[1] and m.start >= tokens[0]), None)


def _join_shorter_names(mentions: list[TokenMention]) -> list[TokenMention]:
    """Let "the World Cup" mean the one longer name in the document that ends in it.

    "The Supreme Court" is the beginning of one: "the Supreme Court of Canada".
    """
    longer: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for m in mentions:
        if m.type in _SHORTENED and len(m.key) == 2:
            words = m.key[-1].split()
            for part in (*_endings(words), *_before_of(words)):
                longer[m.type, part].add(m.key)
    return [_with_only_key(m, longer[m.type, m.key[-1]] - {m.key}) for m in mentions]


def _endings(words: list[str]) -> Iterator[str]:
    """Yield "world cup" of "fifa world cup": what two words or more at the end of a name are."""
    for i in range(1, len(words) - 1):
        if words[i - 1] in _TWO_NAMES:
            return
        yield " ".join(words[i:])


def _before_of(words: list[str]) -> Iterator[str]:
    """Yield "supreme court" of "supreme court of canada": two words or more before "of"."""
    if "of" in words[2:]:
        yield " ".join(words[: words.index("of", 2)])


def _generic_heads(
    mentions: list[TokenMention], syntax: Syntax, lexicons: Lexicons
) -> Iterable[TokenMention]:
    """Yield "the Euro 2016 tournament", "the Gulf area": a name and the kind of thing it is."""
    heads = {m.head for m in mentions}
    for m in mentions:
        noun = syntax.heads[m.head]
        if m.kind == "name" and noun not in heads and _is_its_kind(m, noun, syntax, lexicons):
            # The noun stands behind the closing mark: the mention takes in the opening one as well.
            quoted = (
                syntax.near(syntax.words, m.start - 1) == '"' == syntax.near(syntax.words, m.end)
            )
            yield replace(m, start=m.start - quoted, end=noun + 1, head=noun, kind="nominal")


def _is_its_kind(mention: TokenMention, noun: int, syntax: Syntax, lexicons: Lexicons) -> bool:
    """Tell whether a name modifies a noun close behind it that tells the kind of thing it is."""
    close = mention.end <= noun <= mention.end + MOST_BETWEEN
    if not close or syntax.deps[mention.head] not in _MODIFYING:
        return False
    classes = _GENERIC.get(mention.type, ())
    return any(syntax.lowers[noun] in lexicons.words[kind] for kind in classes)


def _best_name(found: list[TokenMention], syntax: Syntax) -> str:
    """Return the user's or the list's name for it, else the fullest proper name, else the first words."""
    labels = Counter(m.label for m in found if _goes_by_label(m))
    if labels:
        return labels.most_common(1)[0][0]
    texts = Counter(syntax.text(m.start, m.end) for m in _most_proper(found))
    return min(texts, key=lambda text: (-len(text.split()), -texts[text], text))


def _goes_by_label(mention: TokenMention) -> bool:
    listed = mention.type == "Country" or mention.kind in {"nominal", "demonym"}
    return bool(mention.label) and (mention.own or listed)


def _most_proper(found: list[TokenMention]) -> list[TokenMention]:
    """Return the names among some mentions, else the acronyms, else all."""
    of_kind = ([m for m in found if m.kind == kind] for kind in ("name", "acronym"))
    return next(filter(None, of_kind), found)


def _best_type(found: list[TokenMention]) -> str:
    counts = Counter(m.type for m in found)
    return min(counts, key=lambda kind: (-counts[kind], kind))
