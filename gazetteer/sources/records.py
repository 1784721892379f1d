"""The row every source module yields."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.place import Kind, PositionSource

__all__ = ["SourceName", "SourceRow", "Unit"]


@dataclass(frozen=True, slots=True)
class SourceName:
    """A name as a source states it.

    Attributes
    ----------
    text : str
    language : str
        ISO 639-1 code where the source or the script tells it, else empty.
    """

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One positioned row of a source.

    Attributes
    ----------
    source : PositionSource
    key : str
        The row's identity in its source, e.g. a GeoNames id; errors name it.
    names : tuple[SourceName, ...]
        All names the source gives, its main name first.
    lon, lat : float
        Degrees, WGS 84.
    oblast : str or None
        First two digits of the KATOTTG code, where the source states the first-level unit.
    raion : str or None
        First four digits of the KATOTTG code, where the source states the raion.
    old_raion : str or None
        Romanised name of the raion before 2020, where the source states it.
    population : int or None
    kind : Kind or None
    postal_code : str or None
    katottg : str or None
        The full code, where the source states it.
    country : str
        ISO 3166-1 alpha-2.
    """

    source: PositionSource
    key: str
    names: tuple[SourceName, ...]
    lon: float
    lat: float
    oblast: str | None = None
    raion: str | None = None
    old_raion: str | None = None
    population: int | None = None
    kind: Kind | None = None
    postal_code: str | None = None
    katottg: str | None = None
    country: str = "UA"


@dataclass(frozen=True, slots=True)
class Unit:
    """One object of the codifier KATOTTG.

    Attributes
    ----------
    code : str
        ``UA`` and seventeen digits.
    category : str
        O, K, P, H, M, X, C or B, in Latin letters.
    name : str
        Ukrainian name as registered, without its kind word.
    parents : tuple[str, ...]
        Codes of the containing units, the outermost first, without the unit itself.
    """

    code: str
    category: str
    name: str
    parents: tuple[str, ...]

    @property
    def oblast(self) -> str:
        """First two digits of the code."""
        return self.code[2:4]

    @property
    def raion(self) -> str | None:
        """Digits 1 to 4 of the code; None for the units above a raion and the two cities."""
        digits = self.code[2:6]
        return None if digits.endswith("00") else digits

    @property
    def hromada(self) -> str | None:
        """Digits 1 to 7 of the code; None for the units above a hromada and the two cities."""
        digits = self.code[2:9]
        return None if digits.endswith("000") else digits
