"""The compiled file: what is written is read, the same bytes every time, and no damage passes."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import ATTRIBUTIONS, forged, sample_places, write_sample

from gazetteer import (
    Gazetteer,
    GazetteerBuildError,
    GazetteerError,
    GazetteerFileError,
    Kind,
    Name,
    Place,
    PositionSource,
    Status,
)
from gazetteer.folding import fold
from gazetteer.format import write
from gazetteer.keytable import KeyTable, pack_keys
from gazetteer.layout import HEADER

ROOT = Path(__file__).parent.parent.parent
quiet = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("format") / "sample.gazetteer")


texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).filter(
    fold
)
labels = st.text("abcdefgh-", min_size=1, max_size=8)


@st.composite
def places(draw: st.DrawFn) -> Place:
    name = draw(texts)
    extra = draw(
        st.lists(
            st.builds(
                Name, texts, st.sampled_from(["de", "uk", "ru"]), labels,
                st.sampled_from(Status), labels,
            ),
            max_size=4,
            unique_by=lambda name: (name.text, name.language),
        )
    )  # fmt: skip
    extra = [entry for entry in extra if entry.text != name]
    maybe = st.none() | texts
    return Place(
        id="x:" + draw(st.text("abc0123", min_size=1, max_size=12)),
        name=name,
        name_de=draw(texts),
        kind=draw(st.sampled_from(Kind)),
        lon=draw(st.integers(-1_800_000_000, 1_800_000_000)) / 1e7,
        lat=draw(st.integers(-900_000_000, 900_000_000)) / 1e7,
        precision_m=float(draw(st.integers(0, 10**6))),
        extent_m=float(draw(st.integers(0, 10**6))),
        oblast=draw(maybe),
        raion=draw(maybe),
        hromada=draw(maybe),
        oblast_id=draw(maybe),
        raion_id=draw(maybe),
        hromada_id=draw(maybe),
        country=draw(st.sampled_from(["UA", "RU", "BY"])),
        population=draw(st.none() | st.integers(0, 10**7)),
        position_source=draw(st.sampled_from(PositionSource)),
        ids=draw(st.dictionaries(labels, texts, max_size=2)),
        names=(Name(name, "uk", "official", Status.OFFICIAL, "demo"), *extra),
    )


@quiet
@given(some=st.lists(places(), max_size=30, unique_by=lambda place: place.id))
def test_what_is_written_is_read(some: list[Place], tmp_path: Path) -> None:
    path = tmp_path / "random.gazetteer"
    write(some, path, expand=False)
    opened = Gazetteer.open(path)
    assert len(opened) == len(some)
    assert [place.id for place in opened] == sorted(place.id for place in some)
    for place in some:
        read = opened[place.id]
        for field in fields(Place):
            if field.name not in ("ids", "names"):
                assert getattr(read, field.name) == getattr(place, field.name)
        assert read == place and place == read and hash(read) == hash(place)
        assert {**place.ids, "x": place.id[2:]} == dict(read.ids)
        assert read.names[: len(place.names)] == place.names
        for name in read.names:
            assert not fold(name.text) or place.id in {
                match.place.id for match in opened.lookup(name.text)
            }


def test_generated_forms_are_added_unless_told_otherwise(tmp_path: Path, sample: Path) -> None:
    assert Gazetteer.open(sample).lookup("Krasnoarmijsk")[0].place.id == "demo:pokrowsk"
    bare = tmp_path / "bare.gazetteer"
    write(sample_places(), bare, expand=False)
    assert Gazetteer.open(bare).lookup("Krasnoarmijsk") == []


def test_forms_of_a_historical_name_are_historical(sample: Path) -> None:
    match = Gazetteer.open(sample).lookup("Krasnoarmijsk")[0]
    assert match.name.status is Status.HISTORICAL
    assert match.name.scheme == "duden-uk"


def test_same_places_in_any_order_give_the_same_bytes(tmp_path: Path, sample: Path) -> None:
    shuffled = sample_places()
    random.Random(7).shuffle(shuffled)
    write(shuffled, tmp_path / "b", attributions=ATTRIBUTIONS, source_versions={"demo": "1"})
    assert (tmp_path / "b").read_bytes() == sample.read_bytes()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_bytes_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path, sample: Path) -> None:
    code = "import sys, pathlib, samples; samples.write_sample(pathlib.Path(sys.argv[1]))"
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    target = tmp_path / "seeded"
    subprocess.run([sys.executable, "-c", code, str(target)], check=True, env=environment)
    assert target.read_bytes() == sample.read_bytes()


# What is wrong with a place, and what the message must name.
BAD = [
    ({"id": ""}, "an id and a name"),
    ({"name": " - "}, "an id and a name"),
    ({"lon": 181.0}, "181.0"),
    ({"lat": float("nan")}, "nan"),
    ({"precision_m": -1.0}, "precision_m"),
    ({"extent_m": float("inf")}, "extent_m"),
    ({"population": -5}, "population"),
    ({"name_de": "Lyman\nLyman"}, "control character"),
    ({"oblast": "Done\x1fzk"}, "control character"),
    ({"ids": {"a=b": "c"}}, "equals sign"),
]


@pytest.mark.parametrize(("change", "named"), BAD)
def test_a_place_unfit_to_be_compiled_is_named(
    change: dict[str, object], named: str, tmp_path: Path
) -> None:
    good = sample_places()
    bad = replace(good[3], **change)  # type: ignore[arg-type]
    path = tmp_path / "kept.gazetteer"
    path.write_bytes(b"what was there")
    with pytest.raises(GazetteerBuildError) as caught:
        write([*good[:3], bad], path)
    assert named in str(caught.value) and repr(bad.id) in str(caught.value)
    assert path.read_bytes() == b"what was there"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.gazetteer"]


def test_two_places_with_one_id_are_refused(tmp_path: Path) -> None:
    place = sample_places()[0]
    with pytest.raises(GazetteerBuildError, match="same id"):
        write([place, replace(place, name="Інше")], tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write(sample_places(), tmp_path / "nowhere" / "x.gazetteer")


def test_an_empty_gazetteer_answers_nothing(tmp_path: Path) -> None:
    write([], tmp_path / "empty")
    empty = Gazetteer.open(tmp_path / "empty")
    assert len(empty) == 0 and list(empty) == []
    assert empty.lookup("Pokrowsk") == [] and empty.search("Pokrowsk") == []
    assert empty.complete("P") == [] and empty.nearest(37.0, 48.0) == []
    assert not empty.knows("Pokrowsk") and not empty.begins_name("Tschassiw")
    assert "demo:pokrowsk" not in empty
    assert len(empty.to_geodataframe()) == 0


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerFileError, match=r"absent\.gazetteer.*frontmap gazetteer build"):
        Gazetteer.open(tmp_path / "absent.gazetteer")


def test_a_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerFileError, match=tmp_path.name):
        Gazetteer.open(tmp_path)


def open_damaged(content: bytes, folder: Path) -> GazetteerFileError:
    path = folder / "damaged.gazetteer"
    path.write_bytes(content)
    with pytest.raises(GazetteerFileError) as caught:
        Gazetteer.open(path)
    assert str(path) in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "content", [b"", b"P", b"PK\x03\x04" + bytes(100), b"\x89GAZ\n\x1a\n" + bytes(100)]
)
def test_a_foreign_file_is_told(content: bytes, tmp_path: Path) -> None:
    assert "no gazetteer file" in str(open_damaged(content, tmp_path))


def test_another_version_is_told(sample: Path, tmp_path: Path) -> None:
    content = bytearray(sample.read_bytes())
    content[8:12] = struct.pack("<I", 99)
    message = str(open_damaged(forged(bytes(content)), tmp_path))
    assert "version 99" in message and "build it again" in message


def test_every_truncation_is_told(sample: Path, tmp_path: Path) -> None:
    content = sample.read_bytes()
    lengths = [*range(0, 600, 7), *range(600, len(content), 997), len(content) - 1]
    for length in lengths:
        open_damaged(content[:length], tmp_path)
    open_damaged(content + b"\0", tmp_path)


@quiet
@given(data=st.data())
def test_every_flipped_byte_is_told(data: st.DataObject, sample: Path, tmp_path: Path) -> None:
    content = bytearray(sample.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    open_damaged(bytes(content), tmp_path)


@quiet
@given(content=st.binary(max_size=400))
def test_random_bytes_after_the_magic_are_told(content: bytes, tmp_path: Path) -> None:
    open_damaged(b"\x89GAZ\r\n\x1a\n" + content, tmp_path)


def test_huge_counts_are_told(sample: Path, tmp_path: Path) -> None:
    content = sample.read_bytes()
    for count in (999, 2**32 - 1):
        changed = content[:12] + struct.pack("<I", count) + content[16:]
        open_damaged(forged(changed), tmp_path)


def ask_everything(opened: Gazetteer) -> None:
    """Every look-up, on names that are there and names that are not."""
    import shapely

    for text in ("Pokrowsk", "Lyman", "Mychajliwka", "Zzz", "Покровськ"):
        opened.lookup(text)
        opened.knows(text)
        opened.begins_name(text)
        opened.search(text + "k", limit=3)
        opened.complete(text[:3])
    opened.nearest(37.2, 48.3, 3)
    opened.within(shapely.box(36, 47, 38, 49))
    for identifier in ("demo:pokrowsk", "register:kswork"):
        if identifier in opened:
            repr(opened[identifier])
    for place in opened:
        place.names  # noqa: B018 - read for its effect
    opened.to_geodataframe()


@settings(parent=quiet, max_examples=150)
@given(data=st.data())
def test_a_forged_file_gives_an_error_or_wrong_answers_but_no_crash(
    data: st.DataObject, sample: Path, tmp_path: Path
) -> None:
    content = bytearray(sample.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(HEADER.size + 4, len(content) - 1))
        content[position] = data.draw(st.integers(0, 255))
    path = tmp_path / "forged.gazetteer"
    path.write_bytes(forged(bytes(content)))
    try:
        ask_everything(Gazetteer.open(path))
    except GazetteerError as error:
        assert "forged.gazetteer" in str(error) or "oblast" in str(error)


def section_of(content: bytes, name: str) -> tuple[int, int]:
    """Offset and length of a section, by the table at the front."""
    count = struct.unpack_from("<I", content, 12)[0]
    for number in range(count):
        entry = struct.unpack_from("<16sQQ", content, 32 + 32 * number)
        if entry[0].rstrip(b"\0") == name.encode():
            return entry[1], entry[2]
    raise AssertionError(name)


@pytest.mark.parametrize(
    "section",
    [
        "key.first", "key.more", "more.end", "more.list", "order", "place.rank", "cell.start",
        "cell.place", "key.at", "names.at", "place.at", "id.at", "kind", "position", "country",
        "oblast", "register.place", "unit.at",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [0xFF, 0x00, 0x7F])
def test_a_forged_section_gives_no_crash(
    section: str, value: int, sample: Path, tmp_path: Path
) -> None:
    content = bytearray(sample.read_bytes())
    offset, length = section_of(bytes(content), section)
    content[offset : offset + length] = bytes([value]) * length
    path = tmp_path / "forged.gazetteer"
    path.write_bytes(forged(bytes(content)))
    try:
        ask_everything(Gazetteer.open(path))
    except GazetteerFileError as error:
        assert "forged.gazetteer" in str(error)


keys = st.lists(st.text("abyц é", min_size=1, max_size=5), min_size=1, max_size=60, unique=True)


@settings(deadline=None)
@given(some=keys, probe=st.text("abyц é", max_size=6), per_block=st.integers(1, 9))
def test_a_key_table_finds_what_a_sorted_list_finds(
    some: list[str], probe: str, per_block: int
) -> None:
    ordered = sorted(some, key=str.encode)
    text, at, heads = pack_keys(ordered, per_block)
    table = KeyTable(b"front" + text + b"back", 5, len(text), at, per_block, heads)
    for candidate in (probe, *ordered):
        expected = ordered.index(candidate) if candidate in ordered else -1
        assert table.find(candidate) == expected
        begins = [number for number, key in enumerate(ordered) if key.startswith(candidate)]
        assert table.has_prefix(candidate) == bool(begins)
        first, last = table.prefix_range(candidate)
        assert list(range(first, last)) == begins
        assert table.lines(first, last) == [ordered[number] for number in begins]
    assert list(table) == ordered
    assert [table.line(number) for number in range(len(ordered))] == ordered
