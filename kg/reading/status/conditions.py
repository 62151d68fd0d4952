"""What makes a clause a condition or a rule: "if", "Should Z pay", "anyone who", "in the event that"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.word_classes import Classes

CONDITIONS = word_set("if unless provided assuming lest whether")
_INVERTED = word_set("should had were")
"""Before their subject these make a condition: "Had Z known"."""
_CASES = word_set("case event")
_ANY = word_set("any whichever whatever")
_EVERYBODY = word_set("those everyone everybody")
"""Of these a sentence may report; before "who", with a verb in the present, they are anybody."""
_ANYBODY = _EVERYBODY | word_set("anyone anybody whoever whomever anything")


@dataclass(frozen=True, slots=True)
class Conditions:
    """Reads the conditions of one parsed text."""

    syntax: Syntax
    classes: Classes

    def word_of(self, i: int) -> int | None:
        """Return the word that makes an adverbial clause a condition, if one does."""
        rules = (self._as_long_as, self._conjunction, self._inverted, self._in_case)
        found = (rule(i) for rule in rules)
        return next((word for word in found if word is not None), None)

    def opening(self, i: int) -> int | None:
        """Return the "Suppose" or the inverted "Should" whose sentence is a condition as a whole."""
        first = self.syntax.sentence_at(i)[0]
        # "Suppose" as the clause's own verb is an order.
        supposed = self.syntax.lowers[first] in self.classes["opening:suppose"] and first != i
        return first if supposed or self._is_inverted_opening(first, i) else None

    def opens_long(self, adverb: int) -> bool:
        """Tell the "long" of "as long as Z pays"."""
        syntax = self.syntax
        return syntax.lowers[adverb] == "long" and any(
            self.word_of(clause) is not None for clause in syntax.all(adverb, {"advcl"})
        )

    def is_lone_if(self, mark: int) -> bool:
        """Tell the "if" of a clause that has no main one."""
        syntax = self.syntax
        return syntax.lowers[mark] == "if" and syntax.deps[syntax.heads[mark]] == "ROOT"

    def is_ruled(self, subject: int) -> bool:
        """Tell "anyone who shelters him", "any country may": a rule, and no report."""
        past = self.syntax.is_told_as_past(self.syntax.heads[subject])
        return self.is_any(subject) and not past and self.is_open(subject)

    def is_any(self, noun: int) -> bool:
        """Tell "any country", "anyone", "whoever": whom a rule is about, nobody in particular."""
        syntax = self.syntax
        return syntax.lowers[noun] in _ANYBODY or syntax.has_child(noun, _ANY, {"det"})

    def is_open(self, noun: int) -> bool:
        """Tell "anyone" from "those" and "everyone", of whom a sentence may report."""
        return self.syntax.lowers[noun] not in _EVERYBODY

    def is_contingent(self, noun: int) -> bool:
        """Tell "in the event that …", "on condition that …"."""
        syntax = self.syntax
        condition = syntax.lemmas[noun] in self.classes["noun:condition"]
        behind = condition and syntax.lowers[syntax.heads[noun]] in {"in", "on"}
        return behind and syntax.child(noun, {"acl", "relcl", "ccomp"}) is not None

    def _as_long_as(self, i: int) -> int | None:
        """Return the "long" of "as long as Z pays"."""
        syntax, head = self.syntax, self.syntax.heads[i]
        long = syntax.lowers[head] == "long" and syntax.has_child(i, {"as"}, {"mark"})
        return head if long else None

    def _conjunction(self, i: int) -> int | None:
        """Return the "if" of "if Z pays", but for that of "as if"."""
        syntax = self.syntax
        marks = (c for c in syntax.all(i, {"mark", "advmod"}) if syntax.lowers[c] in CONDITIONS)
        return next((c for c in marks if syntax.near(syntax.lowers, c - 1) != "as"), None)

    def _inverted(self, i: int) -> int | None:
        """Return the "had" of "had Z known"."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        auxiliaries = (c for c in syntax.all(i, {"aux"}) if syntax.lowers[c] in _INVERTED)
        return next((c for c in auxiliaries if subject is not None and c < subject), None)

    def _in_case(self, i: int) -> int | None:
        """Return the "case" of "in case Z pays"."""
        syntax = self.syntax
        before = (c for c in syntax.all(i, {"prep"}) if syntax.is_before_subject(c))
        cases = (syntax.child(c, {"pobj"}) for c in before if syntax.lowers[c] == "in")
        marks = (c for c in syntax.all(i, {"mark"}) if syntax.near(syntax.lowers, c - 1) == "in")
        found = (*cases, *marks)
        return next((o for o in found if o is not None and syntax.lowers[o] in _CASES), None)

    def _is_inverted_opening(self, first: int, i: int) -> bool:
        """Tell the "should" of "Should Z pay, X sells": it opens the sentence, and asks nothing."""
        syntax = self.syntax
        if syntax.lowers[first] not in _INVERTED or syntax.heads[first] != i:
            return False
        # Where the parser makes the condition the main clause, it joins to it what would follow.
        joined = syntax.child(i, {"conj"}) is not None and syntax.child(i, SUBJECTS) is not None
        sentence = syntax.words[slice(*syntax.sentence_at(i))]
        # Behind the question mark a quotation may end.
        return joined and not any("?" in word for word in sentence[-2:])
