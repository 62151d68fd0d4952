"""The commands that ask a build and print the answer: query, why, show, merges."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.debugging import KgCommand, is_debugging
from kg.commands.options import BUILD, bytes_in, limit_option, query_limits
from kg.errors import FailedQueryError

if TYPE_CHECKING:
    from kg.graph.assembly import KnowledgeGraph
    from kg.outputs.sparql.results import Result


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from a file.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle", "nt"]),
    default=None,
    help="Form of the answer. By default a table, and Turtle for CONSTRUCT and DESCRIBE.",
)
@query_limits
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    help='A value for a parameter of the query, as --set who="Russia".',
)
@limit_option(None, "rows to show", least=0)
@click.option("--list", "listing", is_flag=True, help="List the saved queries.")
def query(
    build: Path,
    query: str | None,
    *,
    file: Path | None,
    listing: bool,
    limit: int | None,
    form: str | None,
    **how: Any,  # noqa: ANN401
) -> None:
    """Ask BUILD a QUERY in SPARQL, or by the name of a saved query.

    \b
    kg query outputs/mine --list
    kg query outputs/mine denied
    kg query outputs/mine about --set who="Russia" --limit 20
    kg query outputs/mine 'SELECT ?who { ent:russia rel:hold-exercises-with/rdfs:label ?who }'
    """  # noqa: D301 - click reads \b as a mark, not as text
    if listing:
        _list_queries()
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give either a query (or a saved query's name) or -f FILE.")
    text = file.read_text(encoding="utf-8") if file else str(query)
    result, notes = _ask(build, text, **how)
    for note in notes:
        _tell_choice(note)
    shown, count = (result, 0) if limit is None else result.first(limit)
    click.echo(shown.text(form or "", width=_width()).rstrip("\n"))
    if limit is not None:
        _tell_cut(count, limit)


def _ask(
    build: Path, text: str, *, values: tuple[str, ...], timeout: float, max_memory: float
) -> tuple[Result, list[str]]:
    """Return what a query finds, and which entity was taken for a name that fits several."""
    from kg.outputs.sparql.asking import query_build
    from kg.outputs.sparql.saved_queries import read_assignments

    assigned, notes, most = read_assignments(values), list[str](), bytes_in(max_memory)
    try:
        found = query_build(
            build, text, values=assigned, notes=notes, timeout=timeout, max_memory=most
        )
    except FailedQueryError as error:
        if is_debugging():
            click.echo(error.trace, err=True)
        raise
    return found, notes


def _list_queries() -> None:
    """Print every saved query: its name, its parameters and what it asks."""
    from kg.outputs.sparql.saved_queries import all_saved_queries

    for query in all_saved_queries():
        click.echo(f"{query.name:20} {query.description}")
        for parameter in query.parameters:
            default = f" [{parameter.default}]" if parameter.default else ""
            click.echo(f"{'':20}   --set {parameter.name}=…  {parameter.description}{default}")


def id_meant(graph: KnowledgeGraph, typed: str) -> str:
    """Return the id of the entity that a name means; say so on stderr where several fit."""
    meant = graph.meant_by(typed)
    if meant.note:
        _tell_choice(meant.note)
    return meant.thing.id


def _tell_cut(count: int, limit: int) -> None:
    if count > limit:
        cut = f"Cut: the first {limit} of {count} are shown; ask for more with --limit."
        click.echo(cut, err=True)


def _tell_choice(note: str) -> None:
    from kg.outputs.texts.terminal import plain

    click.echo(f"Note: {plain(note)}", err=True)


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.argument("first")
@click.argument("second", required=False)
@limit_option(40, "sentences to show")
def why(build: Path, first: str, second: str | None, *, limit: int) -> None:
    """Show the sentences of BUILD behind what is said of FIRST (and SECOND)."""
    from kg.build_folder import open_build
    from kg.outputs.texts.terminal import why_lines

    graph = open_build(build)
    first, second = id_meant(graph, first), id_meant(graph, second) if second else None
    for line in why_lines(graph, first, second, limit=limit):
        click.echo(line)


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.argument("name")
@limit_option(30, "claims to show")
def show(build: Path, name: str, *, limit: int) -> None:
    """Show one entity of BUILD: its names, links, relations and claims."""
    from kg.build_folder import open_build
    from kg.outputs.texts.terminal import entity_lines

    graph = open_build(build)
    for line in entity_lines(graph, id_meant(graph, name), limit=limit):
        click.echo(line)


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.argument("name", required=False)
@limit_option(30, "lines of a kind")
def merges(build: Path, name: str | None, *, limit: int) -> None:
    """Show why names in BUILD were taken for one thing, and which pairs are left to people.

    \b
    kg merges outputs/mine             what was joined by more than its name, what is unsure
    kg merges outputs/mine "Putin"     all that was decided of one thing
    """  # noqa: D301 - click reads \b as a mark, not as text
    from kg.build_folder import read_identities
    from kg.outputs.texts.merges import identity_lines

    for line in identity_lines(read_identities(build), name, limit=limit):
        click.echo(line)


def _width() -> int:
    """Return the columns of the terminal, or plenty where there is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160
