"""The server's addresses and what each of them answers.

/                    home: counts, search, downloads      /search?q=  entities by name
/sparql              the SPARQL endpoint                  /query      its editor
/data?default        the graph (Graph Store Protocol)     /data?graph=IRI  one document's
/entity/X …          303 to X.html, .ttl, .jsonld, .nt, .rdf, by Accept
/ns, /.well-known/void, /dataset                          vocabulary, description
/graph.html, /download/FILE                               the build's own files
/explore, /api/…                                          see explorer_api.py
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Timer
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import BadQueryError, QueryTimeoutError
from kg.outputs.drawing import PAGE
from kg.outputs.explorer import Explorer
from kg.outputs.lookup import KINDS, Lookup
from kg.outputs.ontology import ontology_triples, ontology_turtle, vocabulary_terms
from kg.outputs.page_views import PAGE_SIZE, PageViews, schema_json
from kg.outputs.query_worker import Answer, Question
from kg.outputs.rdf_writers import Grouped, Triple, group, json_ld, n_triples, rdf_xml, turtle
from kg.outputs.safe_text import displayable
from kg.outputs.sparql import saved_queries, syntax_message
from kg.outputs.star import spokes
from kg.web.answers import answer, pieces_of, stream_answer
from kg.web.descriptions import SD, data_set_description, service_description
from kg.web.explorer_api import explorer_routes
from kg.web.guarding import POLICY
from kg.web.negotiation import (
    HTML,
    JSON_LD,
    N_TRIPLES,
    RDF_FORMS,
    RDF_XML,
    RESULT_FORMS,
    TURTLE,
    Form,
    choose,
)
from kg.web.query_page import EDITOR_POLICY, editor_config, query_form
from kg.web.query_pool import BusyError, ClientGoneError, QueryPool
from kg.web.sparql_protocol import checked_question, read_operation

HERE = Path(__file__).parent
DOWNLOADS = ("graph.ttl", "graph.graphml", "entities.csv", "claims.csv")
RESULTS_SHOWN = 100
LONGEST_SEARCH = 200
PREPARE_AFTER = 1.5
"""Seconds after which names are read for searching, unless somebody searched before."""
PAGE_FORMS = (HTML, *RDF_FORMS)
GRAPH_OFFERS = MappingProxyType({form.name: form for form in RDF_FORMS})
RESULT_OFFERS = MappingProxyType({form.name: form for form in RESULT_FORMS})

_META_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """A build, opened to be served."""

    folder: Path
    lookup: Lookup
    pool: QueryPool
    views: PageViews
    pages: Environment


def make_site(
    folder: Path, lookup: Lookup, pool: QueryPool, explorer: Explorer | None = None
) -> Starlette:
    """Return the program that answers for a build; ``guarding.Guard`` belongs around it."""
    pages = Environment(
        loader=FileSystemLoader([HERE / "templates", PAGE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals["spokes"] = spokes
    pages.globals["has_explorer"] = explorer is not None
    site = Site(folder, lookup, pool, PageViews(lookup), pages)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool.start()
        preparing = Timer(PREPARE_AFTER, lookup.prepare_search)
        preparing.daemon = True
        preparing.start()
        try:
            yield
        finally:
            preparing.cancel()
            await pool.close()

    program = Starlette(
        routes=[*explorer_routes(explorer, pages), *_routes(site)],
        lifespan=lifespan,
        exception_handlers={HTTPException: partial(_show_problem, site)},
    )
    program.router.redirect_slashes = False
    return program


def _routes(site: Site) -> list[Route | Mount]:
    gets: dict[str, Callable[[Site, Request], Response]] = {
        "/": _home,
        "/search": _search,
        "/query": _query_page,
        "/data": _data,
        "/ns": _vocabulary,
        "/ns{suffix:path}": _vocabulary,
        "/.well-known/void": _void,
        "/dataset": _data_set,
        "/graph.html": _graph_page,
        "/download/{name}": _download,
        **{f"/{kind}/{{name:path}}": partial(_resource, kind=kind) for kind in KINDS},
    }
    static = GZipMiddleware(StaticFiles(directory=HERE / "static"), minimum_size=1024)

    async def sparql(request: Request) -> Response:
        return await _sparql(site, request)

    return [
        *[Route(path, _endpoint(site, get), methods=["GET"]) for path, get in gets.items()],
        *[Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")],
        Mount("/static", static),
    ]


def _endpoint(
    site: Site, get: Callable[[Site, Request], Response]
) -> Callable[[Request], Response]:
    """Return a plain function, which Starlette runs in a thread."""

    def endpoint(request: Request) -> Response:
        return get(site, request)

    return endpoint


# The SPARQL endpoint


async def _sparql(site: Site, request: Request) -> Response:
    operation = await read_operation(request)
    accept = request.headers.get("accept")
    best = choose(accept, (*RESULT_FORMS, *RDF_FORMS, HTML))
    if request.method != "POST" and best is HTML:
        return await run_in_threadpool(_query_page, site, request)
    if operation is None:
        return await run_in_threadpool(_service, site, request)
    if operation.is_update:
        _check_token(site.pool.token, request)
    elif best in (None, HTML):
        raise _not_acceptable(accept, (*RESULT_FORMS, *RDF_FORMS))
    solution, graph = choose(accept, RESULT_FORMS), choose(accept, RDF_FORMS)
    question = checked_question(
        operation,
        solution.name if solution else "",
        graph.name if graph else "",
        site.pool.limits.max_rows,
    )
    found = await _ask(site, request, question)
    return await run_in_threadpool(_query_answer, site, request, question.text, found)


async def _ask(site: Site, request: Request, question: Question) -> Answer:
    """Return what a worker answers, and failures as the protocol's statuses."""
    try:
        return await site.pool.ask(question, request.is_disconnected)
    except BusyError:
        wait = {"Retry-After": str(round(site.pool.limits.patience) or 1)}
        message = "Every worker is busy with other queries. Try again in some seconds."
        raise HTTPException(503, message, wait) from None
    except QueryTimeoutError as error:
        raise HTTPException(503, str(error), _limits(site)) from error
    except BadQueryError as error:
        raise HTTPException(400, str(error)) from error
    except ClientGoneError:
        raise HTTPException(503, "The client hung up, and the query was stopped.") from None


def _check_token(token: str, request: Request) -> None:
    """Let an update through only with the token that the server printed when it began."""
    if not token:
        raise HTTPException(
            403,
            "This endpoint only reads. Correct a build with `kg correct`, or start the server "
            "with --write to try updates on a copy in memory.",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = secrets.compare_digest(given.strip().encode(), token.encode())
    if scheme.casefold() != "bearer" or not known:
        raise HTTPException(
            401,
            "An update needs the token that the server printed: Authorization: Bearer TOKEN.",
            {"WWW-Authenticate": "Bearer"},
        )


def _query_answer(site: Site, request: Request, query: str, found: Answer) -> Response:
    if found.kind == "update":
        return Response(status_code=204)
    if found.kind == "unacceptable":
        offers = RESULT_FORMS if b"table" in found.body else RDF_FORMS
        raise _not_acceptable(request.headers.get("accept"), offers)
    if found.kind in ("syntax", "error"):
        message = found.body.decode()
        if found.kind == "syntax":
            raise HTTPException(400, syntax_message(query, message))
        raise HTTPException(400, f"The query failed: {message}. Try a simpler one.")
    form = (GRAPH_OFFERS if found.kind == "construct" else RESULT_OFFERS)[found.form]
    headers = _limits(site)
    if found.cut:
        headers["X-KG-Cut"] = f"the answer was cut at {site.pool.limits.max_rows} rows"
    return answer(request, found.body, form.content_type, headers=headers)


def _limits(site: Site) -> dict[str, str]:
    """Return the headers that tell what a query may take."""
    limits = site.pool.limits
    return {"X-KG-Timeout": f"{limits.timeout:g}", "X-KG-Max-Rows": f"{limits.max_rows}"}


def _service(site: Site, request: Request) -> Response:
    endpoint = f"{_address(request)}sparql"
    description = service_description(site.lookup, endpoint, writable=bool(site.pool.token))
    return _rdf(site, request, description, _chosen(request, RDF_FORMS))


# Linked data


def _resource(site: Site, request: Request, *, kind: str) -> Response:
    """Answer for a minted IRI, or for one of the forms of what is said of it."""
    name = request.path_params["name"]
    if site.lookup.exists(site.lookup.iri(kind, name)):
        form = _chosen(request, PAGE_FORMS)
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
        return _rdf(site, request, found.triples, form, headers=links)
    view = getattr(site.views, kind)(iri, _page_number(request))
    return _page(
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
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1


def _data(site: Site, request: Request) -> Response:
    """Answer the reading half of the SPARQL 1.1 Graph Store Protocol."""
    asked = request.query_params
    if ("default" in asked) == ("graph" in asked) or len(asked.multi_items()) > 1:
        raise HTTPException(
            400, "Say which graph: /data?default, or /data?graph= with a document's IRI."
        )
    form = _chosen(request, RDF_FORMS)
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
    return _rdf(site, request, site.lookup.document_triples(iri), form)


def _whole_graph(site: Site, request: Request, form: Form) -> Response:
    if request.method == "HEAD":
        return Response(headers={"content-type": form.content_type})
    file = site.folder / "graph.ttl"
    if form is TURTLE and file.is_file():
        return stream_answer(request, pieces_of(file), form)
    return stream_answer(request, site.lookup.dump(form.name), form)


def _vocabulary(site: Site, request: Request) -> Response:
    suffix = request.path_params.get("suffix", "")
    if suffix:
        form = next((form for form in PAGE_FORMS if form.suffix == suffix), None)
        if form is None:
            raise HTTPException(404, f"The vocabulary has no form {suffix[:20]!r}. See /ns.")
    else:
        form = _chosen(request, PAGE_FORMS)
    links = {"link": _alternates("/ns")}
    if form is HTML:
        return _page(site, request, "vocabulary.html", headers=links, terms=vocabulary_terms())
    if form is TURTLE:
        return answer(request, ontology_turtle().encode(), form.content_type, headers=links)
    return _rdf(site, request, ontology_triples(), form, headers=links)


def _void(site: Site, request: Request) -> Response:
    form = choose(request.headers.get("accept"), RDF_FORMS) or TURTLE
    return _rdf(site, request, data_set_description(site.lookup, _address(request)), form)


def _data_set(site: Site, request: Request) -> Response:
    form = _chosen(request, PAGE_FORMS)
    return RedirectResponse("/" if form is HTML else "/.well-known/void", 303)


def _rdf(
    site: Site,
    request: Request,
    triples: Iterable[Triple],
    form: Form,
    *,
    headers: dict[str, str] | None = None,
) -> Response:
    prefixes = site.lookup.prefixes | {"sd": SD}
    writers: dict[str, Callable[[Grouped], Iterable[str]]] = {
        TURTLE.name: lambda grouped: turtle(grouped, prefixes),
        JSON_LD.name: lambda grouped: json_ld(grouped, prefixes),
        RDF_XML.name: lambda grouped: rdf_xml(grouped, prefixes),
        N_TRIPLES.name: n_triples,
    }
    body = "".join(writers[form.name](group(triples))).encode("utf-8", "replace")
    return answer(request, body, form.content_type, headers=headers)


# Pages


def _home(site: Site, request: Request) -> Response:
    if choose(request.headers.get("accept"), PAGE_FORMS) not in (HTML, None):
        return RedirectResponse("/.well-known/void", 303)
    files = [name for name in DOWNLOADS if (site.folder / name).is_file()]
    return _page(
        site,
        request,
        "home.html",
        counts=site.views.counts(),
        documents=site.views.documents(),
        files=files,
        has_graph=(site.folder / "graph.html").is_file(),
        queries=saved_queries(),
        base_iri=site.lookup.base_iri,
    )


def _search(site: Site, request: Request) -> Response:
    words = request.query_params.get("q", "")[:LONGEST_SEARCH]
    found, whole = site.views.results(words, RESULTS_SHOWN)
    return _page(site, request, "search.html", words=displayable(words), found=found, whole=whole)


def _query_page(site: Site, request: Request) -> Response:
    """Give the editor, with a saved query (``?name=``) or the one in the address."""
    given = request.query_params
    form = query_form(given.get("name", ""), given, site.lookup)
    query = given.get("query", "") or (form.query if form else "")
    return _page(
        site,
        request,
        "query.html",
        status=400 if form and form.problem else 200,
        headers={"content-security-policy": EDITOR_POLICY},
        config=editor_config(query, site.lookup.prefixes, ask=bool(form and form.filled)),
        form=form,
        query=displayable(query),
        queries=saved_queries(),
        limits=site.pool.limits,
    )


def _graph_page(site: Site, request: Request) -> Response:
    """Give the build's own page, under the policy that it brings with it."""
    path = _file(site, "graph.html")
    with path.open(encoding="utf-8") as stream:
        found = _META_POLICY.search(stream.read(1 << 16))
    policy = found[1].replace("&#39;", "'") if found else POLICY
    headers = {"content-security-policy": f"{policy.rstrip('; ')}; frame-ancestors 'none'"}
    return FileResponse(path, media_type="text/html; charset=utf-8", headers=headers)


def _download(site: Site, request: Request) -> Response:
    name = request.path_params["name"]
    if name not in DOWNLOADS:
        raise HTTPException(404, f"{name[:100]!r} is no file of a build: {', '.join(DOWNLOADS)}.")
    kinds = {".ttl": TURTLE.content_type, ".csv": "text/csv; charset=utf-8"}
    path = _file(site, name)
    return FileResponse(path, media_type=kinds.get(path.suffix, "application/xml"), filename=name)


def _file(site: Site, name: str) -> Path:
    path = site.folder / name
    if not path.is_file():
        raise HTTPException(404, f"This build has no {name}. Make it again with `kg build`.")
    return path


def _page(
    site: Site,
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,  # noqa: ANN401 - what a template shows
) -> Response:
    body = site.pages.get_template(template).render(**values)
    return answer(
        request, body.encode("utf-8", "replace"), HTML.content_type, status=status, headers=headers
    )


def _show_problem(site: Site, request: Request, error: Exception) -> Response:
    """Say what is wrong: a page for a browser, a line for a program."""
    problem = error if isinstance(error, HTTPException) else HTTPException(500)
    headers = {name.casefold(): value for name, value in (problem.headers or {}).items()}
    offers = (Form("text", "text/plain"), HTML)
    if choose(request.headers.get("accept"), offers) is HTML:
        return _page(
            site,
            request,
            "problem.html",
            status=problem.status_code,
            headers=headers,
            problem=displayable(problem.detail),
            code=problem.status_code,
        )
    body = f"{problem.detail}\n".encode("utf-8", "replace")
    return answer(
        request, body, "text/plain; charset=utf-8", status=problem.status_code, headers=headers
    )


def _chosen(request: Request, offers: tuple[Form, ...]) -> Form:
    accept = request.headers.get("accept")
    form = choose(accept, offers)
    if form is None:
        raise _not_acceptable(accept, offers)
    return form


def _not_acceptable(accept: str | None, offers: Iterable[Form]) -> HTTPException:
    names = ", ".join(form.media_type for form in offers)
    return HTTPException(406, f"Nothing here comes as {(accept or '')[:200]!r}. Ask for {names}.")


def _address(request: Request) -> str:
    """Return the address by which the client knows this server; the Guard checked it."""
    return f"{request.url.scheme}://{request.headers['host']}/"
