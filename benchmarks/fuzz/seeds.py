"""Sound files of every kind we read, for the fuzzer to damage."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from functools import cache

import frontmap as fm
from benchmarks.fuzz.inputs import sentences

__all__ = [
    "control_seeds",
    "feed_seeds",
    "gold_seeds",
    "html_seeds",
    "importer_seeds",
    "ledger_seeds",
    "lexicon_seeds",
    "reports",
    "saved_seeds",
    "table_seeds",
]


@cache
def reports() -> tuple[fm.Report, ...]:
    """A few reports of own texts with claims in them."""
    found = (
        fm.analyze(fm.Article.from_text(text[:300], published="2025-11-27", source="Morgenblatt"))
        for text in sentences()
    )
    return tuple(
        report for _, report in zip(range(8), (r for r in found if r.claims), strict=False)
    )


def html_seeds() -> tuple[bytes, ...]:
    """Pages as newspapers make them: metadata of several kinds, lists, notes, entities."""
    text = sentences()[0][:300]
    article = {"@type": "NewsArticle", "headline": "Lage", "datePublished": "2025-11-27"}
    head = (
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>Lage &amp; Karte</title>"
        '<meta property="og:site_name" content="Morgenblatt"><meta '
        'property="article:published_time" content="2025-11-27T10:00:00+01:00"><link rel=canonical href="https://example.org/1">'
        f'<script type="application/ld+json">{json.dumps(article)}</script></head>'
    )
    body = (
        f"<body><nav><ul><li>Kiew</li></ul></nav><article><h1>Lage</h1><p>{text}</p><!-- Notiz -->"
        "<ul><li>Torezk<li>Lyman</ul><table><tr><td>Pokrowsk</td></tr></table><script>x</script>"
        "<p>S&uuml;dlich&nbsp;von &#75;iew.</p></article><footer>Impressum</footer></body></html>"
    )
    small = f"<div><h1>{text[:30]}</h1>{text.replace('. ', '.</p><p>')}<!-- x --></div>"
    return (head + body).encode(), (head + body).encode("utf-16"), small.encode("cp1252", "replace")


def feed_seeds() -> tuple[bytes, ...]:
    """A small RSS and a small Atom file."""
    text = sentences()[0][:200]
    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Lage</title><item><title>Meldung'
        "</title><link>https://example.org/1</link><guid>1</guid>"
        "<pubDate>Thu, 27 Nov 2025 10:00:00 +0100</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Lage</title><entry><id>a</id><title>T'
        f'</title><link href="https://example.org/2"/><updated>2025-11-27T10:00:00Z</updated>'
        f"<content type='html'><![CDATA[<p>{text}</p>]]></content></entry></feed>"
    )
    return rss.encode(), atom.encode()


def table_seeds() -> tuple[tuple[str, bytes], ...]:
    """Suffix and content of small tables, feeds, archives and crawls of articles."""
    import pandas

    rows = [
        {"id": str(n), "text": text[:150], "date": "2025-11-27", "url": "https://example.org"}
        for n, text in enumerate(sentences()[:3])
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    table = "id;text;date\n" + "".join(f'{r["id"]};"{r["text"]}";{r["date"]}\n' for r in rows)
    packed, columns = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            archive.writestr(f"{row['id']}.txt", row["text"])
        archive.writestr("more/rows.jsonl", lines)
        archive.writestr("rows.csv", table)
    pandas.DataFrame(rows).to_parquet(columns)
    rss, atom = feed_seeds()
    return (
        (".jsonl", lines),
        (".json", json.dumps(rows).encode()),
        (".csv", table.encode()),
        (".tsv", table.replace(";", "\t").encode("utf-16")),
        (".zip", packed.getvalue()),
        (".parquet", columns.getvalue()),
        (".warc", crawl_seed()),
        (".warc.gz", gzip.compress(crawl_seed())),
        (".xml", rss),
        (".rss", rss),
        (".atom", atom),
        (".html", html_seeds()[0]),
        (".txt", rows[0]["text"].encode()),
    )


def crawl_seed() -> bytes:
    """A WARC of two answers, one chunked."""
    records = []
    for number, more in enumerate(("", "Transfer-Encoding: chunked\r\n")):
        page = html_seeds()[0]
        if more:
            page = f"{len(page):x}\r\n".encode() + page + b"\r\n0\r\n\r\n"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode() + page
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-11-27T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://example.org/{number}"
            "\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(records)


def importer_seeds() -> tuple[tuple[str, bytes], ...]:
    """Reader and content of small files that a gazetteer may be built of."""
    table = (
        "name,lon,lat,katottg,name_ru,name_de,names,oblast,country,kind,population,id\n"
        "Покровськ,37.18,48.28,UA14160210010099403,Покровск,Pokrowsk,Krasnoarmijsk|Hryschyne,"
        'Donezk,UA,city,60000,p1\n"Нове, мале",37.5,48.5,,,,,,,village,,\n'
    )
    tags = {"place": "village", "name": "Нове", "name:ru": "Новое", "population": "1 200"}
    overpass = [
        {"type": "node", "id": 1, "lat": 48.5, "lon": 37.5, "tags": tags},
        {"type": "way", "id": 2, "center": {"lat": 48.25, "lon": 37.25}, "tags": tags},
    ]
    ring = [[37.0, 48.0], [37.5, 48.0], [37.5, 48.5], [37.0, 48.0]]
    shapes = (
        {"type": "Point", "coordinates": [37.5, 48.5]},
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "MultiPolygon", "coordinates": [[ring]]},
    )
    turbo = [{"type": "Feature", "id": "n/1", "properties": tags, "geometry": g} for g in shapes]
    found = {"osm_type": "way", "osm_id": 7, "category": "place", "type": "village", "name": "Нове"}
    nominatim = [{"type": "Feature", "properties": found, "geometry": shapes[0]}]
    cells = ["1", "Нове", "Nove", "Nove,Нове,Новое", "48.5", "37.5", "P", "PPL", "UA", "", "05"]
    dump = (
        "\t".join([*cells, "1401", "", "", "1200", "", "120", "Europe/Kyiv", "2024-01-01"]) + "\n"
    )
    names = "11\t1\tde\tNowe\t1\t\t\t\t\t\n12\t1\tuk\tНове\t\t\t\t\t\t\n"
    xml = (
        "<osm version='0.6'><node id='1' version='1' lat='48.5' lon='37.5'>"
        "<tag k='place' v='village'/><tag k='name' v='Нове'/></node></osm>"
    )
    return (
        (".csv", table.encode()),
        (".csv", table.replace(",", "\t").encode()),
        (".json", json.dumps({"elements": overpass}, ensure_ascii=False).encode()),
        (".geojson", json.dumps({"type": "FeatureCollection", "features": turbo}).encode()),
        (".geojson", json.dumps({"type": "FeatureCollection", "features": nominatim}).encode()),
        (".osm", xml.encode()),
        ("UA.txt", (dump * 2).encode()),
        ("names.txt", names.encode()),
    )


def ledger_seeds() -> tuple[tuple[str, bytes], ...]:
    """Suffix and content of what a run over a corpus writes."""
    from frontmap.export import dumps_geojson

    lines = b"\n".join(saved_seeds())
    features = json.loads(dumps_geojson(list(reports())))["features"]
    columns = io.BytesIO()
    reports()[0].to_geodataframe().to_parquet(columns)
    return (
        (".jsonl", lines),
        (".geojsonl", "\n".join(json.dumps(feature) for feature in features).encode()),
        (".parquet", columns.getvalue()),
    )


def saved_seeds() -> tuple[bytes, ...]:
    """Reports in the saved form."""
    from frontmap.serialization import dumps

    return tuple(dumps(r.article, r.toponyms, r.claims).encode() for r in reports())


def gold_seeds() -> tuple[bytes, ...]:
    """Gold files: names alone, and names with claims."""
    name = {"start": 0, "end": 4, "surface": "Kiew", "geonameid": 703448, "lon": 30.5, "lat": 50.4}
    passage = {
        "id": "x",
        "text": "Kiew und Lwiw.",
        "date": "2025",
        "toponyms": [name],
        "claims": [],
    }
    claim = {
        "event": "attack", "actor": "RU", "place": 703448, "relation": "at", "modality": "reported",
        "claimant": None, "bearings": [], "place_start": 0,
    }  # fmt: skip
    lines = (passage, passage | {"claims": [claim, claim | {"place": None}]})
    return tuple((json.dumps(line) + "\n").encode() * 2 for line in lines)


def lexicon_seeds() -> tuple[bytes, ...]:
    """The tables of words that we ship."""
    from pathlib import Path

    folder = Path(str(fm.__file__)).parent / "lexicons"
    return tuple(path.read_bytes()[:4000] for path in sorted(folder.rglob("*.tsv")))


def control_seeds() -> tuple[bytes, ...]:
    """Polygons of control: a square, one with a hole, and a bow tie."""
    square = [[37.0, 48.0], [38.0, 48.0], [38.0, 49.0], [37.0, 49.0], [37.0, 48.0]]
    hole = [[37.2, 48.2], [37.4, 48.2], [37.4, 48.4], [37.2, 48.2]]
    tie = [[37.0, 48.0], [38.0, 49.0], [38.0, 48.0], [37.0, 49.0], [37.0, 48.0]]
    shapes = (
        {"type": "Polygon", "coordinates": [square, hole]},
        {"type": "MultiPolygon", "coordinates": [[square], [tie]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [tie]}]},
    )
    return tuple(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"date": "2025-11-27", "side": "occupied"},
                        "geometry": shape,
                    }
                ],
            }
        ).encode()
        for shape in shapes
    )
