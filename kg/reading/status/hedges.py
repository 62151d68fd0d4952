"""Words that make a clause less than a fact: "may", "allegedly", "in all likelihood", "tomorrow"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.word_classes import Classes, is_of
from kg.records import Modality

# "ca" and "wo" are what the tokeniser leaves of "can't" and "won't". "'d" may be "had", too: better
# a fact that is not told than a wish told as a fact.
MODALS: Mapping[str, Modality] = MappingProxyType({
    "may": "possible", "might": "possible", "can": "possible", "could": "possible", "ca": "possible",
    "must": "required", "should": "required", "shall": "intended", "will": "intended",
    "wo": "intended", "'ll": "intended", "’ll": "intended", "would": "conditional", "'d": "conditional",
    "’d": "conditional", "ought": "required",
})  # fmt: skip
_WIDE = word_set("all most some many several")
_COMING = word_set("next coming")


@dataclass(frozen=True, slots=True)
class Hedges:
    """Reads the hedges of one parsed text."""

    syntax: Syntax
    classes: Classes

    def shared_modal(self, i: int) -> int | None:
        """Return the modal that a joined bare verb shares: "will attack and destroy"."""
        syntax = self.syntax
        # A participle shares it, too: "may have landed and left".
        bare = syntax.deps[i] == "conj" and syntax.tags[i] in {"VB", "VBN"}
        if not bare or syntax.child(i, {"aux", *SUBJECTS}) is not None:
            return None
        auxiliaries = syntax.all(syntax.heads[i], {"aux"})
        return next((c for c in auxiliaries if syntax.lowers[c] in MODALS), None)

    def is_adverb(self, c: int) -> bool:
        """Tell "allegedly", "as far as is known"."""
        syntax = self.syntax
        if syntax.lowers[c] in self.classes["adverb:possible"]:
            return True
        return syntax.lowers[c] == "far" and self._is_known(syntax.all(c, {"advcl", "ccomp"}))

    def before(self, noun: int) -> int | None:
        """Return the hedge of "perhaps donors paid"; "perhaps 30 men" is unsure of their number."""
        syntax, hedges = self.syntax, self.classes["adverb:possible"]
        adverbs = (c for c in syntax.all(noun, {"advmod"}) if c < noun)
        found = (c for c in adverbs if syntax.near(syntax.pos, c + 1) != "NUM")
        return next((c for c in found if syntax.lowers[c] in hedges), None)

    def is_ahead(self, c: int) -> bool:
        """Tell "Z leaves next year": a verb in the present with a time that is to come."""
        syntax = self.syntax
        coming = syntax.lowers[c] == "tomorrow" or (
            syntax.is_time(c) and syntax.has_child(c, _COMING, {"amod"})
        )
        return coming and not syntax.is_told_as_past(syntax.heads[c])

    def is_for_all_known(self, i: int) -> bool:
        """Tell "for all anyone knows"."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        before = min(syntax.subtree(i)) - 1
        opened = (
            syntax.has_child(i, {"for"}, {"mark"}) or syntax.near(syntax.lowers, before) == "for"
        )
        return self._is_known([i]) and opened and subject is not None and self._has_all(subject)

    def is_frame(self, preposition: int, noun: int) -> bool:
        """Tell "in all likelihood", "in the novel", "by most accounts", "for all we know"."""
        frames: Mapping[str, Callable[[int], bool]] = {
            "in": self._is_likelihood,
            "by": self._is_account,
            "on": self._is_paper,
            "under": self._is_only_agreed,
            "for": self._is_all_known,
        }
        frame = frames.get(self.syntax.lowers[preposition])
        return frame is not None and frame(noun)

    def _is_likelihood(self, noun: int) -> bool:
        """Tell "in all likelihood", "in the novel"."""
        return is_of(self.classes, self.syntax.lemmas[noun], "noun:likely", "noun:fiction")

    def _is_account(self, noun: int) -> bool:
        """Tell "by most accounts" from "by this account"."""
        wide = self.syntax.has_child(noun, _WIDE, {"det", "amod"})
        return wide and self.syntax.lemmas[noun] == "account"

    def _is_paper(self, noun: int) -> bool:
        """Tell "on paper" from "on white paper"."""
        return self.syntax.lemmas[noun] == "paper" and not self.syntax.children[noun]

    def _is_only_agreed(self, noun: int) -> bool:
        """Tell "under the plan", and "under the deal" where the verb is not in the past."""
        syntax, lemma = self.syntax, self.syntax.lemmas[noun]
        verb = syntax.heads[syntax.heads[noun]]
        agreed = lemma in self.classes["noun:agreed"] and not syntax.is_told_as_past(verb)
        return agreed or is_of(self.classes, lemma, "noun:want", "noun:unsure")

    def _is_all_known(self, noun: int) -> bool:
        """Tell "for all we know"."""
        every = self.syntax.lemmas[noun] == "all" or self._has_all(noun)
        return every and self._is_known(self.syntax.all(noun, {"relcl", "acl"}))

    def _has_all(self, noun: int) -> bool:
        """Tell "all anyone"."""
        return self.syntax.has_child(noun, {"all"}, {"det", "predet"})

    def _is_known(self, verbs: list[int]) -> bool:
        """Tell the "know" of "as far as we know", which makes it a guess."""
        return any(self.syntax.lemmas[i] in self.classes["limit:know"] for i in verbs)
