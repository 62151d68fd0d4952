"""Serve a build as it is now: when it was built anew, the next request opens it again.

Each request looks at the stamp of graph.ttl, one call of ``stat``. The first that finds it
changed opens the build, and those that come meanwhile wait for it; requests that are being
answered go on with the build that they began with, which is closed after the last of them.
A build that cannot be opened (half written, or gone) leaves the earlier one in its place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from kg.errors import KgError
from kg.failures import failure_of
from kg.outputs.sparql.store import BuildStore

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Opened:
    """A build's program, the stamp of its graph, and how many requests it is answering.

    ``store`` keeps a temporary store alive.
    """

    program: Starlette
    stamp: str
    store: BuildStore
    asked: int = 0
    closing: AsyncExitStack = field(default_factory=AsyncExitStack)


class Reloading:
    """A program that hands each request to the program of the present build."""

    def __init__(
        self, first: Opened, stamp: Callable[[], str], open_: Callable[[], Opened]
    ) -> None:
        self._opened = first
        self._stamp = stamp
        self._open = open_
        self._refused = ""
        self._lock = asyncio.Lock()
        self._life = Starlette(lifespan=self._living)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the program of the build as it is now."""
        if scope["type"] == "lifespan":
            await self._life(scope, receive, send)
            return
        opened = await self._present()
        opened.asked += 1
        try:
            await opened.program(scope, receive, send)
        finally:
            opened.asked -= 1
            await self._close_if_left(opened)

    @asynccontextmanager
    async def _living(self, _: Starlette) -> AsyncIterator[None]:
        await _begin(self._opened)
        try:
            yield
        finally:
            await self._opened.closing.aclose()

    def _is_present(self) -> bool:
        """Tell whether there is nothing new to open; a build without graph.ttl is being made."""
        return self._stamp() in (self._opened.stamp, self._refused, "")

    async def _present(self) -> Opened:
        if not self._is_present():
            # Looked at again inside: while this request waited, another may have opened it.
            async with self._lock:
                if not self._is_present():
                    await self._reload()
        return self._opened

    async def _reload(self) -> None:
        stamp = self._stamp()
        try:
            fresh = await run_in_threadpool(self._open)
        except Exception as error:
            # Tried again when the build changes once more, not at every request.
            self._refused = stamp
            reason = error if isinstance(error, KgError) else failure_of(error)
            log.warning("The build has changed and cannot be opened: %s", reason)
            return
        await _begin(fresh)
        old, self._opened = self._opened, fresh
        await self._close_if_left(old)

    async def _close_if_left(self, opened: Opened) -> None:
        """Close a build that a newer one has replaced, when nobody waits for its answer."""
        if opened is not self._opened and not opened.asked:
            await opened.closing.aclose()


async def _begin(opened: Opened) -> None:
    """Start what a program needs while it runs; ``closing`` ends it."""
    await opened.closing.enter_async_context(opened.program.router.lifespan_context(opened.program))
