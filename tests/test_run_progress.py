"""What a run says while it lasts and at its end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from corpus_samples import NOTHING, TEXTS

from frontmap.cli.run import _Bar
from frontmap.corpus import Done, run


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["jsonl", "geojsonl"])
def test_writing_is_told_report_by_report(tmp_path: Path, suffix: str) -> None:
    texts = [*TEXTS, NOTHING]
    source = write(tmp_path / "a.jsonl", [json.dumps({"text": text}) for text in texts])
    analyzed: list[Done | None] = []
    written: list[int] = []
    run(source, tmp_path / f"out.{suffix}", progress=analyzed.append, writing=written.append)
    assert len(analyzed) == len(texts)
    assert written == list(range(1, len(texts) + 1))


def test_reasons_are_counted_without_their_figures(tmp_path: Path) -> None:
    broken = ["{", '{"text": 1,}', '{"text": "a", "b"', json.dumps({"text": NOTHING})]
    summary = run(write(tmp_path / "a.jsonl", broken), tmp_path / "out.jsonl")
    assert summary.failed == 3
    for reason, _ in summary.reasons:
        assert "at character \u2026" in reason
        assert not any(letter.isdigit() for letter in reason)
    assert summary.errors is not None
    told = [json.loads(line) for line in summary.errors.read_text("utf-8").splitlines()]
    assert [entry["document"].rsplit("#")[1] for entry in told] == ["1", "2", "3"]
    assert all("line 1" not in entry["reason"] for entry in told)


def test_what_an_earlier_run_did_is_not_this_runs_rate() -> None:
    from rich.console import Console
    from rich.progress import Progress

    now = 0.0
    bar = Progress(console=Console(file=io.StringIO()), get_time=lambda: now, auto_refresh=False)
    shown = _Bar(bar, 1_000)
    for _ in range(900):
        now += 0.001
        shown.analyzed(None)
    for number in range(20):
        now += 2.0
        reason = "broken" if number % 10 == 0 else None
        shown.analyzed(Done(str(number), 1, reason, b""))
    task = bar.tasks[0]
    assert task.completed == 920
    assert task.speed == pytest.approx(0.5, rel=0.1)
    assert task.time_remaining == pytest.approx(160, rel=0.1)
    assert task.fields["failed"] == "2 failed"
    shown.written(918)
    assert [(task.completed, task.total) for task in bar.tasks] == [(920, 920), (918, 918)]
