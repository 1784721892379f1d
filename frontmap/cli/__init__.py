"""The command line: one thin module a command, loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from frontmap import __version__

__all__ = ["main"]

# command -> (module below this package, one-line help shown in the overview)
COMMANDS = {
    "map": ("map", "Draw the claims of reports as one HTML page."),
    "claims": ("claims", "List who says what happened where."),
    "resolve": ("resolve", "List the places a text names."),
    "export": ("export", "Write the claims of reports for a GIS."),
    "geocode": ("geocode", "Find the positions of place names."),
    "gazetteer": ("gazetteer", "Search, inspect, build and compare gazetteers."),
    "evaluate": ("evaluate", "Score against a file of annotated passages."),
    "run": ("run", "Analyse a whole corpus."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"frontmap.cli.{module}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error in the input is one line and exit code 2."""
        from frontmap.errors import FrontmapError
        from gazetteer.errors import GazetteerError

        try:
            return super().invoke(ctx)
        except (FrontmapError, GazetteerError) as error:
            raise InputError(str(error)) from error


class InputError(click.ClickException):
    """Bad input: one line on standard error, exit code 2."""

    exit_code = 2


@click.command(
    cls=LazyGroup,
    epilog="Example: frontmap map report.txt -o map.html",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="frontmap")
def main() -> None:
    """Turn German reports about the war in Ukraine into maps of what is claimed, and by whom.

    The maps show claims, not facts.
    """
