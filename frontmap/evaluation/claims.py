"""Scoring of claims against gold passages: precision, recall, F1, slots, confusions, side errors.

The gold format and its rules (optional claims, alternatives in ``alt_*``) are those of the
annotation guidelines: a claim is found when event and place agree; a slot is right when its value
is the gold value or one of its alternatives.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontmap.claims.records import Claim, Modality, Relation, Side
from frontmap.errors import EvaluationError
from frontmap.evaluation.gold import load_gold
from gazetteer import Place

__all__ = ["SLOTS", "ClaimScore", "Outcome", "match_claims", "read_gold", "score_claims"]

SLOTS = ("actor", "relation", "modality", "claimant_side")
_REGIONS = ("oblast", "raion", "region", "peninsula", "river", "lake", "reservoir", "sea")
_SETTLEMENT_TOLERANCE_M = 8_000.0
_REGION_TOLERANCE_M = 80_000.0

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claim: `gold` or `found` is None where the other has no partner."""

    passage: str
    gold: Gold | None
    found: Claim | None
    wrong_slots: tuple[str, ...] = ()

    @property
    def is_optional(self) -> bool:
        """Whether the gold claim may be found or not, counted neither way."""
        return bool(self.gold and self.gold.get("optional"))


@dataclass(slots=True)
class ClaimScore:
    """Counts over all passages; every figure is a method or property of these.

    Examples
    --------
    >>> score = ClaimScore()
    >>> score.f1()
    0.0
    """

    outcomes: list[Outcome] = field(default_factory=list)

    def matched(self) -> list[Outcome]:
        """Claims found that gold has, without the optional ones."""
        return [o for o in self.outcomes if o.gold and o.found and not o.is_optional]

    def missed(self) -> list[Outcome]:
        """Gold claims not found, without the optional ones."""
        return [o for o in self.outcomes if o.found is None and not o.is_optional]

    def spurious(self) -> list[Outcome]:
        """Claims found that gold does not have."""
        return [o for o in self.outcomes if o.gold is None]

    def precision(self, *, joint: bool = False) -> float:
        """Share of the claims found that are right."""
        return _ratio(self._right(joint), len(self.matched()) + len(self.spurious()))

    def recall(self, *, joint: bool = False) -> float:
        """Share of the gold claims that are found."""
        return _ratio(self._right(joint), len(self.matched()) + len(self.missed()))

    def f1(self, *, joint: bool = False) -> float:
        """Harmonic mean of precision and recall, on (event, place) or on all six slots."""
        precision, recall = self.precision(joint=joint), self.recall(joint=joint)
        return _ratio(2 * precision * recall, precision + recall)

    def slot_accuracy(self, slot: str) -> float:
        """Share of the matched claims whose slot is right."""
        matched = self.matched()
        return _ratio(sum(slot not in o.wrong_slots for o in matched), len(matched))

    def side_errors(self) -> list[Outcome]:
        """Matched claims shown for the opposite side: RU for UA or UA for RU."""
        both = {"RU", "UA"}
        return [
            o
            for o in self.matched()
            if "actor" in o.wrong_slots
            and o.found
            and o.gold
            and {o.found.actor, o.gold["actor"]} == both
        ]

    def false_facts(self) -> list[Outcome]:
        """Planned, denied or possible claims shown as fact (asserted or reported)."""
        facts = {Modality.ASSERTED, Modality.REPORTED}
        return [
            o
            for o in self.matched()
            if o.found
            and o.gold
            and "modality" in o.wrong_slots
            and o.gold["modality"] in {"planned", "denied", "possible"}
            and o.found.modality in facts
        ]

    def confusion(self, slot: str) -> Counter[tuple[str, str]]:
        """Pairs (gold, found) of a slot over the matched claims, right ones by their gold value."""
        table: Counter[tuple[str, str]] = Counter()
        for outcome in self.matched():
            assert outcome.gold and outcome.found
            gold = str(outcome.gold[slot])
            found = str(getattr(outcome.found, slot))
            table[gold, found if slot in outcome.wrong_slots else gold] += 1
        return table

    def event_confusion(self) -> Counter[tuple[str, str]]:
        """Pairs (gold, found) of events at the same place in the same passage, of leftovers."""
        table: Counter[tuple[str, str]] = Counter(
            (o.gold["event"],) * 2 for o in self.matched() if o.gold
        )
        missed = self.missed()
        for outcome in self.spurious():
            for other in missed:
                if (
                    other.passage == outcome.passage
                    and outcome.found
                    and other.gold
                    and _same_place(outcome.found, other.gold)
                ):
                    table[other.gold["event"], str(outcome.found.event)] += 1
                    missed.remove(other)
                    break
        return table

    def _right(self, joint: bool) -> int:
        return sum(not (joint and o.wrong_slots) for o in self.matched())

    def summary(self) -> dict[str, float | int]:
        """Every figure by name."""
        figures: dict[str, float | int] = {
            "gold": len(self.matched()) + len(self.missed()),
            "found": len(self.matched()) + len(self.spurious()),
            "precision": self.precision(),
            "recall": self.recall(),
            "f1": self.f1(),
            "joint_precision": self.precision(joint=True),
            "joint_recall": self.recall(joint=True),
            "joint_f1": self.f1(joint=True),
        }
        for slot in SLOTS:
            figures[f"{slot}_accuracy"] = self.slot_accuracy(slot)
        figures["side_errors"] = len(self.side_errors())
        figures["false_facts"] = len(self.false_facts())
        return {name: round(value, 4) for name, value in figures.items()}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def read_gold(path: str | Path) -> list[Gold]:
    """Read gold passages, one JSON object a line.

    Raises
    ------
    EvaluationError
        If the file cannot be read, a line is not JSON or a passage lacks text, toponyms or claims;
        it names the line or passage.
    """
    passages: list[Gold] = []
    for number, passage in enumerate((known.raw for known in load_gold(path)), start=1):
        where = f"{path}, passage {number}"
        if not {"text", "toponyms", "claims"} <= passage.keys():
            raise EvaluationError(f"{where}: needs text, toponyms and claims")
        try:
            passages.append(_with_anchors(passage))
        except (AttributeError, KeyError, TypeError) as error:
            raise EvaluationError(
                f"{where}: the claims are to be objects as the annotation guidelines have them"
            ) from error
    return passages


def _with_anchors(passage: Mapping[str, Any]) -> Gold:
    """A passage whose claims know the toponym they are anchored at."""
    places = {t["geonameid"]: t for t in passage["toponyms"] if t.get("geonameid")}
    starts = {t["start"]: t for t in passage["toponyms"]}
    claims = []
    for claim in passage["claims"]:
        event, modality = claim["event"], claim["modality"]
        if not isinstance(event, str) or not isinstance(modality, str):
            raise TypeError
        anchor = places.get(claim["place"]) or starts.get(claim.get("place_start"))
        claims.append({**claim, "anchor": anchor})
    return {**passage, "claims": claims}


def _distance_m(lon: float, lat: float, place: Place) -> float:
    dx = math.radians(lon - place.lon) * math.cos(math.radians((lat + place.lat) / 2))
    return 6_371_000.0 * math.hypot(dx, math.radians(lat - place.lat))


def _same_place(found: Claim, gold: Gold) -> bool:
    anchor = gold.get("anchor")
    if found.toponym is not None and anchor is not None:
        mention = found.toponym.mention
        if found.place is None:
            return anchor["lat"] is None and mention.start == anchor["start"]
    if found.place is None:
        return False
    right_ids = {str(gold["place"]), *(str(i) for i in gold.get("alt_place") or ())}
    if anchor is not None:
        right_ids |= {str(i) for i in anchor.get("alt_geonameid") or ()}
    if found.place.ids.get("geonames") in right_ids - {"None"}:
        return True
    if anchor is None or anchor.get("lat") is None:
        return False
    is_region = str(found.place.kind) in _REGIONS
    tolerance = _REGION_TOLERANCE_M if is_region else _SETTLEMENT_TOLERANCE_M
    return _distance_m(anchor["lon"], anchor["lat"], found.place) <= tolerance


def _allowed(gold: Gold, slot: str) -> set[Any]:
    return {gold.get(slot), *(gold.get(f"alt_{slot}") or ())}


def _wrong_slots(found: Claim, gold: Gold) -> tuple[str, ...]:
    return tuple(s for s in SLOTS if getattr(found, s) not in _allowed(gold, s))


def match_claims(passage: str, found: Sequence[Claim], gold: Sequence[Gold]) -> list[Outcome]:
    """Pair the claims of one passage, the best agreeing pairs first."""
    pairs = []
    for i, claim in enumerate(found):
        for j, right in enumerate(gold):
            if claim.event in _allowed(right, "event") and _same_place(claim, right):
                wrong = _wrong_slots(claim, right)
                exact = claim.event == right["event"]
                pairs.append((len(wrong), bool(right.get("optional")), not exact, i, j, wrong))
    outcomes: list[Outcome] = []
    used_found: set[int] = set()
    used_gold: set[int] = set()
    for _, _, _, i, j, wrong in sorted(pairs, key=lambda pair: pair[:5]):
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            outcomes.append(Outcome(passage, gold[j], found[i], wrong))
    # what fits an optional claim a second time is counted neither way
    soft = {i for _, optional, _, i, _, _ in pairs if optional}
    for i, claim in enumerate(found):
        if i not in used_found and i not in soft:
            outcomes.append(Outcome(passage, None, claim))
    for j, right in enumerate(gold):
        if j not in used_gold:
            outcomes.append(Outcome(passage, right, None))
    return outcomes


def score_claims(
    passages: Iterable[Gold], extract: Callable[[Gold], Sequence[Claim]]
) -> ClaimScore:
    """Score what `extract` finds in each passage.

    Parameters
    ----------
    passages : iterable of gold passages
        As `read_gold` gives them.
    extract : callable
        Takes a passage, returns its claims.
    """
    score = ClaimScore()
    for passage in passages:
        name = str(passage.get("id", ""))
        score.outcomes += match_claims(name, extract(passage), passage["claims"])
    return score


# kept together so that a reader of the module sees which vocabularies are compared
_VOCABULARIES = (Side, Relation, Modality)
