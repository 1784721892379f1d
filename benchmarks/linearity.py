"""Time grows with the length of a text and no faster, whatever the text (`make fuzz`).

Each pathological text is read at two lengths, one four times the other; the time may grow by no
more than `MOST` times (a square would be 16). Times under `LEAST` seconds say nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import frontmap as fm

MOST, LEAST = 9.0, 0.05
UNITS = (
    "a", "A", "Aa", "ü", "Ж", "9", ",", ", ", ".", ". ", ": ", "; ", "-", "a-", " - ", "–", "'",
    "„", "»", "\"a\" ", "(", "(Kiew ", "[", "<a ", "&amp;", "{", "/", "@a ", "\n", " ", "\t",
    "\xa0", "+", "+++ ", "+++ 12:49 Kiew +++ ", "Kiew ", "Kiew, ", "Kiew und ", "Kiew\n",
    "Kiew\n\n", "Xyzq ", "Київ ", "z.B. ", "A. ", "Aa.", "a,a.", "0.", "27. ",
    "27. November 2025 ", "10 Kilometer ", "Nowo- und ", "nördlich von ", "nicht ",
    "er sagte, dass ", "zu erobern ", "eroberten ", "wollen ", "sagte ", "Oblast Donezk ",
    "die russischen Truppen bei Torezk und ", "Russische Truppen haben Torezk erobert. ", "fÃ¼r ",
    "é", "\xad", "\u202e", "😀",
)  # fmt: skip
STAGES: dict[str, Callable[[str], object]] = {
    "reading": fm.Article.from_text,
    "recognize": lambda text: fm.recognize(fm.Article(text=text)),
    "resolve": lambda text: fm.resolve(fm.Article(text=text)),
    "extract_claims": lambda text: fm.extract_claims(fm.Article(text=text)),
    "extract_claims, en": lambda text: fm.extract_claims(fm.Article(text=text, language="en")),
}


def seconds(stage: Callable[[str], object], text: str) -> float:
    """Processor time of one call."""
    before = time.process_time()
    stage(text)
    return time.process_time() - before


def main() -> None:
    """Print what grows too fast; exit code 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=int, default=5_000, help="of the shorter text")
    length = parser.parse_args().length
    failed = 0
    for name, stage in STAGES.items():
        stage("Russische Truppen haben Torezk erobert.")
        worst = (0.0, "")
        for unit in UNITS:
            short, long = (unit * (size // len(unit)) for size in (length, 4 * length))
            first, second = seconds(stage, short), seconds(stage, long)
            if second > LEAST and second > MOST * first:  # once more: machines stutter
                first, second = max(first, seconds(stage, short)), seconds(stage, long)
            worst = max(worst, (second / len(long), unit))
            if second > LEAST and second > MOST * first:
                failed += 1
                print(f"{name}: {unit!r} takes {first:.2f} s, four times as much {second:.2f} s")
        print(f"{name:20} {worst[0] * 1e6:6.1f} us a character at most, for {worst[1]!r}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
