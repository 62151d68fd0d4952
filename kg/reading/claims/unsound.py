"""Claims that the parse cannot bear out: better none than one that no reader would make.

The rules on clauses trust the parser. Where its tree shows that it erred, or that the words
which carry the sense are missing from the claim, the claim is dropped: the verb of a title,
a relation without a word in it, "was" without what it was, "as described", which says
nothing of the subject.
"""

from __future__ import annotations

import re

from kg.reading.claims.from_verbs import RawClaim
from kg.reading.claims.no_sentences import is_titled
from kg.reading.grammar import FINITE_TAGS, SUBJECTS, Syntax, word_set

_BESIDE_NAMES = frozenset({"noun: apposition", "noun: named", "noun: description"})
_DIVISIONS = word_set(
    "section part volume chapter article question title page figure table appendix exhibit annex "
    "paragraph clause cl no nos number doc email letter memorandum transcript"
)
"""What a reference numbers: "Section III, infra", "Question I, Part (g)"."""
_ABBREVIATED = word_set("jr sr esq ret infra supra ibid passim et al attachment attachments")
_NUMERAL = re.compile(r"[ivxlc]+|[a-z]")
_SHORTEST = 2
"""Letters of the longest word of a phrase that describes somebody."""
_LINKING = word_set("be become seem remain")
_TALKING, _FILLING = word_set("you i"), word_set("know see mean guess think suppose")
"""What fills pauses: "you know", "I mean"."""
_KEEPING = word_set("prevent stop keep deter discourage dissuade hinder")
_CLOSING = frozenset({'"', "”", "»"})
_PHRASAL = word_set("back away off out up down aside apart together forward over through")
"""Adverbs without which a short verb means something else: "stays away from"."""


def is_unsound(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell whether a claim is none that its sentence makes."""
    if raw.found_by in _BESIDE_NAMES:
        return _is_reference(raw, syntax)
    if raw.noun:
        return False
    verb = raw.status_at
    return (
        is_titled(syntax, verb)
        or not any(map(str.isalpha, syntax.words[verb]))
        or _says_nothing(raw, syntax)
        or _is_aside(raw, syntax)
        or _is_misread(raw, syntax)
        or _hangs_too_near(raw, syntax)
        or _is_fragment(raw, syntax)
    )


def _says_nothing(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "it was", and "we made" of "we made clear": what tells is left out."""
    if raw.object is not None or raw.arguments:
        return False
    verb, said = raw.status_at, set(raw.predicate)
    if syntax.lemmas[verb] in _LINKING and len(raw.lemma.split()) == 1:
        return True
    left_out = syntax.all(verb, {"acomp", "oprd", "attr", "dobj", "prt"})
    left_out += [
        c for c in syntax.all(verb, {"advmod"})
        if c == verb + 1 and syntax.lowers[c] in _PHRASAL
    ]  # fmt: skip
    return any(c not in said for c in left_out)


def _is_misread(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell an object that is no object: "the day he left", "which firm sold it", "spent half | half"."""
    phrases = [phrase for phrase in (raw.subject, raw.object) if phrase is not None]
    asking = [t for phrase in phrases for t in phrase.tokens if syntax.tags[t] == "WDT"]
    if any(syntax.deps[t] == "det" for t in asking):
        return True
    if any(syntax.has_child(t, {"how"}, {"advmod"}) for t in raw.predicate if t != raw.status_at):
        return True
    if raw.object is None:
        return False
    first = raw.predicate[0]
    if syntax.lowers[first] == "for" and first < raw.subject.tokens[0]:
        return True  # "For all the talk, …", "Unfortunately for Z, …"
    gap = syntax.deps[raw.status_at] == "relcl" and syntax.heads[raw.status_at] == raw.object.head
    return (gap and syntax.is_time(raw.object.head)) or not set(raw.predicate).isdisjoint(
        raw.object.tokens
    )


def _hangs_too_near(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "met the envoy in the hall, smiling", which the parser hangs on the hall."""
    verb = raw.status_at
    behind = syntax.near(syntax.words, verb - 1) == "," and syntax.tags[verb] == "VBG"
    return behind and syntax.deps[verb] == "acl" and syntax.deps[syntax.heads[verb]] == "pobj"


def _is_fragment(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "you know", "the EU has", "tax prevents trade" of "from growing", a reply's "Ho yourself"."""
    verb, lemma = raw.status_at, syntax.lemmas[raw.status_at].lower()
    if raw.object is None and not raw.arguments:
        filling = syntax.lowers[raw.subject.head] in _TALKING and syntax.tags[verb] == "VBP"
        return lemma == "have" or (filling and lemma in _FILLING)
    if lemma in _KEEPING and len(raw.lemma.split()) == 1:
        hosts = [verb, raw.object.head] if raw.object else [verb]
        prepositions = [p for host in hosts for p in syntax.all(host, {"prep"})]
        return any(syntax.child(p, {"pcomp"}) is not None for p in prepositions)
    between = syntax.words[raw.subject.tokens[-1] + 1 : verb]
    return bool(_CLOSING.intersection(between)) and raw.subject.head < verb == raw.predicate[0]


def _is_aside(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "as described in the annex", "(citing Z)": they say nothing of who is spoken of."""
    verb = raw.status_at
    if syntax.tags[verb] == "VBG" and syntax.near(syntax.words, verb - 1) == "(":
        return True
    if syntax.tags[verb] != "VBN" or syntax.child(verb, {*SUBJECTS, "aux", "auxpass"}) is not None:
        return False
    return any(
        c < verb and syntax.lowers[c] == "as" for c in syntax.all(verb, {"mark", "prep", "advmod"})
    )


def _is_reference(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "Section III, infra", "Part (g)", "Senator Okoro (D)", "6/23/17 Letter, Counsel"."""
    phrases = [phrase.tokens for phrase in (raw.subject, raw.object) if phrase is not None]
    if any(_is_numbered(tokens, syntax) for tokens in phrases):
        return True
    if raw.object is None:
        return False
    if _is_far_or_list(raw.subject.head, raw.object.head, syntax) or _goes_on(raw, syntax):
        return True
    said = [syntax.lowers[t].strip(".") for t in raw.object.tokens]
    if said[-1] in _ABBREVIATED or syntax.tags[raw.object.head] == "WRB":
        return True
    owned = any(syntax.tags[t] == "WP$" for t in raw.object.tokens)
    return owned or _is_bare_in_brackets(raw.object.tokens, syntax)


def _is_far_or_list(noun: int, other: int, syntax: Syntax) -> bool:
    """Tell what stands beyond a verb, and the first of "the police, and our partners"."""
    between = range(min(noun, other) + 1, max(noun, other))
    if any(syntax.tags[i] in FINITE_TAGS for i in between):
        return True
    joined = syntax.child(other, {"conj"})
    comma = joined is not None and any(
        syntax.words[i] == "," and syntax.near(syntax.deps, i + 1) == "cc" for i in range(other, joined)
    )
    return comma and syntax.pos[other] == "PROPN"


def _goes_on(raw: RawClaim, syntax: Syntax) -> bool:
    """Tell "from Lima, the envoy met": no comma closes it, so it is the verb's subject."""
    if raw.found_by != "noun: apposition" or raw.object is None:
        return False
    after = max(syntax.subtree(raw.object.head)) + 1
    return after < len(syntax) and syntax.tags[after] in FINITE_TAGS


def _is_numbered(tokens: tuple[int, ...], syntax: Syntax) -> bool:
    """Tell what only points somewhere: a letter, a number, "Section III", a day with a slash."""
    words = [syntax.lowers[t].strip(".") for t in tokens]
    if max(map(len, words)) < _SHORTEST or not any(c.isalpha() for c in "".join(words)):
        return True
    if words[0] in _DIVISIONS and all(not w.isalpha() or _NUMERAL.fullmatch(w) for w in words[1:]):
        return True
    return any("/" in word and any(c.isdigit() for c in word) for word in words)


def _is_bare_in_brackets(tokens: tuple[int, ...], syntax: Syntax) -> bool:
    """Tell "(present)", "(Labour)", "(R-Fla.)": one word, which says what nobody is.

    Capitals alone are another name: "(WHO)".
    """
    first, last = tokens[0], tokens[-1]
    opened = syntax.near(syntax.words, first - 1) in {"(", "["}
    one = all(syntax.is_glued(t) for t in range(first + 1, last + 1))
    name = first == last and syntax.words[first].isupper() and syntax.words[first].isalpha()
    return opened and one and not name
