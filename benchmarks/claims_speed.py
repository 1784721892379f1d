"""How much text a second claims are read from: ``python benchmarks/claims_speed.py [FILE]``.

FILE holds one JSON object with a ``text`` a line; without it the own sentences of the tests are
read over and over. Peer in the same run: splitting the same text into words with one regular
expression, the least any reader has to do; the ratio is what to watch, not the seconds.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from frontmap.article import Article
from frontmap.claims import extract_claims
from frontmap.resolution import Toponym, resolve

CASES = Path(__file__).parent.parent / "tests" / "cases" / "claims"


def texts() -> list[str]:
    """Return the texts to read."""
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if line.strip()]
    rows = (CASES / "german_hard.tsv").read_text(encoding="utf-8").splitlines()
    sentences = [row.split("\t")[1] for row in rows if row.count("\t") == 2]
    return [re.sub(r"\[(?:\w:)?([^\]]+)\]", r"\1", " ".join(sentences[i::8])) for i in range(8)] * 5


def main() -> None:
    """Print KB a second for claims alone, for names and claims, and the ratio to the peer."""
    articles = [Article(text=text, id=str(i)) for i, text in enumerate(texts())]
    size = sum(len(article.text.encode()) for article in articles) / 1000
    resolved: list[list[Toponym]] = [resolve(article) for article in articles]
    for article, toponyms in zip(articles[:20], resolved[:20], strict=True):
        extract_claims(article, toponyms)

    def measure(name: str, run: object) -> float:
        start = time.process_time()
        for article, toponyms in zip(articles, resolved, strict=True):
            run(article, toponyms)  # type: ignore[operator]
        spent = time.process_time() - start
        print(f"{name:24} {size / spent:10.1f} KB/s  ({size:.0f} KB)")
        return spent

    word = re.compile(r"\w+|[^\w\s]")
    peer = measure("words by one pattern", lambda a, t: word.findall(a.text))
    alone = measure("claims", extract_claims)
    measure("names and claims", lambda a, t: extract_claims(a))
    print(f"claims take {alone / peer:.0f} times as long as splitting into words")


if __name__ == "__main__":
    main()
