"""How well the gazetteer's settlements are placed, against an independent join of codes and dump.

    python benchmarks/gazetteer_accuracy.py [--gazetteer FILE] [--reference FILE] [--errors N]

The reference (KATOTTG codes joined with GeoNames rows by name and admin2 code) is only measured
against. It has errors of its own: a row that has none of its hromada's others among its twelve
neighbours is counted as doubtful and reported apart.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from gazetteer import Gazetteer, Place
from gazetteer.neighbours import Neighbourhood
from gazetteer.sites import distance_m

REFERENCE = Path(__file__).parents[1] / "../shared/reference/katottg_x_geonames.tsv.gz"
NEAR_M = 3_000.0


@dataclass(frozen=True)
class Row:
    """One settlement of the reference."""

    code: str
    name: str
    lon: float
    lat: float


def read_reference(path: Path) -> list[Row]:
    """The rows of the reference that have a position."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header = file.readline().rstrip("\n").split("\t")
        column = {name: number for number, name in enumerate(header)}
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[column["lat"]]:
                rows.append(
                    Row(
                        cells[column["katottg"]],
                        cells[column["uk"]],
                        float(cells[column["lon"]]),
                        float(cells[column["lat"]]),
                    )
                )
    return rows


def doubtful(rows: list[Row], among: list[Row] | None = None) -> set[str]:
    """Codes of rows (of some or all) that lie away from everything else in their hromada."""
    sizes = Counter(row.code[2:9] for row in rows)
    around = Neighbourhood(
        (row.code, row.lon, row.lat, row.code[2:9], row.code[2:6], row.code[2:4]) for row in rows
    )
    return {
        row.code
        for row in (rows if among is None else among)
        if sizes[row.code[2:9]] > 3
        and not any(
            neighbour.hromada == row.code[2:9]
            for neighbour in around.nearest(row.lon, row.lat, 12, without=row.code)
        )
    }


def swapped(rows: list[Row], places: dict[str, Place]) -> list[tuple[Row, Row]]:
    """Pairs of namesakes in one oblast of which each has the other's position."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.code in places:
            groups[row.code[2:4], row.name].append(row)
    pairs = []
    for group in groups.values():
        for number, row in enumerate(group):
            pairs += [
                (row, other)
                for other in group[number + 1 :]
                if _at(places[row.code], other) and _at(places[other.code], row)
            ]
    return [(a, b) for a, b in pairs if distance_m(a.lon, a.lat, b.lon, b.lat) > 2 * NEAR_M]


def _at(place: Place, row: Row) -> bool:
    return distance_m(place.lon, place.lat, row.lon, row.lat) <= NEAR_M


def report(gazetteer: Gazetteer, rows: list[Row], errors: int) -> None:
    """Print the measures."""
    codes = [row.code for row in rows if f"katottg:{row.code}" in gazetteer]
    places = {code: gazetteer[f"katottg:{code}"] for code in codes}
    doubt = doubtful(rows)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    misses = []
    for row in rows:
        place = places.get(row.code)
        groups = ["all", str(place.position_source) if place else "missing"]
        if row.code not in doubt:
            groups += [f"{group}, not doubtful" for group in groups]
        for group in groups:
            totals[group]["n"] += 1
        if place is None:
            continue
        apart = distance_m(place.lon, place.lat, row.lon, row.lat)
        for group in groups:
            totals[group]["near"] += apart <= NEAR_M
            totals[group]["true"] += apart <= place.precision_m
        if apart > place.precision_m and row.code not in doubt:
            misses.append((apart / place.precision_m, apart, row, place))
    print(f"{'':28}{'rows':>8}{'within 3 km':>14}{'within own precision':>24}")
    for group, counts in sorted(totals.items()):
        n = counts["n"]
        print(f"{group:28}{n:8}{counts['near'] / n:14.3%}{counts['true'] / n:24.3%}")
    print(f"doubtful rows of the reference: {len(doubt)}")
    pairs = swapped([row for row in rows if row.code not in doubt], places)
    print(f"swapped namesakes: {len(pairs)}")
    wrong = [
        row
        for row in rows
        if (place := places.get(row.code)) is not None
        and (
            (place.oblast_id or "")[:13] != f"katottg:UA{row.code[2:4]}0"
            or (place.raion_id or f"katottg:UA{row.code[2:6]}")[:14] != f"katottg:UA{row.code[2:6]}"
        )
    ]
    print(f"in another oblast or raion than their code says: {len(wrong)}")
    for _, apart, row, place in sorted(misses, key=lambda miss: -miss[0])[:errors]:
        print(
            f"  {row.code} {row.name}: {apart / 1000:.1f} km off, precision "
            f"{place.precision_m / 1000:.1f} km ({place.position_source}), "
            f"{place.hromada}, {place.raion}, {place.oblast}"
        )


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    parser.add_argument("--errors", type=int, default=15, help="how many misses to list")
    arguments = parser.parse_args()
    if not arguments.reference.exists():
        print(f"{arguments.reference}: the reference is not here; nothing to measure against")
        return 0
    gazetteer = Gazetteer.open(arguments.gazetteer) if arguments.gazetteer else Gazetteer.default()
    report(gazetteer, read_reference(arguments.reference), arguments.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
