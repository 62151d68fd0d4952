"""Where kg itself failed: what is told of an error that nobody raised on purpose."""

from __future__ import annotations

import traceback
from pathlib import Path

from kg.records import Failure

PACKAGE = Path(__file__).parent
LONGEST_MESSAGE = 200


def failure_of(error: BaseException) -> Failure:
    """Return the kind of an error, and the innermost line of kg that it passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if PACKAGE in Path(frame.filename).parents]
    place = _place(ours[-1]) if ours else "no line of kg"
    message = " ".join(str(error).split())[:LONGEST_MESSAGE]
    trace = "".join(traceback.format_exception(error))
    return Failure(type(error).__name__, place, message, trace)


def _place(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename).relative_to(PACKAGE.parent).as_posix()
    return f"{file}:{frame.lineno}"
