"""What a verb makes of the clause that it governs: said, denied, wanted, failed, prevented.

The rules ask the word classes of models/lexicons/status.tsv. A verb of no class leaves
an infinitive to its own clause and puts a "that" clause into its subject's mouth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from kg.reading.grammar import ASKING_TAGS, NOUN_POS, NOUN_SUBJECTS, WHETHER, Syntax, word_set
from kg.reading.status.conditions import CONDITIONS
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.values import FIRST_PERSON, Speaker, Status, Surroundings
from kg.reading.status.word_classes import Classes

_MODAL_VERBS = word_set("have go be")
"""With an infinitive these are modal: "has to", "is going to", "is to"."""
_STAND_INS = word_set("it there which that who")
"""Subjects that name no speaker."""


class VerbRule(Protocol):
    """What a class of verbs makes of the clause of ``i`` under one of them, ``head``."""

    def __call__(self, i: int, head: int, outer: Status, /, *, negated: bool) -> Status:
        """Return the status of the clause; ``negated`` if the verb above it is."""


@dataclass(frozen=True, slots=True)
class VerbStatus:
    """Answers for the clauses under the verbs of one parsed text."""

    syntax: Syntax
    classes: Classes
    own: OwnStatus
    around: Surroundings

    def under(self, i: int, head: int) -> Status:
        """Return what the verb ``head`` makes of the clause of ``i``."""
        syntax, lemma = self.syntax, self.syntax.lemmas[head].lower()
        outer, negated = self.around.of_governor(head), self.around.of_verb(head).negative
        # "assuming that": the parser takes the conjunction for a verb.
        if syntax.lowers[head] in CONDITIONS and syntax.deps[i] == "ccomp":
            return replace(outer, modality="conditional").cued("condition", head)
        if syntax.has_child(i, {"whether"}, {"mark", "advmod"}):
            return self._whether(lemma, outer)
        rule = self._rule(i, head)
        if rule is not None:
            return rule(i, head, outer, negated=negated)
        if lemma == "be":
            return self._under_copula(i, head, outer)
        return self._told(i, head, outer, negated=negated)

    def _rule(self, i: int, head: int) -> VerbRule | None:
        """Return what the class of a verb, or else the form of its clause, makes of it."""
        lemma = self.syntax.lemmas[head].lower()
        if lemma in self.classes["verb:demand"] and self._is_subjunctive(i):
            return self._required
        rules = self._rules(doing=self._is_doing(i))
        # "ruled out leaving" is another verb than "ruled to leave".
        words = {lemma, self.syntax.phrasal(head)}
        found = (act for kind, act in rules if words & self.classes[kind])
        return next(found, self._doing if self._is_bare(i, lemma) else None)

    def _is_doing(self, i: int) -> bool:
        """Tell "refused to go", "stopped going" from "said that"."""
        syntax = self.syntax
        gerund = syntax.deps[i] == "xcomp" and syntax.tags[i] == "VBG"
        return gerund or syntax.is_infinitive(i)

    def _is_bare(self, i: int, lemma: str) -> bool:
        """Tell a clause without a subject of its own: "came to go", "made Z go"."""
        made = lemma == "make" and self.syntax.tags[i] == "VB"
        return made or self.syntax.deps[i] == "xcomp" or self.syntax.is_infinitive(i)

    def _told(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Put a "that" clause under a verb of no class into the mouth of its subject, if any."""
        syntax = self.syntax
        if syntax.child(head, {"auxpass"}) is not None and syntax.child(head, {"agent"}) is None:
            # A passive without an agent: if anybody thinks so, it is the subject.
            return self._convinced(head, outer, negated=negated)
        return (
            self.said(i, head, outer, negated=negated) if self.speaker(head) is not None else outer
        )

    def _convinced(self, head: int, outer: Status, *, negated: bool) -> Status:
        """Put "was convinced that" into the mouth of whoever was."""
        subject = self.syntax.child(head, {"nsubjpass"})
        named = subject is not None and self.syntax.lowers[subject] not in _STAND_INS
        status = outer.but("possible") if negated or named else outer
        return status.said_by(Speaker(subject if named else None, head)).cued("speaker", head)

    def _doing(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Take "to go" under a verb of no class for intended, "going" for done."""
        lemma = self.syntax.lemmas[head].lower()
        if lemma in _MODAL_VERBS:
            return self._under_modal_verb(i, head, replace(outer, negative=negated))
        if self.is_how(i):
            return outer.but("possible")
        done = lemma in self.classes["verb:do"]
        if self.syntax.is_infinitive(i) and not done:
            return self._wanted(i, head, outer, negated=negated)
        return replace(outer, negative=negated)

    def speaker(self, head: int) -> int | None:
        """Return who speaks: the active subject, or the agent of a passive."""
        syntax = self.syntax
        for c in syntax.all(head, {"agent"}):
            return syntax.child(c, {"pobj"})
        subject = syntax.child(head, {"nsubj"})
        # "the envoy who said that": the noun that the clause hangs on speaks.
        if subject is not None and syntax.lowers[subject] in _STAND_INS:
            return syntax.heads[head] if syntax.deps[head] == "relcl" else None
        if subject is None and syntax.deps[head] == "conj":
            return self.speaker(syntax.heads[head])
        return subject

    def _whether(self, lemma: str, outer: Status) -> Status:
        """Take "asked whether", "wants to know whether" for a question, "unclear whether" for doubt."""
        sought = lemma in self.classes["verb:know"] and outer.modality in {"intended", "required"}
        asked = lemma in self.classes["verb:ask"] or sought
        return replace(outer, modality="questioned" if asked else "possible")

    def _is_subjunctive(self, i: int) -> bool:
        """Tell "that he leave", "that Z be told": a bare verb with its own subject."""
        syntax, subject = self.syntax, self.syntax.child(i, NOUN_SUBJECTS)
        if subject is None or syntax.child(i, {"aux"}) is not None:
            return syntax.has_child(i, {"be"}, {"auxpass"}) and subject is not None
        # The tagger does not know the mood: it takes the verb of "that the firm partner with" for a
        # noun, that of "that Peru leave" for the present.
        bare = syntax.tags[i] == "VB" or syntax.pos[i] in NOUN_POS
        singular = syntax.tags[subject] in {"NN", "NNP"} and syntax.tags[i] == "VBP"
        return bare or (singular and syntax.child(subject, {"conj"}) is None)

    def is_how(self, i: int) -> bool:
        """Tell "knows how to build", "decide what to buy": nothing is built or bought."""
        return any(self.syntax.tags[c] in ASKING_TAGS for c in self.syntax.children[i])

    def _under_modal_verb(self, i: int, head: int, status: Status) -> Status:
        """Read "has to", "has yet to", "is to", "is going to"."""
        syntax = self.syntax
        if any(syntax.has_child(verb, {"yet"}, {"advmod"}) for verb in (i, head)):
            return replace(status, negative=True).cued("negation", head)
        if syntax.lemmas[head] == "have":
            return status.but("required").cued("requirement", head)
        return status.but("intended").cued("intention", head)

    def _under_copula(self, i: int, head: int, outer: Status) -> Status:
        """Read "the question is whether", "the claim is that" as the subject says."""
        syntax, subject = self.syntax, self.syntax.child(head, {"nsubj"})
        if self.is_how(i) or any(syntax.lowers[c] in WHETHER for c in syntax.children[i]):
            return outer.but("questioned")
        told = syntax.child(head, {"csubj"})
        if told is not None and syntax.lemmas[told].lower() in self.classes["verb:say"]:
            return self.said(i, told, outer, negated=False)  # "what Z says is that"
        if subject is None or syntax.pos[subject] != "NOUN":
            return outer
        return self.around.under_noun(i, subject)

    def _rules(self, *, doing: bool) -> list[tuple[str, VerbRule]]:
        """Return word class and rule; ``doing`` tells "refused to go" from "said that"."""
        # The first class that fits decides; what is done or not done comes before what is said:
        # "told Peru to leave" asks for it, "told Peru that" tells.
        said: list[tuple[str, VerbRule]] = [
            ("verb:deny", self._denied), ("verb:ask", self._asked), ("verb:believe", self._believed),
            ("verb:say", self.said), ("verb:seem", self._seeming), ("verb:know", self._known_fact), ("verb:want", self._wanted),
            ("verb:require", self._required),
        ]  # fmt: skip
        if not doing:
            return said
        return [
            ("verb:fail", self._failed), ("verb:prevent", self._failed), ("verb:seem", self._seeming),
            ("verb:cause", self._caused), ("verb:deny", self._denied), ("verb:require", self._required),
            ("verb:want", self._wanted), ("verb:risk", self._seeming), *said,
        ]  # fmt: skip

    def said(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Attribute "Z said that"; "We note that" is the document's own voice."""
        speaker = self.speaker(head)
        lemma = self.syntax.lemmas[head].lower()
        if negated:
            # "did not say that" leaves it open, "did not show that" speaks against it.
            unproven = lemma in self.classes["verb:evidence"]
            outer = replace(outer, negative=outer.negative or unproven).but("possible")
        if lemma in self.classes["verb:allege"]:
            outer = outer.but("possible").cued("hedge", head)
        if speaker is not None and self._says_nothing(speaker):
            return outer
        if speaker is None and self.own.frames.is_noting(head):
            return outer
        return outer.said_by(Speaker(speaker, head)).cued("speaker", head)

    def _says_nothing(self, speaker: int) -> bool:
        """Tell "we", the document's own voice, and "the fact remains that"."""
        fact = self.syntax.lemmas[speaker].lower() in self.classes["noun:fact"]
        return fact or self.syntax.lowers[speaker] in FIRST_PERSON

    def _denied(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        if negated:
            return self.said(i, head, replace(outer, modality="possible"), negated=True)
        denier = Speaker(self.speaker(head), head, deny=True)
        status = replace(outer, negative=True).said_by(denier)
        return status.cued("speaker", head).cued("negation", head)

    def _believed(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Make it possible; "do not think that P" denies P (neg-raising)."""
        speaker = self.speaker(head)
        # "to think that Z left": who thinks so is not told.
        nobody = speaker is None and self.syntax.is_infinitive(head)
        if not nobody and (speaker is None or self.syntax.lowers[speaker] not in FIRST_PERSON):
            outer = outer.said_by(Speaker(speaker, head))
        doubt = self.syntax.lemmas[head] == "doubt"
        return replace(outer, negative=negated != doubt).but("possible").cued("hedge", head)

    def _known_fact(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Take what is known for so, unless it is "whether"; "did not show that" leaves it open.

        What must be or will be known is so already: "should realise that Z left".
        """
        syntax, lemma = self.syntax, self.syntax.lemmas[head].lower()
        if syntax.has_child(i, WHETHER, {"mark"}):
            return outer.but("possible").cued("hedge", head)
        if lemma in self.classes["verb:evidence"]:
            unproven = replace(outer, negative=True).but("possible").cued("negation", head)
            return unproven if negated else outer
        unsure = self.around.of_verb(head).modality in {"intended", "required", "possible"}
        if unsure and self.is_how(i):
            return replace(outer, modality="questioned")
        if unsure:
            return replace(outer, modality="asserted")
        return outer

    def _caused(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        """Take what somebody was made to do for done: "forced the firm to publish"."""
        status, past = replace(outer, negative=negated), self.syntax.is_told_as_past(head)
        return status if past else status.but("required").cued("requirement", head)

    def _asked(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        if self.syntax.is_infinitive(i):
            return self._wanted(i, head, outer, negated=negated)
        return replace(outer, modality="questioned").cued("question", head)

    def _wanted(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        # "likes swimming" is done, "would like to swim" is not.
        if self.syntax.tags[i] == "VBG" and self.syntax.lemmas[head] in self.classes["verb:like"]:
            return replace(outer, negative=negated)
        return replace(outer, negative=negated).but("intended").cued("intention", head)

    def _required(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        return replace(outer, negative=negated).but("required").cued("requirement", head)

    def _failed(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        return replace(outer, negative=not negated).cued("negation", head)

    def _seeming(self, i: int, head: int, outer: Status, *, negated: bool) -> Status:
        return replace(outer, negative=negated).but("possible").cued("hedge", head)
