"""Decompression bombs, billion laughs, endless lines: refused in words, in bounded memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is limited and told as Linux does"
)
BOMB = "decompression bomb"
# What is said of each; of "" only that memory held: what could be read of it was.
SAID = {
    "overlapping.zip": BOMB,
    "laughs.rss": "no item",
    "quadratic.rss": "no item",
    "siblings.rss": "no item",
    "deep.rss": "no item",
    "laughs.kml": "cannot be read",
    "laughs.gml": "no polygon",
    "20251127.zip": "unpacks to 2,147,483,648 bytes",
    "20251127.kmz": "cannot be read",
    "nested.geojson": "nested",
    "laughs.osm": "entities are not supported",
    "nested.json": "recursion depth",
    "line.jsonl.gz": BOMB,
    "blank.jsonl.gz": "empty lines in a row",
    "member.zip": "larger than",
    "liar.zip": "cannot be unpacked",
    "table.zip": BOMB,
    "lying table.zip": "cannot be unpacked",
    "UA.zip": "line 1: longer than",
    "UA.txt.gz": "line 1: longer than",
    "line.csv": "the row is longer than",
    "line.jsonl": "the line is longer than",
    "text.txt": "larger than",
    "text.html": "larger than",
    "sparse.json": "larger than",
    "sparse.gazetteer": "cannot be read",
    "sparse.warc": "header of a record does not end",
    "headers.warc.gz": "header of a record does not end",
    "bomb.warc.gz": "",
    "rows.parquet": "",
    "ledger of rows.parquet": "cannot be read as Parquet",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of each bomb, read in one process whose memory is limited."""
    for package in ("warcio", "osmium", "pyarrow"):
        pytest.importorskip(package)
    script = Path(__file__).with_name("bombs.py")
    paths = os.pathsep.join(filter(None, (str(script.parents[1]), os.environ.get("PYTHONPATH"))))
    result = subprocess.run(
        [sys.executable, str(script), str(tmp_path_factory.mktemp("bombs"))],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(line) for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", SAID)
def test_bombs_are_refused_in_bounded_memory(name: str, outcomes: dict[str, str]) -> None:
    assert not outcomes[name].startswith("crashed"), outcomes[name]
    assert SAID[name] in outcomes[name]


def test_every_bomb_is_named_here(outcomes: dict[str, str]) -> None:
    assert set(outcomes) == set(SAID)
