"""Verb groups: "has sought to expand" is one, with one relation and one status.

A group is a chain of verbs, each the infinitive (or the adjective) of the one before,
with their auxiliaries, negation, particles and the adverbs between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lexicons import Lexicons
from kg.reading.grammar import COPULAS, SUBJECTS, VERB_POS, Syntax, word_set

MODAL_CHAIN = word_set("have need ought go be")
"""Verbs that, before an infinitive, only colour it: "has to", "is going to", "is to"."""
_LONGEST_CHAIN = 6
_NO_PREDICATES = word_set(
    "aux auxpass amod compound nmod prep case punct pobj dobj nsubj poss det mark cc quantmod npadvmod"
)
"""Labels of verb forms that head no clause."""
_PASSIVE = frozenset({"auxpass", "nsubjpass", "csubjpass"})
_ACTIVE, _OBJECT = frozenset({"aux", "nsubj"}), frozenset({"dobj"})
_HANGING = frozenset({"acl", "relcl", "conj", "advcl"})
"""Labels under which a past participle may stand without its auxiliary."""


class VerbGroups:
    """Reads verb groups off one parsed text."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        words = lexicons.words
        self.colouring = words["aspectual_verb"] | words["negating_verb"]
        """Verbs before which nothing else is done: the relation is the second verb's."""

    def predicates(self, first: int, last: int) -> Iterator[int]:
        """Yield the tokens that head a clause of their own, from ``first`` to before ``last``."""
        pos, deps = self.syntax.pos, self.syntax.deps
        for i in range(first, last):
            if pos[i] in VERB_POS and deps[i] not in _NO_PREDICATES and self._stands_alone(i):
                yield i

    def _stands_alone(self, i: int) -> bool:
        """Tell a verb that is no part of another's verb group."""
        syntax = self.syntax
        if self._is_not_chosen(i):
            return False
        bare_modal = syntax.tags[i] == "MD" and syntax.child(i, {"xcomp"}) is None
        return not bare_modal and not self._is_chained(i)

    def _is_not_chosen(self, i: int) -> bool:
        """Tell "attack" of "negotiate rather than attack": named only as what is not done."""
        syntax = self.syntax
        return syntax.deps[i] == "conj" and any(
            syntax.lowers[c] == "than" for c in syntax.all(syntax.heads[i], {"cc"}) if c < i
        )

    def _is_chained(self, i: int) -> bool:
        """Tell whether the verb is the second of a chain ("sought to expand")."""
        syntax = self.syntax
        if syntax.deps[i] != "xcomp":
            return False
        governor = syntax.heads[i]
        # "was able to leave": the infinitive hangs on the adjective.
        if syntax.pos[governor] == "ADJ" and syntax.deps[governor] == "acomp":
            governor = syntax.heads[governor]
        return (
            self._chain_next(governor) in {i, syntax.heads[i]}
            or self._chain_next(syntax.heads[i]) == i
        )

    def _chain_next(self, i: int) -> int | None:
        """Return the infinitive or adjective that goes on with a verb group, if any."""
        syntax = self.syntax
        adjective = syntax.child(i, {"acomp"})
        if adjective is not None and syntax.lemmas[i] in COPULAS:
            return adjective
        # With an object somebody else does it: "asked Peru to leave".
        if syntax.child(i, {"dobj", "dative"}) is not None:
            return None
        following = syntax.child(i, {"xcomp"})
        return following if following is not None and self._goes_on(i, following) else None

    def _goes_on(self, i: int, following: int) -> bool:
        """Tell "seeks to expand" and "stopped supplying", one verb group each."""
        syntax = self.syntax
        if syntax.pos[following] not in VERB_POS:
            return False
        if syntax.child(following, SUBJECTS) is not None:
            return False
        if syntax.is_infinitive(following):
            return True
        return syntax.tags[following] == "VBG" and syntax.lemmas[i] in self.colouring

    def chain(self, i: int) -> list[int]:
        """Return the verbs and adjectives of the group that starts with ``i``."""
        links = [i]
        while (following := self._chain_next(links[-1])) is not None and len(
            links
        ) < _LONGEST_CHAIN:
            links.append(following)
        return links

    def group(self, links: Sequence[int]) -> tuple[int, ...]:
        """Return all tokens of a verb group: auxiliaries, negation, particles, the adverbs between."""
        syntax, tokens = self.syntax, set(links)
        for link in links:
            tokens.update(syntax.all(link, {"aux", "auxpass", "neg", "prt"}))
        if len(tokens) == 1:
            return tuple(tokens)
        inside = range(min(tokens), max(tokens))
        for link in links:
            adverbs = syntax.all(link, {"advmod"})
            # An adverb with words of its own ("much more often") is no part of a relation.
            tokens.update([c for c in adverbs if c in inside and not syntax.children[c]])
        return tuple(sorted(tokens))

    def lemma(self, links: Sequence[int]) -> tuple[str, str]:
        """Return the relation that a verb group states, and its most telling word."""
        syntax, main = self.syntax, links[-1]
        parts: list[str] = []
        for link, following in zip(links, [*links[1:], None], strict=True):
            if following is not None and self._colours(link, following):
                continue
            if parts and syntax.pos[link] != "ADJ":
                parts.append("to")
            parts += self._own_words(link, leads=following is not None)
        word = syntax.lemmas[main].lower() if syntax.pos[main] != "ADJ" else syntax.lowers[main]
        return " ".join(parts), word

    def _own_words(self, link: int, *, leads: bool) -> list[str]:
        """Return what one verb adds to a relation: "take over", "be said" where it leads on."""
        syntax = self.syntax
        if leads and self.is_passive(link):
            return ["be", syntax.lowers[link]]
        particles = [syntax.lowers[c] for c in syntax.all(link, {"prt"})]
        return [syntax.lemmas[link].lower(), *particles]

    def _colours(self, link: int, following: int) -> bool:
        """Tell a verb that adds nothing to what is done: "began to", "has to"."""
        lemma = self.syntax.lemmas[link].lower()
        if lemma in self.colouring:
            return True
        # Before an adjective "be" and "go" are copulas: "is able to".
        return lemma in MODAL_CHAIN and self.syntax.pos[following] != "ADJ"

    def verb_of(self, links: Sequence[int]) -> int:
        """Return the last verb of the chain: the one that is or is not done."""
        verbs = [link for link in links if self.syntax.pos[link] in VERB_POS]
        return verbs[-1]

    def participle(self, links: Sequence[int]) -> str:
        """Return the last verb as it stands, with its particle: "taken over"."""
        lowers, verb = self.syntax.lowers, links[-1]
        return " ".join([lowers[verb], *[lowers[c] for c in self.syntax.all(verb, {"prt"})]])

    def is_passive(self, i: int) -> bool:
        """Tell whether the subject of a verb undergoes it."""
        syntax = self.syntax
        if syntax.child(i, _PASSIVE) is not None:
            return True
        return syntax.tags[i] == "VBN" and self._is_passive_participle(i)

    def _is_passive_participle(self, i: int) -> bool:
        """Tell "the bank based in Zurich", "seized and sold", "asked by Peru, Chile left"."""
        syntax, dep = self.syntax, self.syntax.deps[i]
        if dep not in _HANGING or syntax.child(i, _ACTIVE) is not None:
            return False
        if dep == "conj":
            # With an object it is told as past: "was seized and sold its ships".
            return self.is_passive(syntax.heads[i]) and syntax.child(i, _OBJECT) is None
        return dep != "advcl" or syntax.child(i, _OBJECT) is None
