"""A few worker processes, shared by all who ask.

A question takes the next free worker; when none comes free in time, the client is told
to try again, so that slow queries hold up one another and nobody else. The waiting is
done by the event loop, the asking by one thread for each worker.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kg.errors import KgError
from kg.outputs.sparql.answering import Answer, Question
from kg.outputs.sparql.worker import MEMORY, QueryWorker, StoreSource

PATIENCE = 5.0
"""Seconds for which a question waits for a free worker."""
MOST_WAITING = 2_000
GONE_EVERY = 0.5
"""Seconds between two looks at whether the client is still there."""


class BusyError(Exception):
    """Every worker is taken, and stayed so."""


class ClientGoneError(Exception):
    """Whoever asked has hung up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take."""

    timeout: float = 30.0
    max_rows: int = 100_000
    workers: int = 4
    patience: float = PATIENCE
    memory: int = MEMORY


class QueryPool:
    """Workers over one store. With a ``token`` there is one, which updates may change."""

    def __init__(self, source: StoreSource, limits: Limits, *, token: str = "") -> None:
        self.limits = limits
        self.token = token
        # With several, each would change a copy of its own, and the others know nothing of it.
        count = 1 if token else limits.workers
        self._workers = [QueryWorker(source, memory=limits.memory) for _ in range(count)]
        self._free: asyncio.Queue[QueryWorker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="kg-query")
        self._waiting = 0
        self._starting: list[asyncio.Future[None]] = []

    def start(self) -> None:
        """Start every worker, in the background: no page need wait for them."""
        self._starting = [asyncio.ensure_future(self._start(worker)) for worker in self._workers]

    async def _start(self, worker: QueryWorker) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, worker.start)
        self._free.put_nowait(worker)

    async def close(self) -> None:
        """End every worker, whatever it does."""
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    async def ask(self, question: Question, is_gone: Callable[[], Awaitable[bool]]) -> Answer:
        """Return the answer of the next free worker.

        Raises:
            BusyError: none came free in time.
            ClientGoneError: the client hung up; the query was stopped.
            KgError: it was stopped, its process died, or the store cannot be opened.

        """
        worker = await self._next_free()
        try:
            loop = asyncio.get_running_loop()
            asking = loop.run_in_executor(self._threads, self._ask, worker, question)
            return await _unless_gone(asking, worker, is_gone)
        finally:
            self._free.put_nowait(worker)

    def _ask(self, worker: QueryWorker, question: Question) -> Answer:
        try:
            return worker.ask(question, self.limits.timeout)
        except KgError:
            worker.start()  # at once, so that the next who asks need not wait for it
            raise

    async def _next_free(self) -> QueryWorker:
        # Nobody overtakes those who wait already.
        if not self._free.empty() and not self._waiting:
            return self._free.get_nowait()
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self.limits.patience)
        except TimeoutError as error:
            raise BusyError from error
        finally:
            self._waiting -= 1


async def _unless_gone(
    asking: asyncio.Future[Answer], worker: QueryWorker, is_gone: Callable[[], Awaitable[bool]]
) -> Answer:
    """Wait for an answer as long as somebody wants it."""
    try:
        while True:
            done, _ = await asyncio.wait([asking], timeout=GONE_EVERY)
            if done:
                return asking.result()
            if await is_gone():
                raise ClientGoneError
    except (ClientGoneError, asyncio.CancelledError):
        worker.stop()
        await asyncio.wait([asking])
        # Looked at, or asyncio logs an exception that nobody fetched.
        asking.exception()
        raise
