"""What a verb makes of the clause that it governs: said, denied, wanted, failed, prevented.

The rules ask the word classes of models/lexicons/status.tsv. A verb of no class leaves
an infinitive to its own clause and puts a "that" clause into its subject's mouth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.reading.grammar import NOUN_POS, Syntax, word_set
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.values import CONDITIONS, FIRST_PERSON, Speaker, Status, Surroundings

COPULAS = word_set("be seem appear become make remain look")
ASKING_TAGS = frozenset({"WRB", "WP", "WDT"})
_MODAL_VERBS = word_set("have go be")
"""With an infinitive these are modal: "has to", "is going to", "is to"."""
_WHETHER = word_set("whether if")
_STAND_INS = word_set("it there which that who")
"""Subjects that name no speaker."""
_TOWARDS = word_set("for on about of to at towards")
"""Prepositions before what is aimed at or talked about, not said to be done."""
_NEGATIVE_PREPOSITIONS = word_set("without instead than")
_FALLING_SHORT = frozenset(
    {
        ("instead", "of"),
        ("far", "from"),
        ("short", "of"),
        ("close", "to"),
        ("shy", "of"),
        ("closer", "to"),
        ("near", "to"),
        ("nearer", "to"),
    }
)
"""Before what was not done: "far from helping", "came close to leaving"."""

VerbRule = Callable[[int, int, bool, Status], Status]


@dataclass(frozen=True, slots=True)
class VerbStatus:
    """Answers for the clauses under the verbs and prepositions of one parsed text."""

    syntax: Syntax
    classes: Mapping[str, frozenset[str]]
    own: OwnStatus
    around: Surroundings

    def under(self, i: int, head: int) -> Status:
        """Return what the verb ``head`` makes of the clause of ``i``."""
        syntax, lemma = self.syntax, self.syntax.lemmas[head].lower()
        outer, negated = self.around.of_governor(head), self.around.of_verb(head).negative
        if syntax.lowers[head] in CONDITIONS and syntax.deps[i] == "ccomp":
            return replace(outer, modality="conditional").cued("condition", head)
        if syntax.has_child(i, {"whether"}, {"mark", "advmod"}):
            return self._whether(lemma, outer)
        if self._is_subjunctive(i) and lemma in self.classes["verb:demand"]:
            return self._required(i, head, negated, outer)
        doing = syntax.is_infinitive(i) or (syntax.deps[i] == "xcomp" and syntax.tags[i] == "VBG")
        for kind, act in self._rules(doing):
            if lemma in self.classes[kind]:
                return act(i, head, negated, outer)
        if doing or syntax.deps[i] == "xcomp" or (lemma == "make" and syntax.tags[i] == "VB"):
            return self._doing(i, head, negated, outer)
        if lemma == "be":
            return self._under_copula(i, head, outer)
        return self._told(i, head, negated, outer)

    def _told(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Put a "that" clause under a verb of no class into the mouth of its subject, if any."""
        syntax = self.syntax
        if syntax.child(head, {"auxpass"}) is not None and syntax.child(head, {"agent"}) is None:
            return self._convinced(head, negated, outer)
        return self._said(i, head, negated, outer) if self.speaker(head) is not None else outer

    def _convinced(self, head: int, negated: bool, outer: Status) -> Status:
        """Put "was convinced that" into the mouth of whoever was."""
        subject = self.syntax.child(head, {"nsubjpass"})
        named = subject is not None and self.syntax.lowers[subject] not in _STAND_INS
        status = outer.but("possible") if negated or named else outer
        return status.said_by(Speaker(subject if named else None, head)).cued("speaker", head)

    def _doing(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Take "to go" under a verb of no class for intended, "going" for done."""
        lemma = self.syntax.lemmas[head].lower()
        if lemma in _MODAL_VERBS:
            return self._under_modal_verb(i, head, replace(outer, negative=negated))
        if self._how_is_asked(i):
            return outer.but("possible")
        done = lemma in self.classes["verb:do"]
        if self.syntax.is_infinitive(i) and not done:
            return self._wanted(i, head, negated, outer)
        return replace(outer, negative=negated)

    def under_preposition(self, i: int, preposition: int) -> Status:
        """Return what "without", "instead of", "accused of", "plans for" make of a clause."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        head = syntax.heads[preposition]
        before = syntax.near(syntax.lowers, preposition - 1)
        if word in _NEGATIVE_PREPOSITIONS or (before, word) in _FALLING_SHORT:
            cue = (("negation", preposition),)
            return replace(self.around.of_governor(head), negative=True, cues=cue)
        whether = syntax.has_child(i, _WHETHER, {"mark", "advmod"})
        if self._how_is_asked(i) and not whether and not syntax.is_infinitive(i):
            return self._about_what(head)
        if syntax.pos[head] in NOUN_POS and syntax.is_accused(head, preposition):
            return self._after_verb_and(word, i, syntax.heads[head])
        if syntax.pos[head] in NOUN_POS:
            return self.around.under_noun_of(i, head)
        if syntax.pos[head] == "ADJ":
            return self.around.of_governor(head).but("possible").cued("hedge", head)
        if syntax.pos[head] in {"ADP", "SCONJ", "ADV"} and syntax.heads[head] != head:
            return self.under_preposition(i, head)
        if word == "as":  # "was seen as having sold"
            return self.around.of_governor(head).but("possible").cued("hedge", head)
        return self._after_verb_and(word, i, head)

    def speaker(self, head: int) -> int | None:
        """Return who speaks: the active subject, or the agent of a passive."""
        syntax = self.syntax
        for c in syntax.all(head, {"agent"}):
            return syntax.child(c, {"pobj"})
        subject = syntax.child(head, {"nsubj"})
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
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj", "nsubjpass"})
        if subject is None or syntax.child(i, {"aux"}) is not None:
            return syntax.has_child(i, {"be"}, {"auxpass"}) and subject is not None
        bare = syntax.tags[i] == "VB" or syntax.pos[i] in NOUN_POS
        singular = syntax.tags[subject] in {"NN", "NNP"} and syntax.tags[i] == "VBP"
        return bare or (singular and syntax.child(subject, {"conj"}) is None)

    def _how_is_asked(self, i: int) -> bool:
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
        asked = any(
            syntax.tags[c] in ASKING_TAGS or syntax.lowers[c] in _WHETHER
            for c in syntax.children[i]
        )
        if asked:
            return outer.but("questioned")
        told = syntax.child(head, {"csubj"})
        if told is not None and syntax.lemmas[told].lower() in self.classes["verb:say"]:
            return self._said(i, told, False, outer)  # "what Z says is that"
        noun = subject is not None and syntax.pos[subject] == "NOUN"
        return self.around.under_noun(i, subject) if subject is not None and noun else outer

    def _rules(self, doing: bool) -> list[tuple[str, VerbRule]]:
        """Return word class and rule; ``doing`` tells "refused to go" from "said that"."""
        said: list[tuple[str, VerbRule]] = [
            ("verb:deny", self._denied), ("verb:ask", self._asked), ("verb:believe", self._believed),
            ("verb:say", self._said), ("verb:seem", self._seeming), ("verb:know", self._known_fact), ("verb:want", self._wanted),
            ("verb:require", self._required),
        ]  # fmt: skip
        if not doing:
            return said
        return [
            ("verb:fail", self._failed), ("verb:prevent", self._failed), ("verb:seem", self._seeming),
            ("verb:cause", self._caused), ("verb:deny", self._denied), ("verb:require", self._required),
            ("verb:want", self._wanted), ("verb:risk", self._seeming), *said,
        ]  # fmt: skip

    def _said(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Attribute "Z said that"; "We note that" is the document's own voice."""
        speaker = self.speaker(head)
        lemma = self.syntax.lemmas[head].lower()
        if negated:
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

    def _denied(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if negated:
            return self._said(i, head, True, replace(outer, modality="possible"))
        denier = Speaker(self.speaker(head), head, deny=True)
        status = replace(outer, negative=True).said_by(denier)
        return status.cued("speaker", head).cued("negation", head)

    def _believed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Make it possible; "do not think that P" denies P (neg-raising)."""
        speaker = self.speaker(head)
        nobody = speaker is None and self.syntax.is_infinitive(head)
        if not nobody and (speaker is None or self.syntax.lowers[speaker] not in FIRST_PERSON):
            outer = outer.said_by(Speaker(speaker, head))
        doubt = self.syntax.lemmas[head] == "doubt"
        return replace(outer, negative=negated != doubt).but("possible").cued("hedge", head)

    def _known_fact(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Take what is known for so, unless it is "whether"; "did not show that" leaves it open.

        What must be or will be known is so already: "should realise that Z left".
        """
        syntax, lemma = self.syntax, self.syntax.lemmas[head].lower()
        if syntax.has_child(i, _WHETHER, {"mark"}):
            return outer.but("possible").cued("hedge", head)
        if lemma in self.classes["verb:evidence"]:
            unproven = replace(outer, negative=True).but("possible").cued("negation", head)
            return unproven if negated else outer
        unsure = self.around.of_verb(head).modality in {"intended", "required", "possible"}
        if unsure and self._how_is_asked(i):
            return replace(outer, modality="questioned")
        if unsure:
            return replace(outer, modality="asserted")
        return outer

    def _caused(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Take what somebody was made to do for done: "forced the firm to publish"."""
        status, past = replace(outer, negative=negated), self.own.is_told_as_past(head)
        return status if past else status.but("required").cued("requirement", head)

    def _asked(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if self.syntax.is_infinitive(i):
            return self._wanted(i, head, negated, outer)
        return replace(outer, modality="questioned").cued("question", head)

    def _wanted(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if self.syntax.tags[i] == "VBG" and self.syntax.lemmas[head] in self.classes["verb:like"]:
            return replace(outer, negative=negated)
        return replace(outer, negative=negated).but("intended").cued("intention", head)

    def _required(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=negated).but("required").cued("requirement", head)

    def _failed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=not negated).cued("negation", head)

    def _seeming(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=negated).but("possible").cued("hedge", head)

    def _after_verb_and(self, preposition: str, i: int, verb: int) -> Status:
        """Read "accused Z of arming", "prevented Z from arming", "called for arming"."""
        lemma, outer = self.syntax.lemmas[verb].lower(), self.around.of_governor(verb)
        negated = self.own.is_negative(verb)
        if lemma in self.classes["verb:accuse"] and preposition in {"of", "with", "for"}:
            if lemma in self.classes["verb:clear"]:
                return replace(outer, negative=True).but("possible").cued("negation", verb)
            said = self._said(i, verb, negated, outer)
            return said.but("possible") if lemma in self.classes["verb:suspect"] else said
        if preposition == "with" and lemma in self.classes["verb:task"]:
            return outer.but("intended").cued("intention", verb)
        if preposition == "against":
            wanted = lemma in self.classes["verb:say"] | self.classes["verb:demand"]
            outer = outer.but("required") if wanted else outer
            return replace(outer, negative=not negated).cued("negation", verb)
        if lemma in self.classes["verb:want"] and preposition in _TOWARDS:
            return replace(outer.but("intended"), negative=negated).cued("intention", verb)
        if preposition == "from" and self._keeps_from(lemma):
            return self._kept_from(verb, negated, outer)
        granted = preposition == "for" and lemma in self.classes["verb:thank"] and not negated
        if preposition in _TOWARDS and not granted:
            return outer.but("possible")
        return replace(outer, negative=negated and preposition in {"by", "in"})

    def _about_what(self, head: int) -> Status:
        """Take what is spoken of for granted: "spoke of what Z had done", if it is not asked."""
        asked = self.syntax.lemmas[head].lower() in self.classes["verb:ask"]
        outer = self.around.of_governor(head)
        return outer.but("questioned") if asked else outer

    def _keeps_from(self, lemma: str) -> bool:
        return lemma in self.classes["verb:prevent"] | self.classes["verb:keep"]

    def _kept_from(self, verb: int, negated: bool, outer: Status) -> Status:
        """Deny what was prevented; what was not prevented came to pass, if it is told as past."""
        if not negated:
            return replace(outer, negative=True).cued("negation", verb)
        past = self.syntax.has_child(verb, {"did", "had"}, {"aux"})
        return outer if past else outer.but("possible")
