"""What the words of one verb or noun say of it, without a look at the clause's surroundings.

Each word beside a verb is read by its label: an auxiliary may be a modal, a subject nobody, a
preposition "according". What such words are is told in ``negation.py``, ``hedges.py``,
``conditions.py``, ``questions.py``, ``evidentials.py`` and, for the ends of a sentence,
``frames.py``. Where the clause stands is added in ``finder.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.lexicons import Lexicons
from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.conditions import Conditions
from kg.reading.status.evidentials import Evidentials
from kg.reading.status.frames import Frames
from kg.reading.status.hedges import MODALS, Hedges
from kg.reading.status.negation import NOBODY_DEPS, Negation
from kg.reading.status.questions import Questions
from kg.reading.status.values import PLAIN, Status

_TELLING = NOBODY_DEPS | word_set("neg cc aux advmod npadvmod mark prep parataxis")
"""Labels of the words beside a verb that may say something of its status."""
_NEVER_NEGATING = frozenset({"aux", "prep", "parataxis"})
_ADJECTIVES = (
    ("adjective:alleged", "hedge"),
    ("adjective:planned", "intention"),
    ("adjective:failed", "negation"),
)
"""What an adjective before a noun says of it, by the adjective's class."""
# "any involvement of Peru" leaves open whether there was some.
_DETERMINERS = {"any": "hedge", "no": "negation"}

Rule = Callable[[Status, int], Status]


class OwnStatus:
    """Reads the status that the words beside a verb or noun give it; each verb's once."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self._living = lexicons.living
        self.negation = Negation(syntax, lexicons.status)
        self.conditions = Conditions(syntax, lexicons.status)
        self.frames = Frames(syntax, lexicons.status)
        self._hedges = Hedges(syntax, lexicons.status)
        self._questions = Questions(syntax)
        self._evidentials = Evidentials(syntax, lexicons)
        self._known: dict[int, Status] = {}
        self._rules: Mapping[str, Rule] = {
            "aux": self._with_auxiliary,
            "prep": self._with_preposition,
            "parataxis": self._with_aside,
            "advmod": self._with_adverb,
            "npadvmod": self._with_adverb,
            "mark": self._with_mark,
            **dict.fromkeys(SUBJECTS, self._with_subject),
        }

    def of_verb(self, i: int) -> Status:
        """Return what a verb's own auxiliaries, adverbs and subjects make of it."""
        if i not in self._known:
            self._known[i] = self.frames.around(i, self._read_verb(i))
        return self._known[i]

    def is_negative(self, i: int) -> bool:
        """Tell whether a verb's own words negate it."""
        return self.of_verb(i).negative

    def of_noun(self, i: int) -> Status:
        """Return what "alleged", "planned", "failed", "no", "any" before a noun say of it."""
        status = PLAIN
        for c in self.syntax.children[i]:
            kind = self._kind_before_noun(c)
            if kind == "hedge":
                status = replace(status, modality="possible").cued(kind, c)
            elif kind == "intention":
                status = replace(status, modality="intended").cued(kind, c)
            elif kind == "negation":
                status = replace(status, negative=True).cued(kind, c)
        return status

    def _kind_before_noun(self, c: int) -> str | None:
        """Return what an adjective or a determiner says of the noun behind it, if anything."""
        word, dep = self.syntax.lowers[c], self.syntax.deps[c]
        # "such an attack" may be one that is only feared.
        if word == "such":
            return "hedge"
        if dep == "det":
            return _DETERMINERS.get(word)
        kinds = (kind for name, kind in _ADJECTIVES if word in self.classes[name])
        return next(kinds, None) if dep == "amod" else None

    # --- the words beside a verb ---------------------------------------------------------

    def _read_verb(self, i: int) -> Status:
        """Add up what the words beside a verb say, and those that open or end its sentence."""
        status = PLAIN
        for c in self.syntax.all(i, _TELLING):
            status = self._with_child(status, c)
        if self.negation.follows_nor(i):
            status = status.turned().cued("negation", i)
        shared = self._hedges.shared_modal(i)
        if shared is not None:
            status = self._with_auxiliary(status, shared)
        opening = self.conditions.opening(i)
        if opening is not None:
            status = status.but("conditional").cued("condition", opening)
        # A question asks whatever was said so far: "may Peru have left?" tells of no possibility.
        mark = self._questions.mark(i)
        if mark is not None:
            status = replace(status, modality="questioned").cued("question", mark)
        for c in self.syntax.all(i, {"advcl"}):
            status = self._with_clause(status, i, c)
        return status

    def _with_child(self, status: Status, c: int) -> Status:
        """Add what one word beside a verb says; a negation says nothing else."""
        dep = self.syntax.deps[c]
        if dep not in _NEVER_NEGATING and self.negation.negates(c):
            again = status.negative and dep in {"dobj", "attr"}  # "never meant no harm"
            return status.turned(negative=not again).cued("negation", c)
        rule = self._rules.get(dep)
        return status if rule is None else rule(status, c)

    def _with_auxiliary(self, status: Status, c: int) -> Status:
        """Add "may", "must", "will"."""
        modality = MODALS.get(self.syntax.lowers[c])
        return status if modality is None else status.but(modality).cued("modal", c)

    def _with_preposition(self, status: Status, c: int) -> Status:
        """Add "according to Z", "in the words of Z", "at no time", "in all likelihood"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        # First, for "in the words of Z" and "in all likelihood" begin alike.
        speaker = self._evidentials.of_preposition(c)
        if speaker is not None:
            return status.said_by(speaker).cued("speaker", c)
        if noun is None:
            return status
        never = syntax.lemmas[noun] in self.classes["noun:never"]
        if never and syntax.has_child(noun, {"no"}, {"det"}):
            return status.turned().cued("negation", noun)
        if self.conditions.is_contingent(noun):
            return replace(status, modality="conditional").cued("condition", noun)
        unsure = self._hedges.is_frame(c, noun)
        return replace(status, modality="possible").cued("hedge", noun) if unsure else status

    def _with_aside(self, status: Status, c: int) -> Status:
        """Add "Z, its neighbours say, does", "Z, it seems, does"."""
        if self.syntax.lemmas[c] in self.classes["verb:seem"]:
            return replace(status, modality="possible").cued("hedge", c)
        speaker = self._evidentials.of_aside(c)
        return status if speaker is None else status.said_by(speaker).cued("speaker", c)

    def _with_adverb(self, status: Status, c: int) -> Status:
        """Add "allegedly", "as long as Z pays", "as far as Z is concerned"."""
        if self.negation.is_not_wholly(c):
            return status.turned().cued("negation", c)
        if self._hedges.is_ahead(c):
            return status.but("intended").cued("intention", c)
        speaker = self._evidentials.of_adverb(c)
        if speaker is not None:
            return status.said_by(speaker).cued("speaker", c)
        if self._hedges.is_adverb(c):
            return replace(status, modality="possible").cued("hedge", c)
        if self.conditions.opens_long(c):
            return replace(status, modality="conditional").cued("condition", c)
        return status

    def _with_subject(self, status: Status, c: int) -> Status:
        """Add the "perhaps" of "perhaps donors paid", and a rule about "anyone"."""
        hedge = self._hedges.before(c)
        if hedge is not None:
            return replace(status, modality="possible").cued("hedge", hedge)
        # What is only alleged may have done nothing: "the alleged plot alarmed Z", but no "thief".
        if self.syntax.lemmas[c].lower() not in self._living:
            alleged = [cue for cue in self.of_noun(c).cues if cue[0] == "hedge"]
            if alleged and self.syntax.deps[alleged[0][1]] == "amod":
                return replace(status, modality="possible").cued(*alleged[0])
        ruled = self.conditions.is_ruled(c)
        return status.but("conditional").cued("condition", c) if ruled else status

    def _with_mark(self, status: Status, c: int) -> Status:
        """Add the "if" of a clause that has no main one."""
        lone = self.conditions.is_lone_if(c)
        return status.but("conditional").cued("condition", c) if lone else status

    def _with_clause(self, status: Status, i: int, c: int) -> Status:
        """Add what an adverbial clause says of its main clause: "if", "as Z put it"."""
        if self._hedges.is_for_all_known(c):
            return replace(status, modality="possible").cued("hedge", c)
        speaker, condition = self._evidentials.of_clause(c), self.conditions.word_of(c)
        if speaker is not None:
            status = status.said_by(speaker).cued("speaker", speaker.cue)
        # "asked if Z left": what the parser may take for a condition is what is asked.
        asked = self.syntax.lemmas[i] in self.classes["verb:ask"]
        if condition is None or asked or status.modality == "questioned":
            return status
        return replace(status, modality="conditional").cued("condition", condition)
