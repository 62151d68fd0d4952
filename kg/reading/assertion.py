"""How sure a clause is, and who says so: polarity, modality, attribution.

The status of a verb is its own (negation, modal verb, hedge) within that of the place
where its clause stands: under a verb of saying, of belief, of wanting, of failing; after
"if"; under a noun such as "evidence" or "plan". Signs of negation add up, the outermost
modality wins, speakers nest. The word classes stand in models/lexicons/status.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.reading.grammar import NOUN_POS, SUBJECTS, Syntax
from kg.reading.lexicons import Lexicons
from kg.records import Modality

FIRST_PERSON = frozenset({"we", "i"})
MODALS: dict[str, Modality] = {
    "may": "possible", "might": "possible", "can": "possible", "could": "possible", "ca": "possible",
    "must": "required", "should": "required", "shall": "intended", "will": "intended",
    "wo": "intended", "'ll": "intended", "would": "conditional", "'d": "conditional", "ought": "required",
}  # fmt: skip
CONDITIONS = frozenset({"if", "unless", "provided", "assuming", "lest", "whether"})
NEGATIVE_PREPOSITIONS = frozenset({"without", "instead", "than"})
NO_WORDS = frozenset({"no", "nobody", "none", "nothing", "neither", "nowhere"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so: head token of the phrase (None if nobody is named) and the cue token."""

    head: int | None
    cue: int
    deny: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """How a clause is meant. ``cues`` are (kind, token); ``speakers`` outermost first."""

    negative: bool = False
    modality: Modality = "asserted"
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[tuple[str, int], ...] = ()

    def within(self, outer: Status) -> Status:
        """Return this status inside another: the outer modality wins if it has one."""
        return Status(
            self.negative != outer.negative,
            outer.modality if outer.modality != "asserted" else self.modality,
            outer.speakers + self.speakers,
            outer.cues + self.cues,
        )


PLAIN = Status()


class StatusFinder:
    """Answers for one parsed text; each verb is worked out once."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self._known: dict[int, Status] = {}
        self._open: set[int] = set()
        self._last = {}
        for first, last in syntax.sentences:
            for i in range(first, last):
                self._last[i] = last - 1

    def of_verb(self, i: int) -> Status:
        """Return the status of the clause that a verb heads."""
        if i not in self._known:
            if i in self._open:
                return PLAIN
            self._open.add(i)
            self._known[i] = self._own(i).within(self._place(i))
            self._open.discard(i)
        return self._known[i]

    def of_noun(self, i: int, *, definite: bool) -> Status:
        """Return the status of what a noun tells ("Russia's exploitation of …").

        A definite or owned noun is taken for granted by its sentence, whatever the
        verb's polarity; an indefinite one shares the modality of its clause.
        """
        own = self._of_modifiers(i)
        governor = self._governor_of_noun(i)
        if governor is None:
            return own
        outer, noun_class = governor
        if _is_denied(outer):
            return own.within(outer)
        if definite and noun_class is None:
            outer = replace(outer, negative=False, modality="asserted" if not outer.speakers else outer.modality)
        elif noun_class is None:
            outer = replace(outer, negative=False)
        return own.within(outer)

    # --- the verb's own words ----------------------------------------------------

    def _own(self, i: int) -> Status:
        syntax = self.syntax
        status = PLAIN
        for c in syntax.children[i]:
            status = self._add_child(status, i, c)
        shared = self._shared_auxiliary(i)
        if shared is not None:
            status = self._add_child(status, i, shared)
        if self._is_question(i):
            status = replace(status, modality="questioned", cues=(*status.cues, ("question", self._last[i])))
        for c in syntax.all(i, {"advcl"}):
            if self._condition(c) is not None and status.modality != "questioned":
                status = replace(status, modality="conditional", cues=(*status.cues, ("condition", self._condition(c) or c)))
        return status

    def _add_child(self, status: Status, i: int, c: int) -> Status:
        syntax, word, dep = self.syntax, self.syntax.lowers[c], self.syntax.deps[c]
        if dep == "neg" or (dep == "advmod" and word in self.classes["adverb:negative"]):
            return replace(status, negative=not status.negative, cues=(*status.cues, ("negation", c)))
        if dep == "advmod" and word == "longer" and any(syntax.lowers[g] == "no" for g in syntax.children[c]):
            return replace(status, negative=not status.negative, cues=(*status.cues, ("negation", c)))
        if dep == "aux" and word in MODALS:
            return self._modal(status, i, c, MODALS[word])
        if dep in {"advmod", "npadvmod"} and word in self.classes["adverb:possible"]:
            return replace(status, modality="possible", cues=(*status.cues, ("hedge", c)))
        if dep in SUBJECTS | {"dobj", "attr"} and self._is_no(c):
            return replace(status, negative=not status.negative, cues=(*status.cues, ("negation", c)))
        if dep == "prep" and word == "according":
            source = self._according_to(c)
            return replace(status, speakers=(*status.speakers, Speaker(source, c)), cues=(*status.cues, ("speaker", c)))
        if dep == "preconj" and word == "neither":
            return replace(status, negative=True, cues=(*status.cues, ("negation", c)))
        return status

    def _modal(self, status: Status, i: int, c: int, modality: Modality) -> Status:
        if modality == "intended" and self.syntax.tags[i] == "VB" and self._is_past_habit(i):
            return status
        modality = status.modality if status.modality != "asserted" else modality
        return replace(status, modality=modality, cues=(*status.cues, ("modal", c)))

    def _is_past_habit(self, i: int) -> bool:
        return False

    def _shared_auxiliary(self, i: int) -> int | None:
        """Return the modal that a joined bare verb shares: "will attack and destroy"."""
        syntax = self.syntax
        if syntax.deps[i] != "conj" or syntax.tags[i] not in {"VB", "VBN"} or syntax.child(i, {"aux", *SUBJECTS}) is not None:
            return None
        head = syntax.heads[i]
        return next((c for c in syntax.all(head, {"aux"}) if syntax.lowers[c] in MODALS), None)

    def _is_no(self, c: int) -> bool:
        syntax = self.syntax
        return syntax.lowers[c] in NO_WORDS or any(
            syntax.lowers[d] in {"no", "neither"} and syntax.deps[d] == "det" for d in syntax.children[c]
        )

    def _according_to(self, c: int) -> int | None:
        syntax = self.syntax
        for to in syntax.all(c, {"prep"}):
            object_ = syntax.child(to, {"pobj"})
            if object_ is not None:
                return object_
        return syntax.child(c, {"pobj"})

    def _is_question(self, i: int) -> bool:
        """Tell whether the main clause of a sentence is asked, not said."""
        syntax = self.syntax
        last = self._last[i]
        while last > i and not syntax.words[last][-1].isalnum() and "?" not in syntax.words[last]:
            last -= 1
        return syntax.deps[i] in {"ROOT", "conj"} and "?" in syntax.words[last] and syntax.deps[self._root(i)] == "ROOT"

    def _root(self, i: int) -> int:
        while self.syntax.deps[i] == "conj":
            i = self.syntax.heads[i]
        return i

    def _condition(self, i: int) -> int | None:
        """Return the word that makes an adverbial clause a condition, if one does."""
        return next((c for c in self.syntax.all(i, {"mark", "advmod"}) if self.syntax.lowers[c] in CONDITIONS), None)

    # --- the place where the clause stands -----------------------------------------

    def _place(self, i: int) -> Status:
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        if head == i:
            return PLAIN
        if dep == "conj" and syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            return self._of_joined(i, head)
        if dep in {"ccomp", "xcomp", "oprd"}:
            return self._under(i, head)
        if dep == "advcl":
            return self._adverbial(i, head)
        if dep in {"csubj", "csubjpass"}:
            outer = self._of_governor(head)
            return outer if outer.modality != "asserted" else replace(outer, modality="possible")
        if dep == "pcomp":
            return self._after_preposition(i, head)
        if dep in {"acl", "relcl"}:
            return self._in_noun_phrase(i, head, dep)
        if syntax.pos[head] in {"VERB", "AUX"}:
            return replace(self.of_verb(head), negative=False)
        return PLAIN

    def _of_joined(self, i: int, head: int) -> Status:
        """A joined verb stands where the first one stands; negation is shared only with the subject."""
        place = self._place(head)
        own_subject = self.syntax.child(i, SUBJECTS) is not None
        said = tuple(s for s in self.of_verb(head).speakers if s not in place.speakers)
        conditional = self._own(head).modality == "conditional" and not own_subject
        status = replace(place, speakers=place.speakers + said)
        if conditional and status.modality == "asserted":
            status = replace(status, modality="conditional")
        if self.syntax.pos[head] in {"VERB", "AUX"} and not own_subject and self._but(i, head):
            return status
        negated = not own_subject and self._own(head).negative and self._or(head)
        return replace(status, negative=status.negative != negated)

    def _but(self, i: int, head: int) -> bool:
        return any(self.syntax.lowers[c] == "but" for c in self.syntax.all(head, {"cc"}))

    def _or(self, head: int) -> bool:
        return any(self.syntax.lowers[c] in {"or", "nor"} for c in self.syntax.all(head, {"cc"}))

    def _of_governor(self, head: int) -> Status:
        """Return the status of the clause above, without its polarity."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ" and syntax.deps[head] in {"acomp", "conj", "oprd", "attr"}:
            head = syntax.heads[head]
        if syntax.pos[head] in NOUN_POS:
            return self._noun_place(head)
        return replace(self.of_verb(head), negative=False)

    def _noun_place(self, noun: int) -> Status:
        governor = self._governor_of_noun(noun)
        if governor is None:
            return PLAIN
        status = governor[0]
        return status if _is_denied(status) else replace(status, negative=False)

    def _under(self, i: int, head: int) -> Status:
        """Return what a governing verb, adjective or noun makes of its clause."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ":
            return self._under_adjective(i, head)
        if syntax.pos[head] in NOUN_POS:
            return self._under_noun(i, head)
        adjective = syntax.child(head, {"acomp"})
        if adjective is not None and syntax.lemmas[head] in {"be", "seem", "appear", "become", "make", "remain", "look"}:
            return self._under_adjective(i, adjective)
        return self._under_verb(i, head)

    def _under_verb(self, i: int, head: int) -> Status:
        syntax, lemma, outer = self.syntax, self.syntax.lemmas[head].lower(), self._of_governor(head)
        negated = self._own(head).negative
        infinitive = any(syntax.deps[c] == "aux" and syntax.lowers[c] == "to" for c in syntax.children[i])
        infinitive = infinitive or (syntax.deps[i] == "xcomp" and syntax.tags[i] == "VBG")
        for kind, act in self._verb_rules(infinitive):
            if lemma in self.classes.get(kind, ()):
                return act(i, head, negated, outer)
        if lemma == "be" and not infinitive:
            return self._under_copula(i, head, outer)
        if infinitive or syntax.deps[i] == "xcomp":
            return replace(outer, negative=negated)
        return self._said(i, head, negated, outer) if self._speaker(head) is not None else outer

    def _under_copula(self, i: int, head: int, outer: Status) -> Status:
        """ "The question is whether", "the claim is that": as the subject says."""
        subject = self.syntax.child(head, {"nsubj"})
        asked = any(self.syntax.tags[c] in {"WRB", "WP", "WDT"} or self.syntax.lowers[c] in {"whether", "if"} for c in self.syntax.children[i])
        if asked:
            return replace(outer, modality=self._or_outer(outer, "questioned"))
        return self._under_noun(i, subject) if subject is not None and self.syntax.pos[subject] == "NOUN" else outer

    def _verb_rules(self, infinitive: bool) -> list[tuple[str, Callable[[int, int, bool, Status], Status]]]:
        said = [
            ("verb:deny", self._denied), ("verb:ask", self._asked), ("verb:believe", self._believed),
            ("verb:say", self._said), ("verb:know", self._known_fact), ("verb:want", self._wanted),
            ("verb:require", self._required),
        ]  # fmt: skip
        if not infinitive:
            return said
        return [
            ("verb:fail", self._failed), ("verb:prevent", self._failed), ("verb:seem", self._seeming),
            ("verb:deny", self._denied), ("verb:require", self._required), ("verb:want", self._wanted),
            *said,
        ]  # fmt: skip

    def _said(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """ "Z said that": attributed. "We note that" is the document's own voice."""
        speaker = self._speaker(head)
        cue = (("speaker", head),)
        if speaker is not None and self.syntax.lowers[speaker] in FIRST_PERSON:
            modality = "possible" if negated and outer.modality == "asserted" else outer.modality
            return replace(outer, modality=modality)
        status = replace(outer, speakers=(*outer.speakers, Speaker(speaker, head)), cues=outer.cues + cue)
        if negated and status.modality == "asserted":
            status = replace(status, modality="possible")
        return status

    def _denied(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if negated:
            return self._said(i, head, True, replace(outer, modality="possible"))
        speaker = Speaker(self._speaker(head), head, deny=True)
        cues = (*outer.cues, ("speaker", head), ("negation", head))
        return replace(outer, negative=True, speakers=(*outer.speakers, speaker), cues=cues)

    def _believed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Believed is possible; "do not think that P" denies P (neg-raising)."""
        speaker = self._speaker(head)
        own_voice = speaker is not None and self.syntax.lowers[speaker] in FIRST_PERSON
        speakers = outer.speakers if own_voice else (*outer.speakers, Speaker(speaker, head))
        modality: Modality = outer.modality if outer.modality != "asserted" else "possible"
        doubt = self.syntax.lemmas[head] == "doubt"
        return replace(outer, negative=negated != doubt, modality=modality, speakers=speakers, cues=(*outer.cues, ("hedge", head)))

    def _known_fact(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """What is known is so; what somebody is said to have shown is theirs to show."""
        if any(self.syntax.lowers[c] in {"whether", "if"} for c in self.syntax.all(i, {"mark"})):
            return replace(outer, modality="questioned")
        return outer

    def _asked(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        infinitive = any(self.syntax.deps[c] == "aux" and self.syntax.lowers[c] == "to" for c in self.syntax.children[i])
        if infinitive:
            return self._wanted(i, head, negated, outer)
        return replace(outer, modality="questioned", cues=(*outer.cues, ("question", head)))

    def _wanted(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        modality: Modality = outer.modality if outer.modality != "asserted" else "intended"
        return replace(outer, negative=negated, modality=modality, cues=(*outer.cues, ("intention", head)))

    def _required(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        modality: Modality = outer.modality if outer.modality != "asserted" else "required"
        return replace(outer, negative=negated, modality=modality, cues=(*outer.cues, ("requirement", head)))

    def _failed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=not negated, cues=(*outer.cues, ("negation", head)))

    def _seeming(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        modality: Modality = outer.modality if outer.modality != "asserted" else "possible"
        return replace(outer, negative=negated, modality=modality, cues=(*outer.cues, ("hedge", head)))

    def _speaker(self, head: int) -> int | None:
        """Return who speaks: the active subject, or the agent of a passive."""
        syntax = self.syntax
        for c in syntax.all(head, {"agent"}):
            return syntax.child(c, {"pobj"})
        subject = syntax.child(head, {"nsubj"})
        if subject is not None and syntax.lowers[subject] in {"it", "there", "which", "that", "who"}:
            return syntax.heads[head] if syntax.deps[head] == "relcl" else None
        if subject is None and syntax.deps[head] == "conj":
            return self._speaker(syntax.heads[head])
        return subject

    def _under_adjective(self, i: int, adjective: int) -> Status:
        syntax, word, outer = self.syntax, self.syntax.lowers[adjective], self._of_governor(adjective)
        verb = syntax.heads[adjective] if syntax.deps[adjective] == "acomp" else adjective
        negated = self._own(verb).negative
        cue = (*outer.cues, ("hedge", adjective))
        classes = self.classes
        if word in classes["adjective:false"]:
            return replace(outer, negative=not negated, cues=cue)
        if word in classes["adjective:require"]:
            return replace(outer, modality=self._or_outer(outer, "required"), cues=cue)
        if word in classes["adjective:want"] and syntax.deps[i] == "xcomp":
            return replace(outer, negative=negated, modality=self._or_outer(outer, "intended"), cues=cue)
        if word in classes["adjective:possible"] or negated or (syntax.deps[i] == "xcomp" and word not in {"clear", "true"}):
            unlikely = word in {"unlikely", "improbable", "doubtful", "unrealistic"}
            return replace(outer, negative=unlikely != (negated and word in {"likely", "able", "possible"}), modality=self._or_outer(outer, "possible"), cues=cue)
        return outer

    def _or_outer(self, outer: Status, modality: Modality) -> Modality:
        return outer.modality if outer.modality != "asserted" else modality

    def _under_noun(self, i: int, noun: int) -> Status:
        syntax, lemma, outer = self.syntax, self.syntax.lemmas[noun].lower(), self._noun_place(noun)
        infinitive = any(syntax.deps[c] == "aux" and syntax.lowers[c] == "to" for c in syntax.children[i])
        cue = (*outer.cues, ("hedge", noun))
        absent = self._is_no(noun) or self._absent(noun)
        classes = self.classes
        if lemma in classes["noun:fail"]:
            return replace(outer, negative=outer.negative == absent, cues=cue)
        if lemma in classes["noun:prevent"]:
            return replace(outer, modality=self._or_outer(outer, "possible"), negative=True, cues=cue)
        if lemma in classes["noun:deny"]:
            speaker = Speaker(syntax.child(noun, {"poss"}), noun, deny=True)
            return replace(outer, negative=True, speakers=(*outer.speakers, speaker), cues=cue)
        if lemma in classes["noun:require"]:
            return replace(outer, modality=self._or_outer(outer, "required"), negative=outer.negative != absent, cues=cue)
        if infinitive and lemma in classes["noun:want"]:
            return replace(outer, modality=self._or_outer(outer, "intended"), negative=outer.negative != absent, cues=cue)
        if lemma in classes["noun:say"] and not infinitive:
            speaker = Speaker(syntax.child(noun, {"poss"}), noun)
            return replace(outer, speakers=(*outer.speakers, speaker), negative=outer.negative != absent, cues=cue)
        if lemma in classes["noun:possible"] or infinitive or absent:
            return replace(outer, modality=self._or_outer(outer, "possible"), negative=outer.negative != absent, cues=cue)
        return outer

    def _absent(self, noun: int) -> bool:
        """Tell "there is not evidence that": the noun's own clause is negated."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        return syntax.deps[noun] in {"attr", "dobj", "nsubjpass"} and any(syntax.deps[c] == "neg" for c in syntax.children[verb])

    def _adverbial(self, i: int, head: int) -> Status:
        syntax, outer = self.syntax, self._of_governor(head)
        condition = self._condition(i)
        if condition is not None:
            return replace(outer, modality="conditional", cues=(*outer.cues, ("condition", condition)))
        words = {syntax.lowers[c] for c in syntax.children[i] if syntax.deps[c] in {"mark", "advmod", "aux", "prep"}}
        if "to" in words and syntax.tags[i] == "VB":
            return replace(outer, modality=self._or_outer(outer, "intended"))
        if words & {"though"} and "as" in words:
            return replace(outer, modality=self._or_outer(outer, "possible"))
        if "than" in words or "without" in words:
            return replace(outer, negative=True)
        if outer.modality == "conditional" and words & {"because", "since", "although", "while", "whilst", "after", "when", "though"}:
            return replace(outer, modality="asserted")
        return outer

    def _after_preposition(self, i: int, preposition: int) -> Status:
        syntax, word, head = self.syntax, self.syntax.lowers[preposition], self.syntax.heads[preposition]
        if word in NEGATIVE_PREPOSITIONS or (word == "of" and syntax.lowers[head] == "instead"):
            return replace(self._of_governor(head), negative=True, cues=(("negation", preposition),))
        if syntax.pos[head] in NOUN_POS:
            return self._under_noun_of(i, head)
        if syntax.pos[head] == "ADJ":
            outer = self._of_governor(head)
            return replace(outer, modality=self._or_outer(outer, "possible"), cues=(*outer.cues, ("hedge", head)))
        if syntax.pos[head] in {"ADP", "SCONJ", "ADV"} and syntax.heads[head] != head:
            return self._after_preposition(i, head)
        lemma = syntax.lemmas[head].lower()
        outer = self._of_governor(head)
        if lemma in self.classes["verb:accuse"] and word in {"of", "with", "for"}:
            return self._said(i, head, self._own(head).negative, outer)
        if lemma in self.classes["verb:prevent"] and word == "from":
            return replace(outer, negative=True, cues=(*outer.cues, ("negation", head)))
        if word in {"for", "on", "about", "of", "to", "at", "towards"}:
            return replace(outer, modality=self._or_outer(outer, "possible"))
        return replace(outer, negative=self._own(head).negative and word in {"by", "in"})

    def _under_noun_of(self, i: int, noun: int) -> Status:
        """ "the risk of doing", "its success in doing": mostly not said to be done."""
        outer = self._under_noun(i, noun)
        if outer.modality == "asserted" and not outer.negative and self.syntax.lemmas[noun].lower() not in {"success", "act", "practice", "history", "result", "way", "role", "experience"}:
            return replace(outer, modality="possible")
        return outer

    def _in_noun_phrase(self, i: int, noun: int, dep: str) -> Status:
        syntax = self.syntax
        if syntax.pos[noun] not in NOUN_POS | {"PRON", "NUM"}:
            return self._of_governor(noun)
        infinitive = any(syntax.deps[c] == "aux" and syntax.lowers[c] == "to" for c in syntax.children[i])
        mark = syntax.child(i, {"mark"})
        if dep == "acl" and (infinitive or mark is not None):
            return self._under_noun(i, noun)
        place = self._noun_place(noun)
        named = syntax.pos[noun] == "PROPN" or any(syntax.lowers[c] in {"the", "these", "those", "its", "their", "his", "her"} for c in syntax.children[noun])
        if self._is_no(noun):
            return replace(place, modality=self._or_outer(place, "possible"), negative=True)
        if named and not place.speakers:
            return PLAIN
        if named:
            return replace(place, modality="asserted")
        return place

    # --- nouns ---------------------------------------------------------------------

    def _governor_of_noun(self, i: int) -> tuple[Status, str | None] | None:
        """Return the status of the place where a noun stands, and the class of a noun that governs it."""
        syntax = self.syntax
        noun_class: str | None = None
        status, below = PLAIN, i
        for head in syntax.ancestors(i):
            if syntax.pos[head] in {"VERB", "AUX"} and syntax.deps[head] not in {"amod", "aux", "auxpass"}:
                return status.within(self._at_verb(head, below)), noun_class
            if syntax.pos[head] in NOUN_POS and syntax.deps[below] not in {"compound", "poss", "conj", "appos"}:
                found = self._noun_operator(head)
                if found is not None:
                    status, noun_class = status.within(found), "operator"
            below = head if syntax.deps[head] != "conj" else below
        return (status, noun_class) if noun_class else None

    def _at_verb(self, verb: int, below: int) -> Status:
        """A verb of denying or wanting makes its object so: "denied involvement", "seeks engagement"."""
        status, lemma = self.of_verb(verb), self.syntax.lemmas[verb].lower()
        if self.syntax.deps[below] not in {"dobj", "nsubjpass", "conj"}:
            return status
        if lemma in {"deny", "reject", "dispute", "refute"} and not status.negative:
            speaker = Speaker(self._speaker(verb), verb, deny=True)
            return replace(status, negative=True, speakers=(*status.speakers, speaker))
        if lemma in {"seek", "want", "plan", "propose", "request", "demand", "consider", "threaten", "promise", "oppose", "allege", "suspect"}:
            return replace(status, modality=self._or_outer(status, "intended"))
        return status

    def _noun_operator(self, noun: int) -> Status | None:
        lemma, classes = self.syntax.lemmas[noun].lower(), self.classes
        cue = (("hedge", noun),)
        if lemma in classes["noun:prevent"] | classes["noun:fail"] | {"denial", "end", "halt"}:
            return Status(True, "possible", (), cue)
        if lemma in {"risk", "threat", "possibility", "prospect", "likelihood", "allegation", "claim", "suspicion", "danger", "fear", "accusation", "evidence", "hope", "chance", "proposal", "plan", "notion", "idea", "rumour", "event", "case", "absence"}:
            return Status(False, "possible", (), cue)
        return None

    def _of_modifiers(self, i: int) -> Status:
        """ "alleged", "planned", "failed", "no", "any" before a noun."""
        syntax, classes, status = self.syntax, self.classes, PLAIN
        for c in syntax.children[i]:
            word = syntax.lowers[c]
            if syntax.deps[c] == "amod" and word in classes["adjective:alleged"]:
                status = replace(status, modality="possible", cues=(*status.cues, ("hedge", c)))
            elif syntax.deps[c] == "amod" and word in classes["adjective:planned"]:
                status = replace(status, modality="intended", cues=(*status.cues, ("intention", c)))
            elif syntax.deps[c] == "amod" and word in classes["adjective:failed"]:
                status = replace(status, negative=True, cues=(*status.cues, ("negation", c)))
            elif syntax.deps[c] == "det" and word == "no":
                status = replace(status, negative=True, cues=(*status.cues, ("negation", c)))
            elif syntax.deps[c] == "det" and word in {"any", "such"} or word == "such":
                status = replace(status, modality="possible", cues=(*status.cues, ("hedge", c)))
        return status


def _is_denied(status: Status) -> bool:
    """Tell whether the innermost speaker denies it."""
    return bool(status.speakers) and status.speakers[-1].deny
