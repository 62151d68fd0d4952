"""Find the full stops that end both an abbreviation and a sentence.

In "Ruth Cole left the U.S. Omar Haddad stayed." one stop serves twice. The tokeniser keeps
it with the abbreviation, so the parser sees no mark and runs on, or makes a mark of the
abbreviation. What stands on both sides tells: a whole clause before, and after it the
subject of another one. "The U.S. President resigned" has no clause before the stop,
and "He met U.S. President Ruth Cole" none behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.lexicons import Lexicons, load_lexicons
from kg.reading.grammar import ASKING_TAGS, FINITE_TAGS, word_set

FINITE = FINITE_TAGS | {"MD"}
CLOSING, OPENING = frozenset("\"'”’)]"), frozenset("\"'“‘([")
END_MARKS = frozenset({".", "!", "?", "…"})
OPENERS = frozenset({"DT", "PDT", "PRP", "PRP$", "EX", "WRB", "IN", "CC", "RB"})
"""Tags of words that have a capital only where a sentence begins."""
SUBJECT_WORDS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "CD", "POS", "HYPH", "RB"})
INSIDE_SUBJECTS = SUBJECT_WORDS | frozenset({"CC", "DT", "IN", ",", "PRP$"})
NAME_TAGS = frozenset({"NNP", "NNPS"})
NOUN_TAGS = NAME_TAGS | {"NN", "NNS"}
OBJECTS = NOUN_TAGS | frozenset({"DT", "PRP", "PRP$", "CD"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
GOVERNORS = VERB_TAGS | {"IN", "TO"}
SAYING = ("verb:say", "verb:believe", "verb:know", "verb:deny", "verb:allege")
CLAUSE_OPENERS = word_set("that because while if whether as after before since until")
NEVER_LAST = ("title", "division", "citation_signal", "leading_abbreviation")
"""Classes of abbreviations after which something must follow: "Mr.", "No.", "cf."."""


def sentence_starts(doc: Doc) -> Iterator[int]:
    """Yield the tokens that begin a sentence behind an abbreviation's stop, in order."""
    lexicons = load_lexicons()
    kept = [token for token in doc[:-1] if len(token) > 1 and token.text.endswith(".")]
    names = [(token.text, token.nbor().text) for token in kept]
    for token in kept:
        following = _after_closing(doc, token.i + 1)
        if following is None or not _has_capital(doc, following):
            continue
        if not _is_abbreviation(token, lexicons):
            continue
        again = names.count((token.text, token.nbor().text)) > 1
        if doc[following].is_sent_start or (
            not again and _parts(doc, token.i, following, lexicons)
        ):
            yield following


def _is_abbreviation(token: Token, lexicons: Lexicons) -> bool:
    """Tell a word that keeps its stop and may be the last of a sentence."""
    word = token.text
    if not word.endswith(".") or len(word) <= 2 or not word[0].isalpha():
        return False
    core = word[:-1].lower()
    if core == "st":
        return token.i > 0 and token.nbor(-1).tag_ in NAME_TAGS
    return not any(form in lexicons.words[c] for c in NEVER_LAST for form in (core, f"{core}."))


def _after_closing(doc: Doc, i: int) -> int | None:
    """Return the first word behind quotation marks and brackets that close, if a space parts it."""
    while i < len(doc) and doc[i].text in CLOSING and not doc[i - 1].whitespace_:
        i += 1
    return i if i < len(doc) and doc[i - 1].whitespace_ else None


def _has_capital(doc: Doc, i: int) -> bool:
    """Tell a word with a capital, perhaps behind a mark that opens; ``i`` may lie outside."""
    while 0 <= i < len(doc) and doc[i].text in OPENING:
        i += 1
    return 0 <= i < len(doc) and doc[i].text[0].isupper()


def _parts(doc: Doc, last: int, first: int, lexicons: Lexicons) -> bool:
    """Tell whether a sentence ends with the word ``last`` and the next begins with ``first``."""
    while doc[first].text in OPENING:
        first += 1
    verb = _finite_verb(doc, first)
    if verb is None:
        return False
    capitals = len(doc[first]) > 1 and doc[first].is_upper
    if (
        not capitals
        and doc[first].tag_ in OPENERS
        and doc[first].lower_ in lexicons.stop_words["en"]
    ):
        return True
    return _is_subject(doc, first, verb) and _may_be_apart(doc, last, first, lexicons)


def _finite_verb(doc: Doc, first: int) -> int | None:
    """Return the first finite verb from ``first`` on in the same sentence."""
    for token in doc[first:]:
        if token.text in END_MARKS:
            return None
        if token.is_lower and (token.tag_ in FINITE or _could_be_finite(token)):
            return token.i
    return None


def _could_be_finite(token: Token) -> bool:
    """Tell "charged" of "Prosecutors charged two men", which the tagger may take for a participle."""
    return token.tag_ == "VBN" and token.nbor(-1).tag_ in NOUN_TAGS and token.nbor().tag_ in OBJECTS


def _is_subject(doc: Doc, first: int, verb: int) -> bool:
    """Tell whether nothing but a noun and what belongs to it stands before a verb."""
    words = doc[first:verb]
    tags = [token.tag_ for token in words]
    if not tags or any(tag not in INSIDE_SUBJECTS or tag in ASKING_TAGS for tag in tags):
        return False
    return (tags[-1] in SUBJECT_WORDS and "," not in tags) or (
        tags[-1] == "," and tags.count(",") > 1
    )


def _may_be_apart(doc: Doc, last: int, first: int, lexicons: Lexicons) -> bool:
    """Tell whether a clause ends before ``first``, and the abbreviation does not describe it."""
    verb = _verb_before(doc, last)
    if verb is None:
        return False
    word = doc[first].lower_
    if word in lexicons.given and doc[first].nbor().tag_ in NAME_TAGS:
        return True
    return not _is_described(word, lexicons) and _is_last_of_clause(doc, last, lexicons)


def _verb_before(doc: Doc, last: int) -> int | None:
    """Return the last finite verb before the abbreviation ``last`` in its sentence."""
    for i in range(last - 1, -1, -1):
        if doc[i].text in END_MARKS:
            return None
        if doc[i].tag_ in FINITE and doc[i].is_lower:
            return i
    return None


def _is_described(word: str, lexicons: Lexicons) -> bool:
    """Tell a word that an abbreviation stands before: "U.S. President", "F.B.I. Director"."""
    person = lexicons.living.get(word) == "person"
    return person or word in lexicons.heads or word in lexicons.words["role"]


def _is_last_of_clause(doc: Doc, last: int, lexicons: Lexicons) -> bool:
    """Tell an abbreviation that a verb or preposition governs: it is not the next one's subject.

    After a verb of saying it may be: "He said U.S. Steel lost money".
    """
    i = last - 1
    while i >= 0 and doc[i].tag_ in SUBJECT_WORDS | {"DT"}:
        i -= 1
    if i < 0 or doc[i].tag_ not in GOVERNORS or doc[i].lower_ in CLAUSE_OPENERS:
        return False
    says = any(doc[i].lemma_ in lexicons.status[kind] for kind in SAYING)
    return doc[i].tag_ not in VERB_TAGS or not says
