"""What a noun makes of the clause or noun that it governs: evidence, plan, risk, failure, claim.

A "that" clause under a noun is so only where the noun takes it for granted ("the fact
that"); under any other it is thought, said or feared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.reading.grammar import (
    AUXILIARIES,
    INDEFINITE,
    NOUN_POS,
    NOUN_SUBJECTS,
    PAST_AUXILIARIES,
    PRESENT_TAGS,
    RELATIVE_TAGS,
    VERB_POS,
    Syntax,
    word_set,
)
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.values import PLAIN, Speaker, Status, Surroundings
from kg.reading.status.word_classes import Classes, is_of

_POINTING = word_set("the these those its their his her")
_NO_VERBS = AUXILIARIES | {"amod", "prep"}
_NOMINAL = NOUN_POS | {"PRON", "NUM", "DET"}
_NOUN_DEPS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "attr"})
_BELOW_NOUN = frozenset({"compound", "poss", "conj", "appos"})
_PAST_OR_PERFECT = PAST_AUXILIARIES | {"has", "have"}
_UNSURE_PLACES = frozenset({"intended", "required", "questioned", "possible"})


@dataclass(frozen=True, slots=True)
class NounStatus:
    """Answers for the nouns of one parsed text, and for the clauses under them."""

    syntax: Syntax
    classes: Classes
    own: OwnStatus
    around: Surroundings

    def of_noun(self, i: int, *, definite: bool) -> Status:
        """Return the status of what a noun tells, its own and that of its place."""
        own = self.own.of_noun(i)
        governor = self._governor(i)
        if governor is None:
            return own
        outer, governed = governor
        # What is denied, feared ("the risk of war") or banned is not taken for granted.
        if not outer.denied and not governed and not self._is_prevented(i):
            outer = _granted(outer, definite=definite)
        return own.within(outer)

    def _is_prevented(self, i: int) -> bool:
        """Tell "banned the march in": it is not taken for granted but kept from happening."""
        verb = self.syntax.heads[i]
        lemma = self.syntax.lemmas[verb].lower()
        undergoes = self.syntax.deps[i] in {"dobj", "nsubjpass"}
        return undergoes and lemma in self.classes["object:prevented"]

    def place(self, noun: int) -> Status:
        """Return the status of the place where a noun stands."""
        governor = self._governor(noun)
        if governor is None:
            return PLAIN
        status = governor[0]
        granted = status.negative and not status.denied
        return replace(status, negative=False) if granted else status

    def under(self, i: int, noun: int) -> Status:
        """Return what "evidence that", "failure to", "claims that" make of their clause."""
        lemma, plain = self.syntax.lemmas[noun].lower(), self.place(noun)
        outer = plain.cued("hedge", noun)
        absent = self.own.negation.is_no(noun) or self._absent(noun)
        # Denial and failure turn any clause, so they come before its form.
        if lemma in self.classes["noun:deny"]:
            return replace(outer, negative=True).said_by(self._owner(noun, deny=True))
        if self._is_undone(noun):
            return self._undone(noun, outer, absent=absent)
        if lemma in self.classes["noun:require"]:
            return outer.turned(negative=absent).but("required")
        if self.syntax.is_infinitive(i):
            return self._to_do(noun, plain, absent=absent)
        return self._that(noun, plain, absent=absent)

    def _to_do(self, noun: int, plain: Status, *, absent: bool) -> Status:
        """Read "had the nerve to go", "a plan to go", "a chance to go"."""
        lemma, outer = self.syntax.lemmas[noun].lower(), plain.cued("hedge", noun)
        if lemma in self.classes["noun:dared"] and self._is_told(noun):
            return plain.turned(negative=absent)
        if lemma in self.classes["noun:want"]:
            return outer.turned(negative=absent).but("intended")
        return outer.turned(negative=absent or self._is_refuted(noun)).but("possible")

    def _that(self, noun: int, plain: Status, *, absent: bool) -> Status:
        """Read "claims that", "the fact that", "a risk that"."""
        lemma, outer = self.syntax.lemmas[noun].lower(), plain.cued("hedge", noun)
        turned = outer.turned(negative=absent or self._is_refuted(noun))
        if lemma in self.classes["noun:say"]:
            said = turned.but("possible") if lemma in self.classes["noun:allege"] else turned
            return said.said_by(self._owner(noun))
        granted = is_of(self.classes, lemma, "noun:fact", "noun:done") and not absent
        return plain if granted else turned.but("possible")

    def _is_told(self, noun: int) -> bool:
        """Tell "had the nerve to", "did not have the courage to": done or not done."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        had = syntax.deps[noun] == "dobj" and syntax.lemmas[verb] in self.classes["object:had"]
        past = syntax.tags[verb] == "VBD" or syntax.has_child(verb, {"did"}, {"aux"})
        return had and past

    def _is_undone(self, noun: int) -> bool:
        """Tell "failure to", "ban on", "cancelled its plan to"."""
        undone = is_of(self.classes, self.syntax.lemmas[noun].lower(), "noun:fail", "noun:prevent")
        return undone or self._came_to_nothing(noun)

    def _undone(self, noun: int, outer: Status, *, absent: bool) -> Status:
        lemma, classes = self.syntax.lemmas[noun].lower(), self.classes
        if lemma in classes["noun:fail"] and not self._came_to_nothing(noun):
            # "did not result in a failure to pay": two negations.
            return replace(outer, negative=outer.negative == absent)
        status = replace(outer, negative=True)
        return status.but("possible") if lemma in classes["noun:prevent"] else status

    def under_of(self, i: int, noun: int) -> Status:
        """Read "the risk of doing" as not said to be done, "its success in doing" as done."""
        lemma = self.syntax.lemmas[noun].lower()
        if lemma in self.classes["noun:done"] and not self._absent(noun):
            return self.place(noun)
        outer = self.under(i, noun)
        return outer if outer.negative else outer.but("possible")

    def in_phrase(self, i: int, noun: int) -> Status:
        """Take what is added to a known thing as said for itself."""
        syntax = self.syntax
        if syntax.pos[noun] not in _NOMINAL and syntax.deps[noun] not in _NOUN_DEPS:
            # "Reports that Z left": the tagger may take the noun for a verb.
            told = syntax.deps[i] == "acl" and syntax.has_child(i, {"that"}, {"mark"})
            return self.under(i, noun) if told else self.around.of_governor(noun)
        if self.own.conditions.is_contingent(noun):
            return self.place(noun).but("conditional").cued("condition", noun)
        if self._is_complement(i, noun):
            return self.under(i, noun)
        if self._is_content(i, noun):
            return self.under_of(i, noun)
        return self._said_of(i, noun, self.place(noun))

    def _said_of(self, i: int, noun: int, place: Status) -> Status:
        """Take "the ships that left" for told by itself, "no ship that left" for denied."""
        if self.own.negation.is_no(noun) or self._is_not_there(noun):
            return replace(place, negative=True).but("possible")
        if self._is_nobody_known(i, noun):
            return place.but("conditional").cued("condition", noun)
        # "may visit the port that Peru seized": it is seized, whatever is visited.
        apart = place.modality in _UNSURE_PLACES and self._is_past(i)
        if apart or self._is_known(i, noun):
            # What a speaker adds to a known thing is the speaker's word still.
            return replace(place, modality="asserted") if place.speakers else PLAIN
        return place

    def _is_known(self, i: int, noun: int) -> bool:
        """Tell "Chad, which left", "its ships, which left" from "the day that Z may leave"."""
        syntax = self.syntax
        if syntax.pos[noun] == "PROPN":
            return True
        pointed = any(syntax.lowers[c] in _POINTING for c in syntax.children[noun])
        return pointed and (not syntax.is_time(noun) or self._is_past(i))

    def _is_nobody_known(self, i: int, noun: int) -> bool:
        """Tell "anyone who saw it", and "fell like a man who has been shot": nobody has."""
        syntax = self.syntax
        if self.own.conditions.is_any(noun) and (
            self.own.conditions.is_open(noun) or not self._is_past(i)
        ):
            return True
        if not syntax.has_child(noun, INDEFINITE, {"det"}):
            return False
        like = syntax.lowers[syntax.heads[noun]] == "like" and syntax.deps[noun] == "pobj"
        return like or self._is_of_a_rule(i, noun)

    def _is_of_a_rule(self, i: int, noun: int) -> bool:
        """Tell "a firm that pays no tax loses its licence": both verbs in the present."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        ruled = syntax.deps[noun] == "nsubj" and syntax.deps[i] == "relcl"
        return ruled and syntax.tags[i] in PRESENT_TAGS and not self.syntax.is_told_as_past(verb)

    def _is_not_there(self, noun: int) -> bool:
        """Tell "did not find a guard who saw it", "has no ships carrying oil"."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        determined = syntax.child(noun, {"det", "poss"})
        known = determined is not None and syntax.lowers[determined] not in INDEFINITE
        lacking = syntax.deps[noun] in {"dobj", "attr"} and syntax.pos[noun] == "NOUN"
        return lacking and not known and syntax.child(verb, {"neg"}) is not None

    def _is_content(self, i: int, noun: int) -> bool:
        """Tell "reports of Z arming rebels", where the parser hangs "arming" on the reports."""
        syntax, lemma = self.syntax, self.syntax.lemmas[noun].lower()
        if syntax.deps[i] != "acl" or syntax.tags[i] != "VBG":
            return False
        of = [p for p in syntax.all(noun, {"prep"}) if syntax.lowers[p] == "of" and noun < p < i]
        told = is_of(self.classes, lemma, "noun:say", "noun:unsure", "noun:possible")
        return bool(of) and told

    def _is_complement(self, i: int, noun: int) -> bool:
        """Tell "the claim that Z left" from "the claim that Z made", "a plan to go"."""
        syntax = self.syntax
        if syntax.is_infinitive(i):
            return not self._is_ranked(noun)
        if syntax.child(i, {"mark"}) is not None:
            return syntax.deps[i] == "acl" or not self._is_when(noun)
        subject = syntax.child(i, NOUN_SUBJECTS)
        # "the claim that men left": the parser may take "that" for the men's.
        if subject is not None and syntax.has_child(subject, {"that"}, {"det"}):
            return syntax.lowers[min(syntax.subtree(i))] == "that"
        return self._is_whole(i)

    def _is_ranked(self, noun: int) -> bool:
        """Tell "the first country to sign": it was done."""
        syntax, ranks = self.syntax, self.classes["adjective:ranked"]
        return any(syntax.lowers[c] in ranks for c in (noun, *syntax.children[noun]))

    def _is_whole(self, i: int) -> bool:
        """Tell "that Z made peace", where the parser takes "that" for one object of two."""
        syntax = self.syntax
        # Or for when it was: "the charge that Z stole it", but "the day that Z left".
        if syntax.has_child(i, {"that"}, {"npadvmod", "advmod", "dative"}):
            return not self._is_when(syntax.heads[i])
        objects = syntax.all(i, {"dobj", "attr", "ccomp"})
        gaps = [c for c in objects if syntax.tags[c] in RELATIVE_TAGS]
        return 0 < len(gaps) < len(objects) and syntax.lowers[gaps[0]] == "that"

    def _is_when(self, noun: int) -> bool:
        """Tell "the day that": a time or a place has no content."""
        return self.syntax.is_time(noun) or self.syntax.pos[noun] != "NOUN"

    def _is_past(self, i: int) -> bool:
        """Tell a verb in the past or the perfect: it happened before what is planned."""
        syntax = self.syntax
        # A bare participle has no time of its own: "arms sold to Peru".
        if syntax.deps[i] == "acl" and syntax.child(i, {"nsubj", "aux"}) is None:
            return False
        return syntax.tags[i] == "VBD" or any(
            syntax.lowers[c] in _PAST_OR_PERFECT for c in syntax.all(i, AUXILIARIES)
        )

    def _owner(self, noun: int, *, deny: bool = False) -> Speaker:
        """Return who makes a claim, an allegation, a denial: "Z's claim", "a claim by Z"."""
        syntax = self.syntax
        owner = syntax.child(noun, {"poss"})
        for by in syntax.all(noun, {"prep"}):
            if owner is None and syntax.lowers[by] in {"by", "from"}:
                owner = syntax.child(by, {"pobj"})
        return Speaker(owner, noun, deny=deny)

    def _absent(self, noun: int) -> bool:
        """Tell "there is not evidence that": the noun's own clause is negated."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        governed = syntax.deps[noun] in {"attr", "dobj", "nsubjpass"}
        if governed and syntax.child(verb, {"neg"}) is not None:
            return True
        # The verb itself may say so: "lacks evidence that".
        lacking = syntax.lemmas[verb].lower() in self.classes["object:absent"]
        return lacking and syntax.deps[noun] == "dobj"

    def _is_refuted(self, noun: int) -> bool:
        """Tell "the claim that … is untrue"."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        said_of = syntax.child(verb, {"acomp"}) if syntax.deps[noun] == "nsubj" else None
        return said_of is not None and syntax.lowers[said_of] in self.classes["adjective:false"]

    def _came_to_nothing(self, noun: int) -> bool:
        """Tell "cancelled its plan to", "the plot to … was foiled", "his bid to … failed"."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        wanted = self.syntax.lemmas[noun].lower() in self.classes["noun:want"]
        if not wanted or syntax.pos[verb] != "VERB" or self.own.is_negative(verb):
            return False
        kind = {"dobj": "object:dropped", "nsubjpass": "object:dropped", "nsubj": "subject:failed"}
        name = kind.get(syntax.deps[noun])
        return name is not None and syntax.lemmas[verb].lower() in self.classes[name]

    def _governor(self, i: int) -> tuple[Status, bool] | None:
        """Return the status of the place where a noun stands, and whether a noun governs it."""
        syntax, status, governed, below = self.syntax, PLAIN, False, i
        for head in syntax.ancestors(i):
            if syntax.pos[head] in VERB_POS and syntax.deps[head] not in _NO_VERBS:
                return status.within(self._at_verb(head, below)), governed
            found = None if syntax.deps[below] in _BELOW_NOUN else self._operator(head)
            if found is not None:
                status, governed = status.within(found), True
            # Joined nouns stand where the first one does: "denied theft and fraud".
            below = head if syntax.deps[head] != "conj" else below
        return (status, governed) if governed else None

    def _at_verb(self, verb: int, below: int) -> Status:
        """Read the object of "denied involvement" as denied, of "seeks engagement" as sought."""
        status, lemma = self.around.of_verb(verb), self.syntax.lemmas[verb].lower()
        if self.syntax.lowers[below] == "for" and lemma in self.classes["verb:want"]:
            return status.but("intended").cued("intention", verb)
        if self._is_put(verb, below):
            return status.said_by(Speaker(self.around.speaker(verb), verb)).cued("speaker", verb)
        if self.syntax.deps[below] not in {"dobj", "nsubjpass", "conj"}:
            return status
        return self._of_object(verb, status)

    def _of_object(self, verb: int, status: Status) -> Status:
        """Read the object of "seeks", "denied", "prevented"."""
        lemma = self.syntax.lemmas[verb].lower()
        if lemma in self.classes["object:wanted"]:
            return status.but("intended")
        if status.negative:
            return status
        if lemma in self.classes["object:denied"]:
            denier = Speaker(self.around.speaker(verb), verb, deny=True)
            return replace(status, negative=True).said_by(denier)
        if lemma in self.classes["object:prevented"]:
            return replace(status, negative=True).but("possible").cued("negation", verb)
        return status

    def _is_put(self, verb: int, below: int) -> bool:
        """Tell "described it as a bank that robs", "called it a bank that robs"."""
        putting = self.syntax.lemmas[verb].lower() in self.classes["object:described"]
        as_what = self.syntax.lowers[below] == "as" and self.syntax.deps[below] == "prep"
        return putting and (as_what or self.syntax.deps[below] == "oprd")

    def _operator(self, noun: int) -> Status | None:
        """Return what "the end of", "the risk of", "allegations of" make of the noun after it."""
        if self.syntax.pos[noun] not in NOUN_POS:
            return None
        lemma, cues = self.syntax.lemmas[noun].lower(), (("hedge", noun),)
        if is_of(self.classes, lemma, "noun:prevent", "noun:fail", "noun:ended"):
            return Status(negative=True, modality="possible", cues=cues)
        unsure = lemma in self.classes["noun:unsure"]
        return Status(modality="possible", cues=cues) if unsure else None


def _granted(outer: Status, *, definite: bool) -> Status:
    """Return a place without its polarity, and without its modality for a definite noun."""
    if definite and not outer.speakers and outer.modality != "asserted":
        outer = replace(outer, modality="asserted")
    return replace(outer, negative=False) if outer.negative else outer
