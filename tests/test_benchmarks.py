"""The page of results: what was measured before stays, each with its own stamp."""

from __future__ import annotations

from pathlib import Path

from benchmarks.__main__ import benchmarks, page, read_sections, stamp

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
