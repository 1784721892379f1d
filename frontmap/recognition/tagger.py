"""Tagger: HanTa's German model asked for one word at a time, at a fraction of the start-up.

HanTa itself imports numpy and prepares what only lemmas need. Here its model is read as it is and
only the likeliest part of speech is worked out, by the same steps: words it has seen come from its
table, others from the likeliest chain of morphemes, three best states kept at each letter.
"""

from __future__ import annotations

import gzip
import io
import math
import pickle
import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontmap.collecting import nothing_collected

__all__ = ["Tagger", "tagger"]

_MODEL = "morphmodel_ger.pgz"
_START = (0, 1)
_KEPT_STATES = 3
_LEAST = -1e6
_WHOLE_WORD_UNKNOWN = 4.6  # taken off where the whole word is one unknown morpheme
_LONGEST_MORPHEME = 24
_LONGEST_SUFFIX = 4
_SHORT_WORD = 4
_CACHED_ENDINGS = 20_000
_FEW = 100  # guesses from which it pays to sort the morphemes by their letters
# Natural logarithms: chains less likely than what is asked for by so much do not count; a hundred
# of them together less than the second figure.
_NEGLIGIBLE = 7.0
_DOUBT = 0.1
_NONE: dict[int, float] = {}
_State = tuple[int, int]


class Tagger:
    """The likeliest part of speech of a word.

    Parameters
    ----------
    model : tuple
        What HanTa's model file holds.
    """

    def __init__(self, model: tuple[Any, ...]) -> None:
        _, self._names, suffixes, lengths, unknown, hapax, steps, morphemes = model[:8]
        self._case, self._seen = model[11], model[15]
        self._inner = {s: [(t, p) for t, p in f.items() if t > 0] for s, f in steps.items()}
        self._final = {s: [(t, p) for t, p in f.items() if t < 0] for s, f in steps.items()}
        # the tags that new morphemes may have, with the weight of each length
        self._open = [
            (tag, [unknown + weight + of_length for of_length in lengths[tag]], suffixes[tag])
            for tag, weight in hapax.items()
            if tag in suffixes
        ]
        self._likeliest_new = max(max(lengths) + max(of.values()) for _, lengths, of in self._open)
        self._endings: dict[str, list[float]] = {}
        self._morphemes = [(tag, known) for tag, known in morphemes.items() if known]
        self._known: dict[str, dict[int, float]] | None = None
        self._guesses = 0

    def best(self, word: str, least: float = -math.inf) -> tuple[str, float] | None:
        """Give the likeliest tag of a word and its log probability (natural).

        Parameters
        ----------
        word : str
            Of a letter or more.
        least : float
            None is given for a word whose likeliest tag is less likely than this; that is told
            much sooner than the tag.

        Examples
        --------
        >>> tagger().best("Stadt")[0]
        'NN'
        """
        lowered, upper = word.lower(), word[0].isupper()
        readings = self._seen.get(lowered)
        if readings is None:
            if least > _LEAST and not self._may_reach(lowered, least):
                return None
            readings = self._guess(lowered)
        found = [(p + self._case[tag][upper], tag) for tag, p in readings]
        best, tag = max(found, key=lambda item: item[0], default=(-math.inf, 0))
        return (self._names[tag], best) if best >= least and found else None

    def _may_reach(self, word: str, least: float) -> bool:
        """Whether some tag of a word may be so likely, its case left aside."""
        readings = self._guess(word, least - _NEGLIGIBLE)
        return any(p >= least - _DOUBT for _, p in readings)

    def _guess(self, word: str, least: float = _LEAST) -> list[tuple[int, float]]:
        """Give the tags of a word that the model has not seen, the likeliest first.

        Chains less likely than `least` are left out.
        """
        self._guesses += 1
        if self._guesses == _FEW and self._known is None:
            self._known = {}
            for tag, known in self._morphemes:
                for morpheme, weight in known.items():
                    self._known.setdefault(morpheme, {})[tag] = weight
        table = self._chains(word, least)
        last: dict[_State, float] = {}
        for state, weight in table[-1].items():
            for tag, step in self._final.get(state, ()):
                whole, ending = weight + step, (state[1], tag)
                if whole > least and whole > last.get(ending, -math.inf):
                    last[ending] = whole
        tags: dict[int, float] = {}
        for (_, tag), weight in last.items():
            known = tags.get(-tag)
            tags[-tag] = weight if known is None else _add(known, weight)
        return sorted(tags.items(), key=lambda item: item[1], reverse=True)

    def _chains(self, word: str, least: float) -> list[dict[_State, float]]:
        """Give the best chains of morphemes up to each letter, by their last two tags."""
        length = len(word)
        table: list[dict[_State, float]] = [{_START: 0.0}, *({} for _ in range(length))]
        for start in range(length):
            row = table[start]
            bound = least
            if len(row) > _KEPT_STATES:
                bound = sorted(row.values(), reverse=True)[_KEPT_STATES] - 1
            states = [(s[1], w, self._inner.get(s, ())) for s, w in row.items() if w >= bound]
            # no step makes a chain likelier
            new = any(w + self._likeliest_new > least for _, w, _ in states)
            for end in range(start + 1, length + 1) if states else ():
                weights = (self._weights if new else self._of_known)(word[start:end], length)
                if not weights:
                    continue
                column = table[end]
                for last, weight, following in states:
                    for tag, step in following:
                        if tag in weights:
                            # in the order of HanTa's sum, so that the last digit is the same
                            whole = weight + step + weights[tag]
                            after = (last, tag)
                            if whole > column.get(after, least):
                                column[after] = whole
        return table

    def _weights(self, morpheme: str, word_length: int) -> dict[int, float]:
        """Give the log probability of a morpheme under each tag that it can have."""
        length = len(morpheme)
        weights: dict[int, float] = {}
        # only a short word is an unknown morpheme of a letter or two
        if length > 2 or word_length < _SHORT_WORD:
            at = min(length, _LONGEST_MORPHEME)
            endings = self._by_ending(morpheme[1:][-_LONGEST_SUFFIX:])
            for (tag, lengths, _), of_ending in zip(self._open, endings, strict=True):
                weights[tag] = lengths[at] + of_ending
            if length == word_length:
                for tag in weights:
                    weights[tag] -= _WHOLE_WORD_UNKNOWN
        weights.update(self._of_known(morpheme))
        return weights

    def _of_known(self, morpheme: str, _: int = 0) -> dict[int, float]:
        """Give the log probability of a morpheme under each tag that the model knows it by."""
        if self._known is not None:
            return self._known.get(morpheme, _NONE)
        return {tag: known[morpheme] for tag, known in self._morphemes if morpheme in known}

    def _by_ending(self, ending: str) -> list[float]:
        """Give the weight of an ending under each tag of new morphemes."""
        found = self._endings.get(ending)
        if found is None:
            if len(self._endings) >= _CACHED_ENDINGS:
                self._endings.clear()
            cuts = [ending[at:] for at in range(len(ending))]
            found = self._endings[ending] = [
                next((suffixes[cut] for cut in cuts if cut in suffixes), suffixes[""])
                for _, _, suffixes in self._open
            ]
        return found


class _NumberType:
    """Stands for the type of numpy's numbers, of which the model has only doubles."""

    def __init__(self, *arguments: object) -> None:
        if arguments[:1] != ("f8",):
            raise pickle.UnpicklingError(f"HanTa's model holds numbers of type {arguments}")

    def __setstate__(self, state: object) -> None:
        pass


def _number(_: _NumberType, content: bytes) -> float:
    return float(struct.unpack("<d", content)[0])


class _Model(pickle.Unpickler):
    """Reads the model without numpy, of which it has some numbers, and runs no other code."""

    def find_class(self, module: str, name: str) -> Any:
        """Give what stands for a class or function that the model names."""
        if module.split(".", maxsplit=1)[0] == "numpy" and name in ("scalar", "dtype"):
            return _number if name == "scalar" else _NumberType
        raise pickle.UnpicklingError(f"HanTa's model names {module}.{name}")


def _add(left: float, right: float) -> float:
    """Add two probabilities given as logarithms."""
    high, low = max(left, right), min(left, right)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))


@cache
def tagger() -> Tagger:
    """Read the model that HanTa brings, once."""
    spec = find_spec("HanTa")  # finds the package without running HanTa's module
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("HanTa is not installed; install it with: pip install HanTa")
    packed = Path(spec.submodule_search_locations[0], _MODEL).read_bytes()
    with nothing_collected():
        return Tagger(_Model(io.BytesIO(gzip.decompress(packed))).load())
