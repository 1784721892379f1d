"""The ledger to read: Markdown, and tables in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from frontmap.claims.records import Side
from frontmap.ledger.records import Day, Entry, Source
from frontmap.ledger.tables import position, said, what
from frontmap.printing import cell
from gazetteer import Place

if TYPE_CHECKING:
    from rich.console import RenderableType

    from frontmap.ledger.core import Ledger

__all__ = ["as_html", "markdown", "terminal"]

_NOTE = "Claims are not facts: the ledger says who says what, and who contradicts."
_MARKS = re.compile(r"([\\`*_\[\]<>#|&~!])")


def markdown(ledger: Ledger) -> str:
    """The ledger as Markdown, a section a place; places in the order of `Ledger.places`."""
    days: dict[str, list[Day]] = {}
    for day in ledger.days:
        days.setdefault(day.place.id, []).append(day)
    entries: dict[str, list[Entry]] = {}
    for entry in ledger.entries:
        if entry.place is not None:
            entries.setdefault(entry.place.id, []).append(entry)
    lines = ["# Ledger", "", _NOTE, ""]
    if ledger.control is not None:
        licence = f" ({ledger.control.licence})" if ledger.control.licence else ""
        lines += [f"Polygons of control: {_plain(f'{ledger.control.source}{licence}')}", ""]
    for place in ledger.places:
        lines += [f"## {_plain(_title(place))}", ""]
        lines += _days_table(days.get(place.id, []))
        for entry in entries[place.id]:
            lines += _entry_lines(entry)
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """Text from outside, so that Markdown shows it as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _title(place: Place) -> str:
    within = f", Oblast {place.oblast}" if place.oblast else ""
    return f"{place.name_de} ({place.name}), {place.kind}{within}"


def _days_table(days: list[Day]) -> Iterator[str]:
    if not days:
        return
    yield "| day | said | who holds it, for whom | standing | polygons |"
    yield "|---|---|---|---|---|"
    for day in days:
        cells = [
            str(day.date),
            "<br>".join(_plain(said(entry, day)) for entry in day.entries),
            "<br>".join(_plain(position(found)) for found in day.positions),
            str(day.standing),
            polygons(day),
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def polygons(day: Day) -> str:
    """What polygons show on a day, in a few words."""
    if day.polygons is None and not day.polygons_changed and day.front_m is None:
        return ""
    words = [_side(day.polygons)]
    if day.polygons_changed:
        words.append(f"before: {_side(day.polygons_before)}")
    if day.front_m is not None:
        words.append(f"front {day.front_m / 1000:.1f} km away")
    return ", ".join(words)


def _side(side: Side | None) -> str:
    return str(side) if side else "open"


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield f"- {_headline(entry)}"
    for source in entry.documents:
        yield f"    - {_plain(_document(source))}"
    for quote in entry.quotes:
        yield f"    - > {_plain(quote)}"


def _headline(entry: Entry) -> str:
    """What is claimed, its standing, and who first said, confirmed and contradicted it."""
    words = [f"**{_plain(what(entry))}**: {entry.standing}"]
    if entry.first_seen:
        words.append(f"first {entry.first_seen} by {_voices(entry.first_by)}")
    if entry.confirmed_by:
        words.append(f"confirmed by {_voices(entry.confirmed_by)}")
    if entry.verified:
        words.append("verified, a document says")
    words += [f"against it: {o.kind} ({_voices(o.voices)})" for o in entry.objections]
    copies = len(entry.documents) - entry.independent_sources
    words.append(
        f"documents: {len(entry.documents)}, independent sources: {entry.independent_sources}"
        if copies
        else f"sources: {len(entry.documents)}"
    )
    return "; ".join(words)


def _voices(voices: object) -> str:
    assert isinstance(voices, tuple)
    return ", ".join(
        _plain(f"{v} ({', '.join(v.claimants)})" if v.claimants else str(v)) for v in voices
    )


def _document(source: Source) -> str:
    words = [source.publisher or source.document, source.title, source.url]
    if source.published:
        words.insert(0, str(source.published))
    return ", ".join(word for word in words if word)


def terminal(ledger: Ledger) -> Iterator[RenderableType]:
    """For each place a table of its days and one of its claims; text from outside is plain text."""
    from rich.table import Table

    by_place: dict[str, list[Day]] = {}
    for day in ledger.days:
        by_place.setdefault(day.place.id, []).append(day)
    for place in ledger.places:
        table = Table(title=cell(_title(place)), title_justify="left", show_lines=True)
        for column in ("day", "said", "who holds it, for whom", "standing", "polygons"):
            table.add_column(column, no_wrap=column == "day")
        for day in by_place.get(place.id, []):
            said_lines = "\n".join(said(entry, day) for entry in day.entries)
            positions = "\n".join(position(found) for found in day.positions)
            cells = (str(day.date), said_lines, positions, str(day.standing), polygons(day))
            table.add_row(*map(cell, cells))
        yield table if table.row_count else cell(_title(place))
        claims = Table(show_lines=True)
        for column in ("claim", "quote"):
            claims.add_column(column)
        for entry in ledger.entries:
            if entry.place is not None and entry.place.id == place.id:
                words = _MARKED.sub(r"\1", _headline(entry).replace("**", ""))
                documents = "\n".join(_document(source) for source in entry.documents)
                claims.add_row(cell(f"{words}\n{documents}"), cell("\n".join(entry.quotes)))
        yield claims


_SHOWN = 100  # rows a notebook shows


def as_html(ledger: Ledger) -> str:
    """The first claims as a table for a notebook; every text is escaped."""
    from gazetteer.html import table

    header = ("day", "place", "claim", "standing", "said by", "independent sources")
    rows = [
        (
            entry.day,
            entry.place.name_de if entry.place else "?",
            what(entry),
            entry.standing,
            ", ".join(map(str, entry.voices)),
            entry.independent_sources,
        )
        for entry in ledger.entries[:_SHOWN]
    ]
    of = f"{len(rows)} of {len(ledger.entries)}" if len(rows) < len(ledger.entries) else len(rows)
    return table(header, rows, f"{of} claims. {_NOTE}")


_MARKED = re.compile(r"\\([\\`*_\[\]<>#|&~!])")
