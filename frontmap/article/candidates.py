"""Candidates: the ways a damaged word may read once a wrong turn is undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from frontmap.article.chains import Misread, Undone, misreads, rewrites, swaps
from frontmap.article.evidence import count_defects, find_stems, fitness

__all__ = ["Candidate", "Family", "classic", "layered", "misread", "rewritten", "swapped"]

_LONGEST_FOR_FTFY = 500
_LAYERS = 3
_BEAM = 4  # outer layers followed further: those that undo most
_OUTER = ("windows-1252", "ISO 8859-1", "ISO 8859-15", "ISO 8859-16", "windows-1250", "Mac Roman",
          "code page 437", "code page 850")  # fmt: skip
_TITLES = {
    "latin-1": "ISO 8859-1",
    "macroman": "Mac Roman",
    "cp437": "code page 437",
    "iso-8859-2": "ISO 8859-2",
    "utf-8": "UTF-8",
    "utf-8-variants": "UTF-8",
}


class Family(StrEnum):
    """How strong the evidence of a wrong turn is by itself."""

    MISREAD = "misread"
    REWRITE = "rewrite"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way a damaged word may read.

    Attributes
    ----------
    text : str
    chain : str
        What was undone, for readers.
    family : Family
    defects : int
        What is still impossible in it.
    stem : int
        How long the German stem is that holds a restored letter; 0 without one.
    covered : int
        How many of the restored characters stand in German stems.
    score : float
        How well the restored characters fit their neighbours.
    restored : tuple[int, ...]
        Offsets in `text` of the restored characters.
    """

    text: str
    chain: str
    family: Family
    defects: int
    stem: int
    covered: int
    score: float
    restored: tuple[int, ...]


def _candidate(undone: Undone, chain: str, family: Family) -> Candidate:
    text = undone.text
    total = sum(
        fitness(text[i], text[i - 1] if i else "", text[i + 1 : i + 2]) for i in undone.restored
    )
    stem, covered = find_stems(text, undone.restored)
    return Candidate(
        text,
        chain,
        family,
        count_defects(text),
        stem,
        covered,
        total / max(1, len(undone.restored)),
        undone.restored,
    )


def misread(word: str, chain: Misread) -> Candidate | None:
    """The word with one misreading of UTF-8 undone."""
    undone = chain.undo(word)
    return _candidate(undone, chain.title, Family.MISREAD) if undone else None


def layered(word: str) -> Iterator[Candidate]:
    """The word with two or three misreadings undone, one over the other."""
    outer = [chain for chain in misreads() if chain.title.split(" read as ")[1] in _OUTER]
    layer: list[tuple[str, tuple[str, ...]]] = [(word, ())]
    for _ in range(_LAYERS - 1):
        following: dict[str, tuple[str, ...]] = {}
        for text, titles in layer:
            for chain in outer:
                undone = chain.undo(text, everything=True)
                if undone and undone.text not in following:
                    following[undone.text] = (*titles, chain.title)
        layer = sorted(following.items(), key=lambda item: len(item[0]))[:_BEAM]
        for text, titles in layer:
            for chain in outer:
                if undone := chain.undo(text):
                    yield _candidate(undone, _name((*titles, chain.title)), Family.MISREAD)


def _name(titles: tuple[str, ...]) -> str:
    """Name several layers; `titles` has the outermost, the last mistake, first."""
    if len(titles) == 1:
        return titles[0]
    if len(set(titles)) == 1:
        return f"{titles[0]}, {'twice' if len(titles) == 2 else f'{len(titles)} times'}"
    return ", then ".join(reversed(titles))


def classic(word: str) -> Candidate | None:
    """The word as ftfy reads it, with everything off in ftfy that changes clean text."""
    if len(word) > _LONGEST_FOR_FTFY:
        return None
    import ftfy

    fixed, steps = ftfy.fix_encoding_and_explain(word, _ftfy_config())
    if fixed == word or not steps:
        return None
    read = [_title(step[1]) for step in steps if step[0] == "encode"]
    written = [_title(step[1]) for step in steps if step[0] == "decode"]
    titles = tuple(f"{right} read as {wrong}" for wrong, right in zip(read, written, strict=False))
    restored = tuple(i for i, character in enumerate(fixed) if character >= "\x80")
    chain = _name(titles) if titles else "UTF-8 read as windows-1252"
    return _candidate(Undone(fixed, restored), chain, Family.MISREAD)


def _title(codec: str) -> str:
    """The name of a codec of ftfy's for readers."""
    return _TITLES.get(codec, codec.removeprefix("sloppy-"))


def _ftfy_config() -> object:
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        replace_lossy_sequences=False,
    )


def rewritten(word: str, *, proven: Iterable[str] = ()) -> Iterator[Candidate]:
    """The word with a failed repair undone: one wrong capital between small letters.

    Where the chain is `proven` by other words (their titles), a wrong capital at the start or
    end of a known German word counts too.
    """
    for chain in rewrites():
        if (undone := chain.undo(word)) is None:
            continue
        inside = all(
            word[max(0, i - 1) : i].isalpha() and word[i + 1 : i + 2].islower()
            for i in undone.restored
        )
        candidate = _candidate(undone, chain.title, Family.REWRITE)
        if inside or candidate.stem >= 4 or (candidate.stem and chain.title in proven):
            yield candidate


def swapped(
    word: str, *, proven: Iterable[str] = (), among: Iterable[str] | None = None
) -> Iterator[Candidate]:
    """The word with one single-byte encoding put for another.

    Believed where a known German stem comes out; control characters speak for themselves. Where
    the chain is `proven` by other words, an impossible word made possible is enough. Only the
    chains `among` these titles are tried, if given.
    """
    for chain in swaps():
        if among is not None and chain.title not in among:
            continue
        if (undone := chain.undo(word)) is None:
            continue
        candidate = _candidate(undone, chain.title, Family.SWAP)
        sure = candidate.stem >= 4 or all(_is_control_in_word(word, i) for i in undone.restored)
        if sure or (chain.title in proven and candidate.defects < count_defects(word)):
            yield candidate


def _is_control_in_word(word: str, index: int) -> bool:
    """Whether a control character stands where a small letter would."""
    left, right = word[max(0, index - 1) : index], word[index + 1 : index + 2]
    return "\x80" <= word[index] < "\xa0" and left.isalpha() and not right.isupper()
