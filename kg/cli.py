"""The kg command: each sub-command is one call into the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kg.debugging import KgCommands, is_debugging
from kg.errors import FailedQueryError, KgError, UnknownNameError
from kg.failures import failure_of
from kg.knowledge_cli import knowledge
from kg.progress import show_progress
from kg.version import __version__

if TYPE_CHECKING:
    from kg.building import BuildSummary
    from kg.graph.assembly import KnowledgeGraph
    from kg.progress import Progress
    from kg.records import Failure, Reading
    from kg.settings import Settings

EXISTING = click.Path(exists=True, path_type=Path)
PATHS = click.Path(path_type=Path, allow_dash=True, readable=False)
"""Whether a file can be read is told by what reads it, so that one that cannot loses no other."""
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
BUILD = click.Path(path_type=Path, file_okay=False)


class KgGroup(KgCommands):
    """Show any error as one line and exit 1; with --debug, our own bugs as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the chosen sub-command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # `kg read … | head` closes our output: nothing is wrong, and nobody listens.
            sys.stderr.close()
            sys.exit(1)
        except Exception as error:
            if is_debugging():
                raise
            raise click.ClickException(
                f"kg itself failed: {failure_of(error)}. The same command with --debug shows more."
            ) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a mistyped one."""
        name = click.utils.make_str(args[0])
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise click.UsageError(str(UnknownNameError("command", name, set(self.commands))), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn documents into an honest knowledge graph.

    \b
    kg build corpus/ -o outputs/mine     read documents, write their graph
    kg why outputs/mine Russia Iran      the sentences that join two things
    kg query outputs/mine neighbours     ask in SPARQL, or by a saved query
    """  # noqa: D301 - click reads \b as a mark, not as text


main.add_command(knowledge)


def model_option(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --model."""
    return click.option(
        "--model",
        default=None,
        help="spaCy pipeline to parse with: an import name or a folder. "
        "By default the small English one that comes with kg.",
    )(command)


def names_options(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --names and --trained-names."""
    command = click.option(
        "--names",
        default=None,
        type=click.Path(exists=True, dir_okay=False),
        help="Your own names and types: a CSV or JSONL file with name and type.",
    )(command)
    command = click.option(
        "--knowledge",
        default=None,
        type=click.Path(exists=True, dir_okay=False),
        help="Your own knowledge base (`kg knowledge build`), asked before the one of kg.",
    )(command)
    return click.option(
        "--trained-names/--no-trained-names",
        default=None,
        help="Take names from the trained model, or from the spaCy pipeline. By default from "
        "the model, but from the pipeline where --model names another.",
    )(command)


def query_limits(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --timeout and --max-memory."""
    command = click.option(
        "--max-memory",
        type=click.FloatRange(0.25),
        default=4.0,
        show_default=True,
        help="Gigabytes that a query may take before it is given up.",
    )(command)
    return click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        default=30.0,
        show_default=True,
        help="Seconds after which a query is given up.",
    )(command)


def limit_option(
    most: int | None, what: str, *, least: int = 1
) -> Callable[[Decorated], Decorated]:
    """Add --limit, so many of what is shown."""
    return click.option(
        "--limit", type=click.IntRange(least), default=most, show_default=True, help=f"Most {what}."
    )


@main.command()
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
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes that read. By default one a core, up to 4, for 16 documents or more.",
)
@click.option("--licence", default=None, help="IRI of the licence that the graph is under.")
def build(
    paths: tuple[Path, ...], output: Path | None, jobs: int | None, **options: object
) -> None:
    """Read the documents in PATHS (files or folders) and write their graph.

    Run it again after a change: only new and changed documents are read. A build that
    was stopped goes on where it was.
    """
    from kg.building import build as make

    output = output or Path("outputs") / (paths[0].resolve().stem or "build")
    settings = _settings(options | {"jobs": jobs or _jobs(paths)})
    try:
        with show_progress() as tell:
            summary = make(paths, output, settings, tell, retry=is_debugging())
    except KeyboardInterrupt:
        raise click.ClickException(
            f"Stopped. What was read is kept in {output}; the same command goes on from there."
        ) from None
    _show_summary(summary)
    if summary.unreadable or summary.failed:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
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
@model_option
@names_options
def read(paths: tuple[Path, ...], form: str, lines: bool, link: bool, **options: Any) -> None:  # noqa: ANN401
    """Print what the documents in PATHS say, one Reading a line. "-" is standard input."""
    from kg.pipeline import link_groups, read_documents, read_paths, read_stream
    from kg.reading.documents.files import find_files
    from kg.reading.documents.languages import is_untold
    from kg.serialization import reading_to_json

    nary = options.pop("claims") == "nary"
    settings = _settings(options)
    unreadable, failed, foreign = list[str](), list[str](), list[str]()
    total = 0
    if paths == (Path("-"),):
        documents = read_stream(sys.stdin.buffer.read(), lines=lines)
    else:
        documents = read_paths(paths, lines=lines, failed=unreadable)
        total = 0 if lines else len(find_files(paths))
    together = 64 if lines else 1
    readings = read_documents(documents, settings, together=together, nary=nary)
    for reading in _with_progress(readings, total):
        click.echo(reading_to_json(reading, link_groups(reading, settings) if link else None))
        source = reading.document.source
        if reading.failure:
            failed.append(f"{source}: {_failed(reading.failure)}")
        elif is_untold(reading):
            foreign.append(f"{source}: {_foreign(reading.document.language)}")
    for message in foreign:
        click.echo(f"Not read: {message}", err=True)
    for message in (*unreadable, *failed):
        click.echo(f"Error: {message}", err=True)
    if unreadable or failed:
        sys.exit(1)


@main.command()
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
    file: Path | None,
    listing: bool,
    **how: Any,  # noqa: ANN401
) -> None:
    """Ask BUILD a QUERY in SPARQL, or by the name of a saved query.

    \b
    kg query outputs/mine --list
    kg query outputs/mine denied
    kg query outputs/mine about --set who="Russia" --limit 20
    kg query outputs/mine 'SELECT ?who { ent:russia rel:hold-exercises-with/rdfs:label ?who }'
    """  # noqa: D301 - click reads \b as a mark, not as text
    from kg.outputs.sparql.asking import query_build
    from kg.outputs.sparql.saved_queries import read_assignments

    if listing:
        _list_queries()
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give either a query (or a saved query's name) or -f FILE.")
    text = file.read_text(encoding="utf-8") if file else str(query)
    values = read_assignments(how["values"])
    notes: list[str] = []
    limits = {"timeout": how["timeout"], "max_memory": _bytes(how["max_memory"])}
    try:
        result = query_build(build, text, values=values, notes=notes, **limits)
    except FailedQueryError as error:
        if is_debugging():
            click.echo(error.trace, err=True)
        raise
    for note in notes:
        _tell_choice(note)
    count = 0
    if how["limit"] is not None:
        result, count = result.first(how["limit"])
    click.echo(result.text(how["form"] or "", width=_width()).rstrip("\n"))
    if how["limit"] is not None and count > how["limit"]:
        cut = f"Cut: the first {how['limit']} of {count} are shown; ask for more with --limit."
        click.echo(cut, err=True)


def _list_queries() -> None:
    """Print every saved query: its name, its parameters and what it asks."""
    from kg.outputs.sparql.saved_queries import all_saved_queries

    for query in all_saved_queries():
        click.echo(f"{query.name:20} {query.description}")
        for p in query.parameters:
            default = f" [{p.default}]" if p.default else ""
            click.echo(f"{'':20}   --set {p.name}=…  {p.description}{default}")


def _meant(graph: KnowledgeGraph, typed: str) -> str:
    """Return the id of the entity that a name means; say so on stderr where several fit."""
    meant = graph.meant_by(typed)
    if meant.note:
        _tell_choice(meant.note)
    return meant.thing.id


def _tell_choice(note: str) -> None:
    from kg.outputs.texts.terminal import plain

    click.echo(f"Note: {plain(note)}", err=True)


@main.command()
@click.argument("build", type=BUILD)
@click.argument("first")
@click.argument("second", required=False)
@limit_option(40, "sentences to show")
def why(build: Path, first: str, second: str | None, limit: int) -> None:
    """Show the sentences of BUILD behind what is said of FIRST (and SECOND)."""
    from kg.build_folder import open_build
    from kg.outputs.texts.terminal import why_lines

    graph = open_build(build)
    first, second = _meant(graph, first), _meant(graph, second) if second else None
    for line in why_lines(graph, first, second, limit=limit):
        click.echo(line)


@main.command()
@click.argument("build", type=BUILD)
@click.argument("name")
@limit_option(30, "claims to show")
def show(build: Path, name: str, limit: int) -> None:
    """Show one entity of BUILD: its names, links, relations and claims."""
    from kg.build_folder import open_build
    from kg.outputs.texts.terminal import entity_lines

    graph = open_build(build)
    for line in entity_lines(graph, _meant(graph, name), limit=limit):
        click.echo(line)


@main.command()
@click.argument("build", type=BUILD)
@click.argument("name", required=False)
@limit_option(30, "lines of a kind")
def merges(build: Path, name: str | None, limit: int) -> None:
    """Show why names in BUILD were taken for one thing, and which pairs are left to people.

    \b
    kg merges outputs/mine             what was joined by more than its name, what is unsure
    kg merges outputs/mine "Putin"     all that was decided of one thing
    """  # noqa: D301 - click reads \b as a mark, not as text
    from kg.build_folder import read_identities
    from kg.outputs.texts.merges import identity_lines

    for line in identity_lines(read_identities(build), name, limit=limit):
        click.echo(line)


@main.command()
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
def draw(build: Path, form: str, limit: int | None, output: Path | None, **part: Any) -> None:  # noqa: ANN401
    """Draw BUILD, or a part of it: a page that opens without a network, or a picture."""
    from kg.build_folder import open_build
    from kg.outputs.drawing import html_page, still_picture

    source = click.get_current_context().get_parameter_source("depth")
    if part["around"] is None and source is not ParameterSource.DEFAULT:
        raise click.UsageError("--depth counts steps from --around NAME. Say around what.")
    graph = open_build(build)
    if part["around"] is not None:
        part["around"] = _meant(graph, part["around"])
    output = output or build / f"drawing.{form}"

    if form == "html":
        html_page.write_html(graph, output, limit=limit or html_page.LIMIT, **part)
    else:
        still_picture.write_picture(graph, output, form, limit=limit or still_picture.LIMIT, **part)
    click.echo(f"{output}")


@main.command()
@click.argument("build", type=BUILD)
@click.option(
    "--to",
    "form",
    required=True,
    help="Form: nt, nq, trig, turtle, jsonld, rdfxml, rdf12, plain, webannotation, graphml, gexf, "
    "csv, cypher, neo4j or json.",
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
def export(build: Path, form: str, output: Path | None, licence: str | None) -> None:
    """Write BUILD in another form, for another program."""
    from kg.build_folder import export_build

    click.echo(f"{export_build(build, form, output, licence=licence)}")


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=BUILD, required=True, help="Folder to write.")
def import_(file: Path, output: Path) -> None:
    """Make a build of FILE, a graph that kg wrote as linked data (.ttl .nt .nq .trig .jsonld .rdf)."""
    from kg.building import import_graph

    imported = import_graph(file, output)
    _show_summary(imported.summary)
    if imported.left_out:
        count, shown = len(imported.left_out), imported.left_out[:5]
        click.echo(f"left out   {count} triples that are not in kg's model, such as:", err=True)
        for triple in shown:
            click.echo(f"           {triple}", err=True)
    if imported.summary.failed:
        sys.exit(1)


@main.command()
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
def serve(build: Path, hosts: tuple[str, ...], open_browser: bool, **options: Any) -> None:  # noqa: ANN401
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
        options["timeout"],
        options["max_rows"],
        default_workers(),
        memory=_bytes(options["max_memory"]),
    )
    serving = Serving(
        options["host"],
        options["port"],
        hosts,
        limits,
        cors=options["cors"],
        writable=options["write"],
        debug=is_debugging(),
    )

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


@main.command()
@click.argument("build", type=BUILD)
@click.option(
    "--shapes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="SHACL shapes of your own (Turtle) to check with as well.",
)
@click.option("--shacl", is_flag=True, help="Run kg's own SHACL shapes, too (slow).")
@limit_option(10, "nodes to show for each rule", least=0)
def validate(build: Path, shapes: Path | None, shacl: bool, limit: int) -> None:
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


@main.command()
@click.argument(
    "task",
    type=click.Choice(
        [
            "speed",
            "claims",
            "status",
            "attribution",
            "confidence",
            "predicates",
            "names",
            "coreference",
            "pronouns",
            "linking",
            "resolution",
            "sparql",
            "pages",
        ]
    ),
    metavar="TASK",
)
@click.option("--data", type=EXISTING, default=None, help="Folder of documents, or of gold.")
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Runs of speed, sparql and pages.",
)
@click.option(
    "--triples",
    type=click.IntRange(20_000),
    default=1_000_000,
    show_default=True,
    help="Size of the graph that sparql invents, and pages for the explorer.",
)
@model_option
@names_options
def evaluate(task: str, data: Path | None, rounds: int, triples: int, **options: object) -> None:
    """Measure kg and print figures that anybody can print again.

    \b
    speed        words a second on the documents in DATA, beside the bare spaCy pipeline
    claims       open claims on DATA/carb, scored as CaRB does; then what each rule adds
    confidence   is a confidence of 0.7 right seven times in ten? on DATA/carb
    predicates   how many relations of the documents in DATA occur once, before and after grouping
    status       did it happen? on DATA/uds_factuality
    attribution  who says what, on DATA/polnear
    names        what is found and how it is typed, on DATA/crossner, re3d, uner_ewt …
    coreference  what refers to what, on DATA/gum and DATA/dwie
    pronouns     whom "he" and "she" mean, on DATA/gap
    linking      which thing in Wikidata a name means, on DATA/el and DATA/knowledgenet
    resolution   the same thing in several documents, on DATA/dwie
    sparql       milliseconds of twenty queries in pyoxigraph and in rdflib; needs no DATA
    pages        how fast pages and the explorer open in a browser; needs no DATA

    Of gold, one half is what rules are tuned on, the other is held out.
    """  # noqa: D301 - click reads \b as a mark, not as text
    if task in ("sparql", "pages"):
        from kg.evaluation.pages import measure_pages
        from kg.evaluation.sparql import compare_engines

        compare = compare_engines if task == "sparql" else measure_pages
        with show_progress() as tell:
            for line in compare(triples, rounds=rounds, tell=tell):
                click.echo(line)
        return
    if data is None:
        raise click.UsageError(f"{task} needs --data FOLDER.")
    settings = _settings(options)
    with show_progress() as tell:
        lines = list(_figures(task, data, rounds, settings, tell))
    for line in lines:
        click.echo(line)


_GOLD_TASKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "claims": ("open_claims", "evaluate_open_claims"),
        "status": ("status", "evaluate_status"),
        "attribution": ("attribution", "evaluate_attribution"),
        "confidence": ("confidence", "evaluate_confidence"),
        "predicates": ("predicates", "evaluate_predicates"),
        "names": ("names", "evaluate_names"),
        "coreference": ("coreference", "evaluate_coreference"),
        "pronouns": ("pronouns", "evaluate_pronouns"),
        "linking": ("linking", "evaluate_linking"),
        "resolution": ("resolution", "evaluate_resolution"),
    }
)
"""Task -> module under kg/evaluation and its function, imported only when asked for."""


def _figures(
    task: str,
    data: Path,
    rounds: int,
    settings: Settings,
    tell: Progress,
) -> Iterator[str]:
    """Yield the lines of a task's table."""
    if task == "speed":
        from kg.evaluation.speed import measure_speed

        yield from measure_speed(data, settings, rounds=rounds, tell=tell).lines()
    else:
        from importlib import import_module

        module, function = _GOLD_TASKS[task]
        measure = getattr(import_module(f"kg.evaluation.{module}"), function)
        yield from (score.line() for score in measure(data, settings, tell=tell))


def _bytes(gigabytes: float) -> int:
    return int(gigabytes * (1 << 30))


def _width() -> int:
    """Return the columns of the terminal, or plenty where there is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160


def _settings(options: Mapping[str, object]) -> Any:  # noqa: ANN401 - imported only when needed
    """Return the Settings with the options that were given."""
    from kg.settings import Settings

    return Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]


def _jobs(paths: tuple[Path, ...]) -> int:
    """Return how many processes pay: starting one costs as much as reading some pages."""
    import os

    from kg.reading.documents.files import find_files

    return min(os.cpu_count() or 1, 4) if len(find_files(paths)) >= 16 else 1


def _with_progress(readings: Iterator[Reading], total: int) -> Iterator[Reading]:
    """Yield readings and tell how many there were, but not among them on one terminal."""
    if sys.stdout.isatty():
        yield from readings
        return
    with show_progress() as tell:
        for done, reading in enumerate(readings, 1):
            yield reading
            tell("reading", done, total)


def _foreign(language: str) -> str:
    """Return why nothing is said of a document in another language."""
    named = "is not in English" if language == "und" else f'is in the language "{language}"'
    return f"It {named}, and the parser knows English alone: kept, but nothing is told of it."


def _failed(failure: Failure) -> str:
    """Return what went wrong inside kg itself, in one line, or as a traceback with --debug."""
    if is_debugging() and failure.trace:
        return f"kg itself failed on it.\n{failure.trace.rstrip()}"
    return f"kg itself failed on it ({failure}). Its text is kept; --debug shows more."


def _show_summary(summary: BuildSummary) -> None:
    def counts(found: dict[str, int]) -> str:
        return ", ".join(f"{number} {kind}" for kind, number in found.items()) or "none"

    unchanged = summary.documents - summary.read_now
    known = f"{summary.documents}" + (
        f" ({unchanged} unchanged, not read again)" if unchanged else ""
    )
    click.echo(f"documents  {known}, {summary.words:,} words")
    click.echo(f"entities   {sum(summary.entities.values())}: {counts(summary.entities)}")
    click.echo(f"claims     {sum(summary.claims.values())}: {counts(summary.claims)}")
    click.echo(f"relations  {summary.relations}")
    click.echo(f"seconds    {summary.seconds}")
    for file, language in summary.foreign:
        click.echo(f"not read   {file}: {_foreign(language)}", err=True)
    if summary.other_files:
        kinds = ", ".join(f"{n} {kind or 'no suffix'}" for kind, n in summary.other_files.items())
        click.echo(f"left out   files of kinds that kg does not read: {kinds}", err=True)
    for file, reason in summary.unreadable:
        click.echo(f"not read   {file}: {reason}", err=True)
    for file, failure in summary.failed:
        click.echo(f"not told   {file}: {_failed(failure)}", err=True)
    click.echo(f"\nOpen {summary.output / 'graph.html'}, or ask: kg query {summary.output} --list")
