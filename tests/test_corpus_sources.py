"""Corpora: every kind of source, and what is wrong with some of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from corpus_samples import ROBOTYNE, TORETSK, contents

from frontmap.corpus import (
    find_documents,
)
from frontmap.errors import ArticleError


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"text": TORETSK, "date": "2025-11-27", "id": "a", "source": "Blatt", "title": "T"},
        {"body": ROBOTYNE},
        {"title": "no text"},
        {"text": ""},
        [],
    ]
    lines = [json.dumps(row) for row in rows] + ["", "{broken", '{"text": "x", "date": "gestern"}']
    plain = tmp_path / "a.jsonl"
    plain.write_text("\n".join(lines), encoding="utf-8")
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        documents = list(find_documents(path))
        assert [d.key.rsplit("#")[-1] for d in documents] == ["1", "2", "3", "4", "5", "7", "8"]
        article = documents[0].read()
        assert (article.text, article.id, article.source) == (TORETSK, "a", "Blatt")
        assert str(article.published) == "2025-11-27"
        assert documents[1].read().text == ROBOTYNE
        for document, reason in zip(
            documents[2:],
            ["no text", "no text", "no JSON object", "no JSON"],
            strict=False,
        ):
            with pytest.raises(ArticleError, match=reason):
                document.read()
        kept = documents[-1].read()  # a date that is none costs the date alone
        assert (kept.text, kept.published) == ("x", None)
        assert kept.notes == (
            "its date 'gestern' is not understood and left out; write it as 2025-11-27",
        )


@pytest.mark.parametrize("date", ["2024", "2024-10", "2022-02/2022-03", "", None])
def test_coarse_dates_are_unknown(date: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TORETSK, "date": date}), encoding="utf-8")
    (document,) = find_documents(path)
    assert document.read().published is None


@pytest.mark.parametrize(
    "date",
    [
        "2025-11-27",
        "2025-11-27T23:59:00+02:00",
        "20251127",
        "27.11.2025",
        "27.11.25, 14:03 Uhr",
        "Donnerstag, 27. November 2025",
        "Nov 27, 2025",
        "27/11/2025",
        "Thu, 27 Nov 2025 10:00:00 +0100",
        1764201600,
        1764201600000,
        "1764201600.5",
    ],
)
def test_dates_as_tables_have_them(date: str | int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TORETSK, "date": date}), encoding="utf-8")
    (document,) = find_documents(path)
    assert document.warning is None
    assert str(document.read().published) == "2025-11-27"


@pytest.mark.parametrize(
    "date",
    ["gestern", "03/05/2025", "31.02.2025", "seit dem 27.11.2025 kämpfen sie", "12", "x" * 500,
     "1.11.2025 bis 27.11.2025", "99999999999999999999", "0000-00-00", "\x00"],
)  # fmt: skip
def test_dates_that_are_not_understood_are_left_out_with_a_warning(
    date: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TORETSK, "date": date}), encoding="utf-8")
    (document,) = find_documents(path)
    assert document.warning is not None and "is not understood" in document.warning
    article = document.read()
    assert article.published is None
    assert article.notes == (document.warning,)


def test_broken_archives_are_told_of_whatever_they_raise(tmp_path: Path) -> None:
    """Zipfile and pyarrow raise more than their own errors: names and cells that are no UTF-8."""
    pandas = pytest.importorskip("pandas")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ä.txt", TORETSK)
    name = "ä.txt".encode()
    path = tmp_path / "a.zip"
    path.write_bytes(packed.getvalue().replace(name, b"\xff\xff.txt"))
    assert "no utf-8" in str(next(find_documents(path)).trouble)
    path = tmp_path / "a.parquet"
    pandas.DataFrame({"text": ["abcdefgh"]}).to_parquet(path, compression=None)
    path.write_bytes(path.read_bytes().replace(b"abcdefgh", b"\xff" * 8))
    assert "cannot be read on" in str(next(find_documents(path)).trouble)


def test_truncated_gzip_gives_what_it_has(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{TORETSK} {os.urandom(50).hex()}"}) + "\n"
                    for _ in range(200))  # fmt: skip
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    documents = list(find_documents(path))
    assert len(documents) > 10
    assert "cannot be read on" in str(documents[-1].trouble)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["datum", "inhalt"])
        writer.writerow(["2025-11-01", f"{TORETSK}\n\nZweiter Absatz; südlich, „größer“ | so."])
        writer.writerow(["", "x" * 200_000])
    columns = {"text": "inhalt", "published": "datum"}
    first, second = find_documents(path, columns=columns)
    assert "„größer“" in first.read().text
    assert str(first.read().published) == "2025-11-01"
    assert len(second.read().text) == 200_000
    (wrong,) = find_documents(path, columns={"text": "absent"})
    assert "there is no column 'absent'; there are datum, inhalt" in str(wrong.trouble)
    with pytest.raises(ArticleError, match=r"columns\['texte'\]"):
        list(find_documents(path, columns={"texte": "inhalt"}))


def test_parquet(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    dates = pandas.to_datetime(["2025-11-27", None])
    pandas.DataFrame({"content": [TORETSK, None], "date": dates, "n": [1, 2]}).to_parquet(path)
    first, second = find_documents(path)
    assert str(first.read().published) == "2025-11-27"
    assert second.trouble
    path.write_bytes(b"PAR1 broken")
    (broken,) = find_documents(path)
    assert "cannot be read on" in str(broken.trouble)


RSS = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<rss><channel><title>Blatt</title>
<item><title>Torezk</title><description>&lt;p&gt;{text}&lt;/p&gt;</description>
<pubDate>Thu, 27 Nov 2025 10:00:00 +0100</pubDate><link>https://example.org/1</link>
<guid>g1</guid></item>
<item><title>Nur ein Titel</title></item>
<item><title>E</title><description>x &b; &f; y</description></item><item/></channel></rss>"""


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blatt</title>
<entry><title>Torezk</title><content type="html">&lt;p&gt;{text}&lt;/p&gt;</content><id>g1</id>
<published>2025-11-27T10:00:00Z</published><link rel="alternate" href="https://example.org/1"/>
</entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])
def test_feeds(feed: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed.replace("{text}", TORETSK), encoding="utf-8")
    documents = list(find_documents(path))
    article = documents[0].read()
    assert (article.text, article.title, article.source) == (TORETSK, "Torezk", "Blatt")
    assert (str(article.published), article.url) == ("2025-11-27", "https://example.org/1")
    assert article.id == "g1"
    if feed is RSS:
        assert documents[1].read().text == "Nur ein Titel"
        assert "root:" not in documents[2].read().text and "aaa" not in documents[2].read().text
        assert documents[3].trouble


def test_xml_that_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for content in ("<a><b/></a>", "", "no xml"):
        path.write_text(content)
        (document,) = find_documents(path)
        assert document.trouble


def test_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/1.txt", TORETSK)
        archive.writestr("../../evil.txt", ROBOTYNE)
        archive.writestr("bomb.txt", b"a" * 5_000_000)
        archive.writestr("inner.zip", b"PK")
        archive.writestr("p.png", b"\x89PNG")
        archive.writestr("__MACOSX/._1.txt", b"x")
    documents = list(find_documents(path))
    assert [d.read().text for d in documents[:2]] == [TORETSK, ROBOTYNE]
    bomb, inner, picture = documents[2:]
    assert "packed" in str(bomb.trouble) and "decompression bomb" in str(bomb.trouble)
    assert "an archive in an archive" in str(inner.trouble)
    assert "not one of .txt" in str(picture.trouble)
    assert not (tmp_path.parent / "evil.txt").exists()
    path.write_bytes(b"PK\x03\x04 broken")
    (broken,) = find_documents(path)
    assert "cannot be read as a ZIP" in str(broken.trouble)


class _Nameless(zipfile.ZipInfo):
    """A member that no well-behaved writer makes: its name is empty."""

    def is_dir(self) -> bool:
        return False


def test_zip_member_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(_Nameless(""), b"x")
        archive.writestr("1.txt", TORETSK)
    nameless, named = find_documents(path)
    assert "not one of .txt" in str(nameless.trouble)
    assert named.read().text == TORETSK


def test_warc(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for kind, body in (("text/html; charset=utf-8", f"<html><body><p>{TORETSK}</p></body>"),
                           ("image/png", "x")):  # fmt: skip
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            payload = io.BytesIO(body.encode())
            url = "https://example.org/1"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
            )
    (document,) = find_documents(path)
    article = document.read()
    assert (article.text, article.url) == (TORETSK, "https://example.org/1")


def test_standard_input() -> None:
    lines = b'{"text": "Kiew"}\n{"text": "Sumy"}\n'
    assert contents(find_documents("-", stdin=io.BytesIO(lines))) == ["Kiew", "Sumy"]
    text = ROBOTYNE.encode()
    assert contents(find_documents("-", stdin=io.BytesIO(text))) == [ROBOTYNE]


def test_json_files(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"Inhalt": TORETSK, "Datum": "2025-11-03"}, 7]), encoding="utf-8")
    first, second = find_documents(path)
    assert (first.read().text, str(first.read().published)) == (TORETSK, "2025-11-03")
    assert "no JSON object" in str(second.trouble)
    path.write_text(json.dumps({"text": TORETSK}), encoding="utf-8")
    assert contents(find_documents(path)) == [TORETSK]
    path.write_text("[" * 100_000)
    (broken,) = find_documents(path)
    assert "is no JSON" in str(broken.trouble)


def test_a_table_without_a_text_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Datum,Wortlaut\n" + "2025-11-03,x\n" * 5, encoding="utf-8")
    (only,) = find_documents(path)
    assert "there are Datum, Wortlaut: name the one, --column text=NAME" in str(only.trouble)


def test_tables_in_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/a.jsonl", json.dumps({"text": TORETSK}) + "\n{broken\n")
        archive.writestr("b.csv", f"titel;inhalt\nEins;{ROBOTYNE}\n".encode("cp1252"))
        archive.writestr("bomb.csv", b"text\n" + b"a" * 5_000_000)
    documents = list(find_documents(path))
    assert [d.key.split("!")[1] for d in documents] == [
        "x/a.jsonl#1", "x/a.jsonl#2", "b.csv#1", "bomb.csv",
    ]  # fmt: skip
    assert documents[0].read().text == TORETSK
    assert (documents[2].read().text, documents[2].title) == (ROBOTYNE, "Eins")
    assert "no JSON" in str(documents[1].trouble) and "packed" in str(documents[3].trouble)


def test_a_namespace_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    """Found by `benchmarks.fuzz`: half of a character in the namespace."""
    path = tmp_path / "feed.xml"
    path.write_text('<feed xmlns="http://example.org/&#xD800;"><entry>x</entry></feed>')
    (document,) = find_documents(path)
    assert document.trouble and "cannot be read" in document.trouble


def test_half_characters_cost_a_feed_themselves_only(tmp_path: Path) -> None:
    """Found by `benchmarks.fuzz`: a flag as two numbers, as careless feeds have it."""
    path = tmp_path / "feed.rss"
    path.write_text(
        "<?xml version='1.0'?><rss><channel><title>Zei&#xD83C;tung</title><item><title>Lage</title>"
        f"<description>&#xD83C;&#xDDFA; {TORETSK}</description></item></channel></rss>",
        encoding="utf-8",
    )
    (document,) = find_documents(path)
    assert document.trouble is None and document.read().text.endswith(TORETSK)
    assert document.source is not None and document.source.startswith("Zei")
