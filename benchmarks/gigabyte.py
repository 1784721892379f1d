"""Memory of a long run: so much text through recognition and resolution in one process.

    python -m benchmarks.gigabyte [--gigabytes 1] [--seed 5] [--steps 100]

No two articles are alike. One sentence in five is one of the test cases or of the project's own
reports, every other of their settlements replaced by some name of the whole gazetteer; the rest are
frames with numbers, dates, nouns and compounds of two nouns that nothing has seen before, about
two in 1,000 letters. So whatever is kept by word, name, sentence or article would grow. Each line
is written when its part is done: the memory in use then, without the gazetteer's file pages, and
the most there was. Making the text is left out of the rate.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.toponyms_speed import sentences
from frontmap.article import Article
from frontmap.resolution import resolve
from gazetteer import Gazetteer

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
FRAMES = (
    "Am {day}. {month} {year} um {hour}:{minute:02} Uhr wurden {count} Fälle von {word} gemeldet. ",
    "Von {noun} und {second} war in den {count} Berichten zunächst keine Rede. ",
    "Die {noun} kostete nach ersten Schätzungen {count},{minute:02} Millionen Hrywnja im Jahr. ",
    "Nach {hour} Stunden dauerten die Gespräche über {noun} und {second} am Abend noch an. ",
    "Ob die {noun} wirklich {count} Mal gezählt wurde, ließ sich nicht unabhängig überprüfen. ",
    "Das Ministerium äußerte sich zu {noun}, {second} bislang nicht, hieß es weiter. ",
    "Beobachter sprachen am {day}. {month} von einer angespannten, aber stabilen {noun}. ",
    "Der {word} liegt {hour} Kilometer weiter südlich und hat {count} Mitglieder. ",
)
MONTHS = ("Januar", "März", "Mai", "Juli", "September", "November")


class Prose:
    """Gives articles by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        gazetteer = Gazetteer.default()
        self.chance = random.Random(seed)
        self.names = [n.text for p in gazetteer if p.kind.is_settlement for n in p.names[:3]]
        reports = "\n\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
        pool = dict.fromkeys(sentences() + re.findall(r"[^.\n]{20,}\. ", reports))
        self.pool = [slots(sentence, gazetteer) for sentence in pool]
        words = sorted(set(re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{4,}\b", "".join(pool))))
        self.nouns = [word for word in words if not gazetteer.knows(word)]

    def sentence(self) -> str:
        """Give a sentence: one in five about places."""
        chance = self.chance
        if chance.random() < 0.2:
            first, *rest = chance.choice(self.pool)
            return first + "".join(
                (own if chance.random() < 0.5 else chance.choice(self.names)) + part
                for own, part in zip(rest[::2], rest[1::2], strict=True)
            )
        noun, second, start, end = chance.choices(self.nouns, k=4)
        return chance.choice(FRAMES).format(
            noun=noun, second=second, word=start + end.lower(),
            day=chance.randint(1, 28), month=chance.choice(MONTHS),
            year=chance.randint(2014, 2026), hour=chance.randint(0, 23),
            minute=chance.randint(0, 59), count=chance.randint(1, 10**6),
        )  # fmt: skip

    def articles(self) -> Iterator[tuple[str, int]]:
        """Give articles of 3 to 60 sentences without end, and how many sentences each has."""
        while True:
            number = int(3 * 20 ** self.chance.random())
            yield "".join(self.sentence() for _ in range(number)), number


def slots(sentence: str, gazetteer: Gazetteer) -> list[str]:
    """Cut a sentence at the settlements named just so: words, name, words, name, words."""
    parts, end = [], 0
    for toponym in resolve(sentence, gazetteer=gazetteer):
        mention, place = toponym.mention, toponym.place
        if place is not None and place.kind.is_settlement and mention.surface == place.name_de:
            parts += [sentence[end : mention.start], mention.surface]
            end = mention.end
    return [*parts, sentence[end:]]


def status(field: str) -> float:
    """Megabytes that the system counts for this process under a name."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return int(fields[field].split()[0]) / 1024


def watch(gigabytes: float, seed: int, steps: int) -> None:
    """Print names, memory and rate at each step of so much text."""
    prose = Prose(seed)
    read = documents = written = names = 0
    places: set[str] = set()
    spent, started, part, seen = 0.0, time.time(), gigabytes * 1e9 / steps, []
    for text, number in prose.articles():
        begun = time.process_time()
        found = resolve(Article(text, id=str(documents)))
        spent += time.process_time() - begun
        documents, written, names = documents + 1, written + number, names + len(found)
        places.update(t.place.id for t in found if t.place is not None)
        read += len(text.encode())
        if read >= part * (len(seen) + 1):
            seen.append(status("RssAnon"))
            print(
                f"{read / 1e6:7.1f} MB, {documents} articles, {written} sentences, {names} names "
                f"of {len(places)} places: {seen[-1]:.1f} MB in memory, at most "
                f"{status('VmHWM'):.0f} with the gazetteer's pages; {read / 1e6 / spent:.2f} MB/s, "
                f"{(time.time() - started) / 60:.0f} min",
                flush=True,
            )
            if len(seen) == steps:
                break
    print(f"from the middle to the end: {seen[-1] - seen[steps // 2 - 1]:+.1f} MB")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--steps", type=int, default=10)
    arguments = parser.parse_args()
    watch(arguments.gigabytes, arguments.seed, max(2, arguments.steps))


if __name__ == "__main__":
    main()
