"""The commands `kg knowledge …`: what kg knows beforehand, looked at and enlarged."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.debugging import KgCommands

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=KgCommands)
def knowledge() -> None:
    """Look up, make and enlarge knowledge bases: known people, places, bodies and their names.

    \b
    kg knowledge find Putin                                   who goes by a name, and how well it fits
    kg knowledge add clients.csv --to my.kb                   your own register, with its identifiers
    kg knowledge build --wikidata latest-all.json.gz -o my.kb a bigger base from a dump
    kg build corpus/ --knowledge my.kb                        use it
    """  # noqa: D301 - click reads \b as a mark, not as text


@knowledge.command()
@click.argument("name")
@click.option("--type", "kind", default=None, help="Only things that may be of this type.")
@click.option("--knowledge", "base", type=FILE, default=None, help="A knowledge base of your own.")
@click.option(
    "--limit", type=click.IntRange(1), default=10, show_default=True, help="Most to show."
)
def find(name: str, *, kind: str | None, base: Path | None, limit: int) -> None:
    """Show what NAME may mean, the likeliest first, with scores and reasons.

    What it is the main name of comes before what it is another name of.
    """
    from kg.errors import UnknownNameError
    from kg.linking.disambiguation import explain
    from kg.linking.knowledge_base import load_knowledge_base
    from kg.vocabulary import TYPES

    if kind is not None and kind not in TYPES:
        raise UnknownNameError("type", kind, set(TYPES))
    known = load_knowledge_base(*([base] if base else []))
    rows = explain(name, kind, known)
    for entity, probability, reason in rows[:limit]:
        click.echo(f"{probability:.2f}  {entity.label}  [{entity.type}]  {' '.join(entity.iris)}")
        click.echo(f"      {reason}")
    if not rows:
        click.echo(f"Nothing goes by the name {name!r}.")
    elif len(rows) > limit:
        click.echo(f"… and {len(rows) - limit} more; --limit shows them.")


@knowledge.command()
@click.argument("register", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "base", type=FILE, required=True, help="Knowledge base, made if not there.")
def add(register: Path, *, base: Path) -> None:
    """Add the people and bodies of REGISTER, a CSV or FollowTheMoney JSON Lines file.

    A CSV has a column "name", and may have id, type, aliases (parted by ;), iri, country,
    start, end. What has the id of a row that is there replaces it.
    """
    from kg.linking.registers import add_register

    summary = add_register(register, base)
    click.echo(f"{base}: {summary.added} added, {summary.skipped} lines skipped")
    for message in summary.messages:
        click.echo(f"  {message}", err=True)


@knowledge.command()
@click.option(
    "--wikidata",
    "dump",
    type=FILE,
    required=True,
    help="Dump of Wikidata: .json, .json.gz, .json.bz2.",
)
@click.option("-o", "--output", type=FILE, required=True, help="Knowledge base to write.")
@click.option(
    "--languages", default="en", show_default=True, help="Languages of names, parted by commas."
)
@click.option(
    "--min-sitelinks", type=click.IntRange(0), default=3, show_default=True,
    help="Leave out items that fewer Wikipedias write of.",
)  # fmt: skip
@click.option("--types", default="", help="Only these types, parted by commas.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes that read.")
def build(
    *, dump: Path, output: Path, languages: str, min_sitelinks: int, types: str, jobs: int | None
) -> None:
    """Make a knowledge base from a dump of Wikidata.

    A run that is stopped goes on where it was. A whole dump takes hours.
    """
    from kg.errors import UnknownNameError
    from kg.linking.wikidata_dump import DumpFilter, build_from_dump, default_jobs
    from kg.progress import show_progress
    from kg.vocabulary import TYPES

    wanted = frozenset(filter(None, types.split(",")))
    for kind in sorted(wanted - set(TYPES)):
        raise UnknownNameError("type", kind, set(TYPES))
    chosen = DumpFilter(tuple(languages.split(",")), min_sitelinks, wanted)
    with show_progress() as tell:
        summary = build_from_dump(dump, output, chosen, jobs=jobs or default_jobs(), progress=tell)
    click.echo(
        f"{output}: {summary.entities} entities of {summary.lines} lines, {summary.bad} broken"
    )
