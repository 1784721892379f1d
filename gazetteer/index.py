"""`Gazetteer`: a compiled gazetteer file and its look-ups."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache

from gazetteer.errors import GazetteerFileError
from gazetteer.file import GazetteerFile
from gazetteer.filters import Kinds, accept
from gazetteer.lookup_exact import ExactLookup
from gazetteer.place import Match, Place
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["Gazetteer"]

_VARIABLE = "FRONTMAP_GAZETTEER"
_DEFAULT = ("data", "default.gazetteer")


class Gazetteer:
    """Places and their names, asked by name, position or id.

    Open one with `Gazetteer.default` or `Gazetteer.open`. A gazetteer is never changed once open:
    it may be shared between threads, and processes forked or started with it share its memory.

    Examples
    --------
    >>> g = Gazetteer.default()
    >>> g.lookup("Pokrowsk", oblast="Donezk", kinds="city")[0].place.name
    'Покровськ'
    """

    def __init__(self, file: GazetteerFile) -> None:
        self._store = Store(file)
        self._exact = ExactLookup(self._store)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Gazetteer:
        """Open a file made by `frontmap gazetteer build`.

        Raises
        ------
        GazetteerFileError
            If the file is missing, truncated, foreign, damaged or of another format version.
        """
        return cls(GazetteerFile(path))

    @classmethod
    def default(cls) -> Gazetteer:
        """The gazetteer named by the variable ``FRONTMAP_GAZETTEER``, else the one shipped.

        Opened once a process.

        Raises
        ------
        GazetteerFileError
            As `open`.
        """
        return _default(os.environ.get(_VARIABLE) or None)

    @property
    def path(self) -> Path:
        """The file it was opened from."""
        from pathlib import Path

        return Path(self._store.file.path)

    def __reduce__(self) -> tuple[Any, ...]:
        return Gazetteer.open, (self._store.file.path,)

    def __repr__(self) -> str:
        return f"<Gazetteer {self.path.name}: {len(self)} places>"

    def __len__(self) -> int:
        return self._store.file.count

    def __iter__(self) -> Iterator[Place]:
        """All places, in the order of their ids."""
        return (self._store.records.make(number) for number in range(len(self)))

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and self._store.number_of_id(identifier) >= 0

    def __getitem__(self, identifier: str) -> Place:
        """The place with an id: its own (``katottg:UA...``) or another register's.

        Raises
        ------
        KeyError
            If there is none.
        """
        number = self._store.number_of_id(identifier)
        if number < 0:
            raise KeyError(identifier)
        return self._store.records.place(number)

    def lookup(
        self,
        text: str,
        *,
        kinds: Kinds = None,
        oblast: str | Place | None = None,
        raion: str | Place | None = None,
        bbox: Sequence[float] | None = None,
        geometry: Any = None,
    ) -> list[Match]:
        """Places of a name, exact under folding, the one most likely meant first.

        Parameters
        ----------
        text : str
            The name in any spelling the gazetteer knows.
        kinds : Kind, str or iterable of these, optional
        oblast, raion : str or Place, optional
            Name in any spelling, with or without its kind word, or id.
        bbox : sequence of float, optional
            (min_lon, min_lat, max_lon, max_lat) in degrees.
        geometry : shapely geometry, optional
            In degrees (lon, lat); places in it or on its edge are kept.

        Returns
        -------
        list[Match]
            Official names and exonyms before romanised names before historical ones, then by
            prominence; empty when nothing is found.

        Raises
        ------
        GazetteerQueryError
            If a filter makes no sense.
        """
        test = accept(
            self._store, kinds=kinds, oblast=oblast, raion=raion, bbox=bbox, geometry=geometry
        )
        return self._exact.lookup(text, test)

    def knows(self, text: str) -> bool:
        """Whether some name folds to the same key as `text`."""
        return self._exact.knows(text)

    def begins_name(self, text: str) -> bool:
        """Whether some longer, multi-word name starts with these whole words."""
        return self._exact.begins_name(text)


@cache
def _default(path: str | None) -> Gazetteer:
    if path is not None:
        return Gazetteer.open(path)
    # importlib.resources would take longer to import than the file to open
    folder = __file__.rpartition(os.sep)[0]
    shipped = os.sep.join((folder, *_DEFAULT))
    if os.access(shipped, os.R_OK):
        return Gazetteer.open(shipped)
    from importlib.resources import as_file, files

    with as_file(files("gazetteer").joinpath(*_DEFAULT)) as unpacked:
        if not unpacked.exists():
            raise GazetteerFileError(
                f"the shipped gazetteer is missing at {shipped}; install frontmap again or name a "
                f"file in {_VARIABLE}"
            )
        return Gazetteer.open(unpacked)
