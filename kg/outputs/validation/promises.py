"""Check a build's Turtle against what kg promises, fast at any size.

The same promises stand in shapes.ttl for every SHACL validator; a validator in Python
needs minutes where this needs seconds, so `kg validate` checks here and runs SHACL on
demand. A rule is a function that yields the nodes that break it; its first line of
documentation is what people read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyoxigraph

from kg.errors import NotABuildError
from kg.outputs.rdf.terms import is_iri, split_literal, term_of
from kg.outputs.rdf.writers import turtle_term
from kg.vocabulary import MODALITIES, POLARITIES, prefixes

About = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule, the rule in words, and the value that breaks it ("" if none)."""

    rule: str
    node: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """All triples of a file by subject and predicate, terms as N-Triples spells them."""

    about: About
    typed: Mapping[str, Sequence[str]]
    triples: int

    def of_type(self, curie: str) -> Sequence[str]:
        """Return the nodes of a class."""
        return self.typed.get(term_of(curie), ())

    def all(self, node: str, curie: str) -> Sequence[str]:
        """Return every value of a node's property."""
        return self.about.get(node, {}).get(term_of(curie), ())

    def first(self, node: str, curie: str) -> str:
        """Return the first value of a node's property, or ""."""
        return next(iter(self.all(node, curie)), "")

    def is_a(self, node: str, curie: str) -> bool:
        """Return whether a node has a class."""
        return term_of(curie) in self.all(node, "rdf:type")

    def is_fact(self, claim: str) -> bool:
        """Return whether a claim is told as a fact: its document states it, and nothing holds it back."""
        return (
            self.all(claim, "kg:polarity") == [term_of("kg:positive")]
            and self.all(claim, "kg:modality") == [term_of("kg:asserted")]
            and not self.all(claim, "kg:attributedTo")
            and not self.all(claim, "kg:heldBack")
        )


def read_statements(path: Path) -> Statements:
    """Return what a Turtle file says; a file that does not parse raises a NotABuildError."""
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    typed: dict[str, list[str]] = defaultdict(list)
    count, kind = 0, term_of("rdf:type")
    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate, object_ = str(quad.subject), str(quad.predicate), str(quad.object)
            about[subject][predicate].append(object_)
            count += 1
            if predicate == kind:
                typed[object_].append(subject)
    except SyntaxError as error:
        raise NotABuildError(path.parent, f"a {path.name} that parses ({error.msg})") from error
    except OSError as error:
        raise NotABuildError(path.parent, path.name) from error
    return Statements(about, typed, count)


# The rules

Broken = Iterator[tuple[str, str]]


def no_blank_nodes(found: Statements) -> Broken:
    """Every node has a name: no blank node."""
    for subject, pairs in found.about.items():
        if subject[0] == "_":
            yield subject, ""
        for objects in pairs.values():
            yield from ((subject, o) for o in objects if o[0] == "_")


def every_label(found: Statements) -> Broken:
    """Every entity, relation and document has a label."""
    entities = [n for n, pairs in found.about.items() if term_of("kg:type") in pairs]
    named = [*entities, *found.of_type("rdf:Property"), *found.of_type("nif:Context")]
    for node in dict.fromkeys(named):
        if not found.all(node, "rdfs:label"):
            yield node, ""


def every_sentence(found: Statements) -> Broken:
    """Every claim comes from one sentence."""
    for claim in found.of_type("kg:Claim"):
        sentences = found.all(claim, "prov:wasDerivedFrom")
        if len(sentences) != 1 or not found.is_a(sentences[0], "nif:Sentence"):
            yield claim, ", ".join(sentences)


def only_facts_are_plain(found: Statements) -> Broken:
    """Plain triples are facts: a claim that is no fact never stands as one on its own."""
    stated = set()
    for claim in filter(found.is_fact, found.of_type("kg:Claim")):
        subject, object_ = found.first(claim, "rdf:subject"), found.first(claim, "rdf:object")
        for relation in found.all(claim, "rdf:predicate"):
            stated.add((subject, relation, object_))
        turned = found.first(claim, "kg:turned")
        ends = (object_, subject) if turned else (subject, object_)
        values = found.all(claim, "kg:date") or (ends[1],)
        stated |= {(ends[0], p, v) for p in found.all(claim, "kg:property") for v in values}
    relations = set(found.of_type("rdf:Property"))
    for subject, pairs in found.about.items():
        for relation in pairs.keys() & relations:
            for object_ in pairs[relation]:
                if (subject, relation, object_) not in stated:
                    yield subject, f"{relation} {object_}"


def every_fact_is_plain(found: Statements) -> Broken:
    """Every fact about an entity stands as a plain triple, too."""
    for claim in filter(found.is_fact, found.of_type("kg:Claim")):
        subject, object_ = found.first(claim, "rdf:subject"), found.first(claim, "rdf:object")
        relation = found.first(claim, "rdf:predicate")
        # Words in the place of a subject cannot begin a triple.
        if not object_ or not relation or not is_iri(subject or '"'):
            continue
        if object_ not in found.about.get(subject, {}).get(relation, ()):
            yield claim, f"{subject} {relation} {object_}"


_STATUSES: Mapping[str, frozenset[tuple[str]]] = MappingProxyType(
    {
        "kg:polarity": frozenset((term_of(f"kg:{word}"),) for word in POLARITIES),
        "kg:modality": frozenset((term_of(f"kg:{word}"),) for word in MODALITIES),
    }
)
"""The values that a claim may have of each, one of them."""


def whole_claims(found: Statements) -> Broken:
    """Every claim has a subject, a predicate, and one status of each kind."""
    for claim in found.of_type("kg:Claim"):
        for curie in ("rdf:subject", "rdf:predicate", "kg:confidence", "kg:worth", "kg:foundBy"):
            if len(found.all(claim, curie)) != 1:
                yield claim, curie
        for curie, known in _STATUSES.items():
            values = found.all(claim, curie)
            if tuple(values) not in known:
                yield claim, ", ".join(values) or curie
        if not 0 <= _number(found.first(claim, "kg:confidence")) <= 1:
            yield claim, found.first(claim, "kg:confidence")


def whole_denials(found: Statements) -> Broken:
    """Whoever denies a claim is a speaker to whom it is attributed."""
    for claim in found.of_type("kg:Claim"):
        speakers = {*found.all(claim, "kg:attributedTo"), *found.all(claim, "kg:saidThrough")}
        strangers = set(found.all(claim, "kg:denier")) - speakers
        if strangers or (found.all(claim, "kg:denies") and not found.all(claim, "kg:denier")):
            yield claim, ", ".join(sorted(strangers))


def whole_arguments(found: Statements) -> Broken:
    """Every argument of a claim has a role and a value."""
    for claim in found.of_type("kg:Claim"):
        for argument in found.all(claim, "kg:argument"):
            if not (found.all(argument, "kg:role") and found.all(argument, "kg:value")):
                yield argument, ""


def true_counts(found: Statements) -> Broken:
    """Every edge counts its claims: affirmed, denied and hedged."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in found.of_type("kg:Claim"):
        for edge in found.all(claim, "kg:edge"):
            counts[edge][_counted_as(found, claim)] += 1
    for edge in dict.fromkeys([*found.of_type("kg:Edge"), *counts]):
        for how in ("affirmed", "denied", "hedged"):
            told = found.first(edge, f"kg:{how}By")
            if _number(told) != counts[edge][how]:
                yield edge, f"{how}: {counts[edge][how]} claims, told {told or 'nothing'}"


def _counted_as(found: Statements, claim: str) -> str:
    denied = found.all(claim, "kg:polarity") == [term_of("kg:negative")]
    if found.is_fact(claim):
        return "affirmed"
    is_asserted = found.all(claim, "kg:modality") == [term_of("kg:asserted")]
    return "denied" if denied and is_asserted else "hedged"


def offsets_fit(found: Statements) -> Broken:
    """Every stretch lies in its text, and its words are those that stand there."""
    texts = {d: split_literal(t)[0] for d in found.of_type("nif:Context") if (t := _text(found, d))}
    for span, pairs in found.about.items():
        for document in pairs.get(term_of("nif:referenceContext"), ()):
            if wrong := _wrong_offsets(found, span, document, texts.get(document)):
                yield span, wrong


def _text(found: Statements, document: str) -> str:
    return found.first(document, "nif:isString")


def _wrong_offsets(found: Statements, span: str, document: str, text: str | None) -> str:
    """Return what is wrong with a stretch, or ""."""
    start, end = (_number(found.first(span, c)) for c in ("nif:beginIndex", "nif:endIndex"))
    if text is None:
        return f"{document} has no text"
    if not 0 <= start < end <= len(text):
        return f"{start:g} to {end:g} of {len(text)} characters"
    if span != f"{document[:-1]}#char={start:g},{end:g}>":
        return f"its name is not its place {start:g},{end:g}"
    words = found.all(span, "nif:anchorOf")
    if any(split_literal(w)[0] != text[int(start) : int(end)] for w in words):
        return words[0]
    return ""


def known_mentions(found: Statements) -> Broken:
    """Every mention leads to an entity of the graph."""
    for span, pairs in found.about.items():
        for curie in ("kg:mentions", "kg:names"):
            for entity in pairs.get(term_of(curie), ()):
                if not found.all(entity, "kg:type"):
                    yield span, entity


def one_description(found: Statements) -> Broken:
    """One data set describes itself, and counts its triples."""
    sets = [s for s in found.of_type("void:Dataset") if found.all(s, "void:uriSpace")]
    if len(sets) != 1:
        yield term_of("void:Dataset"), f"{len(sets)} described"
        return
    about = sum(
        len(objects)
        for node, pairs in found.about.items()
        if node.startswith(sets[0][:-1])
        for objects in pairs.values()
    )
    told = _number(found.first(sets[0], "void:triples"))
    if told != found.triples - about:
        yield sets[0], f"{found.triples - about} triples, told {told:g}"


def _number(literal: str) -> float:
    """Return a literal as a number; what is none is out of every range."""
    try:
        return float(split_literal(literal)[0])
    except ValueError:
        return float("nan")


RULES: tuple[Callable[[Statements], Broken], ...] = (
    only_facts_are_plain, every_fact_is_plain, every_sentence, offsets_fit, every_label,
    no_blank_nodes, whole_claims, whole_denials, whole_arguments, true_counts, known_mentions,
    one_description,
)  # fmt: skip


def check_statements(found: Statements) -> Iterator[Violation]:
    """Yield every violation of every rule, rule by rule, sorted."""
    for rule in RULES:
        words = (rule.__doc__ or rule.__name__).split("\n")[0].rstrip(".")
        for node, value in sorted(set(rule(found))):
            yield Violation(words, node, value)


def report_lines(
    violations: Iterable[Violation], *, base_iri: str, limit: int = 10
) -> Iterator[str]:
    """Yield the report: each rule with its count, and at most ``limit`` of its nodes."""
    by_rule: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        by_rule[violation.rule].append(violation)
    short = turtle_term(prefixes(base_iri))
    for rule, broken in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{len(broken)} × broken: {rule}"
        for violation in broken[:limit]:
            yield f"    {_shown(violation.node, short)}  {_shown(violation.value, short)}".rstrip()
        if len(broken) > limit:
            yield f"    … and {len(broken) - limit} more"


def _shown(words: str, short: Callable[[str], str]) -> str:
    parts = [
        short(part) if part[:1] == "<" and part[-1:] == ">" else part for part in words.split()
    ]
    line = " ".join(parts)
    return line if len(line) <= 200 else f"{line[:199]}…"
