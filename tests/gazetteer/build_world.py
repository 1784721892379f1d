"""A small world to build from: two hromadas of twelve villages each."""

from __future__ import annotations

from gazetteer.place import PositionSource
from gazetteer.sources.records import SourceName, SourceRow, Unit

OBLAST = "UA14000000000000001"
RAIONS = {"1402": 37.0, "1404": 37.6}


def code_of(raion: str, number: int) -> str:
    """Code of the village with a number, from 0, in the hromada of a raion."""
    return f"UA{raion}001{number + 1:03}0000000"


def source_row(text: str, lon: float, lat: float, **fields: object) -> SourceRow:
    """A row of the world cities table, unless said otherwise."""
    source = fields.pop("source", PositionSource.WORLDCITIES)
    return SourceRow(
        source=source,  # type: ignore[arg-type]
        key=f"{text} {lon} {lat} {source}",
        names=(SourceName(text),),
        lon=lon,
        lat=lat,
        **{"oblast": "14", **fields},  # type: ignore[arg-type]
    )


def codifier() -> list[Unit]:
    """Two hromadas of twelve villages each, each with a Михайлівка."""
    units = [Unit(OBLAST, "O", "Донецька", ())]
    for raion in RAIONS:
        code = f"UA{raion}0000000000001"
        units.append(Unit(code, "P", "Бахмутський", (OBLAST,)))
        hromada = f"UA{raion}0010000000001"
        units.append(Unit(hromada, "H", "Сонячна", (OBLAST, code)))
        for number in range(12):
            name = "Михайлівка" if number == 0 else f"Село{'абвгдежиклмн'[number]}{raion[-1]}"
            units.append(Unit(code_of(raion, number), "C", name, (OBLAST, code, hromada)))
    return units


def positions() -> dict[str, tuple[float, float]]:
    """Where the villages lie: two grids side by side."""
    return {
        code_of(raion, number): (west + 0.06 * (number % 4), 48.0 + 0.05 * (number // 4))
        for raion, west in RAIONS.items()
        for number in range(12)
    }


def world() -> tuple[list[Unit], list[SourceRow]]:
    """The codifier, and a row for each village."""
    units, where = codifier(), positions()
    return units, [source_row(unit.name, *where[unit.code]) for unit in units if unit.code in where]
