"""A parsed text as plain lists: what the rules on grammar read.

spaCy's tokens are objects made anew at every touch; rules that walk the tree from
a million tokens want lists. ``Syntax`` copies one ``Doc`` once. Labels are those
of spaCy's English pipelines: universal ``pos``, Penn ``tag``, ClearNLP ``dep``.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from spacy.attrs import (  # type: ignore[import-not-found]  # compiled, ships no types
    DEP,
    HEAD,
    IDX,
    LEMMA,
    LENGTH,
    POS,
    TAG,
)
from spacy.tokens import Doc

from kg.lexicons import load_lexicons

NOUN_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SUBJECTS = NOUN_SUBJECTS | {"csubj", "csubjpass"}
AUXILIARIES = frozenset({"aux", "auxpass"})
NOUN_POS = frozenset({"NOUN", "PROPN"})
VERB_POS = frozenset({"VERB", "AUX"})
PREDICATE_POS = VERB_POS | {"ADJ"}
LINKING_POS = frozenset({"ADP", "SCONJ", "ADV"})
"""What a preposition hangs on where two stand together: "because of", "instead of"."""
BEFORE_NOUNS = frozenset({"compound", "nmod"})
"""Labels of a noun that stands before another: "[state] visit"."""
CLAUSAL = frozenset({"ccomp", "csubj", "xcomp", "advcl"})
"""Labels of the clauses that an "it" without a meaning announces: "it is clear that …"."""
POSSESSIVE_ENDINGS = frozenset({"'s", "’s"})
PHRASE_BREAKS = frozenset({"relcl", "appos", "acl", "parataxis", "advcl", "ccomp"})
"""Dependents that say something more of a noun and are claims of their own."""
MENDED_LEMMAS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("hopes", "hoped", "hoping"), "hope") | dict.fromkeys(("fined", "fining"), "fine")
)
"""Where the rules of spaCy's English lemmatizer go wrong ("hop")."""
PRESENT_TAGS = frozenset({"VBZ", "VBP"})
TENSED_TAGS = PRESENT_TAGS | {"VBD"}
FINITE_TAGS = TENSED_TAGS | {"MD"}
NAME_TAGS = frozenset({"NNP", "NNPS"})
PAST_FORMS = frozenset({"VBD", "VBN"})
"""Tags of the forms that the tagger confuses: "sold", in the past or a participle."""
NO_NAMES: Mapping[int, tuple[int, int]] = MappingProxyType({})
"""The names of a text in which none were looked for: token -> the name's range."""
RELATIVE_TAGS = frozenset({"WDT", "WP"})
"""Tags of "who", "which", "that" and "what"."""
ASKING_TAGS = RELATIVE_TAGS | {"WRB", "WP$"}
"""Tags of all words that ask: those above, "where", "how" and "whose"."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as a sentence.

    >>> sorted(word_set("spring summer"))
    ['spring', 'summer']
    """
    return frozenset(words.split())


TELLING = ("verb:say", "verb:believe", "verb:know", "verb:deny", "verb:allege")
"""Classes of models/lexicons/status.tsv: verbs whose clause somebody tells or believes."""
COPULAS = word_set("be seem appear become remain look feel")
"""Verbs that tie an adjective or a noun to their subject."""
WHETHER = word_set("whether if")
INDEFINITE = word_set("a an")
OBJECT_CONTROL = word_set("of from for with into")
"""Prepositions after which the object is who does it: "accused Iran of arming"."""
PAST_AUXILIARIES = word_set("was were had did")
PARTICLES = word_set("back away off out up down aside apart together forward over through")
"""Adverbs without which the verb before them means something else: "turned back"."""
CALENDAR_WORDS = word_set(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter"
)
TIME_WORDS = CALENDAR_WORDS | word_set(
    "today yesterday tomorrow tonight now then recently currently already previously formerly once "
    "soon later earlier afterwards subsequently meanwhile year years month months week weeks day days "
    "decade decades century centuries hour hours minute minutes morning afternoon evening night time ago "
    "moment period future past"
)


TimeWords = tuple[int, int, bool, bool]
"""First token, token after the last, whether they name a date, whether it is a bare year."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """Lists with one item a token.

    The root of a sentence is its own head (``heads[i] == i``) and has the label "ROOT".
    ``starts`` and ``ends`` are character offsets in the text that spaCy read;
    ``sentences`` are (first token, token after the last).
    ``sentence_of`` tells in which of them each token stands. ``times`` keeps what the words of
    a sentence say of when, by its first token, once they were looked at (``time_phrases.py``).
    """

    words: list[str]
    lowers: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    children: list[list[int]]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]
    times: dict[int, list[TimeWords]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc) -> Syntax:
        """Copy a parsed Doc, whatever made the parse."""
        columns = doc.to_array([HEAD, DEP, POS, TAG, LEMMA, IDX, LENGTH]).T.tolist()
        above, deps, pos, tags, lemmas, starts, lengths = columns
        words = [token.text for token in doc]
        lowers = [word.lower() for word in words]
        heads = [_signed(offset) + i for i, offset in enumerate(above)]
        sentences = _sentences(doc)
        return cls(
            words=words,
            lowers=lowers,
            lemmas=_mended(_texts(doc, lemmas), lowers),
            pos=_texts(doc, pos),
            tags=_texts(doc, tags),
            deps=_rooted(_texts(doc, deps), heads),
            heads=heads,
            starts=starts,
            ends=[start + length for start, length in zip(starts, lengths, strict=True)],
            children=_children(heads),
            sentences=sentences,
            sentence_of=[n for n, (start, end) in enumerate(sentences) for _ in range(start, end)],
        )

    def __len__(self) -> int:
        return len(self.words)

    def near(self, column: Sequence[str], i: int) -> str:
        """Return an item of ``words``, ``tags`` …, or "" where ``i`` lies outside the text.

        Every look at a neighbouring token goes through here, ``hangs_on``, ``is_glued`` or
        ``sentence_at``: a text may end, or begin, anywhere.
        """
        return column[i] if 0 <= i < len(column) else ""

    def hangs_on(self, i: int, head: int) -> bool:
        """Tell whether a token, which may lie outside the text, is a dependent of another."""
        return 0 <= i < len(self.heads) and i != head and self.heads[i] == head

    def sentence_at(self, i: int) -> tuple[int, int]:
        """Return (first token, token after the last) of the sentence in which a token stands.

        A token outside the text stands in the sentence that is nearest.
        """
        return self.sentences[self.sentence_of[min(max(i, 0), len(self) - 1)]]

    def phrasal(self, verb: int) -> str:
        """Return the lemma of a verb with its particle ("rule out"), if it has one."""
        particle = self.child(verb, {"prt"})
        lemma = self.lemmas[verb].lower()
        return lemma if particle is None else f"{lemma} {self.lowers[particle]}"

    def is_before_subject(self, i: int) -> bool:
        """Tell "nor did Z go" from "did not go nor": it stands before the subject of its verb."""
        return i < min(self.all(self.heads[i], SUBJECTS), default=i)

    def opens_sentence(self, i: int) -> bool:
        """Tell the first token of a sentence."""
        return i == self.sentence_at(i)[0]

    def is_glued(self, i: int) -> bool:
        """Tell whether no space stands between a token and the one before it."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]

    def child(self, i: int, deps: Collection[str]) -> int | None:
        """Return the first dependent of ``i`` with one of these labels."""
        labels = self.deps
        for c in self.children[i]:
            if labels[c] in deps:
                return c
        return None

    def all(self, i: int, deps: Collection[str]) -> list[int]:
        """Return the dependents of ``i`` with one of these labels, in reading order."""
        found, labels = [], self.deps
        for c in self.children[i]:  # no comprehension, whose own call costs more than the loop
            if labels[c] in deps:
                found.append(c)
        return found

    def conjuncts(self, i: int) -> Iterator[int]:
        """Yield ``i`` and all that is joined to it by "and", "or", commas."""
        # No recursion, here and in ``subtree``: of a thousand names each hangs on the one before.
        todo = [i]
        while todo:
            token = todo.pop()
            yield token
            todo += reversed(self.all(token, {"conj"}))

    def subtree(self, i: int, without: Collection[str] = ()) -> list[int]:
        """Return ``i`` and all below it, in order, leaving out dependents so labelled."""
        found, todo = [], [i]
        while todo:
            token = todo.pop()
            found.append(token)
            todo += [c for c in self.children[token] if self.deps[c] not in without]
        found.sort()
        return found

    def text(self, start: int, end: int) -> str:
        """Return the tokens from ``start`` to ``end`` as one string, spaced as in the text."""
        parts = [self.words[start]] if start < end else []
        for i in range(start + 1, end):
            gap = " " if self.starts[i] > self.ends[i - 1] else ""
            parts.append(gap + self.words[i])
        return "".join(parts)

    def opens_paragraph(self, i: int) -> bool:
        """Tell whether an empty line, or nothing, stands before a token."""
        return i == 0 or self.starts[i] - self.ends[i - 1] > 1

    def has_child(self, i: int, words: Collection[str], deps: Collection[str]) -> bool:
        """Tell whether ``i`` has a dependent that is one of these words, so labelled."""
        lowers, labels = self.lowers, self.deps
        for c in self.children[i]:  # noqa: SIM110 - a generator would cost more than the loop
            if lowers[c] in words and labels[c] in deps:
                return True
        return False

    def is_infinitive(self, i: int) -> bool:
        """Tell "to go"."""
        return self.has_child(i, {"to"}, {"aux"})

    def is_finite(self, i: int) -> bool:
        """Tell "goes", "has gone", "may go"."""
        forms = [i, *self.all(i, AUXILIARIES)]
        return any(self.tags[t] in FINITE_TAGS for t in forms)

    def is_told_as_past(self, i: int) -> bool:
        """Tell "went", "was told", "had gone", "did go"."""
        return self.tags[i] == "VBD" or self.has_child(i, PAST_AUXILIARIES, AUXILIARIES)

    def attach(self, i: int, head: int, dep: str) -> None:
        """Hang a token on another head (itself: the root), with another label."""
        if self.heads[i] != i:
            self.children[self.heads[i]].remove(i)
        self.heads[i], self.deps[i] = head, "ROOT" if head == i else dep
        if head != i:
            # ``child`` and ``all`` count on reading order.
            insort(self.children[head], i)

    def is_accused(self, noun: int, preposition: int) -> bool:
        """Tell "accused the mayor of taking", where the parser hangs "of" on the mayor."""
        accusing = load_lexicons().words["accusing_verb"]
        accused = self.deps[noun] == "dobj" and self.lemmas[self.heads[noun]] in accusing
        return accused and self.lowers[preposition] in {"of", "for", "from"}

    def is_time(self, i: int) -> bool:
        """Tell a word that says when: "Monday", "recently", "2018", "1990s"."""
        year = self.words[i].rstrip("s")
        # Of four digits, only what may be a year: "3000 men" is no time.
        is_year = year.isdigit() and len(year) == 4 and year[0] in "12"
        return is_year or self.lowers[i] in TIME_WORDS

    def ancestors(self, i: int) -> Iterator[int]:
        """Yield the heads above ``i``, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i


def _texts(doc: Doc, keys: Sequence[int]) -> list[str]:
    """Return the strings that spaCy keeps under these numbers; 0 stands for none."""
    strings = {key: doc.vocab.strings[key] if key else "" for key in set(keys)}
    return [strings[key] for key in keys]


def _mended(lemmas: Sequence[str], lowers: Sequence[str]) -> list[str]:
    """Return the lemma of each word, or the word itself where it has none."""
    return [
        MENDED_LEMMAS.get(lower) or lemma or lower
        for lemma, lower in zip(lemmas, lowers, strict=True)
    ]


def _rooted(deps: Sequence[str], heads: Sequence[int]) -> list[str]:
    """Return the label of each token; a root has a root's label, whatever made the parse."""
    return ["ROOT" if head == i else deps[i] for i, head in enumerate(heads)]


def _children(heads: Sequence[int]) -> list[list[int]]:
    """Return the dependents of each token, in reading order."""
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    return children


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Return the sentences; a text without any is one."""
    if doc.has_annotation("SENT_START"):
        return [(sentence.start, sentence.end) for sentence in doc.sents]
    return [(0, len(doc))]


def _signed(value: int) -> int:
    """Return a relative head as spaCy stores it: 64 unsigned bits."""
    return value - (1 << 64) if value >= 1 << 63 else value
