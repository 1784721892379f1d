"""Texts the tests of corpora share."""

from __future__ import annotations

from collections.abc import Iterator

from frontmap.corpus import (
    Document,
)

TORETSK = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."


ROBOTYNE = "Die ukrainische Armee hat nach eigenen Angaben Robotyne befreit."


SIVERSK = "Die ukrainische Armee hat nach eigenen Angaben Angriffe bei Siwersk abgewehrt."


NOTHING = "Im Rathaus wurde über den Haushalt beraten."


TEXTS = [TORETSK, ROBOTYNE, NOTHING, SIVERSK]


def contents(documents: Iterator[Document]) -> list[str]:
    return [document.read().text for document in documents]
