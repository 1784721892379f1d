"""Claims into PostGIS and back, through geopandas alone.

Run where a PostGIS is: either ``FRONTMAP_POSTGIS`` names one (an SQLAlchemy URL), or Debian's
packages ``postgresql`` and ``postgis`` are installed, and a server of its own is started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
from export_samples import ARTICLE, CLAIMS

from frontmap.frames import claims_from_geodataframe, claims_to_geodataframe

sqlalchemy = pytest.importorskip("sqlalchemy")
pytest.importorskip("geoalchemy2")
pytest.importorskip("psycopg")


def programs() -> Path | None:
    """The directory of initdb and pg_ctl, where PostGIS is installed beside them."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        version = found.parts[-3]
        if Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
            return found.parent
    return None


def as_postgres(*command: str | Path) -> None:
    """Run a program of PostgreSQL, which refuses to be run by root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")


@pytest.fixture(scope="module")
def engine() -> Iterator[object]:
    url = os.environ.get("FRONTMAP_POSTGIS")
    if url:
        yield sqlalchemy.create_engine(url)
        return
    directory = programs()
    if directory is None:
        pytest.skip("no PostGIS here (Debian: postgresql and postgis) and none in FRONTMAP_POSTGIS")
    folder = Path(tempfile.mkdtemp(prefix="frontmap-postgis-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    try:
        as_postgres(directory / "initdb", "-D", data, "-U", "frontmap", "-A", "trust", "-E", "UTF8")
        as_postgres(directory / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log",
                    "start")  # fmt: skip
        made = sqlalchemy.create_engine(
            f"postgresql+psycopg://frontmap@/postgres?host={folder}",
            poolclass=sqlalchemy.pool.NullPool,
        )
        with made.begin() as connection:
            connection.execute(sqlalchemy.text("CREATE EXTENSION postgis"))
        try:
            yield made
        finally:
            as_postgres(directory / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_claims_in_postgis(engine: object) -> None:
    table = claims_to_geodataframe(CLAIMS, ARTICLE, geometry="best")
    table.to_postgis("claims", engine, if_exists="replace", index=False)
    found = geopandas.read_postgis("SELECT * FROM claims ORDER BY id", engine, geom_col="geometry")
    assert claims_from_geodataframe(found) == claims_from_geodataframe(table)
    assert found.crs.to_epsg() == 4326
    for mine, theirs in zip(table.geometry, found.geometry, strict=True):
        assert (mine is None and theirs is None) or mine.equals(theirs)


def test_the_database_measures_as_frontmap_does(engine: object) -> None:
    table = claims_to_geodataframe(CLAIMS, ARTICLE)
    table.to_postgis("claims", engine, if_exists="replace", index=False)
    query = sqlalchemy.text(
        "SELECT ST_Area(geometry::geography) FROM claims WHERE id = 'c2'"  # a disc of 4 km
    )
    with engine.connect() as connection:  # type: ignore[attr-defined]
        (area,) = connection.execute(query).one()
    assert area == pytest.approx(3.14159 * 4_000**2, rel=0.005)
