"""Faults of disk and process: a file is whole or not there, and the message says what to do."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import frontmap as fm
from frontmap.export import SUFFIXES
from gazetteer import Gazetteer
from gazetteer.format import write

ROOT = Path(__file__).parent.parent
TEXT = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert und Siwersk angegriffen."
FORMATS = (*sorted(set(SUFFIXES) - {".json", ".geojsons", ".zip"}), ".html")

QUICK = (".html", ".gpkg", ".geojson", ".csv", ".kmz", ".fgb", ".shp.zip", ".gazetteer")
OTHERS = (".kml", ".parquet", ".xlsx", ".svg", ".png", ".pdf")
# Writes files of these formats over and over; says so once each is there.
SAVING = """
import sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import frontmap as fm
from gazetteer import Gazetteer
from gazetteer.format import write
report = fm.analyze(sys.argv[2])
some = [match.place for name in ("Torezk", "Lyman") for match in Gazetteer.default().lookup(name)]
while True:
    for suffix in sys.argv[3:]:
        path = Path(sys.argv[1]) / f"out{suffix}"
        write(some, path, expand=False) if suffix == ".gazetteer" else report.save(path)
    print("saved", flush=True)
"""


def is_whole(path: Path) -> bool:
    """Whether a saved file can be read by what it is meant for."""
    content = path.read_bytes()
    name = path.name
    if name.endswith((".zip", ".kmz", ".xlsx")):
        import zipfile

        return zipfile.ZipFile(path).testzip() is None
    if name.endswith(".kml"):
        from lxml import etree

        return etree.fromstring(content) is not None
    if name.endswith(".geojson"):
        import json

        return bool(json.loads(content)["features"])
    if name.endswith((".gpkg", ".fgb", ".parquet")):
        import geopandas

        read = geopandas.read_parquet if name.endswith(".parquet") else geopandas.read_file
        return len(read(path)) > 0
    if name.endswith(".gazetteer"):
        return len(Gazetteer.open(path)) > 1
    ends = {".html": b"</html>", ".svg": b"</svg>", ".pdf": b"%%EOF", ".png": b"IEND\xaeB`\x82"}
    return content.rstrip().endswith(ends.get(path.suffix, b"\n".rstrip())) and content != b""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("suffixes", "share"),
    [(QUICK, 0.1), (QUICK, 0.4), (QUICK, 0.8), (OTHERS, 0.3), (OTHERS, 0.7)],
)
def test_kill_9_while_saving_leaves_whole_files(
    suffixes: tuple[str, ...], share: float, tmp_path: Path
) -> None:
    """End a writer with kill -9 after a share of its round; look at every file."""
    process = subprocess.Popen(
        [sys.executable, "-c", SAVING, str(tmp_path), TEXT, *suffixes],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"saved\n"  # this round also imported packages
        start = time.monotonic()
        assert process.stdout.readline() == b"saved\n"
        time.sleep(share * (time.monotonic() - start))
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    shown = {path.name for path in tmp_path.iterdir() if path.name[0] != "."}
    assert {name for name in shown if not name.endswith(".part")} == {
        f"out{suffix}" for suffix in suffixes
    }
    assert all(is_whole(tmp_path / f"out{suffix}") for suffix in suffixes)


@pytest.fixture(scope="module")
def report() -> fm.Report:
    return fm.analyze(TEXT)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_write_that_fails_half_way_leaves_what_was_there(
    suffix: str, report: fm.Report, tmp_path: Path
) -> None:
    """A limit on the size of files fails as a full disk does: in the middle of the writing."""
    target = tmp_path / f"out{suffix}"
    target.write_bytes(b"what was there")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    try:
        with pytest.raises(fm.ExportError, match=rf"out{suffix}"):
            report.save(target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert target.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [target]


def test_a_gazetteer_on_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "own.gazetteer"
    target.write_bytes(b"what was there")
    some = [match.place for match in Gazetteer.default().lookup("Torezk")]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            write(some, target, expand=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert target.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_folder_that_may_not_be_written_to_is_named(
    suffix: str, report: fm.Report, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(fm.ExportError, match=rf"out{suffix}: cannot be written"):
            report.save(tmp_path / f"out{suffix}")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_folder_under_the_name_is_told(suffix: str, report: fm.Report, tmp_path: Path) -> None:
    (tmp_path / f"out{suffix}").mkdir()
    with pytest.raises(fm.ExportError, match="is a directory"):
        report.save(tmp_path / f"out{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"out{suffix}"]


def test_a_link_is_replaced_and_never_followed(report: fm.Report, tmp_path: Path) -> None:
    """A prepared link cannot make a run write over another file."""
    precious = tmp_path / "precious.txt"
    precious.write_bytes(b"precious")
    for suffix in (".geojson", ".html", ".csv"):
        link = tmp_path / f"out{suffix}"
        link.symlink_to(precious)
        report.save(link)
        assert precious.read_bytes() == b"precious"
        assert not link.is_symlink()


def test_a_member_of_an_archive_is_not_unpacked_to_disk(tmp_path: Path) -> None:
    import zipfile

    from frontmap.corpus import find_documents

    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("../../evil.txt", TEXT)
        made.writestr("/etc/evil.txt", TEXT)
    documents = list(find_documents(archive))
    assert [document.read().text for document in documents] == [TEXT, TEXT]
    assert list(tmp_path.iterdir()) == [archive] and not (tmp_path.parent / "evil.txt").exists()


# package -> (extra that the message names, what is called without it)
EXTRAS = {
    "matplotlib": ("plot", "report.plot()"),
    "openpyxl": ("excel", "report.save(folder / 'x.xlsx')"),
    "pyarrow": ("parquet", "report.save(folder / 'x.parquet')"),
    "pyarrow ": ("parquet", "list(find_documents(write('x.parquet')))"),
    "pyarrow  ": ("parquet", "run([write('x.txt')], folder / 'x.parquet')"),
    "warcio": ("corpora", "list(find_documents(write('x.warc')))"),
    "spacy": ("spacy", "import_module('frontmap.spacy_component')"),
}


@pytest.mark.parametrize("package", EXTRAS)
def test_a_missing_package_names_the_extra(
    package: str, report: fm.Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    from frontmap.corpus import find_documents, run

    extra, call = EXTRAS[package]
    for name in [name for name in sys.modules if name.split(".")[0] == package.strip()]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package.strip(), None)
    monkeypatch.delitem(sys.modules, "frontmap.spacy_component", raising=False)

    def made(name: str) -> Path:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
        return tmp_path / name

    known = {
        "report": report, "folder": tmp_path, "find_documents": find_documents, "run": run,
        "write": made, "import_module": import_module,
    }  # fmt: skip
    with pytest.raises(fm.MissingExtraError, match=rf"pip install 'frontmap\[{extra}\]'"):
        eval(call, known)  # the table above, nothing from outside
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".partial")]
