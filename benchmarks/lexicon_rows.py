"""Lexicon rows of the claims that no sentence of the tests holds: each is unproven.

    python -m benchmarks.lexicon_rows [--list]

A row counts as held where its pattern, a form of its verb or its word occurs in a sentence of the
tests; that it also decides there is shown by mutation testing only. ``--list`` gives the rows.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from frontmap.claims.lexicon.morphology import verb_forms
from frontmap.lexicons import load

ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "evaluation" / "dev.jsonl"
# lexicon -> column, and what stands in it
COLUMNS = {
    "actors": ("word", "pattern"),
    "claimants": ("pattern", "pattern"),
    "common_verbs": ("lemma", "verb"),
    "events": ("entry", "entry"),
    "foreign_actors": ("pattern", "foreign"),
    "foreign_cues": ("pattern", "foreign"),
    "foreign_events": ("pattern", "foreign"),
    "foreign_modality": ("pattern", "foreign"),
    "foreign_relations": ("pattern", "foreign"),
    "foreign_speakers": ("pattern", "foreign"),
    "foreign_speech": ("pattern", "foreign"),
    "forces": ("name", "pattern"),
    "light_verbs": ("lemma", "verb"),
    "modality": ("cue", "pattern"),
    "not_events": ("word", "pattern"),
    "patterns": ("pattern", "pattern"),
    "places": ("word", "pattern"),
    "speech": ("entry", "entry"),
    "verification": ("pattern", "pattern"),
    "word_sets": ("word", "part"),
}


def own_texts() -> str:
    """Give all sentences of the tests, without the marks of names."""
    paths = [*(ROOT / "tests").rglob("*.tsv"), *(ROOT / "tests").rglob("*.txt")]
    paths += [*(ROOT / "tests").glob("test_claims*.py"), *(ROOT / "examples").glob("*.txt")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"\[(?:[rwx]:)?([^\]|]+)(?:\|[^\]]*)?\]", r"\1", text)


def dev_texts() -> str:
    """Give the passages the claims are measured on, none where they are not at hand."""
    if not DEV.exists():
        return ""
    lines = DEV.read_text(encoding="utf-8").splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)


def holder(text: str) -> Callable[[str, str], bool]:
    """Give a function that says whether a text holds a row."""
    lower = text.lower()
    words = set(re.findall(r"[\w-]+", lower))

    def holds(kind: str, entry: str) -> bool:
        if kind == "verb":
            return any(
                form.text in words and (form.particle is None or form.particle in words)
                for form in verb_forms(entry)
            )
        if kind == "noun":
            stem, _, endings = entry.lower().partition("(")
            forms = [stem, *(stem + ending for ending in endings.rstrip(")").split("|"))]
            return any(word.endswith(form) for word in words for form in forms)
        if kind == "part":
            return entry.lower() in lower
        pattern = re.compile(entry, re.IGNORECASE if kind == "foreign" else 0)
        return bool(pattern.search(lower) or pattern.search(text))

    return holds


def rows() -> Iterator[tuple[str, str, str]]:
    """Give (lexicon, kind, entry) of every row."""
    for name, (column, kind) in COLUMNS.items():
        for line in load(f"claims/{name}.tsv"):
            kind_of_row = line["class"] if kind == "entry" else kind
            kind_of_row = {"phrase": "pattern", "formula": "pattern", "behind": "pattern"}.get(
                kind_of_row, kind_of_row
            )
            yield name, kind_of_row, line[column]


def main() -> None:
    """Count the rows, or list those held by no sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    own, dev = holder(own_texts()), holder(dev_texts())
    counts: dict[str, list[int]] = {}
    for name, kind, entry in rows():
        total = counts.setdefault(name, [0, 0, 0])
        total[0] += 1
        if own(kind, entry):
            total[1] += 1
        elif dev(kind, entry):
            total[2] += 1
            if arguments.list:
                print(f"{name}\tdev only\t{entry}")
        elif arguments.list:
            print(f"{name}\tnowhere\t{entry}")
    for name, (total, in_own, in_dev) in counts.items():
        print(f"{name}: {total} rows, {in_own} in own sentences, {in_dev} more in dev")
    total, in_own, in_dev = (sum(column) for column in zip(*counts.values(), strict=True))
    print(f"all: {total} rows, {in_own} in own sentences, {in_dev} more in dev")


if __name__ == "__main__":
    main()
