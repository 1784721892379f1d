"""`GazetteerGeocoder`: what it finds, and that geopy and geopandas take it for a geocoder."""

from __future__ import annotations

import inspect
import json
import pickle
import socket
from pathlib import Path

import pytest
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import AsyncRateLimiter, RateLimiter
from geopy.geocoders import Photon
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import rows, write_sample

from frontmap.geocoder import GazetteerGeocoder
from gazetteer import Gazetteer, GazetteerFileError


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("geocoder") / "sample.gazetteer")


@pytest.fixture(scope="module")
def geocoder(path: Path) -> GazetteerGeocoder:
    return GazetteerGeocoder(Gazetteer.open(path))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a geocoder over a file asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("case", rows("geocodes.tsv"), ids=lambda case: case["query"])
def test_geocode_finds(case: dict[str, str], geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode(case["query"])
    found = "-" if location is None else location.raw["id"]
    assert found == case["expected"]
    several = geocoder.geocode(case["query"], exactly_one=False)
    assert [found] == ([entry.raw["id"] for entry in several][:1] or ["-"])


@pytest.mark.parametrize("case", rows("geocodes_default.tsv"), ids=lambda case: case["query"])
def test_the_shipped_gazetteer_is_asked_as_users_do(case: dict[str, str]) -> None:
    location = GazetteerGeocoder().geocode(case["query"])
    found = "-" if location is None else location.raw["id"].removeprefix("katottg:")
    assert found == case["expected"]


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_may_be_asked(text: str, geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode(text) is None or isinstance(geocoder.geocode(text), Location)


STRUCTURED = [
    ({"settlement": "Lyman", "oblast": "Charkiw"}, "demo:lyman-charkiw"),
    ({"city": "Lyman", "state": "Gebiet Donezk", "country": "Ukraine"}, "demo:lyman"),
    ({"settlement": "Mychajliwka", "raion": "Rajon Pokrowsk"}, "demo:mychajliwka-1"),
    ({"settlement": "Mychajliwka", "near": "Pokrowsk"}, "demo:mychajliwka-1"),
    ({"village": "Dorf Mychajliwka", "oblast": "", "raion": "  "}, "demo:mychajliwka-2"),
    ({"oblast": "Donezk"}, "demo:o-donezk"),
    ({"raion": "Pokrowsk", "oblast": "Donezk"}, "demo:r-pokrowsk"),
    ({"raion": "Pokrowsk", "oblast": "Charkiw"}, None),
    ({"settlement": "Lyman", "oblast": "Nirgendwo"}, None),
    ({"settlement": "Lyman", "hromada": "Nirgendwo"}, None),
    ({"settlement": "Lyman", "country": "Russland"}, None),
    ({"settlement": "Kursk", "country": "ru"}, "demo:kursk"),
    ({"country": "Ukraine"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("query", "expected"), STRUCTURED)
def test_structured_queries(
    query: dict[str, str], expected: str | None, geocoder: GazetteerGeocoder
) -> None:
    location = geocoder.geocode(query)
    assert (location and location.raw["id"]) == expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"ort": "Lyman"}, "'ort'.*settlement"),
        ({"settlement": 3}, "3"),
        ({"settlement": "Lyman", "country": "Atlantis"}, "Atlantis"),
        (None, "None"),
        (4.5, "4.5"),
        (b"Lyman", "Lyman"),
    ],
)
def test_queries_that_make_no_sense(query: object, named: str, geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match=named):
        geocoder.geocode(query)  # type: ignore[arg-type]


def test_the_answer_is_a_location_with_the_full_record(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Pokrovsk")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (48.28014, 37.17706)
    assert location.point == Point(48.28014, 37.17706)
    address, (lat, lon) = location
    assert (address, lat, lon) == (location.address, 48.28014, 37.17706)
    raw = location.raw
    assert raw["name"] == "Покровськ" and raw["kind"] == "city" and raw["population"] == 60127
    assert raw["match"]["text"] == "Pokrovsk" and raw["match"]["scheme"] == "national-2010"
    assert raw["match"]["score"] == 1
    assert {name["text"] for name in raw["names"]} >= {"Pokrowsk", "Красноармійськ"}
    assert json.loads(json.dumps(raw)) == raw
    assert pickle.loads(pickle.dumps(location)) == location


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ("de", "Pokrowsk, Rajon Pokrowsk, Oblast Donezk, Ukraine"),
        ("uk", "Покровськ, Покровський район, Донецька область, Україна"),
        ("en", "Pokrovsk, Pokrovskyi raion, Donetska oblast, Ukraine"),
    ],
)
def test_addresses_by_language(
    language: str, address: str, geocoder: GazetteerGeocoder, path: Path
) -> None:
    assert geocoder.geocode("Pokrowsk", language=language).address == address
    assert GazetteerGeocoder(str(path), language=language).geocode("Pokrowsk").address == address


def test_the_russian_address_has_todays_name(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Pokrowsk", language="ru").address.startswith("Покровск,")


@pytest.mark.parametrize("language", ["es", "DE"])
def test_an_unknown_language_is_told(language: str, geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match=language):
        geocoder.geocode("Pokrowsk", language=language)
    with pytest.raises(ConfigurationError, match=language):
        GazetteerGeocoder(geocoder.gazetteer, language=language)


def found_ids(answer: object) -> list[str]:
    assert isinstance(answer, list)
    return [location.raw["id"] for location in answer]


def test_several_answers_and_their_limit(geocoder: GazetteerGeocoder) -> None:
    every = ["demo:mychajliwka-3", "demo:mychajliwka-2", "demo:mychajliwka-1"]
    assert found_ids(geocoder.geocode("Mychajliwka", exactly_one=False)) == every
    assert found_ids(geocoder.geocode("Mychajliwka", exactly_one=False, limit=2)) == every[:2]
    assert geocoder.geocode("Nirgendwo", exactly_one=False) == []
    with pytest.raises(GeocoderQueryError, match="limit=0"):
        geocoder.geocode("Mychajliwka", exactly_one=False, limit=0)


@pytest.mark.parametrize(
    "viewbox",
    [
        [(48.1, 37.1), (48.4, 37.4)],
        [Point(48.4, 37.1), Point(48.1, 37.4)],
        ["48.1,37.1", "48.4,37.4"],
    ],
)
def test_a_viewbox_prefers_or_binds(viewbox: list[object], geocoder: GazetteerGeocoder) -> None:
    preferred = geocoder.geocode("Mychajliwka", viewbox=viewbox, exactly_one=False)
    assert found_ids(preferred) == [
        "demo:mychajliwka-1", "demo:mychajliwka-3", "demo:mychajliwka-2",
    ]  # fmt: skip
    bound = geocoder.geocode("Mychajliwka", viewbox=viewbox, bounded=True, exactly_one=False)
    assert found_ids(bound) == ["demo:mychajliwka-1"]
    assert geocoder.geocode("Charkiw", viewbox=viewbox, bounded=True) is None


@pytest.mark.parametrize("viewbox", ["48,37", [(1, 2)], [(1, 2), "x"], 5])
def test_a_viewbox_that_is_none(viewbox: object, geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Lyman", viewbox=viewbox)  # type: ignore[arg-type]


def test_bounds_need_a_box(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Lyman", bounded=True)


def test_kinds(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Donezk", kinds="oblast").raw["id"] == "demo:o-donezk"
    assert geocoder.geocode("Pokrowsk", kinds=["village"]) is None
    with pytest.raises(GeocoderQueryError, match="stadt"):
        geocoder.geocode("Pokrowsk", kinds="stadt")


def test_without_tolerance_a_typing_error_finds_nothing(path: Path) -> None:
    strict = GazetteerGeocoder(Gazetteer.open(path), fuzzy=False)
    assert strict.geocode("Pokrowks") is None
    assert strict.geocode("Pokrowsk") is not None


@pytest.mark.parametrize("query", [(48.28, 37.18), "48.28, 37.18", Point(48.28, 37.18)])
def test_reverse(query: object, geocoder: GazetteerGeocoder) -> None:
    location = geocoder.reverse(query)
    assert location.raw["id"] == "demo:pokrowsk"
    assert location.raw["distance_m"] == pytest.approx(218, abs=2)


def test_reverse_finds_settlements_unless_told_otherwise(geocoder: GazetteerGeocoder) -> None:
    several = geocoder.reverse((48.21, 37.2), exactly_one=False, limit=3)
    assert found_ids(several) == ["demo:mychajliwka-1", "demo:pokrowsk", "demo:selydowe"]
    assert geocoder.reverse((48.2, 37.2), kinds="raion").raw["id"] == "demo:r-pokrowsk"


def test_reverse_far_from_everything_is_none(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.reverse((52.5, 13.4)) is None
    assert geocoder.reverse((52.5, 13.4), exactly_one=False) == []
    assert geocoder.reverse((52.5, 13.4), max_distance_m=2e6) is not None


def test_reverse_of_no_point(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(ValueError, match="Point"):
        geocoder.reverse("hier")
    with pytest.raises(GeocoderQueryError, match="max_distance_m"):
        geocoder.reverse((48, 37), max_distance_m=-1)


def test_reverse_of_an_answer_is_the_answer(geocoder: GazetteerGeocoder) -> None:
    for place in geocoder.gazetteer:
        if place.kind.is_settlement:
            found = geocoder.reverse((place.lat, place.lon))
            assert found.raw["distance_m"] == 0
            assert geocoder.geocode(place.id).point == found.point


# as geopy's own tests ask of every geocoder ---------------------------------------------------


def test_it_is_a_geocoder_with_geopys_signatures() -> None:
    assert issubclass(GazetteerGeocoder, Geocoder)
    for method in ("geocode", "reverse"):
        ours = inspect.signature(getattr(GazetteerGeocoder, method)).parameters
        theirs = inspect.signature(getattr(Photon, method)).parameters
        assert list(ours)[:2] == list(theirs)[:2] == ["self", "query"]
        for name in ("exactly_one", "timeout", "language", "limit"):
            assert name in ours and name in theirs
            assert ours[name].kind is inspect.Parameter.KEYWORD_ONLY


def test_options_every_geocoder_takes(path: Path) -> None:
    made = GazetteerGeocoder(Gazetteer.open(path), timeout=3, user_agent="my/1")
    assert made.timeout == 3 and made.headers["User-Agent"] == "my/1"
    assert made.geocode("Lyman", timeout=None) == made.geocode("Lyman", timeout=0.001)


def test_it_is_a_context_manager(path: Path) -> None:
    with GazetteerGeocoder(Gazetteer.open(path)) as made:
        assert made.geocode("Lyman") is not None


def test_its_adapter_refuses_requests(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderServiceError, match="no requests"):
        geocoder._call_geocoder("https://example.org", lambda answer: answer)


def test_the_rate_limiter_takes_it(geocoder: GazetteerGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Lyman") == geocoder.geocode("Lyman")
    assert limited("Nirgendwo") is None
    backwards = RateLimiter(geocoder.reverse, min_delay_seconds=0)
    assert backwards((48.28, 37.18)).raw["id"] == "demo:pokrowsk"


def test_the_asynchronous_rate_limiter_takes_it(geocoder: GazetteerGeocoder) -> None:
    import asyncio

    async def ask(query: str) -> Location | None:
        answer = geocoder.geocode(query)
        assert not isinstance(answer, list)
        return answer

    async def run() -> Location | None:
        return await AsyncRateLimiter(ask, min_delay_seconds=0)("Lyman")

    assert asyncio.run(run()) == geocoder.geocode("Lyman")


def test_geopandas_takes_it(geocoder: GazetteerGeocoder) -> None:
    import geopandas
    from shapely.geometry import Point as ShapelyPoint

    frame = geopandas.tools.geocode(
        ["Pokrowsk", "Nirgendwo", None, float("nan")],
        provider=GazetteerGeocoder,
        gazetteer=geocoder.gazetteer,
    )
    assert (frame.geometry[0].x, frame.geometry[0].y) == (37.17706, 48.28014)
    assert frame.address[0] == "Pokrowsk, Rajon Pokrowsk, Oblast Donezk, Ukraine"
    assert frame.geometry[1:].is_empty.all()
    back = geopandas.tools.reverse_geocode(
        [ShapelyPoint(37.18, 48.28)], provider=GazetteerGeocoder, gazetteer=geocoder.gazetteer
    )
    assert back.address[0] == frame.address[0]


def test_a_bad_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(GazetteerFileError, match="absent"):
        GazetteerGeocoder(str(tmp_path / "absent"))
