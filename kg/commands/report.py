"""What a command tells of its work: the summary, and the files that were not read or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kg.commands.debugging import is_debugging

if TYPE_CHECKING:
    from kg.building import BuildSummary
    from kg.records import Failure


def why_foreign(language: str) -> str:
    """Return why nothing is said of a document in another language."""
    named = "is not in English" if language == "und" else f'is in the language "{language}"'
    return f"It {named}, and the parser knows English alone: kept, but nothing is told of it."


def _without_text(pages: Sequence[int]) -> str:
    """Return which pages of a PDF hold no text, the first of them by number."""
    shown = ", ".join(map(str, pages[:20])) + (f" and {len(pages) - 20} more" * (len(pages) > 20))
    named = f"page {shown} holds" if len(pages) == 1 else f"pages {shown} hold"
    return f"{named} no text (empty, or a picture of text: run OCR over the file)."


def what_is_damaged(number: int, line: int) -> str:
    """Return how many characters of a document are lost, and where the first is."""
    named = "character is" if number == 1 else "characters are"
    first = "" if number == 1 else "the first "
    return (
        f'{number} {named} damaged and read as "�", {first}in line {line}'
        " (bytes that are no UTF-8: correct them, or save the file as UTF-8 anew)."
    )


def why_failed(failure: Failure) -> str:
    """Return what went wrong inside kg itself, in one line, or as a traceback with --debug."""
    if is_debugging() and failure.trace:
        return f"kg itself failed on it.\n{failure.trace.rstrip()}"
    return f"kg itself failed on it ({failure}). Its text is kept; --debug shows more."


def show_summary(summary: BuildSummary) -> None:
    """Print what a build made; on standard error what it could not read or tell."""
    click.echo(f"documents  {_documents(summary)}, {summary.words:,} words")
    click.echo(f"entities   {_counts(summary.entities)}")
    click.echo(f"claims     {_counts(summary.claims)}")
    click.echo(f"relations  {summary.relations}")
    click.echo(f"seconds    {summary.seconds}")
    for line in _losses(summary):
        click.echo(line, err=True)
    click.echo(f"\nOpen {summary.output / 'graph.html'}, or ask: kg query {summary.output} --list")


def _documents(summary: BuildSummary) -> str:
    unchanged = summary.documents - summary.read_now
    known = f" ({unchanged} unchanged, not read again)" if unchanged else ""
    return f"{summary.documents}{known}"


def _counts(found: Mapping[str, int]) -> str:
    kinds = ", ".join(f"{number} {kind}" for kind, number in found.items()) or "none"
    return f"{sum(found.values())}: {kinds}"


def _among(summary: BuildSummary) -> str:
    """Return the first of those that lie inside other files, and how tables are read."""
    inside = summary.other_members
    more = f" and {len(inside) - 3} more" if len(inside) > 3 else ""
    named = f" (inside others: {', '.join(inside[:3])}{more})" if inside else ""
    tables = summary.other_files.keys() & {".csv", ".tsv", ".xlsx"}
    return named + ("; --text-column NAME reads the texts in tables" if tables else "")


def _losses(summary: BuildSummary) -> Iterator[str]:
    for file, language in summary.foreign:
        yield f"not read   {file}: {why_foreign(language)}"
    if summary.other_files:
        kinds = ", ".join(f"{n} {kind or 'no suffix'}" for kind, n in summary.other_files.items())
        yield f"left out   files of kinds that kg does not read: {kinds}{_among(summary)}"
    for file, pages in summary.pages_without_text:
        yield f"no text    {file}: {_without_text(pages)}"
    for file, number, line in summary.damaged:
        yield f"damaged    {file}: {what_is_damaged(number, line)}"
    for file, reason in summary.unreadable:
        yield f"not read   {file}: {reason}"
    for file, failure in summary.failed:
        yield f"not told   {file}: {why_failed(failure)}"
