"""The commands that read: documents into a build or into Readings, a graph back into a build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.debugging import KgCommand, is_debugging
from kg.commands.options import (
    BUILD,
    PATHS,
    model_option,
    names_options,
    settings_of,
    sure_option,
    text_column_option,
)
from kg.commands.report import show_summary, what_is_damaged, why_failed, why_foreign
from kg.progress import show_progress

if TYPE_CHECKING:
    from kg.records import Document, Reading


@click.command(cls=KgCommand)
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "-o", "--output", type=BUILD, default=None, help="Folder to write. By default outputs/NAME."
)
@model_option
@names_options
@click.option("--base-iri", default=None, help="Beginning of every IRI minted, for publishing.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out claims less probable than this.",
)
@sure_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes that read. By default one a core, up to 4, for 16 documents or more.",
)
@click.option("--licence", default=None, help="IRI of the licence that the graph is under.")
@text_column_option
def build(
    paths: tuple[Path, ...],
    *,
    output: Path | None,
    jobs: int | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Read the documents in PATHS (files or folders) and write their graph.

    Run it again after a change: only new and changed documents are read. A build that
    was stopped goes on where it was.
    """
    files = _number_of_files(paths, text_columns=options["text_columns"])
    from kg.building import build as make

    # Resolved: the name of “.” is that of the folder that it stands for.
    output = output or Path("outputs") / (paths[0].resolve().stem or "build")
    settings = settings_of(options | {"jobs": jobs or _jobs(files)})
    try:
        with show_progress() as tell:
            summary = make(paths, output, settings, tell, retry=is_debugging())
    except KeyboardInterrupt:
        raise click.ClickException(
            f"Stopped. What was read is kept in {output}; the same command goes on from there."
        ) from None
    show_summary(summary)
    if summary.unreadable or summary.failed:
        sys.exit(1)


@click.command(cls=KgCommand)
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "--format",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    expose_value=False,
    help="Form of the output: one Reading a line, as JSON.",
)
@click.option(
    "--lines",
    is_flag=True,
    help="Take each line of the files as a document of its own, line-1, line-2 ….",
)
@click.option(
    "--claims",
    type=click.Choice(["binary", "nary"]),
    default="binary",
    show_default=True,
    help="One claim for each object and argument, or one for each clause.",
)
@click.option(
    "--link",
    is_flag=True,
    help='Give each group a "link": the known thing that it means (id, iris, label, exact, '
    "probability, reasons, rival), or null.",
)
@sure_option
@model_option
@names_options
@text_column_option
def read(paths: tuple[Path, ...], *, lines: bool, link: bool, **options: Any) -> None:  # noqa: ANN401
    """Print what the documents in PATHS say, one Reading a line. "-" is standard input."""
    columns = options["text_columns"]
    files = 0 if paths == (Path("-"),) else _number_of_files(paths, text_columns=columns)
    from kg.pipeline import link_groups, read_documents
    from kg.serialization import reading_to_json

    nary = options.pop("claims") == "nary"
    settings, losses = settings_of(options), _Losses()
    documents = _documents_in(paths, losses, lines=lines, text_columns=columns)
    # Lines are short, and faster parsed together; of whole documents one is held at a time.
    together = 64 if lines else 1
    readings = read_documents(documents, settings, together=together, nary=nary)
    for reading in _with_progress(readings, 0 if lines else files):
        click.echo(reading_to_json(reading, link_groups(reading, settings) if link else None))
        losses.note(reading)
    losses.tell()
    if losses.unreadable or losses.failed:
        sys.exit(1)


@dataclass(slots=True)
class _Losses:
    """What could not be read, what kg failed on, is damaged, is in another language: a line each."""

    unreadable: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    other_kinds: list[str] = field(default_factory=list)

    def note(self, reading: Reading) -> None:
        """Take note of a Reading that tells nothing, and of a text that is damaged."""
        from kg.reading.documents.formats.plain import damaged_characters
        from kg.reading.documents.languages import is_untold

        source = reading.document.source
        number, line = damaged_characters(reading.document.text)
        if number:
            self.damaged.append(f"{source}: {what_is_damaged(number, line)}")
        if reading.failure:
            self.failed.append(f"{source}: {why_failed(reading.failure)}")
        elif is_untold(reading):
            self.foreign.append(f"{source}: {why_foreign(reading.document.language)}")

    def tell(self) -> None:
        """Print them on standard error; the Readings have the standard output to themselves."""
        for message in self.foreign:
            click.echo(f"Not read: {message}", err=True)
        for message in self.damaged:
            click.echo(f"Damaged: {message}", err=True)
        for path in self.other_kinds:
            click.echo(f"Left out: {path}: kg does not read files of its kind.", err=True)
        for message in (*self.unreadable, *self.failed):
            click.echo(f"Error: {message}", err=True)


def _documents_in(
    paths: tuple[Path, ...], losses: _Losses, *, lines: bool, text_columns: tuple[str, ...]
) -> Iterator[Document]:
    """Return the documents in the files, or in what stands on the standard input."""
    from kg.pipeline import read_paths, read_stream

    if paths == (Path("-"),):
        return read_stream(sys.stdin.buffer.read(), lines=lines)
    return read_paths(
        paths,
        lines=lines,
        text_columns=text_columns,
        failed=losses.unreadable,
        left_out=losses.other_kinds,
    )


def _number_of_files(paths: tuple[Path, ...], *, text_columns: tuple[str, ...]) -> int:
    """Return how many files there are to read; a path that is none ends it before models load."""
    from kg.reading.documents.files import find_files
    from kg.reading.documents.formats.readers import readers_with

    return len(find_files(paths, suffixes=readers_with(text_columns).keys()))


def _jobs(files: int) -> int:
    """Return how many processes pay: starting one costs as much as reading some pages."""
    import os

    return min(os.cpu_count() or 1, 4) if files >= 16 else 1


def _with_progress(readings: Iterator[Reading], total: int) -> Iterator[Reading]:
    """Yield readings and tell how many there were, but not among them on one terminal."""
    if sys.stdout.isatty():
        yield from readings
        return
    with show_progress() as tell:
        for done, reading in enumerate(readings, 1):
            yield reading
            tell("reading", done, total)


@click.command("import", cls=KgCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=BUILD, required=True, help="Folder to write.")
def import_(file: Path, *, output: Path) -> None:
    """Make a build of FILE, a graph that kg wrote as linked data (.ttl .nt .nq .trig .jsonld .rdf)."""
    from kg.building import import_graph

    imported = import_graph(file, output)
    show_summary(imported.summary)
    if imported.left_out:
        count, shown = len(imported.left_out), imported.left_out[:5]
        click.echo(f"left out   {count} triples that are not in kg's model, such as:", err=True)
        for triple in shown:
            click.echo(f"           {triple}", err=True)
    if imported.summary.failed:
        sys.exit(1)
