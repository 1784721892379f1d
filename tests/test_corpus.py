"""Corpora: every kind of source, workers, resumable runs, failures, partitions."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontmap.corpus import (
    Document,
    Done,
    Failure,
    Outcome,
    analyze_documents,
    analyze_many,
    analyze_partition,
    analyze_partitions,
    find_documents,
    partition_columns,
    run,
)
from frontmap.corpus.finding import count_documents
from frontmap.errors import ArticleError, ExportError
from frontmap.report import analyze
from frontmap.serialization import loads

TORETSK = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."
ROBOTYNE = "Die ukrainische Armee hat nach eigenen Angaben Robotyne befreit."
SIVERSK = "Die ukrainische Armee hat nach eigenen Angaben Angriffe bei Siwersk abgewehrt."
NOTHING = "Im Rathaus wurde über den Haushalt beraten."
TEXTS = [TORETSK, ROBOTYNE, NOTHING, SIVERSK]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(TEXTS):
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    return corpus


def contents(documents: Iterator[Document]) -> list[str]:
    return [document.read().text for document in documents]


def test_directories_are_searched_in_order(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "a.html").write_text(f"<html><body><p>{TORETSK}</p></body></html>")
    (folder / ".hidden.txt").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("x")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    keys = [Path(document.key).name for document in find_documents(folder)]
    assert keys == ["0.txt", "1.txt", "2.txt", "3.txt", "a.html"]
    assert contents(find_documents(folder))[-1] == TORETSK


def test_globs_and_lists(folder: Path) -> None:
    assert contents(find_documents(str(folder / "[01].txt"))) == TEXTS[:2]
    assert contents(find_documents(str(folder.parent / "**" / "3.txt"))) == [SIVERSK]
    assert contents(find_documents([folder / "3.txt", folder / "0.txt"])) == [SIVERSK, TORETSK]
    with pytest.raises(ArticleError, match="no file matches"):
        list(find_documents(str(folder / "*.absent")))
    with pytest.raises(ArticleError, match="no file or directory"):
        list(find_documents("absent.txt"))


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
            ["no text", "no text", "no JSON object", "no JSON", "'gestern' is no date"],
            strict=True,
        ):
            with pytest.raises(ArticleError, match=reason):
                document.read()


@pytest.mark.parametrize("date", ["2024", "2024-10", "2022-02/2022-03", "", None])
def test_coarse_dates_are_unknown(date: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TORETSK, "date": date}), encoding="utf-8")
    (document,) = find_documents(path)
    assert document.read().published is None


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


def test_count(folder: Path) -> None:
    assert count_documents([folder]) == 4
    assert count_documents([folder, "-"]) is None
    (folder / "a.jsonl").write_text('{"text": "x"}\n\n{"text": "y"}\n')
    assert count_documents([folder]) == 6
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("1.txt", TORETSK)
    assert count_documents([folder]) == 7
    (folder / "a.csv").write_text("text\nx\n")
    assert count_documents([folder]) is None


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


def test_reports_come_in_order_whatever_the_number_of_workers(folder: Path) -> None:
    one = list(analyze_many(folder))
    assert [report.article.text for report in one] == TEXTS
    assert one == [analyze(text) for text in TEXTS]
    two = list(analyze_many(folder, workers=2))
    assert two == one


def test_outcomes_are_sent_without_their_places_and_come_back_whole() -> None:
    import pickle

    from frontmap.corpus.packing import pack, unpack
    from gazetteer import Gazetteer

    gazetteer = Gazetteer.default()
    sent = [Outcome(text, report=analyze(text)) for text in TEXTS]
    sent.append(Outcome("bad", failure=Failure("bad", "why")))
    packed = pack(sent, gazetteer)
    assert unpack(packed, gazetteer) == sent
    assert len(packed) < len(pickle.dumps(sent)) / 2
    place = sent[0].report.claims[0].place if sent[0].report else None
    assert place is not None and gazetteer.by_number(gazetteer.number_of(place) or 0) == place
    import dataclasses

    assert gazetteer.number_of(dataclasses.replace(place)) is None  # a copy is another place
    moved = dataclasses.replace(sent[0].report.claims[0], place=dataclasses.replace(place, lon=1.0))
    changed = [Outcome("x", report=dataclasses.replace(sent[0].report, claims=[moved]))]
    assert unpack(pack(changed, gazetteer), gazetteer) == changed
    with pytest.raises(KeyError):
        gazetteer.by_number(10**9)


def test_batches_hold_all_documents_in_order() -> None:
    from frontmap.corpus.analysis import batches

    documents = [Document(str(n), content="x" * (300_000 if n % 5 == 0 else 10)) for n in range(40)]
    found = list(batches(documents))
    assert [document for batch in found for document in batch] == documents
    assert max(map(len, found)) <= 8 and min(map(len, found)) >= 1


def children_of(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_workers_end_with_the_process_that_asked(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text((json.dumps({"text": SIVERSK}) + "\n") * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "frontmap", "run", str(source), "--workers", "2"]
    command += ["-o", str(tmp_path / "out.jsonl")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    workers: list[int] = []
    deadline = time.monotonic() + 60
    while len(workers) < 2 and process.poll() is None and time.monotonic() < deadline:
        workers = children_of(process.pid)
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert len(workers) == 2
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_the_first_failure_is_raised_or_all_are_handed_over(folder: Path) -> None:
    (folder / "1.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "2.txt").write_bytes(b"")
    with pytest.raises(ArticleError, match=r"1\.txt.*a picture"):
        list(analyze_many(folder))
    failures: list[Failure] = []
    reports = list(analyze_many(folder, on_error=failures.append))
    assert [report.article.text for report in reports] == [TORETSK, SIVERSK]
    assert [Path(failure.key).name for failure in failures] == ["1.txt", "2.txt"]


def test_one_bug_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from frontmap.corpus import analysis

    def explode(article: object, **_: object) -> object:
        raise KeyError("boom\nboom")

    monkeypatch.setattr(analysis, "analyze", explode)
    (outcome,) = analyze_documents([Document("k", content="x")])
    assert outcome.failure == Failure("k", "unexpected KeyError: 'boom\\nboom'")


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(str(taken), content=NOTHING)

    outcomes = analyze_documents(endless(), workers=2)
    for _ in range(20):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 80


def test_workers_and_gazetteer_are_checked() -> None:
    with pytest.raises(ArticleError, match="workers=0"):
        list(analyze_documents([], workers=0))
    from gazetteer.errors import GazetteerError

    with pytest.raises(GazetteerError):
        list(analyze_documents([Document("k", content="x")], gazetteer="/absent.gazetteer"))


@pytest.mark.parametrize("suffix", [".jsonl", ".geojsonl", ".parquet"])
def test_two_workers_write_the_same_file(folder: Path, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    run(folder, first)
    run(folder, second, workers=2)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", [".geojsonl", ".parquet", ".gpkg"])
def test_one_text_in_two_papers_keeps_both(tmp_path: Path, suffix: str) -> None:
    import geopandas

    source = tmp_path / "in.jsonl"
    rows = [{"text": TORETSK, "source": name, "url": f"https://example.org/{name}"}
            for name in ("Bote", "Kurier")]  # fmt: skip
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    output = tmp_path / f"out{suffix}"
    run(source, output)
    read = geopandas.read_parquet if suffix == ".parquet" else geopandas.read_file
    frame = read(output, **({"layer": "claims"} if suffix == ".gpkg" else {}))
    assert list(frame["source"]) == ["Bote", "Kurier"]
    assert list(frame["url"]) == [row["url"] for row in rows]


@pytest.mark.parametrize("suffix", [".jsonl", ".geojsonl", ".parquet", ".gpkg"])
def test_run_writes_every_format(folder: Path, tmp_path: Path, suffix: str) -> None:
    import geopandas

    (folder / "4.txt").write_bytes(b"%PDF-1.4")
    output = tmp_path / f"out{suffix}"
    summary = run(folder, output)
    expected = [claim for text in TEXTS for claim in analyze(text).claims]
    assert (summary.documents, summary.failed) == (5, 1)
    assert summary.claims == len(expected) >= 3
    assert not output.with_name(output.name + ".partial").exists()
    errors = [json.loads(line) for line in (summary.errors or Path()).read_text().splitlines()]
    assert [Path(e["document"]).name for e in errors] == ["4.txt"]
    assert "pdftotext" in errors[0]["reason"]
    if suffix == ".jsonl":
        saved = [loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
        assert [entry.article.text for entry in saved] == TEXTS
        assert [claim.quote for e in saved for claim in e.claims] == [c.quote for c in expected]
        return
    if suffix == ".parquet":
        frame = geopandas.read_parquet(output)
        assert frame.crs == "EPSG:4326"
    elif suffix == ".gpkg":
        frame = geopandas.read_file(output, layer="claims")
        assert len(geopandas.read_file(output, layer="toponyms")) >= 3
    else:
        features = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
        frame = geopandas.GeoDataFrame.from_features(features)
    assert list(frame["event"]) == [str(claim.event) for claim in expected]
    assert frame.geometry.notna().all()


def test_an_empty_corpus_gives_an_empty_file(tmp_path: Path) -> None:
    import geopandas

    empty = tmp_path / "empty"
    empty.mkdir()
    for suffix in (".parquet", ".gpkg", ".jsonl"):
        summary = run(empty, tmp_path / f"out{suffix}")
        assert (summary.documents, summary.claims, summary.errors) == (0, 0, None)
    assert len(geopandas.read_parquet(tmp_path / "out.parquet")) == 0
    assert (tmp_path / "out.jsonl").read_text() == ""


class InterruptError(Exception):
    """Stands for whatever ends a run."""


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_interrupted_run_goes_on(folder: Path, tmp_path: Path, after: int) -> None:
    whole = tmp_path / "whole.jsonl"
    run(folder, whole)
    output = tmp_path / "out.jsonl"
    seen = 0

    def interrupt(done: Done | None) -> None:
        nonlocal seen
        seen += 1
        if seen == after:
            raise InterruptError

    with pytest.raises(InterruptError):
        run(folder, output, progress=interrupt)
    assert not output.exists()
    journal = output.with_name("out.jsonl.partial")
    with journal.open("ab") as file:
        file.write(b'{"key": "cut off by a cra')
    analysed: list[Done | None] = []
    summary = run(folder, output, progress=analysed.append)
    assert summary.resumed == after
    assert [outcome is None for outcome in analysed] == [True] * after + [False] * (4 - after)
    assert output.read_bytes() == whole.read_bytes()
    assert not journal.exists()


def test_other_settings_do_not_go_on(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"

    def interrupt(done: Done | None) -> None:
        raise InterruptError

    with pytest.raises(InterruptError):
        run(folder, output, progress=interrupt)
    with pytest.raises(ExportError, match="other settings"):
        run(folder, output, threshold=0.9)
    with pytest.raises(ExportError, match="other settings"):
        run(folder / "0.txt", output)
    assert run(folder, output, threshold=0.9, restart=True).resumed == 0
    output.with_name("out.jsonl.partial").write_text("something else\n")
    with pytest.raises(ExportError, match="no journal"):
        run(folder, output)


def test_a_document_named_twice_counts_once(folder: Path, tmp_path: Path) -> None:
    summary = run([folder, folder / "0.txt"], tmp_path / "out.jsonl")
    assert summary.documents == 4


def test_bad_outputs_are_refused_before_the_work(folder: Path, tmp_path: Path) -> None:
    for output in (tmp_path / "out.docx", tmp_path / "absent" / "out.jsonl"):
        with pytest.raises(ExportError):
            run(folder, output)
    (tmp_path / "dir.jsonl").mkdir()
    with pytest.raises(ExportError):
        run(folder, tmp_path / "dir.jsonl")


def test_a_killed_run_leaves_no_half_file_and_goes_on(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{TEXTS[i % 4]} Meldung {i}."}) for i in range(60)]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(rows), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "frontmap", "run", str(source), "-o", str(output)]
    if not (Path(__file__).parents[1] / "frontmap" / "__main__.py").exists():
        code = "from frontmap.cli import main; main()"
        command = [sys.executable, "-c", code, *command[3:]]
    journal = output.with_name("out.jsonl.partial")
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 40
    while process.poll() is None and time.monotonic() < deadline:
        if journal.exists() and journal.stat().st_size > 20_000:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.01)
    process.wait()
    assert not output.exists() or process.returncode == 0
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    saved = [loads(line).article.text for line in output.read_text().splitlines()]
    assert saved == [json.loads(row)["text"] for row in rows]
    assert "60 documents" in result.stderr


def test_command(folder: Path, tmp_path: Path) -> None:
    from frontmap.cli import main

    output = tmp_path / "out.geojsonl"
    result = CliRunner().invoke(main, ["run", str(folder), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "claims from 4 documents" in result.output
    result = CliRunner().invoke(main, ["run", "absent", "-o", str(output)])
    assert result.exit_code == 2
    assert "no file or directory 'absent'" in result.output
    result = CliRunner().invoke(main, ["run", str(folder), "-o", str(output), "--column", "x"])
    assert result.exit_code == 2
    assert "--help" in CliRunner().invoke(main, ["run", "--help"]).output
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n")
    result = CliRunner().invoke(main, ["run", str(table), "-o", str(output)])
    assert result.exit_code == 1  # nothing at all could be read
    assert "1 time: there is no text in the row" in result.output


def articles() -> object:
    import pandas

    return pandas.DataFrame(
        {"text": [*TEXTS, "", "x"], "date": ["2025-11-27"] * 5 + ["gestern"]},
        index=[7, 8, 9, 11, 13, 17],
    )


def test_partition_is_the_same_analysis() -> None:
    import geopandas

    table = analyze_partition(articles())  # type: ignore[arg-type]
    assert table.dtypes.equals(partition_columns().dtypes)
    failed = table[table["error"].notna()]
    assert list(failed["row"]) == ["13", "17"]
    claims = table[table["error"].isna()]
    expected = [claim for text in TEXTS for claim in analyze(text).claims]
    assert list(claims["event"]) == [str(claim.event) for claim in expected]
    assert geopandas.GeoSeries.from_wkb(claims["geometry"]).notna().all()
    (again,) = analyze_partitions([articles()])  # type: ignore[list-item]
    assert claims_of(again) == claims_of(table)
    empty = analyze_partition(articles()[:0])  # type: ignore[index]
    assert len(empty) == 0 and empty.dtypes.equals(table.dtypes)


@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_dask_gives_the_same(scheduler: str) -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    table = articles()
    whole = analyze_partition(table)  # type: ignore[arg-type]
    parts = dask.from_pandas(table, npartitions=3).map_partitions(
        analyze_partition, meta=partition_columns()
    )
    assert parts.compute(scheduler=scheduler).reset_index(drop=True).equals(whole)


def test_dask_geopandas_gives_geometries() -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    dask_geopandas = pytest.importorskip("dask_geopandas", reason="the extra dask")
    table = articles()
    parts = dask.from_pandas(table, npartitions=2).map_partitions(
        analyze_partition, meta=partition_columns()
    )
    from frontmap.corpus import partition_geometries

    found = dask_geopandas.from_dask_dataframe(
        parts.map_partitions(partition_geometries, meta=partition_geometries(partition_columns()))
    ).compute(scheduler="synchronous")
    whole = partition_geometries(analyze_partition(table))  # type: ignore[arg-type]
    assert found.crs == "EPSG:4326" == whole.crs
    assert found.reset_index(drop=True).geom_equals(whole).sum() == whole.geometry.notna().sum() > 2


def test_dask_processes_open_the_gazetteer_once(tmp_path: Path) -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    table = articles()
    parts = dask.from_pandas(table, npartitions=4).map_partitions(
        opened_gazetteers, meta={"pid": "int64", "opened": "int64"}
    )
    found = parts.compute(scheduler="processes", num_workers=1)
    assert len(found) >= 2 and found["opened"].max() == 1


def opened_gazetteers(part: object) -> object:
    """Analyse a partition; tell the process and how often it has opened a gazetteer."""
    import pandas

    from frontmap.corpus.workers import open_gazetteer

    analyze_partition(part)  # type: ignore[arg-type]
    opened = open_gazetteer.cache_info().misses
    return pandas.DataFrame({"pid": [os.getpid()], "opened": [opened]})


@pytest.fixture(scope="module")
def spark() -> Iterator[object]:
    """A Spark session in this process and one of Java; skipped where either is missing."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    pyspark = pytest.importorskip("pyspark.sql", reason="the extra spark (pyspark)")
    with pytest.MonkeyPatch.context() as patch:
        root = str(Path(__file__).parents[1])
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        patch.setenv("PYTHONPATH", paths)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = pyspark.SparkSession.builder.master("local[1]").appName("frontmap")
        for name, value in (
            ("spark.ui.enabled", "false"),
            ("spark.driver.host", "127.0.0.1"),
            ("spark.driver.bindAddress", "127.0.0.1"),
            ("spark.sql.shuffle.partitions", "2"),
        ):
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore:The copy keyword is deprecated")
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_gives_the_same(spark: object) -> None:
    from frontmap.corpus import spark_schema

    table = articles()
    frame = spark.createDataFrame(table).repartition(2)  # type: ignore[attr-defined]
    result = frame.mapInPandas(analyze_partitions, spark_schema()).toPandas()
    expected = analyze_partition(table)  # type: ignore[arg-type]
    assert list(result.columns) == list(expected.columns)

    assert claims_of(result) == claims_of(expected)


def claims_of(table: object) -> list[tuple[str, ...]]:
    """The rows of a table as text, in an order of their own; Spark numbers the articles anew."""
    import pandas

    assert isinstance(table, pandas.DataFrame)
    rows = table.drop(columns="row").astype(object).where(table.notna(), None)
    return sorted(tuple(map(_as_text, row)) for row in rows.itertuples(index=False))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    return str(float(value)) if isinstance(value, int | float) else str(value)
