"""The pictures of README and documentation, made anew: ``make pictures``.

They show the sample reports in ``examples/``, which are invented. Needs Debian's Chromium,
playwright and matplotlib; QGIS' picture is made where Debian's python3-qgis is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import frontmap as fm

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
RELATIONS = (
    "Russische Truppen rückten bei Lyman vor. "
    "Sie griffen zwischen Siwersk und Bachmut an. "
    "Westlich von Tschassiw Jar rückten russische Truppen vor. "
    "Russische Truppen stießen in Richtung Kramatorsk vor."
)
QGIS = r"""
import sys
from qgis.core import *
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
app = QgsApplication([], False)
app.initQgis()
layers = [QgsVectorLayer(f"{sys.argv[1]}|layername={n}", n, "ogr")
          for n in ("toponyms", "arrows", "anchors", "claims")]
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setBackgroundColor(QColor("#fcfbf8"))
settings.setOutputSize(QSize(1000, 700))
settings.setDestinationCrs(layers[0].crs())
extent = layers[-1].extent()
extent.scale(1.15)
settings.setExtent(extent)
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
"""


def pages(folder: Path) -> None:
    """The demo as a reader sees it, and one report with a claim opened."""
    from playwright.sync_api import sync_playwright

    reports = [fm.analyze(fm.read(path)) for path in EXAMPLES]
    fm.save_reports(reports, folder / "demo.html", title="frontmap: Beispielmeldungen")
    reports[1].save(folder / "one.html")
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        shoot(browser, folder / "demo.html", "demo.png", 1400, 900)
        shoot(browser, folder / "one.html", "claim.png", 1200, 760, opened="Tschassiw Jar")
        browser.close()


def shoot(
    browser: Any, page: Path, name: str, width: int, height: int, opened: str | None = None
) -> None:
    """Open a page, and a claim by words of its entry in the list, and take the picture."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    visit = context.new_page()
    visit.goto(page.as_uri())
    visit.wait_for_selector("html[data-ready=true]", timeout=60_000)
    if opened:
        visit.locator(".fm-item", has_text=opened).first.click()
    visit.wait_for_timeout(1500)
    visit.screenshot(path=str(IMAGES / name))
    context.close()


def relations() -> None:
    """How the words before a place become areas."""
    figure = fm.analyze(RELATIONS).plot(title="bei, zwischen, westlich von, in Richtung")
    figure.savefig(IMAGES / "relations.png", dpi=90, metadata={"Software": None})


def qgis(folder: Path) -> None:
    """A GeoPackage in QGIS, with the styles it brings."""
    python = shutil.which("python3", path="/usr/bin:/bin")
    if python is None:
        print("no QGIS here: qgis.png is left as it is")
        return
    fm.analyze(fm.read(EXAMPLES[1])).save(folder / "claims.gpkg")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    command = [python, "-c", QGIS, folder / "claims.gpkg", IMAGES / "qgis.png"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if "No module named 'qgis'" in done.stderr:
        print("no QGIS here: qgis.png is left as it is")
    elif done.returncode > 0:
        sys.exit(done.stderr)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        relations()
        qgis(Path(made))
        pages(Path(made))
    print(*sorted(path.name for path in IMAGES.glob("*.png")))
