"""Pictures of reports: SVG, PNG, PDF, and the figure with its legend."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from xml.etree import ElementTree

import pytest
from export_samples import (
    ARTICLE,
    KRAMATORSK,
    REPORT,
    hostile_report,
    make_claim,
    make_control,
)

from frontmap.claims import Event, Side
from frontmap.export import plot, save
from frontmap.report import Report
from frontmap.style import label


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_pictures(tmp_path: Path, suffix: str) -> None:
    control = make_control()
    path = save(REPORT, tmp_path / f"x{suffix}", control=control, title="Lage $x$ {{7*7}}")
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    start = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(start)
    if suffix == ".svg":
        again = save(REPORT, tmp_path / "y.svg", control=control, title="Lage $x$ {{7*7}}")
        assert path.read_bytes() == again.read_bytes()


def test_a_picture_with_odd_texts(tmp_path: Path) -> None:
    report = hostile_report()
    report = dataclasses.replace(report, claims=report.claims[:3])
    save(report, tmp_path / "x.svg", title="\ud800 $ & < {{7*7}}")
    assert ElementTree.parse(tmp_path / "x.svg").getroot().tag.endswith("svg")


def test_the_figure_lists_what_is_on_it() -> None:
    figure = plot(REPORT, language="en", title="Situation")
    words = [text.get_text() for text in figure.axes[1].get_legend().get_texts()]
    assert {"Russia", "Ukraine", "advance", "repelled attack", "strike"} <= set(words)
    assert "fighting" not in words  # its place is not known, so it is not on the map
    assert "not established facts" in figure.axes[0].get_xlabel()
    empty = plot([])
    assert empty.axes[1].get_legend() is None


def test_the_figure_lists_the_sides_that_act() -> None:
    claims = [
        make_claim("1", Event.CLASH, None),
        make_claim("2", Event.ADVANCE, Side.UA, place=KRAMATORSK),
    ]
    figure = plot(Report(ARTICLE, [], claims))
    words = {text.get_text() for text in figure.axes[1].get_legend().get_texts()}
    assert {label("side", "unknown", "de"), label("side", "UA", "de")} <= words
    assert label("side", "RU", "de") not in words
