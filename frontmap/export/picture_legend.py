"""The legend of a printed map: only what is on it, in the page's words and order."""

from __future__ import annotations

import textwrap
from typing import Any

from frontmap.claims.records import Claim
from frontmap.export.marks import symbol_path
from frontmap.export.tables import Tables
from frontmap.geometry.footprint import WIDE_KINDS
from frontmap.layers.words import day_text
from frontmap.lexicons import load
from frontmap.style import (
    CONTROL_COLOUR,
    FRONT_LINE_COLOUR,
    SIDE_COLOURS,
    SYMBOLS,
    Fill,
    claim_style,
    label,
)

__all__ = ["draw_legend", "word"]

_GREY = "#55504a"
_HATCH = "//////"


def draw_legend(axes: Any, tables: Tables, *, numbers: bool) -> None:
    """List what the map shows: sides, fills, events, lines; `numbers` says whether discs count."""
    shown = [claim for claim in tables.claims if claim.place is not None]
    handles = [
        *_sides(shown, tables.language),
        *_fills(shown, tables.language),
        *_events(shown, tables.language),
        *([_number(tables.language)] if numbers else []),
        *_control(tables),
    ]
    if handles:
        axes.legend(
            handles=handles, loc="upper left", fontsize=8.5, frameon=False, borderaxespad=0.2,
            handlelength=1.9, labelspacing=0.62, labelcolor="#2b2825",
        )  # fmt: skip


def word(key: str, language: str) -> str:
    """Return a phrase of the page."""
    return next(row[language] for row in load("page/words.tsv") if row["key"] == key)


def _marker(label_: str, marker: Any, **style: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D([], [], linestyle="none", marker=marker, label=label_, **style)


def _sides(claims: list[Claim], language: str) -> list[Any]:
    found = {str(claim.actor) if claim.actor else "unknown" for claim in claims}
    return [
        _marker(
            label("side", side, language), "o", color=SIDE_COLOURS[side], markersize=9,
            markeredgewidth=0,
        )
        for side in ("RU", "UA", "unknown")
        if side in found
    ]  # fmt: skip


def _fills(claims: list[Claim], language: str) -> list[Any]:
    from matplotlib.patches import Patch

    areas = [claim for claim in claims if not SYMBOLS[claim.event].point_like]
    close = [claim for claim in areas if claim.place and claim.place.kind not in WIDE_KINDS]
    styles = {claim_style(claim).fill for claim in close}
    looks: dict[Fill, dict[str, Any]] = {
        Fill.SOLID: {"facecolor": "#b9b2a8"},
        Fill.HATCHED: {"facecolor": "#f3f0ea", "hatch": _HATCH, "linestyle": (0, (3, 1.5))},
        Fill.OUTLINE: {"facecolor": "none", "linestyle": (0, (3, 1.5))},
    }
    found = [
        Patch(
            edgecolor=_GREY, linewidth=0.9, label=_wrapped(word(f"fill_{fill}", language)), **look
        )
        for fill, look in looks.items()
        if fill in styles
    ]
    if len(close) < len(areas):
        found.append(
            Patch(
                facecolor="none", edgecolor=_GREY, linewidth=1.6, linestyle=(0, (1, 1.2)),
                capstyle="round", label=_wrapped(word("fill_wide", language)),
            )
        )  # fmt: skip
    return found


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 24))


def _events(claims: list[Claim], language: str) -> list[Any]:
    found = {str(claim.event) for claim in claims}
    return [
        _marker(
            label("event", event, language), symbol_path(symbol.path), color=_GREY, markersize=9,
            markeredgewidth=0,
        )
        for event, symbol in SYMBOLS.items()
        if event in found
    ]  # fmt: skip


def _number(language: str) -> Any:
    text = _wrapped(word("cluster", language))
    return _marker(text, "o", color="white", markeredgecolor=_GREY, markersize=9)


def _control(tables: Tables) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if tables.control is None:
        return []
    language = tables.language
    front = tables.layer("front_line")
    day = day_text(front[front["latest"] == 1]["date"].iloc[0].date(), language)
    of_day = word("control_of", language).replace("{date}", day)
    held = f"{label('side', 'RU', language)}: {of_day}"
    return [
        Patch(facecolor=CONTROL_COLOUR, alpha=0.3, label=_wrapped(held)),
        Line2D(
            [], [], color=FRONT_LINE_COLOUR, linewidth=1.8,
            label=label("layer", "front_line", language),
        ),
    ]  # fmt: skip
