"""Write a file whole or not at all: a killed program leaves no half file in its place.

All of them raise an OutputError for what cannot be written, and make the file's folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from kg.errors import OutputError


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` write beside the place, then move the file there.

    Raises:
        OutputError: the file cannot be written; it names ``path``, the name that the user knows.

    """
    # In the same folder, for a file moves at once within a disk only; with our number in its
    # name, so that two programs do not write into one file.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(unfinished)
        unfinished.replace(path)
    except OutputError as error:
        raise OutputError(path, error.reason) from error
    except OSError as error:
        raise OutputError(path, error.strerror or "the disk gave an error") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def write_chunks(path: Path, chunks: Iterable[str]) -> None:
    """Write pieces of text, in UTF-8, as they come."""

    def write(part: Path) -> None:
        # No translation of line ends: the same bytes on every system.
        with part.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(chunks)

    write_whole(path, write)


def write_text(path: Path, text: str) -> None:
    """Write a text, in UTF-8."""
    write_chunks(path, [text])


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes."""
    write_whole(path, lambda part: part.write_bytes(content))


def make_folder(folder: Path) -> None:
    """Make a folder, unless it is there.

    Raises:
        OutputError: it cannot be made.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error.strerror or "the folder cannot be made") from error
