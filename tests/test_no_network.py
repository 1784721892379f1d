"""No network anywhere: the suite cannot reach it, and frontmap connects to nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Every module, every format, every command; a connection, a message or a look-up of a host ends the
# process with code 97. (urllib3, which Folium imports, tries ::1 to see whether there is IPv6.)
EVERYTHING = """
import os, pkgutil, sys, tempfile
from importlib import import_module
from pathlib import Path

def watch(event, arguments):
    quiet = ("socket.__new__", "socket.bind", "socket.gethostname")
    if event.startswith("socket.") and event not in quiet:
        os.write(2, f"{event} {arguments!r}\\n".encode())
        os._exit(97)

sys.addaudithook(watch)
import frontmap, gazetteer
for package in (frontmap, gazetteer):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name not in ("frontmap.__main__", "frontmap.spacy_component"):
            import_module(module.name)
from frontmap.export import SUFFIXES
from frontmap.geocoder import GazetteerGeocoder
from click.testing import CliRunner
from frontmap.cli import main
folder = Path(tempfile.mkdtemp())
report = frontmap.analyze(Path("examples/01-kupjansk.txt").read_text(encoding="utf-8"))
assert report.claims
for suffix in (*SUFFIXES, ".html"):
    if suffix not in (".pdf", ".png"):
        report.save(folder / f"report{suffix}")
report.map(tiles="osm").get_root().render()
report.to_geodataframe(), report.to_geodataframe("toponyms")
frontmap.read_report(folder / "report.gpkg")
GazetteerGeocoder().geocode("Pokrowsk"), GazetteerGeocoder().reverse((48.28, 37.18))
for line in ("resolve examples/01-kupjansk.txt", "claims examples/01-kupjansk.txt",
             "geocode Pokrowsk", "gazetteer info", f"run examples -o {folder}/run.jsonl"):
    result = CliRunner().invoke(main, line.split())
    assert result.exit_code == 0, (line, result.output)
print("done")
"""


def test_using_everything_connects_to_nothing() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", EVERYTHING],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("done\n")


def test_the_suite_cannot_reach_the_network() -> None:
    # An address of documentation, RFC 5737; nothing is ever sent there.
    with socket.socket() as tried, pytest.raises(RuntimeError, match="a test connects"):
        tried.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="a test looks up"):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_can_be_reached() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            assert client.getpeername() == server.getsockname()
