"""How a clause is meant: the value, and what the words of one verb or noun say of it.

Here stands what needs no look at the clause's surroundings: negation, modal verbs,
hedging adverbs, questions, "according to", adjectives such as "alleged". Where the
clause stands is added in ``kg/reading/assertion.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.lexicons import Lexicons
from kg.records import Modality

MODALS: Mapping[str, Modality] = MappingProxyType({
    "may": "possible", "might": "possible", "can": "possible", "could": "possible", "ca": "possible",
    "must": "required", "should": "required", "shall": "intended", "will": "intended",
    "wo": "intended", "'ll": "intended", "’ll": "intended", "would": "conditional", "'d": "conditional",
    "’d": "conditional", "ought": "required",
})  # fmt: skip
CONDITIONS = word_set("if unless provided assuming lest whether")
NO_WORDS = word_set("no nobody none nothing neither nowhere")
FIRST_PERSON = word_set("we i")
_INVERTED = word_set("should had were")
"""Before their subject these make a condition: "Had Z known"."""
_VOICES = word_set("word view opinion account estimate assessment eye")
_NEVER = word_set("time way mean circumstance account case event condition point")
"""Nouns that with "no" and a preposition negate: "at no time", "in no way"."""
_LIKELY = word_set("likelihood probability theory")
_NO_DETERMINERS = word_set("no neither")


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

    def cued(self, kind: str, token: int) -> Status:
        """Return this status with one cue more."""
        return replace(self, cues=(*self.cues, (kind, token)))

    def but(self, modality: Modality) -> Status:
        """Return this status as ``modality``, if nothing further out says otherwise."""
        return replace(self, modality=modality) if self.modality == "asserted" else self

    def turned(self, *, negative: bool = True) -> Status:
        """Return this status with its polarity turned round, if ``negative``."""
        return replace(self, negative=self.negative != negative)

    def said_by(self, speaker: Speaker) -> Status:
        """Return this status with one more speaker, inside those it has."""
        return replace(self, speakers=(*self.speakers, speaker))

    @property
    def denied(self) -> bool:
        """Whether the innermost speaker denies it."""
        return bool(self.speakers) and self.speakers[-1].deny


PLAIN = Status()


class OwnStatus:
    """Reads the status that the words beside a verb or noun give it."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self._last = [0] * len(syntax)
        for first, last in syntax.sentences:
            self._last[first:last] = [last - 1] * (last - first)

    def of_verb(self, i: int) -> Status:
        """Return what a verb's own auxiliaries, adverbs and subjects make of it."""
        syntax, status = self.syntax, PLAIN
        for c in syntax.children[i]:
            status = self._with_child(status, c)
        shared = self._shared_auxiliary(i)
        if shared is not None:
            status = self._with_child(status, shared)
        if self._is_question(i):
            status = replace(status, modality="questioned").cued("question", self._last[i])
        for c in syntax.all(i, {"advcl"}):
            condition = self.condition(c)
            speaker = self._as_put_by(c)
            if speaker is not None:
                status = status.said_by(speaker).cued("speaker", speaker.cue)
            if condition is not None and syntax.lemmas[i] in self.classes["verb:ask"]:
                continue
            if condition is not None and status.modality != "questioned":
                status = replace(status, modality="conditional").cued("condition", condition)
        return status

    def is_negative(self, i: int) -> bool:
        """Tell whether a verb's own words negate it."""
        return self.of_verb(i).negative

    def of_noun(self, i: int) -> Status:
        """Return what "alleged", "planned", "failed", "no", "any" before a noun say of it."""
        syntax, classes, status = self.syntax, self.classes, PLAIN
        for c in syntax.children[i]:
            word, dep = syntax.lowers[c], syntax.deps[c]
            hedged = dep == "amod" and word in classes["adjective:alleged"]
            failed = dep == "amod" and word in classes["adjective:failed"]
            if hedged or word == "such" or (dep == "det" and word == "any"):
                status = replace(status, modality="possible").cued("hedge", c)
            elif dep == "amod" and word in classes["adjective:planned"]:
                status = replace(status, modality="intended").cued("intention", c)
            elif failed or (dep == "det" and word == "no"):
                status = replace(status, negative=True).cued("negation", c)
        return status

    def is_no(self, i: int) -> bool:
        """Tell "nobody", "no country", "neither side"."""
        syntax = self.syntax
        return syntax.lowers[i] in NO_WORDS or syntax.has_child(i, _NO_DETERMINERS, {"det"})

    def condition(self, i: int) -> int | None:
        """Return the word that makes an adverbial clause a condition, if one does."""
        syntax = self.syntax
        marks = syntax.all(i, {"mark", "advmod"})
        inverted = [
            c for c in syntax.all(i, {"aux"})
            if syntax.lowers[c] in _INVERTED and c < (syntax.child(i, SUBJECTS) or 0)
        ]  # fmt: skip
        return next(
            (c for c in marks if syntax.lowers[c] in CONDITIONS), next(iter(inverted), None)
        )

    def _as_put_by(self, i: int) -> Speaker | None:
        """Return the speaker of "as the envoy put it"; what we ourselves noted is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        saying = syntax.lemmas[i] in self.classes["verb:say"] | {"put"}
        if not saying or subject is None or not syntax.has_child(i, {"as"}, {"mark", "advmod"}):
            return None
        return None if syntax.lowers[subject] in FIRST_PERSON else Speaker(subject, i)

    def _with_preposition(self, status: Status, c: int) -> Status:
        """Add "according to Z", "in the words of Z", "at no time", "in all likelihood"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        if syntax.lowers[c] == "according":
            return status.said_by(Speaker(self._according_to(c), c)).cued("speaker", c)
        voice = self._in_words_of(c)
        if voice is not None:
            return status.said_by(Speaker(voice, c)).cued("speaker", c)
        if noun is None:
            return status
        if syntax.lemmas[noun] in _NEVER and syntax.has_child(noun, {"no"}, {"det"}):
            return status.turned().cued("negation", noun)
        likely = syntax.lowers[c] == "in" and syntax.lemmas[noun] in _LIKELY
        return replace(status, modality="possible").cued("hedge", noun) if likely else status

    def _aside_of(self, i: int) -> Speaker | None:
        """Return the speaker of "Z, its neighbours say, does"; what we ourselves say is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        saying = syntax.lemmas[i] in self.classes["verb:say"] | self.classes["verb:believe"]
        whole = syntax.child(i, {"ccomp", "dobj", "xcomp"}) is not None
        if not saying or subject is None or whole or syntax.lowers[subject] in FIRST_PERSON:
            return None
        return Speaker(subject, i)

    def _in_words_of(self, c: int) -> int | None:
        """Return who speaks in "in the words of Z", "in Z's view"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        if (
            syntax.lowers[c] not in {"in", "by"}
            or noun is None
            or syntax.lemmas[noun] not in _VOICES
        ):
            return None
        if (poss := syntax.child(noun, {"poss"})) is not None:
            return None if syntax.lowers[poss] in {"our", "my"} else poss
        of = syntax.child(noun, {"prep"}) if syntax.child(noun, {"det"}) is not None else None
        return syntax.child(of, {"pobj"}) if of is not None else None

    def _with_child(self, status: Status, c: int) -> Status:
        word, dep = self.syntax.lowers[c], self.syntax.deps[c]
        if self._is_negation(c):
            return status.turned().cued("negation", c)
        if dep == "aux" and word in MODALS:
            return status.but(MODALS[word]).cued("modal", c)
        if dep in {"advmod", "npadvmod"} and word in self.classes["adverb:possible"]:
            return replace(status, modality="possible").cued("hedge", c)
        if dep == "prep":
            return self._with_preposition(status, c)
        if dep == "parataxis" and (aside := self._aside_of(c)) is not None:
            return status.said_by(aside).cued("speaker", c)
        if dep == "preconj" and word == "neither":
            return replace(status, negative=True).cued("negation", c)
        return status

    def _is_negation(self, c: int) -> bool:
        """Tell "not", "never", "no longer", and a subject or object that is nobody."""
        syntax, dep = self.syntax, self.syntax.deps[c]
        if dep == "neg":
            return True
        if dep == "advmod":
            longer = syntax.lowers[c] == "longer" and any(
                syntax.lowers[g] == "no" for g in syntax.children[c]
            )
            return longer or syntax.lowers[c] in self.classes["adverb:negative"]
        return dep in SUBJECTS | {"dobj", "attr"} and self.is_no(c)

    def _shared_auxiliary(self, i: int) -> int | None:
        """Return the modal that a joined bare verb shares: "will attack and destroy"."""
        syntax = self.syntax
        if (
            syntax.deps[i] != "conj"
            or syntax.tags[i] not in {"VB", "VBN"}
            or syntax.child(i, {"aux", *SUBJECTS}) is not None
        ):
            return None
        head = syntax.heads[i]
        return next((c for c in syntax.all(head, {"aux"}) if syntax.lowers[c] in MODALS), None)

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
        return (
            syntax.deps[i] in {"ROOT", "conj"}
            and "?" in syntax.words[last]
            and syntax.deps[self._root(i)] == "ROOT"
        )

    def _root(self, i: int) -> int:
        while self.syntax.deps[i] == "conj":
            i = self.syntax.heads[i]
        return i
