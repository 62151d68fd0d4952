"""What negates a verb or a noun: "not", "no longer", "nearly", "nor", "nobody", "few countries"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.grammar import SUBJECTS, VERB_POS, Syntax, word_set
from kg.reading.status.word_classes import Classes

NOBODY_DEPS = SUBJECTS | {"dobj", "attr"}
"""Labels of those who, when they are nobody, negate the verb."""
_NO_WORDS = word_set("no nobody none nothing neither nowhere")
_NO_DETERMINERS = word_set("no neither")
_QUALIFIED = word_set("a only these those the last past first")
"""Before "few" these make it some: "a few", "the few"."""
_NOT = word_set("not n't")


@dataclass(frozen=True, slots=True)
class Negation:
    """Reads the negation of one parsed text."""

    syntax: Syntax
    classes: Classes

    def negates(self, c: int) -> bool:
        """Tell "not", "never", "no longer", "nor", and a subject or object that is nobody."""
        dep = self.syntax.deps[c]
        if dep == "neg":
            # "Not only did Z pay": it did.
            return self.syntax.near(self.syntax.lowers, c + 1) != "only"
        if dep == "advmod":
            return self._is_negative_adverb(c)
        if dep == "cc":
            # Behind its subject "nor" joins the verb that follows, and negates that one.
            return self.syntax.lowers[c] == "nor" and self.syntax.is_before_subject(c)
        return self._is_anything_but(c) or (dep in NOBODY_DEPS and self.is_no(c))

    def is_no(self, noun: int) -> bool:
        """Tell "nobody", "no country", "few countries", "not a single", "hardly any"."""
        if self.syntax.lowers[noun] in _NO_WORDS:
            return True
        negated = self.syntax.child(noun, {"neg"}) is not None
        return negated or self._has_no(noun) or self._has_hardly_any(noun)

    def is_not_wholly(self, adverb: int) -> bool:
        """Tell "not entirely", "not once", which negate the verb they stand beside."""
        wholly = self.syntax.lowers[adverb] in self.classes["adverb:wholly"]
        return wholly and self.syntax.has_child(adverb, _NOT, {"neg"})

    def follows_nor(self, i: int) -> bool:
        """Tell "had no plan, nor did it seek one", where "nor" hangs on the first verb."""
        syntax, inverted = self.syntax, self.syntax.child(i, {"aux"})
        first = i if inverted is None else inverted
        nor = syntax.near(syntax.lowers, first - 1) == "nor"
        return nor and not syntax.hangs_on(first - 1, i)

    def _is_negative_adverb(self, c: int) -> bool:
        """Tell "hardly", "no longer", and "nearly" beside its verb."""
        syntax, word = self.syntax, self.syntax.lowers[c]
        # "took longer" and "any longer" negate nothing by themselves.
        if word == "longer":
            return any(syntax.lowers[g] == "no" for g in syntax.children[c])
        almost = word in self.classes["adverb:almost"] and self._is_beside(c)
        return almost or word in self.classes["adverb:negative"]

    def _is_beside(self, c: int) -> bool:
        """Tell "nearly destroyed" from "destroyed nearly all", where the parser errs."""
        syntax = self.syntax
        return c < syntax.heads[c] and syntax.near(syntax.pos, c + 1) in VERB_POS

    def _is_anything_but(self, c: int) -> bool:
        """Tell "was anything but a success"."""
        syntax = self.syntax
        return syntax.lowers[c] == "anything" and syntax.near(syntax.lowers, c + 1) == "but"

    def _has_no(self, noun: int) -> bool:
        """Tell "no country", "few countries" from "a few countries"."""
        words = {self.syntax.lowers[c] for c in self.syntax.children[noun]}
        return bool(words & _NO_DETERMINERS) or ("few" in words and not words & _QUALIFIED)

    def _has_hardly_any(self, noun: int) -> bool:
        """Tell "hardly any country", "hardly anyone", wherever the parser hangs the adverb."""
        hardly = self.classes["adverb:negative"]
        hosts = [noun, *self.syntax.all(noun, {"det"})]
        return any(self.syntax.has_child(host, hardly, {"advmod"}) for host in hosts)
