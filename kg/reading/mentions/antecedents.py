"""Weigh what a pronoun may stand for: a trained scorer over the noun phrases before it.

Every noun phrase before it in the sentence, of the three sentences before, and the subject that
an opening phrase leads to ("In his youth, Bach …") is a candidate, named or not,
if number and kind allow; "nothing here" is one more. Each has features (how far back,
subject or object, name or pronoun, what kind of thing, what a person of that first name is
usually called …), each feature a weight learned from the chains of GUM and LitBank and
GAP's snippets (models/coreference), and the odds of a candidate are its
share of all. So a man who was just mentioned is a rival of the minister named earlier,
and where several are as good the scorer says so by a low probability.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.grammar import CLAUSAL, NOUN_POS, RELATIVE_TAGS, SUBJECTS, Syntax, word_set
from kg.reading.mentions.groups import TokenMention
from kg.settings import models_folder
from kg.vocabulary import BODIES, HUMAN, LOCATIONS, MADE

PRONOUNS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("he", "him", "his", "himself"), "he")
    | dict.fromkeys(("she", "her", "hers", "herself"), "she")
    | dict.fromkeys(("it", "its", "itself"), "it")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they")
)
"""Pronoun -> its class."""
POSSESSIVE = word_set("his her its their")
REFLEXIVE = word_set("himself herself itself themselves")
SENTENCES_BACK = 3
MOST_CANDIDATES = 20
_HEAD_LESS = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod", "quantmod", "advmod"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"})


@dataclass(slots=True)
class Candidate:
    """A noun phrase that a pronoun may stand for: its head token and what it is."""

    head: int
    kind: str
    """Our type, or "person", "group", "thing" of a common noun, or a pronoun's class."""
    form: str
    """name, noun or pronoun."""
    chain: int
    """Head of the first mention of the same thing."""
    size: int
    gender: str = ""


@dataclass(slots=True)
class Antecedents:
    """Walks one text; decisions made feed those that follow."""

    syntax: Syntax
    lexicons: Lexicons
    by_head: Mapping[int, TokenMention]
    weights: Mapping[str, float]
    candidates: dict[int, list[Candidate]] = field(default_factory=dict)
    first_of: dict[tuple[str, ...], int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    genders: dict[int, str] = field(default_factory=dict)
    given: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        syntax: Syntax,
        lexicons: Lexicons,
        mentions: Iterable[TokenMention],
        weights: Mapping[str, float],
    ) -> Antecedents:
        """Prepare for a text, whose names are known."""
        by_head: dict[int, TokenMention] = {}
        # Of names with one head the longest is written last, and stays.
        for mention in sorted(mentions, key=lambda m: m.end - m.start):
            by_head[mention.head] = mention
        return cls(syntax, lexicons, by_head, weights)

    def add(self, i: int, *, resolved: TokenMention | None = None) -> None:
        """Take the noun phrase at a token, if there is one, as a candidate for what follows.

        ``resolved`` is the mention that a definite noun was found to be.
        """
        mention = resolved or self.by_head.get(i)
        candidate = self._candidate(i, mention)
        if candidate is not None:
            if mention is not None:
                self.first_of.setdefault(mention.key, i)
            self._enter(candidate)

    def _candidate(self, i: int, mention: TokenMention | None) -> Candidate | None:
        """Return the noun phrase at a token as a candidate, if there is one."""
        if mention is not None:
            return self._named_candidate(i, mention) if mention.kind in _NAMING else None
        return (
            self._as_candidate(i, self._kind_of_noun(i), "noun", i) if self._is_phrase(i) else None
        )

    def _named_candidate(self, i: int, mention: TokenMention) -> Candidate:
        """Return a mention as a candidate, of the chain of the first mention of its thing."""
        chain = self.first_of.get(mention.key, i)
        if mention.type == "Person":
            self.given[chain] = self._usual_pronoun(mention.key)
        form = "name" if mention.kind in {"name", "acronym"} else "noun"
        return self._as_candidate(i, mention.type, form, chain)

    def _as_candidate(self, i: int, kind: str, form: str, chain: int) -> Candidate:
        return Candidate(i, kind, form, chain, self.sizes.get(chain, 0), self._gender(i))

    def _is_phrase(self, i: int) -> bool:
        """Tell a noun that others hang on, not one that modifies: "[state] visit"."""
        return self.syntax.pos[i] in NOUN_POS and self.syntax.deps[i] not in _HEAD_LESS

    def _usual_pronoun(self, key: tuple[str, ...]) -> str:
        """Return "he" or "she" where nearly all who bear a person's first name go by it."""
        words = key[-1].split()
        return self.lexicons.given.get(words[0], "unknown") if len(words) > 1 else "unknown"

    def link(self, i: int, candidate: Candidate) -> None:
        """Let the pronoun at a token stand for a candidate."""
        gender = PRONOUNS[self.syntax.lowers[i]]
        if gender in {"he", "she"}:
            self.genders[candidate.chain] = gender
        self._enter(Candidate(i, candidate.kind, "pronoun", candidate.chain, 1, gender))

    def _enter(self, candidate: Candidate) -> None:
        size = self.sizes.get(candidate.chain, 0) + 1
        self.sizes[candidate.chain] = candidate.size = size
        if candidate.gender in {"he", "she"}:
            self.genders.setdefault(candidate.chain, candidate.gender)
        number = self.syntax.sentence_of[candidate.head]
        self.candidates.setdefault(number, []).append(candidate)

    def _kind_of_noun(self, i: int) -> str:
        living = self.lexicons.living.get(self.syntax.lemmas[i].lower(), "thing")
        return f"{living}s" if self.syntax.tags[i] in {"NNS", "NNPS"} else living

    def _gender(self, i: int) -> str:
        syntax = self.syntax
        words = [syntax.lowers[i], *(syntax.lowers[c].strip(".") for c in syntax.children[i])]
        men, women = self.lexicons.words["man"], self.lexicons.words["woman"]
        told = next((w for w in words if w in men or w in women), "")
        return told and ("he" if told in men else "she")

    def fitting(self, i: int) -> list[Candidate]:
        """Return the candidates for the pronoun at a token, the nearest first, one a thing."""
        number, kind = self.syntax.sentence_of[i], PRONOUNS[self.syntax.lowers[i]]
        found: dict[int, Candidate] = {}
        ahead = self._subject_ahead(i)
        if ahead is not None and self._may_be(ahead, kind):
            found[ahead.chain] = ahead
        for back in range(number, max(-1, number - SENTENCES_BACK - 1), -1):
            for candidate in reversed(self.candidates.get(back, [])):
                if candidate.chain not in found and self._may_be(candidate, kind):
                    found[candidate.chain] = candidate
                    if len(found) == MOST_CANDIDATES:
                        return list(found.values())
        return list(found.values())

    def _subject_ahead(self, i: int) -> Candidate | None:
        """Return the subject that what opens a sentence leads to: "In his youth, Bach …"."""
        syntax = self.syntax
        for verb in syntax.ancestors(i):
            subject = syntax.child(verb, SUBJECTS)
            if subject is not None and subject > i:
                return self._candidate(subject, self.by_head.get(subject))
            if subject is not None:
                return None
        return None

    def _may_be(self, candidate: Candidate, kind: str) -> bool:
        if candidate.form == "pronoun" and candidate.gender != kind:
            # "They" may go on from any other: a firm is "it" here and "they" there.
            return kind == "they" or self.genders.get(candidate.chain, kind) == kind
        if kind in {"he", "she"}:
            known = self.genders.get(candidate.chain, kind)
            return candidate.kind in _HUMAN and known == kind
        if kind == "it":
            return candidate.kind not in _NOT_IT
        return candidate.kind not in _NOT_THEY

    def odds(self, i: int) -> tuple[Candidate | None, float]:
        """Return the likeliest candidate for a pronoun and its probability; None is nothing."""
        found = self.fitting(i)
        scores = [self._sum(self.features_of_none(i, found))]
        scores += [self._sum(self.features(i, c, n)) for n, c in enumerate(found)]
        # Less the highest score, no sum is too large for exp().
        top = max(scores)
        total = sum(math.exp(s - top) for s in scores)
        best = max(range(len(scores)), key=lambda n: (scores[n], -n))
        return (found[best - 1] if best else None), math.exp(scores[best] - top) / total

    def _sum(self, features: Iterator[str]) -> float:
        return sum(self.weights.get(f, 0.0) for f in features)

    def features_of_none(self, i: int, found: Sequence[Candidate]) -> Iterator[str]:
        """Yield what speaks for and against the pronoun having no antecedent here."""
        syntax = self.syntax
        kind = PRONOUNS[syntax.lowers[i]]
        # The names of features are those that the weights were trained with.
        yield f"none {kind}"
        yield f"none {kind} of {min(len(found), 4)}"
        yield f"none {kind} {syntax.deps[i]}"
        if kind == "it":
            verb = syntax.heads[i]
            if any(syntax.deps[c] in CLAUSAL for c in syntax.children[verb]):
                yield "none it clausal"
            empty = syntax.lemmas[verb] in self.lexicons.words["empty_verb"]
            yield f"none it {syntax.lemmas[verb] if empty else 'other'}"

    def features(self, i: int, candidate: Candidate, rank: int) -> Iterator[str]:
        """Yield what speaks for and against a candidate."""
        syntax, word = self.syntax, self.syntax.lowers[i]
        kind, head = PRONOUNS[word], candidate.head
        role, own = _role(syntax, head), _role(syntax, i)
        back = self.syntax.sentence_of[i] - self.syntax.sentence_of[head]
        sort = _sort(candidate.kind)
        yield f"{kind} is {sort}"
        yield f"{kind} as {own} is {sort}"
        yield f"{kind} is {candidate.form}"
        if candidate.chain in self.given:
            yield f"{kind} is usually {self.given[candidate.chain]}"
        yield f"{kind} back {back}"
        yield f"rank {min(rank, 5)}"
        yield f"rank {min(rank, 5)} back {min(back, 2)}"
        yield f"role {role}"
        yield f"role {role} for {own} back {min(back, 1)}"
        yield f"form {candidate.form} back {back}"
        yield f"size {min(candidate.size, 4)}"
        yield f"{candidate.form} size {min(candidate.size, 3)}"
        if role == "subject" and self._is_main(head):
            yield f"main subject back {min(back, 2)}"
        if candidate.form == "noun":
            yield f"definite {kind} {self._article(head)}"
        if back == 0:
            yield from self._in_sentence(i, head, word)
        if self._is_joined(i, head):
            yield "joined"

    def _is_joined(self, i: int, head: int) -> bool:
        """Tell "the minister and his", whose two cannot be one."""
        syntax = self.syntax
        joint = syntax.near(syntax.lowers, i - 1) in {"and", "or"}
        return head < i and joint and syntax.hangs_on(i, head)

    def _in_sentence(self, i: int, head: int, word: str) -> Iterator[str]:
        syntax = self.syntax
        verb, above = syntax.heads[i], set(syntax.ancestors(i))
        mode = self._mode(i, word)
        if head > i:
            yield f"{mode} ahead"
        if head in above:
            yield f"{mode} inside its own phrase"
            yield f"{mode} inside {'who' if self._is_whose_clause(head, above) else 'phrase'}"
        if syntax.heads[head] == verb:
            yield f"{mode} beside {_role(syntax, head)}"
        elif syntax.heads[head] in above:
            yield f"{mode} above {_role(syntax, head)}"
        else:
            yield f"{mode} elsewhere"
        level = self._clauses_up(i, head)
        if level is not None:
            yield f"{mode} subject {min(level, 3)} up"

    def _mode(self, i: int, word: str) -> str:
        """Tell "himself" and "his" from "him"."""
        if word in REFLEXIVE:
            return "reflexive"
        owns = word in POSSESSIVE and self.syntax.deps[i] == "poss"
        return "possessive" if owns else "plain"

    def _is_whose_clause(self, head: int, above: set[int]) -> bool:
        """Tell "Murnau, who …": the noun that a clause around the pronoun has as its subject."""
        syntax = self.syntax
        clauses = [c for c in syntax.all(head, {"relcl"}) if c in above]
        subjects = [syntax.child(c, SUBJECTS) for c in clauses]
        return any(s is not None and syntax.tags[s] in RELATIVE_TAGS for s in subjects)

    def _clauses_up(self, i: int, head: int) -> int | None:
        """Return how many clauses above the pronoun's own a subject belongs to."""
        syntax, level = self.syntax, 0
        if _role(syntax, head) != "subject":
            return None
        for verb in syntax.ancestors(i):
            if syntax.heads[head] == verb:
                return level
            if syntax.deps[verb] in _CLAUSES:
                level += 1
        return None

    def _is_main(self, i: int) -> bool:
        verb = self.syntax.heads[i]
        while self.syntax.deps[verb] in {"ccomp", "conj"}:
            verb = self.syntax.heads[verb]
        return self.syntax.deps[verb] == "ROOT"

    def _article(self, head: int) -> str:
        lowers = {self.syntax.lowers[c] for c in self.syntax.children[head] if c < head}
        if lowers & {"the", "this", "that", "these", "those"}:
            return "the"
        return "a" if lowers & {"a", "an", "some"} else "bare"


_NAMING = frozenset({"name", "acronym", "nominal", "role"})
"""Kinds of mention that are noun phrases of their own."""
_HUMAN = HUMAN | {"person", "he", "she"}
_NOT_IT = HUMAN | {"person", "persons", "groups", "things"}
# A firm or a police force may be "they"; a town or a treaty is not.
_NOT_THEY = frozenset({"City", "Country", "Event", "Work", "Law"})


def _sort(kind: str) -> str:
    """Return what types have in common as subjects and owners; people stand for themselves."""
    if kind in BODIES or kind == "Country":
        return "body"
    if kind in LOCATIONS:
        return "place"
    return "made" if kind in MADE else kind


def _role(syntax: Syntax, i: int) -> str:
    dep = syntax.deps[i]
    while dep == "conj":
        i = syntax.heads[i]
        dep = syntax.deps[i]
    if dep in SUBJECTS:
        return "subject"
    return dep if dep in {"dobj", "pobj", "poss", "appos", "attr", "ROOT"} else "other"


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weights that ship with kg."""
    path = models_folder() / "coreference" / "antecedents.json"
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))
