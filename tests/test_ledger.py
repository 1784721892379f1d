"""The ledger: what merges, who confirms and objects, the days of a place, files, the command."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from ledger_samples import place, statement

import frontmap as fm
from frontmap.claims.records import Side
from frontmap.cli import main
from frontmap.control import Control
from frontmap.corpus import run
from frontmap.errors import ArgumentValueError, LedgerError
from frontmap.ledger import Day, Ledger, Source, Statement
from frontmap.ledger.tables import CLAIM_COLUMNS, DAY_COLUMNS

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "ledger" / "merging.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
RU = "capture RU Torezk at reported RU 2025-11-03"
SENTENCE = "Russische Truppen hätten die Stadt Torezk eingenommen, teilte das Ministerium mit"


def ledger(*statements: Statement, control: Control | None = None, days: int = 3) -> Ledger:
    return Ledger.from_statements(statements, control=control, days=days)


@pytest.mark.parametrize(("same", "one", "other", "comment"), CASES)
def test_what_is_the_same_claim(same: str, one: str, other: str, comment: str) -> None:
    found = ledger(statement(one, document="a"), statement(other, document="b"))
    assert len(found.entries) == {"same": 1, "apart": 2}[same], comment


def test_the_window_is_the_callers_and_does_not_stretch() -> None:
    days = [f"capture RU Torezk at reported RU 2025-11-0{day}" for day in (1, 3, 5, 7)]
    made = [statement(line, document=line[-1]) for line in days]
    assert [len(e.statements) for e in ledger(*made, days=2).entries] == [2, 2]
    assert [len(e.statements) for e in ledger(*made, days=0).entries] == [1, 1, 1, 1]
    first, second = ledger(*made, days=2).entries
    assert (first.earlier, second.earlier) == (None, first.id)
    assert (str(first.first_seen), str(first.last_seen)) == ("2025-11-01", "2025-11-03")
    with pytest.raises(ArgumentValueError, match="days=-1"):
        ledger(days=-1)


def test_places_that_were_not_resolved_merge_with_nothing() -> None:
    line = "capture RU ? at reported RU 2025-11-03"
    assert len(ledger(statement(line, document="a"), statement(line, document="b")).entries) == 2


@pytest.mark.parametrize(
    ("first", "second", "sources"),
    [
        ((SENTENCE, "Bote"), (SENTENCE, "Kurier"), 1),
        ((SENTENCE, "Bote"), (f"»{SENTENCE.upper()}«,  meldet dpa.", "Kurier"), 1),
        ((SENTENCE, "Bote"), ("Torezk ist nach Moskauer Angaben gefallen.", "Kurier"), 2),
        (("Torezk ist am Montag gefallen.", "Bote"), ("Das Ministerium sagt es.", "Bote "), 1),
        (("Torezk gefallen", ""), ("Torezk gefallen", ""), 2),  # two words anybody may write
        (("Torezk ist gefallen", ""), ("Torezk ist gefallen", ""), 1),
    ],
)
def test_copies_count_once(first: tuple[str, str], second: tuple[str, str], sources: int) -> None:
    (entry,) = ledger(
        statement(RU, document="a", quote=first[0], outlet=first[1]),
        statement(RU, document="b", quote=second[0], outlet=second[1]),
    ).entries
    assert len(entry.documents) == 2
    assert entry.independent_sources == sources
    assert len(entry.quotes) == len({first[0], second[0]})


def test_outlets_are_told_by_their_address_too() -> None:
    claim = statement(RU).claim
    urls = ("https://x.de/0", "https://www.x.de/1", "https://y.de/2")
    sources = [Source(str(n), url=url) for n, url in enumerate(urls)]
    sources.append(Source("4", publisher="https://www.Y.de/4.html"))
    made = [Statement(claim, source, (f"Satz {source.document}",)) for source in sources]
    (entry,) = ledger(*made).entries
    assert entry.independent_sources == 2


STANDING = [
    (RU, [], "claimed", "", ""),
    ("capture RU Torezk at asserted - 2025-11-03", [], "reported", "", ""),
    (RU, ["capture RU Torezk at reported UA 2025-11-04"], "confirmed", "UA", ""),
    (RU, ["capture RU Torezk at reported third 2025-11-04"], "confirmed", "third", ""),
    (RU, ["capture RU Torezk at asserted - 2025-11-04"], "claimed", "", ""),
    (RU, ["capture RU Torezk at denied UA 2025-11-04"], "disputed", "", "denial"),
    (RU, ["capture - Torezk at denied UA 2025-11-04"], "disputed", "", "denial"),
    (RU, ["control RU Torezk at denied UA 2025-11-04"], "disputed", "", "denial"),
    (RU, ["capture RU Torezk at denied UA 2025-11-14"], "claimed", "", ""),  # of another time
    (RU, ["capture RU Torezk part denied UA 2025-11-04"], "claimed", "", ""),  # of another spot
    (RU, ["capture UA Torezk at denied RU 2025-11-04"], "claimed", "", ""),  # of the other side
    (RU, ["capture RU Torezk at planned RU 2025-11-04"], "claimed", "", ""),
    (RU, ["control UA Torezk at reported UA 2025-11-04"], "disputed", "", "control"),
    (RU, ["control UA Torezk at reported UA 2025-11-01"], "claimed", "", ""),  # held before
    (RU, ["capture UA Torezk at reported UA 2025-11-05"], "disputed", "", "capture"),
    (RU, ["repelled UA Torezk near reported UA 2025-11-04"], "disputed", "", "repelled"),
    (RU, ["repelled UA Torezk near asserted - 2025-11-04"], "claimed", "", ""),
    (RU, ["repelled RU Torezk near reported RU 2025-11-04"], "claimed", "", ""),
    ("withdrawal UA Torezk at reported UA 2025-11-03", [], "confirmed", "UA", ""),
    ("withdrawal UA Torezk at reported RU 2025-11-03", [], "claimed", "", ""),
    ("strike RU Torezk at reported UA 2025-11-03", [], "claimed", "", ""),
    ("strike RU Torezk at reported UA 2025-11-03", ["strike RU Torezk at reported RU 2025-11-03"],
     "confirmed", "RU", ""),
    ("control UA Torezk at reported UA 2025-11-03", ["capture RU Torezk at reported RU 2025-11-04"],
     "claimed", "", ""),  # it is taken later
    ("control UA Torezk at reported UA 2025-11-04", [RU], "disputed", "", "capture"),
    ("capture RU Torezk at planned RU 2025-11-03", [], "planned", "", ""),
    ("capture RU Torezk at denied UA 2025-11-03", [RU], "denied", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "others", "standing", "confirmed", "objection"), STANDING)
def test_standing(
    line: str, others: list[str], standing: str, confirmed: str, objection: str
) -> None:
    made = [statement(o, document=f"o{n}") for n, o in enumerate(others)]
    first = statement(line, document="a")
    entry = next(e for e in ledger(first, *made).entries if first in e.statements)
    assert entry.standing == standing
    assert " ".join(map(str, entry.confirmed_by)) == confirmed
    assert " ".join(o.kind for o in entry.objections) == objection


def test_articles_own_contradictions_count() -> None:
    text = (
        "Die russische Armee hat nach Angaben aus Moskau Torezk erobert. "
        "Der ukrainische Generalstab teilte mit, die Stadt Torezk werde von der Ukraine gehalten."
    )
    report = fm.analyze(fm.Article.from_text(text, published="2025-11-03", source="Bote"))
    found = Ledger.from_reports([report]).entries
    assert {str(entry.event): str(entry.standing) for entry in found} == {
        "capture": "disputed",
        "control": "disputed",
    }


def days(*lines: str, control: Control | None = None) -> list[Day]:
    made = [statement(line, document=f"{n}") for n, line in enumerate(lines)]
    return ledger(*made, control=control).days


@pytest.mark.parametrize(
    ("lines", "standings", "last"),
    [
        ([RU], ["claimed"], "RU: RU"),
        (["attack RU Torezk near reported UA 2025-11-03"], ["silent"], ""),
        ([RU, "control UA Torezk at reported UA 2025-11-04"], ["claimed", "disputed"],
         "RU: RU; UA: UA"),
        # Kiew spoke before the capture: older, no dispute
        (["control UA Torezk at reported UA 2025-11-01", RU], ["claimed", "claimed"],
         "RU: RU; UA: UA"),
        (["control UA Torezk at reported UA 2025-11-01", RU,
          "capture RU Torezk at denied UA 2025-11-05"], ["claimed", "claimed", "disputed"],
         "RU: RU; UA: UA"),
        (["control UA Torezk at reported UA 2025-11-01", RU.replace("capture", "control")],
         ["claimed", "disputed"], "RU: RU; UA: UA"),
        # taken back
        ([RU, "capture UA Torezk at reported UA 2025-11-09"], ["claimed", "claimed"],
         "RU: RU; UA: UA"),
        ([RU, "capture UA Torezk at reported UA 2025-11-09", RU.replace("-03", "-09")],
         ["claimed", "disputed"], "RU: RU; UA: UA"),
        ([RU, "capture RU Torezk at reported third 2025-11-05"], ["claimed", "confirmed"],
         "RU: RU; third: RU"),
        ([RU, "capture RU Torezk at denied UA 2025-11-04",
          "control RU Torezk at reported UA 2025-11-20"], ["claimed", "disputed", "confirmed"],
         "RU: RU; UA: RU"),
        (["capture RU Torezk at denied UA 2025-11-04"], ["denied"], "UA: not RU"),
        (["capture RU Torezk at asserted - 2025-11-04"], ["reported"], "None: RU"),
        (["capture - Torezk at asserted - 2025-11-04"], ["silent"], ""),
        (["capture RU Torezk part reported RU 2025-11-04"], ["silent"], ""),
        # history says nothing of today
        (["capture UA Lyman at asserted - 2025-11-04 event=2022-10-01"], ["silent"], ""),
    ],
)  # fmt: skip
def test_days_of_a_place(lines: list[str], standings: list[str], last: str) -> None:
    found = days(*lines)
    assert [str(day.standing) for day in found] == standings
    assert "; ".join(f"{p.voice}: {' '.join(p.holders)}" for p in found[-1].positions) == last


def box(lon: float, lat: float, half: float) -> object:
    from shapely import box

    return box(lon - half, lat - half, lon + half, lat + half)


@pytest.fixture(scope="module")
def control() -> Control:
    """Torezk is taken between 2 and 5 November, by polygons that were drawn for this test."""
    town = place("Torezk")
    far, near = box(town.lon + 1, town.lat, 0.5), box(town.lon + 0.7, town.lat, 0.8)
    polygons = {dt.date(2025, 11, 2): far, dt.date(2025, 11, 5): near}
    return Control.from_polygons(polygons, source="test", licence="none")  # type: ignore[arg-type]


def test_days_on_which_polygons_change(control: Control) -> None:
    found = days(RU, control=control)
    assert [(str(d.date), str(d.polygons), d.polygons_changed) for d in found] == [
        ("2025-11-03", "UA", False),
        ("2025-11-05", "RU", True),
    ]
    assert found[1].polygons_before is Side.UA
    assert found[1].entries == () and str(found[1].standing) == "claimed"
    assert found[0].front_m is not None and found[0].front_m > 10_000
    made = ledger(statement(RU), control=control)
    assert str(made.to_dataframe()["check"][0]) == "agrees"
    assert "before: UA" in made.to_markdown()


def test_one_place_by_any_name() -> None:
    found = ledger(statement(RU), statement(RU.replace("Torezk", "Lyman"), document="e"))
    for name in ("Torezk", "Торецьк", "Dserschynsk", place("Torezk").id, place("Torezk")):
        assert [e.place for e in found.at(name).entries] == [place("Torezk")]
    with pytest.raises(LedgerError, match="nothing is said of 'Kiew'; most is said of"):
        found.at("Kiew")
    assert len(found.places) == 2


def test_a_name_of_several_places_is_asked_back() -> None:
    from dataclasses import replace

    from gazetteer import Gazetteer

    twins = [m.place for m in Gazetteer.default().lookup("Iwaniwka")[:2]]
    made = [
        Statement(replace(statement(RU, document=p.id).claim, place=p), Source(p.id), ("q",))
        for p in twins
    ]
    with pytest.raises(LedgerError, match="is 2 places here; give one's id") as caught:
        ledger(*made).at("Iwaniwka")
    assert all(twin.id in str(caught.value) for twin in twins)


def test_tables_and_files(tmp_path: Path) -> None:
    import pandas

    hostile = "=cmd|' /C calc'!A0 | <script>alert(1)</script> `x` [a](javascript:x)"
    made = ledger(
        statement(RU, document="a", outlet=hostile, quote=hostile),
        statement(RU, document="b", outlet="Bote"),
    )
    frame = made.to_dataframe()
    assert list(frame.columns) == list(CLAIM_COLUMNS)
    assert json.loads(frame["publishers"][0]) == [hostile, "Bote"]
    assert frame["first_seen"][0] == pandas.Timestamp("2025-11-03")
    assert list(made.to_dataframe("days").columns) == list(DAY_COLUMNS)
    assert list(Ledger(()).to_dataframe().columns) == list(CLAIM_COLUMNS)
    for what in ("claims", "days"):
        for suffix in (".csv", ".jsonl", ".parquet", ".md"):
            path = made.save(tmp_path / f"{what}{suffix}", what=what)  # type: ignore[arg-type]
            assert path.stat().st_size
    (row,) = csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text("utf-8")))
    assert row["first_seen"] == "2025-11-03" and not row["quotes"].startswith("=")
    (line,) = (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["documents"] == 2
    text = (tmp_path / "claims.md").read_text("utf-8")
    assert "\\<script\\>alert" in text
    unescaped = re.sub(r"\\.", "", text)
    assert "<script" not in unescaped and "](" not in unescaped and "`" not in unescaped
    with pytest.raises(LedgerError, match=r"\.docx"):
        made.save(tmp_path / "x.docx")
    with pytest.raises(ValueError, match="claims"):
        made.to_dataframe("weeks")  # type: ignore[arg-type]


REPORTS = {
    "Bote": ("2025-11-03", "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."),
    "Kurier": ("2025-11-04", "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."),
    "Post": ("2025-11-04", "Der ukrainische Generalstab erklärte, Torezk sei nicht gefallen."),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "in.jsonl"
    rows = [
        {"text": text, "source": name, "date": day, "url": f"https://example.org/{name}"}
        for name, (day, text) in REPORTS.items()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_half_letters_stop_nothing(tmp_path: Path) -> None:
    half = "Bote \ud83c"
    article = fm.Article(text=REPORTS["Bote"][1] + half, id=half, title=half, source=half, url=half)
    report = fm.analyze(article)
    found = Ledger.from_reports([report])
    for suffix in (".csv", ".jsonl", ".parquet", ".md"):
        written = found.save(tmp_path / f"claims{suffix}").read_bytes()
        assert "Bote \ufffd".encode() in written
    for suffix in (".html", ".geojson", ".gpkg", ".kml", ".csv"):
        report.save(tmp_path / f"map{suffix}")


@pytest.mark.parametrize("suffix", [".jsonl", ".geojsonl", ".parquet", ".gpkg"])
def test_every_output_of_a_run_is_read(corpus: Path, suffix: str) -> None:
    output = corpus.with_name(f"out{suffix}")
    run(corpus, output)
    found = Ledger.read(output)
    assert [(str(e.event), str(e.modality)) for e in found.entries] == [
        ("capture", "reported"),
        ("capture", "denied"),
    ]
    entry = found.entries[0]
    assert [source.publisher for source in entry.documents] == ["Bote", "Kurier"]
    assert entry.documents[0].url == "https://example.org/Bote"
    assert (entry.independent_sources, str(entry.first_seen)) == (1, "2025-11-03")
    assert str(entry.standing) == "disputed"
    assert Ledger.read([output, output]).entries == found.entries


def test_saved_geopackages_and_tables_are_read(tmp_path: Path) -> None:
    from frontmap.corpus import analyze_partition

    text = REPORTS["Bote"][1]
    report = fm.analyze(fm.Article.from_text(text, source="Bote", published="2025-11-03"))
    report.save(tmp_path / "r.gpkg")
    expected = Ledger.from_reports([report]).entries
    assert Ledger.read(tmp_path / "r.gpkg").entries == expected
    import pandas

    table = analyze_partition(pandas.DataFrame({"text": [text, ""], "source": "Bote"}))
    assert len(Ledger.from_dataframe(table).entries) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", b"{broken", "line 1: is no JSON"),
        ("a.jsonl", b'{"text": "x"}', "line 1: is no report of"),
        ("a.jsonl", b'{"claims": [{}], "article": {"text": "x"}}', "line 1: a saved Claim"),
        ("a.parquet", b"PAR1", "cannot be read as Parquet"),
        ("a.gpkg", b"SQLite", "has no layer of claims"),
        ("a.geojsonl", b"{}", "is no GeoJSON feature"),
        ("a.geojsonl", b'{"properties": {"id": "1"}}', "lacks the column"),
        ("a.geojsonl", b'{"properties": {"id\\ud800": "1"}}', "make no table"),
        ("a.txt", b"x", "a ledger reads .jsonl"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=reason):
        Ledger.read(path)
    with pytest.raises(LedgerError, match="no such file"):
        Ledger.read(tmp_path / "absent.jsonl")


def test_command(corpus: Path, tmp_path: Path) -> None:
    output = corpus.with_name("command.jsonl")
    run(corpus, output)
    invoke = CliRunner().invoke
    result = invoke(main, ["ledger", str(output)])
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["modality"] for line in result.stdout.splitlines()] == [
        "reported",
        "denied",
    ]
    table = invoke(main, ["ledger", str(output), "--place", "Torezk", "--format", "table"])
    assert "disputed" in table.stdout and "2025-11-03" in table.stdout
    markdown = invoke(main, ["ledger", str(output), "--format", "markdown"]).stdout
    assert markdown.startswith("# Ledger") and "independent sources: 1" in markdown
    written = invoke(main, ["ledger", str(output), "--by", "days", "-o", str(tmp_path / "l.csv")])
    assert written.exit_code == 0 and "2 days about 1 place\n" in written.output
    rows = list(csv.DictReader((tmp_path / "l.csv").open(encoding="utf-8")))
    assert [row["standing"] for row in rows] == ["claimed", "disputed"]
    wrong = invoke(main, ["ledger", str(output), "--place", "Kiew"])
    assert wrong.exit_code == 2 and "nothing is said of 'Kiew'" in wrong.output
    assert "--help" in invoke(main, ["ledger", "--help"]).output
    printed = invoke(main, ["ledger", str(output), "--format", "csv"]).stdout
    assert len(list(csv.reader(io.StringIO(printed)))) == 3


def test_a_parquet_file_whose_description_is_damaged_is_refused(tmp_path: Path) -> None:
    """Found by `benchmarks.fuzz`: pandas raised its own KeyError."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is only in the parquet extra")
    from pyarrow.parquet import write_table

    described = b'{"columns": [{"field_name": "id"}], "index_columns": []}'
    table = pyarrow.table({"id": ["a"]}).replace_schema_metadata({b"pandas": described})
    write_table(table, tmp_path / "run.parquet")
    with pytest.raises(LedgerError, match=r"run\.parquet: cannot be read as Parquet: "):
        Ledger.read(tmp_path / "run.parquet")
