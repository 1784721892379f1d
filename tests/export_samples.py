"""Records to be saved and read back: a report with everything in it, and strategies for any."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st
from shapely import box

from frontmap.article import Article, Repair
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
from frontmap.control import Control
from frontmap.recognition import Construction, Mention
from frontmap.report import Report
from frontmap.resolution import Candidate, Toponym
from gazetteer import Kind, Name, Place, PositionSource, Status

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "{{7*7}}${7*7}{% raw %}{# x #}",
    "</script><img src=x onerror=alert(1)>",
    "<![CDATA[ ]]> & \"quoted\" 'single'",
    "\u202eright to left\u202c \u2028 \u2029 \u0000 \u0007",
    '\'geführt, "so";\tmit\nZeilen',
    "-57 Grad",
    "Гуляйполе Größe ẞ 🇺🇦 ＝1+1",
)
TEXT = "Russische Truppen sind nach Angaben aus Moskau in den Norden von Pokrowsk vorgerückt."
DAY = dt.date(2025, 11, 26)


def make_place(
    number: int, name: str, name_de: str, lon: float, lat: float, **fields: Any
) -> Place:
    fields = {"kind": Kind.CITY, "precision_m": 300.0, "extent_m": 4_000.0} | fields
    return Place(
        id=f"katottg:UA{number}",
        name=name,
        name_de=name_de,
        lon=lon,
        lat=lat,
        oblast="Donezk",
        ids=MappingProxyType({"geonames": str(number)}),
        names=(Name(name, "uk", "official", Status.OFFICIAL, "katottg"),),
        **fields,
    )


POKROWSK = make_place(1, "Покровськ", "Pokrowsk", 37.18, 48.28, population=60_000)
KRAMATORSK = make_place(2, "Краматорськ", "Kramatorsk", 37.56, 48.73)
SIWERSK = make_place(3, "Сіверськ", "Siwersk", 38.10, 48.87)


def make_claim(name: str, event: Event, actor: Side | None, **fields: Any) -> Claim:
    defaults: dict[str, Any] = {
        "place": POKROWSK,
        "relation": Relation.AT,
        "modality": Modality.REPORTED,
        "start": 0,
        "end": len(TEXT),
        "quote": TEXT,
        "article_id": "a1",
        "reported_date": dt.date(2025, 11, 27),
    }
    return Claim(id=name, event=event, actor=actor, **(defaults | fields))


ARTICLE = Article(
    text=TEXT,
    title="Lage am Donnerstag",
    published=dt.date(2025, 11, 27),
    source="Beispielagentur",
    url="https://example.org/?a=1&b=2",
    id="a1",
    repairs=(Repair(3, 5, "Ă¼", "ü", "UTF-8 read as ISO 8859-16"),),
)
TOPONYMS = [
    Toponym(
        Mention(66, 74, "Pokrowsk", "Pokrowsk"),
        POKROWSK,
        0.97,
        (Candidate(POKROWSK, 0.97, ("the largest",)), Candidate(SIWERSK, 0.01)),
        ("one of two", "near the front"),
    ),
    Toponym(Mention(48, 54, "Moskau", "Moskau", Construction.PLAIN, "city"), None, 0.2),
]
CLAIMS = [
    make_claim(
        "c1",
        Event.ADVANCE,
        Side.RU,
        relation=Relation.PART,
        bearings=(Bearing.N, Bearing.C),
        actor_text="Russische Truppen",
        claimant="Russisches Verteidigungsministerium",
        claimant_side=Side.RU,
        claimant_text="nach Angaben aus Moskau",
        verification=Verification.UNVERIFIED,
        toponym=TOPONYMS[0],
        event_date=DAY,
        event_date_precision=DatePrecision.DAY,
        quotes=((0, len(TEXT)), (3, 9)),
        disputes=("c2",),
        reasons=("verb: vorrücken", "subjunctive"),
    ),
    make_claim("c2", Event.REPELLED, Side.UA, count=57, event_date=DAY, claimant_side=Side.UA),
    make_claim(
        "c3", Event.ADVANCE, Side.RU, place=KRAMATORSK, relation=Relation.TOWARD,
        modality=Modality.PLANNED, origin=POKROWSK,
    ),
    make_claim(
        "c4", Event.CAPTURE, Side.RU, place=SIWERSK, relation=Relation.BETWEEN, target=KRAMATORSK,
        modality=Modality.DENIED, claimant_side=Side.THIRD,
    ),
    make_claim(
        "c5", Event.STRIKE, Side.UA, place=SIWERSK, relation=Relation.DISTANCE,
        distance_m=20_000.0, bearings=(Bearing.SE,), start=11, modality=Modality.ASSERTED,
    ),
    make_claim("c6", Event.CLASH, None, place=None, reported_date=None),
]  # fmt: skip
REPORT = Report(ARTICLE, TOPONYMS, CLAIMS)


def hostile_report() -> Report:
    """A report whose every text from outside is hostile, one kind of text a claim."""
    claims = [
        make_claim(
            f"h{number}",
            Event.CAPTURE,
            Side.UA,
            quote=text,
            actor_text=text,
            claimant=text,
            claimant_text=text,
            place=make_place(100 + number, text, text, 36.0 + number / 10, 49.0),
            reasons=(text, text),
        )
        for number, text in enumerate(HOSTILE)
    ]
    text = HOSTILE[3]
    article = Article(text=text, title=text, source=text, url="javascript:alert(1)", id="a1")
    mention = Mention(0, 4, HOSTILE[0], HOSTILE[0])
    assert claims[0].place is not None
    return Report(article, [Toponym(mention, claims[0].place, 0.9)], claims)


# strategies

texts = st.text(max_size=12)
short = st.none() | texts
finite = st.floats(allow_nan=False)
days = st.dates()

names = st.builds(
    Name, text=texts, language=texts, scheme=texts, status=st.sampled_from(Status), source=texts
)
places = st.builds(
    Place,
    id=texts, name=texts, name_de=texts, kind=st.sampled_from(Kind),
    lon=st.floats(-180, 180), lat=st.floats(-90, 90), precision_m=finite, extent_m=finite,
    oblast=short, raion=short, hromada=short, oblast_id=short, raion_id=short, hromada_id=short,
    country=texts, population=st.none() | st.integers(),
    names=st.lists(names, max_size=2).map(tuple),
    position_source=st.sampled_from(PositionSource),
    ids=st.dictionaries(texts, texts, max_size=2).map(MappingProxyType),
)  # fmt: skip
mentions = st.builds(
    Mention, start=st.integers(), end=st.integers(), surface=texts, stem=texts,
    construction=st.sampled_from(Construction), container=short,
)  # fmt: skip
candidates = st.builds(
    Candidate, place=places, score=finite, reasons=st.lists(texts, max_size=2).map(tuple)
)
toponyms = st.builds(
    Toponym, mention=mentions, place=st.none() | places, score=finite,
    candidates=st.lists(candidates, max_size=2).map(tuple),
    reasons=st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip
repairs = st.builds(
    Repair, start=st.integers(), end=st.integers(), before=texts, after=texts, chain=texts
)
articles = st.builds(
    Article, text=texts, title=short, published=st.none() | days, source=short, url=short,
    language=texts, id=texts, repairs=st.lists(repairs, max_size=2).map(tuple),
)  # fmt: skip
claims = st.builds(
    Claim,
    id=texts, event=st.sampled_from(Event), actor=st.none() | st.sampled_from(Side),
    place=st.none() | places, relation=st.sampled_from(Relation),
    modality=st.sampled_from(Modality), start=st.integers(), end=st.integers(), quote=texts,
    actor_text=short, toponym=st.none() | toponyms,
    bearings=st.lists(st.sampled_from(Bearing), max_size=3).map(tuple),
    distance_m=st.none() | finite, target=st.none() | places, origin=st.none() | places,
    unnamed=short, bank=st.none() | st.sampled_from(Bearing), claimant=short,
    claimant_side=st.none() | st.sampled_from(Side), claimant_text=short,
    verification=st.none() | st.sampled_from(Verification), event_date=st.none() | days,
    event_date_precision=st.none() | st.sampled_from(DatePrecision),
    reported_date=st.none() | days, count=st.none() | st.integers(),
    quotes=st.lists(st.tuples(st.integers(), st.integers()), max_size=2).map(tuple),
    disputes=st.lists(texts, max_size=2).map(tuple), article_id=texts,
    reasons=st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


def make_control(source: str = "<b>drawn</b> & checked") -> Control:
    return Control.from_polygons(
        {dt.date(2025, 11, 20): box(38, 46, 40, 51), dt.date(2025, 11, 27): box(37, 46, 40, 51)},
        territory=box(30, 46, 40, 51),
        source=source,
        licence="CC0",
    )
