"""From places to the sections of a gazetteer file; the layout is in `gazetteer.format`."""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from math import isfinite

from gazetteer import layout
from gazetteer.errors import GazetteerBuildError
from gazetteer.expansion import all_names, rules_checksum
from gazetteer.folding import fold
from gazetteer.format import Attribution
from gazetteer.grid import Grid, pack_cells
from gazetteer.keytable import pack_keys, pack_lines
from gazetteer.place import Name, Place, Status
from gazetteer.ranking import name_standing, prominence

__all__ = ["compile_sections"]

_FORBIDDEN = ("\n", "\x1e", layout.FIELD)


def compile_sections(
    places: Iterable[Place],
    attributions: Iterable[Attribution],
    source_versions: Mapping[str, str],
    *,
    expand: bool,
) -> dict[str, bytes]:
    """The sections of the file, by name; the arguments are those of `gazetteer.format.write`."""
    ordered = sorted(places, key=lambda place: place.id.encode())
    _check(ordered)
    names = [all_names(place, expand=expand) for place in ordered]
    listed = [[name for name in several if not _is_mixed(name)] for several in names]
    codes = _name_codes(listed)
    sections: dict[str, bytes] = {}
    grid = _add_positions(sections, ordered)
    _add_texts(sections, ordered, listed, codes)
    _add_columns(sections, ordered)
    keys = _add_keys(sections, ordered, names)
    meta = {
        "places": len(ordered),
        "kinds": dict(sorted(Counter(str(place.kind) for place in ordered).items())),
        "countries": dict(sorted(Counter(place.country for place in ordered).items())),
        "position_sources": dict(
            sorted(Counter(str(place.position_source) for place in ordered).items())
        ),
        "names": sum(map(len, listed)),
        "mixtures": sum(map(len, names)) - sum(map(len, listed)),
        "keys": keys,
        "attributions": [asdict(attribution) for attribution in attributions],
        "source_versions": dict(sorted(source_versions.items())),
        "name_attributes": [list(code) for code in codes],
        "rules": rules_checksum(),
        "lines_per_block": layout.LINES_PER_BLOCK,
        "grid": grid.as_dict(),
        "kind_words": [str(kind) for kind in layout.KINDS],
        "position_words": [str(source) for source in layout.POSITION_SOURCES],
    }
    text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
    return {"meta": text.encode(), **sections}


def _check(places: Sequence[Place]) -> None:
    """Refuse what no reader could find or draw."""
    before = None
    for place in places:
        label = f"place {place.id!r} ({place.name!r})"
        if not place.id or not place.name or not fold(place.name):
            raise GazetteerBuildError(f"{label}: an id and a name with letters are needed")
        if place.id == before:
            raise GazetteerBuildError(f"{label}: another place has the same id")
        before = place.id
        if not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90):
            raise GazetteerBuildError(
                f"{label}: ({place.lon}, {place.lat}) is no longitude and latitude in degrees"
            )
        for word, value in (("precision_m", place.precision_m), ("extent_m", place.extent_m)):
            if not isfinite(value) or not 0 <= value < layout.NOTHING:
                raise GazetteerBuildError(f"{label}: {word} is {value}, not metres")
        if place.population is not None and not 0 <= place.population < layout.NOTHING:
            raise GazetteerBuildError(f"{label}: population is {place.population}")
        if any("=" in register for register in place.ids):
            raise GazetteerBuildError(f"{label}: the name of a register holds an equals sign")
        texts = [place.id, place.name, place.name_de, place.country]
        texts += [*place.ids, *place.ids.values()]
        texts += [text or "" for text in _units(place)] + [name.text for name in place.names]
        if any(mark in text for text in texts for mark in _FORBIDDEN):
            raise GazetteerBuildError(f"{label}: a text holds a line end or a control character")


def _is_mixed(name: Name) -> bool:
    """Whether it is a spelling made by rule that mixes schemes: found, but not listed."""
    return name.scheme == layout.MIXED_SCHEME and name.source == "derived"


def _units(place: Place) -> tuple[str | None, ...]:
    return (
        place.oblast,
        place.raion,
        place.hromada,
        place.oblast_id,
        place.raion_id,
        place.hromada_id,
    )


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _add_lines(sections: dict[str, bytes], name: str, lines: Iterable[str]) -> None:
    text, at = pack_lines(lines, layout.LINES_PER_BLOCK[name])
    sections[f"{name}.text"], sections[f"{name}.at"] = text, _bytes(at)


def _add_key_table(sections: dict[str, bytes], name: str, keys: Sequence[str]) -> None:
    text, at, heads = pack_keys(keys, layout.LINES_PER_BLOCK[name])
    sections[f"{name}.text"], sections[f"{name}.at"] = text, _bytes(at)
    sections[f"{name}.head"] = heads


def _name_codes(names: Sequence[Sequence[Name]]) -> list[tuple[str, str, str, str]]:
    """Every combination of language, scheme, status and source, the most used first."""
    counts = Counter(
        (name.language, name.scheme, str(name.status), name.source)
        for several in names
        for name in several
    )
    return [code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _add_texts(
    sections: dict[str, bytes],
    places: Sequence[Place],
    names: Sequence[Sequence[Name]],
    codes: Sequence[tuple[str, str, str, str]],
) -> None:
    _add_key_table(sections, "id", [place.id for place in places])
    _add_lines(
        sections,
        "place",
        (
            layout.FIELD.join(
                [place.name, place.name_de, *(f"{k}={v}" for k, v in _foreign_ids(place))]
            )
            for place in places
        ),
    )
    numbers = {code: chr(layout.FIRST_CODE + number) for number, code in enumerate(codes)}
    _add_lines(
        sections,
        "names",
        (
            layout.FIELD.join(
                numbers[name.language, name.scheme, str(name.status), name.source] + name.text
                for name in several
            )
            for several in names
        ),
    )
    registers: dict[str, int] = {}
    for number, place in enumerate(places):
        for register, value in _foreign_ids(place):
            registers.setdefault(f"{register}:{value}", number)
    keys = sorted(registers, key=str.encode)
    _add_key_table(sections, "register", keys)
    sections["register.place"] = _bytes(array("I", (registers[key] for key in keys)))


def _foreign_ids(place: Place) -> list[tuple[str, str]]:
    """Ids in other registers than the place's own, which a reader adds by itself."""
    return sorted(pair for pair in place.ids.items() if ":".join(pair) != place.id)


def _add_columns(sections: dict[str, bytes], places: Sequence[Place]) -> None:
    words: dict[str | None, int] = {None: layout.NOTHING}
    for place in places:
        for text in (place.country, *_units(place)):
            words.setdefault(text, len(words) - 1)
    _add_lines(sections, "unit", (text for text in words if text is not None))
    kinds = {kind: number for number, kind in enumerate(layout.KINDS)}
    origins = {source: number for number, source in enumerate(layout.POSITION_SOURCES)}
    columns: dict[str, Iterable[int]] = {
        "precision": (round(place.precision_m) for place in places),
        "extent": (round(place.extent_m) for place in places),
        "population": (
            layout.NOTHING if place.population is None else place.population for place in places
        ),
        "kind": (kinds[place.kind] for place in places),
        "position": (origins[place.position_source] for place in places),
        "country": (words[place.country] for place in places),
        "oblast": (words[place.oblast] for place in places),
        "raion": (words[place.raion] for place in places),
        "hromada": (words[place.hromada] for place in places),
        "oblast_id": (words[place.oblast_id] for place in places),
        "raion_id": (words[place.raion_id] for place in places),
        "hromada_id": (words[place.hromada_id] for place in places),
    }
    for name, values in columns.items():
        sections[name] = _bytes(array(layout.COLUMNS[name], values))


def _add_positions(sections: dict[str, bytes], places: Sequence[Place]) -> Grid:
    for name, degrees in (
        ("lon", [place.lon for place in places]),
        ("lat", [place.lat for place in places]),
    ):
        sections[name] = _bytes(array("i", (round(value * layout.DEGREE) for value in degrees)))
    # as a reader sees them, so that a place on a border falls into the cell it is looked for in
    lons = [round(place.lon * layout.DEGREE) / layout.DEGREE for place in places]
    lats = [round(place.lat * layout.DEGREE) / layout.DEGREE for place in places]
    grid = Grid.over(lons, lats)
    at, numbers = pack_cells(grid, lons, lats)
    sections["cell.start"], sections["cell.place"] = _bytes(at), _bytes(numbers)
    return grid


def _add_keys(
    sections: dict[str, bytes], places: Sequence[Place], names: Sequence[Sequence[Name]]
) -> int:
    """Folded names and their postings; returns how many different keys there are."""
    order = sorted(range(len(places)), key=lambda number: prominence(places[number]))
    ranks = array("I", bytes(4 * len(places)))
    for rank, number in enumerate(order):
        ranks[number] = rank
    sections["order"], sections["place.rank"] = _bytes(array("I", order)), _bytes(ranks)
    postings: dict[str, dict[int, tuple[int, int]]] = {}
    for number, several in enumerate(names):
        listed = 0
        for name in several:
            if _is_mixed(name):
                historical = name.status is Status.HISTORICAL
                position = layout.MIXED_HISTORICAL if historical else layout.MIXED
            else:
                position = listed if listed < layout.MIXED_HISTORICAL else layout.MANY
                listed += 1
            key = fold(name.text)
            if key:
                held = postings.setdefault(key, {})
                offer = (name_standing(name, places[number].kind), position)
                rank = ranks[number]
                if rank not in held or offer < held[rank]:
                    held[rank] = offer
    keys = sorted(postings, key=str.encode)
    _add_key_table(sections, "key", keys)
    first, more, ends, rest = array("I"), array("I"), array("I"), array("I")
    for number, key in enumerate(keys):
        best = sorted((standing, rank, at) for rank, (standing, at) in postings[key].items())
        packed = [rank << 9 | at << 1 for _, rank, at in best]
        first.append(packed[0] | (len(packed) > 1))
        if len(packed) > 1:
            more.append(number)
            rest.extend(packed[1:])
            ends.append(len(rest))
    for section, numbers in (
        ("key.first", first),
        ("key.more", more),
        ("more.end", ends),
        ("more.list", rest),
    ):
        sections[section] = _bytes(numbers)
    return len(keys)
