"""What commands print for people: nothing of an input commands the terminal or turns its text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import frontmap as fm
from frontmap.cli import main
from frontmap.printing import one_line, printable
from frontmap.serialization import dumps, loads

ATTACK = "\x1b]0;fake\x07\x1b[2J\x9b31m\u202e\u2066\b\r[bold red]x[/bold][link=https://example.org]y[/link]\u2028"
TEXT = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files whose names and contents hold the attack."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / f"{ATTACK.replace('/', ':')}.txt").write_text(TEXT, encoding="utf-8")
    (folder / f"empty{ATTACK.replace('/', ':')}.txt").write_bytes(b"")
    (folder / "report.txt").write_text(f"{TEXT} Kiew{ATTACK} meldet {ATTACK}.", encoding="utf-8")
    report = fm.analyze(fm.Article(TEXT, title=ATTACK, source=ATTACK, url=ATTACK))
    document = json.loads(dumps(report.article, report.toponyms, report.claims))
    for claim in document["claims"]:
        claim |= {"quote": ATTACK, "claimant": ATTACK, "actor_text": ATTACK}
    for place in document["places"]:
        place |= {"name_de": ATTACK, "oblast": ATTACK}
    (folder / "run.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    saved = loads(json.dumps(document))
    named = fm.Report(saved.article, list(saved.toponyms), list(saved.claims))
    named.save(folder / "run.gpkg")
    spot = {"start": 0, "end": 4, "surface": "Kiew", "geonameid": 1, "phenomenon": ATTACK}
    passage = {"id": ATTACK, "text": f"Kiew{ATTACK}", "toponyms": [spot], "phenomenon": ATTACK}
    (folder / "gold.jsonl").write_text(json.dumps(passage) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "resolve FOLDER/report.txt --explain",
        "claims FOLDER/report.txt --format table",
        "ledger FOLDER/run.jsonl --format table",
        "ledger FOLDER/run.jsonl --format markdown",
        "ledger FOLDER/run.gpkg --format table",
        "ledger FOLDER/run.jsonl --place ATTACK --format table",
        "evaluate FOLDER/gold.jsonl --errors",
        "run FOLDER -o FOLDER/out.jsonl --restart",
        "run FOLDER/ATTACK -o FOLDER/out.jsonl --restart",
        "run FOLDER/report.txt -o FOLDER/ATTACK.jsonl --restart",
        "map FOLDER/report.txt -o FOLDER/ATTACK.html",
        "export FOLDER/report.txt -o FOLDER/ATTACK.csv",
        "export FOLDER/report.txt -o FOLDER/ATTACK",
        "geocode ATTACK --format csv -o FOLDER/ATTACK.csv",
        "gazetteer search ATTACK",
        "gazetteer show ATTACK",
        "gazetteer info --gazetteer FOLDER/ATTACK",
        "gazetteer diff FOLDER/ATTACK FOLDER/ATTACK",
        "gazetteer build --csv ATTACK -o FOLDER/x.gazetteer",
        "gazetteer build -o FOLDER/ATTACK/x.gazetteer",
        "resolve ATTACK",
        "resolve FOLDER/report.txt --published ATTACK",
        "claims FOLDER/report.txt --format ATTACK",
        "ATTACK",
    ],
)
def test_nothing_commands_the_terminal(line: str, folder: Path) -> None:
    hostile = ATTACK.replace("/", ":")
    words = [w.replace("FOLDER", str(folder)).replace("ATTACK", hostile) for w in line.split()]
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    harmful = {c for c in done.output if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")} - {
        "\n",
        "\t",
    }
    assert not harmful, done.output


@given(st.text())
def test_printable_text_commands_nothing_and_is_kept_where_it_does_not(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown if c not in "\n\t")
    assert printable(shown) == shown
    if text.isprintable():
        assert shown == text
    assert "\n" not in one_line(text) and len(one_line(text)) < 700
