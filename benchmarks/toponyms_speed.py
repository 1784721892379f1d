"""How fast place names are recognised and resolved, beside matchers of plain names in the same run.

    python -m benchmarks.toponyms_speed [--megabytes 5] [--no-peers]
    python -m benchmarks.toponyms_speed --sentences 1000000

Text is made from sentences of the test cases, shuffled, so that vocabulary repeats as it does in
news. Peers are run on a smaller share of it, each if it is installed. With ``--sentences`` only
the memory is watched, over that many sentences with random names of the whole gazetteer.
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


def spacy_ruler(names: list[str]) -> Callable[[str], object]:
    """Make spaCy's EntityRuler."""
    import spacy

    nlp = spacy.blank("de")
    nlp.max_length = 10**9
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": name} for name in names])
    return nlp


def spacy_matcher(names: list[str]) -> Callable[[str], object]:
    """Make spaCy's PhraseMatcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("de")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("LOC", list(blank.pipe(names)))
    return lambda text: matcher(blank.make_doc(text))


def flashgeotext(names: list[str]) -> Callable[[str], object]:
    """Make flashgeotext's matcher, with a look at the words' bounds as it comes."""
    from flashgeotext.geotext import GeoText, GeoTextConfiguration
    from flashgeotext.lookup import LookupData

    geotext = GeoText(GeoTextConfiguration(use_demo_data=False))
    data = {name: [name] for name in names}
    geotext.add(LookupData(name="places", data=data, script="latin"))
    return lambda text: geotext.extract(input_text=text, span_info=True)


def aho_corasick(names: list[str]) -> Callable[[str], object]:
    """Make pyahocorasick's automaton, whole words only."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()

    def found(text: str) -> list[tuple[int, str]]:
        return [
            (end, name)
            for end, name in automaton.iter_long(text)
            if not text[end + 1 : end + 2].isalnum()
            and not text[max(0, end - len(name)) : end - len(name) + 1].isalnum()
        ]

    return found


# Matchers of plain names, and the share of the text that each is given.
PEERS: dict[str, tuple[Callable[[list[str]], Callable[[str], object]], float]] = {
    "spaCy EntityRuler": (spacy_ruler, 0.02),
    "spaCy PhraseMatcher": (spacy_matcher, 0.1),
    "flashgeotext": (flashgeotext, 0.05),
    "pyahocorasick": (aho_corasick, 0.2),
}


def peers(gazetteer: Gazetteer, texts: list[str]) -> None:
    """Run matchers over the settlements' German names, and this library on the same text."""
    names = sorted({place.name_de for place in gazetteer if place.kind.is_settlement})
    for peer, (make, share) in PEERS.items():
        try:
            run = make(names)
        except ImportError as error:
            print(f"{peer}: left out, {error.name} is not installed (pip install frontmap[bench])")
            continue
        part = texts[: max(10, int(share * len(texts)))]
        rate = speed(run, part)
        own = speed(lambda text: recognize(text, gazetteer), part)
        print(
            f"{peer}, {len(names)} plain names: {rate:.2f} MB/s; "
            f"recognition here is {own / rate:.1f} times as fast"
        )


def memory(gazetteer: Gazetteer, number: int) -> None:
    """Resolve so many sentences, each of three random names in a random frame."""
    chance = random.Random(2)
    names = [name.text for place in gazetteer for name in place.names[:3]]
    frames = [sentence for sentence in sentences() if " in " in sentence]
    for part in range(1, 11):
        for _ in range(number // 10):
            first, second, third = chance.sample(names, 3)
            text = chance.choice(frames).replace(
                " in ", f" in {first} und {second} bei {third} ", 1
            )
            resolve(Article(text=text), gazetteer=gazetteer)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{part * number // 10} sentences: at most {peak:.0f} MB", flush=True)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--sentences", type=int, default=0)
    arguments = parser.parse_args()
    gazetteer = Gazetteer.default()
    if arguments.sentences:
        memory(gazetteer, arguments.sentences)
        return
    texts = articles(arguments.megabytes)
    warm = texts[: max(20, len(texts) // 20)]
    for text in warm:
        resolve(Article(text=text), gazetteer=gazetteer)
    rate = speed(lambda text: recognize(text, gazetteer), texts)
    print(f"recognition: {rate:.2f} MB/s")
    part = texts[: max(50, len(texts) // 5)]
    rate = speed(lambda text: resolve(Article(text=text), gazetteer=gazetteer), part)
    print(f"recognition and resolution: {rate:.2f} MB/s")
    if not arguments.no_peers:
        peers(gazetteer, texts)


if __name__ == "__main__":
    main()
