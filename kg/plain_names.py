"""Names without what may be left out: titles before a person's, legal forms after a firm's."""

from __future__ import annotations

import re
from functools import cache

from kg.folding import fold
from kg.lexicons import load_lexicons

_SHORT_FORMS = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co"}


@cache
def titles() -> frozenset[str]:
    """Return the words before a person's name that are no part of it, folded: "mr", "gen".

    One letter is more often an initial than a title ("M. Okoro").
    """
    words = load_lexicons().words
    folded = {fold(word) for word in words["title"] | words["title_of_person"]}
    return frozenset(word for word in folded if len(word) > 1)


@cache
def _before_names() -> re.Pattern[str]:
    # With a capital alone: "major" and "general" are words, too.
    spelt = {form for word in titles() for form in (word.capitalize(), word.upper())}
    return re.compile(rf"^(?:(?:{'|'.join(sorted(spelt))})\b\.?\s+)+")


@cache
def _after_names() -> re.Pattern[str]:
    forms = (re.escape(form).replace(r"\.", r"\.?") for form in load_lexicons().words["legal_form"])
    return re.compile(rf",?\s+(?:{'|'.join(sorted(forms))})\.?$")


def without_titles(name: str) -> str:
    """Return a person's name without the titles before it.

    >>> without_titles("Sir Ada Okoro"), without_titles("Gen. Okoro")
    ('Ada Okoro', 'Okoro')
    """
    return _before_names().sub("", name)


def without_legal_form(name: str) -> str:
    """Return a firm's name without its legal form.

    >>> without_legal_form("Okoro & Sons, Ltd."), without_legal_form("Okoro SpA")
    ('Okoro & Sons', 'Okoro')
    """
    return _after_names().sub("", name)


def legal_form(name: str) -> str:
    """Return the legal form that ends a firm's name, in its short spelling, "" if there is none.

    >>> legal_form("Orbis S.A."), legal_form("Orbis Limited"), legal_form("Orbis")
    ('sa', 'ltd', '')
    """
    found = _after_names().search(name)
    form = fold(found[0]) if found else ""
    return _SHORT_FORMS.get(form, form)


def plain_name(name: str, kind: str) -> str:
    """Return a name of a type of thing without titles and legal forms, if a name is left.

    >>> plain_name("Mr Vladimir Putin", "Person"), plain_name("Queen Mary College", "Organization")
    ('Vladimir Putin', 'Queen Mary College')
    >>> plain_name("Rosneft OAO", "Organization"), plain_name("Consulting LLC", "Organization")
    ('Rosneft', 'Consulting LLC')
    """
    untitled = without_titles(name) if kind == "Person" else name
    bare = without_legal_form(untitled if " " in untitled else name) or name
    return name if bare.lower() in load_lexicons().words["line_of_business"] else bare
