"""How sure a clause is, and who says so: polarity, modality, attribution.

The status of a verb is its own (``own_words.py``) within that of the place
where its clause stands: under a verb of saying, of belief, of wanting, of failing
(``under_verbs.py``); after a preposition (``under_prepositions.py``); under a noun such as
"evidence" or "plan" (``under_nouns.py``) or an adjective such as "likely"
(``under_adjectives.py``); beside another verb (``joined.py``); after "if". Signs of negation
add up, the outermost modality wins, speakers nest. The word classes stand in
models/lexicons/status.tsv.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.grammar import (
    COPULAS,
    NOUN_POS,
    PAST_FORMS,
    PREDICATE_POS,
    SUBJECTS,
    VERB_POS,
    Syntax,
    word_set,
)
from kg.reading.status.joined import JoinedStatus
from kg.reading.status.own_words import OwnStatus
from kg.reading.status.quotations import find_quotations, is_saying
from kg.reading.status.statements import find_statements
from kg.reading.status.turns import Voice
from kg.reading.status.under_adjectives import AdjectiveStatus
from kg.reading.status.under_nouns import NounStatus
from kg.reading.status.under_prepositions import PrepositionStatus
from kg.reading.status.under_verbs import VerbStatus
from kg.reading.status.values import PLAIN, Speaker, Status
from kg.reading.status.word_classes import is_of

_CONTRASTING = word_set("because since although while whilst after when though")
"""Conjunctions whose clause is said whatever the main clause's condition."""
_APART = word_set("although though while whilst whereas after when")
"""Conjunctions whose clause in the past stands by itself, whatever the main clause's modality."""
_UNREAL = (frozenset({"as", "though"}), frozenset({"as", "if"}))
_STATES = frozenset({"acomp", "conj", "oprd", "attr"})
"""Labels of an adjective that goes with the verb above it: "is likely"."""
_YOU = word_set("you yourself")
_NO_VOICES: Mapping[int, Voice] = MappingProxyType({})
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

    def __init__(
        self, syntax: Syntax, lexicons: Lexicons, voices: Mapping[int, Voice] = _NO_VOICES
    ) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self.own = OwnStatus(syntax, lexicons)
        self.verbs = VerbStatus(syntax, self.classes, self.own, self)
        self.nouns = NounStatus(syntax, self.classes, self.own, self)
        self.prepositions = PrepositionStatus(syntax, self.classes, self.own, self.verbs, self)
        self.adjectives = AdjectiveStatus(syntax, self.classes, self.own, self)
        self.joined = JoinedStatus(syntax, self.own)
        self.speaker = self.verbs.speaker
        self.under_noun = self.nouns.under
        self.under_noun_of = self.nouns.under_of
        self._known: dict[int, Status] = {}
        self._quoted = find_quotations(syntax, lexicons, self.speaker)
        self._rules = {
            "ccomp": self._under, "xcomp": self._under, "oprd": self._under,
            "advcl": self._adverbial, "pcomp": self.prepositions.under,
            "csubj": self._as_subject, "csubjpass": self._as_subject,
        }  # fmt: skip
        self._stated = find_statements(syntax, lexicons, self.speaker)
        self._voices = voices

    def of_verb(self, i: int) -> Status:
        """Return the status of the clause that a verb heads."""
        if i not in self._known:
            status = self.own.of_verb(i).within(self._place(i))
            # "Peru left, as he said": that Peru left is his word, that he said so is not.
            others = tuple([speaker for speaker in status.speakers if speaker.cue != i])
            if others != status.speakers:
                status = replace(status, speakers=others)
            self._known[i] = self._in_quotation(i, status)
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
        if syntax.pos[head] == "ADJ" and syntax.deps[head] in _STATES:
            head = syntax.heads[head]
        if syntax.pos[head] in NOUN_POS:
            return self.nouns.place(head)
        status = self.of_verb(head)
        return replace(status, negative=False) if status.negative else status

    def meant_at(self, i: int) -> int | None:
        """Return the head of who is meant by "I" or "you" at a token, if that is told.

        "I" is whoever is quoted there, or whose statement or turn it is.
        """
        if self.syntax.lowers[i] in _YOU:
            return self._voices[i].addressee if i in self._voices else None
        said = self._quoted.get(i) or self._stated_at(i)
        if said is None and i in self._voices:
            said = self._voices_at(i)[-1]
        return None if said is None else said.head

    def _voices_at(self, i: int) -> tuple[Speaker, ...]:
        """Return who speaks in the turns around a token, as far as the sentences before name them.

        That is "Ada Okoro wrote:" above a block quotation, and "I rejoice," she wrote, in it.
        """
        around = self._voices[i].speakers
        if around[-1].head is not None:
            return around
        begins = around[-1].cue
        stated = self._stated.get(begins)
        quoted = self._quoted.get(begins) or self._quoted.get(begins + 1)
        if stated is not None and stated.cue < begins:
            return (*around[:-1], stated)
        named = quoted is not None and quoted.head is not None and quoted == self._quoted.get(i)
        return around[:-1] if named else around

    def _in_quotation(self, i: int, status: Status) -> Status:
        """Return a status as said by whoever is quoted there, or whose turn it is to speak."""
        return self.in_turn(i, self._in_statement(i, status))

    def in_turn(self, i: int, status: Status) -> Status:
        """Return a status as said by whoever speaks in the turns around a token."""
        if i not in self._voices:
            return status
        around = self._voices_at(i)
        inner = [speaker for speaker in status.speakers if _is_told_inside(speaker, around)]
        cues = [("speaker", speaker.cue) for speaker in around]
        others = [cue for cue in status.cues if cue not in cues]
        return replace(status, speakers=(*around, *inner), cues=(*cues, *others))

    def _in_statement(self, i: int, status: Status) -> Status:
        """Return a status as quoted or stated; the marks around a statement quote nobody else."""
        stated, quoted = self._stated_at(i), self._quoted.get(i)
        if stated is None or quoted is None or quoted.head is not None:
            status = self._said_by(quoted, status)
        return self._said_by(stated, status)

    def _stated_at(self, i: int) -> Speaker | None:
        """Return whose statement a token is in; none goes on in somebody else's turn."""
        stated = self._stated.get(i)
        same = stated is None or self._voices.get(i) == self._voices.get(stated.cue)
        return stated if same else None

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
        if dep == "conj" and syntax.pos[head] in PREDICATE_POS:
            return self.joined.under(i, head, self._shared_place(head))
        # Before the labels: such a clause is not where the parser hangs it.
        saying = self._saying_above(i)
        if saying is not None:
            return self.verbs.under(i, saying)
        if dep in {"acl", "relcl"}:
            return self.nouns.in_phrase(i, head)
        if dep in self._rules:
            return self._rules[dep](i, head)
        if syntax.pos[head] in VERB_POS:
            # Of any other clause it shares the doubt alone: "did not leave, shrugging".
            return replace(self.of_verb(head), negative=False)
        return PLAIN

    def _shared_place(self, head: int) -> Status:
        """Return where a verb stands, with those who say it and all that is joined to it."""
        place, status = self._place(head), self.of_verb(head)
        said = tuple([speaker for speaker in status.speakers if speaker not in place.speakers])
        return replace(place, speakers=place.speakers + said) if said else place

    def _saying_above(self, i: int) -> int | None:
        """Return the verb of "was told by Z, after his return, that": far from its clause.

        The parser hangs such a clause on a noun or makes it an adverbial one.
        """
        syntax, head = self.syntax, self.syntax.heads[i]
        if not self._is_stray(i) or is_of(
            self.classes, syntax.lemmas[head].lower(), *_TELLING_NOUNS
        ):
            return None
        verbs = (a for a in (head, *syntax.ancestors(head)) if syntax.pos[a] == "VERB")
        verb = next(verbs, None)
        # A verb that has what is said has no second clause to look for.
        if verb is None or syntax.child(verb, {"ccomp"}) is not None:
            return None
        return verb if self._tells(verb) else None

    def _is_stray(self, i: int) -> bool:
        """Tell a "that" clause that is no object."""
        syntax = self.syntax
        hung = syntax.deps[i] in {"acl", "advcl", "relcl"}
        return hung and syntax.has_child(i, {"that"}, {"mark"})

    def _tells(self, verb: int) -> bool:
        """Tell "was told that", "has it that"."""
        has_it = self.syntax.has_child(verb, {"it"}, {"dobj"})
        return is_saying(self.syntax, self.classes, verb) or (
            has_it and self.syntax.lemmas[verb] == "have"
        )

    def _as_subject(self, i: int, head: int) -> Status:
        """Take a clause that is a subject for talked about; "what Z wants" is granted."""
        syntax, outer = self.syntax, self.of_governor(head)
        granted = any(syntax.lowers[c] == "what" for c in syntax.children[i])
        return outer if granted and not syntax.is_infinitive(i) else outer.but("possible")

    def _under(self, i: int, head: int) -> Status:
        """Return what a governing verb, adjective or noun makes of its clause."""
        syntax = self.syntax
        if syntax.pos[head] == "ADJ":
            return self.adjectives.under(i, head)
        if syntax.pos[head] in NOUN_POS:
            return self.nouns.under(i, head)
        adjective, noun = syntax.child(head, {"acomp"}), self._noun_of_it(head)
        # "it is likely that", "made it clear that": the clause hangs on the verb, the sense on the
        # adjective.
        if adjective is not None and syntax.lemmas[head] in COPULAS | {"make"}:
            return self.adjectives.under(i, adjective)
        return self.nouns.under(i, noun) if noun is not None else self.verbs.under(i, head)

    def _noun_of_it(self, verb: int) -> int | None:
        """Return the noun of "it is a pity that", "it is no secret that"."""
        syntax, noun = self.syntax, self.syntax.child(verb, {"attr"})
        if noun is None or syntax.pos[noun] != "NOUN":
            return None
        return noun if syntax.has_child(verb, {"it"}, {"nsubj"}) else None

    # --- adverbial clauses and prepositions ------------------------------------------------

    def _adverbial(self, i: int, head: int) -> Status:
        syntax, outer = self.syntax, self.of_governor(head)
        if self.joined.is_what_is_not(i, head):
            return replace(outer, negative=True).cued("negation", head)
        bearer = self._bearer_of_that(i, head)
        if bearer is not None:
            return self._under(i, bearer)
        condition = self.own.conditions.word_of(i)
        if condition is not None:
            return self._after_if(condition, head, outer)
        linking = syntax.all(i, {"mark", "advmod", "aux", "prep"})
        words = {syntax.lowers[c] for c in linking}
        if "to" in words and syntax.tags[i] == "VB":
            return self._in_order_to(i, head, outer)
        # "Rather than attack the port, Z left": "than" may hang on the main verb.
        if words & {"than", "without"} or syntax.near(syntax.lowers, i - 1) == "than":
            return replace(outer, negative=True)
        if self._is_unreal(words, head):
            return outer.but("possible")
        return replace(outer, modality="asserted") if self._is_apart(i, words, outer) else outer

    def _bearer_of_that(self, i: int, head: int) -> int | None:
        """Return the word that a clause with "that" goes with.

        That is "tight" in "so tight that they hurt", wherever the parser hangs it; "word that they left" is no
        circumstance either.
        """
        syntax = self.syntax
        if not syntax.has_child(i, {"that"}, {"mark"}):
            return None
        if syntax.pos[head] in {"ADJ", "NOUN"}:
            return head
        adjective = syntax.child(head, {"acomp"})
        so = adjective is not None and syntax.has_child(adjective, {"so"}, {"advmod"})
        return adjective if so else None

    def _after_if(self, condition: int, head: int, outer: Status) -> Status:
        """Read "if"; "wondered if", where the parser takes the question for a condition."""
        if self.syntax.lemmas[head].lower() in self.classes["verb:ask"]:
            return replace(outer, modality="questioned").cued("question", condition)
        return replace(outer, modality="conditional").cued("condition", condition)

    def _is_apart(self, i: int, words: set[str], outer: Status) -> bool:
        """Tell "because Z left" under a condition, and "although Z left", told by itself."""
        if outer.modality == "conditional" and words & _CONTRASTING:
            return True
        # What is told as past happened, whatever is planned in the main clause.
        past = self.syntax.tags[i] in PAST_FORMS and self.syntax.child(i, SUBJECTS) is not None
        return past and bool(words & _APART)

    def _is_unreal(self, words: set[str], head: int) -> bool:
        """Tell "as though it had", and "was called off before it could"."""
        if any(words >= unreal for unreal in _UNREAL):
            return True
        if "like" in words and self.syntax.lemmas[head] in self.classes["subject:seeming"]:
            return True
        return "before" in words and self._stops(head)

    def _stops(self, verb: int) -> bool:
        """Tell "was called off before": what comes after may never have come."""
        syntax, lemma = self.syntax, self.syntax.lemmas[verb].lower()
        off = syntax.has_child(verb, {"off", "down"}, {"prt"})
        return off or is_of(self.classes, lemma, "object:dropped", "verb:prevent", "verb:end")

    def _in_order_to(self, i: int, head: int, outer: Status) -> Status:
        """Take a purpose for intended; "went on to win", "returned only to find" came about."""
        syntax, adjective = self.syntax, self.syntax.child(head, {"acomp"})
        # "safe for Peru to land": the parser takes it for a purpose.
        if adjective is not None and syntax.child(i, SUBJECTS) is not None:
            return self.adjectives.under(i, adjective)
        on = syntax.lemmas[head] == "go" and syntax.has_child(head, {"on"}, {"prt", "advmod"})
        return outer if on or syntax.has_child(i, {"only"}, {"advmod"}) else outer.but("intended")


def _is_told_inside(speaker: Speaker, around: Sequence[Speaker]) -> bool:
    """Whether somebody else speaks than those in whose turns a clause stands.

    The marks of a quotation inside a turn of somebody unnamed are its own.
    """
    if speaker.head is None and any(voice.head is None for voice in around):
        return False
    return all(speaker.cue != voice.cue for voice in around)
