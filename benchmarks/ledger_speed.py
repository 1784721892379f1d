"""How long a ledger of many claims takes: ``python benchmarks/ledger_speed.py [CLAIMS]``.

The claims are made: so many documents of forty outlets over a year, about the settlements of the
gazetteer's Donezk oblast, every fourth a copy of another outlet's sentence. Peer in the same run:
pandas grouping the same claims by their plain columns, which knows neither days, copies nor
contradictions.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time

from frontmap.claims.records import Claim, Event, Modality, Relation, Side
from frontmap.ledger import Ledger, Source, Statement
from gazetteer import Gazetteer

_WORDS = [
    "am",
    "Abend",
    "nach",
    "Angaben",
    "aus",
    "Moskau",
    "haben",
    "die",
    "Truppen",
    "in",
    "Richtung",
    "der",
    "Stadt",
    "weiter",
]
_CHOICES = [
    (event, actor, modality, side)
    for event in (Event.CAPTURE, Event.CONTROL, Event.ADVANCE, Event.REPELLED)
    for actor in (Side.RU, Side.UA)
    for modality in (Modality.REPORTED, Modality.ASSERTED, Modality.DENIED)
    for side in (Side.RU, Side.UA, Side.THIRD, None)
]


def make(claims: int) -> list[Statement]:
    """Make so many statements, the same every time."""
    chance = random.Random(7)
    gazetteer = Gazetteer.default()
    places = [p for p in gazetteer if p.kind.is_settlement and p.oblast == "Donezk"]
    weights = [1 / (rank + 1) for rank in range(len(places))]
    start = dt.date(2025, 1, 1)
    made: list[Statement] = []
    for number in range(claims):
        event, actor, modality, side = chance.choice(_CHOICES)
        (place,) = chance.choices(places, weights)
        day = start + dt.timedelta(days=chance.randrange(365))
        copied = chance.random() < 0.25 and made
        words = chance.choices(_WORDS, k=14)
        quote = made[-1].quotes[0] if copied else f"{' '.join(words)} {place.name_de}"
        claim = Claim(
            id=f"{number:x}", event=event, actor=actor, place=place, relation=Relation.AT,
            modality=modality, start=0, end=len(quote), quote=quote, claimant_side=side,
            reported_date=day, article_id=f"a{number // 4}",
        )  # fmt: skip
        source = Source(f"a{number // 4}", f"Blatt {number // 4 % 40}", published=day)
        made.append(Statement(claim, source, (quote,)))
    return made


def pandas_groups(statements: list[Statement]) -> int:
    """Group by plain columns with pandas."""
    import pandas

    frame = pandas.DataFrame(
        [
            (str(s.claim.event), str(s.claim.actor), s.claim.place and s.claim.place.id,
             str(s.claim.modality), s.claim.reported_date, s.source.publisher)
            for s in statements
        ],
        columns=["event", "actor", "place", "modality", "day", "publisher"],
    )  # fmt: skip
    groups = frame.groupby(["event", "actor", "place", "modality", "day"])
    return len(groups.agg({"publisher": ["nunique", "first"]}))


def main() -> None:
    """Print the seconds of each step."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    statements = make(claims)

    start = time.process_time()
    groups = pandas_groups(statements)
    peer = time.process_time() - start
    print(f"{claims} claims; pandas by plain columns: {peer:.1f} s, {groups} groups")
    start = time.process_time()
    ledger = Ledger.from_statements(statements)
    merged = time.process_time() - start
    print(f"merged, with copies and contradictions: {merged:.1f} s, {len(ledger.entries)} entries,"
          f" {merged / peer:.0f} times pandas")  # fmt: skip
    start = time.process_time()
    days = len(ledger.days)
    print(f"by place and day: {time.process_time() - start:.1f} s, {days} days")
    start = time.process_time()
    ledger.to_dataframe("claims")
    ledger.to_dataframe("days")
    print(f"as two tables: {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
