"""Write a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.errors import OutputError


def write_chunks(path: Path, chunks: Iterable[str]) -> None:
    """Write UTF-8 text to ``path``, making its folder; a file half written never shows.

    What cannot be written raises an OutputError.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(chunks)
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
