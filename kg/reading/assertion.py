"""How sure a clause is, and who says so: polarity, modality, attribution.

The status of a verb is its own (``kg/reading/status.py``) within that of the place
where its clause stands: under a verb of saying, of belief, of wanting, of failing; after
"if"; under a noun such as "evidence" or "plan". Signs of negation add up, the outermost
modality wins, speakers nest. The word classes stand in models/lexicons/status.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.reading.grammar import NOUN_POS, SUBJECTS, Syntax, word_set
from kg.reading.lexicons import Lexicons
from kg.reading.quotations import find_quotations
from kg.reading.status import CONDITIONS, FIRST_PERSON, PLAIN, OwnStatus, Speaker, Status

NEGATIVE_PREPOSITIONS = word_set("without instead than")
_COPULAS = word_set("be seem appear become make remain look")
_MODAL_VERBS = word_set("have go be")
"""With an infinitive these are modal: "has to", "is going to", "is to"."""
_ASKING_TAGS = frozenset({"WRB", "WP", "WDT"})
_WHETHER = word_set("whether if")
_STAND_INS = word_set("it there which that who")
"""Subjects that name no speaker."""
_CONTRASTING = word_set("because since although while whilst after when though")
"""Conjunctions whose clause is said whatever the main clause's condition."""
_TOWARDS = word_set("for on about of to at towards")
"""Prepositions before what is aimed at or talked about, not said to be done."""
_POINTING = word_set("the these those its their his her")
_TURNED_BY_NOT = word_set("likely able possible")
_NO_VERBS = frozenset({"amod", "aux", "auxpass"})
_BELOW_NOUN = frozenset({"compound", "poss", "conj", "appos"})

_TELLING_NOUNS = (
    "noun:say",
    "noun:possible",
    "noun:deny",
    "noun:want",
    "noun:require",
    "noun:fail",
)
_TELLING_VERBS = ("verb:say", "verb:believe", "verb:deny", "verb:ask")

VerbRule = Callable[[int, int, bool, Status], Status]


class StatusFinder:
    """Answers for one parsed text; each verb is worked out once."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self.own = OwnStatus(syntax, lexicons)
        self._known: dict[int, Status] = {}
        self._open: set[int] = set()
        self._quoted = find_quotations(syntax, lexicons, self._speaker)

    def of_verb(self, i: int) -> Status:
        """Return the status of the clause that a verb heads."""
        if i not in self._known:
            if i in self._open:
                return PLAIN
            self._open.add(i)
            status = self.own.of_verb(i).within(self._place(i))
            others = tuple(speaker for speaker in status.speakers if speaker.cue != i)
            self._known[i] = self._in_quotation(i, replace(status, speakers=others))
            self._open.discard(i)
        return self._known[i]

    def _in_quotation(self, i: int, status: Status) -> Status:
        """Return a status as said by whoever is quoted, if the grammar does not say so already."""
        speaker = self._quoted.get(i)
        known = {s.cue for s in status.speakers}
        if speaker is None or speaker.cue in known or (speaker.head is None and known):
            return status
        cues = (("speaker", speaker.cue), *status.cues)
        return replace(status, speakers=(speaker, *status.speakers), cues=cues)

    def of_noun(self, i: int, *, definite: bool) -> Status:
        """Return the status of what a noun tells ("Russia's exploitation of …").

        A definite or owned noun is taken for granted by its sentence, whatever the
        verb's polarity; an indefinite one shares the modality of its clause.
        """
        own = self.own.of_noun(i)
        governor = self._governor_of_noun(i)
        if governor is None:
            return self._in_quotation(i, own)
        outer, governed = governor
        if not outer.denied and not governed:
            outer = replace(outer, negative=False)
            if definite and not outer.speakers:
                outer = replace(outer, modality="asserted")
        return self._in_quotation(i, own.within(outer))

    # --- the place where the clause stands -----------------------------------------

    def _place(self, i: int) -> Status:
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        if head == i:
            return PLAIN
        if dep == "conj" and syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            return self._of_joined(i, head)
        saying = self._saying_above(i)
        if saying is not None:
            return self._under_verb(i, saying)
        if dep in {"acl", "relcl"}:
            return self._in_noun_phrase(i, head, dep)
        rules = {
            "ccomp": self._under, "xcomp": self._under, "oprd": self._under,
            "advcl": self._adverbial, "pcomp": self._after_preposition,
            "csubj": self._as_subject, "csubjpass": self._as_subject,
        }  # fmt: skip
        if dep in rules:
            return rules[dep](i, head)
        if syntax.pos[head] in {"VERB", "AUX"}:
            return replace(self.of_verb(head), negative=False)
        return PLAIN

    def _saying_above(self, i: int) -> int | None:
        """Return the verb of "was told by Z, after his return, that": far from its clause.

        The parser hangs such a clause on a noun or makes it an adverbial one.
        """
        syntax, head = self.syntax, self.syntax.heads[i]
        stray = syntax.deps[i] in {"acl", "advcl"} and syntax.has_child(i, {"that"}, {"mark"})
        if not stray or any(syntax.lemmas[head].lower() in self.classes[k] for k in _TELLING_NOUNS):
            return None
        verb = next((a for a in (head, *syntax.ancestors(head)) if syntax.pos[a] == "VERB"), None)
        if verb is None or syntax.child(verb, {"ccomp"}) is not None:
            return None
        told = any(syntax.lemmas[verb].lower() in self.classes[k] for k in _TELLING_VERBS)
        return verb if told else None

    def _as_subject(self, i: int, head: int) -> Status:
        """Take a clause that is a subject for talked about, not said to be done."""
        return self._of_governor(head).but("possible")

    def _of_joined(self, i: int, head: int) -> Status:
        """Put a joined verb where the first one stands; negation needs "or" and no own subject."""
        place, first = self._place(head), self.own.of_verb(head)
        own_subject = self.syntax.child(i, SUBJECTS) is not None
        said = tuple(s for s in self.of_verb(head).speakers if s not in place.speakers)
        status = replace(place, speakers=place.speakers + said)
        if own_subject:
            return status
        if first.modality == "conditional":
            status = status.but("conditional")
        joiners = {self.syntax.lowers[c] for c in self.syntax.all(head, {"cc"})}
        alternative = bool(joiners & {"or", "nor"}) and "but" not in joiners
        return status.turned(negative=first.negative and alternative)

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
        return status if status.denied else replace(status, negative=False)

    def _under(self, i: int, head: int) -> Status:
        """Return what a governing verb, adjective or noun makes of its clause."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ":
            return self._under_adjective(i, head)
        if syntax.pos[head] in NOUN_POS:
            return self._under_noun(i, head)
        adjective = syntax.child(head, {"acomp"})
        if adjective is not None and syntax.lemmas[head] in _COPULAS:
            return self._under_adjective(i, adjective)
        return self._under_verb(i, head)

    # --- under a verb ----------------------------------------------------------------

    def _under_verb(self, i: int, head: int) -> Status:
        syntax, lemma, outer = (
            self.syntax,
            self.syntax.lemmas[head].lower(),
            self._of_governor(head),
        )
        negated = self.of_verb(head).negative
        if syntax.lowers[head] in CONDITIONS and syntax.deps[i] == "ccomp":
            return replace(outer, modality="conditional").cued("condition", head)
        doing = syntax.is_infinitive(i) or (syntax.deps[i] == "xcomp" and syntax.tags[i] == "VBG")
        for kind, act in self._verb_rules(doing):
            if lemma in self.classes[kind]:
                return act(i, head, negated, outer)
        if doing and lemma in _MODAL_VERBS:
            return self._under_modal_verb(i, head, replace(outer, negative=negated))
        if lemma == "be" and not doing:
            return self._under_copula(i, head, outer)
        if doing or syntax.deps[i] == "xcomp":
            return replace(outer, negative=negated)
        return self._said(i, head, negated, outer) if self._speaker(head) is not None else outer

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
            syntax.tags[c] in _ASKING_TAGS or syntax.lowers[c] in _WHETHER
            for c in syntax.children[i]
        )
        if asked:
            return outer.but("questioned")
        noun = subject is not None and syntax.pos[subject] == "NOUN"
        return self._under_noun(i, subject) if subject is not None and noun else outer

    def _verb_rules(self, doing: bool) -> list[tuple[str, VerbRule]]:
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
            ("verb:deny", self._denied), ("verb:require", self._required), ("verb:want", self._wanted),
            *said,
        ]  # fmt: skip

    def _said(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Attribute "Z said that"; "We note that" is the document's own voice."""
        speaker = self._speaker(head)
        if negated:
            outer = outer.but("possible")
        if speaker is not None and self.syntax.lowers[speaker] in FIRST_PERSON:
            return outer
        return outer.said_by(Speaker(speaker, head)).cued("speaker", head)

    def _denied(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if negated:
            return self._said(i, head, True, replace(outer, modality="possible"))
        denier = Speaker(self._speaker(head), head, deny=True)
        status = replace(outer, negative=True).said_by(denier)
        return status.cued("speaker", head).cued("negation", head)

    def _believed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Make it possible; "do not think that P" denies P (neg-raising)."""
        speaker = self._speaker(head)
        nobody = speaker is None and self.syntax.is_infinitive(head)
        if not nobody and (speaker is None or self.syntax.lowers[speaker] not in FIRST_PERSON):
            outer = outer.said_by(Speaker(speaker, head))
        doubt = self.syntax.lemmas[head] == "doubt"
        return replace(outer, negative=negated != doubt).but("possible").cued("hedge", head)

    def _known_fact(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        """Take what is known for so, unless it is "whether"; "did not show that" leaves it open."""
        if self.syntax.has_child(i, _WHETHER, {"mark"}):
            return replace(outer, modality="questioned")
        if negated and self.syntax.lemmas[head].lower() in self.classes["verb:evidence"]:
            return replace(outer, negative=True).but("possible").cued("negation", head)
        return outer

    def _asked(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        if self.syntax.is_infinitive(i):
            return self._wanted(i, head, negated, outer)
        return replace(outer, modality="questioned").cued("question", head)

    def _wanted(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=negated).but("intended").cued("intention", head)

    def _required(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=negated).but("required").cued("requirement", head)

    def _failed(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=not negated).cued("negation", head)

    def _seeming(self, i: int, head: int, negated: bool, outer: Status) -> Status:
        return replace(outer, negative=negated).but("possible").cued("hedge", head)

    def _speaker(self, head: int) -> int | None:
        """Return who speaks: the active subject, or the agent of a passive."""
        syntax = self.syntax
        for c in syntax.all(head, {"agent"}):
            return syntax.child(c, {"pobj"})
        subject = syntax.child(head, {"nsubj"})
        if subject is not None and syntax.lowers[subject] in _STAND_INS:
            return syntax.heads[head] if syntax.deps[head] == "relcl" else None
        if subject is None and syntax.deps[head] == "conj":
            return self._speaker(syntax.heads[head])
        return subject

    # --- under an adjective or a noun ----------------------------------------------------

    def _under_adjective(self, i: int, adjective: int) -> Status:
        syntax, classes, word = self.syntax, self.classes, self.syntax.lowers[adjective]
        verb = syntax.heads[adjective] if syntax.deps[adjective] == "acomp" else adjective
        negated, completes = self.own.is_negative(verb), syntax.deps[i] == "xcomp"
        plain = self._of_governor(adjective)
        outer = plain.cued("hedge", adjective)
        if word in classes["adjective:false"]:
            return replace(outer, negative=not negated)
        if word in classes["adjective:require"]:
            return outer.but("required")
        if word in classes["adjective:want"] and completes:
            return replace(outer, negative=negated).but("intended")
        unsure = completes and word not in classes["adjective:certain"]
        if word in classes["adjective:possible"] or negated or unsure:
            unlikely = word in classes["adjective:unlikely"]
            turned = negated and word in _TURNED_BY_NOT
            return replace(outer, negative=unlikely != turned).but("possible")
        return plain

    def _under_noun(self, i: int, noun: int) -> Status:
        """Return what "evidence that", "failure to", "claims that" make of their clause."""
        lemma, classes = self.syntax.lemmas[noun].lower(), self.classes
        plain = self._noun_place(noun)
        outer = plain.cued("hedge", noun)
        absent = self.own.is_no(noun) or self._absent(noun)
        infinitive = self.syntax.is_infinitive(i)
        if lemma in classes["noun:fail"]:
            return replace(outer, negative=outer.negative == absent)
        if lemma in classes["noun:prevent"]:
            return replace(outer, negative=True).but("possible")
        if lemma in classes["noun:deny"]:
            return replace(outer, negative=True).said_by(self._owner(noun, deny=True))
        if lemma in classes["noun:require"]:
            return outer.turned(negative=absent).but("required")
        if infinitive and lemma in classes["noun:want"]:
            return outer.turned(negative=absent).but("intended")
        if lemma in classes["noun:say"] and not infinitive:
            return outer.turned(negative=absent).said_by(self._owner(noun))
        if lemma in classes["noun:possible"] or infinitive or absent:
            return outer.turned(negative=absent).but("possible")
        return plain

    def _owner(self, noun: int, *, deny: bool = False) -> Speaker:
        """Return who makes a claim, an allegation, a denial."""
        return Speaker(self.syntax.child(noun, {"poss"}), noun, deny)

    def _absent(self, noun: int) -> bool:
        """Tell "there is not evidence that": the noun's own clause is negated."""
        syntax, verb = self.syntax, self.syntax.heads[noun]
        governed = syntax.deps[noun] in {"attr", "dobj", "nsubjpass"}
        return governed and syntax.child(verb, {"neg"}) is not None

    # --- adverbial clauses and prepositions ------------------------------------------------

    def _adverbial(self, i: int, head: int) -> Status:
        syntax, outer = self.syntax, self._of_governor(head)
        condition = self.own.condition(i)
        if condition is not None and self._asks(head):
            return replace(outer, modality="questioned").cued("question", condition)
        if condition is not None:
            return replace(outer, modality="conditional").cued("condition", condition)
        linking = syntax.all(i, {"mark", "advmod", "aux", "prep"})
        words = {syntax.lowers[c] for c in linking}
        if "to" in words and syntax.tags[i] == "VB":
            return outer.but("intended")
        if words >= {"as", "though"}:
            return outer.but("possible")
        if words & {"than", "without"}:
            return replace(outer, negative=True)
        if outer.modality == "conditional" and words & _CONTRASTING:
            return replace(outer, modality="asserted")
        return outer

    def _asks(self, verb: int) -> bool:
        """Tell "wondered if", where the parser takes the question for a condition."""
        return self.syntax.lemmas[verb].lower() in self.classes["verb:ask"]

    def _after_preposition(self, i: int, preposition: int) -> Status:
        syntax, word, head = (
            self.syntax,
            self.syntax.lowers[preposition],
            self.syntax.heads[preposition],
        )
        before = syntax.lowers[preposition - 1] if preposition else ""
        instead = (before, word) in {("instead", "of"), ("far", "from")}
        if word in NEGATIVE_PREPOSITIONS or instead:
            cue = (("negation", preposition),)
            return replace(self._of_governor(head), negative=True, cues=cue)
        if syntax.pos[head] in NOUN_POS and syntax.is_accused(head, preposition):
            return self._after_verb_and(word, i, syntax.heads[head])
        if syntax.pos[head] in NOUN_POS:
            return self._under_noun_of(i, head)
        if syntax.pos[head] == "ADJ":
            return self._of_governor(head).but("possible").cued("hedge", head)
        if syntax.pos[head] in {"ADP", "SCONJ", "ADV"} and syntax.heads[head] != head:
            return self._after_preposition(i, head)
        return self._after_verb_and(word, i, head)

    def _after_verb_and(self, preposition: str, i: int, verb: int) -> Status:
        """Read "accused Z of arming", "prevented Z from arming", "called for arming"."""
        lemma, outer = self.syntax.lemmas[verb].lower(), self._of_governor(verb)
        negated = self.own.is_negative(verb)
        if lemma in self.classes["verb:accuse"] and preposition in {"of", "with", "for"}:
            said = self._said(i, verb, negated, outer)
            return said.but("possible") if lemma in self.classes["verb:suspect"] else said
        if lemma in self.classes["verb:want"] and preposition in _TOWARDS:
            return replace(outer.but("intended"), negative=negated).cued("intention", verb)
        if (
            lemma in self.classes["verb:prevent"] | self.classes["verb:keep"]
            and preposition == "from"
        ):
            return replace(outer, negative=True).cued("negation", verb)
        if preposition in _TOWARDS:
            return outer.but("possible")
        return replace(outer, negative=negated and preposition in {"by", "in"})

    def _under_noun_of(self, i: int, noun: int) -> Status:
        """Read "the risk of doing" as not said to be done, "its success in doing" as done."""
        outer = self._under_noun(i, noun)
        done = self.syntax.lemmas[noun].lower() in self.classes["noun:done"]
        return outer if outer.negative or done else outer.but("possible")

    def _in_noun_phrase(self, i: int, noun: int, dep: str) -> Status:
        """Take what is added to a known thing as said for itself."""
        syntax = self.syntax
        if syntax.pos[noun] not in NOUN_POS | {"PRON", "NUM"}:
            return self._of_governor(noun)
        complement = syntax.is_infinitive(i) or syntax.child(i, {"mark"}) is not None
        if dep == "acl" and complement:
            return self._under_noun(i, noun)
        place = self._noun_place(noun)
        if self.own.is_no(noun):
            return replace(place, negative=True).but("possible")
        known = any(syntax.lowers[c] in _POINTING for c in syntax.children[noun])
        if known or syntax.pos[noun] == "PROPN":
            return replace(place, modality="asserted") if place.speakers else PLAIN
        return place

    # --- nouns ---------------------------------------------------------------------

    def _governor_of_noun(self, i: int) -> tuple[Status, bool] | None:
        """Return the status of the place where a noun stands, and whether a noun governs it."""
        syntax, status, governed, below = self.syntax, PLAIN, False, i
        for head in syntax.ancestors(i):
            if syntax.pos[head] in {"VERB", "AUX"} and syntax.deps[head] not in _NO_VERBS:
                return status.within(self._at_verb(head, below)), governed
            if syntax.pos[head] in NOUN_POS and syntax.deps[below] not in _BELOW_NOUN:
                found = self._noun_operator(head)
                if found is not None:
                    status, governed = status.within(found), True
            below = head if syntax.deps[head] != "conj" else below
        return (status, governed) if governed else None

    def _at_verb(self, verb: int, below: int) -> Status:
        """Read the object of "denied involvement" as denied, of "seeks engagement" as sought."""
        status, lemma = self.of_verb(verb), self.syntax.lemmas[verb].lower()
        if self.syntax.deps[below] not in {"dobj", "nsubjpass", "conj"}:
            return status
        if lemma in self.classes["object:denied"] and not status.negative:
            denier = Speaker(self._speaker(verb), verb, deny=True)
            return replace(status, negative=True).said_by(denier)
        return status.but("intended") if lemma in self.classes["object:wanted"] else status

    def _noun_operator(self, noun: int) -> Status | None:
        """Return what "the end of", "the risk of", "allegations of" make of the noun after it."""
        lemma, classes = self.syntax.lemmas[noun].lower(), self.classes
        cues = (("hedge", noun),)
        if lemma in classes["noun:prevent"] | classes["noun:fail"] | classes["noun:ended"]:
            return Status(True, "possible", (), cues)
        return Status(False, "possible", (), cues) if lemma in classes["noun:unsure"] else None
