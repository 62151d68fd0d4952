"""Every noun phrase of a text in a chain, for gold that annotates them all.

``kg/reading/mentions/coreference.py`` says what belongs to a named group, which is what claims
need; a Reading holds no more than that. Here the other noun phrases join in, so that
it can be compared with GUM: the same noun with no word that tells it apart is the same
thing when it comes back; "I" and "we" are the same voice all through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.evaluation.chain_scores import chains_of
from kg.reading.grammar import NOUN_POS, Syntax, word_set
from kg.reading.mentions.groups import TokenMention

_VOICES = (
    word_set("i me my mine myself"),
    word_set("we us our ours ourselves"),
    word_set("you your yours yourself"),
)
_NO_PHRASES = frozenset({"compound", "nmod", "amod", "npadvmod", "advmod", "nummod", "quantmod"})
_NO_THINGS = word_set("there what who which that whom whose when where why how")
_DEFINITE = word_set("the this that these those its his her their our my your")


def find_chains(
    syntax: Syntax, mentions: Iterable[TokenMention], links: Mapping[int, int]
) -> list[frozenset[int]]:
    """Return chains of head tokens, every noun phrase in exactly one.

    ``mentions`` are those of named groups; ``links`` lead from pronouns to what they mean.
    """
    owner: dict[int, tuple[str, ...]] = {}
    for mention in sorted(mentions, key=lambda m: m.end - m.start):
        owner[mention.head] = mention.key
    _add_phrases(syntax, owner, links)
    return chains_of((key, head) for head, key in owner.items())


def _add_phrases(
    syntax: Syntax, owner: dict[int, tuple[str, ...]], links: Mapping[int, int]
) -> None:
    """Give each noun phrase that no named group has a chain, in reading order."""
    last: dict[str, int] = {}
    for i in range(len(syntax)):
        if i not in owner and _is_phrase(syntax, i):
            linked = owner.get(links.get(i, i))
            owner[i] = linked or _voice(syntax.lowers[i]) or _repeated(syntax, i, last, owner)
        if i in owner and syntax.pos[i] == "NOUN":
            last[syntax.lemmas[i]] = i


def _is_phrase(syntax: Syntax, i: int) -> bool:
    """Tell the head of a noun phrase."""
    if syntax.deps[i] in _NO_PHRASES or syntax.lowers[i] in _NO_THINGS:
        return False
    return syntax.pos[i] in NOUN_POS or (syntax.pos[i] == "PRON" and syntax.deps[i] != "expl")


def _voice(word: str) -> tuple[str, ...] | None:
    return next((("voice", str(n)) for n, words in enumerate(_VOICES) if word in words), None)


def _repeated(
    syntax: Syntax, i: int, last: dict[str, int], owner: dict[int, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the chain of the same noun before, if this one comes back as a known thing."""
    before = last.get(syntax.lemmas[i])
    own = ("phrase", str(i))
    if before is None or syntax.pos[i] != "NOUN" or syntax.tags[before] != syntax.tags[i]:
        return own
    now, then = _words(syntax, i), _words(syntax, before)
    definite = any(syntax.lowers[c] in _DEFINITE for c in syntax.children[i])
    same = now == then
    return owner[before] if same or (definite and now <= then) else own


def _words(syntax: Syntax, i: int) -> frozenset[str]:
    """Return the words before a noun that tell it from others of its kind."""
    return frozenset(
        syntax.lemmas[c]
        for c in syntax.children[i]
        if c < i and syntax.deps[c] in {"amod", "compound", "nummod", "poss", "nmod"}
    )
