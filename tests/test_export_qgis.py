"""QGIS' own reader on the GeoPackage: styles load, titles show, every layer is drawn."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from export_samples import REPORT
from shapely import box

from frontmap.control import Control
from frontmap.export import LAYERS, save
from frontmap.style import SIDE_COLOURS, SIDE_LINE_COLOURS

PYTHON = shutil.which("python3", path="/usr/bin:/bin")
SCRIPT = r"""
import json, sys
from qgis.core import *
from qgis.PyQt.QtCore import QSize
app = QgsApplication([], False)
app.initQgis()
found = {}
for name in sys.argv[2:]:
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    renderer = layer.renderer()
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(400, 400))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(QgsRectangle(36.5, 47.8, 38.8, 49.2))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 400) for y in range(0, 400)}
    fields = layer.fields()
    found[name] = {
        "valid": layer.isValid(), "renderer": renderer.type(), "colours": sorted(colours),
        "alias": layer.attributeAlias(fields.indexOf("event")) if "event" in fields.names() else "",
        "types": {field.name(): field.typeName() for field in fields},
        "brushes": [
            rule.symbol().symbolLayer(0).brushStyle() for rule in renderer.rootRule().children()
        ] if name == "claims" else [],
        "labels": layer.labelsEnabled(), "errors": [error.message for error in job.errors()],
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    environment.pop("VIRTUAL_ENV", None)
    try:
        subprocess.run([str(PYTHON), "-c", "import qgis.core"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("QGIS is not installed (Debian: python3-qgis)")
    control = Control.from_polygons(
        {dt.date(2025, 11, 20): box(38.5, 46, 40, 51), dt.date(2025, 11, 27): box(38, 46, 40, 51)},
        territory=box(30, 46, 40, 51),
    )
    path: Path = save(REPORT, tmp_path_factory.mktemp("qgis") / "x.gpkg", control=control)
    done = subprocess.run(
        [str(PYTHON), "-c", SCRIPT, str(path), *LAYERS],
        check=True, capture_output=True, text=True, env=environment, timeout=100,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_qgis_loads_the_styles(seen: dict[str, Any]) -> None:
    assert all(layer["valid"] and not layer["errors"] for layer in seen.values())
    assert {name: layer["renderer"] for name, layer in seen.items()} == {
        "claims": "RuleRenderer",
        "arrows": "RuleRenderer",
        "anchors": "categorizedSymbol",
        "toponyms": "singleSymbol",
        "front_line": "RuleRenderer",
        "control": "RuleRenderer",
    }
    assert set(seen["claims"]["brushes"]) == {1, 12, 0}  # solid, hatched, none
    assert seen["toponyms"]["labels"]


def test_qgis_shows_titles_and_types(seen: dict[str, Any]) -> None:
    assert seen["claims"]["alias"] == "Ereignis"
    types = seen["claims"]["types"]
    assert (types["event_date"], types["count"], types["precision_m"]) == (
        "Date", "Integer64", "Real",
    )  # fmt: skip


def test_qgis_draws_in_the_maps_colours(seen: dict[str, Any]) -> None:
    assert {SIDE_LINE_COLOURS["RU"], SIDE_LINE_COLOURS["UA"]} <= set(seen["claims"]["colours"])
    assert SIDE_LINE_COLOURS["RU"] in seen["arrows"]["colours"]
    assert {SIDE_COLOURS["RU"], SIDE_COLOURS["UA"]} <= set(seen["anchors"]["colours"])
    for name in ("front_line", "control", "toponyms"):
        assert len(seen[name]["colours"]) > 1, f"nothing of {name} was drawn"
