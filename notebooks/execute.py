"""Run every notebook anew, in place: ``make notebooks``.

What is kept of an output is text, tables and pictures; times, counts of the kernel and identifiers
that change from run to run are left out, so that a diff shows what changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
KEPT = ("text/plain", "text/html", "image/png")


def execute(path: Path) -> None:
    """Run one notebook and write it back."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=300, resources=resources, coalesce_streams=True)
    client.execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
        for output in cell.get("outputs", []):
            clean(output)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def clean(output: dict[str, Any]) -> None:
    """Keep what a reader sees."""
    output.get("metadata", {}).clear()
    for kind in [kind for kind in output.get("data", {}) if kind not in KEPT]:
        del output["data"][kind]


if __name__ == "__main__":
    names = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb"))
    for name in names:
        execute(name)
        print(name.name)
