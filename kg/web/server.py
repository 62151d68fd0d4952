"""Serve a build: listen, say where, and stop cleanly."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn
from starlette.types import ASGIApp

from kg.errors import AddressError, NotABuildError
from kg.outputs.drawing.explorer import Explorer, open_explorer
from kg.outputs.drawing.explorer_index import stamp_of
from kg.outputs.sparql.lookup import Lookup
from kg.outputs.sparql.store import open_store
from kg.outputs.sparql.worker import StoreSource
from kg.web.boundary import Boundary
from kg.web.guarding import EVERY_ADDRESS, Guard, bracketed
from kg.web.query_pool import Limits, QueryPool
from kg.web.reloading import Opened, Reloading
from kg.web.site import make_site

HOST, PORT = "127.0.0.1", 8000
MOST_CONNECTIONS = 4_000
GRACE_SECONDS = 1

Prepare = Callable[[Path], object]
"""Makes what a build's folder may lack, such as the index that the explorer asks."""


@dataclass(frozen=True, slots=True)
class Serving:
    """How a build is served; ``hosts`` are further names that the server goes by.

    With ``debug`` the terminal shows the traceback where kg itself fails.
    """

    host: str = HOST
    port: int = PORT
    hosts: Collection[str] = ()
    limits: Limits = field(default_factory=Limits)
    cors: bool = True
    writable: bool = False
    debug: bool = False


@dataclass(frozen=True, slots=True)
class BuildServer:
    """A build, ready to be served; ``token`` is what updates need, "" where there are none."""

    program: ASGIApp
    token: str


def make_server(
    build: Path, serving: Serving | None = None, prepare: Prepare | None = None
) -> BuildServer:
    """Open a build folder and return the program that serves it, as it is at each request.

    Its store is made on disk the first time; ``prepare`` is called before a build is opened.
    With ``writable``, queries and updates go to a copy in memory that ends with the server,
    so a new build is not opened; pages and /data show the build itself.

    Raises:
        NotABuildError: the folder has no graph.ttl that kg made.

    """
    serving = serving or Serving()
    token = secrets.token_urlsafe(24) if serving.writable else ""

    def open_() -> Opened:
        if prepare:
            prepare(build)
        return _open(build, serving, token)

    first = open_()
    stamp = (lambda: first.stamp) if serving.writable else partial(stamp_of, build)
    within = Boundary(Reloading(first, stamp, open_), debug=serving.debug)
    guarded = Guard(within, hosts=(serving.host, *serving.hosts), cors=serving.cors)
    return BuildServer(guarded, token)


def _open(build: Path, serving: Serving, token: str) -> Opened:
    """Open a build as it is now; its stamp is taken first, lest a later one go unseen."""
    # On disk, however small: look-ups read it there, and the workers share it.
    stamp, store = stamp_of(build), open_store(build, in_memory=0)
    folder = store.folder or build
    lookup = Lookup(folder)
    on_disk = StoreSource(lookup.base_iri, folder=folder)
    source = StoreSource(lookup.base_iri, file=store.graph) if serving.writable else on_disk
    pool = QueryPool(source, serving.limits, token=token)
    return Opened(make_site(build, lookup, pool, _explorer(build)), stamp, store)


def _explorer(build: Path) -> Explorer | None:
    """Return the explorer of a build that has an index of its present graph."""
    try:
        return open_explorer(build)
    except NotABuildError:
        return None


def default_workers() -> int:
    """Return how many queries may run at once."""
    return max(2, min(4, os.cpu_count() or 2))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        AddressError: it is taken, or no address of this machine.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends at once (TCP_NODELAY); else each answer on a
    # connection that is kept waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # On Windows this would let two programs listen at one port.
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise AddressError(f"{bracketed(host)}:{port}", reason.lower()) from error
    listening.setblocking(False)
    return listening


def serve(
    build: Path,
    serving: Serving,
    tell: Callable[[str, str], None],
    prepare: Prepare | None = None,
) -> None:
    """Serve a build until the program is interrupted.

    ``tell`` is called with the address when the server listens, and the token that updates
    need ("" where there are none); ``prepare`` before the build is opened, and opened anew.

    Raises:
        NotABuildError: the folder has no graph.ttl that kg made.
        AddressError: the port is taken.

    """
    listening = listen(serving.host, serving.port)
    with listening:
        server = make_server(build, serving, prepare)
        tell(_address(serving.host, listening.getsockname()[1]), server.token)
        config = uvicorn.Config(
            server.program,
            http="h11",
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            # A forged X-Forwarded-For or -Proto would change what the Guard has checked.
            proxy_headers=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def running(program: ASGIApp) -> Iterator[str]:
    """Serve a program from a thread on a free port, and give its address."""
    with listen(HOST, 0) as listening:
        config = uvicorn.Config(program, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            sleep(0.01)
        try:
            yield _address(HOST, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def _address(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    shown = "localhost" if host in EVERY_ADDRESS else bracketed(host)
    return f"http://{shown}:{port}/"
