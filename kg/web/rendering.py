"""A build that is served, and the ways to answer from it: a page, or triples in some form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.outputs.rdf.writers import Grouped, Triple, group, json_ld, n_triples, rdf_xml, turtle
from kg.outputs.sparql.lookup import Lookup
from kg.web.answers import answer
from kg.web.descriptions import SD
from kg.web.negotiation import HTML, JSON_LD, N_TRIPLES, RDF_FORMS, RDF_XML, TURTLE, Form, choose
from kg.web.page_views import PageViews
from kg.web.query_pool import QueryPool

PAGE_FORMS = (HTML, *RDF_FORMS)


@dataclass(frozen=True, slots=True)
class Site:
    """A build, opened to be served."""

    folder: Path
    lookup: Lookup
    pool: QueryPool
    views: PageViews
    pages: Environment


def page(
    site: Site,
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,  # noqa: ANN401 - what a template shows
) -> Response:
    """Return a page of ours, filled with values."""
    body = site.pages.get_template(template).render(**values)
    return answer(
        request, body.encode("utf-8", "replace"), HTML.content_type, status=status, headers=headers
    )


def rdf(
    site: Site,
    request: Request,
    triples: Iterable[Triple],
    form: Form,
    *,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return triples in a form."""
    prefixes = site.lookup.prefixes | {"sd": SD}
    writers: dict[str, Callable[[Grouped], Iterable[str]]] = {
        TURTLE.name: lambda grouped: turtle(grouped, prefixes),
        JSON_LD.name: lambda grouped: json_ld(grouped, prefixes),
        RDF_XML.name: lambda grouped: rdf_xml(grouped, prefixes),
        N_TRIPLES.name: n_triples,
    }
    body = "".join(writers[form.name](group(triples))).encode("utf-8", "replace")
    return answer(request, body, form.content_type, headers=headers)


def chosen(request: Request, offers: tuple[Form, ...]) -> Form:
    """Return the form that the client likes best; 406 if it takes none of them."""
    accept = request.headers.get("accept")
    form = choose(accept, offers)
    if form is None:
        raise not_acceptable(accept, offers)
    return form


def not_acceptable(accept: str | None, offers: Iterable[Form]) -> HTTPException:
    """Return the answer to who asks for what there is not."""
    names = ", ".join(form.media_type for form in offers)
    return HTTPException(406, f"Nothing here comes as {(accept or '')[:200]!r}. Ask for {names}.")


def address(request: Request) -> str:
    """Return the address by which the client knows this server; the Guard checked it."""
    return f"{request.url.scheme}://{request.headers['host']}/"
