"""The SPARQL endpoint, and the page of its editor, which a browser sees in the same place."""

from __future__ import annotations

import secrets
from types import MappingProxyType

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import FailedQueryError, KgError, QueryTimeoutError
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.sparql.answering import Answer, Question, checked
from kg.outputs.sparql.store import saved_queries
from kg.web.answers import answer
from kg.web.descriptions import service_description
from kg.web.negotiation import HTML, RDF_FORMS, RESULT_FORMS, choose
from kg.web.query_page import EDITOR_POLICY, editor_config, query_form
from kg.web.query_pool import BusyError, ClientGoneError
from kg.web.rendering import Site, address, chosen, not_acceptable, page, rdf
from kg.web.sparql_protocol import checked_question, read_operation

GRAPH_OFFERS = MappingProxyType({form.name: form for form in RDF_FORMS})
RESULT_OFFERS = MappingProxyType({form.name: form for form in RESULT_FORMS})


async def sparql(site: Site, request: Request) -> Response:
    """Answer a query or an update; with none, describe the service, or show the editor."""
    operation = await read_operation(request)
    accept = request.headers.get("accept")
    # HTML last: who takes anything, as curl does, wants data and not the editor.
    best = choose(accept, (*RESULT_FORMS, *RDF_FORMS, HTML))
    if request.method != "POST" and best is HTML:
        return await run_in_threadpool(query_page, site, request)
    if operation is None:
        return await run_in_threadpool(_service, site, request)
    if operation.is_update:
        _check_token(site.pool.token, request)
    elif best in (None, HTML):
        raise not_acceptable(accept, (*RESULT_FORMS, *RDF_FORMS))
    solution, graph = choose(accept, RESULT_FORMS), choose(accept, RDF_FORMS)
    question = checked_question(
        operation,
        solution.name if solution else "",
        graph.name if graph else "",
        site.pool.limits.max_rows,
    )
    found = await _ask(site, request, question)
    return await run_in_threadpool(_query_answer, site, request, found)


async def _ask(site: Site, request: Request, question: Question) -> Answer:
    """Return what a worker answers, and failures as the protocol's statuses."""
    try:
        return checked(question, await site.pool.ask(question, request.is_disconnected))
    except BusyError:
        wait = {"Retry-After": str(round(site.pool.limits.patience) or 1)}
        message = "Every worker is busy with other queries. Try again in some seconds."
        raise HTTPException(503, message, wait) from None
    except QueryTimeoutError as error:
        raise HTTPException(503, str(error), _limits(site)) from error
    except FailedQueryError:
        raise  # to the boundary, which tells it in the terminal, too
    except KgError as error:
        raise HTTPException(400, str(error)) from error
    except ClientGoneError:
        raise HTTPException(503, "The client hung up, and the query was stopped.") from None


def _check_token(token: str, request: Request) -> None:
    """Let an update through only with the token that the server printed when it began."""
    if not token:
        raise HTTPException(
            403,
            "This endpoint only reads. Start the server with --write to try updates on a copy "
            "in memory.",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # In constant time, which tells nothing of the token; as bytes, since strings must be ASCII.
    known = secrets.compare_digest(given.strip().encode(), token.encode())
    if scheme.casefold() != "bearer" or not known:
        raise HTTPException(
            401,
            "An update needs the token that the server printed: Authorization: Bearer TOKEN.",
            {"WWW-Authenticate": "Bearer"},
        )


def _query_answer(site: Site, request: Request, found: Answer) -> Response:
    if found.kind == "update":
        return Response(status_code=204)
    if found.kind == "unacceptable":
        offers = RESULT_FORMS if b"table" in found.body else RDF_FORMS
        raise not_acceptable(request.headers.get("accept"), offers)
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
    endpoint = f"{address(request)}sparql"
    description = service_description(site.lookup, endpoint, writable=bool(site.pool.token))
    return rdf(site, request, description, chosen(request, RDF_FORMS))


def query_page(site: Site, request: Request) -> Response:
    """Give the editor, with a saved query (``?name=``) or the one in the address."""
    given = request.query_params
    form = query_form(given.get("name", ""), given, site.lookup)
    query = given.get("query", "") or (form.query if form else "")
    return page(
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
