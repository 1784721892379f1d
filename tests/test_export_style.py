"""Colours, symbols and labels: complete, distinct, and telling fact from claim."""

from __future__ import annotations

import re

import pytest

from frontmap.claims import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)
from frontmap.export.marks import symbol_path
from frontmap.lexicons import load
from frontmap.style import (
    LANGUAGES,
    SIDE_COLOURS,
    SIDE_LINE_COLOURS,
    SYMBOLS,
    Fill,
    claim_style,
    label,
    labels,
    side_colour,
)
from gazetteer import Kind

VOCABULARIES = {
    "event": Event,
    "side": Side,
    "claimant_side": Side,
    "modality": Modality,
    "relation": Relation,
    "verification": Verification,
    "bearing": Bearing,
    "part": Bearing,
    "date_precision": DatePrecision,
    "kind": Kind,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", VOCABULARIES)
def test_every_value_has_a_label_of_its_own(group: str, language: str) -> None:
    found = labels(group, language)
    values = {str(value) for value in VOCABULARIES[group]}
    assert values <= set(found)
    assert set(found) - values <= {"unknown"}
    assert all(found.values())
    if group != "kind":  # Ukrainian calls a raion and a city district alike
        assert len(set(found.values())) == len(found)


def test_no_cell_is_empty_and_no_line_said_twice() -> None:
    rows = load("labels.tsv")
    assert len({(row["group"], row["key"]) for row in rows}) == len(rows)
    assert all(row[language] for row in rows for language in LANGUAGES)


def test_unknown_vocabularies_and_values() -> None:
    with pytest.raises(ValueError, match="'weather'"):
        labels("weather")
    with pytest.raises(ValueError, match="'fr'"):
        labels("event", "fr")
    assert label("event", "parade") == "parade"
    assert label("side", None) == "Seite nicht genannt"


def _luminance(colour: str) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_line_colours_are_readable_on_white() -> None:
    for colour in SIDE_LINE_COLOURS.values():
        assert 1.05 / (_luminance(colour) + 0.05) > 4.5
    assert len(set(SIDE_COLOURS.values())) == 3
    assert side_colour(Side.RU) == SIDE_COLOURS["RU"] != side_colour(Side.UA)
    assert side_colour(None) == side_colour(Side.THIRD) == SIDE_COLOURS["unknown"]


def test_symbols_are_distinct_paths() -> None:
    assert set(SYMBOLS) == {str(event) for event in Event}
    for name in ("path", "qgis"):
        assert len({getattr(symbol, name) for symbol in SYMBOLS.values()}) == len(Event), name
    for symbol in SYMBOLS.values():
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", symbol.path)]
        assert all(0 <= number <= 24 for number in numbers)


@pytest.mark.parametrize(
    ("modality", "verification", "fill"),
    [
        (Modality.REPORTED, None, Fill.HATCHED),
        (Modality.REPORTED, Verification.UNVERIFIED, Fill.HATCHED),
        (Modality.REPORTED, Verification.DISPUTED, Fill.HATCHED),
        (Modality.REPORTED, Verification.CONFIRMED, Fill.SOLID),
        (Modality.ASSERTED, None, Fill.HATCHED),
        (Modality.ASSERTED, Verification.UNVERIFIED, Fill.HATCHED),
        (Modality.ASSERTED, Verification.DISPUTED, Fill.HATCHED),
        (Modality.DENIED, Verification.CONFIRMED, Fill.OUTLINE),
        (Modality.PLANNED, Verification.CONFIRMED, Fill.OUTLINE),
        (Modality.POSSIBLE, None, Fill.OUTLINE),
    ],
)
def test_only_facts_are_filled(
    modality: Modality, verification: Verification | None, fill: Fill
) -> None:
    claim = Claim(
        "c", Event.CAPTURE, Side.UA, None, Relation.AT, modality, 0, 1, "x",
        verification=verification,
    )  # fmt: skip
    style = claim_style(claim)
    assert style.fill is fill
    assert style.dashed is (fill is not Fill.SOLID)
    assert style.colour == SIDE_COLOURS["UA"]
    assert (style.fill_opacity == 0) is (fill is Fill.OUTLINE)


@pytest.mark.parametrize("event", sorted(SYMBOLS))
def test_symbols_are_the_same_shape_on_paper(event: str) -> None:
    """The page's path, turned upright around its middle, fills its box."""
    path = symbol_path(SYMBOLS[event].path)
    low, high = path.vertices.min(axis=0), path.vertices.max(axis=0)
    assert (low >= -1.0001).all() and (high <= 1.0001).all()
    assert (high - low).min() > 1.0


def test_an_unknown_command_of_a_symbol_is_refused() -> None:
    with pytest.raises(ValueError, match="Q"):
        symbol_path("M1 1 Q2 2 3 3 Z")
