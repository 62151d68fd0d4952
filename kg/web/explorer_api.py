"""The explorer: its page, the front end's files, and the data that it asks for.

/explore                 the page                 /front/front.js, .css   the front end
/api/overview            what is shown first      /api/search?q=          names
/api/neighbours?entity=  around an entity         /api/view?entity=…      some entities
/api/claims?entity= | relation=… | document=      /api/alone?entity=…     claims that join no two
/api/dated, /api/voices  for the two other views  /api/path?from=&to=     a shortest path
/api/document?id=        a text                   /api/documents?q=       texts by title

All of it is read-only JSON; what is asked for is bounded, and so is each answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import InputError
from kg.outputs.drawing.explorer import MOST_NEIGHBOURS, Explorer
from kg.outputs.drawing.html_page import PAGE, SCRIPT, STYLE
from kg.outputs.drawing.page_data import Json
from kg.web.answers import answer
from kg.web.negotiation import HTML

JSON_TYPE = "application/json"
MOST_ASKED = 500
"""So many entities or relations may be asked for at once."""
LONGEST = 2000
"""Characters of one value."""
FRONT_FILES = MappingProxyType(
    {
        SCRIPT.name: (SCRIPT, "text/javascript; charset=utf-8"),
        STYLE.name: (STYLE, "text/css; charset=utf-8"),
    }
)


def explorer_routes(explorer: Explorer | None, pages: Environment) -> list[Route]:
    """Return the routes of the explorer; ``pages`` finds its template."""

    def page(request: Request) -> Response:
        _present(explorer)
        body = pages.get_template("explore.html").render(heading="Explorer")
        return answer(request, body.encode(), HTML.content_type)

    def api(request: Request) -> Response:
        return _answer_api(_present(explorer), request)

    return [
        Route("/explore", page, methods=["GET"]),
        Route("/api/{what}", api, methods=["GET"]),
        Route("/front/{name}", _front_file, methods=["GET"]),
    ]


def explorer_alone(explorer: Explorer) -> Starlette:
    """Return a program that serves the explorer and nothing else."""
    folders = [Path(__file__).parent / "templates", PAGE]
    pages = Environment(loader=FileSystemLoader(folders), autoescape=True)
    return Starlette(routes=explorer_routes(explorer, pages))


def _present(explorer: Explorer | None) -> Explorer:
    if explorer is None:
        raise HTTPException(404, "This build has no index to explore: `kg serve` makes one.")
    return explorer


def _answer_api(explorer: Explorer, request: Request) -> Response:
    """Answer one question of the front end."""
    what = request.path_params["what"]
    if what == "overview":
        return answer(request, explorer.overview(), JSON_TYPE)
    if what not in _QUESTIONS:
        raise HTTPException(404, f"The explorer has no {what[:50]!r}: {', '.join(_QUESTIONS)}.")
    try:
        found = _QUESTIONS[what](explorer, Asked(request.query_params))
    except InputError as error:
        raise HTTPException(404, str(error)) from error
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return answer(request, body.encode("utf-8", "replace"), JSON_TYPE)


def _front_file(request: Request) -> Response:
    """Give a file of the front end; the self-contained page holds the same."""
    name = request.path_params["name"]
    if name not in FRONT_FILES:
        raise HTTPException(404, f"There is no {name[:50]!r}: {', '.join(FRONT_FILES)}.")
    # Ten minutes: the next version of kg may bring another script under the same name.
    path, content_type = FRONT_FILES[name]
    return answer(
        request, path.read_bytes(), content_type, headers={"cache-control": "max-age=600"}
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of a question, checked."""

    values: QueryParams

    def word(self, key: str) -> str:
        """Return a value that must be given."""
        found = self.words(key)
        if len(found) != 1:
            raise HTTPException(400, f"Say {key}= once.")
        return found[0]

    def maybe(self, key: str) -> str | None:
        """Return a value that may be given."""
        return self.word(key) if key in self.values else None

    def words(self, key: str) -> list[str]:
        """Return values of which there may be several."""
        found = self.values.getlist(key)
        if len(found) > MOST_ASKED or any(len(one) > LONGEST for one in found):
            raise HTTPException(400, f"{key}= is too long, or given more than {MOST_ASKED} times.")
        return found

    def number(self, key: str, usual: int, most: int) -> int:
        """Return a number between 0 and ``most``."""
        text = self.values.get(key, str(usual))
        if not (text.isascii() and text.isdecimal() and len(text) < 9):
            raise HTTPException(400, f"{key}= must be a number from 0 to {most}.")
        return min(int(text), most)


def _claims(explorer: Explorer, asked: Asked) -> Json:
    offset = asked.number("offset", 0, 10**8)
    if "entity" in asked.values:
        return explorer.claims_about(asked.word("entity"), offset=offset)
    if "document" in asked.values:
        return explorer.claims_in(asked.word("document"))
    return explorer.claims_of(asked.words("relation"), offset=offset)


def _neighbours(explorer: Explorer, asked: Asked) -> Json:
    return explorer.neighbours(
        asked.word("entity"),
        steps=max(1, asked.number("steps", 1, 3)),
        offset=asked.number("offset", 0, 10**8),
        limit=asked.number("limit", 14, MOST_NEIGHBOURS),
    )


def _path(explorer: Explorer, asked: Asked) -> Json:
    return explorer.path(asked.word("from"), asked.word("to"), facts="facts" in asked.values)


_QUESTIONS: Mapping[str, Callable[[Explorer, Asked], Json]] = MappingProxyType(
    {
        "search": lambda e, asked: e.search(asked.word("q"), limit=asked.number("limit", 12, 50)),
        "view": lambda e, asked: e.view(asked.words("entity")),
        "neighbours": _neighbours,
        "claims": _claims,
        "alone": lambda e, asked: e.claims_alone(asked.words("entity")),
        "path": _path,
        "dated": lambda e, asked: e.dated(
            asked.maybe("entity"), offset=asked.number("offset", 0, 10**8)
        ),
        "voices": lambda e, asked: e.voices(asked.maybe("entity")),
        "document": lambda e, asked: e.document(asked.word("id")),
        "documents": lambda e, asked: e.documents(asked.word("q"), limit=100),
    }
)
