"""What is kept by word stays bounded, whatever is read."""

from __future__ import annotations

import functools
import gc
import random

import pytest

import frontmap as fm
from frontmap.keeping import LONGEST, kept_by_word
from frontmap.recognition import vocabulary as vocabulary_module
from frontmap.recognition.recognizer import Recognizer
from gazetteer import Gazetteer

FRAMES = (
    "Russische Truppen haben {0} bei Pokrowsk und {1} erobert. ",
    "Der {0} meldete {1}e Angriffe auf den {2} von Torezk. ",
    "Im Norden von {0} wurde {1} beschossen, sagte {2}. ",
)


def report(seed: int, sentences: int = 120) -> str:
    """Give a report of words that no other seed has."""
    chance = random.Random(seed)
    consonants, vowels = "bdfgklmnprstwz", "aeiou"

    def word() -> str:
        return "".join(
            chance.choice(consonants) + chance.choice(vowels) for _ in range(6)
        ).capitalize()

    return "".join(chance.choice(FRAMES).format(word(), word(), word()) for _ in range(sentences))


def unbounded() -> dict[str, int]:
    """Give how much each store without a bound holds."""
    sizes = {}
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            information = found.cache_info()
            if information.maxsize is None:
                sizes[f"{found.__module__}.{found.__qualname__}"] = information.currsize
    return sizes


def test_no_store_without_a_bound_grows_with_new_words() -> None:
    fm.analyze(report(1))
    fm.analyze(report(2))
    before = unbounded()
    fm.analyze(report(3))
    grown = {name: size - before.get(name, 0) for name, size in unbounded().items()}
    assert {name: more for name, more in grown.items() if more > 20} == {}


def test_endings_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary_module, "_KEPT_ENDINGS", 10)
    words = vocabulary_module.Vocabulary(place_endings={"iwka": 2.0})
    first = [words.ending_weight(f"{start}iwka") for start in "abcdefghijklmnopq"]
    assert first == [2.0] * 17
    assert len(words._ending_weights) <= 10


def test_words_of_any_length_are_not_kept() -> None:
    finder = Recognizer(Gazetteer.default())
    long = "Wortun" * LONGEST
    assert finder.mentions(f"Der {long} liegt bei Pokrowsk.")[-1].surface == "Pokrowsk"
    assert long not in finder.entries._entries
    assert long not in finder.entries.silent


def test_a_bounded_store_answers_as_the_function_does() -> None:
    def plain(word: str, times: int = 1) -> str:
        return word[::-1] * times

    kept = kept_by_word(3, longest=4)(plain)
    words = ["ab", "abc", "abcd", "abcde", "ab", "b", "c", "d", "ab"]
    for word in words:
        assert kept(word) == plain(word)
        assert kept(word, times=2) == plain(word, times=2)
