"""A document agrees with itself: one name has one type, wherever it stands.

Every occurrence votes for its type, as strongly as its source is sure; a person's full name
votes for the surname, a role for the name after it, a fixture for a team. What nothing
proposed, but stands in the same words as a name found elsewhere, is a name as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.lexicons import Lexicons
from kg.plain_names import without_legal_form
from kg.reading.grammar import Syntax
from kg.reading.names.name import Name
from kg.reading.names.name_types import types_told
from kg.reading.names.settling import STRENGTH

# In the measure of STRENGTH: a role outweighs a guess of the model, a full name or a fixture two.
ROLE_VOTE, SURNAME_VOTE, FIXTURE_VOTE = 4.0, 6.0, 6.0
VERSUS = frozenset({"vs", "vs."})
SCORE = re.compile(r"\d{1,2}[-–:]\d{1,2}$")
SCORE_WORDS = 3
"""Tokens of a score that is parted: "0 - 0"."""
SHORTEST_SPREAD = 4
"""Letters of a lone word that is taken for a name found elsewhere."""
WORDS_WEIGH, WORD_WEIGHS = 0.6, 0.4
"""How much the words of a long name, and a lone word, tell of its type beside all that the document
says; tuned on the tuned half of CrossNER's dev part and the judged training texts."""
OFFICE = 0.5
"""Probability from which the words of an organisation's name make it an office of a state."""
NO_TYPE = ""
PERSON_WEIGHS, LIKE_A_PERSON = 1.0, 0.95
LIKE_PEOPLE = frozenset({"Organization", "City"})
"""What the encoder takes people of little-known languages for, and how much words tell then."""
_GUESSED = frozenset({"spacy", "model"})
"""Sources that may be wrong about a type."""

Votes = dict[str, dict[str, float]]
"""Name -> type -> how strongly the document says so."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Makes the names of one parsed text agree with each other."""

    syntax: Syntax
    lexicons: Lexicons

    def of(self, names: Sequence[Name]) -> list[Name]:
        """Give every occurrence of a name the type that the document gives it most."""
        votes: Votes = defaultdict(lambda: defaultdict(float))
        for name in names:
            if name.kind != "demonym":
                votes[self._text(name)][name.type] += STRENGTH[name.source] * name.score
                # What the probability leaves, no type has.
                votes[self._text(name)][NO_TYPE] += STRENGTH[name.source] * (1 - name.score)
        self._surnames_vote(names, votes)
        self._firms_vote(names, votes)
        self._roles_vote(names, votes)
        self._fixtures_vote(names, votes)
        agreed = [self._agreed(name, votes) for name in names]
        return agreed + list(self._spread(agreed, votes))

    def _text(self, name: Name) -> str:
        return self.syntax.text(*name.tokens)

    def _agreed(self, name: Name, votes: Votes) -> Name:
        if name.kind == "demonym" or name.source not in _GUESSED:
            return name
        return replace(name, type=self._winner(name, votes[self._text(name)]))

    def _winner(self, name: Name, votes: Mapping[str, float]) -> str:
        """Return the type that the document and the words of the name themselves tell together."""
        told = types_told(self._text(name))
        weight = WORDS_WEIGH if name.size > 1 else WORD_WEIGHS
        if name.size > 1 and name.type in LIKE_PEOPLE and told["Person"] > LIKE_A_PERSON:
            weight = PERSON_WEIGHS
        all_votes = sum(votes.values())
        scores = {
            kind: votes.get(kind, 0.0) / all_votes + weight * told.get(kind, 0.0)
            for kind in sorted({*votes, *told} - {NO_TYPE})
        }
        best = max(scores, key=lambda kind: scores[kind])
        # The encoder was taught by sets that call every office an organisation.
        office = best == "Organization" and told["Government"] > OFFICE
        return "Government" if office else best

    # --- who votes -----------------------------------------------------------------------

    def _surnames_vote(self, names: Sequence[Name], votes: Votes) -> None:
        """Let a single word that ends a person's full name be that person."""
        for name in names:
            if name.type == "Person" and name.size > 1:
                surname = self.syntax.words[name.last]
                # A place that the text names by itself stays one, whoever bears its name.
                if surname not in votes or surname not in self.lexicons.places:
                    votes[surname]["Person"] += SURNAME_VOTE

    def _firms_vote(self, names: Sequence[Name], votes: Votes) -> None:
        """Let the first words of a firm's full name be that firm: "Burroughs" of "Burroughs Corp."."""
        for name in names:
            short = without_legal_form(self._text(name))
            if name.type == "Organization" and short != self._text(name) and short in votes:
                votes[short]["Organization"] += SURNAME_VOTE

    def _roles_vote(self, names: Sequence[Name], votes: Votes) -> None:
        """Let a name with a role before it or "as …" after it be a person's: "Senator Z"."""
        roles = self.lexicons.words["title"] | self.lexicons.words["role"]
        for name in names:
            if self._may_be_person(name, roles) and self._is_beside_role(name, roles):
                votes[self._text(name)]["Person"] += ROLE_VOTE

    def _may_be_person(self, name: Name, roles: frozenset[str]) -> bool:
        """Tell a guess of one or two words that ends in no role and no "Committee"."""
        last = self.syntax.lowers[name.last]
        guess = name.source in _GUESSED and name.size <= 2
        return guess and last not in self.lexicons.heads and last not in roles

    def _is_beside_role(self, name: Name, roles: frozenset[str]) -> bool:
        near, lowers = self.syntax.near, self.syntax.lowers
        after = near(lowers, name.end) == "as" and near(lowers, name.end + 1) in roles
        return after or near(lowers, name.start - 1) in roles

    def _fixtures_vote(self, names: Sequence[Name], votes: Votes) -> None:
        """Let a town that plays another be its team: "Bremen vs. Cologne", "Mainz 0-0 Stuttgart"."""
        for name in names:
            if name.type == "City" and self._is_in_fixture(name):
                votes[self._text(name)]["Organization"] += FIXTURE_VOTE

    def _is_in_fixture(self, name: Name) -> bool:
        lowers = self.syntax.lowers
        before = lowers[max(0, name.start - SCORE_WORDS) : name.start]
        after = lowers[name.end : name.end + SCORE_WORDS]
        beside = {*before[-1:], *after[:1], "".join(before), "".join(after)}
        return any(word in VERSUS or SCORE.match(word) for word in beside)

    # --- what nothing proposed -------------------------------------------------------------

    def _spread(self, names: Sequence[Name], votes: Votes) -> Iterator[Name]:
        """Yield occurrences, which nothing proposed, of names found elsewhere in the document."""
        taken = {i for n in names for i in range(n.start, n.end)}
        known = self._known_names(names)
        for i, word in enumerate(self.syntax.words):
            end = self._end_of_known(i, known[word], taken) if word in known else None
            if end and (counts := votes.get(self.syntax.text(i, end))):
                yield Name(i, end, _most(counts), source="spread")
                taken.update(range(i, end))

    def _known_names(self, names: Sequence[Name]) -> dict[str, list[Words]]:
        """Return first word -> the names that begin with it, longest first."""
        known: dict[str, set[Words]] = defaultdict(set)
        for name in names:
            words = tuple(self.syntax.words[name.start : name.end])
            if _is_telling(name, words):
                known[words[0]].add(words)
                if name.type == "Person" and _is_full_name(words):
                    known[words[-1]].add(words[-1:])
        return {first: sorted(found, key=lambda w: (-len(w), w)) for first, found in known.items()}

    def _end_of_known(self, i: int, names: Sequence[Words], taken: set[int]) -> int | None:
        """Return where the longest known name that stands free at ``i`` ends."""
        # "May" and "Reading" are names only where the tagger takes them for one.
        if i in taken or not self.syntax.tags[i].startswith("NNP"):
            return None
        for words in names:
            end = i + len(words)
            if tuple(self.syntax.words[i:end]) == words and not taken.intersection(range(i, end)):
                return end
        return None


def _is_telling(name: Name, words: Words) -> bool:
    """Tell a name whose words mean the same elsewhere: several, or one that is no "Ali"."""
    if name.kind != "name" or name.type == "Group" or not words[0][0].isupper():
        return False
    return len(words) > 1 or len(words[0]) >= SHORTEST_SPREAD


def _is_full_name(words: Words) -> bool:
    """Tell a first name and a surname that may stand alone: "Ada Okoro", not "Ada Li"."""
    capitals = all(word[0].isupper() for word in words)
    return capitals and 1 < len(words) < 4 and len(words[-1]) >= SHORTEST_SPREAD


def _most(votes: Mapping[str, float]) -> str:
    """Return the type with most votes, the first by name where two have as many."""
    return max(sorted({*votes} - {NO_TYPE}), key=lambda kind: votes[kind])
