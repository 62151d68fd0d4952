"""Mend the parse around words that say when.

The parser takes "On 3 June 2016 Sven Olsen sold the bank" for "on Sven Olsen", and leaves
the sale without a seller; "Sven Olsen, last Friday, sold the bank" for a name of four words.
A time that opens a clause, or stands between commas, belongs to the verb, and no part of it
to the subject.
"""

from __future__ import annotations

from kg.reading.grammar import NOUN_POS, SUBJECTS, VERB_POS, Syntax, word_set
from kg.reading.time_phrases import TimePhrase, TimePhrases

_BEFORE_CLAUSE = word_set(', ; : ( “ " and but or that')
_SUBJECT_POS = NOUN_POS | {"PRON"}


def mend_times(syntax: Syntax) -> None:
    """Mend the parse in place."""
    times = TimePhrases(syntax)
    for first, _ in syntax.sentences:
        for phrase in times.in_sentence(first):
            if times.is_set_off(phrase):
                _free_from_subject(syntax, phrase)
            elif _opens_clause(syntax, phrase):
                _give_subject_back(syntax, phrase)


def _opens_clause(syntax: Syntax, phrase: TimePhrase) -> bool:
    before = syntax.near(syntax.lowers, phrase.start - 1)
    return syntax.opens_sentence(phrase.start) or before in _BEFORE_CLAUSE


def _free_from_subject(syntax: Syntax, phrase: TimePhrase) -> None:
    """Hang a time between commas on the verb, not on the subject before it."""
    for token in phrase.tokens:
        noun = syntax.heads[token]
        verb = syntax.heads[noun]
        if noun < phrase.start and syntax.deps[noun] in SUBJECTS and verb >= phrase.end:
            syntax.attach(token, verb, "prep" if syntax.pos[token] == "ADP" else "npadvmod")


def _give_subject_back(syntax: Syntax, phrase: TimePhrase) -> None:
    """Make the noun right after an opening time the subject of a verb that has none."""
    verb = syntax.heads[phrase.start]
    if verb < phrase.end or syntax.pos[verb] not in VERB_POS:
        return
    if syntax.child(verb, SUBJECTS) is None:
        noun = _swallowed(syntax, phrase, verb)
        if noun is None:
            return
        passive = syntax.child(verb, {"auxpass"}) is not None
        syntax.attach(noun, verb, "nsubjpass" if passive else "nsubj")
    _gather(syntax, phrase)


def _swallowed(syntax: Syntax, phrase: TimePhrase, verb: int) -> int | None:
    """Return the last noun between a time and its verb that hangs on the time.

    The verb may hang on that noun itself ("in the year Kenya left"), which is no subject then.
    """
    above = set(syntax.ancestors(verb))
    for token in range(verb - 1, phrase.end - 1, -1):
        if token in above:
            return None
        on_time = phrase.start <= syntax.heads[token] < phrase.end
        if on_time and syntax.pos[token] in _SUBJECT_POS:
            return token
    return None


def _gather(syntax: Syntax, phrase: TimePhrase) -> None:
    """Hang the words of a time that the parser hung on the subject on the time itself."""
    above = set(syntax.ancestors(phrase.start))
    for token in phrase.tokens[1:]:
        head = syntax.heads[token]
        if token not in above and head >= phrase.end and syntax.pos[head] in _SUBJECT_POS:
            syntax.attach(token, phrase.start, "pobj")
