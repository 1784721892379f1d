"""Parts of pages made from the repository when the site is built, so that they cannot go stale.

A hook of MkDocs (see ``mkdocs.yml``): the columns of the tables come from the docstrings of the
code, the known failures from the tests' own files, the licences from the files beside the data.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TOPICS = (
    ("Reading claims", "tests/cases/claims/german_known_failures.tsv"),
    ("Finding and telling places", "tests/cases/toponyms/known_failures.tsv"),
    ("Spellings of names", "tests/gazetteer/cases_names/known_failures.tsv"),
    ("Repairing damaged text", "tests/cases/article/known_failures.json"),
    ("Drawing areas", "tests/cases/geometry_known_failures.json"),
    ("Longer prose", "tests/cases/hard/prose.tsv"),
    ("Sides told by the context", "tests/cases/hard/sides.tsv"),
    ("Hard sentences", "tests/cases/hard/claims.tsv"),
    ("Hard names", "tests/cases/hard/toponyms.tsv"),
)
_MARKED = ("phenomenon", "text", "expected")  # columns behind the x of a known failure
_RULER = re.compile(r"^=+(?: +=+)+$")


def columns_page() -> str:
    """Give the tables of `frontmap.frames` and of `frontmap.ledger` as Markdown."""
    frames = importlib.import_module("frontmap.frames").__doc__ or ""
    ledger = importlib.import_module("frontmap.ledger").__doc__ or ""
    tables = ledger[ledger.index("`Ledger.to_dataframe`") :]
    return from_restructured(f"{frames}\n\n## The ledger\n\n{tables}")


def from_restructured(text: str) -> str:
    """Turn the simple tables and literals of a docstring into Markdown."""
    out: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        out += _table(line, lines) if _RULER.match(line) else [line]
    return re.sub(r"``(.+?)``", r"`\1`", "\n".join(out))


def _table(ruler: str, lines: Any) -> list[str]:
    starts = [match.start() for match in re.finditer(r"(?:(?<= )|^)=", ruler)]
    bounds = list(zip(starts, [*starts[1:], None], strict=True))
    rows: list[list[str]] = []
    rulers = 1
    for line in lines:
        if _RULER.match(line):
            rulers += 1
            if rulers == 3:
                break
            continue
        cells = [line[start:end].strip() for start, end in bounds]
        if cells[0]:
            rows.append(cells)
        else:
            rows[-1] = [f"{old} {new}".strip() for old, new in zip(rows[-1], cells, strict=True)]
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return [head, "|" + "---|" * len(bounds), *body]


def known_failures_page() -> str:
    """Give the cases that the tests expect to fail, as they stand in the tests' files."""
    out: list[str] = []
    for topic, path in TOPICS:
        rows = _rows(ROOT / path)
        out += ["", f"## {topic}", "", f"From `{path}`.", ""]
        out += _markdown_table(rows) if rows else ["None at present."]
    return "\n".join(out) + "\n"


def _rows(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        rows: list[dict[str, Any]] = json.loads(text)
        return rows
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if path.parent.name == "hard":
        cells = [line.split("\t") for line in lines if line.startswith("x\t")]
        return [dict(zip(_MARKED, row[1:], strict=False)) for row in cells]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _markdown_table(rows: list[dict[str, Any]]) -> list[str]:
    names = [name for name in rows[0] if any(row.get(name) for row in rows)]
    cells = ([_cell(row.get(name)) for name in names] for row in rows)
    head = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return [*head, *("| " + " | ".join(line) + " |" for line in cells)]


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value)
    for letter in "\\`*_[]<>|":
        text = text.replace(letter, f"&#{ord(letter)};")
    return text


def licences_page() -> str:
    """Give the licences of the data, from the files beside it."""
    out: list[str] = []
    for path in ("gazetteer/data/ATTRIBUTION.md", "frontmap/basemap/data/SOURCES.md"):
        text = (ROOT / path).read_text(encoding="utf-8")
        out += ["", re.sub(r"^#", "##", text, flags=re.MULTILINE).strip(), "", f"From `{path}`."]
    return "\n".join(out) + "\n"


def words_of(package: str) -> str:
    """Give the words of the closed vocabularies that a package makes public."""
    module = importlib.import_module(package)
    out = ["## Closed vocabularies", "", "| type | its words |", "|---|---|"]
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, type) and issubclass(value, StrEnum):
            out.append(f"| `{name}` | {', '.join(f'`{word}`' for word in value)} |")
    return "\n".join(out) + "\n"


MADE = {
    "api-frontmap.md": lambda: words_of("frontmap"),
    "api-gazetteer.md": lambda: words_of("gazetteer"),
    "columns.md": columns_page,
    "known-failures.md": known_failures_page,
    "licences.md": licences_page,
}


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Add what is made to the pages that stand for it."""
    make = MADE.get(page.file.src_uri)
    return f"{markdown}\n\n{make()}\n" if make else markdown
