"""Files that are whole or not there: written beside, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontmap.errors import ExportError, FrontmapError

__all__ = ["missing_extra", "written_beside"]


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
