"""Every public function with arguments it takes, and for each name of an argument what is wrong."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pandas
from shapely import box

import frontmap as fm
from frontmap import corpus, evaluation, export, frames, geometry, layers, ledger, page, style
from frontmap.geocoder import GazetteerGeocoder
from frontmap.recognition import recognizer_for
from frontmap.sentences import split_sentences
from frontmap.serialization import dumps, from_dict, loads, loads_claims, to_dict
from gazetteer import Gazetteer, Kind, Name, Status
from gazetteer.romanization import derive_russian, generate, transcribe

TEXT = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."
DAY = dt.date(2025, 11, 27)


class Stranger:
    """Something that no function knows."""


def stream() -> Any:
    """Give a generator of something that no function knows."""
    yield Stranger()


@cache
def report() -> fm.Report:
    return fm.analyze(TEXT)


@cache
def control() -> fm.Control:
    return fm.Control.from_polygons({DAY: box(37, 48, 38, 49)})


@cache
def book() -> ledger.Ledger:
    return ledger.Ledger.from_reports([report()])


@cache
def folder() -> Path:
    path = Path(tempfile.mkdtemp())
    (path / "a.txt").write_text(TEXT, encoding="utf-8")
    report().save(path / "a.gpkg")
    report().save(path / "a.csv")
    control().to_geodataframe().to_file(path / "a.geojson")
    (path / "gold.jsonl").write_text('{"id": "a", "text": "Kiew"}\n', encoding="utf-8")
    return path


def table() -> pandas.DataFrame:
    return frames.claims_to_geodataframe(report().claims)


def articles() -> pandas.DataFrame:
    return pandas.DataFrame({"text": [TEXT]})


G = Gazetteer.default
CLAIM: dict[str, Any] = {"claim": report().claims[0]}
PLACE = G().lookup("Torezk")[0].place
NAMED: dict[str, Any] = {"text": "Torezk"}
POINT: dict[str, Any] = {"lon": 37.5, "lat": 48.5}
OPTIONS: dict[str, Any] = {"gazetteer": None, "threshold": 0.4}
DRAWN: dict[str, Any] = {"language": "de", "control": control(), "gazetteer": G()}
FILTERS: dict[str, Any] = {"kinds": "city", "oblast": "Donezk", "raion": None,
                           "bbox": (20, 40, 45, 55), "geometry": box(20, 40, 45, 55)}  # fmt: skip
MANY: dict[str, Any] = {"workers": 1, "columns": None, **OPTIONS}

CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "frontmap.Article.from_text": (fm.Article.from_text, {
        "text": TEXT, "title": "a", "published": DAY, "source": "a", "url": "a", "language": "de",
        "id": "a", "notes": ("a",)}),
    "frontmap.read": (fm.read, {
        "source": TEXT.encode(), "title": "a", "published": DAY, "publisher": "a", "url": "a",
        "language": "de", "encoding": "utf-8", "max_bytes": 1000}),
    "frontmap.recognize": (fm.recognize, {"article": TEXT, "gazetteer": G(), "metonyms": True}),
    "frontmap.recognition.recognizer_for": (recognizer_for, {"gazetteer": G()}),
    "frontmap.resolve": (fm.resolve, {
        "article": TEXT, "gazetteer": G(), "threshold": 0.4, "control": control(),
        "mentions": fm.recognize(TEXT)}),
    "frontmap.extract_claims": (fm.extract_claims, {
        "article": TEXT, "toponyms": report().toponyms, "gazetteer": G()}),
    "frontmap.analyze": (fm.analyze, {
        "article": TEXT, "gazetteer": G(), "threshold": 0.4, "control": control()}),
    "frontmap.Report.to_geodataframe": (report().to_geodataframe, {
        "what": "claims", "geometry": "area"}),
    "frontmap.Report.map": (report().map, {}),
    "frontmap.Report.plot": (report().plot, {}),
    "frontmap.Report.save": (report().save, {"path": folder() / "b.csv"}),
    "frontmap.Report.check": (report().check, {"control": control()}),
    "frontmap.read_report": (fm.read_report, {"path": folder() / "a.gpkg"}),
    "frontmap.read_reports": (fm.read_reports, {"path": folder() / "a.gpkg"}),
    "frontmap.save_reports": (fm.save_reports, {
        "reports": [report()], "path": folder() / "b.csv"}),
    "frontmap.claim_geometry": (fm.claim_geometry, CLAIM | {
        "gazetteer": G(), "control": control(), "outline": lambda place: None}),
    "frontmap.geometry.claim_geometries": (geometry.claim_geometries, {
        "claims": report().claims, "gazetteer": G(), "control": control(),
        "outline": lambda place: None}),
    "frontmap.claim_layers": (fm.claim_layers, DRAWN | {
        "claims": report(), "articles": report().article}),
    "frontmap.layers.build_map": (layers.build_map, DRAWN | {
        "report": report(), "articles": report().article, "tiles": "osm"}),
    "frontmap.page.page_html": (page.page_html, DRAWN | {
        "report": report(), "articles": [report().article], "tiles": "osm", "title": "a"}),
    "frontmap.page.save_page": (page.save_page, DRAWN | {
        "report": report(), "path": folder() / "b.html", "tiles": "osm", "title": "a"}),
    "frontmap.export.save": (export.save, DRAWN | {
        "source": report(), "path": folder() / "b.csv", "crs": "EPSG:4326", "layer": "claims",
        "title": "a", "tiles": None}),
    "frontmap.export.dumps_geojson": (export.dumps_geojson, {
        "source": report(), "layer": "claims"}),
    "frontmap.export.plot": (export.plot, DRAWN | {"source": report(), "title": "a"}),
    "frontmap.export.read_csv": (export.read_csv, {
        "path": folder() / "a.csv", "crs": "EPSG:4326"}),
    "frontmap.export.read_saved": (export.read_saved, {"path": folder() / "a.gpkg"}),
    "frontmap.frames.claims_to_geodataframe": (frames.claims_to_geodataframe, {
        "claims": report().claims, "articles": report().article, "geometry": "area",
        "gazetteer": G(), "control": control()}),
    "frontmap.frames.toponyms_to_geodataframe": (frames.toponyms_to_geodataframe, {
        "toponyms": report().toponyms, "article": report().article}),
    "frontmap.frames.claims_from_geodataframe": (frames.claims_from_geodataframe, {
        "frame": table(), "gazetteer": G()}),
    "frontmap.analyze_many": (fm.analyze_many, MANY | {
        "sources": folder() / "a.txt", "on_error": print}),
    "frontmap.corpus.analyze_documents": (corpus.analyze_documents, OPTIONS | {
        "documents": [corpus.Document("a", content=TEXT)], "workers": 1}),
    "frontmap.corpus.Document.read": (corpus.Document("a", content=TEXT).read, {}),
    "frontmap.corpus.find_documents": (corpus.find_documents, {
        "sources": folder() / "a.txt", "columns": {"text": "a"}, "stdin": None}),
    "frontmap.corpus.run": (corpus.run, MANY | {
        "sources": folder() / "a.txt", "output": folder() / "b.jsonl", "restart": True,
        "progress": print, "writing": print, "stdin": None}),
    "frontmap.corpus.analyze_partition": (corpus.analyze_partition, OPTIONS | {
        "articles": articles(), "columns": None}),
    "frontmap.corpus.analyze_partitions": (corpus.analyze_partitions, {
        "partitions": [articles()]}),
    "frontmap.corpus.partition_columns": (corpus.partition_columns, {}),
    "frontmap.corpus.partition_geometries": (corpus.partition_geometries, {
        "claims": corpus.partition_columns()}),
    "frontmap.corpus.spark_schema": (corpus.spark_schema, {}),
    "frontmap.Control.read": (fm.Control.read, {
        "path": folder() / "a.geojson", "date": DAY, "date_column": "date",
        "side_column": "side", "side": "RU", "source": "a", "licence": "a",
        "territory": box(20, 40, 45, 55)}),
    "frontmap.Control.from_polygons": (fm.Control.from_polygons, {
        "polygons": {DAY: box(37, 48, 38, 49)}, "side": "RU", "source": "a", "licence": "a",
        "territory": box(20, 40, 45, 55)}),
    "frontmap.Control.area": (control().area, {"side": "RU", "date": DAY}),
    "frontmap.Control.check": (control().check, CLAIM | {"area": box(37, 48, 38, 49)}),
    "frontmap.Control.day_for": (control().day_for, {"date": DAY}),
    "frontmap.Control.distance_to_front_m": (control().distance_to_front_m, POINT | {
        "date": DAY}),
    "frontmap.Control.front_line": (control().front_line, {"date": DAY}),
    "frontmap.Control.gains": (control().gains, {"first": DAY, "second": DAY}),
    "frontmap.Control.nearest_front_point": (control().nearest_front_point, POINT | {
        "date": DAY}),
    "frontmap.Control.side_at": (control().side_at, POINT | {"date": DAY}),
    "frontmap.Control.to_geodataframe": (control().to_geodataframe, {"date": DAY}),
    "frontmap.Ledger.at": (book().at, {"place": "Torezk", "gazetteer": G()}),
    "frontmap.Ledger.check": (book().check, {"entry": book().entries[0]}),
    "frontmap.Ledger.from_dataframe": (ledger.Ledger.from_dataframe, {
        "frame": table(), "days": 3, "control": control()}),
    "frontmap.Ledger.from_reports": (ledger.Ledger.from_reports, {
        "reports": [report()], "days": 3, "control": control()}),
    "frontmap.Ledger.from_statements": (ledger.Ledger.from_statements, {
        "statements": book().statements, "days": 3, "control": control()}),
    "frontmap.Ledger.read": (ledger.Ledger.read, {
        "paths": folder() / "a.gpkg", "days": 3, "control": control()}),
    "frontmap.Ledger.save": (book().save, {"path": folder() / "b.csv", "what": "claims"}),
    "frontmap.Ledger.to_dataframe": (book().to_dataframe, {"what": "claims"}),
    "frontmap.Ledger.to_markdown": (book().to_markdown, {}),
    "frontmap.evaluation.load_gold": (evaluation.load_gold, {"path": folder() / "gold.jsonl"}),
    "frontmap.evaluation.evaluate_toponyms": (evaluation.evaluate_toponyms, {
        "gold": [evaluation.GoldPassage("a", "Kiew")], "resolver": fm.resolve,
        "place_of_geonameid": lambda number: None}),
    "frontmap.evaluation.ToponymEvaluation.as_dict": (
        evaluation.ToponymEvaluation().as_dict, {}),
    "frontmap.geocoder.GazetteerGeocoder": (GazetteerGeocoder, {
        "gazetteer": G(), "language": "de", "fuzzy": True}),
    "frontmap.geocoder.GazetteerGeocoder.geocode": (GazetteerGeocoder().geocode, {
        "query": "Torezk", "exactly_one": False, "language": "de", "kinds": "city",
        "viewbox": ((48, 37), (49, 38)), "bounded": True, "limit": 1}),
    "frontmap.geocoder.GazetteerGeocoder.reverse": (GazetteerGeocoder().reverse, {
        "query": (48.5, 37.5), "exactly_one": False, "language": "de", "kinds": "city",
        "max_distance_m": 1.0, "limit": 1}),
    "frontmap.geocoder.GazetteerGeocoder.address": (GazetteerGeocoder().address, {
        "place": PLACE, "language": "de"}),
    "frontmap.sentences.split_sentences": (split_sentences, {"text": TEXT}),
    "frontmap.serialization.dumps": (dumps, {
        "article": report().article, "toponyms": report().toponyms, "claims": report().claims}),
    "frontmap.serialization.from_dict": (from_dict, {
        "record_type": Name, "data": to_dict(Name("a", "de", "b", Status.EXONYM, "c"))}),
    "frontmap.serialization.loads": (loads, {
        "text": dumps(report().article, report().toponyms, report().claims), "known": {}}),
    "frontmap.serialization.loads_claims": (loads_claims, {"document": {}, "known": {}}),
    "frontmap.serialization.to_dict": (to_dict, {"record": report().article}),
    "frontmap.style.claim_style": (style.claim_style, CLAIM),
    "frontmap.style.label": (style.label, {"group": "event", "key": "attack", "language": "de"}),
    "frontmap.style.labels": (style.labels, {"group": "event", "language": "de"}),
    "frontmap.style.side_colour": (style.side_colour, {"side": "RU", "line": True}),
    "gazetteer.Gazetteer.open": (Gazetteer.open, {"path": G().path}),
    "gazetteer.Gazetteer.default": (Gazetteer.default, {}),
    "gazetteer.Gazetteer.info": (G().info, {}),
    "gazetteer.Gazetteer.to_geodataframe": (G().to_geodataframe, {}),
    "gazetteer.Gazetteer.lookup": (G().lookup, NAMED | FILTERS),
    "gazetteer.Gazetteer.search": (G().search, NAMED | FILTERS | {"fuzzy": True, "limit": 3}),
    "gazetteer.Gazetteer.complete": (G().complete, FILTERS | {"prefix": "Tor", "limit": 3}),
    "gazetteer.Gazetteer.nearest": (G().nearest, POINT | {
        "k": 1, "kinds": "city", "max_distance_m": 1.0}),
    "gazetteer.Gazetteer.nearest_with_distance": (G().nearest_with_distance, POINT | {
        "k": 1, "kinds": "city", "max_distance_m": 1.0}),
    "gazetteer.Gazetteer.within": (G().within, {"geometry": box(37, 48, 38, 49), "kinds": "city"}),
    "gazetteer.Gazetteer.units": (G().units, {"text": "Donezk", "level": "oblast"}),
    "gazetteer.Gazetteer.names_by_population": (G().names_by_population, {
        "kind": Kind.CITY, "least": 1}),
    "gazetteer.Gazetteer.by_number": (G().by_number, {"number": 1}),
    "gazetteer.Gazetteer.number_of": (G().number_of, {"place": PLACE}),
    "gazetteer.Gazetteer.knows": (G().knows, NAMED),
    "gazetteer.Gazetteer.begins_name": (G().begins_name, NAMED),
    "gazetteer.Gazetteer.__getitem__": (G().__getitem__, {"identifier": PLACE.id}),
    "gazetteer.romanization.derive_russian": (derive_russian, {"name_uk": "Київ"}),
    "gazetteer.romanization.generate": (generate, {
        "name_uk": "Київ", "name_ru": "Киев", "status": Status.ROMANISED, "derive": True,
        "mixtures": True}),
    "gazetteer.romanization.transcribe": (transcribe, {"name": "Київ", "scheme": "duden-uk"}),
}  # fmt: skip

STRANGE: tuple[Any, ...] = (5, 1.5, True, object(), Stranger(), dt.timedelta(1))
NOT_TEXT: tuple[Any, ...] = (*STRANGE, b"x", ["x"], {}, Path("x"))
NOT_WORD: tuple[Any, ...] = (*NOT_TEXT, "nobody", "")
NOT_RECORD: tuple[Any, ...] = (*NOT_TEXT, "x", [], math.nan)
NOT_RECORDS: tuple[Any, ...] = (*STRANGE, "x", b"x", ["x"], [None], stream, Path("x"))
NOT_NUMBER: tuple[Any, ...] = (
    "0.4", b"1", True, numpy.True_, math.nan, numpy.float32("nan"), 1j, [], object(), DAY,
)  # fmt: skip
NOT_WHOLE: tuple[Any, ...] = (*NOT_NUMBER, 1.5, numpy.float64(2))
NOT_PATH: tuple[Any, ...] = (*STRANGE, b"x", [], "", "a\0b")
NOT_FLAG: tuple[Any, ...] = ("no", "", b"", 0, 2, 1.0, [], numpy.int64(1), object())
NOT_DAY: tuple[Any, ...] = (
    5, True, math.nan, pandas.NaT, b"2025-11-27", "gestern", "", "2025-13-01", [], dt.time(1),
)  # fmt: skip
NOT_CALLABLE: tuple[Any, ...] = (5, "print", [])
NOT_KINDS: tuple[Any, ...] = (5, 1.5, True, object(), b"city", "nobody", ["nobody"], [None], [[]])

WRONG: dict[str, tuple[Any, ...]] = {
    "area": NOT_RECORD, "article": (*STRANGE, b"x", ["x"], Path("x")),
    "articles": NOT_RECORDS, "bbox": (5, "x", "abcd", (1, 2), (1, 2, 3, math.nan), (9, 9, 1, 1)),
    "bounded": NOT_FLAG, "claim": NOT_RECORD, "claims": NOT_RECORDS, "columns": (5, "text", ["a"]),
    "control": (5, True, object(), b"x", [], {}),
    "date": NOT_DAY, "date_column": NOT_TEXT, "days": (*NOT_WHOLE, -1), "derive": NOT_FLAG,
    "document": (5, "x", ["a"]), "documents": (*STRANGE, "x", b"x", {}), "encoding": NOT_TEXT,
    "entry": NOT_RECORD, "exactly_one": NOT_FLAG, "first": NOT_DAY, "frame": NOT_RECORD,
    "fuzzy": NOT_FLAG, "gazetteer": NOT_RECORD,
    "geometry": (*STRANGE, "nobody", "POINT (1 2)", [], {}),
    "gold": (*STRANGE, "x", b"x"), "group": (*STRANGE, "nobody"), "id": NOT_TEXT,
    "identifier": NOT_TEXT, "k": (*NOT_WHOLE, 0, -1), "kind": NOT_WORD, "kinds": NOT_KINDS,
    "language": (*STRANGE, b"de", "xx", "DE"), "lat": (*NOT_NUMBER, 91, -90.1, math.inf),
    "layer": NOT_WORD, "least": NOT_WHOLE, "level": NOT_WORD, "licence": NOT_TEXT,
    "limit": (*NOT_WHOLE, -1), "line": NOT_FLAG, "lon": (*NOT_NUMBER, 541, math.inf),
    "max_bytes": (*NOT_WHOLE, 0), "max_distance_m": (*NOT_NUMBER, -1), "mentions": NOT_RECORDS,
    "metonyms": NOT_FLAG, "mixtures": NOT_FLAG, "name": NOT_TEXT, "name_ru": NOT_TEXT,
    "name_uk": NOT_TEXT, "notes": (5, "text", [5], b"x"), "number": NOT_WHOLE,
    "oblast": (5, True, object(), b"x", [], "Nirgendwo"), "on_error": NOT_CALLABLE,
    "outline": NOT_CALLABLE, "output": NOT_PATH, "partitions": (*STRANGE, "x"),
    "path": NOT_PATH, "paths": (*STRANGE, b"x", [5], [None]), "place": (*STRANGE, b"x", [], {}),
    "place_of_geonameid": NOT_CALLABLE,
    "polygons": (5, "x", [], {"gestern": box(0, 0, 1, 1)}, {DAY: "POINT (1 2)"}, {DAY: None}),
    "prefix": NOT_TEXT, "progress": NOT_CALLABLE, "published": NOT_DAY, "publisher": NOT_TEXT,
    "query": (*STRANGE, b"x", {"planet": "Mars"}), "raion": (5, True, object(), b"x", []),
    "record_type": (5, "Claim", object(), dict), "report": NOT_RECORDS, "reports": NOT_RECORDS,
    "resolver": NOT_CALLABLE, "restart": NOT_FLAG, "scheme": NOT_WORD, "second": NOT_DAY,
    "side": (*STRANGE, "nobody", b"RU", "", ["RU"]), "side_column": NOT_TEXT, "source": NOT_TEXT,
    "sources": (*STRANGE, b"x", {}, [5], [None], stream), "statements": NOT_RECORDS,
    "status": NOT_WORD, "territory": NOT_RECORD, "text": NOT_TEXT,
    "threshold": (*NOT_NUMBER, 10**400, -0.1, 1.1, math.inf), "tiles": (*STRANGE, "x", b"x", {}),
    "title": NOT_TEXT, "toponyms": NOT_RECORDS, "url": NOT_TEXT,
    "viewbox": (5, "x", (1,), ("a", "b"), object()), "what": NOT_WORD,
    "workers": (*NOT_WHOLE, 0, -1), "writing": NOT_CALLABLE,
}  # fmt: skip
WRONG_OF: dict[str, tuple[Any, ...]] = {  # where an argument of the name takes something else
    "frontmap.Article.from_text language": NOT_TEXT,
    "frontmap.read language": NOT_TEXT,
    "frontmap.read source": (*STRANGE, [], {}),
    "frontmap.export.save source": NOT_RECORDS,
    "frontmap.export.save tiles": (),
    "frontmap.export.dumps_geojson source": NOT_RECORDS,
    "frontmap.export.plot source": NOT_RECORDS,
    "frontmap.frames.toponyms_to_geodataframe article": NOT_RECORD,
    "frontmap.serialization.dumps article": NOT_RECORD,
    "frontmap.corpus.analyze_partition articles": NOT_RECORD,
    "frontmap.corpus.partition_geometries claims": NOT_RECORD,
    "frontmap.style.claim_style claim": NOT_RECORD,
    "frontmap.geocoder.GazetteerGeocoder.reverse query": (),  # geopy's Point says it
    **{  # answered from a store by the text itself, many times a sentence
        f"gazetteer.Gazetteer.{name} text": (5, b"x", Path("x"), object())
        for name in ("knows", "begins_name")
    },
    **{
        f"frontmap.{name} gazetteer": NOT_PATH
        for name in ("analyze_many", "corpus.run", "corpus.analyze_documents",
                     "corpus.analyze_partition", "geocoder.GazetteerGeocoder")
    },
}  # fmt: skip
TAKES_NONE = {"frontmap.geocoder.GazetteerGeocoder.reverse kinds"}  # for all of them
UNCHECKED = {
    "crs": "anything pyproj knows; what it does not is named in the error of the export",
    "key": "a value without a label is its own label",
    "data": "what a file holds; the error names the record it was to be",
    "known": "a store that the caller keeps",
    "record": "any record",
    "stdin": "a stream, read when it is a source",
}
