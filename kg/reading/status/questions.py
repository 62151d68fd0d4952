"""Whether the clause of a verb is asked, not said: "Did Z go?", "when did Z go", "Why?"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.grammar import ASKING_TAGS, AUXILIARIES, SUBJECTS, VERB_POS, Syntax

_SUBORDINATE = frozenset({"advcl", "relcl", "conj", "ccomp", "parataxis", "acl"})
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
"""Labels of verbs that may head the clause at which a question mark is aimed."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Reads the questions of one parsed text."""

    syntax: Syntax

    def mark(self, i: int) -> int | None:
        """Return the last token of a verb's sentence if the verb's clause is asked there."""
        last = self.syntax.sentence_at(i)[1] - 1
        return last if self._is_asked(i, self._last_mark(i, last)) else None

    def _is_asked(self, i: int, mark: int) -> bool:
        """Tell whether the main clause of a sentence is asked, not said."""
        if "?" not in self.syntax.words[mark]:
            return False
        # What hangs on a question is not asked, but for a question of its own.
        if not self._is_main(i):
            return self._is_inverted(i)
        return self._has_question_form(i) or not self._is_asked_elsewhere(i, mark)

    def _last_mark(self, i: int, last: int) -> int:
        """Return the question mark behind which only brackets and quotation marks stand."""
        words = self.syntax.words
        while last > i and not words[last][-1].isalnum() and "?" not in words[last]:
            last -= 1
        return last

    def _is_main(self, i: int) -> bool:
        """Tell the root of a sentence, and what is joined to it."""
        while self.syntax.deps[i] == "conj":
            i = self.syntax.heads[i]
        return self.syntax.deps[i] == "ROOT"

    def _is_inverted(self, i: int) -> bool:
        """Tell "when did Z go", one of several questions in a sentence."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        doing = [c for c in syntax.all(i, {"aux"}) if syntax.lemmas[c] == "do"]
        return subject is not None and bool(doing) and doing[0] < subject

    def _has_question_form(self, i: int) -> bool:
        """Tell "did Z go", "who went", "why": inverted, or with a question word."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        auxiliaries = syntax.all(i, AUXILIARIES) or [i]
        inverted = subject is not None and auxiliaries[0] < subject
        # The "who" of a relative clause asks nothing.
        clause = syntax.subtree(i, _SUBORDINATE)
        return inverted or any(syntax.tags[c] in ASKING_TAGS for c in clause)

    def _is_asked_elsewhere(self, i: int, mark: int) -> bool:
        """Tell "I got your note, did you get mine?": the last of several clauses asks."""
        later = (c for c in range(i + 1, mark) if self._may_be_asked(c))
        own_subject = self.syntax.child(i, SUBJECTS) is not None
        asked = (c for c in later if not self._is_tag(c))
        return own_subject and any(map(self._has_question_form, asked))

    def _is_tag(self, i: int) -> bool:
        """Tell the "didn't it" of "Z sold the ships, didn't it?", which asks what stands before it."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        if subject is None or subject < i or syntax.tags[subject] not in {"PRP", "EX"}:
            return False
        others = [c for c in syntax.children[i] if c != subject and syntax.deps[c] != "punct"]
        return all(syntax.deps[c] in {"neg", "aux"} for c in others)

    def _may_be_asked(self, i: int) -> bool:
        """Tell a verb that heads a clause which a question mark may be about."""
        return self.syntax.pos[i] in VERB_POS and self.syntax.deps[i] in _MAIN
