"""Words beside a verb that say whose word it is: "according to Z", "in Z's view", "as Z put it"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicons import Lexicons
from kg.reading.grammar import NOUN_SUBJECTS, Syntax, word_set
from kg.reading.status.values import FIRST_PERSON, Speaker
from kg.reading.status.word_classes import is_of
from kg.vocabulary import BODIES

_OUR = word_set("our my")
_VOICING = word_set("in by from on")
"""Prepositions of "in Z's view", "by Z's account", "from Z's perspective", "on Z's estimate"."""
_PEOPLE = ("people", "role", "title")


@dataclass(frozen=True, slots=True)
class Evidentials:
    """Reads who says so in one parsed text, where it stands beside the verb."""

    syntax: Syntax
    lexicons: Lexicons

    def of_preposition(self, c: int) -> Speaker | None:
        """Return who says it in "according to Z", "in the words of Z", "For Z, …"."""
        if self.syntax.lowers[c] == "according":
            return Speaker(self._according_to(c), c)
        voice = self._in_words_of(c)
        voice = self._for_whom(c) if voice is None else voice
        return Speaker(voice, c) if voice is not None else None

    def of_clause(self, i: int) -> Speaker | None:
        """Return who says it in "as the envoy put it", "to hear the envoy tell it"."""
        return self._as_put_by(i) or self._to_hear(i)

    def of_aside(self, i: int) -> Speaker | None:
        """Return who says it in "Z, its neighbours say, does"; what we ourselves say is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        # "Z, it is said, does": somebody says so, whom nobody names.
        if syntax.has_child(i, {"it", *FIRST_PERSON}, {"nsubjpass"}):
            return Speaker(None, i)
        # With an object it says something of its own, not the clause around it.
        whole = syntax.child(i, {"ccomp", "dobj", "xcomp"}) is not None
        saying = is_of(self.lexicons.status, syntax.lemmas[i], "verb:say", "verb:believe")
        if whole or not saying:
            return None
        return self._unless_ours(subject, i)

    def of_adverb(self, c: int) -> Speaker | None:
        """Return who says it in "as far as Z is concerned"."""
        syntax = self.syntax
        if syntax.lowers[c] != "far":
            return None
        clause = next(iter(syntax.all(c, {"advcl"})), None)
        if clause is None:
            return None
        # A participle, or an adjective after "is".
        hosts = [clause, *syntax.all(clause, {"acomp"})]
        if all(syntax.lowers[host] != "concerned" for host in hosts):
            return None
        subjects = (syntax.child(host, NOUN_SUBJECTS) for host in hosts)
        who = next((subject for subject in subjects if subject is not None), None)
        return Speaker(who, c) if who is not None else None

    def _unless_ours(self, subject: int | None, cue: int) -> Speaker | None:
        """Return whoever is not "we" or "I", the document's own voice."""
        if subject is None or self.syntax.lowers[subject] in FIRST_PERSON:
            return None
        return Speaker(subject, cue)

    def _according_to(self, c: int) -> int | None:
        syntax = self.syntax
        for to in syntax.all(c, {"prep"}):
            object_ = syntax.child(to, {"pobj"})
            if object_ is not None:
                return object_
        return syntax.child(c, {"pobj"})

    def _in_words_of(self, c: int) -> int | None:
        """Return who speaks in "in the words of Z", "in Z's view"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        if syntax.lowers[c] not in _VOICING or noun is None:
            return None
        if syntax.lemmas[noun] not in self.lexicons.status["noun:view"]:
            return None
        if (poss := syntax.child(noun, {"poss"})) is not None:
            return None if syntax.lowers[poss] in _OUR else poss
        # "in view of Z" names no speaker; "in the view of Z" does.
        of = syntax.child(noun, {"prep"}) if syntax.child(noun, {"det"}) is not None else None
        return syntax.child(of, {"pobj"}) if of is not None else None

    def _for_whom(self, c: int) -> int | None:
        """Return who sees it so in "For the opposition, the decree breaks the law", "To Z,"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        opens = syntax.lowers[c] in {"for", "to"} and syntax.opens_sentence(c)
        if noun is None or not opens:
            return None
        apart = syntax.near(syntax.words, max(syntax.subtree(c)) + 1) == ","
        return noun if apart and self._is_body(noun) else None

    def _is_body(self, noun: int) -> bool:
        """Tell people or an organisation, who may have a view; not "his wife"."""
        syntax = self.syntax
        if syntax.pos[noun] == "PROPN" and not syntax.is_time(noun):
            return True
        words = (syntax.lowers[noun], syntax.lemmas[noun].lower())
        kind = any(is_of(self.lexicons.words, word, *_PEOPLE) for word in words)
        body = any(self.lexicons.heads.get(word) in BODIES for word in words)
        return (kind or body) and syntax.child(noun, {"poss"}) is None

    def _as_put_by(self, i: int) -> Speaker | None:
        """Return the speaker of "as the envoy put it"; what we ourselves noted is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        saying = is_of(self.lexicons.status, syntax.lemmas[i], "verb:say", "aside:see")
        if not saying or not syntax.has_child(i, {"as"}, {"mark", "advmod"}):
            return None
        return self._unless_ours(subject, i)

    def _to_hear(self, i: int) -> Speaker | None:
        """Return the speaker of "to hear Z tell it"."""
        syntax, told = self.syntax, self.syntax.child(i, {"ccomp", "xcomp"})
        if syntax.lemmas[i] != "hear" or told is None or not syntax.is_infinitive(i):
            return None
        speaker = syntax.child(told, {"nsubj"})
        if speaker is None or syntax.lemmas[told] != "tell":
            return None
        return Speaker(speaker, i)
