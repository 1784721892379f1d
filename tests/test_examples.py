"""The example reports, end to end: every claim that stands in them, and no other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import frontmap as fm

ROOT = Path(__file__).parent.parent
SLOTS = ("event", "actor", "place", "raion", "relation", "bearings", "modality", "side")
# Claims that a careful editor may also read out of the reports, or leave.
OPTIONAL = {("03", "clash", "Huljajpole"), ("01", "control", "Petropawliwka")}


def expected() -> dict[str, list[dict[str, str]]]:
    lines = (ROOT / "tests/cases/examples.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    reports: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        reports.setdefault(row["report"], []).append(row)
    return reports


def slots(claim: fm.Claim) -> tuple[str, ...]:
    place = claim.place
    return (
        str(claim.event),
        str(claim.actor or "-"),
        place.name_de if place else "-",
        (place.raion or "") if place else "",
        str(claim.relation),
        ",".join(claim.bearings),
        str(claim.modality),
        str(claim.claimant_side or "-"),
    )


@pytest.mark.parametrize("number", expected())
def test_example_gives_its_claims_and_no_other(number: str) -> None:
    (path,) = (ROOT / "examples").glob(f"{number}-*.txt")
    report = fm.analyze(fm.read(path))
    wanted = {tuple(row[slot] for slot in SLOTS) for row in expected()[number]}
    found = {slots(c): c for c in report.claims}
    extra = {s for s in set(found) - wanted if (number, s[0], s[2]) not in OPTIONAL}
    assert (sorted(wanted - set(found)), sorted(extra)) == ([], [])
    for row in expected()[number]:
        claim = found[tuple(row[slot] for slot in SLOTS)]
        if row["count"]:
            assert claim.count == int(row["count"])
        if row["date"]:
            assert str(claim.event_date) == row["date"]


def test_the_example_contradicted_by_the_other_side_is_linked() -> None:
    report = fm.analyze(fm.read(ROOT / "examples/01-kupjansk.txt"))
    taken, denied = (
        next(
            c
            for c in report.claims
            if (c.event, c.modality) == ("capture", modality)
            and c.place
            and c.place.name_de == "Petropawliwka"
        )
        for modality in ("reported", "denied")
    )
    assert denied.id in taken.disputes
    assert taken.id in denied.disputes
