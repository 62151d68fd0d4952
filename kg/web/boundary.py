"""The boundary around a request: what goes wrong inside it costs no other request.

The site answers with status 500; here a line says in the server's terminal what failed,
and with ``--debug`` the traceback. Without this, uvicorn would show one each time.
"""

from __future__ import annotations

import logging

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import FailedQueryError
from kg.failures import failure_of

log = logging.getLogger(__name__)

MESSAGE = "kg itself failed on this request; its terminal says where."


class Boundary:
    """A program that ends no server, whatever it does."""

    def __init__(self, app: ASGIApp, *, debug: bool = False) -> None:
        self.app = app
        self.debug = debug

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that this failed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except Exception as error:
            self._tell(scope, error)
            # Later there is no taking back the status that was sent: the answer just breaks off.
            if not begun:
                await PlainTextResponse(f"{MESSAGE}\n", 500)(scope, receive, send)

    def _tell(self, scope: Scope, error: Exception) -> None:
        failure = failure_of(error)
        words = (
            str(error) if isinstance(error, FailedQueryError) else f"kg itself failed: {failure}"
        )
        log.error("%s %r: %s", scope["method"], scope["path"], words)
        if self.debug:
            log.error("%s", getattr(error, "trace", "") or failure.trace)
