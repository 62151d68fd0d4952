"""What several commands take: the options that they share, and what these mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.settings import SURE

if TYPE_CHECKING:
    from kg.settings import Settings


EXISTING = click.Path(exists=True, path_type=Path)
PATHS = click.Path(path_type=Path, allow_dash=True, readable=False)
"""Whether a file can be read is told by what reads it, so that one that cannot loses no other."""
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
BUILD = click.Path(path_type=Path, file_okay=False)


def model_option(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --model."""
    return click.option(
        "--model",
        default=None,
        help="spaCy pipeline to parse with: an import name or a folder. "
        "By default the English one that comes with kg.",
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
        "--trained-names",
        is_flag=True,
        default=None,
        help="With --model: take names from the encoder that comes with kg, not from the pipeline.",
    )(command)


def sure_option(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --sure."""
    return click.option(
        "--sure",
        type=click.FloatRange(0, 1),
        default=None,
        help="Tell as facts only what was read right with this probability; the rest is kept, "
        f"marked unsure. By default {SURE}: higher is stricter.",
    )(command)


def text_column_option(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no better type
    """Add --text-column."""
    return click.option(
        "--text-column",
        "text_columns",
        multiple=True,
        metavar="NAME",
        help="Read tables, too (.csv .tsv .xlsx): each row is a document of the words in this "
        "column. May be given more than once.",
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


def settings_of(options: Mapping[str, object]) -> Settings:
    """Return the Settings with the options that were given."""
    from kg.settings import Settings

    return Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]


def bytes_in(gigabytes: float) -> int:
    """Return gigabytes, in which people say how much memory, as bytes."""
    return int(gigabytes * (1 << 30))
