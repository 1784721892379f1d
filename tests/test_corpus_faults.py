"""What happens to a run while it lasts: workers killed, folders removed, files cut, odd files."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_samples import TEXTS

import frontmap as fm
from frontmap.corpus import Document, analyze_documents, find_documents, run
from frontmap.corpus.finding import count_documents

LINES = [json.dumps({"id": str(n), "text": TEXTS[n % len(TEXTS)]}) for n in range(60)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A table of sixty articles."""
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def killing(corpus: Path) -> Iterator[Document]:
    """The documents; a worker is killed before the last ones are asked for."""
    for number, document in enumerate(find_documents(corpus)):
        if number == 50:
            multiprocessing.active_children()[0].kill()
        yield document


def test_a_killed_worker_ends_the_analysis_in_words(corpus: Path) -> None:
    with pytest.raises(fm.ArticleError, match="a worker process died"):
        list(analyze_documents(killing(corpus), workers=2))


@pytest.mark.parametrize("suffix", [".jsonl", ".gpkg"])
def test_a_run_whose_worker_is_killed_can_go_on(corpus: Path, tmp_path: Path, suffix: str) -> None:
    whole = run(corpus, tmp_path / f"whole{suffix}")
    target, done = tmp_path / f"killed{suffix}", []

    def kill(one: object) -> None:
        done.append(one)
        if len(done) == 8:
            for worker in multiprocessing.active_children():
                worker.kill()

    with pytest.raises(fm.ArticleError, match="a worker process died"):
        run(corpus, target, workers=2, progress=kill)
    assert not target.exists()
    resumed = run(corpus, target)
    assert resumed.resumed >= 8 and resumed.documents == whole.documents
    assert len(fm.Ledger.read(target).entries) == len(fm.Ledger.read(whole.output).entries)
    if suffix == ".jsonl":
        assert target.read_bytes() == whole.output.read_bytes()


@pytest.mark.parametrize("after", [1, 40, 60])
def test_a_folder_removed_in_mid_run_is_named(corpus: Path, tmp_path: Path, after: int) -> None:
    folder, done = tmp_path / "out", []
    folder.mkdir()

    def remove(one: object) -> None:
        done.append(one)
        if len(done) == after:
            shutil.rmtree(folder)

    with pytest.raises(fm.ExportError, match=r"claims\.jsonl.*(No such file|removed)"):
        run(corpus, folder / "claims.jsonl", progress=remove)


@pytest.mark.parametrize("change", ["grow", "cut", "empty", "remove"])
def test_a_table_that_changes_in_mid_run_ends_the_run_in_order(
    corpus: Path, tmp_path: Path, change: str
) -> None:
    done: list[object] = []

    def alter(one: object) -> None:
        done.append(one)
        if len(done) != 3:
            return
        if change == "remove":
            corpus.unlink()
        elif change == "grow":
            with corpus.open("a", encoding="utf-8") as file:
                file.write(LINES[0] + "\n" + LINES[1][:20])
        else:
            os.truncate(corpus, 700 if change == "cut" else 0)

    summary = run(corpus, tmp_path / "claims.jsonl", progress=alter)
    assert summary.documents == len(done) >= 3
    assert summary.documents - summary.failed >= 3


def test_names_that_are_no_utf8_are_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    folder = os.fsencode(tmp_path / "odd")
    try:
        for name, text in ((b"gut\xff\xe4.txt", TEXTS[0]), (b"leer\xfc.txt", "")):
            with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
                file.write(text.encode())
    except OSError:
        pytest.skip("this file system takes no such names")
    summary = run(tmp_path / "odd", tmp_path / "claims.jsonl")
    assert (summary.documents, summary.failed) == (2, 1)
    assert summary.errors is not None
    (told,) = map(json.loads, summary.errors.read_text(encoding="utf-8").splitlines())
    assert "leer" in told["document"] and "empty" in told["reason"]
    for suffix in (".gpkg", ".parquet", ".geojsonl"):
        assert run(tmp_path / "odd", tmp_path / f"claims{suffix}").claims == summary.claims


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_passed_by_and_one_named_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    for name in ("b.txt", "c.jsonl"):
        os.mkfifo(folder / name)
    assert [Path(document.key).name for document in find_documents(folder)] == ["a.txt"]
    assert count_documents([folder]) == 1
    assert count_documents([folder / "c.jsonl"]) is None
    writer = threading.Thread(
        target=(folder / "c.jsonl").write_text, args=("\n".join(LINES[:5]),), daemon=True
    )
    writer.start()
    assert len(list(fm.analyze_many(folder / "c.jsonl"))) == 5
    writer.join()


def test_links_that_lead_in_circles_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    summary = run(folder, tmp_path / "claims.jsonl")
    assert (summary.documents, summary.failed) == (2, 1)
    with pytest.raises(fm.ArticleError, match=r"loop\.txt"):
        list(find_documents(folder / "loop.txt"))
