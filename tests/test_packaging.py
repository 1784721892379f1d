"""The wheel stands on its own: built, installed into an empty environment, used from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.packaging


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_wheel_holds_both_packages_with_their_data_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "frontmap/py.typed",
        "gazetteer/py.typed",
        "gazetteer/data/default.gazetteer",
        "gazetteer/data/ATTRIBUTION.md",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.startswith("frontmap/lexicons/claims/") for name in names)
    assert not any(name.startswith(("tests", "shared", "build")) for name in names)


def test_compiled_gazetteer_takes_at_most_6_mb_of_the_wheel(wheel: Path) -> None:
    data = [i for i in zipfile.ZipFile(wheel).infolist() if i.filename.startswith("gazetteer/data")]
    assert sum(info.compress_size for info in data) <= 6_000_000


def test_installed_wheel_draws_a_map_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    binaries = environment / "bin"
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    example = next((ROOT / "examples").glob("01*.txt"))
    out = tmp_path / "map.html"
    said = run(binaries / "frontmap", "map", example, "-o", out, cwd=tmp_path)
    assert "claims at" in said
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    origin = run(
        binaries / "python", "-c", "import frontmap; print(frontmap.__file__)", cwd=tmp_path
    )
    assert str(environment) in origin
