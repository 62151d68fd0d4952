"""Ask a store in a process of its own, which its owner may kill.

pyoxigraph cannot interrupt a query, so a QueryWorker holds a process: it asks, waits as
long as the query may take, and else kills the process and starts another. The process
leaves the network for good where Linux lets it (an empty network namespace), has a
limit of memory, and is forked from a small server process of Python's (``forkserver``),
never from a program with threads. `kg query` and `kg serve` both ask through it.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import RLock
from types import TracebackType

import pyoxigraph

from kg.errors import BadQueryError, NotABuildError, QueryTimeoutError
from kg.outputs.sparql.answering import Answer, Question, answer_question, one_line

if sys.platform != "win32":
    import resource

MEMORY = 4 << 30
"""Bytes of address space that a process may take, unless its owner says otherwise."""
START_SECONDS = 60.0

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class StoreSource:
    """Where a worker's data is: a store on disk, or a file to load into memory.

    ``folder`` holds a store that is read; ``file`` Turtle (or N-Quads) for a store that
    updates may change, which lives as long as its process.
    """

    base_iri: str
    folder: Path | None = None
    file: Path | None = None

    @property
    def path(self) -> Path:
        """The folder or the file."""
        return self.folder or self.file or Path()

    def open(self) -> pyoxigraph.Store:
        """Return the store."""
        if self.folder is not None:
            return pyoxigraph.Store.read_only(str(self.folder))
        store = pyoxigraph.Store()
        if self.file is not None:
            store.bulk_load(path=str(self.file))
        return store


class QueryWorker:
    """One process that answers one question at a time, in at most ``memory`` bytes.

    The first question starts it, if ``start`` did not.
    """

    def __init__(self, source: StoreSource, *, memory: int = MEMORY) -> None:
        self.source = source
        self.memory = memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._updates: list[Question] = []
        self._asking = RLock()

    def __enter__(self) -> QueryWorker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process; do not wait until it is ready."""
        context = process_context()
        here, there = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]
            target=_serve_questions,
            args=(there, self.source, self._updates, self.memory),
            daemon=True,
        )
        with _interrupts_held():
            process.start()
        there.close()
        # Known to others only now, who may stop a process that runs, but no other.
        self._pipe, self._process, self._ready = here, process, False

    def stop(self) -> None:
        """Kill the process, whatever it does; whoever waits for its answer gets an error."""
        process = self._process
        if process is not None:
            with suppress(ValueError):  # closed meanwhile, by who waited for its answer
                process.kill()

    def close(self) -> None:
        """Kill the process and forget it."""
        if self._process is None or self._pipe is None:
            return
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._process = self._pipe = None

    def ask(self, question: Question, seconds: float) -> Answer:
        """Return the answer.

        Raises:
            QueryTimeoutError: it took longer than ``seconds``; the process was killed.
            BadQueryError: the process died of the query.
            NotABuildError: the store cannot be opened.

        """
        with self._asking:
            answer = self._exchange(self._open(), question, seconds)
            if answer.kind == "update":
                # Kept: a process that is killed takes its store along, and the next repeats them.
                self._updates.append(question)
            return answer

    def _exchange(self, pipe: Connection, question: Question, seconds: float) -> Answer:
        answer: Answer | None = None
        try:
            pipe.send((question, seconds))
            if not pipe.poll(seconds):
                raise QueryTimeoutError(seconds)
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        finally:
            if answer is None:  # also after Ctrl-C: whatever it still answers is for nobody
                self.close()
        return answer

    def _open(self) -> Connection:
        """Return the pipe to a process that has opened its store.

        Where one could not, another tries: the store may just have been replaced.
        """
        for _ in range(2):
            if self._process is None or not self._process.is_alive():
                self.close()
                self.start()
            pipe = self._pipe
            if pipe is None:
                raise BadQueryError(_STOPPED)
            reason = "" if self._ready else self._hear_ready(pipe)
            if not reason:
                return pipe
        path = self.source.path
        raise NotABuildError(path.parent, f"a {path.name} that can be read ({reason})")

    def _hear_ready(self, pipe: Connection) -> str:
        """Wait until the process has opened its store; return why it could not, or ""."""
        reason = "it takes too long"
        try:
            if pipe.poll(START_SECONDS):
                reason = str(pipe.recv())
        except (EOFError, OSError) as error:
            raise self._death() from error
        finally:
            self._ready = not reason
            if reason:
                self.close()
        return reason

    def _death(self) -> BadQueryError:
        """Return what to say of a process that is no more."""
        if self._process is not None:
            self._process.join(1)
            # Rust, in which pyoxigraph is written, aborts where it gets no more memory.
            if self._process.exitcode == -signal.SIGABRT:
                return BadQueryError(
                    "The query's process ended without an answer, perhaps because it needed "
                    f"more memory than the {self.memory / (1 << 30):g} GB that it may take. "
                    "Add a LIMIT, ask for less at once, or allow more with --max-memory."
                )
        return BadQueryError(_STOPPED)


_STOPPED = (
    "The query's process ended without an answer: it was stopped from outside. "
    "Ask again, or for less at once."
)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait while a process is started, which itself is never to hear it."""
    if sys.platform == "win32":
        yield
        return
    # Were it started in between, it would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def process_context() -> BaseContext:
    """Return how processes are started: cleanly, without the threads of this one."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported there once, so that each worker after it starts in a moment.
    context.set_forkserver_preload([__name__])
    return context


# In the process itself


def _serve_questions(
    pipe: Connection, source: StoreSource, updates: list[Question], memory: int
) -> None:
    """Answer what comes through the pipe until its other end is closed."""
    # Ctrl-C goes to every process of the terminal; only our owner decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _fall_silent()
    _leave_network()
    _limit(memory)
    with suppress(EOFError, OSError):
        try:
            store = source.open()
            for question in updates:
                answer_question(store, question, source.base_iri)
        except BaseException as error:  # a panic of pyoxigraph's is no Exception
            pipe.send(one_line(error))
            return
        if source.folder is None:
            _open_nothing_more()
        pipe.send("")
        while True:
            question, seconds = pipe.recv()
            with _deadline(seconds):
                answer = answer_question(store, question, source.base_iri)
            pipe.send(answer)


def _fall_silent() -> None:
    """Write nothing to the terminal: pyoxigraph tells there of what it dies of."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _leave_network() -> None:
    """Leave the network, where the system can.

    The guard refuses SERVICE and LOAD before a query comes here; this is the second wall.
    """
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None)
    if system.unshare(_NEW_NETWORK) != 0:
        system.unshare(_NEW_USER | _NEW_NETWORK)


def _limit(memory: int) -> None:
    """Take no more memory than so many bytes, where the system can hold us to it."""
    if sys.platform == "win32":
        return
    # No core file: it would be as big as the memory that the query took.
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _open_nothing_more() -> None:
    """Open no file and no socket: a store in memory needs none."""
    if sys.platform != "win32":
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End this process soon after its owner should have, who may be no more."""
    if sys.platform == "win32":
        yield
        return
    signal.alarm(math.ceil(seconds) + 1)
    try:
        yield
    finally:
        signal.alarm(0)
