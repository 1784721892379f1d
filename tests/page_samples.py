"""Claims made up for the tests of layers and page; the sentences are our own."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import Any

from frontmap.article import Article
from frontmap.claims.records import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)
from frontmap.recognition import Mention
from frontmap.resolution import Candidate, Toponym
from gazetteer import Kind, Place

DAY = dt.date(2025, 11, 27)


def place(
    number: int,
    name: str,
    name_de: str,
    lon: float,
    lat: float,
    kind: Kind = Kind.CITY,
    **more: Any,
) -> Place:
    more.setdefault("extent_m", 3000.0)
    more.setdefault("precision_m", 500.0)
    return Place(
        id=f"geonames:{number}", name=name, name_de=name_de, kind=kind, lon=lon, lat=lat, **more
    )


DONETSK = {"oblast": "Donezk"}
POKROWSK = place(
    1, "Покровськ", "Pokrowsk", 37.177, 48.280, raion="Pokrowsk", **DONETSK, extent_m=4000
)
MYRNOHRAD = place(2, "Мирноград", "Myrnohrad", 37.263, 48.302, raion="Pokrowsk", **DONETSK)
SIWERSK = place(3, "Сіверськ", "Siwersk", 38.099, 48.867, raion="Bachmut", **DONETSK, extent_m=2000)
HULJAJPOLE = place(
    4, "Гуляйполе", "Huljajpole", 36.263, 47.662, raion="Polohy", oblast="Saporischschja"
)
KRAMATORSK = place(5, "Краматорськ", "Kramatorsk", 37.556, 48.739, **DONETSK, extent_m=6000)
KUPJANSK = place(6, "Куп'янськ", "Kupjansk", 37.615, 49.710, raion="Kupjansk", oblast="Charkiw")
CHERSON = place(7, "Херсон", "Cherson", 32.617, 46.635, oblast="Cherson", extent_m=6000)
DONEZK_OBLAST = place(
    9,
    "Донецька область",
    "Donezk",
    37.8,
    48.1,
    Kind.OBLAST,
    **DONETSK,
    extent_m=90000.0,
    precision_m=5000,
)
UNSURE = place(
    10, "Степове", "Stepowe", 36.4, 48.1, Kind.VILLAGE, oblast="Dnipropetrowsk", precision_m=4000
)

SENTENCES: list[tuple[str, dict[str, Any]]] = [
    (
        "Im Norden und im Zentrum von Pokrowsk kommen unsere Einheiten voran, hieß es aus Moskau.",
        {
            "event": Event.ADVANCE,
            "actor": Side.RU,
            "place": POKROWSK,
            "relation": Relation.PART,
            "bearings": (Bearing.N, Bearing.C),
            "claimant": "Russisches Verteidigungsministerium",
            "claimant_side": Side.RU,
            "verification": Verification.UNVERIFIED,
            "disputes": ("c3",),
        },
    ),
    (
        "Ein Dorf südlich von Siwersk sei eingenommen worden.",
        {
            "event": Event.CAPTURE,
            "actor": Side.RU,
            "place": SIWERSK,
            "relation": Relation.DIRECTION,
            "bearings": (Bearing.S,),
            "unnamed": "village",
            "claimant_side": Side.RU,
            "claimant": "Russisches Verteidigungsministerium",
            "verification": Verification.UNVERIFIED,
        },
    ),
    (
        "Der Generalstab in Kyjiw sprach von 57 abgewehrten Angriffen bei Pokrowsk.",
        {
            "event": Event.REPELLED,
            "actor": Side.UA,
            "place": POKROWSK,
            "relation": Relation.NEAR,
            "claimant": "Ukrainischer Generalstab",
            "claimant_side": Side.UA,
            "count": 57,
            "verification": Verification.UNVERIFIED,
            "event_date": DAY - dt.timedelta(days=1),
            "event_date_precision": DatePrecision.DAY,
        },
    ),
    (
        "Östlich, südlich und westlich von Myrnohrad rücken russische Truppen vor.",
        {
            "event": Event.ADVANCE,
            "actor": Side.RU,
            "place": MYRNOHRAD,
            "relation": Relation.DIRECTION,
            "bearings": (Bearing.E, Bearing.S, Bearing.W),
            "claimant_side": Side.RU,
            "claimant": "Russisches Verteidigungsministerium",
        },
    ),
    (
        "Nördlich von Huljajpole sei ein Durchbruch gelungen.",
        {
            "event": Event.BREAKTHROUGH,
            "actor": Side.RU,
            "place": HULJAJPOLE,
            "relation": Relation.DIRECTION,
            "bearings": (Bearing.N,),
            "claimant_side": Side.RU,
            "claimant": "Russisches Verteidigungsministerium",
        },
    ),
    (
        "Als nächstes solle der Vorstoß in Richtung Kramatorsk führen.",
        {
            "event": Event.ADVANCE,
            "actor": Side.RU,
            "place": KRAMATORSK,
            "relation": Relation.TOWARD,
            "origin": POKROWSK,
            "modality": Modality.PLANNED,
            "claimant_side": Side.RU,
        },
    ),
    (
        "In der Region Donezk rücken russische Truppen seit Wochen vor.",
        {
            "event": Event.ADVANCE,
            "actor": Side.RU,
            "place": DONEZK_OBLAST,
            "relation": Relation.AT,
            "modality": Modality.ASSERTED,
        },
    ),
    (
        "Kupjansk ist nach Angaben des ISW zu großen Teilen wieder in ukrainischer Hand.",
        {
            "event": Event.CONTROL,
            "actor": Side.UA,
            "place": KUPJANSK,
            "relation": Relation.AT,
            "claimant": "Institute for the Study of War",
            "claimant_side": Side.THIRD,
            "verification": Verification.CONFIRMED,
            "event_date": DAY - dt.timedelta(days=3),
        },
    ),
    (
        "Den Fall von Kupjansk wies der Generalstab zurück.",
        {
            "event": Event.CAPTURE,
            "actor": Side.RU,
            "place": KUPJANSK,
            "relation": Relation.AT,
            "modality": Modality.DENIED,
            "claimant": "Ukrainischer Generalstab",
            "claimant_side": Side.UA,
            "event_date": DAY - dt.timedelta(days=5),
        },
    ),
    (
        "Cherson wurde in der Nacht mit Drohnen beschossen.",
        {
            "event": Event.STRIKE,
            "actor": Side.RU,
            "place": CHERSON,
            "relation": Relation.AT,
            "claimant": "Militärverwaltung Cherson",
            "claimant_side": Side.UA,
            "event_date": DAY - dt.timedelta(days=2),
        },
    ),
    (
        "Rund um Stepowe wird gekämpft.",
        {
            "event": Event.CLASH,
            "actor": None,
            "place": UNSURE,
            "relation": Relation.NEAR,
            "modality": Modality.ASSERTED,
            "event_date": DAY - dt.timedelta(days=12),
        },
    ),
    (
        "Zwischen Pokrowsk und Myrnohrad griffen ukrainische Kräfte an.",
        {
            "event": Event.COUNTERATTACK,
            "actor": Side.UA,
            "place": POKROWSK,
            "target": MYRNOHRAD,
            "relation": Relation.BETWEEN,
            "claimant_side": Side.UA,
            "claimant": "Ukrainische Armee",
            "event_date": DAY - dt.timedelta(days=8),
        },
    ),
]


class NoPlaces:
    """A gazetteer that knows no place, so that pages do not hang on the real one."""

    def within(self, geometry: Any, kinds: Any = None) -> list[Place]:
        return []


def article() -> Article:
    """An article whose text is the sentences."""
    text = " ".join(sentence for sentence, _ in SENTENCES)
    return Article(
        text=text,
        title="Heftige Kämpfe um Pokrowsk",
        published=DAY,
        source="Beispielagentur",
        url="https://example.org/bericht",
        id="a1",
    )


def claims() -> list[Claim]:
    """One claim for each sentence."""
    found, start = [], 0
    for number, (sentence, fields) in enumerate(SENTENCES, start=1):
        found.append(_claim(number, sentence, start, fields))
        start += len(sentence) + 1
    return found


def _claim(number: int, sentence: str, start: int, fields: dict[str, Any]) -> Claim:
    where = fields["place"]
    at = sentence.index(where.name_de)
    mention = Mention(start + at, start + at + len(where.name_de), where.name_de, where.name_de)
    score = 0.55 if where is UNSURE else 0.98
    toponym = Toponym(
        mention,
        where,
        score,
        (Candidate(where, score),),
        ("the name folds to one of 3 places", "it lies nearest to the other places of the text"),
    )
    return Claim(
        **{"modality": Modality.REPORTED, **fields},
        id=f"c{number}",
        start=start,
        end=start + len(sentence),
        quote=sentence,
        toponym=toponym,
        reported_date=DAY,
        article_id="a1",
        reasons=("the verb names the event", "the subject names the actor"),
    )


def many(count: int, *, seed: int = 1, places: int = 3000, days: int = 60) -> list[Claim]:
    """Many claims at many places over many days, each quote its own.

    As in the news, few places are named often and many seldom (the k-th place 1/k as often).
    """
    chance = random.Random(seed)
    towns = [
        place(
            1000 + number,
            f"Місто{number}",
            f"Ort {number}",
            round(chance.uniform(32, 40), 4),
            round(chance.uniform(46.5, 51), 4),
            Kind.VILLAGE,
            extent_m=float(chance.choice((800, 1500, 3000))),
            oblast="Donezk",
        )
        for number in range(places)
    ]
    rarity = list(itertools.accumulate(1 / rank for rank in range(1, places + 1)))
    bearings = list(Bearing)
    relations = [Relation.AT, Relation.NEAR, Relation.DIRECTION, Relation.DIRECTION]
    found = []
    for number in range(count):
        (town,) = chance.choices(towns, cum_weights=rarity)
        relation = chance.choice(relations)
        words = " ".join(chance.choice(_WORDS) for _ in range(12))
        found.append(
            Claim(
                id=f"m{number}",
                event=chance.choice(list(Event)),
                actor=chance.choice((Side.RU, Side.UA, None)),
                place=town,
                relation=relation,
                bearings=(chance.choice(bearings[:8]),) if relation is Relation.DIRECTION else (),
                modality=chance.choice(list(Modality)),
                start=0,
                end=10,
                quote=f"Bei {town.name_de} {words} ({number}).",
                claimant_side=chance.choice((Side.RU, Side.UA, Side.THIRD, None)),
                claimant=chance.choice(("Generalstab", "Ministerium", "Gouverneur", None)),
                event_date=DAY - dt.timedelta(days=chance.randrange(days)),
                article_id="m",
            )
        )
    return found


_WORDS = [
    "rückten",
    "Truppen",
    "vor",
    "und",
    "meldeten",
    "Verluste",
    "am",
    "Abend",
    "trotz",
    "schwerer",
    "Kämpfe",
    "während",
    "der",
    "Nacht",
    "nach",
    "Angaben",
    "örtlicher",
    "Stellen",
    "erneut",
    "weiter",
    "gegen",
    "befestigte",
    "Stellungen",
]
