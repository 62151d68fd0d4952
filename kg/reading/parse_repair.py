"""Mend what the parser often gets wrong, before any rule reads the parse.

Each repair was kept because it finds more of CaRB's gold on the half on which rules are
tuned, or because it keeps a claim from being put into somebody's mouth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.grammar import (
    ACCUSING,
    FINITE_TAGS,
    NOUN_POS,
    RELATIVE_TAGS,
    SUBJECTS,
    Syntax,
    word_set,
)

_GIVING = word_set("give grant lend hand award offer")
"""Verbs of two objects, of which the first is never a part of the second's name."""
_GERUND_PREPOSITIONS = word_set("of from with for into")
_PARTICLES = word_set("back away off out up down aside apart together forward")
"""Adverbs without which the verb before them means something else: "turned back"."""
_OPENING = word_set("near in at on inside outside around after before during")
"""Prepositions that the tagger takes for a name where they open a sentence."""
_NOUN_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"NN": "singular", "NNP": "singular", "NNS": "plural", "NNPS": "plural"}
)

Repair = Callable[[Syntax, int], None]


def mend(syntax: Syntax, lexicons: Lexicons) -> None:
    """Mend the parse in place."""
    repairs: dict[str, tuple[Repair, ...]] = {
        "ccomp": (lambda syntax, i: _free_first_clause(syntax, i, lexicons), _make_cleft),
        "acl": (_make_main_verb,),
        "prep": (lambda syntax, i: _make_gerund(syntax, i, lexicons),),
        "dobj": (_make_receiver,),
        "csubj": (_make_first_of_list,),
        "amod": (_make_verb_with_subject,),
        "conj": (_make_last_of_list, _join_where_it_agrees),
        "relcl": (_make_main_clause, _hang_where_it_agrees),
        "advmod": (_make_particle,),
        "nsubj": (_make_opening_place,),
        "det": (_make_mark,),
    }
    for i, dep in enumerate(syntax.deps):
        if dep in repairs:
            for repair in repairs[dep]:
                repair(syntax, i)


def _make_first_of_list(syntax: Syntax, i: int) -> None:
    """Make "bribed" of "bribed judges, threatened reporters" the first of two joined verbs.

    The parser takes "the cartel bribed judges" for the subject of what follows.
    """
    head = syntax.heads[i]
    object_, own = syntax.child(head, {"nsubj"}), syntax.child(i, {"nsubj", "nsubjpass"})
    if syntax.tags[i] != "VBD" or object_ is None or own is None or syntax.child(i, {"mark"}):
        return
    if not own < i < object_ < head or syntax.child(i, {"dobj"}) is not None:
        return
    top = syntax.heads[head]
    syntax.attach(i, i if top == head else top, syntax.deps[head])
    syntax.attach(object_, i, "dobj")
    syntax.attach(head, i, "conj")


def _make_verb_with_subject(syntax: Syntax, i: int) -> None:
    """Make "courted" of "to win, Orban courted Putin" a verb: no adjective has a subject."""
    if syntax.tags[i] not in {"VBD", "VBN"}:
        return
    noun, subject = syntax.heads[i], syntax.child(i, {"nsubj"})
    if subject is None or subject > i or noun < i:
        return
    if syntax.pos[noun] not in NOUN_POS or syntax.heads[noun] != noun:
        return
    syntax.attach(i, i, "ROOT")
    for other in [c for c in syntax.children[noun] if c < i or syntax.deps[c] == "punct"]:
        syntax.attach(other, i, syntax.deps[other])
    syntax.attach(noun, i, "dobj")
    syntax.tags[i], syntax.pos[i] = "VBD", "VERB"


def _make_mark(syntax: Syntax, i: int) -> None:
    """Make "whether" of "whether evidence was found" open its clause, not describe the evidence."""
    noun = syntax.heads[i]
    if syntax.lowers[i] == "whether" and syntax.deps[noun] in SUBJECTS:
        syntax.attach(i, syntax.heads[noun], "mark")


def _make_particle(syntax: Syntax, i: int) -> None:
    """Make "back" of "were turned back" part of the verb."""
    verb = syntax.heads[i]
    behind = i == verb + 1 and syntax.pos[verb] == "VERB" and not syntax.children[i]
    if behind and syntax.lowers[i] in _PARTICLES:
        syntax.deps[i] = "prt"


def _make_opening_place(syntax: Syntax, i: int) -> None:
    """Make "Near Lima" of "Near Lima, two ships sank" a place, what follows it the subject."""
    verb, opening = syntax.heads[i], min(syntax.subtree(i))
    if syntax.lowers[opening] not in _OPENING or opening == i or i > verb:
        return
    others = [c for c in syntax.all(verb, {"nsubj"}) if c > i] or syntax.all(i, {"appos"})
    if not others or "," not in syntax.words[i : others[0]]:
        return
    syntax.attach(opening, verb, "prep")
    syntax.attach(others[0], verb, "nsubj")
    syntax.attach(i, opening, "pobj")
    syntax.pos[opening], syntax.tags[opening] = "ADP", "IN"


def _make_last_of_list(syntax: Syntax, i: int) -> None:
    """Make "murdered" of "threatened reporters and murdered rivals" a verb.

    A noun is never joined to a verb in the past: what stands before it is the verb.
    """
    verb, head = i - 1, syntax.heads[i]
    joined = syntax.near(syntax.pos, verb - 1) == "CCONJ" and syntax.hangs_on(verb, i)
    if not joined or syntax.deps[verb] != "amod" or syntax.tags[verb] not in {"VBN", "VBD"}:
        return
    if syntax.pos[i] not in NOUN_POS or syntax.tags[head] != "VBD" or syntax.pos[head] != "VERB":
        return
    syntax.attach(verb, head, "conj")
    syntax.attach(i, verb, "dobj")
    syntax.tags[verb], syntax.pos[verb] = "VBD", "VERB"


def _join_where_it_agrees(syntax: Syntax, i: int) -> None:
    """Join "ends" of "will go on until it yields, ends the war" to "yields".

    A verb that ends in -s goes with no modal verb and with no plural subject.
    """
    head = syntax.heads[i]
    if syntax.tags[i] != "VBZ" or syntax.tags[head] not in {"VB", "VBP"}:
        return
    if syntax.pos[head] != "VERB" or syntax.child(i, SUBJECTS | {"aux", "expl"}) is not None:
        return
    agreeing = [
        c for c in syntax.subtree(head)
        if c < i and syntax.tags[c] == "VBZ" and syntax.child(c, {"nsubj"}) is not None
    ]  # fmt: skip
    if agreeing:
        syntax.attach(i, agreeing[-1], "conj")


def _make_main_clause(syntax: Syntax, i: int) -> None:
    """Make "her fame spread" of "With the stories her fame spread" the sentence's main clause.

    The parser takes it for a relative clause of the stories, and leaves the sentence without
    a verb: its root is the preposition that opens it, or the noun after that.
    """
    first = syntax.sentence_at(i)[0]
    subject, root = syntax.child(i, {"nsubj", "nsubjpass"}), first
    while syntax.heads[root] != root:
        root = syntax.heads[root]
    opening = syntax.pos[first] == "ADP" and (root == first or syntax.heads[first] == root)
    if not opening or syntax.pos[root] not in NOUN_POS | {"ADP"} or syntax.heads[i] > i:
        return
    told = syntax.is_finite(i) or syntax.tags[i] == "VBN"
    if subject is None or not told or _is_relative(syntax, i, first):
        return
    if not syntax.is_finite(i):
        syntax.tags[i] = "VBD"
    for child in [c for c in syntax.children[root] if c > i]:
        syntax.attach(child, i, syntax.deps[child])
    syntax.attach(i, i, "ROOT")
    syntax.attach(first, i, "prep")
    if root != first:
        inner = syntax.child(first, {"pobj"})
        syntax.attach(root, first, "pobj")
        if inner is not None:
            syntax.attach(inner, root, "compound")


def _is_relative(syntax: Syntax, i: int, first: int) -> bool:
    """Tell a clause with "who", "that" or "where", or one after a comma."""
    clause = syntax.subtree(i)
    asking = any(syntax.tags[t] in {"WDT", "WP", "WP$", "WRB"} for t in clause)
    return asking or syntax.words[max(clause[0] - 1, first)] == ","


def _hang_where_it_agrees(syntax: Syntax, i: int) -> None:
    """Hang "who are leading" of "forces in the country who are leading" on the forces."""
    noun, subject = syntax.heads[i], syntax.child(i, {"nsubj", "nsubjpass"})
    finite = next((t for t in (*syntax.all(i, {"aux", "auxpass"}), i) if _number(syntax, t)), None)
    if finite is None or subject is None or syntax.tags[subject] not in RELATIVE_TAGS:
        return
    number = _number(syntax, finite)
    if syntax.tags[noun] not in _NOUN_NUMBERS or _NOUN_NUMBERS[syntax.tags[noun]] == number:
        return
    if syntax.child(noun, {"conj", "appos"}) is not None or syntax.deps[noun] == "conj":
        return
    above = _nouns_above(syntax, noun)
    better = next((a for a in above if _NOUN_NUMBERS.get(syntax.tags[a]) == number), None)
    if better is not None:
        syntax.attach(i, better, "relcl")


def _number(syntax: Syntax, verb: int) -> str:
    """Return "singular" or "plural" where the form of a verb tells."""
    if syntax.tags[verb] == "VBZ" or syntax.lowers[verb] == "was":
        return "singular"
    return "plural" if syntax.tags[verb] == "VBP" or syntax.lowers[verb] == "were" else ""


def _nouns_above(syntax: Syntax, noun: int) -> Iterator[int]:
    """Yield the nouns that a noun belongs to, through prepositions and participles."""
    below = noun
    for head in syntax.ancestors(noun):
        if syntax.deps[below] not in {"pobj", "prep", "acl", "dobj"}:
            return
        if syntax.pos[head] in NOUN_POS:
            yield head
        elif syntax.pos[head] != "ADP" and syntax.deps[head] != "acl":
            return
        below = head


def _free_first_clause(syntax: Syntax, i: int, lexicons: Lexicons) -> None:
    """Make "A were founders; they believed that B" two clauses, not what "they" believed."""
    head = syntax.heads[i]
    if head < i or not syntax.is_finite(i) or not syntax.is_finite(head):
        return
    if syntax.child(head, SUBJECTS) is None:
        return
    between = range(i + 1, head)
    apart = any(syntax.words[t] == ";" and syntax.heads[t] in {i, head} for t in between)
    if not apart and _reports(syntax.lemmas[head].lower(), lexicons):
        return
    top = syntax.heads[head]
    syntax.attach(i, i if top == head else top, syntax.deps[head])
    syntax.attach(head, i, "conj")


def _reports(verb: str, lexicons: Lexicons) -> bool:
    """Tell a verb that says what becomes of the clause below it: "say", "deny", "want"."""
    return any(verb in words for kind, words in lexicons.status.items() if kind.startswith("verb:"))


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
    form, first, last = syntax.tags[i], *syntax.sentence_at(i)
    root = next((t for t in range(first, last) if syntax.heads[t] == t), i)
    after_comma = syntax.near(syntax.words, i - 1) == ","
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
    if syntax.lowers[preposition] not in _GERUND_PREPOSITIONS:
        return
    verb, noun = preposition + 1, syntax.child(preposition, {"pobj"})
    if noun is None or noun == verb or not syntax.hangs_on(verb, noun):
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
    if syntax.lemmas[syntax.heads[i]] not in _GIVING:
        return
    bare = syntax.hangs_on(receiver, i) and syntax.deps[receiver] == "compound"
    named = syntax.pos[receiver] == "PROPN" and syntax.pos[i] == "NOUN"
    if bare and named and syntax.heads[i] == receiver - 1:
        syntax.attach(receiver, syntax.heads[i], "dative")
