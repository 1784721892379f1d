"""How claims look, in one place for the page, the layers and the files.

The colours are from the set of Okabe and Ito, which people with any of the common colour
deficiencies can tell apart: vermilion for the Russian side, blue for the Ukrainian one, grey where
the text names none. A side is never told by colour alone: labels and symbols say it too.

How an area is filled says how much it is worth: solid where it is confirmed, hatched where it is
only claimed, an outline where it is denied, planned or merely possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Protocol

from frontmap.errors import ArgumentValueError
from frontmap.lexicons import load
from frontmap.parameters import checked
from gazetteer.arguments import Argument

__all__ = [
    "CONTROL_COLOUR",
    "FRONT_LINE_COLOUR",
    "GAIN_COLOUR",
    "LANGUAGES",
    "SIDE_COLOURS",
    "SIDE_LINE_COLOURS",
    "SYMBOLS",
    "ClaimStyle",
    "Fill",
    "Symbol",
    "claim_style",
    "label",
    "labels",
    "side_colour",
]

LANGUAGES = ("de", "uk", "en")

SIDE_COLOURS = MappingProxyType({"RU": "#d55e00", "UA": "#0072b2", "unknown": "#6e6e6e"})
"""Colour of areas by side; keys ``RU``, ``UA`` and ``unknown``."""

SIDE_LINE_COLOURS = MappingProxyType({"RU": "#a34700", "UA": "#00507d", "unknown": "#4a4a4a"})
"""The darker shade of the same colours, for outlines, arrows and text (contrast above 4.5:1)."""

CONTROL_COLOUR = "#b0574a"
"""Ground held by the Russian side: a colour of its own, so that claims stand out on it."""

FRONT_LINE_COLOUR = "#3a3a3a"
GAIN_COLOUR = "#cc79a7"


class Drawable(Protocol):
    """What the style needs of a claim; values are compared as text."""

    @property
    def event(self) -> str:
        """What is said to have happened."""

    @property
    def actor(self) -> str | None:
        """The side that does it."""

    @property
    def modality(self) -> str:
        """How the text presents it."""

    @property
    def verification(self) -> str | None:
        """What the text says about confirmation."""


class Fill(StrEnum):
    """How an area is filled."""

    SOLID = "solid"
    HATCHED = "hatched"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Symbol:
    """The mark of an event.

    Attributes
    ----------
    name : str
        The event's value.
    path : str
        SVG path in a box of 24 by 24 units, y downwards, drawn with a fill.
    qgis : str
        Name of the simple marker in QGIS.
    point_like : bool
        Whether the event is shown by its symbol rather than by a filled area: repelled attacks,
        strikes and clashes change no line.
    """

    name: str
    path: str
    qgis: str
    point_like: bool = False


_SYMBOLS = (
    # No symbol points one way: that would tell a bearing, which only arrows on the map do.
    Symbol(
        "advance",
        "M12 0.5 L17 6.5 H14 V10 H17.5 V7 L23.5 12 L17.5 17 V14 H14 V17.5 H17 L12 23.5 "
        "L7 17.5 H10 V14 H6.5 V17 L0.5 12 L6.5 7 V10 H10 V6.5 H7 Z",
        "asterisk_fill",
    ),
    Symbol("capture", "M5 5 H19 V19 H5 Z", "square"),
    Symbol(
        "breakthrough",
        "M10 2 A10 10 0 0 0 10 22 V17.5 A5.5 5.5 0 0 1 10 6.5 Z "
        "M14 2 A10 10 0 0 1 14 22 V17.5 A5.5 5.5 0 0 0 14 6.5 Z",
        "third_circle",
    ),
    Symbol(
        "encirclement",
        "M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3 Z M12 7 A5 5 0 1 1 12 17 A5 5 0 1 1 12 7 Z",
        "circle",
    ),
    Symbol("attack", "M12 3 L21 20 L3 20 Z", "octagon"),
    Symbol(
        "repelled",
        "M4 3 H20 V11 C20 16 16.5 19.5 12 22 C7.5 19.5 4 16 4 11 Z",
        "hexagon",
        point_like=True,
    ),
    Symbol("counterattack", "M12 3 L21 12 L12 21 L3 12 Z", "diamond"),
    Symbol(
        "withdrawal",
        "M9 2 V9 H2 V6.2 H6.2 V2 Z M15 2 V9 H22 V6.2 H17.8 V2 Z "
        "M9 22 V15 H2 V17.8 H6.2 V22 Z M15 22 V15 H22 V17.8 H17.8 V22 Z",
        "semi_circle",
    ),
    Symbol("control", "M12 3 L21 10 L17.5 21 H6.5 L3 10 Z", "pentagon"),
    Symbol(
        "clash",
        "M6 3 L12 9 L18 3 L21 6 L15 12 L21 18 L18 21 L12 15 L6 21 L3 18 L9 12 L3 6 Z",
        "cross_fill",
        point_like=True,
    ),
    Symbol(
        "strike",
        "M12 2 L14.5 8.5 L21.5 9 L16 13.4 L18 20.5 L12 16.5 L6 20.5 L8 13.4 L2.5 9 L9.5 8.5 Z",
        "star",
        point_like=True,
    ),
)

SYMBOLS = MappingProxyType({symbol.name: symbol for symbol in _SYMBOLS})
"""The symbol of every event; its keys are the values of `frontmap.Event`."""


@dataclass(frozen=True, slots=True)
class ClaimStyle:
    """How one claim is drawn.

    Attributes
    ----------
    colour, line_colour : str
        ``#rrggbb`` of the area and of its outline, arrow or symbol.
    fill : Fill
    fill_opacity : float
    dashed : bool
        Whether the outline is dashed: the claim is no confirmed fact.
    symbol : Symbol
    """

    colour: str
    line_colour: str
    fill: Fill
    fill_opacity: float
    dashed: bool
    symbol: Symbol


_DRAWN_BY = ("event", "actor", "modality", "verification")


def _drawable(value: object) -> object:
    if not all(hasattr(value, name) for name in _DRAWN_BY):
        raise TypeError
    return value


_DRAWABLE = Argument(f"a claim, or what has {', '.join(_DRAWN_BY)} as one", _drawable)
_OPACITY = {Fill.SOLID: 0.45, Fill.HATCHED: 0.25, Fill.OUTLINE: 0.0}


@checked
def side_colour(side: str | None = None, *, line: bool = False) -> str:
    """Return the colour of a side as ``#rrggbb``.

    Examples
    --------
    >>> side_colour("UA"), side_colour(None)
    ('#0072b2', '#6e6e6e')
    """
    colours = SIDE_LINE_COLOURS if line else SIDE_COLOURS
    return colours.get(str(side), colours["unknown"])


@checked.but(claim=_DRAWABLE)
def claim_style(claim: Drawable) -> ClaimStyle:
    """Return how a claim is drawn, by its actor, modality and verification."""
    fill = _fill(claim.modality, claim.verification)
    return ClaimStyle(
        colour=side_colour(claim.actor),
        line_colour=side_colour(claim.actor, line=True),
        fill=fill,
        fill_opacity=_OPACITY[fill],
        dashed=fill is not Fill.SOLID,
        symbol=SYMBOLS[claim.event],
    )


def _fill(modality: str, verification: str | None) -> Fill:
    """Denied, planned and possible events never fill an area, whoever confirmed the words."""
    if modality in ("denied", "planned", "possible"):
        return Fill.OUTLINE
    if verification == "confirmed":
        return Fill.SOLID
    return Fill.HATCHED


def labels(group: str, language: str = "de") -> dict[str, str]:
    """Return the labels of one vocabulary, key to label, in the order of the lexicon.

    Parameters
    ----------
    group : str
        ``event``, ``side``, ``claimant_side``, ``modality``, ``relation``, ``verification``,
        ``bearing``, ``part``, ``date_precision``, ``check``, ``kind``, ``field`` or ``layer``.
    language : str
        ``de``, ``uk`` or ``en``.

    Raises
    ------
    ValueError
        If there is no such group or language.
    """
    return dict(_labels(group, language))


@cache
def _labels(group: str, language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise ArgumentValueError(f"language={language!r}: give one of {', '.join(LANGUAGES)}")
    found = {row["key"]: row[language] for row in load("labels.tsv") if row["group"] == group}
    if not found:
        raise ArgumentValueError(f"group={group!r}: there are no labels of such a group")
    return found


def label(group: str, key: str | None, language: str = "de") -> str:
    """Return the label of one value; None is looked up as ``unknown``.

    A value without a label is returned as it is, so that a new value never breaks a map.

    Examples
    --------
    >>> label("event", "capture"), label("side", None, "en")
    ('Einnahme', 'side not stated')
    """
    text = "unknown" if key is None else str(key)
    return _labels(group, language).get(text, text)
