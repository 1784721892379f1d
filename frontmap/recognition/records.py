"""The record types of recognition: `Mention`, `Construction`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Construction", "Mention"]


class Construction(StrEnum):
    """The shape in which a text names a place."""

    PLAIN = "plain"  # Pokrowsk
    GENITIVE = "genitive"  # Pokrowsks
    ADJECTIVE = "adjective"  # Charkiwer
    COMPOUND_HEAD = "compound head"  # Ost-Bachmut: the name is the last part
    COMPOUND_MODIFIER = "compound modifier"  # Pokrowsk-Front: the name is not the last part
    COORDINATED = "coordinated"  # in den Gebieten Sumy und Charkiw
    ELLIPSIS = "ellipsis"  # Nowo- und Staromajorske
    INFLECTED = "inflected"  # Ukrainian and Russian cases: у Покровську
    TYPO = "typo"  # Pokrowks


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place.

    Attributes
    ----------
    start, end : int
        Code point offsets in the article's text; the word that names the place, with its genitive
        ending, the whole adjective, of a hyphen compound only the naming part.
    surface : str
        ``text[start:end]``.
    stem : str
        The name with inflection removed, the form that is looked up.
    construction : Construction
    container : str or None
        The kind word that governs the name, normalised to a `gazetteer.Kind` value:
        ``"oblast"`` in ``im Gebiet Charkiw``, ``"village"`` in ``das Dorf Orichiw``.
    alternatives : tuple[str, ...]
        Other names the surface may be a form of, likelier first, `stem` not among them.
    metonym : bool
        Whether the name stands for the institutions seated there (``teilte Kiew mit``).
    """

    start: int
    end: int
    surface: str
    stem: str
    construction: Construction = Construction.PLAIN
    container: str | None = None
    alternatives: tuple[str, ...] = ()
    metonym: bool = False
