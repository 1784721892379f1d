"""Judgement: which reading of each damaged word is believed, all words of a text together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from frontmap.article.candidates import (
    Candidate,
    Family,
    classic,
    layered,
    misread,
    rewritten,
    swapped,
)
from frontmap.article.chains import Misread, misreads
from frontmap.article.evidence import count_defects, weight

__all__ = ["mend"]

_ROUNDS = 4
_SAMPLE = 300  # words on which every chain is tried; after them only those that explained some
_FEW = 6  # misreadings tried then, the best supported
_ENOUGH = 1000  # words after which a text of which little becomes whole is given up
_LITTLE = 0.2  # share of the words that become whole
_STEM_OUTWEIGHS = 2  # defects: a German stem with a word glued to it (DonezkÄhnlich) is right
_SURE_OF_ALL = 5  # words that show that a misreading went through the whole text
_DEEP = 100  # words for which layers of misreadings are searched


@dataclass(slots=True)
class _Court:
    """What the words heard so far say about the wrong turns of a text."""

    support: Counter[str] = field(default_factory=Counter)
    heard: int = 0
    whole: int = 0
    deep: int = 0

    @property
    def is_hopeless(self) -> bool:
        """Whether this is noise and no text that took a wrong turn."""
        return self.heard > _ENOUGH and self.whole < _LITTLE * self.heard

    def ordered(self) -> Iterable[Misread]:
        """The misreadings to try, the best supported first."""
        chains = sorted(misreads(), key=lambda chain: -self.support[chain.title])
        if self.heard <= _SAMPLE:
            return chains
        return [chain for chain in chains[:_FEW] if self.support[chain.title] > 0]

    def hear(self, word: str, defects: int) -> list[Candidate]:
        """All readings of a damaged word that are less damaged."""
        self.heard += 1
        if self.is_hopeless:
            return []
        found = [c for c in self._readings(word) if c.defects < defects and _fits(c)]
        if self.deep < _DEEP and not any(c.stem for c in found if c.defects == 0):
            self.deep += 1
            found += [c for c in layered(word) if c.defects < defects and _fits(c)]
        found = list({(c.text, c.chain): c for c in reversed(found)}.values())[::-1]
        self.whole += any(c.defects == 0 for c in found)
        for candidate in found:
            if candidate.defects == 0:
                gain = candidate.score * (3 if candidate.stem else 1)
                self.support[candidate.chain] += int(10 * gain)
        return found

    def _readings(self, word: str) -> Iterator[Candidate]:
        settled = self.heard > _SAMPLE
        for chain in self.ordered():
            if candidate := misread(word, chain):
                yield candidate
                if settled and candidate.defects == 0 and candidate.stem:
                    return
        if not settled and (candidate := classic(word)):
            yield candidate
        yield from rewritten(word)
        known = {title for title, support in self.support.items() if support > 0}
        yield from swapped(word, among=known if settled else None)

    def choose(self, candidates: list[Candidate]) -> Candidate | None:
        """The reading to believe: whole first, then German, then by the other words."""
        if not candidates:
            return None
        return min(
            candidates,
            key=lambda c: (
                c.defects - (_STEM_OUTWEIGHS if c.stem else 0),
                -c.covered,
                -self.support[c.chain],
                -c.score,
            ),
        )


def mend(words: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Mend the damaged ones among the words of a text.

    Parameters
    ----------
    words : iterable of str
        Distinct words, as they stand between white space.

    Returns
    -------
    dict[str, tuple[str, str]]
        The mended words: what they read now, and the wrong turn that was undone.

    >>> mend(["sĂŒdlich", "südlich", "lÀsst"])["sĂŒdlich"]
    ('südlich', 'UTF-8 read as ISO 8859-16')
    """
    clean: list[str] = []
    damaged: dict[str, tuple[str, int]] = {}
    for word in sorted(words):
        defects = count_defects(word)
        if defects:
            damaged[word] = word, defects
        else:
            clean.append(word)
    if not damaged:
        return {}
    court = _Court()
    mended: dict[str, tuple[str, str]] = {}
    proven: set[str] = set()
    for _ in range(_ROUNDS):
        heard = {word: court.hear(text, defects) for word, (text, defects) in damaged.items()}
        damaged = {}
        for word, candidates in heard.items():
            best = court.choose(candidates)
            if best and not _is_sure(mended.get(word, (word, ""))[0], best, proven):
                clean.append(word)
            elif best:
                before = mended.get(word, ("", ""))[1]
                mended[word] = best.text, f"{before}; {best.chain}" if before else best.chain
                proven.add(best.chain)
                if best.defects:
                    damaged[word] = best.text, best.defects
            elif word not in mended:
                clean.append(word)
        if not damaged:
            break
    if proven and not court.is_hopeless:
        _mend_weak(clean, proven, court, mended)
        _mend_throughout(clean, proven, mended)
    return mended


def _mend_weak(
    words: Iterable[str], proven: set[str], court: _Court, mended: dict[str, tuple[str, str]]
) -> None:
    """Undo proven wrong turns in words that could be clean taken by themselves."""
    chains = [chain for chain in court.ordered() if chain.title in proven][:_FEW]
    for word in words:
        defects = count_defects(word)
        found = [c for chain in chains if (c := misread(word, chain))]
        found = [
            c
            for c in found
            if c.stem or _restores_signs(c) or _restores_all(word, c) or _is_german(word, c)
        ]
        found += rewritten(word, proven=proven)
        found += swapped(word, proven=proven)
        found = [c for c in found if c.chain in proven and c.defects <= defects and c.score > 0]
        if best := court.choose(found):
            mended[word] = best.text, best.chain


def _mend_throughout(
    words: Iterable[str], proven: set[str], mended: dict[str, tuple[str, str]]
) -> None:
    """Undo a misreading everywhere that explains every marked character of the whole text.

    Then no word of it came through another way, and the few that could be clean taken by
    themselves (Åžahin) are not.
    """
    for chain in misreads():
        strong = [word for word, (_, title) in mended.items() if title == chain.title]
        if chain.title not in proven or len(strong) < max(_SURE_OF_ALL, len(mended)):
            continue
        weak = {word for word in words if word not in mended}
        if len(weak) * 4 > len(strong):
            continue
        if all(chain.pattern.sub("", word).isascii() for word in (*strong, *weak)):
            for word in weak:
                if candidate := misread(word, chain):
                    mended[word] = candidate.text, candidate.chain


def _fits(candidate: Candidate) -> bool:
    return candidate.score > 0 or candidate.stem > 0


def _is_sure(word: str, reading: Candidate, proven: set[str]) -> bool:
    """Whether a reading is believed without other words that took the same wrong turn.

    Not where one defect alone speaks for it, all of it letters and no German stem comes out:
    names in the spelling of some other language look like that.
    """
    if reading.stem or reading.chain in proven or _restores_signs(reading):
        return True
    if reading.family is Family.REWRITE:
        return all(word[i - 1 : i].islower() for i in reading.restored)
    if count_defects(word) - reading.defects > 1:
        return True
    return any(not c.isalpha() and c not in reading.text for c in word)


def _restores_signs(candidate: Candidate) -> bool:
    """Whether only signs of everyday text came out, no letters."""
    signs = [candidate.text[i] for i in candidate.restored]
    return all(weight(sign) > 1 and not sign.isalpha() for sign in signs)


def _is_german(word: str, candidate: Candidate) -> bool:
    """Whether signs inside a word made way for German letters, and it has no other marks."""
    german = all(c in "äöüßÄÖÜ" for c in candidate.text if c >= "\x80" and c.isalpha())
    return german and any(not c.isalpha() and c not in candidate.text for c in word)


def _restores_all(word: str, candidate: Candidate) -> bool:
    """Whether every letter of the word came out of the misreading, as in Cyrillic."""
    restored = {i for i in candidate.restored if weight(candidate.text[i]) > 1}
    several = len(restored) > 1 or any(not c.isalpha() and c not in candidate.text for c in word)
    return several and all(i in restored for i, c in enumerate(candidate.text) if c.isalpha())
