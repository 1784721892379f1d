"""The one loader of tables of knowledge, and every table the packages hold."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from frontmap import lexicons
from gazetteer import curated, rules
from gazetteer.errors import GazetteerBuildError, TableError
from gazetteer.tables import load_table

ROOT = Path(__file__).parents[2]
TABLES = sorted(
    path.relative_to(ROOT)
    for package in ("gazetteer", "frontmap")
    for path in (ROOT / package).rglob("*.tsv")
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "knowledge", raising=False)
    load_table.cache_clear()
    return folder


def test_comments_empty_lines_and_missing_columns(package: Path) -> None:
    text = "# words\n\nword\tmeaning\tcomment\n Dorf \tvillage\n# no entry\nStadt\n"
    (package / "words.tsv").write_text(text, encoding="utf-8")
    assert load_table("knowledge", "words.tsv") == (
        {"word": "Dorf", "meaning": "village", "comment": ""},
        {"word": "Stadt", "meaning": "", "comment": ""},
    )


def test_a_surplus_tab_is_named(package: Path) -> None:
    (package / "words.tsv").write_text("# x\nword\tcomment\nDorf\ta\tb\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"knowledge/words.tsv, line 3: 3 columns, .* has 2"):
        load_table("knowledge", "words.tsv")
    assert issubclass(TableError, GazetteerBuildError) and issubclass(TableError, ValueError)


@pytest.mark.parametrize("path", TABLES, ids=str)
def test_every_table_can_be_read(path: Path) -> None:
    package = ".".join(path.parent.parts)
    for holder, name in (("frontmap.lexicons", path.parts[2:]), (package, path.parts[-1:])):
        if package.startswith(holder):
            rows = load_table(holder, "/".join(name))
            break
    assert rows and all(any(row.values()) for row in rows)
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.startswith("#"), "says what it holds"
    entries = Counter(tuple(row.values())[:-1] for row in rows)
    twice = [entry for entry, count in entries.items() if count > 1 and set(entry) != {"-"}]
    assert not twice, "dashes alone part the lines of a table; every other entry stands once"


def test_the_packages_read_their_own() -> None:
    assert curated.load("oblasts.tsv") is load_table("gazetteer.curated", "oblasts.tsv")
    assert rules.load("exonyms.tsv") is load_table("gazetteer.rules", "exonyms.tsv")
    assert lexicons.load("geocoder/kinds.tsv") is load_table(
        "frontmap.lexicons", "geocoder/kinds.tsv"
    )
