"""Options and inputs that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from frontmap.printing import printable

if TYPE_CHECKING:
    from frontmap.article import Article
    from frontmap.control import Control
    from gazetteer import Gazetteer

__all__ = [
    "SuggestingGroup",
    "article_options",
    "counted",
    "gazetteer_option",
    "open_control",
    "open_gazetteer",
    "read_articles",
    "say",
]


class SuggestingGroup(click.Group):
    """A group that names the command that may have been meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of an unknown one it is told what may be meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            told = self.suggestion(ctx, args[0])
            raise click.UsageError(f"{error.message}{told}", ctx) from None

    def suggestion(self, ctx: click.Context, name: str) -> str:
        """Return a sentence with the commands spelt nearly so, else nothing."""
        from difflib import get_close_matches

        near = get_close_matches(name, self.list_commands(ctx), n=2)
        return f" Did you mean {' or '.join(near)}?" if near else ""


Command = TypeVar("Command", bound=Callable[..., object])


def gazetteer_option(command: Command) -> Command:
    """Add ``--gazetteer FILE``; the command gets ``gazetteer_path``."""
    return click.option(
        "--gazetteer",
        "gazetteer_path",
        metavar="FILE",
        help="A gazetteer of your own (default: the one inside, or $FRONTMAP_GAZETTEER).",
    )(command)


def article_options(command: Command) -> Command:
    """Add the inputs and what is known of them: SOURCES, --published, --source, --encoding."""
    for decorate in (
        click.option("--encoding", help="Encoding of the files, where guessing fails."),
        click.option("--source", "publisher", help="Who published it, as shown to readers."),
        click.option("--published", metavar="DATE", help="Its date: 2025-11-27 or 27.11.2025."),
        click.argument("sources", nargs=-1, required=True, metavar="REPORT..."),
    ):
        command = decorate(command)
    return command


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print words for people; what programs read is printed as it is, by `click.echo`."""
    click.echo(printable(text), err=err, nl=nl)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one.

    Examples
    --------
    >>> counted(1, "report"), counted(3, "claim")
    ('1 report', '3 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def open_gazetteer(path: str | None) -> Gazetteer:
    """Open the gazetteer named on the command line, else the default one."""
    from gazetteer import Gazetteer

    return Gazetteer.default() if path is None else Gazetteer.open(path)


def open_control(path: str | None) -> Control | None:
    """Read the polygons of control named on the command line, if any are."""
    if path is None:
        return None
    from frontmap.control import Control  # takes as long to import as a page to resolve

    return Control.read(path)


def read_articles(
    sources: Iterable[str], published: str | None, publisher: str | None, encoding: str | None
) -> list[Article]:
    """Read every input; ``-`` is standard input."""
    from frontmap.article import read

    return [
        read(
            sys.stdin.buffer if source == "-" else _existing(source),
            published=published,
            publisher=publisher,
            encoding=encoding,
        )
        for source in sources
    ]


def _existing(source: str) -> Path:
    """The path of a report; what else a user may mean by it is an error here."""
    from frontmap.errors import ArticleError

    path = Path(source)
    try:
        if source and path.is_dir():
            raise ArticleError(
                f"{source} is a directory; give the files in it, or use `frontmap run` for a corpus"
            )
        if source and path.exists():
            return path
    except (OSError, ValueError):  # a name no file can have
        pass
    if source.startswith(("http://", "https://")):
        raise ArticleError(
            f"{source[:200]} is an address, and nothing is loaded from a network; save the page "
            "as HTML and give that file"
        )
    raise ArticleError(f"there is no file {source!r}; give a text or HTML file, - for stdin")
