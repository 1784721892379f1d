"""The command line: one thin module a command, loaded when it is called."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from frontmap import __version__
from frontmap.cli.common import SuggestingGroup

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
    "ledger": ("ledger", "Say who claimed what about a place, across documents."),
}


class LazyGroup(SuggestingGroup):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def suggestion(self, ctx: click.Context, name: str) -> str:
        """Say what may be meant; a file in a command's place may be one to draw."""
        if os.path.isfile(name):  # noqa: PTH113  it is False of a name no file can have
            return f" To draw a file: frontmap map {name}"
        return super().suggestion(ctx, name)

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
        """Run the command; whatever goes wrong outside of frontmap is one line, see `main`."""
        from frontmap.errors import FrontmapError
        from frontmap.printing import one_line
        from gazetteer.errors import GazetteerError

        try:
            return super().invoke(ctx)
        except (FrontmapError, GazetteerError) as error:
            raise InputError(str(error)) from error
        except click.UsageError as error:
            raise click.UsageError(one_line(error.format_message()), error.ctx) from error
        except BrokenPipeError as error:
            _silence(sys.stdout)
            raise click.exceptions.Exit(_CLOSED_PIPE) from error
        except SystemExit as error:
            if isinstance(error.__context__, BrokenPipeError):  # as rich's tables end it
                raise click.exceptions.Exit(_CLOSED_PIPE) from error
            raise
        except OSError as error:
            what = f"{error.filename}: " if error.filename else "cannot read or write: "
            raise InputError(f"{what}{error.strerror or error}") from error
        except MemoryError as error:
            raise InputError("the memory is full; give less input at a time") from error
        except KeyboardInterrupt as error:
            click.echo("Interrupted.", err=True)
            raise click.exceptions.Exit(_INTERRUPTED) from error


# What a shell reports of a program that was ended by these signals.
_INTERRUPTED = 128 + 2
_CLOSED_PIPE = 128 + 13


def _silence(stream: Any) -> None:
    """Send what is still to be flushed nowhere, so that closing the stream raises no more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class InputError(click.ClickException):
    """Bad input: one line on standard error, exit code 2."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        from frontmap.printing import one_line

        super().__init__(one_line(message))


@click.command(
    cls=LazyGroup,
    epilog="Example: frontmap map report.txt -o map.html",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="frontmap")
def main() -> None:
    """Turn German reports about the war in Ukraine into maps of what is claimed, and by whom.

    The maps show claims, not facts.

    Exit codes: 0 done; 1 no document of a corpus could be read; 2 an input, an option or an output
    cannot be used, with the reason on standard error; 130 interrupted; 141 the reader of the output
    went away.
    """
