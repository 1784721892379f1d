"""`Gazetteer`: a compiled gazetteer file and its look-ups."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import inf

from gazetteer.errors import GazetteerFileError
from gazetteer.file import GazetteerFile
from gazetteer.filters import Kinds, accept, unit_ids
from gazetteer.folding import fold
from gazetteer.frames import store_to_geodataframe
from gazetteer.html import MatchList, PlaceList
from gazetteer.layout import FORMAT_VERSION
from gazetteer.lookup_exact import ExactLookup
from gazetteer.lookup_fuzzy import FuzzyLookup
from gazetteer.lookup_prefix import PrefixLookup
from gazetteer.lookup_spatial import SpatialLookup
from gazetteer.parameters import checked
from gazetteer.place import Kind, Match, Place
from gazetteer.records import StoredPlace
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from geopandas import GeoDataFrame

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
        try:
            self._store = Store(file)
        except (ValueError, TypeError) as error:
            raise file.damaged(f"its words are not this release's ({error})") from error
        self._exact = ExactLookup(self._store)
        self._fuzzy = FuzzyLookup(self._store)
        self._prefix = PrefixLookup(self._store)
        self._spatial = SpatialLookup(self._store)

    @classmethod
    @checked
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

    @checked
    def __getitem__(self, identifier: str) -> Place:
        """The place with an id: its own (``katottg:UA...``) or another register's.

        Raises
        ------
        KeyError
            If there is none.
        """
        number = self._store.number_of_id(identifier)
        if number < 0:
            raise KeyError(f"no place has the id {identifier!r}; lookup finds places by name")
        return self._store.records.place(number)

    @checked
    def number_of(self, place: Place) -> int | None:
        """Give the number of a place that this gazetteer made; None for any other.

        For sending places to another process that has the same file open; see `by_number`.
        """
        if isinstance(place, StoredPlace) and place._records is self._store.records:
            return place._number
        return None

    @checked
    def by_number(self, number: int) -> Place:
        """Give the place of a number that `number_of` gave, here or in another process.

        Raises
        ------
        KeyError
            If there is none.
        """
        if not 0 <= number < len(self):
            raise KeyError(number)
        return self._store.records.place(number)

    @checked
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

        Examples
        --------
        >>> gazetteer = Gazetteer.default()
        >>> [m.place.name_de for m in gazetteer.lookup("Artemivsk", oblast="Donezk", kinds="city")]
        ['Bachmut']
        """
        test = accept(
            self._store, kinds=kinds, oblast=oblast, raion=raion, bbox=bbox, geometry=geometry
        )
        return self._exact.lookup(text, test)

    @checked
    def search(
        self,
        text: str,
        *,
        fuzzy: bool = True,
        limit: int = 10,
        kinds: Kinds = None,
        oblast: str | Place | None = None,
        raion: str | Place | None = None,
        bbox: Sequence[float] | None = None,
        geometry: Any = None,
    ) -> list[Match]:
        """Places of a name that may be mistyped.

        Parameters
        ----------
        text : str
            One typing error is forgiven from five letters on, two from nine on: a letter wrong,
            missing, too many, or two neighbours swapped.
        fuzzy : bool
            Whether typing errors are forgiven; else only exact matches are returned.
        limit : int
            How many matches at most.
        kinds, oblast, raion, bbox, geometry
            As for `lookup`.

        Returns
        -------
        list[Match]
            Exact matches as by `lookup` with score 1, then the others by falling score and
            prominence; no place twice.

        Examples
        --------
        >>> Gazetteer.default().search("Pokrowks")[0].name.text
        'Pokrowsk'
        """
        test = accept(
            self._store, kinds=kinds, oblast=oblast, raion=raion, bbox=bbox, geometry=geometry
        )
        matches = self._exact.lookup(text, test)[:limit]
        if fuzzy and len(matches) < limit:
            exact = frozenset(number for number, _ in self._store.postings(fold(text)))
            with self._reading():
                matches += self._fuzzy.search(text, limit - len(matches), test, without=exact)
        return MatchList(matches)

    @checked
    def complete(
        self,
        prefix: str,
        limit: int = 10,
        *,
        kinds: Kinds = None,
        oblast: str | Place | None = None,
        raion: str | Place | None = None,
        bbox: Sequence[float] | None = None,
        geometry: Any = None,
    ) -> list[Match]:
        """Places with a name that starts so, each once; the filters are those of `lookup`.

        Returns
        -------
        list[Match]
            Places called exactly so first, then by prominence; the score is the share of the name
            that is there already.

        Examples
        --------
        >>> [match.place.name_de for match in Gazetteer.default().complete("Pokrows", 1)]
        ['Pokrowsk']
        """
        test = accept(
            self._store, kinds=kinds, oblast=oblast, raion=raion, bbox=bbox, geometry=geometry
        )
        with self._reading():
            return MatchList(self._prefix.complete(prefix, limit, test))

    @checked
    def nearest(
        self,
        lon: float,
        lat: float,
        k: int = 1,
        *,
        kinds: Kinds = None,
        max_distance_m: float = inf,
    ) -> list[Place]:
        """The nearest places by geodesic distance, the nearest first.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS 84.
        k : int
            How many places.
        kinds : Kind, str or iterable of these, optional
        max_distance_m : float
            Metres; places farther away are left out.

        Raises
        ------
        GazetteerQueryError
            If the position is not one, or `k` is less than 1.

        Examples
        --------
        >>> Gazetteer.default().nearest(37.18, 48.28, kinds="city")[0].name_de
        'Pokrowsk'
        """
        return PlaceList(
            place for _, place in self.nearest_with_distance(lon, lat, k, kinds, max_distance_m)
        )

    @checked
    def nearest_with_distance(
        self,
        lon: float,
        lat: float,
        k: int = 1,
        kinds: Kinds = None,
        max_distance_m: float = inf,
    ) -> list[tuple[float, Place]]:
        """As `nearest`, each place after its distance in metres."""
        test = accept(self._store, kinds=kinds)
        with self._reading():
            return self._spatial.nearest(lon, lat, k, test, max_distance_m)

    @checked
    def names_by_population(self, kind: Kind | str, least: int = 0) -> list[str]:
        """German names of the places of a kind with so many inhabitants, in the order of their ids.

        Read from two columns, without a look at the other places.

        Parameters
        ----------
        kind : Kind or str
        least : int
            Places with fewer inhabitants, or of unknown number, are left out; 0 takes all.

        Examples
        --------
        >>> "Charkiw" in Gazetteer.default().names_by_population("city", 1_000_000)
        True
        """
        with self._reading():
            return self._store.names_by_population(kind, least)

    @checked
    def within(self, geometry: Any, *, kinds: Kinds = None) -> list[Place]:
        """Places in a shapely geometry or on its edge, the most prominent first.

        Parameters
        ----------
        geometry : shapely geometry
            In degrees (lon, lat).
        kinds : Kind, str or iterable of these, optional

        Raises
        ------
        GazetteerQueryError
            If it is no geometry, or one that cannot be used.

        Examples
        --------
        >>> import shapely
        >>> around = shapely.box(37.1, 48.2, 37.2, 48.4)
        >>> [place.name_de for place in Gazetteer.default().within(around, kinds="city")]
        ['Pokrowsk']
        """
        test = accept(self._store, kinds=kinds)
        with self._reading():
            return PlaceList(self._spatial.within(geometry, test))

    @checked
    def units(self, text: str, *, level: str = "oblast") -> list[Place]:
        """The oblasts or raions of a name, with or without its kind word.

        Parameters
        ----------
        text : str
            ``"Donezk"``, ``"Oblast Donezk"``, ``"Charkiwer Gebiet"`` or an id.
        level : str
            ``"oblast"`` or ``"raion"``.

        Raises
        ------
        GazetteerQueryError
            If there is none, or no such level.
        """
        with self._reading():
            ids = unit_ids(self._store, level, text)
        return PlaceList(self[identifier] for identifier in sorted(ids) if identifier in self)

    def to_geodataframe(self) -> GeoDataFrame:
        """All places, a row each, in the order of their ids.

        Returns
        -------
        geopandas.GeoDataFrame
            Points in EPSG:4326 with the columns id, name (official), name_de, kind, oblast,
            raion, hromada (German names), oblast_id, raion_id, hromada_id, country (ISO 3166-1),
            population (Int64, may be missing), precision_m and extent_m (metres),
            position_source, geometry.
        """
        with self._reading():
            return store_to_geodataframe(self._store)

    def info(self) -> dict[str, Any]:
        """What the file holds and whom it is owed to.

        Returns
        -------
        dict
            ``path``, ``format_version``, ``bytes``, ``places``, ``names``,
            ``mixtures`` (spellings that are found but not listed), ``keys``, counts by
            ``kinds``, ``countries`` and ``position_sources``, ``attributions`` (source, text,
            licence, url), ``source_versions``, ``rules`` (checksum of the rules the names were
            made by) and ``rules_current`` (whether they are those of this release; if not,
            look-ups work, but a rebuilt file may know more names).
        """
        from gazetteer.expansion import rules_checksum

        file = self._store.file
        meta = file.meta
        names = ("places", "names", "mixtures", "keys", "kinds", "countries", "position_sources")
        return {
            "path": file.path,
            "format_version": FORMAT_VERSION,
            "bytes": len(file.content),
            **{name: meta.get(name) for name in names},
            "attributions": meta.get("attributions", []),
            "source_versions": meta.get("source_versions", {}),
            "rules": meta.get("rules"),
            "rules_current": meta.get("rules") == rules_checksum(),
        }

    def knows(self, text: str) -> bool:
        """Whether some name folds to the same key as `text`."""
        return self._exact.knows(text)

    def begins_name(self, text: str) -> bool:
        """Whether some longer, multi-word name starts with these whole words."""
        return self._exact.begins_name(text)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what a damaged file makes of a look-up into the error that says so."""
        try:
            yield
        except (IndexError, UnicodeDecodeError) as error:
            raise self._store.file.damaged(str(error)) from error


@cache
def _default(path: str | None) -> Gazetteer:
    if path is not None:
        return Gazetteer.open(path)
    # importlib.resources would take longer to import than the file to open
    folder = __file__.rpartition(os.sep)[0]
    shipped = f"{folder}{os.sep}{_DEFAULT[0]}{os.sep}{_DEFAULT[1]}"
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
