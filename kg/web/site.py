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
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Timer

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.outputs.drawing.explorer import Explorer
from kg.outputs.drawing.html_page import PAGE
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.sparql.lookup import KINDS, Lookup
from kg.outputs.sparql.store import saved_queries
from kg.web.answers import answer
from kg.web.boundary import MESSAGE
from kg.web.endpoint import query_page, sparql
from kg.web.explorer_api import explorer_routes
from kg.web.guarding import POLICY
from kg.web.linked_data import data, data_set, resource, vocabulary, void
from kg.web.negotiation import HTML, TURTLE, Form, choose
from kg.web.page_views import PageViews
from kg.web.query_pool import QueryPool
from kg.web.rendering import PAGE_FORMS, Site, page
from kg.web.star import spokes

HERE = Path(__file__).parent
DOWNLOADS = ("graph.ttl", "graph.graphml", "entities.csv", "claims.csv", "documents.csv")
RESULTS_SHOWN = 100
LONGEST_SEARCH = 200
PREPARE_AFTER = 1.5
"""Seconds after which names are read for searching, unless somebody searched before."""

_META_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"')


def make_site(
    folder: Path, lookup: Lookup, pool: QueryPool, explorer: Explorer | None = None
) -> Starlette:
    """Return the program that answers for a build; ``guarding.Guard`` belongs around it."""
    pages = Environment(
        loader=FileSystemLoader([HERE / "templates", PAGE]),
        autoescape=True,
        # A misspelt name fails in a test, where else nothing would be shown.
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
        exception_handlers={
            kind: partial(_show_problem, site) for kind in (HTTPException, Exception)
        },
    )
    program.router.redirect_slashes = False
    return program


def _routes(site: Site) -> list[Route | Mount]:
    gets: dict[str, Callable[[Site, Request], Response]] = {
        "/": _home,
        "/search": _search,
        "/query": query_page,
        "/data": data,
        "/ns": vocabulary,
        "/ns{suffix:path}": vocabulary,
        "/.well-known/void": void,
        "/dataset": data_set,
        "/graph.html": _graph_page,
        "/download/{name}": _download,
        **{f"/{kind}/{{name:path}}": partial(resource, kind=kind) for kind in KINDS},
    }
    static = GZipMiddleware(StaticFiles(directory=HERE / "static"), minimum_size=1024)

    async def endpoint(request: Request) -> Response:
        return await sparql(site, request)

    return [
        *[Route(path, _endpoint(site, get), methods=["GET"]) for path, get in gets.items()],
        *[Route(path, endpoint, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")],
        Mount("/static", static),
    ]


def _endpoint(
    site: Site, get: Callable[[Site, Request], Response]
) -> Callable[[Request], Response]:
    """Return a plain function, which Starlette runs in a thread."""

    def endpoint(request: Request) -> Response:
        return get(site, request)

    return endpoint


# Pages


def _home(site: Site, request: Request) -> Response:
    if choose(request.headers.get("accept"), PAGE_FORMS) not in (HTML, None):
        return RedirectResponse("/.well-known/void", 303)
    files = [name for name in DOWNLOADS if (site.folder / name).is_file()]
    return page(
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
    found, whole = site.views.results(words, limit=RESULTS_SHOWN)
    return page(site, request, "search.html", words=displayable(words), found=found, whole=whole)


def _graph_page(site: Site, request: Request) -> Response:
    """Give the build's own page, under the policy that it brings with it."""
    path = _file(site, "graph.html")
    # Only the head, which has the policy: a page may have many megabytes.
    with path.open(encoding="utf-8") as stream:
        found = _META_POLICY.search(stream.read(1 << 16))
    policy = found[1].replace("&#39;", "'") if found else POLICY
    # A policy inside a page cannot forbid frames; one in a header can.
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


def _show_problem(site: Site, request: Request, error: Exception) -> Response:
    """Say what is wrong: a page for a browser, a line for a program."""
    problem = error if isinstance(error, HTTPException) else HTTPException(500, MESSAGE)
    headers = {name.casefold(): value for name, value in (problem.headers or {}).items()}
    offers = (Form("text", "text/plain"), HTML)
    if choose(request.headers.get("accept"), offers) is HTML:
        return page(
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
