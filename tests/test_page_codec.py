"""Encoded lines: what Python writes, Python and the page's script read the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap.basemap.codec import ALPHABET, SCALE, decode_line, encode_line, encode_lines
from frontmap.layers.assets import asset
from frontmap.layers.columns import decode_column, encode_column

POINTS = st.lists(
    st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000)), max_size=30
).map(lambda points: [(x / SCALE, y / SCALE) for x, y in points])


@given(POINTS)
def test_reads_back_to_a_ten_thousandth_degree(points):
    assert decode_line(encode_line(points, keep_repeated=True)) == points


@given(POINTS)
def test_repeated_points_are_written_once(points):
    found = decode_line(encode_line(points))
    assert all(one != other for one, other in pairwise(found))
    assert found == [
        point for index, point in enumerate(points) if index == 0 or point != points[index - 1]
    ]


@settings(deadline=None)  # the first example imports numpy
@given(st.lists(POINTS.filter(bool), max_size=6))
def test_many_lines_at_once_are_the_same_as_one_by_one(lines):
    points = [point for line in lines for point in line]
    found = encode_lines(points, [len(line) for line in lines])
    assert found == [encode_line(line) for line in lines]


@given(POINTS)
def test_needs_no_escaping(points):
    assert set(encode_line(points)) <= set(ALPHABET)


@pytest.mark.parametrize("text", ["A", "AAA", "g", "A{"])
def test_damage_is_noticed(text):
    with pytest.raises(ValueError, match=r"cut off|alphabet"):
        decode_line(text)


NUMBERS = st.lists(st.integers(-1, 2**31 - 2), max_size=40)


@settings(deadline=None)
@given(NUMBERS)
def test_columns_read_back(numbers):
    assert decode_column(encode_column(numbers)) == numbers


@given(NUMBERS)
def test_columns_need_no_escaping(numbers):
    assert set(encode_column(numbers)) <= set(ALPHABET)


def _in_node(expression: str) -> Any:
    script = f"{asset('decode.js')}\nconsole.log(JSON.stringify({expression}));"
    command = ["node", "--input-type=module", "-e", script]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(found.stdout)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_pages_script_reads_the_same():
    points = [(37.177, 48.28), (37.1771, 48.2799), (-180.0, -90.0), (180.0, 90.0), (0.0, 0.0)]
    numbers = _in_node(f"[...decodeDegrees({encode_line(points)!r})]")
    assert list(zip(numbers[::2], numbers[1::2], strict=True)) == points
    for column in ([], [-1, 0, 62, 63, 4095, 4096], [5], [2**31 - 2, -1]):
        for written in (column, encode_column(column)):
            assert _in_node(f"[...decodeColumn({written!r})]") == column


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_quick_projection_is_mercators_to_a_hundredth_of_a_pixel():
    found = _in_node(
        "Array.from({ length: 4000 }, (_, index) => 430000 + ((index * 7919) % 110000))"
        ".map((lat) => [worldY(lat), world(0, lat / 10000)[1]])"
    )
    closest = 256 * 2**14  # pixels of the world at the closest view
    assert max(abs(quick - exact) for quick, exact in found) * closest < 0.01


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_lines_lie_where_their_points_do():
    points = [(22.1, 44.4), (40.3, 52.4), (30.0, 44.4), (30.0001, 52.3999)]
    found = _in_node(f"[...decodeLine({encode_line(points)!r}).points]")
    exact = _in_node(f"{json.dumps(points)}.flatMap(([lon, lat]) => world(lon, lat))")
    assert found == pytest.approx(exact, abs=1e-9)
