"""Mend what the parser often gets wrong, before any rule reads the parse.

Each repair was kept because it finds more of CaRB's gold on the half on which rules are
tuned, or because it keeps a claim from being put into somebody's mouth.
"""

from __future__ import annotations

from kg.reading.grammar import ACCUSING, FINITE_TAGS, NOUN_POS, SUBJECTS, Syntax, word_set
from kg.reading.lexicons import Lexicons

_GIVING = word_set("give grant lend hand award offer")
"""Verbs of two objects, of which the first is never a part of the second's name."""
_GERUND_PREPOSITIONS = word_set("of from with for into")


def mend(syntax: Syntax, lexicons: Lexicons) -> None:
    """Mend the parse in place."""
    reporting = frozenset().union(
        *(words for kind, words in lexicons.status.items() if kind.startswith("verb:"))
    )
    for i in range(len(syntax)):
        if syntax.deps[i] == "ccomp":
            _free_first_clause(syntax, i, reporting)
            _make_cleft(syntax, i)
        elif syntax.deps[i] == "acl":
            _make_main_verb(syntax, i)
        elif syntax.lowers[i] in _GERUND_PREPOSITIONS and syntax.deps[i] == "prep":
            _make_gerund(syntax, i, lexicons)
        elif syntax.deps[i] == "dobj" and syntax.lemmas[syntax.heads[i]] in _GIVING:
            _make_receiver(syntax, i)


def _free_first_clause(syntax: Syntax, i: int, reporting: frozenset[str]) -> None:
    """Make "A were founders; they believed that B" two clauses, not what "they" believed."""
    head = syntax.heads[i]
    if head < i or not syntax.is_finite(i) or not syntax.is_finite(head):
        return
    if syntax.child(head, SUBJECTS) is None:
        return
    between = range(i + 1, head)
    apart = any(syntax.words[t] == ";" and syntax.heads[t] in {i, head} for t in between)
    if not apart and syntax.lemmas[head].lower() in reporting:
        return
    top = syntax.heads[head]
    syntax.attach(i, i if top == head else top, syntax.deps[head])
    syntax.attach(head, i, "conj")


def _make_cleft(syntax: Syntax, i: int) -> None:
    """Hang "that ordered it" of "it was X that ordered it" on X, as a relative clause."""
    be = syntax.heads[i]
    attribute, subject = syntax.child(be, {"attr"}), syntax.child(i, SUBJECTS)
    it = syntax.child(be, {"nsubj"})
    if attribute is None or subject is None or it is None or syntax.lowers[it] != "it":
        return
    if syntax.lemmas[be] == "be" and syntax.lowers[subject] in {"that", "who", "which"}:
        syntax.attach(i, attribute, "relcl")


def _make_main_verb(syntax: Syntax, i: int) -> None:
    """Make "called" of "Macron, the French president, called Scholz" the sentence's verb.

    The parser takes it for a participle when the subject is followed by an apposition;
    but then the sentence would have no verb at all.
    """
    form, first, last = syntax.tags[i], *syntax.sentences[syntax.sentence_of(i)]
    root = next((t for t in range(first, last) if syntax.heads[t] == t), i)
    after_comma = i > 0 and syntax.words[i - 1] == ","
    if form not in {"VBN", "VBD"} or syntax.pos[root] not in NOUN_POS or not after_comma:
        return
    if any(syntax.tags[t] in FINITE_TAGS for t in range(first, last) if t != i):
        return
    if syntax.child(i, {"dobj", "oprd"}) is None or syntax.heads[i] == root:
        return
    syntax.attach(i, i, "ROOT")
    syntax.attach(root, i, "nsubj")
    syntax.tags[i] = "VBD"
    for told in syntax.all(i, {"oprd"}):
        syntax.attach(told, i, "dobj")


def _make_gerund(syntax: Syntax, preposition: int, lexicons: Lexicons) -> None:
    """Make "smuggling" of "charged with smuggling arms" a verb, with the arms its object."""
    verb, noun = preposition + 1, syntax.child(preposition, {"pobj"})
    if noun is None or noun == verb or syntax.heads[verb] != noun:
        return
    head = syntax.heads[preposition]
    if syntax.pos[head] in NOUN_POS:
        head = syntax.heads[head]
    gerund = syntax.lowers[verb].endswith("ing") and syntax.deps[verb] in {"amod", "compound"}
    if not gerund or syntax.lemmas[head] not in ACCUSING:
        return
    syntax.attach(verb, preposition, "pcomp")
    syntax.attach(noun, verb, "dobj")
    word = syntax.lowers[verb]
    syntax.pos[verb], syntax.tags[verb] = "VERB", "VBG"
    if syntax.lemmas[verb].lower() == word:
        syntax.lemmas[verb] = lexicons.verbs.get(word, word.removesuffix("ing"))


def _make_receiver(syntax: Syntax, i: int) -> None:
    """Make Ukraine of "gave Ukraine tanks" the one that is given them."""
    receiver = i - 1
    bare = syntax.heads[receiver] == i and syntax.deps[receiver] == "compound"
    named = syntax.pos[receiver] == "PROPN" and syntax.pos[i] == "NOUN"
    if bare and named and syntax.heads[i] == receiver - 1:
        syntax.attach(receiver, syntax.heads[i], "dative")
