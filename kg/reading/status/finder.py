"""How sure a clause is, and who says so: polarity, modality, attribution.

The status of a verb is its own (``kg/reading/status/values.py``) within that of the place
where its clause stands: under a verb of saying, of belief, of wanting, of failing
(``under_verbs.py``); after "if"; under a noun such as "evidence" or "plan"
(``under_nouns.py``). Signs of negation add up, the outermost modality wins,
speakers nest. The word classes stand in models/lexicons/status.tsv.
"""

from __future__ import annotations

from dataclasses import replace

from kg.lexicons import Lexicons
from kg.reading.grammar import NOUN_POS, SUBJECTS, Syntax, word_set
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.quotations import find_quotations, is_saying
from kg.reading.status.turns import find_turns
from kg.reading.status.under_nouns import NounStatus
from kg.reading.status.under_verbs import ASKING_TAGS, COPULAS, VerbStatus
from kg.reading.status.values import PLAIN, Speaker, Status

_CONTRASTING = word_set("because since although while whilst after when though")
"""Conjunctions whose clause is said whatever the main clause's condition."""
_APART = word_set("although though while whilst whereas after when")
"""Conjunctions whose clause in the past stands by itself, whatever the main clause's modality."""
_SEEMING = word_set("feel look sound seem appear")
_TURNED_BY_NOT = word_set("likely able possible")
_TELLING_NOUNS = (
    "noun:say",
    "noun:possible",
    "noun:deny",
    "noun:want",
    "noun:require",
    "noun:fail",
)


class StatusFinder:
    """Answers for one parsed text; each verb is worked out once."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self.own = OwnStatus(syntax, lexicons)
        self.verbs = VerbStatus(syntax, self.classes, self.own, self)
        self.nouns = NounStatus(syntax, self.classes, self.own, self)
        self.speaker = self.verbs.speaker
        self.under_noun = self.nouns.under
        self.under_noun_of = self.nouns.under_of
        self._known: dict[int, Status] = {}
        self._open: set[int] = set()
        self._quoted = find_quotations(syntax, lexicons, self.speaker)
        self._rules = {
            "ccomp": self._under, "xcomp": self._under, "oprd": self._under,
            "advcl": self._adverbial, "pcomp": self._after_preposition,
            "csubj": self._as_subject, "csubjpass": self._as_subject,
        }  # fmt: skip
        self._turns = find_turns(syntax, lexicons, self.speaker)

    def of_verb(self, i: int) -> Status:
        """Return the status of the clause that a verb heads."""
        if i not in self._known:
            if i in self._open:
                return PLAIN
            self._open.add(i)
            status = self.own.of_verb(i).within(self._place(i))
            others = tuple([speaker for speaker in status.speakers if speaker.cue != i])
            if others != status.speakers:
                status = replace(status, speakers=others)
            self._known[i] = self._in_quotation(i, status)
            self._open.discard(i)
        return self._known[i]

    def of_noun(self, i: int, *, definite: bool) -> Status:
        """Return the status of what a noun tells ("Russia's exploitation of …").

        A definite or owned noun is taken for granted by its sentence, whatever the
        verb's polarity; an indefinite one shares the modality of its clause.
        """
        return self._in_quotation(i, self.nouns.of_noun(i, definite=definite))

    def of_governor(self, head: int) -> Status:
        """Return the status of the clause above, without its polarity."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ" and syntax.deps[head] in {"acomp", "conj", "oprd", "attr"}:
            head = syntax.heads[head]
        if syntax.pos[head] in NOUN_POS:
            return self.nouns.place(head)
        status = self.of_verb(head)
        return replace(status, negative=False) if status.negative else status

    def voice_at(self, i: int) -> Speaker | None:
        """Return who says "I" at a token: whoever is quoted there, or whose turn it is."""
        return self._quoted.get(i) or self._turns.get(i)

    def _in_quotation(self, i: int, status: Status) -> Status:
        """Return a status as said by whoever is quoted there, or whose turn it is to speak."""
        return self._said_by(self._turns.get(i), self._said_by(self._quoted.get(i), status))

    def _said_by(self, speaker: Speaker | None, status: Status) -> Status:
        """Add the speaker of a stretch of text, if the grammar does not name one already."""
        if speaker is None:
            return status
        known = {s.cue for s in status.speakers}
        if speaker.cue in known or (speaker.head is None and known):
            return status
        cues = (("speaker", speaker.cue), *status.cues)
        return replace(status, speakers=(speaker, *status.speakers), cues=cues)

    # --- the place where the clause stands -----------------------------------------

    def _place(self, i: int) -> Status:
        syntax, dep, head = self.syntax, self.syntax.deps[i], self.syntax.heads[i]
        if head == i:
            return PLAIN
        if dep == "conj" and syntax.pos[head] in {"VERB", "AUX", "ADJ"}:
            return self._of_joined(i, head)
        saying = self._saying_above(i)
        if saying is not None:
            return self.verbs.under(i, saying)
        if dep in {"acl", "relcl"}:
            return self.nouns.in_phrase(i, head)
        if dep in self._rules:
            return self._rules[dep](i, head)
        if syntax.pos[head] in {"VERB", "AUX"}:
            return replace(self.of_verb(head), negative=False)
        return PLAIN

    def _saying_above(self, i: int) -> int | None:
        """Return the verb of "was told by Z, after his return, that": far from its clause.

        The parser hangs such a clause on a noun or makes it an adverbial one.
        """
        syntax, head = self.syntax, self.syntax.heads[i]
        stray = syntax.deps[i] in {"acl", "advcl", "relcl"} and syntax.has_child(
            i, {"that"}, {"mark"}
        )
        if not stray or any(syntax.lemmas[head].lower() in self.classes[k] for k in _TELLING_NOUNS):
            return None
        verb = next((a for a in (head, *syntax.ancestors(head)) if syntax.pos[a] == "VERB"), None)
        if verb is None or syntax.child(verb, {"ccomp"}) is not None:
            return None
        told = is_saying(syntax, self.classes, verb)
        has_it = syntax.lemmas[verb] == "have" and syntax.has_child(verb, {"it"}, {"dobj"})
        return verb if told or has_it else None

    def _as_subject(self, i: int, head: int) -> Status:
        """Take a clause that is a subject for talked about; "what Z wants" is granted."""
        syntax, outer = self.syntax, self.of_governor(head)
        granted = any(syntax.lowers[c] == "what" for c in syntax.children[i])
        return outer if granted and not syntax.is_infinitive(i) else outer.but("possible")

    def _of_joined(self, i: int, head: int) -> Status:
        """Put a joined verb where the first one stands; negation needs "or" and no own subject."""
        place, first = self._place(head), self.own.of_verb(head)
        own_subject = self.syntax.child(i, SUBJECTS) is not None
        if self._is_what_is_not(i, head):
            return replace(place, negative=True).cued("negation", self.syntax.heads[i])
        said = tuple(s for s in self.of_verb(head).speakers if s not in place.speakers)
        status = replace(place, speakers=place.speakers + said) if said else place
        if own_subject:
            return self._with_own_subject(i, head, status, first)
        if first.modality == "conditional":
            status = status.but("conditional")
        if any(kind == "hedge" and self.syntax.heads[c] == head for kind, c in first.cues):
            status = status.but("possible")
        if first.negative and self._shares_did(i, head):
            return status.turned()
        joiners = {self.syntax.lowers[c] for c in self.syntax.all(head, {"cc"})}
        alternative = bool(joiners & {"or", "nor"}) and "but" not in joiners
        return status.turned(negative=first.negative and alternative)

    def _with_own_subject(self, i: int, head: int, status: Status, first: Status) -> Status:
        """Return what a joined clause shares: a condition, or the "perhaps" that opens both."""
        syntax, cues = self.syntax, dict(first.cues)
        opening = syntax.sentence_at(i)[0]
        if self._shares_passive(i, head) or cues.get("hedge") == opening:
            return status.but(first.modality)
        present = syntax.tags[i] in {"VBZ", "VBP"}
        return status.but("conditional") if present and "condition" in cues else status

    def _shares_did(self, i: int, head: int) -> bool:
        """Tell "did not sell and leave", where "did" goes with both."""
        bare = self.syntax.tags[i] in {"VB", "VBP"} and not self.syntax.child(i, {"aux"})
        return bare and self.syntax.has_child(head, {"did", "does"}, {"aux"})

    def _is_what_is_not(self, i: int, head: int) -> bool:
        """Tell "did anything but warn", "did everything but warn"."""
        syntax, object_ = self.syntax, self.syntax.child(head, {"dobj"})
        but = syntax.lemmas[head] == "do" and syntax.has_child(head, {"but"}, {"cc"})
        short = object_ is not None and syntax.lowers[object_] in {"anything", "everything"}
        return but and short and syntax.tags[i] == "VB"

    def _shares_passive(self, i: int, head: int) -> bool:
        """Tell "were reportedly killed and their houses burned", one "were" for both."""
        syntax = self.syntax
        lone = syntax.tags[i] == "VBN" and syntax.child(i, {"aux", "auxpass"}) is None
        return lone and syntax.child(head, {"auxpass"}) is not None

    def _under(self, i: int, head: int) -> Status:
        """Return what a governing verb, adjective or noun makes of its clause."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ":
            return self._under_adjective(i, head)
        if syntax.pos[head] in NOUN_POS:
            return self.nouns.under(i, head)
        adjective = syntax.child(head, {"acomp"})
        if adjective is not None and syntax.lemmas[head] in COPULAS:
            return self._under_adjective(i, adjective)
        noun = syntax.child(head, {"attr"})
        if noun is not None and syntax.pos[noun] == "NOUN" and self._is_expletive(head):
            return self.nouns.under(i, noun)
        return self.verbs.under(i, head)

    def _is_expletive(self, verb: int) -> bool:
        """Tell "it is a pity that", "it is no secret that"."""
        subject = self.syntax.child(verb, {"nsubj"})
        return subject is not None and self.syntax.lowers[subject] == "it"

    def _under_adjective(self, i: int, adjective: int) -> Status:
        """Return what "sure that", "likely to", "wrong that" make of their clause."""
        syntax, classes, word = self.syntax, self.classes, self.syntax.lowers[adjective]
        verb = syntax.heads[adjective] if syntax.deps[adjective] == "acomp" else adjective
        own, completes = self.own.of_verb(verb), syntax.deps[i] == "xcomp"
        plain = self.of_governor(adjective)
        outer = plain.cued("hedge", adjective)
        if self._is_asked(i):
            return outer.but("possible")
        if word in {"sure", "certain"} and syntax.lemmas[syntax.heads[adjective]] == "make":
            return plain.but("intended")
        if word in classes["adjective:false"] or self._is_too(adjective, i):
            return replace(outer, negative=not own.negative)
        if word in classes["adjective:require"]:
            return outer.but("required")
        if word in classes["adjective:want"] and (completes or syntax.is_infinitive(i)):
            return replace(outer, negative=own.negative).but("intended")
        if self._is_settled(adjective, verb, own):
            return replace(plain, negative=own.negative)
        unsure = completes and word not in classes["adjective:certain"]
        hoped = not completes and word in classes["adjective:sure"] and not self._is_expletive(verb)
        if word in classes["adjective:possible"] or own.negative or unsure or hoped:
            unlikely = word in classes["adjective:unlikely"]
            turned = own.negative and word in _TURNED_BY_NOT
            status = replace(outer, negative=unlikely != turned).but("possible")
            return status.said_by(Speaker(self.speaker(verb), adjective)) if hoped else status
        return plain

    def _is_settled(self, adjective: int, verb: int, own: Status) -> bool:
        """Tell "is not true that", and "was able to secure", "was glad to hear": it happened."""
        word = self.syntax.lowers[adjective]
        if word == "true":
            return own.negative
        moved = word in self.classes["adjective:moved"] and not own.negative
        past = self.syntax.tags[verb] == "VBD" and own.modality == "asserted"
        return past and (moved or word == "able")

    def _is_too(self, adjective: int, i: int) -> bool:
        """Tell "too tired to land"."""
        too = self.syntax.has_child(adjective, {"too"}, {"advmod"})
        return too and self.syntax.is_infinitive(i)

    def _is_asked(self, i: int) -> bool:
        """Tell "unclear whether", "unsure who": an indirect question."""
        syntax = self.syntax
        return syntax.has_child(i, {"whether", "if"}, {"mark"}) or (
            not syntax.is_infinitive(i)
            and syntax.deps[i] == "ccomp"
            and any(syntax.tags[c] in ASKING_TAGS for c in syntax.children[i])
        )

    # --- adverbial clauses and prepositions ------------------------------------------------

    def _adverbial(self, i: int, head: int) -> Status:
        syntax, outer = self.syntax, self.of_governor(head)
        condition = self.own.condition(i)
        if condition is not None and self._asks(head):
            return replace(outer, modality="questioned").cued("question", condition)
        if condition is not None:
            return replace(outer, modality="conditional").cued("condition", condition)
        linking = syntax.all(i, {"mark", "advmod", "aux", "prep"})
        words = {syntax.lowers[c] for c in linking}
        if "to" in words and syntax.tags[i] == "VB":
            return self._in_order_to(i, head, outer)
        if words & {"than", "without"}:
            return replace(outer, negative=True)
        if self._is_unreal(words, head):
            return outer.but("possible")
        if outer.modality == "conditional" and words & _CONTRASTING:
            return replace(outer, modality="asserted")
        if words & _APART and syntax.tags[i] in {"VBD", "VBN"} and syntax.child(i, SUBJECTS):
            return replace(outer, modality="asserted")
        return outer

    def _is_unreal(self, words: set[str], head: int) -> bool:
        """Tell "as though it had", and "was called off before it could"."""
        like = words >= {"as", "though"} or words >= {"as", "if"}
        like = like or ("like" in words and self.syntax.lemmas[head] in _SEEMING)
        return like or ("before" in words and self._stops(head))

    def _stops(self, verb: int) -> bool:
        """Tell "was called off before": what comes after may never have come."""
        syntax, lemma = self.syntax, self.syntax.lemmas[verb].lower()
        off = syntax.has_child(verb, {"off", "down"}, {"prt"})
        stopping = self.classes["object:dropped"] | self.classes["verb:prevent"]
        return off or lemma in stopping | self.classes["verb:end"]

    def _in_order_to(self, i: int, head: int, outer: Status) -> Status:
        """Take a purpose for intended; "went on to win", "returned only to find" came about."""
        syntax, adjective = self.syntax, self.syntax.child(head, {"acomp"})
        if adjective is not None and syntax.child(i, SUBJECTS) is not None:
            return self._under_adjective(i, adjective)
        on = syntax.lemmas[head] == "go" and syntax.has_child(head, {"on"}, {"prt", "advmod"})
        return outer if on or syntax.has_child(i, {"only"}, {"advmod"}) else outer.but("intended")

    def _asks(self, verb: int) -> bool:
        """Tell "wondered if", where the parser takes the question for a condition."""
        return self.syntax.lemmas[verb].lower() in self.classes["verb:ask"]

    def _after_preposition(self, i: int, preposition: int) -> Status:
        return self.verbs.under_preposition(i, preposition)
