"""Find what "it", "she" and "the Games" refer to, or say nothing.

A wrong antecedent makes a false fact, so every rule asks for one clear candidate and
abstains otherwise. The rules, surest first: the subject of the clause that a
possessive or reflexive stands in; "X or its Y"; the subject of the clause before; a
definite noun that repeats the last word of a name ("the Committee"). Scores are the
shares of right antecedents among those that each rule finds in GUM's training part,
where a chain of pronouns multiplies them; below ``LEAST_SCORE`` nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.mentions import TokenMention
from kg.records import MentionKind

Found = tuple[TokenMention, float]
"""An antecedent and its score."""

PERSONAL = word_set("he she him her his hers himself herself")
IMPERSONAL = word_set("it its itself")
PLURAL = word_set("they them their theirs themselves")
POSSESSIVE = word_set("his her its their")
REFLEXIVE = word_set("himself herself itself themselves")

_THINGS = word_set(
    "Country Government Organization PoliticalParty Law Work Event Product Facility City Region"
)
_PEOPLE = word_set("Group Organization Government PoliticalParty")
FITTING: Mapping[str, frozenset[str]] = MappingProxyType(
    dict.fromkeys(PERSONAL, frozenset({"Person"}))
    | dict.fromkeys(IMPERSONAL, _THINGS)
    | dict.fromkeys(PLURAL, _PEOPLE)
)
"""The types of things that each pronoun may stand for."""
SAME_THING: Mapping[str, frozenset[str]] = MappingProxyType(
    {"games": word_set("olympics paralympics games")}
)
"""Last words of the names that a definite noun may mean, where it is not just the noun itself."""
_STAND_INS = word_set("it there this that which who")
"""Subjects that do not end the search for a clause's subject."""
_IMPERSONAL_VERBS = word_set("seem appear happen turn emerge rain snow take stand matter suffice")
_CLAUSAL = frozenset({"ccomp", "csubj", "xcomp", "advcl"})
_ADDED = frozenset({"prep", "relcl", "acl", "appos", "poss"})
NOUN_SENTENCES_BACK = 4
CLAUSE_SCORE, JOINED_SCORE, NOUN_SCORE = 0.84, 0.9, 0.78
SUBJECT_SCORE, RIVALLED_SCORE = 0.86, 0.72
"""The subject before, with nothing else near that fits, and with rivals."""
LEAST_SCORE = 0.5


def resolve(syntax: Syntax, mentions: Sequence[TokenMention]) -> list[TokenMention]:
    """Return a mention for each pronoun and definite noun with a clear antecedent."""
    resolver = _Resolver(syntax, list(mentions))
    return list(resolver.run())


class _Resolver:
    """Walks one document in reading order; what it resolves can itself be an antecedent."""

    def __init__(self, syntax: Syntax, mentions: list[TokenMention]) -> None:
        self.syntax = syntax
        self.by_head: dict[int, TokenMention] = {}
        for mention in sorted(mentions, key=lambda m: m.end - m.start):
            self.by_head[mention.head] = mention
        self.covered = {i for m in mentions for i in range(m.start, m.end)}
        self.sentence_of = [0] * len(syntax)
        for number, (first, last) in enumerate(syntax.sentences):
            self.sentence_of[first:last] = [number] * (last - first)

    def run(self) -> Iterator[TokenMention]:
        """Yield resolved mentions in reading order."""
        for i, word in enumerate(self.syntax.lowers):
            found = None
            if word in FITTING and i not in self.covered:
                found = self._pronoun(i, word)
            elif i not in self.covered and self._is_definite(i):
                found = self._definite_noun(i)
            if found:
                self.by_head[i] = found
                yield found

    def _pronoun(self, i: int, word: str) -> TokenMention | None:
        if word == "it" and self._is_expletive(i):
            return None
        fitting = FITTING[word]
        for rule in (
            self._joined_owner,
            self._clause_subject,
            self._subject_before,
        ):
            found = rule(i, word, fitting)
            if found is not None:
                antecedent, score = found
                sure = score * antecedent.score >= LEAST_SCORE
                return self._mention(i, i + 1, antecedent, score, "pronoun") if sure else None
        return None

    def _mention(
        self, start: int, end: int, antecedent: TokenMention, score: float, kind: MentionKind
    ) -> TokenMention:
        source = antecedent.antecedent or (antecedent.start, antecedent.end)
        return replace(
            antecedent, start=start, end=end, head=end - 1, kind=kind, label="",
            antecedent=source, score=round(score * antecedent.score, 3),
        )  # fmt: skip

    def _fits(self, i: int | None, fitting: frozenset[str]) -> TokenMention | None:
        mention = self.by_head.get(i) if i is not None else None
        if mention is None or mention.type not in fitting or mention.kind in {"demonym", "role"}:
            return None
        lone = mention.end - mention.start == 1 and mention.kind == "name"
        if (
            lone
            and mention.type == "Organization"
            and not self.syntax.words[mention.start].isupper()
        ):
            return None  # The pipeline takes many a surname for an organisation.
        return mention

    def _joined_owner(self, i: int, word: str, fitting: frozenset[str]) -> Found | None:
        """Return the noun that the possessed one is joined to: "the UK or its allies"."""
        if word not in POSSESSIVE:
            return None
        noun = self.syntax.heads[i]
        if self.syntax.deps[noun] != "conj":
            return None
        mention = self._fits(self.syntax.heads[noun], fitting)
        return (mention, JOINED_SCORE) if mention else None

    def _clause_subject(self, i: int, word: str, fitting: frozenset[str]) -> Found | None:
        """Return the subject of the nearest clause above that is not the pronoun itself."""
        syntax, below = self.syntax, i
        if word not in POSSESSIVE | REFLEXIVE:
            return None
        for head in syntax.ancestors(i):
            candidates = [s for s in syntax.all(head, SUBJECTS) if s != below and s < i]
            if syntax.deps[head] == "relcl":
                candidates.append(syntax.heads[head])
            for candidate in candidates:
                mention = self._fits(candidate, fitting)
                if mention:
                    return mention, CLAUSE_SCORE
                if self._ends_search(candidate):
                    return None
            below = head
        return None

    def _ends_search(self, candidate: int) -> bool:
        """Tell a subject that a possessive could mean, though we do not know what it is."""
        syntax = self.syntax
        if syntax.deps[candidate] not in SUBJECTS:
            return False
        return syntax.pos[candidate] != "PRON" or syntax.lowers[candidate] not in _STAND_INS

    def _subject_before(self, i: int, word: str, fitting: frozenset[str]) -> Found | None:
        """Return the main subject so far in this sentence, else of the sentence before."""
        syntax, number = self.syntax, self.sentence_of[i]
        if syntax.deps[i] not in SUBJECTS | {"poss"} or word in PLURAL:
            return None
        rivals = {m.key for m in self._near(i, fitting, 1)}
        for back in (0, 1) if syntax.deps[i] != "poss" else (1,):
            if number - back < 0:
                break
            first, last = syntax.sentences[number - back]
            subjects = [
                t for t in range(first, min(last, i))
                if syntax.deps[t] in SUBJECTS and (back == 0 or self._is_main(syntax.heads[t]))
            ]  # fmt: skip
            joined = [t for subject in subjects for t in syntax.conjuncts(subject) if t < i]
            fits = [m for m in (self._fits(t, fitting) for t in joined) if m]
            if len({m.key for m in fits}) == 1:
                return fits[-1], SUBJECT_SCORE if len(rivals) < 2 else RIVALLED_SCORE
            if subjects and back == 1:
                return None
            if fits:
                return None
        return None

    def _is_main(self, verb: int) -> bool:
        deps = self.syntax.deps
        while deps[verb] in {"ccomp", "conj"}:
            verb = self.syntax.heads[verb]
        return deps[verb] == "ROOT"

    def _near(self, i: int, fitting: frozenset[str], back: int) -> list[TokenMention]:
        first = self.syntax.sentences[max(0, self.sentence_of[i] - back)][0]
        found = (self._fits(t, fitting) for t in range(first, i))
        return [m for m in found if m]

    def _is_expletive(self, i: int) -> bool:
        """Tell the "it" of "it is clear that", "it seems", which stands for nothing."""
        syntax, verb = self.syntax, self.syntax.heads[i]
        if syntax.deps[i] == "expl":
            return True
        lemma = syntax.lemmas[verb]
        clausal = any(
            syntax.deps[c] in _CLAUSAL
            for head in (verb, *syntax.all(verb, {"acomp", "attr", "oprd"}))
            for c in syntax.children[head]
        )
        if lemma in _IMPERSONAL_VERBS:
            return True
        passive = syntax.child(verb, {"auxpass"}) is not None
        return clausal and (lemma == "be" or passive or syntax.tags[verb] == "VBG")

    def _is_definite(self, i: int) -> bool:
        """Tell "the Games": a noun with the article and nothing else before it."""
        syntax = self.syntax
        if (
            i == 0
            or syntax.pos[i] not in {"NOUN", "PROPN"}
            or syntax.lowers[i - 1] not in {"the", "this", "that"}
        ):
            return False
        if syntax.heads[i - 1] != i or syntax.deps[i] in {"compound", "nmod"}:
            return False
        return not any(syntax.deps[c] in _ADDED and c > i for c in syntax.children[i])

    def _definite_noun(self, i: int) -> TokenMention | None:
        syntax, word = self.syntax, self.syntax.lowers[i]
        same = SAME_THING.get(word, frozenset({word}))
        first = syntax.sentences[max(0, self.sentence_of[i] - NOUN_SENTENCES_BACK)][0]
        found: dict[tuple[str, ...], TokenMention] = {}
        for t in range(first, i):
            mention = self.by_head.get(t)
            if (
                mention is None
                or mention.kind in {"pronoun", "role", "demonym"}
                or mention.end - mention.start < 2
            ):
                continue
            if (
                re.sub(r"\W", "", syntax.lowers[mention.end - 1]) in same
                and not syntax.lowers[mention.end - 1].isdigit()
            ):
                found[mention.key] = mention
        if len(found) != 1:
            return None
        (mention,) = found.values()
        return self._mention(i, i + 1, mention, NOUN_SCORE, "nominal")
