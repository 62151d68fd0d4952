"""The option --debug, which every command has: where kg itself fails, show the traceback."""

from __future__ import annotations

import click

_DEBUGGING = "kg.debugging"


def _begin_debugging(ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value:
        # meta, which a group shares with the command inside it.
        ctx.meta[_DEBUGGING] = True


DEBUG = click.Option(
    ["--debug"],
    is_flag=True,
    expose_value=False,
    callback=_begin_debugging,
    help="Where kg itself fails, show the traceback.",
)


def is_debugging() -> bool:
    """Tell whether --debug was given to the command that runs."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(_DEBUGGING))


class KgCommand(click.Command):
    """A command that takes --debug."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters, and --debug."""
        return [*super().get_params(ctx), DEBUG]


class KgCommands(click.Group):
    """A group, each command of which takes --debug."""

    command_class = KgCommand
