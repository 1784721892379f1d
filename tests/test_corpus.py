"""Corpora: finding documents, workers, resumable runs, failures."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpus_samples import NOTHING, ROBOTYNE, SIVERSK, TEXTS, TORETSK, contents

from frontmap.corpus import (
    Document,
    Done,
    Failure,
    Outcome,
    analyze_documents,
    analyze_many,
    find_documents,
    finding,
    outputs,
    run,
)
from frontmap.corpus.finding import count_documents
from frontmap.errors import ArgumentValueError, ArticleError, ExportError
from frontmap.report import analyze
from frontmap.serialization import loads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(TEXTS):
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    return corpus


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


@pytest.mark.parametrize("part", [1, 2, 5, 1 << 20])
def test_lines_are_counted_in_parts(
    tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_PART", part)
    for content in (b"", b"\n", b"{}", b"{}\n", b"{}\n \n\n  {}  \n", b"{}\r\n\r\n   {", b"  \n  "):
        path = tmp_path / "lines.jsonl"
        path.write_bytes(content)
        assert count_documents([path]) == sum(bool(line.strip()) for line in content.splitlines())


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
    with pytest.raises(ArgumentValueError, match="workers=0"):
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


@pytest.mark.parametrize("rows", [1, 2, 3, 5_000])
def test_row_groups_hold_every_claim_in_order(
    folder: Path, tmp_path: Path, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import geopandas

    run(folder, tmp_path / "whole.parquet")
    monkeypatch.setattr(outputs, "_CHUNK", 1)
    monkeypatch.setattr(outputs, "_ROWS", rows)
    run(folder, tmp_path / "parts.parquet")
    parts, whole = (geopandas.read_parquet(tmp_path / f"{n}.parquet") for n in ("parts", "whole"))
    assert len(whole) == 3
    assert parts.equals(whole)


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


_STUCK = """
import sys, time
from pathlib import Path
from frontmap.corpus.workers import Workers

def stuck(batch):
    Path(sys.argv[1], str(batch)).touch()
    time.sleep(3600)

with Workers(2, None) as pool:
    list(pool.map(stuck, range(100)))
"""


def test_an_interrupt_does_not_wait_for_the_workers(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _STUCK, str(tmp_path)], stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)  # an hour, did it wait
    assert "KeyboardInterrupt" in errors


def test_leaving_early_does_not_wait_for_the_workers(folder: Path) -> None:
    reports = analyze_many([folder] * 50, workers=2)
    assert next(reports).article.text == TEXTS[0]
    reports.close()


def test_an_interrupted_run_with_workers_goes_on(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{TEXTS[i % 4]} Meldung {i}.\n\n" * 3}) for i in range(120)]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(rows), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "frontmap", "run", str(source), "-o", str(output)]
    journal = output.with_name("out.jsonl.partial")
    process = subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (journal.exists() and journal.stat().st_size > 20_000):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    if process.returncode:
        assert not output.exists()
        assert "the same command goes on from there" in errors
        assert "Traceback" not in errors
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    saved = [loads(line).article.text for line in output.read_text().splitlines()]
    assert saved == [json.loads(row)["text"] for row in rows]
    assert "120 documents" in result.stderr


def test_a_date_that_is_not_understood_is_a_warning(tmp_path: Path) -> None:
    from frontmap.cli import main

    rows = [{"text": TORETSK, "date": "Herbstmond"}, {"text": ROBOTYNE, "date": "27.11.2025"}]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    output = tmp_path / "out.jsonl"
    summary = run(source, output)
    assert (summary.documents, summary.failed, summary.warned) == (2, 0, 1)
    assert summary.errors is not None
    (entry,) = map(json.loads, summary.errors.read_text(encoding="utf-8").splitlines())
    assert entry["document"].endswith("in.jsonl#1")
    assert "'Herbstmond' is not understood" in entry["warning"]
    first, second = (loads(line).article for line in output.read_text().splitlines())
    assert first.published is None and entry["warning"] in first.notes
    assert str(second.published) == "2025-11-27"
    result = CliRunner().invoke(main, ["run", str(source), "-o", str(output)])
    assert result.exit_code == 0
    assert "1 document read without something that was not understood" in result.output
    assert "failed" not in result.output
    source.write_text(json.dumps(rows[1]))
    assert run(source, output).errors is None and not summary.errors.exists()


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
