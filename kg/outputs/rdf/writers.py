"""Plain triples as text: Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML.

Written by hand, not by a library, for three reasons that were measured: the same
triples must give the same bytes whatever order they come in; rdflib needs minutes for
a million triples; and pyoxigraph's RDF/XML lets through characters that XML forbids.
Every writer takes the triples grouped by subject and yields text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.outputs.rdf.terms import NAME_CHARS, NAME_START, RDF, XSD, is_iri, split_literal, term_of
from kg.outputs.xml_text import xml_safe

Triple = tuple[str, str, str]
Grouped = Mapping[str, list[tuple[str, str]]]
"""The predicates and objects of each subject, sorted and each once."""

TYPE = f"<{RDF}type>"
REIFIES = f"<{RDF}reifies>"
_PROPOSITION = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))

_FIRST = (
    "rdf:type rdfs:label skos:altLabel kg:type skos:exactMatch skos:closeMatch dcterms:title "
    "rdf:reifies rdf:subject rdf:predicate rdf:object kg:edge kg:affirmedBy kg:deniedBy kg:hedgedBy kg:polarity "
    "kg:modality kg:confidence kg:worth kg:heldBack kg:from kg:until kg:timeText kg:attributedTo kg:saidThrough "
    "kg:denies nif:referenceContext nif:beginIndex nif:endIndex nif:anchorOf"
)
PREDICATE_ORDER: Mapping[str, int] = MappingProxyType(
    {term_of(name): rank for rank, name in enumerate(_FIRST.split())}
)
"""Predicates that come first, in this order; the others follow by IRI."""

# Turtle lets the local part begin with a digit; XML does not.
_LOCAL = re.compile(f"[{NAME_START}0-9][{NAME_CHARS}]*")
_TAGGED = re.compile('"@[A-Za-z0-9-]+$')
"""kg mints neither blank nodes nor language tags, but a user's CONSTRUCT may."""
_BARE = MappingProxyType(
    {
        XSD + "integer": r"[+-]?[0-9]+",
        XSD + "decimal": r"[+-]?[0-9]*\.[0-9]+",
        XSD + "boolean": "true|false",
    }
)
_XML_NAME = re.compile(f"[{NAME_START}][{NAME_CHARS}]*$")


def group(triples: Iterable[Triple]) -> Grouped:
    """Return the triples by subject, subjects in reading order."""
    by_subject: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, object_ in triples:
        by_subject.setdefault(subject, []).append((predicate, object_))
    return {s: sorted(set(by_subject[s])) for s in sorted(by_subject, key=_reading_order)}


def _reading_order(subject: str) -> tuple[str, int, int, str]:
    """Sort by IRI, but the stretches of a document as they stand in it."""
    document, mark, offsets = subject.partition("#char=")
    start, _, end = offsets[:-1].partition(",")
    if mark and start.isdecimal() and end.isdecimal():
        return document, int(start), -int(end), subject
    # Without its ">", a document sorts before its stretches.
    return subject[:-1], -1, 0, subject


def n_triples(grouped: Grouped, graph_name: str = "") -> Iterator[str]:
    """Yield the lines, sorted by code point (as ``LC_ALL=C sort`` does)."""
    ending = f" {graph_name} .\n" if graph_name else " .\n"
    for subject in sorted(grouped):
        yield "".join([f"{subject} {p} {o}{ending}" for p, o in grouped[subject]])


def turtle(grouped: Grouped, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield Turtle: a block for each subject, a line for each predicate, type first."""
    yield turtle_header(prefixes)
    yield from turtle_blocks(grouped, prefixes)


def turtle_header(prefixes: Mapping[str, str]) -> str:
    """Return the lines that declare the prefixes, in the order of their names."""
    return "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(prefixes))


def turtle_blocks(grouped: Grouped, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield one block of Turtle for each subject."""
    short = _or_triple_term(turtle_term(prefixes))
    for subject, pairs in grouped.items():
        yield f"\n{short(subject)} " + " ;\n    ".join(_turtle_lines(pairs, short)) + " .\n"


def _turtle_lines(pairs: list[tuple[str, str]], short: Callable[[str], str]) -> Iterator[str]:
    for predicate, objects in _by_predicate(pairs):
        verb = "a" if predicate == TYPE else short(predicate)
        yield f"{verb} {short(objects[0])}" + "".join(
            [f",\n        {short(o)}" for o in objects[1:]]
        )


def _by_predicate(pairs: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    by_predicate: dict[str, list[str]] = {}
    for predicate, object_ in pairs:
        by_predicate.setdefault(predicate, []).append(object_)
    rank = PREDICATE_ORDER.get
    return sorted(by_predicate.items(), key=lambda item: (rank(item[0], 1000), item[0]))


def turtle_term(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that spells a term in Turtle with these prefixes."""
    name_of = {namespace: name for name, namespace in prefixes.items()}

    @lru_cache(maxsize=1 << 17)
    def name(term: str) -> str:
        end = max(term.rfind("/"), term.rfind("#")) + 1
        namespace, local = term[1:end], term[end:-1]
        if namespace in name_of and _LOCAL.fullmatch(local):
            return f"{name_of[namespace]}:{local}"
        return term

    @lru_cache(maxsize=1 << 14)
    def typed(term: str) -> str:
        if term[0] == "_" or _TAGGED.search(term):
            return term
        value, datatype = split_literal(term)
        if datatype in _BARE and re.fullmatch(_BARE[datatype], value):
            return value
        return f"{term[: term.rindex('^^')]}^^{name(f'<{datatype}>')}"

    def short(term: str) -> str:
        if term[0] == "<":
            return name(term)
        return term if term[-1] == '"' else typed(term)

    return short


def _or_triple_term(short: Callable[[str], str]) -> Callable[[str], str]:
    def spelled(term: str) -> str:
        if term.startswith("<<("):
            return f"<<( {' '.join(map(short, term[4:-4].split(' ', 2)))} )>>"
        return short(term)

    return spelled


def turtle_12(grouped: Grouped, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield RDF 1.2 Turtle, in which a claim reifies its triple and so does not state it."""
    claim = term_of("kg:Claim")
    reified = {
        subject: _reified(pairs) if (TYPE, claim) in pairs else pairs
        for subject, pairs in grouped.items()
    }
    yield 'VERSION "1.2"\n'
    yield from turtle(reified, prefixes)


def _reified(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a claim's pairs with one triple term; unchanged where the claim has no whole triple.

    RDF 1.2 allows no literal as the subject of a triple, and some claims have no object.
    """
    parts = [next((o for p, o in pairs if p == name), "") for name in _PROPOSITION]
    if not all(parts) or not is_iri(parts[0]):
        return pairs
    rest = [pair for pair in pairs if pair[0] not in _PROPOSITION]
    return [*rest, (REIFIES, f"<<( {' '.join(parts)} )>>")]


def json_ld(grouped: Grouped, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield JSON-LD 1.1, a node a line; its context is inside, nothing is fetched."""
    compact = _compact_iri(prefixes)
    context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False)
    yield f'{{"@context": {context},\n"@graph": ['
    before = "\n"
    for subject, pairs in grouped.items():
        node: dict[str, object] = {"@id": compact(subject)}
        for predicate, objects in _by_predicate(pairs):
            if predicate == TYPE:
                node["@type"] = [compact(o) for o in objects]
            else:
                node[compact(predicate)] = [_json_value(o, compact) for o in objects]
        yield before + json.dumps(node, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _compact_iri(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    short = turtle_term(prefixes)

    def compact(term: str) -> str:
        name = short(term)
        return name[1:-1] if name[0] == "<" else name

    return compact


def _json_value(term: str, compact: Callable[[str], str]) -> object:
    if is_iri(term):
        return {"@id": compact(term)}
    value, datatype = split_literal(term)
    if not datatype:
        return value
    if datatype == XSD + "boolean":
        return value == "true"
    # Only these: JSON-LD takes a number with a fraction for an xsd:double.
    if datatype == XSD + "integer":
        return int(value)
    return {"@value": value, "@type": compact(f"<{datatype}>")}


def rdf_xml(grouped: Grouped, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield RDF/XML; a character that XML cannot hold becomes U+FFFD."""
    name_of = {namespace: name for name, namespace in prefixes.items()}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    yield "".join(f'\n  xmlns:{name}="{_xml(prefixes[name])}"' for name in sorted(prefixes))
    yield ">\n"
    for subject, pairs in grouped.items():
        yield f'<rdf:Description rdf:about="{_xml(subject[1:-1])}">\n'
        for predicate, objects in _by_predicate(pairs):
            tag, declaration = _xml_name(predicate[1:-1], name_of)
            for object_ in objects:
                yield f"  <{tag}{declaration}{_xml_object(object_, tag)}\n"
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _xml_name(predicate: str, name_of: Mapping[str, str]) -> tuple[str, str]:
    found = _XML_NAME.search(predicate)
    # Relations are minted so that they end in an XML name; so do all vocabularies in use.
    local = found[0] if found else "_"
    namespace = predicate[: len(predicate) - len(local)]
    if namespace in name_of:
        return f"{name_of[namespace]}:{local}", ""
    return f"ns:{local}", f' xmlns:ns="{_xml(namespace)}"'


def _xml_object(term: str, tag: str) -> str:
    if is_iri(term):
        return f' rdf:resource="{_xml(term[1:-1])}"/>'
    value, datatype = split_literal(term)
    attribute = f' rdf:datatype="{datatype}"' if datatype else ""
    return f"{attribute}>{_xml(value)}</{tag}>"


def _xml(words: str) -> str:
    # A bare carriage return would be read as a new line.
    words = xml_safe(words).replace("&", "&amp;").replace("<", "&lt;")
    return words.replace(">", "&gt;").replace('"', "&quot;").replace("\r", "&#13;")
