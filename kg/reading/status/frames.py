"""What stands beside a main clause and says how all of it is meant.

"Send him a letter describing the attack" tells of no attack: it is an order. "Per the
indictment, Z took the money", "To believe Z, …", "…, or so Z claims", "… and has left,
according to Z": the words stand at one end of the sentence, and put all of it into
somebody's mouth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.values import Speaker, Status

_NOTING = word_set(
    "note remember recall observe understand realise realize know see notice recognise recognize "
    "remark consider bear keep thank"
)
"""Orders that take what follows for granted: "Note that Z left"."""
_TO_BELIEVE = word_set("believe trust hear")
_FILED = word_set("indictment complaint lawsuit suit affidavit prosecution")
"""What "in" opens a sentence that only tells what it holds."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Reads the frames of the clauses of one parsed text."""

    syntax: Syntax
    classes: Mapping[str, frozenset[str]]

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
        if syntax.deps[i] == "conj" and syntax.tags[i] in {"VB", "VBP"}:
            return syntax.child(i, SUBJECTS) is None and self.is_order(syntax.heads[i])
        if syntax.deps[i] != "ROOT" or syntax.tags[i] != "VB":
            return False
        auxiliaries = syntax.all(i, {"aux", "auxpass"})
        if syntax.child(i, SUBJECTS) is not None:
            first = syntax.sentence_at(i)[0]
            return auxiliaries[:1] == [first] and syntax.lemmas[first].lower() == "have"
        if any(syntax.lemmas[c].lower() != "do" for c in auxiliaries):
            return False
        return not self.is_noting(i)

    def is_noting(self, i: int) -> bool:
        """Tell "note that Z left": it takes for granted that Z did."""
        syntax = self.syntax
        bare = syntax.tags[i] == "VB" and syntax.child(i, {*SUBJECTS, "aux"}) is None
        noted = syntax.deps[i] == "ROOT" and syntax.child(i, {"ccomp"}) is not None
        return bare and noted and syntax.lemmas[i].lower() in _NOTING

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
        said = syntax.lemmas[c].lower() in self.classes["verb:say"] | self.classes["verb:believe"]
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
        if source is None or syntax.lowers[c] not in {"in", "per"}:
            return None
        opens = c == syntax.sentence_at(c)[0]
        filed = opens and syntax.lemmas[source].lower() in _FILED
        if not filed and syntax.lowers[c] != "per":
            return None
        end = max(syntax.subtree(c)) + 1
        closed = syntax.near(syntax.words, end) in {",", "."}
        return (
            Speaker(source, c)
            if closed and (opens or syntax.near(syntax.words, c - 1) == ",")
            else None
        )

    def _to_believe(self, c: int) -> Speaker | None:
        """Return the speaker of "To believe Z, …"."""
        syntax = self.syntax
        if not syntax.is_infinitive(c) or syntax.lemmas[c] not in _TO_BELIEVE:
            return None
        comma = next((t for t in range(c, len(syntax)) if syntax.words[t] == ","), c)
        named = [t for t in range(c + 1, comma) if syntax.pos[t] in {"NOUN", "PROPN", "PRON"}]
        opens = c - 1 == syntax.sentence_at(c)[0]
        return Speaker(named[-1], c) if named and opens else None
