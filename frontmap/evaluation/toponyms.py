"""Toponyms against a gold file: recognition, resolution over gold spans, and end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontmap.evaluation.gold import GoldPassage, GoldToponym
from frontmap.evaluation.measures import Counts, area_under_log_error, distance_m, mean, median
from frontmap.parameters import checked
from frontmap.resolution.records import Toponym
from gazetteer import Kind, Place

__all__ = ["RADII_KM", "ToponymError", "ToponymEvaluation", "evaluate_toponyms"]

RADII_KM = (1, 5, 10, 161)
_VAGUE = (Kind.REGION, Kind.PENINSULA)  # the Crimea is a unit and a peninsula
Resolver = Callable[[str], Sequence[Toponym]]
Positions = Callable[[int], Place | None]


@dataclass(frozen=True, slots=True)
class ToponymError:
    """One thing that went wrong, to be read.

    Attributes
    ----------
    passage : str
        Id of the passage.
    sort : str
        ``missed``, ``superfluous``, ``span`` or ``place``.
    surface : str
    context : str
        The text around it.
    expected, found : str
    distance_km : float or None
    phenomenon : str or None
    """

    passage: str
    sort: str
    surface: str
    context: str
    expected: str = ""
    found: str = ""
    distance_km: float | None = None
    phenomenon: str | None = None


@dataclass(slots=True)
class Resolution:
    """How well found names were told apart.

    `errors_km` holds the distance of every answered name; a name without an answer counts as
    wrong in the accuracies and has no distance.
    """

    located: int = 0
    by_id: int = 0
    with_id: int = 0
    within: dict[int, int] = field(default_factory=lambda: dict.fromkeys(RADII_KM, 0))
    errors_km: list[float] = field(default_factory=list)

    def accuracy(self, radius_km: int) -> float:
        """Share of the located gold names answered within a radius."""
        return self.within[radius_km] / self.located if self.located else 1.0

    @property
    def accuracy_by_id(self) -> float:
        """Share of the gold names with an id whose place has one of the right ids."""
        return self.by_id / self.with_id if self.with_id else 1.0

    def as_dict(self) -> dict[str, Any]:
        """Counts and measures, for JSON."""
        mean_km, median_km = mean(self.errors_km), median(self.errors_km)
        return {
            "located": self.located,
            "accuracy_by_id": round(self.accuracy_by_id, 4),
            **{f"accuracy_{radius}_km": round(self.accuracy(radius), 4) for radius in RADII_KM},
            "mean_error_km": None if mean_km is None else round(mean_km, 3),
            "median_error_km": None if median_km is None else round(median_km, 3),
            "area_under_log_error": round(area_under_log_error(self.errors_km), 4),
        }


@dataclass(slots=True)
class ToponymEvaluation:
    """The outcome of an evaluation.

    Attributes
    ----------
    passages : int
    exact, overlap : Counts
        Recognition, by identical span and by any common character.
    end_to_end : dict[int, Counts]
        By radius in kilometres: right is a name found with its exact span and placed right.
    gold_spans : Resolution
        Over the gold names that were found (any common character).
    by_phenomenon : dict[str, Counts]
        End to end within 5 km, where the file names phenomena.
    reliability : list[tuple[float, float, int, float]]
        Of each tenth of scores: lower and upper bound, how many, share right.
    errors : list[ToponymError]
    """

    passages: int = 0
    exact: Counts = field(default_factory=Counts)
    overlap: Counts = field(default_factory=Counts)
    end_to_end: dict[int, Counts] = field(
        default_factory=lambda: {radius: Counts() for radius in RADII_KM}
    )
    gold_spans: Resolution = field(default_factory=Resolution)
    by_phenomenon: dict[str, Counts] = field(default_factory=dict)
    errors: list[ToponymError] = field(default_factory=list)
    scored: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def reliability(self) -> list[tuple[float, float, int, float]]:
        """Bounds, number and share right of each tenth of the scores that occurs."""
        rows = []
        for tenth in range(10):
            low, high = tenth / 10, (tenth + 1) / 10
            hits = [right for score, right in self.scored if min(int(score * 10), 9) == tenth]
            if hits:
                rows.append((low, high, len(hits), sum(hits) / len(hits)))
        return rows

    def as_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {
            "passages": self.passages,
            "recognition_exact": self.exact.as_dict(),
            "recognition_overlap": self.overlap.as_dict(),
            "resolution_over_gold_spans": self.gold_spans.as_dict(),
            "end_to_end": {
                f"within_{radius}_km": counts.as_dict()
                for radius, counts in self.end_to_end.items()
            },
            "by_phenomenon": {
                name: counts.as_dict() for name, counts in sorted(self.by_phenomenon.items())
            },
            "reliability": [
                {"from": low, "to": high, "number": number, "right": round(share, 4)}
                for low, high, number, share in self.reliability
            ],
            "errors": [
                {name: getattr(error, name) for name in ToponymError.__slots__}
                for error in self.errors
            ],
        }


@checked
def evaluate_toponyms(
    gold: Iterable[GoldPassage],
    resolver: Resolver,
    *,
    place_of_geonameid: Positions | None = None,
) -> ToponymEvaluation:
    """Compare what a resolver finds with a gold file.

    Parameters
    ----------
    gold : iterable of GoldPassage
    resolver : callable
        Takes a text, gives its toponyms, e.g. `frontmap.resolve`.
    place_of_geonameid : callable, optional
        Gives the place of a GeoNames id; through it, alternative right answers get positions.

    Returns
    -------
    ToponymEvaluation

    Notes
    -----
    A predicted place is right at every radius if it carries one of the right GeoNames ids, or if
    it is an area or a river of the name annotated. Otherwise its position decides, save that an
    oblast is only ever matched by an oblast: the centre of a region says nothing about a town that
    happens to lie there.
    """
    outcome = ToponymEvaluation()
    for passage in gold:
        _compare(passage, list(resolver(passage.text)), outcome, place_of_geonameid)
    return outcome


def _compare(
    passage: GoldPassage,
    found: list[Toponym],
    outcome: ToponymEvaluation,
    places: Positions | None,
) -> None:
    outcome.passages += 1
    phenomenon = outcome.by_phenomenon.setdefault(passage.phenomenon or "", Counts())
    exact = {(toponym.mention.start, toponym.mention.end): toponym for toponym in found}
    for name in passage.toponyms:
        if not name.optional:
            _judge_gold(passage, name, found, exact, outcome, phenomenon, places)
    for toponym in found:
        _judge_found(passage, toponym, outcome, phenomenon)
    if not passage.phenomenon:
        outcome.by_phenomenon.pop("", None)


def _judge_gold(
    passage: GoldPassage,
    name: GoldToponym,
    found: list[Toponym],
    exact: dict[tuple[int, int], Toponym],
    outcome: ToponymEvaluation,
    phenomenon: Counts,
    places: Positions | None,
) -> None:
    answer = exact.get((name.start, name.end))
    overlapping = answer or next((item for item in found if _overlaps(name, item)), None)
    if answer:
        outcome.exact.right += 1
    else:
        outcome.exact.missed += 1
        sort = "span" if overlapping else "missed"
        shown = overlapping.mention.surface if overlapping else ""
        outcome.errors.append(_error(passage, sort, name, found=shown))
    if overlapping:
        outcome.overlap.right += 1
    else:
        outcome.overlap.missed += 1
    if not name.located:
        if answer:  # what cannot be told may be answered with candidates or not at all
            phenomenon.right += 1
            for counts in outcome.end_to_end.values():
                counts.right += 1
        return
    error_km = _error_km(name, overlapping.place, places) if overlapping else None
    _count_resolution(name, overlapping, error_km, outcome)
    right = error_km is not None and error_km <= 5
    if overlapping:
        outcome.scored.append((overlapping.score, right))
        if not right:
            shown = _describe(overlapping.place)
            outcome.errors.append(_error(passage, "place", name, found=shown, error_km=error_km))
    for radius, counts in outcome.end_to_end.items():
        if answer and error_km is not None and error_km <= radius:
            counts.right += 1
        else:
            counts.missed += 1
            counts.superfluous += answer is not None and answer.place is not None
    if answer and right:
        phenomenon.right += 1
    else:
        phenomenon.missed += 1
        phenomenon.superfluous += answer is not None and answer.place is not None


def _count_resolution(
    name: GoldToponym,
    answer: Toponym | None,
    error_km: float | None,
    outcome: ToponymEvaluation,
) -> None:
    if answer is None:
        return
    resolution = outcome.gold_spans
    resolution.located += 1
    if name.geonameids:
        resolution.with_id += 1
        resolution.by_id += answer.place is not None and _shares_id(name, answer.place)
    if error_km is None:
        return
    resolution.errors_km.append(error_km)
    for radius in RADII_KM:
        resolution.within[radius] += error_km <= radius


def _judge_found(
    passage: GoldPassage, toponym: Toponym, outcome: ToponymEvaluation, phenomenon: Counts
) -> None:
    overlapping = [name for name in passage.toponyms if _overlaps(name, toponym)]
    if any(name.optional for name in overlapping):
        return
    mention = toponym.mention
    is_exact = any((n.start, n.end) == (mention.start, mention.end) for n in overlapping)
    if not overlapping:
        outcome.overlap.superfluous += 1
        surrounding = passage.text[max(0, mention.start - 40) : mention.end + 40]
        outcome.errors.append(
            ToponymError(
                passage.id,
                "superfluous",
                mention.surface,
                surrounding,
                found=_describe(toponym.place),
                phenomenon=passage.phenomenon,
            )
        )
    if not is_exact:
        outcome.exact.superfluous += 1
        phenomenon.superfluous += toponym.place is not None
        for counts in outcome.end_to_end.values():
            counts.superfluous += toponym.place is not None


def _overlaps(name: GoldToponym, toponym: Toponym) -> bool:
    return name.start < toponym.mention.end and toponym.mention.start < name.end


def _shares_id(name: GoldToponym, place: Place) -> bool:
    return place.ids.get("geonames", "") in {str(number) for number in name.geonameids}


def _error_km(name: GoldToponym, place: Place | None, places: Positions | None) -> float | None:
    """Distance between the answer and the nearest right one; None where there is no answer."""
    if place is None:
        return None
    if _shares_id(name, place) or _is_same_area(name, place, places):
        return 0.0
    alternatives = [places(number) for number in name.geonameids[1:]] if places else []
    distances = [
        distance_m(place.lon, place.lat, other.lon, other.lat) / 1000
        for other in alternatives
        if other is not None and _is_unit(other) == _is_unit(place)
    ]
    if name.lon is not None and name.lat is not None:
        direct = distance_m(place.lon, place.lat, name.lon, name.lat) / 1000
        if name.is_first_level_unit != _is_unit(place) and place.kind not in _VAGUE:
            direct = max(direct, RADII_KM[-1] + 1.0)  # a region is no town, however near
        distances.append(direct)
    return min(distances, default=None)


def _is_same_area(name: GoldToponym, place: Place, places: Positions | None) -> bool:
    """Whether an answer without the id is the area or river meant, by its name.

    The position of an area is a matter of taste, so it says little; a name tells an oblast, a
    region or a river, unless the gold id is known to be a settlement's ("Дніпро").
    """
    if place.kind.is_settlement or not _is_called(place, name.name):
        return False
    known = [places(number) for number in name.geonameids] if places else []
    return not any(other is not None and other.kind.is_settlement for other in known[:1])


def _is_called(place: Place, name: str | None) -> bool:
    if name is None:
        return False
    if place.name == name or any(other.text == name for other in place.names):
        return True
    # "Курська область" and "Курская область" are one
    unit = "область"
    return name.endswith(unit) and place.name.endswith(unit) and name[:4] == place.name[:4]


def _is_unit(place: Place) -> bool:
    return place.kind is Kind.OBLAST


def _describe(place: Place | None) -> str:
    if place is None:
        return "no place"
    return f"{place.name_de} ({place.kind}, {place.oblast or place.country}, {place.id})"


def _error(
    passage: GoldPassage,
    sort: str,
    name: GoldToponym,
    *,
    found: str,
    error_km: float | None = None,
) -> ToponymError:
    expected = f"{name.name or name.surface} {', '.join(map(str, name.geonameids))}".strip()
    return ToponymError(
        passage=passage.id,
        sort=sort,
        surface=name.surface,
        context=passage.text[max(0, name.start - 40) : name.end + 40],
        expected=expected,
        found=found,
        distance_km=None if error_km is None else round(error_km, 1),
        phenomenon=name.phenomenon or passage.phenomenon,
    )
