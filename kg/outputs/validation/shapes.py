"""SHACL: check a graph with shapes.ttl, or with a user's own shapes, by pySHACL.

pySHACL is an extra: it is slow (minutes for 100,000 triples) and our own promises are
checked without it. It runs in rdflib, which would send requests and read files that a
SPARQL rule names; so rules that reach outside are refused, and nothing is imported.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from rdflib import Graph, Namespace, URIRef
from rdflib.term import Node

from kg.errors import BadQueryError, InputError, MissingExtraError, NotABuildError
from kg.outputs.sparql.guard import refuse_outside
from kg.outputs.validation.promises import Violation
from kg.vocabulary import DOCUMENT_CLASS, TYPES

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = Namespace("https://w3id.org/kg-claims/shapes#")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


def own_shapes() -> Graph:
    """Return the shapes that hold for every graph of kg's."""
    words = (resources.files("kg.outputs.validation") / "shapes.ttl").read_text(encoding="utf-8")
    shapes = Graph().parse(data=words, format="turtle")
    for class_iri in {kind.class_iri for kind in TYPES.values()} - {DOCUMENT_CLASS}:
        shapes.add((SHAPE.Entity, SH.targetClass, URIRef(class_iri)))
    return shapes


def read_shapes(path: Path) -> Graph:
    """Return the shapes in a user's Turtle file.

    Raises:
        InputError: the file does not parse.
        BadQueryError: a rule in SPARQL reaches outside the graph.

    """
    try:
        shapes = Graph().parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises whatever it met
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"The shapes in {path} do not parse: {reason}. Write Turtle.") from error
    _refuse_outside(shapes, path)
    return shapes


def _refuse_outside(shapes: Graph, path: Path) -> None:
    """Refuse rules that would send requests; rdflib, unlike pyoxigraph, expands escapes first."""
    for name in ("select", "ask", "construct", "update"):
        for rule in shapes.objects(None, SH[name]):
            words = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), str(rule))
            try:
                refuse_outside(words)
            except BadQueryError as error:
                raise BadQueryError(f"A rule in {path} is refused. {error}") from error


def validate_shapes(graph: Path, shapes: Iterable[Graph]) -> Iterator[Violation]:
    """Yield what breaks any of the shapes, sorted.

    Raises:
        MissingExtraError: pySHACL is not installed.
        NotABuildError: the Turtle does not parse.

    """
    try:
        from pyshacl import validate
    except ImportError as error:
        raise MissingExtraError("pyshacl", "SHACL", "pip install 'kg-claims[shacl]'") from error
    rules = Graph()
    for some in shapes:
        rules += some
    try:
        data = Graph().parse(graph, format="turtle")
    except Exception as error:  # as above
        raise NotABuildError(graph.parent, f"a {graph.name} that parses") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # No inference: what kg promises must stand in the file itself; and nothing is fetched.
        _, results, _ = validate(data, shacl_graph=rules, inference="none", do_owl_imports=False)
    if not isinstance(results, Graph):
        raise InputError(f"The shapes cannot be used: {results}. Check them against SHACL.")
    yield from sorted(_violations(results), key=lambda v: (v.rule, v.node, v.value))


def _violations(results: Graph) -> Iterator[Violation]:
    for result in results.objects(None, SH.result):
        rule = results.value(result, SH.resultMessage) or results.value(
            result, SH.sourceConstraintComponent
        )
        node = results.value(result, SH.focusNode)
        value = results.value(result, SH.value) or results.value(result, SH.resultPath)
        if _is_of_whole_graph(results, result):
            node, value = value, None
        yield Violation(str(rule), _n3(node), _n3(value))


def _is_of_whole_graph(results: Graph, result: Node) -> bool:
    """Return whether our rule in SPARQL was broken, whose value is the node that breaks it."""
    shape = results.value(result, SH.sourceShape)
    return shape == SHAPE.WholeGraph


def _n3(node: Node | None) -> str:
    return "" if node is None else node.n3()
