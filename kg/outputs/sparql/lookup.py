"""Look things up in a build's store on disk: what there is about one IRI, and its names.

The pages of ``kg serve`` are made of these. Nothing is assembled: each answer is some
index look-ups of pyoxigraph, so a graph of any size is there at once. What could be
long (the claims about a hub) comes sliced, with the whole number beside it.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import NotABuildError
from kg.graph.names import Found, Meant, Named, NameIndex
from kg.outputs.rdf.terms import iri_path
from kg.outputs.rdf.writers import Triple
from kg.outputs.xml_text import xml_safe_chunks
from kg.vocabulary import expand, prefixes

KINDS = ("entity", "relation", "claim", "edge", "doc")
MOST_TRIPLES = 10_000
"""The description of one IRI holds no more than so many triples that point to it."""
MOST_INBOUND = 20_000
"""So many claims, mentions or edges of one thing are sorted; of more, the first found."""

MOST_GROUPS_MISSED = 100
"""After so many numbers that no group has, a document has no more groups."""
CHUNK = 1 << 18
_SPAN = re.compile(r"#char=(\d+),(\d+)$")
_DUMPS = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Description:
    """The triples about one thing; ``is_cut`` says that there are more."""

    triples: Sequence[Triple]
    is_cut: bool = False


def span_of(iri: str) -> tuple[int, int] | None:
    """Return the characters that a stretch's IRI names.

    >>> span_of("http://x/doc/d#char=8,14")
    (8, 14)
    """
    found = _SPAN.search(iri)
    return (int(found[1]), int(found[2])) if found else None


def reading_order(span_iri: str) -> tuple[str, int, int]:
    """Sort stretches by document and place."""
    span = span_of(span_iri) or (0, 0)
    return span_iri.partition("#")[0], *span


class Lookup:
    """A build's store, for looking up; safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        self.store = pyoxigraph.Store.read_only(str(folder))
        self.base_iri = self._find_base_iri(folder)
        self.data_set = f"{self.base_iri}dataset"
        self.prefixes = prefixes(self.base_iri)

    def _find_base_iri(self, folder: Path) -> str:
        for quad in self.store.quads_for_pattern(None, NamedNode(expand("void:uriSpace")), None):
            return _words(quad.object)
        raise NotABuildError(folder.parent, "a graph.ttl that describes its data set")

    # One step

    def values(self, iri: str, curie: str) -> list[str]:
        """Return the objects of a property: IRIs, or the words of literals, sorted."""
        found = self.store.quads_for_pattern(_node(iri), NamedNode(expand(curie)), None)
        return sorted(_words(quad.object) for quad in found)

    def value(self, iri: str, curie: str) -> str:
        """Return the first object of a property, or ""."""
        found = self.values(iri, curie)
        return found[0] if found else ""

    def terms(self, iri: str, curie: str) -> list[tuple[str, bool]]:
        """Return the objects of a property, each with whether it is an IRI."""
        found = self.store.quads_for_pattern(_node(iri), NamedNode(expand(curie)), None)
        return sorted((_words(q.object), isinstance(q.object, NamedNode)) for q in found)

    def subjects(self, curie: str, iri: str) -> Iterator[str]:
        """Yield the IRIs that point to this one with a property."""
        found = self.store.quads_for_pattern(None, NamedNode(expand(curie)), _node(iri))
        for quad in found:
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def rows(self, query: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT that our own code wrote; our prefixes are declared.

        pyoxigraph writes them as JSON at once, several times faster than term by term.
        """
        found = self.store.query(query, prefixes=self.prefixes)
        if not isinstance(found, pyoxigraph.QuerySolutions):
            return []
        written = json.loads(found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"{}")
        return [
            {name: term["value"] for name, term in row.items()}
            for row in written["results"]["bindings"]
        ]

    def claims_by_place(self, *patterns: str) -> list[str]:
        """Return the claims that any pattern over ``?claim`` fits, in the order of their text."""
        # The sentence is joined within each branch: joined to their union, pyoxigraph
        # goes through every sentence of the store (8 s, not 2 ms, on 100,000 claims).
        branches = " UNION ".join(
            f"{{ {pattern} ?claim prov:wasDerivedFrom ?span }}" for pattern in patterns
        )
        rows = self.rows(f"SELECT ?claim ?span {{ {branches} }} LIMIT {MOST_INBOUND}")
        place = {row["claim"]: reading_order(row["span"]) for row in rows}
        return sorted(place, key=lambda claim: (place[claim], claim))

    def edges_by_weight(self, pattern: str, *, limit: int) -> tuple[list[str], int]:
        """Return the edges that a pattern over ``?edge`` fits, most claims first; and how many."""
        counts = "kg:affirmedBy ?a ; kg:deniedBy ?d ; kg:hedgedBy ?h"
        where = f"{{ {pattern} ?edge {counts} }}"
        best = self.rows(f"SELECT ?edge {where} ORDER BY DESC(?a + ?d + ?h) ?edge LIMIT {limit}")
        if len(best) < limit:
            return [row["edge"] for row in best], len(best)
        (whole,) = self.rows(f"SELECT (COUNT(*) AS ?n) {where}")
        return [row["edge"] for row in best], int(whole["n"])

    def spans(self, pattern: str) -> list[dict[str, str]]:
        """Return the stretches that a pattern over ``?span`` fits, as they stand in the text.

        Each is given once for each of its types, with the entity that it mentions, if any.
        """
        rows = self.rows(
            f"SELECT ?span ?type ?named {{ {pattern} OPTIONAL {{ ?span a ?type }} "
            "OPTIONAL { ?span kg:mentions ?named } }"
        )
        return sorted(rows, key=lambda row: (reading_order(row["span"]), row.get("type", "")))

    def label(self, iri: str) -> str:
        """Return what people call it, or the end of its IRI."""
        return self.value(iri, "rdfs:label") or re.split("[/#]", iri)[-1]

    # Minted names

    def iri(self, kind: str, name: str) -> str:
        """Return the IRI of a name as it stands, decoded, in a path."""
        return f"{self.base_iri}{kind}/{iri_path(name)}"

    def exists(self, iri: str) -> bool:
        """Return whether anything is said of an IRI."""
        if not _is_iri(iri):
            return False
        return any(True for _ in self.store.quads_for_pattern(_node(iri), None, None))

    # Descriptions

    def describe(self, kind: str, iri: str) -> Description:
        """Return the triples about one thing, with those that belong to it."""
        if kind == "doc":
            return Description(list(dict.fromkeys(self.document_triples(iri))))
        own = [*self._about(iri), *self._parts(kind, iri)]
        inbound = self.store.quads_for_pattern(None, None, _node(iri))
        pointing = [_triple(quad) for quad in islice(inbound, MOST_TRIPLES + 1)]
        is_cut = len(pointing) > MOST_TRIPLES
        return Description(list(dict.fromkeys([*own, *pointing[:MOST_TRIPLES]])), is_cut)

    def document_triples(self, iri: str) -> Iterator[Triple]:
        """Yield what belongs to one document: itself, its stretches, claims and groups."""
        yield from self._about(iri)
        yield from self._about_groups(iri)
        for span in self.subjects("nif:referenceContext", iri):
            yield from self._about(span)
            for claim in self.subjects("prov:wasDerivedFrom", span):
                yield from self._about(claim)
                yield from self._parts("claim", claim)

    def _about_groups(self, iri: str) -> Iterator[Triple]:
        """Yield what is said of a document's groups of mentions, which are numbered."""
        number, missed = 0, 0
        while missed < MOST_GROUPS_MISSED:
            found = list(self._about(f"{iri}#group{number}"))
            yield from found
            number, missed = number + 1, 0 if found else missed + 1

    def about_data_set(self) -> list[Triple]:
        """Return what the data set says of itself."""
        own = (self.data_set, f"{self.data_set}#build", f"{self.data_set}#program")
        return [triple for iri in own for triple in self._about(iri)]

    def dump(self, form: str) -> Iterator[bytes]:
        """Yield the whole graph in a form of ``GRAPH_FORMS``, while it is being written.

        A thread writes into a pipe; it ends when nobody reads on.
        """
        # pyoxigraph writes into a stream and cannot be stepped through.
        reading, writing = os.pipe()
        failures: list[BaseException] = []
        thread = threading.Thread(target=self._dump, args=(writing, form, failures), daemon=True)
        thread.start()
        with os.fdopen(reading, "rb") as stream:
            chunks = iter(partial(stream.read, CHUNK), b"")
            yield from xml_safe_chunks(chunks) if form == "rdfxml" else chunks
        thread.join()
        if failures:
            raise failures[0]

    def _dump(self, writing: int, form: str, failures: list[BaseException]) -> None:
        own = None if form == "nt" else self.prefixes
        with os.fdopen(writing, "wb") as stream:
            try:
                self.store.dump(
                    stream, format=_DUMPS[form], from_graph=DefaultGraph(), prefixes=own
                )
            except (OSError, ValueError) as error:
                failures.append(error)

    def _about(self, iri: str) -> Iterator[Triple]:
        for quad in self.store.quads_for_pattern(_node(iri), None, None):
            yield _triple(quad)

    def _parts(self, kind: str, iri: str) -> Iterator[Triple]:
        """Yield what is said of a claim's arguments and sentence, or of an edge's claims."""
        if kind == "claim":
            for part in (
                *self.values(iri, "kg:argument"),
                *self.values(iri, "prov:wasDerivedFrom"),
            ):
                yield from self._about(part)

    # Search

    @cached_property
    def _names(self) -> NameIndex:
        """Every entity with its names, by its IRI without the base."""
        # Joined here: scans take a quarter of the time that pyoxigraph's join takes.
        kinds, labels = dict(self._pairs("kg:type")), dict(self._pairs("rdfs:label"))
        aliases: dict[str, list[str]] = defaultdict(list)
        for iri, name in sorted(self._pairs("skos:altLabel")):
            aliases[iri].append(name)
        mentions = Counter(iri for _, iri in self._pairs("kg:mentions"))
        start = len(f"{self.base_iri}entity/")
        return NameIndex(
            Named(
                unquote(iri[start:]), labels.get(iri, ""), kind, tuple(aliases[iri]), mentions[iri]
            )
            for iri, kind in sorted(kinds.items())
        )

    def _pairs(self, curie: str) -> list[tuple[str, str]]:
        return [(row["s"], row["o"]) for row in self.rows(f"SELECT ?s ?o {{ ?s {curie} ?o }}")]

    def prepare_search(self) -> None:
        """Read all names now, so that the first search need not."""
        _ = self._names

    def search(self, words: str, *, limit: int) -> tuple[list[Found], int]:
        """Return the entities whose names hold these words, the likeliest first, and how many."""
        found = self._names.search(words)
        return found[:limit], len(found)

    def meant_by(self, typed: str) -> Meant:
        """Return the entity that is taken for what somebody typed.

        Raises:
            UnknownNameError: it fits none; the message suggests near names.

        """
        return self._names.meant(typed)


def _is_iri(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def _words(term: object) -> str:
    return str(term.value) if isinstance(term, NamedNode | Literal) else str(term)


def _triple(quad: pyoxigraph.Quad) -> Triple:
    return str(quad.subject), str(quad.predicate), str(quad.object)
