"""Tell how the items of a list go on from the words that lead into them.

"The sanctions target:" is a clause with any name behind it, "The witness denied the
following:" says "that" of each clause, "The following people met:" has its subject in the
items, and "None of the following is true:" leaves them open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.lexicons import Lexicons
from kg.reading.grammar import FINITE_TAGS, SUBJECTS, word_set
from kg.reading.parsing.analysis_text import Piece, Stretch

COMPLEMENTISERS = word_set("that whether if because when while unless where although how why")
ARTICLES = word_set("the these")
OPEN_NUMBERS = word_set("none neither any some one either two three most few several nothing")
"""Of which of "the following" something holds, nobody can tell."""
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "CD"})
TELLING = (
    *(f"verb:{kind}" for kind in ("say", "believe", "know", "deny", "allege", "want", "demand")),
    *(f"verb:{kind}" for kind in ("ask", "suspect", "seem", "accuse", "require", "task", "fail")),
    *(
        f"noun:{kind}"
        for kind in ("allege", "deny", "say", "want", "unsure", "possible", "fiction")
    ),
    *(f"noun:{kind}" for kind in ("view", "agreed", "condition", "require", "likely", "never")),
)
"""Classes of words that say how a clause behind them is meant."""
OPENING = (
    *(
        f"adjective:{kind}"
        for kind in ("alleged", "possible", "false", "unlikely", "planned", "want")
    ),
    *(f"verb:{kind}" for kind in ("deny", "allege", "suspect", "accuse")),
    *(f"noun:{kind}" for kind in ("allege", "deny", "want", "unsure", "fiction", "never")),
)
"""Classes of words that leave open what they are said of, wherever they stand."""
CLOSING = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
"""What a clause ends with that lacks no object."""
LONGEST = 1_000
"""Characters of a lead-in at most: it is parsed again with each of its items."""
DOUBT = "It is unclear whether "
"""Put before a clause that its lead-in leaves open."""
TRAILING = frozenset({":", ",", ";", "–", "—", "-", ".", "--", ":-"})
PRESENT = word_set("present absent attending")
AS_FOLLOWS = ("as", "follows")

Locate = Callable[[Sequence[Token]], Stretch]


class LeadIn(NamedTuple):
    """What stands before an item, and behind it, if it is a clause and if it is none.

    Both are None where nothing can go on so: the item then stands for itself. ``closed``
    tells a clause to which only an infinitive can be added: "The court ordered Orbit:".
    """

    before_phrase: tuple[Piece, ...] | None = None
    after_phrase: tuple[Piece, ...] = ()
    before_clause: tuple[Piece, ...] | None = None
    closed: bool = False


def last_sentence(doc: Doc) -> Span:
    """Return the last sentence of a block, which begins with a capital, a figure or a mark."""
    sentences = list(doc.sents)
    first = len(sentences) - 1
    while first and doc[sentences[first].start].text[0].islower():
        first -= 1
    return doc[sentences[first].start : len(doc)]


def states(sentence: Span) -> bool:
    """Tell whether the main verb of a sentence is finite and has a subject."""
    root = sentence.root
    verbs = [root, *(child for child in root.children if child.dep_ in {"aux", "auxpass"})]
    subjects = [child for child in root.children if child.dep_ in {*SUBJECTS, "expl"}]
    return bool(subjects) and any(verb.tag_ in FINITE_TAGS for verb in verbs)


@dataclass(frozen=True, slots=True)
class LeadInReader:
    """Reads lead-ins; ``locate`` tells where some of their tokens stand in the document."""

    lexicons: Lexicons
    locate: Locate

    def read(self, sentence: Span) -> LeadIn:
        """Return how items go on from a sentence that leads in."""
        words = _without_marks(list(sentence))
        if not words or _lists_who_came(words):
            return LeadIn()
        if len(sentence.text) > LONGEST:
            return LeadIn(before_clause=(DOUBT,) if self._leaves_open(words) else None)
        lowers = [word.lower_ for word in words]
        if tuple(lowers[-2:]) == AS_FOLLOWS:
            return self._whole(words[:-2], announced=True)
        place = next((n for n in range(1, len(words)) if _announces(lowers, n)), None)
        if place is None:
            return self._whole(words)._replace(closed=_is_closed(sentence, words[-1]))
        return self._with_following(words, place)

    def _whole(self, words: list[Token], *, announced: bool = False) -> LeadIn:
        """Return how items go on right behind all of the words."""
        if not words:
            return LeadIn()
        before = (self.locate(words),)
        return LeadIn(before, (), self._before_clause(words, announced=announced))

    def _with_following(self, words: list[Token], place: int) -> LeadIn:
        """Return how items take the place of "the following people" in the words."""
        end = place + 1
        while end < len(words) and words[end].tag_ in NOUN_TAGS:
            end += 1
        number = words[place - 3] if place >= 3 and words[place - 2].lower_ == "of" else None
        if number is not None and number.lower_ in OPEN_NUMBERS:
            return LeadIn(before_clause=(DOUBT,))
        head = words[: place - 3 if number is not None else place - 1]
        if end < len(words):
            return self._around(head, words[end:])
        clause = self._before_clause(words if end > place + 1 else head, announced=True)
        before = (self.locate(head),) if head else None
        return LeadIn(before, (), clause)

    def _around(self, head: list[Token], rest: list[Token]) -> LeadIn:
        """Return how items stand inside a clause: "The following were fined"."""
        doubt = (DOUBT,) if self._leaves_open(rest) else None
        before = (self.locate(head),) if head else ()
        return LeadIn(before, (" ", self.locate(rest)), doubt)

    def _before_clause(self, words: list[Token], *, announced: bool) -> tuple[Piece, ...] | None:
        """Return what makes a clause of the words and a clause behind them, None if nothing does.

        ``announced`` tells that "the following" is the object of the last verb.
        """
        if not words:
            return None
        last = words[-1]
        finite = any(word.tag_ in FINITE_TAGS for word in words)
        if self._records(last, bare=not finite):
            return None
        if last.lower_ in COMPLEMENTISERS or last.tag_ in {"MD", "TO"}:
            return (self.locate(words), " ")
        if last.lemma_ == "be" or self._tells(last) or (announced and self._tells(_verb(words))):
            return (self.locate(words), " that " if finite else " are that ")
        return (DOUBT,) if self._leaves_open(words) else None

    def _tells(self, word: Token | None) -> bool:
        """Tell a verb or noun that says how the clause behind it is meant."""
        if word is None:
            return False
        kind = "verb:" if word.pos_ in {"VERB", "AUX"} else "noun:"
        classes = [name for name in TELLING if name.startswith(kind)]
        # "There were three reasons:" is about what happened.
        return self._is_of(word, classes) and not (
            kind == "noun:" and self._is_of(word, ["noun:fact"])
        )

    def _records(self, word: Token, *, bare: bool) -> bool:
        """Tell what is a fact by being listed: "Decisions:", but not "He made these findings:"."""
        return self._is_listed(word) and (bare or not self._is_of(word, ["noun:say"]))

    def _is_listed(self, word: Token) -> bool:
        return word.lemma_.lower() in self.lexicons.words["recorded_noun"]

    def _leaves_open(self, words: Sequence[Token]) -> bool:
        """Tell whether any word says that something may not be so."""
        return any(word.dep_ == "neg" or self._is_of(word, OPENING) for word in words) or (
            words[-1].lemma_.lower() in self.lexicons.words["open_noun"]
        )

    def _is_of(self, word: Token, classes: Sequence[str]) -> bool:
        lemma = word.lemma_.lower()
        return any(lemma in self.lexicons.status.get(name, ()) for name in classes)


def _is_closed(sentence: Span, last: Token) -> bool:
    """Tell a clause with a colon behind its object: "They named two areas:", but not "Did they:"."""
    asks = sentence[0].tag_ in FINITE_TAGS
    return sentence[-1].text == ":" and last.pos_ in CLOSING and states(sentence) and not asks


def _lists_who_came(words: Sequence[Token]) -> bool:
    """Tell "Members present:", which a parser takes for a clause."""
    return words[-1].lower_ in PRESENT and not any(word.pos_ == "AUX" for word in words)


def _announces(lowers: Sequence[str], place: int) -> bool:
    return lowers[place] == "following" and lowers[place - 1] in ARTICLES


def _verb(words: Sequence[Token]) -> Token | None:
    return next((word for word in reversed(words) if word.pos_ == "VERB"), None)


def _without_marks(words: list[Token]) -> list[Token]:
    while words and (words[-1].text in TRAILING or words[-1].is_space):
        words.pop()
    return words
