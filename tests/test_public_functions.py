"""Every public function: any input of its kind gives a result or an error in words.

`CALLS` names them all, with arguments drawn at random; what else is public and a function stands in
`ELSEWHERE` with the module that tests it. A function that is in neither fails the last test.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import io
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frontmap as fm
from frontmap import corpus, evaluation, export, frames, geometry, layers, ledger, page, style
from frontmap.geocoder import GazetteerGeocoder
from frontmap.recognition import recognizer_for
from frontmap.sentences import split_sentences
from frontmap.serialization import dumps, from_dict, loads, loads_claims, to_dict
from gazetteer import Gazetteer, GazetteerError, Kind, Place

relaxed = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))

PIECES = (
    "Russische Truppen haben Torezk erobert.", "Pokrowsk", "Oblast Donezk", "Lyman", "Torezk, ",
    "27.11.2025", "\x00", "\ud800", "\u202e", "{{7*7}}", "<script>", "=1+1", "'", '"', "\n", " ",
    ",", "*", "[", "\\", "/", "..", "%s", "🇺🇦", "İ", "ß", "9" * 30, "48.28, 37.18", "a" * 300,
    "nicht ",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=60)
BYTES = st.binary(max_size=200) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
NUMBER = st.floats() | st.integers(-400, 400).map(float) | st.integers(-(10**30), 10**30)
COUNT = st.integers(-3, 50)
DATE = st.dates() | TEXT
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
NEEDED = ("id", "event", "relation", "modality", "quote", "start", "end")
REPORTS = st.builds(fm.analyze, TEXT)
SUFFIX = st.sampled_from([".geojson", ".csv", ".kml", ".jsonl", ".txt", ".md", "", ".html"])


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp())


def file(content: bytes, suffix: str = ".jsonl") -> Path:
    path = folder() / f"input{suffix}"
    path.write_bytes(content)
    return path


@cache
def book() -> Gazetteer:
    return Gazetteer.default()


@cache
def control() -> fm.Control:
    square = [[37.0, 48.0], [38.0, 48.0], [38.0, 49.0], [37.0, 49.0], [37.0, 48.0]]
    from shapely import Polygon

    return fm.Control.from_polygons({dt.date(2025, 11, 27): Polygon(square)})


def within(box: Any, kind: str) -> Any:
    import shapely

    return book().within(shapely.box(*box), kinds=kind or None)


@cache
def found() -> ledger.Ledger:
    return ledger.Ledger.from_reports([fm.analyze(PIECES[0])])


CALLS: dict[str, tuple[Callable[..., Any], tuple[st.SearchStrategy[Any], ...]]] = {
    "frontmap.read": (fm.read, (BYTES | BYTES.map(io.BytesIO) | TEXT.map(io.StringIO) | TEXT,)),
    "frontmap.Article.from_text": (
        lambda text, title, day: fm.Article.from_text(text, title=title, published=day),
        (TEXT, TEXT, DATE),
    ),
    "frontmap.recognize": (
        lambda text, metonyms: fm.recognize(text, metonyms=metonyms), (TEXT, st.booleans()),
    ),
    "frontmap.recognition.recognizer_for": (
        lambda text: list(recognizer_for(book()).mentions(text)), (TEXT,),
    ),
    "frontmap.resolve": (
        lambda text, threshold: fm.resolve(text, threshold=threshold), (TEXT, NUMBER),
    ),
    "frontmap.extract_claims": (fm.extract_claims, (TEXT,)),
    "frontmap.analyze": (lambda text, part: fm.analyze(text, threshold=part), (TEXT, NUMBER)),
    "frontmap.analyze_many": (lambda data, suffix: list(fm.analyze_many(file(data, suffix))), (
        BYTES, st.sampled_from([".txt", ".jsonl", ".csv", ".xml", ".zip", ".json", ".parquet"]))),
    "frontmap.corpus.find_documents": (
        lambda data, name: list(corpus.find_documents(file(data), columns={name: name})),
        (BYTES, TEXT | st.just("text")),
    ),
    "frontmap.corpus.analyze_documents": (
        lambda key, text, day: list(
            corpus.analyze_documents([corpus.Document(key, content=text, published=day)])
        ),
        (TEXT, TEXT | BYTES, DATE),
    ),
    "frontmap.corpus.analyze_partition": (
        lambda rows: corpus.analyze_partition(table(rows)),
        (st.lists(st.dictionaries(st.sampled_from(["text", "date", "id"]), JSON), max_size=3),),
    ),
    "frontmap.corpus.analyze_partitions": (
        lambda rows: list(corpus.analyze_partitions([table(rows)])),
        (st.lists(st.dictionaries(st.sampled_from(["text", "date", "id"]), TEXT), max_size=3),),
    ),
    "frontmap.corpus.run": (
        lambda data: corpus.run(file(data), folder() / "out.jsonl", restart=True), (BYTES,),
    ),
    "frontmap.claim_geometry": (
        lambda report: [fm.claim_geometry(claim) for claim in report.claims], (REPORTS,),
    ),
    "frontmap.geometry.claim_geometries": (
        lambda report: list(geometry.claim_geometries(report.claims)), (REPORTS,),
    ),
    "frontmap.claim_layers": (lambda report: fm.claim_layers(report.claims), (REPORTS,)),
    "frontmap.layers.build_map": (
        lambda report, language: layers.build_map(report, language=language),
        (REPORTS, TEXT | st.sampled_from(["de", "uk", "en"])),
    ),
    "frontmap.page.page_html": (
        lambda report, title: page.page_html(report, title=title), (REPORTS, TEXT),
    ),
    "frontmap.read_report": (
        lambda data, suffix: fm.read_report(file(data, suffix)), (BYTES, SUFFIX),
    ),
    "frontmap.read_reports": (
        lambda data, suffix: fm.read_reports(file(data, suffix)),
        (BYTES, SUFFIX | st.just(".gpkg")),
    ),
    "frontmap.save_reports": (
        lambda report, title, suffix: fm.save_reports(
            [report], folder() / f"o{suffix}", title=title
        ),
        (REPORTS, TEXT, SUFFIX),
    ),
    "frontmap.export.save": (
        lambda report, crs, suffix: export.save(report, folder() / f"o{suffix}", crs=crs),
        (REPORTS, TEXT | st.just("EPSG:3857"), SUFFIX),
    ),
    "frontmap.export.dumps_geojson": (
        lambda report, layer: export.dumps_geojson(report, layer=layer),
        (REPORTS, st.none() | TEXT | st.sampled_from(export.LAYERS)),
    ),
    "frontmap.export.read_csv": (lambda data: export.read_csv(file(data, ".csv")), (BYTES,)),
    "frontmap.export.read_saved": (
        lambda data, suffix: export.read_saved(file(data, suffix)), (BYTES, SUFFIX),
    ),
    "frontmap.frames.claims_to_geodataframe": (
        lambda report: frames.claims_to_geodataframe(report.claims, report.article), (REPORTS,),
    ),
    "frontmap.frames.toponyms_to_geodataframe": (
        lambda report: frames.toponyms_to_geodataframe(report.toponyms, report.article), (REPORTS,),
    ),
    "frontmap.frames.claims_from_geodataframe": (
        lambda row: frames.claims_from_geodataframe(table([dict.fromkeys(NEEDED, 1) | row])),
        (st.dictionaries(st.sampled_from([column.name for column in frames.CLAIM_COLUMNS]), JSON),),
    ),
    "frontmap.evaluation.load_gold": (lambda data: evaluation.load_gold(file(data)), (BYTES,)),
    "frontmap.sentences.split_sentences": (split_sentences, (TEXT,)),
    "frontmap.serialization.loads": (loads, (TEXT,)),
    "frontmap.serialization.dumps": (
        lambda report: dumps(report.article, report.toponyms, report.claims), (REPORTS,),
    ),
    "frontmap.serialization.from_dict": (
        from_dict, (st.sampled_from([Place, fm.Claim, fm.Article, fm.Mention]), JSON),
    ),
    "frontmap.serialization.loads_claims": (
        lambda claims, places: loads_claims({"claims": claims, "places": places}, {}), (JSON, JSON),
    ),
    "frontmap.serialization.to_dict": (
        lambda title: to_dict(fm.Article("x", title=title)), (TEXT,),
    ),
    "frontmap.style.claim_style": (
        lambda report: [style.claim_style(claim) for claim in report.claims], (REPORTS,),
    ),
    "frontmap.style.side_colour": (
        style.side_colour, (st.none() | st.sampled_from(list(fm.Side)),),
    ),
    "frontmap.Control.read": (
        lambda data, day: fm.Control.read(file(data, ".geojson"), date=day), (BYTES, DATE),
    ),
    "frontmap.Control.side_at": (
        lambda x, y, day: control().side_at(x, y, day), (NUMBER, NUMBER, st.dates()),
    ),
    "frontmap.Control.area": (lambda side, day: control().area(side, day), (
        st.sampled_from(list(fm.Side)), st.dates())),
    "frontmap.Control.front_line": (lambda day: control().front_line(day), (st.dates(),)),
    "frontmap.Control.gains": (
        lambda day, other: control().gains(day, other), (st.dates(), st.dates()),
    ),
    "frontmap.Ledger.read": (lambda data: ledger.Ledger.read([file(data)]), (BYTES,)),
    "frontmap.Ledger.read, GeoJSON lines": (
        lambda data: ledger.Ledger.read([file(data, ".geojsonl")]), (BYTES,),
    ),
    "frontmap.Ledger.at": (lambda place: found().at(place), (TEXT,)),
    "gazetteer.Gazetteer.open": (lambda data: Gazetteer.open(file(data, ".gazetteer")), (BYTES,)),
    "gazetteer.Gazetteer.lookup": (lambda name: book().lookup(name), (TEXT,)),
    "gazetteer.Gazetteer.search": (
        lambda name, limit, fuzzy: book().search(name, limit=limit, fuzzy=fuzzy),
        (TEXT, COUNT, st.booleans()),
    ),
    "gazetteer.Gazetteer.complete": (
        lambda name, limit: book().complete(name, limit=limit), (TEXT, COUNT),
    ),
    "gazetteer.Gazetteer.nearest": (
        lambda lon, lat, k: book().nearest(lon, lat, k), (NUMBER, NUMBER, COUNT),
    ),
    "gazetteer.Gazetteer.within": (
        within, (st.tuples(*[NUMBER] * 4), TEXT),
    ),
    "gazetteer.Gazetteer.filters": (
        lambda name, oblast, kind: book().lookup(name, oblast=oblast, kinds=kind),
        (TEXT, TEXT, st.sampled_from(list(Kind)) | TEXT),
    ),
    "gazetteer.Gazetteer.__getitem__": (lambda name: book().knows(name) or name in book(), (TEXT,)),
    "frontmap.geocoder.GazetteerGeocoder.geocode": (
        lambda query, limit: GazetteerGeocoder().geocode(query, exactly_one=False, limit=limit),
        (TEXT, COUNT),
    ),
    "frontmap.geocoder.GazetteerGeocoder.reverse": (
        lambda lat, lon: GazetteerGeocoder().reverse((lat, lon)), (NUMBER, NUMBER),
    ),
}  # fmt: skip
ELSEWHERE = {
    "frontmap.evaluation.evaluate_toponyms": "test_evaluation_toponyms.py",
    "frontmap.export.plot": "test_export.py",
    "frontmap.page.save_page": "test_page_saving.py",
    "frontmap.corpus.partition_columns": "test_corpus_partitions.py",
    "frontmap.corpus.partition_geometries": "test_corpus_partitions.py",
    "frontmap.corpus.spark_schema": "test_corpus_partitions.py",
    "frontmap.style.label": "test_export_style.py",
    "frontmap.style.labels": "test_export_style.py",
}
PACKAGES = (
    "frontmap", "frontmap.article", "frontmap.claims", "frontmap.control", "frontmap.corpus",
    "frontmap.evaluation", "frontmap.export", "frontmap.frames", "frontmap.geocoder",
    "frontmap.geometry", "frontmap.layers", "frontmap.ledger", "frontmap.page",
    "frontmap.recognition", "frontmap.resolution", "frontmap.sentences", "frontmap.serialization",
    "frontmap.style", "gazetteer",
)  # fmt: skip


def table(rows: list[dict[str, Any]]) -> Any:
    import pandas

    return pandas.DataFrame(rows, dtype=object)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.filterwarnings("ignore")
def test_anything_gives_a_result_or_an_error_in_words(name: str) -> None:
    function, arguments = CALLS[name]

    @relaxed
    @given(st.tuples(*arguments))
    def hold(drawn: tuple[Any, ...]) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                function(*drawn)
        except (fm.FrontmapError, GazetteerError, ValueError) as error:
            assert not isinstance(error, UnicodeError), error
            assert str(error).strip()

    hold()


def test_every_public_function_is_here() -> None:
    called = {function for name in (*CALLS, *ELSEWHERE) if (function := _named(name))}
    missing = set()
    for package in PACKAGES:
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isroutine(value) and value not in called:
                missing.add(f"{package}.{name}")
    assert not missing
    tests = Path(__file__).parent
    for name, module_name in ELSEWHERE.items():
        assert name.rpartition(".")[2] in (tests / module_name).read_text(encoding="utf-8")


def _named(name: str) -> Any:
    package, _, function = name.partition(",")[0].rpartition(".")
    try:
        return getattr(importlib.import_module(package), function, None)
    except ImportError:
        return None  # a method
