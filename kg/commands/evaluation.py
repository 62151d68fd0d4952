"""The command that prints the figures of kg."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from kg.commands.debugging import KgCommand
from kg.commands.options import EXISTING, model_option, names_options, settings_of
from kg.progress import show_progress

if TYPE_CHECKING:
    from kg.progress import Progress
    from kg.settings import Settings


_GOLD_TASKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "claims": ("open_claims", "evaluate_open_claims"),
        "status": ("status", "evaluate_status"),
        "attribution": ("attribution", "evaluate_attribution"),
        "parse": ("parse", "evaluate_parse"),
        "predicates": ("predicates", "evaluate_predicates"),
        "names": ("names", "evaluate_names"),
        "coreference": ("coreference", "evaluate_coreference"),
        "pronouns": ("pronouns", "evaluate_pronouns"),
        "linking": ("linking", "evaluate_linking"),
        "resolution": ("resolution", "evaluate_resolution"),
        "relations": ("relations", "evaluate_relations"),
    }
)
"""Task -> module under kg/evaluation and its function, imported only when asked for."""


@click.command(cls=KgCommand)
@click.argument(
    "task",
    type=click.Choice(["speed", *_GOLD_TASKS, "judged", "sparql", "pages"]),
    metavar="TASK",
)
@click.option("--data", type=EXISTING, default=None, help="Folder of documents, or of gold.")
@click.option(
    "--sheets",
    type=EXISTING,
    default=None,
    help="Folder of names and claims that were judged, tests/gold/judged of kg's repository.",
)
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
def evaluate(
    task: str,
    *,
    data: Path | None,
    sheets: Path | None,
    rounds: int,
    triples: int,
    **options: object,
) -> None:
    """Measure kg and print figures that anybody can print again.

    \b
    speed        words a second on the documents in DATA, beside the small spaCy pipeline
    claims       open claims on DATA/carb, scored as CaRB does; then what each rule adds
    parse        trees and ends of sentences on DATA/trees, beside the small spaCy pipeline
    predicates   how many relations of the documents in DATA occur once, before and after grouping
    status       did it happen? on DATA/uds_factuality
    attribution  who says what, on DATA/polnear
    names        what is found and how it is typed, on DATA/crossner, re3d, uner_ewt …
    coreference  what refers to what, on DATA/gum and DATA/dwie
    pronouns     whom "he" and "she" mean, on DATA/gap
    linking      which thing in Wikidata a name means, on DATA/el and DATA/knowledgenet
    resolution   the same thing in several documents, on DATA/dwie
    relations    which relations are known by name, on DATA/knowledgenet, redocred, conll04 …
    judged       names and claims judged by reading; DATA holds their texts
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
    if task == "judged" and sheets is None:
        raise click.UsageError("judged needs --sheets FOLDER, the one that holds names.tsv.")
    settings = settings_of(options)
    with show_progress() as tell:
        # All of them first, or they would stand among the lines of progress.
        if task == "judged" and sheets is not None:
            from kg.evaluation.judged import evaluate_judged
            from kg.evaluation.judged_claims import evaluate_judged_claims
            from kg.evaluation.judged_relations import evaluate_judged_relations

            names = evaluate_judged(data, sheets, settings, tell=tell)
            claims = evaluate_judged_claims(data, sheets, settings, tell=tell)
            relations = evaluate_judged_relations(data, sheets, settings, tell=tell)
            lines = [score.line() for some in (names, claims, relations) for score in some]
        else:
            lines = list(_figures(task, data, settings, rounds=rounds, tell=tell))
    for line in lines:
        click.echo(line)


def _figures(
    task: str, data: Path, settings: Settings, *, rounds: int, tell: Progress
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
