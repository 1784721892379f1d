"""Places beyond Ukraine's border that reports about the war name.

Units of Russia and Belarus, their settlements, and the villages of the border strip. The strip's
villages come from a table of romanised names; their Russian names are restored from the
romanisation, which loses soft signs only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gazetteer.curated import load
from gazetteer.extent import extent_of
from gazetteer.neighbours import Neighbourhood
from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.romanization import transcribe
from gazetteer.sites import distance_m
from gazetteer.skeleton import latin_key
from gazetteer.sources.records import SourceRow
from gazetteer.sources.scripts import cyrillic_language, is_cyrillic

__all__ = ["foreign_places", "restore_russian"]

_LARGE = 100_000  # inhabitants from which a city of any unit is taken
_CITY = 12_000
_TOWN = 3_000
_SAME_M = 3_000.0
_DIGRAPHS = (
    ("shch", "щ"),
    ("yye", "ые"),
    ("yy", "ый"),
    ("iy", "ий"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("ye", "е"),
    ("yë", "ё"),
    ("ay", "ай"),
    ("oy", "ой"),
    ("ey", "ей"),
    ("uy", "уй"),
)
_LETTERS = dict(zip("abvgdeëziklmnoprstufyè", "абвгдеёзиклмнопрстуфыэ", strict=True))
# forms that a village's name wears beside its own: Sverdlikova for Sverdlikovo
_WORN = re.compile(r"(aya|iye|ova|eva|ina)$")
# "ye" and "yi" after a consonant show a soft sign that the romanisation has lost
_HIDDEN_SOFT = re.compile(r"([bvgdzklmnprstf])y([ei])")
_SOFT = re.compile(r"л(?=ск|цк|ны|не|но|на|ни|ки|ка|ко|ша|ши|шо|ч|ц|з)")


def restore_russian(name: str) -> str:
    """Russian spelling of a name romanised after BGN whose soft signs are lost.

    Examples
    --------
    >>> restore_russian("Malaya Loknya"), restore_russian("Plekhovo"), restore_russian("Rylsk")
    ('Малая Локня', 'Плехово', 'Рыльск')
    """
    lowered = name.lower().replace("’", "ь").replace("'", "ь")
    lowered = _HIDDEN_SOFT.sub(r"\1ь\2", lowered)
    for latin, cyrillic in _DIGRAPHS:
        lowered = lowered.replace(latin, cyrillic)
    letters = "".join(_LETTERS.get(letter, letter) for letter in lowered)
    return _SOFT.sub("ль", letters).title().replace("-На-", "-на-")


def foreign_places(
    rows: Sequence[SourceRow],
    strip_rows: Sequence[SourceRow],
    german: Mapping[str, str],
    near_ukraine: Neighbourhood,
) -> list[Place]:
    """Make the places.

    Parameters
    ----------
    rows : sequence of SourceRow
        GeoNames' rows of Russia and Belarus.
    strip_rows : sequence of SourceRow
        The world cities' rows of the same countries.
    german : mapping of str to str
        German names by GeoNames id.
    near_ukraine : Neighbourhood
        Ukraine's placed settlements.
    """
    units = {(row["country"], row["admin1"]): row for row in load("neighbours.tsv")}
    places = [
        _unit_place(row) for row in load("neighbours.tsv") if row["full_de"] != row["name_de"]
    ]
    seen: dict[str, list[Place]] = {}
    spots: set[str] = set()
    for row in rows:
        unit = units.get((row.country, row.old_raion or ""))
        whole = unit is not None and unit["all"] == "yes"
        if not whole and (row.population or 0) < _LARGE:
            continue
        place = _settlement(row, unit, german.get(row.key))
        if place is not None:
            places.append(place)
            seen.setdefault(latin_key(row.names[0].text), []).append(place)
    for row in strip_rows:
        unit = units.get((row.country, row.old_raion or ""))
        if unit is None or float(unit["strip_km"]) <= 0:
            continue
        if not near_ukraine.nearest(row.lon, row.lat, 1, limit_km=float(unit["strip_km"])):
            continue
        doubles = [place for name in row.names for place in seen.get(latin_key(name.text), ())]
        if any(distance_m(row.lon, row.lat, p.lon, p.lat) < _SAME_M for p in doubles):
            continue
        place = _village(row, unit)
        if place.id in spots:
            continue
        spots.add(place.id)
        places.append(place)
        for name in row.names:
            seen.setdefault(latin_key(name.text), []).append(place)
    return places


def _unit_id(unit: Mapping[str, str]) -> str:
    return f"frontmap:{unit['country']}-{unit['admin1']}"


def _unit_place(unit: Mapping[str, str]) -> Place:
    names = [
        Name(unit["name_local"], "ru", "official", Status.OFFICIAL, "curated"),
        Name(unit["full_de"], "de", "exonym", Status.EXONYM, "curated"),
        Name(unit["name_de"], "de", "exonym", Status.EXONYM, "curated"),
    ]
    if unit["full_de"].startswith("Oblast "):
        names.append(
            Name(
                unit["full_de"].replace("Oblast ", "Gebiet "),
                "de",
                "exonym",
                Status.EXONYM,
                "curated",
            )
        )
    extent = 1_000.0 * float(unit["extent_km"])
    return Place(
        id=_unit_id(unit),
        name=unit["name_local"],
        name_de=unit["full_de"],
        kind=Kind.OBLAST,
        lon=float(unit["lon"]),
        lat=float(unit["lat"]),
        precision_m=0.3 * extent,
        extent_m=extent,
        oblast=unit["name_de"],
        oblast_id=_unit_id(unit),
        country=unit["country"],
        position_source=PositionSource.CURATED,
        names=tuple(names),
    )


def _settlement(row: SourceRow, unit: Mapping[str, str] | None, german: str | None) -> Place | None:
    russian = _spelt(row.old_raion or "", _russian_name(row))
    known = {entry["name_ru"]: entry for entry in load("russian_cities.tsv")}
    curated = known.get(russian)
    name_de = curated["name_de"] if curated else german or transcribe(russian, "duden-ru")
    names = [Name(russian, "ru", "official", Status.OFFICIAL, "geonames")]
    if curated or german:
        names.append(Name(name_de, "de", "exonym", Status.EXONYM, "curated"))
    others = (other.strip() for other in curated["others"].split(";")) if curated else ()
    names += [Name(other, "de", "exonym", Status.EXONYM, "curated") for other in others if other]
    names += [
        Name(name.text, "uk", "source", Status.ROMANISED, "geonames")
        for name in row.names
        if name.language == "uk" and is_cyrillic(name.text)
    ][:1]
    population = row.population or 0
    kind = Kind.CITY if population >= _CITY else Kind.TOWN if population >= _TOWN else Kind.VILLAGE
    return _place(row, f"geonames:{row.key}", russian, name_de, kind, names, unit, 1_000.0)


def _village(row: SourceRow, unit: Mapping[str, str]) -> Place:
    latin = [name.text for name in row.names]
    by_hand = {text for text in latin if _spelt(unit["admin1"], text) != restore_russian(text)}
    latin.sort(key=lambda text: (text not in by_hand, bool(_WORN.search(text))))
    russian = list(dict.fromkeys(_spelt(unit["admin1"], text) for text in latin))
    names = [
        Name(text, "ru", "restored", status, "worldcities")
        for number, text in enumerate(russian)
        for status in (Status.ROMANISED if number else Status.OFFICIAL,)
    ]
    names += [Name(text, "en", "source", Status.ROMANISED, "worldcities") for text in latin]
    name_de = transcribe(russian[0], "duden-ru")
    number = f"{row.country}-{round(row.lon * 1e4)}-{round(row.lat * 1e4)}"
    identity = f"frontmap:{number}"
    return _place(row, identity, russian[0], name_de, Kind.VILLAGE, names, unit, 2_000.0)


def _spelt(admin1: str, name: str) -> str:
    """The Russian spelling of a source's name, put right by hand or restored."""
    for entry in load("russian_spellings.tsv"):
        if entry["admin1"] == admin1 and entry["given"] == name:
            return entry["name_ru"]
    return name if is_cyrillic(name) else restore_russian(name)


def _place(
    row: SourceRow,
    identity: str,
    name: str,
    name_de: str,
    kind: Kind,
    names: Sequence[Name],
    unit: Mapping[str, str] | None,
    precision_m: float,
) -> Place:
    ids = {"geonames": row.key} if row.source is PositionSource.GEONAMES else {}
    return Place(
        id=identity,
        name=name,
        name_de=name_de,
        kind=kind,
        lon=row.lon,
        lat=row.lat,
        precision_m=precision_m,
        extent_m=extent_of(kind, row.population),
        oblast=unit["name_de"] if unit else None,
        oblast_id=_unit_id(unit) if unit and unit["full_de"] != unit["name_de"] else None,
        country=row.country,
        population=row.population,
        position_source=row.source,
        ids=ids,
        names=tuple(names),
    )


def _russian_name(row: SourceRow) -> str:
    """The Cyrillic name that sounds like the row's main one."""
    known = {entry["name_ru"] for entry in load("russian_cities.tsv")}
    for name in row.names:
        if name.text in known:
            return name.text
    key = latin_key(row.names[0].text)
    sounds: Callable[[str], str] = lambda text: latin_key(transcribe(text, "bgn-ru"))  # noqa: E731
    cyrillic = [name.text for name in row.names if is_cyrillic(name.text)]
    russian = [text for text in cyrillic if cyrillic_language(text) in ("ru", "both")]
    for text in russian:
        if sounds(text) == key:
            return text
    return russian[0] if russian else restore_russian(row.names[0].text)
