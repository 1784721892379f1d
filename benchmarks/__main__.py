"""Run every benchmark and write what it prints to benchmarks/RESULTS.md (`make bench`)."""

from __future__ import annotations

import argparse
import io
import platform
import sys
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
LIBRARIES = ("folium", "geopandas", "pyproj", "rapidfuzz", "shapely")


def benchmarks() -> list[str]:
    """Return the names of the modules here that can be run, in order."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if not path.stem.startswith("_")
        and path.stem != "fuzz"
        and "\ndef main(" in path.read_text(encoding="utf-8")
    )


def main() -> None:
    """Run the benchmarks named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(benchmarks())}")
    names = parser.parse_args().names or benchmarks()
    sys.argv = sys.argv[:1]
    parts = [
        "# Results of the benchmarks",
        "Written by `make bench` (`python -m benchmarks NAME ...` for some). Times on a shared "
        "machine are noisy; compare the ratios.",
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    ]
    for name in names:
        print(f"{name} ...", file=sys.stderr)
        printed = io.StringIO()
        with redirect_stdout(printed):
            import_module(f"benchmarks.{name}").main()
        parts.append(f"## {name}\n\n```\n{printed.getvalue().rstrip()}\n```")
        print(printed.getvalue())
    missing = sorted(set(benchmarks()) - set(names))
    if missing:
        parts.insert(2, f"Not run this time: {', '.join(missing)}.")
    (HERE / "RESULTS.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
