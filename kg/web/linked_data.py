"""Linked data: what is said of each IRI, whole graphs, the vocabulary, the data set."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.outputs.rdf.ontology import ontology_triples, ontology_turtle, vocabulary_terms
from kg.web.answers import answer, pieces_of, stream_answer
from kg.web.descriptions import data_set_description
from kg.web.negotiation import HTML, RDF_FORMS, TURTLE, Form, choose
from kg.web.page_views import PAGE_SIZE, schema_json
from kg.web.rendering import PAGE_FORMS, Site, address, chosen, page, rdf


def resource(site: Site, request: Request, *, kind: str) -> Response:
    """Answer for a minted IRI, or for one of the forms of what is said of it."""
    name = request.path_params["name"]
    # The whole name first: it may itself end in .ttl.
    if site.lookup.exists(site.lookup.iri(kind, name)):
        form = chosen(request, PAGE_FORMS)
        # 303: the IRI is that of the thing; a page or a file is only about it.
        return RedirectResponse(f"/{kind}/{quote(name)}{form.suffix}", 303)
    for form in PAGE_FORMS:
        iri = site.lookup.iri(kind, name.removesuffix(form.suffix))
        if name.endswith(form.suffix) and site.lookup.exists(iri):
            return _about(site, request, kind, iri, form)
    raise HTTPException(
        404, f"There is no {kind} {name[:200]!r} in this build. Search for its name."
    )


def _about(site: Site, request: Request, kind: str, iri: str, form: Form) -> Response:
    links = {"link": _alternates(request.url.path.removesuffix(form.suffix))}
    if form is not HTML:
        found = site.lookup.describe(kind, iri)
        if found.is_cut:
            links["X-KG-Cut"] = "more triples point here: ask the SPARQL endpoint for them"
        return rdf(site, request, found.triples, form, headers=links)
    view = getattr(site.views, kind)(iri, _page_number(request))
    return page(
        site,
        request,
        f"{kind}.html",
        headers=links,
        kind=kind,
        iri=iri,
        path=request.url.path.removesuffix(form.suffix),
        forms=RDF_FORMS,
        schema_json=schema_json(iri, view["schema"]),
        page_size=PAGE_SIZE,
        **view,
    )


def _alternates(path: str) -> str:
    """Return the Link header to the other forms of a page."""
    plain = quote(path, safe="/%")
    return ", ".join(
        f'<{plain}{form.suffix}>; rel="alternate"; type="{form.media_type}"' for form in RDF_FORMS
    )


def _page_number(request: Request) -> int:
    number = request.query_params.get("page", "1")
    # Not longer: Python refuses numbers of thousands of digits.
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1


def data(site: Site, request: Request) -> Response:
    """Answer the reading half of the SPARQL 1.1 Graph Store Protocol."""
    asked = request.query_params
    if ("default" in asked) == ("graph" in asked) or len(asked.multi_items()) > 1:
        raise HTTPException(
            400, "Say which graph: /data?default, or /data?graph= with a document's IRI."
        )
    form = chosen(request, RDF_FORMS)
    if "default" in asked or asked["graph"] == site.lookup.data_set:
        return _whole_graph(site, request, form)
    iri = asked["graph"]
    if (
        not iri.startswith(f"{site.lookup.base_iri}doc/")
        or "#" in iri
        or not site.lookup.exists(iri)
    ):
        raise HTTPException(
            404, f"There is no graph {iri[:200]!r}: each document has one, by its own IRI."
        )
    return rdf(site, request, site.lookup.document_triples(iri), form)


def _whole_graph(site: Site, request: Request, form: Form) -> Response:
    if request.method == "HEAD":
        # Without writing a whole graph only to count its bytes.
        return Response(headers={"content-type": form.content_type})
    file = site.folder / "graph.ttl"
    if form is TURTLE and file.is_file():
        return stream_answer(request, pieces_of(file), form)
    return stream_answer(request, site.lookup.dump(form.name), form)


def vocabulary(site: Site, request: Request) -> Response:
    """Give the vocabulary: a page, or RDF in the form of the suffix or of Accept."""
    suffix = request.path_params.get("suffix", "")
    if suffix:
        form = next((form for form in PAGE_FORMS if form.suffix == suffix), None)
        if form is None:
            raise HTTPException(404, f"The vocabulary has no form {suffix[:20]!r}. See /ns.")
    else:
        form = chosen(request, PAGE_FORMS)
    links = {"link": _alternates("/ns")}
    if form is HTML:
        return page(site, request, "vocabulary.html", headers=links, terms=vocabulary_terms())
    if form is TURTLE:
        return answer(request, ontology_turtle().encode(), form.content_type, headers=links)
    return rdf(site, request, ontology_triples(), form, headers=links)


def void(site: Site, request: Request) -> Response:
    """Describe the data set in VoID; who asks for no form of RDF gets Turtle."""
    form = choose(request.headers.get("accept"), RDF_FORMS) or TURTLE
    return rdf(site, request, data_set_description(site.lookup, address(request)), form)


def data_set(site: Site, request: Request) -> Response:
    """Lead from the IRI of the data set to its page, or to its description."""
    form = chosen(request, PAGE_FORMS)
    return RedirectResponse("/" if form is HTML else "/.well-known/void", 303)
