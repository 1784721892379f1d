"""The page of results, each part with its own stamp; the changes that test the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.__main__ import benchmarks, page, read_sections, stamp
from benchmarks.mutants import ROOT, drawn, equivalents, meaning, places_of, survivors_of, tree_of
from benchmarks.mutation import summary

RESULTS = Path(__file__).parents[1] / "benchmarks" / "RESULTS.md"


def test_results_are_kept_when_others_are_measured() -> None:
    known = benchmarks()
    sections = {known[0]: "a stamp\n\n```\nfirst\n## no heading\n```", known[1]: "b\n\n```\nx\n```"}
    assert read_sections(page(sections)) == sections
    again = page(sections | {known[1]: "c"})
    assert "first" in again and "```\nx" not in again
    assert f"Not run yet: {', '.join(known[2:])}." in again
    assert "gone" not in page({"gone": "x"})


def test_the_committed_page_is_one_that_would_be_written() -> None:
    text = RESULTS.read_text(encoding="utf-8")
    assert page(read_sections(text)) == text


def test_stamps_name_the_machine_and_the_versions() -> None:
    assert "Python 3" in stamp() and "cores" in stamp() and "shapely" in stamp()


def test_a_change_means_something_only_where_the_code_does_another_thing() -> None:
    plain = "def f(a):\n    return a < 1\n"
    typed = '"""Words."""\nfrom __future__ import annotations\n__all__ = ["f"]\n'
    same = 'def f(a: int | None) -> bool:\n    """Say."""\n    return a < 1\n'
    assert meaning(same) == meaning(plain) != meaning(plain.replace("<", "<="))
    assert meaning("from __future__ import annotations\n" + plain) == meaning(typed + plain)
    assert meaning("def f(:") == ""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a package of one module in place of ours."""
    pytest.importorskip("cosmic_ray")
    module = tmp_path / "frontmap" / "small" / "sums.py"
    module.parent.mkdir(parents=True)
    far = "def far(a, b):\n    return a - b > 3\n"
    module.write_text(f"{far}\n\ndef near(a, b):\n    return not far(a, b)\n")
    monkeypatch.setattr("benchmarks.mutants.ROOT", tmp_path)
    yield module
    tree_of.cache_clear()


def test_survivors_of_a_report_are_made_again_wherever_their_lines_stand_now(small: Path) -> None:
    before = list(drawn(places_of("small"), seed=3))
    assert len(before) >= 3
    assert before == list(drawn(places_of("small"), seed=3))
    report = "".join(f"  not noticed: {mutant}\n" for mutant in before)
    assert list(survivors_of(report, "small")) == before
    assert list(survivors_of(report, "other")) == []
    small.write_text("import math\n\n" + small.read_text())
    tree_of.cache_clear()
    after = list(survivors_of(report, "small"))
    assert [mutant.name for mutant in after] == [mutant.name for mutant in before]
    assert [mutant.line for mutant in after] == [mutant.line + 2 for mutant in before]


def test_a_survivor_whose_line_is_gone_is_told(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("sums", "gone"):
        survivor = f"  not noticed: frontmap/small/{module}.py:2: AddNot: return not elsewhere"
        assert list(survivors_of(survivor, "small")) == []
        assert f"no more: not noticed: frontmap/small/{module}.py" in capsys.readouterr().err


def test_changes_that_change_nothing_have_a_reason_and_a_module() -> None:
    for (path, _, _), why in equivalents().items():
        assert why and (ROOT / path).is_file(), path


def test_the_share_is_of_changes_that_change_something() -> None:
    counts = {"noticed": 6, "timeout": 1, "not noticed": 2, "not reached": 1, "equivalent": 5}
    assert summary(counts).startswith("15 changes, 6 noticed, 1 by time")
    assert summary(counts).endswith("70.0%")
