"""What stands beside a main clause and says how all of it is meant.

"Send him a letter describing the attack" tells of no attack: it is an order. "Per the
indictment, Z took the money", "To believe Z, …", "…, or so Z claims", "… and has left,
according to Z": the words stand at one end of the sentence, and put all of it into
somebody's mouth.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.reading.grammar import AUXILIARIES, NOUN_POS, SUBJECTS, Syntax
from kg.reading.status.values import Speaker, Status
from kg.reading.status.word_classes import Classes, is_of

_SOMEBODY = NOUN_POS | {"PRON"}


@dataclass(frozen=True, slots=True)
class Frames:
    """Reads the frames of the clauses of one parsed text."""

    syntax: Syntax
    classes: Classes

    def around(self, i: int, status: Status) -> Status:
        """Return the status of a clause with what its frame adds."""
        if self.is_order(i):
            status = status.but("required").cued("requirement", i)
        speaker = self._speaker(i)
        if speaker is None:
            return status
        return status.said_by(speaker).cued("speaker", speaker.cue)

    def is_order(self, i: int) -> bool:
        """Tell "send him a letter", "have the guard open the gate"."""
        syntax = self.syntax
        # The tagger may take a second order for the present: "stop and hand over the keys".
        if syntax.deps[i] == "conj" and syntax.tags[i] in {"VB", "VBP"}:
            return syntax.child(i, SUBJECTS) is None and self.is_order(syntax.heads[i])
        return syntax.deps[i] == "ROOT" and syntax.tags[i] == "VB" and self._orders(i)

    def _orders(self, i: int) -> bool:
        """Tell "send", "do send", "have the guard open" from "note that", which tells a fact."""
        syntax, auxiliaries = self.syntax, self.syntax.all(i, AUXILIARIES)
        if syntax.child(i, SUBJECTS) is not None:
            return self._has_somebody_do(auxiliaries)
        others = [c for c in auxiliaries if syntax.lemmas[c].lower() != "do"]
        return not others and not self.is_noting(i)

    def _has_somebody_do(self, auxiliaries: list[int]) -> bool:
        """Tell "have the guard open the gate": "have" opens the sentence."""
        syntax = self.syntax
        opening = (c for c in auxiliaries[:1] if syntax.opens_sentence(c))
        return any(syntax.lemmas[c].lower() == "have" for c in opening)

    def is_noting(self, i: int) -> bool:
        """Tell "note that Z left": it takes for granted that Z did."""
        syntax = self.syntax
        bare = syntax.tags[i] == "VB" and syntax.child(i, {*SUBJECTS, "aux"}) is None
        noted = syntax.deps[i] == "ROOT" and syntax.child(i, {"ccomp"}) is not None
        return bare and noted and syntax.lemmas[i].lower() in self.classes["order:note"]

    def _speaker(self, i: int) -> Speaker | None:
        """Return who says a clause, where words at the sentence's end or beginning tell."""
        for c in self.syntax.children[i]:
            dep = self.syntax.deps[c]
            found = None
            if dep == "conj":
                found = self._or_so(c) or self._last_source(c)
            elif dep == "prep":
                found = self._filed(c)
            elif dep in SUBJECTS:
                found = next(filter(None, map(self._filed, self.syntax.all(c, {"prep"}))), None)
            elif dep == "advcl":
                found = self._to_believe(c)
            if found is not None:
                return found
        return None

    def _or_so(self, c: int) -> Speaker | None:
        """Return the speaker of "…, or so Z claims"."""
        syntax, subject = self.syntax, self.syntax.child(c, {"nsubj"})
        said = is_of(self.classes, syntax.lemmas[c].lower(), "verb:say", "verb:believe")
        so = syntax.has_child(c, {"so"}, {"advmod"})
        return Speaker(subject, c) if said and so and subject is not None else None

    def _last_source(self, c: int) -> Speaker | None:
        """Return the source that the last of joined verbs names for them all, after a comma."""
        syntax = self.syntax
        if syntax.child(c, SUBJECTS) is not None:
            return None
        for according in syntax.all(c, {"prep"}):
            to = syntax.child(according, {"prep"})
            source = syntax.child(to, {"pobj"}) if to is not None else None
            apart = syntax.near(syntax.words, according - 1) == "," and according > c
            if syntax.lowers[according] == "according" and apart and source is not None:
                return Speaker(source, according)
        return None

    def _filed(self, c: int) -> Speaker | None:
        """Return the source of "Per the indictment, Z …", "In the complaint, Z …"."""
        syntax, source = self.syntax, self.syntax.child(c, {"pobj"})
        if source is None or not self._is_filing(c, source):
            return None
        # Inside the sentence, without commas, "in the complaint" is a place like others.
        closed = syntax.near(syntax.words, max(syntax.subtree(c)) + 1) in {",", "."}
        opens = syntax.opens_sentence(c) or syntax.near(syntax.words, c - 1) == ","
        return Speaker(source, c) if closed and opens else None

    def _is_filing(self, c: int, source: int) -> bool:
        """Tell "Per Z, …", and "In the complaint, …": a sentence that only tells what it holds."""
        syntax = self.syntax
        if syntax.lowers[c] == "per":
            return True
        opens = syntax.lowers[c] == "in" and syntax.opens_sentence(c)
        return opens and syntax.lemmas[source].lower() in self.classes["noun:filed"]

    def _to_believe(self, c: int) -> Speaker | None:
        """Return the speaker of "To believe Z, …"."""
        syntax = self.syntax
        believing = syntax.lemmas[c] in self.classes["opening:believe"]
        first = syntax.sentence_at(c)[0]
        if not believing or not syntax.is_infinitive(c) or first != c - 1:
            return None
        named = self._last_named(c)
        return Speaker(named, c) if named is not None else None

    def _last_named(self, i: int) -> int | None:
        """Return the last noun or pronoun between a token and the next comma."""
        syntax = self.syntax
        comma = next((t for t in range(i, len(syntax)) if syntax.words[t] == ","), i)
        behind = reversed(range(i + 1, comma))
        return next((t for t in behind if syntax.pos[t] in _SOMEBODY), None)
