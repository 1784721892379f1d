"""Dated polygons of control for the page: who held what, the front line, and what changed.

Areas and front line have one shape for each day, and the page shows those of the day its slider
stands on; what changed is from the first of these days to the last.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from frontmap.basemap.codec import encode_lines
from frontmap.claims.records import Claim, Side
from frontmap.layers.words import day_text, words
from frontmap.style import CONTROL_COLOUR, FRONT_LINE_COLOUR, GAIN_COLOUR, label, side_colour

if TYPE_CHECKING:
    from frontmap.control import Control

__all__ = ["control_entries", "opened"]

_TOLERANCE_DEG = 0.001
_SMALLEST_DEG2 = 4e-5  # a third of a square kilometre
_MOST_DAYS = 31
_EPOCH = dt.date(1970, 1, 1).toordinal()


def opened(control: Control | str | os.PathLike[str] | None) -> Control | None:
    """Return polygons of control; a path is read."""
    if isinstance(control, (str, os.PathLike)):
        from frontmap.control import Control

        return Control.read(control)
    return control


def control_entries(
    control: Control | str | os.PathLike[str] | None, claims: Sequence[Claim], language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what is drawn of the polygons of control, and whom to credit.

    Parameters
    ----------
    control : Control, path or None
        A path is read with `frontmap.control.Control.read`.
    claims : sequence of Claim
        The days drawn are those around them.
    language : str

    Returns
    -------
    tuple[list[dict], list[str]]
        Entries ``kind``, ``name`` (with ``{date}`` where it follows the day), ``colour`` and
        ``variants`` (``day`` and encoded ``lines``); and the credits.
    """
    control = opened(control)
    if control is None:
        return [], []
    days = _days(control, claims)
    phrases = words(language)
    entries = []
    for side in (Side.RU, Side.UA):
        shapes = [(day, control.held[day].get(side)) for day in days]
        name = f"{label('side', side, language)}: {phrases['control_of']}"
        colour = CONTROL_COLOUR if side is Side.RU else side_colour(side)
        entries.append(_entry("control", name, colour, shapes))
    entries.extend(_changes(control, days, language))
    fronts = [(day, control.front_line(day)) for day in days]
    entries.append(_entry("front", phrases["front_of"], FRONT_LINE_COLOUR, fronts))
    return [entry for entry in entries if entry["variants"]], [_credit(control, phrases)]


def _days(control: Control, claims: Sequence[Claim]) -> list[dt.date]:
    """Return the days to draw: those that answer for the days of the claims, else the last."""
    dates = [date for claim in claims if (date := claim.event_date or claim.reported_date)]
    first = control.day_for(min(dates)) if dates else None
    last = control.day_for(max(dates)) if dates else control.days[-1]
    days = [day for day in control.days if (first or dt.date.min) <= day <= (last or dt.date.max)]
    days = days or [control.days[-1]]
    step = -(-len(days) // _MOST_DAYS)
    return sorted({*days[::step], days[0], days[-1]})


def _changes(control: Control, days: Sequence[dt.date], language: str) -> list[dict[str, Any]]:
    if len(days) < 2:
        return []
    first, last = days[0], days[-1]
    phrase = words(language)["gains_of"]
    phrase = phrase.replace("{from}", day_text(first, language))
    phrase = phrase.replace("{until}", day_text(last, language))
    colours = {Side.RU: GAIN_COLOUR, Side.UA: side_colour(Side.UA)}
    return [
        _entry("gain", f"{label('side', side, language)}: {phrase}", colours[side], [(last, shape)])
        for side, shape in control.gains(first, last).items()
    ]


def _entry(
    kind: str, name: str, colour: str, shapes: Sequence[tuple[dt.date, Any]]
) -> dict[str, Any]:
    variants = [
        {"day": day.toordinal() - _EPOCH, "lines": lines}
        for day, shape in shapes
        if shape is not None and (lines := _lines(shape, kind == "front"))
    ]
    return {"kind": kind, "name": name, "colour": colour, "variants": variants}


def _lines(shape: Any, front: bool) -> list[str]:
    """Return the rings of polygons, or the parts of a line, thinned and encoded."""
    import numpy
    import shapely

    parts = shapely.get_parts(shapely.simplify(shape, _TOLERANCE_DEG))
    if front:
        lines = parts[shapely.get_type_id(parts) == 1]
    else:
        polygons = parts[shapely.get_type_id(parts) == 3]
        rings = shapely.get_rings(polygons[shapely.area(polygons) > _SMALLEST_DEG2 / 4])
        areas = numpy.array([shapely.area(shapely.polygons(ring)) for ring in rings])
        lines = rings[areas > _SMALLEST_DEG2] if len(rings) else rings
    if not len(lines):
        return []
    return encode_lines(shapely.get_coordinates(lines), shapely.get_num_coordinates(lines))


def _credit(control: Control, phrases: dict[str, str]) -> str:
    source = control.source or "?"
    if control.licence:
        source = f"{source} ({control.licence})"
    return phrases["credit_control"].replace("{source}", source)
