"""Find what prepositions add to a clause: its arguments, and when it holds.

"Kenya held exercises with Peru in 2018": with Peru is an argument, in 2018 a time. What a
preposition only leads over to ("in fact"), and a noun's own "of", is neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicons import Lexicons
from kg.reading.claims.noun_phrases import SKIPPED_PREPOSITIONS, NounPhrase, PhraseCutter
from kg.reading.claims.subjects import SubjectFinder
from kg.reading.grammar import NOUN_POS, RELATIVE_TAGS, SUBJECTS, Syntax, word_set
from kg.reading.time_phrases import TimePhrases

TIME_PREPOSITIONS = word_set(
    "in on during since until till after before by from between around throughout within over for at"
)
_LEADING_OVER = word_set("in by for as on")
_GIVEN_TO = NOUN_POS | {"PRON"}
_WITH_OWN_OF = NOUN_POS | {"NUM", "PRON", "DET"}
_COMPLETED = frozenset({"attr", "dobj"})
_NOT_IN_TIMES = frozenset({"relcl", "punct", "acl", "advcl"})
_ADVERBS, _ADDING = frozenset({"npadvmod", "advmod"}), frozenset({"prep", "dative"})


@dataclass(frozen=True, slots=True)
class ArgumentPhrase:
    """A prepositional argument: ``on`` is the token it hangs on (the verb or an object)."""

    role: str
    preposition: tuple[int, ...]
    phrase: NounPhrase
    on: int


class ArgumentFinder:
    """Finds the arguments and times of the clauses of one parsed text."""

    def __init__(self, cutter: PhraseCutter, subjects: SubjectFinder, lexicons: Lexicons) -> None:
        self.syntax: Syntax = cutter.syntax
        self.names: Mapping[int, tuple[int, int]] = cutter.names
        self.phrases = cutter.phrases
        self.relative_noun = subjects.relative_noun
        self.empty = lexicons.words["empty_object"]
        self.times = TimePhrases(cutter.syntax, cutter.names)

    def find(
        self, links: Sequence[int], objects: Sequence[NounPhrase]
    ) -> tuple[tuple[ArgumentPhrase, ...], tuple[tuple[int, ...], ...]]:
        """Return the prepositional arguments and the times of a clause."""
        arguments: list[ArgumentPhrase] = []
        times: list[int] = []
        for host in self._hosts(links, objects):
            for preposition in self.syntax.all(host, _ADDING):
                words, object_ = self._object_of(preposition)
                if self._is_dated(preposition):
                    times.append(preposition)
                elif object_ is None or self._is_empty(preposition, object_, host):
                    continue
                elif self._is_when(preposition, object_):
                    times.append(preposition)
                else:
                    arguments += self._argument(words, object_, host)
        times += self._opening_times(links[0])
        spans = [*map(self._time_of, times), *self._time_adverbs(links)]
        spans += self._left_over(links, {token for span in spans for token in span})
        return tuple(arguments), tuple(dict.fromkeys(spans))

    def _hosts(self, links: Sequence[int], objects: Sequence[NounPhrase]) -> Iterable[int]:
        """Return what an argument may hang on: the verbs, what "there is", the objects."""
        there = self.syntax.child(links[0], {"expl"}) is not None
        existing = self.syntax.all(links[0], {"attr"}) if there else []
        return dict.fromkeys([*links, *existing, *(o.head for o in objects)])

    def _argument(self, tokens: tuple[int, ...], object_: int, host: int) -> list[ArgumentPhrase]:
        """Return what a preposition leads to; ``tokens`` are its words."""
        syntax = self.syntax
        relative = syntax.tags[object_] in RELATIVE_TAGS
        # "the camp in which they lived": the argument is the camp.
        noun = self.relative_noun(host) if relative else object_
        if noun is None:
            return []
        # "gave Peru tanks": the receiver stands without its "to".
        role = " ".join(syntax.lowers[t] for t in tokens) or "to"
        phrases = self.phrases(noun, preps=("of",))
        return [ArgumentPhrase(role, tokens, phrase, host) for phrase in phrases]

    # --- prepositions ----------------------------------------------------------------

    def _object_of(self, preposition: int) -> tuple[tuple[int, ...], int | None]:
        """Return the words of a preposition ("out of", "referred to as") and the noun after it."""
        syntax = self.syntax
        object_, nested = syntax.child(preposition, {"pobj"}), syntax.child(preposition, {"prep"})
        before = preposition - 1
        # "referred to as": the parser leaves the "to" beside the "as", with nothing after it.
        if syntax.hangs_on(before, syntax.heads[preposition]) and self._is_bare(before):
            return (before, preposition), object_
        if object_ is None and nested is not None:
            return (preposition, nested), syntax.child(nested, {"pobj"})
        bare = syntax.deps[preposition] == "dative" and syntax.pos[preposition] in _GIVEN_TO
        if object_ is None and bare:
            return (), preposition
        return (preposition,), object_

    def _is_bare(self, i: int) -> bool:
        """Tell the "to" of "referred to as": a preposition with nothing after it."""
        return self.syntax.deps[i] == "prep" and not self.syntax.children[i]

    def _is_empty(self, preposition: int, object_: int, host: int) -> bool:
        """Tell a phrase that says nothing of the clause: "such as", "in fact", a noun's own "of"."""
        syntax, word = self.syntax, self.syntax.lowers[preposition]
        if word in SKIPPED_PREPOSITIONS or self._is_own_of(preposition, host):
            return True
        if self._is_in_name(preposition, host) or self._is_hyphenated(preposition, object_):
            return True
        return word in _LEADING_OVER and syntax.lowers[object_] in self.empty

    def _is_own_of(self, preposition: int, host: int) -> bool:
        """Tell "the youngest of five", which the noun or adjective needs for itself."""
        syntax = self.syntax
        if syntax.lowers[preposition] != "of":
            return False
        return syntax.deps[host] in _COMPLETED or syntax.pos[host] in _WITH_OWN_OF

    def _is_in_name(self, preposition: int, host: int) -> bool:
        """Tell "Bank of Ghana", where both stand in one name."""
        return preposition in self.names and self.names[preposition] == self.names.get(host)

    def _is_hyphenated(self, preposition: int, object_: int) -> bool:
        """Tell "in-house"."""
        hyphen = self.syntax.near(self.syntax.words, preposition + 1) == "-"
        return hyphen and object_ == preposition + 2

    # --- times -----------------------------------------------------------------------

    def _is_dated(self, preposition: int) -> bool:
        """Tell a preposition that opens a time: "on 3 June 2016"."""
        return self.times.dated_at(preposition) is not None and preposition not in self.names

    def _time_of(self, token: int) -> tuple[int, ...]:
        """Return the words of a time that a preposition or an adverb belongs to."""
        phrase = self.times.dated_at(token)
        if phrase is not None:
            return phrase.tokens
        return tuple(self.syntax.subtree(token, _NOT_IN_TIMES))

    def _left_over(self, links: Sequence[int], taken: Collection[int]) -> Iterator[tuple[int, ...]]:
        """Yield the times of a clause that the parser hung elsewhere in its tree."""
        for phrase in self.times.in_sentence(links[0]):
            if phrase.start not in taken and self.times.governor(phrase) in links:
                yield phrase.tokens

    def _is_when(self, preposition: int, object_: int) -> bool:
        if self.syntax.lowers[preposition] not in TIME_PREPOSITIONS:
            return False
        return self.syntax.is_time(object_) or self.times.opens_at(preposition)

    def _time_adverbs(self, links: Sequence[int]) -> Iterator[tuple[int, ...]]:
        syntax = self.syntax
        for link in links:
            for adverb in syntax.all(link, _ADVERBS):
                phrase = self.times.dated_at(adverb)
                if phrase is not None:
                    yield phrase.tokens
                elif syntax.is_time(adverb):
                    yield tuple(syntax.subtree(adverb, {"relcl", "punct"}))

    def _opening_times(self, verb: int) -> Iterator[int]:
        """Yield the times that open the sentence before the subject that a joined verb shares.

        "In 2018 Kenya closed the camp and sold the land" sold it in 2018.
        """
        if self.syntax.deps[verb] != "conj":
            return
        first = self._first_joined(verb)
        subject = self.syntax.child(first, SUBJECTS)
        if first == verb or subject is None:
            return
        for preposition in self.syntax.all(first, {"prep"}):
            if preposition < subject and self._tells_when(preposition, first):
                yield preposition

    def _first_joined(self, verb: int) -> int:
        """Return the first of the joined verbs, whose subject the others share."""
        syntax = self.syntax
        while syntax.deps[verb] == "conj" and syntax.child(verb, SUBJECTS) is None:
            verb = syntax.heads[verb]
        return verb

    def _tells_when(self, preposition: int, host: int) -> bool:
        if self._is_dated(preposition):
            return True
        _, object_ = self._object_of(preposition)
        if object_ is None or not self._is_when(preposition, object_):
            return False
        return not self._is_empty(preposition, object_, host)
