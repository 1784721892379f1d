"""Hard sentences end to end: names told apart, claims with side, attribution and modality.

tests/cases/hard/*.tsv hold them; a line whose first column is ``x`` is a known failure, a strict
xfail.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import frontmap as fm
from frontmap.resolution import Toponym

CASES = Path(__file__).parent / "cases" / "hard"
MARK = re.compile(r"\{([^|{}]*)\|([^}]*)\}")


def cases(name: str) -> list[object]:
    parameters = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        known, phenomenon, text, *wanted = line.split("\t")
        text = text.replace("\\n", "\n")
        marks = [pytest.mark.xfail(raises=AssertionError, strict=True)] if known == "x" else []
        values = (text, wanted[0] if wanted else "")
        parameters.append(pytest.param(*values, id=f"{phenomenon}-{text[:40]}", marks=marks))
    return parameters


def is_meant(toponym: Toponym, wanted: str) -> bool:
    place = toponym.place
    if wanted == "?":
        return True
    if place is None:
        return False
    if wanted.startswith("oblast:"):
        return place.kind in ("oblast", "region") and place.oblast == wanted[7:]
    if wanted.startswith("kind:"):
        return place.kind == wanted[5:]
    return place.id == wanted


@pytest.mark.parametrize(("marked", "_"), cases("toponyms.tsv"))
def test_names(marked: str, _: str) -> None:
    text, wanted, end = "", {}, 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        wanted[len(text), len(text) + len(match[1])] = match[2]
        text += match[1]
        end = match.end()
    text += marked[end:]
    found = {(t.mention.start, t.mention.end): t for t in fm.resolve(text) if t.place}
    sure = {span for span, meant in wanted.items() if meant != "?"}
    assert sure <= set(found), [text[a:b] for a, b in sure - set(found)]
    assert set(found) <= set(wanted), [text[a:b] for a, b in set(found) - set(wanted)]
    for span, toponym in found.items():
        assert is_meant(toponym, wanted[span]), (toponym.mention.surface, toponym.place)


SLOTS = ("actor", "place", "relation", "modality", "side")


def slots(claim: fm.Claim) -> dict[str, str]:
    place = claim.place.name_de if claim.place else "-"
    return {
        "event": str(claim.event),
        "actor": str(claim.actor or "-"),
        "place": place.replace(" ", "~"),
        "oblast": (claim.place.oblast if claim.place else None) or "-",
        "relation": str(claim.relation),
        "modality": str(claim.modality),
        "side": str(claim.claimant_side or "-"),
        "bearings": ",".join(sorted(claim.bearings)),
        "count": str(claim.count),
        "date": str(claim.event_date),
        "km": f"{(claim.distance_m or 0) / 1000:g}",
        "target": claim.target.name_de.replace(" ", "~") if claim.target else "-",
        "verification": str(claim.verification or "-"),
    }


def asked(part: str) -> tuple[dict[str, set[str]], set[str]]:
    """The answers allowed for each slot of one expected claim, and its bare flags."""
    event, *words = part.split()
    allowed = {"event": {event}} | {slot: {w} for slot, w in zip(SLOTS, words, strict=False)}
    flags = {word for word in words[5:] if "=" not in word}
    for word in filter(lambda w: "=" in w, words[5:]):
        key, _, value = word.partition("=")
        values = (
            {",".join(sorted(value.split(",")))} if key == "bearings" else set(value.split(","))
        )
        allowed.setdefault(key.removeprefix("alt"), set()).update(values)
    for flag in flags:
        allowed.pop(flag.removeprefix("any"), None)
    return allowed, flags


def differing(claim: fm.Claim, allowed: dict[str, set[str]]) -> dict[str, str]:
    return {
        key: value for key, value in slots(claim).items() if value not in allowed.get(key, {value})
    }


CLAIMS = ("claims.tsv", "prose.tsv", "sides.tsv")


@pytest.mark.parametrize(("text", "expected"), [case for name in CLAIMS for case in cases(name)])
def test_claims(text: str, expected: str) -> None:
    left = list(fm.analyze(fm.Article.from_text(text, published="2025-11-05")).claims)
    parts = filter(str.strip, expected.split(";"))
    for part in sorted(parts, key=lambda part: "optional" in part.split()):
        allowed, flags = asked(part)
        candidates = [c for c in left if not {"event", "place"} & set(differing(c, allowed))]
        if not candidates and "optional" in flags:
            continue
        assert candidates, f"no {part.split()[0]} at {part.split()[2]}"
        best = min(candidates, key=lambda c: len(differing(c, allowed)))
        left.remove(best)
        wrong = differing(best, allowed)
        if "optional" in flags:  # may be missing or differ, but never change sides
            assert {wrong.get("actor", "-")} | allowed.get("actor", set()) != {"RU", "UA"}
            continue
        assert not wrong
        assert best.disputes or "disputes" not in flags
    assert not left, [(str(c.event), c.quote) for c in left]
