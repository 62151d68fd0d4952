"""Find what "it", "she" and "the Games" refer to, or say nothing.

A wrong antecedent makes a false fact. What a pronoun stands for is weighed among all noun
phrases before it, named or not (``kg/reading/mentions/antecedents.py``), and said only where the
likeliest has fair odds, "nothing here" counted among them: a mention of its group if it is
named, else words that stand for others ("it" for "the division"). A definite noun means the
one name nearby that ends in it ("the Committee"). The score is the probability that the
scorer gives, or for nouns the share of right ones in GUM's training part; a chain of
pronouns multiplies them, and below ``LEAST_SCORE`` nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.lexicons import load_lexicons
from kg.reading.grammar import BEFORE_NOUNS, CLAUSAL, NOUN_POS, Syntax
from kg.reading.mentions.antecedents import PRONOUNS, Antecedents, Candidate, load_weights
from kg.reading.mentions.groups import TokenMention
from kg.records import MentionKind

_ADDED = frozenset({"prep", "relcl", "acl", "appos", "poss"})
_ARTICLES = frozenset({"the", "this", "that"})
_NO_NAMES = frozenset({"pronoun", "role", "demonym"})
_MARKS = re.compile(r"\W")
NOUN_SENTENCES_BACK = 4
NOUN_SCORE = 0.78
LEAST_LINK, LEAST_SCORE = 0.5, 0.5
"""Odds below which a pronoun is left alone, and below which a chain of them says nothing. On GAP's
training snippets, where two people always vie, 0.4 to 0.7 give precision .74, .76, .81, .85 and
recall .62, .56, .46, .35; below even odds a guess is likelier false than true."""


class Resolver:
    """Walks one document in reading order; what it resolves can itself be an antecedent.

    ``links`` leads from each pronoun to the head of the phrase that it stands for;
    ``nameless`` to the head of the first phrase and the probability, where that has no name.
    ``labels`` are tokens that name who speaks, for which no pronoun stands.
    """

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[TokenMention],
        *,
        weights: Mapping[str, float] | None = None,
        labels: Collection[int] = (),
    ) -> None:
        self.syntax, self.lexicons, self.labels = syntax, load_lexicons(), labels
        self.walker = Antecedents.of(syntax, self.lexicons, mentions, weights or load_weights())
        self.by_head = dict(self.walker.by_head)
        self.links: dict[int, int] = {}
        self.nameless: dict[int, tuple[int, float]] = {}
        self.covered = {i for m in mentions for i in range(m.start, m.end)}

    def candidates_at(self, pronoun: int) -> list[Candidate]:
        """Walk the text up to a pronoun and return what it may stand for."""
        list(self.run(before=pronoun))
        return self.walker.fitting(pronoun)

    def run(self, *, before: int | None = None) -> Iterator[TokenMention]:
        """Yield resolved mentions in reading order, those ``before`` a token or all."""
        for i, word in enumerate(self.syntax.lowers[:before]):
            if i in self.labels:
                continue
            found = None
            if word in PRONOUNS and i not in self.covered:
                found = self._pronoun(i, word)
            else:
                if i not in self.covered and self._is_definite(i):
                    found = self._definite_noun(i)
                self.walker.add(i, resolved=found)
            if found:
                self.by_head[i] = found
                yield found

    def _pronoun(self, i: int, word: str) -> TokenMention | None:
        """Return the mention that a pronoun is, if what it stands for has a name."""
        if word == "it" and self._is_expletive(i):
            return None
        candidate, score = self.walker.odds(i)
        if candidate is None or score < LEAST_LINK:
            return None
        self.walker.link(i, candidate)
        self.links[i] = candidate.head
        antecedent = self.by_head.get(candidate.head)
        if antecedent is None:
            self._leave_nameless(i, candidate.head, score)
            return None
        sure = score * antecedent.score >= LEAST_SCORE
        return self._mention(i, i + 1, antecedent, score=score, kind="pronoun") if sure else None

    def _leave_nameless(self, i: int, head: int, score: float) -> None:
        """Remember the words without a name that a pronoun stands for, where that is sure."""
        head, before = self.nameless.get(head, (head, 1.0))
        # A pronoun that itself stands for something unsure is no words to stand for.
        if score * before >= LEAST_SCORE and head not in self.links:
            self.nameless[i] = head, round(score * before, 3)

    def _mention(
        self, start: int, end: int, antecedent: TokenMention, *, score: float, kind: MentionKind
    ) -> TokenMention:
        # A chain of pronouns leads back to the name that it began with.
        source = antecedent.antecedent or (antecedent.start, antecedent.end)
        return replace(
            antecedent, start=start, end=end, head=end - 1, kind=kind, label="",
            antecedent=source, score=round(score * antecedent.score, 3),
        )  # fmt: skip

    def _is_expletive(self, i: int) -> bool:
        """Tell the "it" of "it is clear that", "it seems", which stands for nothing."""
        syntax, verb = self.syntax, self.syntax.heads[i]
        if syntax.deps[i] == "expl":
            return True
        lemma = syntax.lemmas[verb]
        clausal = any(
            syntax.deps[c] in CLAUSAL
            for head in (verb, *syntax.all(verb, {"acomp", "attr", "oprd"}))
            for c in syntax.children[head]
        )
        if lemma in self.lexicons.words["impersonal_verb"]:
            return True
        passive = syntax.child(verb, {"auxpass"}) is not None
        return clausal and (lemma == "be" or passive or syntax.tags[verb] == "VBG")

    def _is_definite(self, i: int) -> bool:
        """Tell "the Games": a noun with the article and nothing else before it."""
        syntax = self.syntax
        article = syntax.near(syntax.lowers, i - 1) in _ARTICLES and syntax.hangs_on(i - 1, i)
        if not article or syntax.pos[i] not in NOUN_POS or syntax.deps[i] in BEFORE_NOUNS:
            return False
        # What follows tells which one is meant: "the committee of the party".
        return not any(syntax.deps[c] in _ADDED and c > i for c in syntax.children[i])

    def _definite_noun(self, i: int) -> TokenMention | None:
        """Return the one name nearby that ends in a noun, or in what it may be called.

        "The Committee" is the Security Committee, "the Games" the Rio Olympics.
        """
        syntax = self.syntax
        first = syntax.sentences[max(0, syntax.sentence_of[i] - NOUN_SENTENCES_BACK)][0]
        before = (self.by_head.get(t) for t in range(first, i))
        word = syntax.lowers[i]
        same = self.lexicons.words.get(f"called:{word}", frozenset()) | {word}
        found = {m.key: m for m in before if m is not None and self._ends_in(m, same)}
        # Of two committees nobody knows which is meant.
        if len(found) != 1:
            return None
        (mention,) = found.values()
        return self._mention(i, i + 1, mention, score=NOUN_SCORE, kind="nominal")

    def _ends_in(self, mention: TokenMention, words: Collection[str]) -> bool:
        """Tell a name of several words whose last, marks aside, is one of some and no number."""
        if mention.kind in _NO_NAMES or mention.end - mention.start < 2:
            return False
        last = self.syntax.lowers[mention.last]
        # "the 2016" is nothing that "Rio 2016" is called.
        return not last.isdigit() and _MARKS.sub("", last) in words
