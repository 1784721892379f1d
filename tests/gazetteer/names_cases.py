"""Reading the cases about names: tab-separated files with a comment head, one case a line."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_name("cases_names")


def cases(name: str) -> list[dict[str, str]]:
    """The lines of a file of cases, missing columns at the end being empty."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header = rows[0]
    return [
        dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True)) for row in rows[1:]
    ]
