"""Run every benchmark and write what it prints to benchmarks/RESULTS.md (`make bench`).

python -m benchmarks [NAME ...]
python -m benchmarks NAME --its-option=5
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import platform
import re
import sys
from contextlib import redirect_stdout, suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
# hours, pass and fail, or of what was run before: only when they are named
ON_REQUEST = (
    "big_control", "coverage_shares", "gigabyte", "linearity", "long_run", "many_files", "mutation",
    "regexes",
)  # fmt: skip
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
    """Run the benchmarks named, or all of them, and put what they print in their place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(benchmarks())}")
    arguments, options = parser.parse_known_args()
    names = arguments.names or [name for name in benchmarks() if name not in ON_REQUEST]
    if options and len(names) != 1:
        parser.error(f"{options[0]}: options are for one benchmark, which comes first")
    sys.argv = [sys.argv[0], *options]
    results = HERE / "RESULTS.md"
    sections = read_sections(results.read_text(encoding="utf-8")) if results.exists() else {}
    for name in names:
        print(f"{name} ...", file=sys.stderr)
        printed = io.StringIO()
        # those that fail say so by their exit code too
        with redirect_stdout(printed), suppress(SystemExit):
            import_module(f"benchmarks.{name}").main()
        sections[name] = f"{stamp()}\n\n```\n{printed.getvalue().rstrip()}\n```"
        print(printed.getvalue())
        results.write_text(page(sections), encoding="utf-8")


def stamp() -> str:
    """Say when and where a benchmark ran, and what else the machine was doing."""
    busy = f"{os.getloadavg()[0]:.0f} processes running" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    where = f"{platform.machine()} with {os.cpu_count()} cores, {platform.system()}"
    today = dt.date.today().isoformat()
    return f"{today}, {where}, {busy}; Python {platform.python_version()}, {libraries}"


def read_sections(text: str) -> dict[str, str]:
    """Read what earlier runs wrote: benchmark -> its part of the page."""
    found = re.split(r"^## (\w+)\n\n", text, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(found[::2], found[1::2], strict=True)}


def page(sections: dict[str, str]) -> str:
    """Give the page of results; benchmarks that are no more are left out."""
    parts = [
        "# Results of the benchmarks",
        (
            "Written by `make bench` (`python -m benchmarks NAME ...` for some; the others keep "
            "their last results). Times on a shared machine are noisy: compare the ratios, and "
            "mind how many processes ran beside."
        ),
    ]
    known = benchmarks()
    if missing := [name for name in known if name not in sections]:
        parts.append(f"Not run yet: {', '.join(missing)}.")
    parts += [f"## {name}\n\n{sections[name]}" for name in known if name in sections]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
