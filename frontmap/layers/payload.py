"""What the page's script needs to know of claims and articles, in columns.

Strings stand once in a table, equal geometries once in theirs, places and articles likewise, and
each claim is one number in each column; so a hundred thousand claims fit in a few megabytes.
``assets/store.js`` reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from frontmap.basemap.naming import place_name
from frontmap.claims.records import Claim, DatePrecision, Event, Modality, Side, Verification
from frontmap.geometry.footprint import WIDE_KINDS
from frontmap.layers.bidi import isolated
from frontmap.layers.reasons import reasons_text
from frontmap.layers.shapes import Shapes
from frontmap.layers.words import where, words
from frontmap.style import (
    SIDE_COLOURS,
    SIDE_LINE_COLOURS,
    SYMBOLS,
    Fill,
    claim_style,
    labels,
)
from gazetteer import GazetteerError, Place

if TYPE_CHECKING:
    from frontmap.article import Article

__all__ = ["COLUMNS", "claims_data"]

_EVENTS = {event: number for number, event in enumerate(Event)}
_ACTORS: dict[Side | None, int] = {Side.RU: 0, Side.UA: 1}
_SIDES: dict[Side | None, int] = {Side.RU: 0, Side.UA: 1, Side.THIRD: 2}
_MODALITIES = {modality: number for number, modality in enumerate(Modality)}
_VERIFICATIONS: dict[Verification | None, int] = {
    verification: number for number, verification in enumerate(Verification)
}
_FILLS = {fill: number for number, fill in enumerate(Fill)}
_STRETCHES = {precision: number for number, precision in enumerate(DatePrecision)}
_STRETCH_DAYS = (1, 7, 31, 92, 366)
_LABEL_GROUPS = (
    "event",
    "side",
    "claimant_side",
    "modality",
    "verification",
    "kind",
    "date_precision",
)
_EPOCH = dt.date(1970, 1, 1).toordinal()

COLUMNS = (
    "event", "actor", "side", "modality", "verification", "fill", "wide", "area", "arrow", "anchor",
    "precision", "fuzz", "day", "until", "stretch", "place", "where", "quote", "mark_from",
    "mark_to", "claimant", "count", "article", "score", "how_place", "how_ground", "how_claim",
)  # fmt: skip
"""The columns, in the order in which `_Table.row` gives them; -1 stands for none."""


def claims_data(
    claims: Sequence[Claim],
    articles: Sequence[Article] = (),
    *,
    language: str = "de",
    gazetteer: Any = None,
    control: Any = None,
) -> dict[str, Any]:
    """Return all that the page's script needs to draw and tell the claims.

    Parameters
    ----------
    claims : sequence of Claim
    articles : sequence of Article
        Where the claims come from; claims of other articles are shown without a source.
    language : str
        ``de``, ``uk`` or ``en``.
    gazetteer, control
        Passed to `frontmap.geometry.claim_geometry`.

    Returns
    -------
    dict
        Values that JSON can hold.
    """
    shapes = Shapes(gazetteer=gazetteer, control=control)
    keys = shapes.add(claims)
    table = _Table(articles, language, shapes, gazetteer)
    rows = [table.row(claim, key) for claim, key in zip(claims, keys, strict=True)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    return {
        "language": language,
        "size": len(claims),
        "words": words(language),
        "labels": {group: labels(group, language) for group in _LABEL_GROUPS},
        "sides": {
            side: {"fill": SIDE_COLOURS[side], "line": SIDE_LINE_COLOURS[side]}
            for side in SIDE_COLOURS
        },
        "symbols": {event: SYMBOLS[event].path for event in _EVENTS},
        "events": list(_EVENTS),
        "symbolic": [n for event, n in _EVENTS.items() if SYMBOLS[event].point_like],
        "opacity": {"solid": 0.45, "hatched": 0.25, "wide": 0.04},
        "strings": list(table.strings),
        "places": table.places,
        "articles": table.articles,
        **table.shapes.data(),
        "columns": dict(zip(COLUMNS, columns, strict=True)),
        "disputes": _disputes(claims),
    }


def day_of(date: dt.date | None) -> int:
    """Return days since 1 January 1970, -1 for None or earlier dates."""
    return -1 if date is None else max(-1, date.toordinal() - _EPOCH)


class _Table:
    """Gives each claim its row, and gathers what rows share."""

    def __init__(
        self, articles: Sequence[Article], language: str, shapes: Shapes, gazetteer: Any = None
    ) -> None:
        self.language = language
        self.shapes = shapes
        self._gazetteer = gazetteer
        self.strings: dict[str, int] = {}
        self.places: list[list[Any]] = []
        self.articles: list[list[Any]] = []
        self._spots: dict[Hashable, tuple[int, ...]] = {}
        self._fills: dict[Hashable, int] = {}
        self._told: dict[tuple[str, ...], int] = {}
        self._place_numbers: dict[str, int] = {}
        self._article_numbers: dict[str, int] = {}
        self._published: dict[str, dt.date | None] = {}
        for article in articles:
            if article.id not in self._article_numbers:
                self._article_numbers[article.id] = len(self.articles)
                self._published[article.id] = article.published
                self.articles.append(_article_row(article))

    def row(self, claim: Claim, key: Hashable) -> tuple[int, ...]:
        """Return the numbers of one claim, in the order of `COLUMNS`; `key` is its ground's."""
        spot = self._spots.get(key) if claim.place is not None else None
        if spot is None:
            spot = self._spots[key] = self._spot(claim, key)
        mark_from, mark_to = _mark(claim)
        toponym = claim.toponym
        return (
            _EVENTS[claim.event],
            _ACTORS.get(claim.actor, 2),
            _SIDES.get(claim.claimant_side, 3),
            _MODALITIES[claim.modality],
            _VERIFICATIONS.get(claim.verification, 3),
            self._fill(claim),
            *spot[:6],
            *self._days(claim),
            *spot[6:8],
            self._string(claim.quote),
            mark_from,
            mark_to,
            self._string(claim.claimant or claim.claimant_text),
            -1 if claim.count is None else min(claim.count, 2**31 - 1),
            self._article_numbers.get(claim.article_id, -1),
            -1 if toponym is None else min(99, round(100 * toponym.score)),
            self._steps(toponym.reasons if toponym else ()),
            spot[8],
            self._steps(claim.reasons),
        )

    def _spot(self, claim: Claim, key: Hashable) -> tuple[int, ...]:
        """Return what claims of one place and relation have in common."""
        ground = self.shapes.of(key)
        return (
            int(claim.place is not None and claim.place.kind in WIDE_KINDS),
            ground.area,
            ground.arrow,
            ground.anchor,
            ground.precision,
            ground.fuzz,
            self._place(claim.place),
            self._string(where(claim, self.language)),
            self._steps(ground.reasons),
        )

    def _fill(self, claim: Claim) -> int:
        key = (claim.modality, claim.verification)
        found = self._fills.get(key)
        if found is None:
            found = self._fills[key] = _FILLS[claim_style(claim).fill]
        return found

    def _string(self, text: str | None) -> int:
        if not text:
            return -1
        return self.strings.setdefault(text, len(self.strings))

    def _steps(self, reasons: tuple[str, ...]) -> int:
        found = self._told.get(reasons)
        if found is None:
            found = self._told[reasons] = self._string(reasons_text(reasons, self.language))
        return found

    def _days(self, claim: Claim) -> tuple[int, int, int]:
        """Return the first and the last day of the event, and how exact that is."""
        if claim.event_date is not None:
            stretch = _STRETCHES[claim.event_date_precision or DatePrecision.DAY]
            day = day_of(claim.event_date)
            return day, day + _STRETCH_DAYS[stretch] - 1, stretch
        day = day_of(claim.reported_date or self._published.get(claim.article_id))
        return day, day, 0

    def _place(self, place: Place | None) -> int:
        if place is None:
            return -1
        number = self._place_numbers.get(place.id)
        if number is None:
            number = self._place_numbers[place.id] = len(self.places)
            self.places.append(self._place_row(place))
        return number

    def _place_row(self, place: Place) -> list[Any]:
        name = place_name(place, self.language)
        units = ", ".join(isolated(unit) for unit in self._units(place))
        return [name, place.name, place.kind, units, place.lon, place.lat]

    def _units(self, place: Place) -> list[str]:
        """Return the names of the raion and the oblast a place lies in, in the language."""
        kinds = labels("kind", self.language)
        found = []
        for kind, german, unit_id in (
            ("raion", place.raion, place.raion_id),
            ("oblast", place.oblast, place.oblast_id),
        ):
            if not german or place.kind == kind:
                continue
            unit = None if self.language == "de" else self._known(unit_id)
            found.append(place_name(unit, self.language) if unit else f"{kinds[kind]} {german}")
        return found

    def _known(self, unit_id: str | None) -> Place | None:
        """Return a place of the gazetteer, if it has it."""
        if unit_id is None:
            return None
        if self._gazetteer is None:
            from gazetteer import Gazetteer

            self._gazetteer = Gazetteer.default()
        try:
            found: Place = self._gazetteer[unit_id]
        except (KeyError, TypeError, GazetteerError):
            return None
        return found


def _article_row(article: Article) -> list[Any]:
    url = article.url if article.url and article.url.startswith(("http://", "https://")) else None
    return [article.title, article.source, url, day_of(article.published)]


def _utf16(text: str) -> int:
    """Return the length of `text` as JavaScript counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _mark(claim: Claim) -> tuple[int, int]:
    """Return where the place stands in the quote, as JavaScript counts, or (-1, -1)."""
    if claim.toponym is None:
        return -1, -1
    mention = claim.toponym.mention
    start, end = mention.start - claim.start, mention.end - claim.start
    if start < 0 or claim.quote[start:end] != mention.surface or not mention.surface:
        return -1, -1
    before = _utf16(claim.quote[:start])
    return before, before + _utf16(mention.surface)


def _disputes(claims: Sequence[Claim]) -> Mapping[int, list[int]]:
    """Return for each claim that is disputed the claims that dispute it, both ways."""
    numbers = {(claim.article_id, claim.id): number for number, claim in enumerate(claims)}
    anywhere = {claim.id: number for number, claim in enumerate(claims)}
    found: dict[int, set[int]] = {}
    for number, claim in enumerate(claims):
        for other_id in claim.disputes:
            other = numbers.get((claim.article_id, other_id), anywhere.get(other_id))
            if other is not None and other != number:
                found.setdefault(number, set()).add(other)
                found.setdefault(other, set()).add(number)
    return {number: sorted(others) for number, others in sorted(found.items())}
