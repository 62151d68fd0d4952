"""Which form of an answer a client gets: its Accept header against what there is.

Of the forms that a client accepts it gets the one with the highest quality; where two
are equal, the one that we put first. A more exact range of the header wins over a
wider one (``text/turtle;q=0`` over ``text/*``), as HTTP says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: our name, its media type, others that mean it, its file suffix."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def content_type(self) -> str:
        """The Content-Type to send; text says its encoding, other types have theirs fixed."""
        return (
            f"{self.media_type}; charset=utf-8"
            if self.media_type[:5] == "text/"
            else self.media_type
        )


HTML = Form("html", "text/html", ("application/xhtml+xml",), ".html")
TURTLE = Form("turtle", "text/turtle", ("application/x-turtle",), ".ttl")
JSON_LD = Form("jsonld", "application/ld+json", ("application/json",), ".jsonld")
N_TRIPLES = Form("nt", "application/n-triples", ("text/plain",), ".nt")
RDF_XML = Form("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"), ".rdf")
RDF_FORMS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)

JSON = Form("json", "application/sparql-results+json", ("application/json",))
XML = Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Form("csv", "text/csv")
TSV = Form("tsv", "text/tab-separated-values")
RESULT_FORMS = (JSON, XML, CSV, TSV)

_RANGE = re.compile(r"([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def choose(accept: str | None, offers: Sequence[Form]) -> Form | None:
    """Return the best form, the first without a header, or None if none will do.

    >>> choose("text/html;q=0.5, application/rdf+xml", (HTML, TURTLE, RDF_XML)).name
    'rdfxml'
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    rated = [(_quality(form, ranges), -place, form) for place, form in enumerate(offers)]
    quality, _, best = max(rated, key=lambda one: one[:2])
    return best if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for found in _RANGE.finditer(accept):
        quality = _QUALITY.search(found[2])
        yield found[1].casefold(), float(quality[1]) if quality else 1.0


def _quality(form: Form, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how much a form is wanted; its other names count only when spelled out."""
    named = [quality for range_, quality in ranges if range_ in form.aliases]
    return max([_type_quality(form.media_type, ranges), *named])


def _type_quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the quality of the most exact range that a media type falls into."""
    wider = media_type.partition("/")[0] + "/*"
    for name in (media_type, wider, "*/*"):
        found = [quality for range_, quality in ranges if range_ == name]
        if found:
            return max(found)
    return 0.0
