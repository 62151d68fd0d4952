"""The kg command: each sub-command (``commands/``) is one call into the library."""

from __future__ import annotations

import sys

import click

from kg.commands import asking, building, evaluation, publishing
from kg.commands.debugging import KgCommands, is_debugging
from kg.commands.knowledge import knowledge
from kg.errors import KgError, UnknownNameError
from kg.failures import failure_of
from kg.version import __version__


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
        # For an option that there is not, click has a message of its own.
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


for _command in (
    building.build,
    building.read,
    asking.query,
    asking.why,
    asking.show,
    asking.merges,
    publishing.draw,
    publishing.export,
    building.import_,
    publishing.serve,
    publishing.validate,
    evaluation.evaluate,
    knowledge,
):
    main.add_command(_command)
