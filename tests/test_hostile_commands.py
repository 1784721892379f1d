"""Every command as a hostile user calls it: one line that names the input, and exit code 2.

The commands stand in ``cases/hostile_commands.tsv``.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontmap.cli import main

ROOT = Path(__file__).parent.parent
CASES = [
    line.split("\t")
    for line in (ROOT / "tests/cases/hostile_commands.tsv").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]
SENTENCE = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert. "
POLYGON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[0, 0], [%s, 1], [1, 1], [0, 0]]]}}]}'
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of hostile files."""
    folder = tmp_path_factory.mktemp("hostile")
    passage = '{"text": "Kiew.", "toponyms": %s, "claims": %s}\n'
    spot = '[{"start": 0, "end": 4, "geonameid": %s}]'
    files = {
        "ok.txt": SENTENCE.encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n\t",
        "zeros.bin": bytes(5000),
        "random.bin": random.Random(1).randbytes(5000),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(200),
        "nested.html": b"<html><body>" + b"<div>" * 100_000 + b"Kiew" + b"</div>" * 100_000,
        "no-names.csv": b"a;b\n1;2\n",
        "nothing.geojson": b'{"type": "FeatureCollection", "features": []}',
        "outside-2025-11-27.geojson": (POLYGON % "1e300").encode(),
        "nan-2025-11-27.geojson": (POLYGON % "NaN").encode(),
        "deep.jsonl": b"[" * 200_000,
        "number.jsonl": (passage % (5, "[]")).encode(),
        "words.jsonl": (passage % (spot % '"abc"', "[]")).encode(),
        "endless.jsonl": (passage % (spot % "1e400", "[]")).encode(),
        "claims.jsonl": (passage % ("[]", '["x"]')).encode(),
        "foreign.jsonl.partial": b"hello\n",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(30 * 2**20)
    for name in ("folder", "folder.html", "empty"):
        (folder / name).mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "damaged.jsonl.partial").write_bytes(journal_head(folder) + b"not JSON\n")
    return folder


def journal_head(folder: Path) -> bytes:
    """The first line of the journal that an interrupted `frontmap run` leaves."""
    from frontmap.corpus import run as run_corpus

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    target = folder / "interrupted.jsonl"
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.chdir(folder)
        run_corpus(["ok.txt"], target, progress=stop)
    left = target.with_name(target.name + ".partial")
    head = left.read_bytes().splitlines(keepends=True)[0]
    left.unlink()
    return head


def run(line: str, folder: Path) -> tuple[int, str]:
    """Call a command in a folder; its exit code and what it said."""
    words = [
        word.replace("\\0", "\0").replace("\\n", "\n").replace("{long}", "x" * 5000)
        for word in line.split(" ")
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, words, input=b"")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize(("line", "named"), CASES, ids=[line for line, _ in CASES])
def test_command_ends_with_one_line(line: str, named: str, hostile: Path) -> None:
    before = sorted(path.name for path in hostile.iterdir())
    code, output = run(line, hostile)
    assert code == 2, output
    said = [shown for shown in output.splitlines() if not shown.startswith(("Usage:", "Try "))]
    said = [shown for shown in said if shown]
    assert len(said) == 1 and said[0].startswith("Error: "), output
    assert named.replace("\\\\", "\\") in said[0]
    assert len(said[0]) < 1000 and said[0].isprintable()
    assert sorted(path.name for path in hostile.iterdir()) == before, "a file was left"


def started(words: list[str], folder: Path, **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "frontmap", *words],
        cwd=folder, env=environment, stderr=subprocess.PIPE, **options,  # type: ignore[call-overload]
    )  # fmt: skip


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(SENTENCE * 2000, encoding="utf-8")
    process = started(["resolve", "long.txt"], tmp_path, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    assert process.wait() == 141 and said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "command", ["resolve ok.txt", "claims ok.txt --format table", "export ok.txt"]
)
def test_a_full_disk_under_standard_output_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(SENTENCE, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        process = started(command.split(), tmp_path, stdout=full)
        said = process.communicate()[1].decode()
    assert process.returncode == 2
    assert "No space left" in said and "Traceback" not in said and said.count("\n") == 1


def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    process = started(["claims", "-"], tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    loaded = Path(f"/proc/{process.pid}/maps")
    while loaded.exists() and ".gazetteer" not in loaded.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)  # until it waits for the report: the gazetteer is open
    if not loaded.exists():
        time.sleep(5)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1].decode()
    assert process.returncode == 130 and said.strip() == "Interrupted."
