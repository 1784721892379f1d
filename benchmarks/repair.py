"""Repair beside ftfy: words brought back and seconds, on the project's own clean sentences.

    python benchmarks/repair.py

Each decoder that UTF-8 may have gone through by mistake is applied to the German sentences of
``tests/cases/article/clean``, to all words and to every third word; the table shows the share of
damaged words that come back, for frontmap and for ftfy's ``fix_encoding`` in the same run, and
how many words of the clean sentences in all languages each of them changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import ftfy

from frontmap.article.repair import repair_text
from frontmap.lexicons import load

CLEAN = Path(__file__).parents[1] / "tests" / "cases" / "article" / "clean"
REPEATS = 40  # times the German sentences for the timing


def misread(text: str, codec: str) -> str:
    """UTF-8 bytes read by a decoder; what it leaves undefined becomes control characters."""
    characters = {
        byte: bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte))
        for byte in range(256)
    }
    return "".join(characters[byte] for byte in text.encode("utf-8"))


def share(fix: Callable[[str], str], words: list[str], damaged: list[str]) -> float:
    """Share of the damaged words that come back."""
    fixed = fix(" ".join(damaged)).split(" ")
    hit = [i for i, (word, before) in enumerate(zip(words, damaged, strict=True)) if word != before]
    right = sum(len(fixed) == len(words) and fixed[i] == words[i] for i in hit)
    return right / len(hit)


def main() -> None:
    """Print the table."""
    words = (CLEAN / "de.txt").read_text(encoding="utf-8").split()
    fixes: dict[str, Callable[[str], str]] = {
        "frontmap": lambda text: repair_text(text).text,
        "ftfy": ftfy.fix_encoding,
    }
    print(f"{'UTF-8 read as':18}{'all words':>22}{'every third word':>24}")
    print(f"{'':18}{'frontmap':>12}{'ftfy':>10}{'frontmap':>14}{'ftfy':>10}")
    for entry in load("article/decoders.tsv"):
        every = [misread(word, entry["codec"]) for word in words]
        third = [bad if i % 3 == 0 else word for i, (word, bad) in
                 enumerate(zip(words, every, strict=True))]  # fmt: skip
        shares = [share(fix, words, d) for d in (every, third) for fix in fixes.values()]
        print(f"{entry['title']:18}{shares[0]:12.1%}{shares[1]:10.1%}"
              f"{shares[2]:14.1%}{shares[3]:10.1%}")  # fmt: skip
    lines = [line for path in sorted(CLEAN.glob("*.txt"))
             for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    for name, fix in fixes.items():
        changed = sum(fix(line) != line for line in lines)
        print(f"{name}: changes {changed} of {len(lines)} clean sentences")
    clean = "\n".join(words * REPEATS)
    for label, text in (("clean", clean), ("damaged", misread(clean, "iso8859-16"))):
        for name, fix in fixes.items():
            start = time.process_time()
            fix(text)
            seconds = time.process_time() - start
            print(f"{name}: {seconds / len(text) * 1e6:.2f} s per million characters, {label}")


if __name__ == "__main__":
    main()
