"""What must hold of gazetteers that are built of damaged sources, and of comparing gazetteers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from unittest.mock import patch

from benchmarks.fuzz import files, inputs, seeds
from gazetteer import Gazetteer, Kind, Place, PositionSource
from gazetteer.build import Sources, build_file
from gazetteer.sources.records import SourceName, SourceRow, Unit

__all__ = ["builds", "differences"]

_OPTIONS = {".csv": "table", "UA.txt": "geonames", "names.txt": "alternate_names"}
_CATEGORIES = {
    Kind.OBLAST: "O", Kind.RAION: "P", Kind.HROMADA: "H",
    Kind.CITY: "M", Kind.TOWN: "X", Kind.VILLAGE: "C",
}  # fmt: skip


def builds(chance: random.Random, folder: Path) -> None:
    """Damaged sources are refused, or give a file whose places have sound names and positions."""
    given = {}
    for name, seed in chance.sample(seeds.importer_seeds(), chance.choice((1, 1, 2))):
        path = folder / (f"source{name}" if name.startswith(".") else name)
        changed = inputs.numbers_input if chance.random() < 0.4 else inputs.bytes_input
        path.write_bytes(changed(seed, chance) if chance.random() < 0.9 else seed)
        given[_OPTIONS.get(name, "osm")] = path
    output = folder / "built.gazetteer"
    with _small_world():
        if chance.random() < 0.3:
            _command(["build", "-o", str(output), *_options(given)])
            return
        summary = build_file(output, **given)
    built = Gazetteer.open(output)
    assert len(built) == summary.places > 0
    for place in built:
        assert abs(place.lon) <= 180 and abs(place.lat) <= 90, place
        assert place.name and place.name_de and place.names, place
        assert place.id in {match.place.id for match in built.lookup(place.name)}, place


def differences(chance: random.Random, folder: Path) -> None:
    """Two gazetteers, damaged or not, are refused or compared; the same ones do not differ."""
    paths = []
    for name in ("old", "new"):
        path = folder / f"{name}.gazetteer"
        damages = chance.choice((0, 1, 5))
        path.write_bytes(files.damaged_gazetteer(chance, folder, damages))
        paths.append(str(path))
    if chance.random() < 0.1:
        paths[1] = paths[0]
    printed = _command(["diff", *paths, "--json"])
    for line in printed.splitlines():
        change = json.loads(line)
        assert change["change"] in ("added", "removed", "changed")
    assert not printed or paths[0] != paths[1]
    _command(["diff", *paths])


def _command(line: list[str]) -> str:
    """Run ``frontmap gazetteer``; give what it prints, nothing where it refuses in words."""
    from click.testing import CliRunner

    from frontmap.cli import main

    done = CliRunner().invoke(main, ["gazetteer", *line])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1, 2), (line, done.exit_code)
    assert done.exit_code == 0 or done.stderr.strip(), line
    return done.stdout if done.exit_code == 0 else ""


def _options(given: dict[str, Path]) -> list[str]:
    words = {"table": "--csv"}
    return [
        word
        for name, path in given.items()
        for word in (words.get(name, f"--{name.replace('_', '-')}"), str(path))
    ]


@contextmanager
def _small_world() -> Iterator[None]:
    """Let a build start from two hromadas instead of all packages."""
    with (
        patch("gazetteer.build.read_sources", lambda cache, progress=None: _sources()),
        patch("gazetteer.build.feature_places", lambda places: []),
    ):
        yield


@cache
def _sources() -> Sources:
    full = Gazetteer.default()
    inside = [p for p in full if p.hromada in ("Pokrowsk", "Siwersk")]
    above = {i for p in inside for i in (p.oblast_id, p.raion_id, p.hromada_id) if i}
    chosen = {p.id: p for p in (*inside, *(full[i] for i in above)) if p.kind in _CATEGORIES}
    empty = {entry.name: {} for entry in fields(Sources)}
    made = {
        "units": [_unit(place) for place in chosen.values()],
        "rows": [_row(place) for place in chosen.values() if place.kind.is_settlement],
        "used": ("worldcities",),
    }
    return Sources(**(empty | made))  # type: ignore[arg-type]


def _unit(place: Place) -> Unit:
    above = (place.oblast_id, place.raion_id, place.hromada_id)
    parents = tuple(i.removeprefix("katottg:") for i in above if i and i != place.id)
    name = place.name.removesuffix(" область").removesuffix(" район")
    return Unit(place.id.removeprefix("katottg:"), _CATEGORIES[place.kind], name, parents)


def _row(place: Place) -> SourceRow:
    return SourceRow(
        source=PositionSource.WORLDCITIES,
        key=place.id,
        names=(SourceName(place.name, "uk"),),
        lon=place.lon,
        lat=place.lat,
        oblast=(place.oblast_id or "").removeprefix("katottg:UA")[:2] or None,
        population=place.population,
    )
