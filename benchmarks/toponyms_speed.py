"""How fast place names are recognised and resolved, beside spaCy's matchers in the same run.

    python benchmarks/toponyms_speed.py [--megabytes 5] [--peers] [--sentences 1000000]

Text is made from sentences of the test cases, shuffled, so that vocabulary repeats as it does in
news. Peers are run on a smaller share of it; spaCy is optional. With ``--sentences`` memory is
watched over that many sentences.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from toponym_cases import read_cases

from frontmap.article import Article
from frontmap.recognition import recognize
from frontmap.resolution import resolve
from gazetteer import Gazetteer

FILLER = (
    "Die Angaben ließen sich zunächst nicht unabhängig überprüfen. ",
    "Nach Darstellung des Generalstabs dauerten die Gefechte am Abend noch an. ",
    "Das Verteidigungsministerium äußerte sich dazu bislang nicht. ",
    "Beobachter sprechen von einer angespannten, aber stabilen Lage an der gesamten Front. ",
)


def sentences() -> list[str]:
    """Give the sentences to mix: one in four names places, about five names in 1,000 letters."""
    own = [case.text + " " for case in read_cases(("forms.tsv", "senses.tsv", "silence.tsv"))]
    return own + list(FILLER) * len(own)


def articles(megabytes: float, size: int = 3_000) -> list[str]:
    """Give articles of about `size` characters that make up so many megabytes."""
    chance = random.Random(1)
    pool, made, total = sentences(), [], 0
    while total < megabytes * 1e6:
        parts: list[str] = []
        while sum(map(len, parts)) < size:
            parts.append(chance.choice(pool))
        text = "".join(parts)
        total += len(text.encode())
        made.append(text)
    return made


def speed(run: Callable[[str], object], texts: list[str]) -> float:
    """Give megabytes a second of processor time."""
    size = sum(len(text.encode()) for text in texts)
    start = time.process_time()
    for text in texts:
        run(text)
    return size / 1e6 / (time.process_time() - start)


def peers(gazetteer: Gazetteer, texts: list[str]) -> None:
    """Run spaCy's matchers over the settlements' German names."""
    import spacy
    from spacy.matcher import PhraseMatcher

    names = sorted({place.name_de for place in gazetteer if place.kind.is_settlement})
    nlp = spacy.blank("de")
    nlp.max_length = 10**9
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": name} for name in names])
    print(f"spaCy EntityRuler, {len(names)} names: {speed(nlp, texts[:40]):.2f} MB/s")
    blank = spacy.blank("de")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("LOC", list(blank.pipe(names)))
    rate = speed(lambda text: matcher(blank.make_doc(text)), texts[:200])
    print(f"spaCy PhraseMatcher, {len(names)} names: {rate:.2f} MB/s")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--sentences", type=int, default=0)
    arguments = parser.parse_args()
    gazetteer = Gazetteer.default()
    texts = articles(arguments.megabytes)
    warm = texts[: max(20, len(texts) // 20)]
    for text in warm:
        resolve(Article(text=text), gazetteer=gazetteer)
    rate = speed(lambda text: recognize(text, gazetteer), texts)
    print(f"recognition: {rate:.2f} MB/s")
    part = texts[: max(50, len(texts) // 5)]
    rate = speed(lambda text: resolve(Article(text=text), gazetteer=gazetteer), part)
    print(f"recognition and resolution: {rate:.2f} MB/s")
    if arguments.peers:
        peers(gazetteer, texts)
    if arguments.sentences:
        chance, pool = random.Random(2), sentences()
        for number in range(1, 11):
            for _ in range(arguments.sentences // 10):
                recognize(chance.choice(pool), gazetteer)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number * arguments.sentences // 10} sentences: peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
