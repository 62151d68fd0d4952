"""The vocabulary: what each kg: term means, for machines (Turtle) and for people.

``ontology.ttl`` describes every term but the types of things, which ``kg/vocabulary.py``
does, and the relations known by name, which ``kg/relation_types.py`` reads; here all are joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pyoxigraph

from kg.outputs.rdf import terms as term
from kg.outputs.rdf.writers import Triple
from kg.relation_types import OWN_KEY, relation_types
from kg.vocabulary import KG, PREFIXES, TYPES

_OWN_TYPES = "# The types of things that have a class of our own: from kg/vocabulary.py.\n\n"
_OWN_RELATIONS = "# Relations that are known by name: from models/relations/vocabulary.toml.\n\n"
_KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "Property")


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """One term: its name after ``kg:``, what it is, and what it joins."""

    name: str
    kind: str
    label: str
    comment: str
    domain: str = ""
    range: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the term."""
        return KG + self.name


def ontology_turtle() -> str:
    """Return the vocabulary as Turtle, as it is written."""
    words = (resources.files("kg.outputs.rdf") / "ontology.ttl").read_text(encoding="utf-8")
    before, after = words.split(_OWN_TYPES + _OWN_RELATIONS)
    return "".join([before, *_own_types(), *_own_relations(), after])


def _own_types() -> Iterator[str]:
    """Yield the classes of our own among those of the types of things."""
    for kind in TYPES.values():
        if kind.class_iri.startswith(KG):
            name = kind.class_iri.removeprefix(KG)
            yield f"kg:{name} a owl:Class ; rdfs:label {term.text(kind.label)} ;\n"
            yield f"    rdfs:comment {term.text(kind.about)} .\n\n"


def _own_relations() -> Iterator[str]:
    """Yield the relations that Wikidata has no property for."""
    for relation in relation_types().values():
        if relation.key.startswith(OWN_KEY):
            symmetric = ", owl:SymmetricProperty" * relation.symmetric
            about = f"{relation.about[:1].upper()}{relation.about[1:]}."
            yield f"{relation.key} a owl:ObjectProperty{symmetric} ;\n"
            yield f"    rdfs:label {term.text(relation.label)} ; kg:kind {term.text(relation.kind)} ;\n"
            yield f"    rdfs:comment {term.text(about)} ;\n"
            yield "    rdfs:domain schema:Thing ; rdfs:range schema:Thing"
            for end, types in (("domain", relation.domain), ("range", relation.range)):
                for iri in sorted({TYPES[name].class_iri for name in types}):
                    yield f" ;\n    schema:{end}Includes <{iri}>"
            yield " .\n\n"


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """Return the triples of the vocabulary, terms as N-Triples spells them."""
    quads = pyoxigraph.parse(ontology_turtle(), format=pyoxigraph.RdfFormat.TURTLE)
    return tuple((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


@cache
def vocabulary_terms() -> tuple[VocabularyTerm, ...]:
    """Return every term that the vocabulary describes: classes, properties, then values."""
    about: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, object_ in ontology_triples():
        if subject.startswith(f"<{KG}"):
            name = predicate[1:-1].rpartition("#")[2]
            about[subject[len(KG) + 1 : -1]].setdefault(name, object_)
    terms = (_term(name, found) for name, found in about.items())
    order = {"class": 0, "property": 1, "value": 2}
    return tuple(sorted(terms, key=lambda term: (order[term.kind], term.name.casefold())))


def _term(name: str, found: dict[str, str]) -> VocabularyTerm:
    kind = found["type"][1:-1].rpartition("#")[2]
    return VocabularyTerm(
        name=name,
        kind="class" if kind == "Class" else "property" if kind in _KINDS else "value",
        label=_words(found["label"]),
        comment=_words(found["comment"]),
        domain=_short(found.get("domain", "")),
        range=_short(found.get("range", "")),
    )


def _words(literal: str) -> str:
    return str(literal[1:-1].replace('\\"', '"'))


def _short(term: str) -> str:
    iri = term[1:-1]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
