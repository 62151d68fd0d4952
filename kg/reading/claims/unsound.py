"""Claims that the parse cannot bear out: better none than one that no reader would make.

The rules on clauses trust the parser. Where its tree shows that it erred, or that the words
which carry the sense are missing from the claim, the claim is dropped: the verb of a title,
a relation without a word in it, "was" without what it was, "as described", which says
nothing of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.lexicons import Lexicons
from kg.reading.claims.from_names import APPOSITION, DESCRIPTION, NAMED
from kg.reading.claims.no_sentences import is_titled
from kg.reading.claims.noun_phrases import NounPhrase
from kg.reading.claims.raw_claims import RawClaim
from kg.reading.grammar import COPULAS, FINITE_TAGS, PARTICLES, SUBJECTS, Syntax

_BESIDE_NAMES = frozenset({APPOSITION, NAMED, DESCRIPTION})
_NUMERAL = re.compile(r"[ivxlc]+|[a-z]")
_SHORTEST = 2
"""Letters of the longest word of a phrase that describes somebody."""
_HOW = frozenset({"how"})
_CLOSING, _OPENING = frozenset({'"', "”", "»"}), frozenset({"(", "["})
_COMPLETING = frozenset({"acomp", "oprd", "attr", "dobj", "prt"})
_AS_DEPS = frozenset({"mark", "prep", "advmod"})
_OWN_CLAUSE = SUBJECTS | {"aux", "auxpass"}


Faults = tuple[Callable[[RawClaim], bool], ...]


class Soundness:
    """Tells which claims of one parsed text its parse bears out."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        words = lexicons.words
        self.divisions = words["division"]
        self.reference_ends = words["reference_end"]
        self.keeping = words["keeping_verb"]
        always = (self._is_aside, self._asks)
        # A bare claim may be empty, one with an object misread: each is asked what can befall it.
        self.faults_if_bare: Faults = (*always, self._says_nothing)
        self.faults: Faults = (*always, self._is_misread, self._is_cut_short)

    def sound(self, found: list[RawClaim]) -> list[RawClaim]:
        """Return the claims that the parse bears out."""
        return [raw for raw in found if not self.is_unsound(raw)]

    def is_unsound(self, raw: RawClaim) -> bool:
        """Tell whether a claim is none that its sentence makes."""
        if raw.found_by in _BESIDE_NAMES:
            return self._is_reference(raw)
        return not raw.noun and self._is_unsound_verb(raw)

    def _is_unsound_verb(self, raw: RawClaim) -> bool:
        verb = raw.status_at
        # A tree may leave nothing that tells what is done: "had" alone, as an auxiliary of nothing.
        wordless = not raw.predicate or not any(map(str.isalpha, self.syntax.words[verb]))
        if wordless or is_titled(self.syntax, verb):
            return True
        for is_fault in self.faults_if_bare if raw.is_bare else self.faults:
            if is_fault(raw):
                return True
        return False

    # --- claims of verbs -------------------------------------------------------------

    def _says_nothing(self, raw: RawClaim) -> bool:
        """Tell "it was", and "we made" of "we made clear": what tells is left out."""
        syntax, verb = self.syntax, raw.status_at
        if syntax.lemmas[verb] in COPULAS and " " not in raw.lemma:
            return True
        left_out = syntax.all(verb, _COMPLETING)
        left_out += [c for c in syntax.all(verb, {"advmod"}) if self._is_phrasal(c, verb)]
        return not set(left_out).issubset(raw.predicate)

    def _is_phrasal(self, adverb: int, verb: int) -> bool:
        """Tell the "back" of "turned back"."""
        return adverb == verb + 1 and self.syntax.lowers[adverb] in PARTICLES

    def _is_aside(self, raw: RawClaim) -> bool:
        """Tell "as described in the annex", "(citing Z)": they say nothing of who is spoken of."""
        syntax, verb = self.syntax, raw.status_at
        if syntax.tags[verb] == "VBG":
            return syntax.near(syntax.words, verb - 1) == "("
        if syntax.tags[verb] != "VBN" or syntax.child(verb, _OWN_CLAUSE) is not None:
            return False
        return any(c < verb and syntax.lowers[c] == "as" for c in syntax.all(verb, _AS_DEPS))

    def _asks(self, raw: RawClaim) -> bool:
        """Tell "which firm sold it", "knew how far it was"."""
        tokens = (t for phrase in raw.phrases for t in phrase.tokens)
        if any(map(self._is_asking_determiner, tokens)):
            return True
        others = [t for t in raw.predicate if t != raw.status_at]
        return any(self.syntax.has_child(t, _HOW, {"advmod"}) for t in others)

    def _is_asking_determiner(self, i: int) -> bool:
        """Tell the "which" of "which firm"."""
        return self.syntax.tags[i] == "WDT" and self.syntax.deps[i] == "det"

    def _is_misread(self, raw: RawClaim) -> bool:
        """Tell an object that is no object: "the day he left", "spent half | half"."""
        syntax, first = self.syntax, raw.predicate[0]
        if raw.object is None:
            return False
        if syntax.lowers[first] == "for" and first < raw.subject.tokens[0]:
            return True  # "For all the talk, …", "Unfortunately for Z, …"
        noun, verb = raw.object.head, raw.status_at
        gap = syntax.deps[verb] == "relcl" and syntax.heads[verb] == noun
        if gap and syntax.is_time(noun):
            return True
        return not set(raw.predicate).isdisjoint(raw.object.tokens)

    def _is_cut_short(self, raw: RawClaim) -> bool:
        """Tell "tax prevents trade" of "from growing", and a reply's "Ho yourself"."""
        if " " not in raw.lemma and self._lemma(raw.status_at) in self.keeping:
            return self._keeps_from_doing(raw)
        return self._crosses_quotation(raw)

    def _lemma(self, verb: int) -> str:
        return self.syntax.lemmas[verb].lower()

    def _keeps_from_doing(self, raw: RawClaim) -> bool:
        """Tell "tax prevents trade" of "tax prevents trade from growing"."""
        syntax = self.syntax
        hosts = [raw.status_at, raw.object.head] if raw.object else [raw.status_at]
        prepositions = [p for host in hosts for p in syntax.all(host, {"prep"})]
        return any(syntax.child(p, {"pcomp"}) is not None for p in prepositions)

    def _crosses_quotation(self, raw: RawClaim) -> bool:
        """Tell a verb and the subject of the words quoted before it: a reply's "Ho yourself"."""
        verb = raw.status_at
        between = self.syntax.words[raw.subject.tokens[-1] + 1 : verb]
        return not _CLOSING.isdisjoint(between) and raw.subject.head < verb == raw.predicate[0]

    # --- what stands beside a name ---------------------------------------------------

    def _is_reference(self, raw: RawClaim) -> bool:
        """Tell "Section III, infra", "Part (g)", "Senator Okoro (D)", "6/23/17 Letter, Counsel"."""
        if any(self._is_numbered(phrase.tokens) for phrase in raw.phrases):
            return True
        if raw.object is None:
            return False
        return self._describes_nobody(raw.object) or self._goes_on(raw.object, raw.found_by)

    def _describes_nobody(self, phrase: NounPhrase) -> bool:
        """Tell "infra", "when", "whose ships" and "(D)"."""
        syntax, tokens = self.syntax, phrase.tokens
        if syntax.lowers[tokens[-1]].strip(".") in self.reference_ends:
            return True
        if syntax.tags[phrase.head] == "WRB" or any(syntax.tags[t] == "WP$" for t in tokens):
            return True
        return self._is_bare_in_brackets(tokens)

    def _goes_on(self, phrase: NounPhrase, rule: str) -> bool:
        """Tell "from Lima, the envoy met": no comma closes it, so it is the verb's subject."""
        if rule != APPOSITION:
            return False
        after = max(self.syntax.subtree(phrase.head)) + 1
        return self.syntax.near(self.syntax.tags, after) in FINITE_TAGS

    def _is_numbered(self, tokens: tuple[int, ...]) -> bool:
        """Tell what only points somewhere: a letter, a number, "Section III", a day with a slash."""
        words = [self.syntax.lowers[t].strip(".") for t in tokens]
        if max(map(len, words)) < _SHORTEST or not any(map(str.isalpha, "".join(words))):
            return True
        return self._is_division(words) or any(map(_is_slashed, words))

    def _is_division(self, words: list[str]) -> bool:
        """Tell "section iii", "part ( g )"."""
        if words[0] not in self.divisions:
            return False
        return all(not word.isalpha() or _NUMERAL.fullmatch(word) for word in words[1:])

    def _is_bare_in_brackets(self, tokens: tuple[int, ...]) -> bool:
        """Tell "(present)", "(Labour)", "(R-Fla.)": one word, which says what nobody is.

        Capitals alone are another name: "(WHO)".
        """
        syntax, first, last = self.syntax, tokens[0], tokens[-1]
        if syntax.near(syntax.words, first - 1) not in _OPENING:
            return False
        if first == last:
            return not (syntax.words[first].isupper() and syntax.words[first].isalpha())
        return all(map(syntax.is_glued, range(first + 1, last + 1)))


def _is_slashed(word: str) -> bool:
    """Tell "6/23/17"."""
    return "/" in word and any(map(str.isdigit, word))
