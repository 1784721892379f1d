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
        marks = [pytest.mark.xfail(strict=True)] if known == "x" else []
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


def slots(claim: fm.Claim) -> dict[str, str]:
    return {
        "actor": str(claim.actor or "-"),
        "relation": str(claim.relation),
        "modality": str(claim.modality),
        "side": str(claim.claimant_side or "-"),
        "bearings": ",".join(sorted(claim.bearings)),
        "count": str(claim.count),
        "date": str(claim.event_date),
    }


@pytest.mark.parametrize(("text", "expected"), cases("claims.tsv"))
def test_claims(text: str, expected: str) -> None:
    left = list(fm.analyze(fm.Article.from_text(text, published="2025-11-05")).claims)
    for part in filter(str.strip, expected.split(";")):
        event, *words = part.split()
        wanted = dict(zip(("actor", "place", "relation", "modality", "side"), words, strict=False))
        extra = dict(word.partition("=")[::2] for word in words[5:])
        place = wanted.pop("place").replace("~", " ")
        events = {event, *extra.pop("altevent", "").split(",")}
        free = {key[3:] for key in extra if key.startswith("any")}
        candidates = [
            claim
            for claim in left
            if claim.place
            and claim.place.name_de == place
            and (str(claim.event) in events or "event" in free)
        ]
        candidates.sort(key=lambda c: str(c.modality) != wanted["modality"])
        if not candidates and "optional" in extra:
            continue
        assert candidates, f"no {event} at {place}"
        left.remove(candidates[0])
        if "optional" in extra:
            continue
        found = slots(candidates[0])
        exact = {key: value for key, value in extra.items() if key in ("count", "date")}
        if "bearings" in extra:
            exact["bearings"] = ",".join(sorted(extra["bearings"].split(",")))
        checked = {k: v for k, v in (wanted | exact).items() if k not in free}
        assert {key: found[key] for key in checked} == checked
    assert not left, [(str(c.event), c.quote) for c in left]
