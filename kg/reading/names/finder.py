"""Find the names in a text and say what they name.

The encoder, or another spaCy pipeline, proposes names (``proposed.py`` mends their bounds and
types), word lists (``listed.py``, ``towns.py``) and the shape of words (``shapes.py``) add what
it missed. Of names that overlap one is kept (``settling.py``); a document then agrees with
itself: one name, one type (``agreement.py``). Last come names built on those names
(``built.py``). Names may lie inside others ("Sochi" in "the Sochi Olympics").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.lexicons import Lexicons, load_lexicons
from kg.reading.encoder.component import probability_of
from kg.reading.grammar import Syntax
from kg.reading.names.agreement import Agreement
from kg.reading.names.built import NameBuilder
from kg.reading.names.listed import ListedNames, is_law_report
from kg.reading.names.name import Name, Proposed
from kg.reading.names.proposed import ProposedNames
from kg.reading.names.settling import settle, without_crossing, without_listed
from kg.reading.names.shapes import ShapedNames
from kg.reading.names.towns import find_towns
from kg.reading.names.users_own import OwnNames
from kg.reading.parse_repair import mended

COMPONENT = "kg_names"
SPANS = "kg_names"
VALUES = "names"
"""Attribute of the span list: (kind, source, label, of) of the n-th span's name."""


def find_names(
    syntax: Syntax,
    proposed: Iterable[Proposed],
    lexicons: Lexicons,
    *,
    own: Iterable[Name] = (),
) -> list[Name]:
    """Return the names in reading order, outer before inner.

    ``proposed`` are (first token, token after the last, spaCy label or our type, and its
    probability where one is known);
    ``own`` are names that the user listed.
    """
    proposed = list(proposed)
    names = [*own, *ListedNames(syntax, lexicons).find(), *ShapedNames(syntax, lexicons).find()]
    names += list(find_towns(syntax, lexicons, proposed, names))
    names += ProposedNames(syntax, lexicons).find(proposed)
    names = Agreement(syntax, lexicons).of(settle(without_listed(names)))
    # What users list is a name, whatever it looks like.
    names = [n for n in names if n.source == "own" or not is_law_report(n, syntax)]
    # Last, for these build on the types that the document has agreed on.
    builder = NameBuilder(syntax, lexicons)
    for build in (builder.groups_and_governments, builder.events_named_after, builder.roles):
        names += list(build(names))
    return sorted(without_crossing(names), key=lambda n: (n.start, -n.end, n.type))


@Language.factory(COMPONENT, assigns=["doc.spans"])
def make_name_finder(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Build the component."""
    return NameFinder()


@dataclass(frozen=True)
class NameFinder:
    """Mark names in ``doc.spans["kg_names"]``, each with our type as its label.

    What a span has no place for stands in the list's own ``attrs``, a row for each span: spaCy
    saves and pickles them with the document.
    """

    own: OwnNames | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its names marked."""
        self.mark(doc, mended(doc))
        return doc

    def mark(self, doc: Doc, syntax: Syntax) -> None:
        """Mark the names of a document, the parse of which has been mended."""
        proposed = [(e.start, e.end, e.label_, probability_of(e)) for e in doc.ents]
        own = list(self.own.find(syntax)) if self.own else []
        names = find_names(syntax, proposed, load_lexicons(), own=own)
        spans = [Span(doc, n.start, n.end, label=n.type) for n in names]
        values = [[n.kind, n.source, n.label, n.of] for n in names]
        doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=spans, attrs={VALUES: values})


def names_in(doc: Doc) -> list[Name]:
    """Return what the component marked."""
    if SPANS not in doc.spans:
        return []
    spans = doc.spans[SPANS]
    return [
        Name(span.start, span.end, span.label_, *values)
        for span, values in zip(spans, spans.attrs[VALUES], strict=True)
    ]
