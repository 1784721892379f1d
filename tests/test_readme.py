"""What README.md and docs/*.md show is what happens: every code block is run."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontmap.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [
        code for kind, code in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language
    ]


@pytest.fixture
def beside_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scratch folder with `examples/` in it, so that nothing is written into the checkout."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_blocks_give_the_output_shown(page: Path, beside_examples: Path) -> None:
    """First the Python of a page, then its commands, which may use the files written."""
    text = "\n".join(blocks(page, "python"))
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    report: list[str] = []
    runner.run(parser.get_doctest(text, {}, page.name, str(page), 0), out=report.append)
    assert not runner.failures, "".join(report)
    run_commands(page)


def run_commands(page: Path) -> None:
    """Run the commands a page shows; their output must be the one shown."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            words = shlex.split(command)
            assert words[0] == "frontmap", f"{command}: only frontmap itself is run here"
            result = CliRunner().invoke(main, words[1:])
            assert result.exit_code == 0, result.output
            if shown.strip():
                wanted = shown.strip().replace("...", "\0")
                pattern = ".*?".join(re.escape(piece) for piece in wanted.split("\0"))
                assert re.fullmatch(pattern, result.output.strip(), re.DOTALL), result.output


def test_readme_has_a_ten_line_example() -> None:
    first = blocks(ROOT / "README.md", "python")[0]
    assert sum(line.startswith((">>>", "...")) for line in first.splitlines()) <= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
