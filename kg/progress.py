"""How far a long command is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

LOG_EVERY_SECONDS = 5.0
Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many done, how many in all)."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Give a function that shows a bar on a terminal, and a line now and then in a log.

    A total of 0 is one that nobody knows.
    """
    if sys.stderr.isatty():
        yield from _bar()
    else:
        yield _log_lines()


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    # On standard error, since standard output may be the Readings.
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield tell


def _log_lines() -> Progress:
    last = [time.monotonic()]

    def tell(what: str, done: int, total: int) -> None:
        if time.monotonic() - last[0] >= LOG_EVERY_SECONDS:
            last[0] = time.monotonic()
            click.echo(f"{what}: {done}" + (f" of {total}" if total else ""), err=True)

    return tell
