"""Places as they come out of a compiled file: made when asked for, their names later still."""

from __future__ import annotations

from gazetteer import layout
from gazetteer.file import GazetteerFile
from gazetteer.folding import fold
from gazetteer.place import Kind, Match, Name, Place, Registers, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Records", "StoredMatch", "StoredPlace"]

_CACHED_PLACES = 8192
_MIXED = {layout.MIXED: Status.ROMANISED, layout.MIXED_HISTORICAL: Status.HISTORICAL}


_PLACE = {name: getattr(Place, name).__set__ for name in Place.__slots__}
_MATCH = {name: getattr(Match, name).__set__ for name in Match.__slots__}


class StoredPlace(Place):
    """A `Place` that is read from the file when first looked at, its names later still.

    Equal to, and of the same hash as, a `Place` with the same values; a pickled or changed copy is
    a plain `Place`.
    """

    __slots__ = ("_number", "_records")
    _number: int
    _records: Records

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """Give a plain `Place`, so that `dataclasses.replace` works."""
        return Place(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        """Read what is not there yet; called only for a field that has no value."""
        if name == "names":
            _PLACE["names"](self, self._records.names(self._number))
        elif name in _PLACE:
            for field, value in self._records.values(self._number).items():
                _PLACE[field](self, value)
        else:
            raise AttributeError(f"'Place' object has no attribute {name!r}")
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Place):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _COMPARED)

    __hash__ = Place.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return Place, tuple(getattr(self, name) for name in Place.__dataclass_fields__)

    def __deepcopy__(self, memo: dict[int, Any]) -> Place:
        return self

    def __copy__(self) -> Place:
        return self

    def _repr_html_(self) -> str:
        from gazetteer.html import place_html

        return place_html(self)

    def __repr__(self) -> str:
        within = f", Oblast {self.oblast}" if self.oblast and self.kind is not Kind.OBLAST else ""
        return f"<Place {self.id} {self.name_de} ({self.name}), {self.kind}{within}>"


_COMPARED = tuple(name for name, field in Place.__dataclass_fields__.items() if field.compare)
_NUMBER, _RECORDS = (getattr(StoredPlace, name).__set__ for name in ("_number", "_records"))


class StoredMatch(Match):
    """A `Match` whose place and name are read from the file when first looked at.

    Equal to, and of the same hash as, a `Match` with the same values.
    """

    __slots__ = ("_source",)
    _source: tuple[Records, int, int, str]

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """Give a plain `Match`, so that `dataclasses.replace` works."""
        return Match(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        """Read what is not there yet; called only for a field that has no value."""
        if name not in _MATCH:
            raise AttributeError(f"'Match' object has no attribute {name!r}")
        records, number, position, key = self._source
        value = records.place(number) if name == "place" else records.name(number, position, key)
        _MATCH[name](self, value)
        return value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.place, self.name, self.score) == (other.place, other.name, other.score)

    def __repr__(self) -> str:
        return f"Match(place={self.place!r}, name={self.name!r}, score={self.score!r})"

    __hash__ = Match.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return Match, (self.place, self.name, self.score)


_SOURCE, _SCORE = StoredMatch.__dict__["_source"].__set__, _MATCH["score"]


class Records:
    """Place number -> `Place`, and number of a name -> `Name`.

    Parameters
    ----------
    file : GazetteerFile
    """

    def __init__(self, file: GazetteerFile) -> None:
        self._file = file
        self._cache: dict[int, StoredPlace] = {}
        self._units: list[str] | None = None
        self.kinds, self.origins = file.kinds, file.origins
        self._attributes = [
            (language, scheme, Status(status), source)
            for language, scheme, status, source in file.name_attributes
        ]

    def place(self, number: int) -> Place:
        """The place of a number, kept for the next time."""
        place = self._cache.get(number)
        if place is None:
            place = self.make(number)
            if len(self._cache) >= _CACHED_PLACES:
                self._cache.clear()
            self._cache[number] = place
        return place

    def make(self, number: int) -> StoredPlace:
        """The place of a number, made anew; read when it is looked at."""
        place: StoredPlace = object.__new__(StoredPlace)
        _NUMBER(place, number)
        _RECORDS(place, self)
        return place

    def match(self, number: int, position: int, key: str, score: float) -> Match:
        """A match of a place by the name at a position; read when it is looked at."""
        match: StoredMatch = object.__new__(StoredMatch)
        _SOURCE(match, (self, number, position, key))
        _SCORE(match, score)
        return match

    def values(self, number: int) -> dict[str, Any]:
        """All fields of a place but its names.

        Raises
        ------
        GazetteerFileError
            If the file is damaged.
        """
        file = self._file
        try:
            columns = file.columns
            name, name_de, *registers = file.places.line(number).split(layout.FIELD)
            population = columns["population"][number]
            identifier = file.ids.line(number)
            register, _, value = identifier.partition(":")
            registers.append(f"{register}={value}")
            return {
                "id": identifier,
                "name": name,
                "name_de": name_de,
                "kind": self.kinds[columns["kind"][number]],
                "lon": columns["lon"][number] / layout.DEGREE,
                "lat": columns["lat"][number] / layout.DEGREE,
                "precision_m": float(columns["precision"][number]),
                "extent_m": float(columns["extent"][number]),
                "oblast": self.unit(columns["oblast"][number]),
                "raion": self.unit(columns["raion"][number]),
                "hromada": self.unit(columns["hromada"][number]),
                "oblast_id": self.unit(columns["oblast_id"][number]),
                "raion_id": self.unit(columns["raion_id"][number]),
                "hromada_id": self.unit(columns["hromada_id"][number]),
                "country": self.unit(columns["country"][number]) or "",
                "population": None if population == layout.NOTHING else population,
                "position_source": self.origins[columns["position"][number]],
                "ids": Registers(pair.split("=", 1) for pair in registers),
            }
        except (IndexError, ValueError) as error:
            raise file.damaged(f"at place {number}") from error

    def unit(self, number: int) -> str | None:
        """Text of a containing unit."""
        if number == layout.NOTHING:
            return None
        return self.units[number]

    @property
    def units(self) -> list[str]:
        """Ids and German names of the containing units."""
        units = self._units
        if units is None:
            units = self._units = list(self._file.units)
        return units

    def names(self, number: int) -> tuple[Name, ...]:
        """All names of a place."""
        line = self._file.names.line(number)
        try:
            return tuple(self._name(text) for text in line.split(layout.FIELD))
        except IndexError as error:
            raise self._file.damaged(f"at the names of place {number}") from error

    def name(self, number: int, position: int, key: str) -> Name:
        """The name of a place at a position; at `layout.MANY`, the one that folds to `key`."""
        if position in _MIXED:
            text = " ".join(word.capitalize() for word in key.split())
            return Name(text, "de", layout.MIXED_SCHEME, _MIXED[position], "derived")
        line = self._file.names.line(number).split(layout.FIELD)
        try:
            if position != layout.MANY:
                return self._name(line[position])
            return next(self._name(text) for text in line if fold(text[1:]) == key)
        except (IndexError, StopIteration) as error:
            raise self._file.damaged(f"at the names of place {number}") from error

    def _name(self, text: str) -> Name:
        language, scheme, status, source = self._attributes[ord(text[0]) - layout.FIRST_CODE]
        return Name(text[1:], language, scheme, status, source)
