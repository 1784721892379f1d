"""Files that are whole or not there: written beside, then renamed."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from frontmap.errors import ExportError, FrontmapError

__all__ = ["csv_writer", "missing_extra", "written_beside"]


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """Give a path to write to; it becomes `target` when the block ends without an error.

    The path lies in a new directory beside the target, so that files which a driver makes by the
    way (journals, indices) never show, and the last step is one rename.

    Raises
    ------
    ExportError
        If the directory is missing or not writable, or the writing failed; nothing is left then.
    """
    try:
        if target.is_dir():
            raise ExportError(f"{target}: is a directory; name a file to write to")
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", dir=target.parent))
    except (OSError, ValueError) as error:
        raise ExportError(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        beside = folder / target.name
        yield beside
        if target.exists():
            shutil.copymode(target, beside)
        else:
            beside.chmod(0o666 & ~_umask())
        beside.replace(target)
    except (FrontmapError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise ExportError(f"{target}: cannot be written: {_reason(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def missing_extra(package: str, extra: str, what: str) -> str:
    """Return the message for a package that is not installed."""
    return f"{what} needs {package}, which is not installed: pip install 'frontmap[{extra}]'"


def csv_writer(file: IO[str]) -> Any:
    """Return a CSV writer whose lines end in ``\\n`` and whose cells cannot end one.

    The module `csv` quotes a carriage return only where lines end in one; what stands behind it
    would be a cell of its own to readers that take it for the end of a line.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO(newline="")
    >>> _ = csv_writer(file).writerow(["a\\rb", "c"])
    >>> file.getvalue()
    '"a\\rb",c\\n'
    """
    return csv.writer(_NewLines(file), lineterminator="\r\n")


class _NewLines:
    """A file to which rows are written one at a time; ``\\n`` ends them."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, row: str) -> int:
        return self._file.write(row.removesuffix("\r\n") + "\n")
