"""How places and matches look in a notebook; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gazetteer.place import Match, Place

__all__ = ["MatchList", "PlaceList", "place_html", "table"]


def _cell(value: object) -> str:
    from html import escape

    text = "" if value is None else str(value)
    # braces too: maps run their HTML through a template engine
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], caption: str | None = None
) -> str:
    """Return a table of texts, each escaped for HTML and for template engines."""
    head = "".join(f"<th>{_cell(cell)}</th>" for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    title = f"<caption>{_cell(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _position(place: Place) -> str:
    return f"{place.lon:.5f}, {place.lat:.5f} (within {place.precision_m:.0f} m)"


def place_html(place: Place) -> str:
    """One place with its names as two tables."""
    rows = [
        ("id", place.id),
        ("name", f"{place.name_de} ({place.name})"),
        ("kind", place.kind),
        ("oblast", place.oblast),
        ("raion", place.raion),
        ("hromada", place.hromada),
        ("population", place.population),
        ("lon, lat", _position(place)),
        ("position from", place.position_source),
    ]
    names = ((n.text, n.language, n.scheme, n.status, n.source) for n in place.names)
    return table(("", ""), rows) + table(("name", "language", "scheme", "status", "source"), names)


class MatchList(list[Match]):
    """A list of matches that shows itself as a table in a notebook."""

    def _repr_html_(self) -> str:
        header = ("name matched", "scheme", "score", "place", "kind", "oblast", "lon, lat", "id")
        return table(
            header,
            (
                (
                    match.name.text,
                    match.name.scheme,
                    f"{match.score:.2f}",
                    f"{match.place.name_de} ({match.place.name})",
                    match.place.kind,
                    match.place.oblast,
                    _position(match.place),
                    match.place.id,
                )
                for match in self
            ),
        )


class PlaceList(list[Place]):
    """A list of places that shows itself as a table in a notebook."""

    def _repr_html_(self) -> str:
        header = ("place", "kind", "oblast", "raion", "lon, lat", "id")
        return table(
            header,
            (
                (
                    f"{place.name_de} ({place.name})",
                    place.kind,
                    place.oblast,
                    place.raion,
                    _position(place),
                    place.id,
                )
                for place in self
            ),
        )
