"""The documentation builds without a warning, is whole, and loads nothing from a network."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import click
import pytest

import frontmap
import gazetteer
from frontmap.cli import main
from frontmap.frames import CLAIM_COLUMNS, TOPONYM_COLUMNS

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def generated() -> ModuleType:
    """The hook that makes parts of pages; it lies beside them, in no package."""
    spec = importlib.util.spec_from_file_location("generated", ROOT / "docs" / "generated.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="the documentation needs the extra docs")
    pytest.importorskip("mkdocstrings")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    target = tmp_path_factory.mktemp("site")
    before = list(sys.path)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target), strict=True))
    sys.path[:] = before
    return target


class _Resources(HTMLParser):
    """Collects the addresses a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        loads = tag == "link" and values.get("rel") in ("stylesheet", "icon", "preconnect")
        if tag in ("script", "img", "iframe", "source") or loads:
            self.found.append(values.get("src") or values.get("href") or "")


def test_site_builds_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.glob("*.html"))
    assert len(pages) > len(PAGES) - 1
    found: list[str] = []
    for page in pages:
        parser = _Resources()
        parser.feed(page.read_text(encoding="utf-8"))
        found += parser.found
    assert found
    assert not [address for address in found if re.match(r"(https?:)?//", address)]


def test_search_works_from_the_disk(site: Path) -> None:
    """Without a server there is no index to fetch and no worker: both come as scripts."""
    assert (site / "search" / "search_index.js").read_text("utf-8").startswith("var __index =")
    page = (site / "index.html").read_text(encoding="utf-8")
    assert '<script src="assets/iframe-worker.js">' in page
    assert (site / "assets" / "iframe-worker.js").exists()


def test_made_parts_are_in_the_site(site: Path) -> None:
    columns = (site / "columns.html").read_text(encoding="utf-8")
    for column in (*CLAIM_COLUMNS, *TOPONYM_COLUMNS):
        assert f"<td>{column.name}</td>" in columns
    assert "<td>" in (site / "known-failures.html").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (site / "licences.html").read_text(encoding="utf-8")
    words = (site / "api-frontmap.html").read_text(encoding="utf-8")
    assert all(f"<code>{word}</code>" in words for word in (*frontmap.Event, *frontmap.Relation))
    assert "::: " not in (site / "api-frontmap.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "package"), [("frontmap", frontmap), ("gazetteer", gazetteer)])
def test_reference_names_everything_public(page: str, package: ModuleType) -> None:
    text = (ROOT / "docs" / f"api-{page}.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^::: (\S+)$", text, flags=re.MULTILINE))
    public = {f"{page}.{name}" for name in package.__all__ if not name.startswith("__")}
    assert public <= shown


def commands() -> list[str]:
    found = []
    for page in PAGES:
        for block in SHELL.findall(page.read_text(encoding="utf-8")):
            found += [line for line in block.splitlines() if line.startswith("frontmap ")]
    return found


@pytest.mark.parametrize("line", commands())
def test_shell_commands_exist_with_their_options(line: str) -> None:
    _, *words = shlex.split(line)
    command: click.Command = main
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    command.make_parser(click.Context(command)).parse_args(words)  # raises on an unknown option


def test_commands_are_found() -> None:
    assert len(commands()) >= 2


def test_known_failures_are_all_shown(generated: ModuleType) -> None:
    page = generated.known_failures_page()
    rows = [row for _, path in generated.TOPICS for row in generated._rows(ROOT / path)]
    assert page.count("\n|") == len(rows) + 2 * sum(
        bool(generated._rows(ROOT / path)) for _, path in generated.TOPICS
    )


def test_every_file_of_known_failures_is_shown(generated: ModuleType) -> None:
    there = {
        str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*known_failures.[tj]s*")
    } | {str(path.relative_to(ROOT)) for path in (ROOT / "tests/cases/hard").glob("*.tsv")}
    assert there == {path for _, path in generated.TOPICS}


def test_tables_of_docstrings_become_markdown(generated: ModuleType) -> None:
    table = "== ====\na  b\n== ====\nx  ``y``\n   z\n== ====\n"
    assert generated.from_restructured(table) == "| a | b |\n|---|---|\n| x | `y` z |\n"


def test_cells_keep_what_markdown_would_eat(generated: ModuleType) -> None:
    assert generated._cell("[Bachmut] a|b") == "&#91;Bachmut&#93; a&#124;b"
