"""The ledger for any documents: no order matters, merging again changes nothing, an oracle agrees.

The oracle compares every statement with every other, as the words say it, and is quadratic.
"""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import statement

from frontmap.claims.records import Event, Modality
from frontmap.ledger import Entry, Ledger, Statement

WORDS = ["Torezk", "ist", "nach", "Angaben", "aus", "Moskau", "gefallen", "sagt", "das", "Amt"]
FACTS = (Modality.ASSERTED, Modality.REPORTED)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """One of few places, days, sides and sentences, so that much is the same."""
    parts = [
        draw(st.sampled_from(["capture", "control", "repelled"])),
        draw(st.sampled_from(["RU", "UA", "-"])),
        draw(st.sampled_from(["Torezk", "Lyman", "?"])),
        draw(st.sampled_from(["at", "near"])),
        draw(st.sampled_from(["asserted", "reported", "denied"])),
        draw(st.sampled_from(["RU", "UA", "third", "-"])),
        draw(st.sampled_from(["-", *(f"2025-11-{day:02}" for day in range(1, 9))])),
    ]
    if draw(st.integers(0, 5)) == 0:
        parts += ["event=2025-11-01", f"precision={draw(st.sampled_from(['day', 'month']))}"]
    start = draw(st.integers(0, len(WORDS) - 2))
    quote = " ".join((WORDS * 2)[start : start + draw(st.integers(2, 11))])
    number = draw(st.integers(0, 7))
    return statement(
        " ".join(parts),
        document=f"d{number}",
        outlet=["", "Bote", "Kurier"][number % 3],
        quote=quote,
        claim_id=str(draw(st.integers(0, 3))),
    )


def day_of(one: Statement) -> dt.date | None:
    claim = one.claim
    if claim.event_date is None:
        return claim.reported_date
    return claim.event_date if claim.event_date_precision == "day" else None


def like(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one kind, their days apart."""
    a, b = one.claim, other.claim
    if a.place is None or b.place is None:
        return (
            a.place is b.place
            and (a.article_id, a.id, a.quote) == (b.article_id, b.id, b.quote)
            and a.modality is b.modality
        )
    same = (a.event, a.actor, a.place, a.relation) == (b.event, b.actor, b.place, b.relation)
    facts = (a.modality in FACTS) == (b.modality in FACTS)
    if not same or not facts or (day_of(one) is None) != (day_of(other) is None):
        return False
    if day_of(one) is None and (a.event_date is None or b.event_date is None):
        return a.event_date is b.event_date and a.article_id == b.article_id
    coarse = a.event_date, a.event_date_precision
    return day_of(one) is not None or coarse == (b.event_date, b.event_date_precision)


def oracle(found: list[Statement], days: int) -> set[frozenset[int]]:
    """Merge by looking at every pair: the numbers of the statements of each claim."""
    left = set(range(len(found)))
    groups = set()
    while left:
        first = min(left, key=lambda n: (day_of(found[n]) or dt.date.max, n))
        start = day_of(found[first])
        group = set()
        for number in left:
            day = day_of(found[number])
            if like(found[first], found[number]) and (
                start is None or day is None or day <= start + dt.timedelta(days=days)
            ):
                group.add(number)
        groups.add(frozenset(group))
        left -= group
    return groups


def unresolved_have_no_days(found: list[Statement]) -> list[Statement]:
    """The days of an unresolved place's claims are left out, for its kind is its document."""
    return [s for s in found if s.claim.place is not None]


@settings(max_examples=150, deadline=None)
@given(st.lists(statements(), max_size=14), st.integers(0, 4))
def test_merging_is_what_the_oracle_says(found: list[Statement], days: int) -> None:
    found = unresolved_have_no_days(found)
    entries = Ledger.from_statements(found, days=days).entries
    groups = {
        frozenset(n for n, one in enumerate(found) if one in entry.statements) for entry in entries
    }
    assert groups == oracle(found, days)


@settings(max_examples=100, deadline=None)
@given(st.lists(statements(), max_size=14), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(found: list[Statement], chance: object) -> None:
    ledger = Ledger.from_statements(found)
    mixed = [*found, *found[::2]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    again = Ledger.from_statements(mixed)
    assert again.entries == ledger.entries
    assert again.days == ledger.days
    assert Ledger.from_statements(ledger.statements).entries == ledger.entries
    assert again.to_markdown() == ledger.to_markdown()


@given(st.lists(statements(), max_size=14))
@settings(max_examples=100, deadline=None)
def test_sides_and_denials_never_merge(found: list[Statement]) -> None:
    entries = Ledger.from_statements(found).entries
    for entry in entries:
        assert len({one.claim.actor for one in entry.statements}) == 1
        assert len({one.claim.modality is Modality.DENIED for one in entry.statements}) == 1
        assert len({one.claim.place and one.claim.place.id for one in entry.statements}) == 1
        assert 1 <= entry.independent_sources <= len(entry.documents)
    assert sum(len(entry.statements) for entry in entries) <= len(found)
    assert len({entry.id for entry in entries}) == len(entries)
    ids = {entry.id for entry in entries}
    assert all(o.entry in ids - {e.id} for e in entries for o in e.objections)


def words(quote: str) -> list[str]:
    return re.findall(r"\w+", quote.casefold())


def copied(one: Statement, other: Statement) -> bool:
    """Whether two quotes share eight words in a row, or a short sentence is printed twice."""
    a, b = words(one.quotes[0]), words(other.quotes[0])
    if min(len(a), len(b)) <= 8:
        shared = a == b and len(a) > 2
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return shared or (len(shorter) == 8 and _within(shorter, longer))
    return any(_within(a[n : n + 8], b) for n in range(len(a) - 7))


def _within(run: list[str], text: list[str]) -> bool:
    return any(text[n : n + len(run)] == run for n in range(len(text) - len(run) + 1))


def components(entry: Entry) -> set[frozenset[str]]:
    """Documents linked by a copy or an outlet, by spreading from each as long as any is added."""
    found = set()
    for start in entry.statements:
        group = {start.source.document}
        grown = True
        while grown:
            grown = False
            for one in entry.statements:
                for other in entry.statements:
                    linked = copied(one, other) or (
                        one.source.publisher and one.source.publisher == other.source.publisher
                    )
                    here = one.source.document in group and other.source.document not in group
                    if linked and here:
                        group.add(other.source.document)
                        grown = True
        found.add(frozenset(group))
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(statements(), max_size=10))
def test_copies_are_what_the_oracle_says(found: list[Statement]) -> None:
    for entry in Ledger.from_statements(found, days=9).entries:
        groups = {frozenset(s.document for s in group) for group in entry.sources}
        assert groups == components(entry)


def test_objections_are_found_by_looking_at_every_pair() -> None:
    lines = [
        f"{event} {actor} Torezk at reported {side} 2025-11-{day:02}"
        for event in ("capture", "control", "repelled")
        for actor in ("RU", "UA")
        for side in ("RU", "UA")
        for day in (1, 3, 6, 8, 12)
    ]
    found = [statement(line, document=str(n)) for n, line in enumerate(lines)]
    entries = Ledger.from_statements(found, days=2).entries
    for entry in entries:
        if entry.event not in (Event.CAPTURE, Event.CONTROL):
            continue
        assert entry.day and entry.last_day
        expected = set()
        for other in entries:
            assert other.day and other.last_day
            if other.actor is entry.actor:
                continue
            after = (other.day - entry.last_day).days <= 2 and other.last_day >= entry.day
            before = (entry.day - other.last_day).days <= 2 and other.day <= entry.last_day
            own = any(voice.side is other.actor for voice in other.voices)
            if other.event is Event.REPELLED:
                objects = after and own
            elif other.event is Event.CAPTURE and entry.event is Event.CONTROL:
                objects = before
            else:
                objects = after
            if objects:
                expected.add(other.id)
        assert {objection.entry for objection in entry.objections} == expected
