"""From rows to places: matching, estimating, naming, checking, and what is shipped."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import fields, replace
from pathlib import Path

import pytest
from build_world import OBLAST, code_of, positions, source_row, world
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, Kind, Name, Place, PositionSource, Status
from gazetteer.abroad import restore_russian
from gazetteer.assignment import assign
from gazetteer.attributions import attributions_for
from gazetteer.build import Sources, build, match_all
from gazetteer.checking import check_places
from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.estimation import estimate_positions, is_rounded, placement_of
from gazetteer.extent import extent_of
from gazetteer.features import course_of, feature_places
from gazetteer.format import write
from gazetteer.matching import OldRaions, match_sites, settlements_of
from gazetteer.naming import settlement_names
from gazetteer.neighbours import Neighbourhood
from gazetteer.outlines import outline, outline_geojson
from gazetteer.seats import is_named_after, old_raion_seat, raion_seat
from gazetteer.similar import match_similar
from gazetteer.sites import distance_m, merge_rows
from gazetteer.skeleton import cyrillic_keys, latin_key
from gazetteer.sources.records import SourceName, Unit


@given(
    st.integers(1, 5).flatmap(
        lambda rows: st.lists(
            st.lists(st.integers(-9, 9).map(float), min_size=6, max_size=6),
            min_size=rows,
            max_size=rows,
        )
    )
)
def test_assignment_is_as_good_as_trying_all(scores: list[list[float]]) -> None:
    chosen = assign(scores)
    assert len(set(chosen)) == len(scores)
    total = sum(row[column] for row, column in zip(scores, chosen, strict=True))
    best = max(
        sum(row[column] for row, column in zip(scores, columns, strict=True))
        for columns in itertools.permutations(range(6), len(scores))
    )
    assert total == pytest.approx(best)


def test_assignment_needs_columns() -> None:
    with pytest.raises(ValueError, match="2 rows cannot each have one of 1 columns"):
        assign([[1.0], [2.0]])


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_neighbours_are_those_a_slow_search_finds(seed: int, count: int) -> None:
    generator = random.Random(seed)
    points = [
        (number, generator.uniform(30, 31), generator.uniform(49, 50), "h", "r", "o")
        for number in range(60)
    ]
    around = Neighbourhood(points)
    lon, lat = generator.uniform(30, 31), generator.uniform(49, 50)

    def apart(point: tuple[int, float, float, str, str, str]) -> float:
        return math.hypot((point[1] - lon) * 0.662, point[2] - lat) * 111.195

    slow = [point[0] for point in sorted(points, key=apart) if apart(point) <= 40][:count]
    assert [neighbour.key for neighbour in around.nearest(lon, lat, count)] == slow


def test_rows_of_one_spot_and_name_are_one_site() -> None:
    sites = merge_rows(
        [
            source_row("Mikhaylovka", 37.0, 48.0),
            source_row("Михайлівка", 37.005, 48.004, source=PositionSource.POSTAL),
            source_row("Mikhaylovka", 37.2, 48.0),
            source_row("Verbove", 37.0, 48.0),
        ]
    )
    assert len(sites) == 4, "a Russian and a Ukrainian form share no key of their own"
    sites = merge_rows([source_row("Verbovoye", 37.0, 48.0), source_row("Verbovoye", 37.01, 48.0)])
    assert len(sites) == 1 and len(sites[0].rows) == 2


def test_namesakes_get_the_spot_inside_their_own_hromada() -> None:
    units, rows = world()
    for order in (rows, rows[::-1]):
        settlements = settlements_of(units, {})
        matches = match_sites(settlements, merge_rows(order), OldRaions(settlements, []))
        assert len(matches) == 24
        for code, (lon, lat) in positions().items():
            assert (matches[code].site.lon, matches[code].site.lat) == (lon, lat), code


def test_a_stray_namesake_is_not_taken() -> None:
    units, rows = world()
    # the village itself is in no source; one of its name lies in the other hromada
    rows = [row for row in rows if not (row.names[0].text == "Михайлівка" and row.lon < 37.3)]
    settlements = settlements_of(units, {})
    matches = match_sites(settlements, merge_rows(rows), OldRaions(settlements, []))
    assert "UA14020010010000000" not in matches
    assert "UA14040010010000000" in matches


def test_a_name_alone_far_from_its_hromada_is_not_believed() -> None:
    """One spot of the name in the whole raion, but in the midst of another hromada."""
    units, rows = world()
    units = [replace(unit, code=unit.code.replace("UA1404001", "UA1402002")) for unit in units]
    code = code_of("1402", 1)
    lon, lat = positions()[code_of("1404", 7)]
    moved = [
        replace(row, lon=lon + 0.01, lat=lat + 0.01) if row.names[0].text == "Селоб2" else row
        for row in rows
    ]
    settlements = settlements_of(units, {})
    matches, hints = match_all(settlements, merge_rows(moved), OldRaions(settlements, []))
    assert code not in matches and code not in hints
    assert len(matches) == 23
    placed = {key: placement_of(match) for key, match in matches.items()}
    estimate = estimate_positions(settlements, placed, {}, hints)[code]
    assert estimate.source is PositionSource.ESTIMATED
    assert distance_m(estimate.lon, estimate.lat, *positions()[code]) <= estimate.precision_m


@pytest.mark.parametrize(("without", "nearest"), [(None, 0.0), ("a", 7.36)])
def test_the_nearest_of_a_hromada(without: str | None, nearest: float) -> None:
    points = [("a", 37.0, 48.0, "h", "r", "o"), ("b", 37.1, 48.0, "h", "r", "o")]
    around = Neighbourhood([*points, ("c", 37.01, 48.0, "other", "r", "o")])
    assert around.nearest_own(37.0, 48.0, "h", without) == pytest.approx(nearest, abs=0.1)
    assert around.nearest_own(37.0, 48.0, "nowhere") == 0.0


def test_a_stated_code_decides() -> None:
    units, rows = world()
    code = "UA14020010010000000"
    far = source_row("Ganz anders", 38.9, 48.9, source=PositionSource.USER, katottg=code)
    settlements = settlements_of(units, {})
    matches = match_sites(settlements, merge_rows([far, *rows]), OldRaions(settlements, []))
    assert (matches[code].site.lon, matches[code].how) == (38.9, "code")


def test_a_former_name_finds_the_spot() -> None:
    units, rows = world()
    code = "UA14020010020000000"
    old = [replace(r, names=(SourceName("Dzerzhynske"),)) if r.names[0].text == "Селоб2" else r
           for r in rows]  # fmt: skip
    settlements = settlements_of(units, {code: ["Дзержинське"]})
    matches = match_sites(settlements, merge_rows(old), OldRaions(settlements, []))
    assert matches[code].how == "former"


def test_similar_names_match_inside_the_hromada_only() -> None:
    units, rows = world()
    units = [replace(u, name="Вихватнівці") if u.name == "Селоб2" else u for u in units]
    rows = [
        replace(r, names=(SourceName("Vykhvatnevtsy"),)) if r.names[0].text == "Селоб2" else r
        for r in rows
    ]
    settlements = settlements_of(units, {})
    sites = merge_rows(rows)
    matches = match_sites(settlements, sites, OldRaions(settlements, []))
    assert "UA14020010020000000" not in matches
    similar = match_similar(settlements, sites, matches)
    assert similar["UA14020010020000000"].how == "similar"


def test_estimates_lie_in_the_hromada_and_say_how_sure_they_are() -> None:
    units, rows = world()
    gone = "UA14020010060000000"
    name = next(unit.name for unit in units if unit.code == gone)
    settlements = settlements_of(units, {})
    sites = merge_rows([row for row in rows if row.names[0].text != name])
    matches = match_sites(settlements, sites, OldRaions(settlements, []))
    placed = {code: placement_of(match) for code, match in matches.items()}
    (estimate,) = estimate_positions(settlements, placed, {}, {}).values()
    assert estimate.source is PositionSource.ESTIMATED
    apart = distance_m(estimate.lon, estimate.lat, *positions()[gone])
    assert apart <= estimate.precision_m <= 60_000


def _sources() -> Sources:
    units, rows = world()
    given = {"units": units, "rows": rows, "used": ("katottg", "worldcities")}
    # every other source is empty
    return Sources(**{**{entry.name: {} for entry in fields(Sources)}, **given})  # type: ignore[arg-type]


@pytest.fixture
def _without_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.build.feature_places", lambda places: [])


@pytest.mark.usefixtures("_without_features")
def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(build(_sources()), tmp_path / name, attributions=attributions_for(["worldcities"]))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.usefixtures("_without_features")
def test_places_carry_their_units_and_progress_is_told() -> None:
    steps: list[float] = []
    places = {place.id: place for place in build(_sources(), lambda _, share: steps.append(share))}
    place = places["katottg:UA14020010010000000"]
    assert (place.oblast, place.oblast_id) == ("Donezk", f"katottg:{OBLAST}")
    assert (place.raion_id, place.hromada_id) == (
        "katottg:UA14020000000000001",
        "katottg:UA14020010000000001",
    )
    assert place.name_de == "Mychajliwka"
    assert steps == sorted(steps) and steps[-1] <= 1


GOOD = Place(
    "demo:1",
    "Сіверськ",
    "Siwersk",
    Kind.CITY,
    38.1,
    48.87,
    500,
    2000,
    names=(Name("Сіверськ", "uk", "official", Status.OFFICIAL, "katottg"),),
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lon": 7.0}, r"position \(7.0, 48.87\) lies outside UA"),
        ({"lat": math.nan}, "a number is missing"),
        ({"name_de": ""}, "no official or no German name"),
        ({"precision_m": 0.0}, "not positive"),
        ({"country": "XX"}, "no bounds are known"),
        (
            {"names": (Name("Сіверськ", "uk", "x", Status.OFFICIAL, "somewhere"),)},
            "licence of the name",
        ),
        ({"names": (Name("Інше", "uk", "x", Status.OFFICIAL, "katottg"),)}, "not among its names"),
    ],
)
def test_checks_name_the_record(change: dict[str, object], message: str) -> None:
    check_places([GOOD])
    with pytest.raises(GazetteerBuildError, match=message) as caught:
        check_places([replace(GOOD, **change)])  # type: ignore[arg-type]
    assert "demo:1" in str(caught.value)


def test_checks_find_doubles_and_strays() -> None:
    with pytest.raises(GazetteerBuildError, match=r"demo:1 .*the id stands twice"):
        check_places([GOOD, GOOD])
    near = [replace(GOOD, id=f"demo:{n}", lon=38.1 + n / 100, oblast_id="o") for n in range(6)]
    check_places(near)
    stray = replace(GOOD, id="demo:9", lon=31.0, lat=50.0, oblast_id="o")
    with pytest.raises(GazetteerBuildError, match=r"demo:9 .*no other settlement of its oblast"):
        check_places([*near, stray])


def test_unknown_sources_have_no_licence() -> None:
    with pytest.raises(GazetteerBuildError, match="no licence is known for the source 'somewhere'"):
        attributions_for(["geonames", "somewhere"])


@pytest.mark.parametrize(
    ("romanised", "name"),
    [
        ("Mikhaylovka", "Михайлівка"),
        ("Mykhailivka", "Михайлівка"),
        ("Khar'kiv", "Харків"),
        ("Bol'shaya Aleksandrovka", "Велика Олександрівка"),
        ("Lyubarka Nomer Pervyy", "Любарка Перша"),
        ("Yur’yivka", "Юр’ївка"),
    ],
)
def test_spellings_meet_in_sound_keys(romanised: str, name: str) -> None:
    assert latin_key(romanised) in cyrillic_keys(name)


@pytest.mark.parametrize(
    ("one", "other"), [("Lyman", "Lymany"), ("Khutir", "Ksutir"), ("Verbove", "Verbivka")]
)
def test_other_names_keep_other_keys(one: str, other: str) -> None:
    assert latin_key(one) != latin_key(other)


def test_seats_are_found_by_stems() -> None:
    unit = Unit("UA14160210010099403", "M", "Покровськ", ())
    other = Unit("UA14160150010065527", "M", "Мирноград", ())
    assert raion_seat("Покровський", [other, unit]) is unit
    assert raion_seat("Криворізький", [other, unit]) is None
    assert is_named_after("Кам’янсько-Дніпровська", "Кам’янка-Дніпровська")
    assert not is_named_after("Присиваська", "Григорівка")
    assert old_raion_seat("Pokrovskyi", [other, unit]) == ("Покровський", "Pokrowsk")
    assert old_raion_seat("Pokrovsk", [unit]) is None


def test_names_of_sources_are_sorted_into_present_and_former() -> None:
    row = source_row("Krasnoarmeysk", 37.18, 48.28, source=PositionSource.GEONAMES)
    more = ("Покровск", "Красноармейск", "Pokrovsk", "Hamburg", "PKV")
    row = replace(row, names=(*row.names, *map(SourceName, more)))
    names = {name.text: name for name in settlement_names("Покровськ", (row,), None, {"hamburg"})}
    assert names["Покровськ"].status is Status.OFFICIAL
    assert names["Красноармейск"].status is Status.HISTORICAL
    assert names["Красноармейск"].language == "ru"
    assert "Покровск" not in names or names["Покровск"].status is Status.ROMANISED
    assert "Hamburg" not in names and "PKV" not in names


def test_russian_spelling_is_restored() -> None:
    assert restore_russian("Novaya Tavolzhanka") == "Новая Таволжанка"
    assert restore_russian("Daryino") == "Дарьино"


def test_extent_grows_with_the_inhabitants() -> None:
    sizes = [extent_of(Kind.CITY, n) for n in (100, 1_000, 10_000, 100_000, 1_000_000)]
    assert sizes == sorted(sizes) and sizes[0] >= 300 and sizes[-1] <= 15_000
    assert extent_of(Kind.CITY, None) > extent_of(Kind.VILLAGE, None)


def test_minutes_of_arc_are_rounded() -> None:
    assert is_rounded(37.5, 48.25) and not is_rounded(37.5, 48.2533)


def test_features_have_names_and_places() -> None:
    gazetteer = Gazetteer.default()
    features = feature_places(list(gazetteer))
    assert len({place.id for place in features}) == len(features) == len(load("features.tsv"))
    check_places(features)
    oskil = next(place for place in features if place.id == "frontmap:river-oskil")
    assert 37.3 < oskil.lon < 38.1 and 49.0 < oskil.lat < 50.0


def test_a_course_needs_its_settlements() -> None:
    row = {"name_uk": "Річка", "course": "Немає/14", "precision_km": "3"}
    with pytest.raises(GazetteerBuildError, match="Річка: no settlement 'Немає/14'"):
        course_of(row, {})


def test_shipped_outlines_belong_to_shipped_places() -> None:
    gazetteer = Gazetteer.default()
    for row in load("outlines.tsv"):
        place = gazetteer[row["id"]]
        shape = outline(place)
        assert shape is not None and shape.is_valid and "Polygon" in shape.geom_type, row["id"]
    donetsk, crimea = (outline(f"katottg:UA{code}") for code in
                       ("14000000000091971", "01000000000013043"))  # fmt: skip
    from shapely.geometry import Point

    assert donetsk.contains(Point(37.18, 48.28)) and crimea.contains(Point(34.1, 44.95))  # type: ignore[union-attr]
    assert outline_geojson("nothing") is None and outline("nothing") is None


def test_shipped_settlements_lie_in_their_oblasts() -> None:
    """But for those near its border, where the drawn line is coarse, and the estimated ones."""
    import shapely

    gazetteer = Gazetteer.default()
    by_oblast: dict[str, list[Place]] = {}
    for place in gazetteer:
        if place.kind.is_settlement and place.country == "UA" and place.oblast_id:
            by_oblast.setdefault(place.oblast_id, []).append(place)
    outside = 0
    for oblast, places in by_oblast.items():
        shape = outline(oblast).buffer(0.06)  # type: ignore[union-attr]
        inside = shapely.contains_xy(shape, [p.lon for p in places], [p.lat for p in places])
        outside += int((~inside).sum())
    assert outside < 0.002 * sum(map(len, by_oblast.values()))


def test_shipped_raions_divide_their_oblasts() -> None:
    import shapely

    gazetteer = Gazetteer.default()
    raions = [
        place
        for place in gazetteer
        if place.kind is Kind.RAION and place.id.startswith("katottg:") and place.country == "UA"
    ]
    assert len(raions) == 136
    by_oblast: dict[str, list[shapely.Geometry]] = {}
    for raion in raions:
        shape = outline(raion)
        assert shape is not None and shape.is_valid and "Polygon" in shape.geom_type, raion
        by_oblast.setdefault(raion.oblast_id or "", []).append(shape)
    for oblast, shapes in by_oblast.items():
        whole, parts = outline(oblast), shapely.union_all(shapes)
        assert whole is not None
        assert parts.symmetric_difference(whole).area < 0.03 * whole.area, oblast
        assert sum(shape.area for shape in shapes) < 1.01 * parts.area, "they do not overlap"


def test_shipped_settlements_lie_in_their_raions() -> None:
    import shapely

    by_raion: dict[str, list[Place]] = {}
    for place in Gazetteer.default():
        placed = place.position_source is not PositionSource.ESTIMATED
        if place.kind.is_settlement and place.raion_id and placed:
            by_raion.setdefault(place.raion_id, []).append(place)
    inside = 0
    for raion, places in by_raion.items():
        lons, lats = [place.lon for place in places], [place.lat for place in places]
        inside += int(shapely.contains_xy(outline(raion), lons, lats).sum())
    assert inside > 0.97 * sum(map(len, by_raion.values()))


def test_every_settlement_is_shipped() -> None:
    gazetteer = Gazetteer.default()
    settlements = [p for p in gazetteer if p.kind.is_settlement and "katottg" in p.ids]
    assert len(settlements) == 29_703
    estimated = sum(p.position_source is PositionSource.ESTIMATED for p in settlements)
    assert estimated < 0.25 * len(settlements)
    cities = [p for p in settlements if p.kind is Kind.CITY]
    assert [p.name for p in cities if p.position_source is PositionSource.ESTIMATED] == []
    assert all(p.oblast_id and p.name_de and p.precision_m > 0 for p in settlements)
