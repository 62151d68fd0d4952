"""Read documents in one process or several, in the order of the documents."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from threading import Thread

from kg.errors import InputError
from kg.pipeline import read_documents
from kg.reading.parsing.annotation import Watch
from kg.records import Document, Reading
from kg.settings import Settings


def read_many(
    documents: Iterator[Document], settings: Settings, *, of: int, watch: Watch | None = None
) -> Generator[Reading, None, None]:
    """Yield Readings in the order of the documents, by ``settings.jobs`` processes.

    ``watch`` is told how far a document is, unless several are read at once.
    """
    jobs = min(settings.jobs, of)
    if jobs < 2:
        yield from read_documents(documents, settings, watch=watch)
        return
    # Never forked: a fork copies the locks that other threads hold, and not the threads.
    context = get_context("spawn" if os.name == "nt" else "forkserver")
    stopped = context.Event()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_stop_at, initargs=(stopped,))
    try:
        waiting: list[Future[Reading]] = []
        for document in documents:
            waiting.append(pool.submit(_read_one, document, settings))
            while _is_due(waiting, most=4 * jobs):
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
    except BrokenProcessPool as error:
        raise InputError(
            f"One of {jobs} reading processes was killed, perhaps for want of memory. "
            "What was read is kept; run the same command with --jobs 1 to go on."
        ) from error
    finally:
        stopped.set()  # or the pool would wait for the documents that are being read
        pool.shutdown(cancel_futures=True)


def _is_due(waiting: Sequence[Future[Reading]], *, most: int) -> bool:
    """Tell whether to give out the first Reading: it is there, or too many documents wait."""
    return len(waiting) > most or bool(waiting and waiting[0].done())


def _stop_at(stopped: Event) -> None:
    """Let a reading process end when it is told, in the middle of a document if need be.

    Ctrl-C, which reaches every process of a terminal, is heard by the first alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        stopped.wait()
        # sys.exit would end this thread alone.
        os._exit(0)

    Thread(target=wait, daemon=True).start()


def _read_one(document: Document, settings: Settings) -> Reading:
    return next(read_documents([document], settings))
