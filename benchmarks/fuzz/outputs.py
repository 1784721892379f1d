"""What must hold of what we write: it parses, nothing of the input is code in it."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import frontmap as fm
from benchmarks.fuzz import inputs, seeds
from benchmarks.fuzz.texts import analysed

__all__ = ["commands", "exports", "geometries", "layers", "pages"]

_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def geometries(chance: random.Random, _: Path) -> None:
    """Any claim away from poles and antimeridian has geometries that are valid or absent."""
    claim = chance.choice(_claims())
    if claim.place is not None:
        claim = replace(
            claim,
            place=replace(
                claim.place,
                lon=chance.choice((0.0, -120.0, 120.0, 37.0)) + chance.random() / 100 - 0.005,
                lat=chance.choice((0.0, -60.0, 60.0, 48.0)) + chance.random() / 100 - 0.005,
                precision_m=chance.choice((0.0, 1.0, 500.0, 5e4, 3e5)),
                extent_m=chance.choice((0.0, 1.0, 500.0, 5e4, 3e5)),
            ),
        )
    claim = replace(
        claim,
        relation=chance.choice(list(fm.Relation)),
        event=chance.choice(list(fm.Event)),
        bearings=tuple(chance.sample(list(fm.Bearing), chance.randrange(4))),
        distance_m=chance.choice((None, 0.0, 1.0, 1e4, 1e6)),
    )
    found = fm.claim_geometry(claim)
    for shape in (found.area, found.arrow, found.anchor):
        assert shape is None or (shape.is_valid and not shape.is_empty), (claim, shape)


@cache
def _claims() -> tuple[fm.Claim, ...]:
    texts = inputs.sentences()[:: max(1, len(inputs.sentences()) // 150)]
    return tuple(claim for text in texts for claim in fm.analyze(text).claims)


def hostile(chance: random.Random) -> fm.Report:
    """A report, mostly with claims, whose every text may be an injection."""
    report = analysed(chance) if chance.random() < 0.3 else chance.choice(seeds.reports())
    oddities = [
        _paired(chance.choice(inputs.FRAGMENTS) + inputs.text_input(chance)[:30]) for _ in range(4)
    ]
    article = replace(
        report.article, title=oddities[0], source=oddities[1], url=oddities[2], id=oddities[3]
    )
    claims = [
        replace(
            claim,
            quote=chance.choice(oddities),
            claimant=chance.choice(oddities),
            actor_text=oddities[0],
            reasons=(oddities[1],),
            article_id=article.id,
            place=claim.place and replace(claim.place, name=oddities[2], name_de=oddities[3]),
        )
        for claim in report.claims
    ]
    return fm.Report(article, report.toponyms, claims)


def _paired(text: str) -> str:
    """Join halves of a letter that stand side by side, which JSON cannot tell from the letter."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def exports(chance: random.Random, folder: Path) -> None:
    """Hostile text passes through the saved form, GeoJSON, KML, CSV and the page's data as text."""
    from frontmap.layers.island import escaped_json
    from frontmap.layers.payload import claims_data
    from frontmap.serialization import dumps, loads

    report = hostile(chance)
    title = inputs.text_input(chance)[:60]
    saved = loads(dumps(report.article, report.toponyms, report.claims))
    assert (saved.article, list(saved.toponyms), list(saved.claims)) == (
        report.article, report.toponyms, report.claims,
    )  # fmt: skip
    island = escaped_json(claims_data(report.claims, [report.article]) | {"title": title})
    assert not set(island) & set("<>&\u2028\u2029")
    assert "{{" not in island.replace("{{}", "") and "{%" not in island and "{#" not in island
    json.loads(island, parse_constant=_refused)
    for shown in (report, *report.claims[:2], *report.toponyms[:2]):
        if hasattr(shown, "_repr_html_"):
            _assert_text_only(shown._repr_html_())
            assert not set("{}") & set(shown._repr_html_())  # folium renders it as a template
    if report.claims and chance.random() < 0.2:
        _files(report, title, chance, folder)


def _files(report: fm.Report, title: str, chance: random.Random, folder: Path) -> None:
    """The report as GeoJSON, KML, CSV, and now and then as a heavier file."""
    from lxml import etree

    from frontmap.export import dumps_geojson
    from frontmap.export.kml import kml
    from frontmap.export.tables import collect

    json.loads(dumps_geojson(report, title=title), parse_constant=_refused)
    tables = collect(
        report, control=None, gazetteer=None, crs="EPSG:4326", language="de", title=title
    )
    root = etree.fromstring(kml(tables).encode())
    names = {etree.QName(element).localname for element in root.iter("{*}*")}
    assert inputs.MARK not in names
    for described in root.iter("{*}description"):
        _assert_text_only(described.text or "")
    path = report.save(folder / "out.csv", layer=chance.choice(("claims", "toponyms")))
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
        for cell in row:
            assert not _FORMULA.match(cell) or _is_number(cell), cell
    suffix = chance.choice((".gpkg", ".fgb", ".kmz", ".xlsx", ".parquet", ".geojsonl", ".shp.zip"))
    if chance.random() < 0.2:
        report.save(folder / f"out{suffix}", title=title)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _refused(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


class _Tags(HTMLParser):
    """The tags of a document and their attributes."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.found += [name for name, _ in attrs]


def _assert_text_only(document: str) -> None:
    """HTML of tables and line breaks only: no attribute, no other tag."""
    allowed = {"table", "caption", "thead", "tbody", "tr", "th", "td", "br", "q"}
    assert set(_Tags(document).found) <= allowed, document


def pages(chance: random.Random, folder: Path) -> None:
    """A page has the same tags whatever the report says."""
    from frontmap.page import page_html

    report = hostile(chance)
    page = page_html(report, title=chance.choice(inputs.FRAGMENTS) + inputs.text_input(chance)[:30])
    assert f"<{inputs.MARK}" not in page
    assert _Tags(page).found == _tags_of_page()


@cache
def _tags_of_page() -> list[str]:
    from frontmap.page import page_html

    return _Tags(page_html(fm.Report(fm.Article(text="Nichts.")))).found


def layers(chance: random.Random, folder: Path) -> None:
    """A Folium map keeps hostile text out of its markup and scripts."""
    report = hostile(chance)
    shown = report.map().get_root().render()
    assert f"<{inputs.MARK}" not in shown
    assert inputs.MARK not in _Tags(shown).found


def commands(chance: random.Random, folder: Path) -> None:
    """Every command ends with a code it documents, and JSON where it says so."""
    from click.testing import CliRunner

    from frontmap.cli import main

    line, printed = chance.choice(_lines(chance, folder))
    done = CliRunner().invoke(
        main, line, input=inputs.text_input(chance).encode("utf-8", "replace")
    )
    unexpected = done.exception is not None and not isinstance(done.exception, SystemExit)
    if unexpected:
        assert done.exception is not None
        raise done.exception
    assert done.exit_code in (0, 1, 2), (line, done.exit_code)
    assert done.exit_code == 0 or done.stderr.strip(), line
    if done.exit_code == 0 and printed:
        documents = [done.stdout] if printed == "JSON" else done.stdout.split("\n")
        for document in documents:
            json.loads(document or "0", parse_constant=_refused)


def _lines(chance: random.Random, folder: Path) -> list[tuple[list[str], str]]:
    """Command lines over hostile files, and whether they print JSON or JSON lines."""
    seed = inputs.text_input(chance).encode("utf-8", "surrogatepass")
    text, word = folder / "report.txt", inputs.text_input(chance)[:40].replace("\x00", "")
    text.write_bytes(inputs.bytes_input(seed, chance) if chance.random() < 0.5 else seed)
    kept = [".jsonl", ".geojsonl"]
    suffix, run = chance.choice([s for s in _ledger_seeds() if s[0] in kept])
    ran = folder / f"ran{suffix}"
    ran.write_bytes(inputs.bytes_input(run, chance, longest=100_000))
    gold = folder / "gold.jsonl"
    gold.write_bytes(inputs.bytes_input(chance.choice(seeds.gold_seeds()), chance))
    area = folder / "control.geojson"
    area.write_bytes(inputs.numbers_input(chance.choice(seeds.control_seeds()), chance))
    path, out = str(text), str(folder / "commanded")
    options = chance.choice(([], ["--published", word], ["--source", word], ["--encoding", word]))
    return [
        (["resolve", path, *options], "lines"),
        (["resolve", "-", "--geojson"], "JSON"),
        (["resolve", path, "--explain"], ""),
        (["resolve", path, "--control", str(area)], "lines"),
        (["claims", path, *options], "lines"),
        (["claims", "-", "--format", "geojson"], "JSON"),
        (["claims", path, "--format", "table"], ""),
        (["export", path, *options], "JSON"),
        (["export", path, "--crs", word], ""),
        (["export", path, "-o", out + ".csv", "--control", str(area), "--title", word], ""),
        (["map", path, "-o", out + ".html", "--title", word, *options], ""),
        (["geocode", "--", word], "lines"),
        (["geocode", "-", "--format", "geojson"], "JSON"),
        (["geocode", "--format", "csv", "--viewbox", word, "Kiew"], ""),
        (["geocode", "--column", word, path, "-o", out + ".csv"], ""),
        (["gazetteer", "search", "--json", "--oblast", word, "--", word], "lines"),
        (["gazetteer", "show", "--", word], ""),
        (["gazetteer", "info", "--gazetteer", path], ""),
        (["evaluate", str(gold), "--json", "--claims"], "JSON"),
        (["evaluate", str(gold), "--errors"], ""),
        (["run", path, str(ran), "-o", out + ".jsonl", "--restart"], ""),
        (["run", path, "-o", out + ".geojsonl", "--column", word, "--restart"], ""),
        (["ledger", str(ran), "--format", "jsonl"], "lines"),
        (["ledger", str(ran), "--format", "markdown", "--place", word], ""),
        (["ledger", str(ran), "--format", "csv"], ""),
        (["ledger", str(ran), "--format", "table", "--control", str(area)], ""),
    ]


@cache
def _ledger_seeds() -> tuple[tuple[str, bytes], ...]:
    return seeds.ledger_seeds()
