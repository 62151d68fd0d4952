"""Find the full stops that end both an abbreviation and a sentence.

In "Ruth Cole left the U.S. Omar Haddad stayed." one stop serves twice. The tokeniser keeps
it with the abbreviation, so the parser sees no mark and runs on, or makes a mark of the
abbreviation. What stands on both sides tells: a whole clause before, and after it the
subject of another one. "The U.S. President resigned" has no clause before the stop,
and "He met U.S. President Ruth Cole" none behind it.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Span, Token

from kg.lexicons import Lexicons, load_lexicons
from kg.reading.grammar import ASKING_TAGS, FINITE_TAGS, NAME_TAGS, TELLING, word_set
from kg.reading.parsing.inner_stops import before_stop, is_inner

CLOSING, OPENING = frozenset("\"'”’)]"), frozenset("\"'“‘([")
NOT_GOVERNING = OPENING | {"."}
"""Marks inside the name that an abbreviation ends."""
END_MARKS = frozenset({".", "!", "?", "…"})
OPENERS = frozenset({"DT", "PDT", "PRP", "PRP$", "EX", "WRB", "IN", "CC", "RB"})
"""Tags of words that have a capital only where a sentence begins."""
SUBJECT_WORDS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "CD", "POS", "HYPH", "RB"})
INSIDE_SUBJECTS = SUBJECT_WORDS | frozenset({"CC", "DT", "IN", ",", "PRP$"})
NOUN_TAGS = NAME_TAGS | {"NN", "NNS"}
OBJECTS = NOUN_TAGS | frozenset({"DT", "PRP", "PRP$", "CD"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
GOVERNORS = VERB_TAGS | {"IN", "TO", "RP"}
CLAUSE_OPENERS = word_set("that because as while if whether after before since until though unless")
NEVER_LAST = ("title", "division", "citation_signal", "leading_abbreviation")
"""Classes of abbreviations after which something must follow: "Mr.", "No.", "cf."."""


def sentence_starts(doc: Doc) -> list[int]:
    """Return the tokens that begin a sentence behind an abbreviation's stop, in order."""
    stops = [token for token in doc[:-1] if token.text.endswith(".")]
    told = Counter((token.text, token.nbor().text) for token in stops if len(token) > 1)
    starts = [len(doc)]
    # From the end: of the stops before one verb, the last ends the sentence ("John F. Cole Jr. Peru left").
    for token in reversed(stops):
        again = told[token.text, token.nbor().text] > 1  # "U.S. Halberd" is a name
        following = _after_closing(doc, token.i + 1)
        if following and _begins(doc[: starts[-1]], token, following, again=again):
            starts.append(following)
    return starts[:0:-1]


def _begins(doc: Span, stop: Token, first: int, *, again: bool) -> bool:
    """Tell whether a sentence begins with ``first``, and the parse does not show it as it should."""
    if not _may_be_last(stop):
        return False
    if doc[first].is_sent_start and len(stop) != len("A."):
        return len(stop) > 1  # of a stop by itself the parser knows; a letter's is mostly a name's
    return not again and _parts(doc, stop.i, first)


def _may_be_last(stop: Token) -> bool:
    """Tell a stop that may end a sentence, and the abbreviation before it."""
    word = before_stop(stop)
    if word is None or is_inner(stop):
        return False
    if word.lower() == "st":
        name = stop.i - (len(stop) == 1) - 1
        return name >= 0 and stop.doc[name].tag_ in NAME_TAGS
    return (len(word) == 1 and word.isupper()) or not _must_go_on(word.lower())


def _must_go_on(word: str) -> bool:
    classes = load_lexicons().words
    return any(form in classes[kind] for kind in NEVER_LAST for form in (word, f"{word}."))


def _after_closing(doc: Doc, i: int) -> int | None:
    """Return what a sentence may begin with behind quotation marks and brackets that close.

    It has a capital or is a number, and a space parts it from what it follows.
    """
    while i < len(doc) and doc[i].text in CLOSING and not doc[i - 1].whitespace_:
        i += 1
    if i == len(doc) or not doc[i - 1].whitespace_ or _is_lone(doc[i]):
        return None
    return i if _may_open(doc[_unquoted(doc, i)].text) else None


def _is_lone(token: Token) -> bool:
    """Tell a mark by itself, which closes as often as it opens: "he said. " The"."""
    return token.text in OPENING and len(token.nbor(-1)) == 1


def _may_open(word: str) -> bool:
    """Tell a number, and a word with a capital ("iPhone")."""
    return word[0].isdigit() or any(map(str.isupper, word))


def _unquoted(doc: Doc | Span, i: int) -> int:
    """Return the first word from ``i`` on that is no mark that opens."""
    while i + 1 < len(doc) and doc[i].text in OPENING:
        i += 1
    return i


def _parts(doc: Span, last: int, first: int) -> bool:
    """Tell whether a sentence ends with the word ``last`` and the next begins with ``first``."""
    lexicons, first = load_lexicons(), _unquoted(doc, first)
    verb = _finite_verb(doc, first)
    if verb is None:
        return False
    if _is_opener(doc[first], lexicons):
        return True
    return _is_subject(doc[first:verb], lexicons) and _may_be_apart(doc, last, first, lexicons)


def _is_opener(token: Token, lexicons: Lexicons) -> bool:
    """Tell "The", "He", "In" and "However," with a capital, which is no acronym's."""
    capital = token.text[0].isupper() and (len(token) == 1 or not token.is_upper)
    if not capital or token.tag_ not in OPENERS:
        return False
    return token.lower_ in lexicons.stop_words["en"] or token.nbor().text == ","


def _ends(token: Token) -> bool:
    """Tell a mark that ends a sentence."""
    return token.text in END_MARKS and not is_inner(token)


def _finite_verb(doc: Span, first: int) -> int | None:
    """Return the first finite verb from ``first`` on in the same sentence."""
    for token in doc[first:]:
        if _ends(token):
            return None
        if token.is_lower and (token.tag_ in FINITE_TAGS or _could_be_finite(token)):
            return token.i
    return None


def _could_be_finite(token: Token) -> bool:
    """Tell "charged" of "Prosecutors charged two men", which the tagger may take for a participle."""
    if token.i + 1 == len(token.doc) or token.tag_ != "VBN":
        return False
    return token.nbor(-1).tag_ in NOUN_TAGS and token.nbor().tag_ in OBJECTS


def _is_subject(span: Span, lexicons: Lexicons) -> bool:
    """Tell whether the words before a verb are nothing but a noun and what belongs to it."""
    words = [token for token in span if token.text not in END_MARKS]
    tags = [token.tag_ for token in words]
    if not words or not _is_one_phrase(words[1:], tags):
        return False
    # "met U.S. President Ruth Cole and Peru agreed"
    return _ends_a_subject(tags) and not ("CC" in tags and _is_described(words[0].lower_, lexicons))


def _is_one_phrase(words: list[Token], tags: list[str]) -> bool:
    """Tell words among which no clause begins."""
    if any(token.lower_ in CLAUSE_OPENERS for token in words):
        return False
    return INSIDE_SUBJECTS.issuperset(tags) and ASKING_TAGS.isdisjoint(tags)


def _ends_a_subject(tags: list[str]) -> bool:
    """Tell "Cole" and "Cole, a judge," by their tags from "Cole, on Monday"."""
    if tags[-1] == ",":
        return tags.count(",") > 1
    return tags[-1] in SUBJECT_WORDS and "," not in tags


def _may_be_apart(doc: Span, last: int, first: int, lexicons: Lexicons) -> bool:
    """Tell whether a clause ends before ``first``, and the abbreviation does not describe it."""
    verb = _main_verb_before(doc, last)
    if verb is None:
        return False
    given = doc[first].lower_ in lexicons.given and doc[first].nbor().tag_ in NAME_TAGS
    if given and len(doc[last]) != len("A."):
        return True
    # "He said U.S. Steel lost money", "He said an attack on U.S. Steel failed".
    says = any(verb.lemma_ in lexicons.status[kind] for kind in TELLING)
    return not says and _is_governed(doc, last)


def _main_verb_before(doc: Span, last: int) -> Token | None:
    """Return the last finite verb before the abbreviation ``last``, if one is of the main clause.

    "That", "who" and "while" have a verb of their own: "The firm that sued U.S. Steel lost".
    """
    verb, verbs, opened = None, 0, 0
    for token in reversed(doc[:last]):
        if _ends(token):
            break
        if token.tag_ in FINITE_TAGS and token.is_lower:
            verb = verb or token
            verbs += token.tag_ != "MD"
        opened += token.tag_ in ASKING_TAGS or token.lower_ in CLAUSE_OPENERS
    return verb if verbs > opened else None


def _is_described(word: str, lexicons: Lexicons) -> bool:
    """Tell a word that an abbreviation stands before: "U.S. President", "F.B.I. Director"."""
    person = lexicons.living.get(word) == "person"
    return person or word in lexicons.heads or word in lexicons.words["role"]


def _is_governed(doc: Span, last: int) -> bool:
    """Tell an abbreviation that a verb or preposition governs: it is not the next one's subject."""
    i = last - 1 - (len(doc[last]) == 1)
    if i > 0 and doc[i].text == "," and doc[i - 1].tag_ in NAME_TAGS:
        i -= 1  # "in Leeds, Mass."
    while i >= 0 and _is_of_name(doc[i]):
        i -= 1
    return i >= 0 and doc[i].tag_ in GOVERNORS and doc[i].lower_ not in CLAUSE_OPENERS


def _is_of_name(token: Token) -> bool:
    """Tell what may stand in a name before the abbreviation that ends it."""
    return token.tag_ in SUBJECT_WORDS or token.tag_ == "DT" or token.text in NOT_GOVERNING
