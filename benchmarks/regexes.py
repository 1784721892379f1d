"""Every regular expression on its own: time grows with the length of what it fails on, no faster.

    python -m benchmarks.regexes

The expressions are those that the packages compile when all their modules are loaded, their
data-driven patterns are asked for and some texts are analysed; a few more may be compiled later,
with data of their own. For each repetition in one, texts are made that go on matching it and end in
what does not match, of the lengths n, 2n and 4n. The time may grow by `MOST` times from n to 4n (a
square would grow 16 times); times under `LEAST` say nothing. What is timed is one match, from the
beginning of the text: that is where backtracking shows. Searches from every place of whole texts
are timed by `benchmarks.linearity`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

MOST, LEAST = 9.0, 0.004
HERE = Path(__file__).resolve().parents[1]
LENGTH = 1_000  # characters, n
MOST_TEXTS = 60  # for one expression, evenly taken from all that can be made
PATIENCE = 10.0  # seconds for one match
MANY = 50  # a repetition of fewer is bounded
VARIANTS = 2  # samples of a class or an alternation that are tried
ENDS = ("", "\x00", " ")
POOL = "a1 A.,-:(ä\n\"'/»Ж_\xa0"
CATEGORIES = {"DIGIT": "1", "WORD": "a", "SPACE": " ", "NOT_DIGIT": "a", "NOT_WORD": "-", "NOT_SPACE": "a"}  # fmt: skip  # noqa: E501
# What only ever sees a few hundred characters, whatever the text, and may take their square.
BOUNDED = {"frontmap/article/dating.py": "head and foot lines, 200 characters at most"}
TEXTS = (
    (
        "Kiew (dpa) - Russische Truppen haben nach Angaben aus Moskau am 27. November 2025 zwei "
        "Dörfer nördlich von Torezk erobert.\n\nText: Morgenblatt, 27.11.2025"
    ),
    "Russian forces advanced 3 kilometers near Pokrovsk on November 3, the General Staff said.",
    "Російські війська захопили Торецьк, повідомив Генштаб 3 листопада. Атаки біля Покровська.",
    "Российские войска заняли Торецк, сообщило Минобороны 3 ноября.",
)
Found = dict[tuple[str, int], str]


def collect() -> Found:
    """Every expression that our modules compile, and the file that does."""
    found: Found = {}
    original = _compiler.compile

    def noted(pattern: Any, flags: int = 0) -> Any:
        frame: Any = sys._getframe(1)
        while frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        where = Path(frame.f_code.co_filename)
        if (
            isinstance(pattern, str)
            and where.is_relative_to(HERE)
            and "site-packages" not in where.parts
            and where.parent != Path(__file__).parent
        ):
            found.setdefault((pattern, int(flags)), str(where.relative_to(HERE)))
        return original(pattern, flags)

    re.purge()
    _compiler.compile = noted
    try:
        _exercise()
    finally:
        _compiler.compile = original
    return found


def _exercise() -> None:
    import frontmap
    import gazetteer

    for package in (frontmap, gazetteer):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if info.name.rpartition(".")[2] in ("__main__", "spacy_component"):
                continue
            module = importlib.import_module(info.name)
            for value in vars(module).values():
                if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                    value()
    for text in TEXTS:
        frontmap.analyze(text)
        frontmap.read(f"<html><body><article><p>{text}</p></article></body></html>".encode())


def _one_of(node: Any, variant: int) -> str:
    """A character that a class holds."""
    negated = bool(node) and str(node[0][0]) == "NEGATE"
    held = [c for c in POOL if _in(node, c)]
    if not held and not negated:
        held = [
            chr(v) if str(op) == "LITERAL" else chr(v[0])
            for op, v in node
            if str(op) in ("LITERAL", "RANGE")
        ]
    return held[variant % len(held)] if held else "a"


def _in(node: Any, character: str) -> bool:
    hit = negated = False
    for op, value in node:
        match str(op):
            case "NEGATE":
                negated = True
            case "LITERAL":
                hit |= ord(character) == value
            case "RANGE":
                hit |= value[0] <= ord(character) <= value[1]
            case "CATEGORY":
                hit |= _of_category(str(value).removeprefix("CATEGORY_"), character)
    return hit != negated


def _of_category(name: str, character: str) -> bool:
    kind = name.removeprefix("NOT_")
    inside = {"DIGIT": character.isdigit(), "SPACE": character.isspace(),
              "WORD": character.isalnum() or character == "_"}[kind]  # fmt: skip
    return inside != name.startswith("NOT_")


def sample(nodes: Any, variant: int) -> str:
    """A short text that some parsed nodes match, their assertions left aside."""
    return "".join(_sample(str(op), value, variant) for op, value in nodes)


def _sample(op: str, value: Any, variant: int) -> str:
    match op:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return "b" if value == ord("a") else "a"
        case "ANY":
            return "a"
        case "IN":
            return _one_of(value, variant)
        case "BRANCH":
            return sample(value[1][variant * 7 % len(value[1])], variant)
        case "SUBPATTERN":
            return sample(value[3], variant)
        case "ATOMIC_GROUP":
            return sample(value, variant)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return sample(value[2], variant) * max(int(value[0]), variant % 2)
    return ""


def repetitions(nodes: Any, variant: int, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repetition without a bound: a text before it, and a text it repeats."""
    for op, value in nodes:
        match str(op):
            case "MAX_REPEAT" | "MIN_REPEAT":
                if int(value[1]) >= MANY:
                    yield before, sample(value[2], variant) or "a"
                yield from repetitions(value[2], variant, before)
            case "SUBPATTERN":
                yield from repetitions(value[3], variant, before)
            case "ATOMIC_GROUP":
                yield from repetitions(value, variant, before)
            case "BRANCH":
                for branch in value[1]:
                    yield from repetitions(branch, variant, before)
            case "ASSERT" | "ASSERT_NOT":
                yield from repetitions(value[1], variant, before)
        before += _sample(str(op), value, variant)


def near_misses(pattern: str, flags: int) -> Iterator[Callable[[int], str]]:
    """Texts of any length that keep matching a repetition of the pattern and end in a miss."""
    parsed = _parser.parse(pattern, flags)
    seen: set[tuple[str, str]] = set()
    for variant in range(VARIANTS):
        for before, unit in repetitions(parsed, variant):
            if (before, unit) in seen:
                continue
            seen.add((before, unit))
            for end in ENDS:
                yield lambda n, b=before, u=unit, e=end: b + u * (n // len(u)) + e  # type: ignore[misc]
            whole = before + unit
            yield lambda n, w=whole: w * (n // len(w))  # type: ignore[misc]


def seconds(compiled: re.Pattern[str], text: str) -> float:
    """Processor time of matching at the beginning, the better of two; `PATIENCE` at most."""
    times = []
    for _ in range(2):
        before = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            compiled.match(text)
        except TimeoutError:
            return PATIENCE
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        times.append(time.process_time() - before)
        if times[-1] < LEAST / 4:
            break  # nothing to tell apart
    return min(times)


def _give_up(*_: object) -> None:
    raise TimeoutError


def growth(pattern: str, flags: int) -> tuple[float, float, str]:
    """The worst growth from n to 4n, the seconds at 4n, and how that text begins."""
    compiled = re.compile(pattern, flags)
    worst = (0.0, 0.0, "")
    makers = list(near_misses(pattern, flags))
    for make in makers[:: len(makers) // MOST_TEXTS + 1]:
        first = 1e-6
        for length in (40, 160, LENGTH // 2, LENGTH, 4 * LENGTH):
            took = seconds(compiled, make(length))
            if length == LENGTH:
                first = max(took, 1e-5)
            if took > 0.2:  # exponential, or nearly
                worst = max(worst, (1e9, took, make(40)))
                break
        else:
            if took > LEAST:
                worst = max(worst, (took / first, took, make(40)))
    return worst


def main() -> None:
    """Print the expressions whose time grows too fast; exit code 1 if there are any."""
    signal.signal(signal.SIGALRM, _give_up)
    found = collect()
    failed, last = 0, ""
    for (pattern, flags), where in sorted(found.items(), key=lambda item: (item[1], item[0])):
        if where != last:
            print(where, file=sys.stderr, flush=True)
            last = where
        grown, took, text = growth(pattern, flags)
        if grown > MOST and where not in BOUNDED:
            failed += 1
            print(f"{where}: {grown:.0f} times, {took:.3f} s, {text[:60]!r}: {pattern[:160]!r}")
    print(f"{len(found)} expressions, {failed} grow faster than their texts")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
