"""Which share of the statements and branches of each package the tests run.

    python -m benchmarks coverage_shares [--report build/coverage/coverage.json]

`make coverage` runs the suite, which writes the report, and then this.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

REPORT = Path(__file__).parents[1] / "build" / "coverage" / "coverage.json"
PARTS = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def by_package(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[str, Counter[str]]:
    """Add up coverage's figures: package -> what there is of each, and how much is run."""
    sums: dict[str, Counter[str]] = {}
    for path, file in report["files"].items():
        package = (
            ".".join(Path(path).parts[:2]) if len(Path(path).parts) > 2 else Path(path).parts[0]
        )
        for name in (package, "all"):
            figures = {part: file["summary"][part] for part in PARTS}
            sums.setdefault(name, Counter()).update(figures)
    return dict(sorted(sums.items(), key=lambda pair: (pair[0] == "all", pair[0])))


def line(package: str, sums: Counter[str]) -> str:
    """Write one package."""
    shares = [
        f"{sums[run] / max(1, sums[there]):.1%} of {sums[there]} {what}"
        for run, there, what in (
            ("covered_lines", "num_statements", "statements"),
            ("covered_branches", "num_branches", "branches"),
        )
    ]
    return f"{package}: {', '.join(shares)}"


def main() -> None:
    """Print a line for each package and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, default=REPORT)
    read = json.loads(parser.parse_args().report.read_text(encoding="utf-8"))
    print("\n".join(line(*pair) for pair in by_package(read).items()))


if __name__ == "__main__":
    main()
