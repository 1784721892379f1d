"""KML and KMZ for Google Earth: folders by claimant's side and event, styled by actor.

The XML is written here rather than by GDAL, whose KML has neither styles nor folders. Text from
outside is escaped for XML, and in descriptions, which viewers show as HTML, for HTML first.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from frontmap.claims.records import Claim
from frontmap.errors import ExportError
from frontmap.export.tables import Tables
from frontmap.layers.words import where, words
from frontmap.style import (
    FRONT_LINE_COLOUR,
    SIDE_COLOURS,
    SIDE_LINE_COLOURS,
    Fill,
    claim_style,
    label,
)

__all__ = ["kml", "write_kml", "write_kmz"]

# what XML 1.0 cannot hold, escaped or not
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KINDS: tuple[Literal["area", "arrow", "anchor"], ...] = ("area", "arrow", "anchor")
_OPACITY = {Fill.SOLID: 0.45, Fill.HATCHED: 0.25, Fill.OUTLINE: 0.0}


def _text(value: Any) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", str(value)))


def _html(value: Any) -> str:
    """Escape for a place that shows HTML, then for XML."""
    return _text(html.escape(str(value)))


def _colour(colour: str, opacity: float = 1.0) -> str:
    """Return a colour the way KML has it: opacity, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}"


def kml(tables: Tables) -> str:
    """Return the whole document.

    Raises
    ------
    ExportError
        If another coordinate reference system than WGS 84 was asked for: the format has no other.
    """
    return "\n".join(_document(tables)) + "\n"


def _document(tables: Tables) -> Iterator[str]:
    if not tables.is_wgs84:
        raise ExportError(
            f"KML is always WGS 84, not {tables.crs}; write a GeoPackage (.gpkg) instead"
        )
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield f"<name>{_text(tables.heading)}</name>"
    note = html.escape(words(tables.language)["subtitle"])
    yield f"<description>{_text(f'{note}<br>{html.escape(tables.attribution)}')}</description>"
    yield from _styles()
    yield from _claim_folders(tables)
    yield from _toponym_folder(tables)
    if tables.control is not None:
        yield from _front_line(tables)
    yield "</Document></kml>"


def _styles() -> Iterator[str]:
    for side, colour in SIDE_COLOURS.items():
        line = _colour(SIDE_LINE_COLOURS[side])
        for fill, opacity in _OPACITY.items():
            yield (
                f'<Style id="{side}-{fill}">'
                f"<IconStyle><color>{_colour(colour)}</color><scale>0.8</scale></IconStyle>"
                f"<LineStyle><color>{line}</color><width>2.5</width></LineStyle>"
                f"<PolyStyle><color>{_colour(colour, opacity)}</color>"
                f"<fill>{0 if fill is Fill.OUTLINE else 1}</fill></PolyStyle></Style>"
            )
    yield (
        '<Style id="place"><IconStyle><scale>0.5</scale></IconStyle>'
        "<LabelStyle><scale>0.8</scale></LabelStyle></Style>"
    )
    yield (
        f'<Style id="front"><LineStyle><color>{_colour(FRONT_LINE_COLOUR)}</color>'
        "<width>3</width></LineStyle></Style>"
    )


def _claim_folders(tables: Tables) -> Iterator[str]:
    shapes = list(
        zip(
            *(tables.claims_frame(kind).geometry.to_numpy() for kind in _KINDS),
            strict=True,
        )
    )
    rows = tables.claims_frame("area").drop(columns="geometry").to_dict("records")
    groups: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(tables.claims):
        side = str(claim.claimant_side) if claim.claimant_side else "unknown"
        groups.setdefault((side, str(claim.event)), []).append(number)
    language = tables.language
    for side in sorted({side for side, _ in groups}):
        whose = label("claimant_side", side, language)
        yield f"<Folder><name>{_text(whose[:1].upper() + whose[1:])}</name>"
        for (group_side, event), numbers in sorted(groups.items()):
            if group_side != side:
                continue
            heading = f"{label('event', event, language)} ({len(numbers)})"
            yield f"<Folder><name>{_text(heading)}</name>"
            for number in numbers:
                yield from _placemark(tables.claims[number], rows[number], shapes[number], language)
            yield "</Folder>"
        yield "</Folder>"


def _placemark(
    claim: Claim, row: Mapping[Any, Any], shapes: Iterable[Any], language: str
) -> Iterator[str]:
    side = str(claim.actor) if claim.actor else "unknown"
    yield f"<Placemark id={quoteattr('c-' + _identifier(row['feature_id']))}>"
    yield f"<name>{_text(_title(claim, language))}</name>"
    date = claim.event_date or claim.reported_date
    yield f"<description>{_description(claim, language)}</description>"
    if date is not None:
        yield f"<TimeStamp><when>{date.isoformat()}</when></TimeStamp>"
    yield f"<styleUrl>#{side}-{claim_style(claim).fill}</styleUrl>"
    yield "<ExtendedData>"
    for name, value in row.items():
        if _present(value):
            text = value.date().isoformat() if hasattr(value, "date") else value
            yield f"<Data name={quoteattr(str(name))}><value>{_text(text)}</value></Data>"
    yield "</ExtendedData>"
    parts = [part for shape in shapes if shape is not None for part in _geometry(shape)]
    if parts:
        yield f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"
    yield "</Placemark>"


def _title(claim: Claim, language: str) -> str:
    """Return what is claimed and where; what has not happened, or is denied, is told as that."""
    title = f"{label('event', claim.event, language)} {where(claim, language)}"
    if claim_style(claim).fill is not Fill.OUTLINE:
        return title
    return f"{title} ({label('modality', claim.modality, language)})"


def _identifier(text: str) -> str:
    """Return a text as an XML id: letters, digits, dot, hyphen and underscore."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)


def _present(value: Any) -> bool:
    import pandas

    return value is not None and not pandas.isna(value)


def _description(claim: Claim, language: str) -> str:
    side = str(claim.claimant_side) if claim.claimant_side else "unknown"
    who = claim.claimant or label("claimant_side", side, language)
    lines = [
        f"<q>{html.escape(claim.quote)}</q>",
        html.escape(who),
        html.escape(label("modality", claim.modality, language)),
    ]
    if claim.verification is not None:
        lines.append(html.escape(label("verification", claim.verification, language)))
    return _text("<br>".join(lines))


def _toponym_folder(tables: Tables) -> Iterator[str]:
    frame = tables.layer("toponyms")
    frame = frame[frame.geometry.notna()].drop_duplicates("place_id")
    if frame.empty:
        return
    yield f"<Folder><name>{_text(label('layer', 'toponyms', tables.language))}</name>"
    yield "<visibility>0</visibility>"
    for row in frame.itertuples():
        yield (
            f"<Placemark><name>{_text(row.place_name_de)}</name><visibility>0</visibility>"
            f"<description>{_html(row.place_name)}</description><styleUrl>#place</styleUrl>"
            f"{''.join(_geometry(row.geometry))}</Placemark>"
        )
    yield "</Folder>"


def _front_line(tables: Tables) -> Iterator[str]:
    assert tables.control is not None
    yield f"<Folder><name>{_text(label('layer', 'front_line', tables.language))}</name>"
    for row in tables.layer("front_line").itertuples():
        whose = " ".join(part for part in (row.source, row.licence) if isinstance(part, str))
        yield (
            f"<Placemark><name>{row.date.date().isoformat()}</name>"
            f"<description>{_html(whose)}</description><styleUrl>#front</styleUrl>"
            f"<MultiGeometry>{''.join(_geometry(row.geometry))}</MultiGeometry></Placemark>"
        )
    yield "</Folder>"


def _geometry(shape: Any) -> list[str]:
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        return [text for part in shape.geoms for text in _geometry(part)]
    if shape.geom_type == "Polygon":
        inner = "".join(
            f"<innerBoundaryIs><LinearRing>{_coordinates(ring)}</LinearRing></innerBoundaryIs>"
            for ring in shape.interiors
        )
        outer = f"<LinearRing>{_coordinates(shape.exterior)}</LinearRing>"
        return [f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"]
    if shape.geom_type in ("LineString", "LinearRing"):
        return [f"<LineString><tessellate>1</tessellate>{_coordinates(shape)}</LineString>"]
    return [f"<Point>{_coordinates(shape)}</Point>"]


def _coordinates(shape: Any) -> str:
    points = " ".join(f"{x:.6f},{y:.6f}" for x, y in shape.coords)
    return f"<coordinates>{points}</coordinates>"


def write_kml(tables: Tables, path: Path) -> None:
    """Write a KML document."""
    path.write_text(kml(tables), encoding="utf-8", newline="\n")


def write_kmz(tables: Tables, path: Path) -> None:
    """Write a KML document in a zip, as Google Earth takes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("doc.kml", date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, kml(tables))
