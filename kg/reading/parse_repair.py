"""Mend what the parser often gets wrong, before any rule reads the parse.

Each repair was kept because it finds more of CaRB's gold on the half on which rules are
tuned, or because it keeps a claim from being put into somebody's mouth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from spacy.tokens import Doc

from kg.lexicons import Lexicons, load_lexicons
from kg.reading.grammar import (
    ASKING_TAGS,
    AUXILIARIES,
    FINITE_TAGS,
    NOUN_POS,
    NOUN_SUBJECTS,
    OBJECT_CONTROL,
    PARTICLES,
    PAST_FORMS,
    RELATIVE_TAGS,
    SUBJECTS,
    Syntax,
    word_set,
)
from kg.reading.time_repair import mend_times

_OPENING = word_set("near in at on inside outside around after before during")
"""Prepositions that the tagger takes for a name where they open a sentence."""
_NOUN_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"NN": "singular", "NNP": "singular", "NNS": "plural", "NNPS": "plural"}
)

Repair = Callable[[Syntax, int], None]


def mended(doc: Doc) -> Syntax:
    """Return the parse of a document, mended: the one tree that all rules read."""
    syntax = Syntax.of(doc)
    mend(syntax, load_lexicons())
    return syntax


def mend(syntax: Syntax, lexicons: Lexicons) -> None:
    """Mend the parse in place."""
    repairs: dict[str, tuple[Repair, ...]] = {
        "ccomp": (lambda syntax, i: _free_first_clause(syntax, i, lexicons), _make_cleft),
        "acl": (_make_main_verb,),
        "prep": (lambda syntax, i: _make_gerund(syntax, i, lexicons),),
        "dobj": (lambda syntax, i: _make_receiver(syntax, i, lexicons),),
        "csubj": (_make_first_of_list,),
        "amod": (_make_verb_with_subject,),
        "conj": (_make_last_of_list, _join_where_it_agrees),
        "relcl": (_make_main_clause, _hang_where_it_agrees),
        "advmod": (_make_particle,),
        "nsubj": (_make_opening_place,),
        "det": (_make_mark,),
    }
    # In reading order, on the tree as mended so far: a repair may give later tokens another label.
    for i, dep in enumerate(syntax.deps):
        if dep in repairs:
            for repair in repairs[dep]:
                repair(syntax, i)
    mend_times(syntax)


def _make_first_of_list(syntax: Syntax, i: int) -> None:
    """Make "bribed" of "bribed judges, threatened reporters" the first of two joined verbs.

    The parser takes "the cartel bribed judges" for the subject of what follows.
    """
    head = syntax.heads[i]
    object_, own = syntax.child(head, {"nsubj"}), syntax.child(i, {"nsubj", "nsubjpass"})
    if syntax.tags[i] != "VBD" or object_ is None or own is None:
        return
    # "That the cartel bribed judges worried reporters" has a clause for its subject.
    if syntax.child(i, {"mark"}) is not None:
        return
    # With an object of its own the first verb took none of the second one's.
    if not own < i < object_ < head or syntax.child(i, {"dobj"}) is not None:
        return
    top = syntax.heads[head]
    syntax.attach(i, i if top == head else top, syntax.deps[head])
    syntax.attach(object_, i, "dobj")
    syntax.attach(head, i, "conj")


def _make_verb_with_subject(syntax: Syntax, i: int) -> None:
    """Make "courted" of "to win, Orban courted Putin" a verb: no adjective has a subject."""
    noun, subject = syntax.heads[i], syntax.child(i, {"nsubj"})
    # A noun that is no root stands under a verb: then the sentence has its verb.
    if syntax.tags[i] not in PAST_FORMS or not _is_root_noun(syntax, noun):
        return
    if subject is None or not subject < i < noun:
        return
    syntax.attach(i, i, "ROOT")
    _rehang(syntax, [c for c in syntax.children[noun] if c < i or syntax.deps[c] == "punct"], i)
    syntax.attach(noun, i, "dobj")
    syntax.tags[i], syntax.pos[i] = "VBD", "VERB"


def _rehang(syntax: Syntax, tokens: Sequence[int], head: int) -> None:
    """Hang tokens on another head, each with the label that it has."""
    for token in tokens:
        syntax.attach(token, head, syntax.deps[token])


def _is_root_noun(syntax: Syntax, i: int) -> bool:
    """Tell a noun that the parser made the root of a sentence."""
    return syntax.pos[i] in NOUN_POS and syntax.heads[i] == i


def _make_mark(syntax: Syntax, i: int) -> None:
    """Make "whether" of "whether evidence was found" open its clause, not describe the evidence."""
    noun = syntax.heads[i]
    if syntax.lowers[i] == "whether" and syntax.deps[noun] in SUBJECTS:
        syntax.attach(i, syntax.heads[noun], "mark")


def _make_particle(syntax: Syntax, i: int) -> None:
    """Make "back" of "were turned back" part of the verb."""
    verb = syntax.heads[i]
    # What has words of its own says where or how far: "went straight through".
    behind = i == verb + 1 and syntax.pos[verb] == "VERB" and not syntax.children[i]
    if behind and syntax.lowers[i] in PARTICLES:
        syntax.deps[i] = "prt"


def _make_opening_place(syntax: Syntax, i: int) -> None:
    """Make "Near Lima" of "Near Lima, two ships sank" a place, what follows it the subject."""
    verb, opening = syntax.heads[i], min(syntax.subtree(i))
    if syntax.lowers[opening] not in _OPENING or not opening < i <= verb:
        return
    subject = _subject_behind(syntax, i)
    # Without a comma the opening may be a name's own: "Inside Edition closed".
    if subject is None or "," not in syntax.words[i:subject]:
        return
    syntax.attach(opening, verb, "prep")
    syntax.attach(subject, verb, "nsubj")
    syntax.attach(i, opening, "pobj")
    syntax.pos[opening], syntax.tags[opening] = "ADP", "IN"


def _subject_behind(syntax: Syntax, i: int) -> int | None:
    """Return "ships" of "Near Lima, two ships sank": a later subject of the verb, or an apposition."""
    later = [c for c in syntax.all(syntax.heads[i], {"nsubj"}) if c > i]
    return next(iter(later or syntax.all(i, {"appos"})), None)


def _make_last_of_list(syntax: Syntax, i: int) -> None:
    """Make "murdered" of "threatened reporters and murdered rivals" a verb.

    A noun is never joined to a verb in the past: what stands before it is the verb.
    """
    verb, head = i - 1, syntax.heads[i]
    joined = syntax.near(syntax.pos, verb - 1) == "CCONJ" and _is_participle_of(syntax, verb, i)
    past = syntax.tags[head] == "VBD" and syntax.pos[head] == "VERB"
    if not joined or not past or syntax.pos[i] not in NOUN_POS:
        return
    syntax.attach(verb, head, "conj")
    syntax.attach(i, verb, "dobj")
    syntax.tags[verb], syntax.pos[verb] = "VBD", "VERB"


def _is_participle_of(syntax: Syntax, i: int, noun: int) -> bool:
    """Tell "murdered" of "murdered rivals"; ``i`` may lie outside the text."""
    beside = syntax.hangs_on(i, noun) and syntax.deps[i] == "amod"
    return beside and syntax.tags[i] in PAST_FORMS


def _join_where_it_agrees(syntax: Syntax, i: int) -> None:
    """Join "ends" of "will go on until it yields, ends the war" to "yields".

    A verb that ends in -s goes with no modal verb and with no plural subject.
    """
    head = syntax.heads[i]
    alone = syntax.child(i, SUBJECTS | {"aux", "expl"}) is None
    if syntax.tags[i] != "VBZ" or not alone or not _goes_with_modal(syntax, head):
        return
    agreeing = [c for c in _before(syntax, i, head) if _goes_with_one(syntax, c)]
    if agreeing:
        syntax.attach(i, agreeing[-1], "conj")


def _before(syntax: Syntax, i: int, head: int) -> list[int]:
    """Return what hangs on a head before one of its dependents."""
    # Not what hangs on the dependent itself ("as he says, means it"): joined, they would be a ring.
    below = syntax.subtree(i)
    return [token for token in syntax.subtree(head) if token < i and token not in below]


def _goes_with_modal(syntax: Syntax, i: int) -> bool:
    """Tell "go" of "will go" and "they go"."""
    return syntax.tags[i] in {"VB", "VBP"} and syntax.pos[i] == "VERB"


def _goes_with_one(syntax: Syntax, i: int) -> bool:
    """Tell "yields" of "it yields": in -s, with a subject of its own."""
    return syntax.tags[i] == "VBZ" and syntax.child(i, {"nsubj"}) is not None


def _make_main_clause(syntax: Syntax, i: int) -> None:
    """Make "her fame spread" of "With the stories her fame spread" the sentence's main clause.

    The parser takes it for a relative clause of the stories, and leaves the sentence without
    a verb: its root is the preposition that opens it, or the noun after that.
    """
    first = syntax.sentence_at(i)[0]
    *_, root = first, *syntax.ancestors(first)
    if not _is_without_verb(syntax, first, root) or syntax.heads[i] > i:
        return
    if not _is_told(syntax, i) or _is_relative(syntax, i, first):
        return
    _rehang(syntax, [c for c in syntax.children[root] if c > i], i)
    _make_root(syntax, i)
    syntax.attach(first, i, "prep")
    if root != first:
        _hang_under_opening(syntax, first, root)


def _make_root(syntax: Syntax, i: int) -> None:
    """Make a verb the root of its sentence, in the past where it had no finite form."""
    if not syntax.is_finite(i):
        syntax.tags[i] = "VBD"
    syntax.attach(i, i, "ROOT")


def _is_without_verb(syntax: Syntax, first: int, root: int) -> bool:
    """Tell "With the stories …": a sentence under its first preposition, or the noun after it."""
    opening = syntax.pos[first] == "ADP" and (root == first or syntax.hangs_on(first, root))
    return opening and syntax.pos[root] in NOUN_POS | {"ADP"}


def _is_told(syntax: Syntax, i: int) -> bool:
    """Tell "her fame spread": a verb that may be finite, with a subject."""
    may_be_finite = syntax.tags[i] == "VBN" or syntax.is_finite(i)
    return may_be_finite and syntax.child(i, NOUN_SUBJECTS) is not None


def _hang_under_opening(syntax: Syntax, first: int, root: int) -> None:
    """Make the noun that was the root the object of the sentence's first preposition."""
    inner = syntax.child(first, {"pobj"})
    syntax.attach(root, first, "pobj")
    if inner is not None:
        syntax.attach(inner, root, "compound")


def _is_relative(syntax: Syntax, i: int, first: int) -> bool:
    """Tell a clause with "who", "that" or "where", or one after a comma."""
    clause = syntax.subtree(i)
    asking = any(syntax.tags[t] in ASKING_TAGS for t in clause)
    return asking or syntax.words[max(clause[0] - 1, first)] == ","


def _hang_where_it_agrees(syntax: Syntax, i: int) -> None:
    """Hang "who are leading" of "forces in the country who are leading" on the forces."""
    noun, subject = syntax.heads[i], syntax.child(i, NOUN_SUBJECTS)
    if subject is None or syntax.tags[subject] not in RELATIVE_TAGS:
        return
    number = _number_of_clause(syntax, i)
    if not number or not _disagrees(syntax, noun, number):
        return
    above = _nouns_above(syntax, noun)
    better = next((a for a in above if _NOUN_NUMBERS.get(syntax.tags[a]) == number), None)
    if better is not None:
        syntax.attach(i, better, "relcl")


def _disagrees(syntax: Syntax, noun: int, number: str) -> bool:
    """Tell a lone noun of the other number; two joined ones may count as one or as many."""
    if syntax.child(noun, {"conj", "appos"}) is not None or syntax.deps[noun] == "conj":
        return False
    return _NOUN_NUMBERS.get(syntax.tags[noun], number) != number


def _number_of_clause(syntax: Syntax, i: int) -> str:
    """Return the number that a verb or one of its auxiliaries tells, if any does."""
    forms = (*syntax.all(i, AUXILIARIES), i)
    return next(filter(None, (_number(syntax, form) for form in forms)), "")


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
    whole = syntax.is_finite(i) and syntax.is_finite(head)
    if head < i or not whole or syntax.child(head, SUBJECTS) is None:
        return
    # "Peru left, the minister said" is what he said, unless a semicolon parts the two.
    if not _are_apart(syntax, i, head) and _reports(syntax.lemmas[head].lower(), lexicons):
        return
    top = syntax.heads[head]
    syntax.attach(i, i if top == head else top, syntax.deps[head])
    syntax.attach(head, i, "conj")


def _are_apart(syntax: Syntax, first: int, second: int) -> bool:
    """Tell whether a semicolon parts two verbs."""
    between = (t for t in range(first + 1, second) if syntax.words[t] == ";")
    return any(syntax.heads[t] in {first, second} for t in between)


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
    sentence = range(*syntax.sentence_at(i))
    root = next((t for t in sentence if syntax.heads[t] == t), i)
    # What hangs on the root itself describes it: "a town, called Lima".
    if syntax.pos[root] not in NOUN_POS or syntax.heads[i] == root:
        return
    if not _may_be_main(syntax, i) or _has_finite_verb(syntax, sentence, i):
        return
    syntax.attach(i, i, "ROOT")
    syntax.attach(root, i, "nsubj")
    syntax.tags[i] = "VBD"
    # The participle of "called Scholz" named somebody; the verb has an object.
    for told in syntax.all(i, {"oprd"}):
        syntax.attach(told, i, "dobj")


def _may_be_main(syntax: Syntax, i: int) -> bool:
    """Tell "called" of ", called Scholz": a past form after a comma, with an object."""
    after_comma = syntax.near(syntax.words, i - 1) == ","
    past = syntax.tags[i] in PAST_FORMS
    return after_comma and past and syntax.child(i, {"dobj", "oprd"}) is not None


def _has_finite_verb(syntax: Syntax, sentence: range, but: int) -> bool:
    """Tell whether a sentence has a finite verb ``but`` for one token."""
    return any(syntax.tags[t] in FINITE_TAGS for t in sentence if t != but)


def _make_gerund(syntax: Syntax, preposition: int, lexicons: Lexicons) -> None:
    """Make "smuggling" of "charged with smuggling arms" a verb, with the arms its object."""
    verb, noun = preposition + 1, syntax.child(preposition, {"pobj"})
    if noun is None or not _is_gerund_before(syntax, verb, noun):
        return
    if not _is_accusing(syntax, preposition, lexicons):
        return
    syntax.attach(verb, preposition, "pcomp")
    syntax.attach(noun, verb, "dobj")
    word = syntax.lowers[verb]
    syntax.pos[verb], syntax.tags[verb] = "VERB", "VBG"
    # As a noun or an adjective it was its own lemma.
    if syntax.lemmas[verb].lower() == word:
        syntax.lemmas[verb] = lexicons.verbs.get(word, word.removesuffix("ing"))


def _is_gerund_before(syntax: Syntax, i: int, noun: int) -> bool:
    """Tell "smuggling" of "smuggling arms"; ``i`` may lie outside the text."""
    beside = syntax.hangs_on(i, noun) and syntax.deps[i] in {"amod", "compound"}
    return beside and syntax.lowers[i].endswith("ing")


def _is_accusing(syntax: Syntax, preposition: int, lexicons: Lexicons) -> bool:
    """Tell "charged with", "accused the mayor of", where the parser hangs "of" on the mayor."""
    head = syntax.heads[preposition]
    verb = syntax.heads[head] if syntax.pos[head] in NOUN_POS else head
    accusing = syntax.lemmas[verb] in lexicons.words["accusing_verb"]
    return accusing and syntax.lowers[preposition] in OBJECT_CONTROL


def _make_receiver(syntax: Syntax, i: int, lexicons: Lexicons) -> None:
    """Make Ukraine of "gave Ukraine tanks" the one that is given them."""
    receiver = i - 1
    if syntax.lemmas[syntax.heads[i]] not in lexicons.words["giving_verb"]:
        return
    bare = syntax.hangs_on(receiver, i) and syntax.deps[receiver] == "compound"
    named = syntax.pos[receiver] == "PROPN" and syntax.pos[i] == "NOUN"
    # With other words between them and the verb, both may be one thing: "gave old Boeing jets".
    if bare and named and syntax.heads[i] == receiver - 1:
        syntax.attach(receiver, syntax.heads[i], "dative")
