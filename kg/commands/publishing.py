"""The commands that give a build to others: draw, export, serve, validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kg.commands.asking import id_meant
from kg.commands.debugging import KgCommand, is_debugging
from kg.commands.options import BUILD, bytes_in, limit_option, query_limits


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "svg", "png"]),
    default="html",
    show_default=True,
    help="A page to explore, or a still picture for a report; a PNG needs kg-claims[png].",
)
@click.option("--around", default=None, help="Draw only what lies around this entity.")
@click.option(
    "--depth", type=click.IntRange(1, 6), default=2, show_default=True, help="Steps from --around."
)
@limit_option(None, "entities to draw, the most important: 1500 in a page, 80 in a picture")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="File to write. By default drawing.html (.svg, .png) in BUILD.",
)
def draw(
    build: Path,
    *,
    form: str,
    limit: int | None,
    output: Path | None,
    **part: Any,  # noqa: ANN401
) -> None:
    """Draw BUILD, or a part of it: a page that opens without a network, or a picture."""
    from kg.build_folder import open_build
    from kg.outputs.drawing import html_page, still_picture

    # Whether it was given, and not its value: --depth 2, its default, is a mistake as well.
    source = click.get_current_context().get_parameter_source("depth")
    if part["around"] is None and source is not ParameterSource.DEFAULT:
        raise click.UsageError("--depth counts steps from --around NAME. Say around what.")
    graph = open_build(build)
    if part["around"] is not None:
        part["around"] = id_meant(graph, part["around"])
    output = output or build / f"drawing.{form}"

    if form == "html":
        html_page.write_html(graph, output, limit=limit or html_page.LIMIT, **part)
    else:
        still_picture.write_picture(graph, output, form, limit=limit or still_picture.LIMIT, **part)
    click.echo(f"{output}")


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.option(
    "--to",
    "form",
    required=True,
    help="Form: nt, nq, trig, turtle, jsonld, rdfxml, rdf12, plain, webannotation, graphml, gexf, "
    "csv, cypher, neo4j, wikidata, ftm or json.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="File (or folder, for csv) to write. By default inside BUILD.",
)
@click.option(
    "--licence", default=None, help="IRI of the licence; by default that of the build, if any."
)
def export(build: Path, *, form: str, output: Path | None, licence: str | None) -> None:
    """Write BUILD in another form, for another program."""
    from kg.build_folder import export_build

    click.echo(f"{export_build(build, form, output, licence=licence)}")


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at. 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 takes a free one.",
)
@query_limits
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help="Rows or triples after which an answer is cut, and marked as cut.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the home page in a browser.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    help="Further name by which clients may call this server, such as its name in a network.",
)
@click.option(
    "--cors/--no-cors",
    default=True,
    show_default=True,
    help="Let scripts of other pages read the data (never change it).",
)
@click.option(
    "--write",
    is_flag=True,
    help="Take SPARQL updates, with a token, on a copy in memory that ends with the server.",
)
def serve(
    build: Path,
    *,
    hosts: tuple[str, ...],
    open_browser: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Serve BUILD to browsers and programs: pages, a SPARQL endpoint, linked data.

    \b
    kg serve outputs/mine                   http://127.0.0.1:8000/, until Ctrl-C
    kg serve outputs/mine --port 0 --open   on a free port, in your browser

    A new build is shown from the next request on; with --write, after a new start.
    """  # noqa: D301 - click reads \b as a mark, not as text
    from kg.build_folder import prepare_explorer
    from kg.web.query_pool import Limits
    from kg.web.server import Serving, default_workers, serve

    limits = Limits(
        timeout=options["timeout"],
        max_rows=options["max_rows"],
        workers=default_workers(),
        memory=bytes_in(options["max_memory"]),
    )
    serving = Serving(
        host=options["host"],
        port=options["port"],
        hosts=hosts,
        limits=limits,
        cors=options["cors"],
        writable=options["write"],
        debug=is_debugging(),
    )

    # A big store takes so long to make that silence would look like a fault.
    graph = build / "graph.ttl"
    if graph.is_file() and graph.stat().st_size > 10**7 and not (build / "graph.store").exists():
        click.echo(f"Making the store of {build}, this once; it may take a minute.", err=True)

    def tell(address: str, token: str) -> None:
        click.echo(f"Serving {build} at {address} (Ctrl-C stops)")
        if token:
            click.echo(f"Updates need the header  Authorization: Bearer {token}")
        if open_browser:
            click.launch(address)

    serve(build, serving, tell, prepare_explorer)


@click.command(cls=KgCommand)
@click.argument("build", type=BUILD)
@click.option(
    "--shapes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="SHACL shapes of your own (Turtle) to check with as well.",
)
@click.option("--shacl", is_flag=True, help="Run kg's own SHACL shapes, too (slow).")
@limit_option(10, "nodes to show for each rule", least=0)
def validate(build: Path, *, shapes: Path | None, shacl: bool, limit: int) -> None:
    """Check that BUILD's graph.ttl keeps what kg promises. Exit status 1 if it does not."""
    from kg.build_folder import validate_build
    from kg.outputs.validation.promises import report_lines
    from kg.run_file import base_iri_of

    found = validate_build(build, shapes=shapes, shacl=shacl)
    broken = found.violations
    for line in report_lines(broken, base_iri=base_iri_of(build), limit=limit):
        click.echo(line)
    verdict = f"{len(broken)} violations" if broken else "nothing is wrong"
    click.echo(f"{found.triples:,} triples checked against {found.rules}: {verdict}")
    if broken:
        sys.exit(1)
